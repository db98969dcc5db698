"""Who is let in: as many tabs as there is room for, by names of this server, and only pages of this site."""

from __future__ import annotations

import re
from collections.abc import Collection, MutableMapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

TABS, TABS_PER_VISITOR = 40, 8
"""Tabs that can be open at a time, by all and by one visitor."""
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
"""Names of this machine to itself."""
_KERNEL = re.compile(r"/jupyter/api/kernels/([^/]+)/channels")


def crowded(scope: MutableMapping[str, Any]) -> bool:
    """Is there no room for one more tab of whoever asks?"""
    from solara.server.kernel_context import contexts
    from solara.server.server import get_session_id_cookie
    from starlette.requests import HTTPConnection

    visitor = get_session_id_cookie(HTTPConnection(scope).cookies)
    there = [context.session_id for context in list(contexts.values())]
    return len(there) >= TABS or there.count(visitor or "") >= TABS_PER_VISITOR


def names_of(host: str, allowed: Collection[str] = ()) -> frozenset[str] | None:
    """By which names the app may be asked for; None where any will do.

    Args:
        host: The address that it is bound to.
        allowed: Further names, such as that of a proxy.

    Raises:
        ValueError: One of them is no name of a host.

    >>> sorted(names_of("127.0.0.1", ["homes.example"]) or ()), names_of("0.0.0.0")
    (['127.0.0.1', '::1', 'homes.example', 'localhost'], None)
    """
    named = set()
    for name in allowed:
        if (known := hostname(name)) is None or known != name.lower().strip("[]"):
            raise ValueError(f"--allow-host {name}: is no name of a host; write it without http:// and port")
        named.add(known)
    if not named and not is_loopback(host):
        return None
    return LOOPBACK | named | {host.lower()}


def is_loopback(host: str) -> bool:
    """Is an address one that this machine alone can reach?"""
    try:
        return host.lower() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def hostname(written: str) -> str | None:
    """The name in what a request calls its host, in small letters; None where there is none."""
    try:
        return urlsplit(f"//{written}").hostname
    except ValueError:  # what no host can be called
        return None


def is_asked_by_name(scope: MutableMapping[str, Any], names: frozenset[str] | None) -> bool:
    """Does a request name this server?  Any site can make a name of its own lead to this machine."""
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    return names is None or hostname(host) in names


def may_connect(scope: MutableMapping[str, Any]) -> bool:
    """May a page have the connection that it asks for?

    A browser lets any site connect to this machine, and says from which it comes; other programs do not.
    """
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    origin = headers.get(b"origin")
    hosts = (headers.get(b"host"), headers.get(b"x-forwarded-host"))
    if origin is not None and origin.partition("://")[2] not in hosts:
        return False
    return _is_known(str(scope["path"])) or not crowded(scope)


def _is_known(path: str) -> bool:
    """Does a tab come back that is there already?"""
    from solara.server.kernel_context import contexts

    asked = _KERNEL.search(path)
    return asked is not None and asked[1] in contexts
