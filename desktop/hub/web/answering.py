"""What goes round every answer: headers that let nothing in from elsewhere, and no word of what broke inside.

Hides ASGI. Whoever asks behind a proxy is the last one whom the proxy names, and only when the hub was told that there
is one.
"""

import ipaddress
import logging
from functools import lru_cache

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger("motcua.hub")

#: Nothing but our own style sheet and pictures; forms come back here, and nobody shows us in a frame.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
#: A browser that came over TLS once never comes without.
_TLS_ONLY = ("strict-transport-security", "max-age=31536000")
#: The same as they go out, by scheme.
_GUARDING = {
    scheme: [(name.encode(), value.encode()) for name, value in (*_HEADERS.items(), *more)]
    for scheme, more in {"http": (), "https": (_TLS_ONLY,)}.items()
}
_NOT_KEPT = (b"cache-control", b"no-store")


class Guarded:
    """An application whose every answer has the headers; what broke is told to the log and to nobody else."""

    def __init__(self, application: ASGIApp, *, behind_proxy: bool) -> None:
        self._application, self._behind_proxy = application, behind_proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        if self._behind_proxy:
            _believe_proxy(scope)
        complete = False

        async def guarded(message: Message) -> None:
            nonlocal complete
            if message["type"] == "http.response.start":
                message["headers"] = _with_ours(message["headers"], scope)
            complete = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        try:
            await self._application(scope, receive, guarded)
        except Exception:
            _LOG.exception("%s %s", scope["method"], scope["path"])
            if not complete:
                raise


def is_secure(request: Request) -> bool:
    """Whether the browser speaks TLS, to us or to the proxy."""
    return request.url.scheme == "https"


def address(request: Request) -> str:
    """Who asks, as far as one can know; one network of IPv6 is one asker."""
    return _asker(request.client.host if request.client else "")


@lru_cache(maxsize=1024)
def _asker(host: str) -> str:
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else host


def _believe_proxy(scope: Scope) -> None:
    told: dict[bytes, str] = {}
    for name, value in scope["headers"]:
        if name in (b"x-forwarded-for", b"x-forwarded-proto"):
            # The last one is what the proxy itself added; whatever is before it the asker may have written.
            told[name] = value.decode("latin-1").split(",")[-1].strip()
    if client := told.get(b"x-forwarded-for"):
        scope["client"] = (client, 0)
    if told.get(b"x-forwarded-proto") in ("http", "https"):
        scope["scheme"] = told[b"x-forwarded-proto"]


def _with_ours(headers: list[tuple[bytes, bytes]], scope: Scope) -> list[tuple[bytes, bytes]]:
    kept = any(name.lower() == b"cache-control" for name, _ in headers)
    return [*headers, *_GUARDING[scope["scheme"]], *([] if kept else [_NOT_KEPT])]
