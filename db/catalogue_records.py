"""Records of the catalogue: procedures, their limits, papers and fees, the decisions that change
them, the sheets on the wall.

Imported through ``db.records``, which loads them when they are first asked for.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from db.vocabulary import (
    AfterCutoff,
    Channel,
    LimitUnit,
    ProcedureStatus,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: ``value`` units (0 for ``same_day`` and ``immediate``; quarters of a day allowed)."""

    value: Decimal
    unit: LimitUnit
    after_cutoff: AfterCutoff = AfterCutoff.NONE


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
    it, none meaning every commune; ``levels`` are those of the administration that do (cấp thực hiện), none meaning
    that no source says so. ``limit_text`` is the sentence in which the decision wrote the limit. Text that is empty and
    a ``sets`` of ``None`` are not known.
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
    levels: tuple[str, ...] = ()
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
