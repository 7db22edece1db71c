"""The head of a dossier: code, state, person, and in the largest letters the promised date and the time left."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.records import DossierRow
from db.vocabulary import OPEN_STATUSES
from desktop import labels
from desktop.gui import icons
from desktop.gui.cards import Card, Rule
from desktop.gui.dossier_promises import Promised
from desktop.gui.icons import Icon, Mark
from desktop.gui.keys import KeyBadge
from desktop.gui.pills import Pill
from desktop.gui.texts import ElidedLabel, line
from desktop.gui.theme import restyle
from desktop.rules.calendar import WorkCalendar
from desktop.rules.citizen_id import mask


class DossierHead(Card):
    """``reveal`` is the act that shows the whole identity number."""

    def __init__(self, reveal: QAction) -> None:
        super().__init__()
        self._code = line("", "title", name="code")
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._pill = Pill()
        self._person = ElidedLabel("", "strong", snug=True)
        self._person.setObjectName("applicant")
        self._number = line("", "quiet", name="id_number")
        self._procedure = ElidedLabel("", "quiet")
        self._temporary = line("", "note")
        self._day = line("", "date", name="due_at")
        self._hour, self._first = line("", "note"), line("", "note")
        self._first.setProperty("struck", "true")
        self._left_icon, self._left = Icon(size=20), line("", "date", name="time_left")
        self._left_note = line("", "note")
        self._reveal = KeyBadge(reveal)
        self._wide, self._low = _Wide(), _Low()
        self._folded: bool | None = None
        self.body.addWidget(self._wide)
        self.body.addWidget(self._low)
        self.fold(False)

    def fold(self, folded: bool) -> None:
        """Three low lines for narrow windows, instead of three blocks beside each other."""
        if folded == self._folded:
            return
        self._folded = folded
        shape = self._low if folded else self._wide
        beside_number = () if folded else (self._temporary,)
        beside_procedure = (self._temporary,) if folded else ()
        rows: tuple[tuple[QHBoxLayout, tuple[QWidget, ...]], ...] = (
            (shape.code, (self._code, self._pill)),
            (shape.person, (self._person, self._number, self._reveal, *beside_number)),
            (shape.procedure, (self._procedure, *beside_procedure)),
            (shape.day, (self._day,)),
            (shape.hour, (self._hour, self._first)),
            (shape.left, (self._left_icon, self._left)),
            (shape.left_note, (self._left_note,)),
        )
        for row, parts in rows:
            for place, part in enumerate(parts):
                row.insertWidget(place, part)
        self._wide.setHidden(folded)
        self._low.setHidden(not folded)

    def show_dossier(self, row: DossierRow, promised: Sequence[Promised]) -> None:
        """Who, what, and what was promised; a first promise that no longer holds is struck through."""
        self._code.setText(row.official_code or row.code)
        self._temporary.setText(f"mã tiếp nhận tạm {row.code}" if row.official_code else "")
        self._pill.show_mark(icons.status_mark(row.status))
        self._person.show_text(row.applicant)
        self._procedure.show_text(f"{row.procedure} – {row.procedure_name}")
        self._day.setText(labels.day_words(row.due_at.date()))
        first = promised[0].due_at if promised else row.due_at
        moved = first != row.due_at
        self._hour.setText(f"trước {row.due_at:%H:%M}" + (" – hẹn ban đầu" if moved else ""))
        same_hour = f"{first:%H:%M}" == f"{row.due_at:%H:%M}"
        self._first.setText((f"{first:%d/%m/%Y}" if same_hour else f"{first:%H:%M %d/%m/%Y}") if moved else "")
        self._first.setVisible(moved)

    def show_number(self, id_number: str, *, whole: bool) -> None:
        """The identity number, masked unless asked for."""
        shown = labels.grouped_id(id_number if whole else mask(id_number))
        self._number.setText(shown or "không có số định danh")

    def show_left(self, row: DossierRow, now: datetime, calendar: WorkCalendar | None) -> None:
        """The time left at ``now``, or why the clock does not run."""
        mark, note = _left(row, now, calendar)
        self._left.setText(mark.word)
        self._left_icon.show_icon(mark.icon)
        for part in (self._left, self._left_icon):
            restyle(part, tone=mark.tone)
        self._left_note.setText(note)


def _left(row: DossierRow, now: datetime, calendar: WorkCalendar | None) -> tuple[Mark, str]:
    unprinted = "" if row.printed else "chưa có bản giấy hẹn nào được máy in nhận"
    if row.paused_since is not None:
        return Mark("wait", "pause-circle-outline", "Đồng hồ dừng"), f"từ {labels.when_words(row.paused_since, now)}"
    if row.status not in OPEN_STATUSES or calendar is None:
        at = row.handed_over_at or row.finished_at
        return icons.status_mark(row.status), f"lúc {labels.when_words(at, now)}" if at else ""
    mark = icons.dossier_mark(row, now, calendar)
    # The caption above says "Còn lại" already.
    words = mark.word.removeprefix("Còn ").removeprefix("Quá hạn, ")
    return mark._replace(word=labels.sentence_start(words)), unprinted


class _Shape(QWidget):
    """Rows that wait for the parts of a head; each ends in empty space."""

    def __init__(self) -> None:
        super().__init__()
        self.code, self.person, self.procedure = _row(12), _row(8), QHBoxLayout()
        self.day, self.hour, self.left, self.left_note = _row(6), _row(6), _row(6), _row(6)


class _Wide(_Shape):
    """Who at the left, then two blocks with the promise and the time left."""

    def __init__(self) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(20)
        identity = QVBoxLayout()
        identity.setSpacing(2)
        for row in (self.code, self.person, self.procedure):
            identity.addLayout(row)
        across.addLayout(identity, 1)
        for title, upper, lower in (
            ("Hẹn trả kết quả", self.day, self.hour),
            ("Còn lại", self.left, self.left_note),
        ):
            across.addWidget(Rule(vertical=True))
            block = QVBoxLayout()
            block.setSpacing(0)
            block.addWidget(line(title, "note"))
            block.addLayout(upper)
            block.addLayout(lower)
            across.addLayout(block)


class _Low(_Shape):
    """Code and person, then the promise and the time left in one line, then the procedure."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for rows in ((self.code, self.person), (self.day, self.hour, self.left, self.left_note), (self.procedure,)):
            across = QHBoxLayout()
            across.setSpacing(12)
            for row in rows:
                across.addLayout(row, 1 if row is self.procedure else 0)
            if rows[0] is not self.procedure:
                across.addStretch(1)
            column.addLayout(across)


def _row(spacing: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    row.addStretch(1)
    return row
