"""The board that everybody may read: how many dossiers there were, and how each of them stands against its promise.

Every dossier of the period is in just one of the three counts, and their sum stands on the board. Nobody's name, code
or matter does. Called by ``reporting``.
"""

from datetime import datetime

from db.connection import Register
from desktop import labels
from desktop.documents.report import Cell, Grid, Paper, ReportContent, Section
from desktop.documents.tables import Column
from desktop.office import counting, official_table, report_forms
from desktop.office.identities import reconcile
from desktop.office.report_forms import ReportKind
from desktop.rules import statistics
from desktop.rules.periods import Period
from desktop.rules.statistics import Line
from desktop.rules.text import sort_key

_LATE = ("Quá hạn",)
_COLUMNS = (
    Column("Lĩnh vực", 0.34),
    Column("Tổng số hồ sơ", 0.12, "right"),
    Column("Đã xong trước và đúng hạn", 0.15, "right"),
    Column("Đang làm, trong hạn", 0.13, "right"),
    Column("Đã xong", 0.13, "right", _LATE),
    Column("Đang làm", 0.13, "right", _LATE),
)


def content(book: Register, period: Period, *, now: datetime) -> ReportContent:
    """The board of a period; UserError ``period_in_future``."""
    counted = counting.counted(book, period.first, period.last, now=now)
    form = report_forms.form(ReportKind.PROGRESS, counted.as_of)
    lines = statistics.by_field(counted.table.lines)
    rows = [(name, *_stand(lines[name])) for name in sorted(lines, key=sort_key)]
    total = counted.table.total
    section = Section(
        name="Tiến độ",
        strips=tuple(map(official_table.broken_words, reconcile(book, counted, now=now).breaks)),
        lead=(_sum_words(total), _rate_words(total)),
        grid=Grid(_COLUMNS, [*rows, ("Tổng cộng", *_stand(total))], totals=1),
        notes=(f"Lập lúc {labels.moment_words(now)}. Hồ sơ đang chờ người nộp bổ sung tính theo ngày bắt đầu chờ.",),
    )
    lines_ = report_forms.period_lines(period, counted.as_of, now=now)
    head = report_forms.title_head(book, form, lines_, now=now)
    return report_forms.content(book, form, head, (section,), Paper.WALL, about=period.name, now=now)


def _stand(line: Line) -> tuple[Cell, ...]:
    """All, done in time, under way in time, done late, under way and overdue."""
    return (
        line.received_total,
        line.early + line.on_time,
        line.pending_in_time,
        line.late,
        line.pending_overdue,
    )


def _sum_words(total: Line) -> str:
    parts = (total.early + total.on_time, total.pending_in_time, total.late + total.pending_overdue)
    in_time, under_way, overdue = map(labels.count_words, parts)
    return (
        f"{labels.count_words(total.received_total)} hồ sơ {'=' if sum(parts) == total.received_total else '≠'}"
        f" {in_time} đã xong trước và đúng hạn + {under_way} đang làm, trong hạn + {overdue} quá hạn."
    )


def _rate_words(total: Line) -> str:
    rate = statistics.on_time_rate(total)
    told = f"Đã xong trước và đúng hạn: {rate.words} = {rate.numerator}/{rate.denominator} hồ sơ đã xong."
    return f"{told} {official_table.small_words(rate)}".strip()
