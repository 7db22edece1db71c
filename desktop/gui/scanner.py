"""ScanCapture: a scanner that types is heard wherever the focus is, and none of its letters reaches a field.

Hides the held keys, the traces of Unikey and input methods, and the replay of what was only fast typing.
The window connects its five signals. It never guesses a character (``rules.scan`` recovers or refuses),
never keeps a payload, and holds a person's key no longer than ``GAP_MS``.
"""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.gui.burst import Burst, copied, is_part, types
from desktop.gui.enter_guard import EnterGuard
from desktop.rules import citizen_id, scan, sheet_codes, slips

UNREADABLE = "Đọc thẻ không trọn. Quét lại."
UNKNOWN = "Mã vừa quét không phải thẻ Căn cước, giấy hẹn, phiếu hay tờ niêm yết."

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)
_WATCHED = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.FocusAboutToChange,
        QEvent.Type.WindowDeactivate,
        QEvent.Type.Show,
    }
)


def application() -> QCoreApplication:
    """The running Qt application."""
    app = QCoreApplication.instance()
    assert app is not None, "a filter needs an application"
    return app


def monotonic_ms() -> int:
    """Milliseconds of a clock that never goes back."""
    return time.monotonic_ns() // 1_000_000


class ScanCapture(QObject):
    """The application-wide filter. Make one, connect it, :meth:`close` it with its window.

    ``clock`` gives milliseconds. Digits, the ``M`` of a receipt or slip and the ``N`` of a sheet of the wall may begin
    a scan in a text field; where letters mean nothing (tables, lists, buttons) any key may, so that a foreign code is
    harmless.
    """

    card_scanned = Signal(object)
    receipt_scanned = Signal(str)
    slip_scanned = Signal(str)
    sheet_scanned = Signal(str)
    scan_refused = Signal(str)

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], int] = monotonic_ms) -> None:
        super().__init__(parent)
        self._clock = clock
        self._guard = EnterGuard(clock)
        self._burst: Burst | None = None
        self._replaying = False
        self._swallowed: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look_again)
        application().installEventFilter(self)

    def close(self) -> None:
        """Stop listening; held keys go where they were typed."""
        self._release()
        application().removeEventFilter(self)

    def _look_again(self) -> None:
        """The timer only wakes; the clock decides whether the keys have stopped coming."""
        burst = self._burst
        if burst is not None and self._clock() - burst.last_at < burst.patience:
            self._timer.start(burst.patience)
        else:
            self._pause()

    def _pause(self) -> None:
        """Nothing followed: a card from a scanner without an end key, or a person."""
        if self._burst and self._burst.sure and self._is_scan(self._burst.typed):
            self._capture()
        else:
            self._release()

    def _is_scan(self, text: str) -> bool:
        ours = scan.receipt_code(text) or slips.read_qr(text) or sheet_codes.read(text)
        return bool(ours) or scan.looks_like_card(text)

    def _capture(self) -> None:
        text = self._take().typed
        QGuiApplication.inputMethod().reset()
        if scan.receipt_code(text) is not None:
            self.receipt_scanned.emit(text)
            return
        if slips.read_qr(text) is not None:
            self.slip_scanned.emit(text)
            return
        if sheet_codes.read(text) is not None:
            self.sheet_scanned.emit(text)
            return
        if not scan.looks_like_card(text):
            self.scan_refused.emit(UNKNOWN)
            return
        try:
            card = citizen_id.parse(scan.recover(text))
        except scan.ScanMangled:
            self.scan_refused.emit(UNREADABLE)
        except citizen_id.CardError as trouble:
            self.scan_refused.emit(trouble.message)
        else:
            self.card_scanned.emit(card)

    def _take(self) -> Burst:
        burst, self._burst = self._burst, None
        self._timer.stop()
        assert burst is not None
        return burst

    def _release(self) -> None:
        """Give the held keys to the widget they were typed into, in order."""
        if self._burst is None:
            return
        burst = self._take()
        self._replaying = True
        try:
            for event in burst.events:
                if isValid(burst.target):
                    QCoreApplication.sendEvent(burst.target, event)
        finally:
            self._replaying = False

    def _hold(self, target: QWidget, event: QKeyEvent | QInputMethodEvent) -> bool:
        """Keep ``event`` back if it can belong to a scan."""
        now = self._clock()
        burst = self._burst
        if burst and (burst.target is not target or now - burst.last_at > burst.patience):
            self._pause()
            burst = None
        if burst is None:
            if not _may_begin(target, event):
                return False
            burst = Burst(target)
        if not burst.takes(event):
            self._release()
            return False
        burst.events.append(copied(event))
        burst.last_at = now
        self._burst = burst
        self._timer.start(burst.patience)
        return True

    def _on_press(self, target: QWidget, event: QKeyEvent) -> bool:
        hasty = self._guard.refuses(target, event)
        if event.key() in _MODIFIERS:
            return False
        if event.key() in _ENDS and self._burst:
            if self._ends_scan():
                self._swallowed.add(event.key())
                self._capture()
                return True
            self._release()
        elif event.isAutoRepeat() or not is_part(event):
            if self._burst and self._burst.sure:
                self._burst.note_foreign(event)
                return True
            self._release()
        elif self._hold(target, event):
            return True
        if hasty:
            self._swallowed.add(event.key())
        return hasty

    def _ends_scan(self) -> bool:
        burst = self._burst
        if burst is None or self._clock() - burst.last_at > burst.patience:
            return False
        return self._is_scan(burst.typed) or (burst.sure and not _is_text_field(burst.target))

    def _on_release(self, event: QKeyEvent) -> bool:
        if event.key() in self._swallowed and not event.isAutoRepeat():
            self._swallowed.discard(event.key())
            return True
        if self._burst is None or event.key() in _MODIFIERS:
            return False
        self._burst.events.append(copied(event))
        return True

    def _on_shortcut(self, event: QKeyEvent) -> bool:
        """No shortcut fires from inside a burst; one that a person presses comes after the letters before it."""
        burst = self._burst
        goes_on = burst is not None and self._clock() - burst.last_at <= burst.patience
        if burst and goes_on and (burst.sure or event.key() in _ENDS or is_part(event)):
            event.accept()
            return True
        if event.key() not in _MODIFIERS:
            self._release()
        if self._guard.is_hasty(event):
            event.accept()
        return event.isAccepted()

    def eventFilter(self, watched: QObject, event: Any) -> bool:
        kind = event.type()
        if kind not in _WATCHED or self._replaying or not isinstance(watched, QWidget):
            return False
        if kind == QEvent.Type.Show:
            self._guard.notice_shown(watched)
        elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.FocusAboutToChange, QEvent.Type.WindowDeactivate):
            self._release()
        elif watched is not _addressee():
            # An ignored key climbs to the parents of its widget: it was judged there already.
            return kind == QEvent.Type.KeyPress and self._guard.refuses_climbing(watched, event)
        elif kind == QEvent.Type.ShortcutOverride:
            return self._on_shortcut(event)
        elif kind == QEvent.Type.KeyPress:
            held = self._on_press(watched, event)
            if held:
                event.accept()
            return held
        elif kind == QEvent.Type.KeyRelease:
            return self._on_release(event)
        else:
            return self._hold(watched, event)
        return False


def _addressee() -> QWidget | None:
    """The widget that hears the keyboard first; a list that hangs open under a box has the focus itself."""
    return QApplication.focusWidget() or QApplication.activeWindow()


def _is_text_field(widget: QWidget) -> bool:
    return widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def _may_begin(target: QWidget, event: QKeyEvent | QInputMethodEvent) -> bool:
    if isinstance(event, QInputMethodEvent):
        text = event.commitString() or event.preeditString()
        return text[:1].isdigit() and not event.replacementLength()
    return types(event) and (event.text()[:1] in "0123456789MmNn" or not _is_text_field(target))
