"""Every answer that a study's design allows: tables, findings in words, pictures; and what cannot be said, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from hfabm.answers import grid, words
from hfabm.answers.break_even import break_even, cumulative
from hfabm.answers.criterion import NoBetter, criteria_of
from hfabm.answers.discovery import Discovery, discover
from hfabm.answers.effects import effects, effects_over_futures
from hfabm.answers.ensemble import Incomplete
from hfabm.answers.equity import equity, left_behind
from hfabm.answers.finding import Answers, Finding, no_more
from hfabm.answers.frontier import COST, HOME, budget_frontier, plane
from hfabm.answers.paired import drawn, levers_moved
from hfabm.answers.pictures import budget as budget_picture
from hfabm.answers.pictures import effects as effects_picture
from hfabm.answers.pictures import equity as equity_picture
from hfabm.answers.pictures import futures as futures_picture
from hfabm.answers.pictures import grid as grid_picture
from hfabm.answers.pictures import money as money_picture
from hfabm.answers.pictures import plane as plane_picture
from hfabm.answers.pictures import sensitivity as sensitivity_picture
from hfabm.answers.pictures.canvas import COLOURS, Picture
from hfabm.answers.robustness import robustness
from hfabm.answers.sensitivity import Sensitivity, sensitivity
from hfabm.answers.sensitivity_words import of_sensitivity
from hfabm.answers.target import in_words, smallest
from hfabm.answers.texts import Text, both, outcome, text_of, title_of
from hfabm.experiments.results import Results
from hfabm.experiments.study import Kind
from hfabm.language import Language
from hfabm.metrics.metric import Better
from hfabm.results.manifest import DamagedResults

FOCUS = 4
"""Policies that are shown where not all can be."""
SAMPLED = (Kind.LATIN_HYPERCUBE, Kind.SOBOL, Kind.MORRIS)


def analyse(results: Results, metrics: Sequence[str] = (), policies: Sequence[int] = ()) -> Answers:
    """Answer what a study's design allows.

    Args:
        results: The runs of a study.
        metrics: Outcomes; those of the study where empty.
        policies: Policies to look at closely; the best few where empty.

    Raises:
        ValueError: There is no such outcome or policy.
    """
    names = list(metrics or results.study.metrics)
    for name in names:
        if len(results.runs) and name not in results.runs:
            raise ValueError(f"there is no outcome {name!r}; the study is about {', '.join(results.study.metrics)}")
    for policy in policies:
        if policy not in results.policies.index:
            raise ValueError(f"there is no policy {policy}: this study has 0 to {results.policies.index.max()}")
    made = _Making(Answers(results), results, names, list(policies))
    if len(results.runs):
        made.all()
    return made.answers


@dataclass
class _Making:
    answers: Answers
    results: Results
    metrics: list[str]
    wanted: list[int]

    def all(self) -> None:
        """Every answer in the order of the report."""
        several = len(self.results.policies) > 1
        if self.results.study.target:
            self._target()
        if several:
            self._effects()
            self._money()
            self._equity()
        for metric in self.metrics:
            self._futures(metric)
        self._discovery()
        if self.results.study.futures.kind in (Kind.SOBOL, Kind.MORRIS):
            # such a design is made to ask what matters
            self.answers.findings.sort(key=lambda finding: finding.kind != "sensitivity")

    @property
    def focus(self) -> list[int]:
        """The policies looked at closely: those asked for, or those that do most for the first outcome."""
        if self.wanted:
            return [policy for policy in self.wanted if policy != 0]
        table = self.answers.tables.get("effects")
        if table is None or table.empty:
            return []
        rows = table[table["metric"] == self.metrics[0]]
        better = rows["better"].iloc[0]
        best = rows.sort_values("difference", ascending=better == "lower", key=None if better else abs)
        return [int(policy) for policy in best["policy"].head(FOCUS)]

    def _payers(self) -> list[int]:
        """The policies whose money is drawn: each lever alone at its last choice, and the best of those looked at."""
        if self.wanted:
            return self.focus
        singles = self.results.policies[levers_moved(self.results) == 1]
        last = {self._lever_of(int(policy)): int(policy) for policy in singles.index}
        return list(dict.fromkeys([*last.values(), *self.focus[:1]]))[: len(COLOURS)]

    def _lever_of(self, policy: int) -> str:
        """Which lever a policy of one lever moves."""
        choices = self.results.policies.drop(columns="label")
        moved = [str(name) for name in choices.columns if choices[name][policy] != choices[name].iloc[0]]
        return moved[0] if moved else ""

    def _better(self, metric: str) -> Better:
        return self.results.study.metrics.get(metric, "")

    def _say(self, finding: Finding, tables: dict[str, pd.DataFrame], pictures: Sequence[Picture]) -> None:
        self.answers.tables |= tables
        self.answers.pictures += pictures
        names = tuple(picture.name for picture in pictures)
        self.answers.findings.append(replace(finding, tables=tuple(tables), pictures=names))

    def _refuse(self, said: str) -> None:
        if said not in self.answers.refused:
            self.answers.refused.append(said)

    def _target(self) -> None:
        table = smallest(self.results)
        self._say(Finding("target", text_of("answers.about.target"), both(in_words, table)), {"target": table}, [])

    def _effects(self) -> None:
        table, over = effects(self.results, self.metrics), effects_over_futures(self.results, self.metrics)
        tables = {"effects": table} | ({"effects_over_futures": over} if len(over) else {})
        whole = grid.is_grid(self.results) and len(self.results.study.levers) > 1
        if whole:
            for name, make in (
                ("main_effects", grid.main_effects),
                ("alone", grid.alone),
                ("interactions", grid.interactions),
            ):
                tables[name] = pd.concat([make(self.results, metric) for metric in self.metrics], ignore_index=True)
        beyond = {metric: grid.together(self.results, metric) for metric in self.metrics}
        if any(len(one) for one in beyond.values()):
            tables["together"] = pd.concat(list(beyond.values()), ignore_index=True)
        for metric in self.metrics:
            better = self._better(metric)
            of_each = both(words.of_effects, table, metric)
            said = both(words.of_grid, self.results, metric, better) if whole else of_each
            drawn_ = [effects_picture.picture(table, metric, of_each)]
            if whole and len(self.results.study.levers) <= 3:
                title = both(words.title_of_grid, self.results, metric, better)
                drawn_.insert(0, grid_picture.picture(self.results, metric, title))
            if len(beyond[metric]):
                together = both(words.of_together, beyond[metric])
                said = Text(f"{said.da} {together.da}", f"{said.en} {together.en}")
            more = {one: words.needs(self.results, metric, one) for one in Language} if whole else no_more()
            self._say(Finding("effects", both(title_of, metric), said, more=more), tables, drawn_)
            tables = {}

    def _money(self) -> None:
        if {HOME, COST} <= set(self.results.runs.columns):
            table, seeds = plane(self.results), len(self.results.study.seeds)
            said = both(words.of_plane, table)
            shown = plane_picture.picture(table, said, seeds, self.results.study.budget)
            self._say(Finding("plane", text_of("answers.about.plane"), said), {"cost_effectiveness": table}, [shown])
            table = budget_frontier(self.results)
            said = both(words.of_budget, table)
            self._say(
                Finding("budget", text_of("answers.about.budget"), said), {"budget_frontier": table},
                [budget_picture.picture(table, said, seeds)],
            )  # fmt: skip
        if len(self.results.yearly):
            since = self.results.study.since
            first = since.year if since else int(self.results.yearly["year"].min())
            table, course = break_even(self.results, first), cumulative(self.results, first)
            said = both(words.of_break_even, table)
            shown = money_picture.picture(course, self._payers(), said, len(self.results.study.seeds))
            self._say(
                Finding("money", text_of("answers.about.money"), said),
                {"break_even": table, "cumulative": course},
                [shown],
            )

    def _equity(self) -> None:
        table = equity(self.results)
        if table.empty or not self.focus:
            return
        rows = table[table["policy"].isin(self.focus)]
        lines = {language: left_behind(rows, language) for language in Language}
        helped = int(rows["share_of_change"].notna().sum())
        said = both(lambda language: words.of_equity(lines[language], helped, language))
        measure = "home_years" if self._better(self.metrics[0]) == "higher" else "homeless_years"
        label = self.results.policies["label"][self.focus[0]]
        title = both(words.title_of_equity, rows[rows["policy"] == self.focus[0]], label)
        shown = equity_picture.picture(table, self.focus[0], measure, title)
        self._say(Finding("equity", text_of("answers.about.equity"), said, more=lines), {"equity": table}, [shown])

    def _futures(self, metric: str) -> None:
        """Robustness and sensitivity of one outcome."""
        study = self.results.study
        if drawn(self.results).any() and len(self.results.policies) > 1 and self._better(metric):
            try:
                table = robustness(self.results, metric, self._better(metric))
            except ValueError as error:
                self._refuse(f"robustness of {metric}: {error}")
            else:
                said = both(words.of_regret, table)
                about = text_of("answers.about.robustness", metric=both(outcome, metric))
                self._say(
                    Finding("robustness", about, said), {f"robustness_{metric}": table},
                    [futures_picture.regret(table, said)],
                )  # fmt: skip
        if drawn(self.results).any() or study.policies.kind in SAMPLED:
            for policy in self._sensitive():
                self._sensitivity(metric, policy)

    def _sensitive(self) -> Iterator[int | None]:
        """Whose sensitivity is asked: the base's, and the effects of those looked at closely."""
        yield None
        if drawn(self.results).any():
            yield from self.focus[:FOCUS]

    def _sensitivity(self, metric: str, policy: int | None) -> None:
        try:
            found: Sensitivity = sensitivity(self.results, metric, policy)
        except (Incomplete, DamagedResults, ValueError) as error:
            self._refuse(f"sensitivity of {metric}: {error}")
            return
        name = f"sensitivity_{metric}" + (f"_policy_{policy}" if policy else "")
        about = text_of("answers.about.sensitivity", subject=found.subject)
        said = both(of_sensitivity, found)
        shown = sensitivity_picture.picture(found, name, said)
        more = {language: found.told(language) for language in Language}
        self._say(Finding("sensitivity", about, said, more=more), {name: found.frame}, [shown])

    def _discovery(self) -> None:
        """Under which conditions the policies looked at closely fail."""
        if not drawn(self.results).any():
            return
        for policy in self.focus:
            for criterion in criteria_of(self.results.study):
                if isinstance(criterion, NoBetter) and criterion.metric not in self.metrics:
                    continue
                try:
                    found: Discovery = discover(self.results, policy, criterion)
                except (Incomplete, DamagedResults, ValueError) as error:
                    self._refuse(f"conditions of failure: {error}")
                    return
                name = f"fails_{policy}_{len(self.answers.pictures)}"
                shown = [futures_picture.failures(self.results, found, name)] if found.box else []
                told = {language: found.told(language) for language in Language}
                said = Text(told[Language.DA][0], told[Language.EN][0])
                more = {language: lines[1:] for language, lines in told.items()}
                self._say(
                    Finding("fails", text_of("answers.about.fails", label=found.label), said, more=more), {}, shown
                )
