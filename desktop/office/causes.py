"""Why dossiers were late, told from their events as they stood at the end of a period.

Read by the overdue list and the review pack. Causes are the words of whoever extended, apologised or closed the day;
nobody's name is in them unless somebody wrote it. Changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import events
from db.connection import Register
from db.records import DossierRow
from db.vocabulary import EventKind
from desktop.office import closing, counting
from desktop.office.counting import Counted, Telling
from desktop.office.history import happened, payload_of
from desktop.rules import lifecycle, statistics
from desktop.rules.lifecycle import Happened

E = EventKind
NO_CAUSE = "Chưa ghi nguyên nhân"


@dataclass(frozen=True, slots=True)
class LateCase:
    """A dossier that missed its promise: ``due_on`` as it stood, days late, where it lay, what was said.

    ``ended_on`` is None while it is open, ``apologised_on`` while nobody has apologised.
    """

    row: DossierRow
    due_on: date
    ended_on: date | None
    days_late: int
    holder: str
    cause: str
    apologised_on: date | None


def overdue(book: Register, counted: Counted, *, now: datetime) -> tuple[LateCase, ...]:
    """What was open and overdue at the end of the period, promised longest ago first."""
    return _cases(book, counted, "pending_overdue", now)


def ended_late(book: Register, counted: Counted, *, now: datetime) -> tuple[LateCase, ...]:
    """What ended late within the period."""
    return _cases(book, counted, "late", now)


def _cases(book: Register, counted: Counted, column: str, now: datetime) -> tuple[LateCase, ...]:
    rows = counting.behind(book, column, counted.first, counted.last, now=now)
    answers = _answers(book, counted) if rows else {}
    field_of = counting.field_of(book)
    found = (_case(book, row, counted.as_of, answers, Telling(field_of)) for row in rows)
    return tuple(sorted(found, key=lambda case: (case.due_on, case.row.code)))


def _case(book: Register, row: DossierRow, on: date, answers: Mapping[str, str], telling: Telling) -> LateCase:
    """A dossier as it stood at the end of a day."""
    past: list[Happened] = []
    for event in events.of_dossier(book, row.code):
        if date.fromisoformat(event.at[:10]) <= on:
            telling.hear(event.kind, event.at, event.payload)
            past.append(happened(event, payload_of(event)))
    course = telling.course()
    assert course is not None, "a dossier behind a figure was received"
    span = statistics.span_on(course, on)
    due_on = span.due_on or row.due_at.date()
    standing = lifecycle.standing(past)
    days = ((span.paused_on or course.ended_on or on) - due_on).days
    apologies = [event.at.date() for event in standing if event.event is E.APOLOGISE]
    holder = lifecycle.fold(past).holder or ("" if course.ended_on else "Quầy")
    cause = _cause(standing) or answers.get(row.code, "") or NO_CAUSE
    return LateCase(row, due_on, course.ended_on, days, holder, cause, apologies[0] if apologies else None)


def _cause(standing: Sequence[Happened]) -> str:
    """The last reason that somebody gave for keeping the citizen waiting."""
    told = (str(event.facts.get("note", "")) for event in reversed(standing) if event.event in (E.EXTEND, E.APOLOGISE))
    return next(filter(None, told), "")


def _answers(book: Register, counted: Counted) -> dict[str, str]:
    """Dossier → what was answered for it when days were closed."""
    sealed = closing.between(book, counted.first, counted.as_of)
    told = (one.content["silent"].items() for one in sealed)
    return {code: why for each in told for code, why in each if why != closing.NOT_ANSWERED}
