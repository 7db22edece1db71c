"""No page of the real program, no answer of its search and no window of the citizen shows a whole identity number."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.vocabulary import DocumentKind, EventKind
from desktop.gui.printing import FilePrinter
from desktop.office import acts, citizens, counter, slip_lookup, slips
from desktop.program import Program
from desktop.rules.slips import USUAL_REASON, SlipForm
from tests.conftest import MONDAY
from tests.screen.posting_desk import ALT, press
from tests.screen.test_looks import digits, texts

NUMBERS = ("012195000002", "012087000001", "012303000003")
NOW = MONDAY + timedelta(minutes=30)


@pytest.fixture
def book(commune, correction_form):
    """A dossier that waits, one whose result is ready, and a slip: each of another citizen."""
    from dataclasses import replace

    for place, number in enumerate(NUMBERS):
        applicant = replace(correction_form.applicant, id_number=number, birth_date="", gender="")
        form = replace(correction_form, key=f"key-{place}", applicant=applicant)
        at = MONDAY + timedelta(minutes=place)
        if place == 2:
            slip = SlipForm(DocumentKind.SUPPLEMENT, form, "slip", ("Giấy chứng sinh",), USUAL_REASON, "")
            slips.give(commune, slip, clerk="truc", now=at)
            continue
        code = counter.register(commune, form, clerk="truc", now=at).code
        if place == 1:
            acts.perform(commune, code, EventKind.FINISH, {}, clerk="truc", now=at + timedelta(minutes=1))
    return commune


@pytest.fixture
def program(book, tmp_path, qapp, qtbot):
    shown = Program(qapp, book, lambda: NOW, printer=FilePrinter(tmp_path / "printed.pdf"))
    shown.window.resize(1366, 696)
    with qtbot.waitExposed(shown.window):
        shown.window.show()
    shown.start()
    shown.window.activateWindow()
    qtbot.waitUntil(lambda: shown.is_awake and shown.jobs.is_idle)
    yield shown
    shown.close()


def whole_numbers():
    """Those that stand whole anywhere on the screen."""
    shown = digits("\n".join(texts(window) for window in QApplication.topLevelWidgets() if window.isVisible()))
    return [number for number in NUMBERS if number in shown]


def test_no_destination_shows_a_whole_number(program):
    for key in program.window.destinations:
        program.window.open(key)
        assert whole_numbers() == [], key


def test_what_is_opened_there_does_not_either(program, book):
    codes = ["TN-MT-261123-0001", "TN-MT-261123-0002"]
    opened = {
        "dossier": lambda: program.open_dossier(codes[0]),
        "person": lambda: program.window.open("dossiers").show_person(citizens.found(book, NUMBERS[0])[0]),
        "hand-over": lambda: program.window.open("handover").show_dossier(codes[1]),
        "slip": lambda: program.window.open("slips").show_slip(slip_lookup.find(book, NUMBERS[2], limit=1)[0]),
    }
    for name, show in opened.items():
        show()
        assert whole_numbers() == [], name
    assert "0121****0002" in texts(program.window.open("dossier")).replace(" ", "")


def test_a_correction_shows_what_stands_there_masked(program):
    program.open_dossier("TN-MT-261123-0001")
    press(Qt.Key.Key_C, ALT)
    press(Qt.Key.Key_Down)

    said = texts(program.window)
    assert "Đang ghi" in said and "0121****0002" in said
    assert whole_numbers() == []


@pytest.mark.parametrize("text", ["vang", "0002", "TN-MT-261123-0001"])
def test_the_answers_of_the_search_do_not(program, text):
    program.window.open("home")
    box = program.window.search
    box.field.setText(text)
    box._search()

    assert box.answers.isVisible()
    assert whole_numbers() == []


def test_the_scan_sees_a_number_that_is_revealed(program):
    program.open_dossier("TN-MT-261123-0001")
    press(Qt.Key.Key_M, ALT)

    assert whole_numbers() == [NUMBERS[0]]


def test_the_second_screen_shows_no_number_and_no_name(program, book, qtbot):
    program.window.open("handover").show_dossier("TN-MT-261123-0002")
    desk = program._rating_desk()
    desk.ask("TN-MT-261123-0002")

    assert whole_numbers() == []
    others = [
        window for window in QApplication.topLevelWidgets() if window.isVisible() and window is not program.window
    ]
    assert not any("Vàng" in texts(window) for window in others)
