"""Time limits in words: certain only where every word is understood, and then what the portal's figures say too."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Limit
from db.vocabulary import AfterCutoff, LimitUnit
from desktop.rules import limit_texts
from desktop.rules.reasons import limit_words

#: Every text that stands beside a limit in the collected data, with the figures that people gave it there.
COLLECTED = json.loads((Path(__file__).parents[1] / "data" / "limit_texts.json").read_text("utf-8"))
WORKING, DAYS, HOURS, MONTHS = (
    LimitUnit.WORKING_DAYS,
    LimitUnit.CALENDAR_DAYS,
    LimitUnit.WORKING_HOURS,
    LimitUnit.MONTHS,
)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("03 ngày làm việc", 3, WORKING),
        ("3 Ngày làm việc.", 3, WORKING),
        ("03\u00a0ngày  làm\nviệc", 3, WORKING),
        ("03 nga\u0300y la\u0300m vie\u0323\u0302c", 3, WORKING),
        ("- Không quá 02 (hai) ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ", 2, WORKING),
        (
            "Thời hạn giải quyết: Trong thời hạn 22 ngày làm việc, kể từ ngày nhận được hồ sơ đầy đủ, hợp lệ.",
            22,
            WORKING,
        ),
        ("Trong vòng 15 ngày kể từ ngày tiếp nhận hồ sơ", 15, DAYS),
        ("Chậm nhất 60 ngày làm việc kể từ ngày nhận hồ sơ đầy đủ và hợp pháp", 60, WORKING),
        ("10 ngày làm việc kể từ khi Ủy ban nhân dân cấp xã nhận đủ hồ sơ hợp lệ theo quy định", 10, WORKING),
        ("10 ngày làm việc kể từ khi Uỷ ban nhân dân cấp xã nhận đủ hồ sơ", 10, WORKING),
        ("27 ngày", 27, DAYS),
        ("0,5 ngày làm việc", "0.5", WORKING),
        ("04 giờ làm việc", 4, HOURS),
        ("12 giờ liên tục", 12, LimitUnit.CLOCK_HOURS),
        ("01 tháng", 1, MONTHS),
        ("ba ngày làm việc", 3, WORKING),
        ("hai mươi lăm ngày", 25, DAYS),
        ("Trong ngày", 0, LimitUnit.SAME_DAY),
        ("Ngay trong ngày tiếp nhận hồ sơ", 0, LimitUnit.SAME_DAY),
        ("Ngay khi nhận đủ hồ sơ hợp lệ", 0, LimitUnit.IMMEDIATE),
        ("Giải quyết ngay", 0, LimitUnit.IMMEDIATE),
        ("Trực tuyến: 5 Ngày; Dịch vụ bưu chính: 5 Ngày; Trực tiếp: 5 Ngày", 5, DAYS),
        ("Trực tiếp: 05 ngày\nTrực tuyến: 05 ngày", 5, DAYS),
    ],
)
def test_a_sentence_understood_whole_is_a_rule(text, value, unit):
    reading = limit_texts.read(text)
    assert reading.certain and not reading.why
    assert reading.limit == Limit(Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "Trong ngày tiếp nhận hoặc ngày làm việc tiếp theo nếu tiếp nhận sau 15 giờ",
        "Trong ngày làm việc; trường hợp nhận hồ sơ sau 15 giờ mà không giải quyết được ngay thì trả kết quả trong ngày"
        " làm việc tiếp theo.",
        "trong ngày (nhận sau 15 giờ: trả ngày làm việc tiếp theo)",
        "Trong ngày, nếu tiếp nhận sau 15h00 thì trả ngày làm việc kế tiếp",
    ],
)
def test_the_hour_of_15_is_understood_with_its_day(text):
    expected = Limit(Decimal(0), LimitUnit.SAME_DAY, AfterCutoff.RETURN_NEXT_DAY)
    assert limit_texts.read(text) == limit_texts.LimitReading(expected, certain=True)


@pytest.mark.parametrize(
    ("text", "ours", "law"),
    [
        ("05 ngày làm việc (theo quy định: 08 ngày làm việc)", 5, 8),
        ("15 ngày làm việc, đã cắt giảm còn 10 ngày làm việc", 10, 15),
        ("Theo quy định: 15 ngày làm việc; sau cắt giảm: 10 ngày làm việc", 10, 15),
        ("10 ngày làm việc (đã cắt giảm, quy định: 15 ngày làm việc)", 10, 15),
    ],
)
def test_a_shortened_limit_counts_and_the_law_s_is_kept_beside_it(text, ours, law):
    reading = limit_texts.read(text)
    assert reading.certain
    assert (reading.limit, reading.statutory) == (Limit(Decimal(ours), WORKING), Limit(Decimal(law), WORKING))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "không nói thời hạn"),
        ("Không quy định", "không nói thời hạn"),
        ("5", "chưa hiểu"),
        ("03 (hai) ngày làm việc", "chưa hiểu"),
        ("03 (ba) ngay lam viec", "chưa hiểu"),
        ("00 ngày làm việc", "chưa hiểu"),
        ("0,3 ngày làm việc", "chưa hiểu"),
        ("9999 ngày", "chưa hiểu"),
        ("0,5 ngày", "chưa hiểu"),
        ("01 tuần", "chưa hiểu"),
        ("24 giờ", "giờ làm việc hay giờ liên tục"),
        ("15-20 ngày", "chưa hiểu"),
        ("05 ngày làm việc; trường hợp phức tạp không quá 10 ngày làm việc", "nhiều thời hạn"),
        ("05 ngày làm việc đối với hồ sơ nộp trực tuyến", "tùy trường hợp"),
        ("10 ngày làm việc kể từ ngày hết hạn nhận đơn", "chưa hiểu"),
        ("05 ngày làm việc kể từ ngày Sở Nội vụ nhận được hồ sơ", "chưa hiểu"),
        ("15 ngày làm việc kể từ ngày ban hành quyết định", "chưa hiểu"),
        ("03 ngày làm việc, không tính thời gian xác minh", "chưa hiểu"),
        ("Trực tiếp: 3 Ngày; Trực tuyến: 4 Ngày", "mỗi kênh"),
        ('Trực tuyến: 1 (đơn vị "Khác"); Trực tiếp: 1 (đơn vị "Khác")', "không dùng được"),
        ("10 ngày làm việc (theo quy định: 08 ngày làm việc)", "nhiều thời hạn"),
        ("10 ngày làm việc (theo quy định: 15 ngày)", "nhiều thời hạn"),
        ("03 ngày\u202e làm việc", "đảo chiều"),
        ("trong ngày " * 1000, "quá dài"),
    ],
)
def test_anything_more_is_left_to_a_person_with_the_reason(text, why):
    reading = limit_texts.read(text)
    assert not reading.certain and reading.limit is None
    assert why in reading.why


@pytest.mark.parametrize("entry", COLLECTED, ids=lambda entry: entry["text"][:60])
def test_no_certain_reading_contradicts_the_collected_figures(entry):
    reading = limit_texts.read(entry["text"])
    if reading.certain:
        assert entry["limits"] == [[reading.limit.value, reading.limit.unit]]


def test_most_collected_texts_of_one_limit_are_understood():
    one = [entry for entry in COLLECTED if len(entry["limits"]) == 1 and entry["limits"] != [None]]
    understood = [entry for entry in one if limit_texts.read(entry["text"]).certain]
    assert len(understood) > 70 and len(understood) / len(one) > 0.7


@given(st.integers(1, 3649 * 4), st.sampled_from([WORKING, DAYS, HOURS, MONTHS]))
def test_what_we_write_ourselves_is_read_back(quarters, unit):
    limit = Limit(Decimal(quarters) / 4 if unit in (WORKING, HOURS) else Decimal(quarters // 4 + 1), unit)
    assert limit_texts.read(limit_words(limit)).limit == limit


@given(st.text(max_size=80))
def test_no_text_breaks_it(text):
    reading = limit_texts.read(text)
    assert reading.certain == (reading.limit is not None) == (not reading.why)
