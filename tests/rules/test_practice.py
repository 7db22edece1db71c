"""The invented month is believable, repeatable, and nobody in it could be a real person."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import islice, pairwise

import pytest

from db.vocabulary import Channel, Outcome
from desktop.rules import intake
from desktop.rules.calendar import VN_TZ, shipped
from desktop.rules.practice import Visit, load_profile, month, people

UNTIL = datetime(2026, 11, 23, 10, 15, tzinfo=VN_TZ)
CALENDAR = shipped()


def a_month(seed: int = 1, days: int = 30, per_day: float = 20, until: datetime = UNTIL) -> list[Visit]:
    profile = load_profile()
    return list(month(seed, days, per_day, until, CALENDAR, profile.weights, profile.channels))


def test_everybody_has_an_own_number_that_fits() -> None:
    citizens = list(islice(people(7), 2000))
    assert len({each.id_number for each in citizens}) == 2000
    for each in citizens:
        form = intake.IntakeForm("1.001193", "direct", "key", each)
        assert [found for found in intake.problems(form, None, today=UNTIL.date()) if "applicant" in found.field] == []
        assert each.id_number[6:8] == "00", "the random part starts with zeros that real numbers rarely have"
        assert each.phone.startswith("0900000")
        assert each.address.endswith(", xã Mường Than, tỉnh Lai Châu")
    assert 0.85 < sum(each.id_number.startswith("012") for each in citizens) / 2000 < 0.97
    assert len({each.name for each in citizens}) > 500


def test_same_seed_same_people_and_month() -> None:
    assert list(islice(people(3), 50)) == list(islice(people(3), 50)) != list(islice(people(4), 50))
    assert a_month(3) == a_month(3) != a_month(4)


def test_visits_come_in_order_at_different_moments_of_opening_hours() -> None:
    visits = a_month(per_day=200)
    assert all(earlier.received_at < later.received_at for earlier, later in pairwise(visits))
    for visit in visits:
        intervals = CALENDAR.intervals(visit.received_at.date())
        assert any(opens <= visit.received_at < closes for opens, closes in intervals)


def test_nothing_happens_on_days_off_nor_after_the_end() -> None:
    visits = a_month(days=30, until=datetime(2026, 11, 25, 9, tzinfo=VN_TZ))
    days = {visit.received_at.date() for visit in visits}
    assert date(2026, 11, 24) not in days, "Ngày Văn hóa Việt Nam"
    assert max(visit.received_at for visit in visits) <= datetime(2026, 11, 25, 9, tzinfo=VN_TZ)
    assert min(days) >= date(2026, 11, 25) - timedelta(days=29)
    assert all(day.weekday() < 5 for day in days)


def test_a_made_up_saturday_is_a_day_like_others() -> None:
    visits = a_month(until=datetime(2026, 8, 22, 17, tzinfo=VN_TZ), days=1)
    assert {visit.received_at.date() for visit in visits} == {date(2026, 8, 22)}


@pytest.mark.parametrize(("days", "per_day"), [(30, 20), (60, 3), (0, 20), (7, 0)])
def test_the_number_of_visits_is_about_what_was_asked(days: int, per_day: float) -> None:
    visits = a_month(days=days, per_day=per_day)
    working = sum(CALENDAR.is_working_day(UNTIL.date() - timedelta(days=back)) for back in range(days))
    assert abs(len(visits) - working * per_day) <= 0.15 * working * per_day + per_day
    assert bool(visits) == bool(days and per_day)


def test_shares_follow_the_profile_and_people_come_back() -> None:
    visits = a_month(days=60, per_day=100)
    profile = load_profile()
    codes = Counter(visit.procedure for visit in visits)
    channels = Counter(visit.channel for visit in visits)
    assert codes["2.000815"] / len(visits) == pytest.approx(profile.weights["2.000815"], abs=0.04)
    assert channels[Channel.ONLINE] / len(visits) == pytest.approx(0.7, abs=0.04)
    returning = 1 - len({visit.person.id_number for visit in visits}) / len(visits)
    assert 0.1 < returning < 0.2


def test_more_than_the_day_can_hold_is_cut_to_its_seconds() -> None:
    visits = a_month(days=1, per_day=100_000, until=datetime(2026, 11, 23, 17, tzinfo=VN_TZ))
    assert len(visits) == 7.5 * 3600


def test_the_profile_says_that_it_is_an_estimate() -> None:
    profile = load_profile()
    assert profile.label.startswith("ESTIMATE")
    assert sum(profile.weights.values()) == pytest.approx(1, abs=0.01)
    assert sum(profile.channels.values()) == pytest.approx(1)
    assert set(profile.channels) == set(Channel)
    assert sum(profile.outcomes.values()) == pytest.approx(1)
    assert set(profile.outcomes) == set(Outcome)
    assert 0 < profile.rejected < profile.supplement < 0.1
