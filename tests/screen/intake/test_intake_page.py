"""Tiếp nhận: what the clerk types and scans, and what the page says to it at once."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from db.records import CalendarDay, ProcedureVersion
from db.vocabulary import Channel, DayKind
from desktop.gui.pages.intake import IntakePage
from desktop.gui.text_window import TextWindow
from desktop.office import procedures, settings
from desktop.rules import citizen_id
from tests.screen.intake_keys import (
    CARD,
    alt,
    choose,
    complete,
    press,
    said,
    type_into,
    type_text,
)

MISMATCH = "001187000005||Trần Thị Không Khớp|01011988|Nữ|Phường Mẫu, Hà Nội|11112021"


def test_a_scanned_card_fills_the_person_and_goes_on_to_the_procedure(page):
    page.take_card(citizen_id.parse(CARD))
    person = page.sheet.form().applicant
    assert (person.name, person.gender, person.birth_date) == ("Vàng Thị Ví Dụ", "Nữ", "02/11/1995")
    assert page.sheet.rows["applicant.id_number"].value() == "0121 9500 0002"
    assert person.residence == "Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu"
    assert "Quét thẻ 09:14" in said(page.sheet.person)
    assert QApplication.focusWidget() is page.sheet.procedure.chooser


def test_what_is_odd_on_a_card_is_said_softly_and_stops_nothing(page):
    page.take_card(citizen_id.parse(MISMATCH))
    row = page.sheet.rows["applicant.id_number"]
    assert "1987" in row.problem and "1988" in row.problem
    assert row.editor.property("state") == "soft"
    assert not [
        problem for problem in page.sheet.marks.problems if problem.field.startswith("applicant") and not problem.soft
    ]


def test_a_refused_scan_is_one_sentence_and_fills_nothing(page):
    page.notice.say("late", "Đọc thẻ không trọn. Quét lại.")
    assert page.notice.text == "Đọc thẻ không trọn. Quét lại."
    assert page.sheet.form().applicant.name == ""
    page.take_card(citizen_id.parse(CARD))
    assert page.notice.isHidden()


def test_a_card_scanned_among_the_fields_of_the_principal_is_the_principals(page):
    page.take_card(citizen_id.parse(CARD))
    page.sheet.person.choose_mode("Ủy quyền")
    page.sheet.rows["principal.name"].editor.setFocus()
    page.take_card(citizen_id.parse(MISMATCH))
    form = page.sheet.form()
    assert (form.applicant.name, form.principal.name) == ("Vàng Thị Ví Dụ", "Trần Thị Không Khớp")
    assert "principal.authority_paper" in {problem.field for problem in page.sheet.marks.problems}


def test_a_problem_is_said_when_its_field_is_left_and_gone_when_it_is_right(page):
    type_into(page, "applicant.phone", "0987A")
    assert page.sheet.rows["applicant.phone"].problem == ""
    press(Qt.Key.Key_Tab)
    assert page.sheet.rows["applicant.phone"].problem == "Có chữ “A”. Số điện thoại chỉ gồm chữ số."
    type_into(page, "applicant.phone", "0987000001")
    assert page.sheet.rows["applicant.phone"].problem == ""


def test_procedures_are_found_without_marks_and_taken_with_enter(page):
    page.sheet.procedure.chooser.setFocus()
    type_text("cai chinh ho tich")
    assert page.sheet.procedure.chooser.found >= 1
    press(Qt.Key.Key_Return)
    assert page.sheet.form().procedure == "1.004859"
    assert page.sheet.procedure.chooser.found == 0
    assert QApplication.focusWidget() is page.sheet.rows["case"].editor


def test_down_goes_through_the_list_and_esc_keeps_the_text(page):
    page.sheet.procedure.chooser.setFocus()
    type_text("ket hon")
    press(Qt.Key.Key_Escape)
    assert (page.sheet.procedure.chooser.text(), page.sheet.procedure.chooser.found) == ("ket hon", 0)
    type_text(" ")
    first, second = page.find_procedures("ket hon")[:2]
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert page.sheet.form().procedure == second.code != first.code


def test_a_whole_code_is_taken_when_the_field_is_left_and_half_a_code_is_not(page):
    page.sheet.procedure.chooser.setFocus()
    type_text("1.00485")
    press(Qt.Key.Key_Tab)
    assert page.sheet.form().procedure == ""
    page.sheet.procedure.chooser.setFocus()
    type_text("1.004859")
    press(Qt.Key.Key_Tab)
    assert page.sheet.form().procedure == "1.004859"


def test_a_replaced_procedure_is_found_by_its_code_and_refused_with_its_successor(page):
    old = next(found for found in procedures.shipped() if found.replaced_by)
    choose(page, old.code)
    assert page.sheet.form().procedure == ""
    assert old.replaced_by in page.sheet.rows["procedure"].problem


def test_the_promise_and_its_reasons_follow_the_case(page):
    assert "Chọn thủ tục để biết ngày hẹn" in said(page.sheet.promise)
    choose(page, "1.004859")
    press(Qt.Key.Key_Down)
    assert "Thứ Hai 23/11/2026" in said(page.sheet.promise)
    press(Qt.Key.Key_Down)
    words = said(page.sheet.promise)
    assert "Thứ Sáu 27/11/2026" in words and "trước 17:00 – 3 ngày làm việc" in words
    assert "Nghỉ" in words and "T3 24/11" in words
    assert page.sheet.rows["limit"].value() == "3 ngày làm việc"


def test_alt_v_opens_the_full_explanation_to_copy(page):
    choose(page, "1.004859")
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    alt("V")
    window = page.sheet.promise.findChild(TextWindow)
    assert window.isVisible()
    window.close()


def test_a_promise_into_a_year_that_is_not_confirmed_says_so(page, commands):
    commands.clock.now = commands.clock.now.replace(month=12, day=30)
    choose(page, "1.004859")
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert "Lịch nghỉ 2027 chưa xác nhận, ngày này có thể đổi." in said(page.sheet.promise)


def test_a_changed_calendar_moves_the_promise_on_the_open_page(page, commands, monday):
    choose(page, "1.004859")
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    commands.changed.connect(page.take)
    extra = CalendarDay(monday.date().replace(day=26), DayKind.SWAP_OFF, "Nghỉ bù", "Thông báo 1/TB")
    commands.do(settings.set_day, extra)
    assert "Thứ Hai 30/11/2026" in said(page.sheet.promise)


def unclear(page: IntakePage) -> ProcedureVersion:
    return next(found for found in procedures.shipped() if found.needs_review and not found.replaced_by)


def test_where_the_catalogue_is_unclear_the_limit_is_typed(page):
    procedure = unclear(page)
    choose(page, procedure.code)
    assert QApplication.focusWidget() is page.sheet.rows["limit"].editor
    assert "Danh mục chưa rõ thời hạn" in said(page.sheet.procedure)
    type_text("2,5")
    form = page.sheet.form()
    assert (str(form.limit.value), form.limit.unit) == ("2.5", "working_days")
    assert "2,5 ngày làm việc" in said(page.sheet.promise)


def test_space_ticks_what_is_asked_and_plus_counts_copies(page):
    choose(page, "1.004859")
    page.sheet.papers.table.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Plus, times=2)
    press(Qt.Key.Key_Minus)
    press(Qt.Key.Key_Up, modifiers=Qt.KeyboardModifier.ControlModifier)
    (paper,) = page.sheet.form().papers
    assert (paper.originals, paper.copies, paper.shown) == (2, 1, False)
    press(Qt.Key.Key_Space)
    assert page.sheet.form().papers == ()


def test_a_paper_that_is_only_shown_is_recorded_as_shown(page):
    choose(page, "1.004859")
    rows = page.sheet.papers.table.records
    shown = next(row for row in range(rows.rowCount()) if rows.record(row).asked.shown_only)
    page.sheet.papers.table.setFocus()
    press(Qt.Key.Key_Down, times=shown)
    press(Qt.Key.Key_Space)
    (paper,) = page.sheet.form().papers
    assert (paper.shown, paper.originals, paper.copies) == (True, 0, 0)


def test_a_paper_may_be_only_looked_at(page):
    choose(page, "1.004859")
    page.sheet.papers.table.setFocus()
    press(Qt.Key.Key_Slash)
    (paper,) = page.sheet.form().papers
    assert (paper.shown, paper.originals, paper.copies) == (True, 0, 0)
    press(Qt.Key.Key_Slash)
    assert page.sheet.form().papers == ()


def test_missing_papers_are_marked_once_the_list_was_left(page):
    choose(page, "1.004859")
    press(Qt.Key.Key_Down)
    assert "Thiếu" not in said(page.sheet.papers)
    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert "giấy phải có" in said(page.sheet.papers)
    rows = page.sheet.papers.table.records
    assert any(rows.record(row).missing for row in range(rows.rowCount()))


def test_another_case_keeps_the_ticks_of_papers_that_it_shares(page):
    choose(page, "1.004859")
    press(Qt.Key.Key_Down)
    page.sheet.papers.table.setFocus()
    press(Qt.Key.Key_Space)
    page.sheet.rows["case"].editor.setFocus()
    press(Qt.Key.Key_Down)
    assert len(page.sheet.form().papers) == 1


def test_an_exempt_citizen_pays_nothing_and_the_reason_is_kept(page):
    complete(page)
    page.sheet.rows["fee_exemption"].editor.setFocus()
    press(Qt.Key.Key_Down)
    form = page.sheet.form()
    assert (form.fee_amount, form.fee_exemption) == (0, "Miễn – người thuộc hộ nghèo")
    assert page.sheet.rows["fee_amount"].value() == "0 đồng"


def test_an_amount_without_a_catalogue_price_is_typed_and_a_word_is_refused(page):
    complete(page)
    assert "công chức nhập mức" in said(page.sheet.fee)
    type_into(page, "fee_amount", "15.000")
    assert page.sheet.form().fee_amount == 15_000
    type_into(page, "fee_amount", "nhieu")
    press(Qt.Key.Key_Tab)
    assert page.sheet.rows["fee_amount"].problem


def test_certified_copies_are_priced_by_pages(page):
    copies = next(found for found in procedures.shipped() if found.fee.rule == "certified_copy")
    choose(page, copies.code)
    type_into(page, "pages", "3")
    type_into(page, "copies", "2")
    assert page.sheet.form().fee_amount == 10_000
    assert page.sheet.rows["fee_amount"].value() == "10.000 đồng"


def test_channel_sets_result_and_units_reach_the_form(page):
    page.sheet.rows["channel"].editor.setFocus()
    press(Qt.Key.Key_Down, times=2)
    alt("N")
    type_text("vidu@example.vn")
    type_into(page, "solving_unit", "UBND xa Phuc Than")
    type_into(page, "sets", "2")
    page.sheet.rows["result_by"].editor.setFocus()
    press(Qt.Key.Key_Down)
    form = page.sheet.form()
    assert (form.channel, form.sets, form.result_by) == (Channel.POST, 2, "post")
    assert (form.applicant.email, form.solving_unit) == ("vidu@example.vn", "UBND xa Phuc Than")


def test_who_typed_is_asked_of_online_dossiers_alone(page):
    typist = page.sheet.rows["filed_by"]
    assert not typist.isVisible()
    page.sheet.rows["channel"].editor.setFocus()
    press(Qt.Key.Key_Down)
    assert typist.isVisible() and page.sheet.form().filed_by == ""
    typist.editor.setFocus()
    press(Qt.Key.Key_Down, times=2)
    assert page.sheet.form().filed_by == "helped"
    begun = page.sheet.begun()
    page.sheet.rows["channel"].editor.setFocus()
    press(Qt.Key.Key_Up)
    assert not typist.isVisible() and page.sheet.form().filed_by == ""
    page.sheet.show_begun(begun, None)
    assert typist.isVisible() and page.sheet.form().filed_by == "helped"


def test_enter_goes_to_the_next_field(page):
    page.sheet.rows["applicant.id_number"].editor.setFocus()
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.sheet.rows["applicant.name"].editor


def test_tab_follows_the_eyes_through_the_whole_page(page):
    complete(page)
    page.sheet.person.first.setFocus()
    seen = []
    while QApplication.focusWidget() is not page.sheet.act.button and len(seen) < 40:
        seen.append(QApplication.focusWidget().objectName())
        press(Qt.Key.Key_Tab)
    assert seen == [
        "id_number", "name", "birth_date", "gender", "phone", "address", "residence", "channel", "mode",
        "procedure", "case", "papers", "fee_exemption", "fee_amount", "result_by", "sets", "paper",
    ]  # fmt: skip


class Windows(QObject):
    """Counts widgets that open as windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(type(watched).__name__)
        return False


def test_no_part_of_the_page_flashes_up_as_a_window_while_it_is_made(commands, qtbot):
    windows = Windows()
    QApplication.instance().installEventFilter(windows)
    page = IntakePage(commands)
    qtbot.addWidget(page)
    QApplication.instance().removeEventFilter(windows)
    assert windows.opened == []


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 300)])
def test_nothing_runs_out_sideways_and_the_act_stays_in_sight(show_page, width, height):
    page = show_page(width, height)
    complete(page)
    longest = max(procedures.shipped(), key=lambda found: len(found.name) if found.limit else 0)
    choose(page, longest.code)
    QApplication.processEvents()
    for field in page.findChildren(QLineEdit) + page.findChildren(QComboBox):
        if field.isVisible():
            right = field.mapTo(page, field.rect().topRight()).x()
            assert right <= width, field.objectName()
    button = page.sheet.act.button
    bottom = button.mapTo(page, button.rect().bottomLeft()).y()
    assert button.isVisible() and bottom <= height


def test_a_name_told_in_full_below_the_papers_is_no_second_line_of_the_last_one(page, qtbot):
    choose(page, "1.004859")
    papers = page.sheet.papers
    papers.table.setFocus()
    papers.table.select_row(0)
    papers.resize(500, papers.height())
    papers._show()
    full, divides = papers._full_name, papers._name_line
    assert full.text() and full.isVisible() and divides.isVisible()
    qtbot.waitUntil(lambda: papers.table.geometry().bottom() < divides.y() < full.y())
    papers._show_full_name(None)
    assert not (full.isVisible() or divides.isVisible())


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 300)])
def test_case_and_limit_are_read_whole_on_every_screen(show_page, width, height):
    page = show_page(width, height)
    choose(page, "1.004859")
    press(Qt.Key.Key_Down)
    QApplication.processEvents()
    case, limit = (page.sheet.rows[name].editor for name in ("case", "limit"))
    assert case.currentText() and case.width() >= case.sizeHint().width()
    assert limit.fontMetrics().horizontalAdvance(limit.text()) < limit.width() - 16
