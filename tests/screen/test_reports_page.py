"""Báo cáo: documents of a period made in the worker, seen, printed, saved as a workbook, stopped."""

from datetime import date

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from db import events
from desktop.gui.jobs import Jobs
from desktop.gui.pages.reports import REPORTS, ReportsPage
from desktop.gui.printing import FilePrinter
from desktop.rules import periods
from tests.screen.printing_desk import AnsweredChooser

KEYS = Qt.Key


@pytest.fixture
def page(qtbot, commands, take_in, tmp_path):
    take_in()
    take_in(duplicate_reason="hai giấy")
    window = QStackedWidget()
    jobs = Jobs()
    chooser = AnsweredChooser(tmp_path / "saved.xlsx")
    page = ReportsPage(commands, jobs, FilePrinter(tmp_path / "printed.pdf"), chooser)
    window.addWidget(page)
    qtbot.addWidget(window)
    window.resize(1182, 620)
    window.show()
    page.box, page.jobs, page.folder = window, jobs, tmp_path
    page.show_period(periods.free(date(2026, 11, 23), date(2026, 11, 23)), (None, "received_total"))
    page.focus_first()
    yield page
    jobs.finish()


def choose(page, kind):
    page._choices.select_row([report.kind for report in REPORTS].index(kind))


def drawn(qtbot, page):
    qtbot.keyClick(page, KEYS.Key_F12)
    qtbot.waitUntil(lambda: page._paper is not None or page.giving.strip.tone == "late", timeout=20_000)
    return page._paper


@pytest.mark.parametrize("kind", [report.kind for report in REPORTS])
def test_every_report_is_drawn_and_seen_before_it_is_printed(qtbot, page, kind):
    choose(page, kind)
    paper = drawn(qtbot, page)
    assert paper is not None, page.giving.strip.text
    assert paper.pages >= 1 and paper.path.is_file()
    assert page.giving.button.accessibleName().startswith("In ")


def test_printing_sends_what_was_drawn_and_stands_in_the_chain(qtbot, page, commands):
    paper = drawn(qtbot, page)
    qtbot.keyClick(page, KEYS.Key_F12)
    qtbot.waitUntil(lambda: page.giving.strip.text.startswith("Biểu II.06a: "), timeout=20_000)
    assert (page.folder / "printed.pdf").stat().st_size > 1000
    last = list(events.walk(commands.book))[-1]
    assert (last.kind, '"kind":"report_table"' in last.payload) == ("print", True)
    assert paper.path.read_bytes() == paper.data


def test_the_workbook_goes_where_the_clerk_says_with_numbers_as_numbers(qtbot, page):
    page.write_workbook()
    qtbot.waitUntil(lambda: page.giving.strip.text.startswith("Đã lưu "), timeout=20_000)
    path = page.folder / "saved.xlsx"
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True) for cell in row]
    assert 2 in cells
    assert page._chooser.offered == "bieu-ii-06a-20261123.xlsx"


def test_a_day_that_is_not_closed_says_so_on_its_sheet(qtbot, page):
    choose(page, "day")
    paper = drawn(qtbot, page)
    with pypdfium2.PdfDocument(paper.data) as document:
        assert "chưa chốt" in document[0].get_textpage().get_text_bounded().lower()


def test_another_choice_drops_what_was_drawn(qtbot, page):
    drawn(qtbot, page)
    qtbot.keyClick(page._choices, KEYS.Key_Down)
    assert page._paper is None and page.chosen.kind == "list"


def test_escape_leads_back(qtbot, page):
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page._choices, KEYS.Key_Escape)


@pytest.mark.parametrize("width", [1182, 846, 619])
def test_nothing_hangs_out_at_the_side(qtbot, page, width):
    page.box.resize(width, 600)
    qtbot.waitUntil(lambda: page._work.geometry().right() <= page.width())
    assert page.preview.isVisible() is (width >= 1000)
