"""One dossier as its events told it up to a day: what the figures beside the official table are made of.

Pure. Hides how undone acts, clock stops and letters are found in a history. Filled by ``office.cases`` from the chain,
read by ``rules.indicators`` and its neighbours; never asks what a dossier's status is today.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.records import Limit
from db.vocabulary import EventKind
from desktop.rules import lifecycle, statistics
from desktop.rules.calendar import WorkCalendar
from desktop.rules.lifecycle import Happened
from desktop.rules.statistics import Course
from desktop.rules.trail import Pause

E = EventKind

_ENDINGS = (E.FINISH, E.REFUSE, E.STOP, E.WITHDRAW)
_STOPS = frozenset({E.REQUEST_SUPPLEMENT, E.REQUEST_OBLIGATION})


@dataclass(frozen=True, slots=True)
class Reception:
    """What reception recorded. ``statutory`` is the law's limit where the commune's is shorter; ``slips`` counts the
    slips that were given for the matter before. ``filed_by`` is empty where nobody asked who typed an online dossier.
    """

    procedure_name: str
    limit: Limit
    statutory: Limit | None
    channel: str
    clerk: str
    filed_by: str = ""
    slips: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier as known at the end of a day; ``happened`` is what stands of its events then, by kind, oldest first.

    ``course`` is that of the official table, so that every figure here counts the same dossiers.
    """

    code: str
    course: Course
    reception: Reception
    happened: Mapping[EventKind, Sequence[Happened]]
    pauses: tuple[Pause, ...]

    @property
    def procedure(self) -> str:
        return self.course.group[1]

    def acts(self, kind: EventKind) -> Sequence[Happened]:
        """Its events of this kind."""
        return self.happened.get(kind, ())

    def came_within(self, first: date, last: date) -> bool:
        """Whether it stands in column (4) or (5)."""
        return first <= self.course.received_on <= last

    def ended_within(self, first: date, last: date) -> bool:
        """Whether it stands in column (7)."""
        return self.course.ended_on is not None and first <= self.course.ended_on <= last

    def is_pending(self, on: date) -> bool:
        """Whether it stands in column (11) of a period that ends on this day."""
        course = self.course
        return course.received_on <= on and (course.ended_on is None or course.ended_on > on)

    def is_handled(self, first: date, last: date) -> bool:
        """Whether it stands in column (3)."""
        return self.ended_within(first, last) or self.is_pending(last)

    def is_overdue(self, on: date) -> bool:
        """Whether it stands in column (13) of a period that ends on this day."""
        return self.is_pending(on) and statistics.span_on(self.course, on).is_overdue(on)

    @property
    def has_result(self) -> bool:
        """Whether it was solved, not refused, stopped or withdrawn."""
        return E.FINISH in self.happened

    @property
    def returned_on(self) -> date | None:
        """The day on which the result was handed over."""
        handed = self.acts(E.HAND_OVER)
        return handed[-1].at.date() if handed else None

    @property
    def end_clerk(self) -> str:
        """Who recorded how it ended."""
        ended = [self.happened[kind][-1] for kind in _ENDINGS if kind in self.happened]
        return ended[-1].clerk if ended else ""


def case(code: str, course: Course, reception: Reception, history: Sequence[Happened], until: date) -> Case:
    """The case at the end of the day ``until``; ``history`` is every event of the dossier, oldest first."""
    known = [one for one in lifecycle.standing(history) if one.at.date() <= until]
    happened: dict[EventKind, list[Happened]] = {}
    for one in known:
        happened.setdefault(one.event, []).append(one)
    # Few dossiers ever wait, and the fold is most of the work.
    pauses = lifecycle.fold(known).pauses if _STOPS & happened.keys() else ()
    return Case(code, course, reception, happened, pauses)


class Ruler:
    """Counts working days between two days without walking through them one by one."""

    def __init__(self, calendar: WorkCalendar, first: date, last: date) -> None:
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        self._working = [day.toordinal() for day in days if calendar.is_working_day(day)]

    def working_days(self, after: date, until: date) -> int:
        """Working days after one day up to and with another; 0 where that is no later."""
        if until <= after:
            return 0
        return bisect_right(self._working, until.toordinal()) - bisect_right(self._working, after.toordinal())

    def taken(self, one: Case) -> int:
        """Working days from reception to the end, without those on which the clock stood.

        As a limit is counted (domain.md 6.4): the day of reception is none, the day of a request is one, and counting
        goes on the day after the answer. Only for a case that has ended.
        """
        ended_on = one.course.ended_on
        assert ended_on is not None, "asked of what has ended"
        whole = self.working_days(one.course.received_on, ended_on)
        return whole - sum(self.working_days(begin, end) for begin, end in stops(one, ended_on))


def calendar_days(one: Case) -> int:
    """As ``Ruler.taken``, in days of the calendar."""
    ended_on = one.course.ended_on
    assert ended_on is not None, "asked of what has ended"
    return (ended_on - one.course.received_on).days - sum((end - begin).days for begin, end in stops(one, ended_on))


def stops(one: Case, ended_on: date) -> Iterable[tuple[date, date]]:
    """The days between which the clock stood, as (after, until)."""
    for pause in one.pauses:
        yield pause.from_at.date(), min(pause.to_at.date(), ended_on) if pause.to_at else ended_on
