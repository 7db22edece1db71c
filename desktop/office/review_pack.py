"""The pack for the monthly and quarterly meeting: where the commune stands, what was late and why, what to do about it.

Every part is a table that may be opened as a worksheet. Codes and causes stand in it, nobody's name. Called by
``reporting``; the figures come from the engine and from ``causes``, ``trends`` and ``actions``.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from db.connection import Register
from desktop import labels
from desktop.documents.report import Cell, Chart, Grid, Paper, ReportContent, Section
from desktop.documents.tables import Column
from desktop.office import actions, causes, counting, indicators, official_table, report_forms, trends
from desktop.office.actions import Action
from desktop.office.causes import LateCase
from desktop.office.counting import Counted
from desktop.office.identities import reconcile
from desktop.office.indicators import Indicators
from desktop.office.report_forms import ReportKind
from desktop.office.trends import Counts
from desktop.rules import statistics
from desktop.rules.figures import Figure, Group
from desktop.rules.periods import Period, PeriodKind
from desktop.rules.statistics import SMALL_NUMBER, Line, Rate, Table
from desktop.rules.text import sort_key

_GRAINS = {ReportKind.MONTH: PeriodKind.MONTH, ReportKind.QUARTER: PeriodKind.QUARTER}
_NOTHING = "—"
_NEW_LINES, _SLOWEST = 6, 12
#: Groups of figures that have no part of their own.
_OTHERS = ("answers", "channels", "payments", "files", "cuts", "visits", "letters", "index")

#: What is compared: how it is called, and what it is of a period's sums.
_MEASURES: tuple[tuple[str, Callable[[Line], Cell]], ...] = (
    ("Tiếp nhận trong kỳ", lambda line: line.received_online + line.received_direct),
    ("– trực tuyến", lambda line: line.received_online),
    ("– trực tiếp, bưu chính", lambda line: line.received_direct),
    ("Tỷ lệ trực tuyến", lambda line: Rate(line.received_online, line.received_online + line.received_direct)),
    ("Từ kỳ trước chuyển sang", lambda line: line.carried_over),
    ("Đã giải quyết", lambda line: line.resolved_total),
    ("– trước hạn", lambda line: line.early),
    ("– đúng hạn", lambda line: line.on_time),
    ("– quá hạn", lambda line: line.late),
    ("Tỷ lệ trước hạn và đúng hạn", statistics.on_time_rate),
    ("Đang giải quyết cuối kỳ", lambda line: line.pending_total),
    ("– đã quá hạn", lambda line: line.pending_overdue),
)
_TREND = (
    Column("Kỳ", 0.16, "center"),
    Column("Tiếp nhận", 0.14, "right"),
    Column("Đã giải quyết", 0.14, "right"),
    Column("Trước, đúng hạn", 0.14, "right"),
    Column("Quá hạn", 0.14, "right"),
    Column("Tỷ lệ trước, đúng hạn", 0.28, "right"),
)
_FIELDS = (
    Column("Lĩnh vực", 0.31),
    Column("Trước hạn", 0.1, "right", ("Đã giải quyết",)),
    Column("Đúng hạn", 0.1, "right", ("Đã giải quyết",)),
    Column("Quá hạn", 0.1, "right", ("Đã giải quyết",)),
    Column("Tỷ lệ", 0.15, "right", ("Đã giải quyết",)),
    Column("Tổng số", 0.12, "right", ("Đang giải quyết",)),
    Column("Quá hạn", 0.12, "right", ("Đang giải quyết",)),
)
_LATE = (
    Column("Mã hồ sơ", 0.135),
    Column("Thủ tục", 0.325),
    Column("Hẹn trả", 0.12, "center"),
    Column("Xong", 0.12, "center"),
    Column("Trễ", 0.06, "right"),
    Column("Nguyên nhân", 0.24),
)
_ASKED = (
    Column("Nội dung phải bổ sung", 0.72),
    Column("Số lần", 0.12, "right"),
    Column("Phần", 0.16, "right"),
)
_FIGURES = (
    Column("Nhóm", 0.2),
    Column("Chỉ số", 0.42),
    Column("Kết quả", 0.18, "right"),
    Column("Trên tổng số", 0.2, "right"),
)
_DURATIONS = (
    Column("Thủ tục", 0.55),
    Column("Số hồ sơ", 0.09, "right"),
    Column("Trung bình", 0.12, "right"),
    Column("Trung vị", 0.12, "right"),
    Column("Lâu nhất", 0.12, "right"),
)
_ACTIONS = (
    Column("Số", 0.06, "center"),
    Column("Việc đã quyết định", 0.36),
    Column("Người làm", 0.16),
    Column("Hạn", 0.13, "center"),
    Column("Kết quả", 0.29),
)
_NEW = (
    Column("Việc phải làm", 0.52),
    Column("Người làm", 0.26),
    Column("Hạn", 0.22),
)


def content(book: Register, period: Period, kind: ReportKind, *, now: datetime) -> ReportContent:
    """The pack of a period, its past told in months or quarters; UserError ``period_in_future``."""
    counted = counting.counted(book, period.first, period.last, now=now)
    form = report_forms.form(ReportKind.REVIEW, counted.as_of)
    grain = _GRAINS.get(kind) or trends.grain(period)
    found = indicators.of_period(book, period.first, period.last, now=now)
    sections = (
        _comparison(book, counted, trends.beside(book, period, now=now), now),
        _trend(book, trends.row(book, period, grain, now=now)),
        _by_field(counted.table),
        _late(book, counted, now),
        _causes(found),
        _others(found),
        _durations(found),
        _decided(actions.owed(book, counted.first, counted.as_of), counted.as_of),
        Section(
            "Việc mới",
            title="9. Việc quyết định tại cuộc họp này",
            grid=Grid(_NEW, [("\n", "", "")] * _NEW_LINES),
            signers=form.signers,
        ),
    )
    lines = report_forms.period_lines(period, counted.as_of, now=now)
    head = report_forms.title_head(book, form, lines, now=now)
    return report_forms.content(book, form, head, sections, Paper.PORTRAIT, about=period.name, now=now)


def _comparison(book: Register, counted: Counted, beside: Sequence[Counts], now: datetime) -> Section:
    captions = ("Kỳ này", "Kỳ trước", "Kỳ trước nữa", "Năm trước")
    over = [f"{trends.short_name(period)}" for period, _ in beside]
    columns = [Column(caption, 0.16, "right", (words,)) for caption, words in zip(captions, over, strict=True)]
    rows = [(name, *(_NOTHING if line is None else measure(line) for _, line in beside)) for name, measure in _MEASURES]
    reconciled = reconcile(book, counted, now=now)
    return Section(
        "So sánh",
        title="1. Số liệu trong kỳ, so với các kỳ trước của xã",
        strips=tuple(map(official_table.broken_words, reconciled.breaks)),
        grid=Grid((Column("Số hồ sơ", 0.36), *columns), rows),
        notes=(official_table.rate_words(counted.table.total), reconciled.told),
    )


def _trend(book: Register, row: Sequence[Counts]) -> Section:
    target = trends.target(book)
    rows: list[tuple[Cell, ...]] = []
    for period, line in row:
        told = line or Line()
        received = told.received_online + told.received_direct
        in_time = told.early + told.on_time
        name = trends.short_name(period)
        rows.append((name, received, told.resolved_total, in_time, told.late, statistics.on_time_rate(told)))
    unset = () if target else ("Xã chưa đặt mục tiêu cho tỷ lệ này trong phần Thống kê.",)
    return Section(
        "Diễn biến",
        title="2. Diễn biến qua các kỳ",
        charts=(
            Chart("line", "Tỷ lệ giải quyết trước hạn và đúng hạn", 0, (5,), target),
            Chart("bars", "Số hồ sơ tiếp nhận và đã giải quyết", 0, (1, 2)),
        ),
        grid=Grid(_TREND, rows),
        notes=unset,
    )


def _by_field(table: Table) -> Section:
    lines = statistics.by_field(table.lines)
    named = [(name, lines[name]) for name in sorted(lines, key=sort_key)]
    rows = [_field_row(name, line) for name, line in (*named, ("Tổng cộng", table.total))]
    return Section(
        "Lĩnh vực",
        title="3. Theo lĩnh vực",
        charts=(Chart("shares", "Hồ sơ đã giải quyết theo lĩnh vực", 0, (1, 2, 3)),),
        grid=Grid(_FIELDS, rows, totals=1),
    )


def _field_row(name: str, line: Line) -> tuple[Cell, ...]:
    rate = statistics.on_time_rate(line)
    return (name, line.early, line.on_time, line.late, rate, line.pending_total, line.pending_overdue)


def _late(book: Register, counted: Counted, now: datetime) -> Section:
    cases = (*causes.overdue(book, counted, now=now), *causes.ended_late(book, counted, now=now))
    owed = sum(case.apologised_on is None for case in cases)
    said = (
        (f"{len(cases)} hồ sơ, còn {owed} hồ sơ chưa xin lỗi. Trễ tính theo ngày, kể cả ngày nghỉ.",) if cases else ()
    )
    return Section(
        "Quá hạn",
        title="4. Hồ sơ quá hạn và nguyên nhân",
        lead=said,
        grid=Grid(_LATE, [_late_row(case) for case in cases], empty="Không có hồ sơ nào quá hạn."),
    )


def _late_row(case: LateCase) -> tuple[Cell, ...]:
    apology = "" if case.apologised_on else "\nChưa xin lỗi"
    ended = case.ended_on or f"chưa xong\n{case.holder}".strip()
    name = labels.procedure_words(case.row.procedure_name)
    code = labels.code_in_two_lines(case.row.code)
    return (code, name, case.due_on, ended, case.days_late, f"{case.cause}{apology}")


def _causes(found: Indicators) -> Section:
    """What was asked for besides, commonest first; how often people had to come stands among the other figures."""
    causes_ = found.group("causes")
    rows = [(one.name, one.numerator, one.rate) for one in causes_.figures]
    again = found.figure("visits.asked_twice")
    twice = f"Hồ sơ bị yêu cầu bổ sung quá một lần: {again.words} = {again.fraction}."
    return Section(
        "Bổ sung",
        title="5. Yêu cầu bổ sung và lý do",
        lead=(f"{' '.join(causes_.notes)} {twice}",),
        grid=Grid(_ASKED, rows, empty="Không có yêu cầu bổ sung nào."),
    )


def _others(found: Indicators) -> Section:
    """Every other figure with what it is a share of; those by clerk are not for a meeting."""
    groups = [group for group in found.groups if group.key in _OTHERS]
    rows: list[tuple[Cell, ...]] = []
    for group in groups:
        titles = (group.title, *[""] * len(group.figures))
        rows += [(title, one.name, _cell(one), _of(one)) for title, one in zip(titles, group.figures, strict=False)]
    small = (f"* dưới {SMALL_NUMBER}: một hồ sơ làm tỷ lệ đổi hơn hai điểm.",) if any(map(_is_small, groups)) else ()
    notes = (f"{group.title}: {' '.join(group.notes)}" for group in groups if group.notes)
    return Section("Chỉ số khác", title="6. Các chỉ số khác", grid=Grid(_FIGURES, rows), notes=(*small, *notes))


def _cell(one: Figure) -> Cell:
    if one.value or one.numerator is None:
        return one.words
    return one.numerator if one.rate is None else one.rate


def _of(one: Figure) -> str:
    return f"{one.fraction} *" if one.is_small else one.fraction


def _is_small(group: Group) -> bool:
    return any(one.is_small for one in group.figures)


def _durations(found: Indicators) -> Section:
    rows = [
        (labels.procedure_words(one.name), len(one.days), one.average, one.median, one.longest)
        for one in found.durations[:_SLOWEST]
    ]
    return Section(
        "Thời gian",
        title=f"7. Thời gian giải quyết: {_SLOWEST} thủ tục lâu nhất",
        grid=Grid(_DURATIONS, rows, empty="Chưa có hồ sơ nào có kết quả."),
        notes=found.group("durations").notes,
    )


def _decided(owed: Sequence[Action], on: date) -> Section:
    return Section(
        "Việc kỳ trước",
        title="8. Việc đã quyết định ở các cuộc họp trước",
        grid=Grid(_ACTIONS, [_action_row(one, on) for one in owed], empty="Chưa ghi việc nào."),
    )


def _action_row(one: Action, on: date) -> tuple[Cell, ...]:
    """An action as it stood at the end of a day."""
    if one.done_on is not None and one.done_on <= on:
        result = f"Xong {one.done_on:%d/%m/%Y}: {one.result}"
    else:
        result = "Chưa xong, quá hạn" if one.due_on is not None and one.due_on < on else "Chưa xong"
    return (one.number, one.what, one.who, one.due_on, result)
