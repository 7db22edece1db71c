"""The promised moment: the vectors of the domain reference, both sides of every rule, and what is told of them."""

import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from db.records import Limit
from db.vocabulary import AfterCutoff, LimitUnit
from desktop.rules.calendar import OpeningHours, WorkCalendar, shipped, shipped_days
from desktop.rules.deadlines import LimitError, promise, stage_dues
from tests.rules.asking import CALENDAR, CLOCK, DAYS, HOURS, IMMEDIATE, MONTHS, SAME_DAY, at, due, pause, promised

#: domain.md 6.5, in its order: received, limit, unit, due.
VECTORS = [
    ("20/11/2026 09:00", "3", DAYS, "26/11/2026 17:00"),
    ("23/11/2026 09:00", "1", DAYS, "25/11/2026 17:00"),
    ("23/11/2026 09:00", "3", DAYS, "27/11/2026 17:00"),
    ("23/11/2026 14:59", "0", SAME_DAY, "23/11/2026 17:00"),
    ("23/11/2026 15:01", "0", SAME_DAY, "25/11/2026 17:00"),
    ("26/11/2026 09:00", "2", DAYS, "30/11/2026 17:00"),
    ("13/02/2026 09:00", "5", DAYS, "27/02/2026 17:00"),
    ("21/08/2026 09:00", "3", DAYS, "25/08/2026 17:00"),
    ("27/08/2026 09:00", "2", DAYS, "03/09/2026 17:00"),
    ("28/08/2026 09:00", "5", DAYS, "09/09/2026 17:00"),
    ("24/04/2026 09:00", "2", DAYS, "29/04/2026 17:00"),
    ("29/04/2026 09:00", "1", DAYS, "04/05/2026 17:00"),
    ("31/12/2026 09:00", "1", DAYS, "04/01/2027 17:00"),
    ("03/02/2027 09:00", "3", DAYS, "15/02/2027 17:00"),
    ("10/11/2026 09:00", "15", CALENDAR, "25/11/2026 17:00"),
    ("06/11/2026 09:00", "15", CALENDAR, "23/11/2026 17:00"),
    ("09/11/2026 09:00", "15", CALENDAR, "25/11/2026 17:00"),
    ("25/10/2026 20:15", "30", CALENDAR, "25/11/2026 17:00"),
    ("31/01/2026 09:00", "1", MONTHS, "02/03/2026 17:00"),
]


@pytest.mark.parametrize(("received", "value", "unit", "expected"), VECTORS)
def test_vectors_of_the_domain_reference(received: str, value: str, unit: LimitUnit, expected: str) -> None:
    assert due(received, value, unit) == expected


def test_vector_of_the_clock_stop() -> None:
    assert due("02/11/2026 08:40", "10", DAYS) == "16/11/2026 17:00"
    stop = pause("05/11/2026 10:12", "16/11/2026 09:30")
    assert due("02/11/2026 08:40", "10", DAYS, pauses=(stop,)) == "26/11/2026 17:00"


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("23/11/2026 06:10", "23/11/2026 17:00"),  # before opening
        ("23/11/2026 12:10", "23/11/2026 17:00"),
        ("23/11/2026 15:00", "23/11/2026 17:00"),  # fifteen o'clock is not after fifteen o'clock
        ("23/11/2026 18:30", "25/11/2026 17:00"),
        ("24/11/2026 09:00", "25/11/2026 17:00"),  # holiday
        ("21/11/2026 09:00", "23/11/2026 17:00"),  # Saturday duty
        ("22/08/2026 09:00", "22/08/2026 17:00"),  # made-up Saturday
    ],
)
def test_same_day_matters_are_due_at_closing_of_the_day_that_takes_them(received: str, expected: str) -> None:
    assert due(received, "0", SAME_DAY) == expected


def test_one_second_after_fifteen_is_after_fifteen() -> None:
    received = at("23/11/2026 15:00") + timedelta(seconds=1)
    assert promise(received, Limit(Decimal(0), SAME_DAY), shipped()).due_at == at("25/11/2026 17:00")


def test_a_cutoff_later_than_closing_does_not_promise_the_past() -> None:
    hours = OpeningHours(dict.fromkeys(range(5), ((time(8), time(12)),)), cutoff=time(15))
    calendar = WorkCalendar(shipped_days(), [2026], hours)
    assert promise(at("25/11/2026 13:00"), Limit(Decimal(0), SAME_DAY), calendar).due_at == at("26/11/2026 12:00")


@pytest.mark.parametrize(
    ("rule", "in_time", "late", "on_day_off"),
    [
        (AfterCutoff.NONE, "26/11/2026 17:00", "26/11/2026 17:00", "26/11/2026 17:00"),
        (AfterCutoff.RETURN_NEXT_DAY, "26/11/2026 17:00", "27/11/2026 17:00", "27/11/2026 17:00"),
        (AfterCutoff.COUNT_FROM_NEXT_DAY, "26/11/2026 17:00", "27/11/2026 17:00", "27/11/2026 17:00"),
    ],
)
def test_the_rule_of_fifteen_oclock_moves_only_procedures_that_have_it(
    rule: AfterCutoff, in_time: str, late: str, on_day_off: str
) -> None:
    assert due("20/11/2026 15:00", "3", DAYS, rule) == in_time
    assert due("20/11/2026 15:01", "3", DAYS, rule) == late
    assert due("21/11/2026 09:00", "3", DAYS, rule) == on_day_off


def test_counting_from_the_next_day_differs_from_returning_on_it() -> None:
    assert due("25/11/2026 15:01", "2", HOURS, AfterCutoff.NONE) == "26/11/2026 07:31"
    assert due("25/11/2026 15:01", "2", HOURS, AfterCutoff.COUNT_FROM_NEXT_DAY) == "26/11/2026 09:30"
    assert due("25/11/2026 15:01", "2", HOURS, AfterCutoff.RETURN_NEXT_DAY) == "27/11/2026 17:00"
    assert due("26/11/2026 15:01", "2", CALENDAR, AfterCutoff.COUNT_FROM_NEXT_DAY) == "30/11/2026 17:00"
    assert due("25/11/2026 15:01", "2", CALENDAR, AfterCutoff.RETURN_NEXT_DAY) == "30/11/2026 17:00"


@pytest.mark.parametrize(
    ("received", "value", "expected"),
    [
        ("25/11/2026 07:30", "0.5", "25/11/2026 17:00"),  # morning session → end of the afternoon
        ("25/11/2026 11:29", "0.5", "25/11/2026 17:00"),
        ("25/11/2026 13:30", "0.5", "26/11/2026 11:30"),  # afternoon → end of the next morning
        ("25/11/2026 16:59", "0.5", "26/11/2026 11:30"),
        ("27/11/2026 14:00", "0.5", "30/11/2026 11:30"),
        ("25/11/2026 06:00", "0.5", "25/11/2026 11:30"),  # before opening: the morning is the half to come
        ("28/11/2026 09:00", "0.5", "30/11/2026 11:30"),  # day off: half of the first counted day
        ("25/11/2026 08:00", "0.25", "25/11/2026 11:30"),  # quarter of the receipt not counted
        ("25/11/2026 10:00", "0.25", "25/11/2026 15:15"),
        ("25/11/2026 16:00", "0.25", "26/11/2026 09:30"),
        ("25/11/2026 10:00", "0.75", "26/11/2026 09:30"),
        ("25/11/2026 16:00", "0.75", "26/11/2026 15:15"),
        ("25/11/2026 10:00", "1.5", "27/11/2026 11:30"),
        ("25/11/2026 10:00", "1.25", "27/11/2026 09:30"),
        ("25/11/2026 16:00", "2.75", "30/11/2026 15:15"),
    ],
)
def test_parts_of_a_day_follow_the_sessions(received: str, value: str, expected: str) -> None:
    assert due(received, value, DAYS) == expected


def test_a_day_of_one_session_is_cut_into_equal_hours() -> None:
    calendar = WorkCalendar((), (), OpeningHours(dict.fromkeys(range(5), ((time(8), time(12)),)), cutoff=time(11)))
    assert promise(at("25/11/2026 08:00"), Limit(Decimal("0.5"), DAYS), calendar).due_at == at("25/11/2026 12:00")
    assert promise(at("25/11/2026 08:00"), Limit(Decimal("0.25"), DAYS), calendar).due_at == at("25/11/2026 10:00")
    three = dict.fromkeys(range(5), ((time(8), time(10)), (time(11), time(12)), (time(13), time(14))))
    calendar = WorkCalendar((), (), OpeningHours(three, cutoff=time(13)))
    assert promise(at("25/11/2026 09:30"), Limit(Decimal("0.25"), DAYS), calendar).due_at == at("25/11/2026 12:00")


@pytest.mark.parametrize(
    ("received", "value", "expected"),
    [
        ("25/11/2026 08:00", "3.5", "25/11/2026 11:30"),  # ends with the session, not after lunch
        ("25/11/2026 11:00", "1", "25/11/2026 14:00"),  # over lunch
        ("25/11/2026 16:00", "2", "26/11/2026 08:30"),  # over night
        ("27/11/2026 16:30", "8", "30/11/2026 17:00"),  # over the weekend
        ("23/11/2026 16:30", "1", "25/11/2026 08:00"),  # over the holiday
        ("25/11/2026 05:00", "1", "25/11/2026 08:30"),  # starts at the next opening
        ("25/11/2026 12:00", "1", "25/11/2026 14:30"),
        ("21/11/2026 10:00", "1", "23/11/2026 08:30"),
        ("21/08/2026 16:00", "2", "22/08/2026 08:30"),  # made-up Saturday
        ("25/11/2026 08:00", "37.5", "02/12/2026 08:00"),  # a week of 7,5 hours a day
    ],
)
def test_working_hours_run_only_while_the_counter_is_open(received: str, value: str, expected: str) -> None:
    assert due(received, value, HOURS) == expected


def test_clock_hours_run_through_nights_and_holidays() -> None:
    assert due("21/11/2026 15:45", "48", CLOCK) == "23/11/2026 15:45"
    assert due("23/11/2026 20:00", "0.5", CLOCK) == "23/11/2026 20:30"


def test_a_due_moment_is_a_whole_minute_and_never_earlier_than_counted() -> None:
    received = at("25/11/2026 09:13") + timedelta(seconds=42)
    assert promise(received, Limit(Decimal(1), HOURS), shipped()).due_at == at("25/11/2026 10:14")


@pytest.mark.parametrize(
    ("received", "value", "expected"),
    [
        ("30/01/2026 09:00", "1", "02/03/2026 17:00"),
        ("31/03/2026 09:00", "1", "04/05/2026 17:00"),  # 30/04 and 01/05 off, then a weekend
        ("31/12/2026 09:00", "2", "01/03/2027 17:00"),  # 28/02/2027 is a Sunday
        ("29/02/2024 09:00", "12", "28/02/2025 17:00"),
        ("23/11/2026 09:00", "3", "23/02/2027 17:00"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(received: str, value: str, expected: str) -> None:
    assert due(received, value, MONTHS) == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("25/11/2026 09:00", "25/11/2026 11:30"),
        ("25/11/2026 11:30", "25/11/2026 17:00"),
        ("25/11/2026 16:59", "25/11/2026 17:00"),
        ("25/11/2026 17:00", "26/11/2026 11:30"),
        ("21/11/2026 09:00", "23/11/2026 11:30"),
    ],
)
def test_immediate_matters_are_due_at_the_end_of_the_session(received: str, expected: str) -> None:
    assert due(received, "0", IMMEDIATE) == expected


@pytest.mark.parametrize(
    ("unit", "value", "stops", "expected"),
    [
        # asked on the last day: nothing is left, so the day of the answer is due, or the next working day after it
        (DAYS, "2", [("27/11/2026 08:00", "03/12/2026 10:00")], "03/12/2026 17:00"),
        (DAYS, "2", [("27/11/2026 08:00", "03/12/2026 18:00")], "04/12/2026 17:00"),
        (DAYS, "2", [("27/11/2026 08:00", "05/12/2026 10:00")], "07/12/2026 17:00"),
        # asked and answered the same day costs nothing
        (DAYS, "2", [("26/11/2026 08:00", "26/11/2026 10:00")], "27/11/2026 17:00"),
        # asked on the day of receipt: no day used yet
        (DAYS, "2", [("25/11/2026 10:00", "30/11/2026 10:00")], "02/12/2026 17:00"),
        # asked when already late: the promise stands
        (DAYS, "2", [("27/11/2026 17:01", "03/12/2026 10:00")], "27/11/2026 17:00"),
        (
            DAYS,
            "3",
            [("26/11/2026 08:00", "30/11/2026 10:00"), ("01/12/2026 08:00", "03/12/2026 10:00")],
            "04/12/2026 17:00",
        ),
        (CALENDAR, "10", [("28/11/2026 08:00", "05/12/2026 08:00")], "14/12/2026 17:00"),
        (CALENDAR, "3", [("29/11/2026 08:00", "05/12/2026 08:00")], "07/12/2026 17:00"),  # asked while rolling
        (MONTHS, "1", [("30/11/2026 08:00", "10/12/2026 08:00")], "04/01/2027 17:00"),
        (HOURS, "4", [("25/11/2026 10:00", "26/11/2026 10:00")], "26/11/2026 15:00"),
        (CLOCK, "4", [("25/11/2026 10:00", "26/11/2026 10:00")], "26/11/2026 13:00"),
        (DAYS, "0.5", [("25/11/2026 15:15", "26/11/2026 08:00")], "26/11/2026 10:00"),
        (SAME_DAY, "0", [("25/11/2026 10:00", "25/11/2026 14:00")], "25/11/2026 17:00"),
        (SAME_DAY, "0", [("25/11/2026 10:00", "25/11/2026 15:30")], "26/11/2026 17:00"),
        (SAME_DAY, "0", [("25/11/2026 10:00", "28/11/2026 09:00")], "30/11/2026 17:00"),
        (IMMEDIATE, "0", [("25/11/2026 10:00", "27/11/2026 14:00")], "27/11/2026 17:00"),
    ],
)
def test_a_clock_stop_delays_by_what_was_waited(
    unit: LimitUnit, value: str, stops: list[tuple[str, str]], expected: str
) -> None:
    assert due("25/11/2026 09:00", value, unit, pauses=tuple(pause(*stop) for stop in stops)) == expected


def test_a_new_appointment_holds_when_it_is_later() -> None:
    limit = Limit(Decimal(3), DAYS)
    moved = promise(at("23/11/2026 09:00"), limit, shipped(), extended_to=at("02/12/2026 17:00"))
    assert moved.due_at == at("02/12/2026 17:00")
    assert moved.steps[-1].label == "Hẹn lại" and moved.steps[-2].on == date(2026, 11, 27)
    assert "Mẫu 04" in moved.short_reason
    stop = pause("24/11/2026 09:00", "07/12/2026 09:00")
    overtaken = promise(at("23/11/2026 09:00"), limit, shipped(), pauses=[stop], extended_to=at("02/12/2026 17:00"))
    assert overtaken.due_at == at("10/12/2026 17:00")


def test_moments_of_other_zones_are_read_in_vietnam() -> None:
    utc = datetime(2026, 11, 23, 8, 1, tzinfo=UTC)  # 15:01 in Việt Nam
    told = promise(utc, Limit(Decimal(0), SAME_DAY), shipped())
    assert told.due_at == at("25/11/2026 17:00") and told.due_at.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    ("value", "unit", "code"),
    [
        ("-1", DAYS, "limit_not_positive"),
        ("0", DAYS, "limit_not_positive"),
        ("NaN", DAYS, "limit_not_positive"),
        ("Infinity", CALENDAR, "limit_not_positive"),
        ("3651", DAYS, "limit_too_long"),
        ("1E+30", HOURS, "limit_too_long"),
        ("121", MONTHS, "limit_too_long"),
        ("0.1", DAYS, "limit_in_parts"),
        ("1.5", CALENDAR, "limit_in_parts"),
        ("0.5", MONTHS, "limit_in_parts"),
    ],
)
def test_absurd_limits_are_refused_with_a_sentence(value: str, unit: LimitUnit, code: str) -> None:
    with pytest.raises(LimitError) as refused:
        promised("23/11/2026 09:00", value, unit)
    assert refused.value.code == code
    assert refused.value.message.endswith(".") and unicodedata.is_normalized("NFC", refused.value.message)


@pytest.mark.parametrize(
    "stops",
    [
        [("22/11/2026 09:00", "24/11/2026 09:00")],  # before the receipt
        [("25/11/2026 09:00", "24/11/2026 09:00")],
        [("25/11/2026 09:00", "27/11/2026 09:00"), ("26/11/2026 09:00", "28/11/2026 09:00")],
        [("25/11/2026 09:00", None), ("26/11/2026 09:00", "28/11/2026 09:00")],
    ],
)
def test_pauses_that_cannot_have_happened_are_refused(stops: list[tuple[str, str | None]]) -> None:
    with pytest.raises(LimitError) as refused:
        promised("23/11/2026 09:00", "3", DAYS, pauses=tuple(pause(*stop) for stop in stops))
    assert refused.value.code == "pauses_out_of_order"


def test_moments_without_zone_or_from_a_broken_clock_are_refused() -> None:
    limit = Limit(Decimal(1), DAYS)
    with pytest.raises(LimitError) as naive:
        promise(at("23/11/2026 09:00").replace(tzinfo=None), limit, shipped())
    with pytest.raises(LimitError) as broken:
        promise(at("23/11/1970 09:00"), limit, shipped())
    assert (naive.value.code, broken.value.code) == ("moment_without_zone", "moment_absurd")


def test_stages_of_one_unit_add_up_to_the_promise_of_their_total() -> None:
    stages = [Limit(Decimal(value), DAYS) for value in ("0.5", "1", "0", "0.5", "1")]
    dues = stage_dues(at("25/11/2026 09:00"), stages, shipped())
    assert [f"{moment:%d/%m %H:%M}" for moment in dues] == [
        "25/11 17:00",
        "27/11 11:30",
        "27/11 11:30",
        "27/11 17:00",
        "30/11 17:00",
    ]
    assert dues[-1] == promised("25/11/2026 09:00", "3", DAYS).due_at


def test_stages_of_other_units_begin_where_the_last_ended() -> None:
    stages = [Limit(Decimal(4), HOURS), Limit(Decimal(1), DAYS), Limit(Decimal(2), DAYS)]
    dues = stage_dues(at("25/11/2026 09:00"), stages, shipped())
    assert [f"{moment:%d/%m %H:%M}" for moment in dues] == ["25/11 15:00", "26/11 17:00", "30/11 17:00"]
    assert stage_dues(at("25/11/2026 09:00"), [], shipped()) == ()
