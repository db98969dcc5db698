"""House rules that every process keeps: one writer a column, nothing undeclared, nothing idle, luck by name."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields as dataclass_fields
from pathlib import Path

import numpy as np
import pytest
from small import after

import hfabm
from hfabm.agents.budget import Reckoned
from hfabm.engine.table import Column, columns_of
from hfabm.evidence import register
from hfabm.parameters.declare import ASSUMED, Declared, declarations
from hfabm.processes.process import NoParameters, Process
from hfabm.schedule import SECTIONS, WEEK, weekly
from hfabm.state.papers import Decision, Reckoning
from hfabm.state.tables import ROWS

PACKAGE = Path(hfabm.__file__).parent
PROCESSES = weekly()
COLUMNS = [column for row in ROWS for column in columns_of(row).values()]
PARAMETERS = [declared for section, cls in SECTIONS.items() for declared in declarations(section, cls)]
by_process = pytest.mark.parametrize("process", PROCESSES, ids=[p.name for p in PROCESSES])
by_column = pytest.mark.parametrize("column", COLUMNS, ids=str)

CONSTANT = {
    "Citizen": "uid municipality_row birth_week sex frailty arrived_week arrives_as arrives_since_week",
    "Tenancy": "citizen_row citizen_uid municipality_row dwelling_row landlord_row start_week how need_at_start "
    "skills_at_start ties_at_start age_at_start weeks_waited weeks_from_referral weeks_homeless_before",
    "Dwelling": "municipality_row estate_row landlord_row stairwell sector built_week",
    "Estate": "municipality_row landlord_row first_dwelling_row dwellings caretaker_row",
    "Landlord": "municipality_row social dwellings",
    "SocialCaretaker": "municipality_row by_municipality turn dwellings",
    "Team": "municipality_row method",
    "Shelter": "municipality_row kind step elsewhere places",
    "ShelterStay": "citizen_row citizen_uid shelter_row kind first_week",
    "Referral": "citizen_row citizen_uid municipality_row track opened_week offers_from_week urgency",
    "Case": "citizen_row citizen_uid team_row method first_week",
    "Municipality": "code adults homeless_at_start",
    "Programme": "number municipality_row first_week last_week price_year grant_ore_week cti_ore_week icm_ore_week "
    "act_ore_week ordinary_ore_week new_cheap rent_cut special",
    "Reckoning": " ".join(columns_of(Reckoning)),
    "Decision": " ".join(columns_of(Decision)),
}
"""Columns with a first value for life, from the process that opens the table or from whoever builds the place."""

AS_FILLED = {"Shelter.price_dkk_day": "a place whose shelters differ in price can state it"}
"""Columns that are read, and that nobody has given a value yet."""

FOR_LOOKING = {
    "Tenancy.skills_at_start": "what a caseworker saw on moving in",
    "Tenancy.ties_at_start": "what a caseworker saw on moving in",
    "Tenancy.age_at_start": "what a caseworker saw on moving in",
    "Estate.first_dwelling_row": "to draw an estate",
    "Landlord.seen_tenancies": "for a landlord's own `decide`",
    "Landlord.dwellings": "for a landlord's own `decide`",
    "SocialCaretaker.dwellings": "for a caretaker's own `decide`",
    "Citizen.homeless_weeks": "for tables and figures",
    "Programme.number": "to find the programme among those of the scenario",
}
"""Columns that no code of the package reads, kept for those who look at agents and tables."""

KEYS_ON_FILE = ("municipality_row", "week")
"""What a paper of the municipality is found by."""

SHARED_LUCK = {"referral.track": {"referral", "staircase", "casework"}}
"""Questions that processes must answer alike: who is on which track is drawn once for life."""


def module_text(process: type[Process] | Process) -> str:
    kind = process if isinstance(process, type) else type(process)
    return Path(sys.modules[kind.__module__].__file__ or "").read_text(encoding="utf-8")


def sources(*folders: str) -> Iterator[tuple[Path, str]]:
    for folder in folders or (".",):
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            yield path, path.read_text(encoding="utf-8")


def test_no_column_has_two_writers() -> None:
    writers = Counter(column for process in PROCESSES for column in process.writes)

    shared = {str(column): n for column, n in writers.items() if n > 1}

    assert shared == {}


def test_no_table_has_two_openers() -> None:
    openers = Counter(row for process in PROCESSES for row in process.opens)

    shared = {row.__name__: n for row, n in openers.items() if n > 1}

    assert shared == {}


@by_column
def test_every_column_gets_a_value_from_somebody(column: Column) -> None:
    written = any(column in process.writes for process in PROCESSES)
    constant = column.name in CONSTANT[column.owner.__name__].split()

    ways = [written, constant, str(column) in AS_FILLED]

    assert sum(ways) == 1, "written by no process and first-valued by nobody, or both"


@pytest.mark.parametrize(("table", "names"), CONSTANT.items(), ids=list(CONSTANT))
def test_what_is_constant_is_given_by_whoever_opens_the_table(table: str, names: str) -> None:
    openers = [module_text(p) for p in PROCESSES for row in p.opens if row.__name__ == table]
    builder = [text for _, text in sources("population")]

    deciders = [text for _, text in sources("agents")] if table == "Decision" else []
    if table == "Reckoning":
        deciders = [" ".join(f" {field.name} " for field in dataclass_fields(Reckoned)), "'municipality_row' 'week'"]
    text = "\n".join((openers or builder) + deciders)

    given = {name for name in names.split() if re.search(rf"\b{name}=|['\" ]{name}['\" ]", text)}
    assert given == set(names.split())


@by_column
def test_every_column_is_read_by_somebody(column: Column) -> None:
    if str(column) in FOR_LOOKING:
        return
    if column.owner in (Reckoning, Decision):
        page = (PACKAGE / "cli" / "explain_decision.py").read_text(encoding="utf-8")
        by_need = f"{column.name.rpartition('_')[0]}_{{need}}" in page
        assert by_need or re.search(rf"\b{column.name}\b", page) or column.name in KEYS_ON_FILE
        return

    read_by_a_process = any(column in process.reads for process in PROCESSES)
    other = "\n".join(t for p, t in sources() if p.parent.name not in ("state", "population", "parameters", "engine"))

    assert read_by_a_process or re.search(rf"\.{column.name}\b", other)


@by_process
def test_a_process_uses_what_it_declares(process: Process) -> None:
    declared = {c for c in process.kernel_reads | process.kernel_writes} if process.name != "decisions" else set()
    text = module_text(process)

    used = {c for c in declared if any(not who[0].isupper() for who in re.findall(rf"(\w+)\.{c.name}\b", text))}

    assert {str(c) for c in declared - used} == set()


@by_process
def test_a_process_sees_only_what_it_declares(process: Process) -> None:
    world = after(0).world
    lent = world.lend(process.name, process.reads, process.writes, process.opens)

    seen = {c for c in COLUMNS if _visible(lent.relations[c.owner.__name__], c.name)}
    writable = {c for c in seen if getattr(lent.relations[c.owner.__name__], c.name).flags.writeable}

    assert seen == process.reads | process.writes
    assert writable == process.writes


def _visible(table: object, name: str) -> bool:
    try:
        getattr(table, name)
    except AttributeError as hidden:
        assert "did not say that it reads or writes" in str(hidden)
        return False
    return True


@by_process
def test_a_process_opens_only_what_it_declares(process: Process) -> None:
    world = after(0).world
    lent = world.lend(process.name, process.reads, process.writes, process.opens)

    refused = set()
    for row in ROWS:
        try:
            lent.relations[row.__name__].open(0)
        except PermissionError:
            refused.add(row)

    assert refused == set(ROWS) - process.opens


@pytest.fixture(scope="module")
def changes() -> dict[str, set[str]]:
    """Columns that each process really changed, and tables it opened rows in, over half a year."""
    ran = after(60, "odense")
    found: dict[str, set[str]] = {}

    def watched(process: Process) -> None:
        step, changed = process.step, found.setdefault(process.name, set())

        def watch(*arguments: object) -> None:
            before = {row: {n: a.copy() for n, a in _columns(ran, row).items()} for row in ROWS}
            step(*arguments)
            for row, columns in before.items():
                for name, old in columns.items():
                    now = _columns(ran, row)[name]
                    if len(now) > len(old):
                        changed.add(f"opens {row.__name__}")
                    if not np.array_equal(old, now[: len(old)]):
                        changed.add(f"{row.__name__}.{name}")

        process.step = watch  # type: ignore[method-assign]

    for process in ran.processes:
        watched(process)
    for _ in range(26):
        ran.step()
    return found


def _columns(ran: hfabm.HousingFirstModel, row: type) -> dict[str, np.ndarray]:
    table = ran.world.table(row)
    return {name: getattr(table, name) for name in table.columns}


@by_process
def test_a_process_changes_only_what_it_declares(process: Process, changes: dict[str, set[str]]) -> None:
    changed = changes[process.name]

    allowed = {str(c) for c in process.writes} | {f"opens {row.__name__}" for row in process.opens}

    assert changed - allowed == set()


def test_processes_do_something(changes: dict[str, set[str]]) -> None:
    idle = {name for name, changed in changes.items() if not changed}

    rare = {"eviction", "supply", "prices", "programmes", "casework"} & idle  # casework: no limit before the reform

    assert idle - rare == set()


def test_processes_have_names_and_phases_of_their_own() -> None:
    names = [process.name for process in WEEK]
    phases = [process.phase for process in WEEK]

    sections = [process.name for process in WEEK if process.parameters is not NoParameters]

    assert len(set(names)) == len(names)
    assert phases == sorted(phases)
    assert set(sections) <= set(SECTIONS)


@pytest.mark.parametrize("declared", PARAMETERS, ids=[d.key for d in PARAMETERS])
def test_every_parameter_is_read(declared: Declared) -> None:
    own = [process for process in WEEK if declared.section == process.name or declared.section in process.shares]
    folders = ("agents", "metrics") if declared.section not in {p.name for p in WEEK} else ()

    text = "\n".join([*map(module_text, own), *(t for f in folders for _, t in sources(f))])
    text += (PACKAGE / "model.py").read_text(encoding="utf-8")

    assert re.search(rf"\.{declared.name}\b|\[\"{declared.name}\"\]", text)


@pytest.mark.parametrize("declared", PARAMETERS, ids=[d.key for d in PARAMETERS])
def test_every_parameter_says_where_it_comes_from(declared: Declared) -> None:
    ids = declared.source.split()

    unknown = [id for id in ids if id != ASSUMED and id not in register()]

    assert ids != []
    assert unknown == []
    assert declared.assumed or ASSUMED not in ids
    assert declared.means.endswith(".") and len(declared.means) > 8


def _questions() -> Iterator[tuple[str, str, str]]:
    for path, text in sources():
        for node in ast.walk(ast.parse(text)):
            call = node.value if isinstance(node, ast.Assign) else None
            calls = call.elts if isinstance(call, ast.Tuple) else [call]
            for one in calls:
                if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "question":
                    yield path.stem, one.args[0].value, path.parent.name  # type: ignore[attr-defined, misc]


def test_questions_of_luck_are_unique() -> None:
    asked: dict[str, set[str]] = {}
    for module, name, _ in _questions():
        asked.setdefault(name, set()).add(module)

    shared = {name: modules for name, modules in asked.items() if len(modules) > 1}

    assert shared == SHARED_LUCK
    assert len(list(_questions())) == sum(len(modules) for modules in asked.values())


def test_questions_are_named_after_the_file_that_asks() -> None:
    asked = [(module, name) for module, name, folder in _questions() if folder == "processes"]

    # a process in several files has kernels in `<name>_<part>.py`
    strangers = [
        (m, n) for m, n in asked if n.partition(".")[0] not in (m, m.partition("_")[0]) and n not in SHARED_LUCK
    ]

    assert len(asked) > 30
    assert strangers == []


@pytest.mark.parametrize("folder", ["processes", "agents", "population", "metrics"])
def test_no_luck_but_by_question(folder: str) -> None:
    forbidden = re.compile(r"np\.random|default_rng|^import random|^from random|numpy\.random", re.MULTILINE)

    found = {path.name for path, text in sources(folder) if forbidden.search(text)}

    assert found == set()


@pytest.mark.parametrize("path", [p for f in ("processes", "agents") for p, _ in sources(f)], ids=lambda p: p.stem)
def test_what_is_public_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))

    public = [n for n in ast.walk(tree) if isinstance(n, ast.ClassDef | ast.FunctionDef) and n.name[0] != "_"]

    assert ast.get_docstring(tree)
    assert [n.name for n in public if not ast.get_docstring(n)] == []
