"""Trả kết quả: what a receipt is, who stands there, what must be compared, and what is recorded of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from db.vocabulary import DossierStatus, EventKind, ResultBy
from desktop.gui.jobs import Jobs
from desktop.gui.pages.handover import HandOverPage
from desktop.gui.printing import FilePrinter
from desktop.gui.rating_desk import RatingDesk
from desktop.office import acts, counter, lookup
from desktop.rules import citizen_id
from desktop.rules.intake import Person, Principal

OWN = citizen_id.parse("012195000002||Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai, Mường Mít, Lai Châu|05062022")
OTHER = citizen_id.parse("012087000001|045000123|Lò Văn Thử|15031987|Nam|Bản Mẫu Một, Phúc Than, Lai Châu|20082021")


@pytest.fixture
def page(commands, qtbot, tmp_path):
    jobs = Jobs()
    (tmp_path / "tray").mkdir()
    desk = RatingDesk(commands, _host(qtbot))
    window = HandOverPage(commands, jobs, FilePrinter(tmp_path / "tray" / "printed.pdf", "Canon LBP2900"), desk)
    window.resize(1182, 620)
    commands.changed.connect(window.take)
    qtbot.addWidget(window, before_close_func=lambda _page: qtbot.waitUntil(lambda: jobs.is_idle))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.focus_first()
    yield window
    desk.close()


def _host(qtbot):
    host = QLabel("counter")
    qtbot.addWidget(host)
    with qtbot.waitExposed(host):
        host.show()
    return host


@pytest.fixture
def ready(commands, take_in):
    """Take a dossier in and finish it ``days`` before now; gives its code."""

    def make(name: str = "Vàng Thị Ví Dụ", *, minutes: int = -60, **changed) -> str:
        code = take_in(name, minutes=minutes, **changed)
        at = commands.now() + timedelta(minutes=minutes + 1)
        acts.perform(commands.book, code, EventKind.FINISH, {}, clerk="truc", now=at)
        return code

    return make


def receipt(commands, code: str, version: int = 1) -> str:
    papers = commands.ask(lookup.dossier, code).documents
    return next(paper.content["qr_text"] for paper in papers if paper.version == version)


def said(page) -> str:
    QApplication.processEvents()
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text())


def press(key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    assert QApplication.focusWidget() is not None
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def alt(key: str) -> None:
    press(getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.AltModifier)


def focus() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def handed(commands, code: str) -> dict | None:
    events = commands.ask(lookup.dossier, code).events
    return next((event.payload["facts"] for event in events if event.event is EventKind.HAND_OVER), None)


def test_an_empty_desk_lists_what_waits_longest_first(page, ready):
    ready("Lò Văn Thử", minutes=-10)
    ready("Vàng Thị Ví Dụ", minutes=-5)
    ready("Giàng Thị Giả Định", minutes=-2)
    page.refresh()
    assert "3 hồ sơ chờ trả, lâu nhất trước" in said(page)
    names = [page.receipt.table.records.record(row).applicant for row in range(3)]
    assert names == ["Lò Văn Thử", "Vàng Thị Ví Dụ", "Giàng Thị Giả Định"]
    assert focus() == "receipt"


def test_nothing_to_fetch_is_said_as_a_fact(page):
    page.refresh()
    assert "Không có kết quả nào chờ người dân đến nhận." in said(page)


def test_scan_card_face_and_f12(page, commands, ready, qtbot):
    code = ready()
    page.take_receipt(receipt(commands, code))
    assert "Giấy thật, bản đang dùng." in said(page)
    assert "Trước hạn 3 ngày làm việc" in said(page)
    page.take_card(OWN)
    assert "Thẻ quét khớp số định danh trên hồ sơ" in said(page)
    assert focus() == "face"
    press(Qt.Key.Key_Space)
    assert focus() == "give"
    press(Qt.Key.Key_F12)
    assert commands.ask(lookup.row, code).status is DossierStatus.HANDED_OVER
    assert handed(commands, code) == {
        "to": "Vàng Thị Ví Dụ",
        "id_number": "012195000002",
        "by": "counter",
        "checked": "card",
        "receipt": "scanned",
        "items": ["Trích lục thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc"],
    }
    assert focus() == "next"
    qtbot.waitUntil(lambda: "Máy in đã nhận giấy biên nhận" in said(page))
    assert "Đã trả cho Vàng Thị Ví Dụ" in said(page)


def test_f12_too_early_counts_what_is_left_and_leads_there(page, commands, ready):
    code = ready()
    page.take_receipt(receipt(commands, code))
    press(Qt.Key.Key_F12)
    assert "Còn 2 chỗ phải xem trước khi trả." in said(page)
    assert focus() == "identity"
    assert handed(commands, code) is None


def test_f12_with_nothing_on_the_desk_says_so(page):
    press(Qt.Key.Key_F12)
    assert "Quét giấy hẹn hoặc chọn một hồ sơ chờ trả trước." in said(page)


def test_another_persons_card_is_said_and_becomes_the_one_who_fetches(page, commands, ready):
    code = ready()
    page.take_receipt(receipt(commands, code))
    page.take_card(OTHER)
    assert "Thẻ quét không khớp số định danh trên hồ sơ." in said(page)
    assert focus() == "relation"
    press(Qt.Key.Key_F12)
    assert handed(commands, code) is None
    press(Qt.Key.Key_Down)
    for name in ("face", "authority"):
        page.receiver.checks[name].tick.setFocus()
        press(Qt.Key.Key_Space)
    assert focus() == "give"
    press(Qt.Key.Key_F12)
    facts = handed(commands, code)
    assert (facts["to"], facts["id_number"], facts["relation"], facts["checked"]) == (
        "Lò Văn Thử",
        "012087000001",
        "Vợ, chồng",
        "card",
    )


def test_a_strangers_card_never_passes_for_the_applicants(page, commands, ready):
    page.take_receipt(receipt(commands, ready()))
    page.take_card(OTHER)
    alt("1")
    assert not page.receiver.checks["identity"].is_ticked
    assert "Thẻ quét không khớp" not in said(page)
    page.receiver.checks["face"].tick.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F12)
    assert "Còn 1 chỗ" in said(page)


def test_the_principal_may_fetch_what_was_handed_in_for_them(page, commands, ready):
    principal = Principal(name="Lò Văn Thử", id_number="012087000001", authority_paper="Giấy ủy quyền")
    code = ready(principal=principal)
    page.take_receipt(receipt(commands, code))
    page.take_card(OTHER)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F12)
    facts = handed(commands, code)
    assert (facts["to"], facts["relation"]) == ("Lò Văn Thử", "Người được nộp hồ sơ thay")


def test_a_dossier_without_a_number_says_that_nothing_can_be_compared(page, commands, correction_form):
    child = Person(name="Vàng Thị Ví Dụ", birth_date="2020-11-02", residence="Bản Mẫu Hai", phone="0987000001")
    code = commands.do(counter.register, replace(correction_form, applicant=child)).code
    commands.do(acts.perform, code, EventKind.FINISH, {})
    page.take_receipt(receipt(commands, code))
    page.take_card(OTHER)
    assert "Hồ sơ không ghi số định danh để so với thẻ." in said(page)


def test_a_typed_code_asks_to_look_at_the_receipt(page, commands, ready):
    code = ready()
    page.receipt.field.set_value(code)
    press(Qt.Key.Key_Return)
    assert "giấy hẹn chưa quét" in said(page)
    for name in ("identity", "face", "receipt_seen"):
        page.receiver.checks[name].tick.setFocus()
        press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F12)
    facts = handed(commands, code)
    assert (facts["receipt"], facts["checked"]) == ("seen", "paper")


def test_a_lost_receipt_needs_a_reason(page, commands, ready):
    code = ready()
    alt("G")
    page.receipt.field.set_value("vang thi")
    press(Qt.Key.Key_Return)
    page.take_card(OWN)
    press(Qt.Key.Key_Space)
    assert focus() != "give"
    press(Qt.Key.Key_F12)
    assert "Ghi một dòng vì sao không có giấy hẹn" in said(page)
    assert focus() == "reason"
    QTest.keyClicks(QApplication.focusWidget(), "bi mat o nha")
    press(Qt.Key.Key_F12)
    facts = handed(commands, code)
    assert (facts["receipt"], facts["note"]) == ("missing", "bi mat o nha")


def test_alt_g_turns_a_typed_code_into_a_lost_receipt_and_back(page, ready):
    page.show_dossier(ready())
    alt("G")
    assert focus() == "reason"
    assert "Không có giấy hẹn" in said(page)
    alt("G")
    assert "Đã xem giấy hẹn của người nhận" in said(page)


def test_a_card_alone_finds_what_waits_for_its_bearer(page, ready):
    code = ready()
    page.take_card(OWN)
    assert page._case.row.code == code
    assert page.receiver.checks["identity"].is_ticked
    page.start_next()
    page.take_card(OTHER)
    assert "không có kết quả nào chờ trả" in said(page)


def test_a_superseded_receipt_is_named_as_such(page, commands, ready):
    code = ready()
    old = receipt(commands, code)
    commands.do(
        acts.perform, code, EventKind.CORRECT, {"note": "ghi nhầm số", "set": {"applicant.phone": "0987000009"}}
    )
    page.take_receipt(old)
    assert "Giấy này đã bị thay bằng bản 2 ngày 23/11." in said(page)
    page.take_receipt(receipt(commands, code, version=2))
    assert "Giấy thật, bản đang dùng." in said(page)


def test_a_forged_receipt_puts_nothing_on_the_desk(page, commands, ready):
    text = receipt(commands, ready())
    page.take_receipt(text)
    last = "1" if text[-1] != "1" else "2"
    page.take_receipt(text[:-1] + last)
    assert "Không phải giấy của xã hoặc đã bị sửa." in said(page)
    assert page._case is None


def test_a_receipt_of_an_unknown_key_is_looked_at_by_a_person(page, commands, ready):
    code = ready()
    text = receipt(commands, code)
    key = text.split(" MC1 ")[1].split()[0]
    page.take_receipt(text.replace(key, f"{(int(key) + 1) % 10**8:08d}"))
    assert "Chữ ký bằng khóa chưa có trên máy này." in said(page)
    assert "Đã xem giấy hẹn của người nhận" in said(page)


def test_what_is_not_ready_says_why_and_shows_the_way(page, commands, take_in, qtbot):
    code = take_in()
    page.take_receipt(receipt(commands, code))
    assert "Chưa có kết quả. Hẹn 17:00 27/11." in said(page)
    press(Qt.Key.Key_F12)
    assert handed(commands, code) is None
    with qtbot.waitSignal(page.dossier_wanted) as wanted:
        alt("O")
    assert wanted.args == [code]


def test_a_paused_dossier_says_that_its_clock_stands(page, commands, take_in):
    code = take_in()
    commands.do(acts.perform, code, EventKind.REQUEST_SUPPLEMENT, {"note": "thiếu bản sao"})
    page.show_dossier(code)
    assert "Chưa có kết quả. Chờ bổ sung." in said(page)


def test_a_second_fetch_is_told_who_fetched_before(page, commands, ready):
    code = ready()
    commands.do(acts.perform, code, EventKind.HAND_OVER, {"to": "Lò Văn Thử", "by": ResultBy.COUNTER})
    page.take_receipt(receipt(commands, code))
    assert "Đã trả lúc 09:14 23/11/2026 cho Lò Văn Thử." in said(page)


def test_by_post_a_tracking_number_is_asked_and_nobody_is_rated(page, commands, ready):
    code = ready(result_by=ResultBy.POST)
    page.show_dossier(code)
    assert page.receiver.who == "post"
    press(Qt.Key.Key_F12)
    assert focus() == "tracking"
    QTest.keyClicks(QApplication.focusWidget(), "EE123456789VN")
    page.receiver.checks["address"].tick.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F12)
    facts = handed(commands, code)
    assert (facts["by"], facts["tracking"], facts["to"]) == ("post", "EE123456789VN", "Vàng Thị Ví Dụ")
    assert "receipt" not in facts and "checked" not in facts
    assert "Người dân không ở quầy nên không hỏi." in said(page)


def test_online_needs_no_number(page, commands, ready):
    code = ready(result_by=ResultBy.ONLINE)
    page.show_dossier(code)
    page.receiver.checks["sent"].tick.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F12)
    assert handed(commands, code)["by"] == "online"


def test_the_receivers_are_chosen_by_keys(page, commands, ready):
    page.take_receipt(receipt(commands, ready()))
    for number, who in enumerate(("self", "other", "post", "online"), start=1):
        alt(str(number))
        assert page.receiver.who == who


def test_another_desk_that_was_quicker_is_told_and_nothing_is_recorded_twice(page, commands, ready):
    code = ready()
    page.take_receipt(receipt(commands, code))
    page.take_card(OWN)
    press(Qt.Key.Key_Space)
    acts.perform(commands.book, code, EventKind.HAND_OVER, {"to": "Lò Văn Thử"}, clerk="quay1", now=commands.now())
    press(Qt.Key.Key_F12)
    assert "Hồ sơ vừa có việc mới" in said(page)
    assert "Đã trả lúc 09:14 23/11/2026 cho Lò Văn Thử." in said(page)


def test_a_slip_is_taken_back_within_the_minute(page, commands, ready):
    code = ready()
    page.take_receipt(receipt(commands, code))
    page.take_card(OWN)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F12)
    alt("Z")
    assert commands.ask(lookup.row, code).status is DossierStatus.FINISHED
    assert "Đã hoàn lại: kết quả chưa trả." in said(page)
    assert not page.receiver.checks["identity"].is_ticked


def test_after_the_minute_it_stays(page, commands, ready):
    code = ready()
    page.take_receipt(receipt(commands, code))
    page.take_card(OWN)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F12)
    commands.clock.now += timedelta(minutes=2)
    alt("Z")
    assert "Đã quá một phút" in said(page)
    assert commands.ask(lookup.row, code).status is DossierStatus.HANDED_OVER


def test_a_printer_that_fails_is_said_and_the_return_stands(page, commands, ready, tmp_path, qtbot):
    code = ready()
    (tmp_path / "tray").rmdir()
    page.take_receipt(receipt(commands, code))
    page.take_card(OWN)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: "Chưa in được" in said(page))
    assert commands.ask(lookup.row, code).status is DossierStatus.HANDED_OVER
    (tmp_path / "tray").mkdir()
    alt("P")
    qtbot.waitUntil(lambda: "Máy in đã nhận giấy biên nhận" in said(page))


def test_without_the_tick_nothing_is_printed(page, commands, ready):
    code = ready()
    page.take_receipt(receipt(commands, code))
    page.take_card(OWN)
    alt("I")
    press(Qt.Key.Key_F12)
    page.receiver.checks["face"].tick.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F12)
    assert "Chưa in giấy biên nhận" in said(page)


def test_the_clerk_sees_that_somebody_answered_and_not_what(page, commands, ready, qtbot):
    code = ready()
    page.take_receipt(receipt(commands, code))
    page.take_card(OWN)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F12)
    alt("Y")
    assert "Đang hỏi người dân" in said(page)
    page.afterwards._desk._window._choose(5, by_key=False)
    assert "Người dân đã cho ý kiến." in said(page)
    assert "Rất hài lòng" not in said(page)
    page.start_next()
    assert "Người dân đã cho ý kiến." not in said(page)


def settle() -> None:
    """Lines that wrap tell their height to each part above them, one turn of the event loop after the other."""
    for _turn in range(8):
        QApplication.processEvents()


@pytest.mark.parametrize("width", [1182, 855, 627])
def test_nothing_is_cut_and_nothing_scrolls_sideways(page, commands, ready, nothing_cut, width):
    page.resize(width, 620)
    settle()
    nothing_cut(page)
    page.take_receipt(receipt(commands, ready("Nguyễn Thị Hoàng Phương Thảo Ắ Ễ Ộ Ữ Ỵ")))
    settle()
    nothing_cut(page)
    page.take_card(OTHER)
    press(Qt.Key.Key_F12)
    settle()
    nothing_cut(page)
    assert page.width() == width
