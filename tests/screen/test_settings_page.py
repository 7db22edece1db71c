"""Cài đặt by keyboard alone: each change is an event in the register, each refusal one sentence."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from db.records import CalendarDay
from db.vocabulary import DayKind
from desktop.gui import printer_choice
from desktop.gui.buttons import Choice
from desktop.gui.dates import typed_date
from desktop.gui.jobs import Jobs
from desktop.gui.outbox_desk import OutboxDesk
from desktop.gui.pages.settings import SettingsPage
from desktop.gui.printer_port import PrinterSetup
from desktop.gui.settings_hub import HubSection
from desktop.gui.settings_people import PeopleSection
from desktop.gui.settings_printer import typed_number
from desktop.gui.settings_section import Section
from desktop.gui.table_view import RecordTable
from desktop.office import people, settings
from resources.pictures import flaws
from tests.screen.posting_desk import AnsweredOpener

ALT = Qt.KeyboardModifier.AltModifier
KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)


def no_devices():
    raise AssertionError("nothing is printed here")


@pytest.fixture
def page(commands, monday, qtbot):
    shown = SettingsPage(
        commands,
        printers=lambda: ("Canon LBP2900", "HP 107"),
        folder="sổ",
        station="1",
        people_section=lambda: PeopleSection(commands, no_devices, Jobs()),
        hub_section=lambda: HubSection(commands, OutboxDesk(commands), AnsweredOpener()),
        backup_section=lambda: Section(commands),
    )
    shown.resize(1182, 620)
    commands.changed.connect(shown.take)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.focus_first()
    return shown


@pytest.fixture
def open_part(page, qtbot):
    def go(number: int):
        qtbot.keyClick(page, KEYS[number - 1], ALT)
        return page.section

    return go


def field(section, name: str) -> QLineEdit:
    return section.findChild(QLineEdit, name)


def press(section, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(section.window().focusWidget(), key, modifier)


def test_arrows_in_the_list_change_the_part(page, qtbot):
    parts = page.findChild(RecordTable)
    assert parts.hasFocus()
    qtbot.keyClick(parts, Qt.Key.Key_Down)
    assert page.section.accessibleName() == "Đơn vị"
    qtbot.keyClick(parts, Qt.Key.Key_Return)
    assert field(page.section, "agency_code").hasFocus()
    qtbot.keyClick(field(page.section, "agency_code"), Qt.Key.Key_Escape)
    assert parts.hasFocus()


def test_choosing_a_clerk_makes_later_acts_carry_that_name(page, open_part, commands, qtbot):
    section = open_part(1)
    table = section.findChild(RecordTable)
    assert table.hasFocus()
    with qtbot.waitSignal(commands.clerk_changed):
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert commands.clerk.short_name == "quay1"
    assert section.strip.tone == "ok"


def test_what_was_said_to_the_one_before_is_gone_once_somebody_else_works_here(open_part, commands):
    section = open_part(2)
    section.strip.say("ok", "Đã ghi.")
    commands.act_as(next(one for one in commands.ask(people.clerks) if one.short_name == "quay1"))
    assert section.strip.isHidden()


def test_a_person_is_added_and_a_second_of_the_same_name_refused(open_part, commands, qtbot):
    section = open_part(1)
    for _time in range(2):
        field(section, "short_name").setText("mai")
        field(section, "full_name").setText("Vàng Thị Mai")
        press(section, qtbot, Qt.Key.Key_T, ALT)
    assert [clerk.short_name for clerk in commands.ask(people.clerks)] == ["quay1", "truc", "mai"]
    assert section.strip.text == "Tên ngắn “mai” đã có người dùng."
    assert field(section, "short_name").hasFocus()


def test_unit_lines_are_stored_together(open_part, commands, qtbot):
    section = open_part(2)
    field(section, "agency_code").setText("H35.17.28")
    field(section, "centre_lines").setText("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG")
    press(section, qtbot, Qt.Key.Key_F12)
    unit = commands.ask(settings.unit)
    assert unit.agency_code == "H35.17.28"
    assert unit.centre_lines == ("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",)
    assert unit.superior_lines == ("ỦY BAN NHÂN DÂN", "XÃ MƯỜNG THAN")
    press(section, qtbot, Qt.Key.Key_F12)
    assert section.strip.text == "Chưa có gì thay đổi."


def test_the_phone_for_guidance_is_stored_bare_and_shown_in_groups(open_part, commands, qtbot):
    section = open_part(2)
    phone = field(section, "contact_phone")
    phone.setFocus()
    qtbot.keyClicks(phone, "0987.000.002")
    press(section, qtbot, Qt.Key.Key_F12)
    assert section.strip.tone == "ok"
    assert commands.ask(settings.contact_phone) == "0987000002"
    section.refresh()
    assert phone.text() == "0987 000 002"
    press(section, qtbot, Qt.Key.Key_F12)
    assert section.strip.text == "Chưa có gì thay đổi."


def test_a_wrong_phone_is_told_beside_it_and_nothing_of_the_page_is_stored(open_part, commands, nothing_cut, qtbot):
    section = open_part(2)
    field(section, "place").setText("Than Uyên")
    phone = field(section, "contact_phone")
    phone.setText("098700000A")
    press(section, qtbot, Qt.Key.Key_F12)
    assert phone.accessibleDescription() == "Có chữ “A”. Số điện thoại chỉ gồm chữ số."
    assert phone.hasFocus()
    assert (commands.ask(settings.contact_phone), commands.ask(settings.unit).place) == ("", "Mường Than")
    nothing_cut(section)
    phone.setText("")
    press(section, qtbot, Qt.Key.Key_F12)
    assert (phone.accessibleDescription(), commands.ask(settings.unit).place) == ("", "Than Uyên")


def test_a_wrong_agency_code_changes_nothing(open_part, commands, qtbot):
    section = open_part(2)
    field(section, "agency_code").setText("Mường Than")
    press(section, qtbot, Qt.Key.Key_F12)
    assert "không đúng mẫu" in section.strip.text
    assert commands.ask(settings.unit).agency_code == ""


def test_a_day_off_is_added_with_its_document_and_dropped_again(open_part, commands, qtbot):
    section = open_part(3)
    field(section, "on").setText("30/12/2026")
    field(section, "name").setText("Nghỉ bão")
    press(section, qtbot, Qt.Key.Key_F12)
    assert section.strip.text == "Ghi tên ngày và số văn bản quy định ngày đó."
    field(section, "source").setText("Công văn 01/UBND")
    press(section, qtbot, Qt.Key.Key_F12)
    day = CalendarDay(date(2026, 12, 30), DayKind.HOLIDAY, "Nghỉ bão", "Công văn 01/UBND")
    assert day in commands.ask(settings.calendar_days, 2026)
    table = section.findChild(RecordTable)
    table.select_row(table.records.rowCount() - 1)
    assert field(section, "on").text() == "30/12/2026"
    table.select_row(0)
    assert field(section, "source").text() == "Công văn 01/UBND"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert field(section, "on").text() == "01/01/2026"
    table.select_row(table.records.rowCount() - 1)
    press(section, qtbot, Qt.Key.Key_X, ALT)
    assert day not in commands.ask(settings.calendar_days, 2026)


def test_a_date_that_is_none_is_said_at_the_field(open_part, commands, qtbot):
    section = open_part(3)
    before = commands.ask(settings.calendar_days)
    field(section, "on").setText("31/02/2026")
    press(section, qtbot, Qt.Key.Key_F12)
    assert field(section, "on").property("state") == "error"
    assert field(section, "on").hasFocus()
    assert commands.ask(settings.calendar_days) == before


def test_a_year_is_confirmed_only_with_its_document(open_part, commands, qtbot):
    section = open_part(3)
    years = section.findChildren(Choice)[0]
    years.setCurrentText("2027")
    years.activated.emit(years.currentIndex())
    press(section, qtbot, Qt.Key.Key_N, ALT)
    assert not commands.ask(settings.calendar).is_confirmed(2027)
    field(section, "document").setText("Thông báo 99/TB-BNV")
    press(section, qtbot, Qt.Key.Key_N, ALT)
    assert commands.ask(settings.calendar).is_confirmed(2027)
    assert "đã xác nhận" in [label.text() for label in section.findChildren(QLabel)]


def test_each_printer_keeps_its_own_shift_and_scale(open_part, commands, qtbot):
    section = open_part(4)
    printers = section.findChild(Choice)
    for name, shift in (("HP 107", "-1,5"), ("Canon LBP2900", "2")):
        printers.setCurrentText(name)
        field(section, "dx_mm").setText(shift)
        press(section, qtbot, Qt.Key.Key_F12)
    assert printer_choice.chosen(commands) == PrinterSetup("Canon LBP2900", 2.0, 0.0, 100.0)
    assert printer_choice.of_printer(commands, "HP 107").dx_mm == -1.5


def test_a_shift_that_no_printer_has_is_a_slip(open_part, commands, qtbot):
    section = open_part(4)
    names = [field(section, name).accessibleName() for name in ("dx_mm", "dy_mm", "percent")]
    assert names == ["Dịch sang phải (mm)", "Dịch xuống (mm)", "Cỡ (%)"], "the unit stays while a number stands there"
    field(section, "dx_mm").setText("200")
    press(section, qtbot, Qt.Key.Key_F12)
    assert field(section, "dx_mm").property("state") == "error"
    assert printer_choice.chosen(commands) == PrinterSetup()


def test_the_ruler_page_is_asked_for_with_the_typed_values(page, open_part, qtbot):
    section = open_part(4)
    field(section, "percent").setText("101")
    with qtbot.waitSignal(page.calibration_requested) as requested:
        press(section, qtbot, Qt.Key.Key_K, ALT)
    assert requested.args == [PrinterSetup("", 0.0, 0.0, 101.0)]


def test_the_look_is_stored_and_told(page, open_part, commands, qtbot):
    section = open_part(5)
    looks = section.findChild(Choice)
    with qtbot.waitSignal(page.look_chosen) as chosen:
        qtbot.keyClick(looks, Qt.Key.Key_Down)
        looks.activated.emit(looks.currentIndex())
    assert chosen.args == ["dark"]
    assert commands.ask(settings.get, "look") == "dark"


def test_how_old_law_data_may_be_is_chosen_in_words(open_part, commands, qtbot):
    section = open_part(5)
    months = section.findChild(Choice, "law_months")
    assert months.currentText() == "sau 6 tháng"
    for _down in range(2):
        qtbot.keyClick(months, Qt.Key.Key_Down)
        months.activated.emit(months.currentIndex())
    assert commands.ask(settings.get, "law_months") == 0
    assert section.strip.text == "Danh mục thủ tục cũ: không nhắc."
    section.refresh()
    assert months.currentText() == "không nhắc"


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("24/11/2026", date(2026, 11, 24)),
        (" 1-2-2027 ", date(2027, 2, 1)),
        ("29/02/2027", None),
        ("24/11", None),
        ("", None),
        ("hôm nay", None),
    ],
)
def test_typed_dates(text, on):
    assert typed_date(text) == on


@pytest.mark.parametrize(("text", "number"), [("-1,5", -1.5), ("2.25", 2.25), ("", 0.0), ("−2", -2.0), ("hai", None)])
def test_typed_numbers(text, number):
    assert typed_number(text) == number


def test_nothing_is_cut_in_any_part(page, open_part, nothing_cut):
    for width in (1182, 855):
        page.resize(width, 620)
        for number in range(1, 6):
            open_part(number)
            nothing_cut(page)


@pytest.mark.parametrize("key", range(Qt.Key.Key_1, Qt.Key.Key_9 + 1))
def test_every_part_fits_at_200_percent(page, qtbot, key):
    page.resize(627, 272)
    qtbot.keyClick(page, Qt.Key(key), ALT)
    QApplication.processEvents()
    assert flaws.found(page, page.grab().toImage()) == []
