"""`hfabm app`: the app in the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer


def serving(finish: Callable[[Callable[[], int]], object]) -> Callable[..., None]:
    """Make the command.

    Args:
        finish: Does the work of a command, and leaves with its exit code.
    """

    def app(
        port: Annotated[int, typer.Option(help="Port; 0 for any that is free.")] = 8765,
        host: Annotated[str, typer.Option(help="Address to bind; the default is seen by this machine alone.")] = (
            "127.0.0.1"
        ),
        allow_host: Annotated[
            list[str] | None,
            typer.Option(metavar="NAME", help="A name by which others ask for it, such as that of a proxy."),
        ] = None,
        browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in a browser.")] = True,
    ) -> None:
        """Watch a place, design a reform and compare in the browser."""

        def work() -> int:
            import sys

            from hfabm.app.serve import CannotServe, serve

            try:
                serve(host, port, browser, allow_host or ())
            except CannotServe as error:
                print(f"{error}.".replace("..", "."), file=sys.stderr)
                return 2
            return 0

        finish(work)

    return app
