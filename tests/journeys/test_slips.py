"""A citizen with a paper missing, and the same citizen back two days later: by keys and the scanner alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from db.vocabulary import DocumentKind, EventKind
from desktop.gui.pages.intake import IntakePage
from desktop.gui.pages.slip import SlipPage
from desktop.gui.pages.slips import SlipsPage
from desktop.gui.printing import FilePrinter
from desktop.office import checking, lookup, slip_lookup
from tests.journeys.counter_window import CARD, READING_MS, Counter

KEYS = Qt.Key


@pytest.fixture
def counter(commune, monday, tmp_path, qtbot) -> Iterator[Counter]:
    desk = Counter(commune, tmp_path / "tray", monday, qtbot)
    qtbot.addWidget(desk.window)
    yield desk
    desk.close()


def without_papers(counter: Counter) -> None:
    """A card, the correction of a record, its case; of five papers the first one."""
    counter.press(KEYS.Key_F3)
    counter.scan(CARD)
    counter.type("cai chinh")
    counter.press(KEYS.Key_Return)
    counter.press(KEYS.Key_Down)
    counter.press(KEYS.Key_Down)
    while counter.focus() != "papers":
        counter.press(KEYS.Key_Tab)
    counter.press(KEYS.Key_Space)


def give_supplement_slip(counter: Counter) -> None:
    without_papers(counter)
    counter.press(KEYS.Key_F12)
    assert "Thiếu 2 giấy phải có" in counter.said()
    counter.alt("B")
    assert isinstance(counter.page, SlipPage) and counter.focus() == "items"
    counter.press(KEYS.Key_F12)


def test_a_missing_paper_ends_in_a_slip_and_the_slip_in_a_dossier(counter, commune):
    without_papers(counter)
    counter.press(KEYS.Key_F12)
    counter.alt("B")
    counter.press(KEYS.Key_Tab)
    assert counter.focus() == "own"
    counter.type("ky lai to khai")
    counter.press(KEYS.Key_F12)
    counter.until_said("Máy in đã nhận 1 bản phiếu")
    (slip,) = slip_lookup.page(commune)
    assert (slip.label, slip.printed, slip.followed_by) == ("01/PBS-TTPVHCC", 1, None)
    assert slip.told.endswith("; ky lai to khai")
    qr = counter.printed_text()
    assert qr == "MAU 02 SO 1 NAM 2026 MT"
    assert lookup.is_empty(commune)
    counter.press(KEYS.Key_Return, pause=READING_MS)
    assert isinstance(counter.page, IntakePage) and counter.page.sheet.begun().is_blank

    counter.now += timedelta(days=2)
    counter.press(KEYS.Key_F2)
    counter.scan(qr)
    assert isinstance(counter.page, SlipsPage) and "chưa quay lại" in str(
        counter.page.table.records.columns[3].mark(slip)
    )
    counter.press(KEYS.Key_F12)
    assert isinstance(counter.page, IntakePage) and counter.focus() == "papers"
    assert len(counter.page.sheet.form().papers) == 1
    for _paper in range(4):
        counter.press(KEYS.Key_Down)
        counter.press(KEYS.Key_Space)
    counter.press(KEYS.Key_F12)
    counter.until_said("Máy in đã nhận đủ 2 bản")
    code = "TN-MT-261125-0001"
    assert lookup.dossier(commune, code).events[0].payload["after_slips"] == [slip.id]
    assert slip_lookup.detail(commune, slip.id).row.followed_by == code
    counter.alt("O")
    counter.until_said("Người dân quay lại sau 1 phiếu lập tại quầy")
    assert checking.verify_chain(commune).holds


def test_the_form_on_the_intake_page_stays_and_the_card_tells_of_the_slip(counter, commune):
    give_supplement_slip(counter)
    counter.until_said("Máy in đã nhận 1 bản phiếu")
    counter.press(KEYS.Key_Escape)
    assert isinstance(counter.page, IntakePage)
    assert len(counter.page.sheet.form().papers) == 1
    assert "Đã hướng dẫn bổ sung ngày 23/11, phiếu 01/PBS-TTPVHCC" in counter.said()
    counter.alt("B")
    assert "cần một người khác xác nhận" in counter.said()


def test_a_printer_that_is_gone_keeps_the_slip_and_prints_it_from_the_list(counter, commune):
    counter.tray.rename(counter.tray.with_name("taken away"))
    give_supplement_slip(counter)
    counter.until_said("Chưa in được: không ghi được tệp in")
    assert slip_lookup.page(commune)[0].print_failed
    counter.tray.with_name("taken away").rename(counter.tray)
    counter.press(KEYS.Key_F2)
    counter.alt("H")
    assert isinstance(counter.page, SlipsPage)
    counter.alt("P")
    counter.until_said("Máy in đã nhận 1 bản phiếu.")
    assert counter.printed_text() == "MAU 02 SO 1 NAM 2026 MT"
    (slip,) = slip_lookup.page(commune)
    assert (slip.printed, slip.print_failed) == (1, False)
    counter.alt("P")
    counter.qtbot.waitUntil(lambda: slip_lookup.page(commune)[0].printed == 2)
    assert [path.name for path in commune.documents.rglob("phieu-*in-lai-1.pdf")]


def test_a_dossier_that_is_not_taken_in_gets_a_refusal_and_nothing_else(counter, commune):
    without_papers(counter)
    counter.alt("U")
    assert counter.focus() == "reason"
    counter.type("khong thuoc tham quyen")
    counter.press(KEYS.Key_F12)
    counter.until_said("Máy in đã nhận 1 bản phiếu")
    assert counter.printed_text() == "MAU 03 SO 1 NAM 2026 MT"
    assert lookup.is_empty(commune)
    (slip,) = slip_lookup.page(commune)
    assert (slip.kind, slip.told) == (DocumentKind.REFUSAL, "khong thuoc tham quyen")
    counter.alt("Z")
    counter.until_said("Phiếu đã hoàn lại")
    assert slip_lookup.page(commune)[0].taken_back
    assert checking.verify_chain(commune).holds


def test_the_search_above_finds_a_slip_by_the_citizens_number(counter, commune):
    give_supplement_slip(counter)
    counter.until_said("Máy in đã nhận 1 bản phiếu")
    counter.press(KEYS.Key_F, Qt.KeyboardModifier.ControlModifier)
    counter.type("0002")
    counter.press(KEYS.Key_Return)
    assert isinstance(counter.page, SlipsPage)
    assert counter.page.table.current.label == "01/PBS-TTPVHCC"


def test_another_communes_slip_is_said_to_be_so(counter, commune):
    counter.press(KEYS.Key_F3)
    counter.scan("MAU 02 SO 1 NAM 2026 XB")
    assert "Phiếu này của đơn vị XB, không phải MT." in counter.said()


def test_the_slip_is_on_the_disk_before_the_printer_is_asked(counter, commune):
    seen = []

    def send(*given):
        with closing(sqlite3.connect(commune.home / "register.sqlite3")) as file:
            seen.extend(file.execute("SELECT label FROM slip").fetchall())
        return FilePrinter.send(counter.printer, *given)

    counter.printer.send = send
    give_supplement_slip(counter)
    counter.until_said("Máy in đã nhận 1 bản phiếu")
    assert seen == [("01/PBS-TTPVHCC",)]
    kinds = [row[0] for row in commune.database.execute_sql("SELECT kind FROM event ORDER BY seq DESC LIMIT 2")]
    assert kinds == [EventKind.PRINT, EventKind.GIVE_SLIP]
