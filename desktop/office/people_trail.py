"""What was done to the people of a register: who was added, changed, given a password, and by whom.

Read by the settings; changes nothing. Signing in and looking at data are ``access_log``'s.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from db import events
from db.connection import Register
from db.vocabulary import EventKind, Role
from desktop.labels import EVENT_WORDS, ROLE_WORDS
from desktop.office import people

E = EventKind


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done: ``clerk`` did it, to ``person`` (empty for a new recovery sheet); both full names.

    ``words`` says what in Vietnamese, with what a change changed.
    """

    seq: int
    at: datetime
    kind: EventKind
    clerk: str
    person: str
    words: str


def done(book: Register, short_name: str | None = None) -> tuple[Done, ...]:
    """Everything, newest first; with ``short_name`` what was done to that person."""
    names = {one.short_name: one.full_name for one in people.everyone(book)}
    found = []
    for event in events.of_kinds(book, *people.PEOPLE_KINDS):
        told, kind = json.loads(event.payload), EventKind(event.kind)
        person = told.get("person") or told.get("short_name") or ""
        if short_name in (None, person):
            at, clerk = datetime.fromisoformat(event.at), names.get(event.clerk, event.clerk)
            found.append(Done(event.seq, at, kind, clerk, names.get(person, person), _words(kind, told)))
    return tuple(reversed(found))


def _words(kind: EventKind, told: dict) -> str:
    if kind is E.ADD_PERSON and "roles" in told:  # those added before there were roles have none in their event
        return f"{EVENT_WORDS[kind]}: {_work(told)}"
    if kind is E.CHANGE_PERSON:
        return "; ".join(_changes(told["before"], told["after"]))
    return EVENT_WORDS[kind]


def _changes(before: dict, after: dict) -> list[str]:
    found = []
    if before["active"] != after["active"]:
        found.append("Làm việc lại" if after["active"] else "Thôi làm việc trên sổ này")
    if before["full_name"] != after["full_name"]:
        found.append(f"Họ tên: {before['full_name']} → {after['full_name']}")
    if (before["roles"], before["fields"]) != (after["roles"], after["fields"]):
        found.append(f"Việc: {_work(before)} → {_work(after)}")
    return found


def _work(told: dict) -> str:
    roles = ", ".join(ROLE_WORDS[Role(word)] for word in told["roles"])
    return f"{roles} ({', '.join(told['fields']) or 'mọi lĩnh vực'})"
