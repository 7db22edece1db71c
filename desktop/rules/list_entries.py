"""What a published list says: its tables as read from a file, and the entries found in them.

Plain records between three readers: the files (``office.published_files``), the tables (``rules.published_lists``) and
the comparison with the catalogue (``rules.change_sets``). Nothing here decides anything.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from db.records import Limit, ProcedureVersion, RequiredPaper
from db.vocabulary import Channel

#: What a spreadsheet's cell holds; a whole day is a moment at midnight there.
Cell = str | int | float | bool | datetime | date | None


class ListError(ValueError):
    """A list that cannot be taken at all: stable ``code``, one Vietnamese sentence, and the ``row`` it is about."""

    def __init__(self, code: str, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.row = row


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty, numbered as a spreadsheet shows it; a cell merged downwards is in each of its rows."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a file; a file of one table has a nameless one."""

    name: str
    rows: tuple[Row, ...]


class Kind(StrEnum):
    """What a decision does to a procedure (NĐ 63/2010 Điều 14); ``listed`` where the list does not say."""

    LISTED = "listed"
    NEW = "new"
    AMENDED = "amended"
    REPLACED = "replaced"
    ABOLISHED = "abolished"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the list says of one procedure. ``None`` is not said: an absent column, or an empty cell.

    ``code`` is empty where the list gives none and the name must tell. ``doubt`` says why the code is not certain.
    ``limit`` is a limit that the file gives as figure and unit, ``limit_text`` one in words. ``whole`` is everything
    about the procedure, as our own export gives it, and then alone counts. ``valid_to`` is the first day without it.
    ``levels`` are those of the row's own cell, ``level_text`` a cell that is not understood, ``titled_levels`` what a
    title above the row or its sheet's name says of all below.
    """

    row: int
    code: str
    name: str
    sheet: str = ""
    kind: Kind = Kind.LISTED
    doubt: str = ""
    field: str | None = None
    levels: tuple[str, ...] | None = None
    level_text: str | None = None
    titled_levels: tuple[str, ...] = ()
    authority: str | None = None
    limit: Limit | None = None
    limit_text: str | None = None
    statutory_text: str | None = None
    fee_text: str | None = None
    legal_basis: tuple[str, ...] | None = None
    place: str | None = None
    channels: tuple[Channel, ...] | None = None
    papers: tuple[RequiredPaper, ...] | None = None
    result: str | None = None
    steps: str | None = None
    subjects: str | None = None
    conditions: str | None = None
    link: str | None = None
    decision: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: str | None = None
    successor_name: str = ""
    whole: ProcedureVersion | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be used, and why in one sentence."""

    row: int
    reason: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file says: entries in its order, rows that cannot be used, and what it tells of its decision.

    ``unused`` are headings of columns that the catalogue has no place for, ``notes`` sentences about what was left out.
    """

    entries: tuple[Entry, ...]
    rejected: tuple[Rejected, ...] = ()
    decision: str = ""
    decided_on: date | None = None
    effective_on: date | None = None
    unused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
