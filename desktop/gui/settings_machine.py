"""Máy này: the look, where the register lies, and the intake that was begun."""

from PySide6.QtCore import Signal

from desktop import labels
from desktop.gui import theme
from desktop.gui.buttons import Choice
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.facts import FactList
from desktop.gui.fields import FieldRow
from desktop.gui.settings_section import Section
from desktop.office import drafts, settings

_LOOKS = {"light": "Sáng", "dark": "Tối", "contrast": "Tương phản cao"}


class MachineSection(Section):
    """``look_chosen`` carries a theme name."""

    look_chosen = Signal(str)

    def __init__(self, commands: Commands, *, folder: str, station: str) -> None:
        super().__init__(commands)
        self._folder, self._station = folder, station
        looks = Choice()
        looks.addItems(list(_LOOKS.values()))
        self._look = FieldRow("look", "Màu màn hình", looks)
        self._facts = FactList()
        self.first = looks
        self._look.edited.connect(self._choose_look)
        self._lay_out()

    def _lay_out(self) -> None:
        look = Card("Màn hình")
        self._look.setMaximumWidth(400)
        look.body.addWidget(self._look)
        kept = Card("Sổ ở máy này")
        kept.body.addWidget(self._facts)
        self.column.addWidget(self.strip)
        self.column.addWidget(look)
        self.column.addWidget(kept)
        self.column.addStretch(1)

    def refresh(self) -> None:
        look = self.commands.ask(settings.get, theme.LOOK_SETTING, "light") or "light"
        self._look.set_value(_LOOKS.get(look, _LOOKS["light"]))
        now = self.commands.now()
        draft = self.commands.ask(drafts.load, self._station)
        self._facts.show_facts(
            [
                ("Thư mục", self._folder),
                ("Nháp", f"ghi lúc {labels.when_words(draft.saved_at, now)}" if draft else "không có"),
            ]
        )

    def _choose_look(self, words: str) -> None:
        look = next(name for name, said in _LOOKS.items() if said == words)
        if self.change(settings.change, theme.LOOK_SETTING, look, said=f"Màn hình đã đổi sang màu {words.lower()}."):
            self.look_chosen.emit(look)
