"""Lists of the daily work show names: that somebody had them in sight is in the access log, once a day."""

import pytest

from desktop.gui.lock import Cover
from desktop.office import access, access_log, counter
from tests.screen.door_desk import ALT, CTRL, KEY, RUNS, give_passwords, open_desk


@pytest.fixture
def desk(commune, correction_form, monday, tmp_path, qtbot):
    """Signed in on a register with an overdue dossier, two weeks later."""
    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    give_passwords(commune)
    desk = open_desk(commune, tmp_path, qtbot)
    desk.sign_in(RUNS)
    desk.window.show_moment(desk.clock[0])
    assert glances(desk) == [("quay1", "Vừa tiếp nhận, 1 dòng", "trang Hôm nay")], "seen from the first moment on"
    desk.later(days=14)
    access.viewed(commune, code, why="kiểm tra", clerk="quay1", now=desk.clock[0])  # the day of the clock is sure
    yield desk
    desk.program.close()


def glances(desk):
    now = desk.clock[0]
    looks = access_log.read(desk.book, now.date(), now.date(), clerk="quay1", now=now)
    return [(look.clerk, look.about, look.why) for look in looks if "dòng" in look.about and look.why]


def test_each_list_in_sight_is_written_once_a_day(desk):
    home = ("quay1", "Quá hạn, 1 dòng", "trang Hôm nay")
    desk.window.show_moment(desk.clock[0])
    assert glances(desk) == [], "what is read again by itself is nobody's look"
    desk.window.open("home")
    assert glances(desk) == [home]
    desk.press(KEY.Key_1, ALT)
    desk.window.open("home")
    assert glances(desk) == [home]
    desk.window.open("dossiers")
    figures = desk.window.open("statistics")
    for column in ("received_total", "pending_total"):
        figures._table.cell_chosen.emit(None, column)
    assert glances(desk)[:2] == [
        ("quay1", "Hồ sơ sau số liệu, 1 dòng", "thống kê"),
        ("quay1", "Hồ sơ, 1 dòng", "danh sách hồ sơ"),
    ]
    written = len(glances(desk))
    for page in ("home", "dossiers", "statistics"):
        desk.window.open(page)
        desk.window.made(page).refresh()
    assert len(glances(desk)) == written
    desk.later(days=1)
    desk.window.open("home")
    assert home in glances(desk)


def test_behind_the_lock_nobody_sees_anything(desk):
    desk.press(KEY.Key_L, CTRL)
    assert desk.window.findChild(Cover).isVisible()
    desk.later(days=1)
    desk.window.open("home")
    desk.window.open("dossiers")
    assert glances(desk) == []
