"""From a printed receipt to a signed return, in the real window, by scanner and keys alone."""

from collections.abc import Iterator
from datetime import timedelta

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.vocabulary import DossierStatus, EventKind
from desktop.documents.wording import moment_words
from desktop.gui.pages.dossier import DossierPage
from desktop.gui.pages.handover import HandOverPage
from desktop.gui.rating_window import RatingWindow
from desktop.office import acts, checking, lookup
from tests.journeys.counter_window import CARD, NEXT_CARD, READING_MS, Counter

CODE = "TN-MT-261123-0001"


@pytest.fixture
def counter(commune, monday, tmp_path, qtbot) -> Iterator[Counter]:
    desk = Counter(commune, tmp_path / "tray", monday, qtbot)
    qtbot.addWidget(desk.window, before_close_func=lambda _window: qtbot.waitUntil(lambda: desk.program.jobs.is_idle))
    yield desk
    desk.close()


@pytest.fixture
def receipt(counter, commune) -> str:
    """The QR of a receipt that was printed on Monday; its result lies ready since Wednesday, today is Thursday."""
    counter.scan(CARD)
    counter.choose_correction()
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Máy in đã nhận đủ 2 bản")
    text = counter.printed_text()
    acts.perform(commune, CODE, EventKind.FINISH, {}, clerk="truc", now=counter.now + timedelta(days=2))
    counter.now += timedelta(days=3)
    return text


def last(counter, kind: EventKind) -> dict:
    events = lookup.dossier(counter.book, CODE).events
    return [event.payload["facts"] for event in events if event.event is kind][-1]


def test_from_the_printed_receipt_to_the_next_person(counter, commune, receipt):
    counter.press(Qt.Key.Key_F5)
    assert "1 hồ sơ chờ trả, lâu nhất trước" in counter.said()
    before = counter.keystrokes
    counter.scan(receipt)
    assert "Giấy thật, bản đang dùng." in counter.said()
    assert "Trước hạn 2 ngày làm việc" in counter.said()
    counter.scan(CARD)
    counter.press(Qt.Key.Key_Space)
    counter.press(Qt.Key.Key_F12)
    assert counter.keystrokes - before == 2
    counter.until_said("Máy in đã nhận giấy biên nhận")
    assert lookup.row(commune, CODE).status is DossierStatus.HANDED_OVER
    facts = last(counter, EventKind.HAND_OVER)
    assert (facts["to"], facts["checked"], facts["receipt"]) == ("Vàng Thị Ví Dụ", "card", "scanned")
    counter.press(Qt.Key.Key_Return, pause=READING_MS)
    assert counter.focus() == "receipt"
    assert "Không có kết quả nào chờ người dân đến nhận." in counter.said()
    assert checking.verify_chain(commune).holds


def test_the_acknowledgement_names_who_received_and_when(counter, commune, receipt):
    counter.press(Qt.Key.Key_F5)
    counter.scan(receipt)
    counter.scan(NEXT_CARD)
    assert "Thẻ quét không khớp số định danh trên hồ sơ." in counter.said()
    assert counter.focus() == "relation"
    for _relation in range(4):
        counter.press(Qt.Key.Key_Down)
    for name in ("face", "authority"):
        while counter.focus() != name:
            counter.press(Qt.Key.Key_Tab)
        counter.press(Qt.Key.Key_Space)
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Máy in đã nhận giấy biên nhận")
    (stored,) = commune.documents.rglob(f"{CODE}-bien-nhan*.pdf")
    document = pypdfium2.PdfDocument(stored)
    text = " ".join(document[0].get_textpage().get_text_range().split())
    document.close()
    assert "Giàng Thị Giả Định" in text
    assert "012303000003" in text
    assert last(counter, EventKind.HAND_OVER)["relation"] in text
    assert moment_words(counter.now) in text


def test_after_the_return_one_question_by_a_key_of_the_clerk_is_marked_as_such(counter, commune, receipt, qtbot):
    counter.press(Qt.Key.Key_F5)
    counter.scan(receipt)
    counter.scan(CARD)
    counter.press(Qt.Key.Key_Space)
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Máy in đã nhận giấy biên nhận")
    counter.alt("Y")
    (asked,) = (shown for shown in QApplication.topLevelWidgets() if isinstance(shown, RatingWindow))
    qtbot.waitUntil(lambda: asked._shown_for.hasExpired(asked._unseen_ms))
    QTest.keyClick(asked, "4")
    counter.until_said("Người dân đã cho ý kiến.")
    assert last(counter, EventKind.RATE) == {"scale": 5, "anonymous": True, "source": "clerk_keyboard"}
    assert checking.verify_chain(commune).holds


def test_a_receipt_scanned_elsewhere_opens_its_dossier_and_here_stays_here(counter, receipt):
    counter.press(Qt.Key.Key_F2)
    counter.scan(receipt)
    assert isinstance(counter.page, DossierPage)
    counter.press(Qt.Key.Key_F5)
    counter.scan(receipt)
    assert isinstance(counter.page, HandOverPage)


def test_a_lost_receipt_by_keys_alone(counter, commune, receipt):
    counter.press(Qt.Key.Key_F5)
    counter.alt("G")
    counter.type("vi du")
    counter.press(Qt.Key.Key_Return)
    for name in ("identity", "face"):
        while counter.focus() != name:
            counter.press(Qt.Key.Key_Tab)
        counter.press(Qt.Key.Key_Space)
    counter.press(Qt.Key.Key_F12)
    assert counter.focus() == "reason"
    counter.type("mat giay")
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Đã trả cho Vàng Thị Ví Dụ")
    facts = last(counter, EventKind.HAND_OVER)
    assert (facts["receipt"], facts["checked"], facts["note"]) == ("missing", "paper", "mat giay")
    counter.until_said("Máy in đã nhận giấy biên nhận")
