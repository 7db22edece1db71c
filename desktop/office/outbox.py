"""The outbox: which closed days the hub has acknowledged, which wait and why, and what exactly goes up.

Reads for windows and verbs; :func:`gather` alone writes, a row for each closing that has none. Nothing here sends, and
nothing here makes a row green: that is ``acknowledging``. Light to load, for the window asks it at its start.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from db import outbox as stored
from db.connection import Register
from db.outbox_records import LineState, OutboxRow, StandingReport
from db.vocabulary import OutboxState
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.office import enrolling

if TYPE_CHECKING:
    from db.events import StoredEvent
    from desktop.rules.statistics import Line, Table
    from desktop.sync.protocol import Document

S = OutboxState
#: States in which the hub has not said its last word.
OPEN = (S.WAITING, S.SENDING, S.COPIED, S.REVIEW)
#: Closings that get their rows in one transaction: others write between two of them.
_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Way:
    """The way to the hub as this machine sees it, for the outbox and the status strip.

    ``hub`` is empty before any enrolment; ``reachable`` is whether an address is known at all (a commune may live by
    sticks). ``offline_since`` is empty while the line works; ``reason`` says in a sentence what keeps everything from
    going, ``next_try_at`` when the program tries by itself. ``acknowledged_at`` is the hub's newest genuine answer;
    ``works`` is whether the last thing that was tried over the network had one.
    """

    hub: str
    reachable: bool
    offline_since: datetime | None
    reason: str
    next_try_at: datetime | None
    acknowledged_at: datetime | None
    works: bool


@dataclass(frozen=True, slots=True)
class FiguresSent:
    """What goes up for a row, every figure of it: ``document`` is the very body that is signed.

    ``text`` is the same to read, ``table`` holds its rows by (field, procedure) and their total.
    """

    document: Mapping[str, Any]
    text: str
    table: "Table"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A day here and at the hub: ``revision`` and ``code`` of each, and their totals (columns 3 to 13)."""

    day: date
    ours: StandingReport
    theirs: StandingReport
    our_total: "Line"
    their_total: "Line"


def gather(book: Register, *, now: datetime) -> Changes:
    """Give every closing that has none its row, with its report as it goes up; an older revision is superseded.

    Call it before reading, after a day was closed and when the outbox is shown: nothing to do costs nothing.
    """
    made = False
    while news := stored.without_row(book, _AT_ONCE):
        reports = [(event, _report(book, event)) for event in news]
        with book.write():
            for event, report in reports:
                _add(book, event, report, now)
            for on in {date.fromisoformat(report["from"]) for _, report in reports}:
                supersede(book, on, now=now)
        made = True
    return Changes(outbox=made)


def supersede(book: Register, on: date, *, now: datetime) -> None:
    """Only the newest revision of a day goes up; one that is on its way is told when it is back. Inside ``write``."""
    newest, *older = stored.of_day(book, on)
    for row in older:
        told = f"bản {newest.revision} thay"
        if row.state is not S.SENDING and (row.state, row.reason) != (S.SUPERSEDED, told):
            # What the hub said of it last stays: it may be what stands there until the newer one arrives.
            rest = row.rest if row.rest is S.ACKNOWLEDGED else S.SUPERSEDED
            since = {} if row.state is S.SUPERSEDED else {"changed_at": now}
            facts = {"state": S.SUPERSEDED, "rest": rest, "next_try_at": None, "reason": told}
            stored.change(book, row.seq, **facts, **since)


def rows(book: Register) -> tuple[OutboxRow, ...]:
    """Every revision of every closed day that was gathered, newest day first, newest revision first."""
    return tuple(stored.rows(book))


def page(book: Register, offset: int, limit: int) -> tuple[OutboxRow, ...]:
    """So many of :func:`rows`, for a list of years; :func:`counts` tells how many there are."""
    return tuple(stored.page(book, offset, limit))


def first_to_review(book: Register) -> int | None:
    """The place among :func:`rows`, from 0, of the first that a person must look at."""
    return stored.place_of_first(book, S.REVIEW)


def row(book: Register, on: date, revision: int | None = None) -> OutboxRow:
    """A revision of a day, the newest when none is named; UserError ``day_not_closed``."""
    found = [one for one in stored.of_day(book, on) if revision in (None, one.revision)]
    if not found:
        raise UserError("day_not_closed", f"Ngày {on:%d/%m/%Y} chưa chốt; chốt ngày rồi báo cáo mới vào hộp gửi.")
    return found[0]


def going_up(book: Register) -> list[OutboxRow]:
    """Rows about which the hub has not said its last word, the newest day first, and what it must hear with them.

    That are revisions which others took the place of before they were sent: they count nowhere, but without them the
    hub could not tell two histories of a restored register apart.
    """
    found = stored.rows(book, *OPEN)
    unheard = [one for one in stored.rows(book, S.SUPERSEDED) if one.acknowledgement is None] if found else []
    return sorted([*found, *unheard], key=lambda one: (one.day, one.revision), reverse=True)


def counts(book: Register) -> dict[OutboxState, int]:
    """How many rows are in each state; every state is there."""
    return dict.fromkeys(S, 0) | stored.counts(book)


def oldest_on_its_way(book: Register) -> date | None:
    """The oldest day that waits or lies on a stick."""
    return stored.oldest(book, S.WAITING, S.SENDING, S.COPIED)


def line(book: Register, now: datetime) -> Way:
    """What is known of the way to the hub."""
    seen, hub = stored.line(book), enrolling.hub(book)
    offline = seen.offline_since
    return Way(
        hub.name if hub else "",
        bool(enrolling.line(book).url),
        min(offline, now) if offline else None,
        seen.reason,
        next_probe(seen, now),
        seen.heard_at,
        seen.tried_at is not None and offline is None and not seen.reason,
    )


def next_probe(seen: LineState, now: datetime) -> datetime | None:
    """Until when the line rests; None when it may be tried now. A clock that went back ends every rest."""
    rests = seen.next_try_at is not None and seen.next_try_at > now and (seen.tried_at is None or seen.tried_at <= now)
    return seen.next_try_at if rests else None


def is_due(one: OutboxRow, now: datetime) -> bool:
    """Whether a row should go up now. A clock that went back since it was tried ends its rest."""
    if one.state not in (S.WAITING, S.COPIED, S.REVIEW):
        return False
    rests = one.next_try_at is not None and one.next_try_at > now
    return not rests or any(tried > now for tried in one.tries)


def note(one: OutboxRow, way: Way) -> str:
    """A few words on a row: its own reason, or what keeps all of them."""
    if one.reason:
        return one.reason
    if one.state is S.COPIED:
        return "chờ tệp xác nhận mang về"
    if one.state is not S.WAITING:
        return ""
    if not way.hub:
        return "chưa nối với nơi nhận"
    if way.offline_since or way.reason:
        return "chưa có mạng" if way.offline_since else way.reason
    return f"bản sửa, thay bản {one.revision - 1}" if one.revision > 1 else ""


def body(book: Register, one: OutboxRow) -> dict[str, Any]:
    """The report of a row as it was made when the row was: what is signed and sent."""
    kept: dict[str, Any] = json.loads(zlib.decompress(stored.report(book, one.seq)))
    return kept


def signed(book: Register, one: OutboxRow) -> "Document":
    """The report of a row under the key of this disk. ProtocolError ``bad_content`` when no hub could read it."""
    from desktop.office import sealing
    from desktop.sync.protocol import Kind, sign

    return sign(Kind.DAY_REPORT, body(book, one), sealing.private_key(book))


def figures_sent(book: Register, one: OutboxRow) -> FiguresSent:
    """Every figure that goes up for a row, and nothing else goes."""
    from desktop.rules import statistics

    told = body(book, one)
    lines = {(field, procedure): statistics.Line(*figures) for field, procedure, *figures in told["rows"]}
    table = statistics.Table(lines, statistics.Line(*told["total"]), tuple(told["broken"]))
    return FiguresSent(told, json.dumps(told, ensure_ascii=False, indent=1), table)


def compare(book: Register, one: OutboxRow) -> Comparison:
    """Our revision of a day beside what the hub holds of it; UserError ``nothing_to_compare`` without the latter."""
    from desktop.rules import statistics

    if one.standing is None:
        raise UserError("nothing_to_compare", f"Tuyến trên chưa nói giữ bản nào khác của ngày {one.day:%d/%m/%Y}.")
    ours = StandingReport(one.revision, one.code, one.sha256, tuple(body(book, one)["total"]))
    totals = statistics.Line(*ours.total), statistics.Line(*one.standing.total)
    return Comparison(one.day, ours, one.standing, *totals)


def shown(total: Sequence[int]) -> tuple[int, int, int]:
    """What a row shows of the columns (3) to (13): received on the day, ended on it, and past their promise."""
    from desktop.rules.statistics import Line

    line = Line(*total)
    return line.received_online + line.received_direct, line.resolved_total, line.late + line.pending_overdue


def _report(book: Register, event: "StoredEvent") -> dict[str, Any]:
    from desktop.office import closing, day_reports

    told = json.loads(event.payload)
    on = date.fromisoformat(told["day"])
    sealed = next(one for one in closing.between(book, on, on) if one.hash == event.hash)
    return day_reports.of_closing(book, sealed)


def _add(book: Register, event: "StoredEvent", report: Mapping[str, Any], now: datetime) -> None:
    from desktop.rules.packets import canonical
    from desktop.sync.protocol import report_sha256

    received, resolved, overdue = shown(report["total"])
    values = {
        "seq": event.seq,
        "day": report["from"],
        "revision": report["revision"],
        "code": report["code"],
        "sha256": report_sha256(report),
        "received": received,
        "resolved": resolved,
        "overdue": overdue,
        "state": str(S.WAITING),
        "rest": str(S.WAITING),
        "reason": "",
        "changed_at": now.isoformat(timespec="seconds"),
        "attempts": 0,
        "tries": "[]",
    }
    stored.add(book, values, zlib.compress(canonical(report), 9))
