"""Records of what happened to dossiers: events, papers, lines of the book, the person behind them.

Imported through ``db.records``, which loads them when they are first asked for.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from db.records import DossierRow
from db.vocabulary import (
    DocumentKind,
    DossierStatus,
    EventKind,
    ResultBy,
)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One link of the chain as shown to people; ``payload`` is the recorded content."""

    seq: int
    event: EventKind
    at: datetime
    clerk: str
    note: str
    hash: str
    payload: dict


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A paper that was issued: its content is frozen JSON, ``version`` counts replacements from 1.

    ``dossier`` is None for a slip given before any dossier existed. ``sha256`` is that of the stored PDF (``None``
    until it was made), ``printed`` the number of prints the spooler accepted.
    """

    id: int
    dossier: str | None
    kind: DocumentKind
    number: str
    version: int
    issued_at: datetime
    content: dict
    sha256: str | None = None
    printed: int = 0


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A slip given at the counter before any dossier existed (Mẫu 02 or 03); ``id`` is the number of its event.

    ``label`` is its number as printed (``05/PBS-TTPVHCC``), ``told`` what was missing or why it was refused,
    ``form_key`` the key of the intake it was given for, ``followed_by`` the code of the dossier that came after it.
    ``procedure`` is empty where the catalogue has none for the matter.
    """

    id: int
    document: int
    kind: DocumentKind
    label: str
    given_at: datetime
    clerk: str
    procedure: str
    procedure_name: str
    applicant: str
    id_number: str
    phone: str
    told: str
    form_key: str
    printed: int = 0
    print_failed: bool = False
    followed_by: str | None = None
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One line of the register book (Sổ theo dõi hồ sơ); ``solving_unit`` is empty where the commune solves."""

    book_year: int
    book_no: str
    entry_no: int
    code: str
    procedure_name: str
    applicant: str
    address: str
    phone: str
    solving_unit: str
    received_at: datetime
    due_at: datetime
    finished_at: datetime | None
    handed_over_at: datetime | None
    result_by: ResultBy
    status: DossierStatus


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A dossier given from one desk to another; ``facts`` are what the clerk gave, such as ``to``."""

    seq: int
    dossier: str
    at: datetime
    clerk: str
    facts: dict


@dataclass(frozen=True, slots=True)
class DossierDetail:
    """A dossier with everything that happened to it, oldest event first."""

    row: DossierRow
    form: dict
    explanation: tuple[dict, ...]
    result_by: ResultBy
    events: tuple[EventRow, ...] = ()
    documents: tuple[IssuedDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What the register remembers of a returning citizen, from the latest dossier."""

    id_number: str
    name: str
    birth_date: str
    gender: str
    address: str
    residence: str
    phone: str
    email: str
    last_on: date


@dataclass(frozen=True, slots=True)
class Draft:
    """An intake not yet submitted: not an act, never counted, replaced at each keystroke."""

    station: str
    saved_at: datetime
    state: dict = field(default_factory=dict)


class OldEntry(NamedTuple):
    """One dossier of an old book. ``imported_by`` is the event that brought it, ``row`` its row in that file."""

    id: int
    imported_by: int
    row: int
    year: int
    entry_no: str
    code: str
    applicant: str
    id_number: str
    address: str
    phone: str
    procedure_name: str
    received_on: date
    due_on: date | None
    finished_on: date | None
    handed_over_on: date | None
    result: str
    note: str
