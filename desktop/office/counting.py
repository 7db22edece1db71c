"""The figures of the register, always up to the last event: what a period counted, and which dossiers are behind it.

Hides how figures are kept (``db.figures``) and brought up to date; what counts as what is ``rules.statistics``.
Reads the register and never changes it. Each thread calls with its own session.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby

import msgspec

from db import dossiers, events, figures
from db.connection import Register
from db.figures import DayRow, Figures, Mark, Reach, StoredCourse
from db.records import DossierRow
from db.vocabulary import Channel, DossierStatus, EventKind, Outcome
from desktop.errors import UserError
from desktop.office import lookup, procedures
from desktop.rules import statistics
from desktop.rules.periods import Period
from desktop.rules.statistics import Course, DayFigures, Flow, Group, Line, Span, Table, Told

_A_DAY = timedelta(days=1)
_AT_ONCE = 2_000
FieldOf = Callable[[int], str]
#: Told while a long count runs: done, of how many.
Progress = Callable[[int, int], None]


class _Form(msgspec.Struct):
    channel: str


class _Reception(msgspec.Struct):
    procedure: str
    version_id: int
    received_at: str
    due_at: str
    form: _Form


class _After(msgspec.Struct):
    status: int
    due_at: str | None
    paused_since: str | None
    finished_at: str | None


class _Act(msgspec.Struct):
    after: _After | None = None


_reception = msgspec.json.Decoder(_Reception).decode
_act = msgspec.json.Decoder(_Act).decode


@dataclass(frozen=True, slots=True)
class Counted:
    """The table of the days ``first`` to ``last``; ``as_of`` is earlier when the period has not ended yet."""

    first: date
    last: date
    as_of: date
    begun_on: date | None
    table: Table


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day of the whole register: what came, what ended and how, what stood open at its end."""

    on: date
    received: int
    early: int
    on_time: int
    late: int
    pending: int
    overdue: int

    @property
    def resolved(self) -> int:
        return self.early + self.on_time + self.late


def counted(book: Register, first: date, last: date, *, now: datetime) -> Counted:
    """The official table of a period, by field and procedure; UserError ``period_in_future``."""
    with up_to_date(book, now=now) as (kept, today):
        if first > today:
            raise UserError("period_in_future", f"Kỳ từ {first:%d/%m/%Y} chưa đến; hôm nay là {today:%d/%m/%Y}.")
        begun = _maybe_day(kept.first_day())
        return Counted(first, last, min(last, today), begun, table_of(kept, first, last, today))


def table_of(kept: Figures, first: date, last: date, today: date) -> Table:
    """The table from figures that are up to date: stored days summed, the days after them counted from the courses."""
    as_of, until = min(last, today), _counted_until(kept.mark())
    carried, flows = dict[Group, int](), dict[Group, Flow]()
    pending = dict[Group, tuple[int, int]]()
    if until is not None:
        carried = {group: counts[0] for group, counts in _stock(kept, min(first - _A_DAY, until)).items()}
        pending = _stock(kept, min(as_of, until))
        for name, procedure, *sums in kept.flows(first.isoformat(), min(as_of, until).isoformat()):
            flows[name, procedure] = Flow(*sums)
    for on, groups in _live_days(kept, until, as_of):
        if on == first - _A_DAY:
            carried = {group: day.pending for group, day in groups.items()}
        if on >= first:
            for group, day in groups.items():
                flows[group] = flows.get(group, Flow()).plus(day)
        if on == as_of:
            pending = {group: (day.pending, day.overdue) for group, day in groups.items()}
    return statistics.table(flows, carried, pending)


def totals(book: Register, asked: Sequence[Period], *, now: datetime) -> tuple[Line | None, ...]:
    """The sum of each period; None for one that ended before the register began or that has not begun."""
    with up_to_date(book, now=now) as (kept, today):
        begun = _maybe_day(kept.first_day())
        return tuple(
            table_of(kept, period.first, period.last, today).total
            if begun is not None and begun <= period.last and period.first <= today
            else None
            for period in asked
        )


def by_day(book: Register, first: date, last: date, *, now: datetime) -> tuple[DayCount, ...]:
    """Every day of a period since the register began that has come, all fields together."""
    with up_to_date(book, now=now) as (kept, today):
        as_of = min(last, today)
        until = _counted_until(kept.mark())
        stored = []
        if until is not None:
            stored = kept.months(first.isoformat(), min(as_of, until).isoformat())
        days = {on: DayCount(date.fromisoformat(on), *counts) for on, *counts in stored}
        for on, groups in _live_days(kept, until, as_of):
            if on >= first:
                days[on.isoformat()] = _of_all(on, groups.values())
        begun = _maybe_day(kept.first_day())
    if begun is None:
        return ()
    first = max(first, begun)
    counted_days = (first + timedelta(days=number) for number in range((as_of - first).days + 1))
    return tuple(days.get(on.isoformat()) or _of_all(on, ()) for on in counted_days)


def behind(
    book: Register,
    column: str,
    first: date,
    last: date,
    *,
    now: datetime,
    field: str | None = None,
    procedure: str | None = None,
) -> tuple[DossierRow, ...]:
    """The dossiers that a cell of the table counts, in order of reception; ``column`` is one of COLUMNS."""
    if column not in statistics.COLUMNS:
        raise UserError("unknown_column", f"Bảng không có cột “{column}”.")
    with up_to_date(book, now=now) as (kept, today):
        ids = kept.behind(column, first.isoformat(), min(last, today).isoformat(), field=field, procedure=procedure)
    return tuple(dossiers.by_ids(book, ids))


def seen_behind(
    book: Register,
    column: str,
    first: date,
    last: date,
    *,
    now: datetime,
    field: str | None = None,
    procedure: str | None = None,
    clerk: str | None = None,
) -> tuple[DossierRow, ...]:
    """As :func:`behind`, as ``clerk`` may read it: all of them, the names of his own fields."""
    rows = behind(book, column, first, last, now=now, field=field, procedure=procedure)
    return lookup.veiled(book, rows, clerk=clerk)


def courses(book: Register, on: date, *, now: datetime) -> dict[str, Course]:
    """Dossier code → course of everything that was received by the end of a day and had not ended before it."""
    with up_to_date(book, now=now) as (kept, _):
        found = dict(opened(kept.standing_on(on.isoformat())))
    return {code: found[dossier] for dossier, code in figures.codes(book, list(found)).items()}


def begun_on(book: Register, *, now: datetime) -> date | None:
    """The day on which the first dossier was received."""
    with up_to_date(book, now=now) as (kept, _):
        first = kept.first_day()
    return _maybe_day(first)


@contextmanager
def up_to_date(book: Register, *, now: datetime, progress: Progress | None = None) -> Iterator[tuple[Figures, date]]:
    """The figures with every event read, and the day that is today: never before the last event's.

    A register whose chain no longer holds what was read (restored, tampered with) is counted from the start.
    """
    newest = events.last_moment(book)
    today = max(now.date(), newest.date()) if newest else now.date()
    with figures.opened(book, lambda kept: _follow(book, kept, today, progress)) as kept:
        yield kept, today


def _follow(book: Register, kept: Figures, today: date, progress: Progress | None) -> None:
    with kept.write():
        mark = kept.mark()
        read_last = events.by_seq(book, mark.seq)
        if mark.seq and (read_last is None or read_last.hash != mark.hash):
            kept.forget()
            mark = Mark()
        seq, digest = events.head(book)
        until = mark.counted_until
        if seq > mark.seq:
            until = _read_events(book, kept, mark, seq, progress)
        until = _count_days(kept, until, today - _A_DAY)
        if (seq, digest, until) != (mark.seq, mark.hash, mark.counted_until):
            kept.set_mark(Mark(seq, digest, until))


def _read_events(book: Register, kept: Figures, mark: Mark, seq: int, progress: Progress | None) -> str | None:
    """Take in what is new; gives the last day whose figures still hold."""
    told, until = figures.told_since(book, mark.seq), mark.counted_until
    ids = [dossier for dossier, _ in told]
    before = {} if until is None else kept.reaches(ids)
    read_dossiers(book, kept, ids, seq, progress)
    if told and until is not None:
        changed = _days_changed(before, kept.reaches(ids))
        earliest = date.fromisoformat(min(changed | {at[:10] for _, at in told})) - _A_DAY
        if earliest.isoformat() < until:
            until = earliest.isoformat()
            kept.forget_days_after(until)
    return until


def _days_changed(before: Mapping[int, Reach], after: Mapping[int, Reach]) -> set[str]:
    """Days on which a dossier came or ended in one of two tellings only: what is undone after midnight reaches back."""
    never = None, None
    told = ((before.get(one, never), after.get(one, never)) for one in before.keys() | after.keys())
    moved = (pair for was, now in told for pair in zip(was, now, strict=True) if pair[0] != pair[1])
    return {day for pair in moved for day in pair if day is not None}


def read_dossiers(
    book: Register, kept: Figures, ids: Sequence[int], seq: int, progress: Progress | None = None
) -> None:
    """Take the courses of these dossiers from their events up to the number ``seq``, some at a time."""
    fields = field_of(book)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        kept.put_courses(some, _courses(figures.histories(book, some, seq), fields))
        if progress:
            progress(start + len(some), len(ids))


def _courses(histories: Iterable[tuple[int, str, str, str]], field_of: FieldOf) -> Iterator[StoredCourse]:
    for dossier, told in groupby(histories, key=lambda row: row[0]):
        telling = Telling(field_of)
        for _, kind, at, payload in told:
            telling.hear(kind, at, payload)
        course = telling.course()
        if course is not None:
            yield (
                dossier,
                *course.group,
                course.online,
                course.received_on.isoformat(),
                _iso(course.ended_on),
                course.outcome and str(course.outcome),
                [(span.from_on.isoformat(), _iso(span.due_on), _iso(span.paused_on)) for span in course.spans],
            )


class Telling:
    """One dossier's events as they are told, oldest first, and the course they make."""

    __slots__ = ("_field_of", "_group", "_online", "_steps")

    def __init__(self, field_of: FieldOf) -> None:
        self._field_of = field_of
        self._group: Group = ("", "")
        self._online = False
        self._steps: list[Told] = []

    def hear(self, kind: str, at: str, payload: str) -> None:
        """Take in an event as it is stored; what leaves the dossier as it was is passed over."""
        if kind == EventKind.REGISTER:
            begun = _reception(payload)
            self._group = (self._field_of(begun.version_id), begun.procedure)
            self._online = begun.form.channel == Channel.ONLINE
            self._steps.append(Told(_day(begun.received_at), DossierStatus.RECEIVED, _day(begun.due_at)))
        elif kind != EventKind.PRINT and (after := _act(payload).after):
            moments = (_maybe_day(moment) for moment in (after.due_at, after.paused_since, after.finished_at))
            self._steps.append(Told(_day(at), DossierStatus(after.status), *moments))

    def course(self) -> Course | None:
        """The course so far; None for what was never received."""
        return statistics.course(self._group, self._online, self._steps) if self._steps else None


def field_of(book: Register) -> FieldOf:
    """Tells the field of a procedure version, each looked up once."""
    return cache(lambda version_id: procedures.version(book, version_id).field)


def _count_days(kept: Figures, until: str | None, yesterday: date) -> str | None:
    """Store the figures of the days that are over; gives the last of them."""
    counted_until = _counted_until(Mark(counted_until=until))
    last: str | None = until
    for on, groups in _live_days(kept, counted_until, yesterday):
        kept.put_days(_day_row(on, group, day) for group, day in groups.items())
        last = on.isoformat()
    return last


def _live_days(kept: Figures, until: date | None, last: date) -> Iterator[tuple[date, dict[Group, DayFigures]]]:
    """The days after the stored ones up to ``last``, counted from the courses."""
    if until is None:
        begun = kept.first_day()
        if begun is None:
            return
        until = date.fromisoformat(begun) - _A_DAY
    if until < last:
        opening = _stock(kept, until)
        courses_ = (course for _, course in opened(kept.open_after(until.isoformat())))
        yield from statistics.days(courses_, opening, until + _A_DAY, last)


def opened(rows: Iterable[tuple]) -> Iterator[tuple[int, Course]]:
    """``(dossier id, course)`` from the rows of ``Figures.open_after`` and ``Figures.courses_of``."""
    for dossier, spans in groupby(rows, key=lambda row: row[0]):
        told = list(spans)
        _, name, procedure, online, received_on, ended_on, outcome = told[0][:7]
        ways = tuple(Span(_day(row[7]), _maybe_day(row[8]), _maybe_day(row[9])) for row in told)
        ended = Outcome(outcome) if outcome else None
        yield (
            dossier,
            Course((name, procedure), bool(online), _day(received_on), ways, _maybe_day(ended_on), ended),
        )


def _stock(kept: Figures, on: date) -> dict[Group, tuple[int, int]]:
    return {(name, procedure): (pending, overdue) for name, procedure, pending, overdue in kept.stock(on.isoformat())}


def _day_row(on: date, group: Group, day: DayFigures) -> DayRow:
    return (on.isoformat(), *group, *astuple(day))  # type: ignore[return-value]


def _of_all(on: date, groups: Iterable[DayFigures]) -> DayCount:
    sums = DayFigures()
    for day in groups:
        sums = DayFigures(*(a + b for a, b in zip(astuple(sums), astuple(day), strict=True)))
    return DayCount(
        on,
        sums.received_online + sums.received_direct,
        sums.early,
        sums.on_time,
        sums.late,
        sums.pending,
        sums.overdue,
    )


def _counted_until(mark: Mark) -> date | None:
    return date.fromisoformat(mark.counted_until) if mark.counted_until else None


def _day(moment: str) -> date:
    """The day of a moment or of a date; every moment is written at +07:00."""
    return date.fromisoformat(moment[:10])


def _maybe_day(moment: str | None) -> date | None:
    return _day(moment) if moment else None


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None
