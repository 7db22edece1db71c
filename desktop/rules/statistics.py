"""From events to the official table: a dossier's course through the days, the days' figures, the table of a period.

The one engine of every figure (Biểu số II.06a/VPCP/KSTT, TT 01/2020/TT-VPCP; domain.md 4.1). Pure: it reads what
events sealed and never a dossier's status of today, so that the past stays what it was. Only dates are compared.

How dossiers are counted, in the words that stand under every table, is ``COUNTING_RULES``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from operator import add, attrgetter

from db.vocabulary import DossierStatus, Outcome
from desktop.rules.lifecycle import ENDED, outcome_by_dates

S = DossierStatus
#: What a line of the table is about: field and procedure code.
Group = tuple[str, str]

#: What a reader must know to check a figure by hand.
COUNTING_RULES = (
    "Chỉ so sánh ngày, theo giờ Việt Nam; trễ trong cùng ngày hẹn vẫn là đúng hạn.",
    "Từ kỳ trước: tiếp nhận trước kỳ và đến đầu kỳ chưa kết thúc.",
    "Đã giải quyết: ngày kết thúc nằm trong kỳ, so với ngày hẹn có hiệu lực khi đó; dân đến lấy muộn không là trễ.",
    "Rút, dừng, trả lại sau khi đã tiếp nhận tính là đã giải quyết: đúng hạn, trừ khi đã quá ngày hẹn.",
    "Hồ sơ kết thúc khi đang chờ người nộp tính theo ngày bắt đầu chờ.",
    "Từ chối ngay trong ngày nộp, chưa quá hẹn: coi như chưa tiếp nhận, không có trong bảng.",
    "Đang giải quyết: đến cuối kỳ chưa kết thúc; quá hạn khi ngày hẹn trước ngày cuối kỳ.",
    "Đang chờ người nộp bổ sung hoặc nộp tiền thì xét quá hạn theo ngày bắt đầu chờ.",
    "Không có ngày hẹn: trong hạn, đúng hạn. Hồ sơ phi địa giới tính một lần ở nơi nhận và một lần ở nơi giải quyết.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """What one event leaves of a dossier, sealed in it: the day, the promise, a clock that stands, the end."""

    on: date
    status: DossierStatus
    due_on: date | None
    paused_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """From the end of this day on, the promise was ``due_on``; ``paused_on`` is when the clock was stopped."""

    from_on: date
    due_on: date | None
    paused_on: date | None = None

    def is_overdue(self, on: date) -> bool:
        """Whether at the end of that day the promise had been missed; a standing clock is judged when it stopped."""
        return self.due_on is not None and (self.paused_on or on) > self.due_on


@dataclass(frozen=True, slots=True)
class Course:
    """A received dossier's way through the days. ``spans`` begin at reception; ``outcome`` goes with ``ended_on``."""

    group: Group
    online: bool
    received_on: date
    spans: tuple[Span, ...]
    ended_on: date | None = None
    outcome: Outcome | None = None


def course(group: Group, online: bool, events: Sequence[Told]) -> Course | None:
    """The course that a dossier's events tell, oldest first; None when it was refused on the day it came, in time.

    Of the events of one day the last one speaks for the day.
    """
    last_of_day: dict[date, Told] = {}
    for event in events:
        last_of_day[event.on] = event
    received_on, last = events[0].on, events[-1]
    spans: list[Span] = []
    for on in sorted(last_of_day):
        told = last_of_day[on]
        if not spans or (spans[-1].due_on, spans[-1].paused_on) != (told.due_on, told.paused_on):
            spans.append(Span(on, told.due_on, told.paused_on))
    if last.ended_on is None or last.status not in ENDED:
        return Course(group, online, received_on, tuple(spans))
    ended = outcome_by_dates(last.status, last.due_on, last.ended_on, last.paused_on)
    if last.status is S.NOT_RECEIVED and last.ended_on == received_on and ended is not Outcome.LATE:
        return None
    return Course(group, online, received_on, tuple(spans), last.ended_on, ended)


@dataclass(slots=True)
class DayFigures:
    """What happened on one day in one group, and what stood open when it was over."""

    received_online: int = 0
    received_direct: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    pending: int = 0
    overdue: int = 0

    def receive(self, online: bool) -> None:
        if online:
            self.received_online += 1
        else:
            self.received_direct += 1

    def resolve(self, outcome: Outcome) -> None:
        match outcome:
            case Outcome.EARLY:
                self.early += 1
            case Outcome.ON_TIME:
                self.on_time += 1
            case Outcome.LATE:
                self.late += 1


def days(
    courses: Iterable[Course], opening: Mapping[Group, tuple[int, int]], first: date, last: date
) -> Iterator[tuple[date, dict[Group, DayFigures]]]:
    """The figures of every day from ``first`` to ``last``.

    ``opening`` is what stood open and overdue at the end of the day before, ``courses`` every dossier that was open
    then or came later. Work grows with courses plus days, memory with what happened on days.
    """
    flows: dict[date, dict[Group, DayFigures]] = {}
    steps: dict[date, dict[Group, list[int]]] = {}
    for one in courses:
        _add_flow(flows, one, first, last)
        for on, step in _steps(one, first):
            change = steps.setdefault(on, {}).setdefault(one.group, [0, 0])
            change[0] += step[0]
            change[1] += step[1]
    stock = {group: list(counts) for group, counts in opening.items()}
    for on in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        for group, change in steps.get(on, {}).items():
            counts = stock.setdefault(group, [0, 0])
            counts[0] += change[0]
            counts[1] += change[1]
        figures = flows.get(on, {})
        for group, counts in stock.items():
            if any(counts):
                day = figures.setdefault(group, DayFigures())
                day.pending, day.overdue = counts
        yield on, figures


def _add_flow(flows: dict[date, dict[Group, DayFigures]], one: Course, first: date, last: date) -> None:
    if first <= one.received_on <= last:
        flows.setdefault(one.received_on, {}).setdefault(one.group, DayFigures()).receive(one.online)
    if one.ended_on is not None and one.outcome is not None and first <= one.ended_on <= last:
        flows.setdefault(one.ended_on, {}).setdefault(one.group, DayFigures()).resolve(one.outcome)


def _steps(one: Course, first: date) -> Iterator[tuple[date, tuple[int, int]]]:
    """By how much the open and the overdue change, and when; what changed before ``first`` is in the opening."""
    for begin, end, overdue in _open_times(one):
        step = (0, 1) if overdue else (1, 0)
        if begin >= first and begin != end:
            yield begin, step
        if end is not None and end >= first and begin != end:
            yield end, (-step[0], -step[1])


def _open_times(one: Course) -> Iterator[tuple[date, date | None, bool]]:
    """When it was pending (False), and within that overdue (True), as half-open ranges of days."""
    yield one.received_on, one.ended_on, False
    for span, following in zip(one.spans, (*one.spans[1:], None), strict=True):
        end = following.from_on if following else None
        if one.ended_on is not None and (end is None or end > one.ended_on):
            end = one.ended_on
        if span.due_on is None:
            continue
        begin = span.from_on if span.paused_on else max(span.from_on, span.due_on + timedelta(days=1))
        if span.is_overdue(begin) and (end is None or begin < end):
            yield begin, end, True


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table, columns (3) to (13) of the form in their order."""

    received_total: int = 0
    received_online: int = 0
    received_direct: int = 0
    carried_over: int = 0
    resolved_total: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    pending_total: int = 0
    pending_in_time: int = 0
    pending_overdue: int = 0

    def __add__(self, other: "Line") -> "Line":
        return Line(*map(add, _counts(self), _counts(other)))


COLUMNS: tuple[str, ...] = tuple(each.name for each in fields(Line))
_counts: Callable[[Line], tuple[int, ...]] = attrgetter(*COLUMNS)


@dataclass(frozen=True, slots=True)
class Flow:
    """Sums over the days of a period for one group."""

    received_online: int = 0
    received_direct: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0

    def plus(self, day: DayFigures) -> "Flow":
        """These sums with one more day."""
        return Flow(
            self.received_online + day.received_online,
            self.received_direct + day.received_direct,
            self.early + day.early,
            self.on_time + day.on_time,
            self.late + day.late,
        )


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a period: a line by group (field, or field and procedure), their sum, broken identities."""

    lines: Mapping[Group, Line]
    total: Line
    broken: tuple[str, ...] = field(default=())


def table(flows: Mapping[Group, Flow], carried: Mapping[Group, int], pending: Mapping[Group, tuple[int, int]]) -> Table:
    """The table from what happened within a period and what stood open before it and at its end.

    The two ways to the pending dossiers, counted and (3) - (7), must meet; ``broken`` names where they do not.
    """
    lines = {}
    for group in sorted(flows.keys() | carried.keys() | pending.keys()):
        flow, left = flows.get(group, Flow()), pending.get(group, (0, 0))
        came = flow.received_online + flow.received_direct + carried.get(group, 0)
        done = flow.early + flow.on_time + flow.late
        if came or done or left[0]:
            lines[group] = Line(
                came,
                flow.received_online,
                flow.received_direct,
                carried.get(group, 0),
                done,
                flow.early,
                flow.on_time,
                flow.late,
                left[0],
                left[0] - left[1],
                left[1],
            )
    total = sum(lines.values(), Line())
    broken = [f"{group[0]} {group[1]}".strip() for group, line in lines.items() if not holds(line)]
    return Table(lines, total, tuple(broken))


def holds(line: Line) -> bool:
    """(3) = (4) + (5) + (6), (7) = (8) + (9) + (10), (11) = (12) + (13), (3) = (7) + (11), and nothing below zero."""
    return adds_up(_counts(line))


def adds_up(counts: Sequence[int]) -> bool:
    """The same of a line's eleven counts, in the order of ``COLUMNS``."""
    came, online, direct, carried, done, early, on_time, late, left, in_time, overdue = counts
    return (
        came == online + direct + carried == done + left
        and done == early + on_time + late
        and left == in_time + overdue
        and min(counts) >= 0
    )


def counted(courses: Iterable[Course], first: date, last: date) -> Table:
    """The table of a period straight from the courses, each looked at once; what ``days`` must agree with."""
    flows: dict[Group, Flow] = {}
    carried: dict[Group, int] = {}
    pending: dict[Group, tuple[int, int]] = {}
    for one in courses:
        day = DayFigures()
        if first <= one.received_on <= last:
            day.receive(one.online)
        if one.outcome is not None and one.ended_on is not None and first <= one.ended_on <= last:
            day.resolve(one.outcome)
        flows[one.group] = flows.get(one.group, Flow()).plus(day)
        if one.received_on < first and (one.ended_on is None or one.ended_on >= first):
            carried[one.group] = carried.get(one.group, 0) + 1
        if one.received_on <= last and (one.ended_on is None or one.ended_on > last):
            total, overdue = pending.get(one.group, (0, 0))
            pending[one.group] = total + 1, overdue + span_on(one, last).is_overdue(last)
    return table(flows, carried, pending)


def span_on(one: Course, on: date) -> Span:
    """The promise as it stood at the end of a day, not before reception."""
    return next(span for span in reversed(one.spans) if span.from_on <= on)


def columns_of(one: Course, first: date, last: date) -> tuple[str, ...]:
    """The columns of a period's table in which this dossier is counted, in their order; none for one that is not."""
    lines = counted((one,), first, last).lines
    return tuple(name for line in lines.values() for name in COLUMNS if getattr(line, name))


def missed_on(one: Course) -> date | None:
    """The first day on which its promise had passed while it was owed; None for a promise that was kept so far.

    It may lie ahead: the promise of an open dossier passes the day after it.
    """
    passed = (begin for begin, _, overdue in _open_times(one) if overdue)
    return next(passed, one.ended_on if one.outcome is Outcome.LATE else None)


def evidence(code: str, one: Course, on: date) -> list[str | None]:
    """What a day's figures say of one dossier as known at the end of that day: the line that a seal is made over."""
    span, has_ended = span_on(one, on), one.ended_on is not None and one.ended_on <= on
    return [
        code,
        *one.group,
        "online" if one.online else "direct",
        one.received_on.isoformat(),
        span.due_on.isoformat() if span.due_on else None,
        span.paused_on.isoformat() if span.paused_on else None,
        one.ended_on.isoformat() if has_ended and one.ended_on else None,
        str(one.outcome) if has_ended and one.outcome else None,
    ]


def by_field(lines: Mapping[Group, Line]) -> dict[str, Line]:
    """Lines by field and procedure folded to the fields."""
    folded: dict[str, Line] = {}
    for (name, _), line in lines.items():
        folded[name] = folded.get(name, Line()) + line
    return folded


#: Below so many, one dossier moves a rate by more than two points: the reader is told.
SMALL_NUMBER = 50


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it is a share of; never a bare percentage."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> str | None:
        """Two decimals rounded down, so that 100.00 means every one of them; None when there is nothing to share."""
        if self.denominator == 0:
            return None
        hundredths = self.numerator * 10_000 // self.denominator
        return f"{hundredths // 100}.{hundredths % 100:02d}"

    @property
    def words(self) -> str:
        """As people read it: "98,53 %", or "—"."""
        return "—" if self.percent is None else f"{self.percent.replace('.', ',')} %"

    @property
    def is_small(self) -> bool:
        return self.denominator < SMALL_NUMBER


def on_time_rate(line: Line) -> Rate:
    """Early and on time together, of everything that was resolved."""
    return Rate(line.early + line.on_time, line.resolved_total)


def bare_target(typed: str) -> str:
    """The on-time rate that a commune sets itself, as it is stored: ``98,5``, or nothing."""
    return typed.strip().removesuffix("%").rstrip().replace(".", ",")


def target_problem(bare: str) -> tuple[str, str] | None:
    """Code and sentence for what is no rate in percent with at most two decimals."""
    if not bare or (_TARGET.fullmatch(bare) and float(bare.replace(",", ".")) <= 100):
        return None
    return "bad_target", "Chỉ tiêu đúng hạn là số từ 0 đến 100, nhiều nhất hai chữ số sau dấu phẩy, ví dụ 98,5."


_TARGET = re.compile(r"[0-9]{1,3}(,[0-9]{1,2})?")
