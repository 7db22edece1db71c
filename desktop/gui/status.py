"""What the status strip says: only what is true and exists, calm until somebody must act.

Pure sentences from plain facts, and the strip that shows them.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from db.records import Clerk
from desktop import labels
from desktop.gui import layouts
from desktop.gui.cards import Rule
from desktop.gui.icons import Icon
from desktop.gui.texts import line
from desktop.office.backup_standing import Standing
from desktop.rules.calendar import WorkCalendar

_STALE = timedelta(hours=24)
#: Tones of what nobody needs to act on.
_CALM = ("text2", "ok", "idle")
#: How little a fact may say, and the width of what is left then.
_ICON_ALONE, _ICON = 2, 16
#: A stick that is plugged in once a week brings back all but a week.
_STICK_STALE = timedelta(days=7)


class Status(NamedTuple):
    """One fact of the strip; ``page`` is where the clerk can act on it, ``short`` what fits a narrow window.

    ``waiting`` is how many things wait there: the rail shows it beside the page.
    """

    icon: str
    words: str
    tone: str = "text2"
    page: str = "settings"
    short: str = ""
    waiting: int = 0


def backup_status(standing: Standing, now: datetime) -> Status:
    """When the register was last copied to the disk and to a stick, and whether a copy was restored on trial."""
    if standing.fault:
        return Status("content-save-alert-outline", "Sao lưu: thử mở lại không được", "late", short="Sao lưu hỏng")
    if standing.made_at is None:
        return Status("content-save-alert-outline", "Sao lưu: chưa có bản nào", "soon", short="Chưa sao lưu")
    when = labels.when_words(standing.made_at, now)
    if standing.made_at > now:
        words = f"Sao lưu: bản mới nhất ghi {when}, sau giờ của máy"
        return Status("content-save-alert-outline", words, "soon", short="Sao lưu sai ngày")
    if now - standing.made_at > _STALE:
        return Status("content-save-alert-outline", f"Sao lưu: {when}, quá một ngày", "soon", short="Sao lưu đã cũ")
    said = [f"Sao lưu: {when}", "đã thử mở lại" if standing.drilled == standing.made_at else "đã đọc lại"]
    if standing.sticks:
        known = (stick.made_at for stick in standing.sticks if stick.made_at and stick.made_at <= now)
        carried = max(known, default=None)
        said.append(f"USB {labels.when_words(carried, now)}" if carried else "USB chưa có bản nào")
        if carried is None or now - carried > _STICK_STALE:
            return Status("usb-flash-drive-outline", ", ".join(said), "soon", short="Cắm USB sao lưu")
    return Status("content-save-check-outline", ", ".join(said), short=when)


def calendar_status(calendar: WorkCalendar, now: datetime) -> Status:
    """Whether the year's days off are confirmed; from December on the next year's matter."""
    year = now.year
    if not calendar.is_confirmed(year):
        return _unconfirmed(year)
    if now.month == 12 and not calendar.is_confirmed(year + 1):
        return _unconfirmed(year + 1)
    return Status("calendar-check", f"Lịch nghỉ {year}: đã xác nhận", short=f"Lịch {year}")


def _unconfirmed(year: int) -> Status:
    words = f"Lịch nghỉ {year}: chưa xác nhận"
    return Status("calendar-alert", words, "soon", short=f"Lịch {year} chưa xác nhận")


def printer_status(name: str, trouble: str = "") -> Status:
    """The printer that receipts go to and what it last said."""
    if trouble:
        return Status("printer-alert", f"Máy in: {trouble}", "late", short="Máy in lỗi")
    return Status("printer-outline", f"Máy in: {name or 'mặc định của máy'}", short=name[:20] or "Mặc định")


def clerk_status(clerk: Clerk, station: str = "") -> Status:
    """Who acts, and at which counter."""
    words = f"{clerk.full_name} – {station}" if station else clerk.full_name
    return Status("account-outline", words, short=clerk.full_name)


class StatusItem(QPushButton):
    """One fact as a quiet button to its page."""

    def __init__(self, status: Status) -> None:
        super().__init__()
        self.status = status
        self._words = line(status.words, "note", status.tone)
        self.setToolTip(status.words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(status.words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (Icon(status.icon, status.tone, _ICON), self._words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part)
        self._row = row

    def width_of(self, size: int) -> int:
        """How many pixels it takes when it says so much: 0 whole, 1 in few words, 2 its icon alone."""
        self._words.ensurePolished()
        words = self._words.fontMetrics().horizontalAdvance(self._said(size))
        return _ICON if size == _ICON_ALONE else _ICON + self._row.spacing() + words + 2

    def say(self, size: int) -> None:
        """Say so much; the tooltip always says all."""
        self._words.setText(self._said(size))
        self._words.setVisible(size < _ICON_ALONE)
        self.updateGeometry()

    def _said(self, size: int) -> str:
        return self.status.short if size and self.status.short else self.status.words

    def sizeHint(self):
        return self._row.sizeHint()


class StatusStrip(QFrame):
    """28 px under every page. ``chosen`` carries the page of the fact that was clicked.

    Where there is no room for all words, facts are said in short, the calm ones first and from the right; where even
    that is too long, they keep their icons, the calm ones first again.
    """

    chosen = Signal(str)

    def __init__(self, *, practice: bool) -> None:
        super().__init__()
        self.setProperty("practice", "true" if practice else "false")
        self._shown: tuple[Status, ...] = ()
        self._facts: list[StatusItem] = []
        self._narrow = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 1, 16, 0)
        self._row.setSpacing(16)
        self._row.addStrut(27)
        if practice:
            self._row.addWidget(line("BẢN TẬP HUẤN", "caption", "wait", name="practice"))
        self._row.addStretch(1)
        self._fixed = self._row.count()

    def show_statuses(self, statuses: Iterable[Status]) -> None:
        """Replace the facts; nothing moves when they are the same."""
        wanted = tuple(statuses)
        if wanted != self._shown:
            self._shown = wanted
            self._fill()

    def fold(self, narrow: bool) -> None:
        """Short words for narrow windows."""
        self._narrow = narrow
        self._fill()

    def minimumSizeHint(self) -> QSize:
        """No window is made wider by what it says of itself."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        from_right = list(reversed(self._facts))
        calm = [fact for fact in from_right if fact.status.tone in _CALM]
        urgent = [fact for fact in from_right if fact.status.tone not in _CALM]
        sizes = dict.fromkeys(self._facts, int(self._narrow))
        room = self._room()
        shortened, alone = ((fact, 1) for fact in (*calm, *urgent)), ((fact, _ICON_ALONE) for fact in (*calm, *urgent))
        for fact, size in (*shortened, *alone):
            if sum(one.width_of(said) for one, said in sizes.items()) <= room:
                break
            sizes[fact] = size
        for fact, size in sizes.items():
            fact.say(size)

    def _room(self) -> int:
        """The width that is left for the facts themselves."""
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        before = sum(part.sizeHint().width() + gap for part in self.findChildren(QLabel, "practice"))
        return self.width() - margins.left() - margins.right() - before - (2 * gap + 1) * len(self._facts)

    def _fill(self) -> None:
        self._facts = []
        layouts.empty(self._row, self._fixed - 1, keep=1)
        for number, status in enumerate(self._shown):
            fact = StatusItem(status)
            self._facts.append(fact)
            fact.clicked.connect(lambda _checked=False, page=status.page: self.chosen.emit(page))
            place = self._row.count() - 1
            if number:
                self._row.insertWidget(place, _divider())
                place += 1
            self._row.insertWidget(place, fact)
        self._fit()


def _divider() -> Rule:
    rule = Rule(vertical=True)
    rule.setFixedHeight(16)
    return rule
