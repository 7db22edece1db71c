"""RatingDesk: where the rating window stands, when it asks, and what is recorded of the answer.

Hides the second screen that comes and goes, and who may have pressed: what comes from the clerk's keyboard or
screen is recorded as such and never counts as the citizen's own. Made by the composition root, asked by the
hand-over page. It never shows the clerk's window on the citizen's screen.
"""

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from db.vocabulary import EventKind
from desktop import labels
from desktop.changes import Changes
from desktop.gui.commands import Commands, Problem
from desktop.gui.rating_window import PATIENCE_MS, Answer, RatingWindow
from desktop.office import acts, settings
from desktop.rules import ratings
from desktop.rules.ratings import KEYPAD_SETTING, SCREEN_SETTING

ANSWERED, DECLINED, FAILED = "answered", "declined", "failed"


class RatingDesk(QObject):
    """``settled`` carries the dossier's code, how the question ended, and a sentence when it could not be recorded."""

    settled = Signal(str, str, str)

    def __init__(self, commands: Commands, beside: QWidget, *, patience_ms: int = PATIENCE_MS) -> None:
        super().__init__(beside)
        self._commands = commands
        self._beside = beside
        self._patience_ms = patience_ms
        self._window: RatingWindow | None = None
        self._code = ""
        self._away = False
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._gain_screen)
        app.screenRemoved.connect(self._lose_screen)
        commands.changed.connect(self._take)

    @property
    def has_second_screen(self) -> bool:
        """Whether there is a screen for the citizen and the commune wants it used."""
        return self._citizens_screen() is not None

    @property
    def is_asking(self) -> bool:
        return self._window is not None and self._window.is_asking

    def screen_words(self) -> str:
        """The citizen's screen as the clerk reads it."""
        screen = self._citizens_screen()
        if screen is None:
            return "không có màn hình thứ hai"
        size = screen.geometry().size()
        return f"{size.width()} × {size.height()}, đang nối"

    def rest(self) -> None:
        """Let the second screen show the unit and its hours; without one nothing is shown."""
        if self.has_second_screen and not self.is_asking:
            self._place().rest()

    def withdraw(self) -> None:
        """Whoever asked has left: nothing is asked any more, a score that was pressed counts."""
        if self._window is not None:
            self._window.end()
        self.rest()

    def ask(self, code: str) -> None:
        """Put the question for a dossier that was just handed over; an earlier one that still stands is declined."""
        if self._window is not None:
            self._window.end()
        self._code = code
        scale: Any = self._commands.ask(settings.get, ratings.SCALE_SETTING, ratings.DEFAULT_SCALE)
        self._place().ask(scale if scale in ratings.SCALES else ratings.DEFAULT_SCALE)

    def close(self) -> None:
        """Nothing is asked any more and the citizen's screen goes dark."""
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    def _citizens_screen(self) -> QScreen | None:
        if not self._commands.ask(settings.get, SCREEN_SETTING, True):
            return None
        own = self._beside.screen()
        return next((screen for screen in QGuiApplication.screens() if screen.name() != own.name()), None)

    def _place(self) -> RatingWindow:
        """The window where it belongs now: over the citizen's whole screen, or before the clerk's window."""
        window = self._window or self._make()
        screen = self._citizens_screen()
        self._away = screen is not None
        # A finger on the second screen must not take the keyboard from the clerk.
        quiet = self._away and not self._has_keypad()
        if bool(window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus) != quiet:
            window.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus, quiet)
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, quiet)
        if screen is not None:
            window.winId()
            window.windowHandle().setScreen(screen)
            window.setGeometry(screen.geometry())
            # showFullScreen() would activate it as well.
            window.setWindowState(Qt.WindowState.WindowFullScreen)
            window.show()
        else:
            room = self._beside.screen().availableGeometry()
            window.resize(min(1024, room.width()), min(768, room.height() - 40))
            window.move(room.center() - window.rect().center())
            window.showNormal()
        (self._beside if quiet else window).activateWindow()
        return window

    def _make(self) -> RatingWindow:
        unit = self._commands.ask(settings.unit)
        calendar = self._commands.ask(settings.calendar)
        name = (unit.centre_name or labels.sentence_start(unit.name)) if unit else ""
        if self._commands.practice:
            name = f"BẢN TẬP HUẤN – {name}"
        window = RatingWindow(
            name, labels.hours_words(calendar.hours) if calendar else (), patience_ms=self._patience_ms
        )
        window.setProperty("openToAll", True)  # at rest it shows the unit and its hours, nobody's data
        window.answered.connect(self._record)
        window.declined.connect(lambda: self._end(DECLINED))
        self._window = window
        return window

    def _has_keypad(self) -> bool:
        return bool(self._commands.ask(settings.get, KEYPAD_SETTING, False))

    def _record(self, answer: Answer) -> None:
        refused: list[Problem] = []
        own = self._away and (not answer.by_key or self._has_keypad())
        facts = {
            "score": answer.score,
            "scale": answer.scale,
            "reason": answer.reason,
            "anonymous": answer.anonymous,
            "source": ratings.CITIZENS_SCREEN if own else ratings.CLERKS_KEYBOARD,
        }
        self._commands.do(acts.perform, self._code, EventKind.RATE, facts, refused=refused.append)
        self._end(FAILED if refused else ANSWERED, refused[0].message if refused else "")

    def _end(self, how: str, sentence: str = "") -> None:
        code, self._code = self._code, ""
        if self._window is not None and self._window.isActiveWindow():
            self._beside.activateWindow()
        if self._window is not None and not self._away:
            self._window.close()
        if code:
            self.settled.emit(code, how, sentence)

    def _gain_screen(self, _screen: QScreen) -> None:
        self.rest()

    def _lose_screen(self, _screen: QScreen) -> None:
        """The cable was pulled: whatever stood there must not come to the clerk's screen."""
        if self._window is not None and self._away:
            self._window.close()

    def _take(self, changes: Changes) -> None:
        """The unit, its hours or the use of the screen may have changed: the next window is a fresh one."""
        if changes.settings and not self.is_asking:
            self.close()
            self.rest()
