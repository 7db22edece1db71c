"""Part 3 of the hand-over page, "Giao và ký nhận": F12 before, and afterwards what followed in its true state.

Says only what is so: handed over because the register has it, printed as the printer answered.
"""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui.buttons import ActButton, Tick
from desktop.gui.cards import Card
from desktop.gui.consequences import ConsequenceRow
from desktop.gui.icons import Mark
from desktop.gui.keys import KeyBadge
from desktop.gui.printer_port import PrintReport
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import ElidedLabel
from desktop.gui.two_columns import Act


class HandOverAct(Act):
    """Two faces in one place: the act, then its consequences with the way to the next person."""

    def __init__(self, give: QAction, print_too: QAction, following: QAction, undo: QAction, reprint: QAction) -> None:
        super().__init__()
        self.strip = MessageStrip()
        self.give_button = ActButton(give, "hand-extended-outline", kind="primary", tall=True)
        self.give_button.setObjectName("give")
        self.next_button = ActButton(following, "qrcode-scan", kind="primary", tall=True)
        self.next_button.setObjectName("next")
        self.print_tick = Tick("In giấy biên nhận trả kết quả")
        self.print_tick.setObjectName("print_acknowledgement")
        self.print_tick.setChecked(True)
        print_too.triggered.connect(lambda _checked=False: self.print_tick.toggle())
        self.recorded, self.printed = ConsequenceRow(), ConsequenceRow()
        self._note = ElidedLabel("Giờ trả do máy ghi, không gõ được.", "note")
        self._before = self._lay_out_before(print_too)
        self._after = self._lay_out_after(undo, reprint)
        self._card = Card("Giao và ký nhận", number=3)
        for part in (self.strip, self._before, self._after):
            self._card.body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self.show_act(0, possible=False)

    def _lay_out_before(self, print_too: QAction) -> QWidget:
        before = QWidget()
        self._before_row = QBoxLayout(QBoxLayout.Direction.TopToBottom, before)
        self._before_row.setContentsMargins(0, 0, 0, 0)
        self._before_row.setSpacing(8)
        self._before_row.addWidget(self.give_button)
        beside = QVBoxLayout()
        beside.setSpacing(2)
        tick = QHBoxLayout()
        tick.addWidget(self.print_tick, 1)
        tick.addWidget(KeyBadge(print_too))
        beside.addWidget(self._note)
        beside.addLayout(tick)
        self._before_row.addLayout(beside)
        return before

    def _lay_out_after(self, undo: QAction, reprint: QAction) -> QWidget:
        after, self._told, self._acts = QWidget(), QWidget(), QWidget()
        self._after_grid = QGridLayout(after)
        self._after_grid.setContentsMargins(0, 0, 0, 0)
        self._after_grid.setSpacing(4)
        self._after_grid.setColumnStretch(0, 1)
        self._told_row = _flowing(self._told)
        for told in (self.recorded, self.printed):
            self._told_row.addWidget(told, 1, Qt.AlignmentFlag.AlignTop)
        self._acts_row = _flowing(self._acts)
        self._again = ActButton(reprint, "printer", kind="quiet", align=Qt.AlignmentFlag.AlignLeft)
        self._undo = ActButton(undo, "undo-variant", kind="quiet", align=Qt.AlignmentFlag.AlignLeft)
        for act in (self._again, self._undo):
            self._acts_row.addWidget(act)
        return after

    def lie_flat(self, flat: bool) -> None:
        self._card.show_head(not flat)
        flow = QBoxLayout.Direction
        self._before_row.setDirection(flow.RightToLeft if flat else flow.TopToBottom)
        for row, apart in ((self._told_row, 0), (self._acts_row, 2)):
            row.setDirection(flow.LeftToRight if flat else flow.TopToBottom)
            row.setSpacing(8 if flat else apart)
        self._place_after(flat)
        self.give_button.setMinimumWidth(230 if flat else 0)

    def _place_after(self, flat: bool) -> None:
        """Flat: what followed side by side, the acts below it in one row, the way on at the right as before."""
        places = ((1, 1, 1), (0, 0, 2), (1, 0, 1)) if flat else ((0, 0, 2), (1, 0, 2), (2, 0, 2))
        for part, (row, column, across) in zip((self.next_button, self._told, self._acts), places, strict=True):
            self._after_grid.removeWidget(part)
            self._after_grid.addWidget(part, row, column, 1, across)
        self._again.shorten("In lại" if flat else "")
        self._undo.shorten("Trả nhầm" if flat else "")

    @property
    def wants_paper(self) -> bool:
        """Whether the acknowledgement is to be printed with the act."""
        return self.print_tick.isChecked()

    @property
    def is_done(self) -> bool:
        return self._done

    def _turn(self, done: bool) -> None:
        self._done = done
        self._after.setVisible(done)
        self._before.setVisible(not done)

    def show_act(self, lacking: int, *, possible: bool) -> None:
        """Before: how many things are missing; muted, and silent, while there is no dossier to return."""
        self._turn(False)
        self.give_button.set_ready(possible and not lacking)
        self._card.set_state("")
        if not possible or not lacking:
            self.strip.hush()

    def say_lacking(self, lacking: int) -> None:
        """F12 was pressed too early."""
        self.strip.say("late", f"Còn {lacking} chỗ phải xem trước khi trả.")

    def say_refused(self, sentence: str) -> None:
        """Why nothing was recorded."""
        self.strip.say("late", sentence)

    def show_done(self, to: str, at: datetime, way: str) -> None:
        """After: it stands in the register."""
        self.strip.hush()
        self._card.set_state("done")
        self._turn(True)
        self.recorded.say(Mark("ok", "check-circle", "Xong"), f"Đã trả cho {to}", f"{way}, {at:%H:%M:%S}.")
        self.printed.say(Mark("idle", "printer-outline", ""), "Chưa in giấy biên nhận", "Bấm Alt+P khi cần.")

    def show_printing(self) -> None:
        """The acknowledgement is on its way to the printer."""
        self.printed.say(Mark("idle", "printer-outline", "Đang gửi"), "Đang gửi giấy biên nhận tới máy in", "")

    def show_printed(self, report: PrintReport, at: datetime) -> None:
        """What the printer answered."""
        if report.accepted:
            fact = f"{report.printer}, {at:%H:%M:%S}. Mời người nhận ký."
            self.printed.say(Mark("ok", "printer-check", "Đã gửi in"), "Máy in đã nhận giấy biên nhận", fact)
        else:
            self.printed.say(
                Mark("late", "printer-alert", "Chưa in"),
                f"Chưa in được: {report.trouble}",
                "Việc trả đã ghi vào sổ, không mất. Sửa máy in rồi bấm Alt+P.",
            )


def _flowing(holder: QWidget) -> QBoxLayout:
    """A column that lies down to a row."""
    flow = QBoxLayout(QBoxLayout.Direction.TopToBottom, holder)
    flow.setContentsMargins(0, 0, 0, 0)
    return flow
