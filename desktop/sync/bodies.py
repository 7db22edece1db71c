"""What each kind of document says, field by field: the one definition of the wire, from which readers and schemas come.

Hides the limits of every value. Strict both ways: an unknown field, a missing one or a value out of its limits is no
document. Moments are aware and written as they were given, days are dates, counts are whole numbers. Names and figures
only: nothing here can hold a sentence that a clerk typed, or a person.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from desktop.rules.statistics import COLUMNS


class Kind(StrEnum):
    """What documents there are; the number is the version of the layout."""

    DAY_REPORT = "day_report 1"
    ENROLMENT = "enrolment 1"
    HOLDINGS_WANTED = "holdings_wanted 1"
    ACKNOWLEDGEMENT = "acknowledgement 1"
    ENROLLED = "enrolled 1"
    REFUSAL = "refusal 1"


class Verdict(StrEnum):
    """What the hub did with a revision of a day."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    FORKED = "forked"


UnitCode = Annotated[str, Meta(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]{0,22}[A-Za-z0-9])?$")]
#: What may not be known, such as a parent or an agency.
MaybeName = Annotated[str, Meta(max_length=2_100)]
#: As long as the catalogue lets the name of a field be, and some.
Name = Annotated[str, Meta(min_length=1, max_length=2_100)]
Sentence = Annotated[str, Meta(max_length=1000)]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Key = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Signature = Annotated[str, Meta(pattern=r"^[0-9a-f]{128}$")]
ShortCode = Annotated[str, Meta(pattern=r"^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$")]
MaybeShortCode = Annotated[str, Meta(pattern=r"^([2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4})?$")]
#: Written ``2026-11-12T17:04:00+07:00``; a part of a second only where there is one.
_WRITTEN = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?"
    r"(Z|(?![+-]00:00)[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
)
Moment = Annotated[datetime, Meta(tz=True, extra_json_schema={"pattern": _WRITTEN})]
Revision = Annotated[int, Meta(ge=1, le=9999)]
Seq = Annotated[int, Meta(ge=0, le=2**53)]
Count = Annotated[int, Meta(ge=0, le=999_999_999)]
#: A figure of a table. Below zero only where the sums are said not to hold.
Figure = Annotated[int, Meta(ge=-999_999_999, le=999_999_999)]
#: Columns (3) to (13) of Biểu II.06a, in the order of ``statistics.COLUMNS``.
Total = tuple[Figure, Figure, Figure, Figure, Figure, Figure, Figure, Figure, Figure, Figure, Figure]
_COLUMNS = ("field", "procedure", *COLUMNS)
#: What stands in a row, so that whoever opens a report with an editor can read it.
Columns = Annotated[tuple[str, ...], Meta(extra_json_schema={"const": list(_COLUMNS)})]
#: Field, procedure code, columns (3) to (13).
Row = tuple[Name, Name, Figure, Figure, Figure, Figure, Figure, Figure, Figure, Figure, Figure, Figure, Figure]
#: Day, revision and ``report_sha256`` of a report that the hub holds as the standing one.
Holding = tuple[date, Revision, Sha256]


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """Any part of a document."""


class Unit(Body, frozen=True, kw_only=True):
    """Who reports."""

    code: UnitCode
    name: MaybeName
    parent: MaybeName
    agency: MaybeName


class Hub(Body, frozen=True, kw_only=True):
    """Who receives."""

    code: UnitCode
    name: Name


class Share(Body, frozen=True, kw_only=True):
    """``percent`` has two decimals, rounded down; None of nothing."""

    numerator: Count
    denominator: Count
    percent: Annotated[str, Meta(pattern=r"^[0-9]{1,3}\.[0-9]{2}$")] | None


class Head(Body, frozen=True, kw_only=True):
    """The end of the event chain just before a day was closed."""

    seq: Seq
    hash: Sha256


class Previous(Body, frozen=True, kw_only=True):
    """The closing directly before this one in the register, of whichever day."""

    day: date
    revision: Revision
    hash: Sha256


class DayReport(Body, frozen=True, kw_only=True):
    """One revision of a closed day, as it was sealed. ``hash`` is that of its event in the commune's chain.

    ``before`` is the short code of the revision before it, empty for the first. ``late``: the day closed itself
    afterwards. ``unanswered`` dossiers were overdue without an apology. ``list_sha256`` covers the list of dossiers,
    which stays in the commune. ``broken`` names rows whose sums do not hold.
    """

    unit: Unit
    practice: bool
    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")
    columns: Columns
    rows: Annotated[tuple[Row, ...], Meta(max_length=5000)]
    total: Total
    on_time: Share
    holds: bool
    broken: Annotated[tuple[Name, ...], Meta(max_length=5000)]
    program: Name
    revision: Revision
    code: ShortCode
    closed_at: Moment
    late: bool
    reason_given: bool
    before: MaybeShortCode
    unanswered: Count
    list_sha256: Sha256
    chain: Head
    hash: Sha256
    previous: Previous | None

    def __post_init__(self) -> None:
        if self.first != self.last:
            raise ValueError("a day's report is of one day")
        if self.columns != _COLUMNS:
            raise ValueError("columns are those of the form")

    @property
    def day(self) -> date:
        return self.first


class Enrolment(Body, frozen=True, kw_only=True):
    """A commune asks to be known by a key. ``proof`` shows that it was given the one-time code."""

    unit: UnitCode
    name: Name
    practice: bool
    at: Moment
    public_key: Key
    proof: Sha256


class Enrolled(Body, frozen=True, kw_only=True):
    """The hub knows the commune's key now and gives its own; ``proof`` shows that it made the one-time code."""

    unit: UnitCode
    name: Name
    hub: Hub
    hub_key: Key
    practice: bool
    at: Moment
    proof: Sha256


class HoldingsWanted(Body, frozen=True, kw_only=True):
    """A commune asks which of its reports the hub holds."""

    unit: UnitCode
    practice: bool
    at: Moment


class Standing(Body, frozen=True, kw_only=True):
    """What the hub holds of a day instead of what was sent."""

    revision: Revision
    code: ShortCode
    sha256: Sha256
    total: Total


class AckItem(Body, frozen=True, kw_only=True):
    """What became of one report. ``reason`` is a sentence for the clerk, empty where there is nothing to say.

    ``settled``: an official has decided that ``standing`` counts for this day, or with ``rejected`` that none does, and
    nobody has to look at it again.
    """

    day: date
    revision: Revision
    sha256: Sha256
    verdict: Verdict
    reason: Sentence = ""
    standing: Standing | None = None
    settled: bool = False


class Held(Body, frozen=True, kw_only=True):
    """How many standing reports of a unit the hub holds, and a digest of which they are: ``protocol.held_digest``."""

    count: Count
    digest: Annotated[str, Meta(pattern=r"^[0-9a-f]{16}$")]


class Acknowledgement(Body, frozen=True, kw_only=True):
    """The hub's answer to a packet, named by ``answers`` (its SHA-256). ``missing`` are working days not reported.

    ``holdings`` is everything held of the unit, when it was asked for; None otherwise.
    """

    unit: UnitCode
    hub: Hub
    practice: bool
    at: Moment
    answers: Sha256
    items: Annotated[tuple[AckItem, ...], Meta(max_length=400)] = ()
    missing: Annotated[tuple[date, ...], Meta(max_length=4000)] = ()
    held: Held
    holdings: Annotated[tuple[Holding, ...], Meta(max_length=40_000)] | None = None


class Refusal(Body, frozen=True, kw_only=True):
    """The hub could not take a packet at all: a stable word and a sentence."""

    hub: Hub
    practice: bool
    at: Moment
    answers: Sha256
    code: Annotated[str, Meta(pattern=r"^[a-z][a-z_]{0,39}$")]
    message: Sentence


BODIES: dict[str, type[Body]] = {
    Kind.DAY_REPORT: DayReport,
    Kind.ENROLMENT: Enrolment,
    Kind.HOLDINGS_WANTED: HoldingsWanted,
    Kind.ACKNOWLEDGEMENT: Acknowledgement,
    Kind.ENROLLED: Enrolled,
    Kind.REFUSAL: Refusal,
}
