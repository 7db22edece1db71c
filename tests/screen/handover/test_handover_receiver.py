"""Trả kết quả: who takes the result, and what follows the return: slip, paper, question."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.vocabulary import DossierStatus, EventKind, ResultBy
from desktop.office import acts, counter, lookup
from desktop.rules.intake import Person, Principal
from tests.screen.handover_counter import (
    OTHER,
    OWN,
    alt,
    focus,
    handed,
    press,
    receipt,
    said,
)


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


def test_the_card_of_one_who_was_announced_is_no_mistake(page, commands, ready):
    page.take_receipt(receipt(commands, ready()))
    alt("2")
    page.take_card(OTHER)
    assert "Thẻ quét không khớp" not in said(page)
    assert "Số định danh lấy từ thẻ quét" in said(page)
    assert focus() == "relation"


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


def test_esc_goes_back_and_keeps_what_was_ticked_and_typed(page, commands, ready, qtbot):
    page.take_receipt(receipt(commands, ready()))
    page.take_card(OWN)
    press(Qt.Key.Key_Space)
    page.receiver.rows["note"].set_value("hen chieu lay")
    with qtbot.waitSignal(page.left):
        press(Qt.Key.Key_Escape)
    assert page.receiver.checks["face"].is_ticked
    assert page.receiver.rows["note"].value() == "hen chieu lay"
    page.focus_first()
    assert focus() == "give"
    press(Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    assert page._case is None
    assert focus() == "receipt"


def test_enter_goes_from_field_to_field_and_adds_no_relation(page, commands, ready):
    page.take_receipt(receipt(commands, ready()))
    page.take_card(OTHER)
    relation = page.receiver.rows["relation"].editor
    known = relation.count()
    QTest.keyClicks(QApplication.focusWidget(), "Chau")
    press(Qt.Key.Key_Return)
    assert relation.count() == known
    assert focus() == "face"
    press(Qt.Key.Key_Return)
    assert focus() == "authority"
    assert not page.receiver.checks["face"].is_ticked
