"""What the windows let people see of citizens is written into the access log: one dossier, or who was searched for.

Writing it changes nothing on any screen. Whoever may not look is told so and sees nothing; a disk that cannot write
stops nobody at the counter from reading what is in the register already.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.errors import RegisterProblem
from desktop.gui.commands import Commands, Problem
from desktop.office import access

#: Answers that were in sight for so long were read; a word that is still being typed is not a search yet.
_READ_MS = 1500


def may_look(
    commands: Commands, act: Callable[..., Any], *about: Any, leave: Callable[[], object] | None = None, **facts: Any
) -> bool:
    """``act`` of ``office.access``, in the name of whoever works here now; False when they may not see it.

    Then ``leave`` goes elsewhere before it is said why: going there would end what was said.
    """
    refusals: list[Problem] = []
    who, now = commands.clerk.short_name, commands.now()
    commands.ask(act, *about, clerk=who, now=now, refused=refusals.append, **facts)
    allowed = all(isinstance(problem, RegisterProblem) for problem in refusals)
    if not allowed and leave is not None:
        leave()
    for problem in refusals:
        commands.refused.emit(problem)
    return allowed


def is_hidden(page: QWidget) -> bool:
    """Whether what is brought up to date there is behind the lock, and seen by nobody."""
    return bool(getattr(page.window(), "is_covered", False))


def glance(page: QWidget, commands: Commands, name: str, count: int, *, why: str) -> None:
    """A list of the daily work with ``count`` names stands on ``page``, whether that can be written down or not."""
    if is_hidden(page):
        return
    who, now = commands.clerk.short_name, commands.now()
    if not commands.is_sure_of(now):
        return  # what is recorded at a moment to come can never be taken back
    commands.ask(access.glanced, name, count=count, why=why, clerk=who, now=now, refused=lambda _problem: None)


class Searches(QObject):
    """The searches of one field: each is written down once its answers could be read, or at once when one is opened."""

    def __init__(self, commands: Commands, why: str, parent: QObject) -> None:
        super().__init__(parent)
        self._commands, self._why = commands, why
        self._text, self._count = "", 0
        self._read = QTimer(self)
        self._read.setSingleShot(True)
        self._read.setInterval(_READ_MS)
        self._read.timeout.connect(self.settle)
        parent.installEventFilter(self)

    def shown(self, text: str, count: int) -> None:
        """``count`` answers about people stand on the screen for ``text``; none of them is nobody looked at."""
        if not (text.startswith(self._text) or self._text.startswith(text)):
            self.settle()  # another search, not the same one typed on
        self._text, self._count = text, count
        if count:
            self._read.start()
        else:
            self._read.stop()

    def settle(self) -> None:
        """Write down what is in sight."""
        self._read.stop()
        if self._count:
            text, count = self._text, self._count
            self._text, self._count = "", 0
            may_look(self._commands, access.searched, text, count=count, why=self._why)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page or the window goes: what stood on it was seen, and nothing is written after the register closed."""
        if event.type() == QEvent.Type.Hide:
            self.settle()
        return super().eventFilter(watched, event)
