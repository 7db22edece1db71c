"""Người làm việc: who works on this register, in which roles and fields, with which proof, and what was done to them.

On a register without passwords Enter on a name makes that person act; on one that asks, it leads to the door.
"""

from collections.abc import Callable
from typing import Any

from db.records import Clerk
from db.vocabulary import EventKind
from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands
from desktop.gui.hints import HintBar
from desktop.gui.icons import Mark
from desktop.gui.jobs import Jobs
from desktop.gui.password_card import PasswordCard
from desktop.gui.people_form import FieldsDialog, PersonForm, fields_words
from desktop.gui.scrolling import bring_into_sight
from desktop.gui.secret_sheet import Devices
from desktop.gui.settings_section import Section
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.text_window import TextWindow
from desktop.gui.texts import line
from desktop.gui.wrapped_acts import WrappedActs
from desktop.office import people, people_trail, rights, signing_in

_HERE = Mark("ok", "account-check-outline", "đang làm ở đây")
_GONE = Mark("idle", "account-off-outline", "đã thôi việc")
_READY = Mark("idle", "account-outline", "chọn bằng Enter")
_KEYED = Mark("idle", "key-variant", "có mật khẩu")
_KEYLESS = Mark("soon", "key-alert", "chưa có mật khẩu")
_ROWS = 200


class PeopleSection(Section):
    """Every act says in one sentence why it may not be done by who sits here."""

    def __init__(self, commands: Commands, devices: Devices, jobs: Jobs) -> None:
        super().__init__(commands)
        self._held: frozenset[str] = frozenset()
        self._asks = False
        self._edited: Clerk | None = None
        self.table = RecordTable(self._model(), "Người làm việc")
        self.table.setMinimumHeight(_ROWS)
        self.first = self.table
        self._why_not = line("", "note", "soon", wrap=True)
        self._add = self.act("Thêm người", "Alt+T", self._add_person)
        self._save = self.act("Ghi thay đổi", "F12", self._save_person)
        self._stop = self.act("Thôi sửa", "Alt+G", lambda: self._edit(None))
        self._change = ActButton(self.act("Sửa", "Alt+E", self._edit_chosen), "account-edit-outline")
        self._give = ActButton(self.act("Cấp mật khẩu", "Alt+K", self._hand_out), "key-variant")
        self._leave = self.act("Cho thôi việc", "Alt+X", self._open_or_close)
        self._close = ActButton(self._leave, "account-off-outline")
        self._told = ActButton(self.act("Lịch sử", "Alt+N", self._tell_history), "history")
        choose = self.act("Chọn lĩnh vực…", "Alt+V", self._choose_fields)
        self._buttons = (ActButton(self._add, "account-plus-outline"), ActButton(self._save, kind="primary"))
        self.form = PersonForm(choose, (*self._buttons, ActButton(self._stop)))
        self.passwords = PasswordCard(commands, devices, self.act, self.strip, jobs)
        self.table.opened.connect(self._act_as)
        self.table.chosen.connect(lambda one: self._leave.setText("Cho thôi việc" if one.active else "Cho làm lại"))
        self._lay_out()
        self._edit(None)
        commands.clerk_changed.connect(lambda _clerk: self._take_over())

    @property
    def is_editing(self) -> bool:
        """Whether what is said of somebody is being changed and not yet stored."""
        return self._edited is not None

    def store(self) -> None:
        """Store what is being changed."""
        self._save_person()

    @property
    def has_unprinted_sheet(self) -> bool:
        """Whether leaving now would lose a recovery code or a password that is told once."""
        return not self.passwords.sheet.isHidden() and not self.passwords.sheet.out

    def _model(self) -> RecordTableModel:
        columns = [
            Column("Công chức", lambda one: one.full_name, 170, note=lambda one: one.short_name, strong=True),
            Column("Việc", _roles, note=lambda one: fields_words(one.fields)),
            Column("Ở quầy này", mark=self._mark, bare=True, width=160),
        ]
        return RecordTableModel(columns, key=lambda one: one.short_name)

    def change(self, act: Callable[..., Any], *arguments: Any, said: str, **facts: Any) -> bool:
        done = super().change(act, *arguments, said=said, **facts)
        bring_into_sight(self.strip)
        return done

    def _mark(self, one: Clerk) -> Mark:
        if not one.active:
            return _GONE
        if one.short_name == self.commands.clerk.short_name:
            return _HERE
        if not self._asks:
            return _READY
        return _KEYED if one.short_name in self._held else _KEYLESS

    def _lay_out(self) -> None:
        who = Card("Người làm việc trên sổ này", flush=True)
        who.body.addWidget(self.table, 1)
        who.body.addWidget(Rule())
        who.body.addWidget(HintBar([("↑ ↓", "chọn"), ("Enter", "làm việc với tên này")]))
        acts = WrappedActs(self._change, self._give, self._close, self._told)
        acts.setContentsMargins(12, 4, 12, 8)
        who.body.addLayout(acts)
        self.column.addWidget(self.strip)
        self.column.addWidget(self._why_not)
        for card in (self.passwords.sheet_card, who, self.form, self.passwords):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        self._asks = bool(self.commands.ask(signing_in.required))
        self._held = self.commands.ask(signing_in.have_passwords) or frozenset()
        self.table.show_rows(self.commands.ask(people.everyone) or ())
        said = self.commands.ask(rights.why_not, self.commands.clerk, EventKind.CHANGE_PERSON)
        words = said[1] if said else self.commands.ask(people.advice) or ""
        self._why_not.setText(words)
        self._why_not.setVisible(bool(words))
        for button in (self._change, self._give, self._close, *self._buttons):
            button.set_ready(not said)
        self.passwords.refresh()

    def _act_as(self, one: Clerk) -> None:
        if not one.active:
            self.strip.say("soon", f"{one.full_name} không còn làm việc trên sổ này.")
        elif self._asks and one.short_name != self.commands.clerk.short_name:
            self.commands.person_wanted.emit(one)
        else:
            self.commands.act_as(one)
            self.strip.say("ok", f"Từ bây giờ việc ở quầy này ghi tên {one.full_name}.")

    def _take_over(self) -> None:
        """Whoever sits here now has asked for none of what stands here."""
        self.passwords.forget()
        self._edit(None)
        self.refresh()

    def _add_person(self) -> None:
        short, full = self.form.short.value(), self.form.full.value()
        facts = {"roles": self.form.roles, "fields": self.form.fields}
        if self.change(people.add, short, full, **facts, said=f"Đã thêm {full.strip()}."):
            self._edit(None)
            bring_into_sight(self.form.short)  # on a low screen rather than what was said
        self.form.short.focus()  # corrected there, or the next person's

    def _edit(self, one: Clerk | None) -> None:
        """Fill the form with somebody, or empty it for a new person."""
        self._edited = one
        self.form.show_person(one)
        for act, shown in ((self._add, one is None), (self._save, one is not None), (self._stop, one is not None)):
            act.setVisible(shown)
            act.setEnabled(shown)

    def _edit_chosen(self) -> None:
        if (one := self.table.current) is not None:
            self._edit(one)
            self.form.full.focus()
            bring_into_sight(self.form)

    def _save_person(self) -> None:
        if self._edited is None:
            return
        facts = {"full_name": self.form.full.value(), "roles": self.form.roles, "fields": self.form.fields}
        if self.change(people.change, self._edited.short_name, **facts, said="Đã ghi thay đổi."):
            self._edit(None)
            self.table.setFocus()

    def _open_or_close(self) -> None:
        if (one := self.table.current) is not None:
            word = "không còn làm việc trên sổ này; mọi việc đã làm vẫn ghi tên" if one.active else "làm việc trở lại"
            self.change(people.change, one.short_name, active=not one.active, said=f"{one.full_name} {word}.")

    def _hand_out(self) -> None:
        if (one := self.table.current) is not None:
            self.passwords.hand_out(one)

    def _choose_fields(self) -> None:
        dialog = FieldsDialog(self.commands.ask(people.known_fields) or (), self.form.fields, self)
        dialog.accepted.connect(lambda: self.form.show_fields(dialog.in_order))
        dialog.open()

    def _tell_history(self) -> None:
        """What was done to the person who is chosen."""
        if (one := self.table.current) is None:
            return
        done = self.commands.ask(people_trail.done, one.short_name) or ()
        told = [f"{labels.moment_words(each.at)} – {each.clerk}: {each.words}" for each in done]
        lead = f"{one.full_name} ({one.short_name}): {labels.count_words(len(told))} việc, mới nhất trước."
        text = "\n".join(told) or "Chưa có gì: có từ lúc lập sổ."
        TextWindow("Việc đã làm về người này", lead, text, self.window()).open()

    def hideEvent(self, event) -> None:
        """A code leaves with the eye."""
        super().hideEvent(event)
        if not self.window().isMinimized():
            self.passwords.forget()


def _roles(one: Clerk) -> str:
    return ", ".join(words for role, words in labels.ROLE_WORDS.items() if role in one.roles)
