"""The plan of the house: layers import downward only, processes do not know each other, files stay short."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import hfabm

PACKAGE = Path(hfabm.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

LAYERS: tuple[tuple[str, ...], ...] = (
    ("engine", "units", "calendar", "randomness", "language", "words"),
    ("state", "parameters", "evidence"),
    ("processes", "metrics", "population"),
    ("agents",),
    ("model", "schedule"),
    ("results",),
    ("experiments", "validation"),
    ("answers",),
    ("api",),
    ("cli", "app", "bench"),
)
"""From the ground up: each may import what stands before it, and what is of its own folder."""

LAZY = {"__init__", "__main__"}
"""Files at the root that may import from anywhere: what is public is looked up when asked for."""

LINES, FUNCTION_LINES = 300, 60

by_file = pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))


def layer_of(part: str) -> int:
    return next((number for number, names in enumerate(LAYERS) if part in names), -1)


def part_of(path: Path) -> str:
    """Folder, or name of a file at the root."""
    within = path.relative_to(PACKAGE)
    return within.parts[0] if len(within.parts) > 1 else within.stem


def imports(path: Path) -> Iterator[str]:
    """Modules that a file imports, also inside functions; not what only type checkers see."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: say the whole name of what you import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@by_file
def test_every_file_has_its_place_in_a_layer(path: Path) -> None:
    part = part_of(path)

    layer = layer_of(part)

    assert layer >= 0 or part in LAZY


@by_file
def test_layers_import_downward_or_their_own_folder(path: Path) -> None:
    part = part_of(path)
    if part in LAZY:
        return

    used = {name.split(".")[1] for name in imports(path) if name.startswith("hfabm.")} - {part}
    upward = {u for u in used if layer_of(u) >= layer_of(part)}

    # neighbours of one layer may know each other where one is plainly below the other
    beside = {
        ("state", "parameters"),
        ("parameters", "evidence"),
        ("metrics", "population"),
        ("model", "schedule"),
        ("cli", "app"),
        ("cli", "bench"),
    }
    ground = {(one, other) for one in LAYERS[0] for other in LAYERS[0]}
    assert {u for u in upward if (part, u) not in beside | ground} == set()


@by_file
def test_nobody_inside_imports_the_package_as_a_whole(path: Path) -> None:
    """What the root offers is for users: it would bring everything in.  Its version and its folders are not."""
    if part_of(path) in LAZY:
        return

    tree = ast.parse(path.read_text(encoding="utf-8"))
    whole = [n.names[0].name for n in tree.body if isinstance(n, ast.Import) and n.names[0].name == "hfabm"]
    public = [
        alias.name
        for n in ast.walk(tree)
        if isinstance(n, ast.ImportFrom) and n.module == "hfabm"
        for alias in n.names
        if layer_of(alias.name) < 0 and alias.name != "__version__"
    ]

    assert whole + public == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "processes").glob("*.py")), ids=lambda p: p.stem)
def test_no_process_knows_another(path: Path) -> None:
    family = path.stem.partition("_")[0]

    others = {
        name.split(".")[2]
        for name in imports(path)
        if name.startswith("hfabm.processes.") and name.split(".")[2] != "process"
    }

    # kernels of one process may stand in files of their own, `<name>_<part>.py`
    assert {other for other in others if other.partition("_")[0] != family} == set()


@by_file
def test_mesa_is_imported_in_few_places(path: Path) -> None:
    uses_mesa = any(name == "mesa" or name.startswith("mesa.") for name in imports(path))

    allowed = part_of(path) in ("engine", "agents", "model", "app")

    assert allowed or not uses_mesa


@by_file
def test_files_are_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= LINES


@by_file
def test_functions_are_short(path: Path) -> None:
    """Bodies: signatures and docstrings do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))

    long = {n.name: length(n) for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and length(n) > FUNCTION_LINES}

    assert long == {}


def length(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0  # type: ignore[operator]
