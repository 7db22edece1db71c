"""Part 3 of the intake page, "Thành phần hồ sơ": which papers lie on the counter, ticked by the keyboard.

Space ticks with the counts that the procedure asks for, / says that a paper was only shown, + − change the
copies, Ctrl+↑ ↓ the originals.
What is missing is decided by ``rules.intake``; this card only shows it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from db.records import RequiredPaper
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.icons import Mark
from desktop.gui.keys import KeyBadge
from desktop.gui.short_table import ShortTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import ElidedLabel, line
from desktop.rules.intake import SubmittedPaper
from desktop.rules.text import fold

_MOST = 999
#: Rows that are always seen: beside other columns the table gives way, in a page that scrolls it need not.
_FEWEST_ROWS, _FEWEST_ROWS_STACKED = 3, 5
#: No higher than the head line without them.
_LOW = 24


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One row: what is asked for, what was handed in, and whether that is too little."""

    number: int
    asked: RequiredPaper
    handed: SubmittedPaper
    missing: bool = False

    @property
    def ticked(self) -> bool:
        return bool(self.handed.originals or self.handed.copies or self.handed.shown)

    @property
    def mark(self) -> Mark:
        if self.ticked:
            return Mark("ok", "checkbox-marked-outline", "")
        return Mark("late" if self.missing else "text2", "checkbox-blank-outline", "")

    @property
    def wanted(self) -> str:
        if self.asked.shown_only:
            return "Xuất trình"
        return "Phải có" if self.asked.required else "Nếu có"

    def with_tick(self, ticked: bool) -> "PaperLine":
        """Handed in as asked for, or not at all."""
        if not ticked:
            return replace(self, handed=SubmittedPaper(self.asked.name))
        if self.asked.shown_only:
            return replace(self, handed=SubmittedPaper(self.asked.name, shown=True))
        originals = self.asked.originals or (0 if self.asked.copies else 1)
        # "1 bản chính, 1 bản sao" in land matters means either: the original is what is asked for first.
        copies = 0 if originals else self.asked.copies
        return replace(self, handed=SubmittedPaper(self.asked.name, originals, copies))

    def with_view(self) -> "PaperLine":
        """Only looked at, nothing kept; a second time takes it back."""
        return replace(self, handed=SubmittedPaper(self.asked.name, shown=not self.handed.shown))

    def with_counts(self, originals: int, copies: int) -> "PaperLine":
        """Counted by the clerk; a paper that is kept is no longer only shown."""
        kept = SubmittedPaper(self.asked.name, min(max(originals, 0), _MOST), min(max(copies, 0), _MOST))
        return replace(self, handed=kept)


def _count(paper: PaperLine, number: int) -> str:
    return "–" if paper.handed.shown else str(number)


_COLUMNS = (
    Column("", width=44, mark=lambda paper: paper.mark, bare=True),
    Column("Giấy tờ", lambda paper: paper.asked.name),
    Column(
        "Yêu cầu",
        lambda paper: "" if paper.missing else paper.wanted,
        width=118,
        quiet=True,
        mark=lambda paper: Mark("late", "alert-circle", "Còn thiếu"),
        bare=True,
    ),
    Column("Bản chính", lambda p: "xem" if p.handed.shown else _count(p, p.handed.originals), width=88),
    Column("Bản sao", lambda p: _count(p, p.handed.copies), width=84),
)


_KEYS = (("Space", "đã nhận"), ("/", "chỉ xem"), ("+ −", "bản sao"), ("Ctrl+↑ ↓", "bản chính"))


class PapersTable(ShortTable):
    """Keys of the papers table; ``changed`` carries the row number and its new line."""

    changed = Signal(int, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            RecordTableModel(_COLUMNS, key=lambda paper: paper.number),
            "Thành phần hồ sơ",
            two_lines=False,
            parent=parent,
        )
        self.setObjectName("papers")
        self.clicked.connect(lambda index: self._tick() if index.column() == 0 else None)

    def _change_current(self, change: Callable[[PaperLine], PaperLine]) -> None:
        paper: PaperLine | None = self.current
        if paper:
            self.changed.emit(paper.number, change(paper))

    def _tick(self) -> None:
        self._change_current(lambda paper: paper.with_tick(not paper.ticked))

    def _count(self, originals: int, copies: int) -> None:
        self._change_current(
            lambda paper: paper.with_counts(paper.handed.originals + originals, paper.handed.copies + copies)
        )

    def keyPressEvent(self, event) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key(), control:
            case Qt.Key.Key_Space, False:
                self._tick()
            case Qt.Key.Key_Slash, False:
                self._change_current(PaperLine.with_view)
            case ((Qt.Key.Key_Plus | Qt.Key.Key_Equal), False):
                self._count(0, 1)
            case Qt.Key.Key_Minus, False:
                self._count(0, -1)
            case Qt.Key.Key_Up, True:
                self._count(1, 0)
            case Qt.Key.Key_Down, True:
                self._count(-1, 0)
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class PapersCard(Card):
    """``edited`` follows every tick and count, ``left`` fires when the focus goes on."""

    edited = Signal()
    left = Signal(str)

    def __init__(self, supplement: QAction, refuse: QAction, parent: QWidget | None = None) -> None:
        super().__init__("Thành phần hồ sơ", number=3, flush=True, parent=parent)
        self._lines: list[PaperLine] = []
        self._fewest_rows = _FEWEST_ROWS
        self._lack = ElidedLabel("", "note", snug=True)
        self._lack.setProperty("tone", "late")
        self._slips = [ActButton(act, kind="quiet") for act in (supplement, refuse)]
        for part in (self._lack, *self._slips):
            self.head.addWidget(part)
        for button in self._slips:
            button.setFixedHeight(_LOW)
        self.table = PapersTable()
        self.table.changed.connect(self._change)
        self.table.chosen.connect(self._show_full_name)
        self.table.left.connect(lambda: self.left.emit("papers"))
        self._full_name = line("", "note", wrap=True)
        self._full_name.setContentsMargins(56, 6, 12, 0)
        self._name_line = Rule()  # or it would read as a second line of the last row
        self._nothing = line("Chọn thủ tục để biết cần giấy tờ gì.", "quiet", wrap=True)
        self._nothing.setContentsMargins(12, 0, 12, 12)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._name_line)
        self.body.addWidget(self._full_name)
        self.body.addWidget(self._legend())
        self.body.addStretch(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.show_papers((), ())

    def _legend(self) -> QWidget:
        self._keys = QWidget()
        row = QHBoxLayout(self._keys)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(6)
        for key, words in _KEYS:
            row.addWidget(KeyBadge(key))
            row.addWidget(line(words, "note"))
            row.addSpacing(8)
        row.addStretch(1)
        return self._keys

    def tab_stops(self) -> list[QWidget]:
        """The table; its rows are reached by the arrows."""
        return [self.table]

    @property
    def papers(self) -> tuple[SubmittedPaper, ...]:
        """What was handed in or shown, in the order of the list."""
        return tuple(paper.handed for paper in self._lines if paper.ticked)

    def show_papers(self, asked: Sequence[RequiredPaper], handed: Sequence[SubmittedPaper]) -> None:
        """List what the procedure asks for, ticked as far as it is among ``handed``."""
        known = {fold(paper.name): paper for paper in handed}
        self._lines = [
            PaperLine(number, paper, known.get(fold(paper.name), SubmittedPaper(paper.name)))
            for number, paper in enumerate(asked)
        ]
        self.table.setVisible(bool(self._lines))
        self._keys.setVisible(bool(self._lines))
        self._nothing.setVisible(not self._lines)
        self._show()
        self.table.select_row(0)

    def say_nothing_asked(self, chosen: bool) -> None:
        """Tell a procedure without listed papers from no procedure at all; slips are for a chosen one."""
        for button in self._slips:
            button.setVisible(chosen)
        self._nothing.setText(
            "Danh mục không ghi giấy tờ nào cho thủ tục này." if chosen else "Chọn thủ tục để biết cần giấy tờ gì."
        )

    def show_missing(self, missing: Sequence[RequiredPaper], *, marked: bool) -> None:
        """Mark what is missing; the marks appear once the clerk has been here or pressed F12."""
        names = {fold(paper.name) for paper in missing}
        lines = [replace(line_, missing=marked and fold(line_.asked.name) in names) for line_ in self._lines]
        self._lack.show_text(f"Thiếu {len(missing)} giấy phải có" if missing and marked else "")
        if lines != self._lines:
            self._lines = lines
            self._show()

    def stack(self, stacked: bool) -> None:
        """The cards of the page stand one below the other, or beside each other."""
        self._fewest_rows = _FEWEST_ROWS_STACKED if stacked else _FEWEST_ROWS
        self._show()

    def go_to_missing(self) -> None:
        """Put the selection on the first missing paper, the focus on the table."""
        first = next((paper.number for paper in self._lines if paper.missing), 0)
        self.table.select_row(first)
        self.table.setFocus()

    def _change(self, number: int, paper: PaperLine) -> None:
        self._lines[number] = replace(paper, missing=False)
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        self.table.show_rows(tuple(self._lines))
        self.table.fit(self._fewest_rows)
        self._show_full_name(self.table.current)

    def _show_full_name(self, paper: PaperLine | None) -> None:
        """A name that the column cuts stands in full below while its row is selected."""
        name = paper.asked.name if paper and self.table.cuts(1, paper.asked.name) else ""
        self._full_name.setText(name)
        for part in (self._full_name, self._name_line):
            part.setVisible(bool(name))
