"""The first form of all: what is missing is said in one sentence, the field that is meant has the focus."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop import app
from desktop.gui.buttons import ActButton
from desktop.gui.first_run import FirstRun, StartTrouble
from desktop.gui.strips import MessageStrip


@pytest.fixture
def first_run(tmp_path, monday, monkeypatch, qtbot):
    monkeypatch.setattr(app, "now", lambda: monday)
    home = tmp_path / "new"
    dialog = FirstRun(str(home), lambda founding: app._found(home, founding).close(), lambda *_: None)
    dialog.home = home
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def found(dialog):
    next(act for act in dialog.actions() if act.shortcut().toString() == "F12").trigger()
    return dialog.findChild(MessageStrip).text


def field(dialog, name):
    return dialog.findChild(QLineEdit, name)


def test_each_missing_answer_is_asked_where_it_belongs(first_run):
    assert found(first_run) == "Chọn đơn vị trong danh sách, hoặc ghi đủ tên và mã của đơn vị."
    assert field(first_run, "unit_name").hasFocus()
    field(first_run, "unit_name").setText("xã Nơi Khác")
    assert found(first_run).startswith("Chưa có mã đơn vị") and field(first_run, "unit_code").hasFocus()
    field(first_run, "unit_code").setText("NK")
    assert found(first_run).startswith("Ghi họ và tên") and field(first_run, "clerk_name").hasFocus()
    assert not first_run.home.exists()
    field(first_run, "clerk_name").setText("Lò Thị Trực")
    found(first_run)
    assert first_run.result() == FirstRun.DialogCode.Accepted and first_run.home.is_dir()


def test_a_refusal_is_gone_with_the_next_letter(first_run):
    found(first_run)
    QTest.keyClicks(field(first_run, "unit_name"), "m")
    assert first_run.findChild(MessageStrip).isHidden()


def test_the_act_stands_at_the_right_of_the_way_out_and_has_the_focus_in_both_dialogs(first_run, qtbot):
    trouble = StartTrouble("Tệp của sổ bị hỏng.", lambda *_: None)
    qtbot.addWidget(trouble)
    with qtbot.waitActive(trouble):
        trouble.show()
        trouble.activateWindow()
    assert QApplication.focusWidget().accessibleDescription() == "F12"
    for dialog in (first_run, trouble):
        act, way_out = (
            next(each for each in dialog.findChildren(ActButton) if each.accessibleDescription() == key)
            for key in ("F12", "Esc")
        )
        assert act.x() > way_out.geometry().right()
