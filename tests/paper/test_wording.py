"""NĐ 30/2020/NĐ-CP: which numbers carry a zero."""

from datetime import date, datetime

import pytest

from desktop.documents.wording import count_words, date_words, moment_words
from desktop.rules.calendar import VN_TZ


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 23), "ngày 23 tháng 11 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_carry_a_zero(on, words):
    assert date_words(on) == words


def test_a_moment_is_said_to_the_minute():
    at = datetime(2026, 11, 23, 9, 5, 59, tzinfo=VN_TZ)
    assert moment_words(at) == "09 giờ 05 phút, ngày 23 tháng 11 năm 2026"


@pytest.mark.parametrize(("count", "words"), [(0, "00"), (1, "01"), (9, "09"), (10, "10"), (125, "125")])
def test_counts_below_ten_carry_a_zero(count, words):
    assert count_words(count) == words
