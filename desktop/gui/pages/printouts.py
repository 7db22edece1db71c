"""In sổ và danh sách (Ctrl+P): what to print, for which period, seen before it goes to paper or into a file.

F12 draws what is chosen in the worker, then prints what was drawn; Esc stops work that runs, else leads back.
"""

from enum import StrEnum
from itertools import chain

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.vocabulary import DocumentKind
from desktop import labels
from desktop.gui.buttons import Choice
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands, Problem
from desktop.gui.fields import FieldRow
from desktop.gui.hints import HintBar
from desktop.gui.jobs import Jobs
from desktop.gui.messages import of_problem
from desktop.gui.page import Page
from desktop.gui.paper_preview import FileChooser, PaperPreview
from desktop.gui.period_fields import PeriodFields, Span
from desktop.gui.printer_port import PrinterPort, PrintReport
from desktop.gui.printout_act import PrintoutAct
from desktop.gui.printouts import PRINTOUTS, Printout, PrintoutDesk
from desktop.gui.scrolling import Scroller, application
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.office import books, issuing, listings, lists, lookup
from desktop.office.filing import Paper

_ALL_BOOKS = "Tất cả các quyển"
_NOTHING_DRAWN = "Bấm F12 để lập, xem ở đây, rồi mới in."
_LIST_WIDTH, _NARROW_LIST = 268, 216
_WORK_WIDTH = 372
#: Narrower than this the preview would be a stamp; Alt+X shows the paper large at any width.
_WITH_PREVIEW, _WIDE = 1000, 760
#: Lower than this (1366×768 at 200 %) the period gets the place of what is said about it.
_LOW = 300


class PrintoutsPage(Page):
    """Holds one drawn paper at most; choosing anything else drops it."""

    def __init__(self, commands: Commands, jobs: Jobs, printer: PrinterPort, chooser: FileChooser) -> None:
        super().__init__()
        self._commands = commands
        self._paper: Paper | None = None
        self._counts: dict[StrEnum, int] = {}
        self._desk = PrintoutDesk(commands, jobs, printer, self)
        columns = [Column("", lambda one: one.title), Column("", self._count, 52, quiet=True, right=True)]
        self._choices = RecordTable(RecordTableModel(columns), "In gì", two_lines=False, heads=False)
        self._about = line("", "note", wrap=True)
        self.period = PeriodFields(self.act, lambda: commands.now().date())
        self._books = Choice()
        self._book_row = FieldRow("book_no", "Quyển", self._books, label_width=64)
        self.preview = PaperPreview(chooser, title="Xem trước")
        go, stop = self.act("Lập bản in", "F12", self._advance), self.act("Thôi", "Esc", self._give_up)
        self.giving = PrintoutAct(go, stop, self.preview)
        for act in (self.preview.enlarge, self.preview.save):
            self.addAction(act)  # their keys work where the preview has no place
        self._lay_out()
        self._connect()
        self._choices.show_rows(PRINTOUTS)
        self._choices.select_row(0)

    def _connect(self) -> None:
        self._choices.chosen.connect(self._choose)
        self._choices.opened.connect(lambda _chosen: self._advance())
        self.period.changed.connect(self._follow_period)
        self._book_row.edited.connect(lambda _text: self._drop())
        self.preview.saved.connect(lambda _path: self._desk.record_saved(self.chosen))
        self._desk.progressed.connect(self._show_progress)
        self._desk.drawn.connect(self._show_drawn)
        self._desk.stopped.connect(self._say_stopped)
        self._desk.printed.connect(self._say_printed)
        self._desk.refused.connect(self._say_refused)
        application().focusChanged.connect(self._follow_focus)

    def _lay_out(self) -> None:
        self._list_card = Card("In gì", flush=True)
        self._list_card.body.addWidget(Rule())
        self._list_card.body.addWidget(self._choices, 1)
        self._list_card.body.addWidget(Rule())
        self._list_card.body.addWidget(HintBar([("↑ ↓", "chọn"), ("Enter", "lập")]))
        self._card = Card(PRINTOUTS[0].title, flush=True)
        inside = QWidget()
        options = QVBoxLayout(inside)
        options.setContentsMargins(12, 0, 12, 12)
        options.setSpacing(10)
        for part in (self._about, self.period, self._book_row):
            options.addWidget(part)
        options.addStretch(1)
        self._scroller = Scroller(inside)
        self._card.body.addWidget(self._scroller)
        self._work = QWidget()
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._card, 1)
        column.addWidget(self.giving)
        self._stand_abreast()

    def _stand_abreast(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(14)
        # What stood here at another width must not keep the page from becoming narrow.
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for part in (self._list_card, self._work, self.preview):
            row.addWidget(part)

    @property
    def chosen(self) -> Printout:
        """What is to be printed."""
        return self._choices.current or PRINTOUTS[0]

    def show_printout(self, name: object) -> None:
        """Choose what the page before was showing, and draw a list at once: it is short."""
        self._choices.select_row(next(row for row, one in enumerate(PRINTOUTS) if one.name == name))
        if not self.chosen.has_period:
            self._drop()
            self._advance()

    def refresh(self) -> None:
        """Count again; what was drawn stays as it was drawn."""
        now = self._commands.now()
        work = self._commands.ask(lists.counts, now) or {}
        day = self._commands.ask(lookup.day_counts, now.date()) or {}
        self._counts = dict(chain(work.items(), day.items()))
        self._choices.viewport().update()

    def focus_first(self) -> None:
        self._choices.setFocus()

    def _count(self, one: Printout) -> str:
        return "" if one.has_period else labels.count_words(self._counts.get(one.name, 0))

    def _choose(self, one: Printout) -> None:
        self._card.set_title(one.title)
        self._about.setText(one.about)
        self.period.setVisible(one.has_period)
        self.period.choose(Span.TODAY if one.name is DocumentKind.HANDOVER_LIST else Span.MONTH)

    def _follow_period(self) -> None:
        """The books of the period; one alone needs no choice."""
        days = self.period.days() if self.chosen.name is DocumentKind.REGISTER_BOOK else None
        numbers = (self._commands.ask(books.volumes, *days) or ()) if days else ()
        before = self._books.currentData()
        self._books.clear()
        self._books.addItem(_ALL_BOOKS, "")
        for number in numbers:
            self._books.addItem(f"Quyển số {number}", number)
        self._books.setCurrentIndex(max(self._books.findData(before), 0))
        self._book_row.setVisible(len(numbers) > 1)
        self._drop()

    def _drop(self) -> None:
        """Another choice: what was drawn is no longer what would be printed."""
        self._desk.forget_drawing()
        self._paper = None
        self.preview.show_paper(b"", "", _NOTHING_DRAWN)
        self.giving.strip.hush()
        self._show_state()

    def _advance(self) -> None:
        """F12: draw what is chosen, or print what was drawn."""
        if self._desk.is_busy:
            return
        self.giving.strip.hush()
        if self._paper is not None:
            self._desk.print(self.chosen, self._paper)
            self._show_progress(0, self._paper.pages)
        elif self.chosen.has_period:
            self._draw_period()
        else:
            one, clerk, now = self.chosen, self._commands.clerk.short_name, self._commands.now()
            self._desk.draw(listings.list_pdf, one.name, title=one.title, order=one.order, clerk=clerk, now=now)
            self._show_progress(0, 0)
        self._show_state()

    def _draw_period(self) -> None:
        days = self.period.asked()
        if days is None:
            return
        book_no = self._books.currentData()
        self._desk.draw(issuing.period_pdf, self.chosen.name, *days, book_no=book_no, now=self._commands.now())
        self._show_progress(0, 0)

    def _give_up(self) -> None:
        if self._desk.is_busy:
            self._desk.stop()
            self.giving.say_stopping()
        else:
            self.left.emit()

    def _show_progress(self, done: int, total: int) -> None:
        doing, unit = ("Đang gửi máy in", "trang") if self._desk.is_printing else ("Đang lập", "dòng")
        self.giving.show_progress(doing, done, total, unit)

    def _show_drawn(self, paper: Paper) -> None:
        self._paper = paper
        note = "Bản xem trùng từng nét với bản in."
        self.preview.show_paper(paper.data, paper.path.name, note, title=self.chosen.title)
        size = f"{labels.count_words(paper.pages)} trang"
        self._say("ok", f"Đã lập {size} lúc {self._commands.now():%H:%M}. Bấm F12 để in.", "check-circle")

    def _say_stopped(self) -> None:
        self._say("soon", "Đã thôi. Không có tệp nào được lập, sổ không đổi.")

    def _say_printed(self, printout: Printout, report: PrintReport) -> None:
        if report.accepted:
            words = f"{printout.title}: {report.printer} đã nhận đủ {labels.count_words(report.pages)} trang."
            self._say("ok", words, "printer-check")
        else:
            words = f"{printout.title} chưa in đủ: {report.trouble}. Bấm F12 in lại, hoặc Alt+S lưu PDF."
            self._say("late", words, "printer-alert")

    def _say_refused(self, problem: Problem) -> None:
        self._say(*of_problem(problem))

    def _say(self, tone: str, words: str, icon: str = "") -> None:
        self.giving.strip.say(tone, words, icon=icon)
        self._show_state()

    def _show_state(self) -> None:
        if self._paper is not None:
            self.giving.offer(f"In {labels.count_words(self._paper.pages)} trang", "printer")
        else:
            self.giving.offer("Lập bản in", "file-eye-outline")
        self.giving.show_work(self._desk.is_busy)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._scroller.isAncestorOf(new):
            self._scroller.ensureWidgetVisible(new, 0, 40)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        low = event.size().height() < _LOW
        self._about.setHidden(low)
        self._card.show_head(not low)
        with_preview = width >= _WITH_PREVIEW
        self.preview.setVisible(with_preview)
        self.giving.show_paper_acts(not with_preview)
        self._list_card.setFixedWidth(_LIST_WIDTH if width >= _WIDE else _NARROW_LIST)
        self._work.setMinimumWidth(_WORK_WIDTH if with_preview else 0)
        self._work.setMaximumWidth(_WORK_WIDTH if with_preview else 16_777_215)
