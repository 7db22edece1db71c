"""A period by keyboard: today, this month, last month, this year, or two dates as they are typed.

A period that is named ends today: paper never speaks of days that have not come.
"""

from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui.buttons import Pick
from desktop.gui.dates import typed_date
from desktop.gui.fields import FieldRow
from desktop.gui.keys import KeyBadge

_ABREAST = 2


class Span(Enum):
    """The periods that a clerk asks for by name, and the one of two dates."""

    TODAY = "Hôm nay"
    MONTH = "Tháng này"
    LAST_MONTH = "Tháng trước"
    YEAR = "Năm nay"
    FREE = "Tự chọn"

    def days(self, today: date) -> tuple[date, date]:
        """First and last day, both included; of FREE as of today, until dates are typed."""
        first_of_month = today.replace(day=1)
        match self:
            case Span.MONTH:
                return first_of_month, today
            case Span.LAST_MONTH:
                last = first_of_month - timedelta(days=1)
                return last.replace(day=1), last
            case Span.YEAR:
                return today.replace(month=1, day=1), today
        return today, today


class PeriodFields(QWidget):
    """The spans as one group of picks above the two dates. ``changed`` follows every choice and every letter."""

    changed = Signal()

    def __init__(self, make_act: Callable[[str, str, Callable[[], None]], QAction], today: Callable[[], date]) -> None:
        """``make_act`` gives the page's keys Alt+1 to Alt+5 their acts."""
        super().__init__()
        self._today = today
        self._picks: dict[Span, Pick] = {}
        self._group = QButtonGroup(self)
        self.first = FieldRow("first", "Từ ngày", hint="01/11/2026", label_width=64)
        self.last = FieldRow("last", "Đến ngày", hint="30/11/2026", label_width=64)
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2 * _ABREAST, 1)
        for number, span in enumerate(Span):
            pick = self._picks[span] = Pick(span.value)
            self._group.addButton(pick)
            pick.clicked.connect(partial(self.choose, span))
            badge = KeyBadge(make_act(span.value, f"Alt+{number + 1}", partial(self._go, span)))
            down, across = divmod(number, _ABREAST)
            grid.addWidget(pick, down, 2 * across)
            grid.addWidget(badge, down, 2 * across + 1)
        self._lay_out(grid)
        for row in (self.first, self.last):
            row.edited.connect(self._typed)
            row.left.connect(self._judge)

    def _lay_out(self, grid: QGridLayout) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(grid)
        dates = QHBoxLayout()
        dates.setSpacing(12)
        for row in (self.first, self.last):
            dates.addWidget(row, 1)
        column.addLayout(dates)

    @property
    def span(self) -> Span:
        """The span that is picked."""
        return next(span for span, pick in self._picks.items() if pick.isChecked())

    def choose(self, span: Span, _checked: bool = False) -> None:
        """Pick a span; its dates stand in the fields."""
        self._picks[span].setChecked(True)
        if span is not Span.FREE:
            for row, on in zip((self.first, self.last), span.days(self._today()), strict=True):
                row.clear_problem()
                row.set_value(f"{on:%d/%m/%Y}", filled=True)
        self.changed.emit()

    def days(self) -> tuple[date, date] | None:
        """The period, both days included; None when what is typed is none."""
        first, last = typed_date(self.first.value()), typed_date(self.last.value())
        return (first, last) if first and last and first <= last else None

    def asked(self) -> tuple[date, date] | None:
        """The period now that it is needed; None says what is wrong beside the field, and goes there."""
        self._judge()
        wrong = [row for row in (self.first, self.last) if row.problem]
        if wrong:
            wrong[0].focus()
        return self.days()

    def _go(self, span: Span) -> None:
        if not self.isVisible():
            return
        self.choose(span)
        if span is Span.FREE:
            self.first.focus()
        else:
            self._picks[span].setFocus()

    def _typed(self, _text: str) -> None:
        self._picks[Span.FREE].setChecked(True)
        self.changed.emit()

    def _judge(self) -> None:
        first, last = typed_date(self.first.value()), typed_date(self.last.value())
        for row, on in ((self.first, first), (self.last, last)):
            row.show_problem("" if on else "Ghi ngày như 24/11/2026.")
        if first and last and last < first:
            self.last.show_problem("Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.")
