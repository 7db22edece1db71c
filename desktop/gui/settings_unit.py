"""Đơn vị: the lines on every paper, the agency code, the register book, whom citizens call, what rate is aimed at."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from db.records import Unit
from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands, Problem
from desktop.gui.fields import FieldRow
from desktop.gui.settings_section import Section
from desktop.gui.texts import line
from desktop.office import settings

_FIELDS = (
    ("agency_code", "Mã định danh", "ví dụ H35.17.28; để trống thì in mã tạm"),
    ("place", "Địa danh", "đứng trước ngày tháng trên giấy"),
    ("superior_lines", "Cơ quan chủ quản", "hai dòng cách nhau bằng dấu /"),
    ("centre_lines", "Tên Trung tâm", "hai dòng cách nhau bằng dấu /"),
    ("centre_name", "Tên đầy đủ", "in trong nội dung giấy hẹn"),
    ("symbol", "Ký hiệu văn bản", "đứng sau số, ví dụ -TTPVHCC"),
    ("book_no", "Quyển số", "quyển sổ theo dõi hồ sơ đang ghi"),
)
_PHONE = ("contact_phone", "ĐT hướng dẫn", "người dân gọi khi bổ sung hồ sơ; in trên Mẫu 02")
_TARGET = (
    settings.ON_TIME_TARGET,
    "Chỉ tiêu đúng hạn",
    "phần trăm, ví dụ 98,5; là vạch trên biểu đồ Thống kê",
)
_LINES = ("superior_lines", "centre_lines")
EVERYTHING = tuple(name for name, _, _ in (*_FIELDS, _PHONE, _TARGET))


class UnitSection(Section):
    """Edits a copy; F12 stores all lines at once as one event. ``shown`` are the fields that it asks for."""

    def __init__(self, commands: Commands, *, shown: Sequence[str] = EVERYTHING, title: str = "Đơn vị") -> None:
        super().__init__(commands)
        self._title = Card(title)
        self._fixed = line("", "quiet", wrap=True)
        self._rows, self._beside = (
            {
                name: FieldRow(name, caption, hint=hint, label_width=128)
                for name, caption, hint in fields
                if name in shown
            }
            for fields in (_FIELDS, (_PHONE, _TARGET))
        )
        self.first = next(iter((*self._rows.values(), *self._beside.values()))).editor
        self._lay_out(self.act("Ghi thay đổi", "F12", self.store))

    def _lay_out(self, store: QAction) -> None:
        body = self._title.body
        body.addWidget(self._fixed)
        self._fixed.setHidden(len(self._rows) < len(_FIELDS))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for number, row in enumerate((*self._rows.values(), *self._beside.values())):
            grid.addWidget(row, number, 0)
        body.addLayout(grid)
        note = "Giấy đã phát giữ nguyên như lúc phát. Thay đổi chỉ có trên giấy phát từ bây giờ."
        body.addWidget(line(note, "note", wrap=True))
        acts = QHBoxLayout()
        acts.addWidget(ActButton(store, "content-save-check-outline", kind="primary"))
        acts.addStretch(1)
        body.addLayout(acts)
        self.column.addWidget(self.strip)
        self.column.addWidget(self._title)
        self.column.addStretch(1)

    def refresh(self) -> None:
        unit = self.commands.ask(settings.unit)
        if unit is None:
            return
        kind = "bản tập huấn" if unit.practice else "sổ thật"
        self._fixed.setText(f"{unit.name} – mã đơn vị {unit.code} – {kind}. Ba điều này không đổi được trong một sổ.")
        for name, row in self._rows.items():
            row.set_value(_as_text(unit, name))
        for name, value in self._stored_beside().items():
            self._beside[name].set_value(value)

    def _stored_beside(self) -> dict[str, str]:
        """What is no line of the unit, as it is shown."""
        stored = {
            _PHONE[0]: labels.grouped_phone(self.commands.ask(settings.contact_phone) or ""),
            _TARGET[0]: str(self.commands.ask(settings.get, settings.ON_TIME_TARGET, "") or ""),
        }
        return {name: stored[name] for name in self._beside}

    def typed(self) -> Unit | None:
        """The unit with the lines as they stand in the fields."""
        unit = self.commands.ask(settings.unit)
        typed = {name: row.value().strip() for name, row in self._rows.items()}
        lines = {
            name: tuple(part.strip() for part in typed[name].split("/") if part.strip())
            for name in _LINES
            if name in typed
        }
        values: dict[str, Any] = {**typed, **lines}
        return replace(unit, **values) if unit is not None else None

    def store(self) -> bool:
        """Store what was changed; ``False`` when it was refused, the reason was said."""
        unit, changed = self.commands.ask(settings.unit), self.typed()
        if unit is None or changed is None:
            return False
        beside = {name: row.value().strip() for name, row in self._beside.items()}
        if changed == unit and beside == self._stored_beside():
            self.strip.say("accent", "Chưa có gì thay đổi.")
            return True
        for row in self._beside.values():
            row.clear_problem()
        done = self.commands.do(
            settings.change_unit,
            changed,
            phone=beside.get(_PHONE[0]),
            target=beside.get(_TARGET[0]),
            refused=self._refused,
        )
        if done is not None:
            self.strip.say("ok", "Đã ghi. Giấy phát từ bây giờ in theo dòng mới.")
        return done is not None

    def _refused(self, problem: Problem) -> None:
        """A wrong number is told beside its field, anything else above."""
        if row := self._beside.get(getattr(problem, "facts", {}).get("field", "")):
            self.strip.hush()
            row.show_problem(problem.message)
            row.focus()
        else:
            super()._refused(problem)
            if self.first is not None:
                self.first.setFocus()


def _as_text(unit: Unit, name: str) -> str:
    value = getattr(unit, name)
    return " / ".join(value) if name in _LINES else value
