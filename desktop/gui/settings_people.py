"""Người làm việc: who acts at this counter now, and adding a person. No password yet: only the seam."""

from db.records import Clerk
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands
from desktop.gui.fields import FieldRow
from desktop.gui.hints import HintBar
from desktop.gui.icons import Mark
from desktop.gui.settings_section import Section, act_row
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.office import people
from desktop.rules.rights import WORKING

_ACTING = Mark("ok", "account-check-outline", "đang làm việc")
_OTHER = Mark("idle", "account-outline", "chọn bằng Enter")


class PeopleSection(Section):
    """Enter on a name makes that person act from now on."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands)
        columns = [
            Column("Công chức", lambda clerk: clerk.full_name, note=lambda clerk: clerk.short_name, strong=True),
            Column("Ở quầy này", mark=self._mark, bare=True, width=180),
        ]
        model = RecordTableModel(columns, key=lambda clerk: clerk.short_name)
        self._table = RecordTable(model, "Công chức một cửa")
        self._short = FieldRow("short_name", "Tên ngắn", hint="ví dụ: truc")
        self._full = FieldRow("full_name", "Họ và tên", hint="như ký trên giấy hẹn")
        self.first = self._table
        self._table.opened.connect(self._act_as)
        self._lay_out(self.act("Thêm người", "Alt+T", self._add))
        commands.clerk_changed.connect(lambda _clerk: self._table.viewport().update())

    def _mark(self, clerk: Clerk) -> Mark:
        return _ACTING if clerk.short_name == self.commands.clerk.short_name else _OTHER

    def _lay_out(self, add) -> None:
        who = Card("Ai đang làm việc ở quầy này", flush=True)
        who.body.addWidget(self._table, 1)
        who.body.addWidget(Rule())
        who.body.addWidget(HintBar([("↑ ↓", "chọn"), ("Enter", "làm việc với tên này")]))
        new = Card("Thêm người")
        for row in (self._short, self._full):
            new.body.addWidget(row)
        new.body.addLayout(act_row(ActButton(add, "account-plus-outline")))
        self.column.addWidget(self.strip)
        self.column.addWidget(who, 1)
        self.column.addWidget(new)

    def refresh(self) -> None:
        self._table.show_rows(self.commands.ask(people.clerks) or ())

    def _act_as(self, clerk: Clerk) -> None:
        self.commands.act_as(clerk)
        self.strip.say("ok", f"Từ bây giờ việc ở quầy này ghi tên {clerk.full_name}.")

    def _add(self) -> None:
        short, full = self._short.value(), self._full.value()
        if self.change(people.add, short, full, roles=WORKING, said=f"Đã thêm {full.strip()}."):
            self._short.set_value("")
            self._full.set_value("")
        else:
            self._short.focus()
