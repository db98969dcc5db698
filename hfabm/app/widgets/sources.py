"""Scripts and styles of the widgets, read from the files beside them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def joined(*names: str) -> str:
    """Texts of files of this folder, one after the other.

    A browser gets one script per widget, since it cannot fetch parts of it by name. So the parts share their
    names, and only the last of them exports something.

    Args:
        *names: Names of the files, in the order in which they are read.
    """
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)
