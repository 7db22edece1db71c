"""The machine is gone: on another one yesterday's stick and the printed sheet bring everything back, by keys alone.

Nobody reads anything else: every key pressed here stands on the sheet or in the window.
"""

import shutil
from datetime import timedelta

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop import app
from desktop.gui import file_opener
from desktop.gui.first_run import FirstRun, StartTrouble
from desktop.office import backup_locks, backup_sticks, backups, checking, issuing, recovery
from tests.journeys.counter_window import CARD, NEXT_CARD, Counter

KEYS = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
PASSPHRASE = "mua lua chin vang ban"


@pytest.fixture
def stick(tmp_path, monkeypatch):
    """Where the stick is plugged in; what is mounted is the one thing that a test must say itself."""
    root = tmp_path / "USB"
    root.mkdir()
    monkeypatch.setattr(backup_sticks, "_mounted", lambda: [root])
    return root


def code_on(sheet: bytes) -> str:
    document = pypdfium2.PdfDocument(sheet)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    return next(word for word in text.split() if len(word) == 34 and word.count("-") == 6)


def receive(counter: Counter, card: str) -> str:
    """A dossier with its printed receipt; what the camera reads on it."""
    counter.press(KEYS.Key_F3)
    counter.scan(card)
    counter.choose_correction()
    counter.press(KEYS.Key_F12)
    counter.until_said("Máy in đã nhận đủ 2 bản")
    return counter.printed_text()


@pytest.fixture
def lost_machine(commune, stick, monday, tmp_path, qtbot):
    """A day's work on the stick, another day's on paper alone: the sheet's code, a kept and two lost receipts."""
    sheet = recovery.sheet(commune, backup_locks.set_key(commune, PASSPHRASE, clerk="quay1", now=monday), now=monday)
    backup_sticks.label(commune, stick, "đỏ", clerk="quay1", now=monday)
    counter = Counter(commune, tmp_path / "tray", monday, qtbot)
    kept = receive(counter, CARD)
    counter.close()
    evening = monday.replace(hour=17, minute=3)
    backups.make(commune, now=evening)
    backup_sticks.carry_all(commune, now=evening)
    counter = Counter(commune, tmp_path / "tray of the next day", monday + timedelta(days=2), qtbot)
    lost = receive(counter, NEXT_CARD)
    counter.close()
    commune.close()
    return code_on(sheet), kept, lost


@pytest.fixture
def sit_at(monkeypatch, stick):
    """Somebody at the dialog that stands in the place of the window; it goes, whatever goes wrong with ``keys``."""
    monkeypatch.setattr(file_opener.SystemFileOpener, "ask", _take_newest)

    def begin(keys):
        def when_there() -> None:
            dialog = QApplication.activeModalWidget()
            if (
                not isinstance(dialog, FirstRun | StartTrouble)
                or not dialog.isActiveWindow()
                or not QApplication.focusWidget()
            ):
                QTimer.singleShot(50, when_there)
                return
            try:
                keys(dialog)
            finally:
                if dialog.isVisible():
                    dialog.done(0)

        QTimer.singleShot(50, when_there)

    return begin


def _take_newest(_self, _parent, _title, _endings, then, start=None) -> None:
    """In the system's dialog: the last of the names where it begins."""
    then(sorted(start.iterdir())[-1])


def seen(dialog) -> str:
    return " | ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def go_on(counter: Counter, kept: str, lost: str) -> None:
    """The first work at the new machine: an old receipt, a lost one, a new one, and a copy for the stick."""
    counter.until_said("việc sau 09:14 Thứ Hai 23/11/2026 không có trong sổ, ghi lại từ giấy đã in")
    assert checking.verify_chain(counter.book).holds
    counter.scan(kept)
    counter.until_said("TN-MT-261123-0001")
    for page in (KEYS.Key_F2, KEYS.Key_F5):
        counter.press(page)
        counter.scan(lost)
        counter.until_said("Giấy thật của xã, nhưng hồ sơ không có trong sổ")
    again = receive(counter, NEXT_CARD)
    assert "TN-MT-261125-0001" in lost and "TN-MT-261125-0501" in again
    verdicts = [issuing.verify_receipt(counter.book, text) for text in (kept, lost, again)]
    assert [(one.verdict, one.lost) for one in verdicts] == [("genuine", lost) for lost in (False, True, False)]
    counter.press(KEYS.Key_F9)
    counter.alt("0")
    counter.alt("L")
    counter.until_said("Đã sao lưu và đọc lại.")


@pytest.fixture
def bring_back(sit_at, tmp_path, monday, monkeypatch, qtbot):
    """Start the program where no register opens, and bring the stick's backup back by the code; what was told."""
    now = monday + timedelta(days=2, hours=3)
    monkeypatch.setattr(app, "now", lambda: now)
    said = []

    def start(home, code):
        def keys(dialog) -> None:
            said.append(seen(dialog))
            QTest.keyClick(dialog, KEYS.Key_R, ALT)
            qtbot.waitUntil(lambda: "mã khôi phục trên tờ đã in" in seen(dialog))
            QTest.keyClicks(QApplication.focusWidget(), code.lower())
            QTest.keyClick(QApplication.focusWidget(), KEYS.Key_Return)
            qtbot.waitUntil(lambda: "KHÔNG có trong bản này" in seen(dialog), timeout=30_000)
            said.append(seen(dialog))
            QTest.keyClick(QApplication.focusWidget(), KEYS.Key_Return)

        sit_at(keys)
        book = app._opened(QApplication.instance(), home)
        return Counter(book, tmp_path / "new tray", now, qtbot), said

    return start


def test_another_machine_the_stick_and_the_sheet(lost_machine, bring_back, stick, tmp_path):
    code, kept, lost = lost_machine
    counter, said = bring_back(tmp_path / "machine" / "so", code)
    try:
        assert "Khôi phục từ bản sao lưu" in said[0]
        assert "TN-MT-261123-0001" in said[1] and "17:03 Thứ Hai 23/11/2026" in said[1]
        go_on(counter, kept, lost)
        assert len(list((stick / backup_sticks.FOLDER).iterdir())) == 2, "the same stick goes on"
    finally:
        counter.close()
        counter.book.close()


def test_the_same_machine_with_a_torn_register_and_no_copy_of_its_own(lost_machine, bring_back, live_home):
    code, kept, lost = lost_machine
    shutil.rmtree(live_home / "backups")
    (live_home / "register.sqlite3").write_bytes(b"torn" * 4096)
    counter, said = bring_back(live_home, code)
    try:
        assert "máy này không có bản sao lưu nào. Có USB sao lưu thì cắm vào rồi bấm Alt+R" in said[0]
        go_on(counter, kept, lost)
        (before,) = live_home.parent.glob("live-truoc-*")
        assert (before / "register.sqlite3").read_bytes().startswith(b"torn")
    finally:
        counter.close()
        counter.book.close()
