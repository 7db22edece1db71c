"""After F12: the code, what followed in its true state, and one key for the next person."""

import json
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLayout

from db import events
from db.vocabulary import EventKind
from desktop.gui.jobs import Jobs
from desktop.gui.pages.submitted import SubmittedPage
from desktop.gui.paper_preview import PaperDialog
from desktop.gui.printing import FilePrinter
from desktop.office import counter, issuing, lookup
from tests.screen.printing_desk import AnsweredChooser


@pytest.fixture
def paper_file(tmp_path) -> Path:
    return tmp_path / "tray" / "printed.pdf"


@pytest.fixture
def chooser(tmp_path) -> AnsweredChooser:
    return AnsweredChooser(tmp_path / "saved.pdf")


@pytest.fixture
def page(commands, qtbot, paper_file, chooser):
    """The page, its printer a file in a folder that the test makes (working) or not (broken)."""
    jobs = Jobs()
    made = SubmittedPage(commands, jobs, FilePrinter(paper_file, "Canon LBP2900"), chooser)
    made.resize(1182, 620)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    jobs.finish()


@pytest.fixture
def registered(commands, correction_form) -> counter.Registered:
    return commands.do(counter.register, correction_form)


def said(page: SubmittedPage) -> str:
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text())


def press(key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    assert QApplication.focusWidget() is not None
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def alt(letter: str) -> None:
    press(getattr(Qt.Key, f"Key_{letter}"), Qt.KeyboardModifier.AltModifier)


def prints(commands, code: str) -> list[str]:
    events = commands.ask(lookup.dossier, code).events
    return [event.payload["outcome"] for event in events if event.event is EventKind.PRINT]


def fit(page: SubmittedPage, width: int, height: int) -> None:
    """The size that the window gives its page; a window of its own would refuse to become narrow at once."""
    page.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    page.setMinimumSize(0, 0)
    page.resize(width, height)
    assert page.width() == width


def show(page, registered, qtbot, *, size="A5", copies=2) -> None:
    page.show_registered(registered, size, copies)
    page.focus_first()
    qtbot.waitUntil(lambda: page.printed.state in ("Đã gửi in", "Chưa in"))
    qtbot.waitUntil(lambda: page.next_button.hasFocus() or page.retry_button.hasFocus())


def test_the_committed_dossier_is_shown_with_its_true_states(page, registered, paper_file, commands, qtbot):
    paper_file.parent.mkdir()
    show(page, registered, qtbot)
    words = said(page)
    for fact in ("TN-MT-261123-0001", "Mã tiếp nhận tạm", "Vàng Thị Ví Dụ", "17:00 Thứ Sáu 27/11/2026"):
        assert fact in words
    assert page.stored.fact == "Số thứ tự 1 trong ngày, lúc 09:14:00, người nhận: Lò Thị Trực."
    assert page.printed.title == "Máy in đã nhận đủ 2 bản"
    assert page.printed.fact == "Canon LBP2900, khổ A5, 09:14:00. Nhìn tờ giấy trước khi giao."
    assert QApplication.focusWidget() is page.next_button
    assert prints(commands, registered.code) == ["sent"]


def test_the_printed_page_carries_the_sealed_code(page, registered, paper_file, commands, qtbot):
    paper_file.parent.mkdir()
    show(page, registered, qtbot)
    document = pypdfium2.PdfDocument(paper_file)
    picture = document[0].render(scale=150 / 72).to_pil()
    document.close()
    (found,) = zxingcpp.read_barcodes(picture)
    verdict = commands.ask(issuing.verify_receipt, found.text)
    assert (verdict.verdict, verdict.code) == ("genuine", registered.code)


def test_a_printer_that_is_gone_is_said_and_the_dossier_stands(page, registered, paper_file, commands, qtbot):
    show(page, registered, qtbot)
    assert page.printed.title == "Chưa in được: không ghi được tệp in"
    assert "Hồ sơ vẫn còn nguyên trong sổ, số không đổi." in page.printed.fact
    assert "Đã ghi vào sổ" in said(page)
    assert QApplication.focusWidget() is page.retry_button
    assert not page.next_button.isVisible()
    paper_file.parent.mkdir()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.printed.state == "Đã gửi in")
    assert QApplication.focusWidget() is page.next_button
    assert prints(commands, registered.code) == ["failed", "sent"]
    assert commands.ask(lookup.dossier, registered.code).row.code == registered.code


def test_a_second_print_is_marked_as_one(page, registered, paper_file, commands, qtbot):
    paper_file.parent.mkdir()
    show(page, registered, qtbot)
    alt("P")
    qtbot.waitUntil(lambda: prints(commands, registered.code) == ["sent", "sent"])
    again = commands.ask(issuing.receipt_pdf, registered.code, reprint=1, now=commands.now())
    text = pypdfium2.PdfDocument(again.data)[0].get_textpage().get_text_range()
    assert "Bản in lại lần 1" in text


def test_enter_asks_for_the_next_person_and_alt_l_for_the_same_procedure(page, registered, paper_file, qtbot):
    paper_file.parent.mkdir()
    show(page, registered, qtbot)
    asked: list[bool] = []
    page.next_wanted.connect(asked.append)
    press(Qt.Key.Key_Return)
    alt("L")
    assert asked == [False, True]


def test_the_dossier_opens_from_here(page, registered, paper_file, qtbot):
    paper_file.parent.mkdir()
    show(page, registered, qtbot)
    with qtbot.waitSignal(page.dossier_wanted) as caught:
        alt("O")
    assert caught.args == [registered.code]


def test_the_preview_is_the_file_that_was_printed(page, registered, paper_file, commands, chooser, qtbot):
    paper_file.parent.mkdir()
    show(page, registered, qtbot)
    stored = commands.ask(issuing.receipt_pdf, registered.code, reprint=0, now=commands.now())
    alt("S")
    assert chooser.answer.read_bytes() == stored.data
    assert chooser.offered == stored.path.name
    told = [json.loads(event.payload) for event in commands.ask(events.walk) if event.kind == EventKind.EXPORT]
    assert [(one["dossier"], one["sha256"]) for one in told] == [(registered.code, stored.sha256)]
    assert "Đã lưu" in said(page)


def test_a_place_that_cannot_be_written_is_said(page, registered, paper_file, chooser, tmp_path, qtbot):
    paper_file.parent.mkdir()
    chooser.answer = tmp_path / "nowhere" / "x.pdf"
    show(page, registered, qtbot)
    alt("S")
    assert "Chưa lưu được vào x.pdf: không có tệp hay thư mục này. Chọn chỗ khác." in said(page)


def test_alt_x_shows_every_page_large_and_esc_closes_it(page, registered, paper_file, qtbot):
    paper_file.parent.mkdir()
    show(page, registered, qtbot)
    alt("X")
    dialog = page.findChild(PaperDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_late_answer_of_the_printer_changes_nothing_on_the_next_dossiers_page(
    page, commands, correction_form, paper_file, qtbot
):
    paper_file.parent.mkdir()
    first = commands.do(counter.register, correction_form)
    second = commands.do(counter.register, replace(correction_form, key="key-2"))
    page.show_registered(first, "A5", 2)
    qtbot.waitUntil(lambda: page.preview.save.isEnabled())
    page.show_registered(second, "A4", 1)
    qtbot.waitUntil(lambda: page.printed.state == "Đã gửi in" and "A4" in page.printed.fact)
    assert page.printed.title == "Máy in đã nhận đủ 1 bản"
    qtbot.waitUntil(lambda: prints(commands, first.code) == ["sent"] and prints(commands, second.code) == ["sent"])


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 300)])
def test_the_one_act_stays_in_sight(page, registered, paper_file, qtbot, width, height):
    paper_file.parent.mkdir()
    fit(page, width, height)
    show(page, registered, qtbot)
    button = page.next_button
    corner = button.mapTo(page, button.rect().bottomRight())
    assert corner.x() <= width and corner.y() <= height


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 300)])
def test_what_the_printer_said_stays_in_sight(page, registered, paper_file, qtbot, width, height):
    fit(page, width, height)
    show(page, registered, qtbot)
    words = [label for label in page.findChildren(QLabel) if label.isVisible() and label.text() == "Chưa in"]
    assert any(label.visibleRegion().boundingRect().height() == label.height() for label in words)
    row = page.printed
    qtbot.waitUntil(lambda: row.visibleRegion().boundingRect().height() == row.height())
    paper_file.parent.mkdir()
    show(page, registered, qtbot)
    code = page.findChild(QLabel, "code")
    qtbot.waitUntil(lambda: code.visibleRegion().boundingRect().height() == code.height())
