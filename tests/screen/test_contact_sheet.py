"""The contact sheet's command on a few pages, and every kind of flaw that it must catch, planted in real widgets."""

import json
import subprocess
import sys
from collections import Counter

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.gui import theme
from desktop.gui.buttons import Choice
from desktop.gui.fields import FieldRow
from desktop.gui.hints import HintBar
from desktop.gui.scrolling import TextScroller
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.program import Program
from resources.pictures import flaws
from resources.pictures.scene_sets import ALL
from tests.architecture.source import CHECKOUT


@pytest.fixture
def shown(qtbot):
    """Show widgets in a column of 400×300; gives the window."""

    def show(*widgets: QWidget) -> QWidget:
        window = QWidget()
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        window.resize(400, 300)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return show


def kinds(window: QWidget) -> list[str]:
    return [flaw.kind for flaw in flaws.found(window, window.grab().toImage())]


def test_a_window_that_is_right_has_no_flaw(shown):
    row = FieldRow("name", "Họ và tên", hint="như trên thẻ")
    window = shown(line("Tiếp nhận", "title"), line("Một câu dài hơn bề rộng " * 4, wrap=True), row)
    assert kinds(window) == []
    assert flaws.focus_flaws(window, Counter()) == []


def test_a_choice_whose_words_are_cut_is_found(shown):
    wide, narrow = Choice(), Choice()
    for choice in (wide, narrow):
        choice.addItem("5 mức, từ rất không hài lòng")
        choice.setAccessibleName("Thang")
    narrow.setFixedWidth(120)
    assert kinds(shown(wide, narrow)) == ["cut"]


def test_a_line_that_is_cut_is_found(shown):
    narrow, low, hint = line("Tiếp nhận hồ sơ"), line("Ắ Ễ Ộ"), QLineEdit(placeholderText="như trên thẻ căn cước")
    narrow.setFixedWidth(20)
    low.setFixedHeight(8)
    hint.setFixedWidth(60)
    hint.setAccessibleName("Họ tên")
    assert kinds(shown(narrow, low, hint)) == ["cut", "cut", "cut"]


def test_only_the_column_that_stretches_may_shorten(shown):
    columns = [Column("Mã", str, 60), Column("Thủ tục", str)]
    table = RecordTable(RecordTableModel(columns, key=str), "Danh sách")
    table.show_rows(["một dòng dài hơn hẳn cột của nó và hơn cả bề rộng của bảng này"])
    (flaw,) = flaws.found(window := shown(table), window.grab().toImage())
    assert flaw.kind == "cut"
    assert "“Mã”" in flaw.said


def test_what_stands_outside_its_parent_is_found(shown):
    holder = QWidget()
    inside = QLabel("ở ngoài", holder)
    inside.setGeometry(300, 0, 200, 30)
    assert "outside" in kinds(shown(holder))


def test_a_page_that_scrolls_sideways_is_found_and_one_that_scrolls_down_is_not(shown):
    content = QWidget()
    content.setFixedSize(200, 2000)
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    window = shown(area)
    assert kinds(window) == []
    content.setFixedSize(900, 2000)
    assert set(kinds(window)) == {"outside", "sideways"}


def test_an_input_without_a_name_is_found(shown):
    window = shown(QLineEdit())
    assert kinds(window) == ["nameless"]
    window.findChild(QLineEdit).setAccessibleName("Số định danh")
    assert kinds(window) == []


@pytest.mark.parametrize("look", theme.THEMES)
def test_words_that_are_hard_to_read_are_found(shown, light_theme, look):
    theme.apply(light_theme, look)
    words = line("Hẹn trả kết quả")
    window = shown(words)
    assert kinds(window) == []
    words.setStyleSheet(f"color: {theme.THEMES[look]['canvas']}")
    assert kinds(window) == ["faint"]


def test_a_button_that_looks_the_same_with_the_focus_is_found(shown):
    plain = QPushButton("Ghi")
    plain.setStyleSheet("QPushButton, QPushButton:focus { border: none; outline: none; background: white; }")
    (flaw,) = flaws.focus_flaws(shown(plain), Counter())
    assert flaw.kind == "focus"


def test_a_list_and_a_text_show_that_the_keyboard_is_in_them(shown):
    table = RecordTable(RecordTableModel([Column("Mã", str), Column("Ngày", str)], key=str), "Danh sách")
    table.show_rows(["một", "hai"])
    window = shown(table, TextScroller(line("Một câu", wrap=True), "Nội dung"))
    told = Counter()
    assert flaws.focus_flaws(window, told) == []
    assert sorted(kind.strip("/") for kind in told) == ["RecordTable", "TextScroller"]


def test_a_window_that_does_not_go_onto_its_screen_is_found(shown):
    window = shown(line("Tiếp nhận", "title"))
    assert flaws.too_large(window, QSize(400, 300)) == []
    (flaw,) = flaws.too_large(window, QSize(400, 260))
    assert flaw.kind == "large" and "400×300 on a screen of 400×260" in flaw.said


@pytest.mark.parametrize("width", range(60, 400, 40))
def test_keys_that_have_no_room_are_left_out_whole(shown, width):
    hints = HintBar([("↑ ↓", "chọn"), ("Enter", "mở hồ sơ"), ("Ctrl+P", "in danh sách")])
    window = shown(hints)
    window.resize(400, 200)
    assert hints.findChildren(QLabel)[-1].isVisible()
    hints.setMaximumWidth(width)
    QApplication.processEvents()
    assert kinds(window) == []
    hints.setMaximumWidth(400)
    QApplication.processEvents()
    assert hints.findChildren(QLabel)[-1].isVisible()


def test_no_two_scenes_have_one_name_and_every_page_stands_in_one(commune, light_theme, monday):
    names = [scene.name for scene in ALL]
    assert sorted(names) == sorted(set(names))
    program = Program(light_theme, commune, lambda: monday)
    pages = {key.replace("_", "-") for key in program.window.destinations}
    program.close()
    shown = {name.removeprefix("empty-") for name in names} | {"settings", "setup"}
    assert pages - shown == set()


def test_the_command_draws_the_sheet_and_says_what_is_wrong(tmp_path):
    scenes = ("empty-home", "settings-4", "first-run")
    command = [sys.executable, str(CHECKOUT / "resources/pictures/contact_sheet.py"), "--out", str(tmp_path)]
    command += ["--theme", "dark", "--scale", "150", *(f"--scene={name}" for name in scenes)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads((tmp_path / "dark-150" / "flaws.json").read_text(encoding="utf-8"))
    assert (ended.returncode, told) == (0, []), ended.stdout + ended.stderr
    assert ended.stdout == "dark 150 %: 0 wrong\n"
    grab = QImage(str(tmp_path / "dark-150" / "settings-4.png"))
    # 911 logical pixels at 150 % are not 1366 to the dot.
    assert abs(grab.width() - 1366) <= 1 and grab.height() == 696
    assert grab.pixelColor(grab.width() - 40, grab.height() - 60).name().upper() == theme.DARK["canvas"]
    assert QImage(str(tmp_path / "dark-150.png")).width() > 2 * grab.width()
