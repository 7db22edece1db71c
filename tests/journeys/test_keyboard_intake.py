"""Whole journeys in the real window by keys alone: from a scanned card to a stored dossier and a printed receipt."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from db.vocabulary import EventKind
from desktop.gui.pages.intake import IntakePage
from desktop.gui.pages.submitted import SubmittedPage
from desktop.office import checking, drafts, issuing, lookup, opening
from desktop.program import STATION
from tests.journeys.counter_window import CARD, NEXT_CARD, READING_MS, Counter
from tests.rules.scanners import Unikey, keys_for


@pytest.fixture
def counter(commune, monday, tmp_path, qtbot) -> Iterator[Counter]:
    desk = Counter(commune, tmp_path / "tray", monday, qtbot)
    qtbot.addWidget(desk.window)
    yield desk
    desk.close()


def test_from_a_scanned_card_to_a_printed_receipt_without_the_mouse(counter, commune):
    counter.press(Qt.Key.Key_F3)
    assert counter.focus() == "id_number"
    counter.scan(CARD)
    counter.choose_correction()
    assert "Thứ Sáu 27/11/2026" in counter.said()
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Máy in đã nhận đủ 2 bản")
    code = "TN-MT-261123-0001"
    assert code in counter.said()
    stored = lookup.dossier(commune, code)
    assert (stored.row.applicant, stored.row.id_number) == ("Vàng Thị Ví Dụ", "012195000002")
    assert stored.form["applicant"]["residence"] == "Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu"
    assert stored.row.due_at.strftime("%H:%M %d/%m/%Y") == "17:00 27/11/2026"
    assert counter.kinds(code) == [EventKind.REGISTER, EventKind.PRINT]
    verdict = issuing.verify_receipt(commune, counter.printed_text())
    assert (verdict.verdict, verdict.code) == ("genuine", code)
    assert "012195000002" not in counter.printed_text()
    assert drafts.load(commune, STATION) is None
    checking.verify_chain(commune)


def test_one_key_for_the_next_person_and_another_for_the_same_procedure(counter, commune):
    counter.scan(CARD)
    counter.choose_correction()
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Máy in đã nhận đủ 2 bản")
    counter.alt("L")
    counter.scan(NEXT_CARD)
    while counter.focus() != "papers":
        counter.press(Qt.Key.Key_Tab)
    for _paper in range(5):
        counter.press(Qt.Key.Key_Space)
        counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_F12)
    counter.until_said("TN-MT-261123-0002")
    assert lookup.dossier(commune, "TN-MT-261123-0002").row.applicant == "Giàng Thị Giả Định"
    counter.press(Qt.Key.Key_Return, pause=READING_MS)
    assert isinstance(counter.page, IntakePage)
    assert counter.page.sheet.form().procedure == ""


def test_the_scanners_enter_does_not_leave_the_page_with_the_code_unseen(counter):
    counter.scan(CARD)
    counter.choose_correction()
    counter.press(Qt.Key.Key_F12)
    counter.scan("", end=True)
    assert isinstance(counter.page, SubmittedPage)


def test_a_broken_printer_keeps_the_dossier_and_prints_later(counter, commune):
    counter.tray.rename(counter.tray.with_name("taken away"))
    counter.scan(CARD)
    counter.choose_correction()
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Chưa in được: không ghi được tệp in")
    code = "TN-MT-261123-0001"
    assert lookup.dossier(commune, code).row.print_failed
    counter.press(Qt.Key.Key_F3)
    assert isinstance(counter.page, IntakePage)
    counter.press(Qt.Key.Key_F2)
    counter.until_said("chưa in được")
    counter.tray.with_name("taken away").rename(counter.tray)
    counter.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    counter.type("vang thi vi du")
    counter.press(Qt.Key.Key_Return)
    counter.until_said("Diễn biến")
    counter.alt("P")
    counter.until_said("Máy in đã nhận đủ 2 bản")
    assert not lookup.dossier(commune, code).row.print_failed
    assert issuing.verify_receipt(commune, counter.printed_text()).code == code


def test_a_window_closed_while_the_printer_works_still_records_what_it_answered(counter, commune):
    counter.scan(CARD)
    counter.choose_correction()
    counter.press(Qt.Key.Key_F12)
    counter.qtbot.waitUntil(lambda: not counter.program.jobs.is_idle)
    counter.program.close()
    assert counter.kinds("TN-MT-261123-0001") == [EventKind.REGISTER, EventKind.PRINT]


def test_the_same_person_for_the_same_thing_asks_for_a_reason(counter, commune):
    counter.scan(CARD)
    counter.choose_correction()
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Máy in đã nhận đủ 2 bản")
    counter.press(Qt.Key.Key_F3)
    counter.scan(CARD)
    counter.choose_correction()
    assert "Có thể trùng" in counter.said()
    counter.press(Qt.Key.Key_F12)
    assert counter.focus() == "duplicate_reason"
    assert lookup.count(commune) == 1
    counter.type("nop them")
    counter.press(Qt.Key.Key_F12)
    counter.until_said("TN-MT-261123-0002")
    assert lookup.dossier(commune, "TN-MT-261123-0002").form["duplicate_reason"] == "nop them"


@pytest.mark.parametrize("method", ["telex", "vni"])
def test_a_card_typed_through_unikey_is_the_card_itself(counter, method):
    counter.press(Qt.Key.Key_F3)
    counter.scan(Unikey(method, checks_spelling=False).type(keys_for(CARD, method, tone_last=False)))
    counter.until_said("Quét thẻ 09:14")
    person = counter.page.sheet.form().applicant
    assert (person.name, person.address) == ("Vàng Thị Ví Dụ", "Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu")


def test_a_scan_that_lost_its_marks_fills_nothing_and_says_so(counter):
    counter.press(Qt.Key.Key_F3)
    spoilt = Unikey("telex", checks_spelling=False).type(keys_for(CARD, "telex", tone_last=False))
    counter.scan(spoilt.replace("\b", ""))
    assert "Đọc thẻ không trọn. Quét lại." in counter.said()
    assert counter.page.sheet.form().applicant.name == ""


def test_a_printed_receipt_scanned_anywhere_opens_its_dossier(counter):
    counter.scan(CARD)
    counter.choose_correction()
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Máy in đã nhận đủ 2 bản")
    counter.press(Qt.Key.Key_F3)
    counter.scan(counter.printed_text())
    counter.until_said("Diễn biến")
    assert "TN-MT-261123-0001" in counter.said()


TYPING_CHILD = """
import sys
from pathlib import Path
from datetime import datetime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desktop.office import opening
from desktop.program import Program
from desktop.rules import citizen_id
now = datetime.fromisoformat(sys.argv[2])
app = QApplication([])
program = Program(app, opening.open_register(Path(sys.argv[1]), now=now), lambda: now)
program.window.show()
page = program.window.open("intake")
page.take_card(citizen_id.parse(sys.argv[3]))
phone = page.sheet.rows["applicant.phone"].editor
for digit in "0987000001":
    QTest.keyClick(phone, digit)
    print(phone.text(), flush=True)
    sys.stdin.readline()
"""


def test_a_killed_program_gives_the_half_typed_form_back(live_home, monday, tmp_path, qtbot):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.Popen(
        [sys.executable, "-c", TYPING_CHILD, str(live_home), monday.isoformat(), CARD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    for _key in range(6):
        typed = child.stdout.readline().strip()
        if _key < 5:
            child.stdin.write("\n")
            child.stdin.flush()
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert typed == "098700"
    book = opening.open_register(live_home, now=monday, wait_seconds=5)
    desk = Counter(book, tmp_path / "tray", monday, qtbot)
    qtbot.addWidget(desk.window)
    desk.press(Qt.Key.Key_F3)
    assert "Có nháp lúc 09:14 của Vàng Thị Ví Dụ" in desk.said()
    desk.alt("M")
    person = desk.page.sheet.form().applicant
    assert (person.name, person.phone) == ("Vàng Thị Ví Dụ", "098700")
    desk.close()
    book.close()
