"""What the period comes to: the rate with what it is a share of, and early, on time and late beside each other."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.gui.cards import Card
from desktop.gui.icons import Icon
from desktop.gui.texts import line
from desktop.gui.theme import ink
from desktop.rules import statistics
from desktop.rules.statistics import Line

_PARTS = (
    ("early", "ok", "fast-forward", "Trước"),
    ("on_time", "accent", "check", "Đúng"),
    ("late", "late", "alert-circle", "Quá"),
)


class RateCard(Card):
    """The large figure of the page; never a percentage without its numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._percent, self._share = line("—", "figure"), line("", "quiet")
        self._note = line("", "note", wrap=True)
        self._bar = _Shares()
        self._parts = {name: line("", "note", tone) for name, tone, _icon, _word in _PARTS}
        self.body.addWidget(line("Trước hạn và đúng hạn", "quiet"))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._percent)
        head.addWidget(self._share, 1, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(head)
        self.body.addWidget(self._bar)
        legend = QHBoxLayout()
        legend.setSpacing(4)
        for name, tone, icon, _word in _PARTS:
            legend.addWidget(Icon(icon, tone, 13))
            legend.addWidget(self._parts[name])
            legend.addSpacing(10)
        legend.addStretch(1)
        self.body.addLayout(legend)
        self.body.addWidget(self._note)

    def show_line(self, total: Line, before: Line | None, before_name: str) -> None:
        """The period's sum and, for comparison, that of the period before (None: the register had not begun)."""
        rate = statistics.on_time_rate(total)
        self._percent.setText(rate.words)
        self._share.setText(
            f"= {rate.numerator} / {rate.denominator} hồ sơ đã giải quyết"
            if rate.denominator
            else "chưa có hồ sơ nào giải quyết xong"
        )
        for name, _tone, _icon, word in _PARTS:
            self._parts[name].setText(f"{word} {getattr(total, name)}")
        self._bar.show_line(total)
        told = []
        if rate.is_small and rate.denominator:
            told.append("Ít hơn 50 hồ sơ: một hồ sơ làm tỷ lệ đổi nhiều, nên xem từng hồ sơ.")
        if before is not None:
            past = statistics.on_time_rate(before)
            told.append(f"{before_name}: {past.words} = {past.numerator} / {past.denominator}.")
        self._note.setText(" ".join(told))
        self._note.setVisible(bool(told))
        self.setAccessibleName(f"Trước hạn và đúng hạn {self._percent.text()} {self._share.text()}")


class _Shares(QWidget):
    """Three parts of one bar, in the order of the legend, a gap between them."""

    def __init__(self) -> None:
        super().__init__()
        self._counts = (0, 0, 0)
        self.setFixedHeight(12)

    def show_line(self, total: Line) -> None:
        self._counts = (total.early, total.on_time, total.late)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = sum(self._counts)
        if not whole:
            painter.setBrush(ink("idlebg"))
            painter.drawRect(self.rect())
            return
        room, left = self.width() - 4, 0
        for count, (_name, tone, _icon, _word) in zip(self._counts, _PARTS, strict=True):
            if count:
                width = max(round(room * count / whole), 4)
                painter.setBrush(ink(tone))
                painter.drawRect(left, 0, min(width, self.width() - left), self.height())
                left += width + 2
