"""Correcting a slip by keyboard: old and new side by side, several fields at once, the receipt that is replaced."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from db.vocabulary import DocumentKind, EventKind
from desktop.gui.table_view import RecordTable
from tests.screen.dossier_desk import F12, TAB, Desk, dossier_desk


@pytest.fixture
def desk(commands, commune, take_in, qtbot) -> Desk:
    return dossier_desk(commands, commune, take_in(printed=True), qtbot)


def test_a_correction_shows_the_old_value_and_replaces_the_receipt(desk):
    desk.alt("C")
    fields = desk.field("field")
    while fields.currentText() != "Điện thoại":
        desk.press(Qt.Key.Key_Down)
    assert "0987000001" in desk.said()
    desk.press(TAB)
    assert QApplication.focusWidget() is desk.field("new")
    desk.type("0987000009")
    desk.press(TAB)
    desk.type("Nguoi nop doi so")
    desk.press(F12)
    assert desk.last_facts() == {"note": "Nguoi nop doi so", "set": {"applicant.phone": "0987000009"}}
    assert "Đính chính điện thoại" in desk.said()
    assert "0987000001 → 0987000009" in desk.said()
    table = desk.page.findChild(RecordTable)
    papers = [table.records.record(row) for row in range(table.records.rowCount())]
    receipts = [(paper.name, paper.mark.word) for paper in papers if paper.kind is DocumentKind.RECEIPT]
    assert receipts == [("Mẫu 01 – giấy hẹn, bản 2", "đang dùng"), ("Mẫu 01 – giấy hẹn, bản 1", "đã thay thế")]


def test_a_replaced_receipt_cannot_be_printed_as_the_current_one(desk):
    desk.elsewhere(EventKind.CORRECT, note="đổi số", set={"applicant.phone": "0987000009"})
    desk.page.refresh()
    table = desk.page.findChild(RecordTable)
    asked = []
    desk.page.print_requested.connect(asked.append)
    table.setFocus()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert asked == []
    assert "không in lại như bản đang dùng" in desk.said()
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Return)
    assert [(job.kind, job.size, job.copies) for job in asked] == [(DocumentKind.RECEIPT, "A5", 2)]


def test_several_fields_in_one_correction_and_a_wrong_one_named(desk):
    desk.alt("C")
    fields = desk.field("field")
    desk.press(TAB)
    desk.type("Vang Thi Khac")
    fields.setFocus()
    while fields.currentText() != "Điện thoại":
        desk.press(Qt.Key.Key_Down)
    assert "Vàng Thị Ví Dụ → Vang Thi Khac" in desk.said()
    desk.press(TAB)
    desk.type("12")
    desk.press(TAB)
    desk.type("go nham")
    desk.press(F12)
    assert EventKind.CORRECT not in desk.events()
    assert QApplication.focusWidget() is desk.field("new")
    assert fields.currentText() == "Điện thoại"
    desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.type("0987000009")
    desk.press(F12)
    assert desk.last_facts()["set"] == {"applicant.name": "Vang Thi Khac", "applicant.phone": "0987000009"}
    assert desk.page.findChild(QLabel, "applicant").text() == "Vang Thi Khac"


def test_nothing_corrected_is_said_and_not_recorded(desk):
    desk.alt("C")
    desk.press(F12)
    assert "Chưa có gì khác với nội dung đang ghi." in desk.said()
    assert QApplication.focusWidget() is desk.field("new")
    desk.type("Vang Thi Khac")
    desk.press(F12)
    assert "Còn thiếu." in desk.said()
    assert QApplication.focusWidget() is desk.field("note")
    assert desk.events()[-1] is EventKind.PRINT
