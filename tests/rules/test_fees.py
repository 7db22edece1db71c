"""Fees by formula and by catalogue (domain.md 10.1)."""

from datetime import date

import pytest

from db.records import Fee, FeeRule, ProcedureVersion
from db.vocabulary import Channel
from desktop.rules.fees import by_formula, certified_copy_fee, counting, fee_for

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("pages", "fee"),
    [(1, 2_000), (2, 4_000), (3, 5_000), (10, 12_000), (197, 199_000), (198, 200_000), (199, 200_000), (300, 200_000)],
)
def test_fee_of_one_certified_copy(pages: int, fee: int) -> None:
    assert certified_copy_fee(pages, 1) == fee


def test_the_ceiling_holds_for_each_copy() -> None:
    assert certified_copy_fee(3, 20) == 100_000
    assert certified_copy_fee(300, 2) == 400_000


@pytest.mark.parametrize(("pages", "copies"), [(0, 1), (1, 0), (-3, 1)])
def test_nothing_to_copy_is_refused(pages: int, copies: int) -> None:
    with pytest.raises(ValueError):
        certified_copy_fee(pages, copies)


def priced(fee: Fee, *lines: FeeRule) -> ProcedureVersion:
    return ProcedureVersion("2.000815", "Chứng thực bản sao", "Chứng thực", None, fee=fee, fees=lines)


@pytest.mark.parametrize(
    ("fee", "amount"),
    [
        (Fee(10_000, "10.000 đồng/trường hợp"), 10_000),
        (Fee(0, "Không"), 0),
        (Fee(None, "Theo nghị quyết của HĐND tỉnh"), None),
        (Fee(2_000, "2.000 đồng/trang", "certified_copy"), None),
    ],
)
def test_without_a_fee_table_the_procedures_own_fee_counts(fee: Fee, amount: int | None) -> None:
    assert fee_for(priced(fee), on=DAY, channel=Channel.DIRECT) == amount


@pytest.mark.parametrize(
    ("rule", "pages", "copies", "amount"),
    [
        ("certified_copy", 3, 1, 5_000),
        ("certified_copy", 3, 4, 20_000),
        ("a rule of a later version", 3, 4, None),
        (None, 3, 2, None),
    ],
)
def test_a_fee_by_formula(rule: str | None, pages: int, copies: int, amount: int | None) -> None:
    assert by_formula(Fee(2_000, "2.000 đồng/trang", rule), pages=pages, copies=copies) == amount


#: A fee of Lai Châu's kind: less online, nothing for the poor, more from the new year on.
TABLE = (
    FeeRule(8_000, "8.000 đồng"),
    FeeRule(4_000, "4.000 đồng khi nộp trực tuyến", Channel.ONLINE, valid_to=date(2026, 12, 31)),
    FeeRule(0, "Miễn", exemption="Miễn – người thuộc hộ nghèo"),
    FeeRule(9_000, "9.000 đồng từ 2027", valid_from=date(2027, 1, 1)),
    FeeRule(None, "Xã nhập khi nộp qua bưu chính", Channel.POST),
)


@pytest.mark.parametrize(
    ("on", "channel", "exemption", "amount"),
    [
        (DAY, "direct", "", 8_000),
        (DAY, "online", "", 4_000),
        (DAY, "post", "", None),
        (DAY, "direct", "mien - nguoi thuoc ho ngheo", 8_000),
        (DAY, "online", "MIỄN – người thuộc hộ nghèo", 0),
        (DAY, "online", "Lý do khác", 4_000),
        (date(2026, 12, 31), "online", "", 4_000),
        (date(2027, 1, 1), "online", "", 9_000),
        (date(2027, 1, 1), "direct", "", 9_000),
        (date(2027, 1, 1), "post", "", None),
    ],
)
def test_the_fee_table_answers_by_channel_exemption_and_period(
    on: date, channel: str, exemption: str, amount: int | None
) -> None:
    assert fee_for(priced(Fee(10_000, "10.000 đồng"), *TABLE), on=on, channel=channel, exemption=exemption) == amount


def test_outside_every_period_of_the_table_the_fee_of_before_counts_again() -> None:
    fee = Fee(10_000, "10.000 đồng")
    ended = priced(fee, FeeRule(0, "Miễn đến hết 2025", valid_to=date(2025, 12, 31)))
    assert counting(ended, on=DAY, channel=Channel.DIRECT) is fee
    assert fee_for(ended, on=DAY, channel=Channel.DIRECT) == 10_000


def test_of_two_lines_alike_the_last_listed_counts() -> None:
    twice = priced(Fee(None, ""), FeeRule(1_000, "cũ"), FeeRule(2_000, "mới"))
    assert fee_for(twice, on=DAY, channel=Channel.DIRECT) == 2_000
