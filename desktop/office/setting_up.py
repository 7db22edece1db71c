"""Where a new register stands in its first setting up: nine steps, each done, put off or open, to be gone on with.

What is done is read from the register itself wherever it tells; kept are only what somebody agreed to as it was, put
off, and the step that was shown, so that a power cut loses nothing. That note is no act of anybody and in no event.
Light to load, for the window asks at its start whether there is anything to go on with.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from db import settings as stored
from db.connection import Register
from db.records import Clerk
from db.vocabulary import EventKind
from desktop.changes import Changes

#: The setting of that note; founding puts :data:`BEGUN` there for a register that is led through the steps.
NOTE = "setup"


class Part(StrEnum):
    """The steps, in their order."""

    UNIT = "unit"
    LINES = "lines"
    CODE = "code"
    HOURS = "hours"
    PEOPLE = "people"
    PRINTER = "printer"
    BACKUP = "backup"
    HUB = "hub"
    FIRST = "first"


class State(StrEnum):
    DONE = "done"
    SKIPPED = "skipped"
    OPEN = "open"


class Step(NamedTuple):
    """A step with what the register says of it in a few Vietnamese words."""

    part: Part
    state: State
    words: str

    @property
    def id(self) -> Part:
        return self.part


#: A register that was founded in the window, before its first step.
BEGUN: dict[str, Any] = {"at": Part.UNIT, "agreed": [], "skipped": [], "rests": False, "ended": False}


def goes_on(book: Register) -> bool:
    """Whether the window leads to the steps by itself: until somebody leaves them or the first dossier is there."""
    note = stored.get(book, NOTE)
    if note is None or note["ended"] or note["rests"]:
        return False
    from desktop.office import lookup

    return lookup.is_empty(book)


def left_over(book: Register) -> int:
    """How many steps are not done; 0 where nobody was led through them, or wants no reminder."""
    note = stored.get(book, NOTE)
    if note is None or note["ended"]:
        return 0
    return sum(step.state is not State.DONE for step in steps(book) if step.part is not Part.FIRST)


def reminded(book: Register, clerk: Clerk) -> int:
    """:func:`left_over` for who may do them: 0 where people have passwords and this one does not administer."""
    from desktop.office import rights

    if rights.asks_who(book) and rights.why_not(book, clerk, EventKind.CHANGE_SETTING):
        return 0
    return left_over(book)


def current(book: Register) -> Part:
    """The step that was shown last."""
    return Part(_note(book)["at"])


def steps(book: Register) -> tuple[Step, ...]:
    """Every step as the register stands now."""
    note = _note(book)
    told = []
    for part in Part:
        is_done, words = _TOLD[part](book)
        skipped = part in note["skipped"]
        state = State.DONE if is_done or part in note["agreed"] else State.SKIPPED if skipped else State.OPEN
        told.append(Step(part, state, words))
    return tuple(told)


def reach(book: Register, part: Part, *, clerk: str | None, now: datetime) -> Changes:
    """This step is shown: the one to go on with after a power cut."""
    return _keep(book, at=part, rests=False)


def agree(book: Register, part: Part, *, clerk: str | None, now: datetime) -> Changes:
    """What stands in this step is right as it is."""
    note = _note(book)
    agreed = [*(one for one in note["agreed"] if one != part), part]
    return _keep(book, agreed=agreed, skipped=[one for one in note["skipped"] if one != part])


def put_off(book: Register, part: Part, *, clerk: str | None, now: datetime) -> Changes:
    """This step waits; the home page reminds of it."""
    note = _note(book)
    return _keep(book, skipped=[*(one for one in note["skipped"] if one != part), part])


def rest(book: Register, *, clerk: str | None, now: datetime) -> Changes:
    """The steps are left for now: the window opens on them no more by itself."""
    return _keep(book, rests=True)


def end(book: Register, *, clerk: str | None, now: datetime) -> Changes:
    """Nobody is to be reminded any more."""
    return _keep(book, ended=True)


def _note(book: Register) -> dict[str, Any]:
    kept: dict[str, Any] = stored.get(book, NOTE) or BEGUN | {"rests": True, "ended": True}
    return kept


def _keep(book: Register, **facts: Any) -> Changes:
    before = _note(book)
    after = before | facts
    if after != before:
        with book.write():
            stored.put(book, NOTE, after)
    same = all(after[name] == before[name] for name in ("agreed", "skipped", "ended"))
    return Changes(settings=not same)


def _unit(book: Register) -> tuple[bool, str]:
    from desktop.office import settings

    return True, settings.unit(book).name


def _lines(book: Register) -> tuple[bool, str]:
    """Done when the lines are no longer those that follow from the unit's name alone."""
    from desktop.office import opening, settings

    unit = settings.unit(book)
    first = opening.unit_as_printed(unit.code, unit.name, practice=unit.practice)
    names = ("superior_lines", "centre_lines", "centre_name", "place", "symbol", "book_no")
    return any(getattr(unit, name) != getattr(first, name) for name in names), unit.centre_name


def _code(book: Register) -> tuple[bool, str]:
    from desktop.office import settings

    unit = settings.unit(book)
    return bool(unit.agency_code), unit.agency_code or "mã tiếp nhận tạm"


def _hours(book: Register) -> tuple[bool, str]:
    from desktop import labels
    from desktop.office import settings

    return stored.get(book, settings.OPENING_HOURS) is not None, labels.hours_words(settings.calendar(book).hours)[0]


def _people(book: Register) -> tuple[bool, str]:
    from desktop.office import people, signing_in

    working = len(people.clerks(book))
    return working > 1 or bool(signing_in.have_passwords(book)), f"{working} người"


def _printer(book: Register) -> tuple[bool, str]:
    chosen = stored.get(book, "printers")
    return chosen is not None, (chosen["chosen"] or "máy in mặc định") if chosen else "chưa chọn"


def _backup(book: Register) -> tuple[bool, str]:
    from desktop.office import backup_standing

    told = backup_standing.standing(book)
    sticks = ", ".join(stick.name for stick in told.sticks)
    return told.has_key, ("có khóa" if told.has_key else "chưa có khóa") + (f"; USB {sticks}" if sticks else "")


def _hub(book: Register) -> tuple[bool, str]:
    kept = stored.get(book, "hub")
    return kept is not None, kept["name"] if kept else "chưa nối"


def _first(book: Register) -> tuple[bool, str]:
    from desktop.office import lookup

    is_done = not lookup.is_empty(book)
    return is_done, "đã tiếp nhận" if is_done else "chưa có hồ sơ"


_TOLD: dict[Part, Callable[[Register], tuple[bool, str]]] = {
    Part.UNIT: _unit,
    Part.LINES: _lines,
    Part.CODE: _code,
    Part.HOURS: _hours,
    Part.PEOPLE: _people,
    Part.PRINTER: _printer,
    Part.BACKUP: _backup,
    Part.HUB: _hub,
    Part.FIRST: _first,
}
