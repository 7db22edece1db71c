"""A window that is open all day makes millions of calls into Qt; none of them may end the program."""

import os
import subprocess
import sys

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
