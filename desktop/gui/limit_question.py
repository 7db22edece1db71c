"""LimitQuestion: one limit that only a person can turn into a rule, decided by number and unit, or left for intake."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.records import Limit
from db.vocabulary import LimitUnit
from desktop import labels
from desktop.gui.buttons import ActButton, Choice
from desktop.gui.facts import FactList
from desktop.gui.fields import FieldRow
from desktop.gui.texts import line
from desktop.rules import limits
from desktop.rules.change_sets import Question
from desktop.rules.reasons import UNIT_WORDS, limit_words

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LimitFields(QWidget):
    """A number and its unit; ``entered`` follows an Enter in either."""

    entered = Signal()

    def __init__(self, name: str, caption: str, *, label_width: int = 104) -> None:
        super().__init__()
        self.value = FieldRow(name, caption, label_width=label_width)
        self.unit = Choice()
        self.unit.setObjectName(f"{name}_unit")
        self.unit.setAccessibleName(f"Đơn vị: {caption.lower()}")
        for unit in LimitUnit:
            self.unit.addItem(UNIT_WORDS[unit], unit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.value, 1)
        row.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignTop)
        self.unit.activated.connect(lambda _index: self._follow_unit())
        for part in (self.value.editor, self.unit):
            part.installEventFilter(self)

    def show_limit(self, limit: Limit | None) -> None:
        """Stand a limit in the fields, or nothing."""
        counted = limit is not None and limit.unit not in limits.UNCOUNTED
        self.value.set_value(_number(limit.value) if limit is not None and counted else "")
        self.value.clear_problem()
        self.unit.setCurrentIndex(self.unit.findData(limit.unit if limit else LimitUnit.WORKING_DAYS))
        self._follow_unit()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed for a unit that is counted."""
        return not self.value.value().strip() and self.unit.currentData() not in limits.UNCOUNTED

    def limit(self) -> Limit | None:
        """What stands there; None says beside the field what is wrong with it."""
        unit = LimitUnit(self.unit.currentData())
        text = self.value.value().strip().replace(",", ".")
        try:
            value = Decimal(0) if unit in limits.UNCOUNTED else Decimal(text)
            wrong = limits.why_not(value, unit)
        except InvalidOperation:
            value, wrong = Decimal(0), "Ghi một số, ví dụ 3."
        self.value.show_problem(wrong)
        return None if wrong else Limit(value, unit)

    def _follow_unit(self) -> None:
        """A rule such as "trong ngày" has no number."""
        self.value.editor.setEnabled(self.unit.currentData() not in limits.UNCOUNTED)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTERS:
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)


class LimitQuestion(QWidget):
    """``answered`` carries the number of the question and the limit, None for leaving it as it is."""

    answered = Signal(int, object)

    def __init__(self, make_act: Callable[[str, str, Callable[[], object]], QAction]) -> None:
        super().__init__()
        self._question: Question | None = None
        self._title = line("", "strong", wrap=True)
        self._facts = FactList()
        self.fields = LimitFields("decided_limit", "Thời hạn là")
        self._leave = make_act("Nhập khi tiếp nhận", "Alt+I", self._leave_open)
        take = QAction("Quyết thời hạn này", self)
        take.triggered.connect(lambda _checked=False: self._take())
        self.fields.entered.connect(self._take)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        self.fields.setMaximumWidth(420)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(ActButton(take, "account-check-outline"))
        acts.addWidget(ActButton(self._leave, "clock-outline"))
        acts.addStretch(1)
        for part in (self._title, self._facts, self.fields):
            column.addWidget(part)
        column.addLayout(acts)
        column.addStretch(1)

    def height_at(self, width: int) -> int:
        """The height in which every line is whole."""
        self._column.activate()
        return max(self._column.totalHeightForWidth(width), self._column.totalSizeHint().height())

    def ask(self, question: Question, of: int, *, has_cases: bool, before: Limit | None) -> None:
        """Ask one of ``of`` questions; ``before`` is what was answered already."""
        self._question = question
        self._title.setText(
            f"Thời hạn {question.number}/{of} – {question.code} {labels.procedure_words(question.name)}"
        )
        self._facts.show_facts(
            [
                ("Quyết định ghi", f"“{question.text}”" if question.text else "không ghi thời hạn"),
                ("Chưa chắc vì", question.why),
                ("Đang áp dụng", limit_words(question.current) if question.current else ""),
            ]
        )
        self._leave.setText("Giữ các trường hợp đang có" if has_cases else "Nhập khi tiếp nhận")
        self.fields.show_limit(before)

    def _take(self) -> None:
        limit = self.fields.limit()
        if limit is None:
            self.fields.value.focus()
        elif self._question is not None:
            self.answered.emit(self._question.number, limit)

    def _leave_open(self) -> None:
        if self._question is not None and self.isVisible():
            self.answered.emit(self._question.number, None)


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
