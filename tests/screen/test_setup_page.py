"""The steps' own parts at any size, the list of units at the founding, and hours as people write them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop.gui.buttons import ActButton
from desktop.gui.printing import FilePrinter
from desktop.gui.settings_hours import HoursSection, typed_hour
from desktop.gui.unit_chooser import UnitChooser
from desktop.office import opening, people, setting_up, settings
from desktop.office.setting_up import Part
from desktop.program import Program
from resources.pictures import flaws
from tests.conftest import MONDAY
from tests.screen.posting_desk import press, type_in

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def running(tmp_path_factory, qapp):
    """The whole program on a live register that was founded a moment ago."""
    home = tmp_path_factory.mktemp("setup") / "data"
    unit = opening.unit_as_printed("03618", "xã Mường Than", practice=False, parent_name="tỉnh Lai Châu")
    with opening.init(home, unit, now=MONDAY, guided=True) as book:
        shown = Program(qapp, book, lambda: MONDAY, printer=FilePrinter(home / "printed.pdf"))
        shown.window.show()
        shown.start()
        yield shown
        shown.close()


@pytest.fixture
def page(running, qtbot):
    running.window.resize(1366, 696)
    running.window.activateWindow()
    qtbot.waitUntil(lambda: running.is_awake and running.jobs.is_idle and running.window.isActiveWindow())
    return running.window.open("setup")


def step_to(page, part: Part) -> None:
    while page.current is not Part.UNIT:
        QTest.keyClick(page, KEY.Key_Left, ALT)
    press(KEY.Key_F12)
    while page.current is not part:
        QTest.keyClick(page, KEY.Key_Right, ALT)


@pytest.mark.parametrize("size", [(1366, 696), (911, 464), (683, 348)], ids=["100 %", "150 %", "200 %"])
def test_every_step_fits(running, page, size):
    running.window.resize(*size)
    for part in Part:
        page._go(part)
        QTest.qWait(50)
        assert flaws.found(running.window, running.window.grab().toImage()) == [], part


def test_every_step_has_one_first_act_and_it_is_the_way_on(page):
    for part in Part:
        page._go(part)
        first = [
            act.accessibleName()
            for act in page.findChildren(ActButton)
            if act.isVisible() and act.property("kind") == "primary"
        ]
        assert len(first) == 1 and first[0].startswith(("Tiếp", "Bài tập")), (part, first)


def test_no_key_of_a_step_is_taken_by_two(page):
    for part in Part:
        page._go(part)
        live = [
            action.shortcut().toString() for action in (*page.actions(), *page.section.actions()) if action.isVisible()
        ]
        keys = [key for key in live if key]
        assert len(keys) == len(set(keys)), part


def test_the_paper_follows_the_lines_while_they_are_typed(page, qtbot):
    step_to(page, Part.LINES)
    before = page.section._pages
    page.findChild(QLineEdit, "centre_lines").setFocus()
    type_in("TRUNG TAM / MOT CUA")
    qtbot.waitUntil(lambda: page.section._pages is not before)
    assert settings.unit(page._commands.book).centre_lines == ("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG")


def test_a_wrong_agency_code_stays_on_its_step_and_a_right_one_shows_its_dossiers(page, qtbot):
    step_to(page, Part.CODE)
    assert page.part() == "Mã hồ sơ"
    type_in("H35,17")
    press(KEY.Key_F12)
    assert page.current is Part.CODE and "không đúng mẫu" in page.section.strip.text
    type_in("H35.17.28")
    qtbot.waitUntil(lambda: "H35.17.28-261123-0001" in {label.text() for label in page.section.findChildren(QLabel)})
    press(KEY.Key_F12)
    assert page.current is Part.HOURS
    assert settings.unit(page._commands.book).agency_code == "H35.17.28"


def test_a_step_that_was_put_off_says_so_in_the_list(page):
    step_to(page, Part.PEOPLE)
    states = {step.part: step.state for step in page._commands.ask(setting_up.steps)}
    assert states[Part.LINES] in (setting_up.State.SKIPPED, setting_up.State.DONE)
    assert "để sau" in {page._list.records.columns[1].words(page._list.records.record(row)) for row in range(9)}


def test_who_is_being_changed_is_stored_before_the_next_step(page):
    step_to(page, Part.PEOPLE)
    page.section.table.select_row(0)
    QTest.keyClick(page.section.table, KEY.Key_E, ALT)
    page.section.form.full.set_value("Lò Thị Trực")
    press(KEY.Key_F12)
    assert page.current is Part.PEOPLE
    assert page._commands.ask(people.clerks)[0].full_name == "Lò Thị Trực"
    press(KEY.Key_F12)
    assert page.current is Part.PRINTER


def test_a_code_without_an_address_is_told_at_its_field(page):
    step_to(page, Part.HUB)
    press(KEY.Key_F12)
    assert "Chưa nối" in page.section.strip.text
    page.findChild(QLineEdit, "hub_code").setText("AAAA-BBBB-CCCC-DDDD")
    press(KEY.Key_F12)
    assert page.current is Part.HUB
    assert page.findChild(QLineEdit, "hub_url").property("state") == "error"


@pytest.fixture
def chooser(qtbot):
    shown = UnitChooser()
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    shown.row.focus()
    return shown


def test_a_few_letters_and_enter_take_the_unit(chooser, qtbot):
    with qtbot.waitSignal(chooser.taken) as taken:
        type_in("muong")
        press(KEY.Key_Down)
        press(KEY.Key_Return)
    assert chooser.value() == taken.args[0].name == "xã Mường Mô"
    assert chooser.commune() == taken.args[0]


def test_a_unit_of_another_province_is_typed(chooser):
    type_in("xa Cu Chi")
    assert chooser.commune() is None
    assert chooser.value() == "xa Cu Chi"
    press(KEY.Key_Return)
    assert chooser.value() == "xa Cu Chi"


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("07:30", "07:30"), ("7h30", "07:30"), ("7g", "07:00"), (" 13.30 ", "13:30"), ("17", "17:00"), ("7 h 5", None)]
    + [(wrong, None) for wrong in ("", "24:00", "7:60", "sáng", "-1", "123")],
)
def test_hours_as_people_write_them(typed, hour):
    assert typed_hour(typed) == hour


@pytest.fixture
def hours(commands, qtbot):
    section = HoursSection(commands)
    qtbot.addWidget(section)
    with qtbot.waitActive(section):
        section.show()
        section.activateWindow()
    section.refresh()
    return section


def test_a_counter_that_is_open_in_the_morning_only(hours, commune):
    for name in ("afternoon_opens", "afternoon_closes"):
        hours.findChild(QLineEdit, name).clear()
    assert hours.store()
    assert len(settings.calendar(commune).hours.on_weekday(0)) == 1
    hours.refresh()
    assert hours.findChild(QLineEdit, "afternoon_opens").text() == ""


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [("morning_opens", "", "Ghi giờ như"), ("afternoon_closes", "", "Ghi giờ như"), ("morning_closes", "6h", "")],
)
def test_hours_that_are_none_are_refused_beside_their_field(hours, commune, name, typed, said):
    before = settings.calendar(commune).hours
    hours.findChild(QLineEdit, name).setText(typed)
    assert not hours.store()
    assert settings.calendar(commune).hours == before
    told = [row.problem for row in hours._rows if row.problem] or [hours.strip.text]
    assert told[0].startswith(said or "Giờ làm việc phải nối tiếp")


@pytest.fixture
def with_sheet(tmp_path, qapp, qtbot):
    """The step of the people with a recovery sheet that is on no paper yet, on a register of its own."""
    unit = opening.unit_as_printed("03618", "xã Mường Than", practice=False, parent_name="tỉnh Lai Châu")
    with opening.init(tmp_path / "data", unit, now=MONDAY, guided=True) as book:
        shown = Program(qapp, book, lambda: MONDAY, printer=FilePrinter(tmp_path / "printed.pdf"))
        shown.window.resize(1366, 696)
        shown.window.show()
        shown.start()
        shown.window.activateWindow()
        qtbot.waitUntil(lambda: shown.is_awake and shown.jobs.is_idle and shown.window.isActiveWindow())
        page = shown.window.open("setup")
        step_to(page, Part.PEOPLE)
        for row in (page.section.passwords.new, page.section.passwords.again):
            row.set_value("mường 9 than")
        page.section.passwords._begin.trigger()
        qtbot.waitUntil(lambda: page.section.has_unprinted_sheet)
        yield page
        shown.close()


WAYS = {
    "back": lambda page: QTest.keyClick(page, KEY.Key_Left, ALT),
    "later": lambda page: QTest.keyClick(page, KEY.Key_Right, ALT),
    "on": lambda page: press(KEY.Key_F12),
    "list": lambda page: page._list.select_row(list(Part).index(Part.PRINTER)),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_step_with_an_unprinted_sheet_is_left_only_the_second_time(with_sheet, way):
    way(with_sheet)
    assert with_sheet.current is Part.PEOPLE
    assert with_sheet._list.current.part is Part.PEOPLE
    assert "rời bước này là mất mã trên đó" in with_sheet.section.strip.text
    way(with_sheet)
    assert with_sheet.current is not Part.PEOPLE
