"""Pictures of one set (Material Design 6, from the qtawesome wheel) drawn as glyphs in any colour.

The font file is read straight from the wheel: importing qtawesome itself costs a third of a second
and loads eleven fonts. What a state looks like (tone, icon, word) is decided here, once, for
screens, lists and help. Never draws text that carries meaning alone.
"""

from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from db.records import DossierRow
from db.vocabulary import DossierStatus
from desktop import labels

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


class Mark(NamedTuple):
    """How one state is said: a tone of the theme, an icon name, one to four words."""

    tone: str
    icon: str
    word: str


_STATUS_LOOKS = {
    DossierStatus.DRAFT: ("idle", "content-save-check-outline"),
    DossierStatus.NEW: ("idle", "clock-outline"),
    DossierStatus.RECEIVED: ("ok", "check-circle"),
    DossierStatus.NOT_RECEIVED: ("idle", "file-remove-outline"),
    DossierStatus.PROCESSING: ("accent", "progress-clock"),
    DossierStatus.WAITING_SUPPLEMENT: ("wait", "pause-circle-outline"),
    DossierStatus.WAITING_OBLIGATION: ("wait", "cash-clock"),
    DossierStatus.WITHDRAWN: ("idle", "undo-variant"),
    DossierStatus.STOPPED: ("idle", "stop-circle-outline"),
    DossierStatus.FINISHED: ("accent", "tray-arrow-up"),
    DossierStatus.HANDED_OVER: ("ok", "check-circle"),
}

_URGENCY_LOOKS = {
    labels.Urgency.LATE: ("late", "alert-octagon"),
    labels.Urgency.TODAY: ("soon", "clock-alert-outline"),
    labels.Urgency.SOON: ("soon", "clock-outline"),
    labels.Urgency.CALM: ("accent", "progress-clock"),
}


def status_mark(status: DossierStatus) -> Mark:
    """The national state as it stands in a header."""
    tone, icon = _STATUS_LOOKS[status]
    return Mark(tone, icon, labels.STATUS_WORDS[status])


def dossier_mark(row: DossierRow, now: datetime, calendar: labels.WorkingDays) -> Mark:
    """What somebody must know of a dossier at ``now``: the time left while the clock runs, else how it stands."""
    stands = labels.standing(row, now, calendar)
    looks = _STATUS_LOOKS[row.status] if stands.urgency is None else _URGENCY_LOOKS[stands.urgency]
    return Mark(*looks, stands.words)


def apology_mark(row: DossierRow, now: datetime, calendar: labels.WorkingDays) -> Mark:
    """How late a dossier is or was: what the apology is owed for."""
    return Mark("late", "email-alert-outline", labels.owed_apology(row, now, calendar).words)


def print_mark(row: DossierRow) -> Mark:
    """What is known of the receipt's print; the spooler's word is all that a program can know."""
    if row.print_failed:
        return Mark("late", "printer-alert", "chưa in được")
    if row.printed:
        return Mark("ok", "printer-check", "đã gửi in")
    if row.status is DossierStatus.HANDED_OVER:
        return Mark("idle", "book-check-outline", "không cần giấy")
    return Mark("idle", "printer-outline", "chưa in")


@cache
def _charmap() -> str:
    """The wheel's JSON of seven thousand names as text: a window draws twenty of them."""
    charmap = next(_font_folder().glob("materialdesignicons6-webfont-charmap-*.json"))
    return charmap.read_text(encoding="utf-8")


def _font_folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("qtawesome", name="qtawesome")
    return Path(spec.submodule_search_locations[0]) / "fonts"


@cache
def _family() -> str:
    file = next(_font_folder().glob("materialdesignicons6-webfont-*.ttf"))
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))[0]


@cache
def glyph(name: str) -> str:
    """The character of icon ``name``; ``KeyError`` when the set has no such icon."""
    place = _charmap().find(f'"{name}": "')
    if place < 0:
        raise KeyError(name)
    # Only the entry: to cut the text in two would copy half a megabyte for each icon.
    return chr(int(_charmap()[place : place + len(name) + 16].split('"')[3], 16))


@cache
def _font(pixels: int) -> QFont:
    font = QFont(_family())
    font.setPixelSize(pixels)
    return font


def paint(painter: QPainter, rect: QRect, name: str, colour: QColor) -> None:
    """Draw the icon centred in ``rect``, as large as its shorter side."""
    painter.save()
    painter.setFont(_font(min(rect.width(), rect.height())))
    painter.setPen(colour)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, glyph(name))
    painter.restore()


def window_icon() -> "QIcon":
    """The program's own icon for the title bar and the task bar."""
    from PySide6.QtGui import QIcon

    size = 64
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor("#2A4480"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(0, 0, size, size, size / 6, size / 6)
    paint(painter, QRect(8, 8, 48, 48), "home-outline", QColor("#FFFFFF"))
    painter.end()
    return QIcon(pixmap)


class Icon(QFrame):
    """One glyph in the colour that the style sheet gives its ``tone``; decoration, silent to screen readers."""

    def __init__(self, name: str = "", tone: str = "text2", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._size = size
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def name(self) -> str:
        return self._name

    def show_icon(self, name: str) -> None:
        """Draw another icon in the same place."""
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._name:
            painter = QPainter(self)
            paint(painter, self.rect(), self._name, self.palette().color(self.foregroundRole()))
