"""``hub serve``: one process that listens, over TLS or on loopback only, until it is told to stop.

Hides uvicorn. Called by the command line with an open hub; what is served is ``desktop.hub.web``. It never speaks plain
HTTP to another machine unless that is said in so many words.
"""

import asyncio
import contextlib
import gc
import ipaddress
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from db.hub import Hub
from desktop.errors import EnvironmentProblem, UserError, of_system
from desktop.hub import certificates
from desktop.hub.web import application

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8600
#: All communes of the country may knock in the same second; the system may allow fewer.
_BACKLOG = 4096
#: A request line and its headers come within this time and are no longer than this.
_HEAD_SECONDS, _HEAD_BYTES = 30.0, 32 * 1024
_KEEP_ALIVE_SECONDS = 15
#: For requests in hand when the hub is stopped.
_STOP_SECONDS = 20
#: Objects made and not freed, and how many times that, before the collector of garbage looks for circles among them.
_COLLECT_AFTER = 20_000, 10, 10


@dataclass(frozen=True, slots=True)
class Listening:
    """Where and how the hub listens. ``behind_proxy``: a proxy on the way says who asks, and is believed."""

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    cert: Path | None = None
    key: Path | None = None
    behind_proxy: bool = False
    plain_http_off_loopback: bool = False


def checked(listening: Listening) -> Listening:
    """The same; UserError ``half_certificate``, ``plain_http``, ``bad_certificate``. Nothing listens yet."""
    if (listening.cert is None) != (listening.key is None):
        raise UserError("half_certificate", "Cần cả hai tệp --cert và --key, hoặc không tệp nào.")
    if listening.cert is not None and listening.key is not None:
        certificates.check(listening.cert, listening.key)
    if listening.cert is None and not listening.plain_http_off_loopback and not _is_loopback(listening.host):
        raise UserError(
            "plain_http",
            f"Địa chỉ {listening.host} mở ra ngoài máy này mà không có TLS: cho --cert và --key, đặt sau proxy trên "
            "cùng máy, hoặc nói rõ --plain-http-off-loopback nếu chấp nhận HTTP không mã hóa.",
        )
    return listening


def check_place(listening: Listening) -> None:
    """That one can listen there now; UserError ``bad_host``, EnvironmentProblem ``cannot_listen``."""
    with _bound(listening):
        pass


def serve(
    hub: Hub,
    listening: Listening,
    *,
    tell: Callable[[str], None],
    now: Callable[[], datetime],
    begun: Callable[[str], None] = lambda _: None,
) -> None:
    """Listen until SIGTERM or Ctrl+C, then finish what is in hand.

    ``begun`` hears the address once it is true, ``tell`` a sentence that says so.

    UserError and EnvironmentProblem as ``checked``, and ``bad_host``, ``cannot_listen``, before anything is served.
    """
    checked(listening)
    _allow_connections()
    with _bound(listening) as bound:
        config = _config(hub, listening, now)
        address = _address(listening, bound)
        said = f"Đầu mối đang nhận báo cáo, và mở cho trình duyệt, tại {address} (Ctrl+C để dừng)."
        warning = certificates.warning(listening.cert, now()) if listening.cert else ""

        def on_listening() -> None:
            begun(address)
            tell("\n".join(filter(None, (said, warning))))

        _Server(config, on_listening).run(sockets=[bound])


def _config(hub: Hub, listening: Listening, now: Callable[[], datetime]) -> uvicorn.Config:
    return uvicorn.Config(
        application.make(hub, now=now, behind_proxy=listening.behind_proxy),
        http=_Protocol,
        ws="none",
        loop="asyncio",
        lifespan="on",
        backlog=_BACKLOG,
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_STOP_SECONDS,
        ssl_certfile=listening.cert,
        ssl_keyfile=listening.key,
    )


def _allow_connections() -> None:
    """Many systems let a program open 1,024 files until it asks for more; each connection is one."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _spare_collector() -> None:
    """What was loaded stays loaded: looking through it again and again for garbage would cost a third of a report."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextlib.contextmanager
def _bound(listening: Listening) -> Iterator[socket.socket]:
    try:
        family, *_, target = socket.getaddrinfo(
            listening.host, listening.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise UserError("bad_host", f"Không hiểu địa chỉ {listening.host}.") from error
    with bound:
        try:
            if sys.platform != "win32":  # there it would let another program take the same port
                bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(target)
        except OSError as error:
            raise EnvironmentProblem(
                "cannot_listen",
                f"Không mở được cổng {listening.port} tại {listening.host}: {of_system(error)}.",
            ) from error
        yield bound


def _address(listening: Listening, bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    scheme = "https" if listening.cert else "http"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"


class _Server(uvicorn.Server):
    """Says when it listens, and ends by itself when it is told to stop, instead of by the signal that told it."""

    def __init__(self, config: uvicorn.Config, on_listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_listening = on_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            _spare_collector()
            self._on_listening()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


class _Protocol(HttpToolsProtocol):
    """A connection whose head must come soon and be short: who feeds it byte by byte is let go."""

    _waiting: asyncio.TimerHandle | None = None
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        if self._waiting is None and (self.cycle is None or self.cycle.response_complete):
            self._expect_head()
        self._head += len(data)
        super().data_received(data)
        if self._waiting is not None and self._head > _HEAD_BYTES:
            self.transport.close()

    def on_headers_complete(self) -> None:
        self._head = 0
        self._forget_head()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_head()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._head = 0
        self._waiting = self.loop.call_later(_HEAD_SECONDS, self.transport.close)

    def _forget_head(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
