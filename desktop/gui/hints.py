"""HintBar: the keys of a list or form in one quiet line."""

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.gui.keys import KeyBadge
from desktop.gui.texts import line


class HintBar(QWidget):
    """Pairs of key and what it does, left to right."""

    def __init__(self, hints: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(5)
        for keys, words in hints:
            row.addWidget(KeyBadge(keys))
            row.addWidget(line(words, "note"))
            row.addSpacing(10)
        row.addStretch(1)
