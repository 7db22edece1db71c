"""Tiếp nhận: what the clerk types and scans, what the page says to it, and what F12 takes in."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget

from db.records import CalendarDay, ProcedureVersion
from db.vocabulary import Channel, DayKind
from desktop.gui.intake_compare import CompareDialog
from desktop.gui.messages import TextWindow
from desktop.gui.pages.intake import IntakePage
from desktop.office import drafts, lookup, procedures, settings
from desktop.rules import citizen_id

CARD = "012195000002||Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu|05062022"
MISMATCH = "001187000005||Trần Thị Không Khớp|01011988|Nữ|Phường Mẫu, Hà Nội|11112021"
CASE = "Thay đổi, cải chính, xác định lại dân tộc"


@pytest.fixture
def show_page(commands, qtbot) -> Callable[..., IntakePage]:
    kept = []

    def show(width: int = 1182, height: int = 620) -> IntakePage:
        page = IntakePage(commands)
        kept.append(page)
        page.resize(width, height)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.focus_first()
        return page

    return show


@pytest.fixture
def page(show_page) -> IntakePage:
    return show_page()


def focused() -> QWidget:
    """What hears the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(*keys: Qt.Key, times: int = 1, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    """Keys to whatever has the focus."""
    for _time in range(times):
        for key in keys:
            QTest.keyClick(focused(), key, modifiers)


def alt(letter: str) -> None:
    press(getattr(Qt.Key, f"Key_{letter}"), modifiers=Qt.KeyboardModifier.AltModifier)


def type_text(text: str) -> None:
    """Type ASCII with the keyboard; Vietnamese letters come as an input method commits them."""
    for char in text:
        field = focused()
        if char.isascii():
            QTest.keyClick(field, char)
        else:
            assert isinstance(field, QLineEdit)
            field.insert(char)
            field.textEdited.emit(field.text())


def type_into(page: IntakePage, path: str, text: str) -> None:
    page.rows[path].editor.setFocus()
    editor = page.rows[path].editor
    if isinstance(editor, QLineEdit):
        editor.selectAll()
    type_text(text)


def choose(page: IntakePage, text: str) -> None:
    page.procedure.chooser.setFocus()
    type_text(text)
    press(Qt.Key.Key_Return)


def complete(page: IntakePage) -> None:
    """Everything that F12 needs: a card, a procedure, its case and its papers, by keys alone."""
    page.take_card(citizen_id.parse(CARD))
    choose(page, "cai chinh")
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    while focused() is not page.papers.table:
        press(Qt.Key.Key_Tab)
    for _paper in range(page.papers.table.records.rowCount()):
        press(Qt.Key.Key_Space, Qt.Key.Key_Down)


def said(widget: QWidget) -> str:
    QApplication.processEvents()
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text())


def test_a_scanned_card_fills_the_person_and_goes_on_to_the_procedure(page):
    page.take_card(citizen_id.parse(CARD))
    person = page.form().applicant
    assert (person.name, person.gender, person.birth_date) == ("Vàng Thị Ví Dụ", "Nữ", "02/11/1995")
    assert page.rows["applicant.id_number"].value() == "0121 9500 0002"
    assert person.residence == "Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu"
    assert "Quét thẻ 09:14" in said(page.person)
    assert QApplication.focusWidget() is page.procedure.chooser


def test_what_is_odd_on_a_card_is_said_softly_and_stops_nothing(page):
    page.take_card(citizen_id.parse(MISMATCH))
    row = page.rows["applicant.id_number"]
    assert "1987" in row.problem and "1988" in row.problem
    assert row.editor.property("state") == "soft"
    assert not [problem for problem in page.problems if problem.field.startswith("applicant") and not problem.soft]


def test_a_refused_scan_is_one_sentence_and_fills_nothing(page):
    page.say_refused("Đọc thẻ không trọn. Quét lại.")
    assert page.notice.text == "Đọc thẻ không trọn. Quét lại."
    assert page.form().applicant.name == ""
    page.take_card(citizen_id.parse(CARD))
    assert page.notice.isHidden()


def test_a_card_scanned_among_the_fields_of_the_principal_is_the_principals(page):
    page.take_card(citizen_id.parse(CARD))
    page.person.choose_mode("Ủy quyền")
    page.rows["principal.name"].editor.setFocus()
    page.take_card(citizen_id.parse(MISMATCH))
    form = page.form()
    assert (form.applicant.name, form.principal.name) == ("Vàng Thị Ví Dụ", "Trần Thị Không Khớp")
    assert "principal.authority_paper" in {problem.field for problem in page.problems}


def test_a_problem_is_said_when_its_field_is_left_and_gone_when_it_is_right(page):
    type_into(page, "applicant.phone", "0987A")
    assert page.rows["applicant.phone"].problem == ""
    press(Qt.Key.Key_Tab)
    assert page.rows["applicant.phone"].problem == "Có chữ “A”. Số điện thoại chỉ gồm chữ số."
    type_into(page, "applicant.phone", "0987000001")
    assert page.rows["applicant.phone"].problem == ""


def test_procedures_are_found_without_marks_and_taken_with_enter(page):
    page.procedure.chooser.setFocus()
    type_text("cai chinh ho tich")
    assert page.procedure.chooser.found >= 1
    press(Qt.Key.Key_Return)
    assert page.form().procedure == "1.004859"
    assert page.procedure.chooser.found == 0
    assert QApplication.focusWidget() is page.rows["case"].editor


def test_down_goes_through_the_list_and_esc_keeps_the_text(page):
    page.procedure.chooser.setFocus()
    type_text("ket hon")
    press(Qt.Key.Key_Escape)
    assert (page.procedure.chooser.text(), page.procedure.chooser.found) == ("ket hon", 0)
    type_text(" ")
    first, second = page.find_procedures("ket hon")[:2]
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert page.form().procedure == second.code != first.code


def test_a_whole_code_is_taken_when_the_field_is_left_and_half_a_code_is_not(page):
    page.procedure.chooser.setFocus()
    type_text("1.00485")
    press(Qt.Key.Key_Tab)
    assert page.form().procedure == ""
    page.procedure.chooser.setFocus()
    type_text("1.004859")
    press(Qt.Key.Key_Tab)
    assert page.form().procedure == "1.004859"


def test_a_replaced_procedure_is_found_by_its_code_and_refused_with_its_successor(page):
    old = next(found for found in procedures.shipped() if found.replaced_by)
    choose(page, old.code)
    assert page.form().procedure == ""
    assert old.replaced_by in page.rows["procedure"].problem


def test_the_promise_and_its_reasons_follow_the_case(page):
    assert "Chọn thủ tục để biết ngày hẹn" in said(page.promise)
    choose(page, "1.004859")
    press(Qt.Key.Key_Down)
    assert "Thứ Hai 23/11/2026" in said(page.promise)
    press(Qt.Key.Key_Down)
    words = said(page.promise)
    assert "Thứ Sáu 27/11/2026" in words and "trước 17:00 – 3 ngày làm việc" in words
    assert "Nghỉ" in words and "T3 24/11" in words
    assert page.rows["limit"].value() == "3 ngày làm việc"


def test_alt_v_opens_the_full_explanation_to_copy(page):
    choose(page, "1.004859")
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    alt("V")
    window = page.promise.findChild(TextWindow)
    assert window.isVisible()
    window.close()


def test_a_promise_into_a_year_that_is_not_confirmed_says_so(page, commands):
    commands.clock.now = commands.clock.now.replace(month=12, day=30)
    choose(page, "1.004859")
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert "Lịch nghỉ 2027 chưa xác nhận, ngày này có thể đổi." in said(page.promise)


def test_a_changed_calendar_moves_the_promise_on_the_open_page(page, commands, monday):
    choose(page, "1.004859")
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    commands.changed.connect(page.take)
    extra = CalendarDay(monday.date().replace(day=26), DayKind.SWAP_OFF, "Nghỉ bù", "Thông báo 1/TB")
    commands.do(settings.set_day, extra)
    assert "Thứ Hai 30/11/2026" in said(page.promise)


def unclear(page: IntakePage) -> ProcedureVersion:
    return next(found for found in procedures.shipped() if found.needs_review and not found.replaced_by)


def test_where_the_catalogue_is_unclear_the_limit_is_typed(page):
    procedure = unclear(page)
    choose(page, procedure.code)
    assert QApplication.focusWidget() is page.rows["limit"].editor
    assert "Danh mục chưa rõ thời hạn" in said(page.procedure)
    type_text("2,5")
    form = page.form()
    assert (str(form.limit.value), form.limit.unit) == ("2.5", "working_days")
    assert "2,5 ngày làm việc" in said(page.promise)


def test_space_ticks_what_is_asked_and_plus_counts_copies(page):
    choose(page, "1.004859")
    page.papers.table.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Plus, times=2)
    press(Qt.Key.Key_Minus)
    press(Qt.Key.Key_Up, modifiers=Qt.KeyboardModifier.ControlModifier)
    (paper,) = page.form().papers
    assert (paper.originals, paper.copies, paper.shown) == (2, 1, False)
    press(Qt.Key.Key_Space)
    assert page.form().papers == ()


def test_a_paper_that_is_only_shown_is_recorded_as_shown(page):
    choose(page, "1.004859")
    rows = page.papers.table.records
    shown = next(row for row in range(rows.rowCount()) if rows.record(row).asked.shown_only)
    page.papers.table.setFocus()
    press(Qt.Key.Key_Down, times=shown)
    press(Qt.Key.Key_Space)
    (paper,) = page.form().papers
    assert (paper.shown, paper.originals, paper.copies) == (True, 0, 0)


def test_missing_papers_are_marked_once_the_list_was_left(page):
    choose(page, "1.004859")
    press(Qt.Key.Key_Down)
    assert "Thiếu" not in said(page.papers)
    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert "giấy phải có" in said(page.papers)
    rows = page.papers.table.records
    assert any(rows.record(row).missing for row in range(rows.rowCount()))


def test_another_case_keeps_the_ticks_of_papers_that_it_shares(page):
    choose(page, "1.004859")
    press(Qt.Key.Key_Down)
    page.papers.table.setFocus()
    press(Qt.Key.Key_Space)
    page.rows["case"].editor.setFocus()
    press(Qt.Key.Key_Down)
    assert len(page.form().papers) == 1


def test_f12_leads_to_the_first_problem_and_alt_s_to_the_next(page):
    page.take_card(citizen_id.parse(CARD))
    type_into(page, "applicant.phone", "0987A")
    press(Qt.Key.Key_F12)
    assert QApplication.focusWidget() is page.rows["applicant.phone"].editor
    alt("S")
    assert QApplication.focusWidget() is page.procedure.chooser
    alt("S")
    assert QApplication.focusWidget() is page.rows["applicant.phone"].editor
    assert "Còn 2 chỗ phải xem trước khi nhận" in said(page.accepting)


def test_f12_takes_the_dossier_in_and_clears_the_page(page, commands, qtbot):
    complete(page)
    with qtbot.waitSignal(page.registered) as caught:
        press(Qt.Key.Key_F12)
    done, size, copies = caught.args
    assert (size, copies, done.again) == ("A5", 2, False)
    stored = commands.ask(lookup.dossier, done.code)
    assert (stored.row.applicant, stored.form["case"]) == ("Vàng Thị Ví Dụ", CASE)
    assert stored.row.due_at.strftime("%H:%M %d/%m/%Y") == "17:00 27/11/2026"
    assert page.form().applicant.name == ""
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
    form = page.form()
    assert (form.procedure, form.case, form.applicant.name, form.papers) == ("1.004859", CASE, "", ())
    assert QApplication.focusWidget() is page.person.first


def test_a_clock_that_went_back_is_said_and_everything_typed_stays(page, commands):
    complete(page)
    commands.clock.now = commands.clock.now.replace(hour=6)
    press(Qt.Key.Key_F12)
    assert page.form().applicant.name == "Vàng Thị Ví Dụ"
    assert commands.ask(lookup.count) == 0
    assert "Đồng hồ máy đang chỉ 06:14" in said(page.accepting)


def test_a_likely_duplicate_is_shown_beside_and_asks_for_one_line(page, take_in, qtbot):
    code = take_in()
    complete(page)
    assert f"Có thể trùng. Người này đang có hồ sơ cùng thủ tục: {code}, hẹn trả 27/11." in said(page.procedure)
    alt("T")
    dialog = page.findChild(CompareDialog)
    assert code in said(dialog) and "0121****0002" in said(dialog)
    dialog.close()
    page.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    press(Qt.Key.Key_F12)
    assert QApplication.focusWidget() is page.rows["duplicate_reason"].editor
    type_text("Xin them ban sao")
    with qtbot.waitSignal(page.registered):
        press(Qt.Key.Key_F12)


def test_a_returning_citizen_brings_what_changes_little(page, take_in, commands):
    take_in(minutes=-60)
    type_into(page, "applicant.id_number", "012195000002")
    form = page.form()
    assert form.applicant.name == "Vàng Thị Ví Dụ"
    assert form.applicant.phone == "0987000001"
    assert "Đã nộp hồ sơ 23/11/2026" in said(page.person)
    assert page.rows["applicant.phone"].editor.property("state") == "filled"


def test_what_was_typed_is_not_overwritten_by_what_is_remembered(page, take_in):
    take_in(minutes=-60)
    type_into(page, "applicant.phone", "0912000009")
    type_into(page, "applicant.id_number", "012195000002")
    assert page.form().applicant.phone == "0912000009"


def test_an_exempt_citizen_pays_nothing_and_the_reason_is_kept(page):
    complete(page)
    page.rows["fee_exemption"].editor.setFocus()
    press(Qt.Key.Key_Down)
    form = page.form()
    assert (form.fee_amount, form.fee_exemption) == (0, "Miễn – người thuộc hộ nghèo")
    assert page.rows["fee_amount"].value() == "0 đồng"


def test_an_amount_without_a_catalogue_price_is_typed_and_a_word_is_refused(page):
    complete(page)
    assert "công chức nhập mức" in said(page.fee)
    type_into(page, "fee_amount", "15.000")
    assert page.form().fee_amount == 15_000
    type_into(page, "fee_amount", "nhieu")
    press(Qt.Key.Key_Tab)
    assert page.rows["fee_amount"].problem


def test_certified_copies_are_priced_by_pages(page):
    copies = next(found for found in procedures.shipped() if found.fee.rule == "certified_copy")
    choose(page, copies.code)
    type_into(page, "pages", "3")
    type_into(page, "copies", "2")
    assert page.form().fee_amount == 10_000
    assert page.rows["fee_amount"].value() == "10.000 đồng"


def test_channel_sets_result_and_units_reach_the_form(page):
    page.rows["channel"].editor.setFocus()
    press(Qt.Key.Key_Down, times=2)
    alt("N")
    type_text("vidu@example.vn")
    type_into(page, "solving_unit", "UBND xa Phuc Than")
    type_into(page, "sets", "2")
    page.rows["result_by"].editor.setFocus()
    press(Qt.Key.Key_Down)
    form = page.form()
    assert (form.channel, form.sets, form.result_by) == (Channel.POST, 2, "post")
    assert (form.applicant.email, form.solving_unit) == ("vidu@example.vn", "UBND xa Phuc Than")


def test_enter_goes_to_the_next_field(page):
    page.rows["applicant.id_number"].editor.setFocus()
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.rows["applicant.name"].editor


def test_tab_follows_the_eyes_through_the_whole_page(page):
    complete(page)
    page.person.first.setFocus()
    seen = []
    while QApplication.focusWidget() is not page.accepting.button and len(seen) < 40:
        seen.append(QApplication.focusWidget().objectName())
        press(Qt.Key.Key_Tab)
    assert seen == [
        "id_number", "name", "birth_date", "gender", "phone", "address", "residence", "channel", "mode",
        "procedure", "case", "papers", "fee_exemption", "fee_amount", "result_by", "sets", "paper",
    ]  # fmt: skip


def test_every_keystroke_is_on_the_disk_before_the_next(page, commands):
    for typed in ("G", "Gi", "Gia", "Gian", "Giang"):
        type_into(page, "applicant.name", typed) if typed == "G" else type_text(typed[-1])
        kept = commands.ask(drafts.load, "1")
        assert kept.state["current"]["form"]["applicant"]["name"] == typed
    assert "Nháp đã ghi 09:14:00" in said(page.accepting)


def test_a_draft_left_by_a_power_cut_is_offered_and_comes_back_whole(show_page, commands):
    before = show_page()
    complete(before)
    type_into(before, "applicant.phone", "0987000001")
    form = before.form()
    after = show_page()
    assert "Có nháp lúc 09:14 của Vàng Thị Ví Dụ" in after.waiting.text
    assert after.form().applicant.name == ""
    alt("M")
    assert replace(after.form(), key="") == replace(form, key="")
    assert after.form().key == form.key
    assert after.waiting.isHidden()
    press(Qt.Key.Key_F12)
    assert commands.ask(lookup.count) == 1


def test_another_dossier_may_come_first_and_the_draft_still_waits(show_page, commands):
    type_into(show_page(), "applicant.name", "Giang Thi Gia Dinh")
    page = show_page()
    complete(page)
    press(Qt.Key.Key_F12)
    assert "Giang Thi Gia Dinh" in page.waiting.text
    assert "Giang Thi Gia Dinh" in show_page().waiting.text


def test_a_form_can_be_put_aside_for_the_next_person(page):
    type_into(page, "applicant.name", "Giang Thi Gia Dinh")
    press(Qt.Key.Key_N, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert page.form().applicant.name == ""
    assert QApplication.focusWidget() is page.person.first
    alt("M")
    assert page.form().applicant.name == "Giang Thi Gia Dinh"


def test_a_draft_whose_dossier_was_committed_is_not_taken_in_twice(show_page, commands):
    page = show_page()
    complete(page)
    left = commands.ask(drafts.load, "1").state
    press(Qt.Key.Key_F12)
    commands.ask(drafts.save, "1", left, now=commands.now())
    again = show_page()
    alt("M")
    assert "đã được tiếp nhận rồi" in again.notice.text
    assert again.form().applicant.name == ""
    assert commands.ask(lookup.count) == 1


def test_an_emptied_form_leaves_no_draft(page, commands):
    type_into(page, "applicant.name", "G")
    press(Qt.Key.Key_Backspace)
    assert commands.ask(drafts.load, "1") is None


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
    button = page.accepting.button
    bottom = button.mapTo(page, button.rect().bottomLeft()).y()
    assert button.isVisible() and bottom <= height
