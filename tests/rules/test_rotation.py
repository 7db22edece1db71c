"""Which backups stay: by days, weeks and months, never more than promised, and the newest always."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.calendar import VN_TZ
from desktop.rules.rotation import Keep, kept

DAY = datetime(2026, 11, 23, 7, 5, tzinfo=VN_TZ)
MOMENTS = st.lists(st.integers(0, 3000).map(lambda hours: DAY - timedelta(hours=7 * hours)), unique=True)


def test_two_years_of_mornings_leave_days_weeks_and_months():
    mornings = [DAY - timedelta(days=days) for days in range(730)]
    stay = sorted(kept(mornings, Keep()), reverse=True)
    assert stay[:14] == mornings[:14]
    assert 14 + 6 + 10 <= len(stay) <= 14 + 8 + 12
    assert {(at.year, at.month) for at in stay} == {(2025, 12), *((2026, month) for month in range(1, 12))}


def test_of_one_day_the_last_stays():
    assert kept([DAY, DAY + timedelta(hours=3)], Keep()) == {DAY + timedelta(hours=3)}


@given(MOMENTS, st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_what_stays_is_of_what_there_was_and_stays_when_asked_again(moments, daily, weekly, monthly):
    keep = Keep(daily, weekly, monthly)
    stay = kept(moments, keep)
    assert stay <= set(moments) and len(stay) <= 1 + sum(keep)
    assert not moments or max(moments) in stay
    assert kept(stay, keep) == stay
