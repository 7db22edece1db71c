"""The guided first receipt on a practice register, by keys alone: each step is the next one, whatever is done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from db.vocabulary import EventKind
from desktop.errors import UserError
from desktop.exercise_pages import FILE, FOLDER
from desktop.gui.coach_strip import CoachStrip
from desktop.gui.keys import key_words
from desktop.office import exercise, help_texts, lookup, opening
from desktop.rules.exercise import LAST, Step, next_step, place
from tests.journeys.counter_window import CARD, READING_MS, Counter

KEYS = Qt.Key
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def book(practice_home, monday):
    with opening.open_register(practice_home, now=monday) as opened:
        yield opened


@pytest.fixture
def counter(book, monday, tmp_path, qtbot) -> Iterator[Counter]:
    desk = Counter(book, tmp_path / "tray", monday, qtbot)
    qtbot.addWidget(desk.window)
    yield desk
    desk.close()


def told(counter: Counter) -> str:
    """What the exercise says, nothing when it does not go on."""
    strips = [strip for strip in counter.window.findChildren(CoachStrip) if strip.isVisible()]
    return strips[0].strip.text if strips else ""


def is_told(counter: Counter, step: Step) -> bool:
    words = help_texts.plain(help_texts.exercise()["steps"][step])
    return told(counter) == f"Bước {place(step)}/{LAST}. {words}"


def fill_in(counter: Counter) -> None:
    """From the chooser to the last paper, as the steps say."""
    assert is_told(counter, Step.PROCEDURE)
    counter.type("cai chinh")
    counter.press(KEYS.Key_Return)
    assert is_told(counter, Step.CASE)
    counter.press(KEYS.Key_Down)
    counter.press(KEYS.Key_Down)
    assert is_told(counter, Step.PAPERS)
    while counter.focus() != "papers":
        counter.press(KEYS.Key_Tab)
    for _paper in range(5):
        counter.press(KEYS.Key_Space)
        counter.press(KEYS.Key_Down)
    counter.qtbot.waitUntil(lambda: is_told(counter, Step.SUBMIT))


def test_from_the_empty_page_to_a_printed_receipt(counter, book, monday):
    assert "Sổ tập huấn còn trống" in counter.said()
    counter.alt("B")
    assert is_told(counter, Step.SCAN)
    counter.alt("Q")
    fill_in(counter)
    counter.now = monday + timedelta(minutes=3, seconds=20)
    counter.press(KEYS.Key_F12)
    counter.until_said("Xong giấy hẹn đầu tiên sau 3 phút 20 giây")
    (row,) = lookup.page(book, limit=5)
    assert counter.kinds(row.code) == [EventKind.REGISTER, EventKind.PRINT]
    assert (book.home / FOLDER / FILE).read_bytes().startswith(b"%PDF")
    assert not (counter.tray / "receipt.pdf").exists()
    counter.press(KEYS.Key_Return, pause=READING_MS)
    assert told(counter) == ""
    assert counter.window.current_key == "intake"


def test_it_is_left_and_gone_on_with_where_the_form_stands(counter, monday):
    counter.alt("B")
    counter.alt("Q")
    counter.now = monday + timedelta(minutes=1)
    counter.press(KEYS.Key_Escape, SHIFT)
    assert told(counter) == ""
    counter.now = monday + timedelta(hours=2)
    counter.press(KEYS.Key_F1)
    counter.alt("B")
    fill_in(counter)
    counter.now += timedelta(seconds=30)
    counter.press(KEYS.Key_F12)
    counter.until_said("Xong giấy hẹn đầu tiên sau 1 phút 30 giây")


def test_another_page_is_told_the_way_back_and_a_mistake_the_remedy(counter):
    counter.alt("B")
    counter.press(KEYS.Key_F2)
    assert is_told(counter, Step.OPEN)
    counter.press(KEYS.Key_F3)
    counter.scan(CARD)
    fill_in(counter)
    sheet = counter.page.sheet
    sheet.rows["applicant.phone"].set_value("12")
    sheet.rows["applicant.phone"].edited.emit("12")
    assert is_told(counter, Step.FIX)


def test_a_printer_that_fails_leads_to_a_file(counter, book, tmp_path):
    (book.home / FOLDER).write_text("in the way")
    counter.alt("B")
    counter.alt("Q")
    fill_in(counter)
    counter.press(KEYS.Key_F12)
    counter.qtbot.waitUntil(lambda: is_told(counter, Step.SAVE))
    counter.window.made("submitted").preview._write(tmp_path / "giay-hen.pdf")
    assert "Xong giấy hẹn đầu tiên" in told(counter)


def test_each_exercise_has_another_person(counter, book, monday):
    first = exercise.sample_card(book, today=monday.date())
    counter.alt("B")
    counter.alt("Q")
    fill_in(counter)
    counter.press(KEYS.Key_F12)
    counter.until_said("Xong giấy hẹn đầu tiên")
    assert lookup.page(book, limit=1)[0].id_number == first.id_number
    assert exercise.sample_card(book, today=monday.date()).id_number != first.id_number
    counter.press(KEYS.Key_F1)
    counter.alt("B")
    assert is_told(counter, Step.SCAN)


def test_outside_the_exercise_paper_goes_to_the_printer(counter):
    counter.press(KEYS.Key_F3)
    counter.scan(CARD)
    counter.choose_correction()
    counter.press(KEYS.Key_F12)
    counter.until_said("Máy in đã nhận đủ 2 bản")
    assert (counter.tray / "receipt.pdf").exists()
    assert told(counter) == ""


def test_a_live_register_has_no_exercise(commune, monday, tmp_path, qtbot):
    desk = Counter(commune, tmp_path / "tray", monday, qtbot)
    qtbot.addWidget(desk.window)
    desk.alt("B")
    assert "Bấm F3 để tiếp nhận hồ sơ đầu tiên" in desk.said() and "Bài tập" not in desk.said()
    desk.press(KEYS.Key_F1)
    desk.alt("B")
    assert "Bài tập" not in desk.said()
    desk.program._first_receipt.begin()
    assert "Bài tập chỉ làm trong sổ tập huấn" in desk.said()
    assert told(desk) == "" and desk.window.current_key == "help"
    desk.close()
    with pytest.raises(UserError, match="sổ tập huấn"):
        exercise.sample_card(commune, today=monday.date())
    assert lookup.is_empty(commune)


def test_every_key_that_a_step_names_is_there(counter):
    counter.alt("B")
    here = {key_words(act.shortcut()) for act in counter.window.findChildren(QAction)} | {"Enter", "Tab", "Space", "↓"}
    counter.window.open("submitted")
    here |= {key_words(act.shortcut()) for act in counter.window.findChildren(QAction)}
    for text in (*help_texts.exercise()["steps"].values(), help_texts.exercise()["done"]):
        assert set(help_texts.keys(text)) <= here, text


def test_every_step_has_its_words():
    assert help_texts.exercise()["steps"].keys() == set(Step)
    assert {place(step) for step in Step} == set(range(1, LAST + 1))


def test_a_form_without_a_name_is_not_yet_scanned(correction_form):
    nobody = replace(correction_form, applicant=replace(correction_form.applicant, name=""))
    assert next_step(nobody, None, 0) is Step.SCAN
    assert next_step(correction_form, None, 0) is Step.PROCEDURE
