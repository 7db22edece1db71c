"""The commune meets its hub: whose acknowledgements are believed, and by which way the hub is reached.

An enrolment pins the hub's key and is an event of the chain; the way (address, proxy, certificate) is a setting that
may change later. Windows and verbs call it; whoever sends reads :func:`hub` and :func:`line`.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db import events, outbox
from db import settings as stored
from db.connection import Register
from db.outbox_records import OutboxRow
from db.vocabulary import EventKind, OutboxState
from desktop.changes import Changes
from desktop.errors import EnvironmentProblem, UserError, VerificationFailed
from desktop.office import rights, sealing, settings
from desktop.sync.client import Line

if TYPE_CHECKING:
    from desktop.sync.protocol import Document, Enrolled

S = OutboxState
_HUB, _LINE = "hub", "hub_line"
_CHANGED = Changes(settings=True, outbox=True)
#: A line of which nothing bad is known.
_FRESH = {"offline_since": None, "reason": "", "failures": 0, "tried_at": None, "next_try_at": None}
_OTHER_HUB = "nơi nhận mới chưa có báo cáo này; gửi lại"


@dataclass(frozen=True, slots=True)
class Hub:
    """The receiving side that this register is enrolled with; only what ``key`` signed is believed."""

    code: str
    name: str
    key: str
    practice: bool
    enrolled_at: datetime


def hub(book: Register) -> Hub | None:
    """The hub of this register, if there is one."""
    kept = stored.get(book, _HUB)
    return Hub(**(kept | {"enrolled_at": datetime.fromisoformat(kept["enrolled_at"])})) if kept else None


def believed(book: Register) -> Hub:
    """The hub of this register; UserError ``not_enrolled``."""
    found = hub(book)
    if found is None:
        raise UserError("not_enrolled", "Sổ này chưa nối với nơi nhận báo cáo; xin mã nối của tuyến trên trước.")
    return found


def line(book: Register) -> Line:
    """How the hub is reached; without an address reports travel by stick only."""
    return Line(**stored.get(book, _LINE, {}))


def change_line(book: Register, changed: Line, *, clerk: str | None, now: datetime) -> Changes:
    """Store how the hub is reached; the next round tries it at once. UserError as of ``Line.checked``."""
    changed = changed.checked()
    with book.write():
        if changed != line(book):
            settings.change(book, _LINE, asdict(changed), clerk=clerk, now=now)
        outbox.change_line(book, **_FRESH)
    return _CHANGED


def enrol(
    book: Register,
    code: str,
    *,
    url: str,
    clerk: str | None,
    now: datetime,
    way: Line | None = None,
    going_on: Callable[[], bool] = lambda: True,
) -> Hub:
    """Meet the hub at ``url`` with the one-time code it gave. The same code may be used again after a lost answer.

    ``way`` is stored with the hub instead of the way that is known. ``going_on`` ends it by False, up to the moment in
    which the hub is believed.

    UserError ``bad_code``, ``bad_address`` and its like, ``refused`` (the hub's own sentence), ``not_the_hub``,
    ``stopped``; EnvironmentProblem ``offline``. Nothing is changed then. Call it from a worker thread: it waits for the
    network.
    """
    from desktop.sync import client

    way = replace(way or line(book), url=url).checked()
    if not way.url:
        raise UserError("bad_address", "Ghi địa chỉ nơi nhận, dạng https://máy-chủ.")
    key = _derived(code)
    try:
        with client.Wire(way, going_on=going_on) as wire:
            documents = _read(wire.exchange(client.ENROLMENTS, _request(book, key, now)))
    except client.Refused as trouble:
        documents = (trouble.document,) if trouble.document else ()
    except (client.Offline, client.Cut) as trouble:
        why = client.explained(way, trouble)
        raise EnvironmentProblem("offline", f"Chưa nối được: {why}; chưa có gì thay đổi.") from trouble
    except client.Busy as trouble:
        raise EnvironmentProblem("offline", "Tuyến trên đang bận; ít phút nữa hãy thử lại.") from trouble
    told = _believed(book, documents, key)
    with book.write():
        if not going_on():
            raise UserError("stopped", "Đã thôi nối; sổ này chưa thay đổi gì.")
        _pin(book, told, clerk=clerk, now=now)
        change_line(book, way, clerk=clerk, now=now)
    return believed(book)


def request_file(book: Register, code: str, *, clerk: str | None, now: datetime) -> bytes:
    """The packet that asks for an enrolment, to be carried to the hub; the answer's file ends it (:func:`take_answer`).

    UserError ``bad_code``. What the code proves is kept until then, never the code.
    """
    key = _derived(code)
    with book.write():
        rights.acting(book, clerk, EventKind.ENROL, now=now)
        outbox.change_line(book, enrolling=key.hex())
    return _request(book, key, now)


def take_answer(book: Register, data: bytes, *, clerk: str | None, now: datetime) -> Hub:
    """Finish an enrolment by the file that came back.

    UserError ``nothing_asked`` without a request, ``refused``, ``other_unit``; VerificationFailed ``not_the_hub``.
    """
    key = outbox.line(book).enrolling
    if not key:
        raise UserError("nothing_asked", "Sổ này chưa lập tệp xin nối; hãy lập tệp với mã nối trước.")
    told = _believed(book, _read(data), bytes.fromhex(key))
    with book.write():
        _pin(book, told, clerk=clerk, now=now)
    return believed(book)


def write_request(book: Register, code: str, *, place: Path, clerk: str | None, now: datetime) -> Path:
    """:func:`request_file` as a file in a folder, or under a file's name; returns where it lies, whole and read back.

    EnvironmentProblem ``no_space``, ``read_only``, ``carrier_gone``, ``bad_copy``.
    """
    from desktop.sync import packet_files

    data = request_file(book, code, clerk=clerk, now=now)
    return packet_files.write(place, data)


def read_answer(book: Register, path: Path, *, clerk: str | None, now: datetime) -> Hub:
    """:func:`take_answer` of a file. UserError ``no_file``, and what a file that is no packet says of itself."""
    from desktop.sync import packet_files

    if path.is_dir():
        raise UserError("no_file", f"{path} là thư mục; hãy chọn tệp trả lời của tuyến trên.")
    (file,) = packet_files.read_all(path)
    if file.problem is not None:
        raise file.problem
    return take_answer(book, file.data, clerk=clerk, now=now)


def _derived(code: str) -> bytes:
    from desktop.sync.protocol import derived_key

    return derived_key(code)


def _public_key(book: Register) -> str:
    from desktop.rules import seal

    return seal.public_of(sealing.private_key(book)).hex()


def _request(book: Register, key: bytes, now: datetime) -> bytes:
    from desktop.sync.protocol import Kind, packet, prove, sign

    private, unit = sealing.private_key(book), settings.unit(book)
    body = {
        "unit": unit.code,
        "name": unit.name,
        "practice": book.practice,
        "at": now.isoformat(timespec="seconds"),
        "public_key": _public_key(book),
    }
    return packet([sign(Kind.ENROLMENT, body | {"proof": prove(key, body)}, private)])


def _read(data: bytes) -> "tuple[Document, ...]":
    """The documents of an answer; none of what is no packet."""
    from desktop.sync.protocol import ProtocolError, read_packet

    try:
        return read_packet(data)
    except ProtocolError as error:
        if error.code != "not_a_packet":
            raise
        return ()


def _believed(book: Register, documents: "tuple[Document, ...]", key: bytes) -> "Enrolled":
    """What the hub that made the one-time code says of itself: the proof is what makes its key believable."""
    from desktop.sync.protocol import Enrolled, Refusal, content_of, proves

    if not documents:
        raise UserError("not_the_hub", "Ở đó không có nơi nhận báo cáo nào trả lời; chưa có gì thay đổi.")
    told = content_of(documents[0])
    if isinstance(told, Refusal):
        # Met for the first time it has no key yet to be believed by: its sentence is told and nothing follows.
        raise UserError("refused", told.message, reason=told.code)
    if len(documents) != 1 or not isinstance(told, Enrolled) or not proves(key, documents[0].body):
        raise VerificationFailed(
            "not_the_hub", "Câu trả lời không chứng minh được là của nơi đã cấp mã nối; chưa có gì thay đổi."
        )
    if told.unit != settings.unit(book).code:
        raise UserError("other_unit", f"Nơi nhận trả lời cho đơn vị {told.unit}, không phải đơn vị của sổ này.")
    if told.practice != book.practice:
        raise UserError(
            "other_kind_of_register", "Sổ tập huấn chỉ nối với nơi nhận tập huấn, sổ thật với nơi nhận thật."
        )
    return told


def _pin(book: Register, told: "Enrolled", *, clerk: str | None, now: datetime) -> None:
    """Believe this hub from now on; inside ``write``. What another one acknowledged waits for this one again.

    Nothing is forgotten of the other: its acknowledgements stay, they only prove nothing to the new hub.
    """
    before = hub(book)
    actor = rights.acting(book, clerk, EventKind.ENROL, now=now).short_name
    pinned = {"code": told.hub.code, "name": told.hub.name, "key": told.hub_key, "practice": told.practice}
    pinned |= {"enrolled_at": now.isoformat(timespec="seconds")}
    payload = {"hub": pinned, "public_key": _public_key(book)}
    events.append(book, EventKind.ENROL, payload, at=now, clerk=actor, key=events.new_key())
    stored.put(book, _HUB, pinned)
    is_another = before is not None and before.key != told.hub_key
    outbox.change_line(book, enrolling="", asked="", **_FRESH, **({"heard_at": None} if is_another else {}))
    for row in outbox.rows(book):
        if is_another:
            _begin_again(book, row, now)
        elif row.state in (S.WAITING, S.COPIED, S.REVIEW):
            outbox.change(book, row.seq, attempts=0, next_try_at=None)


def _begin_again(book: Register, row: OutboxRow, now: datetime) -> None:
    if row.state is S.SUPERSEDED:
        outbox.change(book, row.seq, rest=S.SUPERSEDED)
        return
    facts = {"state": S.WAITING, "rest": S.WAITING, "attempts": 0, "next_try_at": None, "standing": None}
    outbox.change(book, row.seq, **facts, reason=_OTHER_HUB, changed_at=now)
