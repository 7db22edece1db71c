"""Words said in two places: every state, channel, unit, day kind and event has one; dates read as people say them."""

from datetime import date, datetime, timedelta, timezone

import pytest

from db.vocabulary import Channel, DayKind, DossierStatus, EventKind, LimitUnit, Outcome, ResultBy
from desktop import labels
from desktop.rules.calendar import shipped
from desktop.rules.reasons import UNIT_WORDS

ICT = timezone(timedelta(hours=7), "ICT")


def at(day: int, hour: int = 9, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ICT)


@pytest.mark.parametrize(
    ("words", "vocabulary"),
    [
        (labels.STATUS_WORDS, DossierStatus),
        (labels.CHANNEL_WORDS, Channel),
        (labels.RESULT_BY_WORDS, ResultBy),
        (labels.DAY_KIND_WORDS, DayKind),
        (UNIT_WORDS, LimitUnit),
        (labels.EVENT_WORDS, EventKind),
        (labels.OUTCOME_WORDS, Outcome),
    ],
)
def test_every_word_of_a_vocabulary_is_said_and_none_twice(words, vocabulary):
    assert set(words) == set(vocabulary)
    assert len(set(words.values())) == len(words)


def test_days_and_moments():
    assert labels.day_words(date(2026, 11, 23)) == "Thứ Hai 23/11/2026"
    assert labels.day_words(date(2026, 11, 29), year=False) == "Chủ Nhật 29/11"
    assert labels.short_day(date(2026, 11, 29)) == "CN 29/11"
    assert labels.moment_words(at(27, 17)) == "17:00 Thứ Sáu 27/11/2026"


def test_when_is_as_short_as_it_may_be():
    now = at(23, 9)
    assert labels.when_words(at(23, 7), now) == "07:00 hôm nay"
    assert labels.when_words(at(18, 8), now) == "18/11 08:00"
    assert labels.when_words(at(18, 8, year=2025), now) == "18/11/2025 08:00"


@pytest.mark.parametrize(
    ("due_at", "urgency", "words"),
    [
        (at(23, 17), labels.Urgency.TODAY, "Hạn 17:00 hôm nay"),
        (at(25, 17), labels.Urgency.SOON, "Còn 1 ngày làm việc"),
        (at(27, 17), labels.Urgency.CALM, "Còn 3 ngày làm việc"),
        (at(20, 17), labels.Urgency.LATE, "Quá hạn, trễ 1 ngày"),
        (at(23, 9), labels.Urgency.TODAY, "Hạn 09:00 hôm nay"),
        (at(23, 8), labels.Urgency.TODAY, "Hôm nay, đã qua 08:00"),
        (at(1, 17, month=3, year=2027), labels.Urgency.CALM, "Hạn 01/03/2027"),
    ],
)
def test_time_left_counts_working_days_of_the_real_calendar(due_at, urgency, words):
    assert labels.time_left(due_at, at(23), shipped()) == (urgency, words)


def test_late_over_a_weekend_counts_no_working_day_yet():
    assert labels.time_left(at(27, 17), at(28), shipped()) == (labels.Urgency.LATE, "Quá hạn từ 17:00 27/11")


def test_numbers_the_vietnamese_way():
    assert labels.money(1500000) == "1.500.000 đồng"
    assert labels.count_words(100000) == "100.000"
    assert labels.grouped_id("012195000002") == "0121 9500 0002"
    assert labels.grouped_id("12345") == "12345"


def test_a_list_of_procedures_need_not_say_so():
    assert labels.procedure_words("Thủ tục đăng ký khai sinh") == "Đăng ký khai sinh"
    assert labels.procedure_words("Xóa đăng ký thường trú") == "Xóa đăng ký thường trú"
