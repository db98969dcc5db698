"""Start the app: settings, the address it is served at, a browser."""

from __future__ import annotations

import os
import socket
import threading
import warnings
import webbrowser
from collections.abc import Collection, Mapping

from hfabm.app.admission import TABS, names_of

SETTINGS: Mapping[str, str] = {
    "SOLARA_APP": "hfabm.app.page",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_SESSION_HTTP_ONLY": "True",
    "SOLARA_SERVER_HTTP_GZIP": "False",
    "SOLARA_KERNEL_CULL_TIMEOUT": "30m",
    "SOLARA_KERNEL_MAX_COUNT": str(2 * TABS),
    "SOLARA_ROOT_PATH": "",
}
"""Settings of Solara: nothing is told to anybody, and kernels of tabs that are gone end.

A tab that comes back has two connections for a moment, and one too many would wait without a word.  Where the app
stands is not for the first visitor to say.
"""
PORT = 8765


class CannotServe(Exception):
    """The app cannot be served; says why, and what to do."""


def configure() -> None:
    """Put the settings in place; before Solara is imported, as it reads them then."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)


def serve(host: str = "127.0.0.1", port: int = PORT, browser: bool = True, allowed: Collection[str] = ()) -> None:
    """Serve the app until it is stopped.

    Args:
        host: Address to bind; the default is seen by this machine alone.
        port: Port; 0 for any that is free.
        browser: Open it in a browser.
        allowed: Names by which it may be asked for besides those of this machine, such as that of a proxy.

    Raises:
        CannotServe: A package is missing, a name is none, or the port cannot be had.
    """
    configure()
    # of cookies that a page inside another page would need: there is none
    warnings.filterwarnings("ignore", message="Cookies with samesite=none")
    try:
        import uvicorn

        from hfabm.app.wrapper import wrapped
    except ModuleNotFoundError as error:
        raise CannotServe(f"the app needs the package {error.name}: pip install 'hfabm[app]'") from None
    try:
        names = names_of(host, allowed)
    except ValueError as error:
        raise CannotServe(str(error)) from None
    listener = _listener(host, port)
    bound = listener.getsockname()[1]
    seen = "127.0.0.1" if host in ("0.0.0.0", "::", "") else f"[{host}]" if ":" in host else host
    shown = f"http://{seen}:{bound}/"
    print(f"hfabm is at {shown} (Ctrl-C stops it)", flush=True)
    if browser:
        threading.Timer(1.0, webbrowser.open, [shown]).start()
    app = wrapped(names)
    settings = uvicorn.Config(app, log_level="warning", ws_max_size=4_000_000, timeout_graceful_shutdown=2)
    uvicorn.Server(settings).run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    """The socket, taken before anything is loaded."""
    if not 0 <= port <= 65535:
        raise CannotServe(f"port {port}: there are ports from 0 to 65535; 0 takes any that is free")
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    if os.name != "nt":  # there it would let two listen at one port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise CannotServe(f"{host}:{port}: {why}. Is the app running already? Else name another with --port.") from None
    return listener
