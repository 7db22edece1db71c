"""Vì sao ngày này?: the steps of the promise that holds, those before it struck through, a clock that stands."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from db.records import DossierRow
from desktop import labels
from desktop.gui import layouts
from desktop.gui.cards import Card
from desktop.gui.dossier_promises import Promised
from desktop.gui.explain import ExplainPanel
from desktop.gui.keys import KeyBadge
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import line


class WhyCard(Card):
    """``explain`` is the act that opens the whole explanation with its sources."""

    def __init__(self, explain: QAction) -> None:
        super().__init__()
        self._question = line("", "strong")
        self._before = QVBoxLayout()
        self._before.setSpacing(2)
        self._panel = ExplainPanel()
        self._stopped = MessageStrip()
        head = QHBoxLayout()
        head.addWidget(self._question)
        head.addStretch(1)
        head.addWidget(KeyBadge(explain))
        self.body.addLayout(head)
        self.body.addLayout(self._before)
        self.body.addWidget(self._panel)
        self.body.addWidget(self._stopped)
        self.body.addStretch(1)

    @property
    def title(self) -> str:
        return self._question.text()

    def show_promises(self, row: DossierRow, promised: Sequence[Promised]) -> None:
        """Explain the last promise; those before it are named with what ended them."""
        self._question.setText(f"Vì sao ngày {row.due_at:%d/%m}?")
        layouts.empty(self._before)
        for earlier, later in pairwise(promised):
            self._before.addLayout(_gone(earlier, later))
        self._panel.show_steps(promised[-1].steps if promised else ())
        if row.paused_since is None:
            self._stopped.hush()
        else:
            since = f"{row.paused_since:%H:%M} {labels.day_words(row.paused_since.date())}"
            self._stopped.say("wait", f"Đồng hồ dừng từ {since}. Ngày hẹn tính lại khi chạy tiếp.")


def _gone(earlier: Promised, later: Promised) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    date = line(f"{earlier.due_at:%d/%m/%Y}", "note")
    date.setProperty("struck", "true")
    row.addWidget(date)
    row.addWidget(line(f"đổi {later.why[0].lower()}{later.why[1:]} ngày {later.at:%d/%m}", "note"))
    row.addStretch(1)
    return row
