"""Mesa's own SolaraViz on the model: `solara run docs/examples/solara_viz.py`.

The model is made inside the page, so that each visitor has one of their own: one at the top of the file would be
shared by all.
"""

import mesa
import solara
from mesa.visualization import SolaraViz, make_plot_component

from hfabm import HousingFirstModel


def one_line(model: mesa.Model) -> solara.Element:
    """The week, and how many people are homeless in it."""
    told = model.recorder.series("homeless")
    return solara.Text(f"{model.today}: {told[-1] if len(told) else 0} people are homeless")


@solara.component
def Page() -> None:
    """Odense, with Mesa's buttons for step, play and reset."""
    model = solara.use_memo(lambda: HousingFirstModel("odense", rng=1), [])
    SolaraViz(
        model,
        components=[one_line, make_plot_component(["homeless", "long_term_homeless"])],
        model_params={"rng": {"type": "InputText", "value": 1, "label": "Seed"}},
        name="Odense in Mesa's own viewer",
    )
