"""What is watched: a scenario, perhaps a reform on it, and a seed."""

from __future__ import annotations

import dataclasses
from functools import cache

from hfabm.app.reform.draft import OWN, Draft, laid_on
from hfabm.app.session import Session
from hfabm.language import Language, has, say
from hfabm.model import SCENARIOS
from hfabm.parameters.scenario import Scenario

HIGHEST_SEED = 2**31 - 1


class ChoiceError(Exception):
    """What the address says cannot be had.

    Attributes:
        key: Key of the phrase that says what and what to do.
        values: What its placeholders stand for.
    """

    def __init__(self, key: str, **values: str) -> None:
        self.key, self.values = key, values
        super().__init__(self.told(Language.EN))

    def told(self, language: Language) -> str:
        """What it is, and what to do."""
        return say(self.key, language, **self.values)


@cache
def shipped(folder: str = "") -> tuple[str, ...]:
    """Names of the scenarios that ship, or of the packages in a folder of them."""
    files = sorted((SCENARIOS / folder).glob("*.toml"))
    return tuple(f"{folder}/{file.stem}" if folder else file.stem for file in files)


def name_of(package: str, language: Language, draft: Draft | None = None) -> str:
    """What a scenario or a package is called."""
    if package == OWN:
        return (draft.title if draft else "") or say("watch.own", language)
    return say(f"packages.{package}", language) if has(f"packages.{package}") else package


def seed_of(session: Session) -> int:
    """The seed chosen, or the first."""
    text = session.get("seed")
    return min(HIGHEST_SEED, int(text)) if text.isdigit() else 1


def watched(session: Session) -> Scenario:
    """The scenario that is to be watched.

    Raises:
        ChoiceError: There is no such scenario or package.
        DraftError: The reform does not fit on the scenario.
    """
    base, package = session.get("place"), session.get("with")
    if base not in shipped():
        raise ChoiceError("watch.no_such_place", name=base[:80], known=", ".join(shipped()))
    if package and package != OWN and package not in shipped("reforms"):
        raise ChoiceError("watch.no_such_reform", name=package[:80])
    draft = session.draft.value if package == OWN else Draft(title=base, include=(package,) if package else ())
    if draft.empty:
        return dataclasses.replace(_plain(base), origins={})
    return laid_on(base, draft)


@cache
def _plain(base: str) -> Scenario:
    from hfabm.model import read_scenario

    return read_scenario(SCENARIOS / f"{base}.toml")
