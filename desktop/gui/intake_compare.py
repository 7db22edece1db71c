"""CompareDialog (Alt+T): the dossier being typed beside the one that it may repeat, line by line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.records import DossierDetail, DossierRow
from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Rule
from desktop.gui.scrolling import Scroller
from desktop.gui.texts import line
from desktop.rules.citizen_id import mask
from desktop.rules.intake import IntakeForm, normalised


class CompareDialog(QDialog):
    """Two columns; Enter or Esc closes. Nothing is decided here: the reason is typed on the page."""

    def __init__(
        self, form: IntakeForm, procedure_name: str, twin: DossierDetail, others: Sequence[DossierRow], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("So hai hồ sơ")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(860, parent.window().width() - 40), min(520, parent.window().height() - 40))
        table = QWidget()
        self._grid = QGridLayout(table)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        for column, title in ((1, "Đang nhập"), (2, f"Đã nhận: {twin.row.code}")):
            self._grid.addWidget(line(title, "strong", wrap=True), 0, column)
        self._grid.addWidget(Rule(), 1, 0, 1, 3)
        for number, (caption, typed, stored) in enumerate(_lines(normalised(form), procedure_name, twin), 2):
            self._grid.addWidget(line(caption, "quiet"), number, 0, Qt.AlignmentFlag.AlignTop)
            for column, text in ((1, typed), (2, stored)):
                differs = bool(typed and stored) and typed != stored
                words = line(text or "–", "strong" if differs else "body", wrap=True)
                self._grid.addWidget(words, number, column, Qt.AlignmentFlag.AlignTop)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        scroll = Scroller(table)
        scroll.take_focus("Hai hồ sơ cạnh nhau")
        close = QAction("Đóng", self)
        close.setShortcut("Esc")
        close.triggered.connect(lambda _checked=False: self.accept())
        self.addAction(close)
        foot = QHBoxLayout()
        more = ", ".join(row.code for row in others)
        foot.addWidget(line(f"Hồ sơ khác cùng thủ tục: {more}" if more else "", "note", wrap=True), 1)
        button = ActButton(close)
        foot.addWidget(button)
        column_layout = QVBoxLayout(self)
        column_layout.addWidget(scroll, 1)
        column_layout.addLayout(foot)
        button.setFocus()


def _lines(form: IntakeForm, procedure_name: str, twin: DossierDetail) -> list[tuple[str, str, str]]:
    """Caption, what is typed, what is stored; what differs is shown in bold."""
    row, stored = twin.row, twin.form
    return [
        ("Người nộp", form.applicant.name or form.applicant.organisation, row.applicant),
        ("Số định danh", mask(form.applicant.id_number), mask(row.id_number)),
        ("Điện thoại", form.applicant.phone, row.phone),
        ("Thủ tục", procedure_name, row.procedure_name),
        ("Trường hợp", form.case or "", stored.get("case") or ""),
        ("Giấy tờ", _papers([paper.name for paper in form.papers]), _papers([p["name"] for p in stored["papers"]])),
        ("Ghi chú", form.note, stored.get("note") or ""),
        ("Tiếp nhận lúc", "", labels.moment_words(row.received_at)),
        ("Hẹn trả", "", labels.moment_words(row.due_at)),
        ("Trạng thái", "", labels.STATUS_WORDS[row.status]),
        ("Người nhận", "", row.clerk),
    ]


def _papers(names: Sequence[str]) -> str:
    return "\n".join(f"{number}. {name}" for number, name in enumerate(names, 1))
