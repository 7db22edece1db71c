"""The list of slips: found by what a clerk knows, printed again, and the way on for who comes back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.vocabulary import DocumentKind as Kind
from db.vocabulary import PrintOutcome
from desktop.changes import Changes
from desktop.gui.pages.slips import SlipsPage
from desktop.gui.paper_print import Printed
from desktop.gui.printer_port import PrintReport
from desktop.office import counter, slip_lookup, slips
from desktop.rules.slips import USUAL_REASON, SlipForm
from tests.screen.intake_keys import alt, press, said, type_text
from tests.screen.test_slip_page import Chooser


@pytest.fixture
def give(commands, correction_form):
    """A slip for somebody; its row."""

    def given(name="Vàng Thị Ví Dụ", number="012195000002", kind=Kind.SUPPLEMENT):
        applicant = replace(correction_form.applicant, name=name, id_number=number)
        form = replace(correction_form, key=f"form-{number}", applicant=applicant)
        items = ("Giấy chứng sinh",) if kind is Kind.SUPPLEMENT else ()
        return commands.do(slips.give, SlipForm(kind, form, f"slip-{number}-{kind}", items, USUAL_REASON)).slip

    return given


@pytest.fixture
def show(commands, qtbot):
    kept = []

    def shown(width=1182, height=620) -> SlipsPage:
        page = SlipsPage(commands, Chooser())
        kept.append(page)
        page.jobs = []
        page.print_wanted.connect(page.jobs.append)
        page.resize(width, height)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.focus_first()
        return page

    return shown


def labels(page):
    return [page.table.records.record(row).label for row in range(page.table.records.rowCount())]


def test_the_newest_slip_stands_first_with_its_paper_beside_it(show, give, qtbot):
    give()
    give("Giàng Thị Giả Định", "012303000003", Kind.REFUSAL)
    page = show()
    assert labels(page) == ["01/PTC-TTPVHCC", "01/PBS-TTPVHCC"]
    assert "2 phiếu" in said(page)
    qtbot.waitUntil(lambda: "Như bản đã in" in said(page.preview))
    assert "Mẫu 03" in said(page.preview)
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "Mẫu 02" in said(page.preview))


@pytest.mark.parametrize("text", ["01/pbs", "vi du", "0002"])
def test_a_slip_is_found_by_its_number_name_or_citizens_number(show, give, qtbot, text):
    give()
    give("Giàng Thị Giả Định", "012303000003", Kind.REFUSAL)
    page = show()
    type_text(text)
    qtbot.waitUntil(lambda: labels(page) == ["01/PBS-TTPVHCC"])
    press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.table
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is not page.table
    with qtbot.waitSignal(page.left):
        press(Qt.Key.Key_Escape)


def test_nothing_found_and_nothing_given_say_so(show, give, qtbot):
    page = show()
    assert "Chưa lập phiếu nào tại quầy." in said(page)
    press(Qt.Key.Key_F12)
    assert page.strip.text == "Chọn một phiếu trong danh sách."
    give()
    page.refresh()
    type_text("xyz")
    qtbot.waitUntil(lambda: "Không có phiếu nào khớp “xyz”" in said(page))


def test_who_comes_back_goes_on_with_the_form_of_the_slip(show, give, commands, qtbot):
    slip = give()
    page = show()
    with qtbot.waitSignal(page.taken_up) as heard:
        press(Qt.Key.Key_F12)
    assert heard.args == [commands.ask(slip_lookup.detail, slip.id).form]


def test_a_slip_that_was_followed_opens_its_dossier(show, give, commands, correction_form, qtbot):
    give()
    done = commands.do(counter.register, replace(correction_form, key="new"))
    page = show()
    assert f"Mở hồ sơ {done.code}" in said(page)
    assert page.table.records.columns[3].mark(page.table.current).word == "đã tiếp nhận"
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(page.dossier_wanted) as heard:
        press(Qt.Key.Key_Return)
    assert heard.args == [done.code]


def test_a_slip_is_printed_again_and_the_printer_is_quoted(show, give, commands):
    slip = give()
    page = show()
    alt("P")
    (job,) = page.jobs
    assert (job.code, job.kind, job.document) == (None, Kind.SUPPLEMENT, slip.document)
    page.show_printed(Printed(job, PrintReport(PrintOutcome.FAILED, "Canon", 0, "máy in không trả lời")))
    assert page.strip.text == "Chưa in được phiếu: máy in không trả lời."
    page.show_printed(Printed(job, PrintReport(PrintOutcome.SENT, "Canon", 1)))
    assert page.strip.text.startswith("Máy in đã nhận 1 bản phiếu.")


def test_what_was_taken_back_is_neither_printed_nor_gone_on_with(show, give, commands, qtbot):
    commands.do(slips.take_back, give())
    page = show()
    alt("P")
    press(Qt.Key.Key_F12)
    assert page.jobs == [] and page.strip.text == "Phiếu này đã hoàn lại."
    qtbot.waitUntil(lambda: "không còn hiệu lực" in said(page.preview))


def test_a_scanned_slip_is_the_one_that_is_shown(show, give, commands):
    first = give()
    give("Giàng Thị Giả Định", "012303000003")
    page = show()
    page.show_slip(first)
    assert page.table.current == first and QApplication.focusWidget() is page.table


def test_a_slip_given_meanwhile_appears(show, give):
    page = show()
    give()
    page.take(Changes(slips=True))
    assert labels(page) == ["01/PBS-TTPVHCC"]


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 390)])
def test_nothing_is_cut(show, give, nothing_cut, width, height):
    give()
    page = show(width, height)
    assert page.preview.isHidden() is (width < 900)
    nothing_cut(page)
