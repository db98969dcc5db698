"""Compiled code whose cache follows the source of the whole package.

`@kernel` is for loops over columns, called from Python; `@formula` for scalar functions that kernels
and rules call.  Numba's own cache notices an edit only in the file of the kernel itself; here the
cache folder is named after a digest of every source file of the model, so an edited formula can
never leave a stale kernel behind.  The folder lies in the user's own cache directory.
"""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numba
import platformdirs
from numba.extending import register_jitable

F = TypeVar("F", bound=Callable[..., Any])

_PACKAGE = Path(__file__).resolve().parent.parent
_KEPT_CACHES = 8
_ABOVE_THE_MODEL = (
    "results", "experiments", "answers", "validation", "cli", "app", "api.py", "bench.py", "__main__.py", "__init__.py",
)  # fmt: skip
"""Folders and files that read what models leave: nothing in them is compiled, and no result depends on them."""

interpreted = False
"""While true, kernels run as plain Python, for a debugger.  Set by `interpret()`."""


@functools.cache
def model_digest() -> str:
    """Digest of all that shapes the result of a run: every source file of the model, its evidence and its places."""
    digest = hashlib.sha256()
    paths = (path for kind in ("*.py", "*.csv", "*.toml") for path in _PACKAGE.rglob(kind))
    for name, path in sorted((path.relative_to(_PACKAGE), path) for path in paths):
        if name.parts[0] not in _ABOVE_THE_MODEL:
            digest.update(name.as_posix().encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()[:16]


@functools.cache
def machine_code_digest() -> str:
    """Digest of the source of the model and of the versions that shape machine code."""
    versions = f"{numba.__version__} {sys.version_info[:2]} {model_digest()}"
    return hashlib.sha256(versions.encode()).hexdigest()[:16]


@functools.cache
def cache_folder() -> Path | None:
    """Where compiled code is kept, or None where no folder of the user's own can be written."""
    root = Path(platformdirs.user_cache_dir("hfabm")) / "compiled"
    folder = root / machine_code_digest()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.touch()
        with tempfile.TemporaryFile(dir=folder):
            pass
        ours = sorted((p for p in root.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)
        for old in ours[:-_KEPT_CACHES]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        return None
    return folder


def is_warm() -> bool:
    """Is compiled code of this very source on disk already?"""
    folder = cache_folder()
    return folder is not None and any(folder.rglob("*.nbc"))


def compiled(function: F) -> F:
    """Compile on first call; keep the machine code in `cache_folder()`."""
    folder = cache_folder()
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "cache": folder is not None}
    config: Any = numba.config
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder) if folder else before
    try:
        return numba.njit(**options)(function)  # type: ignore[no-any-return]
    finally:
        config.CACHE_DIR = before


def loaded(text: str, name: str, stem: str, scope: dict[str, Any], sources: str = "") -> Callable[..., Any]:
    """The function `name` of a text; the text lies beside the machine code, for tracebacks and numba's cache.

    Args:
        text: Source of the function.
        name: Its name.
        stem: First part of the file's name; a digest follows.
        scope: Names it may use.
        sources: What else a change of must be noticed, such as source that it calls.
    """
    folder = cache_folder()
    path = f"<{stem}>"
    if folder is not None:
        digest = hashlib.sha256((text + sources).encode()).hexdigest()[:16]
        path = str(_written_once(folder / f"{stem}_{digest}.py", text))
    # the cache imports the module that a kernel says it is from, which a rule's own need not be
    scope = {**scope, "__name__": __name__}
    exec(compile(text, path, "exec"), scope)
    return scope[name]  # type: ignore[no-any-return]


def _written_once(path: Path, text: str) -> Path:
    if not path.exists():
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, path)
    return path


def kernel(function: F) -> F:
    """A compiled loop over columns; plain Python while `interpreted`."""
    machine = compiled(function)

    @functools.wraps(function)
    def run(*arguments: Any) -> Any:
        return function(*arguments) if interpreted else machine(*arguments)

    run.compiled = machine  # type: ignore[attr-defined]
    return run  # type: ignore[return-value]


def formula(function: F) -> F:
    """A scalar function that rules and kernels may call, compiled into each of them."""
    made: F = register_jitable(function)
    return made


@contextmanager
def interpret(on: bool = True) -> Iterator[None]:
    """Run kernels as plain Python inside the block."""
    global interpreted
    before, interpreted = interpreted, on
    try:
        yield
    finally:
        interpreted = before
