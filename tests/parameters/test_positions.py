"""The scanner finds every key and value that `tomllib` reads, where it stands."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hfabm.parameters.positions import Path, Place, positions

LITERALS = st.sampled_from(
    [
        "12",
        "-1_000",
        "0x1F",
        "3.5e-3",
        "nan",
        "true",
        "2023-10-01",
        "2023-10-01 10:20:30",
        "07:32:00",
        '"a # ] } , = b"',
        r'"quote \" and \\"',
        "'C:\\'",
        '""',
        '"""two\nlines "" # ]"""',
        '"""ends in quotes"""""',
        "'''raw\n\\ # ='''",
        "''''quoted' '''",
    ]
)
KEYS = st.sampled_from(["a", "b", "c", "long-key_1", "2023-10-01", '"a b"', "'x.y'", '"q\\"#"', '"é"'])
BLANK = st.sampled_from(["", " ", "  ", "\t"])
BREAK = st.sampled_from(["\n", "\n\n", "  # [x] = 1\n", "\n# 'comment\n\t"])


@st.composite
def values(draw: st.DrawFn, depth: int = 0) -> str:
    kind = draw(st.sampled_from(["literal", "literal", "list", "table"])) if depth < 3 else "literal"
    if kind == "literal":
        return draw(LITERALS)
    if kind == "list":
        gap = st.one_of(BLANK, BREAK)
        items = draw(st.lists(values(depth + 1), max_size=3))
        body = ",".join(f"{draw(gap)}{item}{draw(gap)}" for item in items)
        return f"[{body}{',' if items and draw(st.booleans()) else ''}{draw(gap)}]"
    keys = draw(st.lists(KEYS, max_size=3, unique=True))
    pairs = [f"{draw(BLANK)}{key}{draw(BLANK)}={draw(BLANK)}{draw(values(depth + 1))}" for key in keys]
    return "{" + ",".join(pairs) + draw(BLANK) + "}"


@st.composite
def documents(draw: st.DrawFn) -> str:
    lines = []
    for _ in range(draw(st.integers(0, 3))):
        for _ in range(draw(st.integers(0, 3))):
            key = ".".join(draw(st.lists(KEYS, min_size=1, max_size=3)))
            lines.append(f"{draw(BLANK)}{key}{draw(BLANK)}={draw(BLANK)}{draw(values())}{draw(BREAK)}")
        name = f"{draw(BLANK)}.{draw(BLANK)}".join(draw(st.lists(KEYS, min_size=1, max_size=3)))
        header = draw(st.sampled_from(["[{}]", "[[{}]]", "[ {} ]", "[[ {} ]]"]))
        lines.append(header.format(name) + draw(BREAK))
    return "".join(lines)


def every_path(data: Any, path: Path = ()) -> dict[Path, Any]:
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found = {path: data} if path else {}
    for name, child in children:
        found |= every_path(child, (*path, name))
    return found


def text_from(text: str, place: Place) -> str:
    """The text from a place on."""
    lines = text.split("\n")
    return "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])


def begins_with(text: str, form: str, meaning: Any) -> bool:
    """Does a text begin with what, put into a form, TOML reads as a meaning?"""
    for end in range(1, len(text) + 1):
        try:
            read = tomllib.loads(form.format(text[:end]))
        except ValueError:
            continue
        if repr(read) == repr(meaning):
            return True
    return False


@settings(max_examples=400, deadline=None)
@given(documents())
def test_every_key_and_value_is_found_where_it_stands(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # the same key twice
    found = positions(text)
    paths = every_path(data)
    assert set(found) == set(paths)
    for path, value in paths.items():
        at_value = text_from(text, found[path].value)
        if not isinstance(value, (dict, list)):
            assert begins_with(at_value, "v = {}", {"v": value}), (path, at_value)
        if isinstance(path[-1], str):
            at_key = text_from(text, found[path].key)
            assert begins_with(at_key, "{} = 1", {path[-1]: 1}), (path, at_key)


def test_headers_lists_and_dotted_keys() -> None:
    text = "a.b = [1,\n  2]\n[c . d]\n[[e]]\nf = {g = 1, 'h i' = 2}\n[[e]]\n[e.j]"
    found = positions(text)
    assert found["a",].key == (1, 1)
    assert found["a", "b"].key == (1, 3)
    assert found["a", "b", 1].value == (2, 3)
    assert found["c",].key == (3, 2)
    assert found["c", "d"].key == (3, 6)
    assert found["c", "d"].value == (3, 1)
    assert found["e", 0, "f", "h i"].key == (5, 13)
    assert found["e", 0, "f", "h i"].value == (5, 21)
    assert found["e", 1].value == (6, 1)
    assert found["e", 1, "j"].key == (7, 4)
