"""Frozen records handed upward by the register. Standard library only.

Moments are aware ``datetime`` values in Asia/Ho_Chi_Minh (written +07:00), dates are ``date``,
money is whole đồng. Text is NFC.

Those that the first window needs are defined here. The others are loaded when they are first asked for, and still
imported from here: defining a record takes half a millisecond.
"""

from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from db.vocabulary import Channel, DayKind, DossierStatus, Role

if TYPE_CHECKING:
    from db.case_records import BookEntry as BookEntry
    from db.case_records import DossierDetail as DossierDetail
    from db.case_records import Draft as Draft
    from db.case_records import EventRow as EventRow
    from db.case_records import Forwarded as Forwarded
    from db.case_records import IssuedDocument as IssuedDocument
    from db.case_records import KnownPerson as KnownPerson
    from db.case_records import OldEntry as OldEntry
    from db.case_records import SlipRow as SlipRow
    from db.catalogue_records import DecisionRow as DecisionRow
    from db.catalogue_records import Fee as Fee
    from db.catalogue_records import FeeRule as FeeRule
    from db.catalogue_records import Limit as Limit
    from db.catalogue_records import PostedSheet as PostedSheet
    from db.catalogue_records import ProcedureCase as ProcedureCase
    from db.catalogue_records import ProcedureVersion as ProcedureVersion
    from db.catalogue_records import RequiredPaper as RequiredPaper
    from db.outbox_records import LineState as LineState
    from db.outbox_records import OutboxRow as OutboxRow
    from db.outbox_records import StandingReport as StandingReport

_LATER = ("db.catalogue_records", "db.case_records", "db.outbox_records")


def __getattr__(name: str) -> Any:
    # Every import of this module asks for ``__path__``.
    for module in () if name.startswith("_") else _LATER:
        if found := getattr(import_module(module), name, None):
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that differs from its weekday, with the document that says so."""

    on: date
    kind: DayKind
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Unit:
    """The commune's centre as printed: levels are not named in code, a unit has a parent code.

    ``superior_lines`` and ``centre_lines`` are the two parts of the left header block,
    ``place`` the địa danh of the date line, ``symbol`` what follows the number on Mẫu 01.
    """

    code: str
    name: str
    parent_code: str = ""
    parent_name: str = ""
    practice: bool = False
    agency_code: str = ""
    place: str = ""
    superior_lines: tuple[str, ...] = ()
    centre_lines: tuple[str, ...] = ()
    centre_name: str = ""
    symbol: str = "-TTPVHCC"
    book_no: str = "01"


class Clerk(NamedTuple):
    """A person who acts at the counter (công chức một cửa); ``fields`` (lĩnh vực) of the work, empty for all."""

    short_name: str
    full_name: str
    active: bool = True
    roles: frozenset[Role] = frozenset()
    fields: tuple[str, ...] = ()


class DossierRow(NamedTuple):
    """One line of a list of dossiers."""

    id: int
    code: str
    official_code: str | None
    procedure: str
    procedure_name: str
    applicant: str
    id_number: str
    phone: str
    received_at: datetime
    due_at: datetime
    status: DossierStatus
    channel: Channel
    clerk: str
    printed: int = 0
    print_failed: bool = False
    holder: str = ""
    paused_since: datetime | None = None
    finished_at: datetime | None = None
    handed_over_at: datetime | None = None
    apologised: bool = False
