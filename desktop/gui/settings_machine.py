"""Máy này: the look, where the register lies, whether its disk is encrypted, what is begun, and reminders."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop import labels
from desktop.gui import theme
from desktop.gui.buttons import Choice
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.facts import FactList
from desktop.gui.fields import FieldRow
from desktop.gui.icons import Mark
from desktop.gui.settings_section import Section
from desktop.gui.texts import line
from desktop.office import drafts, settings
from desktop.rules.cautions import LAW_MONTHS, LAW_MONTHS_SETTING

if TYPE_CHECKING:
    from desktop.office.disk_protection import Protection

#: Months after which old law data are spoken of, as the clerk chooses them.
_MONTHS = {3: "sau 3 tháng", 6: "sau 6 tháng", 12: "sau 12 tháng", 0: "không nhắc"}
_LOOKS = {"light": "Sáng", "dark": "Tối", "contrast": "Tương phản cao"}

_DISKS = {
    "on": ("ok", "lock-check-outline", "đã mã hóa"),
    "off": ("soon", "lock-open-alert-outline", "chưa mã hóa"),
    "unknown": ("idle", "lock-question", "chưa rõ"),
}


class MachineSection(Section):
    """``look_chosen`` carries a theme name; ``protection`` answers what protects the disk, None while it is asked."""

    look_chosen = Signal(str)

    def __init__(
        self, commands: Commands, *, folder: str, station: str, protection: "Callable[[], Protection | None]"
    ) -> None:
        super().__init__(commands)
        self._folder, self._station, self._protection = folder, station, protection
        looks = Choice()
        looks.addItems(list(_LOOKS.values()))
        self._look = FieldRow("look", "Màu màn hình", looks)
        months = Choice()
        months.addItems(list(_MONTHS.values()))
        self._law = FieldRow("law_months", "Nhắc khi cũ", months)
        self._law.edited.connect(self._choose_months)
        self._facts = FactList()
        self._disk, self._steps = FactList(), line("", "note", wrap=True, name="disk_steps")
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
        disk = Card("Mã hóa ổ đĩa")
        disk.body.addWidget(self._disk)
        disk.body.addWidget(self._steps)
        self.column.addWidget(disk)
        reminders = Card("Danh mục thủ tục")
        words = "Nguồn mới nhất của danh mục cũ hơn thế thì trang Hôm nay nhắc hỏi tỉnh quyết định công bố mới."
        reminders.body.addWidget(line(words, "note", wrap=True))
        self._law.setMaximumWidth(400)
        reminders.body.addWidget(self._law)
        self.column.addWidget(reminders)
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

        self._show_disk(self._protection())
        kept = self.commands.ask(settings.get, LAW_MONTHS_SETTING, LAW_MONTHS)
        self._law.set_value(_MONTHS[kept if kept in _MONTHS else LAW_MONTHS])

    def _show_disk(self, protection: "Protection | None") -> None:
        """What is known, and what to do while it is not encrypted."""
        from desktop.office.disk_protection import State, what_to_do

        if protection is None:
            self._disk.show_facts([("Ổ đĩa", "Đang hỏi hệ điều hành; mở lại phần này sau một phút.")])
            self._steps.hide()
            return
        tone, icon, words = _DISKS[protection.state]
        self._disk.show_facts([("Ổ đĩa", Mark(tone, icon, words)), ("", protection.words)])
        steps = [f"{number}. {step}" for number, step in enumerate(what_to_do(), start=1)]
        self._steps.setText("\n".join(steps))
        self._steps.setVisible(protection.state is not State.ON)

    def _choose_months(self, words: str) -> None:
        months = next(number for number, said in _MONTHS.items() if said == words)
        self.change(settings.change, LAW_MONTHS_SETTING, months, said=f"Danh mục thủ tục cũ: {words}.")

    def _choose_look(self, words: str) -> None:
        look = next(name for name, said in _LOOKS.items() if said == words)
        if self.change(settings.change, theme.LOOK_SETTING, look, said=f"Màn hình đã đổi sang màu {words.lower()}."):
            self.look_chosen.emit(look)
