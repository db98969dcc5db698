"""A run as an object: its tables as attributes, read when they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from hfabm.results.events import EVENTS
from hfabm.results.manifest import manifest_of, verified
from hfabm.results.tables import TABLES


class Run:
    """The results of one run.

    Every table is an attribute: `run.weekly`, `run.yearly`, `run.retention` and so on.

    Attributes:
        manifest: What was run, with what, and what came out.
        folder: Where it lies; None for a run that was not stored.
    """

    def __init__(
        self,
        manifest: dict[str, Any],
        folder: Path | None = None,
        tables: dict[str, pd.DataFrame] | None = None,
    ) -> None:
        self.manifest, self.folder = manifest, folder
        self._tables = dict(tables or {})

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the tables there are."""
        return tuple(self._tables) + tuple(
            name.removesuffix(".parquet") for name in self.manifest["files"] if name.endswith(".parquet")
        )

    @property
    def outcomes(self) -> dict[str, float]:
        """Every outcome by name; not a number where it has none."""
        return {n: float("nan") if v is None else float(v) for n, v in self.manifest["outcomes"].items()}

    def table(self, name: str) -> pd.DataFrame:
        """One table by name.

        Raises:
            AttributeError: There is no such table.
        """
        if name not in self._tables:
            if self.folder is None or name not in self.names:
                hint = ": run again with --events to have it" if name in EVENTS else ""
                raise AttributeError(f"this run has no table {name!r}{hint}; it has {', '.join(self.names)}")
            self._tables[name] = pd.read_parquet(self.folder / f"{name}.parquet")
        return self._tables[name]

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.table(name)

    def __repr__(self) -> str:
        title, seed, weeks = (self.manifest[key] for key in ("title", "seed", "weeks"))
        return f"<Run {title!r}, seed {seed}, {weeks} weeks, {self.folder or 'not stored'}>"


def load(folder: str | Path) -> Run:
    """Load a stored run, after checking that every file is as it was written.

    Raises:
        DamagedResults: Something is missing, changed or unreadable.
        ValueError: The folder holds a study of several runs.
    """
    folder = Path(folder)
    manifest = verified(folder)
    if manifest["kind"] == "study":
        named = ", ".join(run["folder"] for run in manifest["runs"])
        raise ValueError(f"{folder} is a study of several runs: load one of {named}, or all with load_all")
    return Run(manifest, folder)


def load_all(folder: str | Path) -> list[Run]:
    """Load every run of a study, or the one run that a folder holds."""
    folder = Path(folder)
    manifest = verified(folder)
    if manifest["kind"] == "run":
        return [Run(manifest, folder)]
    return [load(folder / run["folder"]) for run in manifest["runs"]]


def run_of(model: Any) -> Run:
    """The results of a model that has run, without storing them."""
    tables = {name: make(model.recorder, model.world) for name, make in TABLES.items()}
    return Run(manifest_of(model, {}), None, tables)
