"""The list of what missed its promise and whom the commune still owes an apology; for the house, with names.

Who is still waiting comes first. Called by ``reporting``.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from db.connection import Register
from desktop import labels
from desktop.documents.report import Cell, Grid, Paper, ReportContent, Section
from desktop.documents.tables import Column
from desktop.office import causes, counting, lookup, report_forms
from desktop.office.causes import LateCase
from desktop.office.report_forms import ReportKind
from desktop.rules.periods import Period

_COLUMNS = (
    Column("STT", 0.035, "center"),
    Column("Mã hồ sơ", 0.145),
    Column("Người nộp", 0.12),
    Column("Thủ tục", 0.24),
    Column("Hẹn trả", 0.075, "center"),
    Column("Xong", 0.075, "center"),
    Column("Trễ (ngày)", 0.05, "right"),
    Column("Đang ở", 0.08),
    Column("Nguyên nhân", 0.105),
    Column("Xin lỗi", 0.075, "center"),
)
OWED = "CHƯA"


def content(book: Register, period: Period, *, clerk: str | None = None, now: datetime) -> ReportContent:
    """The list of a period, as things stood at its end and as ``clerk`` may read it; UserError ``period_in_future``."""
    counted = counting.counted(book, period.first, period.last, now=now)
    waiting = causes.overdue(book, counted, now=now)
    ended = causes.ended_late(book, counted, now=now)
    seen = lookup.veiled(book, (case.row for case in (*waiting, *ended)), clerk=clerk)
    named = {row.code: row.applicant for row in seen}
    form = report_forms.form(ReportKind.OVERDUE, counted.as_of)
    sections = (
        Section(
            name="Đang quá hạn",
            title=f"A. Đang giải quyết, đã quá hạn: {len(waiting)} hồ sơ",
            lead=(_owed_words((*waiting, *ended)),),
            grid=Grid(_COLUMNS, _rows(waiting, named), empty="Không có hồ sơ nào."),
        ),
        Section(
            name="Đã xong quá hạn",
            title=f"B. Đã giải quyết trong kỳ, quá hạn: {len(ended)} hồ sơ",
            grid=Grid(_COLUMNS, _rows(ended, named), empty="Không có hồ sơ nào."),
            dated=report_forms.dated(book, now),
            signers=form.signers,
        ),
    )
    lines = report_forms.period_lines(period, counted.as_of, now=now)
    head = report_forms.title_head(book, form, lines, now=now, outward=False)
    return report_forms.content(book, form, head, sections, Paper.LANDSCAPE, about=period.name, now=now)


def _rows(cases: Sequence[LateCase], named: Mapping[str, str]) -> list[tuple[Cell, ...]]:
    return [
        (
            number,
            case.row.official_code or case.row.code,
            named[case.row.code],
            labels.procedure_words(case.row.procedure_name),
            case.due_on,
            case.ended_on,
            case.days_late,
            case.holder,
            case.cause,
            case.apologised_on or OWED,
        )
        for number, case in enumerate(cases, start=1)
    ]


def _owed_words(cases: Sequence[LateCase]) -> str:
    given = sum(case.apologised_on is not None for case in cases)
    return f"Phải xin lỗi {len(cases)} hồ sơ: đã xin lỗi {given}, còn thiếu {len(cases) - given}."
