"""What a citizen presses: a face with its words, a reason, one wide tick. Large, alike, never chosen beforehand.

Pressed by a finger only: none takes the focus, so that no Space or Enter of the clerk ever presses one.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.gui.icons import Icon
from desktop.gui.keys import KeyBadge
from desktop.gui.texts import line

#: What a finger hits without looking twice, in pixels.
LEAST_TARGET = 64

#: Scale → faces from worst to best; the words are those of ``rules.ratings``.
_FACES = {
    3: ("sad", "happy", "excited"),
    4: ("sad", "neutral", "happy", "excited"),
    5: ("angry", "sad", "neutral", "happy", "excited"),
}


def face(score: int, scale: int) -> str:
    """The icon of a score."""
    return f"emoticon-{_FACES[scale][score - 1]}-outline"


class TouchButton(QPushButton):
    """Words and, when it has one, the key that means the same."""

    def __init__(self, words: str, key: str = "", *, role: str = "tell") -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(LEAST_TARGET)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(16)
        row.addWidget(line(words, role), 1)
        if key:
            row.addWidget(KeyBadge(key))
        _let_the_finger_through(self)
        self._row = row

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize()


class ScoreCard(QPushButton):
    """One score: face, words, key. All cards of a scale are alike in size and colour; ``low`` ones need less height."""

    def __init__(self, score: int, scale: int, words: str, *, low: bool = False) -> None:
        super().__init__()
        self.score = score
        self.setAccessibleName(f"{score} – {words}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 164 if low else 250)
        said = line(words.replace("hài lòng", "hài\u00a0lòng"), "date", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 10 if low else 24)
        column.setSpacing(4)
        # By shares, so that one line of words or two leaves every face at the same height.
        column.addWidget(
            Icon(face(score, scale), "accent", 64 if low else 116), 0 if low else 5, Qt.AlignmentFlag.AlignCenter
        )
        column.addWidget(said, 3 if low else 2)
        column.addWidget(KeyBadge(str(score)), 0, Qt.AlignmentFlag.AlignHCenter)
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
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(12)
        self._row.addWidget(self._box)
        self._row.addWidget(line(words, "tell", wrap=True), 1)
        self.toggled.connect(self._show)
        _let_the_finger_through(self)

    def _show(self, on: bool) -> None:
        self._box.show_icon("checkbox-marked-outline" if on else "checkbox-blank-outline")

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize()


def _let_the_finger_through(button: QPushButton) -> None:
    for part in button.findChildren(QWidget):
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
