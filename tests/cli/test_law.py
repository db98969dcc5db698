"""`hfabm law`: the rules of a day and their changes, in a terminal, as Markdown and as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hfabm.cli import main
from hfabm.cli.page import Heading, Remark, as_lines

REFORM = """title = "A shorter limit"
place = "odense"
start = 2020-01-01
end = 2028-12-31

[refund_law]
shelter_days = { 2027-01-01 = 60 }
own_payment = { 2027-01-01 = 0 }
"""
UNCUT = "https://www.altinget.dk/social/qa/el-er-en-kommune-forpligtet-til-at-hjaelpe-en-boligloes-enlig-forsoerger-"

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: Any, tmp_path: Path) -> Call:
    """Call `hfabm law` in an empty folder with a reform in it; exit code, what it printed, what it complained of."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reform.toml").write_text(REFORM, encoding="utf-8")

    def caller(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["hfabm", "law", *arguments])
        with pytest.raises(SystemExit) as left:
            main.main()
        printed = capsys.readouterr()
        return int(left.value.code or 0), printed.out, printed.err

    return caller


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_a_day_is_printed_by_heading_with_dates_and_sources(call: Call) -> None:
    day = "2024-03-01"

    code, out, err = call(day)

    assert (code, err) == (0, "")
    assert out.startswith("The law on 2024-03-01\n\nShelter stays, § 110\n")
    said = one_line(out)
    assert "At most 120 days of § 110 stays (forsorgshjem, herberg) are co-paid" in said
    assert "since 2023-10-01, next change 2026-04-01 | I01 I02 I03 | refund_law.shelter_days = 120" in said
    assert "I04 Serviceloven s.176a (elov.dk), https://elov.dk/serviceloven/paragraf/176a/" in said
    assert "assumed, without a source | prices.benefits_municipal = 0.7" in said


def test_rules_that_do_not_exist_are_listed_at_the_end(call: Call) -> None:
    day = "2024-03-01"

    _, out, _ = call(day)

    rules, absent = out.split("Rules that do not exist on this day\n")
    assert "refund_law.rate_beyond          refund of § 110 days beyond the limit\n" in absent
    assert "refund_law.rate_beyond" not in rules


def test_lines_are_broken_and_nothing_is_cut(call: Call) -> None:
    day = "2024-03-01"

    _, out, _ = call(day)

    assert [line for line in out.splitlines() if len(line) > 100 and "://" not in line] == []
    assert UNCUT in out and "…" not in out
    assert not any(line.endswith("§") for line in out.splitlines())


def test_two_days_are_compared_rule_by_rule(call: Call) -> None:
    days = "2023-09-30", "2026-04-01"

    code, out, _ = call("--diff", *days)

    said = one_line(out)
    assert code == 0
    assert (
        "before Every day of a § 110 stay (forsorgshjem, herberg) is co-paid: there is no limit. after At most 90"
        in said
    )
    assert "changed 2023-10-01, 2026-04-01 | I01 I02 I03 | refund_law.shelter_days" in said
    assert "before No such rule. after The state refunds § 85 a support (CTI, ICM, ACT) for up to 730 days" in said
    assert "before No such rule. after After a § 110 stay the state refunds up to 183 days (6 months)" in said
    assert "allocation_right" not in said


def test_two_days_of_one_regime_have_nothing_changed(call: Call) -> None:
    days = "2026-04-01", "2026-11-01"

    code, out, _ = call("--diff", *days)

    assert code == 0
    assert "Nothing changed: on both days the law says the same." in out
    assert "Sources" not in out


def test_a_scenario_shows_its_rules_with_file_and_line(call: Call) -> None:
    options = "--scenario", "reform.toml"

    code, out, _ = call("2027-03-01", *options)

    said = one_line(out)
    assert code == 0
    assert "As the scenario has it: A shorter limit (reform.toml)." in said
    assert "At most 60 days" in said and "by law At most 90 days" in said
    assert "| set in reform.toml:7 | refund_law.shelter_days = 60" in said
    assert "own payment for lodging in a § 110 shelter (egenbetaling); set in reform.toml:8" in said
    assert said.count("set in") == 2


def test_a_scenario_is_compared_with_its_own_past(call: Call) -> None:
    options = "--scenario", "reform.toml"

    _, out, _ = call("--diff", "2026-12-31", "2027-01-01", *options)

    said = one_line(out)
    assert "At most 90 days" in said and "At most 60 days" in said
    assert "changed 2027-01-01 | I01 I02 I03 | set in reform.toml:7 | refund_law.shelter_days" in said
    assert "after No such rule. changed 2027-01-01 | I10 | set in reform.toml:8" in said


def test_a_package_may_lie_on_the_scenario(call: Call) -> None:
    Path("cap.toml").write_text('title = "Cap"\n[housing_law]\nshelter_price_cap = { 2027-01-01 = 2322 }\n')

    code, out, _ = call("2027-01-01", "--scenario", "reform.toml", "--with", "cap.toml")

    assert code == 0
    assert "at most 2,322 DKK a day (prices of 2024)." in one_line(out)
    assert "set in cap.toml:3" in out


def test_json_has_every_rule_with_its_sources(call: Call) -> None:
    options = "2024-03-01", "--json"

    _, out, _ = call(*options)

    rules = {rule["key"]: rule for rule in json.loads(out)["rules"]}
    limit = rules["refund_law.shelter_days"]
    assert (limit["value"], limit["unit"], limit["since"], limit["until"]) == (
        120,
        "days/year",
        "2023-10-01",
        "2026-04-01",
    )
    assert [source["id"] for source in limit["sources"]] == ["I01", "I02", "I03"]
    assert limit["sources"][0]["urls"][0].startswith("https://")
    assert (rules["refund_law.rate_beyond"]["exists"], limit["exists"]) == (False, True)


def test_json_of_changes_has_both_sides(call: Call) -> None:
    days = "2023-09-30", "2023-10-01"

    _, out, _ = call("--diff", *days, "--json")

    document = json.loads(out)
    found = {change["key"]: change for change in document["changes"]}
    assert (document["before"], document["after"]) == days
    assert found["refund_law.shelter_days"]["after"]["value"] == 120
    assert found["refund_law.restarts_on_relapse"]["before"] is None
    assert found["refund_law.support_days"]["dates"] == ["2023-10-01"]


def test_markdown_has_headings_and_links(call: Call) -> None:
    options = "2024-03-01", "--markdown"

    _, out, _ = call(*options)

    assert out.startswith("# The law on 2024-03-01\n\n## Shelter stays, § 110\n\n- The state refunds 50%")
    assert "I04 [Serviceloven s.176a (elov.dk)](https://elov.dk/serviceloven/paragraf/176a/)" in out
    assert "- refund of § 110 days beyond the limit: `refund_law.rate_beyond`\n" in out


def test_without_a_day_it_is_today(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    class Frozen(date):
        @classmethod
        def today(cls) -> date:
            return date(2025, 6, 1)

    monkeypatch.setattr("hfabm.cli.law.date", Frozen)

    code, out, _ = call()

    assert code == 0
    assert out.startswith("The law on 2025-06-01\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2024-13-01"], "law 2024-13-01: error: '2024-13-01' is no date. Write year-month-day, such as 2023-10-01.\n"),
        (["1998-07-01"], "law 1998-07-01: error: the law is known here from 2009-01-01 on. Name a later day.\n"),
        (["--diff", "2026-04-01", "soon"], "law soon: error: 'soon' is no date."),
        (
            ["--diff", "2026-04-01", "2023-09-30"],
            "--diff 2026-04-01 2023-09-30: error: the first day is the later one.",
        ),
        (["2024-03-01", "--diff", "2024-01-01", "2024-02-01"], "law 2024-03-01 --diff: error: a day, and two days"),
        (["2024-03-01", "--with", "cap.toml"], "--with: error: there is nothing to lay a package on."),
        (["2029-03-01", "--scenario", "reform.toml"], "law 2029-03-01: error: 2029-03-01 lies outside the scenario, "),
        (["2019-03-01", "--scenario", "reform.toml"], "law 2019-03-01: error: 2019-03-01 lies outside the scenario, "),
        (["2024-03-01", "--scenario", "no.toml"], "no.toml: error: there is no file no.toml."),
    ],
    ids=["month", "early", "word", "order", "both", "package", "late", "before", "file"],
)
def test_a_wrong_call_is_refused_in_words(arguments: list[str], said: str, call: Call) -> None:
    given = arguments

    code, out, err = call(*given)

    assert (code, out) == (2, "")
    assert err.startswith(said)


def test_half_a_comparison_is_a_wrong_call(call: Call) -> None:
    arguments = ["--diff", "2024-03-01"]

    code, _, err = call(*arguments)

    assert code == 2
    assert "--diff" in err


def test_a_narrow_terminal_breaks_lines_behind_a_section_not_in_it() -> None:
    page = [Heading("A"), Remark("support by § 85 a of the act, days by § 110 of it")]

    lines = [text for text, _ in as_lines(page, 16)]

    assert lines == ["", "A", "", "support by", "§ 85 a of the", "act, days by", "§ 110 of it"]
