"""Lock: the cover over the whole window while nobody has proved who he is, or after minutes without a key.

Hides every window, list and message of the program but what concerns nobody (``open_to_all``); what was open stays as
it was and comes back. Knows no office: the cards that stand on the cover do.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QStackedWidget, QToolTip, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.gui.icons import Icon
from desktop.gui.main_window import MainWindow
from desktop.gui.scrolling import Scroller
from desktop.gui.sign_in import WIDTH, DoorCard
from desktop.gui.texts import line

#: How often it is asked whether somebody still works here.
_LOOK_MS = 5_000
#: What somebody does with keyboard, mouse or finger.
_DOING = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
#: What goes to whoever has the focus.
_TYPING = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.InputMethod, QEvent.Type.FocusIn})
#: Windows that show nobody's data may stand above the cover: the question for the day, our own mistake.
OPEN_TO_ALL = "openToAll"


class Cover(QWidget):
    """Fills the window it is laid over; shows the unit, why it is shut, and one card."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setObjectName("cover")
        self._unit, self._why = line(unit, "title", wrap=True), line("", "quiet", wrap=True, name="why")
        self._cards = QStackedWidget()
        inside = QWidget()
        middle = QVBoxLayout(inside)
        middle.setContentsMargins(16, 16, 16, 16)
        middle.setSpacing(12)
        middle.addStretch(1)
        head = QHBoxLayout()
        head.addStretch(1)
        head.addWidget(Icon("lock-outline", "accent", 28))
        words = QVBoxLayout()
        for label in (self._unit, self._why):
            label.setFixedWidth(WIDTH - 50)  # the lock and the space beside it
            words.addWidget(label)
        head.addLayout(words)
        head.addStretch(1)
        middle.addLayout(head)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cards)
        row.addStretch(1)
        middle.addLayout(row)
        middle.addStretch(2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroller(inside))

    @property
    def card(self) -> DoorCard | None:
        """The card that stands there."""
        card = self._cards.currentWidget()
        return card if isinstance(card, DoorCard) else None

    def say_why(self, words: str) -> None:
        """One sentence under the unit's name."""
        self._why.setText(words)

    def focus_first(self) -> None:
        """The typing goes on where the card begins."""
        if self.card is not None:
            self.card.focus_first()

    def put(self, card: DoorCard) -> None:
        """Let ``card`` stand there, the one before forget what was typed."""
        if (before := self.card) is not None:
            if before is not card:
                before.leave()
            self._cards.removeWidget(before)  # a stack is as large as its largest page
        self._cards.addWidget(card)
        card.show()
        card.focus_first()


class Lock(QObject):
    """``due``: nobody has done anything for ``limit()`` minutes (0 for never).

    ``clock`` is the machine's, ``ticks`` milliseconds that never go back: a machine that slept is locked by the first.
    """

    due = Signal()

    def __init__(
        self,
        window: MainWindow,
        cover: Cover,
        limit: Callable[[], int],
        clock: Callable[[], datetime],
        ticks: Callable[[], int],
    ) -> None:
        super().__init__(window)
        self._window, self._cover, self._limit = window, cover, limit
        self._clock, self._ticks = clock, ticks
        self._put_away: list[QWidget] = []
        self._resting: list[QAction] = []
        self._focused: QWidget | None = None
        self._since = (ticks(), clock())
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._app = QApplication.instance()
        assert self._app is not None
        self._app.installEventFilter(self)

    @property
    def is_shut(self) -> bool:
        return self._window.is_covered

    def close(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        if self._app is not None:
            self._app.removeEventFilter(self)

    def shut(self) -> None:
        """Cover the window, and put away whatever else is open."""
        if self.is_shut:
            return
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        others = [one for one in QApplication.topLevelWidgets() if one.isVisible() and self._hides(one)]
        for one in others:
            self._put(one)
        self._lay_cover()
        if others:
            self._window.activateWindow()

    def _lay_cover(self) -> None:
        """Over everything; nothing below it is seen, and no act of the window works."""
        window, self._focused = self._window, QApplication.focusWidget()
        window.search.break_off()
        window.is_covered = True
        self._resting = [act for act in window.actions() if act.isEnabled()]
        for act in self._resting:
            act.setEnabled(False)
        self._cover.setParent(window)
        self._cover.setGeometry(window.rect())
        self._cover.show()
        self._cover.raise_()
        window.centralWidget().hide()  # type: ignore[union-attr]  # every main window has one

    def _lift_cover(self, *, as_it_was: bool) -> None:
        """The focus too is where it was."""
        window, before = self._window, self._focused
        self._focused, window.is_covered = None, False
        for act in self._resting:
            act.setEnabled(True)
        window.centralWidget().show()  # type: ignore[union-attr]
        if as_it_was and before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        elif window.current_key:
            window.take_focus()
        # Last: hidden with the focus in it, it would hand that to whatever stands first on the page.
        self._cover.hide()

    def open(self, *, as_it_was: bool) -> None:
        """Take the cover away; the windows that were put away come back, or are closed for somebody else."""
        self._lift_cover(as_it_was=as_it_was)
        self._since = (self._ticks(), self._clock())
        away, self._put_away = self._put_away, []
        for one in away:
            if not as_it_was:
                one.close()
            elif isinstance(one, QDialog):
                one.open()
            else:
                one.show()

    def look(self) -> None:
        """Has anybody done anything lately?"""
        minutes = self._limit()
        ticks, moment = self._since
        idle = max(timedelta(milliseconds=self._ticks() - ticks), self._clock() - moment)
        if minutes and not self.is_shut and idle >= timedelta(minutes=minutes):
            self.due.emit()

    def _hides(self, one: QWidget) -> bool:
        return one is not self._window and not one.property(OPEN_TO_ALL)

    def _put(self, one: QWidget) -> None:
        self._put_away.append(one)
        one.destroyed.connect(lambda _gone=None, one=one: self._forget(one))
        one.hide()

    def _forget(self, gone: QWidget) -> None:
        self._put_away = [one for one in self._put_away if one is not gone]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _DOING:
            self._since = (self._ticks(), self._clock())
        if self.is_shut and isinstance(watched, QWidget):
            if kind == QEvent.Type.Resize and watched is self._window:
                self._cover.setGeometry(self._window.rect())
            elif kind == QEvent.Type.ShowToParent:  # sent when it is shown, before anything of it is painted
                self._keep_down(watched)
            elif kind in _TYPING and self._is_behind(watched):
                self._cover.focus_first()
                return kind != QEvent.Type.FocusIn
        return False

    def _is_behind(self, heard: QWidget) -> bool:
        """Work that ends may still give the focus to what is covered: what is typed then is not meant for it."""
        if heard is self._window or heard is self._cover or self._cover.isAncestorOf(heard):
            return False
        return heard.window() is self._window or heard.window() in self._put_away

    def _keep_down(self, shown: QWidget) -> None:
        """Something came up by itself: work that ended, a list that was asked for before."""
        if shown.isWindow() and self._hides(shown):
            if shown.windowType() in (Qt.WindowType.ToolTip, Qt.WindowType.Popup):
                shown.close()
            else:
                self._put(shown)
            self._window.activateWindow()
            self._cover.focus_first()
        elif shown.parent() is self._window and shown is not self._cover:
            shown.hide()
