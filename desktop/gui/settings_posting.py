"""Niêm yết: what the wall says beside the catalogue, and whose signed packets are believed.

Nothing is guessed: what nobody told stays dotted on paper. Each change is one event.
"""

from dataclasses import replace
from textwrap import wrap
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit

from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.fields import FieldRow
from desktop.gui.settings_section import Section, act_row
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.office import packets, posting_facts
from desktop.office.posting_facts import PostingFacts

_LABEL = 150
_FACTS = (
    ("feedback_to", "Nơi nhận phản ánh", "cơ quan của tỉnh nhận phản ánh, kiến nghị"),
    ("feedback_address", "Địa chỉ", ""),
    ("feedback_phone", "Điện thoại", "in trên tờ A và dưới mỗi danh mục"),
    ("feedback_email", "Thư điện tử", ""),
    ("feedback_web", "Trang thông tin", ""),
    ("complaint_phone", "ĐT của xã, phường", ""),
    ("language", "Ngôn ngữ thứ hai", "ví dụ Tiếng Thái; để trống nếu chưa có bản dịch"),
)
_LINES = 4
#: Digits of a key that stand together.
_GROUP = 8


class PostingSection(Section):
    """Edits a copy of the facts; F12 stores them at once. A key is believed or dropped by an act of its own."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands)
        self._rows = {name: FieldRow(name, caption, hint=hint, label_width=_LABEL) for name, caption, hint in _FACTS}
        desks = QPlainTextEdit()
        desks.setFixedHeight(_LINES * desks.fontMetrics().lineSpacing() + 16)
        self._rows["desks"] = FieldRow(
            "desks", "Biển quầy", desks, label_width=_LABEL, hint="mỗi dòng một quầy, từ quầy 1"
        )
        self._key = FieldRow("catalogue_key", "Khóa công khai", label_width=_LABEL, hint="64 chữ số thập lục phân")
        self._issuer = FieldRow("catalogue_issuer", "Của cơ quan", label_width=_LABEL, hint="ví dụ Văn phòng UBND tỉnh")
        columns = (Column("Của cơ quan", lambda pair: pair[1]), Column("Khóa", lambda pair: pair[0], 300, quiet=True))
        self._keys = RecordTable(RecordTableModel(columns, key=lambda pair: pair[0]), "Khóa được tin", two_lines=False)
        self._own = line("", "note", wrap=True)
        self.first = self._rows["feedback_to"].editor
        self._lay_out()

    def _lay_out(self) -> None:
        facts = Card("Trên tờ niêm yết")
        for row in self._rows.values():
            facts.body.addWidget(row)
        facts.body.addWidget(
            line("Mục để trống thì in dấu chấm; đổi mục nào thì F6 báo tờ phải thay.", "note", wrap=True)
        )
        facts.body.addLayout(act_row(ActButton(self.act("Ghi thay đổi", "F12", self._store), kind="primary")))
        keys = Card("Gói danh mục có chữ ký")
        self._keys.setMinimumHeight(94)
        for part in (self._own, self._keys, self._key, self._issuer):
            keys.body.addWidget(part)
        trust = ActButton(self.act("Tin khóa này", "Alt+K", self._trust), "shield-check")
        distrust = ActButton(self.act("Thôi tin khóa đang chọn", "Alt+X", self._distrust), "shield-off-outline")
        for button in (trust, distrust):
            keys.body.addLayout(act_row(button))
        self.column.addWidget(self.strip)
        for card in (facts, keys):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        told = self.commands.ask(posting_facts.read) or PostingFacts()
        for name, row in self._rows.items():
            row.set_value("\n".join(told.desks) if name == "desks" else getattr(told, name))
        # In groups: a line breaks between them, and who reads it out loud keeps the place.
        key = " ".join(wrap(self.commands.ask(packets.public_key) or "", _GROUP))
        self._own.setText(f"Khóa công khai của sổ này, để nơi khác tin: {key}")
        self._keys.show_rows(tuple((self.commands.ask(packets.trusted) or {}).items()))

    def _store(self) -> None:
        told = self.commands.ask(posting_facts.read) or PostingFacts()
        values: dict[str, Any] = {name: row.value().strip() for name, row in self._rows.items()}
        values["desks"] = tuple(text for each in values["desks"].splitlines() if (text := each.strip()))
        self.change(posting_facts.change, replace(told, **values), said="Đã ghi. F6 cho biết tờ nào phải thay.")

    def _trust(self) -> None:
        said = "Đã tin khóa này; gói ký bằng khóa ấy xem trước được ở F6."
        if self.change(packets.trust, self._key.value(), self._issuer.value(), said=said):
            self._key.set_value("")
            self._issuer.set_value("")

    def _distrust(self) -> None:
        if self._keys.current is None:
            self.strip.say("soon", "Chọn một khóa trong danh sách trước.")
        else:
            self.change(packets.distrust, self._keys.current[0], said="Thôi tin khóa này; những gì đã ghi vẫn giữ.")
