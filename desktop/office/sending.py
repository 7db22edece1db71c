"""One round on the way up: what is due is sent, each row is settled by what the hub answered, and the rest waits.

No transaction is open while anything is sent. A row that fails waits alone, longer each time; a line that is dead is no
failure of any row. Asked by the heartbeat (:func:`due`), by "Gửi ngay" and by ``sync``; runs in a worker thread with a
session of its own and needs nobody at the counter.
"""

import random
import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NoReturn

from db import outbox as stored
from db.connection import Register
from db.outbox_records import OutboxRow
from db.vocabulary import OutboxState
from desktop.errors import UserError
from desktop.office import enrolling, outbox

if TYPE_CHECKING:
    from desktop.sync.client import Wire
    from desktop.sync.protocol import Acknowledgement, Document

S = OutboxState
#: Reports in one packet: one at first, twice as many after each success, one again after a cut.
MOST_AT_ONCE = 31
#: Rests of a row that failed, and of a line on which nobody was reached: doubled by each failure up to the longest.
_ROW_RESTS = timedelta(seconds=30), timedelta(hours=1)
_LINE_RESTS = timedelta(seconds=30), timedelta(minutes=5)
#: The hub knows us no more, or not yet: only people can help.
_UNKNOWN_RESTS = timedelta(minutes=30)
_MOST_FAILURES = 3
_TRIES_KEPT = 8

UNKNOWN_KEY = "khóa của máy này chưa được tuyến trên ghi nhận; xin mã nối mới"
#: Words of a refusal that say nothing of any report.
_ABOUT_US = frozenset({"not_enrolled", "unknown_unit", "unit_ended", "practice_here", "practice_there"})
_NOT_THE_HUBS = "có máy khác trả lời thay nơi nhận"
_NO_WORD = "tuyến trên chưa nói gì về ngày này"


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did: reports the hub answered for, those acknowledged, all that still wait, and those refused.

    ``rejected`` are (day, reason) of this round; ``offline`` that nobody was reached; ``reason`` says in a few words
    what went wrong last, of a report or of the line, empty when nothing did. ``changed`` is whether a screen has to
    read the outbox again.
    """

    sent: int
    acknowledged: int
    waiting: int
    rejected: tuple[tuple[date, str], ...]
    offline: bool
    reason: str
    changed: bool


def recover(book: Register) -> None:
    """What a program that died left half done: rows on their way wait again, the last answer reaches every row.

    Call it at the start, before anything is sent.
    """
    from desktop.office import acknowledging

    acknowledging.resume(book)
    for row in stored.rows(book, S.SENDING):
        with book.write():
            stored.change(book, row.seq, state=row.rest)


def due(book: Register, now: datetime) -> bool:
    """Whether a round would do anything now; cheap enough for every minute, and never on a register without a hub."""
    if enrolling.hub(book) is None or not enrolling.line(book).url or outbox.next_probe(stored.line(book), now):
        return False
    return stored.has_news(book) or any(outbox.is_due(row, now) for row in stored.rows(book, *outbox.OPEN))


def send(
    book: Register,
    *,
    clock: Callable[[], datetime],
    manual: bool = False,
    chance: Callable[[], float] = random.random,
    going_on: Callable[[], bool] = lambda: True,
) -> Round:
    """One round, from a worker thread: ``book`` is a ``session`` of it.

    ``manual`` is somebody who asked for it: rests are not waited for, and with nothing to send the hub is asked what it
    holds. ``chance`` gives numbers from 0 to 1 that spread the next tries; ``going_on`` ends the round by False.
    UserError ``not_enrolled``, ``no_address``, and what a wrong address or certificate raises.
    """
    from desktop.sync.client import Wire

    enrolling.believed(book)
    line = enrolling.line(book)
    if not line.url:
        raise UserError("no_address", "Chưa ghi địa chỉ nơi nhận; hãy ghi trong cài đặt, hoặc chép báo cáo ra USB.")
    recover(book)
    gathered = bool(outbox.gather(book, now=clock()))
    with Wire(line, going_on=going_on) as wire:
        one = _Sending(book, wire, clock, chance, manual)
        if manual or not outbox.next_probe(stored.line(book), clock()):
            with suppress(_Ended):
                one.run(going_on)
    return one.round(gathered)


class _Ended(Exception):
    """The round is over before everything was tried."""


@dataclass
class _Sending:
    """A round under way."""

    book: Register
    wire: "Wire"
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    manual: bool
    sent: int = 0
    acknowledged: int = 0
    rejected: list[tuple[date, str]] = field(default_factory=list)
    offline: bool = False
    reason: str = ""
    _tried: set[int] = field(default_factory=set)
    _lost: set[int] = field(default_factory=set)
    _failures: int = 0
    _held: str | None = None

    def run(self, going_on: Callable[[], bool]) -> None:
        """Send until nothing is due; then see that the hub holds what it acknowledged, and send what it lost."""
        for _ in range(2):
            while going_on() and (rows := self._due()):
                self._send(rows[: stored.line(self.book).batch])
            if not (going_on() and self._looked_after()):
                break

    def round(self, gathered: bool) -> Round:
        counts = outbox.counts(self.book)
        waiting = counts[S.WAITING] + counts[S.COPIED] + counts[S.SENDING]
        changed = gathered or self._held is not None or bool(self._tried) or bool(self.reason)
        return Round(
            self.sent, self.acknowledged, waiting, tuple(self.rejected), self.offline, self.reason, changed=changed
        )

    def _due(self) -> list[OutboxRow]:
        """What is to be sent in this round, the longest untried first: one that always fails is soon the last."""
        now = self.clock()
        rows = [row for row in outbox.going_up(self.book) if row.seq not in self._tried]
        found = [row for row in rows if self.manual or row.state is S.SUPERSEDED or outbox.is_due(row, now)]
        return sorted(found, key=lambda row: (row.state is S.REVIEW, row.attempts, row.day, row.revision))

    def _send(self, rows: Sequence[OutboxRow]) -> None:
        from desktop.sync import client

        self._tried.update(row.seq for row in rows)
        documents = {row.seq: document for row in rows if (document := self._signed(row))}
        rows = [row for row in rows if row.seq in documents]
        if not rows:
            return
        data = _fresh(documents.values())
        self._begin(rows)
        try:
            told = self._exchanged(client.REPORTS, data)
        except _Ended:
            self._release(rows, was_sent=False)
            raise
        self._release(rows)
        if isinstance(told, str):
            self._failed(rows, told)
        else:
            self._settled(rows, told)

    def _exchanged(self, path: str, data: bytes) -> "Acknowledgement | str":
        """The hub's answer, carried into the rows; or why there is none. Raises _Ended when the line is to rest."""
        from desktop.office import acknowledging
        from desktop.sync import client, protocol

        try:
            answer = self.wire.exchange(path, data)
            documents = protocol.read_packet(answer)
        except client.Offline as trouble:
            self._nobody(trouble.reason)
        except client.Busy as trouble:
            self._put_off(timedelta(seconds=trouble.retry_after), "tuyến trên đang bận, hẹn gửi lại")
        except client.Cut as trouble:
            self._failures += _MOST_FAILURES if trouble.silent else 0
            return trouble.reason
        except client.Refused as trouble:
            if trouble.document is None:
                return f"trên đường có máy trả lời mã {trouble.status}"
            answer, documents = b"", (trouble.document,)
        except protocol.ProtocolError as error:
            return _NOT_THE_HUBS if error.code == "not_a_packet" else "câu trả lời hỏng trên đường về"
        try:
            told = acknowledging.believed(self.book, documents, answers=protocol.packet_sha256(data))
        except acknowledging.Declined as refusal:
            if refusal.word in _ABOUT_US:
                self._put_off(_UNKNOWN_RESTS, UNKNOWN_KEY if refusal.word == "not_enrolled" else refusal.message)
            return refusal.message
        except UserError as error:
            return error.message
        self._settle(told, answer)
        return told

    def _begin(self, rows: Sequence[OutboxRow]) -> None:
        now = self.clock()
        with self.book.write():
            for row in rows:
                tries = (*row.tries, now)[-_TRIES_KEPT:]
                stored.change(self.book, row.seq, state=S.SENDING, tries=tries)

    def _release(self, rows: Sequence[OutboxRow], *, was_sent: bool = True) -> None:
        """Nothing stays on its way; what nobody was there to take was not tried either."""
        with self.book.write():
            for row in rows:
                now_is = stored.row(self.book, row.seq)
                if now_is is not None and now_is.state is S.SENDING:
                    tries = {} if was_sent else {"tries": row.tries}
                    stored.change(self.book, row.seq, state=now_is.rest, **tries)
                    outbox.supersede(self.book, row.day, now=self.clock())

    def _signed(self, row: OutboxRow) -> "Document | None":
        """The report, signed; one that no hub could read is told and never sent."""
        from desktop.sync.protocol import ProtocolError

        try:
            return outbox.signed(self.book, row)
        except ProtocolError as error:
            self._review(row, error.message)
            return None

    def _review(self, row: OutboxRow, why: str) -> None:
        from desktop.office.acknowledging import REVIEW_RESTS

        now = self.clock()
        facts = {"state": S.REVIEW, "rest": S.REVIEW, "reason": why, "next_try_at": now + REVIEW_RESTS}
        with self.book.write():
            stored.change(self.book, row.seq, **facts, **({} if row.rest is S.REVIEW else {"changed_at": now}))
        self.rejected.append((row.day, why))

    def _settled(self, rows: Sequence[OutboxRow], told: "Acknowledgement") -> None:
        named = {(item.day, item.revision) for item in told.items}
        for row in rows:
            if (row.day, row.revision) not in named:
                self._fail(row, _NO_WORD)
        self._reached(batch=min(2 * len(rows), MOST_AT_ONCE))

    def _settle(self, told: "Acknowledgement", answer: bytes) -> None:
        """Carry the answer into the rows; those that the hub lost are sent again, once in a round."""
        from desktop.office import acknowledging

        settled = acknowledging.settle(self.book, answer, told, carrier=acknowledging.NETWORK, now=self.clock())
        self._held, self._failures = told.held.digest, 0
        self.sent += settled.answered
        self.acknowledged += len(settled.green)
        self.rejected += [(row.day, why) for row, why in settled.rejected]
        lost = {row.seq for row in settled.lost} - self._lost
        self._lost |= lost
        self._tried -= lost

    def _nobody(self, reason: str) -> NoReturn:
        seen, now = stored.line(self.book), self.clock()
        failures = seen.failures + 1
        since = min(seen.offline_since or now, now)
        with self.book.write():
            stored.change_line(self.book, offline_since=since, failures=failures, reason=reason, batch=1)
        self.offline = True
        self._rest(self._spread(_LINE_RESTS, failures), reason)

    def _put_off(self, rest: timedelta, reason: str) -> NoReturn:
        """The hub was there and takes nothing for now."""
        with self.book.write():
            stored.change_line(self.book, offline_since=None, failures=0)
        self._rest(rest, reason)

    def _rest(self, rest: timedelta, reason: str) -> NoReturn:
        """Nothing more is tried on this line for a while; no row is to blame."""
        now = self.clock()
        with self.book.write():
            stored.change_line(self.book, next_try_at=now + rest, tried_at=now, reason=reason)
        self.reason = reason
        raise _Ended

    def _reached(self, *, batch: int, reason: str = "") -> None:
        """Somebody was there; ``reason`` is why that was no answer of the hub."""
        seen = {"offline_since": None, "failures": 0, "reason": reason, "next_try_at": None, "tried_at": self.clock()}
        with self.book.write():
            stored.change_line(self.book, batch=batch, **seen)

    def _failed(self, rows: Sequence[OutboxRow], reason: str) -> None:
        """One report waits, longer each time. Of many nobody knows which is bad: they go again, one by one."""
        if len(rows) == 1:
            self._fail(rows[0], reason)
        else:
            self._tried.difference_update(row.seq for row in rows)
        self._reached(batch=1, reason=reason)
        self._failures += 1
        if self._failures >= _MOST_FAILURES:
            raise _Ended

    def _fail(self, row: OutboxRow, reason: str) -> None:
        self.reason = reason
        rest = self._spread(_ROW_RESTS, row.attempts + 1)
        told = {} if row.rest is S.REVIEW else {"reason": reason}
        with self.book.write():
            stored.change(self.book, row.seq, attempts=row.attempts + 1, next_try_at=self.clock() + rest, **told)

    def _spread(self, rests: tuple[timedelta, timedelta], failures: int) -> timedelta:
        """Doubled by each failure, and up to a quarter more or less, so that a province does not call at one second."""
        first, longest = rests
        rest = first * 2.0 ** min(failures - 1, 12) * (0.75 + self.chance() / 2)
        return timedelta(seconds=round(min(rest, longest).total_seconds()))

    def _looked_after(self) -> bool:
        """Whether the hub lost what it acknowledged: then those reports wait again.

        Its list is asked for only where the digest that it told is neither ours nor the one looked through last. With
        nothing said in a manual round it is asked as well: whoever asks for a round wants to know how things stand.
        """
        from desktop.office.acknowledging import expected_holdings
        from desktop.sync.protocol import held_digest

        ours = held_digest(expected_holdings(self.book)).digest
        if self._held == ours:
            self._note_asked("")
        if self._held in (ours, stored.line(self.book).asked) or (self._held is None and not self.manual):
            return False
        return self._ask_holdings()

    def _ask_holdings(self) -> bool:
        from desktop.office import sealing, settings
        from desktop.sync import client, protocol

        wanted = protocol.HoldingsWanted(
            unit=settings.unit(self.book).code, practice=self.book.practice, at=self.clock()
        )
        signed = protocol.sign(protocol.Kind.HOLDINGS_WANTED, wanted, sealing.private_key(self.book))
        told = self._exchanged(client.HOLDINGS, _fresh([signed]))
        if isinstance(told, str):
            self.reason = told
            self._failed((), told)
            return False
        self._reached(batch=stored.line(self.book).batch)
        if told.holdings is not None:
            self._note_asked(told.held.digest)
        return bool(self._lost - self._tried)

    def _note_asked(self, digest: str) -> None:
        if stored.line(self.book).asked != digest:
            with self.book.write():
                stored.change_line(self.book, asked=digest)


def _fresh(documents: "Iterable[Document]") -> bytes:
    """A packet that was never sent before, whatever is in it: an answer that was heard earlier does not fit it."""
    from desktop.sync.protocol import packet

    return packet(documents, nonce=secrets.token_hex(16))
