"""The strip under every page never makes a window wider, and the rail never a screen higher than it is."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.gui.page import Destination, Page
from desktop.gui.rail import Rail
from desktop.gui.status import Status, StatusItem, StatusStrip

FACTS = (
    Status("lan-disconnect", "Mạng: mất từ 07:42, quầy vẫn làm bình thường", page="outbox", short="Mất mạng"),
    Status("inbox-arrow-up-outline", "Hộp gửi: 9 ngày chờ gửi", "soon", "outbox", "9 chờ gửi", 9),
    Status("content-save-check-outline", "Sao lưu: 06:58 hôm nay, đã thử mở lại", short="06:58 hôm nay"),
    Status("calendar-check", "Lịch nghỉ 2026: đã xác nhận", short="Lịch 2026"),
    Status("printer-outline", "Máy in: Canon LBP2900", short="Canon LBP2900"),
    Status("account-outline", "Lò Thị Trực – Quầy 2", short="Lò Thị Trực"),
)


@pytest.fixture
def strip(qtbot):
    window = QWidget()
    shown = StatusStrip(practice=False)
    shown.setParent(window)
    qtbot.addWidget(window)
    window.resize(1700, 28)
    shown.resize(1700, 28)
    shown.show_statuses(FACTS)
    with qtbot.waitExposed(window):
        window.show()
    yield shown


def said(strip) -> list[str]:
    return [label.text() for label in strip.findChildren(QLabel) if label.isVisible()]


def test_where_there_is_room_every_fact_is_whole(strip):
    assert said(strip) == [fact.words for fact in FACTS]


def test_calm_facts_are_shortened_from_the_right_and_what_needs_somebody_last(strip, qtbot, nothing_cut):
    whole = [fact.words for fact in FACTS]
    for width in range(1650, 800, -50):
        strip.resize(width, 28)
        now = said(strip)
        shortened = [number for number, words in enumerate(now) if words != whole[number]]
        calm = [number for number in shortened if number != 1]
        assert calm == [0, 2, 3, 4, 5][len(FACTS) - 1 - len(calm) :]
        assert 1 not in shortened or len(calm) == len(FACTS) - 1
        nothing_cut(strip)


def test_on_the_narrowest_screen_calm_facts_keep_icon_and_tooltip(strip, nothing_cut):
    strip.fold(True)
    strip.resize(480, 28)
    nothing_cut(strip)
    assert "9 chờ gửi" in said(strip)
    assert "Lò Thị Trực" not in said(strip)
    assert [item.toolTip() for item in strip.findChildren(StatusItem) if item.isVisible()] == [
        fact.words for fact in FACTS
    ]
    assert strip.minimumSizeHint().width() == 0


def test_nine_pages_fit_the_rail_of_the_lowest_screen(qtbot):
    places = [Destination(f"page{n}", f"Trang {n}", "home-outline", f"F{n}", Page) for n in range(1, 10)]
    rail = Rail(places, "xã Mường Than", practice=False)
    qtbot.addWidget(rail)
    rail.fold(True)
    rail.show_counts({"page8": 12})
    assert rail.minimumSizeHint().height() <= 348
