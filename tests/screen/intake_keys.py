"""The intake page in an active window, and the keys that a clerk presses on it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from desktop.gui.pages.intake import IntakePage
from desktop.rules import citizen_id

CARD = "012195000002||Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu|05062022"
CASE = "Thay đổi, cải chính, xác định lại dân tộc"


def shown(page: IntakePage, qtbot, width: int = 1182, height: int = 620) -> IntakePage:
    """The page as the window shows it, ready to be typed in."""
    page.resize(width, height)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    return page


def focused() -> QWidget:
    """What hears the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(*keys: Qt.Key, times: int = 1, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    """Keys to whatever has the focus."""
    for _time in range(times):
        for key in keys:
            QTest.keyClick(focused(), key, modifiers)


def alt(letter: str) -> None:
    press(getattr(Qt.Key, f"Key_{letter}"), modifiers=Qt.KeyboardModifier.AltModifier)


def type_text(text: str) -> None:
    """Type ASCII with the keyboard; Vietnamese letters come as an input method commits them."""
    for char in text:
        field = focused()
        if char.isascii():
            QTest.keyClick(field, char)
        else:
            assert isinstance(field, QLineEdit)
            field.insert(char)
            field.textEdited.emit(field.text())


def type_into(page: IntakePage, path: str, text: str) -> None:
    page.sheet.rows[path].editor.setFocus()
    editor = page.sheet.rows[path].editor
    if isinstance(editor, QLineEdit):
        editor.selectAll()
    type_text(text)


def choose(page: IntakePage, text: str) -> None:
    page.sheet.procedure.chooser.setFocus()
    type_text(text)
    press(Qt.Key.Key_Return)


def complete(page: IntakePage) -> None:
    """Everything that F12 needs: a card, a procedure, its case and its papers, by keys alone."""
    page.take_card(citizen_id.parse(CARD))
    choose(page, "cai chinh")
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    while focused() is not page.sheet.papers.table:
        press(Qt.Key.Key_Tab)
    for _paper in range(page.sheet.papers.table.records.rowCount()):
        press(Qt.Key.Key_Space, Qt.Key.Key_Down)


def said(widget: QWidget) -> str:
    QApplication.processEvents()
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text())
