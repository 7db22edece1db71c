"""What was done to the people of a register: who was added, changed, given a password, and by whom.

Told to the settings, and held against what the register says of them now, for ``checking``: nobody is given a role or a
password behind the chain's back. Changes nothing. Signing in and looking at data are ``access_log``'s.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from db import credentials, events
from db.connection import Register
from db.credentials import Proof
from db.vocabulary import EventKind, Role
from desktop.labels import EVENT_WORDS, ROLE_WORDS
from desktop.office import people
from desktop.office.rights import PROGRAM
from desktop.rules import rights
from desktop.rules.rights import WORKING

E = EventKind
#: What the founder of a register began as, and those who were added before there were roles.
_BEGUN = {"active": True, "roles": [str(role) for role in Role if role in WORKING], "fields": []}


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


def faults(book: Register) -> Iterator[str]:
    """One sentence for every act that was not its actor's to do, then for everybody whose roles, fields or password
    the events do not bear out.

    The acts, because a role or a password that was in the file only for as long as it was used is gone again.
    """
    story = _Story(_founder(book))
    for event in events.walk(book):
        kind = EventKind(event.kind)
        if not book.practice and not story.lets(event.clerk, kind, event.payload):
            yield f"sự kiện {event.seq}: {event.clerk} không có vai trò của việc này"
        if kind in people.PEOPLE_KINDS:
            told = json.loads(event.payload)
            if not story.knows_replaced(told):
                yield f"sự kiện {event.seq}: mật khẩu trước đó không khớp sự kiện"
            story.hear(kind, told)
    for one in people.everyone(book):
        told = story.people.pop(one.short_name, None)
        if told is None:
            yield f"công chức {one.short_name}: không có sự kiện nào thêm vào"
        elif any(now != told[name] for name, now in people.told(one).items() if name in told):
            yield f"công chức {one.short_name}: vai trò, lĩnh vực hoặc họ tên không khớp sự kiện"
        if not bears_out(story.proofs.get(one.short_name), credentials.of(book, one.short_name)):
            yield f"công chức {one.short_name}: mật khẩu không khớp sự kiện"
    for name in story.people:
        yield f"công chức {name}: bị mất"
    if not bears_out(story.code, credentials.recovery(book)):
        yield "mã khôi phục không khớp sự kiện"


@dataclass(frozen=True, slots=True)
class Proofs:
    """What the events gave people to prove themselves with: digest, and whether it must be changed."""

    by_person: dict[str, tuple[str, bool]]
    code: tuple[str, bool] | None

    def of(self, short_name: str) -> tuple[str, bool] | None:
        return self.by_person.get(short_name)


def proofs(book: Register) -> Proofs:
    """As the events have it now: for whoever asks before he believes the file."""
    story = _Story("")
    for event in events.of_kinds(book, *people.PEOPLE_KINDS):
        story.hear(EventKind(event.kind), json.loads(event.payload))
    return Proofs(story.proofs, story.code)


def _founder(book: Register) -> str:
    """Who opened the register was added by no event of his own."""
    opened = events.by_seq(book, 1)
    return opened.clerk if opened else ""


class _Story:
    """What the events say: of each person what he is and the proof that he was given, and of the code its proof."""

    def __init__(self, founder: str) -> None:
        self.people: dict[str, dict] = {founder: dict(_BEGUN)} if founder else {}
        self.proofs: dict[str, tuple[str, bool]] = {}
        self.code: tuple[str, bool] | None = None

    def lets(self, clerk: str, kind: EventKind, payload: str) -> bool:
        """Whether this was the actor's to do by the table as it stands; what the machine records needs no role."""
        if kind in rights.BY_ITSELF and (clerk == PROGRAM or not rights.MAY[kind]):
            return True
        if kind is E.CLOSE_DAY and json.loads(payload)["late"]:
            return True  # the machine closed what nobody had
        one = self.people.get(clerk)
        setting = json.loads(payload)["name"] if kind is E.CHANGE_SETTING else None
        return one is not None and one["active"] and rights.may(map(Role, one["roles"]), kind, setting)

    def knows_replaced(self, told: dict) -> bool:
        """Whether what a new password or code replaced is what the events had given before."""
        held, code = self.proofs.get(told.get("person", "")), self.code
        pairs = (("replaces", held), ("spent", code))
        return all(told[name] == (given[0] if given else None) for name, given in pairs if name in told)

    def hear(self, kind: EventKind, told: dict) -> None:
        if kind is E.ADD_PERSON:
            self.people[told["short_name"]] = _BEGUN | told
        elif kind is E.CHANGE_PERSON:
            self.people[told["person"]] = told["after"]
        elif kind in (E.SET_PASSWORD, E.RESET_PASSWORD):
            self.proofs[told["person"]] = (told["proof"], kind is E.RESET_PASSWORD)
        elif kind is E.MAKE_RECOVERY_CODE:
            self.code = (told["proof"], False)
        elif kind is E.USE_RECOVERY_CODE:
            self.people[told["person"]] = told["after"]
            self.proofs[told["person"]], self.code = (told["proof"], False), (told["next_proof"], False)


def bears_out(told: tuple[str, bool] | None, held: Proof | None) -> bool:
    """Whether what the file holds is what the events gave."""
    return told == (None if held is None else (held.digest, held.must_change))


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
