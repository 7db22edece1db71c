"""Buttons that stand for a ``QAction``: icon, verb and key are always those of the act itself.

A button that is not ready stays focusable and pressable (screens.md): pressing it is how the clerk
learns what is missing. Tick, Pick and Choice are Qt's own controls drawn with glyphs of the theme.
"""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from desktop.gui import icons
from desktop.gui.keys import KeyBadge, key_words
from desktop.gui.texts import line
from desktop.gui.theme import restyle


class ActButton(QPushButton):
    """Shows one act. ``kind`` is ``primary``, ``normal`` or ``quiet``; 48 px high when ``tall``.

    Enter and Space press it; the action's own shortcut works wherever the focus is.
    """

    def __init__(
        self,
        action: QAction,
        icon: str = "",
        *,
        kind: str = "normal",
        tall: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._action = action
        self._icon = icons.Icon(icon, size=22 if tall else 18) if icon else None
        self._words = line("", "act" if kind == "primary" else "body")
        self._short = ""
        self._ready = True
        self._key = KeyBadge(action, on="fill" if kind == "primary" else "surface")
        self.setProperty("kind", kind)
        self.setAutoDefault(True)
        self._least = QSize(0, 48 if tall else 32)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._lay_out(align)
        self.set_ready(True)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _lay_out(self, align: Qt.AlignmentFlag) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 10, 0)
        row.setSpacing(8)
        if align is Qt.AlignmentFlag.AlignHCenter:
            row.addStretch(1)
        for part in (self._icon, self._words, self._key):
            if part is not None:
                part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                row.addWidget(part)
            if part is self._words and align is not Qt.AlignmentFlag.AlignHCenter:
                row.addStretch(1)
        if align is Qt.AlignmentFlag.AlignHCenter:
            row.addStretch(1)

    def set_ready(self, ready: bool) -> None:
        """Muted but alive when not ready: pressing then leads to what is missing. What is disabled looks so, too."""
        self._ready = ready
        ready = ready and self._action.isEnabled()
        filled = self.property("kind") == "primary" and ready
        tone = "on" if filled else "text" if ready else "hint"
        restyle(self, ready="true" if ready else "false")
        restyle(self._words, tone=tone)
        restyle(self._key, on="fill" if filled else "surface")
        if self._icon:
            restyle(self._icon, tone=tone)

    def step_back(self) -> None:
        """No longer the first act of its page: another one is."""
        restyle(self, kind="normal")
        restyle(self._words, role="body")
        self.set_ready(self._ready)

    def show_icon(self, name: str) -> None:
        """Change the icon of a button that was made with one."""
        if self._icon:
            self._icon.show_icon(name)

    def shorten(self, words: str) -> None:
        """Show fewer words where there is little room, ``""`` the act's own; screen readers hear those all the same."""
        self._short = words
        self._follow()
        self.updateGeometry()

    def _follow(self) -> None:
        words = self._action.text().replace("&", "")
        self._words.setText(self._short or words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(key_words(self._action.shortcut()))
        if self._action.isEnabled() != self.isEnabled():
            self.setEnabled(self._action.isEnabled())
            self.set_ready(self._ready)
        # Without a parent yet, "not hidden" would open the button as a window and take the focus away.
        if not self._action.isVisible() or self.parent() is not None:
            self.setHidden(not self._action.isVisible())

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return self._row.sizeHint().expandedTo(self._least)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Tick(QCheckBox):
    """A check box drawn with the theme's glyphs; Space ticks it."""

    _on, _off = "checkbox-marked-outline", "checkbox-blank-outline"

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint_choice(self, self._on if self.isChecked() else self._off)

    def sizeHint(self) -> QSize:
        return _choice_size(self)

    def hitButton(self, pos) -> bool:
        return self.rect().contains(pos)


class Pick(QRadioButton):
    """A radio button drawn with the theme's glyphs."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint_choice(self, "radiobox-marked" if self.isChecked() else "radiobox-blank")

    def sizeHint(self) -> QSize:
        return _choice_size(self)

    def hitButton(self, pos) -> bool:
        return self.rect().contains(pos)


class Choice(QComboBox):
    """A combo box with the theme's chevron. Alt+↓ opens it; the wheel never changes it unseen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        box = QRect(self.width() - 24, (self.height() - 16) // 2, 16, 16)
        icons.paint(painter, box, "chevron-down", self.palette().color(self.foregroundRole()))

    def wheelEvent(self, event) -> None:
        event.ignore()


def _choice_size(button: QCheckBox | QRadioButton) -> QSize:
    metrics = button.fontMetrics()
    gap = 8 if button.text() else 0
    return QSize(20 + gap + metrics.horizontalAdvance(button.text()) + 6, max(28, metrics.lineSpacing() + 6))


def _paint_choice(button: QCheckBox | QRadioButton, glyph: str) -> None:
    painter = QPainter(button)
    palette = button.palette()
    ink = palette.color(button.foregroundRole())
    mark = palette.link().color() if button.isChecked() else palette.color(palette.ColorRole.Dark)
    if button.hasFocus():
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setColor(palette.link().color())
        pen.setWidth(2)
        painter.setPen(pen)
        painter.drawRoundedRect(button.rect().adjusted(1, 1, -1, -1), 4, 4)
    icons.paint(painter, QRect(3, (button.height() - 18) // 2, 18, 18), glyph, mark)
    painter.setPen(ink)
    words = button.rect().adjusted(20 + 8, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, button.text())
