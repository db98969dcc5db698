"""Pictures of every page for the documentation, on a desk and on a phone: `make pictures`.

What is on them is made first, in `build/pictures`: a study with few seeds, and runs of Odense's history.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

from app.browser import DESKTOP, PHONE, ROOT, launch, serve_app, visit
from app.pages.steps import at, choose, wait_for_text

SITE = ROOT / "build" / "pictures"
OUT = ROOT / "docs" / "app"
STUDY = "incentives_x_homes_x_support"
SIZES = {"desk": (DESKTOP, "en"), "phone": (PHONE, "da")}
"""On which screen, and in which language."""
LONG = 600_000


def main(*wanted: str) -> None:
    """Make what is to be seen, and take the pictures of some pages, or of all."""
    prepare()
    OUT.mkdir(parents=True, exist_ok=True)
    with serve_app(SITE) as url, launch() as browser:
        for name, (path, ready, act) in PAGES.items():
            if wanted and name not in wanted:
                continue
            for screen, (size, language) in SIZES.items():
                with visit(browser, f"{url}{path}&lang={language}", size, reduced_motion="reduce") as seen:
                    seen.page.set_default_timeout(LONG)
                    seen.page.wait_for_selector(ready)
                    act(seen.page)
                    seen.page.wait_for_timeout(1500)
                    file = OUT / f"{name}_{screen}.png"
                    seen.page.screenshot(path=str(file))
                    print(file.relative_to(ROOT))


def prepare() -> None:
    """The study and the runs, if they are not there yet."""
    SITE.mkdir(parents=True, exist_ok=True)
    hfabm = [sys.executable, "-m", "hfabm"]
    study = ROOT / "experiments" / f"{STUDY}.toml"
    if not (SITE / "studies" / STUDY).exists():
        subprocess.run([*hfabm, "experiment", str(study), "--replications", "3"], cwd=SITE, check=True)
    if not (SITE / "runs").exists():
        subprocess.run([*hfabm, "run", "odense", "--replications", "4", "--quiet"], cwd=SITE, check=True)


def _watch(page: Any) -> None:
    page.fill(at("jump-date"), "2016-02-08")
    page.dispatch_event(at("jump-date"), "change")
    page.click(f"{at('jump')}:not([disabled])")
    wait_for_text(page, "where", "6, 2016. (Stands|Står)")
    page.fill(at("find"), "borger 7872")
    page.wait_for_function("name => /7872/.test(document.querySelector(name)?.innerText ?? '')", arg=at("match-0"))
    page.click(at("match-0"))
    page.wait_for_selector(at("story"))
    page.evaluate("window.scrollTo(0, 0)")


def _reform(page: Any) -> None:
    days = "refund_law.shelter_days"
    page.fill(at(days), "60")
    page.dispatch_event(at(days), "change")
    page.wait_for_selector(at(f"change-{days}"))
    page.wait_for_timeout(1500)


def _compare(page: Any) -> None:
    choose(page, "n", "20")
    page.click(at("start"))
    wait_for_text(page, "counted", "^20 ")
    page.wait_for_timeout(1500)
    page.evaluate("document.querySelector('[data-test=answer]').scrollIntoView()")


def _settled(page: Any) -> None:
    page.wait_for_timeout(4000)


PAGES: dict[str, tuple[str, str, Callable[[Any], None]]] = {
    "watch": ("/watch?place=odense", at("play"), _watch),
    "reform": ("/reform?", at("panel"), _reform),
    "compare": (
        "/compare?until=2031-12-31&reforms=reforms/05d_cap_60_days,reforms/15_social_caretakers", at("start"), _compare
    ),
    "studies": (f"/studies?study={STUDY}", at("answer"), _settled),
    "trust": ("/trust?", "h1", _settled),
}  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
