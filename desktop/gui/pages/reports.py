"""Báo cáo (Ctrl+P on the figures): which document of a period, seen before it is printed, or as a workbook.

F12 draws the PDF in the worker and then prints what was drawn; Alt+E writes the workbook; Esc stops what runs, else
leads back.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands, Problem
from desktop.gui.fields import FieldRow
from desktop.gui.hints import HintBar
from desktop.gui.jobs import Jobs
from desktop.gui.messages import of_problem
from desktop.gui.page import Page
from desktop.gui.paper_preview import FileChooser, PaperPreview
from desktop.gui.printer_port import PrinterPort, PrintReport
from desktop.gui.printout_act import PrintoutAct
from desktop.gui.printouts import PrintoutDesk
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.office.filing import Paper
from desktop.rules.periods import Period

_NOTHING_DRAWN = "Bấm F12 để lập, xem ở đây, rồi mới in."
_LIST_WIDTH, _WORK_WIDTH = 268, 372
#: Narrower than this the preview would be a stamp; Alt+X shows the paper large at any width.
_WITH_PREVIEW = 1000
_ANY_WIDTH = 16_777_215


@dataclass(frozen=True, slots=True)
class Report:
    """One document of the figures; ``kind`` is the word of ``report --kind``."""

    kind: str
    title: str
    about: str

    @property
    def id(self) -> str:
        return self.kind

    @property
    def name(self) -> str:
        """What the chain calls a print of it; "overdue" alone is the name of a working list."""
        return f"report_{self.kind}"


REPORTS = (
    Report("table", "Biểu II.06a", "Tình hình, kết quả giải quyết TTHC của kỳ, theo lĩnh vực."),
    Report("list", "Danh sách sau ô đang chọn", "Hồ sơ đứng sau ô đang chọn trên bảng thống kê."),
    Report("day", "Phiếu ngày", "Số liệu từng ngày đã chốt trong kỳ, có mã để ký."),
    Report(
        "review", "Tài liệu rút kinh nghiệm", "Số liệu, hồ sơ trễ và nguyên nhân, biểu đồ, việc kỳ trước, việc mới."
    ),
    Report("progress", "Bảng công khai tiến độ", "Dán cho dân xem; không có tên hay số giấy tờ của ai."),
    Report("overdue", "Quá hạn và xin lỗi", "Hồ sơ quá hạn trong kỳ, đã xin lỗi chưa, vì sao."),
    Report("inspection", "Mẫu kiểm tra", "Rút ngẫu nhiên theo số gốc: cùng số gốc thì ra cùng mẫu trên mọi bản sao."),
)


class ReportsPage(Page):
    """Holds one drawn paper at most; choosing anything else drops it."""

    def __init__(self, commands: Commands, jobs: Jobs, printer: PrinterPort, chooser: FileChooser) -> None:
        super().__init__()
        self._commands, self._chooser = commands, chooser
        self._period: Period | None = None
        self._cell: tuple[str | None, str] = (None, "received_total")
        self._paper: Paper | None = None
        self._desk = PrintoutDesk(commands, jobs, printer, self)
        columns = [Column("", lambda one: one.title)]
        self._choices = RecordTable(RecordTableModel(columns), "Báo cáo nào", two_lines=False, heads=False)
        self._days = line("", "strong")
        self._about = line("", "note", wrap=True)
        self._size = FieldRow("sample", "Số hồ sơ", label_width=84)
        self._seed = FieldRow("seed", "Số gốc", label_width=84, hint="đoàn kiểm tra tự chọn")
        self._size.set_value("10")
        self._seed.set_value("1")
        self.preview = PaperPreview(chooser, title="Xem trước")
        go, stop = self.act("Lập bản in", "F12", self._advance), self.act("Thôi", "Esc", self._give_up)
        self._workbook = self.act("Lưu xlsx", "Alt+E", self._ask_where)
        self.giving = PrintoutAct(go, stop, self.preview)
        self.giving.body.addWidget(ActButton(self._workbook, "microsoft-excel"))
        for act in (self.preview.enlarge, self.preview.save):
            self.addAction(act)  # their keys work where the preview has no place
        self._lay_out()
        self._connect()
        self._choices.show_rows(REPORTS)
        self._choices.select_row(0)

    def _connect(self) -> None:
        self._choices.chosen.connect(self._choose)
        self._choices.opened.connect(lambda _chosen: self._advance())
        self._size.edited.connect(lambda _text: self._drop())
        self._seed.edited.connect(lambda _text: self._drop())
        self.preview.saved.connect(lambda _path: self._desk.record_saved(self.chosen))
        self._desk.progressed.connect(self._show_progress)
        self._desk.drawn.connect(self._show_drawn)
        self._desk.stopped.connect(lambda: self._say("soon", "Đã thôi. Không có tệp nào được lập, sổ không đổi."))
        self._desk.printed.connect(self._say_printed)
        self._desk.refused.connect(self._say_refused)

    def _lay_out(self) -> None:
        self._list_card = Card("Báo cáo nào", flush=True)
        self._list_card.setFixedWidth(_LIST_WIDTH)
        self._list_card.body.addWidget(Rule())
        self._list_card.body.addWidget(self._choices, 1)
        self._list_card.body.addWidget(Rule())
        self._list_card.body.addWidget(HintBar([("↑ ↓", "chọn"), ("Enter", "lập")]))
        self._card = Card(REPORTS[0].title)
        self._card.body.addWidget(self._days)
        self._card.body.addWidget(self._about)
        self._card.body.addWidget(self._size)
        self._card.body.addWidget(self._seed)
        self._card.body.addStretch(1)
        self._work = QWidget()
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._card, 1)
        column.addWidget(self.giving)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(14)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for part in (self._list_card, self._work, self.preview):
            row.addWidget(part)

    @property
    def chosen(self) -> Report:
        """What is to be made."""
        return self._choices.current or REPORTS[0]

    def show_period(self, period: Period, cell: tuple[str | None, str]) -> None:
        """The documents of a period; ``cell`` is the field and column whose list may be wanted."""
        self._period, self._cell = period, cell
        self._days.setText(f"{period.name}: {period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}")
        self._drop()

    def write_workbook(self) -> None:
        """The official table as a workbook, at once: what Ctrl+E on the figures asks for."""
        self._choices.select_row(0)
        self._ask_where()

    def focus_first(self) -> None:
        self._choices.setFocus()

    def _choose(self, one: Report) -> None:
        self._card.set_title(one.title)
        self._about.setText(one.about)
        for row in (self._size, self._seed):
            row.setVisible(one.kind == "inspection")
        self._drop()

    def _asked(self) -> object:
        from desktop.office.report_forms import ReportKind
        from desktop.office.reporting import Asked

        field, column = self._cell
        size = self._size.value().strip()
        sample = int(size) if size.isdigit() else 0
        return Asked(ReportKind(self.chosen.kind), sample, self._seed.value().strip(), column, field)

    def _drop(self) -> None:
        """Another choice: what was drawn is no longer what would be printed."""
        self._desk.forget_drawing()
        self._paper = None
        self.preview.show_paper(b"", "", _NOTHING_DRAWN)
        self.giving.strip.hush()
        self._show_state()

    def _advance(self) -> None:
        """F12: draw what is chosen, or print what was drawn."""
        if self._desk.is_busy or self._period is None:
            return
        from desktop.office import report_papers

        self.giving.strip.hush()
        if self._paper is not None:
            self._desk.print(self.chosen, self._paper)
            self._show_progress(0, self._paper.pages)
        else:
            self._desk.draw(report_papers.paper, self._asked(), self._period, now=self._commands.now())
            self._show_progress(0, 0)
        self._show_state()

    def _ask_where(self) -> None:
        if self._desk.is_busy or self._period is None:
            return
        from desktop.office import reporting

        name = reporting.file_name(self._asked(), self._period)  # type: ignore[arg-type]
        self._chooser.choose(self, f"{name}.xlsx", self._write)

    def _write(self, target: Path) -> None:
        from desktop.office import report_papers

        self._desk.draw(report_papers.workbook, self._asked(), self._period, target, now=self._commands.now())
        self._show_progress(0, 0)
        self._show_state()

    def _give_up(self) -> None:
        if self._desk.is_busy:
            self._desk.stop()
            self.giving.say_stopping()
        else:
            self.left.emit()

    def _show_progress(self, done: int, total: int) -> None:
        doing, unit = ("Đang gửi máy in", "trang") if self._desk.is_printing else ("Đang lập", "dòng")
        self.giving.show_progress(doing, done, total, unit)

    def _show_drawn(self, made: Paper | Path) -> None:
        if isinstance(made, Path):
            self._desk.record_saved(self.chosen)
            self._say("ok", f"Đã lưu {made.name}.", "check-circle")
            return
        self._paper = made
        note = "Bản xem trùng từng nét với bản in."
        self.preview.show_paper(made.data, made.path.name, note, title=self.chosen.title)
        size = f"{labels.count_words(made.pages)} trang"
        self._say("ok", f"Đã lập {size} lúc {self._commands.now():%H:%M}. Bấm F12 để in.", "check-circle")

    def _say_printed(self, report: Report, told: PrintReport) -> None:
        if told.accepted:
            words = f"{report.title}: {told.printer} đã nhận đủ {labels.count_words(told.pages)} trang."
            self._say("ok", words, "printer-check")
        else:
            words = f"{report.title} chưa in đủ: {told.trouble}. Bấm F12 in lại, hoặc Alt+S lưu PDF."
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

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        with_preview = event.size().width() >= _WITH_PREVIEW
        self.preview.setVisible(with_preview)
        self.giving.show_paper_acts(not with_preview)
        self._work.setMinimumWidth(_WORK_WIDTH if with_preview else 0)
        self._work.setMaximumWidth(_WORK_WIDTH if with_preview else _ANY_WIDTH)
