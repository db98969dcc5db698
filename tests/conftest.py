"""How tests are dealt to processes: a file to one of them, and all that need a browser to the same."""

from __future__ import annotations

from typing import Any

import pytest

IN_A_BROWSER = ("tests/app/pages/", "tests/app/widgets/")
"""Folders whose tests share one server, one browser and the cores that these need."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return "browser" if file.startswith(IN_A_BROWSER) else file

    return ByFile(config, log)
