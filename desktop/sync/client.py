"""The commune's end of the wire: one packet up, one packet down, over a network that may do anything.

Hides urllib3, certificates, proxies and every limit of time and size. What comes back is bytes that prove nothing yet.
Called by ``office.sending`` and ``office.enrolling`` from a worker thread; knows neither register nor clock of the day.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from desktop.errors import UserError

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

    from desktop.sync.protocol import Document

REPORTS, ENROLMENTS, HOLDINGS = "/api/v1/reports", "/api/v1/enrolments", "/api/v1/holdings"
#: The largest answer that is read, in bytes.
LARGEST_ANSWER = 4 * 1024 * 1024

_CONNECT_SECONDS, _SILENT_SECONDS = 10.0, 60.0
#: A whole exchange: so much in any case, and what its bytes need on a line of 9.6 kbit/s, with half of it lost.
_PATIENCE_SECONDS, _SLOWEST_BYTES_PER_SECOND = 120.0, 450.0
#: Sent at once: on the slowest line a piece is gone long before silence is taken for an end.
_PIECE = 2048
_BUSY, _OK = (429, 503), 200
#: How OpenSSL, older and newer, says that whoever answered does not speak TLS at all.
_NO_TLS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST")
_LOOK_SECONDS = 3.0
_CONTEXT_SECONDS = 3600
_LONGEST_WAIT = 3600


class Offline(Exception):
    """Nobody was reached: no network, no such name, refused, a certificate that is not believed.

    That is no failure of a report. ``reason`` is a few Vietnamese words.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Cut(Exception):
    """The exchange began and did not end; whether the packet arrived is unknown. ``reason`` as of :class:`Offline`.

    ``silent``: the other side took the line and said nothing for so long that asking again at once is no use.
    """

    def __init__(self, reason: str, *, silent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.silent = silent


class Refused(Exception):
    """The other side answered with another status than 200. ``document`` is the one refusal it sent, if any."""

    def __init__(self, status: int, document: "Document | None") -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.document = document


class Busy(Exception):
    """The hub asks to come back later, in ``retry_after`` seconds (1 to 3600)."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"in {retry_after} s")
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Line:
    """How a hub is reached. ``ca`` is PEM text of certificates believed beside the system's.

    ``allow_plain`` permits http beyond this machine, for a network that is closed by other means.
    """

    url: str = ""
    proxy: str = ""
    ca: str = ""
    allow_plain: bool = False

    def checked(self) -> "Line":
        """The line with its addresses tidied; UserError ``bad_address``, ``plain_http``, ``bad_proxy``, ``bad_ca``."""
        _check_ca(self.ca)
        return Line(_tidied_url(self), _tidied_proxy(self.proxy), self.ca.strip(), self.allow_plain)


class Wire:
    """A line in use: one connection for the packets of a round. A context manager, for one thread."""

    def __init__(self, line: Line, *, going_on: Callable[[], bool] = lambda: True) -> None:
        self._line, self._going_on = line.checked(), going_on
        self._pool: PoolManager | None = None

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.clear()

    def exchange(self, path: str, body: bytes) -> bytes:
        """Send a packet to ``path`` and return the answer's bytes, whole.

        Raises Offline, Cut, Refused, Busy. ``going_on`` is asked between two pieces; False is a Cut.
        """
        import urllib3
        from urllib3 import exceptions as trouble

        from desktop.sync.protocol import CONTENT_TYPE

        deadline = _Deadline(len(body), self._going_on)
        headers = {"Content-Type": CONTENT_TYPE, "Content-Length": str(len(body)), "Accept": CONTENT_TYPE}
        try:
            answer = self._opened().request(
                "POST",
                self._line.url + path,
                body=deadline.pieces(body),
                headers=headers | {"Accept-Encoding": "identity", "User-Agent": "motcua"},
                timeout=urllib3.Timeout(connect=_CONNECT_SECONDS, read=_SILENT_SECONDS),
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            try:
                return _judged(answer, deadline.read(answer))
            finally:
                answer.close()
                answer.release_conn()
        except (trouble.NewConnectionError, trouble.ConnectTimeoutError, trouble.NameResolutionError) as error:
            raise Offline("không nối được tới nơi nhận") from error
        except trouble.ProxyError as error:
            raise Offline("máy chủ proxy không nối được") from error
        except trouble.SSLError as error:
            raise _of_tls(error) from error
        except trouble.ReadTimeoutError as error:
            raise Cut("nơi nhận không trả lời", silent=True) from error
        except (trouble.HTTPError, OSError) as error:
            raise Cut("đường truyền bị cắt giữa chừng") from error

    def _opened(self) -> "PoolManager":
        if self._pool is None:
            import urllib3

            facts: dict[str, Any] = {"num_pools": 1, "maxsize": 1, "ssl_context": _context(self._line.ca)}
            proxy = self._line.proxy
            self._pool = _proxied(proxy, facts) if proxy else urllib3.PoolManager(**facts)
        return self._pool


class _Deadline:
    """The end of one exchange, by the bytes it carries, and whether anybody still wants it."""

    def __init__(self, size: int, going_on: Callable[[], bool]) -> None:
        self._end = time.monotonic() + _PATIENCE_SECONDS + size / _SLOWEST_BYTES_PER_SECOND
        self._going_on = going_on

    def pieces(self, body: bytes) -> Iterator[bytes]:
        for start in range(0, len(body), _PIECE):
            self._check()
            yield body[start : start + _PIECE]

    def read(self, answer: "BaseHTTPResponse") -> bytes:
        """All of an answer; Cut when it is shorter than it said, endless or too slow."""
        parts, size = [], 0
        while part := answer.read1(_PIECE):
            parts.append(part)
            size += len(part)
            self._end += len(part) / _SLOWEST_BYTES_PER_SECOND
            if size > LARGEST_ANSWER:
                raise Cut("câu trả lời quá lớn")
            self._check()
        if answer.status == _OK and not parts:
            raise Cut("câu trả lời bị cắt")
        return b"".join(parts)

    def _check(self) -> None:
        if not self._going_on():
            raise Cut("đã dừng theo yêu cầu")
        if time.monotonic() > self._end:
            raise Cut("đường truyền quá chậm")


def explained(line: Line, trouble: Offline | Cut) -> str:
    """Why an exchange failed, for somebody who has just typed the address; it may look there for a few seconds.

    Whoever speaks TLS only hangs up on plain http without a word. Nothing is sent to find that out, nor believed.
    """
    parts = urlsplit(line.url)
    if isinstance(trouble, Cut) and parts.scheme == "http" and not line.proxy and _speaks_tls(parts):
        return "máy ở địa chỉ này chỉ nhận https; ghi địa chỉ bắt đầu bằng https://"
    return trouble.reason


def _speaks_tls(parts: SplitResult) -> bool:
    import socket
    import ssl

    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.create_connection((parts.hostname, parts.port or 80), timeout=_LOOK_SECONDS) as connection:
            context.wrap_socket(connection).close()
    except OSError:
        return False
    return True


def _judged(answer: "BaseHTTPResponse", data: bytes) -> bytes:
    if answer.status == _OK:
        return data
    if answer.status in _BUSY and (told := answer.headers.get("Retry-After", "")).isdigit():
        raise Busy(min(max(int(told[:6]), 1), _LONGEST_WAIT))
    raise Refused(answer.status, _refusal(data))


def _refusal(data: bytes) -> "Document | None":
    """The one document of a refusing answer; a proxy's page of HTML is none."""
    from desktop.sync.protocol import Kind, ProtocolError, read_packet

    try:
        documents = read_packet(data)
    except ProtocolError:
        return None
    return documents[0] if len(documents) == 1 and documents[0].kind == Kind.REFUSAL else None


def _of_tls(error: Exception) -> Offline | Cut:
    """What is seen before anything is sent is nothing of ours that failed; every other trouble may come at any time."""
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return Offline("chứng chỉ của nơi nhận không được tin")
    if any(word in str(error) for word in _NO_TLS):
        return Offline("máy ở địa chỉ này không dùng https, chỉ http; hỏi lại tuyến trên địa chỉ đúng")
    return Cut("đường truyền mã hóa bị cắt")


def _proxied(proxy: str, facts: dict[str, Any]) -> "PoolManager":
    import urllib3

    return urllib3.ProxyManager(proxy, proxy_ssl_context=facts["ssl_context"], **facts)


def _context(ca: str) -> Any:
    """What proves certificates, kept from round to round: reading all those of the system takes 30 ms each time.

    An hour at most, and no longer than the system's are the same: they may change while the program runs.
    """
    import ssl

    paths = ssl.get_default_verify_paths()
    stamps = tuple(Path(path).stat().st_mtime_ns for path in (paths.cafile, paths.capath) if path)
    return _new_context(ca, stamps, int(time.monotonic() // _CONTEXT_SECONDS))


@lru_cache(maxsize=2)
def _new_context(ca: str, stamps: tuple[int, ...], hour: int) -> Any:
    import ssl

    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca:
        context.load_verify_locations(cadata=ca)
    return context


def _check_ca(ca: str) -> None:
    if not ca.strip():
        return
    import ssl

    try:
        _context(ca.strip())
    except (ssl.SSLError, TypeError, ValueError) as error:
        raise UserError("bad_ca", "Tệp chứng chỉ không đọc được; cần tệp PEM của cơ quan cấp chứng chỉ.") from error


def _tidied_url(line: Line) -> str:
    if not line.url.strip():
        return ""
    parts = _split(line.url, "bad_address", "Địa chỉ nơi nhận phải có dạng https://máy-chủ hoặc https://máy-chủ:cổng.")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise UserError("bad_address", "Địa chỉ nơi nhận chỉ gồm máy chủ, cổng và đường dẫn.")
    if parts.scheme == "http" and not line.allow_plain and not _is_this_machine(parts.hostname or ""):
        raise UserError(
            "plain_http", "Địa chỉ http gửi số liệu không mã hóa; dùng https, hoặc cho phép rõ ràng trong cài đặt."
        )
    return f"{parts.scheme}://{_place(parts)}{parts.path.rstrip('/')}"


def _tidied_proxy(proxy: str) -> str:
    if not proxy.strip():
        return ""
    parts = _split(proxy, "bad_proxy", "Proxy phải có dạng http://máy-chủ:cổng.")
    if "@" in parts.netloc:
        # What is set stands in the register for ever, which no password may.
        raise UserError(
            "bad_proxy",
            "Proxy chỉ gồm máy chủ và cổng; tên và mật khẩu không được ghi trong địa chỉ, vì sổ không giữ mật khẩu.",
        )
    return f"{parts.scheme}://{_place(parts)}"


def _split(text: str, code: str, sentence: str) -> SplitResult:
    try:
        parts = urlsplit(text.strip())
        host = (parts.hostname or "").encode("idna")
        usable = parts.scheme in ("http", "https") and host and parts.port != 0 and text.isprintable()
    except ValueError:
        usable = False
    if not usable:
        raise UserError(code, sentence)
    return parts


def _place(parts: SplitResult) -> str:
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{host}:{parts.port}" if parts.port else f"{host}"


def _is_this_machine(host: str) -> bool:
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
