"""What stands between the network and Solara: language of the document, zoom, names of controls, security, no way out.

Solara asks a public server for files it does not find.  Here what is not on this machine does not exist.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from importlib import resources
from pathlib import Path
from typing import Any

from hfabm.app.admission import crowded, is_asked_by_name, may_connect
from hfabm.app.session import PAGES, language_of
from hfabm.language import Language, say

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

ASSETS = Path(sys.prefix) / "share" / "solara" / "cdn"
"""Where `solara-assets` puts what the page needs."""
CDN = "/_solara/cdn/"
HIDDEN = ("/_solara/api/evict",)
"""What is nobody's business."""
STYLE = "/hfabm/style.css"
ADDRESSES = ("/", *(f"/{page}" for page in PAGES))
WAYS = ("/_solara/", "/static/", "/jupyter/")
"""Where Solara has what its pages need."""
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (
        b"content-security-policy",
        b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        b"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' blob: data:; "
        b"worker-src 'self' blob:; frame-ancestors 'self'; form-action 'self'; base-uri 'self'",
    ),
)
_NAMES = """<script>
new MutationObserver(() => {
  document.querySelectorAll('[role=progressbar]:not([aria-label])').forEach((bar) =>
    bar.setAttribute('aria-label', document.documentElement.lang === 'da' ? 'Arbejder' : 'Working'));
}).observe(document.documentElement, { childList: true, subtree: true });
</script>"""
_WAITS = """<script>
async function ask() {
  const answer = await fetch(location.href, { cache: 'no-store' }).catch(() => null);
  if (answer?.ok) location.reload();
  else wait();
}
// not all at once, where several wait
const wait = () => setTimeout(ask, 2000 + 2000 * Math.random());
wait();
</script>"""
"""Opens the page that was asked for when there is room."""


def wrapped(names: frozenset[str] | None) -> App:
    """The app, ready to be served.

    Args:
        names: By which names it may be asked for; None where any will do.
    """
    from solara.server.starlette import app as solara_app

    return _Wrapper(solara_app, names)


class _Wrapper:
    def __init__(self, inner: App, names: frozenset[str] | None) -> None:
        self.inner, self.names = inner, names
        self.style = resources.files("hfabm.app").joinpath("style.css").read_bytes()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        known = scope["type"] == "lifespan" or is_asked_by_name(scope, self.names)
        if scope["type"] == "websocket" and not (known and may_connect(scope)):
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        path, language = str(scope["path"]), _language(scope)
        if path == STYLE:
            await _answer(send, 200, self.style, b"text/css; charset=utf-8")
        elif not known:
            await _answer(send, 421, wrong_page("stranger", language), b"text/html; charset=utf-8")
        elif path not in ADDRESSES and not path.startswith(WAYS):
            await _answer(send, 404, wrong_page("missing", language), b"text/html; charset=utf-8")
        elif path.startswith(HIDDEN) or (path.startswith(CDN) and not _is_here(path)):
            await _answer(send, 404, b"", b"text/plain")
        elif path in ADDRESSES and crowded(scope):
            await _answer(send, 503, wrong_page("crowded", language), b"text/html; charset=utf-8")
        else:
            await self.inner(scope, receive, _Page(send, language))


class _Page:
    """Passes an answer on; pages are changed on the way, and what went wrong is told in words."""

    def __init__(self, send: Send, language: Language) -> None:
        self.send, self.language = send, language
        self.start: Message = {}
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            return
        if message["type"] != "http.response.body":
            await self.send(message)
            return
        if not self.start:
            await self.send(message)
            return
        kinds = dict(self.start["headers"])
        if not kinds.get(b"content-type", b"").startswith((b"text/html", b"text/plain")):
            await self.send({**self.start, "headers": [*self.start["headers"], *HEADERS]})
            self.start = {}
            await self.send(message)
            return
        self.body += message.get("body", b"")
        if not message.get("more_body"):
            await self._finish()

    async def _finish(self) -> None:
        status, headers = (
            self.start["status"],
            [
                (name, value)
                for name, value in self.start["headers"]
                if name not in (b"content-length", b"content-type")
            ],
        )
        kind = dict(self.start["headers"]).get(b"content-type", b"text/plain")
        if status >= 400:
            body, kind = (
                wrong_page("missing" if status == 404 else "broken", self.language),
                b"text/html; charset=utf-8",
            )
        elif kind.startswith(b"text/html"):
            body = _page(self.body, self.language)
        else:
            body = self.body
        headers += [(b"content-type", kind), (b"content-length", str(len(body)).encode()), *HEADERS]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body, "more_body": False})


def _page(body: bytes, language: Language) -> bytes:
    """Solara's page, in a language, that can be zoomed, with the app's style."""
    body = re.sub(rb"<html[^>]*>", f'<html lang="{language}">'.encode(), body, count=1)
    zoom = b'<meta name="viewport" content="width=device-width, initial-scale=1">'
    body = re.sub(rb'<meta name="viewport"[^>]*>', zoom, body, count=1)
    body = re.sub(rb"<title>[^<]*</title>", f"<title>{say('shell.title', language)}</title>".encode(), body, count=1)
    head = f'<link rel="stylesheet" href="{STYLE}">{_NAMES}</head>'.encode()
    return body.replace(b"</head>", head, 1)


def wrong_page(what: str, language: Language) -> bytes:
    """A page that says what is wrong, and where to go.

    Args:
        what: `missing`, `broken`, `crowded` or `stranger`.
        language: The language.
    """
    title, said, back = (say(f"shell.{what}{part}", language) for part in ("", "_said", "_back"))
    crowded_out = what == "crowded"
    there = "" if crowded_out else f"/?lang={language}"  # nothing is the address that was asked for
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{STYLE}"></head><body class="hf-alone"><main><h1>{title}</h1><p>{said}</p>'
        f'<p><a href="{there}">{back}</a></p></main>{_WAITS if crowded_out else ""}</body></html>'
    ).encode()


def _language(scope: Message) -> Language:
    """The language of the address, or of the browser."""
    asked = re.search(rb"(?:^|&)lang=(\w\w)", scope.get("query_string", b""))
    preferred = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    return language_of(asked.group(1).decode() if asked else "", preferred)


def _is_here(path: str) -> bool:
    """Does `solara-assets` have a file?  Never one outside its folder."""
    try:
        file = (ASSETS / path.removeprefix(CDN)).resolve()
        return file.is_file() and file.is_relative_to(ASSETS.resolve())
    except (OSError, ValueError):  # what no file can be called
        return False


async def _answer(send: Send, status: int, body: bytes, kind: bytes) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
