"""What lives as long as a tab: made when it is first asked for, ended when the tab is closed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import solara

Kept = TypeVar("Kept")


def one_for_each_tab(make: Callable[[], Kept], end: Callable[[Kept], None]) -> Callable[[], Kept]:
    """A function that gives, while a page is drawn, what the tab of that page has.

    Args:
        make: Makes it, for the first who asks in a tab.
        end: Called with it when its tab is closed; must neither fail nor wait, nor draw anything.
    """
    kept: solara.Reactive[Kept | None] = solara.reactive(None)

    def ours() -> Kept:
        found = kept.peek()
        if found is None:
            found = make()
            kept.set(found)
            from solara.server import kernel_context

            if kernel_context.has_current_context():
                kernel_context.get_current_context().on_close(partial(end, found))
        return found

    return ours
