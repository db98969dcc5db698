"""Columns: one NumPy array per fact, one row per person, dwelling or paper.

A `Column` is declared once, as an attribute of a row class (`Citizen.skills`).  Seen from the class it
is the column itself, with unit and meaning; seen from a handle it is that row's value.
Rows are opened by one process and never deleted; arrays grow by doubling.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Collection, Sequence
from enum import IntEnum
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from hfabm.units import Unit

T = TypeVar("T")
Array = NDArray[Any]


class Column(Generic[T]):
    """One fact about every row of a table.

    Attributes:
        name: Name of the attribute.
        owner: The row class it belongs to.
        dtype: NumPy type of the stored array.
        fill: Value of a newly opened row.
        unit: Unit of the stored number.
        means: What it says, in one line.
        codes: The enumeration that integer codes belong to, if any.
        width: Numbers per row; wide columns are for kernels alone.
    """

    def __init__(
        self, dtype: str, fill: T, unit: Unit, means: str, codes: type[IntEnum] | None = None, width: int = 1
    ) -> None:
        self.dtype, self.fill, self.unit, self.means = np.dtype(dtype), fill, unit, means
        self.codes, self.width = codes, width
        self.name = ""
        self.owner: type = object

    def __set_name__(self, owner: type, name: str) -> None:
        self.name, self.owner = name, owner

    @overload
    def __get__(self, handle: None, owner: type) -> Column[T]: ...
    @overload
    def __get__(self, handle: Any, owner: type) -> T: ...
    def __get__(self, handle: Any, owner: type) -> Any:
        if handle is None:
            return self
        array = handle.table.arrays[self.name]
        if self.width > 1:
            return handle.table.readonly[self.name][handle.row]
        value = array.item(handle.row)
        return self.codes(value) if self.codes is not None else value

    def __set__(self, handle: Any, value: T) -> None:
        table = handle.table
        if self.name not in table.writable:
            raise self.refusal()
        table.arrays[self.name][handle.row] = value

    def refusal(self) -> AttributeError:
        """Why it cannot be set outside rules."""
        return AttributeError(
            f"{self} cannot be set here: institutions look and decide, rules write. "
            "To change it, write a rule, or decide otherwise in an institution's `decide`."
        )

    def __reduce__(self) -> tuple[Any, ...]:
        # a copied model must not bring columns of its own: they are compared by identity
        return getattr, (self.owner, self.name)

    def __str__(self) -> str:
        return f"{self.owner.__name__}.{self.name}"

    __repr__ = __str__


def real(fill: float, unit: Unit, means: str) -> Column[float]:
    """A column of real numbers."""
    return Column("f8", fill, unit, means)


def reals(fill: float, unit: Unit, means: str, width: int) -> Column[Array]:
    """A wide column: so many real numbers for each row; for kernels and for looking, not for rules."""
    return Column("f8", fill, unit, means, width=width)  # type: ignore[arg-type]


def integer(fill: int, unit: Unit, means: str) -> Column[int]:
    """A column of whole numbers within 32 bits."""
    return Column("i4", fill, unit, means)


def large(fill: int, unit: Unit, means: str) -> Column[int]:
    """A column of whole numbers within 64 bits: identities and øre."""
    return Column("i8", fill, unit, means)


def code(fill: IntEnum, means: str) -> Column[int]:
    """A column of members of one enumeration."""
    return Column("i1", int(fill), Unit.CODE, means, codes=type(fill))


def flag(means: str) -> Column[bool]:
    """A column of yes and no, no at first."""
    return Column("?", False, Unit.SWITCH, means)


class Link:
    """The row of another table that a `_row` column points to: `tenancy.citizen.skills`.

    Follow it only where the `_row` column is not negative.
    """

    def __init__(self, through: str, to: str) -> None:
        self.through, self.to = through, to

    def __get__(self, handle: Any, owner: type) -> Any:
        if handle is None:
            return self
        row = handle.table.arrays[self.through].item(handle.row)
        if row < 0:
            whose = f"{owner.__name__} {handle.row}"
            raise LookupError(f"{whose} has no {self.to}: check {self.through} >= 0 first")
        return handle.table.relations[self.to].handle(row)


def link(through: str, to: str) -> Any:
    """Declare a link; rules may follow it to read, never to write."""
    return Link(through, to)


def columns_of(row_class: type) -> dict[str, Column[Any]]:
    """The columns of a row class by name, in order of declaration."""
    found: dict[str, Column[Any]] = {}
    for cls in reversed(row_class.__mro__):
        found.update({n: c for n, c in vars(cls).items() if isinstance(c, Column)})
    return found


class Table:
    """All rows of one kind, as columns.

    `table.skills` is the array of the rows in use; `arrays` holds the arrays with room to grow.
    `readonly` are read-only views of them, lent to whoever may not write.
    """

    def __init__(self, row_class: type, capacity: int = 16) -> None:
        self.row_class = row_class
        self.columns = columns_of(row_class)
        if any(column.owner is not row_class for column in self.columns.values()):
            raise TypeError(f"{row_class.__name__} inherits columns: declare them in the row class itself")
        self.size = 0
        self.version = 0
        self.relations: dict[str, Table] = {}
        self.writable: frozenset[str] = frozenset()
        self.handle: Callable[[int], Any] = _no_handles
        self.arrays: dict[str, Array] = {}
        self.readonly: dict[str, Array] = {}
        self.bound: dict[Any, tuple[int, list[Table], list[Array]]] = {}
        self.borrowers: weakref.WeakSet[Any] = weakref.WeakSet()
        self._live: Array | None = None
        self._seen = 0
        self._all = np.arange(0)
        self._reserve(max(1, capacity))

    @property
    def capacity(self) -> int:
        """Rows that fit before the arrays grow."""
        return len(next(iter(self.arrays.values())))

    def __len__(self) -> int:
        return self.size

    def __getattr__(self, name: str) -> Array:
        try:
            return self.__dict__["arrays"][name][: self.__dict__["size"]]  # type: ignore[no-any-return]
        except KeyError:
            if name.startswith("__") or "row_class" not in self.__dict__:
                raise AttributeError(name) from None
            whose, known = self.row_class.__name__, ", ".join(self.columns)
            raise AttributeError(f"{whose} has no column {name!r}; it has {known}") from None

    @property
    def live(self) -> Array:
        """Rows that rules and counts look at: all, or those alive at the last `refresh` and those opened since."""
        if self._live is not None:
            if self._seen < self.size:
                self._live = np.concatenate([self._live, np.arange(self._seen, self.size)])
                self._seen = self.size
            return self._live
        if self._all.size != self.size:
            self._all = np.arange(self.size)
        return self._all

    def refresh(self, week: int) -> None:
        """Find the rows that are alive in a week; those that are not are never looked at again."""
        rows = self.live
        self._live, self._seen = rows[self.row_class.alive(self, rows, week)], self.size  # type: ignore[attr-defined]

    def borrow(
        self, asker: object, columns: Sequence[Column[Any]], writes: Collection[Column[Any]] = ()
    ) -> list[Array]:
        """Arrays of columns of this table and of related ones, looked up again only when one of them has grown.

        Args:
            asker: Who asks, always for the same columns.
            columns: Columns in the order wanted.
            writes: Those that may be written.
        """
        kept = self.bound.get(asker)
        if kept is None or kept[0] != sum(table.version for table in kept[1]):
            owners = [self.relations[column.owner.__name__] for column in columns]
            arrays = [
                (table.arrays if column in writes else table.readonly)[column.name]
                for table, column in zip(owners, columns, strict=True)
            ]
            tables = list({id(table): table for table in owners}.values())
            kept = self.bound[asker] = (sum(table.version for table in tables), tables, arrays)
        return kept[2]

    def _reserve(self, capacity: int) -> None:
        for name, column in self.columns.items():
            shape = (capacity, column.width) if column.width > 1 else (capacity,)
            grown = np.full(shape, column.fill, column.dtype)
            if name in self.arrays:
                grown[: self.size] = self.arrays[name][: self.size]
            self.arrays[name] = grown
            view = grown.view()
            view.flags.writeable = False
            self.readonly[name] = view
        self.version += 1
        for borrower in self.borrowers:
            borrower.bind()

    def open(self, count: int, /, **first: Any) -> range:
        """Open rows with their first values; every other column gets its fill value.

        Args:
            count: How many rows.
            **first: Column name to a value or an array of `count` values.

        Returns:
            The new row numbers.

        Raises:
            KeyError: A name is no column of this table.
        """
        unknown = first.keys() - self.columns.keys()
        if unknown:
            raise KeyError(f"{self.row_class.__name__} has no column {', '.join(sorted(unknown))}")
        # before anything is written: a row that is refused must not leave values behind for the next one
        new = {name: np.asarray(values, self.arrays[name].dtype) for name, values in first.items()}
        for name, values in new.items():
            if values.ndim and len(values) != count:
                raise ValueError(f"{self.row_class.__name__}.{name}: {len(values)} values for {count} rows")
        rows = range(self.size, self.size + count)
        if rows.stop > self.capacity:
            self._reserve(max(2 * self.capacity, rows.stop))
        for name, values in new.items():
            self.arrays[name][rows.start : rows.stop] = values
        self.size = rows.stop
        return rows

    def __getstate__(self) -> dict[str, Any]:
        state = dict(self.__dict__)
        state["arrays"] = {n: a[: max(1, self.size)].copy() for n, a in self.arrays.items()}
        del state["readonly"], state["handle"], state["bound"], state["borrowers"]
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.readonly, self.bound, self.handle = {}, {}, _no_handles
        self.borrowers = weakref.WeakSet()
        self._reserve(self.capacity)


def _no_handles(row: int) -> Any:
    raise RuntimeError("this table belongs to no model yet: handles are made by HousingFirstModel")
