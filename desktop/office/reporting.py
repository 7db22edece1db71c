"""The documents of the statistics: what is asked for by its kind, for a period, as PDF or as a workbook.

The one door for windows and the command line; hides which module composes what. Both formats are made from the same
content, so that they cannot differ in a figure. Changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.connection import Register
from desktop.documents.pages import Progress
from desktop.documents.report import ReportContent
from desktop.errors import UserError
from desktop.office import (
    day_sheets,
    dossier_lists,
    inspections,
    official_table,
    overdue_list,
    progress_board,
    review_pack,
)
from desktop.office.report_forms import ReportKind
from desktop.rules.periods import Period

#: Rows that are still read on paper; more of them are for a workbook.
_MOST_ON_PAPER = 3000


class Format(StrEnum):
    """As what a document may be had."""

    PDF = "pdf"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Asked:
    """What shall be made: the kind, and what only some kinds ask.

    ``sample`` dossiers are drawn with ``seed`` for an inspection. A list stands behind ``column`` of the table, of one
    field or procedure or of all.
    """

    kind: ReportKind
    sample: int = 10
    seed: str = "1"
    column: str = "received_total"
    field: str | None = None
    procedure: str | None = None


def make(
    book: Register,
    asked: Asked,
    period: Period,
    as_: Format,
    *,
    clerk: str | None = None,
    now: datetime,
    progress: Progress | None = None,
) -> bytes | None:
    """A document of a period; None when ``progress`` said to stop. Names are those of the fields of ``clerk``.

    ``progress`` hears of what is read and then of what is laid out, each from nought to all. UserError
    ``period_in_future``, ``too_long_for_paper`` and those of the kind; ``no_font`` for paper.
    """
    contents = _composed(book, asked, period, clerk=clerk, now=now, progress=progress)
    if not contents:
        return None
    if as_ is Format.XLSX:
        from desktop.documents import report_xlsx

        return report_xlsx.render(contents, progress=progress)
    rows = sum(len(section.grid.rows) for one in contents for section in one.sections if section.grid)
    if rows > _MOST_ON_PAPER:
        raise UserError("too_long_for_paper", f"Danh sách có {rows} dòng, quá dài để in; hãy xuất tệp xlsx.", rows=rows)
    from desktop.documents import report_pdf

    return report_pdf.render(contents, progress=progress)


def file_name(asked: Asked, period: Period) -> str:
    """A name for the file, without its ending: what it is and of which days."""
    days = f"{period.first:%Y%m%d}" + (f"-{period.last:%Y%m%d}" if period.last != period.first else "")
    return f"{_FILE_NAMES[asked.kind]}-{days}"


_FILE_NAMES = {
    ReportKind.TABLE: "bieu-ii-06a",
    ReportKind.DAY: "phieu-ngay",
    ReportKind.MONTH: "rut-kinh-nghiem-thang",
    ReportKind.QUARTER: "rut-kinh-nghiem-quy",
    ReportKind.REVIEW: "rut-kinh-nghiem",
    ReportKind.PROGRESS: "cong-khai-tien-do",
    ReportKind.OVERDUE: "qua-han-va-xin-loi",
    ReportKind.INSPECTION: "rut-mau-kiem-tra",
    ReportKind.LIST: "danh-sach",
}


def _composed(
    book: Register, asked: Asked, period: Period, *, clerk: str | None, now: datetime, progress: Progress | None
) -> tuple[ReportContent, ...]:
    """What the documents say; nothing when the work was stopped."""
    match asked.kind:
        case ReportKind.TABLE:
            return (official_table.content(book, period, now=now),)
        case ReportKind.DAY:
            return day_sheets.contents(book, period, now=now, progress=progress)
        case ReportKind.PROGRESS:
            return (progress_board.content(book, period, now=now),)
        case ReportKind.OVERDUE:
            return (overdue_list.content(book, period, clerk=clerk, now=now),)
        case ReportKind.INSPECTION:
            drawn = inspections.content(book, period, size=asked.sample, seed=asked.seed, now=now, progress=progress)
            return (drawn,) if drawn else ()
        case ReportKind.LIST:
            only = {"field": asked.field, "procedure": asked.procedure}
            return (dossier_lists.content(book, period, asked.column, clerk=clerk, now=now, **only),)
    return (review_pack.content(book, period, asked.kind, now=now),)
