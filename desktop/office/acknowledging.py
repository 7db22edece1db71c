"""What the hub says of our reports, believed and carried into the outbox: the one place where a row turns green.

Believed is a packet of one acknowledgement under the key that the enrolment pinned, about this unit. It is kept byte
for byte before anything follows from it, and each row follows in a transaction of its own. Both carriers end here:
``sending`` with what came over the network, ``carrying`` with files.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from db import outbox as stored
from db.connection import Register
from db.outbox_records import OutboxRow, StandingReport
from db.vocabulary import OutboxState
from desktop.errors import UserError, VerificationFailed
from desktop.office import enrolling, outbox, settings

if TYPE_CHECKING:
    from desktop.sync.protocol import AckItem, Acknowledgement, Document

S = OutboxState
NETWORK, FILE = "network", "file"
#: A row that needs a person is tried again by itself after so long: an official may have settled it meanwhile.
REVIEW_RESTS = timedelta(hours=6)
#: One that an official has settled against, of a day that the hub holds nothing of: he may decide again.
_SETTLED_RESTS = timedelta(days=7)

_LOST = "tuyến trên không còn giữ bản này (có thể vừa khôi phục bản sao lưu); gửi lại"
_TAKEN_AFTER_ALL = "tuyến trên nay giữ bản này; gửi lại để có xác nhận"
_MISSED = "tuyến trên báo còn thiếu ngày này; gửi lại"
_NEWER_THERE = "tuyến trên đang giữ bản mới hơn; thường gặp khi máy này được khôi phục từ bản sao lưu cũ"
_FORKED = "tuyến trên đang giữ một lịch sử khác của ngày này; thường gặp khi máy được khôi phục từ bản sao lưu cũ"
_REJECTED = "tuyến trên không nhận và không nói vì sao"


@dataclass(frozen=True, slots=True)
class Settled:
    """What an acknowledgement changed: rows that turned green, rows to look at again with why, rows that wait anew.

    ``answered`` counts the reports of ours that it speaks of, ``late`` those about which something newer is known.
    """

    green: tuple[OutboxRow, ...]
    rejected: tuple[tuple[OutboxRow, str], ...]
    lost: tuple[OutboxRow, ...]
    answered: int
    late: int


class Declined(UserError):
    """The hub took nothing of a packet: its own sentence, under its key, ``word`` for what it was, ``at`` its clock."""

    def __init__(self, word: str, message: str, at: datetime) -> None:
        super().__init__("declined", message, reason=word)
        self.word, self.at = word, at


def opened(book: Register, data: bytes, *, answers: str | None = None) -> "Acknowledgement":
    """The acknowledgement in a packet, as :func:`believed` finds it; ProtocolError for what is no genuine packet."""
    from desktop.sync.protocol import read_packet

    return believed(book, read_packet(data), answers=answers)


def believed(book: Register, documents: "Sequence[Document]", *, answers: str | None = None) -> "Acknowledgement":
    """The one acknowledgement in genuine documents, proved to be of our hub and for us.

    ``answers`` is the SHA-256 of the packet that must have been answered, if that is known. Declined when the hub
    refused the packet; VerificationFailed ``other_hub``; UserError ``not_an_acknowledgement``, ``other_unit``,
    ``other_kind_of_register``, ``other_packet``.
    """
    from desktop.sync.protocol import Acknowledgement, Refusal, content_of

    told = content_of(documents[0])
    if len(documents) != 1 or not isinstance(told, Acknowledgement | Refusal):
        raise UserError("not_an_acknowledgement", "Đây không phải xác nhận của nơi nhận.")
    _check_signer(book, documents[0])
    if answers not in (None, told.answers):
        raise UserError("other_packet", "Xác nhận trả lời một gói khác với gói vừa gửi.")
    if isinstance(told, Refusal):
        raise Declined(told.code, told.message, told.at)
    unit = settings.unit(book)
    if told.unit != unit.code:
        raise UserError("other_unit", f"Xác nhận này của đơn vị {told.unit}, không phải của {unit.name}.")
    if told.practice != book.practice:
        kind = "tập huấn" if told.practice else "số liệu thật"
        raise UserError("other_kind_of_register", f"Xác nhận này của nơi nhận {kind}, không dùng cho sổ này.")
    return told


def is_over(book: Register, refused: Declined, *, now: datetime) -> bool:
    """Whether a refusal in a file has nothing left to say.

    The hub spoke later, and no report lies on a stick any more whose packet it may be about.
    """
    later = stored.said_later(book, refused.at.astimezone(now.tzinfo))
    return later and not stored.rows(book, S.COPIED)


def _check_signer(book: Register, document: "Document") -> None:
    if document.key.hex() != enrolling.believed(book).key:
        raise VerificationFailed(
            "other_hub", "Chữ ký không phải của nơi nhận đã nối với sổ này; nếu tuyến trên đổi máy, xin mã nối mới."
        )


def settle(book: Register, data: bytes, told: "Acknowledgement", *, carrier: str, now: datetime) -> Settled:
    """Keep an :func:`opened` acknowledgement and carry it into the rows.

    What came over the network answers what was just sent. A file may be old: it changes no row about which a later
    word of the hub is known, so that the same file read twice changes nothing.
    """
    from desktop.sync.protocol import packet_sha256

    with book.write():
        kept = stored.keep(
            book, data, sha256=packet_sha256(data), said_at=told.at.astimezone(now.tzinfo), read_at=now, carrier=carrier
        )
    settled = _News(book, kept, told, may_be_old=carrier == FILE, now=now).carried()
    # The hub's clock is asked only where ours does not know when it spoke.
    heard = now if carrier == NETWORK else min(told.at.astimezone(now.tzinfo), now)
    with book.write():
        known = stored.line(book).heard_at
        if carrier == NETWORK or known is None or known < heard:
            stored.change_line(book, heard_at=heard)
    return settled


def resume(book: Register) -> None:
    """Carry the answer that was kept last into the rows that it had not reached when the program died."""
    kept = stored.last_acknowledgement(book)
    if kept is None or enrolling.hub(book) is None:
        return
    with suppress(UserError):  # of the hub before: it says nothing any more
        _News(book, kept.id, opened(book, kept.content), may_be_old=True, now=kept.read_at).carried()


def expected_holdings(book: Register) -> Iterable[tuple[date, int, str]]:
    """What the hub must hold as standing, by its own last words: one report a day."""
    days = set[date]()
    for row in stored.rows(book):
        if row.day in days:
            continue
        if S.ACKNOWLEDGED in (row.state, row.rest):
            days.add(row.day)
            yield row.day, row.revision, row.sha256
        elif row.standing is not None:
            days.add(row.day)
            yield row.day, row.standing.revision, row.standing.sha256


class _News:
    """One kept acknowledgement on its way into the rows."""

    def __init__(self, book: Register, kept: int, told: "Acknowledgement", *, may_be_old: bool, now: datetime) -> None:
        self._book, self._kept, self._told, self._now = book, kept, told, now
        self._may_be_old, self._key = may_be_old, enrolling.believed(book).key
        self._green: list[OutboxRow] = []
        self._rejected: list[tuple[OutboxRow, str]] = []
        self._lost: list[OutboxRow] = []
        self._answered = self._late = 0

    def carried(self) -> Settled:
        """Into one row after another, each in a transaction of its own."""
        for item in self._told.items:
            self._of_report(item)
        named = {(item.day, item.revision) for item in self._told.items}
        green = stored.rows(self._book, S.ACKNOWLEDGED)
        self._of_losses([row for row in green if (row.day, row.revision) not in named])
        self._of_second_thoughts()
        return Settled(tuple(self._green), tuple(self._rejected), tuple(self._lost), self._answered, self._late)

    def _of_report(self, item: "AckItem") -> None:
        """Only what names our very content is about our report."""
        with self._book.write():
            rows = stored.of_day(self._book, item.day)
            row = next((one for one in rows if (one.revision, one.sha256) == (item.revision, item.sha256)), None)
            if row is None or not self._is_believed():
                return
            self._answered += 1
            if self._is_old(row):
                self._late += 1
                return
            state, reason = _meant(item, is_newest=row is rows[0])
            self._move(row, state, reason, item)
            if row is not rows[0]:
                outbox.supersede(self._book, row.day, now=self._now)
        if state is S.ACKNOWLEDGED:
            self._green.append(row)
        elif state is S.REVIEW:
            self._rejected.append((row, reason))

    def _of_losses(self, rows: Sequence[OutboxRow]) -> None:
        """Green rows of which the hub now says that it does not hold them wait again."""
        held = None if self._told.holdings is None else set(self._told.holdings)
        for row in rows:
            gone = held is not None and (row.day, row.revision, row.sha256) not in held
            if (gone or row.day in self._told.missing) and not self._is_old(row, same_second=True):
                with self._book.write():
                    if self._is_believed():
                        self._move(row, S.WAITING, _LOST if gone else _MISSED, None)
                self._lost.append(row)

    def _of_second_thoughts(self) -> None:
        """A report against which an official decided waits again once the hub holds it after all."""
        if self._told.holdings is None:
            return
        held = set(self._told.holdings)
        for row in stored.rows(self._book, S.SUPERSEDED):
            is_newest = stored.of_day(self._book, row.day)[0].seq == row.seq
            if is_newest and (row.day, row.revision, row.sha256) in held and not self._is_old(row):
                with self._book.write():
                    if self._is_believed():
                        self._move(row, S.WAITING, _TAKEN_AFTER_ALL, None)
                self._lost.append(row)

    def _is_believed(self) -> bool:
        """Whether the hub that said this is still the one: another enrolment may come between two rows."""
        return enrolling.believed(self._book).key == self._key

    def _is_old(self, row: OutboxRow, *, same_second: bool = False) -> bool:
        """Whether a later word about the row is known; of two files of one second neither takes a green row back."""
        if not self._may_be_old or row.acknowledgement is None:
            return False
        known = stored.acknowledgement(self._book, row.acknowledgement)
        is_later = known.said_at >= self._told.at if same_second else known.said_at > self._told.at
        return known.id >= self._kept or is_later

    def _move(self, row: OutboxRow, state: S, reason: str, item: "AckItem | None") -> None:
        since = {} if state is row.rest else {"changed_at": self._now}
        stored.change(
            self._book,
            row.seq,
            state=state,
            rest=state,
            reason=reason,
            attempts=0,
            next_try_at=self._now + _review_rest(item) if state is S.REVIEW else None,
            acknowledgement=self._kept,
            standing=_standing(item) if state is S.REVIEW or (item and item.settled) else None,
            **since,
        )


def _meant(item: "AckItem", *, is_newest: bool) -> tuple[S, str]:
    """The state that a verdict leads to, with its reason."""
    from desktop.sync.protocol import Verdict

    match item.verdict:
        case Verdict.ACCEPTED | Verdict.UNCHANGED:
            return S.ACKNOWLEDGED, ""
        case Verdict.SUPERSEDED:
            open_question = is_newest and not item.settled
            return (S.REVIEW, item.reason or _NEWER_THERE) if open_question else (S.SUPERSEDED, item.reason)
        case Verdict.FORKED:
            return S.REVIEW, item.reason or _FORKED
    return S.REVIEW, item.reason or _REJECTED


def _review_rest(item: "AckItem | None") -> timedelta:
    return _SETTLED_RESTS if item and item.settled else REVIEW_RESTS


def _standing(item: "AckItem | None") -> StandingReport | None:
    if item is None or item.standing is None:
        return None
    there = item.standing
    return StandingReport(there.revision, there.code, there.sha256, tuple(there.total))
