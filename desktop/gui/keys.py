"""KeyBadge: the key of an act as the clerk finds it on the keyboard, read from the real ``QAction``."""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_NAMES = {"Return": "Enter", "PgDown": "PgDn", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


def key_words(keys: QKeySequence | str) -> str:
    """``Ctrl+F``, ``Enter``: names as printed on keys, the same on every system."""
    text = keys if isinstance(keys, str) else keys.toString()
    return "+".join(_NAMES.get(part, part) for part in text.split("+"))


class KeyBadge(QLabel):
    """A small framed key. Given an action it follows its shortcut, and hides when there is none."""

    def __init__(self, source: QAction | str, *, on: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("on", on)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._action = source if isinstance(source, QAction) else None
        if self._action is None:
            self.setText(key_words(source) if isinstance(source, str) else "")
        else:
            self._action.changed.connect(self._follow)
            self._follow()

    def _follow(self) -> None:
        if self._action is None:
            return
        words = key_words(self._action.shortcut())
        self.setText(words)
        # Without a parent yet, "not hidden" would open the badge as a window and take the focus away.
        if not words or self.parent() is not None:
            self.setHidden(not words)
