"""Card: a white sheet on the canvas, with a head line and, in numbered work, a disc that tells its state."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.gui.texts import line
from desktop.gui.theme import restyle

_DISC_TONES = {"": "accent", "done": "ok", "wrong": "late"}
_DISC_WORDS = {"": "", "done": "đã đủ", "wrong": "còn chỗ phải xem"}


class Disc(QLabel):
    """The number of a part of the work, 22 px, coloured by state."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(str(number), parent)
        self.setFixedSize(22, 22)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("tone", "accent")


class Rule(QFrame):
    """A hairline between parts."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(1) if vertical else self.setFixedHeight(1)


class Card(QFrame):
    """``head`` takes what stands right of the title, ``body`` the content.

    ``flush`` lets the body touch the card's sides (for tables); the head keeps its padding.
    """

    def __init__(
        self, title: str = "", *, number: int | None = None, flush: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._disc = Disc(number) if number is not None else None
        self._flush = flush
        self._title = line(title, "strong") if title else None
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 1, 1)
        outer.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(12, 8, 12, 8)
        self.head.setSpacing(8)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(*((0, 0, 0, 0) if flush else (12, 0 if title else 12, 12, 12)))
        self.body.setSpacing(0 if flush else 6)
        if self._title is not None:
            if self._disc:
                self.head.addWidget(self._disc)
            self.head.addWidget(self._title)
            self.head.addStretch(1)
            outer.addLayout(self.head)
        outer.addLayout(self.body, 1)

    def show_head(self, shown: bool) -> None:
        """Leave the head line out where height is scarce; the card keeps its name for screen readers."""
        for part in (self._disc, self._title):
            if part is not None:
                part.setVisible(shown)
        self.head.setContentsMargins(*((12, 8, 12, 8) if shown else (0, 0, 0, 0)))
        side = 0 if self._flush else 12
        self.body.setContentsMargins(side, 0 if shown else 12, side, side)

    def set_title(self, title: str) -> None:
        """Change the head line of a card that was made with one."""
        assert self._title is not None, "a card without a head line has none to change"
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_state(self, state: str) -> None:
        """``"done"``, ``"wrong"`` or ``""`` on the number disc."""
        if self._disc:
            restyle(self._disc, tone=_DISC_TONES[state])
            self._disc.setAccessibleDescription(_DISC_WORDS[state])
