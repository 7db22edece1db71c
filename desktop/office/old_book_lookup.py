"""Finding what was brought in from books kept elsewhere, and where it came from. Light to load: the search asks it.

Such books name no field (lĩnh vực) that is known here, so whoever works in some fields only finds nothing in them.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime

from db import events, people
from db import old_books as stored
from db.connection import Register
from db.records import OldEntry
from desktop.office import lookup, rights

_OF_NO_FIELD = "Sổ năm trước không ghi lĩnh vực: chỉ người phụ trách mọi lĩnh vực xem được."


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows came from: the file, who brought it in and when, how many rows received between which days."""

    seq: int
    file: str
    sha256: str
    at: datetime
    clerk: str
    #: The full name of ``clerk``.
    person: str
    rows: int
    first: date
    last: date
    #: Of each sheet its name and the id of its first row.
    sheets: tuple[tuple[str, int], ...]

    def sheet_of(self, entry: OldEntry) -> str:
        """The sheet of the file in which an entry stood; empty for a nameless one."""
        return next((name for name, first in reversed(self.sheets) if first <= entry.id), "")


def page(
    book: Register, *, text: str = "", limit: int = 50, offset: int = 0, clerk: str | None = None
) -> tuple[OldEntry, ...]:
    """One page of everything brought in, last row first, or of what ``text`` finds: code, name, number, phone."""
    if elsewhere(book, clerk=clerk):
        return ()
    return tuple(stored.page(book, lookup.words(text), limit=limit, offset=offset))


def find(book: Register, text: str, *, limit: int, clerk: str | None = None) -> tuple[OldEntry, ...]:
    """Entries by code, name, id number or phone, without marks."""
    return page(book, text=text, limit=limit, clerk=clerk) if lookup.words(text) else ()


def count(book: Register, text: str = "", *, clerk: str | None = None) -> int:
    """How many entries there are, or match (counted up to a thousand)."""
    return 0 if elsewhere(book, clerk=clerk) else stored.count(book, lookup.words(text))


def elsewhere(book: Register, *, clerk: str | None = None) -> str:
    """Why whoever asks is shown nothing of these books; empty where he is."""
    return _OF_NO_FIELD if rights.reach(book, clerk) is not None else ""


def source(book: Register, seq: int) -> Source:
    """Where the rows of an import came from."""
    event = events.by_seq(book, seq)
    assert event is not None, "an entry refers to its event"
    told = json.loads(event.payload)
    return Source(
        seq,
        told["file"],
        told["sha256"],
        datetime.fromisoformat(event.at),
        event.clerk,
        person.full_name if (person := people.find(book, event.clerk)) else event.clerk,
        told["rows"],
        date.fromisoformat(told["first"]),
        date.fromisoformat(told["last"]),
        tuple((name, first) for name, first in told["sheets"]),
    )


def sources(book: Register) -> tuple[Source, ...]:
    """Every import of which rows are found, last first, with how many they still are."""
    held = sorted(stored.numbers(book), reverse=True)
    return tuple(replace(source(book, seq), rows=rows) for seq, rows in held)
