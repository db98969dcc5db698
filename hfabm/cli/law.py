"""`hfabm law`: the rules in force on a day as text, with their sources, and what changes between two days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from hfabm.cli import page
from hfabm.parameters.values import plain

if TYPE_CHECKING:
    from hfabm.evidence import Evidence
    from hfabm.parameters.faults import ScenarioError
    from hfabm.parameters.lawbook import Article, Change
    from hfabm.parameters.scenario import Scenario

NO_RULE = "No such rule."
SCOPE = "Only rules that the model has a parameter for."


def law(
    day: str | None,
    diff: tuple[str, str] | None,
    scenario: str | None,
    packages: Sequence[str],
    json: bool,
    markdown: bool,
) -> int:
    """Print the law of a day, or what changes between two days.

    Args:
        day: The day; today where neither it nor `diff` is given.
        diff: Two days, the earlier one first.
        scenario: Path of a scenario whose law is printed instead.
        packages: Paths of packages to lay on it.
        json: As JSON, for programs.
        markdown: As Markdown.

    Returns:
        The exit code.

    Raises:
        ScenarioError: A day or the scenario cannot be used.
    """
    from hfabm.parameters import lawbook
    from hfabm.parameters.load import load_scenario
    from hfabm.population.places import PLACES
    from hfabm.schedule import SECTIONS

    if day and diff:
        raise _wrong(f"law {day} --diff", "a day, and two days to compare", "Leave out the one or the other.")
    if packages and not scenario:
        raise _wrong("--with", "there is nothing to lay a package on", "Name a scenario, as in: --scenario odense")
    days = [_day(text) for text in diff or [day or str(date.today())]]
    policy = load_scenario(scenario, SECTIONS, PLACES, packages=packages) if scenario else None
    _check(days, lawbook.first_day(SECTIONS), policy)
    head = {"version": 1, "scenario": policy.title if policy else None}
    if diff:
        changes = lawbook.changes(days[0], days[1], SECTIONS, policy)
        document = {**head, "before": diff[0], "after": diff[1], "changes": [_change_json(c) for c in changes]}
        written = _changes_page(days, policy, changes)
    else:
        articles = lawbook.articles(days[0], SECTIONS, policy)
        document = {**head, "date": str(days[0]), "rules": [_article_json(a) for a in articles]}
        as_declared = {a.key: a for a in lawbook.articles(days[0], SECTIONS)}
        written = _day_page(days[0], policy, articles, as_declared)
    _print(document, written, json, markdown)
    return 0


def _print(document: dict[str, Any], written: page.Page, json: bool, markdown: bool) -> None:
    import json as json_module

    if json:
        print(json_module.dumps(document, indent=2, ensure_ascii=False))
    elif markdown:
        print(page.as_markdown(written), end="")
    else:
        page.show(written)


def _day(text: str) -> date:
    """The day that somebody typed."""
    from hfabm.parameters.values import RefusedError, day_of

    try:
        return day_of(text)
    except RefusedError as refused:
        raise _wrong(f"law {text}", refused.what, refused.hint) from None


def _check(days: Sequence[date], first: date, policy: Scenario | None) -> None:
    """Are the days in order, and such that something is known of them?"""
    for day in days:
        if day < first:
            raise _wrong(f"law {day}", f"the law is known here from {first} on", "Name a later day.")
        if policy and not policy.start <= day <= policy.end:
            what = f"{day} lies outside the scenario, which runs from {policy.start} to {policy.end}"
            raise _wrong(f"law {day}", what, "Name a day in it, or leave out --scenario for the law as it is.")
    if days[0] > days[-1]:
        raise _wrong(f"--diff {days[0]} {days[-1]}", "the first day is the later one", "Name the earlier day first.")


def _wrong(where: str, what: str, hint: str) -> ScenarioError:
    from hfabm.parameters.faults import ScenarioError, Spot

    return ScenarioError([Spot(where).fault("", what, hint)])


def _day_page(
    day: date, policy: Scenario | None, articles: Sequence[Article], as_declared: Mapping[str, Article]
) -> page.Page:
    """The rules of a day by heading, and those that do not exist."""
    blocks: list[Any] = [page.Title(f"The law on {day}", _of(policy))]
    for heading, group in groupby((a for a in articles if a.exists), key=lambda a: a.heading):
        rules = list(group)
        blocks.append(page.Heading(heading.value))
        for rule in rules:
            law = (("by law", _sentence(as_declared.get(rule.key))),) if rule.where else ()
            notes = (_in_force(rule), _ids(rule), *_set_in(rule))
            blocks.append(page.Rule(f"{rule.key} = {plain(rule.value)}", (("", rule.sentence), *law), notes))
        blocks += _sources(rules)
    absent = [a for a in articles if not a.exists]
    if absent:
        rows = ((a.key, "; ".join([a.sentence, *_set_in(a)])) for a in absent)
        blocks += [page.Heading("Rules that do not exist on this day"), page.Listing(tuple(rows))]
    return [*blocks, page.Remark(f"{SCOPE} A scenario may set each by its key, from a date on.")]


def _changes_page(days: Sequence[date], policy: Scenario | None, changes: Sequence[Change]) -> page.Page:
    """What each rule said before and says after."""
    blocks: list[Any] = [page.Title(f"Changes in the law, {days[0]} to {days[-1]}", _of(policy))]
    for heading, group in groupby(changes, key=lambda change: change.rule.heading):
        found = list(group)
        blocks.append(page.Heading(heading.value))
        for change in found:
            says = tuple((when, _sentence(a)) for when, a in (("before", change.before), ("after", change.after)))
            dates = "changed " + ", ".join(map(str, change.dates))
            notes = (dates, _ids(change.rule), *_set_in(change.rule))
            blocks.append(page.Rule(change.rule.key, says, notes))
        blocks += _sources(change.rule for change in found)
    if not changes:
        blocks.append(page.Remark(f"Nothing changed: on both days the law says the same. {SCOPE}"))
    else:
        blocks.append(page.Remark(f"{SCOPE} All else says the same on both days."))
    return blocks


def _of(policy: Scenario | None) -> tuple[str, ...]:
    return (f"As the scenario has it: {policy.title} ({policy.path}).",) if policy else ()


def _sentence(article: Article | None) -> str:
    return article.sentence if article and article.exists else NO_RULE


def _in_force(article: Article) -> str:
    since = f"since {article.since}" if article.since else ""
    until = f"next change {article.until}" if article.until else ""
    return ", ".join(filter(None, (since, until))) or "no change known"


def _ids(article: Article) -> str:
    return "assumed, without a source" if article.assumed else " ".join(row.id for row in article.sources)


def _set_in(article: Article) -> tuple[str, ...]:
    return (f"set in {article.where}",) if article.where else ()


def _sources(articles: Iterable[Article]) -> list[page.Sources]:
    """Each source once."""
    rows = dict.fromkeys(row for article in articles for row in article.sources)
    return [page.Sources(tuple(rows))] if rows else []


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "key": change.rule.key,
        "heading": change.rule.heading.value,
        "dates": [str(day) for day in change.dates],
        "before": _article_json(change.before) if change.before else None,
        "after": _article_json(change.after) if change.after else None,
    }


def _article_json(article: Article) -> dict[str, Any]:
    return {
        "key": article.key,
        "heading": article.heading.value,
        "exists": article.exists,
        "sentence": article.sentence,
        "value": article.value,
        "unit": article.unit.value,
        "price_year": article.price_year or None,
        "since": str(article.since) if article.since else None,
        "until": str(article.until) if article.until else None,
        "assumed": article.assumed,
        "set_in": article.where or None,
        "sources": [_source_json(row) for row in article.sources],
    }


def _source_json(row: Evidence) -> dict[str, Any]:
    said = {"id": row.id, "says": row.quantity, "source": row.source, "confidence": row.confidence}
    return {**said, "urls": page.addresses(row)}
