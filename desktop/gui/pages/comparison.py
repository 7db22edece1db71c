"""So hai bản: a day as this register sealed it beside what the tier above holds of it, figure by figure.

Decides nothing: nobody here overwrites what is held there. The words say what each side may be asked to do.
"""

from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout

from db.records import OutboxRow, StandingReport
from desktop import labels
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.figure_table import cell_number, cell_words
from desktop.gui.icons import Mark
from desktop.gui.messages import of_problem
from desktop.gui.page import Page
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.office import outbox
from desktop.rules.statistics import COLUMNS, Line

_SAME = Mark("ok", "check", "Khớp")
_OTHER = Mark("late", "not-equal-variant", "Khác")
#: So narrow that the names of the figures are whole at 200 %.
_SIDE = 130
_NEXT = (
    "Không bên nào bị ghi đè. Máy này vừa khôi phục từ bản sao lưu cũ thì báo tuyến trên; nơi nhận quyết giữ bản nào, "
    "có lý do ghi lại, rồi bản của máy này được nhận hoặc giữ nguyên bản trên ấy."
)


class _Row(NamedTuple):
    id: int
    name: str
    ours: str
    theirs: str

    @property
    def differs(self) -> bool:
        return self.ours != self.theirs


class ComparisonPage(Page):
    """Shows one day; the differing figures first in sight."""

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._title = line("", "title")
        self.strip = MessageStrip()
        self.table = RecordTable(_model(), "So hai bản", two_lines=False)
        self.act("Về Hộp gửi", "Esc", self.left.emit)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.setSpacing(8)
        card = Card(flush=True)
        card.body.addWidget(self.table, 1)
        page.addWidget(self._title)
        page.addWidget(self.strip)
        page.addWidget(card, 1)
        page.addWidget(line(_NEXT, "note", wrap=True))

    def show_row(self, row: OutboxRow) -> None:
        """Both sides of a day."""
        self._title.setText(labels.day_words(row.day))
        told = self._commands.ask(outbox.compare, row, refused=lambda problem: self.strip.say(*of_problem(problem)))
        if told is None:
            self.table.show_rows(())
            return
        rows = [*_heads(told.ours, told.theirs), *_figures(told.our_total, told.their_total)]
        self.table.show_rows(rows)
        differing = [each for each in rows[3:] if each.differs]
        if differing:
            self.strip.say("late", f"{len(differing)} trên {len(COLUMNS)} con số khác nhau: {row.reason}.")
            self.table.select_row(rows.index(differing[0]))
        else:
            self.strip.say("soon", f"Các con số tổng giống nhau, phần còn lại khác: {row.reason}.")
            self.table.select_row(0)

    def focus_first(self) -> None:
        self.table.setFocus()


def _heads(ours: StandingReport, theirs: StandingReport) -> list[_Row]:
    return [
        _Row(0, "Bản", str(ours.revision), str(theirs.revision)),
        _Row(1, "Mã số", ours.code, theirs.code),
        _Row(2, "Mã nội dung", _short(ours.sha256), _short(theirs.sha256)),
    ]


def _short(sha256: str) -> str:
    return f"{sha256[:10]}…"


def _figures(ours: Line, theirs: Line) -> list[_Row]:
    return [
        _Row(
            cell_number(column),
            f"({cell_number(column)}) {labels.sentence_start(cell_words(column))}",
            labels.count_words(getattr(ours, column)),
            labels.count_words(getattr(theirs, column)),
        )
        for column in COLUMNS
    ]


def _model() -> RecordTableModel:
    return RecordTableModel(
        [
            Column("Con số", lambda row: row.name),
            Column("Máy này", lambda row: row.ours, _SIDE, strong=True, right=True),
            Column("Tuyến trên", lambda row: row.theirs, _SIDE, strong=True, right=True),
            Column("", mark=lambda row: _OTHER if row.differs else _SAME, width=90, bare=True),
        ]
    )
