"""What one visitor has chosen: kept by the tab, and told in the address, so that links and reloads work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

import solara

from hfabm.app.reform.draft import Draft, DraftError, Past, from_address
from hfabm.language import Language

PAGES = ("watch", "reform", "compare", "studies", "trust")
"""The pages, in the order of the menu; each is the last part of its address."""
DEFAULTS: Mapping[str, str] = {
    "base": "odense_ahead", "place": "odense", "seed": "1", "with": "", "reforms": "reforms/05d_cap_60_days",
    "n": "20", "until": "2036-12-31", "study": "", "q": "", "view": "", "since": "2027-01-01",
}  # fmt: skip
"""What is chosen while nobody has chosen otherwise; the address says only what differs."""
SHARED: Mapping[str, tuple[str, ...]] = {
    "watch": ("place", "seed", "with"),
    "reform": ("base", "since"),
    "compare": ("base", "reforms", "n", "until"),
    "studies": ("study", "view"),
    "trust": ("q", "view"),
}
"""What the address of each page says."""
LONGEST_LINK = 6_000
"""Characters of a reform in an address; beyond it the reform must be saved as a file."""


@dataclass
class Session:
    """One visitor.

    Attributes:
        language: The language.
        chosen: The choices, by the names they have in the address.
        draft: The reform of their own.
        past: The reform before each step that can be taken back, the latest last.
        trouble: What is wrong with the address that they came by; empty if nothing is.
    """

    language: solara.Reactive[Language] = field(default_factory=lambda: solara.reactive(Language.DA))
    chosen: solara.Reactive[dict[str, str]] = field(default_factory=lambda: solara.reactive({}))
    draft: solara.Reactive[Draft] = field(default_factory=lambda: solara.reactive(Draft()))
    past: solara.Reactive[tuple[Past, ...]] = field(default_factory=lambda: solara.reactive(()))
    trouble: solara.Reactive[str] = field(default_factory=lambda: solara.reactive(""))

    def get(self, name: str) -> str:
        """A choice; a component that asks is drawn again when it changes."""
        return self.chosen.value.get(name, DEFAULTS[name])

    def put(self, name: str, value: str) -> None:
        """Choose."""
        if value != self.get(name):
            self.chosen.value = {**self.chosen.value, name: value}

    def address(self, page: str, **also: str) -> str:
        """The address of a page as it stands.

        Args:
            page: The page.
            **also: Choices that it would have besides.
        """
        said = {name: also.get(name, self.get(name)) for name in SHARED[page]}
        parts = {name: value for name, value in said.items() if value != DEFAULTS[name]}
        own = self.draft.value.as_address()
        if own and page in ("reform", "compare", "watch") and len(own) <= LONGEST_LINK:
            parts["s"] = own
        return f"/{page}?" + urlencode({**parts, "lang": also.get("lang", self.language.value.value)}, safe="/,")


def begin(search: str | None, preferred: str = "") -> Session:
    """A visitor who comes by an address.

    Args:
        search: What stands behind the `?` of it.
        preferred: The languages of the browser, as its header has them.
    """
    said = dict(parse_qsl(search or ""))
    session = Session()
    session.language.value = language_of(said.get("lang", ""), preferred)
    session.chosen.value = {name: value[:500] for name, value in said.items() if name in DEFAULTS}
    if said.get("s"):
        try:
            session.draft.value = from_address(said["s"])
        except DraftError as error:
            session.trouble.value = error.told(session.language.value)
    return session


def language_of(asked: str, preferred: str) -> Language:
    """The language asked for, or the first of the browser's that there is; Danish if there is none.

    >>> language_of("", "sv, en;q=0.8"), language_of("da", "en"), language_of("xx", "")
    (<Language.EN: 'en'>, <Language.DA: 'da'>, <Language.DA: 'da'>)
    """
    for name in (asked, *(part.partition(";")[0].strip()[:2].lower() for part in preferred.split(","))):
        if name in list(Language):
            return Language(name)
    return Language.DA
