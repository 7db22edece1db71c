"""Giờ làm việc: when the counter is open from Monday to Friday; every promised hour rests on it."""

import re
from datetime import time

from PySide6.QtWidgets import QHBoxLayout

from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.fields import FieldRow
from desktop.gui.settings_section import Section, act_row
from desktop.gui.texts import line
from desktop.office import settings

_HOUR = re.compile(r"(\d{1,2})(?:[:.hg](\d{2})?)?", re.ASCII)
_FIELDS = (
    ("morning_opens", "Sáng từ", "07:30"),
    ("morning_closes", "đến", "11:30"),
    ("afternoon_opens", "Chiều từ", "13:30"),
    ("afternoon_closes", "đến", "17:00"),
)
_NOTE = (
    "Giờ niêm yết của tỉnh Lai Châu là 07:30 – 11:30 và 13:30 – 17:00 (Quyết định 2934/QĐ-UBND ngày 20/11/2025). "
    "Ngày hẹn trả tính theo giờ này; giấy đã phát giữ giờ hẹn cũ. Xã không mở buổi chiều thì để trống hai ô sau."
)
_SAID = "Ghi giờ như 07:30 hoặc 7h30."


def typed_hour(text: str) -> str | None:
    """``07:30`` from ``7:30``, ``7h30`` or ``7g30``; ``None`` when it is no time of day."""
    found = _HOUR.fullmatch("".join(text.split()).lower())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


class HoursSection(Section):
    """Two sessions alike on every weekday; F12 stores both at once as one event."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands)
        self._rows = [
            FieldRow(name, caption, hint=hint, label_width=72 if place % 2 == 0 else 32)
            for place, (name, caption, hint) in enumerate(_FIELDS)
        ]
        self._now = line("", "quiet", wrap=True)
        self.first = self._rows[0].editor
        card = Card("Giờ làm việc, Thứ Hai đến Thứ Sáu")
        card.body.addWidget(self._now)
        for session in (self._rows[:2], self._rows[2:]):
            across = QHBoxLayout()
            across.setSpacing(12)
            for row in session:
                row.setMaximumWidth(240)
                across.addWidget(row, 1)
            across.addStretch(1)
            card.body.addLayout(across)
        card.body.addWidget(line(_NOTE, "note", wrap=True))
        store = self.act("Ghi giờ làm việc", "F12", self.store)
        card.body.addLayout(act_row(ActButton(store, "content-save-check-outline", kind="primary")))
        self.column.addWidget(self.strip)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        calendar = self.commands.ask(settings.calendar)
        if calendar is None:
            return
        self._now.setText("Đang dùng: " + "; ".join(labels.hours_words(calendar.hours)) + ".")
        edges: list[time] = [edge for session in calendar.hours.on_weekday(0) for edge in session]
        for place, row in enumerate(self._rows):
            row.set_value(f"{edges[place]:%H:%M}" if place < len(edges) else "")
            row.clear_problem()

    def store(self) -> bool:
        """Store the hours that are typed; ``False`` when they cannot be, the reason was said."""
        sessions = self._typed()
        if sessions is None:
            return False
        return self.change(settings.change_hours, sessions, said="Đã ghi. Giấy hẹn lập từ bây giờ tính theo giờ này.")

    def _typed(self) -> list[tuple[str, str]] | None:
        told = []
        for row in self._rows:
            hour = typed_hour(row.value())
            may_be_empty = row in self._rows[2:] and not any(each.value().strip() for each in self._rows[2:])
            row.show_problem("" if hour or may_be_empty else _SAID)
            if row.problem:
                row.focus()
                return None
            told.append(hour or "")
        return [session for session in ((told[0], told[1]), (told[2], told[3])) if all(session)]
