"""Trả kết quả: what is found, what a receipt is worth, what must be compared before the result may leave."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.vocabulary import DossierStatus, EventKind, ResultBy
from desktop.gui.consequences import ConsequenceRow
from desktop.office import acts, lookup
from tests.screen.handover_counter import (
    OTHER,
    OWN,
    alt,
    focus,
    handed,
    press,
    receipt,
    said,
    settle,
)


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


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 272)])
def test_what_followed_is_whole_and_on_a_narrow_window_side_by_side(
    page, commands, ready, nothing_cut, qtbot, width, height
):
    page.resize(width, height)
    page.take_receipt(receipt(commands, ready()))
    page.take_card(OWN)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: "Máy in đã nhận giấy biên nhận" in said(page))
    settle()
    recorded, printed = page.findChildren(ConsequenceRow)
    assert (recorded.y() == printed.y()) is (width < 1000)
    nothing_cut(page)


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
