"""Sổ năm trước: every dossier of the books brought in, found by a few letters; the chosen one beside the list.

Closed history: nothing here can be changed, and no figure comes from it. Each entry that is read is written into the
access log.
"""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from db.records import OldEntry
from desktop import labels
from desktop.changes import Changes
from desktop.gui.buttons import ActButton
from desktop.gui.commands import Commands
from desktop.gui.empty import EmptyState
from desktop.gui.filtered_list import FilteredList
from desktop.gui.hints import HintBar
from desktop.gui.looks import Searches, glance, may_look
from desktop.gui.old_entry_card import OldEntryCard
from desktop.gui.page import Page
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.office import access, old_book_lookup
from desktop.rules.citizen_id import mask

_WHY = "trang sổ năm trước"
_PAUSE_MS = 120
#: Narrower than this the entry stands below the list.
_TWO_COLUMNS, _RIGHT = 900, 370
#: On the lowest screens (1366×768 at 200 %) there is no room below the list, only beside it.
_LOW, _NARROW_RIGHT = 300, 248
#: The search index counts matches only this far.
_COUNTED = 1000


class OldBooksPage(Page):
    """``import_wanted`` leads to where books are brought in."""

    import_wanted = Signal()

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._shown: OldEntry | None = None
        self._whole = False
        self._searches = Searches(commands, _WHY, self)
        self.table = RecordTable(_model(), "Sổ năm trước")
        self._bring = self.act("Nhập sổ từ tệp", "Alt+O", self.import_wanted.emit)
        self._empty = EmptyState("book-open-page-variant-outline", "", tone="text2")
        self._list = FilteredList(self.table, self._empty, hint="Mã, tên, số giấy tờ", order="dòng sau cùng trước")
        self._reveal = self.act("Hiện số giấy tờ", "Alt+M", self._toggle_number)
        self.act("Về trang trước", "Esc", self._leave)
        self.card = OldEntryCard(self._reveal)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_PAUSE_MS)
        self._look.timeout.connect(self._show_chosen)
        self._lay_out()
        self._list.narrowed.connect(self.refresh)
        self.table.chosen.connect(lambda _entry: self._look.start())
        self.table.opened.connect(lambda _entry: self._show_chosen())

    def _lay_out(self) -> None:
        foot = self._list.foot
        foot.setContentsMargins(0, 0, 12, 0)
        foot.addWidget(HintBar([("↓", "vào danh sách"), ("Esc", "về ô lọc")]), 1)
        foot.addWidget(ActButton(self._bring, "file-table-outline", kind="quiet"))
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(14)
        self._across.addWidget(self._list, 3)
        self._across.addWidget(self.card, 2)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.addLayout(self._across, 1)

    def concerns(self, changes: Changes) -> bool:
        return changes.old_books

    def refresh(self) -> None:
        """Count again and show the pages in sight; the chosen entry stays chosen."""
        text = self._list.text
        total = self._commands.see(old_book_lookup.count, text)
        if total is None:
            return
        if theirs := self._commands.see(old_book_lookup.elsewhere):
            self._empty.say(theirs)
        elif text:
            self._empty.say(f"Không có dòng nào khớp “{text}”", "Thử ít chữ hơn, hoặc bốn số cuối của số giấy tờ.")
        else:
            self._empty.say("Chưa nhập sổ năm trước nào.", "Sổ trong Excel nhập ở Cài đặt, phần Sổ năm trước.")
        self.card.setVisible(bool(total or text))
        self._list.show_pages(lambda offset, limit: self._fetch(text, offset, limit), total, _count_words(total, text))
        self._searches.shown(text, total if text else 0)
        if not text:
            glance(self, self._commands, "Sổ năm trước", total, why=_WHY)
        if self.table.current is None:
            self.table.select_row(0)
        self._look.start()

    def _fetch(self, text: str, offset: int, limit: int) -> Sequence[OldEntry]:
        return self._commands.see(old_book_lookup.page, text=text, limit=limit, offset=offset) or ()

    def show_entry(self, entry: OldEntry) -> None:
        """Show this one: it was found by the search above."""
        self._list.put(entry.code or " ".join((entry.applicant, entry.id_number[-4:])).strip())
        self.refresh()
        self.table.select_row(self.table.records.find(entry.id, 0) or 0)
        self._searches.settle()
        self.table.setFocus()
        self._show_chosen()

    def focus_first(self) -> None:
        self._list.focus()

    def _show_chosen(self) -> None:
        """Only what stands in sight was looked at."""
        self._look.stop()
        entry: OldEntry | None = self.table.current
        if self._shown is not None and entry is not None and entry.id == self._shown.id:
            return
        self._whole = False
        may = entry is not None and may_look(self._commands, access.viewed_entry, entry.id, why=_WHY)
        self._shown = entry if may else None
        self._draw()

    def _draw(self) -> None:
        entry = self._shown
        source = self._commands.ask(old_book_lookup.source, entry.imported_by) if entry else None
        self._reveal.setText("Ẩn số giấy tờ" if self._whole else "Hiện số giấy tờ")
        self.card.show_entry(entry, source, whole=self._whole)

    def _toggle_number(self) -> None:
        entry = self._shown
        if entry is None or mask(entry.id_number) == entry.id_number:
            return
        if not self._whole and not may_look(self._commands, access.revealed_entry, entry.id, why=_WHY):
            return
        self._whole = not self._whole
        self._draw()

    def _leave(self) -> None:
        """Esc: from the list to the filter, from the filter back."""
        if self.table.hasFocus():
            self._list.focus()
        else:
            self.left.emit()

    def hideEvent(self, event) -> None:
        """Whoever comes back sees the number masked, and is written down again."""
        super().hideEvent(event)
        self._shown, self._whole = None, False

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        low = event.size().height() < _LOW
        wide = low or event.size().width() >= _TWO_COLUMNS
        side, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._across.setDirection(side if wide else below)
        self._across.setStretch(0, 3 if wide else 2)
        self._across.setStretch(1, 2 if wide else 3)
        right = 0 if not wide else _NARROW_RIGHT if event.size().width() < _TWO_COLUMNS else _RIGHT
        self.card.setMinimumWidth(right)
        self.card.setMaximumWidth(right or 16_777_215)


def _count_words(total: int, text: str) -> str:
    if text and total >= _COUNTED:
        return f"hơn {labels.count_words(_COUNTED)} dòng khớp"
    return f"{labels.count_words(total)} dòng{' khớp' if text else ''}"


def _model() -> RecordTableModel:
    return RecordTableModel(
        [
            Column("Người nộp, thủ tục", lambda entry: entry.applicant, note=_matter, strong=True),
            Column("Mã hồ sơ", lambda entry: entry.code or "không có mã", note=_number, width=184, least=380),
            Column("Nhận ngày", lambda entry: f"{entry.received_on:%d/%m/%Y}", note=_ended, width=168, least=520),
        ]
    )


def _matter(entry: OldEntry) -> str:
    return labels.procedure_words(entry.procedure_name) or "không ghi thủ tục"


def _number(entry: OldEntry) -> str:
    return f"số {entry.entry_no}, năm {entry.year}" if entry.entry_no else f"năm {entry.year}"


def _ended(entry: OldEntry) -> str:
    if entry.handed_over_on:
        return f"trả {entry.handed_over_on:%d/%m/%Y}"
    return entry.result or (f"xong {entry.finished_on:%d/%m/%Y}" if entry.finished_on else "chưa thấy ngày trả")
