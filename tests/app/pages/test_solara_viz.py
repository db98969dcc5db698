"""Mesa's own viewer on the model, as the example in the documentation shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.browser import ROOT, serve_page, visit

EXAMPLE: Path = ROOT / "docs" / "examples" / "solara_viz.py"
LINE = "text=people are homeless"


@pytest.mark.slow
def test_the_example_draws_and_steps(browser: Any) -> None:
    with serve_page(EXAMPLE) as url, visit(browser, url) as seen:
        seen.page.wait_for_selector(LINE, timeout=120_000)
        before = seen.page.inner_text(LINE)
        seen.page.click("button:has-text('Step')")
        seen.page.wait_for_function("before => !document.body.innerText.includes(before)", arg=before)
        after = seen.page.inner_text(LINE)

    assert before.endswith(": 0 people are homeless")
    assert after.endswith("people are homeless") and after > before
