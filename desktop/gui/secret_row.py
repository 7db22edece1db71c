"""SecretRow: a PIN or password typed unseen, with what makes a right one fail: Caps Lock, and a Vietnamese keyboard.

Input methods are kept out of the field; what a keyboard program slips in all the same is said below it. An Enter that
follows a key too closely is a scanner's and enters nothing.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop.gui.enter_guard import AFTER_KEY_MS
from desktop.gui.fields import FieldRow
from desktop.gui.scanner import monotonic_ms
from desktop.rules.passwords import LONGEST

CAPS = "Caps Lock đang bật."
MARKS = "Có chữ có dấu: bộ gõ tiếng Việt đang bật. Tắt bộ gõ nếu mật khẩu đặt lúc tắt."
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SecretEdit(QLineEdit):
    """``entered``: somebody pressed Enter. ``caps`` tells whether Caps Lock was seen to be on."""

    entered = Signal()
    caps = Signal(bool)

    def __init__(self, clock: Callable[[], int] = monotonic_ms) -> None:
        super().__init__()
        self._clock, self._key_at = clock, -AFTER_KEY_MS - 1
        self.setMaxLength(LONGEST)
        self.hide_letters(True)
        # Typing is letter by letter here; nothing composes, nothing learns the word.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def hide_letters(self, hidden: bool) -> None:
        """Dots, or the letters themselves."""
        self.setEchoMode(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        now = self._clock()
        hasty, self._key_at = now - self._key_at <= AFTER_KEY_MS or event.isAutoRepeat(), now
        if event.key() in _ENTERS:
            if hasty:
                self.selectAll()  # what a scanner typed goes with the next key
            else:
                self.entered.emit()
            return
        letter = event.text()
        if letter.isascii() and letter.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.emit(letter.isupper() != shifted)
        super().keyPressEvent(event)


class SecretRow(FieldRow):
    """A row for one secret; ``entered`` follows Enter."""

    entered = Signal()

    def __init__(self, name: str, caption: str, *, label_width: int = 150, hint: str = "") -> None:
        edit = self._edit = SecretEdit()
        super().__init__(name, caption, edit, label_width=label_width, hint=hint)
        self._caps = False
        edit.entered.connect(self.entered)
        edit.caps.connect(self._note_caps)
        edit.textChanged.connect(lambda _text: self._warn())

    def hide_letters(self, hidden: bool) -> None:
        """Dots, or the letters themselves."""
        self._edit.hide_letters(hidden)

    def clear(self) -> None:
        """Nothing stands here, and nothing can be undone into standing here again."""
        self._caps = False
        self._edit.setText("")  # unlike ``clear``, it leaves nothing to be undone
        self.clear_problem()

    def _note_caps(self, on: bool) -> None:
        self._caps = on

    def _warn(self) -> None:
        text = self.value()
        said = MARKS if not text.isascii() else CAPS if self._caps and text else ""
        if said != self.problem:
            self.show_problem(said, soft=True)


class Secrets:
    """The secret rows of one form, shown and hidden together."""

    def __init__(self, *rows: SecretRow) -> None:
        self.rows = rows
        self._hidden = True

    def toggle(self) -> None:
        """Dots become letters and letters dots."""
        self.hide(not self._hidden)

    def hide(self, hidden: bool = True) -> None:
        """Dots (again)."""
        self._hidden = hidden
        for row in self.rows:
            row.hide_letters(hidden)

    def clear(self) -> None:
        """Forget what was typed, and hide what will be."""
        for row in self.rows:
            row.clear()
        self.hide()
