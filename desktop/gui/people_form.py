"""What is said of one person: names, roles in words, fields of the work; for a new one or one to change."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.records import Clerk
from db.vocabulary import Role
from desktop.gui.buttons import ActButton, Tick
from desktop.gui.cards import Card
from desktop.gui.fields import FieldRow
from desktop.gui.icons import Mark
from desktop.gui.scrolling import open_within_screen
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import ElidedLabel, line
from desktop.labels import ROLE_WORDS

ALL_FIELDS = "mọi lĩnh vực"
#: What a new person is given unless somebody ticks more: most who come work at the counter, and nobody gets to lead or
#: to administer by an oversight.
_NEW = frozenset({Role.RECEPTION})
#: What a role does, for who chooses it.
_WORK = {
    Role.RECEPTION: "nhận, trả hồ sơ, lập phiếu, thu phí",
    Role.PROCESSING: "chuyển, yêu cầu bổ sung, hoàn thành, dừng",
    Role.LEAD: "gia hạn, chốt ngày, duyệt danh mục, hủy dữ liệu",
    Role.ADMINISTER: "người làm việc, cài đặt, sao lưu, nối tuyến trên",
    Role.INSPECT: "chỉ xem, tìm, đọc nhật ký, xuất số liệu",
}
_LABEL = 90


def fields_words(fields: Sequence[str]) -> str:
    """The fields of somebody's work on one line."""
    return ", ".join(fields) or ALL_FIELDS


class PersonForm(Card):
    """``acts`` are the buttons below; the office says what is wrong with what stands here."""

    def __init__(self, choose_fields: QAction, acts: Sequence[ActButton]) -> None:
        super().__init__("Thêm người")
        self.short = FieldRow("short_name", "Tên ngắn", label_width=_LABEL, hint="ví dụ: truc")
        self.full = FieldRow("full_name", "Họ và tên", label_width=_LABEL, hint="như ký trên giấy hẹn")
        self.ticks = {role: Tick(words) for role, words in ROLE_WORDS.items()}
        self.fields: tuple[str, ...] = ()
        self._fields_words = ElidedLabel(ALL_FIELDS)
        self._lay_out(choose_fields, acts)
        self.show_person(None)

    def _lay_out(self, choose_fields: QAction, acts: Sequence[ActButton]) -> None:
        names = QHBoxLayout()
        names.setSpacing(16)
        names.addWidget(self.short, 2)
        names.addWidget(self.full, 3)
        self.body.addLayout(names)
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        grid.setHorizontalSpacing(12)
        caption = line("Vai trò", "quiet")
        caption.setFixedWidth(_LABEL)
        grid.addWidget(caption, 0, 0)
        for row, (role, tick) in enumerate(self.ticks.items()):
            tick.setObjectName(str(role))
            tick.setAccessibleDescription(_WORK[role])
            grid.addWidget(tick, row, 1)
            grid.addWidget(line(_WORK[role], "note", wrap=True), row, 2)
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        about = line("Lĩnh vực", "quiet")
        about.setFixedWidth(_LABEL)
        fields.addWidget(about)
        fields.addWidget(self._fields_words, 1)
        fields.addWidget(ActButton(choose_fields))
        self.body.addLayout(fields)
        row_of_acts = QHBoxLayout()
        row_of_acts.setSpacing(8)
        for button in acts:
            row_of_acts.addWidget(button)
        row_of_acts.addStretch(1)
        self.body.addLayout(row_of_acts)

    @property
    def roles(self) -> frozenset[Role]:
        """What is ticked."""
        return frozenset(role for role, tick in self.ticks.items() if tick.isChecked())

    def show_person(self, one: Clerk | None) -> None:
        """Fill in somebody who is to be changed, or a new person who receives and hands out."""
        self.set_title(f"Sửa: {one.full_name}" if one else "Thêm người")
        self.short.set_value(one.short_name if one else "")
        self.short.editor.setEnabled(one is None)  # every act carries it
        self.full.set_value(one.full_name if one else "")
        for role, tick in self.ticks.items():
            tick.setChecked(role in (one.roles if one else _NEW))
        self.show_fields(one.fields if one else ())

    def show_fields(self, fields: Sequence[str]) -> None:
        """The fields of the work, none for all."""
        self.fields = tuple(fields)
        self._fields_words.show_text(fields_words(self.fields))


class FieldsDialog(QDialog):
    """Ticks the fields of somebody's work; none ticked is all. Accepted, ``chosen`` holds them."""

    def __init__(self, known: Sequence[str], held: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Lĩnh vực phụ trách")
        open_within_screen(self, 560, 460)
        self._known = tuple(dict.fromkeys((*known, *held)))
        self.chosen = set(held)
        columns = [
            Column("Lĩnh vực", lambda field: field),
            Column("Phụ trách", mark=self._mark, bare=True, width=150),
        ]
        self.table = RecordTable(RecordTableModel(columns, key=lambda field: field), "Lĩnh vực", two_lines=False)
        self.table.opened.connect(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(line("Enter để chọn hoặc bỏ. Không chọn lĩnh vực nào là phụ trách tất cả.", "note"))
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(ActButton(self._act("Mọi lĩnh vực", "Alt+M", self._clear)))
        row.addStretch(1)
        row.addWidget(ActButton(self._act("Thôi", "Esc", self.reject)))
        row.addWidget(ActButton(self._act("Xong", "F12", self.accept), kind="primary"))
        column.addLayout(row)
        self.table.show_rows(self._known)
        self.table.select_row(0)
        self.table.setFocus()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    @property
    def in_order(self) -> tuple[str, ...]:
        """The chosen fields as the list has them."""
        return tuple(field for field in self._known if field in self.chosen)

    def _mark(self, field: str) -> Mark:
        if field in self.chosen:
            return Mark("ok", "checkbox-marked-outline", "phụ trách")
        return Mark("idle", "checkbox-blank-outline", "")

    def _toggle(self, field: str) -> None:
        self.chosen ^= {field}
        self.table.viewport().update()

    def _clear(self) -> None:
        self.chosen.clear()
        self.table.viewport().update()

    def _act(self, words: str, keys: str, then) -> QAction:
        action = QAction(words, self)
        action.setShortcut(keys)
        action.triggered.connect(lambda _checked=False: then())
        self.addAction(action)
        return action
