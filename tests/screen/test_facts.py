"""Facts and counts stand in columns: words beside pills of unlike width, counts of unlike words."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.gui.counts import CountRow
from desktop.gui.facts import FactList, Stated
from desktop.gui.icons import Mark
from desktop.gui.pills import Pill

DONE, OPEN = Mark("ok", "check-circle", "đã xong"), Mark("idle", "checkbox-blank-outline", "chưa làm xong")


@pytest.fixture
def shown(qtbot):
    def show(widget: QWidget, width: int) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, 200)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show


def test_what_is_said_of_states_stands_in_one_column_level_with_its_pill(shown):
    facts = FactList()
    facts.show_facts([("Đơn vị", Stated(DONE, "xã Mường Than")), ("Máy in", Stated(OPEN, "chưa chọn"))])
    shown(facts, 500)
    words = [label for label in facts.findChildren(QLabel) if label.text() in ("xã Mường Than", "chưa chọn")]
    pills = facts.findChildren(Pill)
    assert pills[0].width() != pills[1].width()
    assert len({label.x() for label in words}) == 1
    captions = [label for label in facts.findChildren(QLabel) if label.text() in ("Đơn vị", "Máy in")]
    for caption, label, pill in zip(captions, words, pills, strict=True):
        middle = caption.y() + caption.contentsMargins().top() + caption.fontMetrics().height() / 2
        assert label.y() == caption.y()
        assert abs(middle - (pill.y() + pill.height() / 2)) <= 1.5


def test_counts_are_alike_where_there_is_room_and_whole_where_there_is_not(shown):
    marks = {word: Mark("ok", "check-circle", word) for word in ("Đúng", "Cũ", "Không đọc được")}
    row = CountRow(marks, unit="tờ")
    shown(row, 600)
    assert max(count.width() for count in row.stops) - min(count.width() for count in row.stops) <= 1
    tight = sum(count.needed for count in row.stops) + 4
    narrow = CountRow(marks, unit="tờ")
    shown(narrow, tight)
    assert all(count.width() >= count.needed - 1 for count in narrow.stops)
    assert len({count.y() for count in narrow.stops}) == 1
