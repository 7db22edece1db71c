"""What a slip asks for: the papers of the checklist, those that are missing ticked already, and lines of one's own.

Space ticks a row. Knows papers and words only; what a slip needs is said by the office.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from db.records import ProcedureVersion
from desktop.gui.cards import Card
from desktop.gui.fields import FieldRow
from desktop.gui.icons import Mark
from desktop.gui.keys import KeyBadge
from desktop.gui.short_table import ShortTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.rules import intake, slips
from desktop.rules.intake import IntakeForm
from desktop.rules.text import fold

_FEWEST_ROWS, _OWN_LINES = 3, 2
_STATES = {
    "missing": Mark("late", "alert-circle", "còn thiếu"),
    "handed": Mark("ok", "check", "đã nhận"),
    "": Mark("text2", "circle-outline", "nếu có"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One paper of the checklist as the slip would ask for it; ``state`` is ``missing``, ``handed`` or empty."""

    number: int
    words: str
    state: str
    ticked: bool

    @property
    def mark(self) -> Mark:
        if self.ticked:
            return Mark("accent", "checkbox-marked-outline", "")
        return Mark("text2", "checkbox-blank-outline", "")


def checklist(form: IntakeForm, procedure: ProcedureVersion | None) -> list[Item]:
    """The papers of the form's procedure and case, what is missing first and ticked."""
    if procedure is None:
        return []
    missing = {fold(paper.name) for paper in intake.missing_papers(form, procedure)}
    handed = {fold(paper.name) for paper in form.papers}
    papers = sorted(intake.papers_for(procedure, form.case), key=lambda paper: fold(paper.name) not in missing)
    found = []
    for number, paper in enumerate(papers):
        name = fold(paper.name)
        state = "missing" if name in missing else "handed" if name in handed else ""
        found.append(Item(number, slips.wanted(paper), state, name in missing))
    return found


_COLUMNS = (
    Column("", width=44, mark=lambda item: item.mark, bare=True),
    Column("Ghi trên phiếu", lambda item: item.words),
    Column("Đang có", width=118, mark=lambda item: _STATES[item.state], bare=True),
)


class ItemsTable(ShortTable):
    """``ticked`` carries the number of the row that Space or a click has changed."""

    ticked = Signal(int)

    def __init__(self) -> None:
        super().__init__(
            RecordTableModel(_COLUMNS, key=lambda item: item.number), "Giấy tờ phải bổ sung", two_lines=False
        )
        self.setObjectName("items")
        self.clicked.connect(lambda index: self._tick() if index.column() == 0 else None)

    def _tick(self) -> None:
        if self.current is not None:
            self.ticked.emit(self.current.number)

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._tick()
            return
        super().keyPressEvent(event)


class ItemsCard(Card):
    """``edited`` follows every tick and letter."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__("Nội dung phải bổ sung", flush=True)
        self._items: list[Item] = []
        self.head.addWidget(KeyBadge("Space"))
        self.head.addWidget(line("chọn, bỏ chọn", "note"))
        self.table = ItemsTable()
        self._full_words = line("", "note", wrap=True)
        self._full_words.setContentsMargins(56, 4, 12, 0)
        own = QPlainTextEdit()
        own.setFixedHeight(_OWN_LINES * own.fontMetrics().lineSpacing() + 16)
        self.own = FieldRow("own", "Ghi thêm", own, label_width=84, hint="mỗi dòng một nội dung, in nguyên văn")
        self._lay_out()
        self.table.ticked.connect(self._toggle)
        self.table.chosen.connect(lambda _item: self._show_full_words())
        self.own.edited.connect(lambda _text: self._changed())

    def _lay_out(self) -> None:
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._full_words)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(12, 8, 12, 10)
        column.addWidget(self.own)
        self.body.addWidget(below)
        self.body.addStretch(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_items(self, items: Sequence[Item]) -> None:
        """List a checklist; the line of one's own stays as it is typed."""
        self._items = list(items)
        self.table.setVisible(bool(items))
        self._show()
        self.table.select_row(0)

    @property
    def items(self) -> tuple[str, ...]:
        """What the slip shall ask for: ticked papers in the order of the list, then the lines of one's own."""
        own = (words.strip() for words in self.own.value().splitlines())
        return (*(item.words for item in self._items if item.ticked), *(words for words in own if words))

    def say_missing(self, message: str) -> None:
        """Nothing was chosen: say so where a line can be typed."""
        self.own.show_problem(message)
        self.focus()

    def focus(self) -> None:
        if self._items:
            self.table.setFocus()
        else:
            self.own.focus()

    def _toggle(self, number: int) -> None:
        self._items[number] = replace(self._items[number], ticked=not self._items[number].ticked)
        self._show()
        self._changed()

    def _changed(self) -> None:
        self.own.clear_problem()
        self.edited.emit()

    def _show(self) -> None:
        self.table.show_rows(tuple(self._items))
        self.table.fit(_FEWEST_ROWS)
        self._show_full_words()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._show_full_words()

    def _show_full_words(self) -> None:
        """Words that the column cuts stand in full below while their row is selected."""
        item: Item | None = self.table.current
        words = item.words if item and self.table.cuts(1, item.words) else ""
        self._full_words.setText(words)
        self._full_words.setVisible(bool(words))
