"""What `mesa.batch_run` and others that look for a data collector find on a model: weekly metrics and outcomes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hfabm.metrics.catalogue import WEEKLY, outcomes


class Collected:
    """The record of a model, as Mesa's data collector would have it; nothing is collected twice."""

    agent_reporters: dict[str, Any] = {}
    _agent_records: dict[int, list[Any]] = {}

    def __init__(self, model: Any) -> None:
        self._model = model

    @property
    def model_vars(self) -> dict[str, list[float]]:
        """Weekly metrics by name, one number for each week; outcomes have theirs at the last week only."""
        record = self._model.recorder
        found: dict[str, list[float]] = {metric.name: record.series(metric.name).tolist() for metric in WEEKLY}
        if record.done:
            before = [float("nan")] * (record.done - 1)
            found |= {name: [*before, value] for name, value in outcomes(record, self._model.world).items()}
        return found

    def get_model_vars_dataframe(self) -> pd.DataFrame:
        """The same as a frame, one row for each week."""
        return pd.DataFrame(self.model_vars)


class Collecting:
    """Gives a model its `datacollector`, unless a subclass sets one of its own."""

    def __get__(self, model: Any, owner: type) -> Any:
        return self if model is None else Collected(model)
