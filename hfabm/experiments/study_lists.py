"""Points of a study that stand in a CSV file: chosen mixes, or sets of parameters such as a calibration gives."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from hfabm.experiments.study import Choice, Factor
from hfabm.experiments.study_factors import column_factor, value_of
from hfabm.experiments.study_reader import Keys, StudyReader
from hfabm.parameters.faults import Spot, nearest
from hfabm.parameters.scenario import Key
from hfabm.parameters.values import RefusedError

LISTED = {"levers": "levers_csv", "uncertainties": "uncertainties_csv"}
"""What may be listed, and the key that names its file."""

Rows = tuple[tuple[Choice, ...], ...]


def rows_of(
    reader: StudyReader, keys: Keys, path: Path, factors: Sequence[Factor], others: Mapping[Key, str]
) -> tuple[tuple[Factor, ...], Rows]:
    """The factors of a list, in the order of the study or, where it has none, of the columns; and its rows.

    Args:
        reader: The study file, which collects what is wrong.
        keys: Where it names the list.
        path: The list: a header of names of factors or parameters, and a row for each point.
        factors: The factors of the study; where empty, columns are parameters.
        others: Parameters that other factors set, and which factor sets each.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reader.fault(keys, f"{path} cannot be read: {error}", "Name a CSV file in UTF-8, beside the study.")
        return (), ()
    lines = list(csv.reader(text.splitlines()))
    header = [name.strip() for name in lines[0]] if lines else []
    columns = [_column(reader, path, name, place, factors) for place, name in enumerate(header)]
    for place, column in enumerate(columns):
        other = others.get(column.key) if column and column.key and not factors else None
        if column and (other or column in columns[:place]):
            who = f"'{other}'" if other else "another column"
            what = f"column {place + 1}: {column.name} is varied by {who} already"
            reader.faults.append(Spot(str(path), 1, place + 1).fault(column.name, what, "Vary each parameter once."))
    if len(lines) < 2 or not header:
        reader.faults.append(
            Spot(str(path), 1, 1).fault("", "the list has no rows", "Write a header and a row for each point.")
        )
        return (), ()
    for factor in factors:
        if factor not in columns:
            what = f"there is no column '{factor.name}'"
            reader.faults.append(Spot(str(path), 1, 1).fault(factor.name, what, "Each factor of the study needs one."))
    wanted = tuple(factors) or tuple(factor for factor in columns if factor is not None)
    rows = [_row(reader, path, number, cells, columns) for number, cells in enumerate(lines[1:], 2) if any(cells)]
    if any(column is None for column in columns) or any(factor not in columns for factor in wanted):
        return (), ()
    order = [columns.index(factor) for factor in wanted]
    whole = [row for row in rows if row is not None]
    return wanted, tuple(tuple(row[place] for place in order) for row in whole)


def _column(reader: StudyReader, path: Path, name: str, place: int, factors: Sequence[Factor]) -> Factor | None:
    by_name = {factor.name: factor for factor in factors}
    if name in by_name:
        return by_name[name]
    spot = Spot(str(path), 1, place + 1)
    if factors:
        like = nearest(name, list(by_name))
        hint = f"Did you mean '{like}'?" if like else f"The study has {', '.join(by_name)}."
        reader.faults.append(spot.fault(name, f"column {place + 1}, '{name}', is no factor of the study", hint))
        return None
    try:
        return column_factor(name)
    except RefusedError as error:
        reader.faults.append(spot.fault(name, f"column {place + 1}: {error.what}", error.hint))
        return None


def _row(
    reader: StudyReader, path: Path, number: int, cells: list[str], columns: Sequence[Factor | None]
) -> tuple[Choice, ...] | None:
    spot = Spot(str(path), number, 1)
    if len(cells) != len(columns):
        what = f"{len(cells)} values in a list of {len(columns)} columns"
        reader.faults.append(spot.fault("", what, "Write one for each column."))
        return None
    found = []
    for cell, factor in zip(cells, columns, strict=True):
        if factor is None:
            continue
        try:
            named = next((choice for choice in factor.choices if choice.label == cell.strip()), None)
            found.append(named or value_of(factor, _typed(cell.strip())))
        except RefusedError as error:
            reader.faults.append(spot.fault(factor.name, error.what, error.hint))
    return tuple(found) if len(found) == len(columns) else None


def _typed(cell: str) -> float | int | bool | str:
    """What a cell says: a switch, a whole number, a number, or words."""
    if cell.lower() in ("true", "false"):
        return cell.lower() == "true"
    for kind in (int, float):
        try:
            return kind(cell)
        except ValueError:
            continue
    return cell
