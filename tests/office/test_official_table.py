"""Biểu II.06a: what the engine counts, in the form's order, with every sum checked and every doubt said aloud."""

import sqlite3
from contextlib import closing as closed
from dataclasses import astuple
from datetime import date, timedelta

import pytest

from desktop.documents import report_pdf, report_xlsx
from desktop.documents.report import FormHead, words
from desktop.errors import UserError
from desktop.office import closing, counting, official_table, opening, report_forms
from desktop.office.report_forms import ReportKind
from desktop.rules import periods, statistics
from desktop.rules.periods import PeriodKind
from desktop.rules.text import sort_key
from tests.conftest import MONDAY
from tests.office.reported import AFTERWARDS, NOVEMBER


def made(book, period=NOVEMBER, now=AFTERWARDS):
    return official_table.content(book, period, now=now)


def test_rows_are_the_engines_by_field_in_vietnamese_order(november):
    (section,) = made(november).sections
    *rows, total = section.grid.rows
    counted = counting.counted(november, NOVEMBER.first, NOVEMBER.last, now=AFTERWARDS).table
    lines = statistics.by_field(counted.lines)
    assert {name: tuple(figures) for _, name, *figures in rows} == {name: astuple(line) for name, line in lines.items()}
    names = [name for _, name, *_ in rows]
    assert len(names) > 4 and names == sorted(names, key=sort_key)
    assert [number for number, *_ in rows] == list(range(1, len(rows) + 1))
    assert total == ("", "Tổng cộng", *astuple(counted.total)) and section.grid.totals == 1


def test_the_form_has_its_thirteen_columns(november):
    (section,) = made(november).sections
    assert [one.mark for one in section.grid.columns] == [f"({n})" for n in range(1, 14)]
    assert sum(one.share for one in section.grid.columns) == pytest.approx(1)


def test_the_foot_tells_rate_sums_and_rules(november):
    (section,) = made(november).sections
    rate, sums, rules = section.notes
    total = counting.counted(november, NOVEMBER.first, NOVEMBER.last, now=AFTERWARDS).table.total
    on_time = statistics.on_time_rate(total)
    assert f"{on_time.words} = {on_time.numerator}/{on_time.denominator}" in rate
    assert f"(3) {total.received_total} = (7) {total.resolved_total} + (11) {total.pending_total}" in sums
    assert "(6) 0 = (11) kỳ trước 0" in sums and "≠" not in sums
    assert all(rule in rules for rule in statistics.COUNTING_RULES)
    assert section.strips == ()


def test_what_was_open_before_is_carried_over_on_paper_too(november):
    december = periods.free(date(2026, 12, 1), date(2026, 12, 31))
    (section,) = made(november, december).sections
    left = counting.counted(november, NOVEMBER.first, NOVEMBER.last, now=AFTERWARDS).table.total.pending_total
    assert left > 0 and f"(6) {left} = (11) kỳ trước {left}" in section.notes[1]


def test_paper_and_workbook_are_made_of_it(november):
    content = made(november)
    assert report_pdf.render([content]).startswith(b"%PDF")
    assert report_xlsx.render([content]).startswith(b"PK")


def test_head_names_the_form_the_period_and_both_units(november):
    official = periods.official(PeriodKind.MONTH, 2026, 12)
    content = made(november, official)
    head = content.head
    assert isinstance(head, FormHead)
    assert head.code_lines == (
        "Biểu số II.06a/VPCP/KSTT",
        "Ban hành theo Thông tư số 01/2020/TT-VPCP ngày 21/10/2020",
    )
    assert head.period_lines == ("Kỳ báo cáo: Tháng 12 năm 2026", "(Từ ngày 15/11/2026 đến ngày 14/12/2026)")
    assert head.party_lines[0] == "- Đơn vị báo cáo: Trung tâm Phục vụ hành chính công xã Mường Than"
    assert head.party_lines[1].startswith("- Đơn vị nhận báo cáo: Văn phòng UBND …")
    assert content.overlay == "BẢN TẬP HUẤN"


@pytest.mark.parametrize("days", [0, 10])
def test_a_period_that_goes_on_says_up_to_when(november, days):
    going_on = periods.free(date(2026, 11, 1), AFTERWARDS.date() + timedelta(days=days))
    assert made(november, going_on).head.period_lines[-1] == "Số liệu tính đến ngày 18 tháng 01 năm 2027"
    over = periods.free(date(2026, 11, 1), AFTERWARDS.date() - timedelta(days=1))
    assert made(november, over).head.period_lines[-1] == "(Từ ngày 01/11/2026 đến ngày 17/01/2027)"


def test_a_period_before_the_register_says_when_it_began(november):
    summer = periods.free(date(2026, 6, 1), date(2026, 6, 30))
    (section,) = made(november, summer).sections
    assert [row[1] for row in section.grid.rows] == ["Tổng cộng"] and set(section.grid.rows[0][2:]) == {0}
    assert "— = 0/0" in section.notes[0] and "Sổ bắt đầu từ ngày 02/11/2026" in section.notes[0]


def test_an_empty_register_has_an_empty_form(practice_home):
    with opening.open_register(practice_home, now=MONDAY) as book:
        (section,) = made(book, periods.free(MONDAY.date(), MONDAY.date()), MONDAY).sections
    assert [words(cell) for cell in section.grid.rows[0]] == ["", "Tổng cộng", *["0"] * 11]
    assert "Sổ chưa có hồ sơ nào." in section.notes[0]


def test_a_period_to_come_is_refused(november):
    with pytest.raises(UserError) as refused:
        made(november, periods.free(date(2027, 2, 1), date(2027, 2, 28)))
    assert refused.value.code == "period_in_future"


def test_few_dossiers_are_warned_of(november):
    day = periods.free(date(2026, 11, 3), date(2026, 11, 3))
    (section,) = made(november, day).sections
    assert "Dưới 50 hồ sơ" in section.notes[0]


def test_a_closed_last_day_gives_its_code(november_of_mine):
    book = november_of_mine
    assert "Số liệu ngày 30/11/2026 chưa chốt." in made(book).sections[0].notes[0]
    answers = dict.fromkeys(closing.to_answer(book, AFTERWARDS), "mất điện")
    sealed = closing.close_day(book, NOVEMBER.last, clerk=None, now=AFTERWARDS, answers=answers)
    assert f"đã chốt, bản 1, mã {sealed.code}" in made(book).sections[0].notes[0]


@pytest.mark.parametrize("column", ["pending", "early", "received_direct"])
def test_a_table_that_does_not_add_up_names_the_dossiers(november_of_mine, column):
    """The derived figures are changed behind the program's back; the list of dossiers tells on them."""
    book = november_of_mine
    made(book)
    with closed(sqlite3.connect(book.home / "figures.sqlite3")) as file:
        name, procedure = file.execute(
            "SELECT field, procedure FROM day WHERE day = '2026-11-30' AND pending > 0 ORDER BY procedure LIMIT 1"
        ).fetchone()
        file.execute(f"UPDATE day SET {column} = {column} + 1 WHERE day = '2026-11-30' AND procedure = ?", (procedure,))
        file.commit()
    content = made(book)
    (strip,) = content.sections[0].strips
    days = (NOVEMBER.first, NOVEMBER.last)
    listed = counting.behind(book, "pending_total", *days, now=AFTERWARDS, field=name, procedure=procedure)
    assert strip.startswith(f"SỐ LIỆU CHƯA KHỚP, chưa dùng để báo cáo. {name} – {procedure}: (")
    assert "≠" in strip and "≠" in content.sections[0].notes[1]
    assert column != "pending" or all(row.code in strip for row in listed)


def test_a_gap_between_two_periods_names_its_dossiers(november_of_mine):
    book, december = november_of_mine, periods.free(date(2026, 12, 1), date(2026, 12, 31))
    made(book, december)
    with closed(sqlite3.connect(book.home / "figures.sqlite3")) as file:
        file.execute("UPDATE day SET pending = pending + 2 WHERE day = '2026-12-31' AND pending > 0")
        file.commit()
    strips = made(book, december).sections[0].strips
    assert strips and all("(3)" in strip and "TN-MT" in strip for strip in strips)


def test_the_version_of_the_form_is_that_of_the_periods_end():
    first, second = report_forms.shipped(ReportKind.TABLE)
    later = report_forms.ReportForm(
        form_ref="Biểu số 06/BTP/KSTT",
        title=("TÌNH HÌNH GIẢI QUYẾT",),
        signers=first.signers,
        valid_from=date(2027, 1, 1),
        valid_to=None,
        note="",
        recipient="Sở Tư pháp {cấp trên}",
    )
    versions = (first, second, later)
    assert report_forms.in_force(versions, date(2026, 5, 31)) is first
    assert report_forms.in_force(versions, date(2026, 6, 1)) is second
    assert report_forms.in_force(versions, date(2027, 1, 1)) is later
    assert report_forms.in_force(versions, date(2019, 1, 1)) is first
    assert "Bộ Tư pháp" not in second.form_ref and second.note
