"""Máy này: the look, the copies of the register, and the intake that was begun."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop import labels
from desktop.gui import theme
from desktop.gui.buttons import ActButton, Choice
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.facts import FactList
from desktop.gui.fields import FieldRow
from desktop.gui.settings_section import Section
from desktop.office import drafts, settings

_LOOKS = {"light": "Sáng", "dark": "Tối", "contrast": "Tương phản cao"}


class MachineSection(Section):
    """``look_chosen`` carries a theme name, ``backup_requested`` asks for a copy now."""

    look_chosen = Signal(str)
    backup_requested = Signal()

    def __init__(
        self, commands: Commands, *, last_backup: Callable[[], datetime | None], folder: str, station: str
    ) -> None:
        super().__init__(commands)
        self._last_backup, self._folder, self._station = last_backup, folder, station
        looks = Choice()
        looks.addItems(list(_LOOKS.values()))
        self._look = FieldRow("look", "Màu màn hình", looks)
        self._facts = FactList()
        self.first = looks
        self._look.edited.connect(self._choose_look)
        self._lay_out(self.act("Sao lưu ngay", "Alt+L", self.backup_requested.emit))

    def _lay_out(self, backup) -> None:
        look = Card("Màn hình")
        self._look.setMaximumWidth(400)
        look.body.addWidget(self._look)
        kept = Card("Sổ và bản sao lưu")
        kept.body.addWidget(self._facts)
        row = QHBoxLayout()
        row.addWidget(ActButton(backup, "content-save-all-outline"))
        row.addStretch(1)
        kept.body.addLayout(row)
        self.column.addWidget(self.strip)
        self.column.addWidget(look)
        self.column.addWidget(kept)
        self.column.addStretch(1)

    def refresh(self) -> None:
        look = self.commands.ask(settings.get, theme.LOOK_SETTING, "light") or "light"
        self._look.set_value(_LOOKS.get(look, _LOOKS["light"]))
        now, last = self.commands.now(), self._last_backup()
        draft = self.commands.ask(drafts.load, self._station)
        self._facts.show_facts(
            [
                ("Thư mục", self._folder),
                ("Sao lưu", f"{labels.when_words(last, now)}, đã thử mở lại" if last else "chưa có bản nào"),
                ("Nháp", f"ghi lúc {labels.when_words(draft.saved_at, now)}" if draft else "không có"),
            ]
        )

    def _choose_look(self, words: str) -> None:
        look = next(name for name, said in _LOOKS.items() if said == words)
        if self.change(settings.change, theme.LOOK_SETTING, look, said=f"Màn hình đã đổi sang màu {words.lower()}."):
            self.look_chosen.emit(look)
