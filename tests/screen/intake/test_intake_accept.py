"""F12: what is still missing, what is taken in, and who was here before."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.gui.intake_compare import CompareDialog
from desktop.office import drafts, lookup
from desktop.rules import citizen_id
from tests.screen.intake_keys import (
    CARD,
    CASE,
    alt,
    complete,
    press,
    said,
    type_into,
    type_text,
)


def test_f12_leads_to_the_first_problem_and_alt_s_to_the_next(page):
    page.take_card(citizen_id.parse(CARD))
    type_into(page, "applicant.phone", "0987A")
    press(Qt.Key.Key_F12)
    assert QApplication.focusWidget() is page.sheet.rows["applicant.phone"].editor
    alt("S")
    assert QApplication.focusWidget() is page.sheet.procedure.chooser
    alt("S")
    assert QApplication.focusWidget() is page.sheet.rows["applicant.phone"].editor
    assert "Còn 2 chỗ phải xem trước khi nhận" in said(page.sheet.act)


def test_f12_takes_the_dossier_in_and_clears_the_page(page, commands, qtbot):
    complete(page)
    with qtbot.waitSignal(page.registered) as caught:
        press(Qt.Key.Key_F12)
    done, size, copies = caught.args
    assert (size, copies, done.again) == ("A5", 2, False)
    stored = commands.ask(lookup.dossier, done.code)
    assert (stored.row.applicant, stored.form["case"]) == ("Vàng Thị Ví Dụ", CASE)
    assert stored.row.due_at.strftime("%H:%M %d/%m/%Y") == "17:00 27/11/2026"
    assert page.sheet.form().applicant.name == ""
    assert commands.ask(drafts.load, "1") is None


def test_two_presses_of_f12_give_one_dossier(page, commands):
    complete(page)
    press(Qt.Key.Key_F12)
    press(Qt.Key.Key_F12)
    assert commands.ask(lookup.count) == 1


def test_the_next_person_may_come_for_the_same_procedure(page):
    complete(page)
    press(Qt.Key.Key_F12)
    page.start_next(same_procedure=True)
    form = page.sheet.form()
    assert (form.procedure, form.case, form.applicant.name, form.papers) == ("1.004859", CASE, "", ())
    assert QApplication.focusWidget() is page.sheet.person.first


def test_a_clock_that_went_back_is_said_and_everything_typed_stays(page, commands):
    complete(page)
    commands.clock.now = commands.clock.now.replace(hour=6)
    press(Qt.Key.Key_F12)
    assert page.sheet.form().applicant.name == "Vàng Thị Ví Dụ"
    assert commands.ask(lookup.count) == 0
    assert "Đồng hồ máy đang chỉ 06:14" in said(page.sheet.act)


def test_a_likely_duplicate_is_shown_beside_and_asks_for_one_line(page, take_in, qtbot):
    code = take_in()
    complete(page)
    assert f"Có thể trùng. Người này đang có hồ sơ cùng thủ tục: {code}, hẹn trả 27/11." in said(page.sheet.procedure)
    alt("T")
    dialog = page.findChild(CompareDialog)
    assert code in said(dialog) and "0121****0002" in said(dialog)
    dialog.close()
    page.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    press(Qt.Key.Key_F12)
    assert QApplication.focusWidget() is page.sheet.rows["duplicate_reason"].editor
    type_text("Xin them ban sao")
    with qtbot.waitSignal(page.registered):
        press(Qt.Key.Key_F12)


def test_a_returning_citizen_brings_what_changes_little(page, take_in, commands):
    take_in(minutes=-60)
    type_into(page, "applicant.id_number", "012195000002")
    form = page.sheet.form()
    assert form.applicant.name == "Vàng Thị Ví Dụ"
    assert form.applicant.phone == "0987000001"
    assert "Đã nộp hồ sơ 23/11/2026" in said(page.sheet.person)
    assert page.sheet.rows["applicant.phone"].editor.property("state") == "filled"


def test_what_was_typed_is_not_overwritten_by_what_is_remembered(page, take_in):
    take_in(minutes=-60)
    type_into(page, "applicant.phone", "0912000009")
    type_into(page, "applicant.id_number", "012195000002")
    assert page.sheet.form().applicant.phone == "0912000009"
