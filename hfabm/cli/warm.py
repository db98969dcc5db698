"""`hfabm warm`: compile everything now, so that the first run starts at once."""

from __future__ import annotations


def warm() -> int:
    """Compile everything by running a small made-up place.

    Returns:
        The exit code.
    """
    import sys

    from hfabm.engine.kernel import cache_folder, is_warm

    folder = cache_folder()
    if folder is None:
        print("No folder of your own can be written: compiled code will not be kept.", file=sys.stderr)
    if not is_warm():
        print("Compiling (about a minute, once) ...", file=sys.stderr)
    from hfabm.model import warm as compile_all

    print(f"Compiled in {compile_all():.1f} seconds; kept in {folder}.")
    return 0
