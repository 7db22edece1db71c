"""The keys by which somebody founds a register and settles each step of its first setting up."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.gui.first_run import FirstRun
from desktop.gui.secret_row import SecretEdit
from desktop.office.setting_up import Part
from tests.journeys.counter_window import READING_MS, Counter

KEYS = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
PASSPHRASE = "mua lua chin vang ban"
#: The keys that settle each step of a live register as it stands.
SETTLED: dict[Part, Callable[[Counter], None]] = {}


def settles(part: Part):
    def keep(keys: Callable[[Counter], None]) -> Callable[[Counter], None]:
        SETTLED[part] = keys
        return keys

    return keep


def go_on(counter: Counter) -> None:
    counter.press(KEYS.Key_F12)


for _as_it_is in (Part.UNIT, Part.LINES, Part.CODE, Part.HOURS, Part.PEOPLE):
    SETTLED[_as_it_is] = go_on


@settles(Part.PRINTER)
def _choose_printer(counter: Counter) -> None:
    counter.press(KEYS.Key_Down)
    counter.alt("K")
    counter.until_said("Máy in đã nhận trang kiểm tra")
    assert (counter.tray / "receipt.pdf").exists()
    counter.press(KEYS.Key_F12)


@settles(Part.BACKUP)
def _set_passphrase(counter: Counter) -> None:
    counter.type(PASSPHRASE)
    counter.press(KEYS.Key_Tab)
    counter.type(PASSPHRASE)
    counter.alt("K")
    counter.until_said("In tờ khôi phục ngay")
    counter.press(KEYS.Key_F12)
    counter.until_said("chưa in, chưa lưu")
    counter.alt("I")
    counter.until_said("Đã gửi in")
    counter.press(KEYS.Key_F12)


@settles(Part.HUB)
def _put_off_hub(counter: Counter) -> None:
    counter.press(KEYS.Key_F12)
    counter.until_said("Chưa nối. Gõ địa chỉ")
    counter.press(KEYS.Key_Right, ALT)


def begin_passwords(counter: Counter) -> None:
    """The administrator, at the step of people, sets the first password and prints the recovery sheet."""
    for name in ("new_secret", "again"):
        field = counter.page.findChild(SecretEdit, name)
        assert field is not None
        field.setFocus()
        field.insert(PASSPHRASE)
    counter.alt("B")
    counter.until_said("In bây giờ")


def sign_in(counter: Counter) -> None:
    """By the password of :func:`begin_passwords`, where the window asks for it."""
    secret = QApplication.focusWidget()
    assert isinstance(secret, SecretEdit)
    secret.insert(PASSPHRASE)
    counter.press(KEYS.Key_Return, pause=READING_MS)
    counter.qtbot.waitUntil(lambda: counter.window.current_key == "setup")


def found_when_asked(*, practice: bool = False) -> None:
    """Fill in the dialog of a folder where nothing is, once it is there; whatever goes wrong, it does not wait."""
    QTimer.singleShot(50, lambda: _sit_at(practice))


def _sit_at(practice: bool) -> None:
    dialog = QApplication.activeModalWidget()
    if not isinstance(dialog, FirstRun) or not dialog.isActiveWindow() or not QApplication.focusWidget():
        QTimer.singleShot(50, lambda: _sit_at(practice))
        return
    try:
        _fill_in(dialog, practice)
    finally:
        if dialog.isVisible():
            dialog.reject()


def _fill_in(dialog: FirstRun, practice: bool) -> None:
    QTest.keyClicks(dialog.focusWidget(), "muong than")
    QTest.keyClick(dialog.focusWidget(), KEYS.Key_Return)
    QTest.keyClicks(dialog.focusWidget(), "Lo Thi Truc")
    if not practice:
        while dialog.focusWidget().objectName() != "practice":
            QTest.keyClick(dialog.focusWidget(), KEYS.Key_Tab, SHIFT)
        QTest.keyClick(dialog.focusWidget(), KEYS.Key_Down)
    QTest.keyClick(dialog, KEYS.Key_F12)
