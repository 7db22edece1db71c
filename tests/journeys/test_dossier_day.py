"""The life of a dossier between reception and return, in the real window by keys alone: from the list of the day's
work to the act, its paper, its undo, and back.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from db.vocabulary import DossierStatus, EventKind, WorkingList
from desktop.gui.pages.dossier import DossierPage
from desktop.gui.pages.handover import HandOverPage
from desktop.gui.pages.home import HomePage
from desktop.gui.tiles import Tile
from desktop.office import acts, checking, lists, lookup
from tests.journeys.counter_window import CARD, READING_MS, Counter

CODE = "TN-MT-261123-0001"
E = EventKind


@pytest.fixture
def counter(commune, monday, tmp_path, qtbot) -> Iterator[Counter]:
    desk = Counter(commune, tmp_path / "tray", monday, qtbot)
    qtbot.addWidget(desk.window, before_close_func=lambda _window: qtbot.waitUntil(lambda: desk.program.jobs.is_idle))
    yield desk
    desk.close()


@pytest.fixture
def received(counter) -> Counter:
    """A dossier was taken in and its receipt printed; the page with its code is open."""
    counter.scan(CARD)
    counter.choose_correction()
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Máy in đã nhận đủ 2 bản")
    return counter


def tiles(counter: Counter) -> dict[str, str]:
    """Caption → number of every tile in sight."""
    shown = [tile.accessibleName() for tile in counter.window.findChildren(Tile) if tile.isVisible()]
    return dict(name.removesuffix(" hồ sơ").split(", ") for name in shown)


def focused() -> str:
    return QApplication.focusWidget().accessibleName()


def from_home(counter: Counter, tile: str) -> None:
    """F2, the tile that has the focus, its first dossier."""
    counter.press(Qt.Key.Key_F2)
    assert isinstance(counter.page, HomePage)
    assert focused() == tile
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Return, pause=READING_MS)
    assert isinstance(counter.page, DossierPage)


def test_from_reception_to_the_result_by_keys_alone(received, commune):
    counter = received
    counter.alt("O")
    assert isinstance(counter.page, DossierPage)
    assert focused() == "Chuyển nơi giải quyết"
    counter.press(Qt.Key.Key_Return, pause=READING_MS)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_F12)
    assert lookup.row(commune, CODE).holder == "Tư pháp – hộ tịch"

    counter.now += timedelta(hours=2)
    counter.alt("B")
    counter.type("ban sao giay khai sinh")
    counter.press(Qt.Key.Key_Tab)
    counter.type("chua du giay to")
    counter.press(Qt.Key.Key_F12)
    assert "Đồng hồ dừng" in counter.said()
    counter.alt("Y")
    counter.until_said("Máy in đã nhận 1 bản Mẫu 02")
    assert counter.kinds(CODE) == [E.REGISTER, E.PRINT, E.FORWARD, E.REQUEST_SUPPLEMENT, E.PRINT]

    counter.now += timedelta(days=2)
    from_home(counter, "Chờ bổ sung, 1 hồ sơ")
    assert focused() == "Nhận bổ sung"
    counter.press(Qt.Key.Key_Return, pause=READING_MS)
    counter.press(Qt.Key.Key_F12)
    assert counter.page.findChild(QLabel, "due_at").text() == "Thứ Hai 30/11/2026"
    assert "hẹn ban đầu | 27/11/2026" in counter.said()
    counter.now += timedelta(days=1)
    counter.alt("K")
    counter.type("trich luc")
    counter.press(Qt.Key.Key_F12)
    from_home(counter, "Chờ trả, 1 hồ sơ")
    assert focused() == "Trả kết quả"
    counter.press(Qt.Key.Key_Return, pause=READING_MS)
    assert isinstance(counter.page, HandOverPage)
    assert counter.page.findChild(QLineEdit, "receipt").text() == CODE
    stored = lookup.dossier(commune, CODE)
    assert (stored.row.status, stored.events[-1].note) == (DossierStatus.FINISHED, "trich luc")
    assert checking.verify_chain(commune).holds


def test_a_slip_is_taken_back_and_the_lists_follow(received, commune):
    counter = received
    counter.alt("O")
    counter.alt("K")
    counter.press(Qt.Key.Key_F12)
    counter.press(Qt.Key.Key_F2)
    assert tiles(counter)["Chờ trả"] == "1"
    counter.now += timedelta(seconds=20)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Return, pause=READING_MS)
    assert "còn 40 giây" in counter.said()
    counter.alt("Z")
    assert counter.kinds(CODE)[-2:] == [E.FINISH, E.UNDO]
    counter.press(Qt.Key.Key_F2)
    assert tiles(counter)["Chờ trả"] == "0"
    assert "không còn việc" in counter.said()


def test_each_minute_the_day_moves_on_under_the_same_selection(received, commune):
    counter = received
    counter.press(Qt.Key.Key_F3)
    counter.scan(CARD.replace("012195000002", "012195000003").replace("Ví Dụ", "Mô Phỏng"))
    counter.choose_correction()
    counter.press(Qt.Key.Key_F12)
    counter.until_said("TN-MT-261123-0002")
    counter.now += timedelta(days=4)
    counter.program.heartbeat.tick()
    counter.confirm_the_day()
    counter.press(Qt.Key.Key_F2)
    assert focused() == "Đến hạn hôm nay, 2 hồ sơ"
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Down)
    table = QApplication.focusWidget()
    assert table.current.code == "TN-MT-261123-0002"
    acts.perform(commune, CODE, E.FINISH, {}, clerk="truc", now=counter.now)
    counter.now += timedelta(minutes=1)
    counter.program.heartbeat.tick()
    assert tiles(counter)["Đến hạn hôm nay"] == "1"
    assert table.current.code == "TN-MT-261123-0002"
    counter.now += timedelta(days=3)
    counter.program.heartbeat.tick()
    assert (tiles(counter)["Quá hạn"], tiles(counter)["Cần xin lỗi"]) == ("1", "1")
    counts = {WorkingList.OVERDUE: 1, WorkingList.TO_APOLOGISE: 1, WorkingList.READY: 1}
    assert {name: count for name, count in lists.counts(commune, counter.now).items() if count} == counts


def test_two_who_act_on_one_dossier_the_second_is_told_and_keeps_the_words(received, commune):
    counter = received
    counter.alt("O")
    counter.alt("B")
    counter.type("giay khai sinh")
    counter.press(Qt.Key.Key_Tab)
    counter.type("con thieu")
    counter.now += timedelta(minutes=3)
    acts.perform(commune, CODE, E.FORWARD, {"to": "Phòng Kinh tế"}, clerk="quay1", now=counter.now)
    counter.press(Qt.Key.Key_F12)
    assert "Hồ sơ vừa có việc mới: chuyển nơi giải quyết, lúc 09:17, quay1" in counter.said()
    assert "Chuyển Phòng Kinh tế" in counter.said()
    counter.press(Qt.Key.Key_F12)
    assert counter.kinds(CODE)[-1] is E.REQUEST_SUPPLEMENT
    assert lookup.dossier(commune, CODE).events[-1].payload["facts"]["items"] == ["giay khai sinh"]
