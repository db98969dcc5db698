"""What stands on the buttons of charts."""

from __future__ import annotations

from hfabm.app.language import Language, say


def chart_labels(language: Language) -> dict[str, str]:
    """Texts by name, as `Chart` takes them."""
    return {name: say(f"studies.chart_{name}", language) for name in ("png", "svg", "csv", "tools", "table", "failed")}
