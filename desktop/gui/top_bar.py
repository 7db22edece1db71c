"""TopBar: where the clerk is, the search, today's date and what tomorrow brings."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop import labels
from desktop.gui.search import SearchBox
from desktop.gui.texts import line
from desktop.rules.calendar import WorkCalendar


def tomorrow_note(now: datetime, calendar: WorkCalendar) -> str:
    """``Mai 24/11 nghỉ: Ngày Văn hóa Việt Nam`` when the next day is a holiday, a made-up Saturday, or nothing."""
    tomorrow = now.date() + timedelta(days=1)
    day = calendar.day(tomorrow)
    if day is None:
        return ""
    if calendar.is_working_day(tomorrow):
        return f"Mai {tomorrow:%d/%m} làm bù: {day.name}"
    return f"Mai {tomorrow:%d/%m} nghỉ: {day.name}"


class TopBar(QFrame):
    """48 px above every page."""

    def __init__(self, search: SearchBox) -> None:
        super().__init__()
        self._narrow = False
        self._title = line("", "title")
        self._note = line("", "note")
        self._date = line("", "caption", "text")
        self._tomorrow = line("", "note", "soon")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.addStrut(36)
        row.setSpacing(16)
        row.addWidget(self._title)
        row.addWidget(self._note)
        row.addStretch(1)
        row.addWidget(search, 2)
        dates = QVBoxLayout()
        dates.setSpacing(0)
        for words in (self._date, self._tomorrow):
            words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            dates.addWidget(words)
        row.addLayout(dates)

    def show_title(self, title: str, note: str = "") -> None:
        """Name the page."""
        self._title.setText(title)
        self._note.setText(note)
        self._fold()

    def show_moment(self, now: datetime, calendar: WorkCalendar) -> None:
        """The date, and tomorrow when it differs from an ordinary day."""
        day = labels.short_day(now.date()) if self._narrow else labels.day_words(now.date())
        self._date.setText(f"{day}, {now:%H:%M}")
        note = tomorrow_note(now, calendar)
        self._tomorrow.setText(note.split(":")[0] if self._narrow else note)
        self._tomorrow.setToolTip(note)
        self._tomorrow.setHidden(not note)

    def fold(self, narrow: bool) -> None:
        """Short words for narrow windows, from the next moment on."""
        self._narrow = narrow
        self._fold()

    def _fold(self) -> None:
        self._note.setHidden(self._narrow or not self._note.text())
