"""Từng số gửi đi: every figure that goes up for one closed day, and the very text that is signed, to read and copy.

Shows what the office keeps of the report and nothing else: what does not stand here does not leave the commune.
"""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from db.records import OutboxRow
from desktop import labels
from desktop.gui import outbox_words
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.figure_table import FigureTable
from desktop.gui.page import Page
from desktop.gui.pills import Pill
from desktop.gui.text_window import TextWindow
from desktop.gui.texts import ElidedLabel, line
from desktop.office import outbox
from desktop.office.outbox import FiguresSent

_NOTHING_ELSE = "Chỉ những con số này rời xã; không có tên, số giấy tờ hay mã hồ sơ của ai."


class FiguresSentPage(Page):
    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._sent: FiguresSent | None = None
        self._title, self._pill = line("", "title"), Pill()
        self._about = ElidedLabel("", "note")
        self.table = FigureTable(name="Lĩnh vực, thủ tục")
        self._text = self.act("Xem nguyên văn", "Alt+V", self._show_text)
        self.act("Về Hộp gửi", "Esc", self.left.emit)
        self._lay_out()

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(ActButton(self._text, "text-box-outline"))
        card = Card(flush=True)
        card.body.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._pill)
        below.addWidget(self._about, 1)
        page.addLayout(head)
        page.addLayout(below)
        page.addWidget(card, 1)
        page.addWidget(line(_NOTHING_ELSE, "note", wrap=True))

    def show_row(self, row: OutboxRow) -> None:
        """Every figure of a report."""
        self._title.setText(f"{labels.day_words(row.day)}, bản {row.revision}")
        self._pill.show_mark(outbox_words.mark(row.state))
        sent = self._sent = self._commands.ask(outbox.figures_sent, row)
        if sent is None:
            return
        told = sent.document
        unit = labels.sentence_start(told["unit"]["name"])
        self._about.show_text(f"Mã số {row.code}. {unit}. Mã nội dung {row.sha256}. {told['program']}.")
        lines = sorted(sent.table.lines.items())
        self.table.show_lines(
            [(f"{field}: {procedure}", counted) for (field, procedure), counted in lines], sent.table.total
        )

    def focus_first(self) -> None:
        self.table.setFocus()

    def _show_text(self) -> None:
        if self._sent is not None:
            lead = "Đúng nội dung được ký và gửi; máy gửi bỏ khoảng trắng và nén lại."
            TextWindow("Nguyên văn báo cáo", lead, self._sent.text, self).open()
