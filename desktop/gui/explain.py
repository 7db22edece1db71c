"""ExplainPanel: the steps that led to a promised date, one row a day, folded by periods when long.

Shows the very records that stand behind the paper's line and computes nothing of the law.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop import labels
from desktop.gui import layouts
from desktop.gui.texts import ElidedLabel, line
from desktop.rules.trail import OFF, STOPPED, Step

#: Longer explanations are folded by periods; the whole stands in the full text (Alt+V).
_ROWS = 7


class DayLine(NamedTuple):
    """One row as shown: day or period, the box and its tone, the reason."""

    day: str
    box: str
    tone: str
    because: str


def day_lines(steps: Sequence[Step]) -> list[DayLine]:
    """Rows for ``steps``, oldest first; the last is the promise and gets the tone of done."""
    if len(steps) <= _ROWS:
        rows = [DayLine(labels.short_day(step.on), step.label, _tone(step), step.because) for step in steps]
    else:
        rows = [_folded(list(group)) for _key, group in groupby(steps, key=_period)]
    if rows and steps[-1].counted:
        rows[-1] = rows[-1]._replace(tone="ok", because=steps[-1].because)
    return rows


def recorded_steps(explanation: Iterable[Mapping[str, str]]) -> tuple[Step, ...]:
    """The steps as an event froze them."""
    return tuple(
        Step(date.fromisoformat(day["on"]), Decimal(day["counted"]), day["because"], day["source"], day["label"])
        for day in explanation
    )


def full_text(steps: Sequence[Step]) -> str:
    """Every step with its legal source, as lines to read or copy."""
    lines = []
    for step in steps:
        source = f" ({step.source})" if step.source and step.source not in step.because else ""
        lines.append(f"{labels.day_words(step.on)} – {step.label}: {step.because}{source}")
    return "\n".join(lines)


def _tone(step: Step) -> str:
    if step.counted:
        return "accent"
    if step.label == STOPPED:
        return "wait"
    return "soon" if step.label == OFF and step.on.weekday() < 5 else "idle"


def _period(step: Step) -> tuple[str, str]:
    return (_tone(step), step.label if not step.counted else "")


def _folded(group: list[Step]) -> DayLine:
    first, last = group[0], group[-1]
    if len(group) == 1:
        return DayLine(labels.short_day(first.on), first.label, _tone(first), first.because)
    days = f"{first.on:%d/%m} – {last.on:%d/%m}"
    if first.counted:
        return DayLine(days, f"{first.label}–{last.label}", "accent", f"đến {last.because}")
    tails = {step.because.rsplit(", ", 1)[-1] for step in group}
    because = tails.pop() if len(tails) == 1 else first.because
    return DayLine(days, first.label, _tone(first), because)


class DayBox(QLabel):
    """The 44 px box that says what a day was: Nhận, Nghỉ, 1, 2, 3."""

    def __init__(self, word: str, tone: str) -> None:
        super().__init__(word)
        self.setProperty("tone", tone)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(44, 18)


class ExplainPanel(QWidget):
    """Rows of day · box · reason. The head and its key belong to the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self._rows = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._rows)

    @property
    def text(self) -> str:
        """The full explanation with sources, copyable."""
        return full_text(self._steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Replace the rows; nothing happens when the steps are the same."""
        if tuple(steps) == self._steps:
            return
        self._steps = tuple(steps)
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(2, 1)
        for index, row in enumerate(day_lines(self._steps)):
            grid.addWidget(line(row.day, "note", "text"), index, 0)
            grid.addWidget(DayBox(row.box, row.tone), index, 1)
            grid.addWidget(ElidedLabel(row.because, "note"), index, 2)
        layouts.put_instead(self._column, self._rows, fresh)
        self._rows = fresh
        self.setAccessibleName("Vì sao ngày này? " + self.text.replace("\n", ". "))
