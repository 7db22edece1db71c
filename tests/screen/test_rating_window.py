"""The citizen's screen: alike cards, one answer or none, nobody's name; what the clerk pressed is marked as such."""

import json
import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from db.vocabulary import EventKind, ResultBy
from desktop import labels
from desktop.gui.buttons import Tick
from desktop.gui.rating_cards import LEAST_TARGET, TIGHT_TARGET, ConsentTick, ScoreCard
from desktop.gui.rating_desk import RatingDesk
from desktop.gui.rating_window import RatingWindow
from desktop.gui.settings_rating import RatingSection
from desktop.office import acts, lookup, settings
from desktop.rules.calendar import PUBLISHED_HOURS
from desktop.rules.ratings import KEYPAD_SETTING, SCREEN_SETTING
from resources.pictures import flaws
from tests.architecture.source import CHECKOUT

UNIT = "Trung tâm Phục vụ hành chính công xã Mường Than"


@pytest.fixture
def window(qtbot):
    made = RatingWindow(UNIT, labels.hours_words(PUBLISHED_HOURS), unseen_ms=0)
    made.resize(1024, 768)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def answers(window):
    given = []
    window.answered.connect(given.append)
    window.declined.connect(lambda: given.append(None))
    return given


def said(window: QWidget) -> str:
    QApplication.processEvents()
    return " | ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible() and label.text())


def targets(window: QWidget) -> list[QPushButton]:
    QApplication.processEvents()
    return [button for button in window.findChildren(QPushButton) if button.isVisible()]


def wrong(window: QWidget) -> list[flaws.Flaw]:
    return flaws.found(window, window.grab().toImage())


def touch(window: QWidget, words: str) -> None:
    (button,) = (found for found in targets(window) if words in found.accessibleName())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_at_rest_it_shows_the_unit_and_its_hours_only(window):
    assert said(window) == f"{UNIT} | Giờ tiếp nhận và trả kết quả | Thứ Hai – Thứ Sáu: 07:30–11:30, 13:30–17:00"
    assert not targets(window)


#: A screen of the citizen's own, then what 1366×768 leaves on the clerk's at 150 % and at 200 %.
SIZES = [(QSize(1024, 768), LEAST_TARGET), (QSize(1920, 1080), LEAST_TARGET), (QSize(911, 420), LEAST_TARGET)]
SIZES += [(QSize(683, 348), TIGHT_TARGET), (QSize(683, 304), TIGHT_TARGET)]


@pytest.mark.parametrize(("size", "target"), SIZES, ids=str)
@pytest.mark.parametrize("scale", [3, 4, 5])
def test_the_cards_of_a_scale_are_alike_and_wide_enough_for_a_finger(window, nothing_cut, size, target, scale):
    window.resize(size)
    window.ask(scale)
    QApplication.processEvents()
    cards = [button for button in targets(window) if isinstance(button, ScoreCard)]
    assert [card.score for card in cards] == list(range(1, scale + 1))
    assert max(card.width() for card in cards) - min(card.width() for card in cards) <= 1
    assert len({card.height() for card in cards}) == 1
    assert not any(card.isDown() or card.isChecked() or card.hasFocus() for card in cards)
    assert all(min(button.width(), button.height()) >= target for button in targets(window))
    assert window.size() == size
    nothing_cut(window)
    assert not wrong(window)
    window._choose(1, by_key=False)
    assert all(min(button.width(), button.height()) >= target for button in targets(window))
    nothing_cut(window)
    assert not wrong(window)


def test_a_touched_face_is_the_answer_and_no_name_is_agreed_to(window, answers):
    window.ask(5)
    touch(window, "4 – ")
    (answer,) = answers
    assert (answer.score, answer.scale, answer.reason, answer.anonymous, answer.by_key) == (4, 5, "", True, False)
    assert "Cảm ơn Ông/Bà." in said(window)


@pytest.mark.parametrize("score", [1, 2])
def test_a_bad_mark_offers_reasons_and_takes_one(window, answers, score):
    window.ask(5)
    touch(window, f"{score} – ")
    assert answers == []
    touch(window, "Chờ lâu")
    assert (answers[0].score, answers[0].reason) == (score, "Chờ lâu")


def test_the_reason_can_be_kept_back(window, answers):
    window.ask(3)
    touch(window, "1 – ")
    touch(window, "Không nói lý do")
    assert (answers[0].score, answers[0].reason) == (1, "")


def test_the_citizen_may_let_the_rating_stand_with_the_dossier(window, answers):
    window.ask(5)
    (tick,) = window.findChildren(ConsentTick)
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    touch(window, "5 – ")
    assert not answers[0].anonymous
    window.ask(5)
    assert not tick.isChecked()


def test_keys_one_to_five_answer_and_other_keys_do_not(window, answers):
    window.ask(4)
    for key in ("0", "5", "6", "9", "a", " ", "\r"):
        QTest.keyClick(window, key)
    assert answers == []
    QTest.keyClick(window, "3")
    assert (answers[0].score, answers[0].by_key) == (3, True)


def test_a_key_that_went_down_before_the_question_was_seen_is_no_answer(qtbot, window):
    hasty = RatingWindow(UNIT, (), unseen_ms=60_000)
    qtbot.addWidget(hasty)
    hasty.ask(5)
    QTest.keyClick(hasty, "1")
    assert hasty.is_asking
    hasty.rest()


def test_no_answer_is_an_answer_to_respect(window, answers):
    window.ask(5)
    touch(window, "Không trả lời")
    assert answers == [None]
    assert "Giờ tiếp nhận" in said(window)


def test_it_closes_by_itself_and_records_nothing(qtbot):
    soon = RatingWindow(UNIT, (), patience_ms=1)
    qtbot.addWidget(soon)
    given = []
    soon.answered.connect(given.append)
    with qtbot.waitSignal(soon.declined):
        soon.ask(5)
    assert given == []


def test_a_bad_mark_counts_when_no_reason_follows(qtbot):
    soon = RatingWindow(UNIT, (), patience_ms=200)
    qtbot.addWidget(soon)
    with qtbot.waitSignal(soon.answered) as given:
        soon.ask(5)
        soon._choose(2, by_key=False)
    assert (given.args[0].score, given.args[0].reason) == (2, "")


@pytest.fixture
def desk(commands, qtbot):
    """The rating of a counter with one screen only."""
    counter = QWidget()
    counter.resize(800, 600)
    qtbot.addWidget(counter)
    with qtbot.waitExposed(counter):
        counter.show()
    made = RatingDesk(commands, counter)
    yield made
    made.close()


@pytest.fixture
def handed_over(commands, take_in) -> str:
    code = take_in()
    commands.do(acts.perform, code, EventKind.FINISH, {})
    commands.do(acts.perform, code, EventKind.HAND_OVER, {"to": "Vàng Thị Ví Dụ", "by": ResultBy.COUNTER})
    return code


def rating(commands, code: str) -> dict | None:
    events = commands.ask(lookup.dossier, code).events
    return next((event.payload["facts"] for event in events if event.event is EventKind.RATE), None)


def test_on_the_clerks_own_screen_every_answer_is_marked_as_the_clerks(desk, commands, handed_over):
    desk.ask(handed_over)
    assert not desk.has_second_screen
    touch(desk._window, "5 – ")
    assert rating(commands, handed_over) == {"scale": 5, "anonymous": True, "source": "clerk_keyboard"}
    assert desk._window.isHidden()


def test_the_scale_is_a_setting(desk, commands, handed_over):
    commands.do(settings.change, "rating_scale", 3)
    desk.ask(handed_over)
    assert "Bình thường" not in said(desk._window)
    QTest.mouseClick(desk._window.findChild(ConsentTick), Qt.MouseButton.LeftButton)
    touch(desk._window, "3 – ")
    assert (rating(commands, handed_over)["score"], rating(commands, handed_over)["scale"]) == (3, 3)


def test_a_second_rating_is_refused_with_a_sentence(desk, commands, handed_over, qtbot):
    desk.ask(handed_over)
    touch(desk._window, "5 – ")
    desk.ask(handed_over)
    with qtbot.waitSignal(desk.settled) as settled:
        touch(desk._window, "4 – ")
    assert settled.args[:2] == [handed_over, "failed"]
    assert "đã có ý kiến" in settled.args[2]


def test_the_next_citizen_ends_the_question_to_the_one_before(desk, commands, handed_over, take_in, qtbot):
    desk.ask(handed_over)
    with qtbot.waitSignal(desk.settled) as settled:
        desk.ask("TN-MT-261123-0009")
    assert settled.args == [handed_over, "declined", ""]
    assert rating(commands, handed_over) is None
    assert desk.is_asking


CHILD = """
import sys
from datetime import datetime
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from db.vocabulary import EventKind
from desktop.gui import theme
from desktop.gui.commands import Commands
from desktop.gui.buttons import Tick
from desktop.gui.rating_cards import ScoreCard
from desktop.gui.rating_desk import RatingDesk
from desktop.office import acts, lookup, opening, people, settings
now = datetime.fromisoformat(sys.argv[2])
app = QApplication([])
theme.apply(app)
book = opening.open_register(Path(sys.argv[1]), now=now)
commands = Commands(book, people.clerks(book)[0], lambda: now)
counter = QWidget()
counter.show()
app.processEvents()
desk = RatingDesk(commands, counter)
for name in sys.argv[4:]:
    commands.do(settings.change, name, name != "rating_screen")
desk.rest()
code = sys.argv[3]
shown = desk._window
print("idle", shown is not None and shown.screen().name(), flush=True)
desk.ask(code)
app.processEvents()
window = desk._window
print("then", "clerk" if counter.isActiveWindow() else "citizen")
print("asks", window.screen().name(), window.width(), window.height())
print("names", any("Vàng" in label.text() or "0121" in label.text() for label in window.findChildren(QLabel)))
card = next(card for card in window.findChildren(ScoreCard) if card.score == 4)
if "rating_keypad" in sys.argv:
    window._shown_for.restart()
    window._unseen_ms = 0
    QTest.keyClick(window, "4")
else:
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
events = lookup.dossier(book, code).events
print("source", events[-1].payload["facts"]["source"])
app.processEvents()
print("keyboard", "clerk" if counter.isActiveWindow() else "citizen")
desk.close()
book.close()
"""
SCREENS = {
    "screens": [
        {"name": name, "x": x, "y": 0, "width": width, "height": 768, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for name, x, width in (("clerk", 0, 1366), ("citizen", 1366, 1024))
    ]
}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ((), ["idle citizen", "then clerk", "asks citizen 1024 768", "names False", "source second_screen"]),
        ((KEYPAD_SETTING,), ["then citizen", "asks citizen 1024 768", "source second_screen", "keyboard clerk"]),
        ((SCREEN_SETTING,), ["idle False", "names False", "source clerk_keyboard"]),
    ],
    ids=["finger", "keys of its own", "not wanted"],
)
def test_the_second_screen_is_the_citizens(commands, live_home, handed_over, monday, tmp_path, chosen, expected):
    commands.book.close()
    layout = tmp_path / "screens.json"
    layout.write_text(json.dumps(SCREENS), encoding="utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={layout}"}
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(live_home), monday.isoformat(), handed_over, *chosen],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told = child.stdout.splitlines()
    assert child.returncode == 0, child.stderr
    assert "requestActivate" not in child.stderr
    assert [line for line in told if line in expected] == expected, told


def test_the_scale_and_the_screen_are_chosen_in_the_settings(commands, qtbot):
    section = RatingSection(commands)
    qtbot.addWidget(section)
    with qtbot.waitExposed(section):
        section.show()
    section.refresh()
    scale, screen, keypad = section.first, *section.findChildren(Tick)
    assert (scale.currentText()[:5], screen.isChecked(), keypad.isChecked()) == ("5 mức", True, False)
    QTest.keyClick(scale, Qt.Key.Key_Up)
    for tick in (screen, keypad):
        QTest.keyClick(tick, Qt.Key.Key_Space)
    stored = [commands.ask(settings.get, name) for name in ("rating_scale", SCREEN_SETTING, KEYPAD_SETTING)]
    assert stored == [4, False, True]
