"""What is told of a promise: the steps, the line of the receipt, the words of a limit."""

from datetime import date
from decimal import Decimal

import pytest

from db.records import Limit
from db.vocabulary import AfterCutoff, LimitUnit
from desktop.rules.deadlines import limit_words
from tests.rules.asking import CALENDAR, CLOCK, DAYS, HOURS, IMMEDIATE, MONTHS, SAME_DAY, at, pause, promised


def test_an_open_pause_keeps_the_date_and_says_that_it_will_move() -> None:
    stopped = promised("02/11/2026 08:40", "10", DAYS, pauses=(pause("05/11/2026 10:12", None),))
    assert stopped.due_at == at("16/11/2026 17:00")
    flagged = [step for step in stopped.steps if step.label == "Dừng"]
    assert [step.on for step in flagged] == [date(2026, 11, 5)]
    assert "chưa chạy lại" in flagged[0].because and flagged[0].counted == 1
    assert stopped.short_reason.endswith("đang dừng từ 05/11, ngày hẹn sẽ lùi.")


def test_the_explanation_of_the_reference_design() -> None:
    told = promised("23/11/2026 09:12", "3", DAYS)
    assert [(f"{step.on:%d/%m}", step.label, step.because) for step in told.steps] == [
        ("23/11", "Nhận", "09:12 – ngày nhận không tính"),
        ("24/11", "Nghỉ", "nghỉ lễ theo NQ 28/2026/QH16"),
        ("25/11", "1", "ngày làm việc thứ nhất"),
        ("26/11", "2", "ngày làm việc thứ hai"),
        ("27/11", "3", "hết hạn lúc 17:00"),
    ]
    assert [step.source for step in told.steps] == [
        "BLDS 2015 Đ147 k2",
        "Nghị quyết 28/2026/QH16",
        "BLDS 2015 Đ147 k2",
        "BLDS 2015 Đ147 k2",
        "BLDS 2015 Đ148 k1",
    ]
    assert told.short_reason == "Không tính ngày nhận và ngày nghỉ lễ 24/11 (Nghị quyết 28/2026/QH16)."
    assert told.steps[1].as_json() == {
        "on": "2026-11-24",
        "counted": "0",
        "because": "nghỉ lễ theo NQ 28/2026/QH16",
        "source": "Nghị quyết 28/2026/QH16",
        "label": "Nghỉ",
    }


@pytest.mark.parametrize(
    ("received", "value", "unit", "rule", "line"),
    [
        ("25/11/2026 09:00", "1", DAYS, "none", "Không tính ngày nhận."),
        (
            "13/02/2026 09:00",
            "5",
            DAYS,
            "none",
            "Không tính ngày nhận, 4 ngày nghỉ cuối tuần và nghỉ Tết Nguyên đán 16/02–20/02.",
        ),
        (
            "06/11/2026 09:00",
            "15",
            CALENDAR,
            "none",
            "Không tính ngày nhận, tính cả ngày nghỉ; ngày cuối 21/11 là Thứ Bảy nên lùi đến ngày làm việc tiếp theo.",
        ),
        (
            "24/10/2026 09:00",
            "1",
            MONTHS,
            "none",
            "Đủ 1 tháng từ ngày nhận; ngày cuối 24/11 là Ngày Văn hóa Việt Nam (Nghị quyết 28/2026/QH16)"
            " nên lùi đến ngày làm việc tiếp theo.",
        ),
        ("25/11/2026 09:00", "0", SAME_DAY, "none", "Trả trong ngày."),
        ("25/11/2026 15:30", "0", SAME_DAY, "none", "Nhận sau 15:00 nên trả ngày làm việc tiếp theo."),
        ("29/11/2026 09:30", "0", SAME_DAY, "none", "Nhận ngày nghỉ nên trả ngày làm việc tiếp theo."),
        (
            "25/11/2026 15:30",
            "1",
            DAYS,
            "count_from_next_day",
            "Không tính ngày nhận; nhận sau 15:00 nên tính từ ngày làm việc kế tiếp.",
        ),
    ],
)
def test_the_line_of_the_receipt(received: str, value: str, unit: LimitUnit, rule: str, line: str) -> None:
    assert promised(received, value, unit, AfterCutoff(rule)).short_reason == line


@pytest.mark.parametrize("value", ["45", "130", "600", "3650"])
def test_the_line_of_the_receipt_stays_two_lines_however_long_the_count(value: str) -> None:
    stops = (pause("05/01/2026 08:00", "20/01/2026 08:00"), pause("04/02/2026 08:00", "11/02/2026 08:00"))
    for rule in AfterCutoff:
        assert len(promised("02/01/2026 18:00", value, DAYS, rule, stops).short_reason) <= 190


def test_years_without_a_notice_are_named() -> None:
    assert promised("23/11/2026 09:00", "3", DAYS).unconfirmed_years == ()
    assert promised("29/12/2026 09:00", "3", DAYS).unconfirmed_years == (2027,)
    assert promised("01/12/2027 09:00", "400", DAYS).unconfirmed_years == (2027, 2028, 2029)


@pytest.mark.parametrize(
    ("value", "unit", "paper", "screen"),
    [
        ("3", DAYS, "03 ngày làm việc", "3 ngày làm việc"),
        ("15", CALENDAR, "15 ngày", "15 ngày"),
        ("0.5", DAYS, "0,5 ngày làm việc", "0,5 ngày làm việc"),
        ("10", DAYS, "10 ngày làm việc", "10 ngày làm việc"),
        ("4.0", HOURS, "04 giờ làm việc", "4 giờ làm việc"),
        ("24", CLOCK, "24 giờ", "24 giờ"),
        ("1", MONTHS, "01 tháng", "1 tháng"),
        ("0", SAME_DAY, "trong ngày", "trong ngày"),
        ("0", IMMEDIATE, "giải quyết ngay", "giải quyết ngay"),
    ],
)
def test_limits_are_written_as_on_paper_and_as_on_screen(value: str, unit: LimitUnit, paper: str, screen: str) -> None:
    limit = Limit(Decimal(value), unit)
    assert limit_words(limit) == paper
    assert limit_words(limit, padded=False) == screen
