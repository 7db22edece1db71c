"""Hôm nay: the day's work in counts that open their lists, the truth about printing, and what an empty day says."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from db.vocabulary import DocumentKind, EventKind, WorkingList
from desktop.changes import Changes
from desktop.gui.buttons import ActButton
from desktop.gui.empty import EmptyState
from desktop.gui.home_counter import Figure
from desktop.gui.pages.home import HomePage
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.tiles import Tile
from desktop.office import acts, lists, slips
from desktop.rules.slips import SlipForm

ALT = Qt.KeyboardModifier.AltModifier
ORDER = (
    WorkingList.OVERDUE,
    WorkingList.TO_APOLOGISE,
    WorkingList.DUE_TODAY,
    WorkingList.DUE_SOON,
    WorkingList.WAITING_SUPPLEMENT,
    WorkingList.READY,
    WorkingList.PAUSED,
)


@pytest.fixture
def show_home(commands, qtbot):
    kept = []

    def show(width: int = 1182, height: int = 620) -> HomePage:
        page = HomePage(commands)
        kept.append(page)
        page.resize(width, height)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        page.focus_first()
        return page

    return show


def shown_tiles(page: HomePage) -> list[Tile]:
    return [tile for tile in page.findChildren(Tile) if tile.isVisible()]


def tiles(page: HomePage) -> list[str]:
    return [tile.accessibleName() for tile in shown_tiles(page)]


def listed(page: HomePage) -> RecordTable:
    return next(table for table in page.findChildren(RecordTable) if table.accessibleName() == "Danh sách hồ sơ")


def names(table: RecordTable) -> list[str]:
    return [table.records.record(row).applicant for row in range(table.records.rowCount())]


@pytest.fixture
def act(commune, commands):
    """Record an act on a dossier at the moment of the clock."""

    def done(code: str, event: EventKind, **facts) -> Changes:
        return acts.perform(commune, code, event, facts, clerk="truc", now=commands.clock()).changes

    return done


@pytest.fixture
def a_day_of_work(take_in, act, commands):
    """Friday 27/11 at 10:00: two due today, one to be supplemented, one paid for, one ready, one older and late."""
    late = take_in("Sùng Thị Minh Họa", case="Thay đổi, cải chính, xác định lại dân tộc")
    codes = {name: take_in(name, minutes=at) for at, name in enumerate(("An Thử", "Bình Thử", "Chi Thử", "Dung Thử"))}
    commands.clock.now += timedelta(days=2)
    act(codes["Bình Thử"], EventKind.REQUEST_SUPPLEMENT, note="Thiếu tờ khai.")
    act(codes["Chi Thử"], EventKind.REQUEST_OBLIGATION, note="Nộp lệ phí trước bạ.")
    act(codes["Dung Thử"], EventKind.FINISH)
    act(late, EventKind.FORWARD, to="Tư pháp – hộ tịch")
    commands.clock.now += timedelta(days=2, minutes=46)
    return codes


def choose(qtbot, page: HomePage, number: int) -> RecordTable:
    qtbot.keyClick(page, getattr(Qt.Key, f"Key_{number}"), ALT)
    return listed(page)


def words(page: HomePage, row: int = 0) -> list[str]:
    model = listed(page).records
    return [model.columns[column].words(model.record(row)) for column in range(model.columnCount())]


def test_the_first_day_of_all_points_to_f3(show_home):
    page = show_home()
    assert tiles(page) == [
        "Quá hạn, 0 hồ sơ",
        "Cần xin lỗi, 0 hồ sơ",
        "Đến hạn hôm nay, 0 hồ sơ",
        "Sắp đến hạn, 0 hồ sơ",
        "Chờ bổ sung, 0 hồ sơ",
        "Chờ trả, 0 hồ sơ",
    ]
    empty = page.findChild(EmptyState)
    assert empty.isVisible()
    assert empty.accessibleName() == "Chưa có hồ sơ nào. Bấm F3 để tiếp nhận hồ sơ đầu tiên."
    with_words = {tile.accessibleDescription() for tile in shown_tiles(page)}
    assert with_words == {"không còn việc"}
    assert {tile.property("tone") for tile in shown_tiles(page)} == {"ok"}


def test_every_count_opens_exactly_its_list(show_home, a_day_of_work, commune, commands, qtbot):
    page = show_home()
    counted = lists.counts(commune, commands.now())
    assert counted[WorkingList.DUE_TODAY] == 2
    for number, name in enumerate(ORDER, start=1):
        table = choose(qtbot, page, number)
        in_list = [row.applicant for row in lists.rows(commune, name, now=commands.now())]
        assert (table.records.rowCount(), names(table)) == (counted[name], in_list)
        assert shown_tiles(page)[number - 1].accessibleName().endswith(f", {counted[name]} hồ sơ")


def test_the_first_tile_with_work_is_chosen_and_has_the_focus(show_home, a_day_of_work):
    page = show_home()
    (focused,) = [tile for tile in shown_tiles(page) if tile.hasFocus()]
    assert focused.accessibleName() == "Đến hạn hôm nay, 2 hồ sơ"
    assert [tile for tile in shown_tiles(page) if tile.isChecked()] == [focused]
    assert sorted(names(listed(page))) == ["An Thử", "Sùng Thị Minh Họa"]


def test_a_row_says_time_left_person_code_and_where_it_is(show_home, a_day_of_work, qtbot):
    page = show_home()
    assert words(page) == [
        "Hạn 17:00 hôm nay",
        "Sùng Thị Minh Họa – Thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc",
        "TN-MT-261123-0001 – nhận 23/11 09:14",
        "Tư pháp – hộ tịch – đang xử lý",
    ]
    assert words(page, 1)[3] == "Quầy – đã tiếp nhận"
    choose(qtbot, page, 5)
    assert words(page)[0] == "Chờ bổ sung 2 ngày"
    choose(qtbot, page, 6)
    assert words(page)[0] == "Chờ trả 2 ngày"


def test_paused_is_a_seventh_tile_only_when_it_has_any(show_home, a_day_of_work, act, qtbot):
    page = show_home()
    assert tiles(page)[-1] == "Tạm dừng, 1 hồ sơ"
    assert names(choose(qtbot, page, 7)) == ["Chi Thử"]
    page.take(act(a_day_of_work["Chi Thử"], EventKind.FULFIL_OBLIGATION))
    assert len(tiles(page)) == 6
    assert page.findChild(EmptyState).isVisible()


def test_what_is_late_is_late_in_words_shape_and_colour(show_home, a_day_of_work, commands, qtbot):
    commands.clock.now += timedelta(days=3)
    page = show_home()
    assert tiles(page)[:2] == ["Quá hạn, 2 hồ sơ", "Cần xin lỗi, 2 hồ sơ"]
    assert shown_tiles(page)[0].accessibleDescription() == "lâu nhất 1 ngày"
    table = listed(page)
    mark = table.records.columns[0].mark(table.records.record(0))
    assert (mark.tone, mark.icon, mark.word) == ("late", "alert-octagon", "Quá hạn, trễ 1 ngày")
    choose(qtbot, page, 2)
    mark = table.records.columns[0].mark(table.records.record(0))
    assert (mark.tone, mark.icon) == ("late", "email-alert-outline")


def test_an_empty_list_says_what_is_near_and_leads_on(show_home, take_in, commands, qtbot):
    take_in("Lò Văn Thử")
    commands.clock.now += timedelta(days=2)
    page = show_home()
    choose(qtbot, page, 3)
    empty = page.findChild(EmptyState)
    assert empty.accessibleName() == ("Không có hồ sơ nào đến hạn hôm nay Hồ sơ gần nhất đến hạn Thứ Sáu 27/11.")
    way = empty.findChild(ActButton)
    assert (way.accessibleName(), way.accessibleDescription()) == ("Xem sắp đến hạn", "Alt+4")
    way.setFocus()
    qtbot.keyClick(way, Qt.Key.Key_Return)
    assert names(listed(page)) == ["Lò Văn Thử"]


def test_by_arrows_from_the_tiles_into_the_list_and_open(show_home, a_day_of_work, qtbot):
    page = show_home()
    (tile,) = [tile for tile in shown_tiles(page) if tile.hasFocus()]
    qtbot.keyClick(tile, Qt.Key.Key_Right)
    assert shown_tiles(page)[3].hasFocus()
    assert shown_tiles(page)[3].isChecked()
    qtbot.keyClick(shown_tiles(page)[3], Qt.Key.Key_Left)
    qtbot.keyClick(tile, Qt.Key.Key_Down)
    assert listed(page).hasFocus()
    qtbot.keyClick(listed(page), Qt.Key.Key_Down)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(listed(page), Qt.Key.Key_Return)
    assert opened.args == [a_day_of_work["An Thử"]]


def test_an_act_is_seen_at_once_and_the_selection_stays(show_home, a_day_of_work, act):
    page = show_home()
    listed(page).select_row(1)
    page.take(act("TN-MT-261123-0001", EventKind.FINISH))
    assert tiles(page)[2] == "Đến hạn hôm nay, 1 hồ sơ"
    assert listed(page).current.code == a_day_of_work["An Thử"]


def test_each_minute_tells_the_time_left_anew_without_moving_the_selection(show_home, a_day_of_work, commands, act):
    page = show_home()
    listed(page).select_row(1)
    act("TN-MT-261123-0001", EventKind.FINISH)
    commands.clock.now = commands.clock.now.replace(hour=17, minute=1)
    page.show_moment(commands.now())
    assert listed(page).current.code == a_day_of_work["An Thử"]
    assert words(page)[0] == "Hôm nay, đã qua 17:00"
    assert tiles(page)[0] == "Quá hạn, 0 hồ sơ"


def test_a_hidden_page_reads_again_when_it_is_shown(show_home, take_in):
    page = show_home()
    page.hide()
    page.take(Changes(frozenset({take_in()})))
    assert page.findChildren(Figure)[0].accessibleName() == "Tiếp nhận, 0 hồ sơ"
    page.show()
    assert page.findChildren(Figure)[0].accessibleName() == "Tiếp nhận, 1 hồ sơ"


def test_the_counter_s_day_opens_its_lists_too(show_home, take_in, act, qtbot):
    take_in("Lò Văn Thử")
    at_once = take_in("Vàng Thị Ví Dụ", minutes=0)
    act(at_once, EventKind.FINISH)
    act(at_once, EventKind.HAND_OVER, to="Vàng Thị Ví Dụ", by="counter")
    page = show_home()
    figures = page.findChildren(Figure)
    assert [figure.accessibleName() for figure in figures] == [
        "Tiếp nhận, 2 hồ sơ",
        "Đã trả, 1 hồ sơ",
        "Giải quyết ngay, 1 hồ sơ",
        "Lập phiếu, 0 phiếu",
    ]
    for figure, expected in zip(
        figures[:3], (["Vàng Thị Ví Dụ", "Lò Văn Thử"], ["Vàng Thị Ví Dụ"], ["Vàng Thị Ví Dụ"]), strict=True
    ):
        figure.setFocus()
        qtbot.keyClick(figure, Qt.Key.Key_Return)
        assert names(listed(page)) == expected
    recent = next(table for table in page.findChildren(RecordTable) if table.accessibleName() == "Vừa tiếp nhận")
    marks = [recent.records.columns[2].mark(recent.records.record(row)).word for row in range(2)]
    assert marks == ["không cần giấy", "chưa in"]


def test_slips_given_today_are_counted_and_lead_to_all_of_them(show_home, commands, correction_form, qtbot):
    commands.do(slips.give, SlipForm(DocumentKind.REFUSAL, correction_form, "slip-1", reason="Không thuộc thẩm quyền."))
    page = show_home()
    figure = page.findChildren(Figure)[-1]
    assert figure.accessibleName() == "Lập phiếu, 1 phiếu"
    figure.setFocus()
    with qtbot.waitSignal(page.slips_wanted):
        qtbot.keyClick(figure, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.slips_wanted):
        qtbot.keyClick(figure, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)


def test_yesterday_is_not_today(show_home, take_in, commands):
    take_in("Lò Văn Thử", printed=False)
    commands.clock.now += timedelta(days=2)
    page = show_home()
    assert page.findChildren(Figure)[0].accessibleName() == "Tiếp nhận, 0 hồ sơ"
    assert not [strip for strip in page.findChildren(MessageStrip) if strip.isVisible()]


@pytest.mark.parametrize("width", [1182, 855])
def test_receipts_that_could_not_be_printed_stay_one_key_away(show_home, take_in, qtbot, width):
    take_in("Lò Văn Thử", printed=True)
    take_in("Vàng Thị Ví Dụ", minutes=5, printed=False)
    page = show_home(width)
    (strip,) = [strip for strip in page.findChildren(MessageStrip) if strip.isVisible()]
    assert strip.text.startswith("1 giấy hẹn của hôm nay chưa in được.")
    qtbot.keyClick(page, Qt.Key.Key_I, ALT)
    assert names(listed(page)) == ["Vàng Thị Ví Dụ"]


def test_no_full_identity_number_on_the_home_page(show_home, take_in, qtbot):
    take_in("Lò Văn Thử")
    page = show_home()
    page.findChildren(Figure)[0].click()
    texts = [label.text() for label in page.findChildren(QLabel)] + words(page)
    assert "Lò Văn Thử" in " ".join(texts)
    assert not [text for text in texts if "012195000002" in text]


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 272)])
def test_nothing_is_cut_at_100_150_and_200_percent(show_home, a_day_of_work, nothing_cut, width, height):
    page = show_home(width, height)
    nothing_cut(page)
    assert all(tile.width() >= tile.minimumSizeHint().width() for tile in shown_tiles(page))
    assert all(
        table.horizontalHeader().length() <= table.viewport().width() for table in page.findChildren(RecordTable)
    )
