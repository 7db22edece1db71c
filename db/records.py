"""Frozen records handed upward by the register. Standard library only.

Moments are aware ``datetime`` values in Asia/Ho_Chi_Minh (written +07:00), dates are ``date``,
money is whole đồng. Text is NFC.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from db.vocabulary import (
    AfterCutoff,
    Channel,
    DayKind,
    DocumentKind,
    DossierStatus,
    EventKind,
    LimitUnit,
    ProcedureStatus,
    ResultBy,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: ``value`` units (0 for ``same_day`` and ``immediate``; quarters of a day allowed)."""

    value: Decimal
    unit: LimitUnit
    after_cutoff: AfterCutoff = AfterCutoff.NONE


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that differs from its weekday, with the document that says so."""

    on: date
    kind: DayKind
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class ProcedureCase:
    """One of a procedure's cases (trường hợp), with its own limit; ``statutory`` as in ``ProcedureVersion``."""

    label: str
    limit: Limit
    statutory: Limit | None = None


@dataclass(frozen=True, slots=True)
class RequiredPaper:
    """A constituent paper (thành phần hồ sơ). ``case`` limits it to the case of that label."""

    name: str
    originals: int
    copies: int
    required: bool = True
    shown_only: bool = False
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """``amount`` in đồng, ``None`` when the commune must type it; ``rule`` names a formula of rules.fees."""

    amount: int | None
    text: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class FeeRule:
    """What a procedure costs by one channel, for one kind of person, in one period.

    ``amount`` is in đồng, ``None`` when the commune must type it. A ``channel`` of ``None`` means every one, an empty
    ``exemption`` everybody, otherwise it says who pays this less (miễn, giảm). Both days belong to the period.
    """

    amount: int | None
    text: str = ""
    channel: Channel | None = None
    exemption: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class ProcedureVersion:
    """A procedure (thủ tục hành chính) as one decision left it.

    ``limit`` is the one that counts: the shorter, where the commune's is shorter than the law's, which then stands in
    ``statutory``. It is ``None`` when the limit depends on the case (then ``cases`` is not empty) or when
    ``needs_review`` is set and the clerk must type it at intake. ``units`` are the codes of the communes that handle
    it, none meaning every commune. ``limit_text`` is the sentence in which the decision wrote the limit. Text that is
    empty and a ``sets`` of ``None`` are not known.
    """

    code: str
    name: str
    field: str
    limit: Limit | None
    cases: tuple[ProcedureCase, ...] = ()
    papers: tuple[RequiredPaper, ...] = ()
    fee: Fee = Fee(None, "")
    result: str = ""
    legal_basis: tuple[str, ...] = ()
    decision: str = ""
    authority: str = ""
    channels: tuple[Channel, ...] = ()
    needs_review: bool = False
    review_note: str = ""
    status: ProcedureStatus = ProcedureStatus.IN_FORCE
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: str | None = None
    source: str = ""
    source_on: date | None = None
    statutory: Limit | None = None
    decided_on: date | None = None
    steps: str = ""
    place: str = ""
    subjects: str = ""
    conditions: str = ""
    forms: tuple[str, ...] = ()
    fees: tuple[FeeRule, ...] = ()
    units: tuple[str, ...] = ()
    link: str = ""
    sets: int | None = None
    limit_text: str = ""
    version_id: int = 0


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision that changed the catalogue (quyết định công bố), as its event ``seq`` recorded it.

    ``source`` is ``file``, ``hand`` or ``packet``; ``counts`` says how many procedures it made new, amended, replaced
    and abolished; ``attachment`` names the kept file and its SHA-256, ``content`` is the digest of what was applied.
    ``undone_by`` is the event that took it back.
    """

    seq: int
    number: str
    decided_on: date | None
    effective_on: date
    title: str
    source: str
    at: datetime
    clerk: str
    counts: dict[str, int]
    attachment: dict | None = None
    content: str = ""
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class PostedSheet:
    """A sheet as it hangs, or hung until ``down_at``: its name, the SHA-256 of what it says, its size, its place.

    ``posted_by`` is the event that put it up.
    """

    name: str
    sha256: str
    size: str
    board: str
    slot: str
    posted_at: datetime
    clerk: str
    posted_by: int
    down_at: datetime | None = None


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


@dataclass(frozen=True, slots=True)
class Clerk:
    """A person who acts at the counter (công chức một cửa)."""

    short_name: str
    full_name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class DossierRow:
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
