"""UndoStrip: what was just recorded, and the seconds in which it may still be taken back."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction

from desktop import labels
from desktop.gui.strips import MessageStrip
from desktop.rules.lifecycle import UNDO_WITHIN, Happened

_SECOND_MS = 1000


class UndoStrip(MessageStrip):
    """Counts down by the program's clock and goes when the minute is over; ``action`` is its button."""

    def __init__(self, action: QAction, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._action, self._now = action, now
        self._last: Happened | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND_MS)
        self._timer.timeout.connect(self._count_down)

    @property
    def is_offered(self) -> bool:
        """Whether something can still be taken back."""
        return self._last is not None and self._seconds(self._last) > 0

    def offer(self, last: Happened | None) -> None:
        """Offer to take ``last`` back while its minute runs; nothing when it is None."""
        self._last = last
        if last is None or not self.is_offered:
            self._timer.stop()
            self.hush()
            return
        self.say("accent", self._sentence(last), action=self._action, icon="undo-variant")
        self._timer.start()

    def _count_down(self) -> None:
        if self._last is not None and self.is_offered:
            self.retell(self._sentence(self._last))
        else:
            self.offer(None)

    def _seconds(self, last: Happened) -> int:
        return int((last.at + UNDO_WITHIN - self._now()).total_seconds())

    def _sentence(self, last: Happened) -> str:
        return f"Vừa ghi: {labels.EVENT_WORDS[last.event].lower()}. Nhầm thì hoàn lại, còn {self._seconds(last)} giây."
