"""Official periods end on the 14th (NĐ 09/2019/NĐ-CP Đ12); the table is that of domain.md 4.3."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules import periods
from desktop.rules.periods import PeriodError, PeriodKind


@pytest.mark.parametrize(
    ("kind", "year", "number", "first", "last", "name"),
    [
        (PeriodKind.MONTH, 2026, 11, "2026-10-15", "2026-11-14", "Tháng 11 năm 2026"),
        (PeriodKind.MONTH, 2026, 1, "2025-12-15", "2026-01-14", "Tháng 1 năm 2026"),
        (PeriodKind.QUARTER, 2026, 1, "2025-12-15", "2026-03-14", "Quý I năm 2026"),
        (PeriodKind.QUARTER, 2026, 4, "2026-09-15", "2026-12-14", "Quý IV năm 2026"),
        (PeriodKind.HALF, 2026, 1, "2025-12-15", "2026-06-14", "6 tháng đầu năm 2026"),
        (PeriodKind.NINE_MONTHS, 2026, 1, "2025-12-15", "2026-09-14", "9 tháng đầu năm 2026"),
        (PeriodKind.YEAR, 2026, 1, "2025-12-15", "2026-12-14", "Năm 2026"),
    ],
)
def test_official_periods_are_those_of_the_decree(kind, year, number, first, last, name):
    period = periods.official(kind, year, number)
    assert (str(period.first), str(period.last), period.name) == (first, last, name)
    assert periods.named(period.first, period.last) == period


def test_free_days_are_named_by_their_days():
    assert periods.named(date(2026, 11, 1), date(2026, 11, 30)).name == "Từ 01/11/2026 đến 30/11/2026"
    assert periods.named(date(2026, 11, 23), date(2026, 11, 23)).name == "Ngày 23/11/2026"


@pytest.mark.parametrize("kind", [PeriodKind.MONTH, PeriodKind.QUARTER])
@given(on=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_every_day_lies_in_its_month_and_quarter(kind, on):
    period = periods.containing(kind, on)
    assert period.first <= on <= period.last
    assert periods.neighbour(period, 1).first == period.last + timedelta(days=1)
    assert periods.neighbour(periods.neighbour(period, 1), -1) == period


def test_neighbours_of_free_periods_have_the_same_length():
    period = periods.free(date(2026, 11, 2), date(2026, 11, 8))
    assert periods.neighbour(period, -1) == periods.free(date(2026, 10, 26), date(2026, 11, 1))
    assert periods.neighbour(periods.official(PeriodKind.YEAR, 2026), -1).name == "Năm 2025"


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (PeriodKind.MONTH, ["Tháng 9 năm 2026", "Tháng 10 năm 2026", "Tháng 11 năm 2026"]),
        (PeriodKind.QUARTER, ["Quý III năm 2026", "Quý IV năm 2026"]),
        (PeriodKind.HALF, []),
        (PeriodKind.NINE_MONTHS, ["9 tháng đầu năm 2026"]),
        (PeriodKind.YEAR, ["Năm 2026"]),
    ],
)
def test_some_days_lie_in_these_periods(kind, names):
    found = periods.through(kind, date(2026, 9, 14), date(2026, 10, 15))
    assert [period.name for period in found] == names


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(PeriodError) as refused:
        periods.free(date(2026, 11, 2), date(2026, 11, 1))
    assert refused.value.code == "from_after_to"
    assert refused.value.message == "Ngày đầu kỳ 02/11/2026 ở sau ngày cuối kỳ 01/11/2026; hãy chọn lại kỳ."
    with pytest.raises(PeriodError):
        periods.official(PeriodKind.QUARTER, 2026, 5)


@pytest.mark.parametrize("ask", [periods.free, periods.named])
@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "2026-11-14"), ("2026-11-01", "9999-12-31")])
def test_a_mistyped_year_is_refused(ask, first, last):
    with pytest.raises(PeriodError) as refused:
        ask(date.fromisoformat(first), date.fromisoformat(last))
    assert refused.value.code == "far_away"


def test_the_longest_period_has_neighbours():
    longest = periods.free(date(1900, 1, 1), date(2200, 12, 31))
    before = periods.neighbour(periods.neighbour(longest, -1), -1)
    assert before.first.year > 1 and before.last - before.first == longest.last - longest.first
    assert periods.neighbour(periods.neighbour(before, 1), 1) == longest
