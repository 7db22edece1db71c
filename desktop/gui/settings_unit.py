"""Đơn vị: the lines on every paper, the agency code, the register book, whom citizens call, what rate is aimed at."""

from dataclasses import replace
from typing import Any

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


class UnitSection(Section):
    """Edits a copy; F12 stores all lines at once as one event."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands)
        self._title = Card("Đơn vị")
        self._fixed = line("", "quiet", wrap=True)
        self._rows = {name: FieldRow(name, caption, hint=hint, label_width=128) for name, caption, hint in _FIELDS}
        self._beside = {
            name: FieldRow(name, caption, hint=hint, label_width=128) for name, caption, hint in (_PHONE, _TARGET)
        }
        self.first = self._rows["agency_code"].editor
        self._lay_out(self.act("Ghi thay đổi", "F12", self._store))

    def _lay_out(self, store) -> None:
        body = self._title.body
        body.addWidget(self._fixed)
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
        return {
            _PHONE[0]: labels.grouped_phone(self.commands.ask(settings.contact_phone) or ""),
            _TARGET[0]: str(self.commands.ask(settings.get, settings.ON_TIME_TARGET, "") or ""),
        }

    def _store(self) -> None:
        unit = self.commands.ask(settings.unit)
        if unit is None:
            return
        typed = {name: row.value().strip() for name, row in self._rows.items()}
        lines = {name: tuple(part.strip() for part in typed[name].split("/") if part.strip()) for name in _LINES}
        values: dict[str, Any] = {**typed, **lines}
        changed = replace(unit, **values)
        beside = {name: row.value().strip() for name, row in self._beside.items()}
        if changed == unit and beside == self._stored_beside():
            self.strip.say("accent", "Chưa có gì thay đổi.")
            return
        for row in self._beside.values():
            row.clear_problem()
        done = self.commands.do(
            settings.change_unit,
            changed,
            phone=beside[_PHONE[0]],
            target=beside[_TARGET[0]],
            refused=self._refused,
        )
        if done is not None:
            self.strip.say("ok", "Đã ghi. Giấy phát từ bây giờ in theo dòng mới.")

    def _refused(self, problem: Problem) -> None:
        """A wrong number is told beside its field, anything else above."""
        if row := self._beside.get(getattr(problem, "facts", {}).get("field", "")):
            self.strip.hush()
            row.show_problem(problem.message)
            row.focus()
        else:
            super()._refused(problem)
            self._rows["agency_code"].focus()


def _as_text(unit: Unit, name: str) -> str:
    value = getattr(unit, name)
    return " / ".join(value) if name in _LINES else value
