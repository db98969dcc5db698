"""The script of a Slurm job array: every task makes one shard of a study, without network or scheduler."""

from __future__ import annotations

import math
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

LONGER = 2.0
"""Times the estimate that is asked for: nodes differ."""
MEMORY_MB = 1000
"""Memory for a task: a run of a town takes some 350 MB, and compiling 500."""

_SCRIPT = """#!/bin/bash
# {title}
# Submit with:  sbatch THIS_FILE        Then, when all tasks have ended:  hfabm analyse {out}
# A task that died is made good by submitting the script again: what is made stays made.
#SBATCH --job-name={name}
#SBATCH --array=1-{tasks}
#SBATCH --cpus-per-task=1
#SBATCH --mem={memory}M
#SBATCH --time={hours:02d}:{minutes:02d}:00
#SBATCH --output={name}-%A_%a.log

set -euo pipefail
cd {here}
hfabm warm
hfabm experiment {study} --out {out} --shard "$SLURM_ARRAY_TASK_ID/{tasks}"{more}
"""


def script(title: str, study: Path, out: Path, tasks: int, work_minutes: float, more: Sequence[str] = ()) -> str:
    """The script.

    Args:
        title: Title of the study.
        study: Its file.
        out: Its folder, on a disk that all nodes see.
        tasks: How many tasks share the work.
        work_minutes: What all of it takes on one core.
        more: Other options of the command, such as how many seeds.
    """
    minutes = max(15, math.ceil(LONGER * work_minutes / tasks))
    return _SCRIPT.format(
        title=title.replace("\n", " "),
        name=re.sub(r"[^\w.-]+", "_", study.stem),
        tasks=tasks,
        memory=MEMORY_MB,
        hours=minutes // 60,
        minutes=minutes % 60,
        out=shlex.quote(str(out)),
        here=shlex.quote(str(Path.cwd())),
        study=shlex.quote(str(study)),
        more="".join(f" {word}" for word in more),
    )
