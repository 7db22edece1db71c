"""The period of the figures: its kind, one step back or forward, free days to type."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.gui.dates import typed_date
from desktop.gui.keys import key_words
from desktop.gui.page import Page
from desktop.gui.texts import line
from desktop.gui.theme import restyle
from desktop.rules import periods
from desktop.rules.periods import Period, PeriodError, PeriodKind

_KINDS = (
    (PeriodKind.DAY, "Ngày"),
    (PeriodKind.MONTH, "Tháng"),
    (PeriodKind.QUARTER, "Quý"),
    (PeriodKind.HALF, "6 tháng"),
    (PeriodKind.NINE_MONTHS, "9 tháng"),
    (PeriodKind.YEAR, "Năm"),
    (PeriodKind.FREE, "Tự chọn"),
)


class PeriodBar(QWidget):
    """``chosen`` carries the period. Ctrl+← and Ctrl+→ step, Alt+1 to Alt+7 choose the kind."""

    chosen = Signal(object)

    def __init__(self, page: Page, today: date) -> None:
        super().__init__()
        self._today = today
        self.period = periods.containing(PeriodKind.MONTH, today)
        self._name, self._days, self._wrong = line("", "strong"), line("", "quiet"), line("", "note", "late")
        self._from, self._to = QLineEdit(), QLineEdit()
        self._kinds: dict[PeriodKind, QPushButton] = {}
        self._free = QWidget()
        self._lay_out(page)
        self._show()

    def _lay_out(self, page: Page) -> None:
        kinds, steps = QHBoxLayout(), QHBoxLayout()
        for row in (kinds, steps):
            row.setSpacing(0)
        for number, (kind, words) in enumerate(_KINDS, start=1):
            action = page.act(words, f"Alt+{number}", partial(self.choose_kind, kind))
            button = self._kinds[kind] = segment(action, words)
            kinds.addWidget(button)
            kinds.addSpacing(2)
        kinds.addStretch(1)
        for words, keys, step in (("‹", "Ctrl+Left", -1), ("›", "Ctrl+Right", 1)):
            said = "Kỳ trước" if step < 0 else "Kỳ sau"
            button = segment(page.act(said, keys, partial(self.step, step)), words)
            button.setFixedWidth(32)
            button.setAccessibleName(said)
            steps.addWidget(button)
            if step < 0:
                steps.addSpacing(8)
                steps.addWidget(self._name)
                steps.addSpacing(8)
        steps.addSpacing(10)
        steps.addWidget(self._days)
        self._lay_out_free()
        steps.addWidget(self._free)
        steps.addWidget(self._wrong)
        steps.addStretch(1)
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(10)
        self._rows.setVerticalSpacing(6)
        self._rows.setColumnStretch(1, 1)
        self._rows.addLayout(kinds, 0, 0)
        self._rows.addLayout(steps, 0, 1)
        self._kinds_row, self._steps_row = kinds, steps

    def _fold(self) -> None:
        """The period below its kinds, where both beside each other would be cut short."""
        # What was shown or hidden a moment ago is not measured yet.
        self._steps_row.invalidate()
        needed = self._kinds_row.sizeHint().width() + 10 + self._steps_row.sizeHint().width()
        folded = needed > self.width()
        self._rows.removeItem(self._steps_row)
        self._rows.addLayout(self._steps_row, int(folded), int(not folded))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fold()

    def _lay_out_free(self) -> None:
        row = QHBoxLayout(self._free)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(6)
        for editor, name, words in ((self._from, "first", "Từ ngày"), (self._to, "last", "đến")):
            editor.setObjectName(name)
            editor.setAccessibleName(words)
            editor.setFixedWidth(96)
            editor.setPlaceholderText("23/11/2026")
            editor.returnPressed.connect(self._take_typed)
            row.addWidget(line(words, "quiet"))
            row.addWidget(editor)

    def choose_kind(self, kind: PeriodKind) -> None:
        """The period of this kind that today lies in, or the days to type."""
        if kind is PeriodKind.FREE:
            self.take(Period(PeriodKind.FREE, self.period.first, self.period.last, self.period.year))
            self._from.setFocus()
            self._from.selectAll()
        else:
            self.take(periods.containing(kind, min(self.period.last, self._today)))

    def step(self, step: int) -> None:
        """The period before or after; never one that has not begun."""
        following = periods.neighbour(self.period, step)
        if following.first <= self._today:
            self.take(following)

    def take(self, period: Period) -> None:
        """Show a period and tell it."""
        self.period = period
        self._show()
        self.chosen.emit(period)

    def show_today(self, today: date) -> None:
        """Midnight has passed."""
        self._today = today

    def _take_typed(self) -> None:
        first, last = typed_date(self._from.text()), typed_date(self._to.text())
        try:
            if first is None or last is None:
                raise PeriodError("bad_date", "Ghi ngày dạng 23/11/2026.")
            asked = periods.free(first, last)
        except PeriodError as error:
            self._wrong.setText(error.message)
            return
        self.take(Period(PeriodKind.FREE, asked.first, asked.last, asked.year))

    def _show(self) -> None:
        period, is_free = self.period, self.period.kind is PeriodKind.FREE
        self._wrong.clear()
        self._name.setText("" if is_free else _short(period))
        self._days.setText("" if is_free or period.kind is PeriodKind.DAY else _days(period))
        self._free.setVisible(is_free)
        self._from.setText(f"{period.first:%d/%m/%Y}")
        self._to.setText(f"{period.last:%d/%m/%Y}")
        for kind, button in self._kinds.items():
            restyle(button, chosen="true" if kind is period.kind else "false")
        self._fold()


def segment(action: QAction, words: str) -> QPushButton:
    """One of several ways beside each other; its key stands in the tooltip and is read aloud."""
    button = QPushButton(words)
    button.setObjectName("segment")
    keys = key_words(action.shortcut())
    button.setToolTip(keys)
    button.setAccessibleDescription(keys)
    button.setAutoDefault(True)
    button.clicked.connect(action.trigger)
    return button


def _short(period: Period) -> str:
    """The name in the bar: "Tháng 11/2026"."""
    return period.name.replace(" đầu năm ", "/").replace(" năm ", "/")


def _days(period: Period) -> str:
    if period.last.year == period.year:
        return f"{period.first:%d/%m} – {period.last:%d/%m}"
    return f"{period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}"
