"""ChangeView: a procedure field by field, what is in use beside what the decision says.

What changes is tinted and bold, what goes is struck through; lines of a list that stay are left plain.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.gui.scrolling import TextScroller
from desktop.gui.texts import line
from desktop.gui.theme import restyle
from desktop.office.procedure_changes import Compared

_CAPTION = 124


class Said(QFrame):
    """The words of one cell; ``against`` is what the other side says, ``gone`` that this side is the old one."""

    def __init__(self, words: str, against: str, *, gone: bool) -> None:
        super().__init__()
        lines, others = words.splitlines() or [""], set(against.splitlines())
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 5, 10, 5)
        column.setSpacing(1)
        restyle(self, changed="true" if not gone and words != against else "false")
        for each in lines:
            label = line(each, wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            if each not in others:
                restyle(label, **{"struck" if gone else "changed": "true"})
            column.addWidget(label)
        column.addStretch(1)


class ChangeView(TextScroller):
    """Rows of caption · old · new under two heads; scrolls by ↑ ↓ when it has the focus."""

    def __init__(self) -> None:
        super().__init__(QWidget(), "Cũ và mới")

    def show_compared(self, rows: Sequence[Compared], old: str, new: str) -> None:
        """Replace everything; ``old`` and ``new`` head the two sides."""
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.setColumnMinimumWidth(0, _CAPTION)
        for column, head in enumerate(("Mục", old, new)):
            cell = line(head, "caption")
            cell.setContentsMargins(12 if column == 0 else 10, 6, 8, 6)
            grid.addWidget(cell, 0, column)
        for number, row in enumerate(rows, start=1):
            caption = line(row.caption, "quiet", wrap=True)
            caption.setContentsMargins(12, 5, 4, 5)
            caption.setFixedWidth(_CAPTION)
            grid.addWidget(caption, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Said(row.old, row.old if row.plain else row.new, gone=True), number, 1)
            grid.addWidget(Said(row.new, row.new if row.plain else row.old, gone=False), number, 2)
        grid.setRowStretch(len(rows) + 1, 1)
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        self.show_content(inside)
        told = (f"{row.caption}: {row.old} → {row.new}" for row in rows if row.old != row.new)
        self.setAccessibleName(". ".join(told) or "Không có gì đổi")
