"""F1 on every page of the real program: help at that page's part, no key that is not there, the way back as it was."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.gui.help_topic import keyed
from desktop.gui.keys import key_words
from desktop.gui.printing import FilePrinter
from desktop.gui.text_window import crash_window
from desktop.office import help_card, help_texts, opening
from desktop.program import Program
from resources.pictures import flaws
from tests.conftest import MONDAY

ALT = Qt.KeyboardModifier.AltModifier
#: Keys of the widgets themselves: lists, fields, boxes.
PLAIN = {"Enter", "Space", "Tab", "Shift+Tab", "Esc", "↑", "↓", "PgDn", "+", "−"}
TOPICS = {topic.key: topic for topic in help_texts.topics()}


class Answering:
    """A file chooser whose clerk always takes the same place."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def choose(self, _parent: QWidget, _name: str, then: Callable[[Path], None]) -> None:
        then(self.place)


@pytest.fixture(scope="module")
def running(practice_template, tmp_path_factory, qapp) -> Iterator[Program]:
    """The whole program on a practice register; reading help changes nothing in it."""
    home = shutil.copytree(practice_template, tmp_path_factory.mktemp("help") / "practice")
    with opening.open_register(home, now=MONDAY) as book:
        devices = {"printer": FilePrinter(home / "printed.pdf"), "chooser": Answering(home / "to-phim.pdf")}
        shown = Program(qapp, book, lambda: MONDAY, **devices)
        shown.window.show()
        shown.start()
        yield shown
        shown.close()


@pytest.fixture
def program(running, qtbot) -> Program:
    """The program awake, at the size of a small screen."""
    running.window.resize(1366, 696)
    qtbot.waitUntil(lambda: running.is_awake and running.jobs.is_idle)
    running.window.activateWindow()
    return running


@pytest.fixture
def pages(program):
    """Keys of all destinations but help itself."""
    return [key for key in program.window.destinations if key != "help"]


def keys_in(*actions: QAction) -> set[str]:
    return {key_words(action.shortcut()) for action in actions if not action.shortcut().isEmpty()}


def everywhere(program: Program) -> set[str]:
    return PLAIN | keys_in(*program.window.actions())


def words(program: Program) -> str:
    shown = program.window.open("help").findChildren(QLabel)
    return "\n".join(label.accessibleName() or label.text() for label in shown if label.isVisible())


def test_f1_opens_the_part_of_every_page_and_esc_leads_back(program, pages, qtbot):
    for key in pages:
        page = program.window.open(key)
        before = page.focusWidget()
        qtbot.keyClick(program.window, Qt.Key.Key_F1)
        assert (program.window.current_key, program.window.open("help").topic.key) == ("help", key)
        qtbot.keyClick(program.window.focusWidget(), Qt.Key.Key_Escape)
        assert program.window.current_key == key
        assert page.focusWidget() is before


def test_what_was_typed_is_there_after_reading(program, qtbot):
    page = program.window.open("intake")
    editor = page.sheet.rows["applicant.name"].editor
    editor.setFocus()
    qtbot.keyClicks(editor, "LO VAN THU")
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    qtbot.keyClick(program.window.focusWidget(), Qt.Key.Key_Escape)
    assert editor.text().casefold() == "lo van thu"
    assert page.focusWidget() is editor


def test_a_search_for_a_procedure_goes_on_where_f1_came_between(program, qtbot):
    page = program.window.open("intake")
    chooser = page.sheet.procedure.chooser
    chooser.setFocus()
    qtbot.keyClicks(chooser, "cai chinh")
    assert chooser.found
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    qtbot.wait(1)
    qtbot.keyClick(program.window.open("help"), Qt.Key.Key_Escape)
    assert (chooser.text(), chooser.found > 0) == ("cai chinh", True)
    qtbot.keyClick(chooser, Qt.Key.Key_Return)
    assert chooser.procedure.code == "1.004859"
    page.start_next()


def test_letters_that_were_left_on_the_page_do_not_come_back(program, qtbot):
    page = program.window.open("intake")
    chooser = page.sheet.procedure.chooser
    chooser.setFocus()
    qtbot.keyClicks(chooser, "cai chinh")
    page.sheet.rows["applicant.name"].editor.setFocus()
    qtbot.wait(1)
    program.window.open("home")
    program.window.open("intake")
    chooser.setFocus()
    assert chooser.text() == ""


def test_every_page_has_help(program):
    for key in program.window.destinations:
        topic = TOPICS[key]
        assert topic.title and topic.what and topic.steps


def test_every_key_that_help_names_is_there(program, pages):
    """A step names keys of its own page, a remedy may lead to another page."""
    general = everywhere(program)
    here = {key: general | keys_in(*program.window.open(key).findChildren(QAction)) for key in (*pages, "help")}
    anywhere = set().union(*here.values(), keys_in(*crash_window(ValueError(), program.window).findChildren(QAction)))
    for key, topic in TOPICS.items():
        for text in (topic.what, *topic.steps):
            assert set(help_texts.keys(text)) <= here.get(key, anywhere), text
        for _, text in topic.troubles:
            assert set(help_texts.keys(text)) <= anywhere, text


def test_every_key_of_the_card_is_where_it_says(program):
    told = help_texts.card()
    general = everywhere(program)
    pages, anywhere = (dict(table["keys"]) for table in told["tables"])
    titles = {action.shortcut().toString(): action.text() for action in program.window.actions()}
    for key, words in pages.items():
        assert words.startswith(titles[key])
    assert set(anywhere) <= general | keys_in(*program.window.open("home").findChildren(QAction)) | {"F12"}
    dossier = keys_in(*program.window.open("dossier").findChildren(QAction))
    days = keys_in(*program.window.open("statistics").findChildren(QAction))
    for listed in told["lists"]:
        page = listed["page"]
        here = keys_in(*program.window.open(page).findChildren(QAction)) if page else dossier | days
        for step in listed["steps"]:
            assert set(help_texts.keys(step)) <= general | here, step


def test_the_card_is_saved_and_printed_from_the_page(program, qtbot):
    page = program.window.open("help")
    place = program._given_chooser.place
    qtbot.keyClick(page, Qt.Key.Key_S, ALT)
    qtbot.waitUntil(lambda: page.strip.tone == "ok")
    assert place.read_bytes() == help_card.pdf()
    qtbot.keyClick(page, Qt.Key.Key_P, ALT)
    qtbot.waitUntil(lambda: "Máy in đã nhận" in page.strip.text)
    assert place.with_name("printed.pdf").stat().st_size > 10_000


def test_a_card_that_cannot_be_stored_is_told_on_the_page(program, qtbot, monkeypatch):
    page = program.window.open("help")
    monkeypatch.setattr(program._given_chooser, "place", Path("/nowhere/at/all.pdf"))
    qtbot.keyClick(page, Qt.Key.Key_S, ALT)
    qtbot.waitUntil(lambda: page.strip.tone == "late")
    assert "all.pdf" in page.strip.text


def test_every_part_of_the_settings_has_help_and_its_keys(program):
    page = program.window.open("settings")
    parts = {part.title: part for part in TOPICS["settings"].parts}
    ways = [act for act in page.actions() if act.text() in parts]
    assert len(ways) == len(parts) == len(page.actions()) - 1, "Esc is the only act that leads to no part"
    for act in ways:
        act.trigger()
        assert page.part() == act.text()
        here = everywhere(program) | {key_words(each) for each, _ in page.acts_shown()}
        for text in parts[page.part()].steps:
            assert set(help_texts.keys(text)) <= here, text


def test_in_the_settings_the_part_that_was_shown_comes_first(program, qtbot):
    page = program.window.open("settings")
    qtbot.keyClick(page, Qt.Key.Key_4, ALT)
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    said = words(program)
    assert said.index("in trang kiểm tra, đo") < said.index("Làm từng bước")


def test_the_keys_beside_the_words_are_those_of_the_acts(program, qtbot):
    page = program.window.open("intake")
    act = next(action for action in page.findChildren(QAction) if action.text() == "Từ chối")
    act.setShortcut("Alt+Q")
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    said = words(program).split("\n")
    assert said[said.index("Từ chối") - 1] == "Alt+Q"


def test_the_list_leads_to_any_other_part(program, qtbot):
    page = program.window.open("help")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_End)
    assert page.topic.key == "help"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Home)
    said = words(program).split("\n")
    assert "Bắt đầu từ đâu" in said
    assert said[said.index("Ctrl+F") + 1] == program.window.search.focus_action.text()


@pytest.mark.parametrize("size", [(1366, 696), (911, 464), (683, 348)], ids=["100 %", "150 %", "200 %"])
def test_every_part_fits(program, size):
    program.window.resize(*size)
    page = program.window.open("help")
    for key in TOPICS:
        page.come_from(key)
        QApplication.processEvents()
        assert flaws.found(program.window, program.window.grab().toImage()) == [], key


def test_the_text_scrolls_by_keyboard(program, qtbot):
    program.window.resize(911, 464)
    page = program.window.open("help")
    page.come_from("intake")
    page.focus_first()
    QApplication.processEvents()
    bar = page.focusWidget().verticalScrollBar()
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_PageDown)
    assert bar.value() > 0


def test_keys_are_bold_and_signs_of_markup_are_words(qtbot):
    label = keyed("Bấm [F12] khi <3 giấy")
    qtbot.addWidget(label)
    assert "<b" in label.text() and "F12</b>" in label.text() and "&lt;3" in label.text()
    assert label.accessibleName() == "Bấm F12 khi <3 giấy"
