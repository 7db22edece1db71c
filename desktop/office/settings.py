"""The commune's settings and calendar; every change is an event that names the clerk.

Hides what is stored as JSON by name and keeps the derived unit and calendar with the open register.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from db import events
from db import settings as stored
from db.connection import Register
from db.records import CalendarDay, Unit
from db.vocabulary import EventKind
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.office import rights
from desktop.rules.calendar import PUBLISHED_HOURS, WorkCalendar, same_each_day
from desktop.rules.text import TextError, clean

_CHANGED = Changes(settings=True)
_CONTACT_PHONE = "contact_phone"
#: The on-time rate that the commune wants to reach, in percent, as ``rules.statistics.bare_target`` gives it.
ON_TIME_TARGET = "on_time_target"
#: Pairs of ``HH:MM`` in which the counter is open, alike from Monday to Friday; unset: those that Lai Châu published.
OPENING_HOURS = "opening_hours"
_LEVEL = "level"


def get(book: Register, name: str, default: Any = None) -> Any:
    """A setting's value, or ``default`` when it was never set."""
    return stored.get(book, name, default)


def change(book: Register, name: str, value: Any, *, clerk: str | None, now: datetime) -> Changes:
    """Store a setting (a JSON value); the event keeps what it was before."""
    with book.write():
        actor = rights.acting(book, clerk, EventKind.CHANGE_SETTING, setting=name, now=now).short_name
        _change(book, name, value, actor, now)
    book.derived.clear()
    return _CHANGED


def change_by_itself(book: Register, name: str, value: Any, *, now: datetime) -> None:
    """The machine's own change, that of no person."""
    with book.write():
        _change(book, name, value, rights.by_itself(book, EventKind.CHANGE_SETTING), now)
    book.derived.clear()


def _change(book: Register, name: str, value: Any, actor: str, now: datetime) -> None:
    payload = {"name": name, "value": value, "before": stored.get(book, name)}
    events.append(book, EventKind.CHANGE_SETTING, payload, at=now, clerk=actor, key=events.new_key())
    stored.put(book, name, value)


def unit(book: Register) -> Unit:
    """The commune's centre as it is printed."""
    if "unit" not in book.derived:
        kept: dict[str, Any] = stored.get(book, "unit")
        lines = {name: tuple(said) for name, said in kept.items() if isinstance(said, list)}
        book.derived["unit"] = Unit(**(kept | lines))
    return book.derived["unit"]


def level(book: Register) -> str:
    """The unit's own level of administration (cấp), in the word of the catalogue; by its kind unless it was set."""
    from desktop.rules import levels

    return stored.get(book, _LEVEL, "") or levels.of_unit(unit(book).name)


def contact_phone(book: Register) -> str:
    """Whom a citizen calls for guidance on what is to be supplemented (Mẫu 02); empty leaves dots to write on."""
    return stored.get(book, _CONTACT_PHONE, "")


def change_unit(
    book: Register,
    changed: Unit,
    *,
    phone: str | None = None,
    target: str | None = None,
    clerk: str,
    now: datetime,
) -> Changes:
    """Store the unit's lines and agency code, the contact phone and the on-time target, together or not at all.

    The unit's own code and kind of register stay what they are. UserError with the first thing wrong.
    """
    from desktop.rules import codes, person, statistics

    before = unit(book)
    if (changed.code, changed.practice) != (before.code, before.practice):
        raise UserError("unit_fixed", "Không đổi được mã đơn vị của một sổ đã lập. Hãy lập sổ mới.")
    if changed.agency_code and not codes.is_agency_code(changed.agency_code):
        raise UserError(
            "bad_agency_code", f"Mã định danh cơ quan “{changed.agency_code}” không đúng mẫu, ví dụ H35.17.28."
        )
    beside: dict[str, str] = {}
    if phone is not None:
        beside[_CONTACT_PHONE] = person.bare_phone(_written(phone))
        if problem := person.phone_problem(beside[_CONTACT_PHONE]):
            raise UserError(*problem, field=_CONTACT_PHONE)
    if target is not None:
        beside[ON_TIME_TARGET] = statistics.bare_target(_written(target))
        if problem := statistics.target_problem(beside[ON_TIME_TARGET]):
            raise UserError(*problem, field=ON_TIME_TARGET)
    with book.write():
        if changed != before:
            change(book, "unit", asdict(changed), clerk=clerk, now=now)
        for name, value in beside.items():
            if value != stored.get(book, name, ""):
                change(book, name, value, clerk=clerk, now=now)
    return _CHANGED


def calendar(book: Register) -> WorkCalendar:
    """The working calendar of the register: its own table, not the shipped one."""
    if "calendar" not in book.derived:
        years = stored.calendar_years(book)
        confirmed = frozenset(year for year, (is_confirmed, _) in years.items() if is_confirmed)
        sessions = stored.get(book, OPENING_HOURS)
        hours = same_each_day(sessions) if sessions else PUBLISHED_HOURS
        book.derived["calendar"] = WorkCalendar(stored.calendar_days(book), confirmed, hours)
    return book.derived["calendar"]


def change_hours(book: Register, sessions: Sequence[tuple[str, str]], *, clerk: str | None, now: datetime) -> Changes:
    """Open at these hours from now on (pairs of ``HH:MM``); promises already printed keep theirs.

    UserError ``bad_hours`` for hours that do not follow each other.
    """
    try:
        hours = same_each_day(sessions)
    except ValueError as error:
        words = "Giờ làm việc phải nối tiếp nhau trong ngày, ví dụ 07:30 – 11:30 và 13:30 – 17:00."
        raise UserError("bad_hours", words) from error
    if hours == calendar(book).hours:
        return Changes()
    told = [[f"{edge:%H:%M}" for edge in session] for session in hours.on_weekday(0)]
    return change(book, OPENING_HOURS, told, clerk=clerk, now=now)


def calendar_days(book: Register, year: int | None = None) -> tuple[CalendarDay, ...]:
    """The days that differ from their weekday, of one year or of all."""
    days = stored.calendar_days(book)
    return tuple(day for day in days if year is None or day.on.year == year)


def calendar_years(book: Register) -> dict[int, tuple[bool, str]]:
    """Year → (confirmed, the document that confirms it)."""
    return stored.calendar_years(book)


def set_day(book: Register, day: CalendarDay, *, clerk: str, now: datetime) -> Changes:
    """Add or replace a day; promises already printed keep the calendar they were made with."""
    day = CalendarDay(day.on, day.kind, _written(day.name), _written(day.source))
    if not day.name or not day.source:
        raise UserError("day_without_source", "Ghi tên ngày và số văn bản quy định ngày đó.")
    with book.write():
        _calendar_event(book, {**asdict(day), "on": day.on.isoformat()}, clerk, now)
        stored.put_days(book, [day])
    book.derived.clear()
    return _CHANGED


def drop_day(book: Register, on: date, *, clerk: str, now: datetime) -> Changes:
    """Let a day follow its weekday again (a slip); the event keeps both."""
    with book.write():
        _calendar_event(book, {"on": on.isoformat(), "kind": None}, clerk, now)
        stored.drop_day(book, on)
    book.derived.clear()
    return _CHANGED


def confirm_year(book: Register, year: int, document: str, *, clerk: str, now: datetime) -> Changes:
    """Mark a year's calendar as confirmed by the yearly notice named in ``document``."""
    document = _written(document)
    if not document:
        raise UserError("year_without_document", "Ghi số văn bản thông báo lịch nghỉ của năm đó.")
    with book.write():
        actor = rights.acting(book, clerk, EventKind.CONFIRM_YEAR, now=now).short_name
        payload = {"year": year, "document": document}
        events.append(book, EventKind.CONFIRM_YEAR, payload, at=now, clerk=actor, key=events.new_key())
        stored.put_year(book, year, confirmed=True, document=document)
    book.derived.clear()
    return _CHANGED


def _written(text: str) -> str:
    try:
        return clean(text)
    except TextError as error:
        raise UserError(error.code, error.message) from error


def _calendar_event(book: Register, payload: dict, clerk: str, now: datetime) -> None:
    actor = rights.acting(book, clerk, EventKind.SET_CALENDAR_DAY, now=now).short_name
    events.append(book, EventKind.SET_CALENDAR_DAY, payload, at=now, clerk=actor, key=events.new_key())
