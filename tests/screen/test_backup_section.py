"""Sao lưu by keyboard: the copy, the key and its sheet, a stick, and a backup brought back with its losses told."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QLabel, QLineEdit

from db.vocabulary import PrintOutcome
from desktop import app
from desktop.gui.backup_desk import BackupDesk
from desktop.gui.first_run import FirstRun, StartTrouble
from desktop.gui.jobs import Jobs
from desktop.gui.printer_port import PrintReport
from desktop.gui.settings_backup import BackupSection
from desktop.gui.strips import MessageStrip
from desktop.office import backup_locks, backup_standing, backups, keepers, lookup, opening, restoring, signing_in
from desktop.program import Program
from tests.screen.posting_desk import ALT, AnsweredOpener, press
from tests.screen.printing_desk import AnsweredChooser

KEY = Qt.Key
PASSPHRASE = "Che Shan tuyet dau mua"


class PaperTray:
    """A printer that keeps what it was sent."""

    def __init__(self):
        self.papers = []

    def names(self):
        return ("HP",)

    def send(self, data, setup, progress=None):
        self.papers.append(data)
        return PrintReport(PrintOutcome.SENT, "HP", 1)


@pytest.fixture
def jobs(commands):
    jobs = Jobs(commands)
    yield jobs
    jobs.finish()


@pytest.fixture
def desk(commands, jobs, take_in):
    take_in()
    return BackupDesk(commands, jobs)


@pytest.fixture
def opener():
    return AnsweredOpener()


@pytest.fixture
def section(commands, desk, jobs, opener, tmp_path, qtbot):
    shown = BackupSection(commands, desk, PaperTray(), AnsweredChooser(tmp_path / "to.pdf"), opener)
    shown.resize(930, 900)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    shown.refresh()
    shown.first.setFocus()
    return shown


@pytest.fixture
def finish(jobs, qtbot):
    return lambda: qtbot.waitUntil(lambda: jobs.is_idle, timeout=30_000)


def told(section):
    return " | ".join(label.text() for label in section.findChildren(QLabel) if not label.isHidden())


def type_both(section, first, second):
    for name, text in (("passphrase", first), ("passphrase_again", second)):
        section.findChild(QLineEdit, name).setText(text)


def test_a_copy_is_made_and_tried(section, finish, commands):
    assert "chưa có" in told(section) and "không bản nào được chép ra USB" in told(section)
    press(KEY.Key_L, ALT)
    finish()
    assert section.strip.text == "Đã sao lưu và đọc lại."
    assert "09:14 hôm nay, không khóa" in told(section)
    press(KEY.Key_T, ALT)
    finish()
    assert "09:14 hôm nay, mở được và đủ" in told(section)
    assert commands.ask(backup_standing.standing).fault == ""


def test_the_passphrase_is_typed_twice_and_its_sheet_is_printed_while_it_is_there(section, commands, tmp_path):
    type_both(section, PASSPHRASE, PASSPHRASE + "x")
    press(KEY.Key_K, ALT)
    assert section.strip.text.startswith("Hai lần gõ khác nhau")
    type_both(section, "ngan", "ngan")
    press(KEY.Key_K, ALT)
    assert "ít nhất 12 ký tự" in section.strip.text
    assert not commands.ask(backup_standing.standing).has_key
    type_both(section, PASSPHRASE, PASSPHRASE)
    press(KEY.Key_K, ALT)
    assert commands.ask(backup_standing.standing).has_key
    assert section.findChild(QLineEdit, "passphrase").text() == ""
    press(KEY.Key_S, ALT)
    press(KEY.Key_I, ALT)
    (sheet,) = section._printer.papers
    assert (tmp_path / "to.pdf").read_bytes() == sheet
    assert "TỜ KHÔI PHỤC BẢN SAO LƯU" in text_of(tmp_path / "to.pdf")
    section.hide()
    next(act for act in section.actions() if act.text() == "In tờ khôi phục").trigger()
    assert len(section._printer.papers) == 1, "who left has no sheet any more"


def text_of(path):
    document = QPdfDocument()
    document.load(str(path))
    return document.getAllText(0).text()


def test_a_stick_is_labelled_and_stands_with_its_age(section, opener, commands, finish, tmp_path, desk):
    stick = tmp_path / "USB"
    stick.mkdir()
    opener.answer = stick
    press(KEY.Key_U, ALT)
    assert section.strip.text.startswith("Sổ thật chỉ sao lưu ra ngoài máy khi có câu mật khẩu")
    assert list(stick.iterdir()) == []
    commands.do(backup_locks.set_key, PASSPHRASE)
    section.findChild(QLineEdit, "stick_name").setText("đỏ")
    press(KEY.Key_U, ALT)
    assert section.strip.text.startswith("Đã đánh dấu USB.")
    assert "USB đỏ" in told(section)
    assert desk.statuses(commands.now())[0].tone == "soon"


def test_a_sealed_backup_comes_back_beside_the_register_with_its_losses(
    section, opener, commands, desk, finish, take_in, tmp_path, qtbot
):
    commands.do(backup_locks.set_key, PASSPHRASE)
    commands.clock.now += timedelta(minutes=30)
    press(KEY.Key_L, ALT)
    finish()
    new = take_in(minutes=31)
    commands.clock.now += timedelta(minutes=30)
    opener.answer = Path(shutil.copy(desk.standing.path, tmp_path / "stick.mcsl"))
    press(KEY.Key_F12)
    press(KEY.Key_R, ALT)
    finish()
    assert "có khóa" in told(section)
    secret = section.findChild(QLineEdit, "restore_secret")
    assert secret.isVisible() and secret.hasFocus()
    secret.setText("sai hoan toan nhe")
    press(KEY.Key_R, ALT)
    finish()
    assert "không mở được bản sao lưu này" in told(section)
    secret.setText(PASSPHRASE)
    press(KEY.Key_R, ALT)
    finish()
    assert f"Mất 1 hồ sơ: {new}." in told(section)
    with qtbot.waitSignal(desk.swap_wanted) as swap:
        press(KEY.Key_F12)
    (folder,) = swap.args
    assert folder.parent == commands.book.home.parent
    press(KEY.Key_X, ALT)
    finish()
    assert not folder.exists()


def test_restoring_can_be_stopped_and_leaves_no_folder(section, opener, desk, finish, commands):
    press(KEY.Key_L, ALT)
    finish()
    opener.answer = desk.standing.path
    beside = {path.name for path in commands.book.home.parent.iterdir()}
    press(KEY.Key_R, ALT)
    press(KEY.Key_D, ALT)
    finish()
    left = {path.name for path in commands.book.home.parent.iterdir()} - beside
    assert len(left) == (0 if "Đã dừng" in section.strip.text else 1)


def test_each_minute_at_most_one_thing_is_done_and_only_when_due(desk, commands, finish):
    moment = commands.now()
    desk.when_due(moment)
    finish()
    assert desk.standing.made_at == moment and desk.standing.drilled is None
    desk.when_due(moment)
    finish()
    assert desk.standing.drilled == moment
    before = desk.standing
    desk.when_due(moment + timedelta(hours=1))
    assert desk.standing is before
    commands.clock.now += timedelta(days=1)
    desk.when_due(commands.now())
    finish()
    assert desk.standing.made_at == commands.now()


def test_a_disk_that_takes_no_backup_is_asked_again_after_an_hour(desk, commands, jobs, finish):
    place = commands.book.home / "backups"
    place.write_bytes(b"a file where the folder should be")
    refused = []
    commands.refused.connect(refused.append)
    for _ in range(120):
        desk.when_due(commands.now())
        finish()
        commands.clock.now += timedelta(minutes=1)
    assert [problem.code for problem in refused] == ["backup_failed"] * 2


@pytest.mark.parametrize("size", [(930, 600), (620, 500)])
def test_nothing_is_cut(section, size, nothing_cut, finish):
    section.resize(*size)
    press(KEY.Key_L, ALT)
    finish()
    nothing_cut(section)


def restore_to(home, path, secret):
    """Brought back at once, with nothing to be told."""
    restoring.restore(path, home, secret=secret)


@pytest.fixture
def first_run(opener, tmp_path, qtbot):
    """The form of a machine without a register; what it was given back is collected."""
    made = []

    def restore(path, secret):
        restoring.restore(path, tmp_path / "new", secret=secret)
        made.append(path)

    dialog = FirstRun(str(tmp_path / "new"), lambda _: None, restore, opener)
    dialog.made = made
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def test_a_new_machine_begins_with_the_stick_of_the_old_one(
    first_run, opener, commands, desk, finish, tmp_path, monday
):
    commands.do(backup_locks.set_key, PASSPHRASE)
    desk.back_up()
    finish()
    opener.answer = desk.standing.path
    secret = first_run.findChild(QLineEdit, "secret")
    bring_back = next(act for act in first_run.actions() if act.text() == "Khôi phục từ bản sao lưu")
    bring_back.trigger()
    assert secret.isVisible() and first_run.made == []
    assert first_run.findChild(MessageStrip).tone == "accent", "nothing wrong was typed yet"
    secret.setText(PASSPHRASE)
    bring_back.trigger()
    assert first_run.result() == FirstRun.DialogCode.Accepted
    with opening.open_register(tmp_path / "new", now=commands.now()) as book:
        assert lookup.count(book) == 1


@pytest.fixture
def new_machine(commands, desk, finish, opener, tmp_path, monkeypatch, qtbot):
    """A machine without a register, and the locked backup of one that is no more; what was opened is collected."""
    commands.do(backup_locks.set_key, PASSPHRASE)
    desk.back_up()
    finish()
    opener.answer = desk.standing.path
    monkeypatch.setattr(app, "now", commands.now)
    home, opened = tmp_path / "new", []

    def restore(path, secret):
        return app._brought_beside(path, home, secret, then=lambda: opened.append(app._moved_in(home)))

    dialog = FirstRun(str(home), lambda _: None, restore, opener)
    dialog.home, dialog.opened = home, opened
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    yield dialog
    for book in opened:
        book.close()


def unlock(dialog):
    press_act(dialog, "Alt+R")
    assert not dialog.findChild(QLineEdit, "unit_name").isVisible()
    dialog.findChild(QLineEdit, "secret").setText(PASSPHRASE)
    press_act(dialog, "F12")


def press_act(dialog, keys):
    next(act for act in dialog.actions() if act.shortcut().toString() == keys).trigger()


def test_a_new_machine_is_told_what_the_stick_lacks_before_it_is_used(new_machine, commands):
    unlock(new_machine)
    told = new_machine.findChild(QLabel, "brought_back")
    (row,) = lookup.page(commands.book)
    assert new_machine.isVisible() and told.isVisible() and not new_machine.home.exists()
    assert row.code in told.text()
    assert "xã Mường Than, sao lưu lúc 09:14 Thứ Hai 23/11/2026" in told.text()
    assert "Mọi việc làm sau lúc đó KHÔNG có trong bản này" in told.text()
    press_act(new_machine, "F12")
    assert new_machine.result() == FirstRun.DialogCode.Accepted
    assert lookup.count(new_machine.opened[0]) == 1


def test_a_backup_that_is_not_confirmed_leaves_nothing_behind(new_machine):
    before = set(new_machine.home.parent.iterdir())
    unlock(new_machine)
    assert set(new_machine.home.parent.iterdir()) != before
    press_act(new_machine, "Esc")
    assert new_machine.isVisible() and new_machine.findChild(QLineEdit, "unit_name").hasFocus()
    press_act(new_machine, "Esc")
    assert not new_machine.isVisible() and new_machine.opened == []
    assert set(new_machine.home.parent.iterdir()) == before


def test_a_damaged_register_gives_way_only_after_the_loss_was_told(
    commands, desk, finish, tmp_path, monkeypatch, qtbot
):
    desk.back_up()
    finish()
    monkeypatch.setattr(app, "now", commands.now)
    home = tmp_path / "damaged"
    home.mkdir()
    (home / "register.sqlite3").write_bytes(b"torn")
    path = desk.standing.path
    trouble = StartTrouble("Tệp của sổ bị hỏng.", lambda secret: app._brought_beside(path, home, secret))
    qtbot.addWidget(trouble)
    with qtbot.waitExposed(trouble):
        trouble.show()
    press_act(trouble, "F12")
    assert "KHÔNG có trong bản này" in trouble.findChild(QLabel, "brought_back").text()
    assert (home / "register.sqlite3").read_bytes() == b"torn"
    press_act(trouble, "F12")
    assert trouble.result() == StartTrouble.DialogCode.Accepted
    (kept,) = tmp_path.glob("damaged-truoc-*")
    assert (kept / "register.sqlite3").read_bytes() == b"torn"
    with opening.open_register(home, now=commands.now()) as book:
        assert lookup.count(book) == 1


def test_an_open_backup_replaces_no_passwords_unasked(commands, desk, finish, tmp_path, monkeypatch, qtbot):
    desk.back_up()
    finish()
    monkeypatch.setattr(app, "now", commands.now)
    path, home = desk.standing.path.rename(tmp_path / desk.standing.path.name), tmp_path / "damaged"
    unit = opening.unit_as_printed("03618", "xã Mường Than", practice=False)
    with opening.init(home, unit, now=commands.now()) as guarded:
        signing_in.begin(guarded, "quay1", PASSPHRASE, now=commands.now())
    (home / "register.sqlite3").write_bytes(b"torn")
    trouble = StartTrouble("Tệp của sổ bị hỏng.", lambda secret: app._brought_beside(path, home, secret))
    qtbot.addWidget(trouble)
    press_act(trouble, "F12")
    assert "Sổ ở đây có mật khẩu" in trouble.findChild(MessageStrip).text
    trouble.findChild(QLineEdit, "secret").setText(PASSPHRASE)
    press_act(trouble, "F12")
    press_act(trouble, "F12")
    with opening.open_register(home, now=commands.now()) as book:
        assert keepers.replaced(book, now=commands.now()).kept.startswith("damaged-truoc-")


def test_a_damaged_register_asks_for_the_passphrase_of_its_backup(commands, desk, finish, qtbot, tmp_path):
    commands.do(backup_locks.set_key, PASSPHRASE)
    desk.back_up()
    finish()
    path = desk.standing.path
    trouble = StartTrouble("Tệp của sổ bị hỏng.", lambda secret: restore_to(tmp_path / "new", path, secret))
    qtbot.addWidget(trouble)
    with qtbot.waitExposed(trouble):
        trouble.show()
    (accept,) = (act for act in trouble.actions() if act.shortcut().toString() == "F12")
    accept.trigger()
    assert trouble.findChild(QLineEdit, "secret").isVisible()
    trouble.findChild(QLineEdit, "secret").setText(PASSPHRASE)
    accept.trigger()
    assert (tmp_path / "new" / "register.sqlite3").is_file()


def test_the_window_gives_way_and_the_program_goes_on_with_the_restored_register(qapp, live_home, monday, tmp_path):
    with opening.open_register(live_home, now=monday) as book:
        program = Program(qapp, book, lambda: monday)
        backup_locks.set_key(book, PASSPHRASE, clerk="quay1", now=monday)
        made = backups.make(book, now=monday)
        restored, lost = restoring.bring_beside(book, made.path, PASSPHRASE, clerk="quay1", now=monday)
        assert lost.nothing
        program._backups.swap_wanted.emit(restored)
        program.close()
    assert program.replacement == restored
    with app._replaced(qapp, live_home, restored) as book:
        assert book.home == live_home
    assert not restored.exists()
    assert len(list(live_home.parent.glob(f"{live_home.name}-truoc-*"))) == 1
