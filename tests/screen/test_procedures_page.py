"""Any procedure looked up by keyboard: its versions by date, an edit as a decision with one change, a note kept."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.vocabulary import ProcedureStatus
from desktop.gui.jobs import Jobs
from desktop.gui.pages.procedures import ProceduresPage
from desktop.office import decision_history, decisions, procedures, proposals
from desktop.rules.change_sets import Decision
from tests.screen.posting_desk import ALT, CONTROL, AnsweredOpener, press, stand, type_in

KEY = Qt.Key
CODE, DAY = "1.004873", date(2026, 12, 1)


@pytest.fixture
def jobs():
    worker = Jobs()
    yield worker
    worker.finish()


@pytest.fixture
def opener(tmp_path) -> AnsweredOpener:
    paper = tmp_path / "QD 15.pdf"
    paper.write_bytes(b"%PDF-1.4 invented")
    return AnsweredOpener(paper)


@pytest.fixture
def page(commands, jobs, opener, qtbot) -> ProceduresPage:
    shown = ProceduresPage(commands, opener)
    commands.changed.connect(shown.take)
    stand(shown, qtbot, jobs)
    return shown


def search(text: str) -> None:
    press(KEY.Key_L, ALT)
    type_in(text)


def marks(page) -> list[str]:
    records = page.card.versions.records
    return [page.card._mark(records.record(row)).word for row in range(records.rowCount())]


def test_a_procedure_is_found_by_letters_and_an_abolished_one_is_marked(page, commune, monday):
    search("tinh trang hon nhan")
    assert page.table.current.code == CODE
    gone = replace(procedures.get(commune, CODE, on=monday.date()), status=ProcedureStatus.ABOLISHED)
    decisions.edit(commune, gone, Decision("9/QĐ", None, monday.date()), clerk="truc", now=monday)
    page.refresh()
    search(CODE)
    assert page.table.current.status is ProcedureStatus.ABOLISHED
    assert page.card._pill.word == "Đã bãi bỏ"


def test_the_versions_stand_by_date_with_their_decisions(page, commune, monday):
    version = procedures.get(commune, CODE, on=monday.date())
    for number, on, result in (("7/QĐ", monday.date(), "Giấy mới"), ("12/QĐ", DAY, "Giấy mới nữa")):
        changed = replace(version, result=result)
        decisions.edit(commune, changed, Decision(number, None, on), clerk="truc", now=monday)
    page.refresh()
    search(CODE)
    assert marks(page) == ["Chờ hiệu lực", "Đang áp dụng", "Đã qua"]
    assert page.card.versions.current.decision.number == "7/QĐ"
    decisions.undo(commune, decision_history.history(commune)[0].seq, "nhầm", clerk="truc", now=monday)
    page.refresh()
    assert marks(page) == ["Đã thu hồi", "Đang áp dụng", "Đã qua"]


def test_an_edit_by_hand_is_a_decision_with_one_change_and_its_document(page, commune):
    search(CODE)
    press(KEY.Key_S, ALT)
    press(KEY.Key_F12)
    assert page.card.edit.rows["number"].problem == "Còn thiếu số quyết định."
    assert QApplication.focusWidget().objectName() == "number"
    type_in("15/QD-UBND")
    page.card.edit.rows["effective_on"].focus()
    type_in("01/12/2026")
    page.card.edit.limit.value.focus()
    type_in("2")
    press(KEY.Key_A, ALT)
    press(KEY.Key_F12)
    (row,) = decision_history.history(commune)
    assert (row.number, row.source, row.attachment["name"]) == ("15/QD-UBND", "hand", "QD 15.pdf")
    version = procedures.get(commune, CODE, on=DAY)
    assert (version.limit.value, len(version.papers)) == (Decimal(2), 5)
    assert not page.card.is_editing
    assert page.card.strip.text.startswith("Đã ghi quyết định 15/QD-UBND, áp dụng từ 01/12/2026.")


def test_a_refusal_of_the_office_stands_beside_its_field(page, commune):
    search(CODE)
    press(KEY.Key_S, ALT)
    type_in("15/QD-UBND")
    for name, text in (("decided_on", "02/12/2026"), ("effective_on", "01/12/2026")):
        page.card.edit.rows[name].focus()
        type_in(text)
    press(KEY.Key_F12)
    assert "sớm hơn ngày ký" in page.card.edit.rows["effective_on"].problem
    assert decision_history.history(commune) == ()
    press(KEY.Key_Escape)
    assert not page.card.is_editing


def test_nothing_changed_is_no_decision(page, commune):
    search(CODE)
    press(KEY.Key_S, ALT)
    type_in("15/QD-UBND")
    page.card.edit.rows["effective_on"].focus()
    type_in("01/12/2026")
    press(KEY.Key_F12)
    assert page.card.strip.text == "Danh mục đã đúng như vậy; chưa ghi gì."
    assert decision_history.history(commune) == ()


def test_a_note_of_the_counter_is_kept(page, commune):
    search(CODE)
    press(KEY.Key_K, ALT)
    assert QApplication.focusWidget().objectName() == "proposal"
    type_in("Bỏ giấy xác nhận thường trú.")
    press(KEY.Key_Return)
    (note,) = proposals.proposals(commune, CODE)
    assert (note.text, note.clerk) == ("Bỏ giấy xác nhận thường trú.", "truc")


def test_its_sheet_is_asked_for_by_one_key(page, qtbot):
    search(CODE)
    with qtbot.waitSignal(page.print_wanted) as asked:
        press(KEY.Key_P, CONTROL)
    assert asked.args == [CODE]


def test_esc_leads_from_the_list_to_the_search_and_back(page, qtbot):
    search("khai sinh")
    press(KEY.Key_Down)
    assert page.table.hasFocus()
    press(KEY.Key_Escape)
    assert QApplication.focusWidget().objectName() == "procedure_search"
    with qtbot.waitSignal(page.left):
        press(KEY.Key_Escape)


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 272)])
def test_nothing_is_cut_at_100_150_and_200_percent(page, nothing_cut, width, height):
    page.resize(width, height)
    longest = max(procedures.shipped(), key=lambda version: len(version.name))
    for code in (longest.code, CODE):
        search(code)
        press(KEY.Key_Down)
        press(KEY.Key_Return)
        nothing_cut(page)
    press(KEY.Key_S, ALT)
    press(KEY.Key_F12)
    nothing_cut(page)
    button = page.card.store_button
    corner = button.mapTo(page, button.rect().bottomRight())
    assert corner.x() <= width and corner.y() <= height
