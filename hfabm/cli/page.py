"""A page of rules: what stands on it, and how it looks in a terminal and as Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hfabm.evidence import Evidence

WIDEST = 100
"""Columns that lines are broken at, however wide the terminal is."""

_SECTION = re.compile(r"§ \d+(?: a\b)?")
_LABEL = 8


@dataclass(frozen=True, slots=True)
class Title:
    """What the page is, and remarks under it."""

    text: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What the rules below it are about."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, its key in a scenario, and notes on it.

    Attributes:
        key: The key, with its value or without.
        says: Labels and sentences; one sentence without a label where nothing is compared.
        notes: What else there is to know of it.
    """

    key: str
    says: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the rules above stand."""

    rows: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Keys and what they are."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence on the page as a whole."""

    text: str


Page = Sequence[Title | Heading | Rule | Sources | Listing | Remark]
Line = tuple[str, str]
"""Text and its style."""


def show(page: Page) -> None:
    """Print a page, as wide as the terminal but no wider than is pleasant to read; no line is cut."""
    import sys

    from rich.console import Console
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else WIDEST)
    for text, style in as_lines(page, min(console.width, WIDEST)):
        console.print(Text(text, style=style), soft_wrap=True)


def as_lines(page: Page, width: int) -> Iterator[Line]:
    """The lines of a page in a terminal."""
    for block in page:
        match block:
            case Title(text, remarks):
                yield text, "bold"
                yield from _wrapped(remarks, "", width, "dim")
            case Heading(text):
                yield from (("", ""), (text, "bold cyan"))
            case Rule(key, says, notes):
                for label, sentence in says:
                    start = f"  {label:{_LABEL}}" if label else "  "
                    yield from _wrapped([sentence], start, width, "")
                yield from _wrapped([" | ".join([*notes, key])], "    ", width, "dim")
            case Sources(rows):
                yield "  Sources", "dim"
                for row in rows:
                    for line in _cited(row, width):
                        yield line, "dim"
            case Listing(rows):
                widest = max(len(key) for key, _ in rows)
                for key, text in rows:
                    yield from _wrapped([text], f"  {key:{widest}}  ", width, "")
            case Remark(text):
                yield "", ""
                yield from _wrapped([text], "", width, "dim")


def as_markdown(page: Page) -> str:
    """A page as Markdown."""
    return "\n".join(_markdown(page)) + "\n"


def _markdown(page: Page) -> Iterator[str]:
    for block in page:
        match block:
            case Title(text, remarks):
                yield f"# {text}"
                yield from ("", *remarks) if remarks else ()
            case Heading(text):
                yield from ("", f"## {text}", "")
            case Rule(key, says, notes):
                sentences = [f"*{label}* {sentence}" if label else sentence for label, sentence in says]
                yield "- " + "  \n  ".join([*sentences, "; ".join([*notes, f"`{key}`"])])
            case Sources(rows):
                yield from ("", "Sources: " + "; ".join(map(_linked, rows)))
            case Listing(rows):
                yield from (f"- {text}: `{key}`" for key, text in rows)
            case Remark(text):
                yield from ("", text)


def addresses(row: Evidence) -> list[str]:
    """The addresses of a source: some rows have two, some none."""
    return [address for address in row.url.split(" ; ") if address]


def _wrapped(texts: Iterable[str], start: str, width: int, style: str) -> Iterator[Line]:
    """Lines of a width at most, hanging under the text behind their start; a section sign stays with its number."""
    for text in texts:
        joined = _SECTION.sub(lambda match: match[0].replace(" ", "\u00a0"), text)
        lines = textwrap.wrap(
            joined, width, initial_indent=start, subsequent_indent=" " * len(start), break_long_words=False,
            break_on_hyphens=False,
        )  # fmt: skip
        yield from ((line.replace("\u00a0", " "), style) for line in lines)


def _cited(row: Evidence, width: int) -> Iterator[str]:
    """Id, title and address; the address in lines of its own where it does not fit."""
    start, found = f"    {row.id:6}", addresses(row)
    whole = f"{start} {row.source}, {''.join(found)}"
    if len(found) == 1 and len(whole) <= width:
        yield whole
    else:
        yield f"{start} {row.source}"
        yield from (f"{'':{len(start)}} {address}" for address in found)


def _linked(row: Evidence) -> str:
    """A source as a link; further addresses behind it."""
    first, *more = addresses(row) or [""]
    title = f"[{row.source}]({first})" if first else row.source
    return " ".join([row.id, title, *(f"<{address}>" for address in more)])
