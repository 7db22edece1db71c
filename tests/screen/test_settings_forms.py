"""Mẫu giấy: the commune words its forms by keyboard, sees them at once, and finds the official wording again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit

from db.vocabulary import DocumentKind
from desktop.gui.paper_preview import PaperDialog, Sheet
from desktop.gui.scrolling import Scroller
from desktop.gui.settings_forms import FormsSection
from desktop.office import forms

ALT = Qt.KeyboardModifier.AltModifier
STOP = DocumentKind.STOP


@pytest.fixture
def section(commands, qtbot):
    shown = FormsSection(commands)
    page = Scroller(shown)
    page.resize(916, 596)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    shown.refresh()
    chooser = shown.findChild(QComboBox, "form")
    chooser.setFocus()
    while shown.kind is not STOP:
        qtbot.keyClick(chooser, Qt.Key.Key_Down)
    yield shown


def text(section) -> QPlainTextEdit:
    return section.findChild(QPlainTextEdit, "text")


def press(section, qtbot, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or section, key, modifiers)


def printed(commune, monday):
    return forms.template(commune, STOP, monday.date())


def said(section) -> str:
    return " | ".join(label.text() for label in section.findChildren(QLabel) if label.isVisible())


def test_a_form_shows_its_text_what_may_stand_in_it_and_how_it_prints(section, commune, monday):
    assert text(section).toPlainText() == printed(commune, monday).text
    assert section.findChild(QLineEdit, "title").text() == "THÔNG BÁO / DỪNG GIẢI QUYẾT HỒ SƠ"
    assert "mẫu chính thức" in said(section)
    assert "{lý do}" in said(section)
    assert "Chưa có bản chính thức của mẫu này" in said(section)
    assert "Thông tư 03/2025/TT-VPCP, áp dụng từ 15/09/2025." in said(section)
    assert section.findChild(Sheet).isVisible()


def test_words_are_changed_seen_and_printed_from_now_on(section, commune, monday, qtbot):
    text(section).setFocus()
    press(section, qtbot, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(text(section), Qt.Key.Key_Return)
    qtbot.keyClicks(text(section), "Nguoi nhan: {nguoi ky}")
    qtbot.waitUntil(lambda: "Mẫu này không có mục {nguoi ky}." in section.strip.text, timeout=3000)
    press(section, qtbot, Qt.Key.Key_F12)
    assert not printed(commune, monday).edited
    for _letter in "{nguoi ky}":
        qtbot.keyClick(text(section), Qt.Key.Key_Backspace)
    qtbot.keyClicks(text(section), "van thu")
    press(section, qtbot, Qt.Key.Key_F12)
    assert printed(commune, monday).text.endswith("\nNguoi nhan: van thu")
    assert section.strip.tone == "ok"
    assert "xã đã sửa" in said(section)


def test_the_title_may_change_alone_and_the_official_form_comes_back(section, commune, monday, qtbot):
    title = section.findChild(QLineEdit, "title")
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "THONG BAO / DUNG HO SO")
    press(section, qtbot, Qt.Key.Key_F12)
    assert printed(commune, monday).title_lines == ("THONG BAO", "DUNG HO SO")
    press(section, qtbot, Qt.Key.Key_R, ALT)
    assert not printed(commune, monday).edited
    assert title.text() == "THÔNG BÁO / DỪNG GIẢI QUYẾT HỒ SƠ"
    press(section, qtbot, Qt.Key.Key_R, ALT)
    assert section.strip.text == "Đang dùng mẫu chính thức."


def test_nothing_changed_is_said_and_nothing_recorded(section, commune, qtbot):
    before = commune.database.execute_sql("SELECT count(*) FROM event").fetchone()
    press(section, qtbot, Qt.Key.Key_F12)
    assert section.strip.text == "Chưa có gì thay đổi."
    assert commune.database.execute_sql("SELECT count(*) FROM event").fetchone() == before


def test_a_text_without_what_the_law_needs_is_refused(section, commune, monday, qtbot):
    text(section).setFocus()
    press(section, qtbot, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(text(section), "Kinh gui")
    press(section, qtbot, Qt.Key.Key_F12)
    assert section.strip.text == "Nội dung phải có mục {người nộp}."
    assert not printed(commune, monday).edited


def test_the_paper_opens_large(section, qtbot):
    press(section, qtbot, Qt.Key.Key_X, ALT)
    (large,) = [dialog for dialog in section.findChildren(PaperDialog) if dialog.isVisible()]
    assert large.windowTitle() == "Mẫu 05 – thông báo dừng giải quyết"
    large.close()


def test_a_form_that_is_only_a_table_lets_its_title_be_changed(section, commune, monday, qtbot):
    chooser = section.findChild(QComboBox, "form")
    chooser.setFocus()
    while section.kind is not DocumentKind.REGISTER_BOOK:
        qtbot.keyClick(chooser, Qt.Key.Key_Down)
    assert not text(section).isVisible()
    assert not section.findChild(QLineEdit, "signer0").isVisible()
    assert section.findChild(Sheet).isVisible()
    title = section.findChild(QLineEdit, "title")
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "SO THEO DOI")
    press(section, qtbot, Qt.Key.Key_F12)
    book = forms.template(commune, DocumentKind.REGISTER_BOOK, monday.date())
    assert book.title_lines == ("SO THEO DOI",)


def type_over(section, name: str, words: str, qtbot) -> None:
    field = section.findChild(QLineEdit, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, words)


def test_who_signs_is_worded_with_the_text_and_comes_back_with_it(section, commune, monday, qtbot):
    assert section.findChild(QLineEdit, "signer0").text() == "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ / (Họ tên, chữ ký, dấu)"
    assert section.findChild(QLineEdit, "signer0").accessibleName() == "Người ký"
    assert not section.findChild(QLineEdit, "signer1").isVisible()
    type_over(section, "signer0", "KT. CHU TICH / PHO CHU TICH / (Ky, dau)", qtbot)
    press(section, qtbot, Qt.Key.Key_F12)
    assert printed(commune, monday).signer_words == [("KT. CHU TICH\nPHO CHU TICH", "(Ky, dau)")]
    assert section.findChild(QLineEdit, "signer0").text() == "KT. CHU TICH / PHO CHU TICH / (Ky, dau)"
    press(section, qtbot, Qt.Key.Key_F12)
    assert section.strip.text == "Chưa có gì thay đổi."
    press(section, qtbot, Qt.Key.Key_R, ALT)
    assert section.findChild(QLineEdit, "signer0").text().startswith("THỦ TRƯỞNG")


def test_a_form_of_two_signers_asks_for_both_and_refuses_none(section, commune, monday, qtbot):
    chooser = section.findChild(QComboBox, "form")
    chooser.setFocus()
    qtbot.keyClick(chooser, Qt.Key.Key_Home)
    assert section.kind is DocumentKind.RECEIPT
    assert section.findChild(QLineEdit, "signer1").accessibleName() == "Ký, phải"
    assert section.findChild(Sheet).isVisible()
    type_over(section, "signer1", "(Ky)", qtbot)
    press(section, qtbot, Qt.Key.Key_F12)
    assert section.strip.text == "Ghi chức danh của mỗi chỗ ký."
    type_over(section, "signer1", "CAN BO / (Ky)", qtbot)
    press(section, qtbot, Qt.Key.Key_F12)
    receipt = forms.template(commune, DocumentKind.RECEIPT, monday.date())
    assert receipt.signer_words == [("NGƯỜI NỘP HỒ SƠ", "(Ký và ghi rõ họ tên)"), ("CAN BO", "(Ky)")]


@pytest.mark.parametrize("width", [916, 590, 420])
def test_nothing_is_cut_at_100_150_and_200_percent(section, nothing_cut, width):
    section.window().resize(width, 596)
    nothing_cut(section)
    assert section.width() <= width
    assert section.findChild(Sheet).isVisible() == (width > 800)
