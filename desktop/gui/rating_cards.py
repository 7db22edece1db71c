"""What a citizen presses: a face with its words, a reason, one wide tick. Large, alike, never chosen beforehand.

Pressed by a finger only: none takes the focus, so that no Space or Enter of the clerk ever presses one.
"""

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.gui.icons import Icon
from desktop.gui.keys import KeyBadge
from desktop.gui.texts import line
from desktop.gui.theme import restyle

#: What a finger hits without looking twice, in pixels; where only the clerk's own screen is there, at 200 %, each is
#: worth two and few are left.
LEAST_TARGET, TIGHT_TARGET = 64, 40

#: Scale → faces from worst to best; the words are those of ``rules.ratings``.
_FACES = {
    3: ("sad", "happy", "excited"),
    4: ("sad", "neutral", "happy", "excited"),
    5: ("angry", "sad", "neutral", "happy", "excited"),
}


class Room(Enum):
    """How much height there is: a citizen's screen, a window on the clerk's at 150 %, or at 200 %."""

    ENOUGH = "enough"
    LOW = "low"
    TIGHT = "tight"


class _Look(NamedTuple):
    """Of a card: least width and height, the face's size, the words' role, margins, shares of face and words."""

    width: int
    height: int
    face: int
    role: str
    margins: tuple[int, int, int, int]
    shares: tuple[int, int]


_CARDS = {
    Room.ENOUGH: _Look(120, 250, 116, "date", (8, 8, 8, 24), (5, 2)),
    Room.LOW: _Look(120, 164, 64, "date", (8, 8, 8, 10), (0, 3)),
    Room.TIGHT: _Look(80, 100, 36, "act", (4, 6, 4, 6), (0, 3)),
}


def face(score: int, scale: int) -> str:
    """The icon of a score."""
    return f"emoticon-{_FACES[scale][score - 1]}-outline"


class TouchButton(QPushButton):
    """Words and the key that means the same."""

    def __init__(self, words: str, key: str, *, role: str = "tell") -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(LEAST_TARGET)
        self._row = QHBoxLayout(self)
        self._words, self._role = line(words, role), role
        self._key = KeyBadge(key)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._key)
        _let_the_finger_through(self)
        self.fold(Room.ENOUGH)

    def fold(self, room: Room) -> None:
        """Smaller words and less around them where there is no room."""
        tight = room is Room.TIGHT
        restyle(self._words, role="act" if tight else self._role)
        restyle(self._key, room=room.value)
        self._row.setContentsMargins(*((12, 4, 12, 4) if tight else (24, 8, 24, 8)))
        self._row.setSpacing(8 if tight else 16)
        self.setMinimumHeight(TIGHT_TARGET if tight else LEAST_TARGET)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize()


class ScoreCard(QPushButton):
    """One score: face, words, key. All cards of a scale are alike in size and colour, as high as ``room`` lets them."""

    def __init__(self, score: int, scale: int, words: str, *, room: Room = Room.ENOUGH) -> None:
        super().__init__()
        self.score = score
        self.setAccessibleName(f"{score} – {words}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look = _CARDS[room]
        self.setMinimumSize(look.width, look.height)
        said = line(words.replace("hài lòng", "hài\u00a0lòng"), look.role, wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(*look.margins)
        column.setSpacing(4)
        # By shares, so that one line of words or two leaves every face at the same height.
        above, below = look.shares
        column.addWidget(Icon(face(score, scale), "accent", look.face), above, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(said, below)
        key = KeyBadge(str(score))
        key.setProperty("room", room.value)
        column.addWidget(key, 0, Qt.AlignmentFlag.AlignHCenter)
        _let_the_finger_through(self)

    def sizeHint(self) -> QSize:
        return QSize(176, 304)


class ConsentTick(QPushButton):
    """One wide line that a finger ticks; off until the citizen says otherwise."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(LEAST_TARGET)
        self._box = Icon("checkbox-blank-outline", "accent", 32)
        self._words = line(words, "tell", wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(12)
        self._row.addWidget(self._box)
        self._row.addWidget(self._words, 1)
        self.toggled.connect(self._show)
        _let_the_finger_through(self)
        self.fold(Room.ENOUGH)

    def fold(self, room: Room) -> None:
        """Smaller words and less around them where there is no room."""
        tight = room is Room.TIGHT
        restyle(self._words, role="act" if tight else "tell")
        self._row.setContentsMargins(16, 4 if tight else 8, 16, 4 if tight else 8)
        self.setMinimumHeight(TIGHT_TARGET if tight else LEAST_TARGET)
        self.updateGeometry()

    def _show(self, on: bool) -> None:
        self._box.show_icon("checkbox-marked-outline" if on else "checkbox-blank-outline")

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize()


def _let_the_finger_through(button: QPushButton) -> None:
    for part in button.findChildren(QWidget):
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
