"""The two cards beside the outbox: why the chosen report is where it is, and how the line out stands.

They show what they are given; the page asks and acts.
"""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from db.records import OutboxRow
from desktop import labels
from desktop.gui import outbox_words
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.facts import FactList
from desktop.gui.pills import Pill
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import line
from desktop.office.outbox import Way

_LABEL = 88
_PROMISE = "Chỉ hiện xanh khi có xác nhận đã ký của tuyến trên."


class WhyCard(Card):
    """One report: its state, a sentence why, what is known, and the way to compare where the hub holds another."""

    def __init__(self, compare: QAction) -> None:
        super().__init__("Báo cáo")
        self._pill = Pill()
        self._why = MessageStrip()
        self._facts = FactList(label_width=_LABEL)
        self._next = line("", "note", wrap=True)
        self._compare = ActButton(compare, "compare-horizontal")
        self.body.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addSpacing(2)
        self.body.addWidget(self._why)
        self.body.addSpacing(4)
        self.body.addWidget(self._facts)
        self.body.addStretch(1)
        self.body.addWidget(self._next)
        self.body.addWidget(self._compare)

    def show_row(self, row: OutboxRow, way: Way, now: datetime) -> None:
        """Everything about one report."""
        mark = outbox_words.mark(row.state)
        self.set_title(f"{labels.day_words(row.day)}, bản {row.revision}")
        self._pill.show_mark(mark)
        self._why.say(mark.tone, outbox_words.why(row, way), icon=mark.icon)
        self._facts.show_facts(outbox_words.facts(row, now))
        told = outbox_words.next_step(row)
        self._next.setText(told)
        self._next.setVisible(bool(told))
        self._compare.setVisible(row.standing is not None)


class WayCard(Card):
    """The way out: since when it is cut, when it is tried again, where it leads and what goes; the seldom way back."""

    def __init__(self, read_one: QAction) -> None:
        super().__init__("Đường gửi")
        self._pill = Pill()
        self._facts = FactList(label_width=_LABEL)
        self.head.addWidget(self._pill)
        self.body.addWidget(self._facts)
        self.body.addSpacing(2)
        self.body.addWidget(Rule())
        self.body.addWidget(line(_PROMISE, "note", wrap=True))
        self.body.addStretch(1)
        self.body.addWidget(ActButton(read_one, "file-document-outline"))

    def show_way(self, way: Way, now: datetime) -> None:
        """How it stands at ``now``."""
        self._pill.show_mark(outbox_words.way_mark(way))
        self._facts.show_facts(outbox_words.way_facts(way, now))
