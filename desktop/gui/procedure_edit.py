"""Sửa tay: one procedure changed by a decision that has no list, its document kept beside it.

Asks and judges what is typed; the page around it hands the edit to the office.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from db.records import ProcedureVersion
from desktop.gui.buttons import ActButton
from desktop.gui.dates import typed_date
from desktop.gui.fields import FieldRow
from desktop.gui.file_opener import FileOpener
from desktop.gui.limit_question import LimitFields
from desktop.gui.texts import ElidedLabel, line
from desktop.rules.change_sets import Decision
from desktop.rules.hand_edits import HandEdit

_LABEL = 112
_LINES = 4
_BAD_DAY = "Ghi ngày như 01/12/2026."


class ProcedureEdit(QWidget):
    """The fields of one edit; ``attachment`` is the decision's document, if somebody brought it."""

    def __init__(self, make_act: Callable[[str, str, Callable[[], object]], QAction], opener: FileOpener) -> None:
        super().__init__()
        self._opener = opener
        self._version: ProcedureVersion | None = None
        self.attachment: Path | None = None
        papers = QPlainTextEdit()
        papers.setFixedHeight(_LINES * papers.fontMetrics().lineSpacing() + 16)
        self.rows = {
            "number": FieldRow("number", "Quyết định", label_width=_LABEL, hint="số, ví dụ 3120/QĐ-UBND"),
            "decided_on": FieldRow("decided_on", "Ký ngày", label_width=_LABEL, hint="20/11/2026"),
            "effective_on": FieldRow("effective_on", "Hiệu lực", label_width=54, hint="01/12/2026"),
            "name": FieldRow("name", "Tên thủ tục", label_width=_LABEL),
            "fee": FieldRow("fee", "Phí, lệ phí", label_width=_LABEL, hint="ví dụ 8.000 đồng, hoặc Không"),
            "papers": FieldRow("papers", "Thành phần", papers, label_width=_LABEL, hint="mỗi dòng một giấy tờ"),
        }
        self.limit = LimitFields("limit", "Thời hạn", label_width=_LABEL)
        self.statutory = LimitFields("statutory", "Theo quy định", label_width=_LABEL)
        self._cases = line("", "note", wrap=True)
        self._attach = make_act("Đính kèm văn bản", "Alt+A", self._ask_file)
        self._file = ElidedLabel("", "note")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        days = QHBoxLayout()
        days.setSpacing(12)
        for name in ("decided_on", "effective_on"):
            days.addWidget(self.rows[name], 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.rows["number"])
        column.addLayout(days)
        column.addWidget(self.rows["name"])
        for part in (self.limit, self.statutory, self._cases, self.rows["fee"], self.rows["papers"]):
            column.addWidget(part)
        attach = QHBoxLayout()
        attach.setSpacing(8)
        attach.addWidget(ActButton(self._attach, "paperclip"))
        attach.addWidget(self._file, 1)
        column.addLayout(attach)
        column.addStretch(1)

    def show_version(self, version: ProcedureVersion) -> None:
        """The form filled with what speaks now, no decision yet."""
        self._version, self.attachment = version, None
        for name, text in (("number", ""), ("decided_on", ""), ("effective_on", ""), ("name", version.name)):
            self.rows[name].set_value(text)
            self.rows[name].clear_problem()
        self.rows["fee"].set_value(version.fee.text)
        self.rows["papers"].set_value("\n".join(paper.name for paper in version.papers))
        has_cases = bool(version.cases)
        for fields, limit in ((self.limit, version.limit), (self.statutory, version.statutory)):
            fields.show_limit(limit)
            fields.setVisible(not has_cases)
        self._cases.setText(f"Thời hạn chia theo {len(version.cases)} trường hợp; sửa bằng tệp danh mục.")
        self._cases.setVisible(has_cases)
        self._file.show_text("")

    def asked(self) -> tuple[Decision, HandEdit] | None:
        """What is typed; None says what is wrong beside its field, and goes there."""
        decision, edit = self._decision(), self._edit()
        if decision is None or edit is None:
            rows = (*self.rows.values(), self.limit.value, self.statutory.value)
            next(row for row in rows if row.problem).focus()
            return None
        return decision, edit

    def show_problem(self, field: str, message: str) -> bool:
        """Say a refusal of the office beside its field; False when it belongs to none of these."""
        rows = {**self.rows, "decision": self.rows["number"], "limit": self.limit.value}
        row = rows.get(field)
        if row is None:
            return False
        row.show_problem(message)
        row.focus()
        return True

    def _decision(self) -> Decision | None:
        number, decided = self.rows["number"], typed_date(self.rows["decided_on"].value())
        effective = typed_date(self.rows["effective_on"].value())
        number.show_problem("" if number.value().strip() else "Còn thiếu số quyết định.")
        wrong = bool(self.rows["decided_on"].value().strip()) and decided is None
        self.rows["decided_on"].show_problem(_BAD_DAY if wrong else "")
        self.rows["effective_on"].show_problem("" if effective else _BAD_DAY)
        if number.problem or wrong or effective is None:
            return None
        return Decision(number.value().strip(), decided, effective)

    def _edit(self) -> HandEdit | None:
        version = self._version
        assert version is not None, "shown before it is asked"
        name = self.rows["name"].value().strip()
        self.rows["name"].show_problem("" if name else "Còn thiếu tên thủ tục.")
        limit = statutory = None
        wrong = not name
        if not version.cases and not (self.limit.is_empty and version.limit is None):
            limit = self.limit.limit()
            statutory = None if self.statutory.is_empty else self.statutory.limit()
            wrong = wrong or limit is None or (statutory is None and not self.statutory.is_empty)
        papers = tuple(text for each in self.rows["papers"].value().splitlines() if (text := each.strip()))
        return None if wrong else HandEdit(name, limit, statutory, self.rows["fee"].value().strip(), papers)

    def _ask_file(self) -> None:
        if self.isVisible():
            self._opener.ask(self, "Văn bản quyết định", (), self._keep_file)

    def _keep_file(self, path: Path) -> None:
        self.attachment = path
        self._file.show_text(f"{path.name} – được giữ kèm quyết định")
