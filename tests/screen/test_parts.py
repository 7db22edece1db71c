"""The parts of every page: what a clerk sees, hears from a screen reader and reaches by keyboard."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop import labels
from desktop.gui import theme
from desktop.gui.buttons import ActButton, Choice, Pick, Tick
from desktop.gui.cards import Card
from desktop.gui.empty import EmptyState
from desktop.gui.explain import DayBox, ExplainPanel, day_lines, full_text
from desktop.gui.fields import FieldRow
from desktop.gui.icons import Icon, Mark
from desktop.gui.keys import KeyBadge
from desktop.gui.pills import Pill
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import ElidedLabel
from desktop.gui.tiles import Tile, TileRow
from desktop.rules.trail import Step


@pytest.fixture
def shown(qtbot):
    """Show parts one below the other in a window."""

    kept = []

    def show(*parts: QWidget) -> QWidget:
        holder = QWidget()
        kept.append(holder)
        column = QVBoxLayout(holder)
        for part in parts:
            column.addWidget(part)
        qtbot.addWidget(holder)
        with qtbot.waitExposed(holder):
            holder.show()
        return holder

    return show


def action(words: str, keys: str = "") -> QAction:
    made = QAction(words)
    made.setShortcut(keys)
    return made


def type_text(editor: QLineEdit, text: str) -> None:
    """Commit text the way a Vietnamese input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    from PySide6.QtCore import QCoreApplication

    QCoreApplication.sendEvent(editor, event)


def test_a_field_is_named_after_its_record_and_labelled(shown):
    row = FieldRow("phone", "Điện thoại")
    holder = shown(row)
    editor = holder.findChild(QLineEdit, "phone")
    assert editor.accessibleName() == "Điện thoại"
    assert next(label for label in row.findChildren(QLabel) if label.buddy() is editor).text() == "Điện thoại"
    assert editor.completer() is None


def test_a_problem_is_said_under_the_field_and_to_screen_readers(shown, nothing_cut):
    row = FieldRow("birth_date", "Ngày sinh")
    holder = shown(row)
    row.show_problem("Tháng 2/1995 không có ngày 31.")
    assert row.problem == "Tháng 2/1995 không có ngày 31."
    assert row.editor.property("state") == "error"
    assert row.editor.accessibleDescription() == row.problem
    holder.adjustSize()
    nothing_cut(holder)
    row.show_problem("Năm trong số là 1987.", soft=True)
    assert row.editor.property("state") == "soft"
    row.clear_problem()
    assert row.editor.property("state") == ""


def test_what_the_machine_filled_is_marked_until_a_person_types(shown, qtbot):
    row = FieldRow("name", "Họ và tên")
    shown(row)
    row.set_value("Giàng Thị Giả Định", filled=True)
    assert row.editor.property("state") == "filled"
    with qtbot.waitSignal(row.edited) as edited:
        type_text(row.editor, "Đượm ")
    assert edited.args == ["Đượm Giàng Thị Giả Định"]
    assert row.editor.property("state") == ""


def test_leaving_a_field_is_told_once(shown, qtbot):
    first, second = FieldRow("name", "Họ và tên"), FieldRow("phone", "Điện thoại")
    shown(first, second)
    first.focus()
    with qtbot.waitSignal(first.left):
        qtbot.keyClick(first.editor, Qt.Key.Key_Tab)
    assert second.editor.hasFocus()


def test_a_button_speaks_for_its_action(shown, qtbot):
    act = action("Tiếp nhận", "F12")
    button = ActButton(act, "printer", kind="primary", tall=True)
    shown(button)
    assert (button.accessibleName(), button.accessibleDescription()) == ("Tiếp nhận", "F12")
    act.setText("Tiếp nhận và in giấy hẹn")
    act.setShortcut("Ctrl+F12")
    words = [label.text() for label in button.findChildren(QLabel)]
    assert words == ["Tiếp nhận và in giấy hẹn", "Ctrl+F12"]
    with qtbot.waitSignal(act.triggered):
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert button.height() >= 48


def test_a_button_that_is_not_ready_can_still_be_asked_why(shown, qtbot):
    act = action("Tiếp nhận", "F12")
    button = ActButton(act, kind="primary")
    shown(button)
    button.set_ready(False)
    assert button.isEnabled()
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    with qtbot.waitSignal(act.triggered):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_a_key_badge_hides_without_a_key(shown):
    act = action("In lại")
    badge = KeyBadge(act)
    shown(badge)
    assert badge.isHidden()
    act.setShortcut("Return")
    assert badge.text() == "Enter"
    assert badge.isVisible()


def test_no_part_opens_a_window_of_its_own_before_it_has_a_place(shown):
    button, badge = ActButton(action("In lại", "Alt+P")), KeyBadge(action("In lại", "Alt+P"))
    strip, empty = MessageStrip("ok", "Giấy thật."), EmptyState("check", "Không có gì", "gần nhất")
    parts = (button, badge, strip, empty)
    assert not [part for part in parts if part.isVisible()]
    shown(*parts)
    assert all(part.isVisible() for part in parts)


def test_what_has_nothing_to_say_makes_no_words_for_it(shown):
    row, strip, card = FieldRow("applicant", "Họ và tên"), MessageStrip(), Card(flush=True)
    shown(row, strip, card)
    row.clear_problem()
    strip.fold(True)
    strip.hush()
    assert [label.text() for label in row.findChildren(QLabel)] == ["Họ và tên"]
    assert (row.problem, strip.text) == ("", "")
    assert not [part.findChildren(QWidget) for part in (strip, card) if part.findChildren(QWidget)]
    row.show_problem("Chưa có tên.")
    strip.say("soon", "Máy in chưa trả lời.")
    said = [label for part in (row, strip) for label in part.findChildren(QLabel) if label.isVisible()]
    assert [label.text() for label in said] == ["Họ và tên", "Chưa có tên.", "Máy in chưa trả lời."]
    assert said[-1].property("role") == "note", "told while it was narrow"
    strip.fold(False)
    assert said[-1].property("role") == "body"


def test_a_strip_is_announced_and_offers_one_button(shown, qtbot):
    strip = MessageStrip()
    shown(strip)
    assert strip.isHidden()
    strip.say("soon", "Có thể trùng.", action=action("So hai hồ sơ", "Alt+T"))
    strip.say("late", "Giấy này đã bị thay.", action=action("Mở hồ sơ", "Alt+O"))
    assert strip.accessibleName() == "Giấy này đã bị thay."
    assert [button.accessibleName() for button in strip.findChildren(ActButton) if button.isVisible()] == ["Mở hồ sơ"]
    strip.hush()
    assert strip.isHidden()


@pytest.mark.parametrize(("number", "words", "tone"), [(7, "7", "soon"), (0, "0", "ok"), (None, "—", "idle")])
def test_a_tile_says_its_count_or_that_it_could_not_count(shown, number, words, tone):
    tile = Tile(action("Đến hạn hôm nay", "Alt+3"), "clock-alert-outline", "soon")
    shown(tile)
    tile.show_count(number, "sớm nhất 11:30")
    assert words in [label.text() for label in tile.findChildren(QLabel)]
    assert tile.property("tone") == tone
    spoken = {7: "7 hồ sơ", 0: "0 hồ sơ", None: "chưa tính được"}[number]
    assert tile.accessibleName() == f"Đến hạn hôm nay, {spoken}"


def test_arrows_walk_along_the_tiles_and_down_into_the_list(shown, qtbot):
    acts = [action("Một", "Alt+1"), action("Hai", "Alt+2")]
    row = TileRow([Tile(act, "check", "ok") for act in acts])
    shown(row)
    row.tiles[0].setFocus()
    with qtbot.waitSignal(acts[1].triggered):
        qtbot.keyClick(row.tiles[0], Qt.Key.Key_Right)
    assert row.tiles[1].hasFocus()
    assert row.tiles[1].isChecked()
    qtbot.keyClick(row.tiles[1], Qt.Key.Key_Right)
    assert row.tiles[1].hasFocus()
    with qtbot.waitSignal(row.went_down):
        qtbot.keyClick(row.tiles[1], Qt.Key.Key_Down)


def test_every_part_leaves_room_for_vietnamese_marks(shown, nothing_cut):
    letters = "ẮỄỘỮỴ ắễộữỵ"
    tile = Tile(action(letters, "Alt+1"), "check", "ok")
    tile.show_count(3, letters)
    card = Card(letters, number=1)
    row = FieldRow("name", letters)
    row.show_problem(letters)
    card.body.addWidget(row)
    for tone in theme.TONES:
        card.body.addWidget(Pill(Mark(tone, "check", letters)))
    empty = EmptyState("check", letters, letters, action(letters, "Alt+4"))
    strip = MessageStrip("ok", letters)
    holder = shown(tile, card, empty, strip, ActButton(action(letters, "F12"), kind="primary"))
    nothing_cut(holder)
    for choice in (Tick(letters), Pick(letters)):
        assert choice.sizeHint().height() >= choice.fontMetrics().lineSpacing()
        assert choice.sizeHint().width() >= 26 + choice.fontMetrics().horizontalAdvance(letters)


def test_ticks_and_choices_work_by_keyboard(shown, qtbot):
    tick, choice = Tick("Giấy tờ tùy thân"), Choice()
    choice.addItems(["Trực tiếp", "Bưu chính"])
    shown(tick, choice)
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert tick.isChecked()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentText() == "Bưu chính"


def test_a_shortened_line_keeps_its_words_for_tooltip_and_reader(shown):
    label = ElidedLabel("Thực hiện, điều chỉnh, thôi hưởng trợ cấp hưu trí xã hội")
    holder = shown(label)
    holder.resize(120, 60)
    assert label.text().endswith("…")
    assert label.toolTip() == label.accessibleName()


def test_icons_take_their_colour_from_the_theme(shown, qapp):
    icon = Icon("alert-octagon", "late", 32)
    shown(icon)

    def colours() -> set[str]:
        image = icon.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(32) for y in range(32)}

    assert theme.LIGHT["late"].lower() in colours()
    theme.apply(qapp, "dark")
    assert theme.DARK["late"].lower() in colours()


def steps(days: int) -> list[Step]:
    first = date(2026, 11, 16)
    made = [Step(first, Decimal(0), "ngày nhận không tính", "BLDS 2015 Đ147 k2", "Nhận")]
    counted = 0
    while counted < days:
        on = made[-1].on + timedelta(days=1)
        if on == date(2026, 11, 24):
            made.append(Step(on, Decimal(0), "nghỉ lễ theo NQ 28/2026/QH16", "NQ 28/2026/QH16", "Nghỉ"))
        elif on.weekday() >= 5:
            made.append(Step(on, Decimal(0), f"{labels.day_words(on)}, nghỉ hằng tuần", "BLLĐ 2019 Đ111", "Nghỉ"))
        else:
            counted += 1
            made.append(Step(on, Decimal(1), f"ngày làm việc thứ {counted}", "", str(counted)))
    return made


def test_a_short_explanation_shows_every_day_with_its_box():
    rows = day_lines(steps(3))
    assert [(row.day, row.box, row.tone) for row in rows] == [
        ("T2 16/11", "Nhận", "idle"),
        ("T3 17/11", "1", "accent"),
        ("T4 18/11", "2", "accent"),
        ("T5 19/11", "3", "ok"),
    ]


def test_a_long_explanation_is_folded_by_periods_and_loses_no_day():
    made = steps(10)
    rows = day_lines(made)
    assert len(rows) < len(made)
    assert [row.box for row in rows] == ["Nhận", "1–4", "Nghỉ", "5", "Nghỉ", "6–8", "Nghỉ", "9–10"]
    assert [row.tone for row in rows][4] == "soon"
    assert (rows[-1].tone, rows[-1].because) == ("ok", "ngày làm việc thứ 10")
    assert [row.because for row in rows][1:3] == ["đến ngày làm việc thứ 4", "nghỉ hằng tuần"]
    assert all(f"{step.on:%d/%m/%Y}" in full_text(made) for step in made)
    assert "BLDS 2015 Đ147 k2" in full_text(made)


def test_the_panel_shows_the_new_explanation_only(shown, qtbot):
    panel = ExplainPanel()
    shown(panel)

    def boxes() -> list[str]:
        return [box.text() for box in panel.findChildren(DayBox) if box.isVisible()]

    panel.show_steps(steps(3))
    qtbot.waitUntil(lambda: boxes() == ["Nhận", "1", "2", "3"])
    panel.show_steps(steps(1))
    qtbot.waitUntil(lambda: boxes() == ["Nhận", "1"])
    assert "Thứ Ba 17/11/2026" in panel.text
