"""The figures of a period at the hub as a workbook's content: what stands on which sheet, and what is said beside it.

Composed from ``overview``, written by ``documents.report_xlsx``; nothing is counted here.
"""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import date, datetime

from db.hub import Hub
from desktop.documents.letter import PRACTICE_MARK
from desktop.documents.report import Cell, Grid, Paper, ReportContent, Section, TitleHead
from desktop.documents.tables import Column
from desktop.hub import overview
from desktop.hub.founding import identity
from desktop.hub.overview import Overview, Ranked
from desktop.rules import periods, statistics
from desktop.rules.statistics import COUNTING_RULES, SMALL_NUMBER, Line
from desktop.rules.text import sort_key

_IN, _DONE, _LEFT = "Tiếp nhận", "Đã giải quyết", "Đang giải quyết"
_HEADS = (
    ("Tổng số", _IN), ("Trực tuyến", _IN), ("Trực tiếp, bưu chính", _IN), ("Từ kỳ trước", _IN),
    ("Tổng số", _DONE), ("Trước hạn", _DONE), ("Đúng hạn", _DONE), ("Quá hạn", _DONE),
    ("Tổng số", _LEFT), ("Trong hạn", _LEFT), ("Quá hạn", _LEFT),
)  # fmt: skip
_FIRST_MARK = 3
_FIGURES = tuple(
    Column(caption, 0.055, "right", (over,), f"({mark})") for mark, (caption, over) in enumerate(_HEADS, _FIRST_MARK)
)
_RATE = Column("Tỷ lệ trước và đúng hạn", 0.07, "right")
_COUNTED = "Cách đếm: " + " ".join(f"({number}) {rule}" for number, rule in enumerate(COUNTING_RULES, start=1))


def compose(hub: Hub, first: date, last: date, *, now: datetime, root: str) -> ReportContent:
    """The workbook of a period, of a part of the tree or all of it."""
    table, me = overview.of_period(hub, first, last, now=now, root=root), identity(hub)
    fields = overview.by_field(hub, first, last, root=root)
    procedures = overview.by_procedure(hub, first, last, root=root)
    period = periods.named(first, last)
    return ReportContent(
        name=f"Tổng hợp giải quyết thủ tục hành chính. {period.name}",
        head=TitleHead(
            ("TỔNG HỢP GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",),
            (period.name, f"Số liệu {me.name} nhận được đến {now:%H:%M %d/%m/%Y}"),
        ),
        sections=(
            _units(table),
            _matters("Theo lĩnh vực", [((one.field,), one.line) for one in fields], table.total),
            _matters("Theo thủ tục", [((one.field, one.procedure), one.line) for one in procedures], table.total),
            _ranking(overview.ranked((one.unit, one.rate) for one in table.units)),
            _missing(table),
        ),
        paper=Paper.LANDSCAPE,
        centre_name=me.name,
        made_on=now.date(),
        overlay=PRACTICE_MARK if me.practice else "",
    )


def _units(table: Overview) -> Section:
    columns = (
        Column("Mã", 0.05, "center"),
        Column("Đơn vị", 0.155),
        *_FIGURES,
        _RATE,
        Column("Tính đến", 0.065, "center"),
        Column("Ngày thiếu", 0.055, "right"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.unit.code,
            one.unit.name,
            *astuple(one.line),
            one.rate,
            one.last_day or "chưa có số liệu",
            len(one.missing),
        )
        for one in table.units
    ]
    rows.append(("", "Cộng", *astuple(table.total), table.rate, "", sum(len(one.missing) for one in table.units)))
    notes = (
        f"{table.reported}/{len(table.units)} đơn vị có số liệu trong kỳ. Mỗi đơn vị tính đến ngày báo cáo cuối; ngày"
        " làm việc còn thiếu không có trong bảng, nên các cột của đơn vị ấy có thể chưa khớp nhau.",
        _COUNTED,
    )
    return Section(name="Theo đơn vị", grid=Grid(columns, rows, totals=1), notes=notes)


def _matters(name: str, found: Sequence[tuple[tuple[str, ...], Line]], total: Line) -> Section:
    named: tuple[Column, ...] = (Column("Lĩnh vực", 0.325),)
    if name == "Theo thủ tục":
        named = (Column("Lĩnh vực", 0.225), Column("Mã thủ tục", 0.1))
    rows: list[tuple[Cell, ...]] = [(*names, *astuple(line), statistics.on_time_rate(line)) for names, line in found]
    blank = ("",) * (len(named) - 1)
    rows.append(("Cộng", *blank, *astuple(total), statistics.on_time_rate(total)))
    return Section(name=name, title=name, grid=Grid((*named, *_FIGURES, _RATE), rows, totals=1))


def _ranking(order: overview.Ranking) -> Section:
    columns = (
        Column("Hạng", 0.12, "center"),
        Column("Đơn vị", 0.4),
        Column("Trước và đúng hạn", 0.16, "right"),
        Column("Đã giải quyết", 0.16, "right"),
        Column("Tỷ lệ", 0.16, "right"),
    )
    rows = [_place(one, str(one.place)) for one in order.ranked] + [_place(one, "ít hồ sơ") for one in order.few]
    rows += [("không có", unit.name, 0, 0, "") for unit in sorted(order.none, key=lambda unit: sort_key(unit.name))]
    few = f"Đơn vị giải quyết dưới {SMALL_NUMBER} hồ sơ không xếp hạng: một hồ sơ làm tỷ lệ đổi hơn hai điểm."
    return Section(name="Xếp hạng", title="Xếp theo tỷ lệ trước và đúng hạn", grid=Grid(columns, rows), notes=(few,))


def _place(one: Ranked, words: str) -> tuple[Cell, ...]:
    return words, one.unit.name, one.rate.numerator, one.rate.denominator, one.rate


def _missing(table: Overview) -> Section:
    columns = (
        Column("Mã", 0.15, "center"),
        Column("Đơn vị", 0.45),
        Column("Ngày làm việc chưa có số liệu", 0.4, "center"),
    )
    rows = [(one.unit.code, one.unit.name, on) for one in table.units for on in one.missing]
    empty = "Không thiếu ngày làm việc nào."
    return Section(name="Ngày thiếu", title="Ngày làm việc chưa có số liệu", grid=Grid(columns, rows, empty=empty))
