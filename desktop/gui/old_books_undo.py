"""A book that was brought in by mistake is taken back: which one, why, and Alt+R pressed twice."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.fields import FieldRow
from desktop.gui.settings_section import Section, act_row
from desktop.office import old_books
from desktop.office.old_book_lookup import Source

_LABEL = 100


class TakeBackCard(Card):
    """``taken`` follows the act. Lies in ``section``, which says what is missing; hidden while nothing is there."""

    taken = Signal()

    def __init__(self, section: Section) -> None:
        super().__init__("Rút lại sổ nhập nhầm")
        self._section = section
        self._which = QComboBox()
        self._asked: int | None = None
        self._book = FieldRow("import", "Sổ đã nhập", self._which, label_width=_LABEL)
        self._reason = FieldRow("reason", "Lý do", label_width=_LABEL, hint="ví dụ: nhập nhầm tệp của xã khác")
        self.button = ActButton(section.act("Rút lại sổ này", "Alt+R", self._take_back), "undo-variant")
        for row in (self._book, self._reason):
            self.body.addWidget(row)
            row.edited.connect(lambda _text: self._calm())
        self.body.addLayout(act_row(self.button))

    @property
    def has_any(self) -> bool:
        """Whether a book was brought in."""
        return self._which.count() > 0

    def show_sources(self, sources: tuple[Source, ...]) -> None:
        """The books that may be taken back; the chosen one stays chosen."""
        before = self._which.currentData()
        self._which.clear()
        for source in sources:
            rows = labels.count_words(source.rows)
            self._which.addItem(f"{source.file}: {rows} hồ sơ, nhập {source.at:%d/%m/%Y}", source.seq)
        self._which.setCurrentIndex(max(self._which.findData(before), 0))
        self.button.set_ready(bool(sources))
        self._calm()

    def _calm(self) -> None:
        if self._asked is not None:
            self._asked = None
            self._section.strip.hush()

    def _take_back(self) -> None:
        seq, strip = self._which.currentData(), self._section.strip
        if seq is None:
            strip.say("idle", "Chưa nhập sổ nào để rút lại.")
        elif not self._reason.value().strip():
            strip.say("soon", "Ghi lý do rút lại trước; lý do lưu trong chuỗi sự kiện.")
            self._reason.focus()
        elif self._asked != seq:
            self._asked = seq
            strip.say(
                "soon", f"Sẽ rút lại {self._which.currentText()}: không tìm thấy các dòng ấy nữa. Bấm Alt+R lần nữa."
            )
        else:
            self._asked = None
            said = "Đã rút lại sổ nhập nhầm. Nhập lại tệp đúng bằng Alt+O."
            if self._section.change(old_books.take_back, seq, reason=self._reason.value(), said=said):
                self._reason.set_value("")
                self.taken.emit()
