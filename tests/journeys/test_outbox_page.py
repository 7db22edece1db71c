"""The way up by keys alone, to a real hub: enrolled, a day goes up by itself, a cable is out, a stick goes instead."""

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.vocabulary import OutboxState
from desktop.gui.pages.home import HomePage
from desktop.gui.pages.outbox import OutboxPage
from desktop.hub import carrying, founding, units
from desktop.office import checking, enrolling, lookup, outbox
from tests.hub import served
from tests.journeys.counter_window import CARD, NEXT_CARD, READING_MS, Counter
from tests.screen.posting_desk import CONTROL, AnsweredOpener

KEY = Qt.Key
S = OutboxState


@pytest.fixture
def stick(tmp_path):
    made = tmp_path / "USB"
    made.mkdir()
    return made


@pytest.fixture
def counter(commune, monday, tmp_path, stick, qtbot) -> Iterator[Counter]:
    desk = Counter(commune, tmp_path / "tray", monday, qtbot, opener=AnsweredOpener(stick))
    qtbot.addWidget(desk.window)
    yield desk
    desk.close()


@pytest.fixture
def hub_home(tmp_path, monday):
    """A hub that knows the commune; ``code`` lies beside it."""
    home = tmp_path / "dau-moi"
    with founding.init(home, now=monday, code="LC", name="Đầu mối Lai Châu") as hub:
        added = units.add(hub, "MT", "xã Mường Than", who="thu", now=monday)
    (tmp_path / "code").write_text(added.enrolment_code)
    return home


def enrol(counter, url: str, code: str) -> None:
    """F9, Alt+9: the address pasted, the code typed as it was read out, F12."""
    counter.press(KEY.Key_F9)
    counter.alt("9")
    QApplication.clipboard().setText(url)
    counter.press(KEY.Key_A, CONTROL)
    counter.press(KEY.Key_V, CONTROL)
    counter.press(KEY.Key_Tab)
    assert counter.focus() == "hub_code"
    counter.type(code.replace("-", " "))
    counter.press(KEY.Key_F12)
    counter.until_said("Đã nối với Đầu mối Lai Châu.")


def receive(counter, card: str) -> None:
    """A citizen comes: card, procedure, papers, F12."""
    counter.press(KEY.Key_F3)
    counter.scan(card)
    counter.choose_correction()
    counter.press(KEY.Key_F12)
    counter.until_said("Máy in đã nhận đủ 2 bản")


def close_the_day(counter, *, days_on: int = 0) -> None:
    """F7, Alt+1, so many days on from the one that was shown last, F12."""
    counter.press(KEY.Key_F7, pause=READING_MS)
    counter.alt("1")
    for _day in range(days_on):
        counter.press(KEY.Key_Right, CONTROL)
    counter.press(KEY.Key_F12)
    counter.until_said(f"Đã chốt lúc {counter.now:%H:%M %d/%m}")


def states(commune) -> list[OutboxState]:
    return [row.state for row in outbox.rows(commune)]


def test_a_day_goes_up_by_itself_and_a_stick_goes_where_no_cable_does(
    counter, commune, hub_home, stick, tmp_path, monday, qtbot
):
    assert "Hộp gửi: chưa nối tuyến trên" in counter.said()
    with served.serve(hub_home) as hub:
        enrol(counter, hub.url, (tmp_path / "code").read_text())
        receive(counter, CARD)
        close_the_day(counter)
        counter.press(KEY.Key_F8, pause=READING_MS)
        assert isinstance(counter.page, OutboxPage)
        counter.until_said("Tuyến trên đã ký xác nhận đúng bản này.")
        assert states(commune) == [S.ACKNOWLEDGED]
        assert "Hộp gửi: không còn ngày nào chờ" in counter.said()
        hub.stop()

    counter.now = monday + timedelta(days=2)
    counter.press(KEY.Key_F2)
    assert isinstance(counter.page, HomePage)
    receive(counter, NEXT_CARD)
    assert lookup.count(commune) == 2
    close_the_day(counter, days_on=2)
    counter.press(KEY.Key_F8, pause=READING_MS)
    counter.until_said("Mạng: mất từ 09:14, quầy vẫn làm bình thường")
    counter.until_said("Hộp gửi: 1 ngày chờ gửi")
    assert states(commune) == [S.WAITING, S.ACKNOWLEDGED]

    counter.alt("U")
    counter.until_said("Chưa phải đã gửi: chờ tệp xác nhận.")
    assert states(commune) == [S.COPIED, S.ACKNOWLEDGED]
    with founding.open_founded(hub_home) as hub:
        (taken,) = carrying.take_files(hub, stick, now=counter.now)
        assert taken.problem is None
    counter.alt("X")
    counter.until_said("Tuyến trên đã xác nhận 1 ngày.")
    assert states(commune) == [S.ACKNOWLEDGED, S.ACKNOWLEDGED]
    counter.press(KEY.Key_Return, pause=READING_MS)
    counter.until_said("Chỉ những con số này rời xã")
    counter.press(KEY.Key_Escape, pause=READING_MS)
    assert isinstance(counter.page, OutboxPage)
    assert checking.verify_chain(commune).holds


def test_the_program_closes_at_once_while_a_hub_that_never_answers_is_asked(commune, monday, tmp_path, hub_home, qtbot):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        desk = Counter(commune, tmp_path / "tray", monday, qtbot)
        qtbot.addWidget(desk.window)
        with served.serve(hub_home) as hub:
            enrol(desk, hub.url, (tmp_path / "code").read_text())
        way = replace(enrolling.line(commune), url=f"http://127.0.0.1:{silent.getsockname()[1]}")
        enrolling.change_line(commune, way, clerk="truc", now=monday)
        receive(desk, CARD)
        close_the_day(desk)
        qtbot.waitUntil(lambda: states(commune) == [S.SENDING])
        receive(desk, NEXT_CARD)
        begun = time.monotonic()
        desk.close()
        assert time.monotonic() - begun < 3
        assert lookup.count(commune) == 2
