"""What promises rest on beside the acts: the calendar, the catalogue, the settings, the kind of register.

Hides how the first event seals them and how later events change them, so that a day off, a limit or a setting put
into the file behind the program is found. Used by ``opening`` and ``checking``.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from db import catalogue, events
from db import settings as stored
from db.connection import Register
from db.events import StoredEvent
from db.records import CalendarDay, ProcedureVersion
from db.vocabulary import EventKind
from desktop.office import procedures, settings
from desktop.rules.calendar import PUBLISHED_HOURS, WorkCalendar, same_each_day, shipped_days

E = EventKind


class CalendarOfThen:
    """The register's calendar as its events left it, at any point of the chain."""

    def __init__(self) -> None:
        self.days = {day.on: day for day in shipped_days()}
        self._hours = PUBLISHED_HOURS
        self._calendar: WorkCalendar | None = None

    def hear(self, event: StoredEvent, payload: Mapping[str, Any]) -> None:
        """Take in an event of the register itself."""
        if event.kind == E.OPEN_REGISTER and "calendar" in payload:
            self.days = {day.on: day for day in msgspec.convert(payload["calendar"], list[CalendarDay])}
        elif event.kind == E.SET_CALENDAR_DAY and payload["kind"] is None:
            self.days.pop(date.fromisoformat(payload["on"]), None)
        elif event.kind == E.SET_CALENDAR_DAY:
            day = msgspec.convert(payload, CalendarDay)
            self.days[day.on] = day
        elif event.kind == E.CHANGE_SETTING and payload["name"] == settings.OPENING_HOURS:
            self._hours = same_each_day(payload["value"])
        else:
            return
        self._calendar = None

    @property
    def calendar(self) -> WorkCalendar:
        if self._calendar is None:
            self._calendar = WorkCalendar(self.days.values(), (), self._hours)
        return self._calendar


class CatalogueOfThen:
    """The register's catalogue as its events left it, at any point of the chain."""

    def __init__(self, book: Register) -> None:
        self._made: dict[int | None, list[ProcedureVersion]] = {}
        self._lines: dict[str, list[ProcedureVersion]] = {}
        for row in catalogue.everything(book):
            version = replace(procedures.from_json(json.loads(row.content)), version_id=row.id)
            self._made.setdefault(row.decision, []).append(version)

    def hear(self, event: StoredEvent, payload: Mapping[str, Any]) -> None:
        """Take in an event of the register itself."""
        if event.kind == E.OPEN_REGISTER:
            self._begin(self._made.get(None, []))
        elif event.kind == E.DECIDE_CATALOGUE:
            self._begin(self._made.get(event.seq, []))
        elif event.kind == E.UNDO_DECISION:
            for version in self._made.get(payload["undoes"], []):
                line = self._lines.get(version.code, [])
                line[:] = [each for each in line if each.version_id != version.version_id]

    def _begin(self, versions: Iterable[ProcedureVersion]) -> None:
        for version in versions:
            self._lines.setdefault(version.code, []).append(version)

    def speaks(self, code: str, on: date) -> ProcedureVersion | None:
        """The version of ``code`` that spoke on a day, with its standing; None when there was none."""
        begun = [version for version in self._lines.get(code, []) if procedures.begun_on(version) <= on]
        if not begun:
            return None
        last = max(begun, key=lambda version: (procedures.begun_on(version), version.version_id))
        status = procedures.status_on(last, on)
        return last if status is last.status else replace(last, status=status)


def sealed(book: Register) -> dict[str, Any]:
    """What the first event keeps of the calendar and the catalogue that a register begins with."""
    versions = [(row.id, row.content) for row in catalogue.everything(book)]
    return {
        "calendar": msgspec.to_builtins(stored.calendar_days(book)),
        "catalogue": {"versions": len(versions), "sha256": _digest(versions)},
    }


def faults(book: Register) -> Iterator[str]:
    """One sentence for each ground that is not what the events say."""
    then, said = CalendarOfThen(), dict[str, Any]()
    last_at = ""
    for event in events.walk(book):
        payload = json.loads(event.payload)
        then.hear(event, payload)
        if event.at < last_at and not book.practice:
            yield f"sự kiện {event.seq}: sớm hơn sự kiện trước"
        last_at = event.at
        if event.kind == E.OPEN_REGISTER:
            yield from _beginning_faults(book, payload)
            said["unit"] = payload.get("unit")
        elif event.kind == E.CHANGE_SETTING:
            said[payload["name"]] = payload["value"]
        elif event.kind == E.ENROL:
            said["hub"] = payload["hub"]
    if stored.calendar_days(book) != sorted(then.days.values(), key=lambda day: day.on):
        yield "lịch nghỉ: không khớp sự kiện"
    for name, value in said.items():
        if stored.get(book, name) != value:
            yield f"cài đặt {name}: không khớp sự kiện"


def _beginning_faults(book: Register, payload: Mapping[str, Any]) -> Iterator[str]:
    if payload["practice"] != stored.get(book, "practice", False):
        yield "loại sổ (thật hay tập huấn): không khớp sự kiện"
    began = [(row.id, row.content) for row in catalogue.everything(book) if row.decision is None]
    if (first := payload.get("catalogue")) and (first["versions"], first["sha256"]) != (len(began), _digest(began)):
        yield "danh mục thủ tục: không khớp sự kiện"


def _digest(versions: list[tuple[int, str]]) -> str:
    text = events.canonical({"versions": [list(version) for version in versions]})
    return hashlib.sha256(text.encode()).hexdigest()
