"""Closing a day: its figures sealed into the chain with the list behind them, and a short code for the signed sheet.

A day that went on after it was closed gets a new revision with its reason; the old one stays. Overdue dossiers without
an apology are answered for by name. Hides how seals are kept and judged; called by windows, the verbs and ``checking``.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from db import events
from db.connection import Register
from db.events import StoredEvent
from db.vocabulary import EventKind
from desktop.errors import UserError
from desktop.office import ballots, counting, lists, rights, settings
from desktop.office.counting import Telling
from desktop.office.history import payload_of
from desktop.rules import statistics
from desktop.rules.codes import CLEAR_LETTERS
from desktop.rules.statistics import Course, Table
from desktop.rules.text import TextError, clean

_A_DAY = timedelta(days=1)
#: What a day says that closed itself, and one that went on after it was closed.
MISSED = "Tự chốt khi mở máy, vì chưa ai chốt ngày này."
WENT_ON = "Có việc ghi thêm sau khi đã chốt."
NOT_ANSWERED = "chưa trả lời"
#: Told before each of many days: done, of how many; False ends the work.
Step = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Closing:
    """One revision of a closed day. ``content`` is what was sealed, ``hash`` that of its event."""

    day: date
    revision: int
    code: str
    at: datetime
    clerk: str
    hash: str
    content: Mapping[str, Any]
    again: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the day closed itself afterwards."""
        return bool(self.content["late"])

    @property
    def table(self) -> Table:
        """The sealed figures."""
        lines = {(name, procedure): statistics.Line(*counts) for name, procedure, *counts in self.content["lines"]}
        total = sum(lines.values(), statistics.Line())
        return Table(lines, total, tuple(self.content["broken"]))


def close_day(
    book: Register,
    on: date,
    *,
    clerk: str | None,
    now: datetime,
    answers: Mapping[str, str] | None = None,
    reason: str = "",
) -> Closing:
    """Seal a day. Closing it again with nothing new gives the revision that stands.

    ``answers`` gives the reason for each dossier that is overdue without an apology (dossier code → sentence); what was
    answered at an earlier closing holds until it is apologised for. UserError ``day_in_future``, ``before_register``,
    ``unanswered`` (its facts name the dossiers), ``revision_without_reason``.
    """
    with book.write():
        actor = rights.acting(book, clerk, EventKind.CLOSE_DAY, now=now).short_name
        before = latest(book, on)
        if book.practice and now.date() < on:
            # A practice register may live ahead of the clock; no day is sealed before it came.
            now = max(now, events.last_moment(book) or now)
        figures = _figures(book, on, now=now)
        if before is not None and _same(before, figures):
            return before
        if before is not None and not _cleaned(reason):
            raise UserError(
                "revision_without_reason",
                f"Ngày {on:%d/%m/%Y} đã chốt (mã {before.code}) và số liệu đã khác; ghi lý do để chốt bản mới.",
                day=on.isoformat(),
                revision=before.revision,
            )
        silent = _answered(book, answers or {}, now)
        ballots.count(book, clerk=actor, now=now)
        return _seal(
            book, on, figures, before, silent=silent, reason=_cleaned(reason), late=False, clerk=actor, now=now
        )


def close_missed(book: Register, *, clerk: str, now: datetime, step: Step | None = None) -> tuple[Closing, ...]:
    """Close the earlier days that nobody closed, and those that went on afterwards; nothing on a register not begun.

    They are marked late; overdue dossiers that nobody answered for stand in them as unanswered. Between two days others
    may write: ``step`` hears how many days of how many are done and ends the work by answering False.
    """
    made = []
    unclosed = _unclosed(book, now)
    for done, on in enumerate(unclosed):
        if step and not step(done, len(unclosed)):
            break
        if sealed := _close_late(book, on, clerk=clerk, now=now):
            made.append(sealed)
    return tuple(made)


def _close_late(book: Register, on: date, *, clerk: str, now: datetime) -> Closing | None:
    """None for a day whose seal still says what happened.

    Counted before others are kept from writing, and again when somebody has written meanwhile.
    """
    while True:
        seen = events.head(book)
        # Whoever wrote after the closing of missed days began did so after the moment at which it began.
        at = max(now, events.last_moment(book) or now)
        standing, figures = latest(book, on), _figures(book, on, now=at)
        if standing is not None and _same(standing, figures):
            return None
        silent = dict.fromkeys(lists.owing_letters(book, at), NOT_ANSWERED) | _carried(book)
        with book.write():
            if events.head(book) == seen:
                why = WENT_ON if standing else MISSED
                who = rights.by_itself(book, EventKind.CLOSE_DAY, clerk=rights.at_work(book, clerk))
                return _seal(book, on, figures, standing, silent=silent, reason=why, late=True, clerk=who, now=at)


def _unclosed(book: Register, now: datetime) -> list[date]:
    """Days before today that have no closing: working days and days off on which something happened.

    The last two closed days are among them, for a day may go on after it was closed.
    """
    first = counting.begun_on(book, now=now)
    if first is None:
        return []
    closed = [closing.day for closing in between(book, first, now.date())]
    settled = set(sorted(set(closed))[:-2])
    calendar = settings.calendar(book)
    days = counting.by_day(book, first, now.date() - _A_DAY, now=now)
    return [
        day.on
        for day in days
        if day.on not in settled and (day.received or day.resolved or calendar.is_working_day(day.on))
    ]


def to_answer(book: Register, now: datetime) -> tuple[str, ...]:
    """Codes of the dossiers that are overdue without an apology and without an answer from an earlier closing."""
    known = _answers(book)
    return tuple(code for code in lists.owing_letters(book, now) if code not in known)


def latest(book: Register, on: date) -> Closing | None:
    """The revision of a day that stands, if it was ever closed."""
    closings = between(book, on, on)
    return closings[-1] if closings else None


def between(book: Register, first: date, last: date) -> tuple[Closing, ...]:
    """Every revision of the days of a period, by day and revision."""
    return tuple(map(_closing, events.with_keys(book, EventKind.CLOSE_DAY, f"close_day {first}", f"close_day {last}~")))


def newest(book: Register) -> Closing | None:
    """The last day that was closed, in its last revision."""
    event = events.last_with_key(book, EventKind.CLOSE_DAY, "close_day ")
    return _closing(event) if event else None


def directly_before(book: Register, sealed: Closing) -> Closing | None:
    """What was closed last before this: closings form a chain of their own, whichever days they are of."""
    event = events.last_before(book, EventKind.CLOSE_DAY, sealed.content["chain"]["seq"] + 1)
    return _closing(event) if event else None


def faults(book: Register) -> Iterator[str]:
    """One sentence for every seal that the events before it do not bear out."""
    story = _Story(book)
    for event in events.walk(book):
        if event.kind == EventKind.CLOSE_DAY:
            if why := _seal_fault(event, story):
                yield f"sự kiện {event.seq}: {why}"
        else:
            story.hear(event)


@dataclass(frozen=True, slots=True)
class _Figures:
    table: Table
    list_sha256: str


def _figures(book: Register, on: date, *, now: datetime) -> _Figures:
    newest_at = events.last_moment(book)
    if on > max(now, newest_at or now).date():
        raise UserError("day_in_future", f"Ngày {on:%d/%m/%Y} chưa đến; không chốt được.")
    begun_at, first = events.first_moment(book), counting.begun_on(book, now=now)
    days = [moment for moment in (begun_at and begun_at.date(), first) if moment]
    if days and on < min(days):
        raise UserError("before_register", f"Sổ bắt đầu từ {min(days):%d/%m/%Y}; không chốt được ngày {on:%d/%m/%Y}.")
    return _counted(counting.courses(book, on, now=now), on)


def _counted(courses: Mapping[str, Course], on: date) -> _Figures:
    listed = [statistics.evidence(code, courses[code], on) for code in sorted(courses)]
    digest = hashlib.sha256(events.canonical({"day": on.isoformat(), "list": listed}).encode()).hexdigest()
    return _Figures(statistics.counted(courses.values(), on, on), digest)


def _same(closing: Closing, figures: _Figures) -> bool:
    return closing.content["list_sha256"] == figures.list_sha256 and closing.table == figures.table


def _answered(book: Register, answers: Mapping[str, str], now: datetime) -> dict[str, str]:
    """The reason for each dossier that nobody apologised for; UserError while one has none."""
    known = _answers(book)
    given = {code: _cleaned(why) for code, why in answers.items()}
    owed = lists.owing_letters(book, now)
    silent = {code: given.get(code) or known.get(code, "") for code in owed}
    missing = [code for code, why in silent.items() if not why]
    if missing:
        shown = ", ".join(missing[:5]) + ("…" if len(missing) > 5 else "")
        raise UserError(
            "unanswered",
            f"Còn {len(missing)} hồ sơ quá hạn chưa xin lỗi: {shown}. Lập phiếu xin lỗi, hoặc ghi lý do từng hồ sơ.",
            dossiers=missing,
        )
    return silent


def _answers(book: Register) -> dict[str, str]:
    """What was really answered; a day that closed itself answers for nobody."""
    return {code: why for code, why in _carried(book).items() if why != NOT_ANSWERED}


def _carried(book: Register) -> dict[str, str]:
    """What the last closing says of dossiers that still owe their apology."""
    last = newest(book)
    return dict(last.content["silent"]) if last else {}


def _seal(
    book: Register,
    on: date,
    figures: _Figures,
    before: Closing | None,
    *,
    silent: Mapping[str, str],
    reason: str,
    late: bool,
    clerk: str,
    now: datetime,
) -> Closing:
    seq, head = events.head(book)
    revision = before.revision + 1 if before else 1
    content: dict[str, Any] = {
        "day": on.isoformat(),
        "revision": revision,
        "unit": settings.unit(book).code,
        "lines": [[*group, *astuple(line)] for group, line in figures.table.lines.items()],
        "broken": list(figures.table.broken),
        "list_sha256": figures.list_sha256,
        "chain": {"seq": seq, "hash": head},
        "late": late,
        "reason": reason,
        "silent": dict(silent),
        "before": before.code if before else "",
    }
    content["code"] = short_code(content)
    # Found by its beginning; the rest keeps a key that somebody else chose from standing in the way.
    key = f"close_day {on} {revision:03d} {uuid4()}"
    return _closing(events.append(book, EventKind.CLOSE_DAY, content, at=now, clerk=clerk, key=key))


def short_code(content: Mapping[str, Any]) -> str:
    """Eight letters over everything sealed, as in ``7F3K-92QD``: whoever changes a figure changes the signed sheet."""
    sealed = {name: value for name, value in content.items() if name != "code"}
    number = int.from_bytes(hashlib.sha256(events.canonical(sealed).encode()).digest()[:8])
    letters = ""
    for _ in range(8):
        number, rest = divmod(number, len(CLEAR_LETTERS))
        letters += CLEAR_LETTERS[rest]
    return f"{letters[:4]}-{letters[4:]}"


def _closing(event: StoredEvent) -> Closing:
    told = json.loads(event.payload)
    day, at = date.fromisoformat(told["day"]), datetime.fromisoformat(event.at)
    return Closing(day, told["revision"], told["code"], at, event.clerk, event.hash, told)


def _cleaned(text: str) -> str:
    try:
        return clean(text)
    except TextError as error:
        raise UserError(error.code, error.message) from error


class _Story:
    """Courses as the chain tells them, so far; made anew only for what was told of since they were last asked for."""

    def __init__(self, book: Register) -> None:
        self._told: dict[str, Telling] = {}
        self._told_anew: set[str] = set()
        #: By the day on which they ended, those that are open under None.
        self._courses: dict[date | None, dict[str, Course]] = {}
        self._ended_on: dict[str, date | None] = {}
        self._field_of = counting.field_of(book)

    def hear(self, event: StoredEvent) -> None:
        if event.dossier is not None:
            self._told_anew.add(event.dossier)
            self._told.setdefault(event.dossier, Telling(self._field_of)).hear(event.kind, event.at, event.payload)

    def courses(self, on: date) -> dict[str, Course]:
        """Every dossier that was received by the end of a day and had not ended before it."""
        for code in self._told_anew:
            if code in self._ended_on:
                del self._courses[self._ended_on.pop(code)][code]
            if course := self._told[code].course():
                self._ended_on[code] = course.ended_on
                self._courses.setdefault(course.ended_on, {})[code] = course
        self._told_anew.clear()
        days = (courses for ended_on, courses in self._courses.items() if ended_on is None or ended_on >= on)
        return {code: course for courses in days for code, course in courses.items() if course.received_on <= on}


def _seal_fault(event: StoredEvent, story: _Story) -> str:
    content = payload_of(event)
    if content["code"] != short_code(content):
        return "mã của bản chốt không khớp nội dung"
    figures = _counted(story.courses(date.fromisoformat(content["day"])), date.fromisoformat(content["day"]))
    if figures.list_sha256 != content["list_sha256"] or figures.table != _closing(event).table:
        return "số liệu đã chốt không theo các việc đã ghi"
    return ""
