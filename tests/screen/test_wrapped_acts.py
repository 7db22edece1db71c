"""WrappedActs: one row where there is room, whole buttons in the next where there is not."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.gui.buttons import ActButton
from desktop.gui.scrolling import Scroller
from desktop.gui.wrapped_acts import WrappedActs


@pytest.fixture
def shown(qtbot):
    """A scroller of this width with four acts; the acts."""

    kept = []

    def show(width: int) -> list[ActButton]:
        inside = QWidget()
        acts = [ActButton(QAction(words, inside)) for words in ("Sửa", "Cấp mật khẩu", "Cho thôi việc", "Lịch sử")]
        column = QVBoxLayout(inside)
        column.addLayout(WrappedActs(*acts))
        column.addStretch(1)
        scroller = Scroller(inside)
        scroller.resize(width, 300)
        qtbot.addWidget(scroller)
        kept.append(scroller)
        with qtbot.waitExposed(scroller):
            scroller.show()
        return acts

    return show


def rows(acts: list[ActButton]) -> list[int]:
    """How many acts stand in each row."""
    tops = [act.y() for act in acts if act.isVisible()]
    return [tops.count(top) for top in sorted(set(tops))]


@pytest.mark.parametrize(("width", "expected"), [(900, [4]), (360, [3, 1]), (250, [2, 2]), (150, [1, 1, 1, 1])])
def test_acts_go_on_in_the_next_row_and_stay_whole(shown, width, expected):
    acts = shown(width)
    assert rows(acts) == expected
    assert all(act.width() == act.sizeHint().width() and act.geometry().right() < width for act in acts)


def test_a_hidden_act_takes_no_room(shown, qtbot):
    acts = shown(360)
    acts[1].hide()
    qtbot.waitUntil(lambda: rows(acts) == [3])
    assert acts[2].x() == acts[0].geometry().right() + 1 + 8
