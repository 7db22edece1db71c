"""One dossier of a book that was brought in, as it was written there, to be read and copied; nothing of it can be done.

The identity number is masked until somebody asks for it. Where the entry came from stands with it.
"""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.records import OldEntry
from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.empty import EmptyState
from desktop.gui.facts import FactList
from desktop.gui.icons import Mark
from desktop.gui.pills import Pill
from desktop.gui.scrolling import TextScroller
from desktop.gui.settings_section import act_row
from desktop.gui.texts import line
from desktop.office.old_book_lookup import Source
from desktop.rules.citizen_id import mask

_IMPORTED = Mark("idle", "archive-outline", "Nhập từ tệp")
_ONLY_READ = "Lịch sử đã đóng, chỉ để tra cứu: không tính vào số liệu, không nhắc hạn, không sửa được."


class OldEntryCard(Card):
    """``reveal`` is the act that shows the whole identity number."""

    def __init__(self, reveal: QAction) -> None:
        super().__init__("Hồ sơ cũ", flush=True)
        self._facts, self._came = FactList(label_width=100), FactList(label_width=100)
        self._name = line("", "title", wrap=True)
        self._matter = line("", "quiet", wrap=True)
        self.reveal_button = ActButton(reveal, "eye-outline", kind="quiet")
        self._empty = EmptyState("book-open-page-variant-outline", "Chọn một dòng để xem.", tone="text2")
        self._inside = QWidget()
        self._pill = Pill(_IMPORTED)
        self._lay_out()
        self.show_entry(None, None, whole=False)

    def _lay_out(self) -> None:
        self.head.addWidget(self._pill)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(12, 4, 12, 12)
        column.setSpacing(8)
        about: tuple[QWidget, ...] = (self._name, self._matter, self._facts)
        came: tuple[QWidget, ...] = (Rule(), self._came, line(_ONLY_READ, "note", wrap=True))
        for part in about:
            column.addWidget(part)
        column.addLayout(act_row(self.reveal_button))
        for part in came:
            column.addWidget(part)
        column.addStretch(1)
        self._scroller = TextScroller(self._inside, "Hồ sơ cũ")
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._scroller, 1)

    def show_entry(self, entry: OldEntry | None, source: Source | None, *, whole: bool) -> None:
        """Show one, or that none is chosen; ``whole`` with its whole identity number."""
        shown = entry is not None and source is not None
        for part in (self._scroller, self._pill):
            part.setVisible(shown)
        self._empty.setVisible(not shown)
        if entry is None or source is None:
            return
        self._name.setText(entry.applicant)
        self._matter.setText(entry.procedure_name or "Sổ cũ không ghi thủ tục")
        self._facts.show_facts(_facts(entry, whole=whole))
        self._came.show_facts(_came(entry, source))
        self.reveal_button.setVisible(mask(entry.id_number) != entry.id_number)


def _facts(entry: OldEntry, *, whole: bool) -> list[tuple[str, str]]:
    number = entry.id_number if whole else mask(entry.id_number)
    days = (
        ("Nhận ngày", entry.received_on),
        ("Hẹn trả", entry.due_on),
        ("Xong ngày", entry.finished_on),
        ("Trả ngày", entry.handed_over_on),
    )
    return [
        ("Mã hồ sơ", entry.code),
        ("Số thứ tự", f"{entry.entry_no}, năm {entry.year}" if entry.entry_no else ""),
        *((label, f"{on:%d/%m/%Y}" if on else "") for label, on in days),
        ("Kết quả", entry.result),
        ("Số giấy tờ", number),
        ("Điện thoại", entry.phone),
        ("Địa chỉ", entry.address),
        ("Ghi chú", entry.note.replace("; ", "\n")),
    ]


def _came(entry: OldEntry, source: Source) -> list[tuple[str, str]]:
    sheet = source.sheet_of(entry)
    where = f"trang “{sheet}”, dòng {entry.row}" if sheet else f"dòng {entry.row}"
    return [
        ("Từ tệp", f"{source.file}, {where}"),
        ("Nhập lúc", f"{labels.moment_words(source.at)}, người nhập: {source.person}"),
    ]
