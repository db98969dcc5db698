"""A chart with its finding as heading, the numbers behind it as a table, and buttons to take it along."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from hfabm.app.widgets.sources import joined


class Chart(anywidget.AnyWidget):
    """An ECharts chart that people without sight, colour or a mouse can use as well.

    Options are made by `hfabm.app.widgets.options`. They hold no functions: where ECharts expects one, they name one
    that the script of this widget knows, as `{"as": "million", "digits": 1}` for a formatter.

    Attributes:
        option: Option of ECharts. Its key `narrow`, if any, is an option laid over it below 560 px of width.
        not_merge: Forget everything of the option before. Otherwise what has the same id moves to its new place.
        heading: The finding.
        level: Level of the heading, 2 to 6.
        subtitle: What is shown: of what, how often, and what the intervals are.
        summary: What the picture shows, in words, for those who do not see it.
        source: Where the numbers are from; it stands below the exported picture.
        columns: Heads of the table of the numbers behind the picture.
        rows: Its rows: texts, numbers and None. The first cell heads its row and is shown as it is.
        digits: Decimals per column in the table; None shows a number as it is. Empty: two at most. Exports are exact.
        labels: Texts by name: `png`, `svg`, `csv` (buttons), `tools` (name of the row of buttons), `table` (opens
            the table), `failed` (said where the chart cannot be drawn).
        name: Name of exported files, without its ending.
        height: Of the picture, in px.
        language: `da` or `en`: how numbers are written, also in the exported table.
    """

    _esm = joined("chart_numbers.js", "chart_marks.js", "chart_export.js", "chart.js")
    _css = joined("chart.css")

    option = traitlets.Dict().tag(sync=True)
    not_merge = traitlets.Bool(False).tag(sync=True)
    heading = traitlets.Unicode("").tag(sync=True)
    level = traitlets.Int(3, min=2, max=6).tag(sync=True)
    subtitle = traitlets.Unicode("").tag(sync=True)
    summary = traitlets.Unicode("").tag(sync=True)
    source = traitlets.Unicode("").tag(sync=True)
    columns = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)
    digits: traitlets.List[Any] = traitlets.List().tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    name = traitlets.Unicode("chart").tag(sync=True)
    height = traitlets.Int(320, min=80).tag(sync=True)
    language = traitlets.Enum(("da", "en"), "en").tag(sync=True)
