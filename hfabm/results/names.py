"""Numbers in words: names of municipalities, and columns of codes as columns of words."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import Any

import pandas as pd

from hfabm.state.world import World


@lru_cache(maxsize=1)
def _known() -> dict[int, str]:
    text = files("hfabm.evidence").joinpath("municipalities.csv").read_text(encoding="utf-8")
    return {int(row["code"]): row["name"] for row in csv.DictReader(text.splitlines())}


def municipality_names(world: World) -> list[str]:
    """Danish names of the municipalities of a world, in order; the number where there is no name."""
    codes = [int(code) for code in world.municipalities.code]
    return [_known().get(code, f"{code:04d}") for code in codes]


def in_words(codes: Any, words: list[str]) -> Any:
    """A column of words, kept as codes: `words[code]` for each code."""
    return pd.Categorical.from_codes(codes, pd.Index(words))
