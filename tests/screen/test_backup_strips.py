"""What Sao lưu says after its acts: sticks without the copy, the sheet to print next, a lock that is no mistake."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from desktop.gui.buttons import ActButton
from desktop.gui.scrolling import bring_into_sight
from desktop.office import backup_locks, backup_standing, backup_sticks
from tests.screen.door_desk import ALT, KEY, open_desk
from tests.screen.posting_desk import AnsweredOpener

PASSPHRASE = "Che Shan tuyet dau mua"


@pytest.fixture
def opener():
    return AnsweredOpener()


@pytest.fixture
def desk(commune, take_in, opener, tmp_path, qtbot):
    """The window of a register with one dossier, at the part of the backups."""
    take_in()
    made = open_desk(commune, tmp_path, qtbot, opener=opener)
    made.window.open("settings").show_part("Sao lưu")
    yield made
    made.program.close()


@pytest.fixture
def section(desk):
    found = desk.window.made("settings").section
    found.first.setFocus()
    return found


@pytest.fixture
def press(desk, qtbot):
    def pressed(key):
        desk.press(key, ALT)
        qtbot.waitUntil(lambda: desk.program.jobs.is_idle, timeout=30_000)

    return pressed


def test_a_stick_that_is_not_plugged_in_is_named_after_the_copy(section, desk, press, tmp_path, monday):
    press(KEY.Key_L)
    assert (section.strip.tone, section.strip.text) == ("ok", "Đã sao lưu và đọc lại.")
    backup_locks.set_key(desk.book, PASSPHRASE, clerk="quay1", now=monday)
    roots = [tmp_path / name for name in ("đỏ", "xanh")]
    for root in roots:
        root.mkdir()
        backup_sticks.label(desk.book, root, root.name, clerk="quay1", now=monday)
    desk.later(minutes=5)
    press(KEY.Key_L)
    assert section.strip.tone == "soon"
    said = section.strip.text
    assert said.startswith("Đã sao lưu trên máy này và đọc lại. USB ") and said.endswith(" chưa cắm, chưa chép.")
    assert "USB đỏ" in said and "USB xanh" in said
    assert backup_sticks.absent(desk.book, roots[:1]) == ("xanh",)
    assert backup_sticks.absent(desk.book, roots) == ()


@pytest.mark.parametrize("size", [(1366, 696), (911, 464)], ids=["100 %", "150 %"])
def test_after_the_passphrase_is_set_enter_prints_the_sheet(section, desk, press, qtbot, size):
    desk.window.resize(*size)
    for name in ("passphrase", "passphrase_again"):
        section.findChild(QLineEdit, name).setText(PASSPHRASE)
    press(KEY.Key_K)
    print_act = QApplication.focusWidget()
    assert print_act is not None and print_act.accessibleName() == "In tờ này"
    qtbot.waitUntil(lambda act=print_act: act.visibleRegion().boundingRect().height() == act.height())
    assert section.has_unprinted_sheet
    desk.press(KEY.Key_Return)
    qtbot.waitUntil(lambda: desk.program.jobs.is_idle)
    assert section.strip.text == "Đã gửi in. Lấy tờ giấy ra khỏi máy in ngay."
    assert not section.has_unprinted_sheet


def whole(part):
    return part.isVisible() and part.visibleRegion().boundingRect().size() == part.size()


def test_what_would_be_lost_is_in_sight_with_every_act_whole_at_150_percent(
    section, desk, press, opener, take_in, qtbot
):
    desk.window.resize(911, 464)
    press(KEY.Key_L)
    lost = take_in("Giàng A Minh Họa", minutes=4)
    opener.answer = backup_standing.standing(desk.book).path
    press(KEY.Key_R)
    told = next(label for label in section.findChildren(QLabel) if f"Mất 1 hồ sơ: {lost}." in label.text())
    acts = [act for act in section.findChildren(ActButton) if act.accessibleName().startswith(("Dùng sổ", "Bỏ, giữ"))]
    qtbot.waitUntil(lambda: all(whole(part) for part in (told, *acts)))
    assert len(acts) == 2
    assert section.strip.isHidden(), "what was said of the copy is over"


def test_what_an_act_came_to_is_in_sight_wherever_one_has_scrolled_to(section, desk, press, qtbot):
    desk.window.resize(911, 464)
    stick = section.findChild(QLineEdit, "stick_name")
    stick.setFocus()
    bring_into_sight(stick)
    qtbot.waitUntil(lambda: whole(stick))
    press(KEY.Key_L)
    assert section.strip.text == "Đã sao lưu và đọc lại."
    qtbot.waitUntil(lambda: whole(section.strip))


def test_who_comes_back_to_a_part_begins_at_its_top(section, desk, qtbot):
    desk.window.resize(911, 464)
    bring_into_sight(section.findChild(QLineEdit, "stick_name"))
    qtbot.waitUntil(lambda: not whole(section.first))
    page = desk.window.made("settings")
    page.show_part("Đơn vị")
    page.show_part("Sao lưu")
    qtbot.waitUntil(lambda: whole(section.first))
    assert section.mapTo(page, section.rect().topLeft()).y() >= 0


def test_a_locked_backup_is_no_mistake_until_something_wrong_was_typed(
    section, desk, press, opener, commune, tmp_path, monday
):
    backup_locks.set_key(commune, PASSPHRASE, clerk="quay1", now=monday)
    desk.clock[0] += timedelta(minutes=5)
    press(KEY.Key_L)
    made = backup_standing.standing(commune).path
    assert made is not None
    opener.answer = Path(shutil.copy(made, tmp_path / "stick.mcsl"))
    press(KEY.Key_R)
    restore = section._restore
    assert restore.strip.tone == "accent" and "có khóa" in restore.strip.text
    section.findChild(QLineEdit, "restore_secret").setText("sai hoan toan nhe")
    press(KEY.Key_R)
    assert restore.strip.tone == "soon" and "không mở được" in restore.strip.text
