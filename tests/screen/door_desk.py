"""A live register whose people have passwords, its window, and the keys pressed at its door."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from db.connection import Register
from desktop.gui.enter_guard import AFTER_KEY_MS
from desktop.gui.printing import FilePrinter
from desktop.gui.secret_row import SecretEdit
from desktop.gui.strips import MessageStrip
from desktop.office import signing_in
from desktop.program import Program
from tests.conftest import MONDAY

KEY, ALT, CTRL = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
RUNS, WORKS = "mường 9 than", "804271"


class Saver:
    """Saves where a test says."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.names = folder, []

    def choose(self, parent, name, then) -> None:
        self.names.append(name)
        then(self.folder / name)


def give_passwords(book: Register) -> str:
    """``quay1`` administers with a password, ``truc`` works with a PIN, nobody is signed in. The recovery code."""
    code = signing_in.begin(book, "quay1", RUNS, now=MONDAY)
    once = signing_in.reset(book, "truc", clerk="quay1", now=MONDAY)
    signing_in.sign_in(book, "truc", once, now=MONDAY)
    signing_in.set_password(book, "truc", WORKS, clerk="truc", now=MONDAY)
    book.proved.clear()
    return code


@dataclass
class Desk:
    """The whole program on a register; ``clock`` holds the moment."""

    program: Program
    book: Register
    clock: list
    saver: Saver

    @property
    def window(self):
        return self.program.window

    @property
    def strip(self) -> str:
        """The sentences in sight."""
        return " | ".join(one.text for one in self.window.findChildren(MessageStrip) if one.isVisible())

    def sign_in(self, secret: str, *, down: int = 0) -> None:
        """Choose the name so many rows below, type, Enter."""
        for _time in range(down):
            self.press(KEY.Key_Down)
        self.type(secret)
        self.press(KEY.Key_Return)

    def type(self, text: str) -> None:
        """As a keyboard program leaves it."""
        edit = QApplication.focusWidget()
        assert isinstance(edit, SecretEdit), edit
        edit.selectAll()
        edit.insert(text)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.qWait(AFTER_KEY_MS + 20)
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def later(self, **span) -> None:
        self.clock[0] += timedelta(**span)

    def seen(self) -> str:
        """Everything that a person or a screen reader meets in any window of the program."""
        told = []
        for top in QApplication.topLevelWidgets():
            if not top.isVisible():
                continue
            told.append(top.windowTitle())
            for one in (top, *top.findChildren(QWidget)):
                if one.isVisible():
                    told += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
                    told += [one.text()] if isinstance(one, QLabel) else []
        return "\n".join(told)


def open_desk(book: Register, folder: Path, qtbot, size=(1366, 696), **devices) -> Desk:
    """The window on the register, awake."""
    clock, saver = [MONDAY], Saver(folder)
    devices.setdefault("printer", FilePrinter(folder / "in.pdf", "Canon"))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    program = Program(app, book, lambda: clock[0], chooser=saver, **devices)
    qtbot.addWidget(program.window)
    program.window.resize(*size)
    with qtbot.waitExposed(program.window):
        program.window.show()
    program.window.activateWindow()
    program.start()
    qtbot.waitUntil(lambda: program.is_awake)
    qtbot.waitUntil(lambda: program.jobs.is_idle)
    return Desk(program, book, clock, saver)
