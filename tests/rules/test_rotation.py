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
    stay = sorted(kept(mornings, Keep(), DAY), reverse=True)
    assert stay[:14] == mornings[:14]
    assert 14 + 6 + 10 <= len(stay) <= 14 + 8 + 12
    assert {(at.year, at.month) for at in stay} == {(2025, 12), *((2026, month) for month in range(1, 12))}


def test_of_one_day_the_last_stays():
    later = DAY + timedelta(hours=3)
    assert kept([DAY, later], Keep(), later) == {later}


def test_what_a_clock_ahead_has_dated_sheds_nothing_and_stays_until_its_day():
    ahead = [DAY + timedelta(days=1500 + days) for days in range(400)]
    mornings = [DAY - timedelta(days=days) for days in range(20)]
    stay = kept(ahead + mornings, Keep(), DAY)
    assert stay == kept(mornings, Keep(), DAY) | set(ahead) and DAY in stay
    assert len(kept(ahead + mornings, Keep(), ahead[-1])) <= 14 + 8 + 12


@given(MOMENTS, st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), st.integers(0, 3000))
def test_what_stays_is_of_what_there_was_and_stays_when_asked_again(moments, daily, weekly, monthly, ago):
    keep = Keep(daily, weekly, monthly)
    now = DAY - timedelta(hours=7 * ago)
    stay, past = kept(moments, keep, now), [at for at in moments if at <= now]
    assert stay <= set(moments) and len(stay & set(past)) <= 1 + sum(keep)
    assert not past or max(past) in stay
    assert stay > {at for at in moments if at > now} or not past
    assert kept(stay, keep, now) == stay
