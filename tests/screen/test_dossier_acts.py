"""Acts on a dossier by keyboard alone: what may be done, its few fields, what is refused, what can be taken back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from db.vocabulary import DocumentKind, DossierStatus, EventKind
from desktop.gui import icons
from desktop.gui.act_rows import ActRow
from desktop.gui.act_words import LOOKS
from desktop.gui.jobs import Jobs
from desktop.gui.paper_preview import PaperDialog
from desktop.gui.paper_print import PaperPrinter
from desktop.gui.printing import FilePrinter
from desktop.gui.table_view import RecordTable
from desktop.office import lookup, people
from desktop.rules.rights import WORKING
from tests.screen.conftest import SECRETS
from tests.screen.dossier_desk import ESC, F12, TAB, Desk, dossier_desk


@pytest.fixture
def desk(commands, commune, take_in, qtbot) -> Desk:
    return dossier_desk(commands, commune, take_in(printed=True), qtbot)


def test_the_likely_act_has_the_focus_and_the_others_say_why_not(desk):
    assert QApplication.focusWidget().accessibleName() == "Chuyển nơi giải quyết"
    reasons = {row.accessibleName().split(",")[0]: row.accessibleDescription() for row in desk.rows(locked=True)}
    assert reasons["Trả kết quả"] == "vì chưa có kết quả."
    assert reasons["Nhận bổ sung"] == "vì không có yêu cầu bổ sung đang chờ."
    assert len(desk.rows(locked=True)) + len(desk.rows(locked=False)) == len(LOOKS)
    extend = next(row for row in desk.rows(locked=False) if row.accessibleName() == LOOKS[EventKind.EXTEND].words)
    assert extend.accessibleDescription() == "được một lần, chậm nhất hết 26/11/2026"
    desk.alt("T")
    assert "Trả kết quả: vì chưa có kết quả." in desk.said()
    assert desk.page.acts.form is None


def test_every_act_has_an_icon_of_the_set_and_a_key_of_its_own(desk):
    assert all(icons.glyph(look.icon) for look in LOOKS.values())
    keys = [action.shortcut().toString() for action in desk.page.actions()]
    assert {look.key for look in LOOKS.values()} < set(keys)
    assert len(keys) == len(set(keys))


def test_arrows_walk_through_every_act_the_locked_ones_too(desk):
    order = [row.accessibleName() for row in desk.page.findChildren(ActRow)]
    seen = [QApplication.focusWidget().accessibleName()]
    for _row in order[1:]:
        desk.press(Qt.Key.Key_Down)
        seen.append(QApplication.focusWidget().accessibleName())
    assert sorted(seen) == sorted(order)
    assert [name.endswith("chưa làm được") for name in seen] == sorted(name.endswith("chưa làm được") for name in seen)
    desk.press(Qt.Key.Key_Up)
    assert QApplication.focusWidget().accessibleName() == seen[-2]


def test_forwarding_takes_a_place_typed_or_chosen(desk):
    desk.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is desk.field("to")
    desk.press(Qt.Key.Key_Down)
    chosen = desk.field("to").currentText()
    desk.press(TAB)
    desk.type("2")
    desk.press(F12)
    assert desk.events()[-1] is EventKind.FORWARD
    assert (desk.last_facts()["to"], desk.last_facts()["inner_days"]) == (chosen, "2")
    assert f"Chuyển {chosen}" in desk.said()
    assert QApplication.focusWidget().accessibleName() == LOOKS[EventKind.FINISH].words
    desk.alt("L")
    assert f"Hồ sơ đang ở {chosen}." in desk.said()


def test_a_reason_that_is_missing_is_said_beside_its_field_and_nothing_is_recorded(desk):
    desk.alt("B")
    desk.type("Ban sao giay khai sinh")
    desk.press(F12)
    assert "Còn thiếu." in desk.said()
    assert QApplication.focusWidget() is desk.field("note")
    assert EventKind.REQUEST_SUPPLEMENT not in desk.events()
    desk.type("Chua du giay to")
    assert "Còn thiếu." not in desk.said()
    desk.press(F12)
    assert desk.events()[-1] is EventKind.REQUEST_SUPPLEMENT
    assert desk.last_facts() == {"items": ["Ban sao giay khai sinh"], "note": "Chua du giay to"}
    assert "Đồng hồ dừng từ 09:19 Thứ Hai 23/11/2026. Ngày hẹn tính lại khi chạy tiếp." in desk.said()


def test_the_paper_of_an_act_is_one_key_from_the_printer(desk, commands):
    desk.alt("B")
    desk.press(TAB)
    desk.type("Thieu to khai")
    desk.press(F12)
    assert "Đã ghi: yêu cầu bổ sung hồ sơ." in desk.said()
    with desk.qtbot.waitSignal(desk.page.print_requested) as asked:
        desk.alt("Y")
    job = asked.args[0]
    assert (job.code, job.kind, job.size, job.copies) == (desk.code, DocumentKind.SUPPLEMENT, "A4", 1)
    (paper,) = [one for one in lookup.dossier(desk.book, desk.code).documents if one.kind is DocumentKind.SUPPLEMENT]
    assert job.document == paper.id


def test_a_paper_that_the_printer_did_not_take_is_said_and_stays_unprinted(desk, commands, tmp_path):
    jobs = Jobs()
    printing = PaperPrinter(commands, jobs, FilePrinter(tmp_path / "taken away" / "paper.pdf"), desk.page)
    desk.page.print_requested.connect(printing.print_paper)
    printing.finished.connect(desk.page.show_printed)
    desk.alt("B")
    desk.press(TAB)
    desk.type("Thieu to khai")
    desk.press(F12)
    desk.alt("Y")
    desk.qtbot.waitUntil(lambda: "Chưa in được Mẫu 02 – phiếu yêu cầu bổ sung: " in desk.said())
    jobs.finish()
    table = desk.page.findChild(RecordTable)
    papers = [table.records.record(row) for row in range(table.records.rowCount())]
    assert [paper.mark.word for paper in papers if paper.kind is DocumentKind.SUPPLEMENT] == ["chưa in"]
    assert "Chưa in được phiếu yêu cầu bổ sung" in desk.said()


def test_the_paper_can_be_looked_at_before_anything_is_recorded(desk):
    desk.alt("B")
    desk.type("Giay khai sinh")
    desk.alt("W")
    (shown,) = [dialog for dialog in desk.page.findChildren(PaperDialog) if dialog.isVisible()]
    assert shown.windowTitle() == "Xem trước – Yêu cầu bổ sung (Mẫu 02)"
    shown.close()
    assert EventKind.REQUEST_SUPPLEMENT not in desk.events()
    desk.press(ESC)
    desk.alt("H")
    desk.alt("W")
    assert not [dialog for dialog in desk.page.findChildren(PaperDialog) if dialog.isVisible()]


def test_the_list_of_papers_is_not_touched_by_forms_that_open_and_close(desk):
    papers = desk.page.findChild(RecordTable)
    desk.alt("B")
    desk.press(ESC)
    assert papers.current is None


def test_tab_comes_to_the_list_of_acts_once(desk):
    desk.press(TAB)
    assert isinstance(QApplication.focusWidget(), RecordTable)
    desk.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget().accessibleName() == LOOKS[EventKind.FORWARD].words


def test_the_second_request_needs_another_person_who_can_be_chosen(desk, commune, monday):
    people.add(commune, "minh", "Vàng Văn Minh Họa", roles=WORKING, clerk="truc", now=monday)
    for event, facts in ((EventKind.REQUEST_SUPPLEMENT, {"note": "thiếu"}), (EventKind.SUPPLEMENT, {})):
        desk.elsewhere(event, **facts)
    desk.page.refresh()
    assert "cần lý do và một người khác xác nhận" in desk.said()
    desk.alt("B")
    desk.press(TAB)
    desk.type("Van thieu")
    desk.press(F12)
    assert "Yêu cầu bổ sung lần hai cần một người khác xác nhận." in desk.said()
    people_to_choose = desk.field("confirmed_by")
    assert QApplication.focusWidget() is people_to_choose
    assert "Lò Thị Trực" not in [people_to_choose.itemText(row) for row in range(people_to_choose.count())]
    while people_to_choose.currentText() != "Vàng Văn Minh Họa":
        desk.press(Qt.Key.Key_Down)
    desk.press(F12)
    assert desk.last_facts()["confirmed_by"] == "minh"


@pytest.fixture
def second_request(desk, commune, monday, with_passwords):
    """The form of a second request where people sign in, minh chosen to confirm and the focus still there."""
    people.add(commune, "minh", "Vàng Văn Minh Họa", roles=WORKING, clerk="truc", now=monday)
    for event, facts in ((EventKind.REQUEST_SUPPLEMENT, {"note": "thiếu"}), (EventKind.SUPPLEMENT, {})):
        desk.elsewhere(event, **facts)
    with_passwords()
    desk.page.refresh()
    desk.alt("B")
    desk.press(TAB)
    desk.type("Van thieu")
    assert not desk.field("vouch").isVisible(), "nobody is chosen"
    desk.press(TAB)
    while desk.field("confirmed_by").currentText() != "Vàng Văn Minh Họa":
        desk.press(Qt.Key.Key_Down)
    return desk


def test_who_confirms_types_his_own_password_where_people_sign_in(second_request, commune):
    desk, field = second_request, second_request.field("vouch")
    assert field.isVisible() and field.echoMode() == QLineEdit.EchoMode.Password
    desk.press(F12)
    assert "Vàng Văn Minh Họa phải tự gõ mật khẩu của mình để xác nhận." in desk.said()
    assert QApplication.focusWidget() is field
    desk.type(SECRETS["truc"])
    desk.press(F12)
    assert "Tên hoặc mật khẩu của người xác nhận không đúng." in desk.said()
    assert desk.events()[-1] is EventKind.SUPPLEMENT
    desk.type(SECRETS["minh"])
    desk.press(F12)
    assert (desk.last_facts()["confirmed_by"], desk.last_facts()["vouched"]) == ("minh", True)
    assert "Người xác nhận: Vàng Văn Minh Họa, bằng mật khẩu" in desk.said()
    assert set(commune.proved) == {"truc"}


def test_the_password_of_who_confirms_is_not_kept_for_later(second_request):
    desk = second_request
    desk.press(TAB)
    desk.type(SECRETS["minh"])
    desk.press(ESC)
    desk.alt("B")
    form = desk.page.acts.form
    people_to_choose, field = form.rows["confirmed_by"].editor, form.vouch.editor
    assert people_to_choose.currentText() == "Vàng Văn Minh Họa"
    assert field.isVisible() and field.text() == ""
    field.setFocus()
    desk.type(SECRETS["minh"])
    people_to_choose.setFocus()
    while people_to_choose.currentText() == "Vàng Văn Minh Họa":
        desk.press(Qt.Key.Key_Up)
    assert field.isVisible() and field.text() == "", "it was another's"


def test_an_extension_is_judged_by_the_calendar_while_it_is_typed(desk):
    desk.alt("G")
    assert "xin chậm nhất hết ngày 26/11/2026" in desk.said()
    desk.type("28/11/2026")
    assert "Thứ Bảy 28/11/2026: Thứ Bảy, nghỉ hằng tuần." in desk.said()
    desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.type("02/12/2026")
    assert "Thứ Tư 02/12/2026, trước 17:00." in desk.said()
    desk.press(TAB)
    desk.type("Cho xac minh")
    desk.press(F12)
    assert desk.events()[-1] is EventKind.EXTEND
    assert desk.page.findChild(QLabel, "due_at").text() == "Thứ Tư 02/12/2026"
    assert "trước 17:00 – hẹn ban đầu | 27/11/2026" in desk.said()
    first = [label for label in desk.page.findChildren(QLabel) if label.text() == "27/11/2026"]
    assert [label.property("struck") for label in first] == ["true", "true"]
    assert "27/11/2026 | đổi sau khi gia hạn ngày 23/11" in desk.said()
    desk.alt("G")
    assert "Chỉ được hẹn lại một lần (NĐ 118/2025 Điều 19)" in desk.said()


def test_the_office_refuses_a_day_off_beside_the_day(desk):
    desk.alt("G")
    desk.type("29/11/2026")
    desk.press(TAB)
    desk.type("Cho xac minh")
    desk.press(F12)
    assert "Ngày 29/11/2026 là ngày nghỉ; hãy hẹn vào ngày làm việc." in desk.said()
    assert QApplication.focusWidget() is desk.field("to")
    assert EventKind.EXTEND not in desk.events()


def test_esc_closes_the_form_and_loses_nothing(desk):
    desk.alt("B")
    desk.type("Giay khai sinh")
    desk.press(ESC)
    assert desk.page.acts.form is None
    assert isinstance(QApplication.focusWidget(), ActRow)
    desk.alt("B")
    assert desk.field("items").toPlainText() == "Giay khai sinh"
    desk.press(ESC)
    with desk.qtbot.waitSignal(desk.page.left):
        desk.press(ESC)


def test_what_changed_elsewhere_is_told_and_what_was_typed_stays(desk):
    desk.alt("B")
    desk.type("Giay khai sinh")
    desk.press(TAB)
    desk.type("Thieu")
    desk.elsewhere(EventKind.FORWARD, to="Phòng Kinh tế")
    desk.press(F12)
    assert EventKind.REQUEST_SUPPLEMENT not in desk.events()
    assert "Hồ sơ vừa có việc mới: chuyển nơi giải quyết, lúc 09:21, quay1." in desk.said()
    assert "phần bạn gõ vẫn còn" in desk.said()
    assert "Chuyển Phòng Kinh tế" in desk.said()
    assert desk.field("items").toPlainText() == "Giay khai sinh"
    desk.press(F12)
    assert desk.events()[-1] is EventKind.REQUEST_SUPPLEMENT
    assert desk.last_facts()["items"] == ["Giay khai sinh"]


def test_an_act_that_is_no_longer_possible_says_so_and_records_nothing(desk):
    desk.alt("B")
    desk.press(TAB)
    desk.type("Thieu")
    desk.elsewhere(EventKind.FINISH)
    desk.press(F12)
    desk.press(F12)
    assert "Chưa làm được vì hồ sơ đã có kết quả." in desk.said()
    assert desk.events()[-1] is EventKind.FINISH


def test_a_slip_is_taken_back_within_the_minute_and_stays_in_sight_struck(desk, commands):
    desk.alt("K")
    desk.press(F12)
    assert "còn 60 giây" in desk.said()
    commands.clock.now += timedelta(seconds=18)
    desk.qtbot.waitUntil(lambda: "còn 42 giây" in desk.said(), timeout=5000)
    desk.alt("Z")
    assert desk.events()[-2:] == [EventKind.FINISH, EventKind.UNDO]
    assert lookup.row(desk.book, desk.code).status is DossierStatus.RECEIVED
    desk.said()
    (struck,) = [label for label in desk.page.findChildren(QLabel) if label.text() == "Đã có kết quả"]
    assert struck.property("struck") is True
    assert "Nhầm thì hoàn lại" not in desk.said()


def test_after_the_minute_nothing_is_offered_and_nothing_taken_back(desk, commands):
    desk.alt("K")
    desk.press(F12)
    commands.clock.now += timedelta(seconds=61)
    desk.qtbot.waitUntil(lambda: "Nhầm thì hoàn lại" not in desk.said(), timeout=5000)
    desk.alt("Z")
    assert desk.events()[-1] is EventKind.FINISH


def test_fees_and_official_codes_are_read_as_a_clerk_types_them(desk):
    desk.alt("E")
    desk.type("AB/26E-0001234")
    desk.press(TAB)
    desk.type("15.000")
    desk.press(F12)
    assert desk.last_facts() == {"receipt_number": "AB/26E-0001234", "amount": 15000}
    desk.alt("S")
    desk.type("H35-1")
    desk.press(F12)
    assert QApplication.focusWidget() is desk.field("official_code")
    assert "không đúng mẫu mã hồ sơ" in desk.said()
    desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.type("h35.17.28-261123-0001")
    desk.press(F12)
    assert lookup.row(desk.book, desk.code.split(" ")[0]).official_code == "H35.17.28-261123-0001"


def test_f12_twice_records_once(desk):
    desk.alt("K")
    desk.press(F12)
    desk.press(F12)
    assert desk.events().count(EventKind.FINISH) == 1


def test_a_result_is_handed_over_on_its_own_page(desk):
    desk.alt("K")
    desk.press(F12)
    assert QApplication.focusWidget().accessibleName() == LOOKS[EventKind.HAND_OVER].words
    with desk.qtbot.waitSignal(desk.page.hand_over_requested) as asked:
        desk.press(Qt.Key.Key_Return)
    assert asked.args == [desk.code]


def test_another_dossier_begins_with_a_clean_column(desk, take_in):
    desk.alt("K")
    desk.press(F12)
    first = desk.code
    desk.page.show_dossier(take_in("Lò Văn Thử", minutes=20))
    assert "Đã ghi" not in desk.said()
    desk.page.show_dossier(first)
    assert "Đã có kết quả" in desk.said()


def test_what_was_handed_in_is_one_key_away(desk):
    assert "Tờ khai" not in desk.said()
    desk.alt("O")
    assert "Tờ khai" in desk.said()
    desk.alt("O")
    assert "Tiếp nhận" in desk.said()
