"""EnterGuard: an Enter that nobody pressed on purpose reaches no button.

The Enter of a scanner follows its last letter at once, and one that was meant for the last page may
arrive on the next. Used by the scanner's filter for every button, dialog and shortcut of the program.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QStackedWidget, QWidget

#: A person needs longer than this from a letter to Enter.
AFTER_KEY_MS = 50
#: A page must have been seen before Enter may accept it.
AFTER_SHOW_MS = 300

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterGuard:
    """Judges every Enter by the moments of the key before it and of the page under it."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._key_at = -AFTER_KEY_MS - 1
        self._shown_at = -AFTER_SHOW_MS - 1
        self._is_showing = self._hasty = False

    def notice_shown(self, widget: QWidget) -> None:
        """A page of a stack or a dialog has just come into sight.

        It has been seen only when the work of showing it is done, which may take a weak machine long.
        """
        if isinstance(widget, QDialog) or isinstance(widget.parent(), QStackedWidget):
            self._is_showing = True
            # One turn of the event loop lays it out, the next has painted it.
            QTimer.singleShot(0, lambda: QTimer.singleShot(0, self._notice_seen))

    def _notice_seen(self) -> None:
        self._is_showing = False
        self._shown_at = self._clock()

    def is_hasty(self, event: QKeyEvent) -> bool:
        """Is ``event`` an Enter that comes too soon to be meant for what is on the screen?"""
        now = self._clock()
        return event.key() in _ENTERS and (
            self._is_showing
            or now - self._key_at <= AFTER_KEY_MS
            or now - self._shown_at <= AFTER_SHOW_MS
            or event.isAutoRepeat()
        )

    def refuses(self, target: QWidget, event: QKeyEvent) -> bool:
        """Note the key press ``event`` and tell whether ``target`` must not see it."""
        self._hasty = self.is_hasty(event)
        self._key_at = self._clock()
        return self._hasty and isinstance(target, QAbstractButton)

    def refuses_climbing(self, parent: QWidget, event: QKeyEvent) -> bool:
        """Must ``parent`` not see an Enter that its child left alone? A dialog would press its default button."""
        return self._hasty and event.key() in _ENTERS and isinstance(parent, QDialog)
