"""Previous and next, for tables that are longer than a page."""

from __future__ import annotations

from collections.abc import Callable

from hfabm.app.forms.markup import Button, html
from hfabm.language import Language, say
from hfabm.language import number as written


def pager(number: int, pages: int, choose: Callable[[int], None], language: Language) -> None:
    """Buttons to go on and back.

    Args:
        number: The page that is shown, from 0.
        pages: How many there are.
        choose: Told the number of another.
        language: The language.
    """
    if pages < 2:
        return
    with html("nav", css="hf-row hf-tight hf-pager", aria_label=say("trust.pages", language)):
        back = say("trust.previous", language)
        Button(back, lambda: choose(number - 1), disabled=number == 0, name="previous").key("previous")
        at = say("trust.page_of", language, page=written(number + 1, language), pages=written(pages, language))
        html("span", at, data_test="page")
        on = say("trust.next", language)
        Button(on, lambda: choose(number + 1), disabled=number == pages - 1, name="next").key("next")
