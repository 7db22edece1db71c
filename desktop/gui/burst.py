"""Burst: keys held back while they may come from a scanner, and the text that they mean.

Understands what Unikey and input methods do to typed letters (backspaces, replaced and composed text).
Used by the scanner's filter only; knows no widget beyond the one the keys were aimed at.
"""

from dataclasses import dataclass, field
from itertools import takewhile

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

#: Keys closer than this may come from a scanner; the fastest typists need 40 ms and more.
GAP_MS = 35
#: After so many keys at that pace no person is typing any more ...
SURE_LENGTH = 8
#: ... and a scanner may pause this long (a busy screen, a wireless hop) without being cut in two.
SURE_GAP_MS = 200
#: The longest thing a scanner reads here is a receipt of about 250 letters; Unikey may triple the keys.
LONGEST = 1200
#: Stands for a letter that did not arrive; no card holds it, so that the scan is refused.
LOST = "\ufffd"

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


@dataclass
class Burst:
    """Keys held back, and what they typed. ``typed`` is a log: a backspace stands in it as "\\b" (``rules.scan``).

    A correction by Unikey or an input method is logged as the backspaces and letters that it comes to.
    """

    target: QWidget
    typed: str = ""
    composing: str = ""
    events: list[QKeyEvent | QInputMethodEvent] = field(default_factory=list)
    strokes: int = 0
    last_at: int = 0

    @property
    def sure(self) -> bool:
        """Too long and too fast for a person."""
        return self.strokes >= SURE_LENGTH

    @property
    def patience(self) -> int:
        """Milliseconds within which the next key still belongs to this burst."""
        return SURE_GAP_MS if self.sure else GAP_MS

    def takes(self, event: QKeyEvent | QInputMethodEvent) -> bool:
        """Log ``event``; ``False`` when it makes no sense inside a scan."""
        if isinstance(event, QInputMethodEvent):
            self._log_composed(event)
        elif event.key() == Qt.Key.Key_Backspace:
            if not self.typed:
                return False
            self.typed += "\b"
        elif types(event):
            self.typed += event.text()
        else:
            return False
        self.strokes += 1
        return len(self.typed) <= LONGEST

    def note_foreign(self, event: QKeyEvent) -> None:
        """A key inside a scan that types nothing: a letter was lost on the way, unless it is Alt+0225 being spelt."""
        if not event.text() and not event.modifiers() & _COMMANDS:
            self.typed += LOST

    def _log_composed(self, event: QInputMethodEvent) -> None:
        """An input method shows a whole word again at each key: only the difference was typed."""
        shown = event.commitString() + event.preeditString()
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(self.composing, shown, strict=False)))
        undone = len(self.composing) - same + event.replacementLength()
        self.typed += "\b" * undone + shown[same:]
        self.composing = event.preeditString()


def types(event: QKeyEvent) -> bool:
    return bool(event.text()) and event.text().isprintable()


def is_part(event: QKeyEvent) -> bool:
    """Could this key stand inside a scan?"""
    if event.modifiers() & _COMMANDS:
        return False
    return event.key() == Qt.Key.Key_Backspace or types(event)


def copied(event: QKeyEvent | QInputMethodEvent) -> QKeyEvent | QInputMethodEvent:
    """The same event, outliving the one that Qt deletes after delivery."""
    if isinstance(event, QInputMethodEvent):
        twin = QInputMethodEvent(event.preeditString(), event.attributes())
        twin.setCommitString(event.commitString(), event.replacementStart(), event.replacementLength())
        return twin
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
