"""The sheet of a day that is signed: its figures as sealed, the code of the seal, who was left waiting and why.

A day that went on after its seal, or that nobody sealed, says so above its figures. Called by ``reporting``.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from db.connection import Register
from desktop import labels
from desktop.documents.letterhead import Signer
from desktop.documents.pages import Progress
from desktop.documents.report import Cell, Grid, Paper, ReportContent, Section
from desktop.documents.tables import Column
from desktop.documents.wording import date_words
from desktop.errors import UserError
from desktop.office import closing, counting, letters, lookup, official_table, report_forms, settings
from desktop.office.closing import NOT_ANSWERED, Closing
from desktop.office.report_forms import ReportForm, ReportKind
from desktop.office.rights import PROGRAM
from desktop.rules import statistics
from desktop.rules.periods import Period, PeriodKind
from desktop.rules.statistics import Table

_MOST_DAYS = 366
_SILENT = (
    Column("STT", 0.05, "center"),
    Column("Mã hồ sơ", 0.17),
    Column("Thủ tục", 0.36),
    Column("Hẹn trả", 0.1, "center"),
    Column("Lý do chưa xin lỗi", 0.32),
)
_SHOWN = 16


def contents(
    book: Register, period: Period, *, now: datetime, progress: Progress | None = None
) -> tuple[ReportContent, ...]:
    """A sheet for each day of a period that has come and was sealed, worked on or a working day.

    One day asked for alone always has its sheet. UserError ``period_in_future``, ``too_many_days``; fewer sheets, or
    none, when ``progress`` said to stop.
    """
    days = _days(book, period, now)
    made = []
    for number, on in enumerate(days):
        if progress and not progress(number, len(days)):
            return ()
        made.append(_sheet(book, on, now=now))
    return tuple(made)


def _days(book: Register, period: Period, now: datetime) -> list[date]:
    if (period.last - period.first).days >= _MOST_DAYS:
        raise UserError(
            "too_many_days", f"Phiếu ngày lập nhiều nhất cho {_MOST_DAYS} ngày một lần; chia kỳ ra rồi lập."
        )
    if period.kind is PeriodKind.DAY:
        return [period.first]
    last = counting.counted(book, period.first, period.last, now=now).as_of
    sealed = {one.day for one in closing.between(book, period.first, last)}
    lively = {one.on for one in counting.by_day(book, period.first, last, now=now) if one.received or one.resolved}
    calendar = settings.calendar(book)
    every = (period.first + timedelta(days=number) for number in range((last - period.first).days + 1))
    days = [on for on in every if on in sealed or on in lively or calendar.is_working_day(on)]
    if not days:
        raise UserError("no_working_day", f"{period.name}: không có ngày làm việc nào để lập phiếu.")
    return days


def _sheet(book: Register, on: date, *, now: datetime) -> ReportContent:
    form = report_forms.form(ReportKind.DAY, on)
    revisions = closing.between(book, on, on)
    live = counting.counted(book, on, on, now=now)
    sealed = revisions[-1] if revisions else None
    table = sealed.table if sealed else live.table
    figures = Section(
        name=f"{on:%d-%m-%Y}",
        strips=tuple(_strips(sealed, live.table)),
        lead=tuple(_seal_words(book, revisions)),
        grid=Grid(_columns(live.as_of), official_table.rows(table), totals=1),
        notes=(official_table.rate_words(table.total),),
    )
    silent = Section(
        name=f"{on:%d-%m-%Y} xin lỗi",
        title="Hồ sơ quá hạn chưa xin lỗi",
        grid=Grid(_SILENT, _silent(book, sealed), empty=_nobody(sealed)),
        notes=(_proof(sealed),) if sealed else (),
        signers=_signers(book, form, sealed),
    )
    head = report_forms.title_head(book, form, (f"({date_words(on).capitalize()})",), now=now)
    sections = (figures, silent)
    return report_forms.content(book, form, head, sections, Paper.LANDSCAPE, about=f"{on:%d/%m/%Y}", now=now)


def _columns(on: date) -> tuple[Column, ...]:
    return report_forms.form(ReportKind.TABLE, on).columns


def _strips(sealed: Closing | None, live: Table) -> Iterator[str]:
    if sealed is None:
        yield "NGÀY NÀY CHƯA CHỐT: số liệu còn có thể đổi, phiếu chưa có mã."
        return
    yield from (official_table.broken_words(f"{name}.") for name in sealed.content["broken"])
    if dict(sealed.table.lines) != dict(live.lines):
        yield (
            f"SAU KHI CHỐT CÓ VIỆC GHI THÊM: nay đếm được tiếp nhận {live.total.received_total},"
            f" giải quyết {live.total.resolved_total}, đang giải quyết {live.total.pending_total}. Hãy chốt bản mới."
        )


def _seal_words(book: Register, revisions: tuple[Closing, ...]) -> Iterator[str]:
    """Code, revision, who and when; why again, and the codes of the revisions before."""
    if not revisions:
        return
    sealed = revisions[-1]
    clerk = letters.full_name(book, sealed.clerk)
    yield f"Mã chốt: {sealed.code} – bản {sealed.revision} – chốt lúc {labels.moment_words(sealed.at)} – {clerk}"
    if sealed.content["reason"]:
        yield f"Lý do: {sealed.content['reason']}"
    if before := revisions[:-1]:
        yield "Bản trước: " + "; ".join(f"bản {one.revision} mã {one.code}" for one in before)


def _silent(book: Register, sealed: Closing | None) -> list[tuple[Cell, ...]]:
    if sealed is None:
        return []
    courses = counting.courses(book, sealed.day, now=sealed.at)
    found: list[tuple[Cell, ...]] = []
    for number, (code, why) in enumerate(sorted(sealed.content["silent"].items()), start=1):
        row = lookup.row(book, code)
        course = courses.get(code)
        due_on = statistics.span_on(course, sealed.day).due_on if course else row.due_at.date()
        said = why if why != NOT_ANSWERED else "CHƯA TRẢ LỜI"
        found.append((number, code, labels.procedure_words(row.procedure_name), due_on, said))
    return found


def _nobody(sealed: Closing | None) -> str:
    return "Không có." if sealed else "Chỉ biết khi chốt ngày."


def _proof(sealed: Closing) -> str:
    chain = sealed.content["chain"]
    return (
        "Mã chốt tính từ mọi số liệu trên phiếu, danh sách hồ sơ sau các số ấy và đầu chuỗi sự kiện: sửa một điều là mã"
        f" không còn khớp. Danh sách: {sealed.content['list_sha256'][:_SHOWN]}…; đầu chuỗi: sự kiện {chain['seq']},"
        f" {chain['hash'][:_SHOWN]}…"
    )


def _signers(book: Register, form: ReportForm, sealed: Closing | None) -> tuple[Signer, ...]:
    if sealed is None or sealed.clerk == PROGRAM:
        return form.signers
    first, *others = form.signers
    return (replace(first, name=letters.full_name(book, sealed.clerk)), *others)
