"""Phiếu tại quầy: every slip given before there was a dossier, found by number, name or the citizen's number.

The paper of the selected one stands beside the list, to be read, printed again or saved; Enter goes on with the
intake that it was given for, or opens the dossier that followed. Stores nothing itself.
"""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from db.records import SlipRow
from db.vocabulary import DocumentKind
from desktop import labels
from desktop.changes import Changes
from desktop.gui.buttons import ActButton
from desktop.gui.commands import Commands
from desktop.gui.empty import EmptyState
from desktop.gui.filtered_list import FilteredList
from desktop.gui.hints import HintBar
from desktop.gui.icons import Mark
from desktop.gui.looks import Searches, glance, may_look
from desktop.gui.page import Page
from desktop.gui.paper_preview import FileChooser, PaperPreview
from desktop.gui.paper_print import PaperJob, Printed
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.office import access, slip_lookup

_PAUSE_MS = 120
_WHY = "phiếu tại quầy"
#: Narrower than this only the list is shown; the paper is a key away.
_TWO_COLUMNS, _RIGHT = 900, 370


class SlipsPage(Page):
    """``taken_up`` carries the intake form of a slip, ``dossier_wanted`` a code, ``print_wanted`` a ``PaperJob``,
    ``saved`` that of a paper whose copy left as a file.
    """

    taken_up = Signal(object)
    dossier_wanted = Signal(str)
    print_wanted = Signal(object)
    saved = Signal(object)

    def __init__(self, commands: Commands, chooser: FileChooser) -> None:
        super().__init__()
        self._commands = commands
        self.strip = MessageStrip()
        self.table = RecordTable(_model(), "Phiếu tại quầy")
        self._empty = EmptyState("file-edit-outline", "", tone="text2")
        self._list = FilteredList(self.table, self._empty, hint="Số phiếu, tên, số giấy tờ", order="mới lập trước")
        self._shown: SlipRow | None = None
        self._searches = Searches(commands, _WHY, self)
        self.preview = PaperPreview(chooser, title="Phiếu")
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_PAUSE_MS)
        self._look.timeout.connect(self._draw)
        self._go_on = self.act("Tiếp nhận theo phiếu này", "F12", self._open)
        self._reprint = self.act("In lại phiếu", "Alt+P", self._print)
        self.act("Về trang trước", "Esc", self._leave)
        self.button = ActButton(self._go_on, "account-plus-outline", kind="primary")
        self._lay_out()
        self._list.narrowed.connect(self.refresh)
        self.table.opened.connect(lambda _row: self._open())
        self.table.chosen.connect(lambda _row: self._chosen())
        self.preview.saved.connect(lambda _path: self.saved.emit(_job(self._shown)) if self._shown else None)

    def _lay_out(self) -> None:
        foot = self._list.foot
        foot.setContentsMargins(0, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(HintBar([("↓", "vào danh sách"), ("Esc", "về ô lọc")]), 1)
        foot.addWidget(ActButton(self._reprint, "printer", kind="quiet"))
        foot.addWidget(self.button)
        self.preview.setFixedWidth(_RIGHT)
        self.preview.hide()
        across = QHBoxLayout()
        across.setSpacing(14)
        across.addWidget(self._list, 1)
        across.addWidget(self.preview)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.setSpacing(8)
        page.addWidget(self.strip)
        page.addLayout(across, 1)

    def concerns(self, changes: Changes) -> bool:
        return changes.slips

    def refresh(self) -> None:
        """Count again and show the pages in sight; the selected slip stays selected."""
        text = self._list.text
        total = self._commands.see(slip_lookup.count, text)
        if total is None:
            return
        if text:
            self._empty.say(f"Không có phiếu nào khớp “{text}”", "Thử số phiếu, hoặc bốn số cuối của số định danh.")
        else:
            self._empty.say("Chưa lập phiếu nào tại quầy.", "Hồ sơ thiếu giấy: ở Tiếp nhận bấm Alt+B.")
        count = f"{labels.count_words(total)} phiếu{' khớp' if text else ''}"
        self._list.show_pages(lambda offset, limit: self._fetch(text, offset, limit), total, count)
        self._searches.shown(text, total if text else 0)
        if not text:
            glance(self, self._commands, "Phiếu tại quầy", total, why=_WHY)
        if self.table.current is None:
            self.table.select_row(0)
        self._chosen()

    def _fetch(self, text: str, offset: int, limit: int) -> Sequence[SlipRow]:
        return self._commands.see(slip_lookup.page, text=text, limit=limit, offset=offset) or ()

    def show_slip(self, row: SlipRow) -> None:
        """Show this one: it was scanned or found."""
        self._list.put(row.label)
        self.strip.hush()
        self.refresh()
        found = self.table.records.find(row.id, 0)
        self.table.select_row(found or 0)
        self.table.setFocus()

    def focus_first(self) -> None:
        self._list.focus()

    def _chosen(self) -> None:
        row: SlipRow | None = self.table.current
        followed = row.followed_by if row else None
        self._go_on.setText(f"Mở hồ sơ {followed}" if followed else "Tiếp nhận theo phiếu này")
        self.button.show_icon("folder-open-outline" if followed else "account-plus-outline")
        self.button.set_ready(row is not None and not row.taken_back)
        self._look.start()

    def _draw(self) -> None:
        """The paper of the selected slip, as it was frozen."""
        row: SlipRow | None = self.table.current
        holds = row is not None and not row.taken_back and self.preview.isVisible()
        if holds and row is not None:
            holds = may_look(self._commands, access.viewed_slip, row.id, why=_WHY)
        self._shown = row if holds else None
        data = self._commands.ask(slip_lookup.picture, self._shown.document) if self._shown else None
        self.preview.set_title(labels.DOCUMENT_WORDS[row.kind] if row else "Phiếu")
        if self._shown and data:
            name = f"{self._shown.label.replace('/', '-')}-{self._shown.given_at:%Y}.pdf"
            self.preview.show_paper(data, name, "Như bản đã in. Bản in lại ghi thêm lần in.", title=self._shown.label)
        else:
            gone = row is not None and row.taken_back
            why = "Phiếu đã hoàn lại, không còn hiệu lực." if gone else "Chưa có phiếu để xem."
            self.preview.show_paper(b"", "", why)

    def _open(self) -> None:
        """F12, Enter: the dossier that followed, or the intake that the slip was given for."""
        row: SlipRow | None = self.table.current
        if row is None or row.taken_back:
            self._say_void(row)
        elif row.followed_by:
            self.dossier_wanted.emit(row.followed_by)
        elif told := self._commands.ask(slip_lookup.detail, row.id):
            self.taken_up.emit(told.form)

    def _say_void(self, row: SlipRow | None) -> None:
        self.strip.say("soon", "Phiếu này đã hoàn lại." if row else "Chọn một phiếu trong danh sách.")

    def _print(self) -> None:
        row: SlipRow | None = self.table.current
        if row is None or row.taken_back:
            self._say_void(row)
        else:
            self.strip.say("idle", f"Đang gửi phiếu {row.label} tới máy in.", icon="printer-outline")
            self.print_wanted.emit(_job(row))

    def show_printed(self, printed: Printed) -> None:
        """What the printer said of a slip."""
        if printed.report.accepted:
            self.strip.say("ok", "Máy in đã nhận 1 bản phiếu. Nhìn tờ giấy trước khi giao.", icon="printer-check")
        else:
            self.strip.say("late", f"Chưa in được phiếu: {printed.report.trouble}.", icon="printer-alert")

    def _leave(self) -> None:
        """Esc: from the list to the filter, from the filter back."""
        if self.table.hasFocus():
            self._list.focus()
        else:
            self.left.emit()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.preview.setHidden(event.size().width() < _TWO_COLUMNS)


def _job(row: SlipRow) -> PaperJob:
    return PaperJob(None, row.kind, document=row.document)


def _model() -> RecordTableModel:
    return RecordTableModel(
        [
            Column("Phiếu", lambda row: row.label, 150, note=lambda row: f"{row.given_at:%H:%M %d/%m/%Y}"),
            Column("Người dân, thủ tục", lambda row: row.applicant, note=_matter, strong=True),
            Column("Ghi trên phiếu", lambda row: row.told, note=lambda row: _KINDS[row.kind], least=720),
            Column("Sau đó", mark=_mark, bare=True, width=168),
        ]
    )


_KINDS = {
    DocumentKind.SUPPLEMENT: "bổ sung hồ sơ (Mẫu 02)",
    DocumentKind.REFUSAL: "từ chối tiếp nhận (Mẫu 03)",
}


def _matter(row: SlipRow) -> str:
    return labels.procedure_words(row.procedure_name)


def _mark(row: SlipRow) -> Mark:
    """What became of the citizen's matter, else what the printer said."""
    if row.taken_back:
        return Mark("idle", "undo-variant", "đã hoàn lại")
    if row.followed_by:
        return Mark("ok", "check-circle", "đã tiếp nhận")
    if row.print_failed:
        return Mark("late", "printer-alert", "chưa in được")
    if row.kind is DocumentKind.REFUSAL:
        return Mark("idle", "file-remove-outline", "không tiếp nhận")
    return Mark("wait", "clock-outline", "chưa quay lại")
