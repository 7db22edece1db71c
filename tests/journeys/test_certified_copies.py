"""One key for the next certified copy: card, three numbers, done; the keys of a person are counted."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from db.vocabulary import DossierStatus, EventKind
from desktop import labels
from desktop.gui.pages.copies import CopiesPage
from desktop.gui.pages.handover import HandOverPage
from desktop.gui.pages.intake import IntakePage
from desktop.office import checking, lookup
from desktop.rules.fees import CertifiedCopies
from tests.journeys.counter_window import CARD, NEXT_CARD, READING_MS, Counter

#: A promise of the brief: after the card was scanned, at most so many keys until the copy is in the book.
MOST_KEYSTROKES = 12


@pytest.fixture
def counter(commune, monday, tmp_path, qtbot) -> Iterator[Counter]:
    desk = Counter(commune, tmp_path / "tray", monday, qtbot)
    qtbot.addWidget(desk.window)
    yield desk
    desk.close()


def certify(counter: Counter, card: str, originals: str, pages: str, copies: str) -> int:
    """Scan a card and certify; the keys that a person pressed after it."""
    counter.scan(card)
    before = counter.keystrokes
    for number in (originals, pages, copies):
        counter.type(number)
        counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_F12)
    return counter.keystrokes - before


def test_the_first_from_the_intake_page_and_then_one_citizen_after_another(counter, commune):
    counter.press(Qt.Key.Key_F3)
    counter.scan(CARD)
    counter.type("2000815")
    counter.press(Qt.Key.Key_Return)
    counter.alt("R")
    assert isinstance(counter.page, CopiesPage)
    assert counter.focus() == "originals"
    for number in ("1", "3", "2"):
        counter.type(number)
        counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Đã ghi sổ và trả: TN-MT-261123-0001, Vàng Thị Ví Dụ, 10.000 đồng.")
    keys = certify(counter, NEXT_CARD, "2", "10", "15")
    assert keys <= MOST_KEYSTROKES
    counter.until_said("Đã ghi sổ và trả: TN-MT-261123-0002")
    second = lookup.dossier(commune, "TN-MT-261123-0002")
    assert (second.row.status, second.row.applicant) == (DossierStatus.HANDED_OVER, "Giàng Thị Giả Định")
    assert second.form["fee_amount"] == CertifiedCopies(2, 10, 15).fee
    assert [event.event for event in second.events] == [EventKind.REGISTER, EventKind.FINISH, EventKind.HAND_OVER]


def test_ten_in_a_row_without_the_mouse_and_the_sums_agree(counter, commune):
    counter.press(Qt.Key.Key_F3)
    counter.alt("L")
    most = 0
    for turn in range(10):
        most = max(most, certify(counter, (CARD, NEXT_CARD)[turn % 2], "1", str(turn + 1), "2"))
        counter.until_said(f"TN-MT-261123-{turn + 1:04d}")
    assert most <= MOST_KEYSTROKES
    rows = lookup.page(commune, limit=20)
    fees = sum(lookup.dossier(commune, row.code).form["fee_amount"] for row in rows)
    assert fees == sum(CertifiedCopies(1, turn + 1, 2).fee for turn in range(10))
    assert f"Từ khi mở trang: 10 lượt, 20 bản sao, {labels.money(fees)}." in counter.said()
    assert checking.verify_chain(commune).holds


def test_another_matter_of_the_same_day_ends_at_the_citizen(counter, commune):
    counter.scan(CARD)
    counter.type("2000884")
    counter.press(Qt.Key.Key_Return)
    while counter.focus() != "papers":
        counter.press(Qt.Key.Key_Tab)
    for _paper in range(2):
        counter.press(Qt.Key.Key_Space)
        counter.press(Qt.Key.Key_Down)
    counter.alt("R")
    assert isinstance(counter.page, HandOverPage)
    counter.until_said("Đã trả cho Vàng Thị Ví Dụ")
    assert lookup.row(commune, "TN-MT-261123-0001").status is DossierStatus.HANDED_OVER
    counter.press(Qt.Key.Key_Return, pause=READING_MS)
    assert isinstance(counter.page, IntakePage)
    assert counter.page.sheet.form().procedure == ""


def test_a_matter_of_days_cannot_be_solved_at_once(counter, commune):
    counter.scan(CARD)
    counter.choose_correction()
    counter.alt("R")
    assert isinstance(counter.page, IntakePage)
    assert lookup.is_empty(commune)


def test_what_was_begun_for_another_procedure_waits(counter):
    counter.scan(CARD)
    counter.choose_correction()
    counter.alt("L")
    assert isinstance(counter.page, CopiesPage)
    counter.press(Qt.Key.Key_Escape)
    assert isinstance(counter.page, IntakePage)
    counter.until_said("Có nháp lúc 09:14 của Vàng Thị Ví Dụ")
    assert not [field for field in counter.page.findChildren(QLineEdit) if field.text() == "Vàng Thị Ví Dụ"]
