"""The law of the day, and what a reform changes in it, as sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

import solara

from hfabm.app.forms.markup import html
from hfabm.app.law import Difference
from hfabm.app.reform.standing import Standing
from hfabm.language import Language, day, say
from hfabm.parameters.declare import Heading
from hfabm.parameters.lawbook import Article


@solara.component
def Law(standing: Standing | None, since: date, language: Language) -> Any:
    """The law.

    Args:
        standing: What is known of the reform; None while it is worked out.
        since: Its first day.
        language: The language.
    """
    with html("section", css="hf-card", data_test="law", aria_busy="true" if standing is None else "false") as view:
        html("h2", say("reform.law", language))
        if standing is None:
            html("p", say("reform.working", language), css="hf-soft")
            return view
        if not standing.differences:
            html("p", say("reform.law_same", language), css="hf-soft")
        for difference in standing.differences:
            Changed(difference, language).key(f"{difference.key}-{difference.since}")
        Whole(standing.law, since, language)
    return view


@solara.component
def Changed(difference: Difference, language: Language) -> Any:
    """One rule that reads otherwise."""
    since, until = day(difference.since, language), difference.until
    when = say("reform.from_to", language, since=since, until=day(until, language)) if until else since
    with html("div", css="hf-law", data_test=f"law-{difference.key}") as view:
        html("h3", say(f"law.heading.{difference.heading.name}", language))
        said = html("span", say("reform.law_after", language, day=when), css="hf-law-word")
        html("p", said, difference.after)
        said = html("span", say("reform.law_before", language), css="hf-law-word")
        html("p", said, difference.before, css="hf-law-before")
    return view


@solara.component
def Whole(law: tuple[Article, ...], since: date, language: Language) -> Any:
    """Every rule that there is on the first day of the reform."""
    with html("details", css="hf-more", data_test="law-of-the-day") as view:
        html("summary", say("reform.law_of", language, day=day(since, language)))
        for heading in Heading:
            rules = tuple(article.sentence for article in law if article.heading is heading and article.exists)
            if rules:
                Rules(say(f"law.heading.{heading.name}", language), rules).key(heading.name)
    return view


@solara.component
def Rules(heading: str, rules: tuple[str, ...]) -> Any:
    """The rules under one heading."""
    with html("div") as view:
        html("h3", heading)
        with html("ul"):
            for rule in rules:
                html("li", rule)
    return view
