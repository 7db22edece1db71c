"""A hub small enough to see through: it speaks the protocol, remembers in dictionaries, and can be told to lie.

What the real hub does is proved in tests/hub; here communes meet what any hub may say. ``answer(path, packet)`` is all
of it; :func:`serving` puts it behind a socket on loopback.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.rules.calendar import VN_TZ
from desktop.sync import client, protocol
from desktop.sync.protocol import AckItem, DayReport, Enrolment, Hub, Kind, Standing, Verdict

CODE = "7F3K-92QD-HM4X-P8TW"
NOON = datetime(2026, 11, 23, 12, tzinfo=VN_TZ)


class Refusing(Exception):
    """The hub takes none of a packet."""

    def __init__(self, code: str, message: str, status: int = 403) -> None:
        super().__init__(code)
        self.code, self.message, self.status = code, message, status


@dataclass
class LittleHub:
    """``reports`` are those that stand: (unit, day) → report. ``verdicts`` judges a day otherwise than by the rules.

    Of the days in ``settled`` an official has decided that what stands counts.
    """

    name: str = "Trung tâm PVHCC tỉnh Lai Châu"
    code: str = "H35"
    practice: bool = False
    seed: int = 1
    clock: datetime = NOON
    keys: dict[str, str] = field(default_factory=dict)
    reports: dict[tuple[str, date], DayReport] = field(default_factory=dict)
    verdicts: dict[date, tuple[Verdict, str]] = field(default_factory=dict)
    settled: set[date] = field(default_factory=set)
    missing: tuple[date, ...] = ()
    packets: list[tuple[str, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.private = bytes([self.seed]) * 32

    @property
    def key(self) -> str:
        return Ed25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw().hex()

    def answer(self, path: str, packet: bytes) -> tuple[int, bytes]:
        """HTTP status and packet; each answer is a second later than the one before."""
        self.packets.append((path, packet))
        self.clock += timedelta(seconds=1)
        try:
            documents = protocol.read_packet(packet)
            if path == client.ENROLMENTS:
                return 200, self._enrolled(documents[0])
            return 200, self._taken(documents, packet, whole=path == client.HOLDINGS)
        except Refusing as refused:
            return refused.status, self._refusal(refused, packet)

    def take(self, packet: bytes) -> bytes:
        """The answer's file to a packet that came on a stick."""
        self.clock += timedelta(seconds=1)
        return self._taken(protocol.read_packet(packet), packet, whole=True)

    def _enrolled(self, document: protocol.Document) -> bytes:
        asked, key = protocol.content_as(Enrolment, document), protocol.derived_key(CODE)
        if not protocol.proves(key, document.body):
            raise Refusing("wrong_code", "Mã nối không đúng hoặc đã hết hạn.")
        if asked.practice != self.practice:
            raise Refusing("practice_here", "Sổ tập huấn chỉ nối với đầu mối tập huấn.")
        self.keys[asked.unit] = asked.public_key
        body = {"unit": asked.unit, "name": asked.name, "hub": {"code": self.code, "name": self.name}}
        body |= {"hub_key": self.key, "practice": self.practice, "at": self.clock.isoformat()}
        return self._signed(Kind.ENROLLED, body | {"proof": protocol.prove(key, body)})

    def _taken(self, documents: tuple[protocol.Document, ...], packet: bytes, *, whole: bool) -> bytes:
        contents = [protocol.content_of(document) for document in documents]
        first = contents[0]
        unit = first.unit.code if isinstance(first, DayReport) else first.unit
        if documents[0].key.hex() != self.keys.get(unit):
            raise Refusing("not_enrolled", "Khóa của đơn vị chưa được ghi nhận.")
        items = [self._item(unit, one) for one in contents if isinstance(one, DayReport)]
        held = [
            (day, one.revision, protocol.report_sha256(one)) for (of, day), one in self.reports.items() if of == unit
        ]
        body = protocol.Acknowledgement(
            unit=unit,
            hub=Hub(code=self.code, name=self.name),
            practice=self.practice,
            at=self.clock,
            answers=protocol.packet_sha256(packet),
            items=tuple(items),
            missing=self.missing,
            held=protocol.held_digest(held),
            holdings=tuple(sorted(held)) if whole else None,
        )
        return self._signed(Kind.ACKNOWLEDGEMENT, body)

    def _item(self, unit: str, report: DayReport) -> AckItem:
        sha256, stands = protocol.report_sha256(report), self.reports.get((unit, report.day))
        verdict, reason = self.verdicts.get(report.day, (None, ""))
        if verdict is None and stands is None:
            verdict = Verdict.ACCEPTED
        elif verdict is None and stands == report:
            verdict = Verdict.UNCHANGED
        elif verdict is None and stands.revision == report.revision:
            verdict, reason = Verdict.FORKED, ""
        elif verdict is None:
            verdict = Verdict.ACCEPTED if stands.revision < report.revision else Verdict.SUPERSEDED
        if verdict is Verdict.ACCEPTED:
            self.reports[unit, report.day] = report
        told = None
        if stands and verdict in (Verdict.FORKED, Verdict.SUPERSEDED):
            told = Standing(
                revision=stands.revision, code=stands.code, sha256=protocol.report_sha256(stands), total=stands.total
            )
        return AckItem(
            day=report.day,
            revision=report.revision,
            sha256=sha256,
            verdict=verdict,
            reason=reason,
            standing=told,
            settled=report.day in self.settled,
        )

    def _refusal(self, refused: Refusing, packet: bytes) -> bytes:
        body = {"hub": {"code": self.code, "name": self.name}, "practice": self.practice, "at": self.clock.isoformat()}
        body |= {"answers": protocol.packet_sha256(packet), "code": refused.code, "message": refused.message}
        return self._signed(Kind.REFUSAL, body)

    def _signed(self, kind: Kind, body: Any) -> bytes:
        return protocol.packet([protocol.sign(kind, body, self.private)])


#: (status, headers, body), or bytes that are written to the socket as they are before it is closed.
Reply = tuple[int, dict[str, str], bytes] | bytes


@contextmanager
def serving(answer: Callable[[str, bytes], Reply | tuple[int, bytes]]) -> Iterator[str]:
    """An HTTP server on loopback that answers so; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            reply = answer(self.path, body)
            if isinstance(reply, bytes):
                self.wfile.write(reply)
                self.close_connection = True
                return
            status, *headers, data = reply
            self.send_response(status)
            for name, value in ({"Content-Type": protocol.CONTENT_TYPE} | (headers[0] if headers else {})).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
