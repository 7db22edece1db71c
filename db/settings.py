"""Settings (JSON values by name) and the calendar table; changed by events of the office only."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from db.connection import Register
from db.records import CalendarDay
from db.vocabulary import DayKind


def get(book: Register, name: str, default: Any = None) -> Any:
    """A setting's value, or ``default`` when it was never set."""
    row = book.database.execute_sql("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return default if row is None else json.loads(row[0])


def put(book: Register, name: str, value: Any) -> None:
    """Store a setting; inside ``Register.write``."""
    from db.schema import Setting

    text = json.dumps(value, ensure_ascii=False)
    Setting.insert(name=name, value=text).on_conflict(conflict_target=[Setting.name], preserve=[Setting.value]).execute(
        book.database
    )


def calendar_days(book: Register) -> list[CalendarDay]:
    """Every day that differs from its weekday, by date."""
    rows = book.database.execute_sql("SELECT day, kind, name, source FROM calendar_day ORDER BY day")
    return [CalendarDay(date.fromisoformat(on), DayKind(kind), name, source) for on, kind, name, source in rows]


def calendar_years(book: Register) -> dict[int, tuple[bool, str]]:
    """Year → (confirmed, the document that confirms it)."""
    rows = book.database.execute_sql("SELECT year, confirmed, document FROM calendar_year ORDER BY year")
    return {year: (bool(confirmed), document) for year, confirmed, document in rows}


def put_days(book: Register, days: Iterable[CalendarDay]) -> None:
    """Store days, replacing those of the same date; inside ``Register.write``."""
    from db.schema import CalendarDay as Day

    for day in days:
        Day.insert(day=day.on.isoformat(), kind=str(day.kind), name=day.name, source=day.source).on_conflict(
            conflict_target=[Day.day], preserve=[Day.kind, Day.name, Day.source]
        ).execute(book.database)


def drop_day(book: Register, on: date) -> None:
    """Make a day follow its weekday again; the event that says so stays in the chain."""
    from db.schema import CalendarDay as Day

    Day.delete().where(Day.day == on.isoformat()).execute(book.database)


def put_year(book: Register, year: int, *, confirmed: bool, document: str) -> None:
    """Store whether a year's calendar is confirmed, and by which document; inside ``Register.write``."""
    from db.schema import CalendarYear

    CalendarYear.insert(year=year, confirmed=confirmed, document=document).on_conflict(
        conflict_target=[CalendarYear.year], preserve=[CalendarYear.confirmed, CalendarYear.document]
    ).execute(book.database)
