"""Hôm nay: counts that open their lists, the truth about printing, and what an empty day says."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.changes import Changes
from desktop.gui.empty import EmptyState
from desktop.gui.pages.home import HomePage
from desktop.gui.table_view import RecordTable
from desktop.gui.tiles import Tile


@pytest.fixture
def show_home(commands, qtbot):
    kept = []

    def show(width: int = 1182) -> HomePage:
        page = HomePage(commands)
        kept.append(page)
        page.resize(width, 620)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        page.focus_first()
        return page

    return show


def tiles(page: HomePage) -> list[str]:
    return [tile.accessibleName() for tile in page.findChildren(Tile)]


def listed(page: HomePage) -> RecordTable:
    return next(table for table in page.findChildren(RecordTable) if table.accessibleName() == "Danh sách hồ sơ")


def names(table: RecordTable) -> list[str]:
    return [table.records.record(row).applicant for row in range(table.records.rowCount())]


def test_the_first_day_of_all_points_to_f3(show_home):
    page = show_home()
    assert tiles(page) == [
        "Tiếp nhận hôm nay, 0 hồ sơ",
        "Hẹn trả trong hôm nay, 0 hồ sơ",
        "Chưa in được giấy hẹn, 0 hồ sơ",
    ]
    empty = page.findChild(EmptyState)
    assert empty.isVisible()
    assert empty.accessibleName() == "Chưa có hồ sơ nào. Bấm F3 để tiếp nhận hồ sơ đầu tiên."


def test_every_count_opens_exactly_its_list(show_home, take_in, qtbot):
    take_in("Lò Văn Thử", printed=True)
    take_in("Vàng Thị Ví Dụ", minutes=5, printed=False)
    take_in("Giàng Thị Giả Định", minutes=9)
    page = show_home()
    assert tiles(page)[0] == "Tiếp nhận hôm nay, 3 hồ sơ"
    assert names(listed(page)) == ["Giàng Thị Giả Định", "Vàng Thị Ví Dụ", "Lò Văn Thử"]
    assert tiles(page)[2] == "Chưa in được giấy hẹn, 1 hồ sơ"
    qtbot.keyClick(page, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert names(listed(page)) == ["Vàng Thị Ví Dụ"]


def test_by_arrows_from_the_tiles_into_the_list_and_open(show_home, take_in, qtbot):
    take_in("Lò Văn Thử")
    code = take_in("Vàng Thị Ví Dụ", minutes=5)
    page = show_home()
    first = page.findChildren(Tile)[0]
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert listed(page).hasFocus()
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(listed(page), Qt.Key.Key_Return)
    assert opened.args == [code]


def test_an_act_is_seen_at_once_and_the_selection_stays(show_home, take_in, commands):
    first = take_in("Lò Văn Thử")
    page = show_home()
    listed(page).select_row(0)
    newest = take_in("Vàng Thị Ví Dụ", minutes=5)
    page.take(Changes(frozenset({newest})))
    assert tiles(page)[0] == "Tiếp nhận hôm nay, 2 hồ sơ"
    assert listed(page).current.code == first


def test_a_hidden_page_reads_again_when_it_is_shown(show_home, take_in):
    page = show_home()
    page.hide()
    page.take(Changes(frozenset({take_in()})))
    assert tiles(page)[0] == "Tiếp nhận hôm nay, 0 hồ sơ"
    page.show()
    assert tiles(page)[0] == "Tiếp nhận hôm nay, 1 hồ sơ"


def test_yesterday_is_not_today(show_home, take_in, commands):
    take_in("Lò Văn Thử")
    commands.clock.now += timedelta(days=2)
    page = show_home()
    assert tiles(page)[0] == "Tiếp nhận hôm nay, 0 hồ sơ"
    assert page.findChild(EmptyState).accessibleName() == (
        "Hôm nay chưa tiếp nhận hồ sơ nào Hồ sơ gần nhất nhận 09:14 Thứ Hai 23/11/2026."
    )


def test_no_full_identity_number_on_the_home_page(show_home, take_in):
    take_in("Lò Văn Thử")
    page = show_home()
    texts = [label.text() for label in page.findChildren(QLabel)]
    table = listed(page)
    model = table.records
    texts += [model.columns[column].words(model.record(0)) for column in range(model.columnCount())]
    assert not [text for text in texts if "012195000002" in text]


@pytest.mark.parametrize("width", [1182, 855, 627])
def test_nothing_is_cut_at_100_150_and_200_percent(show_home, take_in, nothing_cut, width):
    take_in("Trần Thị Không Khớp", printed=False)
    page = show_home(width)
    nothing_cut(page)
    assert all(
        table.horizontalHeader().length() <= table.viewport().width() for table in page.findChildren(RecordTable)
    )
