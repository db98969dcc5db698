"""`hfabm optimise`: search for policy mixes, and try the best of them again with fresh luck."""

from __future__ import annotations

import dataclasses
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hfabm.language import Language

if TYPE_CHECKING:
    import pandas as pd

    from hfabm.experiments.folder import StudyFolder
    from hfabm.experiments.plan import Plan
    from hfabm.experiments.results import Results
    from hfabm.experiments.study import Study


@dataclass(frozen=True, slots=True)
class Options:
    """What may be asked for besides the study.

    Attributes:
        out: Folder.
        generations: How often mixes are asked for.
        population: Mixes at a time.
        seed: Seed of the search.
        budget: Extra net public cost a year, instead of the study's [DKK/year].
        confirm: Fresh seeds for the best; twice the study's where None.
        workers: Processes; all cores where None.
        resume: Go on with a search that was begun.
        json: Print one JSON object.
        quiet: No progress and no remarks.
        language: The language of sentences and the picture.
    """

    out: Path | None = None
    generations: int = 8
    population: int = 16
    seed: int = 1
    budget: float | None = None
    confirm: int | None = None
    workers: int | None = None
    resume: bool = False
    json: bool = False
    quiet: bool = False
    language: Language = Language.EN


def optimise(file: Path, options: Options) -> int:
    """Search for policy mixes.

    Args:
        file: The study.
        options: What else is asked for.

    Returns:
        The exit code.

    Raises:
        ScenarioError: The study has faults.
    """
    from hfabm.answers.front import front_table, in_words, write
    from hfabm.cli.run import compiled
    from hfabm.experiments.chunks import StorageError
    from hfabm.experiments.engines import EngineError
    from hfabm.experiments.folder import WrongFolder
    from hfabm.experiments.lock import Locked
    from hfabm.experiments.search import NothingToSearch, front, searchable
    from hfabm.experiments.study_file import read_study
    from hfabm.results.store import OutputError

    try:
        study = searchable(read_study(file), options.budget)
        out = _folder(file, options)
    except (NothingToSearch, WrongFolder) as error:
        print(f"{file}: {str(error).rstrip('.')}.", file=sys.stderr)
        return 2
    compiled(options.quiet or options.json)
    try:
        results = _searched(study, out, options)
        best = front(results)
        again = _confirmed(study, results, best, out, options) if best else None
        table = front_table(results, best, again)
        write(table, results, best, out, options.language)
    except StorageError as error:
        print(f"{error}. What was made is safe: go on with --resume.", file=sys.stderr)
        return 1
    except (WrongFolder, Locked, EngineError, OutputError) as error:
        print(error, file=sys.stderr)
        return 2
    said = in_words(table, results, options.language)
    if options.json:
        print(json.dumps(_as_json(table, results, said, out), ensure_ascii=False))
    else:
        print("\n".join([*said, "", *_rows(table), "", f"{out}: answers/front.csv, .parquet, .png, .svg"]))
    return 0


def _folder(file: Path, options: Options) -> Path:
    from hfabm.experiments.folder import WrongFolder, is_begun
    from hfabm.experiments.making import STUDIES

    out = options.out or STUDIES / f"{file.stem}-optimise"
    if is_begun(out) and not options.resume:
        raise WrongFolder(f"{out}: a search was begun there. Go on with --resume, or name another folder with --out")
    return out


def _searched(study: Study, out: Path, options: Options) -> Results:
    """All results of a search."""
    from hfabm.experiments.search import Amount, begun, search

    asked = begun(out, study)
    amount = Amount(options.generations, options.population, options.seed)
    results = None
    for generation, results in search(asked, amount, lambda plan: _made(plan, out, options)):
        _remark(options, f"generation {generation} of {amount.generations}: {len(results.policies)} mixes known")
    assert results is not None
    return results


def _made(plan: Plan, out: Path, options: Options) -> StudyFolder:
    """Make what is still to be made; the list of mixes may have grown."""
    from hfabm.experiments.making import Wish, cores, make

    wish = Wish(out, options.workers or cores(), expand=True, quiet=True)
    return make(plan, wish, remark=lambda said: _remark(options, said))[0]


def _confirmed(study: Study, results: Results, best: list[int], out: Path, options: Options) -> Results | None:
    """The best again, with seeds that the search has not seen: who is best of many was lucky too."""
    from hfabm.experiments.plan import plan_of
    from hfabm.experiments.results import read_results
    from hfabm.experiments.study import Design, Kind

    seeds = 2 * study.replications if options.confirm is None else options.confirm
    if not seeds:
        return None
    rows = tuple(results.study.policies.rows[policy - 1] for policy in best if policy)
    fresh = dataclasses.replace(
        study, policies=Design(Kind.LIST, rows=rows), seed=study.seed + study.replications, replications=seeds
    )
    _remark(options, f"the {len(best)} best again, with {seeds} fresh seeds")
    return read_results(_made(plan_of(fresh), out / f"confirm-{plan_of(fresh).hash[:8]}", options).path)


def _as_json(table: pd.DataFrame, results: Results, said: list[str], out: Path) -> dict[str, Any]:
    rows = [{str(k): None if v != v else v for k, v in row.items()} for row in table.to_dict("records")]
    return {"version": 1, "folder": str(out), "said": said, "mixes": len(results.policies), "front": rows}


def _rows(table: pd.DataFrame) -> list[str]:
    from hfabm.cli.parameters import columns
    from hfabm.results.words import number

    shown = [name for name in table.columns if not name.endswith(("_low", "_high")) and name != "policy"]
    rows = [tuple(str(v) if isinstance(v, str) else number(v) for v in row) for row in table[shown].to_numpy().tolist()]
    return columns(tuple(shown), rows).splitlines()


def _remark(options: Options, said: str) -> None:
    if not (options.quiet or options.json):
        print(said, file=sys.stderr, flush=True)
