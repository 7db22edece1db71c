"""Rates drawn: a line through the months with the target, or bars beside the names of fields and procedures.

Paints what it is given and counts nothing; nothing is told by colour alone.
"""

from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.gui.theme import ink
from desktop.rules import statistics
from desktop.rules.statistics import Line

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Chart(QWidget):
    """Rates as points on a line with the target, or as bars beside their names.

    For the keyboard it is a list: arrows move from entry to entry, and ``said`` reads the one in focus.
    """

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[tuple[str, str, Line], ...] = ()
        self._target: float | None = None
        self._current = -1
        self._as_bars = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(120)

    def show_entries(
        self, entries: tuple[tuple[str, str, Line], ...], *, target: float | None, as_bars: bool = False
    ) -> None:
        """``entries`` are (short name, whole name, its sum), oldest or largest first."""
        if [entry[1] for entry in entries] != [entry[1] for entry in self._entries]:
            self._current = 0 if as_bars else len(entries) - 1
        self._entries, self._target, self._as_bars = entries, target, as_bars
        self._tell()

    @property
    def said(self) -> str:
        """The entry in focus, as a screen reader and the line under the chart say it."""
        if not 0 <= self._current < len(self._entries):
            return ""
        _, name, total = self._entries[self._current]
        rate = statistics.on_time_rate(total)
        return f"{name}: {rate.words}, {rate.denominator} hồ sơ, quá hạn {total.late}"

    def keyPressEvent(self, event) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(event.key())
        if step is None or not self._entries:
            super().keyPressEvent(event)
            return
        self._current = min(max(self._current + step, 0), len(self._entries) - 1)
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleName(self.said or "Biểu đồ tỷ lệ")
        self.setToolTip(self.said)
        self.update()

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 170)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPointSizeF(9)
        painter.setFont(font)
        if not self._entries:
            return
        if self._as_bars:
            self._paint_bars(painter)
        else:
            self._paint_trend(painter)
        self._paint_said(painter)

    def _paint_said(self, painter: QPainter) -> None:
        box = QRect(0, self.height() - painter.fontMetrics().lineSpacing() - 2, self.width(), 20)
        painter.setPen(ink("focus" if self.hasFocus() else "text2"))
        words = painter.fontMetrics().elidedText(self.said, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, words)

    def _paint_trend(self, painter: QPainter) -> None:
        rates = [_percent(total) for _, _, total in self._entries]
        known = [rate for rate in (*rates, self._target) if rate is not None]
        low = max(0.0, float(int(min(known, default=90.0)) - 1))
        step = painter.fontMetrics().lineSpacing()
        plot = QRect(34, 8, self.width() - 50, self.height() - 3 * step - 12)

        def y(rate: float) -> int:
            return plot.bottom() - round((rate - low) / (100 - low) * plot.height()) if low < 100 else plot.top()

        self._paint_grid(painter, plot, low, y)
        painter.setPen(ink("text2"))
        painter.drawText(QRect(plot.left() + 4, plot.bottom() - step, 200, step), _LEFT, f"trục bắt đầu từ {low:.0f} %")
        gap = plot.width() / max(len(rates) - 1, 1)
        points = [
            None if rate is None else (plot.left() + round(number * gap), y(rate)) for number, rate in enumerate(rates)
        ]
        pen = painter.pen()
        pen.setColor(ink("accent"))
        pen.setWidth(2)
        painter.setPen(pen)
        for before, after in pairwise(points):
            if before and after:
                painter.drawLine(*before, *after)
        for number, point in enumerate(points):
            self._paint_point(painter, plot, number, point, plot.left() + round(number * gap))

    def _paint_grid(self, painter: QPainter, plot: QRect, low: float, y) -> None:
        for rate in sorted({low, low + (100 - low) / 2, 100.0}):
            painter.setPen(ink("line"))
            painter.drawLine(plot.left(), y(rate), plot.right(), y(rate))
            painter.setPen(ink("text2"))
            words = f"{rate:.1f}".replace(".", ",").removesuffix(",0")
            painter.drawText(
                QRect(0, y(rate) - 8, 30, 16), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words
            )
        if self._target is not None and self._target >= low:
            pen = painter.pen()
            pen.setColor(ink("soon"))
            pen.setWidth(2)
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(plot.left(), y(self._target), plot.right(), y(self._target))
            words = f"mục tiêu {self._target:g}".replace(".", ",")
            painter.drawText(plot.right() - 120, y(self._target) - 16, 120, 16, Qt.AlignmentFlag.AlignRight, words)

    def _paint_point(self, painter: QPainter, plot: QRect, number: int, point, x: int) -> None:
        current = number == self._current
        if point:
            painter.setBrush(ink("accent" if current else "surface"))
            pen = painter.pen()
            pen.setColor(ink("accent"))
            pen.setStyle(Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            size = 5 if current else 3
            painter.drawEllipse(point[0] - size, point[1] - size, 2 * size, 2 * size)
        painter.setPen(ink("text" if current else "text2"))
        box = QRect(x - 24, plot.bottom() + 4, 48, painter.fontMetrics().lineSpacing())
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, self._entries[number][0])

    def _paint_bars(self, painter: QPainter) -> None:
        step = painter.fontMetrics().lineSpacing() + 4
        shown = max((self.height() - step - 4) // step, 1)
        first = max(0, self._current - shown + 1)
        name_width = max(self.width() // 2 - 20, 80)
        for place, number in enumerate(range(first, min(first + shown, len(self._entries)))):
            short, _, total = self._entries[number]
            top = place * step
            current = number == self._current
            painter.setPen(ink("text" if current else "text2"))
            words = painter.fontMetrics().elidedText(short, Qt.TextElideMode.ElideRight, name_width - 6)
            painter.drawText(
                QRect(0, top, name_width, step), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words
            )
            self._paint_bar(painter, QRect(name_width, top + 4, self.width() - name_width - 108, step - 8), total)
            rate = statistics.on_time_rate(total)
            told = QRect(self.width() - 104, top, 104, step)
            painter.setPen(ink("late" if total.late else "text"))
            figures = f"{rate.words} / {rate.denominator}"
            painter.drawText(told, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figures)

    def _paint_bar(self, painter: QPainter, box: QRect, total: Line) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink("idlebg"))
        painter.drawRect(box)
        rate = _percent(total)
        if rate is not None:
            painter.setBrush(ink("accent"))
            painter.drawRect(box.left(), box.top(), round(box.width() * rate / 100), box.height())
        if self._target is not None:
            painter.setBrush(ink("soon"))
            at = box.left() + round(box.width() * self._target / 100)
            painter.drawRect(at - 1, box.top() - 2, 2, box.height() + 4)


def _percent(total: Line) -> float | None:
    rate = statistics.on_time_rate(total)
    return None if rate.percent is None else float(rate.percent)
