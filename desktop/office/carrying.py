"""Reports on a stick: the same packet that goes over the network, as a file; and the hub's answers brought back.

A file that is there is marked "đã chép", never sent: only its acknowledgement turns a row green, and meanwhile the
network may still take it. Called by the outbox page and by ``export`` and ``outbox read``; a worker thread may do it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db import events
from db import outbox as stored
from db.connection import Register
from db.outbox_records import OutboxRow
from db.vocabulary import EventKind, OutboxState
from desktop.errors import UserError
from desktop.office import outbox, rights

if TYPE_CHECKING:
    from desktop.sync.packet_files import PacketFile
    from desktop.sync.protocol import Document

S = OutboxState


@dataclass(frozen=True, slots=True)
class Copied:
    """A packet that lies whole at ``path``: its reports, oldest first, and how many more wait for another packet."""

    path: Path
    sha256: str
    rows: tuple[OutboxRow, ...]
    left: int


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """What a file brought back did: ``problem`` says why it did nothing; then the counts are 0.

    ``green`` rows were acknowledged, ``rejected`` are days to look at with why, ``lost`` wait again because the hub
    does not hold them any more; ``old`` counts reports about which a later word of the hub was known already. An old
    refusal of a packet that is settled since has no problem and no counts.
    """

    path: Path
    problem: UserError | None = None
    green: int = 0
    rejected: tuple[tuple[date, str], ...] = ()
    lost: int = 0
    old: int = 0


def write_waiting(book: Register, place: Path, *, clerk: str | None, now: datetime) -> Copied:
    """All reports without an acknowledgement, up to 400, into one packet; ``place`` is a folder or a file's name.

    UserError ``nothing_waits``; EnvironmentProblem ``no_space``, ``read_only``, ``carrier_gone``, ``bad_copy``: then
    nothing was marked.
    """
    from desktop.sync.protocol import MOST_DOCUMENTS

    outbox.gather(book, now=now)
    waiting = outbox.going_up(book)[::-1]
    return _write(book, place, waiting[:MOST_DOCUMENTS], clerk=clerk, now=now, left=len(waiting[MOST_DOCUMENTS:]))


def write_day(book: Register, place: Path, on: date, *, clerk: str | None, now: datetime) -> Copied:
    """The newest revision of a closed day into a packet, acknowledged or not; raises as :func:`write_waiting`.

    UserError ``day_not_closed``; ProtocolError when the report cannot be sent at all.
    """
    outbox.gather(book, now=now)
    return _write(book, place, [outbox.row(book, on)], clerk=clerk, now=now, left=0)


def read_answers(
    book: Register, place: Path, *, now: datetime, going_on: Callable[[], bool] = lambda: True
) -> tuple[AnswerRead, ...]:
    """Every acknowledgement in a folder and the folders in it, or the one file that was named.

    Packets of other kinds, as they lie beside their answers, are passed over. UserError ``no_file``, ``not_enrolled``;
    EnvironmentProblem ``carrier_gone``. Reading again changes nothing.
    """
    from desktop.office import enrolling
    from desktop.sync import packet_files

    enrolling.believed(book)
    outbox.gather(book, now=now)
    read = []
    for file in packet_files.read_all(place):
        if not going_on():
            break
        if file.path == place or _is_answer(file):
            read.append(_read(book, file, now))
    return tuple(read)


def _write(
    book: Register, place: Path, rows: Sequence[OutboxRow], *, clerk: str | None, now: datetime, left: int
) -> Copied:
    from desktop.sync import packet_files, protocol

    documents = _signed(book, rows)
    if not documents:
        raise UserError("nothing_waits", "Không có báo cáo nào chờ gửi; mọi ngày đã chốt đều có xác nhận.")
    with book.write():
        rights.acting(book, clerk, EventKind.WRITE_PACKET, now=now)
    data = protocol.packet(documents.values())
    path = packet_files.write(place, data)
    written = tuple(row for row in rows if row.seq in documents)
    copied = Copied(path, protocol.packet_sha256(data), written, left)
    with book.write():
        actor = rights.acting(book, clerk, EventKind.WRITE_PACKET, now=now).short_name
        payload = {"sha256": copied.sha256, "reports": [[row.day.isoformat(), row.revision] for row in written]}
        events.append(book, EventKind.WRITE_PACKET, payload, at=now, clerk=actor, key=events.new_key())
        for row in written:
            _mark(book, row.seq, now)
    return copied


def _signed(book: Register, rows: Sequence[OutboxRow]) -> "dict[int, Document]":
    """Of many, one that cannot be sent keeps no other from it; ProtocolError when it is the only one."""
    from desktop.sync.protocol import ProtocolError

    documents = {}
    for row in rows:
        try:
            documents[row.seq] = outbox.signed(book, row)
        except ProtocolError:
            if len(rows) == 1:
                raise
    return documents


def _mark(book: Register, seq: int, now: datetime) -> None:
    """On a stick; one that is on its way over the network at this moment comes back to that when nothing came of it."""
    row = stored.row(book, seq)
    assert row is not None, "rows are never taken away"
    if row.rest in (S.WAITING, S.COPIED) and row.state is not S.SUPERSEDED:
        state = row.state if row.state is S.SENDING else S.COPIED
        stored.change(book, seq, state=state, rest=S.COPIED, reason="", changed_at=now)


def _is_answer(file: "PacketFile") -> bool:
    """Whether a file answers reports, or cannot be read and might."""
    from desktop.sync.protocol import Kind

    return file.problem is not None or file.documents[0].kind in (Kind.ACKNOWLEDGEMENT, Kind.REFUSAL)


def _read(book: Register, file: "PacketFile", now: datetime) -> AnswerRead:
    from desktop.office import acknowledging

    if file.problem is not None:
        return AnswerRead(file.path, file.problem)
    try:
        told = acknowledging.believed(book, file.documents)
    except acknowledging.Declined as refused:
        return AnswerRead(file.path, None if acknowledging.is_over(book, refused, now=now) else refused)
    except UserError as problem:
        return AnswerRead(file.path, problem)
    settled = acknowledging.settle(book, file.data, told, carrier=acknowledging.FILE, now=now)
    rejected = tuple((row.day, why) for row, why in settled.rejected)
    return AnswerRead(file.path, None, len(settled.green), rejected, len(settled.lost), settled.late)
