"""Giấy tờ đã phát: every paper of a dossier with its state; Enter prints one, unless it was replaced or taken back."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction

from db.records import DossierDetail
from db.vocabulary import DocumentKind
from desktop import labels
from desktop.gui.cards import Card, Rule
from desktop.gui.dossier_facts import PaperLine, papers
from desktop.gui.keys import KeyBadge
from desktop.gui.paper_print import PaperJob, Printed
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line

_LEAST_ROWS = 3


class PapersCard(Card):
    """``wanted`` carries the ``PaperJob`` of the paper that shall be printed."""

    wanted = Signal(object)

    def __init__(self, reprint: QAction) -> None:
        super().__init__("Giấy tờ đã phát", flush=True)
        self._detail: DossierDetail | None = None
        self.strip = MessageStrip()
        self._nothing = line("Chưa phát giấy tờ nào. Hồ sơ giải quyết ngay không cần giấy hẹn.", "note", wrap=True)
        self._nothing.setContentsMargins(12, 4, 12, 8)
        columns = [
            Column("", lambda paper: paper.name, note=lambda paper: paper.note),
            Column("", mark=lambda paper: paper.mark, bare=True, right=True, width=124),
        ]
        self.table = RecordTable(RecordTableModel(columns), "Giấy tờ đã phát", heads=False)
        self.table.setMinimumHeight(_LEAST_ROWS * self.table.verticalHeader().defaultSectionSize())
        self.head.addWidget(KeyBadge(reprint))
        self.head.addWidget(line("in lại bản đang dùng", "note"))
        for part in (self.strip, self._nothing, Rule()):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 1)
        self.table.opened.connect(self._open)

    def show_papers(self, detail: DossierDetail) -> None:
        """Read the papers of a dossier; what was said of another one is no longer true here."""
        if self._detail is not None and self._detail.row.code != detail.row.code:
            self.strip.hush()
        self._detail = detail
        self._nothing.setHidden(bool(detail.documents))
        self.table.show_rows(papers(detail))

    @property
    def has_receipt(self) -> bool:
        """Whether there is a receipt that can be printed again."""
        return any(paper.kind is DocumentKind.RECEIPT and paper.holds for paper in self._papers())

    def print_document(self, document: int) -> None:
        """Print the issued paper of this id."""
        found = [paper for paper in self._papers() if paper.document == document]
        if found:
            self._open(found[0])

    def _papers(self) -> list[PaperLine]:
        return papers(self._detail) if self._detail is not None else []

    def _open(self, paper: PaperLine) -> None:
        if self._detail is None:
            return
        if not paper.holds:
            self.strip.say("soon", f"{paper.name}: {paper.mark.word}, không in lại như bản đang dùng.")
            return
        self.strip.say("idle", f"Đang gửi {paper.name} tới máy in.", icon="printer-outline")
        receipt = paper.kind is DocumentKind.RECEIPT
        self.wanted.emit(
            PaperJob(
                self._detail.row.code,
                paper.kind,
                size="A5" if receipt else "A4",
                copies=2 if receipt else 1,
                document=paper.document,
            )
        )

    def show_printed(self, printed: Printed) -> None:
        """What the printer said of a paper of this dossier."""
        if self._detail is None or printed.job.code != self._detail.row.code:
            return
        name = labels.DOCUMENT_WORDS[printed.job.kind]
        if printed.report.accepted:
            words = f"Máy in đã nhận {printed.job.copies} bản {name}. Nhìn tờ giấy trước khi giao."
            self.strip.say("ok", words, icon="printer-check")
        else:
            self.strip.say("late", f"Chưa in được {name}: {printed.report.trouble}.", icon="printer-alert")
