"""Who is let in: as many tabs as there is room for, by names of this server, and only pages of this site."""

from __future__ import annotations

import re
from collections.abc import Collection, MutableMapping
from typing import Any
from urllib.parse import urlsplit

TABS, TABS_PER_VISITOR = 40, 8
"""Tabs that can be open at a time, by all and by one visitor."""
_KERNEL = re.compile(r"/jupyter/api/kernels/([^/]+)/channels")


def crowded(scope: MutableMapping[str, Any]) -> bool:
    """Is there no room for one more tab of whoever asks?"""
    from solara.server.kernel_context import contexts
    from solara.server.server import get_session_id_cookie
    from starlette.requests import HTTPConnection

    visitor = get_session_id_cookie(HTTPConnection(scope).cookies)
    there = [context.session_id for context in list(contexts.values())]
    return len(there) >= TABS or there.count(visitor or "") >= TABS_PER_VISITOR


LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
"""Names of this machine to itself."""


def names_of(host: str, allowed: Collection[str] = ()) -> frozenset[str]:
    """By which names the app may be asked for; none where any will do.

    Args:
        host: The address that it is bound to.
        allowed: Further names, such as that of a proxy.

    >>> sorted(names_of("127.0.0.1", ["homes.example"])), names_of("0.0.0.0")
    (['127.0.0.1', '::1', 'homes.example', 'localhost'], frozenset())
    """
    named = frozenset(name.lower() for name in allowed)
    return LOOPBACK | named if host in LOOPBACK else named


def is_asked_by_name(scope: MutableMapping[str, Any], names: frozenset[str]) -> bool:
    """Does a request name this server?  Any site can make a name of its own lead to this machine."""
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    try:
        return not names or urlsplit(f"//{host}").hostname in names
    except ValueError:  # what no host can be called
        return False


def may_connect(scope: MutableMapping[str, Any]) -> bool:
    """May a page have the connection that it asks for?

    A browser lets any site connect to this machine, and says from which it comes; other programs do not.
    """
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    origin = headers.get(b"origin")
    hosts = (headers.get(b"host"), headers.get(b"x-forwarded-host"))
    if origin is not None and urlsplit(origin).netloc not in hosts:
        return False
    return _is_known(str(scope["path"])) or not crowded(scope)


def _is_known(path: str) -> bool:
    """Does a tab come back that is there already?"""
    from solara.server.kernel_context import contexts

    asked = _KERNEL.search(path)
    return asked is not None and asked[1] in contexts
