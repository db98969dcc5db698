"""`hfabm hash`: is a folder of results as it was written, and what is the hash of its content?"""

from __future__ import annotations

from pathlib import Path


def hash_of(folder: Path) -> int:
    """Print the content hash of stored results, after checking every file.

    Args:
        folder: Folder of a run, of several, of a comparison or of a study.

    Returns:
        The exit code.

    Raises:
        DamagedResults: Something is missing, changed or unreadable.
    """
    from hfabm.experiments.folder import KIND, StudyFolder
    from hfabm.results.manifest import read_manifest
    from hfabm.results.store import hash_of as stored

    print(StudyFolder(folder).hash() if read_manifest(folder)["kind"] == KIND else stored(folder))
    return 0
