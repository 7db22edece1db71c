"""What became of a slip: recorded, printed, what it says, and how its citizen's intake is found again.

Says only what is so: recorded because the register has it, printed as the printer answered.
"""

from PySide6.QtWidgets import QSizePolicy

from db.records import SlipRow
from desktop.gui.cards import Card, Rule
from desktop.gui.consequences import ConsequenceRow
from desktop.gui.facts import FactList
from desktop.gui.icons import Mark
from desktop.gui.printer_port import PrintReport
from desktop.gui.texts import line
from desktop.rules.slips import SlipForm

_KEPT = "Phần đã nhập giữ cùng phiếu. Người dân quay lại: quét mã trên phiếu, hoặc quét thẻ."


class SlipSummary(Card):
    """Empty until a slip is given."""

    def __init__(self) -> None:
        super().__init__("Phiếu đã lập")
        self.recorded, self.printed = ConsequenceRow(), ConsequenceRow()
        self._facts = FactList()
        for part in (self.recorded, Rule(), self.printed, Rule(), self._facts, line(_KEPT, "note", wrap=True)):
            self.body.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_given(self, row: SlipRow, slip: SlipForm, clerk: str) -> None:
        """The slip stands in the register; printing begins."""
        self.set_title(f"Phiếu {row.label}")
        fact = f"Lúc {row.given_at:%H:%M:%S}, người lập: {clerk}. Hồ sơ chưa được tiếp nhận."
        self.recorded.say(Mark("ok", "check-circle", "Xong"), "Đã ghi vào sổ", fact)
        items = "\n".join(f"{number}. {item}" for number, item in enumerate(slip.items, 1))
        self._facts.show_facts(
            [
                ("Cấp cho", row.applicant),
                ("Về việc", row.procedure_name),
                ("Phải bổ sung", items),
                ("Lý do", slip.reason),
            ]
        )

    def show_taken_back(self) -> None:
        """It was given by mistake and holds no more."""
        fact = "Số này không dùng lại. Thu tờ giấy nếu đã giao."
        self.recorded.say(Mark("soon", "undo-variant", "Hoàn lại"), "Phiếu đã hoàn lại", fact)

    def show_printing(self) -> None:
        self.printed.say(Mark("idle", "printer-outline", "Đang gửi"), "Đang gửi phiếu tới máy in", "1 bản, khổ A4.")

    def show_printed(self, report: PrintReport) -> None:
        """What the printer answered."""
        if report.accepted:
            where = f"{report.printer}. Nhìn tờ giấy trước khi giao."
            self.printed.say(Mark("ok", "printer-check", "Đã gửi in"), "Máy in đã nhận 1 bản phiếu", where)
        else:
            self.printed.say(
                Mark("late", "printer-alert", "Chưa in"),
                f"Chưa in được: {report.trouble}",
                "Phiếu vẫn còn nguyên trong sổ, số không đổi. Kiểm tra dây và giấy, rồi bấm Alt+P.",
            )
