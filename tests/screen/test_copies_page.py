"""Chứng thực bản sao: three numbers after a card, a fee by formula, one step in the book, the next citizen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from db.vocabulary import DossierStatus, EventKind
from desktop.gui.pages.copies import CopiesPage
from desktop.office import lookup
from desktop.rules import citizen_id
from desktop.rules.intake import Person

CARD = citizen_id.parse("012195000002||Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai, Mường Mít, Lai Châu|05062022")
NEXT = citizen_id.parse("012087000001|045000123|Lò Văn Thử|15031987|Nam|Bản Mẫu Một, Phúc Than, Lai Châu|20082021")


@pytest.fixture
def page(commands, qtbot):
    made = CopiesPage(commands)
    made.resize(1182, 620)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.focus_first()
    return made


def said(page) -> str:
    QApplication.processEvents()
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text())


def press(key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    assert QApplication.focusWidget() is not None
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def focus() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def type_numbers(*numbers: str) -> None:
    for number in numbers:
        QTest.keyClicks(QApplication.focusWidget(), number)
        press(Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("numbers", "fee"),
    [
        (("1", "1", "1"), "2.000"),
        (("1", "3", "2"), "10.000"),
        (("2", "10", "3"), "72.000"),
        (("1", "300", "1"), "200.000"),
    ],
)
def test_three_numbers_after_the_card_give_the_fee_of_the_law(page, commands, numbers, fee):
    page.take_card(CARD)
    assert focus() == "originals"
    type_numbers(*numbers)
    assert f"{fee} đồng" in said(page)
    assert focus() == "accept"
    press(Qt.Key.Key_F12)
    (row,) = commands.ask(lookup.page, limit=5)
    assert (row.status, row.applicant, row.procedure) == (DossierStatus.HANDED_OVER, "Vàng Thị Ví Dụ", "2.000815")
    detail = commands.ask(lookup.dossier, row.code)
    certified = next(event.payload["facts"]["certified"] for event in detail.events if event.event is EventKind.FINISH)
    originals, pages, copies = map(int, numbers)
    assert certified == {"originals": originals, "pages": pages, "copies": copies, "fee": detail.form["fee_amount"]}
    assert detail.form["applicant"]["birth_date"] == "1995-11-02"


def test_after_one_comes_the_next_and_the_sums_grow(page, commands):
    for card, numbers in ((CARD, ("1", "2", "3")), (NEXT, ("2", "1", "1"))):
        page.take_card(card)
        type_numbers(*numbers)
        press(Qt.Key.Key_F12)
        assert focus() == "id_number"
        assert page.form.rows["name"].value() == ""
        assert page.form.rows["originals"].value() == "1"
    assert "Đã ghi sổ và trả: TN-MT-261123-0002, Lò Văn Thử, 4.000 đồng." in said(page)
    assert "Từ khi mở trang: 2 lượt, 5 bản sao, 16.000 đồng." in said(page)
    assert [row.applicant for row in commands.ask(lookup.page, limit=5)] == ["Lò Văn Thử", "Vàng Thị Ví Dụ"]


def test_f12_too_early_says_what_is_missing(page, commands):
    press(Qt.Key.Key_F12)
    assert "Còn 3 chỗ phải ghi." in said(page)
    assert focus() == "name"
    assert commands.ask(lookup.is_empty)


@pytest.mark.parametrize("wrong", ["0", "-1", "2a", "1000", "٣"])
def test_what_is_no_number_is_not_certified(page, commands, wrong):
    page.take_card(CARD)
    page.form.rows["pages"].set_value(wrong)
    page.form.rows["copies"].set_value("1")
    press(Qt.Key.Key_F12)
    assert "Từ 1 đến 999" in said(page)
    assert focus() == "pages"
    assert commands.ask(lookup.is_empty)


def test_the_office_has_the_last_word_beside_its_field(page, commands):
    page.form.rows["id_number"].set_value("12345")
    page.form.rows["name"].set_value("Sùng A Thí Nghiệm")
    for name in ("pages", "copies"):
        page.form.rows[name].set_value("1")
    press(Qt.Key.Key_F12)
    assert page.form.rows["id_number"].problem
    assert focus() == "id_number"
    page.form.rows["originals"].set_value("100")
    page.form.rows["id_number"].set_value("")
    press(Qt.Key.Key_F12)
    assert "Số bản chính từ 1 đến 99" in said(page)
    assert commands.ask(lookup.is_empty)


def test_somebody_without_a_card_is_typed(page, commands):
    page.form.rows["name"].focus()
    QTest.keyClicks(QApplication.focusWidget(), "Hop tac xa Mau")
    press(Qt.Key.Key_Return)
    type_numbers("1", "1", "1")
    press(Qt.Key.Key_Return)
    (row,) = commands.ask(lookup.page, limit=5)
    assert row.applicant == "Hop tac xa Mau"


def test_the_number_of_the_real_receipt_is_kept(page, commands):
    page.take_person(Person(name="Vàng Thị Ví Dụ", id_number="012195000002"))
    type_numbers("1", "1", "1")
    page.form.rows["receipt_number"].focus()
    QTest.keyClicks(QApplication.focusWidget(), "AA/26P-0000017")
    press(Qt.Key.Key_F12)
    (row,) = commands.ask(lookup.page, limit=5)
    paid = [event for event in commands.ask(lookup.dossier, row.code).events if event.event is EventKind.FEE_PAID]
    assert paid[0].payload["facts"] == {"receipt_number": "AA/26P-0000017", "amount": 2000}


def test_alt_o_opens_what_was_just_recorded(page, qtbot):
    page.take_card(CARD)
    type_numbers("1", "1", "1")
    press(Qt.Key.Key_F12)
    with qtbot.waitSignal(page.dossier_wanted) as wanted:
        press(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    assert wanted.args == ["TN-MT-261123-0001"]


@pytest.mark.parametrize("width", [1182, 855, 627])
def test_nothing_is_cut(page, nothing_cut, width):
    page.resize(width, 620)
    page.take_card(CARD)
    press(Qt.Key.Key_F12)
    for _turn in range(8):
        QApplication.processEvents()
    nothing_cut(page)
    assert page.width() == width
