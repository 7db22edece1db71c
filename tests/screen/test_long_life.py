"""A window that is open all day makes millions of calls into Qt; none of them may end it or leave anything behind."""

import os
import re
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.gui.search import SearchBox

MANY_CALLS = """
import desktop.gui
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel
class Clock(QObject):
    ticked = Signal()
app = QApplication([])
label, clock = QLabel(), Clock()
for _ in range(100_000):
    label.setText("08:00")
    clock.ticked.emit()
    label.property("tone")
print("alive")
"""


def test_two_hundred_thousand_calls_into_qt_leave_the_program_alive():
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", MANY_CALLS], capture_output=True, text=True, env=environment, timeout=60
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr


EVERYTHING_ANEW = """
import gc, psutil, sys
from datetime import datetime
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from desktop.gui import layouts, theme
from desktop.gui.facts import FactList
from desktop.gui.timeline import Happening, Timeline
app, window = theme.application(), QWidget()
facts, story, column = FactList(), Timeline(), QVBoxLayout()
across = QHBoxLayout(window)
across.addWidget(facts)
across.addWidget(story)
across.addLayout(column)
def fill():
    layouts.empty(column)
    for _ in range(20):
        row = QHBoxLayout()
        for word in ("a", "b", "c"):
            row.addWidget(QLabel(word))
        row.addStretch(1)
        column.addLayout(row)
    column.addStretch(1)
    facts.show_facts([("Số", "1")])
    story.show_happenings([Happening(datetime(2026, 11, 23), "magnify", "text2", "a", "b")])
def resident(times):
    for _ in range(times):
        fill()
        app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return psutil.Process().memory_info().rss
before = resident(100)
print(resident(400) - before)
"""


def test_what_is_filled_anew_four_hundred_times_leaves_nothing_behind():
    """Twenty rows of three words left 7 KB each time while nobody deleted the items that stood around them."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", EVERYTHING_ANEW]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=200, check=True)
    assert int(done.stdout) < 1_000_000


def test_items_are_taken_out_of_layouts_in_one_place_alone():
    """PySide frees none of them; ``layouts`` does."""
    desktop = Path(__file__).resolve().parents[2] / "desktop"
    takers = {
        path.name
        for path in desktop.rglob("*.py")
        if re.search(r"\.(takeAt|replaceWidget)\(", path.read_text(encoding="utf-8"))
    }
    assert takers == {"layouts.py"}


def test_a_new_search_does_not_remember_the_letters_of_all_those_before(qtbot):
    box = SearchBox(lambda _text: (), QWidget())
    qtbot.addWidget(box)
    for words in ("vang thi vi du", "giang a mau"):
        box.focus_action.trigger()
        assert not box.field.isUndoAvailable()
        qtbot.keyClicks(box.field, words)
        assert box.field.text() == words and box.field.isUndoAvailable()
    box.focus_action.trigger()
    assert box.field.text() == box.field.selectedText() == "giang a mau"
