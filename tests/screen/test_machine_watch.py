"""The window's care for the machine: the day is asked before anything is recorded, disks and printer are said."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from db import events
from desktop.gui.clock_question import ClockQuestion
from desktop.gui.machine_watch import MachineWatch
from desktop.gui.printing import FilePrinter
from desktop.gui.status import StatusItem
from desktop.office import counter, disk_protection, machine_care
from desktop.office.disk_protection import Protection, State
from desktop.program import Program
from desktop.rules import cautions

KEY = Qt.Key


@pytest.fixture(autouse=True)
def encrypted(monkeypatch):
    """The machine of the tests is as it is; here its disk is encrypted."""
    monkeypatch.setattr(disk_protection, "standing", lambda _path: Protection(State.ON, "LUKS"))


@pytest.fixture
def open_window(commune, monday, tmp_path, qtbot):
    """Open the whole program at a moment."""
    made = []

    def show(now):
        clock = [now]
        program = Program(
            QApplication.instance(), commune, lambda: clock[0], printer=FilePrinter(tmp_path / "in.pdf", "Canon")
        )
        program.clock = clock
        made.append(program)
        qtbot.addWidget(program.window)
        program.window.resize(1366, 696)
        with qtbot.waitExposed(program.window):
            program.window.show()
        program.window.activateWindow()
        program.start()
        qtbot.waitUntil(lambda: program.is_awake)
        return program

    yield show
    for program in made:
        program.close()


def question(program):
    return next((one for one in program.window.findChildren(ClockQuestion) if one.isVisible()), None)


def strip(program):
    return [item.status for item in program.window.findChildren(StatusItem)]


def words(shown):
    return " | ".join(label.text() for label in shown.findChildren(QLabel) if label.isVisible() and label.text())


def settled(qtbot, program):
    qtbot.waitUntil(lambda: program._machine.protection is not None)


def test_the_morning_after_a_day_of_work_nothing_is_asked(open_window, monday, qtbot):
    program = open_window(monday + timedelta(days=2))
    assert question(program) is None
    settled(qtbot, program)
    assert program._machine.cautions == []
    assert all(status.tone in ("text2", "ok", "idle", "soon") for status in strip(program))


def test_after_days_alone_the_day_is_asked_before_the_machine_records_anything(
    open_window, commune, monday, correction_form, nothing_cut, qtbot
):
    counter.register(commune, correction_form, clerk="truc", now=monday)
    before = events.head(commune)
    program = open_window(monday + timedelta(days=3))
    asked = question(program)
    assert asked is not None
    qtbot.waitUntil(asked.isActiveWindow)
    assert "Hôm nay là Thứ Năm 26/11/2026, 09:14?" in words(asked) and "Việc cuối" in words(asked)
    qtbot.wait(300)
    assert events.head(commune) == before, "no missed day is closed under a day that nobody confirmed"
    QTest.keyClick(asked, KEY.Key_Escape)
    assert "Chỉnh lại ngày giờ của máy" in words(asked) and asked.isVisible()
    qtbot.wait(50)  # a button is laid out anew a turn of the event loop after its words
    nothing_cut(asked)
    why = asked.findChild(QLabel, "why")
    assert why.height() >= why.heightForWidth(why.width())
    QTest.keyClick(asked, KEY.Key_F12)
    assert asked.isVisible(), "the clock was not touched: the question again"
    assert "Hôm nay là Thứ Năm 26/11/2026" in words(asked)
    QTest.keyClick(asked, KEY.Key_F12)
    assert not asked.isVisible()
    qtbot.waitUntil(lambda: events.head(commune) != before)


def test_a_clock_that_was_put_right_is_not_asked_again(open_window, commune, monday, correction_form, qtbot):
    counter.register(commune, correction_form, clerk="truc", now=monday)
    program = open_window(monday.replace(year=2027))
    asked = question(program)
    qtbot.waitUntil(asked.isActiveWindow)
    QTest.keyClick(asked, KEY.Key_Escape)
    program.clock[0] = monday + timedelta(minutes=5)
    QTest.keyClick(asked, KEY.Key_F12)
    assert not asked.isVisible()


def test_a_clock_that_leaps_while_the_window_is_open_is_asked_before_anything_more_is_recorded(
    open_window, commune, monday, correction_form, qtbot
):
    counter.register(commune, correction_form, clerk="truc", now=monday)
    program = open_window(monday + timedelta(minutes=1))
    settled(qtbot, program)
    assert question(program) is None
    before, refused = events.head(commune), []
    program.clock[0] = monday.replace(year=2027)
    done = program.commands.do(counter.register, correction_form, refused=refused.append)
    assert done is None and "Hôm nay là …?" in refused[0].message
    asked = question(program)
    qtbot.waitUntil(asked.isActiveWindow)
    program.heartbeat.tick()
    assert events.head(commune) == before and question(program) is asked, "asked once, and nothing goes by itself"
    QTest.keyClick(asked, KEY.Key_Escape)
    program.clock[0] = monday + timedelta(minutes=5)
    QTest.keyClick(asked, KEY.Key_F12)
    assert program.commands.do(counter.register, correction_form) is not None


def test_a_window_left_open_for_days_asks_by_itself_and_believes_the_answer(
    open_window, commune, monday, correction_form, qtbot
):
    counter.register(commune, correction_form, clerk="truc", now=monday)
    program = open_window(monday + timedelta(minutes=1))
    settled(qtbot, program)
    program.clock[0] = monday + timedelta(days=3)
    program.heartbeat.tick()
    asked = question(program)
    qtbot.waitUntil(asked.isActiveWindow)
    QTest.keyClick(asked, KEY.Key_F12)
    assert program.commands.do(counter.register, correction_form) is not None
    program.heartbeat.tick()
    assert question(program) is None


def test_a_clock_that_is_behind_is_said_on_the_first_page_until_it_is_right(
    open_window, commune, monday, correction_form, qtbot
):
    counter.register(commune, correction_form, clerk="truc", now=monday)
    program = open_window(monday - timedelta(hours=1))
    assert question(program) is None
    qtbot.waitUntil(lambda: "sớm hơn việc cuối đã ghi lúc 09:14 23/11/2026" in words(program.window.made("home")))
    assert "Đồng hồ máy sai" in [status.short for status in strip(program)]
    program.clock[0] = monday + timedelta(minutes=1)
    program.heartbeat.tick()
    assert "sớm hơn việc cuối" not in words(program.window.made("home"))


def test_a_disk_that_fills_is_said_at_the_next_look_and_forgotten_when_there_is_room(
    open_window, monday, monkeypatch, qtbot
):
    program = open_window(monday)
    settled(qtbot, program)
    assert program._machine.cautions == []
    full = cautions.of_room(150_000_000, 500_000_000_000, "Ổ đĩa chứa sổ")
    monkeypatch.setattr(machine_care, "_rooms", lambda _book: [full])
    program.clock[0] = monday + timedelta(minutes=5)
    program.heartbeat.tick()
    qtbot.waitUntil(lambda: "chỉ còn 150 MB" in words(program.window.made("home")))
    assert "Ổ đĩa chứa sổ còn 150 MB" in [status.short for status in strip(program)]
    monkeypatch.setattr(machine_care, "_rooms", lambda _book: [])
    program.clock[0] = monday + timedelta(minutes=10)
    program.heartbeat.tick()
    qtbot.waitUntil(lambda: "150 MB" not in words(program.window.made("home")))


def test_from_december_the_first_page_asks_for_next_years_calendar(
    open_window, commune, monday, correction_form, qtbot
):
    first = monday.replace(month=12, day=1)
    counter.register(commune, correction_form, clerk="truc", now=first - timedelta(hours=2))
    program = open_window(first)
    qtbot.waitUntil(lambda: "Lịch nghỉ năm 2027 chưa xác nhận" in words(program.window.made("home")))
    assert [status.words for status in strip(program)].count("Lịch nghỉ 2027: chưa xác nhận") == 1


def test_a_printer_that_is_gone_is_in_the_strip(commands, qtbot, tmp_path):
    from desktop.gui import printer_choice
    from desktop.gui.printer_port import PrinterSetup

    printer_choice.store(commands, PrinterSetup("HP đã mất"))
    watch = MachineWatch(commands, QWidget(), lambda: FilePrinter(tmp_path / "in.pdf", "Canon"))
    watch.when_due(commands.now())
    qtbot.waitUntil(lambda: bool(watch.statuses()))
    (status,) = watch.statuses()
    assert "Không còn thấy máy in “HP đã mất”" in status.words and status.tone == "late"
    assert watch.cautions == []
    watch.close()


@pytest.mark.parametrize(
    ("protection", "words_shown", "steps"),
    [
        (Protection(State.ON, "LUKS"), "đã mã hóa", False),
        (Protection(State.OFF), "chưa mã hóa", True),
        (Protection(State.UNKNOWN, "hệ thống tệp zfs"), "chưa rõ", True),
    ],
)
def test_the_settings_say_what_protects_the_disk_and_what_to_do(
    open_window, monday, monkeypatch, qtbot, protection, words_shown, steps
):
    monkeypatch.setattr(disk_protection, "standing", lambda _path: protection)
    program = open_window(monday)
    settled(qtbot, program)
    program.window.open("settings")
    QTest.keyClick(program.window, KEY.Key_5, Qt.KeyboardModifier.AltModifier)
    section = program.window.made("settings").section
    qtbot.waitUntil(lambda: words_shown in words(section))
    assert protection.words in words(section)
    assert section.findChild(QLabel, "disk_steps").isVisible() is steps
    qtbot.waitUntil(
        lambda: ("Ổ đĩa chưa mã hóa" in [one.short for one in strip(program)]) is (words_shown == "chưa mã hóa")
    )
    assert program._machine.cautions == []
