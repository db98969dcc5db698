"""The README's Python runs, and its commands and files exist."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("number, block", list(enumerate(re.findall(r"```python\n(.*?)```", README, re.S))))
def test_python_blocks_run(number: int, block: str, capsys: pytest.CaptureFixture[str]) -> None:
    scope: dict[str, object] = {"__name__": f"readme_{number}"}

    exec(compile(block, f"README.md block {number}", "exec"), scope)

    assert {"model", "runs"} & set(scope)


def test_named_files_exist() -> None:
    named = re.findall(r"`((?:docs|hfabm|scenarios)/[\w./-]+)`", README) + re.findall(r"\((docs/[\w./-]+)\)", README)

    missing = [name for name in named if not (ROOT / name).exists()]

    assert not missing


def test_scenario_example_is_valid(tmp_path: Path) -> None:
    from hfabm.parameters.load import load_scenario
    from hfabm.population.places import PLACES
    from hfabm.schedule import SECTIONS

    block = re.findall(r"```toml\n(.*?)```", README, re.S)[0]
    shutil.copytree(ROOT / "scenarios", tmp_path, dirs_exist_ok=True)
    (tmp_path / "example.toml").write_text(block, encoding="utf-8")

    example = load_scenario(tmp_path / "example.toml", SECTIONS, PLACES)

    assert ("landlord", "patience_social") in example.changes
