"""What stands on the buttons of charts."""

from __future__ import annotations

from hfabm.language import Language, say, topic_of


def chart_labels(language: Language) -> dict[str, str]:
    """Texts by name, as `Chart` takes them."""
    return {name: say(f"chart.{name}", language) for name in topic_of("chart")}
