"""The dossiers behind a figure, as a list on paper or in a workbook: every figure opens its list.

For the house, with names. Called by ``reporting``; changes nothing.
"""

from datetime import datetime

from db.connection import Register
from db.records import DossierRow
from desktop import labels
from desktop.documents.report import Cell, Grid, Paper, ReportContent, Section
from desktop.documents.tables import Column
from desktop.office import counting, report_forms
from desktop.office.report_forms import ReportKind
from desktop.rules import identities, lifecycle
from desktop.rules.periods import Period

_COLUMNS = (
    Column("STT", 0.05, "center"),
    Column("Mã hồ sơ", 0.145),
    Column("Người nộp", 0.15),
    Column("Thủ tục", 0.265),
    Column("Kênh", 0.07),
    Column("Nhận", 0.08, "center"),
    Column("Hẹn trả", 0.08, "center"),
    Column("Xong", 0.08, "center"),
    Column("Hiện nay", 0.08),
)


def content(
    book: Register,
    period: Period,
    column: str,
    *,
    field: str | None = None,
    procedure: str | None = None,
    clerk: str | None = None,
    now: datetime,
) -> ReportContent:
    """The list behind a cell of a period's table, as ``clerk`` may read it.

    UserError ``unknown_column``, ``period_in_future``.
    """
    counted = counting.counted(book, period.first, period.last, now=now)
    only = {"field": field, "procedure": procedure}
    rows = counting.seen_behind(book, column, period.first, period.last, now=now, clerk=clerk, **only)
    form = report_forms.form(ReportKind.LIST, counted.as_of)
    whose = " – ".join(part for part in (field, procedure) if part) or "Tổng cộng"
    captions = report_forms.form(ReportKind.TABLE, counted.as_of).columns
    mark = identities.number(column)
    behind = captions[mark - 1]
    named = " – ".join((*behind.over, behind.caption))
    section = Section(
        f"Cột {mark}",
        lead=(f"{whose}, cột ({mark}) {named}: {labels.count_words(len(rows))} hồ sơ.",),
        grid=Grid(
            _COLUMNS, [_row(number, row) for number, row in enumerate(rows, start=1)], empty="Không có hồ sơ nào."
        ),
        notes=("“Hiện nay” là tình trạng lúc lập danh sách; số liệu của kỳ tính theo ngày của từng việc.",),
    )
    lines = report_forms.period_lines(period, counted.as_of, now=now)
    head = report_forms.title_head(book, form, lines, now=now, outward=False)
    return report_forms.content(book, form, head, (section,), Paper.LANDSCAPE, about=period.name, now=now)


def _row(number: int, row: DossierRow) -> tuple[Cell, ...]:
    ended = lifecycle.outcome(row.status, row.due_at, row.finished_at, row.paused_since)
    return (
        number,
        row.official_code or row.code,
        row.applicant,
        labels.procedure_words(row.procedure_name),
        labels.CHANNEL_WORDS[row.channel],
        row.received_at.date(),
        row.due_at.date(),
        row.finished_at.date() if row.finished_at else None,
        labels.OUTCOME_WORDS[ended] if ended else labels.STATUS_WORDS[row.status],
    )
