"""Nối tuyến trên: the commune meets its hub by one code, over the network or by files, and says whom it believes."""

import threading
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.gui.outbox_desk import OutboxDesk
from desktop.gui.scrolling import Scroller
from desktop.gui.settings_hub import HubSection
from desktop.office import enrolling
from tests.screen.posting_desk import ALT, AnsweredOpener, press, type_in
from tests.sync import little_hub
from tests.sync.little_hub import CODE, LittleHub

KEY = Qt.Key
#: A certificate that is believed beside those of the system is only stored here; TLS is proved in tests/hub.
PEM = """-----BEGIN CERTIFICATE-----
MIIBfTCCASOgAwIBAgIUZ
-----END CERTIFICATE-----
"""


@pytest.fixture
def hub():
    return LittleHub()


@pytest.fixture
def desk(commands):
    made = OutboxDesk(commands)
    yield made
    made.close()


@pytest.fixture
def opener(tmp_path):
    return AnsweredOpener(tmp_path)


@pytest.fixture
def section(commands, desk, opener, qtbot):
    shown = HubSection(commands, desk, opener)
    page = Scroller(shown)
    page.resize(916, 596)
    qtbot.addWidget(page)
    commands.changed.connect(lambda changes: shown.refresh() if changes.settings else None)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    shown.refresh()
    shown.first.setFocus()
    yield shown


def said(section) -> str:
    return " | ".join(label.text() for label in section.findChildren(QLabel) if label.isVisible() and label.text())


def test_a_code_and_an_address_are_all_that_is_needed(section, desk, hub, commune, qtbot):
    assert "Chưa nối." in said(section)
    with little_hub.serving(hub.answer) as url:
        type_in(url)
        press(KEY.Key_Tab)
        type_in(CODE)
        press(KEY.Key_F12)
        assert section.strip.text == "Đang nối với tuyến trên…"
        qtbot.waitUntil(lambda: desk.is_idle, timeout=20_000)
    believed = enrolling.hub(commune)
    assert (believed.name, believed.key) == ("Trung tâm PVHCC tỉnh Lai Châu", hub.key)
    assert enrolling.line(commune).url == url
    assert section.strip.tone == "ok"
    assert section.strip.text.startswith("Đã nối với Trung tâm PVHCC tỉnh Lai Châu.")
    assert "Trung tâm PVHCC tỉnh Lai Châu (H35, số liệu thật)" in said(section)
    assert hub.key[:16] in said(section)


def test_what_is_missing_or_wrong_is_said_beside_its_field(section, desk, commune):
    press(KEY.Key_F12)
    assert section._url.problem.startswith("Ghi địa chỉ nơi nhận")
    type_in("http://tinh.example")
    press(KEY.Key_F12)
    assert section._code.problem == "Ghi mã nối mà tuyến trên cấp cho xã."
    type_in(CODE)
    press(KEY.Key_F12)
    assert "không mã hóa" in section._url.problem
    assert section._url.editor.hasFocus()
    assert not desk.is_busy
    assert enrolling.line(commune).url == ""


def test_a_wrong_code_or_a_dead_line_changes_nothing(section, desk, hub, commune, qtbot):
    with little_hub.serving(hub.answer) as url:
        section._url.set_value(url)
        section._code.set_value("2222-3333-4444-5555")
        press(KEY.Key_F12)
        qtbot.waitUntil(lambda: desk.is_idle, timeout=20_000)
    assert (section.strip.tone, section.strip.text) == ("soon", "Mã nối không đúng hoặc đã hết hạn.")
    press(KEY.Key_F12)
    qtbot.waitUntil(lambda: desk.is_idle, timeout=20_000)
    assert section.strip.text.startswith("Chưa nối được: không nối được tới nơi nhận")
    assert enrolling.hub(commune) is None
    assert section._code.value() == "2222-3333-4444-5555"
    assert section._url.value() == url, "what was typed stays to be mended"
    assert enrolling.line(commune).url == "", "and takes no way away that worked"


def test_without_a_network_a_stick_carries_the_question_and_the_answer(section, desk, hub, commune, opener, qtbot):
    press(KEY.Key_U, ALT)
    assert section._code.problem
    type_in(CODE)
    press(KEY.Key_U, ALT)
    qtbot.waitUntil(lambda: desk.is_idle)
    assert section.strip.tone == "soon"
    assert "Chưa nối." in section.strip.text
    (request,) = opener.answer.glob("*.motcua")
    _, answer = hub.answer("/api/v1/enrolments", request.read_bytes())
    opener.answer = opener.answer / "tra-loi.motcua"
    opener.answer.write_bytes(answer)
    press(KEY.Key_X, ALT)
    qtbot.waitUntil(lambda: desk.is_idle)
    assert section.strip.tone == "ok"
    assert enrolling.hub(commune).key == hub.key


def test_an_answer_that_is_none_is_refused_in_words(section, desk, commune, opener, qtbot):
    for name, content in (("rac.motcua", b"khong phai"), ("mat.motcua", None)):
        opener.answer = opener.answer.parent / name if opener.answer.is_file() else opener.answer / name
        if content is not None:
            opener.answer.write_bytes(content)
        press(KEY.Key_X, ALT)
        qtbot.waitUntil(lambda: desk.is_idle)
        assert section.strip.tone == "soon"
        assert section.strip.text
    assert enrolling.hub(commune) is None


def test_proxy_and_plain_http_are_stored_without_meeting_anybody(section, desk, commune, qtbot):
    section._proxy.focus()
    type_in("http://10.0.0.1:3128")
    section._plain.setFocus()
    press(KEY.Key_Space)
    press(KEY.Key_G, ALT)
    assert section.strip.text == "Đã ghi đường mạng; lần gửi tới dùng ngay."
    way = enrolling.line(commune)
    assert (way.proxy, way.allow_plain) == ("http://10.0.0.1:3128", True)
    section._proxy.focus()
    type_in("khong phai")
    press(KEY.Key_G, ALT)
    assert section._proxy.problem.startswith("Proxy phải có dạng")
    assert enrolling.line(commune).proxy == "http://10.0.0.1:3128"


def test_a_file_that_is_no_certificate_is_refused_and_nothing_stored(section, commune, opener, tmp_path):
    opener.answer = tmp_path / "ca.pem"
    for content in (PEM.encode(), b"\xff\xfe", b""):
        opener.answer.write_bytes(content)
        press(KEY.Key_K, ALT)
        assert section.strip.tone == "soon"
        assert enrolling.line(commune).ca == ""
        assert "chứng chỉ riêng thì chọn tệp PEM" in said(section)


def test_whoever_stops_waiting_goes_on_at_once(section, desk, qtbot):
    section._url.set_value("http://127.0.0.1:9")
    section._code.set_value(CODE)
    press(KEY.Key_F12)
    press(KEY.Key_H, ALT)
    assert not desk.is_busy
    assert not section.strip.isVisible()
    qtbot.waitUntil(lambda: desk.is_idle, timeout=20_000)


def test_an_enrolment_that_was_stopped_enrols_nobody_and_says_nothing(section, desk, hub, commune, qtbot):
    asked, goes_on = Event(), Event()

    def slow(path, packet):
        asked.set()
        goes_on.wait(10)
        return hub.answer(path, packet)

    with little_hub.serving(slow) as url:
        section._url.set_value(url)
        section._code.set_value(CODE)
        press(KEY.Key_F12)
        qtbot.waitUntil(asked.is_set)
        press(KEY.Key_H, ALT)
        goes_on.set()
        qtbot.waitUntil(lambda: desk.is_idle, timeout=20_000)
    assert enrolling.hub(commune) is None
    assert not section.strip.isVisible()


@pytest.mark.parametrize("width", [916, 590, 420])
def test_nothing_is_cut_at_100_150_and_200_percent(section, nothing_cut, width):
    section.window().resize(width, 596)
    nothing_cut(section)
    assert section.width() <= width


def test_a_desk_that_is_closed_begins_nothing_more(desk, commands):
    desk.close()
    desk.gather()
    desk.send_when_due(commands.now())
    assert desk.is_idle


def test_what_ends_in_the_moment_of_closing_is_not_heard(desk, commands, qtbot):
    heard = []
    commands.changed.connect(heard.append)
    desk.begin()
    for thread in threading.enumerate():
        if thread.name == "outside":
            thread.join()
    desk.close()
    qtbot.wait(200)
    assert heard == []
