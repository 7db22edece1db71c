"""Where the parts of a dossier stand: three columns, two with the acts first, or one below the other.

Knows no dossier. In one column everything scrolls but the act itself, which stays pinned at the bottom.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.gui.cards import Card
from desktop.gui.scrolling import Scroller, application

_THREE_COLUMNS, _TWO_COLUMNS = 1000, 700
_LEAST_PANEL = 300
_GAP = 12


class DossierLayout(QWidget):
    """``folded`` tells whether there is less room than for three columns."""

    folded = Signal(bool)

    def __init__(self, head: Card, story: Card, acts: Card, bar: QWidget, papers: Card, why: Card) -> None:
        super().__init__()
        self._head, self._story, self._acts, self._bar = head, story, acts, bar
        self._papers, self._why = papers, why
        self._columns = 0
        self._page = _column(self, (16, 12, 16, 12))
        self._beside, self._side, self._stacked = QWidget(), QWidget(), QWidget()
        self._across = QHBoxLayout(self._beside)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(_GAP)
        self._side_column, self._stack = _column(self._side), _column(self._stacked)
        self._side_scroller, self._everything = Scroller(self._side), Scroller(self._stacked)
        self._page.addWidget(self._beside, 1)
        self._page.addWidget(self._everything, 1)
        for part in (head, story, acts, self._side_scroller, papers, why):
            # Columns of one width, whatever a form inside one of them asks for.
            part.setSizePolicy(QSizePolicy.Policy.Ignored, part.sizePolicy().verticalPolicy())
        self._arrange(3)
        application().focusChanged.connect(self._follow_focus)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        focused = self.focusWidget()
        self._take_out()
        if columns == 1:
            for part in (self._head, self._acts, self._why, self._story, self._papers):
                self._stack.addWidget(part)
            self._page.addWidget(self._bar)
        else:
            self._page.insertWidget(0, self._head)
            self._acts.body.addWidget(self._bar)
            self._put_beside(columns)
        self._beside.setVisible(columns > 1)
        self._everything.setVisible(columns == 1)
        self._story.setMinimumHeight(_LEAST_PANEL if columns < 3 else 0)
        self._acts.setMinimumHeight(_LEAST_PANEL if columns == 1 else 0)
        self.folded.emit(columns < 3)
        if focused is not None:
            focused.setFocus()

    def _put_beside(self, columns: int) -> None:
        """The acts, the story before them when there is room for it, and the rest at the side."""
        parts = (self._story, self._acts) if columns == 3 else (self._acts,)
        for part in (*parts, self._side_scroller):
            self._across.addWidget(part, 1)
        rest = (self._papers, self._why) if columns == 3 else (self._why, self._story, self._papers)
        for card in rest:
            self._side_column.addWidget(card, 0 if card is self._why else 1)

    def _take_out(self) -> None:
        for box in (self._page, self._across, self._side_column, self._stack, self._acts.body):
            for part in (self._head, self._story, self._acts, self._bar, self._papers, self._why, self._side_scroller):
                box.removeWidget(part)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._columns == 1 and self._stacked.isAncestorOf(new):
            self._everything.ensureWidgetVisible(new, 0, 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        self._arrange(3 if width >= _THREE_COLUMNS else 2 if width >= _TWO_COLUMNS else 1)


def _column(owner: QWidget, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    column = QVBoxLayout(owner)
    column.setContentsMargins(*margins)
    column.setSpacing(_GAP)
    return column
