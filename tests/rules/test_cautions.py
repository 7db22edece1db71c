"""Sentences before something goes wrong: when they begin, how urgent, and that they name what to do."""

from datetime import date, datetime, timedelta

import pytest

from desktop.rules import calendar, cautions
from desktop.rules.calendar import VN_TZ, WorkCalendar
from desktop.rules.cautions import GB, MB

NOW = datetime(2026, 11, 23, 9, 14, tzinfo=VN_TZ)


@pytest.fixture
def days():
    return WorkCalendar(calendar.shipped_days(), frozenset({2026}))


@pytest.mark.parametrize(
    ("free", "total", "tone"),
    [
        (199 * MB, 500 * GB, "late"),
        (200 * MB, 500 * GB, "soon"),
        (999 * MB, 8 * GB, "soon"),
        (1 * GB, 8 * GB, ""),
        (4 * GB, 100 * GB, "soon"),
        (5 * GB, 100 * GB, ""),
        (11 * GB, 4000 * GB, ""),
        (9 * GB, 4000 * GB, "soon"),
    ],
)
def test_a_disk_is_spoken_of_before_it_is_full(free, total, tone):
    said = cautions.of_room(free, total, "USB đỏ")
    assert (said.tone if said else "") == tone
    if said:
        assert said.words.startswith("USB đỏ") and cautions.size_words(free) in said.words and "tệp" in said.words


def test_sizes_are_read_as_a_clerk_reads_them():
    assert [cautions.size_words(size) for size in (0, 180 * MB, GB, 1_440 * MB)] == [
        "0 MB",
        "180 MB",
        "1,0 GB",
        "1,4 GB",
    ]


def test_a_clock_before_the_last_event_says_both_moments():
    said = cautions.of_clock_back(NOW, NOW + timedelta(minutes=1))
    assert said is not None and said.tone == "late"
    assert "09:14 23/11/2026" in said.words and "09:15 23/11/2026" in said.words
    assert cautions.of_clock_back(NOW, NOW) is None


@pytest.mark.parametrize(
    ("last", "today", "skipped"),
    [
        ("2026-11-20", "2026-11-23", 0),  # Friday, Monday
        ("2026-11-23", "2026-11-25", 0),  # Tuesday is the holiday of 24/11
        ("2026-11-20", "2026-11-25", 1),
        ("2026-11-23", "2026-11-23", 0),
        ("2026-11-23", "2030-01-01", 60),
    ],
)
def test_only_whole_working_days_without_anybody_are_counted(days, last, today, skipped):
    moments = [datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=VN_TZ) for day in (today, last)]
    assert cautions.skipped_days(*moments, days) == skipped


def test_next_years_calendar_is_asked_for_from_the_first_of_december(days):
    assert cautions.of_next_year(date(2026, 11, 30), days) is None
    said = cautions.of_next_year(date(2026, 12, 1), days)
    assert said is not None and "2027" in said.words and said.on_home
    assert cautions.of_next_year(date(2026, 12, 1), WorkCalendar((), frozenset({2026, 2027}))) is None


def test_law_data_are_old_six_months_after_their_newest_source():
    source = date(2026, 8, 31)
    assert cautions.of_law(date(2027, 2, 28), source) is None
    said = cautions.of_law(date(2027, 3, 1), source)
    assert said is not None and "31/08/2026" in said.words and "dichvucong.gov.vn" in said.words
    assert cautions.of_law(date(2027, 3, 1), source, 12) is None
    assert cautions.of_law(date(2036, 3, 1), source, 0) is None
    assert cautions.of_law(date(2036, 3, 1), None) is None


def test_an_open_disk_is_said_of_live_registers_and_not_on_the_first_page():
    said = cautions.of_disk(True, practice=False)
    assert said is not None and not said.on_home
    assert cautions.of_disk(True, practice=True) is None and cautions.of_disk(False, practice=False) is None


@pytest.mark.parametrize(
    ("name", "known", "words"),
    [
        ("Canon", ["Canon", "HP"], None),
        ("", ["HP"], None),
        ("Canon", ["HP"], "Không còn thấy máy in “Canon”"),
        ("Canon", [], "Máy này chưa cài máy in nào"),
        ("", [], "Máy này chưa cài máy in nào"),
    ],
)
def test_a_printer_that_is_gone_is_named_and_the_work_goes_on(name, known, words):
    said = cautions.of_printer(name, known)
    assert (said is None) == (words is None)
    if said and words:
        assert said.words.startswith(words) and "vẫn ghi được" in said.words


def test_the_most_urgent_comes_first_and_what_only_the_strip_says_is_left_out(days):
    soon = cautions.of_next_year(date(2026, 12, 1), days)
    late = cautions.of_room(0, GB, "Ổ đĩa chứa sổ")
    quiet = cautions.of_disk(True, practice=False)
    assert soon and late and quiet
    assert cautions.most_urgent([quiet, soon, late]) == [late, soon]
