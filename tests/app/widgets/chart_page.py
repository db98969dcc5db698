"""A page of charts for the tests to look at; `?language=en` for English."""

from __future__ import annotations

import solara
from solara.alias import rv

from hfabm.app.widgets.chart import Chart
from hfabm.app.widgets.options import Interval, Line, Option, form, heat_map, intervals, lines, stacked_bars

YEARS = list(range(2009, 2025))
LABELS = {
    "png": "PNG", "svg": "SVG", "csv": "CSV", "tools": "Hent diagrammet", "table": "Vis tallene som tabel",
    "failed": "Diagrammet kan ikke tegnes.",
}  # fmt: skip
SOURCE = "Kilde: hfabm, Odense, 20 gentagelser. Ikke en prognose."


def homeless(shift: float) -> Option:
    base = [240 + 9 * (year % 7) + shift for year in range(16)]
    reform = [b - 6.5 * max(0, year - 4) for year, b in enumerate(base)]
    counted = [260.0, None, 251, None, 270, None, 262, None, 240, None, 255, None, None, 248, None, None]
    return lines(
        YEARS,
        [
            Line("Gældende lov", base, [b - 22 for b in base], [b + 22 for b in base]),
            Line("Loft over refusion", reform, [b - 18 for b in reform], [b + 18 for b in reform]),
            Line("Talt i kortlægningen", counted, observed=True),
        ],
        "Borgere i hjemløshed",
        marked=(2013, "Reformen træder i kraft"),
    )


EFFECTS = [
    Interval("Borgere i hjemløshed", -42.0, -58.0, -27.0),
    Interval("Nætter på herberg efter § 110, i hundreder", -31.0, -39.0, -22.5),
    Interval("Ventetid for andre i boligsocial anvisning, uger", 4.0, -1.5, 9.8),
    Interval("Udsættelser om året", 2.0, -3.0, 7.0),
]
COSTS = [Interval("Gældende lov", 165.0, 150.0, 181.0), Interval("Loft over refusion", 151.0, 133.0, 166.0)]
PAYERS = {"Staten": [62.0, 31.0], "Kommunen": [88.0, 104.0], "Regionen": [15.0, 16.0]}
GRID = [[-12.0, -31.0, -44.0], [-4.0, -20.0, -38.0], [3.0, -8.0, -25.0]]


@solara.component
def Page() -> None:
    language = "en" if "language=en" in (solara.use_router().search or "") else "da"
    step, set_step = solara.use_state(0)
    high, set_high = solara.use_state(0)
    common = {"labels": LABELS, "language": language, "source": SOURCE}

    solara.Style(".hf-page { max-width: 1080px; margin: 0 auto; padding: 16px; } .hf-page > * { margin-bottom: 36px; }")
    rv.Html(tag="h1", children=["Diagrammer"])
    with solara.Column(classes=["hf-page"]):
        solara.Button("Skift", on_click=lambda: set_step(step + 1), classes=["step"])
        solara.Button("Vend", on_click=lambda: set_high(1 - high), classes=["turn"])
        Chart.element(
            option=homeless(40.0 * step),
            heading="Med loft over refusionen er 42 færre i hjemløshed efter ti år",
            level=2,
            subtitle="Borgere i hjemløshed i Odense; bånd: 90 % af 20 gentagelser",
            summary="Linjer over tid: gældende lov ligger på omkring 270, reformen falder til omkring 200.",
            columns=["År", "Gældende lov", "Loft over refusion"],
            rows=[[2009, 1240.5, 1240.5], [2024, 1267.25 + 40 * step, 1195.0], ["=2+2", None, -3.0]],
            digits=[None, 1, 1],
            name="hjemloeshed",
            **common,
        )
        Chart.element(
            option=intervals(EFFECTS, "Ændring efter ti år", form("signed")),
            heading="Færre nætter på herberg; om andre venter længere, ved vi ikke",
            level=2,
            subtitle="Forskel til gældende lov; streg: 90 %-interval; udfyldt prik: intervallet udelader 0",
            summary="Fire virkninger med interval.",
            height=240,
            **common,
        )
        Chart.element(
            option=stacked_bars(["Gældende lov", "Loft over refusion"], PAYERS, COSTS, "Mio. kr. om året"),
            heading="Staten betaler det halve, kommunen mere",
            level=2,
            subtitle="Udgifter efter betaler; rude og streg: summen med 90 %-interval",
            summary="To stablede søjler.",
            height=210,
            **common,
        )
        Chart.element(
            option=heat_map(
                ["50", "100", "200"], ["9", "6", "3"], GRID, "Billige boliger om året", "Uger med støtte",
                doubtful=[[False] * 3, [True, False, False], [True, True, False]],
            ),
            heading="Boliger og støtte virker bedst sammen",
            level=2,
            subtitle="Ændring i borgere i hjemløshed; i parentes: intervallet rummer 0",
            summary="Gitter med tre gange tre tal.",
            height=260,
            **common,
        )  # fmt: skip
