"""HintBar: the keys of a list or form in one quiet line; where it is too long the last ones are left out whole."""

from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.gui.keys import KeyBadge
from desktop.gui.texts import line


class HintBar(QWidget):
    """Pairs of key and what it does, left to right. It makes room for the acts beside it."""

    def __init__(self, hints: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(15)
        self._hints: list[QWidget] = []
        for keys, words in hints:
            hint = QWidget()
            pair = QHBoxLayout(hint)
            pair.setContentsMargins(0, 0, 0, 0)
            pair.setSpacing(5)
            pair.addWidget(KeyBadge(keys))
            pair.addWidget(line(words, "note"))
            self._row.addWidget(hint)
            self._hints.append(hint)
        self._row.addStretch(1)

    def sizeHint(self) -> QSize:
        """As wide as all of them, those that are left out too: room that comes back is used."""
        return QSize(self._needed(len(self._hints)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        # Before it is seen its letters have no size yet.
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        for number, hint in enumerate(self._hints, start=1):
            hint.setVisible(self._needed(number) <= self.width())

    def _needed(self, number: int) -> int:
        """The width of the first ``number`` hints."""
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        wide = sum(hint.sizeHint().width() for hint in self._hints[:number]) + gap * max(number - 1, 0)
        return margins.left() + margins.right() + wide
