"""What somebody wants compared, and the plan that it comes to."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hfabm.calendar import week_of
from hfabm.experiments.plan import Plan, plan_of
from hfabm.experiments.study import AS_IT_IS, Choice, Design, Factor, Kind, Study
from hfabm.language import Language, day, say
from hfabm.model import SCENARIOS
from hfabm.parameters.scenario import Scenario
from hfabm.population.places import Place
from hfabm.results.rules import first_week

REFORMS = 3
"""Reforms that are shown side by side at most."""
FEWEST, MOST = 2, 200
"""Replications: one gives no interval, and more than these are a study."""
LEVER = "reform"
BASE = 0
"""Number of the base among the policies; reforms are 1, 2 and 3."""


class RequestError(Exception):
    """What is asked for cannot be compared.

    Attributes:
        key: Key of the phrase that says why, and what to do.
        values: What its placeholders stand for.
    """

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = f"compare_said.{key}", values
        super().__init__(self.told(Language.EN))

    def told(self, language: Language) -> str:
        """Why, and what to do."""
        said = {name: day(one, language) if isinstance(one, date) else one for name, one in self.values.items()}
        return say(self.key, language, **said)


@dataclass(frozen=True, slots=True)
class Reform:
    """A reform that is compared.

    Attributes:
        label: What it is called.
        packages: Files that it lays on the base.
    """

    label: str
    packages: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants compared.

    Attributes:
        base: The scenario that reforms are laid on: a file, or the name of one that comes with the project.
        reforms: Up to three.
        replications: Seeds of each.
        until: An earlier end.
        since: Day from which on outcomes are counted; the first on which a reform differs where None.
        placebo: Reforms that change nothing, or that are the same, are meant: run them and say so.
        seed: The first.
    """

    base: str | Path
    reforms: tuple[Reform, ...]
    replications: int = 20
    until: date | None = None
    since: date | None = None
    placebo: bool = False
    seed: int = 1

    def study(self) -> Study:
        """The study that it comes to.

        Raises:
            RequestError: There are too few or too many reforms or replications, or two have one name.
        """
        labels = [reform.label.strip() for reform in self.reforms]
        if not 1 <= len(labels) <= REFORMS:
            raise RequestError("wrong_number", most=REFORMS, number=len(labels))
        if not FEWEST <= self.replications <= MOST:
            raise RequestError("wrong_replications", fewest=FEWEST, most=MOST, number=self.replications)
        for place, label in enumerate(labels):
            if not label or label == AS_IT_IS:
                raise RequestError("no_name", number=place + 1)
            if label in labels[:place]:
                raise RequestError("one_name", label=label)
        choices = [Choice(label, reform.packages) for label, reform in zip(labels, self.reforms, strict=True)]
        return Study(
            title="Comparison",
            question="What does each reform change?",
            scenarios=(path_of(self.base),),
            levers=(Factor(LEVER, choices=(Choice(AS_IT_IS), *choices)),),
            policies=Design(Kind.GRID),
            replications=self.replications,
            seed=self.seed,
            until=self.until,
            since=self.since,
        )


@dataclass(frozen=True, slots=True)
class Same:
    """A reform that comes to the same as another policy, in every rule and on every day.

    Attributes:
        reform: Its number.
        policy: The number of the other, the base or an earlier reform.
    """

    reform: int
    policy: int


def path_of(base: str | Path) -> Path:
    """The file of a scenario."""
    path = Path(base)
    return path if path.suffix or path.exists() else SCENARIOS / f"{base}.toml"


def plan_for(request: Request, town: Place | None = None) -> Plan:
    """The runs that a request comes to.

    Args:
        request: What is wanted.
        town: Another place than that of the base, such as a small one for tests.

    Raises:
        RequestError: It cannot be compared; a reform changes nothing, or is another one over again.
        ScenarioError: The base cannot be read, or a package does not fit on it.
    """
    study = request.study()
    plan = plan_of(study, town)
    base = plan.policies[BASE].scenario
    # the end is told to whatever reads results: it keeps the last week, which may be of the next year, from being one
    plan = dataclasses.replace(plan, study=dataclasses.replace(study, until=base.end), since=_since(request, plan))
    if not request.placebo:
        _refuse(plan)
    return plan


def sameness(plan: Plan) -> tuple[Same, ...]:
    """Reforms that come to the same as the base or as an earlier one."""
    first: dict[str, int] = {}
    found = []
    for policy in plan.policies:
        digest = plan.digests[policy.number, 0]
        if digest in first:
            found.append(Same(policy.number, first[digest]))
        first.setdefault(digest, policy.number)
    return tuple(found)


def label_of(plan: Plan, policy: int) -> str:
    """What a policy is called; empty for the base, whose name is the language's."""
    return "" if policy == BASE else plan.policies[policy].choices[LEVER].label


def _refuse(plan: Plan) -> None:
    for same in sameness(plan):
        label = label_of(plan, same.reform)
        if same.policy == BASE:
            scenario = plan.policies[BASE].scenario
            raise RequestError("changes_nothing", label=label, start=scenario.start, end=scenario.end)
        raise RequestError("same_as_other", label=label, other=label_of(plan, same.policy))


def _since(request: Request, plan: Plan) -> date:
    """The day from which on outcomes are counted; the start where no week lies after the first difference."""
    base = plan.policies[BASE].scenario
    if request.since is None:
        return plan.since if _counts(base, plan.since) else base.start
    if not base.start <= request.since or not _counts(base, request.since):
        raise RequestError("since_outside", since=request.since, start=base.start, end=base.end)
    return request.since


def _counts(scenario: Scenario, day_: date) -> bool:
    return first_week(scenario, day_) <= week_of(scenario.start, scenario.end)
