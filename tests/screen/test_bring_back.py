"""A backup brought back where no register is open: its secret, its progress, Dừng, and the loss told before its use."""

from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QProgressBar

from desktop import app
from desktop.gui.bring_back import BringBack, Stage
from desktop.gui.first_run import FirstRun, StartTrouble
from desktop.gui.strips import MessageStrip
from desktop.office import backup_locks, backups, keepers, lookup, opening, signing_in

KEY = Qt.Key
PASSPHRASE = "Che Shan tuyet dau mua"


@pytest.fixture
def open_backup(commune, take_in, monday, tmp_path):
    """On a stick, without a lock, of a register with one dossier."""
    take_in()
    path = backups.make(commune, now=monday).path
    return path.rename(tmp_path / path.name)


@pytest.fixture
def locked_backup(commune, take_in, monday, tmp_path):
    """The same with a passphrase."""
    backup_locks.set_key(commune, PASSPHRASE, clerk="quay1", now=monday)
    take_in()
    path = backups.make(commune, now=monday).path
    return path.rename(tmp_path / path.name)


@pytest.fixture
def home(tmp_path, monday, monkeypatch):
    """Where the register of the machine is, or is to be."""
    monkeypatch.setattr(app, "now", lambda: monday)
    place = tmp_path / "machine" / "so"
    place.parent.mkdir()
    return place


@pytest.fixture
def opened():
    """The registers that moved in, closed in the end."""
    books = []
    yield books
    for book in books:
        book.close()


@pytest.fixture
def gate():
    """The worker waits here once it is shut."""
    free = Event()
    free.set()
    yield free
    free.set()


@pytest.fixture
def show(home, opened, gate, qtbot):
    """Show a dialog that is made with the program's own way to bring back."""

    def bring(*given):
        gate.wait(10)
        return app._brought_beside(home, lambda: opened.append(app._moved_in(home)), *given)

    def shown(make):
        dialog = make(bring)
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.show()
        dialog.activateWindow()
        return dialog

    return shown


def asking(bring, path):
    """As the file dialog answers."""
    return lambda _parent, then: then(path.name, partial(bring, path))


@pytest.fixture
def new_machine(show, home, locked_backup):
    return show(lambda bring: FirstRun(str(home), lambda _: None, asking(bring, locked_backup)))


@pytest.fixture
def reach(qtbot):
    """Press a key of a dialog and wait until its backup has come so far."""

    def pressed(dialog, key, stage, modifier=Qt.KeyboardModifier.NoModifier):
        with qtbot.waitSignal(back(dialog).went, timeout=30_000, check_params_cb=lambda came: came is stage):
            QTest.keyClick(dialog, key, modifier)

    return pressed


def back(dialog):
    return dialog.findChild(BringBack)


def secret_of(dialog):
    return dialog.findChild(QLineEdit, "secret")


def told(dialog):
    return dialog.findChild(QLabel, "brought_back")


def choose(reach, dialog):
    reach(dialog, KEY.Key_R, Stage.LOCKED, Qt.KeyboardModifier.AltModifier)


def unlock(reach, dialog):
    choose(reach, dialog)
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    reach(dialog, KEY.Key_Return, Stage.READY)


def left(home):
    return list(home.parent.iterdir())


def test_a_new_machine_begins_with_the_stick_of_the_old_one(new_machine, reach, home, opened, commune):
    choose(reach, new_machine)
    assert secret_of(new_machine).hasFocus()
    assert back(new_machine).strip.tone == "accent", "nothing wrong was typed yet"
    QTest.keyClicks(QApplication.focusWidget(), "khong phai cau nay")
    reach(new_machine, KEY.Key_F12, Stage.LOCKED)
    assert back(new_machine).strip.tone == "late" and secret_of(new_machine).hasFocus()
    secret_of(new_machine).setText(PASSPHRASE)
    reach(new_machine, KEY.Key_F12, Stage.READY)
    (row,) = lookup.page(commune)
    assert told(new_machine).isVisible() and not home.exists() and not secret_of(new_machine).isVisible()
    assert row.code in told(new_machine).text()
    assert "xã Mường Than, sao lưu lúc 09:14 Thứ Hai 23/11/2026" in told(new_machine).text()
    assert "Mọi việc làm sau lúc đó KHÔNG có trong bản này" in told(new_machine).text()
    assert "mã và số mới sẽ nhảy lên để không trùng với các tờ ấy" in told(new_machine).text()
    QTest.keyClick(new_machine, KEY.Key_F12)
    assert new_machine.result() == FirstRun.DialogCode.Accepted
    assert lookup.count(opened[0]) == 1
    assert left(home) == [home]


def test_while_it_is_opened_the_window_answers_and_esc_stops_it_with_nothing_left(new_machine, reach, gate, home):
    choose(reach, new_machine)
    secret_of(new_machine).setText(PASSPHRASE)
    gate.clear()
    reach(new_machine, KEY.Key_F12, Stage.OPENING)
    assert new_machine.findChild(QProgressBar).isVisible() and not secret_of(new_machine).isVisible()
    for key in (KEY.Key_F12, KEY.Key_Return):
        QTest.keyClick(new_machine, key)
    QTest.keyClick(new_machine, KEY.Key_R, Qt.KeyboardModifier.AltModifier)
    assert back(new_machine).is_opening
    QTest.keyClick(new_machine, KEY.Key_Escape)
    gate.set()
    reach(new_machine, KEY.Key_Shift, Stage.STOPPED)
    assert back(new_machine).strip.text == "Đã dừng; không có gì dở dang."
    assert left(home) == [] and not new_machine.findChild(QProgressBar).isVisible()
    assert new_machine.findChild(QLineEdit, "unit_name").hasFocus()
    unlock(reach, new_machine)
    assert told(new_machine).isVisible()


def test_a_backup_that_is_not_confirmed_leaves_nothing_behind(new_machine, reach, home, opened):
    unlock(reach, new_machine)
    assert left(home) != []
    QTest.keyClick(new_machine, KEY.Key_Escape)
    assert new_machine.isVisible() and new_machine.findChild(QLineEdit, "unit_name").hasFocus()
    unlock(reach, new_machine)
    QTest.keyClick(new_machine, KEY.Key_Escape)
    QTest.keyClick(new_machine, KEY.Key_Escape)
    assert not new_machine.isVisible() and opened == []
    assert left(home) == []


def test_closing_the_program_while_a_backup_is_opened_leaves_nothing(new_machine, reach, gate, home):
    choose(reach, new_machine)
    gate.clear()
    secret_of(new_machine).setText(PASSPHRASE)
    reach(new_machine, KEY.Key_F12, Stage.OPENING)
    QTest.qWait(20)
    gate.set()
    new_machine.done(FirstRun.DialogCode.Rejected)
    assert left(home) == []


def test_what_is_no_backup_is_said_above_the_form(show, reach, home, tmp_path):
    file = tmp_path / "x.mcsl"
    file.write_bytes(b"motcua backup 1 nothing")
    dialog = show(lambda bring: FirstRun(str(home), lambda _: None, asking(bring, file)))
    reach(dialog, KEY.Key_R, Stage.REFUSED, Qt.KeyboardModifier.AltModifier)
    assert "không mở được" in back(dialog).strip.text and left(home) == []
    assert dialog.findChild(QLineEdit, "unit_name").hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), "m")
    assert not back(dialog).strip.isVisible()


@pytest.fixture
def damaged(show, home):
    """The dialog of a register whose file is torn, with a backup of it."""

    def shown(path, other=None):
        home.mkdir(exist_ok=True)
        (home / "register.sqlite3").write_bytes(b"torn")
        said = "Tệp của sổ bị hỏng."
        return show(lambda bring: StartTrouble(said, path and partial(bring, path), other and asking(bring, other)))

    return shown


def test_a_damaged_register_gives_way_only_after_the_loss_was_told(damaged, open_backup, reach, home, opened):
    dialog = damaged(open_backup)
    reach(dialog, KEY.Key_F12, Stage.READY)
    assert "KHÔNG có trong bản này" in told(dialog).text()
    assert (home / "register.sqlite3").read_bytes() == b"torn"
    QTest.keyClick(dialog, KEY.Key_F12)
    assert dialog.result() == StartTrouble.DialogCode.Accepted
    (kept,) = home.parent.glob("so-truoc-*")
    assert (kept / "register.sqlite3").read_bytes() == b"torn"
    assert lookup.count(opened[0]) == 1


def test_the_damage_stays_said_while_its_backup_is_stopped_and_begun_anew(damaged, open_backup, reach, gate, home):
    dialog, before = damaged(open_backup), left(home)
    gate.clear()
    reach(dialog, KEY.Key_F12, Stage.OPENING)
    QTest.keyClick(dialog, KEY.Key_Escape)
    gate.set()
    reach(dialog, KEY.Key_Shift, Stage.STOPPED)
    assert dialog.isVisible() and left(home) == before
    assert [strip.text for strip in dialog.findChildren(MessageStrip) if strip.isVisible()] == [
        "Tệp của sổ bị hỏng.",
        "Đã dừng; không có gì dở dang.",
    ]
    reach(dialog, KEY.Key_F12, Stage.READY)
    QTest.keyClick(dialog, KEY.Key_Escape)
    assert not dialog.isVisible() and left(home) == before


def test_an_open_backup_replaces_no_passwords_unasked(damaged, open_backup, reach, home, opened, monday):
    unit = opening.unit_as_printed("03618", "xã Mường Than", practice=False)
    with opening.init(home, unit, now=monday) as guarded:
        signing_in.begin(guarded, "quay1", PASSPHRASE, now=monday)
    dialog = damaged(open_backup)
    reach(dialog, KEY.Key_F12, Stage.LOCKED)
    assert "Sổ ở đây có mật khẩu" in back(dialog).strip.text
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    reach(dialog, KEY.Key_Return, Stage.READY)
    QTest.keyClick(dialog, KEY.Key_F12)
    assert keepers.replaced(opened[0], now=monday).kept.startswith("so-truoc-")


def test_a_damaged_register_asks_for_the_passphrase_of_its_backup(damaged, locked_backup, reach, opened):
    dialog = damaged(locked_backup)
    reach(dialog, KEY.Key_F12, Stage.LOCKED)
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    reach(dialog, KEY.Key_F12, Stage.READY)
    QTest.keyClick(dialog, KEY.Key_F12)
    assert lookup.count(opened[0]) == 1


@pytest.mark.parametrize("beside", [True, False], ids=["a copy on the disk", "no copy on the disk"])
def test_a_damaged_register_takes_the_newer_backup_of_a_stick(
    damaged, open_backup, commune, take_in, monday, tmp_path, reach, opened, beside
):
    backup_locks.set_key(commune, PASSPHRASE, clerk="quay1", now=monday)
    take_in(minutes=9)
    newer = backups.make(commune, now=monday.replace(hour=17)).path
    dialog = damaged(open_backup if beside else None, newer)
    reach(dialog, KEY.Key_R, Stage.LOCKED, Qt.KeyboardModifier.AltModifier)
    reach(dialog, KEY.Key_F12, Stage.LOCKED)
    assert opened == [] and secret_of(dialog).hasFocus(), "F12 asks for the secret and takes no other backup"
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    reach(dialog, KEY.Key_Return, Stage.READY)
    QTest.keyClick(dialog, KEY.Key_F12)
    assert lookup.count(opened[0]) == 2


def test_the_window_says_of_a_damaged_register_what_can_be_done_there(home, monday):
    assert "bấm Alt+R" in app._damage_words(None) and "restore" not in app._damage_words(None)
    words = app._damage_words(home / "sao-luu_MT_20261122-170300.mcsl")
    assert "mới nhất trên máy này: 17:03 Chủ Nhật 22/11/2026." in words
