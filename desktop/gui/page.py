"""What every page is to the window: something with a first focus that reads again when told to.

A visible page reads at once, a hidden one when it is next shown. Pages meet only through ``Changes``
and their own signals; none knows the window or another page.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.changes import Changes


class Page(QWidget):
    """Base of all pages. ``left`` asks the window to go back to where the clerk came from."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stale = True

    def refresh(self) -> None:
        """Read again what the page shows; selection and typing stay."""

    def focus_first(self) -> None:
        """Put the focus where this page's work begins."""

    def come_from(self, key: str) -> None:
        """The page is about to be opened while the page called ``key`` (``""`` for none) is shown."""

    def part(self) -> str:
        """The title of the part that is shown, on a page that has several."""
        return ""

    def acts_shown(self) -> tuple[tuple[str, str], ...]:
        """Key and words of every act that the page shows now, each key once, in the order they were made."""
        told: dict[str, str] = {}
        for action in self.findChildren(QAction):
            place = action.parent()
            shown = isinstance(place, QWidget) and (place is self or place.isVisibleTo(self))
            if shown and action.isVisible() and not action.shortcut().isEmpty():
                told.setdefault(action.shortcut().toString(), action.text())
        return tuple(told.items())

    def concerns(self, changes: Changes) -> bool:
        """Whether this page shows anything of what changed."""
        return bool(changes)

    def take(self, changes: Changes) -> None:
        """Something changed: read again now if visible, else when next shown."""
        if not self.concerns(changes):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def show_moment(self, now: datetime) -> None:
        """A minute has passed while the page is shown: tell times left anew."""

    def act(self, words: str, keys: str, then: Callable[[], object]) -> QAction:
        """An act of this page: its key works wherever the focus is while the page is shown."""
        action = QAction(self, text=words)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: then())
        self.addAction(action)
        return action

    def minimumSizeHint(self) -> QSize:
        """Small enough for 1366×768 at 200 %: a page that needs more lays itself out anew when narrow."""
        return QSize(480, 190)

    def catch_up(self) -> None:
        """Read again if something changed since the page was last read."""
        if self._stale:
            self._stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self.catch_up()
        super().showEvent(event)


class Destination(NamedTuple):
    """A page that the window can show. ``belongs_to`` names the rail entry of a page that has none itself."""

    key: str
    title: str
    icon: str
    shortcut: str
    make: Callable[[], Page]
    belongs_to: str = ""
    note: str = ""
    at_foot: bool = False
