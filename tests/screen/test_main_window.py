"""The window: pages by F-key made when first shown, search below the field, honest strip, way back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from db.records import Clerk
from desktop.changes import Changes
from desktop.errors import EnvironmentProblem
from desktop.gui import status
from desktop.gui.main_window import MainWindow
from desktop.gui.page import Destination, Page
from desktop.gui.rail import RailItem
from desktop.gui.search import Hit
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.top_bar import tomorrow_note
from desktop.office import settings
from desktop.office.backup_standing import Standing, StickStanding
from desktop.rules.calendar import shipped
from tests.conftest import MONDAY

HITS = (
    Hit("dossier", "TN-MT-261123-0001", "Lò Văn Thử", "Đăng ký khai sinh", first=True),
    Hit("dossier", "TN-MT-261123-0002", "Lò Thị Thử", "Đăng ký kết hôn"),
    Hit("procedure", "1.004859", "Thay đổi, cải chính hộ tịch", "Hộ tịch", first=True),
)


class Sheet(Page):
    """A page that counts what the window asks of it."""

    def __init__(self, made: list[str], key: str) -> None:
        super().__init__()
        made.append(key)
        self.read = 0
        self.first, self.second = QLineEdit(self), QLineEdit(self)
        self.second.move(0, 40)

    def refresh(self) -> None:
        self.read += 1

    def focus_first(self) -> None:
        self.first.setFocus()


@pytest.fixture
def made():
    return []


class Waiting:
    """How many things wait in the settings."""

    number = 0


@pytest.fixture
def waiting():
    return Waiting()


@pytest.fixture
def window(commands, qtbot, made, waiting):
    def place(key, title, icon, keys, **more):
        return Destination(key, title, icon, keys, lambda: Sheet(made, key), **more)

    shown = MainWindow(
        commands,
        [
            place("home", "Hôm nay", "home-outline", "F2"),
            place("dossiers", "Hồ sơ", "folder-multiple-outline", "F4"),
            place("dossier", "Hồ sơ", "", "", belongs_to="dossiers", note="Esc về danh sách, giữ nguyên chỗ chọn"),
            place("settings", "Cài đặt", "cog-outline", "F9"),
            place("help", "Trợ giúp", "help-circle-outline", "F1", at_foot=True),
        ],
        unit="xã Mường Than",
        calendar=lambda: commands.ask(settings.calendar),
        search=lambda text: [hit for hit in HITS if "lo" in text],
        statuses=lambda now: [
            status.backup_status(Standing(now - timedelta(hours=2)), now),
            status.clerk_status(commands.clerk, "Quầy 2"),
            status.Status("inbox-arrow-up-outline", f"Hộp gửi: {waiting.number} ngày", waiting=waiting.number),
        ],
    )
    shown.resize(1366, 696)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.show_moment(commands.now())
    shown.open("home")
    return shown


def texts(window) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def checked(window) -> list[str]:
    return [item.accessibleName() for item in window.findChildren(RailItem) if item.isChecked()]


def test_pages_are_made_when_first_asked_for(window, made, qtbot):
    assert made == ["home"]
    qtbot.keyClick(window, Qt.Key.Key_F4)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert made == ["home", "dossiers"]
    assert window.current_key == "dossiers"
    assert checked(window) == ["Hồ sơ"]


def test_back_returns_to_the_page_and_the_focus_before(window, qtbot):
    page = window.open("dossiers")
    page.second.setFocus()
    dossier = window.open("dossier")
    assert checked(window) == ["Hồ sơ"]
    assert "Esc về danh sách, giữ nguyên chỗ chọn" in texts(window)
    dossier.left.emit()
    assert window.current_key == "dossiers"
    assert page.second.hasFocus()


def test_back_on_the_first_page_stays_there(window):
    window.back()
    assert window.current_key == "home"


def test_changes_reach_visible_pages_at_once_and_hidden_ones_later(window, commands):
    home = window.open("home")
    dossiers = window.open("dossiers")
    seen = (home.read, dossiers.read)
    commands.announce(Changes(frozenset({"TN-MT-261123-0001"})))
    assert (home.read, dossiers.read) == (seen[0], seen[1] + 1)
    window.open("home")
    assert home.read == seen[0] + 1


def test_a_refusal_is_one_strip_until_the_next_act(window, commands):
    strip = window.findChildren(MessageStrip)[0]
    commands.refused.emit(EnvironmentProblem("disk_full", "Ổ đĩa đã đầy nên chưa ghi được gì."))
    assert strip.isVisible()
    assert (strip.tone, strip.text) == ("late", "Ổ đĩa đã đầy nên chưa ghi được gì.")
    commands.do(settings.change, "look", "dark")
    assert not strip.isVisible()


def test_date_holiday_and_unit_are_always_in_sight(window):
    shown = texts(window)
    assert "Thứ Hai 23/11/2026, 09:14" in shown
    assert "Mai 24/11 nghỉ: Ngày Văn hóa Việt Nam" in shown
    assert window.windowTitle() == "Một cửa – xã Mường Than"


def test_choosing_a_clerk_shows_in_the_strip(window, commands, qtbot):
    commands.act_as(Clerk("mai", "Vàng Thị Mai"))
    qtbot.waitUntil(lambda: "Vàng Thị Mai – Quầy 2" in texts(window))


def test_the_rail_folds_on_a_narrow_screen_and_nothing_is_cut(window, nothing_cut, qtbot):
    nothing_cut(window)
    for width, height in ((911, 448), (683, 348)):
        window.resize(width, height)
        qtbot.waitUntil(lambda width=width: window.width() == width)
        assert [item.width() for item in window.findChildren(RailItem)] == [56] * 4
        assert "F2" in texts(window)
        nothing_cut(window)


def test_a_window_that_opens_on_the_lowest_screen_is_no_higher_than_it(window, nothing_cut, qtbot):
    window.hide()
    window.resize(683, 348)
    with qtbot.waitExposed(window):
        window.show()
    assert window.height() == 348
    nothing_cut(window)


def test_the_rail_says_how_many_things_wait_on_a_page(window, waiting, nothing_cut, qtbot):
    item = next(item for item in window.findChildren(RailItem) if item.accessibleName() == "Cài đặt")
    assert item.accessibleDescription() == "F9"
    for number, shown in ((7, "7"), (100, "99+")):
        waiting.number = number
        window.show_moment(MONDAY)
        assert shown in [label.text() for label in item.findChildren(QLabel)]
        assert item.accessibleDescription() == f"F9, {number} việc chờ"
        for width in (911, 1366):
            window.resize(width, 448)
            qtbot.waitUntil(lambda width=width: window.width() == width)
            nothing_cut(window)
    waiting.number = 0
    window.show_moment(MONDAY)
    assert "99+" not in texts(window)
    assert item.accessibleDescription() == "F9"


def type_by_input_method(field: QLineEdit, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def test_search_lists_below_and_never_touches_the_typed_text(window, qtbot):
    field, answers = window.search.field, window.search.answers
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert field.hasFocus()
    type_by_input_method(field, "lò văn")
    assert not answers.isVisible()
    field.setText("")
    qtbot.keyClicks(field, "lo van")
    qtbot.waitUntil(answers.isVisible)
    assert field.text() == "lo van"
    assert field.hasFocus()
    assert field.completer() is None
    assert answers.geometry().top() >= window.search.mapTo(window, window.search.rect().bottomLeft()).y()
    assert answers.geometry().right() < window.width()


def test_search_by_keys_down_up_enter_esc(window, qtbot):
    field, table = window.search.field, window.search.answers.table
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, "lo")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert field.hasFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.search.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [HITS[1]]
    assert not window.search.answers.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert field.hasFocus()
    assert field.text() == "lo"
    assert not window.search.answers.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert window.findChild(Sheet).first.hasFocus()


def test_enter_in_search_opens_the_first_answer_without_waiting(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.search.field, "lo")
    with qtbot.waitSignal(window.search.opened) as opened:
        qtbot.keyClick(window.search.field, Qt.Key.Key_Return)
    assert opened.args == [HITS[0]]


def test_search_groups_answers_and_says_when_there_are_none(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.search.field, "lo")
    qtbot.keyClick(window.search.field, Qt.Key.Key_Down)
    model = window.search.answers.findChild(RecordTable).records
    assert [model.index(row, 0).data() for row in range(3)] == ["Hồ sơ", "", "Thủ tục"]
    window.search.field.setText("xyz")
    qtbot.keyClick(window.search.field, Qt.Key.Key_Return)
    assert "Không thấy “xyz” trong hồ sơ và thủ tục." in texts(window)


def test_a_practice_register_says_so_everywhere(commands, qtbot, practice_home, monday):
    from desktop.gui.commands import Commands
    from desktop.office import opening

    with opening.open_register(practice_home, now=monday) as book:
        door = Commands(book, Clerk("truc", "Lò Thị Trực"), lambda: monday)
        window = MainWindow(
            door,
            [Destination("home", "Hôm nay", "home-outline", "F2", lambda: Sheet([], "home"))],
            unit="xã Mường Than",
            calendar=shipped,
            search=lambda _text: [],
            statuses=lambda _now: [],
        )
        qtbot.addWidget(window)
        window.resize(1366, 696)
        with qtbot.waitExposed(window):
            window.show()
        assert texts(window).count("BẢN TẬP HUẤN") == 2
        assert "BẢN TẬP HUẤN" in window.windowTitle()


def test_what_tomorrow_brings(monday):
    calendar = shipped()
    assert tomorrow_note(monday, calendar) == "Mai 24/11 nghỉ: Ngày Văn hóa Việt Nam"
    assert tomorrow_note(monday + timedelta(days=1), calendar) == ""
    assert tomorrow_note(monday + timedelta(days=4), calendar) == ""
    assert tomorrow_note(monday.replace(month=1, day=9), calendar).startswith("Mai 10/01 làm bù:")


def test_the_strip_is_calm_until_somebody_must_act(monday):
    today = monday - timedelta(hours=2)
    fresh = status.backup_status(Standing(today), monday)
    tried = status.backup_status(Standing(today, drilled=today), monday)
    failed = status.backup_status(Standing(today, drilled=today, fault="chuỗi đứt"), monday)
    stale = status.backup_status(Standing(monday - timedelta(hours=25)), monday)
    never = status.backup_status(Standing(), monday)
    assert [fact.tone for fact in (fresh, tried, failed, stale, never)] == ["text2", "text2", "late", "soon", "soon"]
    assert fresh.words == "Sao lưu: 07:14 hôm nay, đã đọc lại"
    assert tried.words == "Sao lưu: 07:14 hôm nay, đã thử mở lại"
    for days, tone in ((1, "text2"), (8, "soon")):
        sticks = (StickStanding("1", "đỏ", None), StickStanding("2", "xanh", monday - timedelta(days=days)))
        assert status.backup_status(Standing(today, sticks=sticks), monday).tone == tone
    assert status.backup_status(Standing(today, sticks=sticks[:1]), monday).short == "Cắm USB sao lưu"
    ahead = monday.replace(year=2031)
    assert (
        status.backup_status(Standing(ahead), monday).words
        == "Sao lưu: bản mới nhất ghi 23/11/2031 09:14, sau giờ của máy"
    )
    sticks = (StickStanding("1", "đỏ", ahead),)
    assert status.backup_status(Standing(today, sticks=sticks), monday).short == "Cắm USB sao lưu"
    calendar = shipped()
    assert status.calendar_status(calendar, monday).words == "Lịch nghỉ 2026: đã xác nhận"
    december = status.calendar_status(calendar, monday.replace(month=12))
    assert (december.words, december.tone) == ("Lịch nghỉ 2027: chưa xác nhận", "soon")
    assert status.printer_status("Canon", "không trả lời").tone == "late"
