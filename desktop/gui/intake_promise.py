"""Part 4 of the intake page, "Hẹn trả kết quả": the promised moment, large, and why it is that one.

Shows the promise that the office computed; no date can be typed here.
"""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.records import Limit
from desktop import labels
from desktop.gui.cards import Card
from desktop.gui.explain import ExplainPanel
from desktop.gui.keys import KeyBadge
from desktop.gui.strips import MessageStrip
from desktop.gui.text_window import TextWindow
from desktop.gui.texts import line
from desktop.gui.theme import restyle
from desktop.rules.deadlines import Promise, limit_words

_NO_PROMISE = "Chọn thủ tục để biết ngày hẹn"


class PromiseCard(Card):
    """Date, hour and limit, then the days counted and skipped; Alt+V opens the full text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Hẹn trả kết quả", number=4, parent=parent)
        self._date = line(_NO_PROMISE, "strong", wrap=True, name="due_at")
        self._limit = line("", "quiet", wrap=True)
        self._warning = MessageStrip()
        self._panel = ExplainPanel()
        self._why = QAction("Vì sao ngày này?", self)
        self._why.setShortcut(QKeySequence("Alt+V"))
        self._why.triggered.connect(lambda _checked=False: self._open_text())
        self.addAction(self._why)
        self._box = _WhyBox(self._why)
        self._box.body.addWidget(self._panel)
        self.body.setSpacing(4)
        self.body.addWidget(self._date)
        self.body.addWidget(self._limit)
        self.body.addWidget(self._warning)
        self.body.addWidget(self._box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.show_promise(None, None)

    def show_promise(self, promise: Promise | None, limit: Limit | None) -> None:
        """Show a promise, or what is still needed for one."""
        self._why.setEnabled(promise is not None)
        for part in (self._limit, self._box):
            part.setVisible(promise is not None)
        self.set_state("done" if promise else "")
        restyle(self._date, role="date" if promise else "strong")
        if promise is None or limit is None:
            self._date.setText(_NO_PROMISE)
            self._warning.hush()
            return
        self._date.setText(labels.day_words(promise.due_at.date()))
        self._limit.setText(f"trước {promise.due_at:%H:%M} – {limit_words(limit, padded=False)}")
        self._panel.show_steps(promise.steps)
        years = ", ".join(str(year) for year in promise.unconfirmed_years)
        if years:
            self._warning.say("soon", f"Lịch nghỉ {years} chưa xác nhận, ngày này có thể đổi.")
        else:
            self._warning.hush()

    def _open_text(self) -> None:
        lead = f"{self._date.text()}, {self._limit.text()}"
        TextWindow("Vì sao ngày này?", lead, self._panel.text, self).open()


class _WhyBox(Card):
    """The frame round the days; its key, or a click anywhere in it, opens the full text."""

    def __init__(self, why: QAction) -> None:
        super().__init__(why.text())
        self._why = why
        self.head.addWidget(KeyBadge(why))
        self.head.setContentsMargins(12, 3, 12, 2)
        self.body.setContentsMargins(12, 0, 12, 6)

    def mouseReleaseEvent(self, event) -> None:
        super().mouseReleaseEvent(event)
        self._why.trigger()
