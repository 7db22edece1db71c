"""Thiết lập lần đầu, as a part of the settings: how each step stands, and the way back to them."""

from PySide6.QtCore import Signal

from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.settings_section import Section, act_row
from desktop.gui.setup_steps import StepFacts
from desktop.gui.texts import line

_WHAT = "Chín bước từ đơn vị đến hồ sơ đầu tiên. Làm lại bước nào cũng được; bước đã xong giữ nguyên."


class SetupSection(Section):
    """``wanted``: the steps are to be opened."""

    wanted = Signal()

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands)
        self._facts = StepFacts(commands)
        card = Card("Thiết lập lần đầu")
        again = ActButton(
            self.act("Mở các bước thiết lập", "Alt+T", self.wanted.emit), "playlist-check", kind="primary"
        )
        self.first = again
        for part in (line(_WHAT, wrap=True), self._facts):
            card.body.addWidget(part)
        card.body.addLayout(act_row(again))
        self.column.addWidget(self.strip)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        self._facts.read()
