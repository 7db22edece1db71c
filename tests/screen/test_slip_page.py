"""The slip page: what is missing is ticked, the paper is seen while it is typed, and what followed is said truly."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.vocabulary import DocumentKind as Kind
from db.vocabulary import PrintOutcome
from desktop.gui.pages.slip import SlipPage
from desktop.gui.paper_print import Printed
from desktop.gui.printer_port import PrintReport
from desktop.gui.slip_reason import ReasonCard
from desktop.office import issuing, slip_lookup, slips
from desktop.rules.slips import USUAL_REASON, SlipForm
from tests.screen.conftest import SECRETS
from tests.screen.intake_keys import alt, press, said, type_text


class Chooser:
    """Answers with a place of the test's own."""

    place = None

    def choose(self, parent, name, then) -> None:
        assert self.place is not None, "no file was asked for"
        then(self.place)


@pytest.fixture
def show(commands, qtbot):
    """The page with a slip begun for a form; ``page.jobs`` are the prints it asked for."""
    kept = []

    def begun(form, kind=Kind.SUPPLEMENT, width=1182, height=620) -> SlipPage:
        chooser = Chooser()
        page = SlipPage(commands, chooser)
        page.chooser = chooser
        kept.append(page)
        page.jobs = []
        page.print_wanted.connect(page.jobs.append)
        page.resize(width, height)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.begin(kind, form)
        return page

    return begun


@pytest.fixture
def form(correction_form):
    """One paper of five is handed in."""
    return correction_form


def ticked(page):
    return [item.words for item in page.items.table.records._page(0) if item.ticked]


def report(page, outcome=PrintOutcome.SENT, trouble=""):
    page.show_printed(Printed(page.jobs[-1], PrintReport(outcome, "Canon LBP2900", 1, trouble)))


def test_what_is_missing_is_ticked_and_stands_first_the_rest_can_be_added(show, form):
    page = show(form)
    assert QApplication.focusWidget() is page.items.table
    items = page.items.items
    assert len(items) == 3 and items[0].startswith("Tờ khai đăng ký thay đổi")
    press(Qt.Key.Key_Space)
    assert page.items.items == items[1:]
    press(Qt.Key.Key_End, Qt.Key.Key_Space)
    assert len(page.items.items) == 3
    press(Qt.Key.Key_Tab)
    type_text("To khai chua ky")
    assert page.items.items[-1] == "To khai chua ky"
    assert page.reason.text("reason") == USUAL_REASON


def test_f12_records_first_and_prints_then(show, form, commands):
    page = show(form)
    press(Qt.Key.Key_F12)
    (slip,) = slip_lookup.page(commands.book)
    assert (slip.label, slip.kind, slip.applicant) == ("01/PBS-TTPVHCC", Kind.SUPPLEMENT, "Vàng Thị Ví Dụ")
    (job,) = page.jobs
    assert (job.code, job.kind, job.document, job.size) == (None, Kind.SUPPLEMENT, slip.document, "A4")
    assert page.summary.printed.state == "Đang gửi"
    assert QApplication.focusWidget() is page.giving.next_button
    report(page)
    assert page.summary.printed.title == "Máy in đã nhận 1 bản phiếu"
    press(Qt.Key.Key_F12)
    assert slip_lookup.count(commands.book) == 1 and len(page.jobs) == 1
    assert "Phiếu 01/PBS-TTPVHCC" in said(page) and "Hồ sơ chưa được tiếp nhận" in said(page)


def test_a_printer_that_is_gone_leaves_the_slip_and_is_asked_again(show, form):
    page = show(form)
    press(Qt.Key.Key_F12)
    report(page, PrintOutcome.FAILED, "máy in không trả lời")
    assert page.summary.printed.title == "Chưa in được: máy in không trả lời"
    assert "số không đổi" in page.summary.printed.fact
    alt("P")
    assert [job.document for job in page.jobs] == [page.jobs[0].document] * 2
    report(page)
    assert page.summary.printed.state == "Đã gửi in"


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_recorded(show, form, commands):
    page = show(form)
    for _missing in range(3):
        press(Qt.Key.Key_Space, Qt.Key.Key_Down)
    press(Qt.Key.Key_F12)
    assert page.items.own.problem == "Chọn hoặc ghi ít nhất một nội dung phải bổ sung."
    press(Qt.Key.Key_Home, Qt.Key.Key_Space)
    assert page.items.own.problem == ""
    page.reason.rows["reason"].set_value("")
    press(Qt.Key.Key_F12)
    assert page.reason.rows["reason"].problem == "Còn thiếu lý do."
    assert QApplication.focusWidget() is page.reason.rows["reason"].editor
    assert slip_lookup.count(commands.book) == 0


def test_the_paper_is_seen_while_it_is_typed_and_cannot_be_saved_before_it_is_recorded(show, form, qtbot):
    page = show(form)
    assert "chưa ghi" in page.preview.note.text()
    alt("S")
    assert page.giving.strip.text == "Chưa ghi phiếu nên chưa lưu được. Bấm F12 trước."
    drawn = page.preview._data
    page.items.own.editor.setFocus()
    type_text("x")
    qtbot.waitUntil(lambda: page.preview._data != drawn)


def test_a_copy_saved_as_a_file_is_told_to_the_register(show, form, commands, tmp_path, qtbot):
    page = show(form)
    press(Qt.Key.Key_F12)
    page.show_paper(
        page.jobs[0],
        commands.ask(issuing.document_pdf, None, page.jobs[0].kind, document=page.jobs[0].document, now=commands.now()),
    )
    page.chooser.place = tmp_path / "phieu.pdf"
    with qtbot.waitSignal(page.saved) as heard:
        alt("S")
    assert heard.args == [page.jobs[0]]
    assert page.chooser.place.read_bytes().startswith(b"%PDF")


def test_a_second_slip_tells_of_the_first_and_asks_for_another_person(show, form, commands):
    commands.do(slips.give, SlipForm(Kind.SUPPLEMENT, form, "first", ("Giấy chứng sinh",), USUAL_REASON))
    page = show(replace(form, key="again", applicant=replace(form.applicant, id_number="0121 9500 0002")))
    told = said(page)
    assert "Đã lập phiếu 01/PBS-TTPVHCC lúc 09:14 Thứ Hai 23/11/2026: Giấy chứng sinh." in told
    assert "cần một người khác xác nhận" in told
    assert page.reason.text("reason") == ""
    page.reason.rows["reason"].editor.setFocus()
    type_text("lan truoc chua thay")
    press(Qt.Key.Key_F12)
    row = page.reason.rows["confirmed_by"]
    assert row.problem == "Hướng dẫn bổ sung lần hai cần một người khác xác nhận."
    assert [row.editor.itemText(n) for n in range(row.editor.count())] == ["Công chức Quầy 1"]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_F12)
    assert slip_lookup.count(commands.book) == 2


def test_who_confirms_a_second_slip_types_his_password_where_people_sign_in(show, form, commands, with_passwords):
    commands.do(slips.give, SlipForm(Kind.SUPPLEMENT, form, "first", ("Giấy chứng sinh",), USUAL_REASON))
    with_passwords()
    page = show(replace(form, key="again"))
    page.reason.rows["reason"].editor.setFocus()
    type_text("lan truoc chua thay")
    press(Qt.Key.Key_Tab)
    assert page.reason.vouch.isHidden()
    press(Qt.Key.Key_Down, Qt.Key.Key_F12)
    vouch = page.reason.vouch
    assert vouch.problem == "Công chức Quầy 1 phải tự gõ mật khẩu của mình để xác nhận."
    assert QApplication.focusWidget() is vouch.editor
    type_text(SECRETS["minh"])
    press(Qt.Key.Key_F12)
    assert vouch.problem == "Tên hoặc mật khẩu của người xác nhận không đúng."
    assert slip_lookup.count(commands.book, clerk=commands.clerk.short_name) == 1
    type_text(SECRETS["quay1"])
    press(Qt.Key.Key_F12)
    assert slip_lookup.count(commands.book, clerk=commands.clerk.short_name) == 2
    assert vouch.value() == ""


def test_a_refusal_asks_for_its_reason_and_names_the_matter_where_the_catalogue_has_none(show, form, commands):
    page = show(replace(form, procedure="", case=None), Kind.REFUSAL)
    assert page.items.isHidden()
    assert QApplication.focusWidget() is page.reason.rows["request"].editor
    press(Qt.Key.Key_F12)
    assert page.reason.rows["request"].problem == "Ghi nội dung người dân yêu cầu giải quyết."
    type_text("cap ho chieu")
    press(Qt.Key.Key_Tab)
    type_text("khong thuoc tham quyen")
    press(Qt.Key.Key_F12)
    (slip,) = slip_lookup.page(commands.book)
    assert (slip.kind, slip.procedure_name, slip.told) == (Kind.REFUSAL, "cap ho chieu", "khong thuoc tham quyen")


def test_a_refusal_of_a_known_procedure_goes_straight_to_its_reason(show, form):
    page = show(form, Kind.REFUSAL)
    assert page.reason.rows["request"].isHidden()
    assert QApplication.focusWidget() is page.reason.rows["reason"].editor


def test_a_mistake_is_taken_back_within_the_minute(show, form, commands):
    page = show(form)
    press(Qt.Key.Key_F12)
    commands.clock.now += timedelta(seconds=20)
    alt("Z")
    assert slip_lookup.page(commands.book)[0].taken_back
    assert "Phiếu đã hoàn lại" in said(page) and page.undo.isHidden()
    alt("P")
    assert len(page.jobs) == 1


def test_after_the_minute_nothing_is_taken_back(show, form, commands):
    show(form)
    press(Qt.Key.Key_F12)
    commands.clock.now += timedelta(seconds=61)
    alt("Z")
    assert not slip_lookup.page(commands.book)[0].taken_back


def test_the_way_on_and_the_way_back(show, form, qtbot):
    page = show(form)
    page.items.own.editor.setFocus()
    type_text("Giay khac")
    with qtbot.waitSignal(page.left):
        press(Qt.Key.Key_Escape)
    page.begin(Kind.SUPPLEMENT, form)
    assert page.items.items[-1] == "Giay khac"
    page.begin(Kind.SUPPLEMENT, replace(form, key="another"))
    assert page.items.items[-1] != "Giay khac"
    page.begin(Kind.SUPPLEMENT, form)
    press(Qt.Key.Key_F12)
    with qtbot.waitSignal(page.next_wanted) as heard:
        press(Qt.Key.Key_Return)
    assert heard.args == [form.key]
    page.begin(Kind.SUPPLEMENT, form)
    assert page.summary.isHidden() and not page.items.isHidden()


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 390)])
@pytest.mark.parametrize("kind", [Kind.SUPPLEMENT, Kind.REFUSAL])
def test_nothing_is_cut_before_and_after(show, form, nothing_cut, width, height, kind):
    page = show(form, kind, width, height)
    nothing_cut(page.giving)
    page.reason.rows["reason"].set_value("Không thuộc thẩm quyền")
    press(Qt.Key.Key_F12)
    report(page)
    nothing_cut(page.summary)
    nothing_cut(page.giving)
    assert page.summary.recorded.isVisible()


def test_the_reason_of_a_refusal_stands_right_below_its_head(show, form):
    card = show(form, kind=Kind.REFUSAL).findChild(ReasonCard)
    QApplication.processEvents()
    assert card.height() > 200 and card.rows["reason"].y() < 50
