"""The shipped table of days off against the `holidays` library, and the questions a calendar answers."""

from datetime import date, datetime, time

import holidays
import pytest

from db.records import CalendarDay
from db.vocabulary import DayKind
from desktop.rules.calendar import (
    PUBLISHED_HOURS,
    VN_TZ,
    OpeningHours,
    WorkCalendar,
    abbreviated,
    same_each_day,
    shipped,
    shipped_days,
    shipped_years,
)

YEARS = range(2024, 2028)

#: Where our table and holidays 0.109 disagree, and why ours stands. True = a working day for us.
KNOWN_DIFFERENCES = {
    # Swap announced on 25/12/2025 (Công văn 12729/VPCP-KGVX); the library has no such swap.
    date(2026, 1, 2): False,
    date(2026, 1, 10): True,
}

#: Weekend days that one side calls a holiday and the other only a weekend: no due date depends on them.
NAMED_ON_ONE_SIDE = {
    # Thông báo 6150/TB-BLĐTBXH counts 27-31/01 as the five days of Tết 2025; the library adds mùng 4 on a Saturday.
    date(2025, 2, 1),
}


def library() -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=YEARS, language="vi")


def test_every_day_of_four_years_agrees_with_the_library_but_for_the_listed_swaps() -> None:
    ours, theirs = shipped(), library()
    days = [date.fromordinal(n) for n in range(date(2024, 1, 1).toordinal(), date(2028, 1, 1).toordinal())]
    differing = {on: ours.is_working_day(on) for on in days if ours.is_working_day(on) != theirs.is_working_day(on)}
    assert differing == KNOWN_DIFFERENCES


def test_holidays_on_weekends_are_named_as_in_the_library_but_for_the_listed_days() -> None:
    off = {day.on for day in shipped_days() if day.kind is not DayKind.MAKE_UP}
    assert off ^ set(library()) == NAMED_ON_ONE_SIDE | {date(2026, 1, 2)}


def test_swapped_and_made_up_days_come_in_pairs_that_name_each_other() -> None:
    days = [day for day in shipped_days() if day.kind is not DayKind.HOLIDAY]
    off = {day.on for day in days if day.kind is DayKind.SWAP_OFF}
    for day in days:
        other = next(d for d in days if f"{d.on:%d/%m}" in day.name and d.on.year == day.on.year)
        assert other.source == day.source and (other.on in off) != (day.on in off)
        assert (day.on.weekday() >= 5) == (day.kind is DayKind.MAKE_UP)


def test_each_shipped_day_has_a_name_and_a_document_and_stands_in_order() -> None:
    days = shipped_days()
    assert [day.on for day in days] == sorted({day.on for day in days})
    assert all(day.name and day.source for day in days)
    assert {day.on.year for day in days} == set(YEARS)


def test_2027_waits_for_its_notice_and_the_other_years_name_theirs() -> None:
    years = shipped_years()
    assert [year for year, (confirmed, _) in years.items() if confirmed] == [2024, 2025, 2026]
    assert all(document for _, document in years.values())
    assert not shipped().is_confirmed(2027) and not shipped().is_confirmed(2035)


@pytest.mark.parametrize(
    ("on", "reason", "source"),
    [
        (date(2026, 11, 24), "nghỉ lễ theo NQ 28/2026/QH16", "Nghị quyết 28/2026/QH16"),
        (date(2026, 9, 2), "nghỉ Quốc khánh", "Bộ luật Lao động 2019 Đ112 k1"),
        (date(2026, 4, 27), "nghỉ Giỗ Tổ Hùng Vương (nghỉ bù ngày 26/04)", "Bộ luật Lao động 2019 Đ111 k3"),
        (date(2026, 11, 21), "Thứ Bảy, nghỉ hằng tuần", "Bộ luật Lao động 2019 Đ111"),
        (date(2025, 5, 2), "nghỉ hoán đổi theo TB 6150/TB-BLĐTBXH", "Thông báo 6150/TB-BLĐTBXH ngày 03/12/2024"),
    ],
)
def test_a_day_off_says_why_and_by_which_document(on: date, reason: str, source: str) -> None:
    assert shipped().why_off(on) == (reason, source)
    assert not shipped().is_working_day(on) and shipped().intervals(on) == ()
    with pytest.raises(ValueError, match="day off"):
        shipped().closing(on)


def test_working_days_have_no_reason_and_close_at_seventeen() -> None:
    calendar = shipped()
    for on in (date(2026, 11, 23), date(2026, 8, 22)):
        assert calendar.why_off(on) is None
        assert calendar.closing(on) == datetime(on.year, on.month, on.day, 17, tzinfo=VN_TZ)
        assert [(a.time(), b.time()) for a, b in calendar.intervals(on)] == [
            (time(7, 30), time(11, 30)),
            (time(13, 30), time(17)),
        ]
    assert calendar.next_working_day(date(2026, 11, 23)) == date(2026, 11, 25)


def test_a_year_without_a_table_knows_only_its_weekends() -> None:
    calendar = shipped()
    assert calendar.is_working_day(date(2030, 9, 2))  # a Monday: nothing is guessed
    assert not calendar.is_working_day(date(2030, 9, 1))


def test_the_last_entry_for_a_date_holds() -> None:
    on = date(2027, 9, 3)
    corrected = CalendarDay(on, DayKind.MAKE_UP, "Đi làm", "Thông báo thử")
    calendar = WorkCalendar([*shipped_days(), corrected], [2027])
    assert calendar.is_working_day(on) and calendar.day(on) == corrected
    assert len(calendar.days) == len(shipped_days())


@pytest.mark.parametrize(
    "week",
    [
        {},
        {0: ((time(8), time(17)),)},
        dict.fromkeys(range(5), ()),
        dict.fromkeys(range(5), ((time(8), time(12)), (time(11), time(17)))),
        dict.fromkeys(range(5), ((time(12), time(8)),)),
        dict.fromkeys(range(6), ((time(8), time(17)),)),
    ],
)
def test_impossible_opening_hours_are_refused(week: dict[int, tuple[tuple[time, time], ...]]) -> None:
    with pytest.raises(ValueError, match="opening"):
        OpeningHours(week)


def test_hours_alike_on_each_day_are_read_from_words() -> None:
    assert same_each_day([["07:30", "11:30"], ["13:30", "17:00"]]) == PUBLISHED_HOURS
    for wrong in ([], [["11:30", "07:30"]], [["07:30", "11:30"], ["11:00", "17:00"]], [["7 giờ", "11:30"]]):
        with pytest.raises(ValueError):
            same_each_day(wrong)


def test_sources_are_shortened_as_officials_write_them() -> None:
    assert abbreviated("Nghị quyết 28/2026/QH16") == "NQ 28/2026/QH16"
    assert abbreviated("Công văn 9859/VPCP-KGVX; Công văn 6620/UBND-VX") == "CV 9859/VPCP-KGVX"
    assert abbreviated("Công văn 12729/VPCP-KGVX ngày 25/12/2025 (theo báo chí)") == "CV 12729/VPCP-KGVX"
    assert abbreviated("Lịch trực của xã") == "Lịch trực của xã"
