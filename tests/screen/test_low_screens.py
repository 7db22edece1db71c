"""What 1366×768 leaves at 200 %: 683×348. The window goes onto it whole, and what it shows there is not cut."""

import shutil
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.gui import theme
from desktop.gui.coach_strip import CoachStrip
from desktop.gui.printing import FilePrinter
from desktop.gui.rail import RailItem
from desktop.gui.scrolling import Scroller, open_within_screen
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.office import opening
from desktop.program import Program
from resources.pictures import flaws
from tests.conftest import MONDAY

WIDTH, HEIGHT = 683, 348


@pytest.fixture(scope="module")
def running(practice_template, tmp_path_factory, qapp) -> Iterator[Program]:
    """The whole program, opened on a screen as low as that."""
    home = shutil.copytree(practice_template, tmp_path_factory.mktemp("low") / "practice")
    with opening.open_register(home, now=MONDAY) as book:
        shown = Program(qapp, book, lambda: MONDAY, printer=FilePrinter(home / "printed.pdf"))
        shown.window.resize(WIDTH, HEIGHT)
        shown.window.show()
        shown.start()
        yield shown
        shown.close()


@pytest.fixture
def program(running, qtbot) -> Program:
    """The program awake."""
    qtbot.waitUntil(lambda: running.is_awake and running.jobs.is_idle)
    # Through the width at which it folds, as a window that is dragged: unfolded it needs more.
    running.window.resize(1000, 420)
    qtbot.waitUntil(lambda: running.window.minimumSize().width() <= WIDTH)
    running.window.resize(WIDTH, HEIGHT)
    qtbot.waitUntil(lambda: running.window.width() == WIDTH)
    running.window.activateWindow()
    return running


def wrong(program: Program) -> list[flaws.Flaw]:
    QApplication.processEvents()
    return flaws.found(program.window, program.window.grab().toImage())


def test_the_window_is_no_higher_than_the_screen_and_nothing_of_its_first_page_is_cut(program):
    assert (program.window.width(), program.window.height()) == (WIDTH, HEIGHT)
    assert wrong(program) == []


def test_a_low_window_folds_its_rail_however_wide_it_is(program, qtbot):
    program.window.resize(1366, HEIGHT)
    qtbot.waitUntil(lambda: program.window.width() == 1366)
    assert {item.width() for item in program.window.findChildren(RailItem)} == {56}
    program.window.resize(1366, 696)
    qtbot.waitUntil(lambda: program.window.height() == 696)
    assert {item.width() for item in program.window.findChildren(RailItem)} == {184}


def test_the_exercise_leaves_room_for_the_page_below_it(program, qtbot):
    program.window.open("home")
    qtbot.keyClick(program.window, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    coach = program.window.findChild(CoachStrip)
    qtbot.waitUntil(coach.isVisible)
    assert program.window.height() == HEIGHT
    assert "Alt+Q" in coach.strip.text
    assert wrong(program) == []
    qtbot.keyClick(program.window, Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    assert coach.isHidden()


def test_the_answers_of_a_search_end_above_the_foot_of_the_window(program, qtbot):
    program.window.search.focus_action.trigger()
    qtbot.keyClicks(program.window.search.field, "khai sinh")
    found = program.window.search.answers
    qtbot.waitUntil(found.isVisible)
    assert found.geometry().bottom() < HEIGHT
    assert wrong(program) == []
    qtbot.keyClick(program.window.search.field, Qt.Key.Key_Escape)


def test_every_answer_of_the_walk_is_whole(program):
    page = program.window.open("wall_walk")
    page.begin()
    page.take_scan("MCTO1|1.001193|000000000001")
    assert wrong(program) == []


def test_what_became_of_a_report_is_whole_in_high_contrast(program, light_theme, qtbot):
    theme.apply(light_theme, "contrast")
    qtbot.keyClick(program.window.open("statistics"), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    page = program.window.made("reports")
    qtbot.keyClick(page, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: page.giving.strip.tone == "ok", timeout=20_000)
    assert page.giving.button.height() == page.giving.button.sizeHint().height()
    assert wrong(program) == []


def test_no_figure_of_the_day_is_cut_under_a_strip_in_high_contrast(program, light_theme, qtbot):
    theme.apply(light_theme, "contrast")
    page = program.window.open("home")
    page._tiles.leave_out(page._tiles.tiles[-1], False)
    page._strip.say("late", "1 giấy hẹn của hôm nay chưa in được. Hồ sơ vẫn còn nguyên trong sổ.", action=page._next)
    qtbot.wait(50)
    found = wrong(program)
    page._strip.hush()
    page.refresh()
    assert [flaw for flaw in found if "TileRow" in flaw.where] == []


def test_a_window_of_text_opens_no_larger_than_the_screen(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    open_within_screen(window, 640, 380)
    assert (window.width(), window.height()) == (min(640, room.width()), min(380, room.height()))
    open_within_screen(window, 5000, 5000)
    assert window.width() == room.width() and window.height() < room.height()


def test_the_parts_of_the_settings_are_named_whole(program):
    page = program.window.open("settings")
    names = page.findChild(RecordTable)
    wide = names.columnWidth(0) - 20
    short = QFontMetrics(names.font())
    told = [names.records.columns[0].text(names.records.record(row)) for row in range(names.records.rowCount())]
    assert [name for name in told if short.horizontalAdvance(name) > wide] == []


def test_the_row_that_is_worked_on_is_seen_where_the_list_is_higher_than_its_place(qtbot):
    table = RecordTable(RecordTableModel([Column("Giấy tờ", str)], key=str), "Giấy tờ", two_lines=False)
    table.show_rows([f"giấy {number}" for number in range(12)])
    table.setFixedHeight(500)
    inside = QWidget()
    QVBoxLayout(inside).addWidget(table)
    scroller = Scroller(inside)
    scroller.resize(300, 120)
    qtbot.addWidget(scroller)
    with qtbot.waitActive(scroller):
        scroller.show()
        scroller.activateWindow()
    table.setFocus()
    for _row in range(9):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    place = table.visualRect(table.currentIndex())
    top = table.viewport().mapTo(scroller.viewport(), place.topLeft()).y()
    assert table.currentIndex().row() == 9
    assert top >= 0 and top + place.height() <= scroller.viewport().height()


def test_a_long_sentence_makes_no_window_higher_than_its_screen(program, light_theme, qtbot):
    theme.apply(light_theme, "contrast")
    page = program.window.open("settings")
    page.show_part("Sao lưu")
    page.section.strip.say("soon", "In tờ khôi phục ngay: rời phần này là mã không còn ở đâu nữa. " * 2)
    qtbot.wait(50)
    height = program.window.minimumSizeHint().height()
    page.section.strip.hush()
    assert height <= HEIGHT


def test_where_the_work_of_a_part_begins_is_in_sight(program, qtbot):
    page = program.window.open("settings")
    page.show_hub()
    field = page.section.first
    qtbot.waitUntil(lambda: field.hasFocus() and field.visibleRegion().boundingRect().height() == field.height())
