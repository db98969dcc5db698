"""All of a study in one file to take along."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from hfabm.answers.report import write
from hfabm.app.studies.opened import DRAWING, Opened
from hfabm.app.studies.sheet import csv_of
from hfabm.experiments.folder import STUDY_FILE, StudyFolder
from hfabm.language import Language

LARGEST = 12_000_000
"""Bytes of pictures as pixels that are taken along; beyond it those as lines and letters have to do."""
ENDINGS = (".md", ".json", ".svg", ".png")


def bundle(opened: Opened, language: Language) -> bytes:
    """The report, its pictures, its tables and the study file, as a zip.

    Args:
        opened: The study.
        language: The language of it all.
    """
    with TemporaryDirectory(prefix="hfabm-") as temporary:
        out = Path(temporary) / "answers"
        with DRAWING:
            write(opened.answers, StudyFolder(opened.folder), out, language=language)
        files = [path for path in sorted(out.iterdir()) if path.suffix in ENDINGS]
        if sum(path.stat().st_size for path in files if path.suffix == ".png") > LARGEST:
            files = [path for path in files if path.suffix != ".png"]
        contents = {path.name: path.read_bytes() for path in files}
    for name, table in opened.answers.tables.items():
        contents[f"{name}.csv"] = csv_of(table, language).encode()
    study = opened.folder / STUDY_FILE
    if study.is_file():
        contents[STUDY_FILE] = study.read_bytes()
    return zipped(opened.name, contents)


def zipped(folder: str, contents: dict[str, bytes]) -> bytes:
    """A zip of files in one folder, the same bytes for the same contents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(contents.items()):
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}"), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
