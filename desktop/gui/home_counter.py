"""Quầy hôm nay: how many were received, handed over, solved at once and given a slip; who was just here."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from db.records import DossierRow
from desktop import labels
from desktop.gui import icons
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.home_lists import DAY, HomeList
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line

#: What stands below a figure; its list says the whole sentence.
_WORDS = ("tiếp nhận", "đã trả", "giải quyết ngay")
_SLIPS = "lập phiếu"
JUST_NOW = 6


class Figure(QPushButton):
    """A count of the day as a quiet button to its list."""

    def __init__(self, words: str, unit: str = "hồ sơ") -> None:
        super().__init__()
        self._unit = unit
        self._number = line("—", "title")
        self._words = line(words, "note")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(4, 6, 4, 8)
        column.setSpacing(0)
        for part in (self._number, self._words):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)

    def show_count(self, number: int | None) -> None:
        """``None`` when it could not be computed."""
        self._number.setText("—" if number is None else labels.count_words(number))
        count = "chưa tính được" if number is None else f"{number} {self._unit}"
        self.setAccessibleName(f"{labels.sentence_start(self._words.text())}, {count}")

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class CounterCard(Card):
    """``wanted`` carries the ``HomeList`` behind a figure, ``opened`` the row of a dossier just received.

    ``slips_wanted`` leads to the slips that were given to people without a dossier.
    """

    wanted = Signal(object)
    slips_wanted = Signal()
    opened = Signal(object)

    def __init__(self, next_person: QAction) -> None:
        super().__init__("Quầy hôm nay", flush=True)
        self._since = line("", "note")
        self._unclosed = line("", "note", wrap=True)
        self._unclosed.hide()
        self._recent = RecordTable(_recent_model(), "Vừa tiếp nhận", heads=False)
        self._recent.opened.connect(self.opened)
        self._figures = [Figure(words) for words in _WORDS]
        self._slips = Figure(_SLIPS, "phiếu")
        self._slips.clicked.connect(self.slips_wanted)
        self.setFixedWidth(368)
        self.head.addWidget(self._since)
        self.body.addWidget(Rule())
        self.body.addWidget(self._figure_row())
        self.body.addWidget(Rule())
        caption = line("Vừa tiếp nhận", "caption")
        caption.setContentsMargins(12, 6, 12, 6)
        self.body.addWidget(caption)
        self.body.addWidget(Rule())
        self.body.addWidget(self._recent, 1)
        self.body.addWidget(Rule())
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 12, 12, 12)
        foot.setSpacing(8)
        foot.addWidget(self._unclosed)
        self.next_person = ActButton(next_person, "account-plus-outline", kind="primary")
        foot.addWidget(self.next_person)
        self.body.addLayout(foot)

    def _figure_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (figure, listed) in enumerate(zip(self._figures, DAY, strict=True)):
            if number:
                row.addWidget(Rule(vertical=True))
            figure.clicked.connect(partial(self._want, listed))
            row.addWidget(figure, 1)
        row.addWidget(Rule(vertical=True))
        row.addWidget(self._slips, 1)
        return holder

    def _want(self, listed: HomeList) -> None:
        self.wanted.emit(listed)

    def show_day(
        self, counts: Sequence[int | None], slips: int | None, recent: Sequence[DossierRow], since: str
    ) -> None:
        """The counts in the order of ``home_lists.DAY``, the slips, the latest dossiers, when the counter opened."""
        for figure, count in zip(self._figures, counts, strict=True):
            figure.show_count(count)
        self._slips.show_count(slips)
        self._recent.show_rows(recent)
        self._since.setText(since)

    def say_unclosed(self, words: str) -> None:
        """Quietly, above the next person: that the day is over and not closed; nothing when ``words`` are empty."""
        self._unclosed.setText(words)
        self._unclosed.setVisible(bool(words))


def _number_and_matter(row: DossierRow) -> str:
    return f"…{row.code[-4:]} · {labels.procedure_words(row.procedure_name)}"


def _recent_model() -> RecordTableModel:
    return RecordTableModel(
        [
            Column("", lambda row: f"{row.received_at:%H:%M}", 56, quiet=True),
            Column("", lambda row: row.applicant, note=_number_and_matter),
            Column("", mark=icons.print_mark, bare=True, right=True, width=136),
        ]
    )
