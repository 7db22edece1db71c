"""How limits and fees read on the wall: both limits, the 15:00 rule, each channel and exemption, and no guess."""

from datetime import date
from decimal import Decimal

import pytest

from db.records import Fee, FeeRule, Limit, ProcedureVersion
from db.vocabulary import AfterCutoff, Channel, LimitUnit
from desktop.rules.procedure_words import MISSING, cut_words, fee_days, fee_lines, late_words

ON = date(2026, 11, 23)


def days(value, after=AfterCutoff.NONE):
    return Limit(Decimal(value), LimitUnit.WORKING_DAYS, after)


def costing(fee=Fee(None, ""), *rules, channels=()):  # noqa: B008
    return ProcedureVersion("1.000001", "Thủ tục", "Hộ tịch", days(1), fee=fee, fees=rules, channels=channels)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit(Decimal(0), LimitUnit.SAME_DAY), "nhận sau 15 giờ: trả ngày làm việc tiếp theo"),
        (days(3), ""),
        (days(3, AfterCutoff.COUNT_FROM_NEXT_DAY), "nhận sau 15 giờ: tính từ ngày làm việc tiếp theo"),
        (days(3, AfterCutoff.RETURN_NEXT_DAY), "nhận sau 15 giờ: trả ngày làm việc tiếp theo"),
    ],
)
def test_the_rule_of_three_oclock_is_said_where_it_changes_something(limit, words):
    assert late_words(limit) == words


def test_the_laws_own_limit_stands_beside_a_shorter_one_only():
    assert cut_words(days(3), days(5)) == "đã cắt giảm, quy định: 05 ngày làm việc"
    assert cut_words(days(3), None) == cut_words(None, days(5)) == ""


@pytest.mark.parametrize(
    ("procedure", "lines"),
    [
        (costing(), (MISSING,)),
        (costing(Fee(0, "")), ("Không thu",)),
        (costing(Fee(8000, "")), ("8.000 đồng",)),
        (costing(Fee(1_500_000, "1.500.000 đồng/hồ sơ")), ("1.500.000 đồng/hồ sơ",)),
        (costing(Fee(8000, ""), FeeRule(4000, channel=Channel.ONLINE)), ("8.000 đồng", "Nộp trực tuyến: 4.000 đồng")),
        (
            costing(Fee(8000, ""), FeeRule(0, exemption="Hộ nghèo")),
            ("8.000 đồng", "Hộ nghèo: Không thu"),
        ),
        (
            costing(
                Fee(8000, ""),
                FeeRule(9000, channel=Channel.DIRECT),
                FeeRule(4000, channel=Channel.ONLINE),
                channels=(Channel.DIRECT, Channel.ONLINE),
            ),
            ("Nộp trực tiếp: 9.000 đồng", "Nộp trực tuyến: 4.000 đồng"),
        ),
        (
            costing(Fee(8000, ""), FeeRule(5000, valid_to=date(2026, 12, 31))),
            ("5.000 đồng (đến hết ngày 31/12/2026)",),
        ),
        (costing(Fee(8000, ""), FeeRule(5000, valid_from=date(2026, 12, 1))), ("8.000 đồng",)),
        (costing(Fee(8000, ""), FeeRule(5000, valid_to=date(2026, 11, 22))), ("8.000 đồng",)),
        (costing(Fee(8000, ""), FeeRule(1000), FeeRule(2000, valid_from=date(2026, 1, 1))), ("2.000 đồng",)),
        (costing(Fee(None, ""), FeeRule(None, channel=Channel.POST)), (f"Nộp qua bưu chính: {MISSING}",)),
    ],
)
def test_the_fees_of_a_day(procedure, lines):
    assert fee_lines(procedure, ON) == lines


def test_fees_read_otherwise_on_the_days_their_periods_begin_and_after_they_end():
    rules = (FeeRule(1, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31)), FeeRule(2), FeeRule(3))
    assert fee_days(costing(Fee(0, ""), *rules)) == (date(2026, 1, 1), date(2027, 1, 1))
