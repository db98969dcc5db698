"""What visitors do on pages, step by step."""

from __future__ import annotations

import re
from typing import Any


def at(name: str) -> str:
    """Selector of something with a name for tests."""
    return f'[data-test="{name}"]'


def wait_for_text(page: Any, name: str, pattern: str) -> str:
    """Wait until something says what is expected; what it says."""
    page.wait_for_function(
        "([name, pattern]) => new RegExp(pattern).test(document.querySelector(name)?.innerText ?? '')",
        arg=[at(name), pattern],
    )
    return str(page.inner_text(at(name)))


def go_to(page: Any, name: str) -> None:
    """Follow a link of the menu, until its page stands there and in the address.

    What the last page shows is there for a moment longer: a control alone does not tell that a page has come.
    """
    page.click(at(f"nav-{name}"))
    page.wait_for_function(
        """([link, name]) => {
          const shown = document.querySelector(link)
          return location.pathname === `/${name}` && shown?.getAttribute('aria-current') === 'page'
            && document.title.startsWith(shown.innerText.trim())
        }""",
        arg=[at(f"nav-{name}"), name],
    )


def week_shown(page: Any) -> tuple[int, int]:
    """Year and week that Watch shows."""
    found = re.match(r"(?:uge|week) (\d+), (\d+)", page.inner_text(at("where")))
    assert found
    return int(found[2]), int(found[1])


def tab_to(page: Any, name: str, most: int = 150) -> None:
    """Press Tab until something has the focus, as a person without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.dataset?.test ?? ''") == name:
            return
    raise AssertionError(f"{name} is not reached within {most} presses of Tab")


def choose(page: Any, name: str, value: str) -> None:
    """Choose in a list, and wait until the page has taken it."""
    page.select_option(at(name), value)
    page.wait_for_function("([name, value]) => document.querySelector(name).value === value", arg=[at(name), value])
