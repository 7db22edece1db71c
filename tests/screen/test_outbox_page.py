"""F8: every closed day and why it is where it is; green only by the hub's signature; no network is no trouble."""

import json
import shutil
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from db.vocabulary import OutboxState
from desktop.gui import outbox_words
from desktop.gui.pages.comparison import ComparisonPage
from desktop.gui.pages.figures_sent import FiguresSentPage
from desktop.gui.pages.outbox import OutboxPage
from desktop.gui.pills import Pill
from desktop.gui.text_window import TextWindow
from desktop.office import outbox
from desktop.sync.protocol import Verdict
from tests.office import upward
from tests.office.upward import DAYS, evening
from tests.screen.posting_desk import ALT, AnsweredOpener, press, stand
from tests.screen.upward_page import Upward
from tests.sync import little_hub

KEY = Qt.Key
S = OutboxState


@pytest.fixture
def up(commands, correction_form, qtbot):
    made = Upward(commands, correction_form, qtbot)
    yield made
    made.desk.close()


@pytest.fixture
def opener(tmp_path):
    stick = tmp_path / "USB"
    stick.mkdir()
    return AnsweredOpener(stick)


@pytest.fixture
def show(up, opener, qtbot):
    """The page in a window of its own, as it stands now."""

    def shown(*, size=(1182, 620)) -> OutboxPage:
        page = OutboxPage(up.commands, up.desk, opener)
        up.commands.changed.connect(page.take)
        stand(page, qtbot, up.desk, size=size)
        return page

    return shown


def said(page) -> str:
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text())


def pills(page) -> list[str]:
    return [pill.word for pill in page.findChildren(Pill) if pill.isVisible()]


def chosen(page) -> tuple[str, int]:
    return f"{page.table.current.day:%d/%m}", page.table.current.revision


def other_history(up, on) -> None:
    """The hub holds another report of a day: a machine that was restored from an old copy sent it."""
    report = up.hub.reports["MT", on]
    up.hub.reports["MT", on] = type(report)(
        **{name: getattr(report, name) for name in report.__struct_fields__}
        | {"code": "K2MW-42XA", "hash": "0" * 64, "total": (9, *report.total[1:])}
    )


def test_without_a_closed_day_the_page_says_what_brings_the_first(show, qtbot):
    page = show()
    assert "Chưa chốt ngày nào." in said(page)
    assert not page.why.isVisible()
    page.strip.setFocus()
    with qtbot.waitSignal(page.closing_wanted):
        press(KEY.Key_T, ALT)


def test_without_a_hub_days_wait_calmly_and_the_settings_are_one_key_away(show, up, qtbot):
    up.live_through(2)
    page = show()
    assert page.strip.tone == "idle"
    assert page.strip.text.startswith("Chưa nối tuyến trên")
    assert pills(page) == ["2 chờ gửi", "Chờ gửi", "Chưa nối"]
    assert outbox_words.note(page.table.current, page._way) == "chưa nối tuyến trên"
    with qtbot.waitSignal(page.enrolment_wanted):
        press(KEY.Key_N, ALT)
    with qtbot.waitSignal(page.enrolment_wanted):
        press(KEY.Key_G, ALT)


def test_what_the_hub_signed_turns_green_and_nothing_before(show, up):
    up.live_through(3)
    with up.hub_on_the_line() as url:
        up.enrol(url)
        page = show()
        assert up.states() == [S.WAITING] * 3
        press(KEY.Key_G, ALT)
        assert page.strip.text == "Đang gửi, chờ tuyến trên xác nhận…"
        up.until_idle()
    assert up.states() == [S.ACKNOWLEDGED] * 3
    assert page.strip.tone == "ok"
    assert page.strip.text == "Tuyến trên đã xác nhận 3 ngày."
    assert pills(page) == ["Tuyến trên đã xác nhận", "Thông"]
    assert "Trung tâm PVHCC tỉnh Lai Châu" in said(page)


def test_a_cable_that_is_out_is_grey_and_says_since_when_and_when_again(show, up):
    up.live_through(2)
    with up.hub_on_the_line() as url:
        up.enrol(url)
    page = show()
    press(KEY.Key_G, ALT)
    up.until_idle()
    assert up.states() == [S.WAITING] * 2
    assert page.strip.tone == "idle"
    assert page.strip.text.startswith("Chưa có mạng: không nối được tới nơi nhận. Còn 2 ngày chờ")
    assert "Chưa có mạng" in pills(page)
    assert "08:00 hôm nay" in said(page)
    assert "rồi thưa dần" in said(page)
    assert "late" not in {pill.property("tone") for pill in page.findChildren(Pill)}


def test_a_day_that_the_hub_does_not_take_is_first_in_focus_and_keeps_no_other(show, up):
    up.live_through(4)
    up.hub.verdicts[DAYS[1]] = Verdict.REJECTED, "Ngày này đơn vị chưa hoạt động"
    with up.hub_on_the_line() as url:
        up.enrol(url)
        page = show()
        press(KEY.Key_G, ALT)
        up.until_idle()
    assert up.states() == [S.ACKNOWLEDGED, S.ACKNOWLEDGED, S.REVIEW, S.ACKNOWLEDGED]
    assert page.strip.tone == "late"
    assert "Chưa mất hồ sơ nào ở máy này." in page.strip.text
    page.focus_first()
    assert chosen(page) == ("24/11", 1)
    assert "Ngày này đơn vị chưa hoạt động." in said(page)
    assert "chưa mất hồ sơ nào ở máy này" in said(page)
    press(KEY.Key_S, ALT)
    assert page.strip.text == "Chỉ so được ngày mà tuyến trên đang giữ một bản khác."


def test_the_newest_day_is_in_focus_where_nothing_needs_a_person(show, up):
    up.live_through(3)
    assert chosen(show()) == ("25/11", 1)


def test_two_histories_of_a_day_are_compared_figure_by_figure(show, up, commands, qtbot):
    up.live_through(2)
    with up.hub_on_the_line() as url:
        up.enrol(url)
        up.send()
        other_history(up, DAYS[0])
        up.hub.missing = (DAYS[0],)
        up.later(hours=1)
        up.send()
        up.hub.missing = ()
        up.later(hours=1)
        up.send()
    page = show()
    assert chosen(page) == ("23/11", 1)
    assert outbox_words.note(page.table.current, page._way) == "tuyến trên giữ bản khác"
    with qtbot.waitSignal(page.comparison_wanted) as asked:
        press(KEY.Key_S, ALT)
    beside = ComparisonPage(commands)
    stand(beside, qtbot, up.desk)
    beside.show_row(asked.args[0])
    rows = [beside.table.records.record(n) for n in range(beside.table.records.rowCount())]
    assert [(row.ours, row.theirs) for row in rows if row.name.startswith("(3)")] == [("1", "9")]
    assert beside.table.current.name == "(3) Tiếp nhận"
    assert beside.strip.text.startswith("1 trên 11 con số khác nhau: tuyến trên đang giữ một lịch sử khác")
    assert "không bên nào bị ghi đè" in said(beside).lower()


def test_a_stick_carries_days_up_and_their_acknowledgement_back(show, up, opener):
    up.live_through(3)
    with up.hub_on_the_line() as url:
        up.enrol(url)
    page = show()
    press(KEY.Key_U, ALT)
    up.until_idle()
    assert up.states() == [S.COPIED] * 3
    assert page.strip.tone == "soon"
    assert "Chưa phải đã gửi" in page.strip.text
    assert "3 trên USB" in pills(page)
    (packet,) = opener.answer.iterdir()
    (opener.answer / "tra-loi").write_bytes(up.hub.take(packet.read_bytes()))
    press(KEY.Key_X, ALT)
    up.until_idle()
    assert up.states() == [S.ACKNOWLEDGED] * 3
    assert (page.strip.tone, page.strip.text) == ("ok", "Tuyến trên đã xác nhận 3 ngày.")
    press(KEY.Key_X, ALT)
    up.until_idle()
    assert (page.strip.tone, page.strip.text) == ("idle", "Tệp xác nhận này đã đọc rồi; không có gì mới.")


def test_one_file_of_a_stick_is_read_alone(show, up, opener):
    up.live_through(2)
    with up.hub_on_the_line() as url:
        up.enrol(url)
    page = show()
    press(KEY.Key_U, ALT)
    up.until_idle()
    stick = opener.answer
    (packet,) = stick.iterdir()
    (stick / "anh cuoi.jpg").write_bytes(up.hub.take(packet.read_bytes()))
    (stick / "xac-nhan.motcua").write_bytes(b"motcua packet 1 hong")
    opener.answer = packet
    press(KEY.Key_M, ALT)
    up.until_idle()
    assert (page.strip.tone, up.states()) == ("soon", [S.COPIED] * 2)
    assert "không phải xác nhận" in page.strip.text
    opener.answer = stick / "anh cuoi.jpg"
    press(KEY.Key_M, ALT)
    up.until_idle()
    assert (page.strip.tone, page.strip.text) == ("ok", "Tuyến trên đã xác nhận 2 ngày.")
    assert (up.states(), opener.begun) == ([S.ACKNOWLEDGED] * 2, stick)


def test_a_stick_that_is_pulled_or_holds_rubbish_loses_nothing(show, up, opener):
    up.live_through(2)
    with up.hub_on_the_line() as url:
        up.enrol(url)
    page = show()
    (opener.answer / "xac-nhan.motcua").write_bytes(b"motcua packet 1 hong")
    press(KEY.Key_X, ALT)
    up.until_idle()
    assert page.strip.tone == "soon"
    assert page.strip.text.startswith("xac-nhan.motcua: ")
    shutil.rmtree(opener.answer)
    for key in (KEY.Key_U, KEY.Key_X):
        page.strip.hush()
        press(key, ALT)
        up.until_idle()
        assert page.strip.tone in ("soon", "late")
        assert page.strip.text
    assert up.states() == [S.WAITING] * 2


def test_a_person_who_gives_up_the_file_dialog_changes_nothing(show, up, opener):
    up.live_through(1)
    page = show()
    opener.answer = None
    press(KEY.Key_U, ALT)
    assert not up.desk.is_busy
    assert page.strip.text.startswith("Chưa nối tuyến trên")


def test_every_figure_that_goes_up_is_shown_and_its_very_text(show, up, commands, qtbot):
    up.live_through(1)
    page = show()
    with qtbot.waitSignal(page.figures_wanted) as asked:
        press(KEY.Key_Return)
    row = asked.args[0]
    figures = FiguresSentPage(commands)
    stand(figures, qtbot, up.desk)
    figures.show_row(row)
    model = figures.table.grid.model()
    assert [model.data(model.index(n, 1)) for n in range(model.rowCount())] == ["Hộ tịch: 1.004859", "Tổng cộng"]
    press(KEY.Key_V, ALT)
    (window,) = figures.findChildren(TextWindow)
    text = window.findChild(QPlainTextEdit).toPlainText()
    assert json.loads(text) == outbox.body(up.book, row)
    assert "Vàng Thị Ví Dụ" not in text
    window.close()


def test_on_a_narrow_screen_tab_leads_to_why_the_page_following(show, up):
    up.live_through(1)
    page = show(size=(855, 372))
    assert page.why.visibleRegion().boundingRect().height() < 60
    press(KEY.Key_Tab)
    assert page.why.hasFocus()
    assert page.why.visibleRegion().boundingRect().height() >= min(page.why.height(), 120)
    press(KEY.Key_Tab)
    assert page.way.hasFocus()


def test_what_is_sent_in_the_background_shows_on_the_page_and_says_nothing(show, up):
    up.live_through(2)
    with up.hub_on_the_line() as url:
        up.enrol(url)
        page = show()
        up.desk.begin()
        up.until_idle()
        assert up.states() == [S.ACKNOWLEDGED] * 2
        assert page.table.current.state is S.ACKNOWLEDGED
        assert page.strip.text == ""
        assert up.told == []


def test_what_was_said_of_a_dead_line_goes_when_the_rows_turn_green(show, up):
    up.live_through(1)
    with up.hub_on_the_line() as url:
        up.enrol(url)
    page = show()
    press(KEY.Key_G, ALT)
    up.until_idle()
    assert page.strip.text.startswith("Chưa có mạng")
    with up.hub_on_the_line() as url:
        up.enrol(url)
        up.desk.begin()
        up.until_idle()
    assert up.states() == [S.ACKNOWLEDGED]
    assert page.strip.text == ""


def test_a_report_that_is_on_its_way_is_seen_while_the_hub_thinks(show, up, qtbot):
    up.live_through(1)
    seen = threading.Event()
    with little_hub.serving(lambda path, packet: seen.wait(20) and up.hub.answer(path, packet)) as url:
        seen.set()
        up.enrol(url)
        seen.clear()
        page = show()
        press(KEY.Key_G, ALT)
        qtbot.waitUntil(lambda: {"1 đang gửi", "Đang gửi"} <= set(pills(page)), timeout=15_000)
        seen.set()
        up.until_idle()
    assert page.strip.text == "Tuyến trên đã xác nhận 1 ngày."


def test_a_row_that_was_on_its_way_when_the_program_died_waits_again(show, up):
    up.live_through(1)
    from db import outbox as stored

    with up.book.write():
        stored.change(up.book, outbox.rows(up.book)[0].seq, state=S.SENDING)
    up.desk.begin()
    up.until_idle()
    assert up.states() == [S.WAITING]


def test_whoever_stops_a_send_goes_on_at_once(show, up, qtbot):
    up.live_through(1)
    with up.hub_on_the_line() as url:
        up.enrol(url)
    page = show()
    up.desk.send()
    press(KEY.Key_H, ALT)
    assert not up.desk.is_busy
    assert page.strip.text == ""
    up.until_idle()
    assert up.told == []


@pytest.mark.parametrize("size", [(1182, 620), (855, 372), (627, 272)], ids=["100%", "150%", "200%"])
def test_nothing_is_cut_at_100_150_and_200_percent(show, up, nothing_cut, size):
    up.live_through(5)
    up.hub.verdicts[DAYS[1]] = Verdict.REJECTED, "Ngày này đơn vị chưa hoạt động"
    with up.hub_on_the_line() as url:
        up.enrol(url)
        up.send()
    upward.work(up.book, up.form, DAYS[5])
    upward.close(up.book, DAYS[5])
    up.commands.clock.now = evening(DAYS[6])
    page = show(size=size)
    nothing_cut(page)
    assert page.width() == size[0]
