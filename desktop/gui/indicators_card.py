"""Chỉ tiêu khác: the figures beside the official table, folded away until somebody asks for them.

Shows groups of figures as ``rules.figures`` has them and counts nothing; the page asks for them and opens their lists.
Figures of people stay hidden until somebody asks for them who may see them.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.icons import Mark
from desktop.gui.page import Page
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.rules.figures import NO_DATA, Figure, Group

_TABLE_HEIGHT, _LOW_HEIGHT = 330, 200
_FOLDED = "Hài lòng, kênh nộp, thanh toán, số hóa, đi lại, xin lỗi, thời gian, chỉ số 766."
_COUNTING = "Đang tính…"
_NO_DATA = Mark("idle", "minus-circle-outline", NO_DATA)
_FEW = "ít hơn 50, nên xem từng hồ sơ"


class _Row(NamedTuple):
    group: Group
    figure: Figure
    is_first: bool


class IndicatorsCard(Card):
    """``wanted`` asks for the figures of the period shown; ``opened`` carries the ``Figure`` whose list is wanted.

    ``may_see_people`` answers for who sits here, and says why not.
    """

    wanted = Signal()
    opened = Signal(object)

    def __init__(self, page: Page, may_see_people: Callable[[], bool]) -> None:
        super().__init__("Chỉ tiêu khác", flush=True)
        self._groups: Sequence[Group] | None = None
        self._with_people, self._may_see_people = False, may_see_people
        self._unfold = page.act("Xem", "Alt+K", self._turn)
        self._people = page.act("Theo công chức (lãnh đạo xem)", "Alt+Y", self._turn_people)
        self._people.setVisible(False)
        self.head.addWidget(ActButton(self._people, "account-outline", kind="quiet"))
        self.head.addWidget(ActButton(self._unfold, "chart-bar", kind="quiet"))
        self._note = line(_FOLDED, "note", wrap=True)
        self.table = RecordTable(_model(), "Chỉ tiêu khác", two_lines=False)
        self._unfolded = QWidget()
        self._lay_out()
        self.table.chosen.connect(self._tell)
        self.table.opened.connect(lambda row: self.opened.emit(row.figure))

    def _lay_out(self) -> None:
        unfolded = QVBoxLayout(self._unfolded)
        unfolded.setContentsMargins(0, 0, 0, 0)
        unfolded.setSpacing(0)
        unfolded.addWidget(Rule())
        unfolded.addWidget(self.table, 1)
        self._unfolded.hide()
        self.body.addWidget(self._unfolded, 1)
        self._note.setContentsMargins(12, 0, 12, 8)
        self.body.addWidget(self._note)

    @property
    def is_open(self) -> bool:
        return not self._unfolded.isHidden()

    def fold(self, narrow: bool) -> None:
        """On a narrow canvas, which is a low one as well, table and note must be seen at once."""
        self.table.setFixedHeight(_LOW_HEIGHT if narrow else _TABLE_HEIGHT)

    def forget(self) -> None:
        """Other days are shown: what stood here is not theirs."""
        self._groups = None
        if self.is_open:
            self._ask()

    def hide_people(self) -> None:
        """Somebody else sits here: what he may see is asked for anew."""
        self._with_people = False
        self.forget()

    def show_groups(self, groups: Sequence[Group]) -> None:
        """The figures that were asked for."""
        self._groups = groups
        rows = [
            _Row(group, figure, place == 0)
            for group in groups
            if self._with_people or not group.head_only
            for place, figure in enumerate(group.figures)
        ]
        self.table.show_rows(rows)
        self._tell(self.table.current)

    def _turn(self) -> None:
        """Alt+K: open and go there; from there, fold it away again."""
        if self.is_open and self.table.hasFocus():
            self._show_open(False)
            return
        if not self.is_open:
            self._show_open(True)
            if self._groups is None:
                self._ask()
        self.table.setFocus()

    def _turn_people(self) -> None:
        if not self._with_people and not self._may_see_people():
            return
        self._with_people = not self._with_people
        if self._groups is not None:
            self.show_groups(self._groups)
            if self._with_people:
                self.table.select_row(self.table.records.rowCount() - 1)
        self.table.setFocus()

    def _show_open(self, shown: bool) -> None:
        self._unfolded.setVisible(shown)
        self._people.setVisible(shown)
        self._unfold.setText("Thu lại" if shown else "Xem")
        self._tell(self.table.current)

    def _ask(self) -> None:
        self.table.show_rows(())
        self._note.setText(_COUNTING)
        self.wanted.emit()

    def _tell(self, row: _Row | None) -> None:
        """How the figure in focus is counted."""
        if not self.is_open:
            self._note.setText(_FOLDED)
        elif row is not None:
            told = (f"{row.group.title}.", _sentence(row.figure.note), *row.group.notes)
            self._note.setText(" ".join(filter(None, told)))
        else:
            self._note.setText("" if self._groups is not None else _COUNTING)


def _model() -> RecordTableModel:
    return RecordTableModel(
        [
            Column("Nhóm", lambda row: row.group.title if row.is_first else "", width=190, quiet=True, least=760),
            Column("Chỉ tiêu", lambda row: labels.procedure_words(row.figure.name)),
            Column("Giá trị", _value_words, width=190, strong=True, mark=lambda _row: _NO_DATA, bare=True),
            Column("Trên tổng số", lambda row: row.figure.fraction, width=112),
            Column("Ghi chú", _note_words, width=300, quiet=True, least=1000),
        ],
        key=lambda row: row.figure.key,
    )


def _value_words(row: _Row) -> str:
    """Empty where there is no data: that is said by a quiet mark, and never looks like a figure."""
    return "" if row.figure.words == NO_DATA else row.figure.words


def _note_words(row: _Row) -> str:
    return "; ".join(part for part in (_FEW if row.figure.is_small else "", row.figure.note) if part)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""
