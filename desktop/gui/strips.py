"""MessageStrip: one sentence beside the work, never modal, gone only when its reason is gone."""

from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.gui.buttons import ActButton
from desktop.gui.icons import Icon
from desktop.gui.texts import line
from desktop.gui.theme import restyle

_ICONS = {
    "accent": "information-outline",
    "ok": "check-circle",
    "soon": "alert-outline",
    "late": "alert-circle",
    "wait": "account-question-outline",
    "idle": "information-outline",
}


class MessageStrip(QFrame):
    """Hidden until :meth:`say`; announced to screen readers; at most one button."""

    def __init__(self, tone: str = "", text: str = "", *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self._button: ActButton | None = None
        self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(10)
        self.hide()
        if text:
            self.say(tone or "accent", text, icon=icon)

    @cached_property
    def _parts(self) -> tuple[Icon, QLabel]:
        """Sign and words, made for the first message: most strips never have one."""
        icon, words = Icon(), line(wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Before whatever its owner put into the row: the key of an act stands at the end.
        self._row.insertWidget(0, icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.insertWidget(1, words, 1)
        return icon, words

    @property
    def text(self) -> str:
        return self._said

    @property
    def tone(self) -> str:
        return self.property("tone") or ""

    def say(self, tone: str, text: str, *, action: QAction | None = None, icon: str = "") -> None:
        """Show one sentence in ``tone``; ``action`` becomes the strip's only button."""
        changed = text != self._said or self.isHidden()
        sign, _ = self._parts
        restyle(self, tone=tone)
        restyle(sign, tone=tone)
        sign.show_icon(icon or _ICONS[tone])
        self._write(text)
        self._set_button(action)
        self.setAccessibleName(text)
        if self.parent() is not None:
            self.show()
        else:
            # It would open as a window: it is shown as soon as it has a place.
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        if changed:
            # Only here: their names are hundreds, and most days begin without a message.
            from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def retell(self, text: str) -> None:
        """Change the words of what is being said (a count that runs) without saying it anew."""
        self._write(text)
        self.setAccessibleName(text)

    def fold(self, narrow: bool) -> None:
        """Small letters, and the first word of the button only, where lines are short."""
        self._narrow = narrow
        if self._said:
            self._write(self._said)
        self._shorten_button()

    def hush(self) -> None:
        """Nothing to say any more."""
        if self._said:
            self._write("")
        self._set_button(None)
        self.hide()

    def _write(self, text: str) -> None:
        self._said = text
        _, words = self._parts
        restyle(words, role="note" if self._narrow else "body")
        words.setText(text)

    def _set_button(self, action: QAction | None) -> None:
        if self._button is not None:
            self._button.hide()
            self._button.deleteLater()
            self._button = None
        if action is not None:
            self._button = ActButton(action, parent=self)
            self._row.addWidget(self._button)
            self._button.show()
            self._shorten_button()

    def _shorten_button(self) -> None:
        if self._button is not None:
            self._button.shorten(self._button.accessibleName().split()[0] if self._narrow else "")
