"""The meeting pack: figures beside the commune's own past, causes, actions that come back, and nobody's name."""

import re
from datetime import date
from itertools import pairwise

import pytest

from desktop.documents.pages import page_count
from desktop.documents.report_pdf import render
from desktop.office import actions, causes, counting, opening, review_pack, settings, trends
from desktop.office.report_forms import ReportKind
from desktop.rules import periods, statistics
from desktop.rules.periods import PeriodKind
from desktop.rules.statistics import Rate
from tests.conftest import MONDAY
from tests.office.reported import AFTERWARDS, NOVEMBER, column, everything_said, persons_in, section

DECEMBER = periods.official(PeriodKind.MONTH, 2026, 12)
#: 15 December to 14 January, with what the month before left open.
JANUARY = periods.official(PeriodKind.MONTH, 2027, 1)


def pack(book, period=DECEMBER, kind=ReportKind.MONTH, now=AFTERWARDS):
    return review_pack.content(book, period, kind, now=now)


def test_the_figures_are_the_tables_beside_those_of_the_periods_before(november):
    grid = section(pack(november), "So sánh").grid
    assert [one.over for one in grid.columns[1:]] == [("12/2026",), ("11/2026",), ("10/2026",), ("12/2025",)]
    total = counting.counted(november, DECEMBER.first, DECEMBER.last, now=AFTERWARDS).table.total
    told = {row[0]: row[1:] for row in grid.rows}
    assert told["Tiếp nhận trong kỳ"][0] == total.received_online + total.received_direct
    assert told["– quá hạn"][0] == total.late
    assert told["Tỷ lệ trước hạn và đúng hạn"][0] == statistics.on_time_rate(total)
    assert told["Đã giải quyết"][2:] == ("—", "—"), "before the register there are no figures, and no noughts"


def test_the_trend_begins_with_the_register_and_ends_with_the_period(november):
    trend = section(pack(november, JANUARY), "Diễn biến")
    assert column(trend, "Kỳ") == ["11/2026", "12/2026", "1/2027"]
    for name, received, done, in_time, late, rate in trend.grid.rows:
        assert done == in_time + late and rate == Rate(in_time, done), name
        assert received >= 0
    line, bars = trend.charts
    assert (line.kind, bars.kind, line.target) == ("line", "bars", None)
    assert trend.notes == ("Xã chưa đặt mục tiêu cho tỷ lệ này trong phần Thống kê.",)


@pytest.mark.parametrize(
    ("kind", "period", "names"),
    [
        (ReportKind.QUARTER, DECEMBER, ["IV/2026"]),
        (ReportKind.REVIEW, periods.official(PeriodKind.YEAR, 2026), ["IV/2026"]),
        (ReportKind.REVIEW, NOVEMBER, ["11/2026", "12/2026"]),
    ],
)
def test_a_quarters_past_is_told_in_quarters(november, kind, period, names):
    assert column(section(pack(november, period, kind), "Diễn biến"), "Kỳ") == names


@pytest.mark.parametrize(("typed", "hundredths"), [("99,5", 9950), ("98.53", 9853), ("100", 10_000)])
def test_the_target_is_the_communes_own(november_of_mine, typed, hundredths):
    settings.change(november_of_mine, settings.ON_TIME_TARGET, typed, clerk="truc", now=AFTERWARDS)
    trend = section(pack(november_of_mine), "Diễn biến")
    assert trend.charts[0].target.hundredths == hundredths and trend.notes == ()


@pytest.mark.parametrize("typed", ["", "nhiều", "0", "101", "-3", None, "nan"])
def test_what_is_no_target_draws_none(november_of_mine, typed):
    settings.change(november_of_mine, settings.ON_TIME_TARGET, typed, clerk="truc", now=AFTERWARDS)
    assert trends.target(november_of_mine) is None


def test_fields_add_up_to_the_table(november):
    *rows, total = section(pack(november), "Lĩnh vực").grid.rows
    for at in (1, 2, 3, 5, 6):
        assert sum(row[at] for row in rows) == total[at]


def test_every_late_dossier_is_there_with_its_cause(november):
    late = section(pack(november), "Quá hạn")
    counted = counting.counted(november, DECEMBER.first, DECEMBER.last, now=AFTERWARDS)
    cases = (
        *causes.overdue(november, counted, now=AFTERWARDS),
        *causes.ended_late(november, counted, now=AFTERWARDS),
    )
    assert len(cases) == counted.table.total.late + counted.table.total.pending_overdue > 10
    assert [code.replace("\n", "") for code in column(late, "Mã hồ sơ")] == [case.row.code for case in cases]
    assert all(said.startswith(case.cause) for said, case in zip(column(late, "Nguyên nhân"), cases, strict=True))
    assert late.lead[0].startswith(f"{len(cases)} hồ sơ, còn ")


def test_supplements_and_all_other_figures_have_their_part(november):
    content = pack(november, NOVEMBER)
    asked = section(content, "Bổ sung")
    *times, _ = column(asked, "Số lần")
    assert times and all(one >= other for one, other in pairwise(times)), "but for the rest, which is one line"
    assert re.match(r"Trong kỳ có \d+ lần yêu cầu bổ sung", asked.lead[0])
    others = section(content, "Chỉ số khác")
    groups = [cell for cell in column(others, "Nhóm") if cell]
    assert {"Hài lòng", "Kênh nộp", "Nộp phí, lệ phí", "Số hóa hồ sơ", "Xin lỗi"} <= set(groups)
    assert "Theo công chức" not in groups, "for the head alone"
    assert "ước tính nội bộ" in " ".join(groups) and "không có dữ liệu" in column(others, "Kết quả")
    slowest = section(content, "Thời gian")
    averages = column(slowest, "Trung bình")
    assert 0 < len(averages) <= 12 and averages == sorted(averages, reverse=True)


def test_what_the_last_meeting_decided_comes_back_until_it_is_done(november_of_mine):
    book = november_of_mine
    meeting = AFTERWARDS.replace(year=2026, month=12, day=16)
    # Practice registers alone take a moment from outside.
    actions.decide(book, "Dán mẫu tờ khai ở quầy", who="Trực", due_on=date(2026, 12, 31), clerk="truc", now=meeting)
    actions.decide(book, "Tập huấn hẹn trả", clerk="truc", now=meeting)
    assert section(pack(book), "Việc kỳ trước").grid.rows == [], "decided after the period"
    rows = section(pack(book, JANUARY), "Việc kỳ trước").grid.rows
    assert rows == [
        (1, "Dán mẫu tờ khai ở quầy", "Trực", date(2026, 12, 31), "Chưa xong, quá hạn"),
        (2, "Tập huấn hẹn trả", "", None, "Chưa xong"),
    ]
    actions.settle(book, 1, "đã dán ba mẫu", clerk="truc", now=meeting.replace(day=30))
    (done, _) = section(pack(book, JANUARY), "Việc kỳ trước").grid.rows
    assert done[4] == "Xong 30/12/2026: đã dán ba mẫu"
    february = periods.official(PeriodKind.MONTH, 2027, 2)
    later = AFTERWARDS.replace(month=2, day=16)
    assert [row[0] for row in section(pack(book, february, now=later), "Việc kỳ trước").grid.rows] == [2]


def test_there_are_lines_for_what_this_meeting_decides(november):
    new = section(pack(november), "Việc mới")
    assert len(new.grid.rows) >= 5 and {cell.strip() for row in new.grid.rows for cell in row} == {""}
    assert [signer.title for signer in new.signers] == ["NGƯỜI LẬP", "NGƯỜI CHỦ TRÌ"]


def test_no_citizen_is_named(november):
    assert persons_in(november, everything_said(pack(november, NOVEMBER))) == []


def test_a_register_of_one_dossier_or_none_has_its_pack(practice_home):
    with opening.open_register(practice_home, now=MONDAY) as book:
        day = periods.free(MONDAY.date(), MONDAY.date())
        content = pack(book, day, ReportKind.REVIEW, MONDAY)
        assert column(section(content, "Diễn biến"), "Kỳ") == ["12/2026"]
        assert page_count(render([content])) >= 2
