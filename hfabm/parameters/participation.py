"""Who takes part in the programmes of a scenario: as the evidence names them, or as the scenario chooses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from hfabm.parameters.faults import Fault, Spot, suggestion
from hfabm.parameters.programmes import PARTICIPATION, PROGRAMME, Programme
from hfabm.parameters.stack import Layer, Setting

PLAN = ("", "pays_for_plan")


def programmes_of(layer: Layer, start: date, end: date) -> tuple[Programme, ...]:
    """The programmes of a scenario within its horizon, the earliest first, with who takes part."""
    planned = layer.get("pays_for_plan") or ()
    found = []
    for name, programme in _all(layer):
        chosen = layer.get(PARTICIPATION + name)
        if chosen is not None:
            programme = replace(programme, chosen=chosen)
        if name in planned:
            programme = replace(programme, adds_posts=False)
        if programme.first <= end and programme.last >= start:
            found.append(programme)
    return tuple(sorted(found, key=lambda programme: (programme.first, programme.name)))


def participation_faults(layer: Layer, blamed: set[str] | None) -> Iterator[Fault]:
    """Faults of what a scenario says, or leaves unsaid, of who takes part.

    Args:
        layer: What the file comes to.
        blamed: The keys that have a fault already; None where a file could not be read.
    """
    if blamed is None or any(key.startswith(("programme", "participation")) for key in blamed):
        return  # something was refused already: whatever else is said would look wrong
    programmes = dict(_all(layer))
    for key, setting in layer.settings.items():
        if key[0] == "" and key[1].startswith(PARTICIPATION):
            yield from _stated(key[1].removeprefix(PARTICIPATION), setting, programmes)
    for name, programme in programmes.items():
        if programme.open and layer.get(PARTICIPATION + name) is None:
            what = f"{programme.title}: who took part is not known, and nobody says who takes part here"
            hint = f'Choose, as an assumption of the scenario: [participation], {name} = ["Odense"], or [] for nobody.'
            yield layer.settings["", PROGRAMME + name].spot.fault(f"programme {name}", what, hint)
    if PLAN in layer.settings:
        spot = layer.settings[PLAN].spot
        for name in layer.get("pays_for_plan"):
            yield from _planned(name, spot, programmes)


def _all(layer: Layer) -> Iterator[tuple[str, Programme]]:
    for key, setting in layer.settings.items():
        if key[0] == "" and key[1].startswith(PROGRAMME):
            yield key[1].removeprefix(PROGRAMME), setting.value


def _stated(name: str, setting: Setting, programmes: dict[str, Programme]) -> Iterator[Fault]:
    """Faults of who is said to take part in one programme."""
    spot, key, who = setting.spot, f"participation.{name}", setting.value
    if name not in programmes:
        hint = suggestion(name, list(programmes), "programmes of this scenario") + " Include its file."
        yield spot.fault(key, "no programme of this scenario", hint)
        return
    programme = programmes[name]
    out = [municipality for municipality in who if municipality in programme.not_taking_part]
    several = set(who) | set(programme.named)
    if programme.national:
        yield spot.fault(key, "all municipalities take part in it anyhow", "Remove the line.")
    elif out:
        what = f"{out[0]} is known not to have taken part in {programme.title}"
        yield spot.fault(key, what, "Leave it out.")
    elif len(several) > programme.terms.participants:
        what = f"{len(several)} municipalities, with those known, and only {programme.terms.participants} took part"
        yield spot.fault(key, what, "Leave some out.")


def _planned(name: str, spot: Spot, programmes: dict[str, Programme]) -> Iterator[Fault]:
    """Faults of a programme whose grant is said to pay for posts that the scenario states."""
    if name not in programmes:
        hint = suggestion(name, list(programmes), "programmes of this scenario")
        yield spot.fault("pays_for_plan", f"'{name}' is no programme of this scenario", hint)
    elif not programmes[name].terms.posts:
        yield spot.fault("pays_for_plan", f"{programmes[name].title} pays for no posts", f"Leave {name} out.")
