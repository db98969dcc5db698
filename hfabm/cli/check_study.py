"""`hfabm check` of a study: is it right, and what does it come to?"""

from __future__ import annotations

from pathlib import Path

TELLING = {"question", "levers", "uncertainties", "design"}
"""Keys that a study has, and no scenario."""


def is_study(name: str) -> bool:
    """Is there a file of that name that looks like a study, rather than a scenario?"""
    from hfabm.parameters.faults import ScenarioError
    from hfabm.parameters.source import read

    try:
        return Path(name).is_file() and bool(TELLING & set(read(Path(name)).data))
    except ScenarioError:  # no TOML: told when it is read as a scenario
        return False


def check_study(name: str, explain: bool, json: bool) -> int:
    """Check a study file and all that it names.

    Args:
        name: Its path.
        explain: Print every factor.
        json: Print JSON, also of what is wrong.

    Returns:
        The exit code.

    Raises:
        ScenarioError: It has faults, and JSON was not asked for.
    """
    import json as javascript

    from hfabm.cli.experiment import span
    from hfabm.experiments.plan import plan_of
    from hfabm.experiments.study_file import read_study
    from hfabm.parameters.faults import ScenarioError

    try:
        plan = plan_of(read_study(name))
    except ScenarioError as error:
        if not json:
            raise
        faults = [fault.as_json() for fault in error.faults]
        print(javascript.dumps({"version": 1, "study": name, "ok": False, "faults": faults}, indent=2))
        return 2
    size = {
        "policies": len(plan.policies), "futures": len(plan.futures), "seeds": len(plan.seeds), "runs": plan.runs,
    }  # fmt: skip
    if json:
        print(javascript.dumps({"version": 1, "study": name, "ok": True, **size}, indent=2))
        return 0
    print(
        f"{name}: no errors. {plan.study.title}; " + ", ".join(f"{count} {what}" for what, count in size.items()) + "."
    )
    if explain:
        for kind, factors in (("lever", plan.study.levers), ("uncertainty", plan.study.uncertainties)):
            for factor in factors:
                print(f"  {kind:12} {factor.name}: {span(factor)}  {factor.means}")
    return 0
