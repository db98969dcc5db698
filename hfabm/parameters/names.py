"""Which file a name means."""

from __future__ import annotations

from pathlib import Path


def located(name: str, shipped: Path) -> str:
    """The path that a scenario argument means: itself, or one here in `scenarios` or among those shipped.

    A name may be in a folder, and may be left off after a whole word: `reforms/01` for `reforms/01_x_y.toml`.

    Args:
        name: What is given.
        shipped: The folder of the scenarios that come with the project.
    """
    given = Path(name)
    if name.endswith(".toml") or given.is_file():
        return name
    folders = [folder / given.parent for folder in (Path("scenarios"), shipped)]
    paths = [folder / f"{given.name}.toml" for folder in folders if folder.is_dir()]
    begun = [[path for path in folder.glob("*.toml") if path.name.startswith(f"{given.name}_")] for folder in folders]
    found = [path for path in paths if path.is_file()] + [like[0] for like in begun if len(like) == 1]
    # where none is found, the error names the nearest one in the first folder
    return str((found or paths)[0]) if found or paths else name
