"""In sổ và danh sách: chosen by keys, seen before it is printed or saved, stopped without leaving anything behind."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Semaphore

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QProgressBar

from db import events
from db.vocabulary import DocumentKind, EventKind, WorkingList
from desktop.gui.buttons import ActButton, Pick
from desktop.gui.jobs import Jobs
from desktop.gui.pages.printouts import PrintoutsPage
from desktop.gui.paper_preview import PaperDialog
from desktop.gui.printing import FilePrinter
from desktop.gui.printouts import PRINTOUTS
from desktop.gui.table_view import RecordTable
from desktop.office import acts, settings
from desktop.office.lookup import DayList
from tests.screen.printing_desk import AnsweredChooser

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
DRAWN = "Bấm F12 để in."


@pytest.fixture
def chooser(tmp_path) -> AnsweredChooser:
    return AnsweredChooser(tmp_path / "saved.pdf")


@pytest.fixture
def jobs():
    worker = Jobs()
    yield worker
    worker.finish()


@pytest.fixture
def page(commands, jobs, chooser, tmp_path, qtbot) -> PrintoutsPage:
    (tmp_path / "tray").mkdir()
    printer = FilePrinter(tmp_path / "tray" / "printed.pdf", "Canon LBP2900")
    shown = PrintoutsPage(commands, jobs, printer, chooser)
    shown.resize(1182, 620)
    qtbot.addWidget(shown, before_close_func=lambda _page: qtbot.waitUntil(lambda: jobs.is_idle))
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.focus_first()
    return shown


def press(key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    assert QApplication.focusWidget() is not None
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def choices(page: PrintoutsPage) -> RecordTable:
    return next(table for table in page.findChildren(RecordTable) if table.accessibleName() == "In gì")


def said(page: PrintoutsPage) -> str:
    return page.giving.strip.text


def dates(page: PrintoutsPage) -> list[str]:
    return [page.findChild(QLineEdit, name).text() for name in ("first", "last")]


def text_of(path: Path, page: int = 0) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(document[page].get_textpage().get_text_bounded().split())


def files(commands) -> list[str]:
    return sorted(path.name for path in commands.book.documents.rglob("*.*"))


def left_the_register(commands) -> list[tuple[str, str, str]]:
    payloads = [json.loads(event.payload) for event in events.walk(commands.book) if event.kind == EventKind.PRINT]
    return [(payload["kind"], payload["printer"], payload["outcome"]) for payload in payloads]


def hold(jobs: Jobs) -> Semaphore:
    """The worker waits until the gate is released: what is pressed meanwhile comes before the work."""
    gate = Semaphore(0)
    jobs.start("Đang chờ", lambda _job: gate.acquire())
    return gate


def test_everything_that_home_counts_and_both_papers_of_a_period_can_be_chosen():
    names = [one.name for one in PRINTOUTS]
    assert names[:2] == [DocumentKind.REGISTER_BOOK, DocumentKind.HANDOVER_LIST]
    assert set(names[2:]) == {*WorkingList, *DayList}


def test_the_book_of_the_month_is_drawn_seen_and_printed_by_one_key(page, take_in, commands, tmp_path, qtbot):
    take_in("Lò Văn Thử")
    assert dates(page) == ["01/11/2026", "23/11/2026"]
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: DRAWN in said(page))
    assert said(page) == "Đã lập 1 trang lúc 09:14. Bấm F12 để in."
    assert files(commands) == ["mau-07-20261101-20261123.pdf"]
    assert page.giving.button.accessibleName() == "In 1 trang"
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: "đã nhận đủ" in said(page))
    assert said(page) == "Sổ theo dõi hồ sơ: Canon LBP2900 đã nhận đủ 1 trang."
    assert (tmp_path / "tray" / "printed.pdf").is_file()
    assert left_the_register(commands) == [("register_book", "Canon LBP2900", "sent")]


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("1", "23/11/2026", "23/11/2026"),
        ("2", "01/11/2026", "23/11/2026"),
        ("3", "01/10/2026", "31/10/2026"),
        ("4", "01/01/2026", "23/11/2026"),
    ],
)
def test_a_period_by_its_key_stands_in_the_fields(page, key, first, last):
    press(getattr(Qt.Key, f"Key_{key}"), ALT)
    assert dates(page) == [first, last]
    assert isinstance(QApplication.focusWidget(), Pick)


def test_a_typed_period_is_judged_beside_the_field_and_nothing_is_drawn(page, take_in, commands, qtbot):
    take_in()
    press(Qt.Key.Key_5, ALT)
    assert QApplication.focusWidget().objectName() == "first"
    qtbot.keyClicks(QApplication.focusWidget(), "31/11/2026")
    press(Qt.Key.Key_F12)
    assert page.period.first.problem == "Ghi ngày như 24/11/2026."
    qtbot.keyClicks(QApplication.focusWidget(), "24/11/2026")
    press(Qt.Key.Key_F12)
    assert (page.period.first.problem, page.period.last.problem) == ("", "Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.")
    assert QApplication.focusWidget().objectName() == "last"
    press(Qt.Key.Key_Backtab)
    QApplication.focusWidget().selectAll()
    qtbot.keyClicks(QApplication.focusWidget(), "22/11/2026")
    press(Qt.Key.Key_F12)
    assert page.period.last.problem == ""
    qtbot.waitUntil(lambda: DRAWN in said(page))
    assert files(commands) == ["mau-07-20261122-20261123.pdf"]


def test_another_choice_drops_what_was_drawn(page, take_in, qtbot):
    take_in()
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: DRAWN in said(page))
    press(Qt.Key.Key_4, ALT)
    assert (said(page), page.giving.button.accessibleName()) == ("", "Lập bản in")
    assert not page.preview.save.isEnabled()


def test_before_anything_is_drawn_the_place_of_the_paper_says_how(page, take_in, qtbot):
    take_in()
    sentence = next(label for label in page.preview.findChildren(QLabel) if "Bấm F12 để lập" in label.text())
    assert sentence.isVisible() and not page.preview.sheet.isVisible()
    assert abs(sentence.geometry().center().x() - page.preview.width() // 2) < 20
    assert [act.isEnabled() for act in (page.preview.enlarge, page.preview.save)] == [False, False]
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(page.preview.sheet.isVisible, timeout=20_000)
    assert not sentence.isVisible()


def test_a_stopped_book_leaves_no_file_and_says_so(page, take_in, commands, jobs, qtbot):
    take_in()
    gate = hold(jobs)
    press(Qt.Key.Key_F12)
    assert page.findChild(QProgressBar).isVisible()
    assert page.giving.button.property("ready") == "false"
    press(Qt.Key.Key_F12)
    press(Qt.Key.Key_Escape)
    gate.release()
    qtbot.waitUntil(lambda: said(page) != "")
    assert said(page) == "Đã thôi. Không có tệp nào được lập, sổ không đổi."
    assert files(commands) == []
    assert not page.findChild(QProgressBar).isVisible()
    with qtbot.waitSignal(page.left):
        press(Qt.Key.Key_Escape)


def test_what_is_not_wanted_any_more_is_never_shown(page, take_in, commands, jobs, qtbot):
    take_in("Lò Văn Thử")
    gate = hold(jobs)
    press(Qt.Key.Key_F12)
    press(Qt.Key.Key_1, ALT)
    gate.release()
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert (said(page), files(commands)) == ("", [])
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: DRAWN in said(page))
    assert files(commands) == ["mau-07-20261123-20261123.pdf"]


def test_the_window_lives_while_a_long_book_is_drawn(page, take_in, qtbot):
    for nth in range(40):
        take_in(minutes=nth)
    bar, told = page.findChild(QProgressBar), []
    bar.valueChanged.connect(lambda done: told.append((done, bar.maximum())))
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: DRAWN in said(page))
    assert told == sorted(told) and told[-1] == (40, 40) and len(told) > 2


def test_the_hand_over_list_is_that_of_today_unless_told_otherwise(page, take_in, commands, qtbot):
    code = take_in()
    press(Qt.Key.Key_Down)
    assert dates(page) == ["23/11/2026", "23/11/2026"]
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "không có hồ sơ nào chuyển đi" in said(page))
    acts.perform(commands.book, code, EventKind.FORWARD, {"to": "Phòng Kinh tế"}, clerk="truc", now=commands.now())
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: DRAWN in said(page))
    assert files(commands) == ["ban-giao-20261123-20261123.pdf"]


def test_a_list_from_another_page_is_drawn_at_once_and_saved(page, take_in, commands, chooser, qtbot):
    take_in("Lò Văn Thử")
    commands.clock.now += timedelta(days=3)
    page.refresh()
    page.show_printout(WorkingList.DUE_SOON)
    qtbot.waitUntil(lambda: DRAWN in said(page))
    assert choices(page).records.columns[1].text(choices(page).current) == "1"
    assert not page.period.isVisible()
    press(Qt.Key.Key_S, ALT)
    assert chooser.offered == "danh-sach-due_soon-20261126-0914.pdf"
    assert "Sắp đến hạn 09:14 Thứ Năm 26/11/2026 – 1 hồ sơ – xếp theo ngày giờ hẹn" in text_of(chooser.answer)
    assert left_the_register(commands) == [("due_soon", "Tệp PDF", "sent")]


def test_an_empty_list_says_so_instead_of_printing_nothing(page, qtbot):
    page.show_printout(WorkingList.OVERDUE)
    qtbot.waitUntil(lambda: said(page) != "")
    assert said(page) == "Danh sách “Quá hạn” lúc này không có hồ sơ nào."


def test_only_a_register_with_several_books_asks_which(page, take_in, commands, monday, qtbot):
    take_in("Quyen Mot")
    press(Qt.Key.Key_2, ALT)
    chooser = page.findChild(QComboBox, "book_no")
    assert not chooser.isVisible()
    unit = settings.unit(commands.book)
    settings.change_unit(commands.book, replace(unit, book_no="02"), clerk="truc", now=monday)
    take_in("Quyen Hai", minutes=1)
    press(Qt.Key.Key_2, ALT)
    assert chooser.isVisible()
    while QApplication.focusWidget() is not chooser:
        press(Qt.Key.Key_Tab)
    for _book in range(2):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: DRAWN in said(page))
    assert files(commands) == ["mau-07-20261101-20261123-quyen-02.pdf"]


def test_a_printer_that_is_gone_is_said_and_the_paper_stays(page, take_in, commands, tmp_path, qtbot):
    take_in()
    (tmp_path / "tray").rmdir()
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: DRAWN in said(page))
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: "chưa in đủ" in said(page))
    assert said(page).startswith("Sổ theo dõi hồ sơ chưa in đủ: không ghi được tệp in.")
    assert left_the_register(commands) == [("register_book", "Canon LBP2900", "failed")]
    assert page.preview.save.isEnabled()


def test_pages_are_turned_and_shown_large(page, take_in, qtbot):
    for nth in range(40):
        take_in(minutes=nth)
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: DRAWN in said(page))
    for modifier_key, shown in ((Qt.Key.Key_PageDown, "Trang 2/"), (Qt.Key.Key_PageUp, "Trang 1/")):
        press(modifier_key, CONTROL)
        assert [label.text() for label in page.preview.findChildren(QLabel) if label.text().startswith(shown)]
    press(Qt.Key.Key_PageDown, CONTROL)
    press(Qt.Key.Key_X, ALT)
    large = page.findChild(PaperDialog)
    assert large.windowTitle() == "Sổ theo dõi hồ sơ"
    large.close()


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 272)])
def test_the_one_act_stays_in_sight_and_nothing_is_cut(page, take_in, nothing_cut, qtbot, width, height):
    take_in()
    page.resize(width, height)
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: DRAWN in said(page))
    corner = page.giving.button.mapTo(page, page.giving.button.rect().bottomRight())
    assert corner.x() <= width and corner.y() <= height
    nothing_cut(page)
    shown = [button for button in page.findChildren(ActButton) if button.isVisible()]
    assert {"Xem to", "Lưu PDF"} <= {button.accessibleName() for button in shown}
