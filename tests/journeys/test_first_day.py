"""The first day: from an empty folder to a printed receipt that verifies, by keys alone and with no other document.

Also cut at each step as by a power failure and gone on with, put off step by step, and on a practice register.
"""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from db.vocabulary import EventKind
from desktop import app
from desktop.exercise_pages import FILE, FOLDER
from desktop.gui.coach_strip import CoachStrip
from desktop.office import (
    backup_standing,
    checking,
    issuing,
    lookup,
    opening,
    people,
    setting_up,
    settings,
    signing_in,
)
from desktop.office.setting_up import Part, State
from tests.journeys.counter_window import CARD, Counter
from tests.journeys.setting_up_keys import ALT, KEYS, SETTLED, begin_passwords, found_when_asked, sign_in

CODE = "TN-03618-261123-0001"


@pytest.fixture
def found(tmp_path, monday, monkeypatch):
    """Found a register as somebody at the keyboard does in a folder where nothing is; live unless for practice."""
    monkeypatch.setattr(app, "now", lambda: monday)

    def founded(*, practice: bool = False):
        found_when_asked(practice=practice)
        return app._opened(QApplication.instance(), tmp_path / "data")

    return founded


@pytest.fixture
def sit_down(tmp_path, monday, qtbot):
    """The window opened on a register, as often as it takes; each time with a tray of its own."""
    desks: list[Counter] = []

    def opened(book) -> Counter:
        desk = Counter(book, tmp_path / f"tray{len(desks)}", monday, qtbot)
        qtbot.addWidget(desk.window)
        desks.append(desk)
        return desk

    yield opened
    stand_up(desks[-1])


def stand_up(counter: Counter) -> None:
    """The window and the register are closed, wherever the work stands."""
    counter.close()
    counter.book.close()


def in_sight(part: QWidget) -> bool:
    """Whether all of it is seen where it is scrolled to."""
    return part.visibleRegion().boundingRect() == part.rect()


def shown(counter: Counter) -> Part:
    page = counter.window.made("setup")
    assert counter.window.current_key == "setup"
    return page.current


def receive(counter: Counter) -> None:
    """The first dossier of the day, printed by itself."""
    counter.scan(CARD)
    counter.choose_correction()
    counter.press(KEYS.Key_F12)
    counter.until_said("Máy in đã nhận đủ 2 bản")


def check_receipt(counter: Counter) -> None:
    verdict = issuing.verify_receipt(counter.book, counter.printed_text())
    assert (verdict.verdict, verdict.code) == ("genuine", CODE)
    assert counter.kinds(CODE) == [EventKind.REGISTER, EventKind.PRINT]
    assert checking.verify_chain(counter.book).holds


def test_from_an_empty_folder_to_a_printed_receipt_that_verifies(found, sit_down):
    counter = sit_down(found())
    for part in list(Part)[:-1]:
        assert shown(counter) is part
        SETTLED[part](counter)
    assert shown(counter) is Part.FIRST
    counter.press(KEYS.Key_F12)
    assert counter.window.current_key == "intake"
    receive(counter)
    check_receipt(counter)
    book = counter.book
    unit, (clerk,) = settings.unit(book), people.clerks(book)
    assert (unit.code, unit.name, unit.parent_name) == ("03618", "xã Mường Than", "tỉnh Lai Châu")
    assert (unit.practice, clerk.full_name) == (False, "Lo Thi Truc")
    assert settings.get(book, "printers")["chosen"] == "Canon LBP2900"
    assert backup_standing.standing(book).has_key
    left = [step.part for step in setting_up.steps(book) if step.state is not State.DONE]
    assert left == [Part.HUB]
    counter.press(KEYS.Key_F2)
    counter.until_said("Còn 1 bước thiết lập")


def test_every_step_can_be_put_off_and_home_reminds(found, sit_down):
    counter = sit_down(found())
    counter.press(KEYS.Key_F12)
    for part in list(Part)[1:-1]:
        assert shown(counter) is part
        counter.press(KEYS.Key_Right, ALT)
    counter.press(KEYS.Key_F12)
    receive(counter)
    check_receipt(counter)
    counter.press(KEYS.Key_F2)
    counter.until_said("Còn 7 bước thiết lập")
    counter.alt("T")
    assert shown(counter) is Part.FIRST
    counter.alt("X")
    counter.press(KEYS.Key_F2)
    assert "bước thiết lập" not in counter.said()


def test_a_power_cut_at_every_step_is_gone_on_with(found, sit_down, tmp_path, monday):
    """Each time the machine comes up again at the step that was shown, with all that was settled before."""
    counter = sit_down(found())
    for part in Part:
        stand_up(counter)
        counter = sit_down(opening.open_register(tmp_path / "data", now=monday))
        assert shown(counter) is part
        states = {step.part: step.state for step in setting_up.steps(counter.book)}
        before = list(Part)[: list(Part).index(part)]
        assert {states[one] for one in before if one is not Part.HUB} <= {State.DONE}
        if part is not Part.FIRST:
            SETTLED[part](counter)
    assert states[Part.HUB] is State.SKIPPED
    counter.press(KEYS.Key_F12)
    receive(counter)
    check_receipt(counter)


def test_who_leaves_the_steps_comes_back_by_himself(found, sit_down, tmp_path, monday):
    before = sit_down(found())
    before.press(KEYS.Key_F12)
    before.press(KEYS.Key_Escape)
    assert before.window.current_key == "home"
    before.until_said("Còn 7 bước thiết lập")
    stand_up(before)
    after = sit_down(opening.open_register(tmp_path / "data", now=monday))
    assert after.window.current_key == "home"
    after.alt("T")
    assert shown(after) is Part.LINES
    after.press(KEYS.Key_Left, ALT)
    assert shown(after) is Part.UNIT


def test_who_sets_a_password_on_the_way_is_asked_for_it_and_led_on(found, sit_down, tmp_path, monday):
    """And his keys go into the step that is shown."""
    before = sit_down(found())
    for part in list(Part)[:4]:
        SETTLED[part](before)
    assert shown(before) is Part.PEOPLE
    begin_passwords(before)
    before.press(KEYS.Key_F12)
    before.until_said("chưa in, chưa lưu")
    before.qtbot.waitUntil(lambda: in_sight(before.page.section.strip))
    before.alt("I")
    before.until_said("Đã gửi in")
    before.qtbot.waitUntil(lambda: in_sight(before.page.section.strip))
    before.press(KEYS.Key_F12)
    assert shown(before) is Part.PRINTER
    stand_up(before)
    after = sit_down(opening.open_register(tmp_path / "data", now=monday))
    assert signing_in.required(after.book) and after.window.current_key == ""
    sign_in(after)
    assert shown(after) is Part.PRINTER
    SETTLED[Part.PRINTER](after)
    assert shown(after) is Part.BACKUP


def test_a_practice_register_ends_in_the_exercise(found, sit_down):
    counter = sit_down(found(practice=True))
    for part in list(Part)[:-1]:
        assert shown(counter) is part
        if part is Part.HUB:
            counter.press(KEYS.Key_Right, ALT)
        else:
            counter.press(KEYS.Key_F12)
    counter.press(KEYS.Key_F12)
    assert counter.window.current_key == "intake"
    (strip,) = (strip for strip in counter.window.findChildren(CoachStrip) if strip.isVisible())
    assert strip.strip.text.startswith("Bước ")
    counter.alt("Q")
    counter.choose_correction()
    counter.press(KEYS.Key_F12)
    counter.until_said("Xong giấy hẹn đầu tiên")
    assert (counter.book.home / FOLDER / FILE).read_bytes().startswith(b"%PDF")
    (row,) = lookup.page(counter.book, limit=5)
    assert counter.kinds(row.code) == [EventKind.REGISTER, EventKind.PRINT]
