"""The month's reports of a practice commune, as it would print them: to look at, and to try them in other programs.

Closes its days, notes what a meeting decided and sets a target first, so that every part of a report has something to
say. For practice registers only.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from db.connection import Register
from desktop.office import actions, closing, counting, day_reports, evidence, reporting, settings
from desktop.office.reporting import Asked, Format, ReportKind
from desktop.rules import periods
from desktop.rules.periods import Period

_ANSWER = "Chờ kết quả xác minh của nơi cư trú trước đây"
_DECIDED = (("Dán mẫu tờ khai đã điền ở quầy", "Công chức tư pháp"), ("Nhắn người nộp khi có kết quả sớm", ""))
_PAPERS = (
    ReportKind.TABLE,
    ReportKind.MONTH,
    ReportKind.PROGRESS,
    ReportKind.OVERDUE,
    ReportKind.INSPECTION,
)
_WORKBOOKS = (ReportKind.TABLE, ReportKind.MONTH)


def write(book: Register, out: Path, *, first: date, last: date, clerk: str, now: datetime) -> Iterator[Path]:
    """Write the reports of the days ``first`` to ``last`` into ``out``, the sheet and signed report of the last day."""
    assert book.practice
    _prepare(book, last, clerk=clerk, now=now)
    month, day = periods.named(first, last), periods.free(last, last)
    is_empty = not counting.counted(book, first, last, now=now).table.total.received_total
    for kind in _PAPERS:
        if kind is not ReportKind.INSPECTION or not is_empty:
            yield _written(book, out, kind, month, Format.PDF, now)
    yield _written(book, out, ReportKind.DAY, day, Format.PDF, now)
    for kind in _WORKBOOKS:
        yield _written(book, out, kind, month, Format.XLSX, now)
    signed = out / "bao-cao-ngay-da-ky.json"
    signed.write_bytes(day_reports.signed(book, day_reports.of_day(book, last)))
    yield signed
    bundled = evidence.bundle(book, month, now=now)
    assert bundled is not None, "nobody stops this work"
    target = out / "chung-cu.zip"
    target.write_bytes(bundled)
    yield target


def _prepare(book: Register, last: date, *, clerk: str, now: datetime) -> None:
    settings.change(book, settings.ON_TIME_TARGET, "98,5", clerk=clerk, now=now)
    for what, who in _DECIDED:
        actions.decide(book, what, who=who, due_on=now.date() + timedelta(days=14), clerk=clerk, now=now)
    closing.close_missed(book, clerk=clerk, now=now)
    answers = dict.fromkeys(closing.to_answer(book, now), _ANSWER)
    closing.close_day(book, last, clerk=clerk, now=now, answers=answers)


def _written(book: Register, out: Path, kind: ReportKind, period: Period, as_: Format, now: datetime) -> Path:
    asked = Asked(kind, sample=5)
    data = reporting.make(book, asked, period, as_, now=now)
    assert data is not None, "nobody stops this work"
    path = out / f"{reporting.file_name(asked, period)}.{as_}"
    path.write_bytes(data)
    return path
