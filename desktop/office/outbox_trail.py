"""Is the outbox what the closings and the hub's kept words say? No green without its proof. Used by ``checking`` alone.

Every kept word of the hub is read again in its order; what it leaves of each report is compared with the row that a
clerk sees. A row that waits needs no proof.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from db import events
from db import outbox as stored
from db.connection import Register
from db.outbox_records import Acknowledgement, OutboxRow
from db.vocabulary import EventKind, OutboxState
from desktop.errors import UserError
from desktop.office import acknowledging, enrolling, outbox

if TYPE_CHECKING:
    from desktop.sync import protocol

S = OutboxState
#: Day, revision and SHA-256 of what a report says.
_Report = tuple[date, int, str]


def faults(book: Register) -> Iterator[str]:
    """One sentence for each row, report and kept word that is not what it must be."""
    rows = stored.rows(book)
    for row in rows:
        if why := _report_fault(book, row):
            yield f"hộp gửi ngày {row.day:%d/%m/%Y} bản {row.revision}: {why}"
    words = _Words(book)
    yield from words.faults()
    yield from _order_faults(rows, words)
    for row in rows:
        is_green = row.state is not S.SUPERSEDED and S.ACKNOWLEDGED in (row.state, row.rest)
        if is_green and not words.prove(row):
            yield f"hộp gửi ngày {row.day:%d/%m/%Y} bản {row.revision}: ghi là đã xác nhận mà không có xác nhận nào"


def _report_fault(book: Register, row: OutboxRow) -> str:
    """What is wrong with the report that goes up, against the closing that it reports."""
    from desktop.sync.protocol import report_sha256

    event = events.by_seq(book, row.seq)
    if event is None or event.kind != EventKind.CLOSE_DAY:
        return "không có bản chốt"
    try:
        body = outbox.body(book, row)
        if report_sha256(body) != row.sha256:
            return "báo cáo đã lưu bị sửa"
        return "" if _says(body, row) == _sealed(event.hash, json.loads(event.payload), row) else "khác bản chốt"
    except (zlib.error, ValueError, KeyError, TypeError):
        return "báo cáo đã lưu không đọc được"


def _says(body: dict[str, Any], row: OutboxRow) -> list[Any]:
    total = outbox.shown(body["total"])
    told = [body[name] for name in ("hash", "from", "revision", "code", "list_sha256", "late")]
    return [*told, sorted(body["rows"]), *total, row.day.isoformat(), row.revision, row.code]


def _sealed(digest: str, content: dict[str, Any], row: OutboxRow) -> list[Any]:
    told = [content[name] for name in ("day", "revision", "code", "list_sha256", "late")]
    return [
        *(digest, *told, sorted(content["lines"]), row.received, row.resolved, row.overdue),
        *(content["day"], content["revision"], content["code"]),
    ]


def _order_faults(rows: list[OutboxRow], words: "_Words") -> Iterator[str]:
    """Of each day the newest revision speaks, unless the hub's officials decided otherwise; rows come newest first."""
    seen = set[date]()
    for row in rows:
        is_silent, is_older = row.state is S.SUPERSEDED, row.day in seen
        if row.state is not S.SENDING and is_silent != is_older and not (is_silent and words.is_settled(row)):
            yield f"hộp gửi ngày {row.day:%d/%m/%Y}: bản {row.revision} không phải bản đang nói thay ngày này"
        seen.add(row.day)


@dataclass(frozen=True, slots=True)
class _Word:
    """The hub's last word about a report: which kept answer, when it was said, whether it is held or decided upon."""

    kept: int
    said_at: datetime
    holds: bool
    settled: bool = False


class _Words:
    """What the hub that is believed now has said, from the first kept answer to the last."""

    def __init__(self, book: Register) -> None:
        self._book, self._hub = book, enrolling.hub(book)
        self._last: dict[_Report, _Word] = {}

    def faults(self) -> Iterator[str]:
        """Hear every kept answer; a sentence for each that is not what was kept."""
        from desktop.sync.protocol import ProtocolError, packet_sha256, read_packet

        for kept in stored.acknowledgements(self._book):
            try:
                documents = read_packet(kept.content)
                if packet_sha256(kept.content) != kept.sha256:
                    raise ProtocolError("damaged", "another hash than was kept")
            except ProtocolError:
                yield f"xác nhận {kept.id} của tuyến trên: đã bị sửa"
                continue
            if self._hub is not None and documents[0].key.hex() == self._hub.key:
                try:
                    self._hear(kept, acknowledging.believed(self._book, documents))
                except UserError as error:
                    yield f"xác nhận {kept.id} của tuyến trên: {error.message}"

    def prove(self, row: OutboxRow) -> bool:
        """Whether the hub holds the report of a row, by its last word and by the answer that the row names."""
        last = self._last.get((row.day, row.revision, row.sha256))
        return last is not None and last.holds and row.acknowledgement == last.kept

    def is_settled(self, row: OutboxRow) -> bool:
        """Whether an official of the hub has decided against the report of a row, by the answer that the row names."""
        last = self._last.get((row.day, row.revision, row.sha256))
        return last is not None and last.settled and row.acknowledgement == last.kept

    def _hear(self, kept: Acknowledgement, told: "protocol.Acknowledgement") -> None:
        from desktop.sync.protocol import Verdict

        named = set()
        for item in told.items:
            report = (item.day, item.revision, item.sha256)
            named.add((item.day, item.revision))
            holds = item.verdict in (Verdict.ACCEPTED, Verdict.UNCHANGED)
            self._note(report, kept, _Word(kept.id, told.at, holds, item.settled))
        held = None if told.holdings is None else set(told.holdings)
        for report, last in list(self._last.items()):
            gone = (held is not None and report not in held) or report[0] in told.missing
            # Of two files of one second neither takes back what the other says.
            is_later = kept.carrier != acknowledging.FILE or last.said_at < told.at
            if last.holds and gone and is_later and report[:2] not in named:
                self._note(report, kept, _Word(kept.id, told.at, holds=False))

    def _note(self, report: _Report, kept: Acknowledgement, word: _Word) -> None:
        known = self._last.get(report)
        if kept.carrier == acknowledging.FILE and known is not None and known.said_at > word.said_at:
            return
        self._last[report] = word
