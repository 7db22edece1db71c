"""What every part of the settings page is: a column of cards that reads again, and one sentence when refused."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui.buttons import ActButton
from desktop.gui.commands import Commands, Problem
from desktop.gui.messages import of_problem
from desktop.gui.scrolling import Scroller
from desktop.gui.strips import MessageStrip

#: What a section has to make do with on the lowest screen.
_LEAST = 120


class Section(QWidget):
    """Base of the sections; ``first`` is where its work begins."""

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self.commands = commands
        self.strip = MessageStrip()
        commands.clerk_changed.connect(lambda _clerk: self.strip.hush())  # it was said to the one before
        self.first: QWidget | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def refresh(self) -> None:
        """Read again what the section shows."""

    def act(self, words: str, keys: str, then: Callable[[], object]) -> QAction:
        """An act whose key works while this section is shown."""
        action = QAction(words, self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: then())
        self.addAction(action)
        return action

    def change(self, act: Callable[..., Any], *arguments: Any, said: str, **facts: Any) -> bool:
        """Do an act of the office; say ``said`` when it was done, the reason when it was refused."""
        done = self.commands.do(act, *arguments, refused=self._refused, **facts)
        if done is not None:
            self.strip.say("ok", said)
        return done is not None

    def _refused(self, problem: Problem) -> None:
        self.strip.say(*of_problem(problem))


class PinnedSection(QWidget):
    """A section that scrolls below what it says of the last act: that stays in sight wherever one has scrolled to."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section = section
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._scroller = Scroller(section)
        column.addWidget(section.strip)
        column.addWidget(self._scroller, 1)

    def minimumSizeHint(self) -> QSize:
        """A long sentence takes its lines from what scrolls, never from the height of the window."""
        return QSize(super().minimumSizeHint().width(), _LEAST)

    def go_to_top(self) -> None:
        """Whoever comes back begins where the section does, wherever one had scrolled to before."""
        self._scroller.verticalScrollBar().setValue(0)


def act_row(*buttons: ActButton) -> QHBoxLayout:
    """Acts beside each other at the left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
