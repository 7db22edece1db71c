"""Part 3 of the hand-over page, "Giao và ký nhận": F12 before, and afterwards what followed in its true state.

Says only what is so: handed over because the register has it, printed as the printer answered.
"""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

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
        after = QWidget()
        self._after_row = QBoxLayout(QBoxLayout.Direction.TopToBottom, after)
        self._after_row.setContentsMargins(0, 0, 0, 0)
        self._after_row.setSpacing(4)
        self._after_row.addWidget(self.next_button)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self.recorded)
        told.addWidget(self.printed)
        self._after_row.addLayout(told)
        acts = QVBoxLayout()
        acts.setSpacing(2)
        for act, icon in ((reprint, "printer"), (undo, "undo-variant")):
            acts.addWidget(ActButton(act, icon, kind="quiet", align=Qt.AlignmentFlag.AlignLeft))
        self._after_row.addLayout(acts)
        return after

    def lie_flat(self, flat: bool) -> None:
        self._card.show_head(not flat)
        flow = QBoxLayout.Direction
        direction = flow.RightToLeft if flat else flow.TopToBottom
        for row in (self._before_row, self._after_row):
            row.setDirection(direction)
        for button in (self.give_button, self.next_button):
            button.setMinimumWidth(230 if flat else 0)

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
