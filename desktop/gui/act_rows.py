"""The list of acts: those allowed now with their keys, then the others with a lock and the reason."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from db.vocabulary import EventKind
from desktop.gui import layouts
from desktop.gui.act_words import LOOKS, ActLine
from desktop.gui.cards import Rule
from desktop.gui.icons import Icon
from desktop.gui.keys import KeyBadge
from desktop.gui.texts import line
from desktop.gui.theme import restyle

MakeAct = Callable[[str, str, Callable[[], object]], QAction]


class ActRow(QPushButton):
    """One act: icon, words, condition or reason, key or lock. A locked one stays readable and says why when pressed."""

    def __init__(self, action: QAction, icon: str) -> None:
        super().__init__()
        self._icon = Icon(icon, "accent")
        self._words = line("", wrap=True)
        self._note = line("", "note", wrap=True)
        self._key = KeyBadge(action)
        self._lock = Icon("lock-outline", "hint")
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(10)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._words)
        texts.addWidget(self._note)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        row.addWidget(self._key)
        row.addWidget(self._lock)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(action.trigger)

    def show_line(self, told: ActLine) -> None:
        """Say how the act stands now."""
        tone = "hint" if told.locked else "text"
        self._words.setText(told.words)
        self._note.setText(told.note)
        self._note.setVisible(bool(told.note))
        self._key.setHidden(told.locked)
        self._lock.setVisible(told.locked)
        restyle(self._words, tone=tone)
        restyle(self._icon, tone="hint" if told.locked else "accent")
        restyle(self, locked="true" if told.locked else "false")
        self.setAccessibleName(f"{told.words}, chưa làm được" if told.locked else told.words)
        self.setAccessibleDescription(told.note)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(38, self._row.heightForWidth(width))

    def sizeHint(self) -> QSize:
        return QSize(200, max(38, self._row.sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 38)


class ActRows(QWidget):
    """Rows of every act. ``chosen`` carries the ``ActLine`` that was pressed or whose key was, locked or not."""

    chosen = Signal(object)

    def __init__(self, make_act: MakeAct) -> None:
        super().__init__()
        self._lines: Mapping[EventKind, ActLine] = {}
        self._rows = {
            event: ActRow(make_act(look.words, look.key, partial(self._choose, event)), look.icon)
            for event, look in LOOKS.items()
        }
        self._why_not = line("Chưa làm được, và vì sao", "caption")
        self._why_not.setContentsMargins(12, 8, 12, 8)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._ordered: list[ActRow] = []
        # Without a parent, showing one of them would open it as a window.
        for part in (self._why_not, *self._rows.values()):
            part.setParent(self)
            part.hide()

    @property
    def first(self) -> QWidget:
        """The row of the act that is likely next."""
        return self._ordered[0] if self._ordered else self

    def show_lines(self, lines: Sequence[ActLine]) -> None:
        """Put the acts in the order of ``lines``; the focus stays on its act."""
        focused = self.focusWidget()
        self._lines = {told.event: told for told in lines}
        while self._column.count():
            if isinstance(rule := layouts.take_out(self._column), Rule):
                rule.hide()
                rule.deleteLater()
        self._ordered = []
        self._why_not.setVisible(any(told.locked for told in lines))
        for told in lines:
            if told.locked and not any(other.locked for other in lines[: lines.index(told)]):
                self._column.addWidget(Rule())
                self._column.addWidget(self._why_not)
            row = self._rows[told.event]
            row.show_line(told)
            self._column.addWidget(Rule())
            self._column.addWidget(row)
            self._ordered.append(row)
        self._column.addStretch(1)
        for row in self._rows.values():
            row.setVisible(row in self._ordered)
            # Tab comes to the list once, at the likely act; the arrows walk through it.
            first = row is self.first
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if first else Qt.FocusPolicy.ClickFocus)
        if isinstance(focused, ActRow) and focused in self._ordered:
            focused.setFocus()

    def _choose(self, event: EventKind) -> None:
        if event in self._lines:
            self.chosen.emit(self._lines[event])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and isinstance(focused, ActRow) and focused in self._ordered:
            place = min(max(self._ordered.index(focused) + step, 0), len(self._ordered) - 1)
            self._ordered[place].setFocus()
            return
        super().keyPressEvent(event)
