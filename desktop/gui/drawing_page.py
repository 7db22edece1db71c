"""DrawingPage: a list of what can be printed, its choices, the paper seen before F12 prints it.

Hides the round of drawing in the worker, progress, stopping, printing and saying what became of it. A page says what
there is to choose, and how the chosen thing is drawn.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import labels
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands, Problem
from desktop.gui.hints import HintBar
from desktop.gui.jobs import Jobs
from desktop.gui.messages import of_problem
from desktop.gui.page import Page
from desktop.gui.paper_preview import FileChooser, PaperPreview
from desktop.gui.printer_port import PrinterPort, PrintReport
from desktop.gui.printout_act import PrintoutAct
from desktop.gui.printouts import PrintoutDesk
from desktop.gui.scrolling import Scroller, application
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.office.filing import Paper

_NOTHING_DRAWN = "Bấm F12 để lập, xem ở đây, rồi mới in."
_LIST_WIDTH, _NARROW_LIST = 268, 216
_WORK_WIDTH = 372
#: Narrower than this the preview would be a stamp; Alt+X shows the paper large at any width.
_WITH_PREVIEW, _WIDE = 1000, 760
#: Lower than this (1366×768 at 200 %) the choices get the place of what is said about them.
_LOW = 300
#: One line of the choices: they scroll before a word of the act below them is cut.
_LEAST_CHOICES = 32


class DrawingPage(Page):
    """Holds one drawn paper at most; choosing anything else drops it.

    ``things`` have ``id``, ``name`` (what the chain calls a print of it), ``title`` and ``about``; ``unit`` counts the
    steps of drawing.
    """

    def __init__(
        self,
        commands: Commands,
        jobs: Jobs,
        printer: PrinterPort,
        chooser: FileChooser,
        *,
        things: Sequence[Any],
        columns: Sequence[Column],
        unit: str = "dòng",
    ) -> None:
        super().__init__()
        self._commands, self._things, self._unit = commands, things, unit
        self._paper: Paper | None = None
        self._desk = PrintoutDesk(commands, jobs, printer, self)
        self._choices = RecordTable(RecordTableModel(columns), "In gì", two_lines=False, heads=False)
        self._about = line("", "note", wrap=True)
        self.preview = PaperPreview(chooser, title="Xem trước")
        go, stop = self.act("Lập bản in", "F12", self._advance), self.act("Thôi", "Esc", self._give_up)
        self.giving = PrintoutAct(go, stop, self.preview)
        for act in (self.preview.enlarge, self.preview.save):
            self.addAction(act)  # their keys work where the preview has no place

    def begin(self, options: Sequence[QWidget]) -> None:
        """Stand the parts in their places, ``options`` below what is said of the chosen thing; choose the first."""
        self._lay_out(options)
        self._choices.chosen.connect(self._follow_choice)
        self._choices.opened.connect(lambda _chosen: self._advance())
        self.preview.saved.connect(lambda _path: self._desk.record_saved(self.chosen))
        self._desk.progressed.connect(self._show_progress)
        self._desk.drawn.connect(self._show_drawn)
        self._desk.stopped.connect(self._say_stopped)
        self._desk.printed.connect(self._say_printed)
        self._desk.refused.connect(self._say_refused)
        application().focusChanged.connect(self._follow_focus)
        self._choices.show_rows(self._things)
        self._choices.select_row(0)

    def choose(self, one: Any) -> None:
        """Another thing was chosen: show its options and :meth:`drop` what was drawn."""
        raise NotImplementedError

    def draw(self, one: Any) -> bool:
        """Start drawing; False when something that it needs is missing, which is said beside its field."""
        raise NotImplementedError

    def _lay_out(self, options: Sequence[QWidget]) -> None:
        self._list_card = Card("In gì", flush=True)
        self._list_card.body.addWidget(Rule())
        self._list_card.body.addWidget(self._choices, 1)
        self._list_card.body.addWidget(Rule())
        self._list_card.body.addWidget(HintBar([("↑ ↓", "chọn"), ("Enter", "lập")]))
        self._card = Card(self._things[0].title, flush=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(10)
        for part in (self._about, *options):
            column.addWidget(part)
        column.addStretch(1)
        self._scroller = Scroller(inside)
        self._scroller.setMinimumHeight(_LEAST_CHOICES)
        self._card.body.addWidget(self._scroller)
        self._work = QWidget()
        work = QVBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(10)
        work.addWidget(self._card, 1)
        work.addWidget(self.giving)
        self._stand_abreast()

    def _stand_abreast(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setSpacing(14)
        # What stood here at another width must not keep the page from becoming narrow.
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for part in (self._list_card, self._work, self.preview):
            row.addWidget(part)

    @property
    def chosen(self) -> Any:
        """What is to be printed."""
        return self._choices.current or self._things[0]

    def select(self, name: object) -> None:
        """Choose a thing by its name."""
        self._choices.select_row(next(row for row, one in enumerate(self._things) if one.name == name))

    def focus_first(self) -> None:
        self._choices.setFocus()

    def _follow_choice(self, one: Any) -> None:
        self._card.set_title(one.title)
        self._about.setText(one.about)
        self.choose(one)

    def drop(self) -> None:
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
        elif self.draw(self.chosen):
            self._show_progress(0, 0)
        self._show_state()

    def _give_up(self) -> None:
        if self._desk.is_busy:
            self._desk.stop()
            self.giving.say_stopping()
        else:
            self.left.emit()

    def _show_progress(self, done: int, total: int) -> None:
        doing, unit = ("Đang gửi máy in", "trang") if self._desk.is_printing else ("Đang lập", self._unit)
        self.giving.show_progress(doing, done, total, unit)

    def _show_drawn(self, paper: Paper) -> None:
        self._paper = paper
        note = "Bản xem trùng từng nét với bản in."
        self.preview.show_paper(paper.data, paper.path.name, note, title=self.chosen.title)
        size = f"{labels.count_words(paper.pages)} trang"
        self._say("ok", f"Đã lập {size} lúc {self._commands.now():%H:%M}. Bấm F12 để in.", "check-circle")

    def _say_stopped(self) -> None:
        self._say("soon", "Đã thôi. Không có tệp nào được lập, sổ không đổi.")

    def _say_printed(self, one: Any, report: PrintReport) -> None:
        if report.accepted:
            words = f"{one.title}: {report.printer} đã nhận đủ {labels.count_words(report.pages)} trang."
            self._say("ok", words, "printer-check")
        else:
            words = f"{one.title} chưa in đủ: {report.trouble}. Bấm F12 in lại, hoặc Alt+S lưu PDF."
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
        self._row.setContentsMargins(16, 8 if low else 12, 16, 8 if low else 12)
        with_preview = width >= _WITH_PREVIEW
        self.preview.setVisible(with_preview)
        self.giving.show_paper_acts(not with_preview)
        self._list_card.setFixedWidth(_LIST_WIDTH if width >= _WIDE else _NARROW_LIST)
        self._work.setMinimumWidth(_WORK_WIDTH if with_preview else 0)
        self._work.setMaximumWidth(_WORK_WIDTH if with_preview else 16_777_215)
