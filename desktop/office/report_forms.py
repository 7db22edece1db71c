"""The forms of the statistics as data: titles, codes, who issued them, who receives and signs, from when to when.

Hides the files in ``resources/reports``, and what every document of the statistics begins with. The function that these
forms serve moved between ministries in 2026, so nothing of this stands in code. Called by whatever composes a report.
"""

from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from db.connection import Register
from desktop.documents.letter import PRACTICE_MARK
from desktop.documents.letterhead import Letterhead, Signer
from desktop.documents.report import FormHead, Paper, ReportContent, Section, TitleHead
from desktop.documents.tables import Column
from desktop.documents.wording import date_words
from desktop.office import settings
from desktop.rules.periods import Period, PeriodKind

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "reports"
_BLANK = "…………………………"


class ReportKind(StrEnum):
    """What may be made of the figures of a period; the words are those of ``report --kind``."""

    TABLE = "table"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    REVIEW = "review"
    PROGRESS = "progress"
    OVERDUE = "overdue"
    INSPECTION = "inspection"
    LIST = "list"


#: A month's and a quarter's pack differ in what they compare, not in their form.
_FILES = {ReportKind.MONTH: "review", ReportKind.QUARTER: "review"}


class ReportForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of a form. ``{cấp trên}`` in ``recipient`` is the unit above; ``note`` is known of its source."""

    form_ref: str
    title: tuple[str, ...]
    signers: tuple[Signer, ...]
    valid_from: date
    valid_to: date | None
    note: str
    issued_by: str = ""
    counted_in: str = ""
    recipient: str = ""
    columns: tuple[Column, ...] = ()


class _File(msgspec.Struct, forbid_unknown_fields=True):
    kind: str
    versions: tuple[ReportForm, ...]


@cache
def shipped(kind: ReportKind) -> tuple[ReportForm, ...]:
    """Every version of a form, oldest first."""
    file = msgspec.json.decode((_FOLDER / f"{_FILES.get(kind, kind)}.json").read_bytes(), type=_File)
    return tuple(sorted(file.versions, key=lambda version: version.valid_from))


def in_force(versions: tuple[ReportForm, ...], on: date) -> ReportForm:
    """The version of a day; the oldest for days before any."""
    return next((version for version in reversed(versions) if version.valid_from <= on), versions[0])


def form(kind: ReportKind, on: date) -> ReportForm:
    """The form in which a period that ends on a day is reported, whenever the report is made."""
    return in_force(shipped(kind), on)


def form_head(book: Register, form: ReportForm, period: Period, as_of: date, *, now: datetime) -> FormHead:
    """The three blocks of a statistical form."""
    unit = settings.unit(book)
    recipient = form.recipient.replace("{cấp trên}", unit.parent_name or _BLANK)
    return FormHead(
        (form.form_ref, form.issued_by),
        form.title,
        period_lines(period, as_of, now=now),
        (f"- Đơn vị báo cáo: {unit.centre_name}", f"- Đơn vị nhận báo cáo: {recipient}"),
        form.counted_in,
    )


def title_head(
    book: Register, form: ReportForm, lines: tuple[str, ...], *, now: datetime, outward: bool = True
) -> TitleHead:
    """A title over what it is about; ``outward`` papers bear the letterhead, lists of the house the centre's name."""
    unit = settings.unit(book)
    if not outward:
        return TitleHead(form.title, lines, centre_name=unit.centre_name)
    head = Letterhead(unit.superior_lines, unit.centre_lines, "", unit.place, now.date())
    return TitleHead(form.title, lines, letterhead=head)


def period_lines(period: Period, as_of: date, *, now: datetime) -> tuple[str, ...]:
    """The period by name and days, and how far it has come while it has not ended."""
    named = () if period.kind in (PeriodKind.DAY, PeriodKind.FREE) else (f"Kỳ báo cáo: {period.name}",)
    days = f"(Từ ngày {period.first:%d/%m/%Y} đến ngày {period.last:%d/%m/%Y})"
    unfinished = (f"Số liệu tính đến {date_words(as_of)}",) if period.last >= now.date() else ()
    return (*named, days, *unfinished)


def dated(book: Register, now: datetime) -> str:
    """Place and day above the signatures of a form without letterhead."""
    return f"{settings.unit(book).place}, {date_words(now.date())}"


def content(
    book: Register,
    form: ReportForm,
    head: FormHead | TitleHead,
    sections: tuple[Section, ...],
    paper: Paper,
    *,
    about: str,
    now: datetime,
) -> ReportContent:
    """A document of this register; ``about`` names its period on its later pages."""
    unit = settings.unit(book)
    return ReportContent(
        name=f"{form.form_ref} – {about}",
        head=head,
        sections=sections,
        paper=paper,
        centre_name=unit.centre_name,
        made_on=now.date(),
        form_ref=form.form_ref,
        overlay=PRACTICE_MARK if unit.practice else "",
    )
