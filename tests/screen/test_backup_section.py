"""Sao lưu by keyboard: the copy, the key and its sheet, a stick, and a backup brought back with its losses told."""

import shutil
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar

from db.vocabulary import PrintOutcome
from desktop import app
from desktop.gui.backup_desk import BackupDesk
from desktop.gui.jobs import Jobs
from desktop.gui.printer_port import PrintReport
from desktop.gui.settings_backup import BackupSection
from desktop.office import backup_locks, backup_standing, backups, opening, restoring
from desktop.program import Program
from desktop.rules import backup_keys
from tests.screen.posting_desk import ALT, AnsweredOpener, press
from tests.screen.printing_desk import AnsweredChooser

KEY = Qt.Key
PASSPHRASE = "Che Shan tuyet dau mua"


class PaperTray:
    """A printer that keeps what it was sent."""

    def __init__(self):
        self.papers = []
        self.answers = Event()
        self.answers.set()

    def names(self):
        return ("HP",)

    def send(self, data, setup, progress=None):
        self.answers.wait(10)
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
def tray():
    return PaperTray()


@pytest.fixture
def section(commands, desk, jobs, opener, tray, tmp_path, qtbot):
    shown = BackupSection(commands, desk, jobs, lambda: (tray, AnsweredChooser(tmp_path / "to.pdf")), opener)
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


def test_the_passphrase_is_typed_twice_and_its_sheet_is_printed_while_it_is_there(
    section, commands, finish, tray, tmp_path
):
    type_both(section, PASSPHRASE, PASSPHRASE + "x")
    press(KEY.Key_K, ALT)
    assert section.strip.text.startswith("Hai lần gõ khác nhau")
    type_both(section, "ngan", "ngan")
    press(KEY.Key_K, ALT)
    finish()
    assert "ít nhất 12 ký tự" in section.strip.text
    assert not commands.ask(backup_standing.standing).has_key and not section.has_unprinted_sheet
    set_key(section, finish)
    assert commands.ask(backup_standing.standing).has_key and section.has_unprinted_sheet
    assert section.findChild(QLineEdit, "passphrase").text() == ""
    press(KEY.Key_S, ALT)
    press(KEY.Key_I, ALT)
    finish()
    (sheet,) = tray.papers
    assert not section.has_unprinted_sheet
    assert (tmp_path / "to.pdf").read_bytes() == sheet
    assert "TỜ KHÔI PHỤC BẢN SAO LƯU" in text_of(tmp_path / "to.pdf")
    section.hide()
    next(act for act in section.actions() if act.text() == "In tờ này").trigger()
    finish()
    assert len(tray.papers) == 1, "who left has no sheet any more"


def set_key(section, finish):
    type_both(section, PASSPHRASE, PASSPHRASE)
    press(KEY.Key_K, ALT)
    finish()


def code_on(path):
    return next(word for word in text_of(path).split() if len(word) == 34 and word.count("-") == 6)


def test_another_sheet_is_made_by_who_knows_the_passphrase_or_the_last_code(section, commands, finish, tmp_path):
    press(KEY.Key_M, ALT)
    assert section.strip.text.startswith("Chưa có khóa") and section.findChild(QLineEdit, "passphrase").hasFocus()
    set_key(section, finish)
    press(KEY.Key_S, ALT)
    codes = [code_on(tmp_path / "to.pdf")]
    old = section.findChild(QLineEdit, "old_secret")
    press(KEY.Key_M, ALT)
    assert section.strip.text.startswith("Gõ câu mật khẩu, hoặc mã") and old.hasFocus()
    old.setText("khong phai cau nay")
    press(KEY.Key_M, ALT)
    finish()
    assert "không mở được" in section.strip.text and old.hasFocus() and old.text()
    for secret in (PASSPHRASE, None):
        old.setText(secret or codes[-1].lower())
        press(KEY.Key_M, ALT)
        finish()
        assert section.has_unprinted_sheet and old.text() == ""
        press(KEY.Key_S, ALT)
        codes.append(code_on(tmp_path / "to.pdf"))
    locks = commands.ask(backup_locks.of)
    assert [backup_keys.private_key(locks, code) is not None for code in codes] == [False, False, True]
    assert backup_keys.private_key(locks, PASSPHRASE) is not None


def test_a_code_that_was_made_for_somebody_who_has_left_is_told_and_kept_nowhere(section, finish):
    type_both(section, PASSPHRASE, PASSPHRASE)
    press(KEY.Key_K, ALT)
    section.hide()
    finish()
    assert not section.has_unprinted_sheet
    assert section.strip.text == "Đã lập mã nhưng chưa in: lập tờ khôi phục mới (Alt+M)."


def test_a_printer_that_does_not_answer_keeps_nobody_waiting(section, finish, tray, qtbot):
    set_key(section, finish)
    tray.answers.clear()
    press(KEY.Key_I, ALT)
    assert section.strip.text == "Đang gửi tới máy in…" and section.has_unprinted_sheet
    press(KEY.Key_I, ALT)
    tray.answers.set()
    finish()
    assert section.strip.text.startswith("Đã gửi in.") and len(tray.papers) == 1


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


def test_a_file_that_is_chosen_later_shows_its_progress_and_may_be_followed_by_another(
    section, opener, desk, finish, commands
):
    press(KEY.Key_L, ALT)
    finish()
    asked = []
    opener.ask = lambda _parent, _title, _endings, then, start=None: asked.append(then)  # as the system's dialog does
    for _time in range(2):
        press(KEY.Key_R, ALT)
        assert not section.findChild(QProgressBar).isVisible()
        asked.pop()(desk.standing.path)
        assert section.findChild(QProgressBar).isVisible()
        finish()
        assert "Không mất gì" in told(section)
        press(KEY.Key_X, ALT)
        finish()


def test_a_slip_of_the_keyboard_does_not_put_off_the_days_copy(desk, commands, finish, tmp_path):
    desk.lock(backup_locks.set_key, "ngắn", list, [].append)
    finish()
    desk.when_due(commands.now())
    finish()
    assert desk.standing.made_at == commands.now()


@pytest.mark.parametrize("size", [(930, 600), (620, 500)])
def test_nothing_is_cut(section, size, nothing_cut, finish):
    section.resize(*size)
    press(KEY.Key_L, ALT)
    finish()
    nothing_cut(section)


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
