"""The sheet of a day: what was sealed, its code and revisions, who was left waiting, and what happened afterwards."""

import json
from datetime import date, timedelta

import pytest

from desktop.documents.report import words
from desktop.errors import UserError
from desktop.office import closing, day_sheets, official_table, replaying
from desktop.office.reporting import Asked, Format, ReportKind, make
from desktop.rules import periods
from tests.office.reported import AFTERWARDS, everything_said, persons_in

DAY = date(2026, 11, 12)


def sheet(book, on=DAY, now=AFTERWARDS):
    (content,) = day_sheets.contents(book, periods.free(on, on), now=now)
    return content


def close(book, on=DAY, **more):
    answers = dict.fromkeys(closing.to_answer(book, AFTERWARDS), "chờ xác minh ở xã Mường Mít")
    return closing.close_day(book, on, clerk=None, now=AFTERWARDS, answers=answers, **more)


def test_a_day_that_nobody_closed_has_no_code(november):
    content = sheet(november)
    figures, silent = content.sections
    assert figures.strips == ("NGÀY NÀY CHƯA CHỐT: số liệu còn có thể đổi, phiếu chưa có mã.",)
    assert figures.lead == () and silent.grid.empty == "Chỉ biết khi chốt ngày."
    assert "(Ngày 12 tháng 11 năm 2026)" in content.head.period_lines


def test_a_closed_day_prints_what_was_sealed(november_of_mine):
    sealed = close(november_of_mine)
    content = sheet(november_of_mine)
    figures, silent = content.sections
    assert figures.strips == ()
    assert figures.grid.rows == official_table.rows(sealed.table)
    assert figures.lead[0].startswith(f"Mã chốt: {sealed.code} – bản 1 – chốt lúc 08:00 Thứ Hai 18/01/2027 – ")
    assert sealed.content["chain"]["hash"][:16] in silent.notes[0]
    assert [signer.title for signer in silent.signers] == ["NGƯỜI CHỐT SỐ LIỆU", "THỦ TRƯỞNG ĐƠN VỊ"]
    assert silent.signers[0].name and not silent.signers[1].name


def test_who_was_left_waiting_stands_with_the_reason_and_without_a_name(november_of_mine):
    sealed = close(november_of_mine)
    content = sheet(november_of_mine)
    rows = content.sections[1].grid.rows
    assert sealed.content["silent"] and [row[1] for row in rows] == sorted(sealed.content["silent"])
    assert {row[4] for row in rows} == {"chờ xác minh ở xã Mường Mít"}
    assert all(row[3] < AFTERWARDS.date() for row in rows)
    assert persons_in(november_of_mine, everything_said(content)) == []


def test_a_day_nobody_answered_for_says_so(november_of_mine):
    closing.close_missed(november_of_mine, clerk="truc", now=AFTERWARDS)
    content = sheet(november_of_mine)
    assert "Lý do: Tự chốt khi mở máy, vì chưa ai chốt ngày này." in content.sections[0].lead
    assert {row[4] for row in content.sections[1].grid.rows} == {"CHƯA TRẢ LỜI"}


def test_a_day_that_went_on_says_so_until_it_is_closed_anew(november_of_mine):
    book = november_of_mine
    first = close(book)
    late = {"ref": "sau", "event": "register", "at": "2026-11-12T16:40:00"}
    person = {"name": "Lò Văn Mẫu", "birth_date": "1990-01-01"}
    dossier = {"procedure": "1.001193", "channel": "direct", "key": "sau", "applicant": person}
    replaying.replay(book, [json.dumps(late | {"dossier": dossier}).encode()])
    (strip,) = sheet(book).sections[0].strips
    assert strip.startswith("SAU KHI CHỐT CÓ VIỆC GHI THÊM: nay đếm được tiếp nhận ")
    assert sheet(book).sections[0].grid.rows == official_table.rows(first.table), "the sealed figures stay"
    second = close(book, reason="nhập bù hồ sơ nhận lúc mất điện")
    figures = sheet(book).sections[0]
    assert figures.strips == () and f"Mã chốt: {second.code} – bản 2" in figures.lead[0]
    assert figures.lead[1:] == ("Lý do: nhập bù hồ sơ nhận lúc mất điện", f"Bản trước: bản 1 mã {first.code}")


def test_a_week_has_a_sheet_for_each_day_that_counts(november):
    week = periods.free(date(2026, 11, 16), date(2026, 11, 24))
    told = [content.head.period_lines[0] for content in day_sheets.contents(november, week, now=AFTERWARDS)]
    days = [date(2026, 11, 16) + timedelta(days=n) for n in (0, 1, 2, 3, 4, 7)]  # a weekend; 24/11 is a holiday
    worked = {f"(Ngày {on.day} tháng {on.month} năm {on.year})" for on in days}
    assert worked <= set(told) and told == sorted(told)


def test_one_pdf_and_one_workbook_hold_the_days(november):
    days = periods.free(date(2026, 11, 16), date(2026, 11, 18))
    for as_ in Format:
        assert make(november, Asked(ReportKind.DAY), days, as_, now=AFTERWARDS)


def test_work_on_many_days_can_be_stopped(november):
    told = []
    period = periods.free(date(2026, 11, 2), date(2026, 11, 30))
    stopped = make(
        november,
        Asked(ReportKind.DAY),
        period,
        Format.PDF,
        now=AFTERWARDS,
        progress=lambda *now: told.append(now) or len(told) < 3,
    )
    assert stopped is None and len(told) == 3 and told[0][0] == 0


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2027, 2, 1), date(2027, 2, 1), "period_in_future"),
        (date(2027, 2, 1), date(2027, 2, 9), "period_in_future"),
        (date(2025, 1, 1), date(2026, 12, 31), "too_many_days"),
        (date(2026, 8, 29), date(2026, 8, 30), "no_working_day"),
    ],
)
def test_days_that_have_no_sheet(november, first, last, code):
    with pytest.raises(UserError) as refused:
        day_sheets.contents(november, periods.free(first, last), now=AFTERWARDS)
    assert refused.value.code == code


def test_a_day_before_the_register_is_all_noughts(november):
    rows = sheet(november, date(2026, 6, 1)).sections[0].grid.rows
    assert [words(cell) for cell in rows[0]][2:] == ["0"] * 11
