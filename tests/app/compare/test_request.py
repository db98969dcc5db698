"""What can be compared, and what cannot, told with what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.compare.invented import PLACEBO, REFORMS, SIXTY, THIRTY, package, request
from hfabm.app.compare.request import Reform, RequestError, Same, plan_for, sameness
from hfabm.language import Language
from hfabm.parameters.faults import ScenarioError


def test_a_request_comes_to_a_base_and_its_reforms_with_the_same_seeds() -> None:
    plan = plan_for(request(SIXTY, THIRTY, replications=20))

    assert [policy.label for policy in plan.policies] == ["base", "60 days", "30 days"]
    assert (plan.runs, list(plan.seeds)) == (60, list(range(1, 21)))
    assert plan.since == date(2027, 1, 1)
    assert [(job.seed, job.run.partition("-")[2]) for job in plan.jobs()][:4] == [
        (1, "1"),
        (1, "1"),
        (1, "1"),
        (2, "2"),
    ]


def test_a_number_alone_may_be_a_name() -> None:
    plan = plan_for(request(Reform("60", SIXTY.packages)))

    assert plan.policies[1].choices["reform"].label == "60"


@pytest.mark.parametrize(
    ("asked", "english", "danish"),
    [
        (request(SIXTY, THIRTY, Reform("a", ()), Reform("b", ())), "Choose one to 3", "Vælg én til 3"),
        (request(SIXTY, replications=1), "1 replications are asked for", "Vælg 2 til 200"),
        (request(SIXTY, Reform("60 days ", THIRTY.packages)), "Two reforms are called “60 days”", "To reformer hedder"),
        (request(Reform(" ", SIXTY.packages)), "Reform 1 has no name", "Reform nummer 1 har ikke"),
        (request(SIXTY, since=date(2019, 1, 1)), "from 1 January 2019", "fra 1. jan. 2019"),
        (request(SIXTY, since=date(2031, 1, 1)), "Choose a day between them", "Vælg en dag imellem"),
        (request(PLACEBO), "“Nothing” changes nothing: from 1 January 2021 to 31 December 2030", "ændrer ingenting"),
        (request(SIXTY, until=date(2026, 6, 30)), "“60 days” changes nothing", "ændrer ingenting"),
        (request(SIXTY, Reform("Two", SIXTY.packages)), "“Two” is the same as “60 days”", "er den samme som »60 days«"),
    ],
    ids=["four", "one seed", "one name", "no name", "early", "late", "nothing", "after the end", "twice"],
)  # fmt: skip
def test_what_cannot_be_compared_says_why_and_what_to_do(asked, english: str, danish: str) -> None:
    with pytest.raises(RequestError) as caught:
        plan_for(asked)

    assert english in caught.value.told(Language.EN) == str(caught.value)
    assert danish in caught.value.told(Language.DA)


def test_a_placebo_is_compared_where_it_is_meant() -> None:
    plan = plan_for(request(SIXTY, PLACEBO, Reform("Sixty", SIXTY.packages), placebo=True))

    assert sameness(plan) == (Same(2, 0), Same(3, 1))
    assert plan.runs == 6


def test_faults_of_files_are_told_by_file_and_line(tmp_path: Path) -> None:
    own = package(tmp_path, "[refund_law]\nshelter_days = { 2027-01-01 = -5 }\n")

    with pytest.raises(ScenarioError, match=r"own.toml:3.*refund_law.shelter_days"):
        plan_for(request(Reform("Own", (own,))))


def test_two_packages_that_clash_are_refused() -> None:
    both = Reform("Both", (*SIXTY.packages, *THIRTY.packages))

    with pytest.raises(ScenarioError, match="shelter_days"):
        plan_for(request(both))


def test_a_base_is_a_name_or_a_file() -> None:
    by_file = plan_for(request(SIXTY, base=REFORMS.parent / "odense_ahead.toml"))

    assert plan_for(request(SIXTY)).hash == by_file.hash
