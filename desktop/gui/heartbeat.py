"""Heartbeat: once a minute asks what is due; it owns no schedule and remembers nothing itself.

Each question looks at the register and answers or acts; a question that is refused does not stop
the others. Something that must not be forgotten is a row in the register, not a timer here.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

_MINUTE_MS = 60_000

Question = Callable[[datetime], None]


class Heartbeat(QObject):
    """``beat`` carries the present moment each minute, for clocks and times left."""

    beat = Signal(object)

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._questions: list[Question] = []
        #: Whether a moment's day is sure: at one that is not, nothing is due.
        self.is_sure_of: Callable[[datetime], bool] = lambda _moment: True
        self._timer = QTimer(self)
        self._timer.setInterval(_MINUTE_MS)
        self._timer.timeout.connect(self.tick)

    def ask(self, question: Question) -> None:
        """Have ``question(now)`` asked each minute, in the order of asking."""
        self._questions.append(question)

    def start(self) -> None:
        """Begin; the first beat comes at once."""
        self._timer.start()
        self.tick()

    def stop(self) -> None:
        """No further beat: the register is about to be closed."""
        self._timer.stop()

    def tick(self) -> None:
        """One beat."""
        now = self._clock()
        self.beat.emit(now)
        for question in self._questions if self.is_sure_of(now) else ():
            question(now)
