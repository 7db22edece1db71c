"""Báo cáo (Ctrl+P on the figures): which document of a period, seen before it is printed, or as a workbook (Alt+E)."""

from dataclasses import dataclass
from pathlib import Path

from desktop.gui.buttons import ActButton
from desktop.gui.commands import Commands
from desktop.gui.drawing_page import DrawingPage
from desktop.gui.fields import FieldRow
from desktop.gui.jobs import Jobs
from desktop.gui.paper_preview import FileChooser
from desktop.gui.printer_port import PrinterPort
from desktop.gui.tables import Column
from desktop.gui.texts import line
from desktop.office.filing import Paper
from desktop.rules.periods import Period


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


class ReportsPage(DrawingPage):
    """The documents of one period, and of the cell that was in focus on its table."""

    def __init__(self, commands: Commands, jobs: Jobs, printer: PrinterPort, chooser: FileChooser) -> None:
        columns = [Column("", lambda one: one.title)]
        super().__init__(commands, jobs, printer, chooser, things=REPORTS, columns=columns)
        self._chooser = chooser
        self._period: Period | None = None
        self._cell: tuple[str | None, str] = (None, "received_total")
        self._days = line("", "strong")
        self._size = FieldRow("sample", "Số hồ sơ", label_width=84)
        self._seed = FieldRow("seed", "Số gốc", label_width=84, hint="đoàn kiểm tra tự chọn")
        for row, value in ((self._size, "10"), (self._seed, "1")):
            row.set_value(value)
            row.edited.connect(lambda _text: self.drop())
        self.giving.body.addWidget(ActButton(self.act("Lưu xlsx", "Alt+E", self._ask_where), "microsoft-excel"))
        self.begin([self._days, self._size, self._seed])

    def show_period(self, period: Period, cell: tuple[str | None, str]) -> None:
        """The documents of a period; ``cell`` is the field and column whose list may be wanted."""
        self._period, self._cell = period, cell
        self._days.setText(f"{period.name}: {period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}")
        self.drop()

    def write_workbook(self) -> None:
        """The official table as a workbook, at once: what Ctrl+E on the figures asks for."""
        self.select(REPORTS[0].name)
        self._ask_where()

    def choose(self, one: Report) -> None:
        for row in (self._size, self._seed):
            row.setVisible(one.kind == "inspection")
        self.drop()

    def draw(self, one: Report) -> bool:
        from desktop.office import report_papers

        if self._period is None:
            return False
        self._desk.draw(report_papers.paper, self._asked(), self._period, **self._whose())
        return True

    def _asked(self) -> object:
        from desktop.office.report_forms import ReportKind
        from desktop.office.reporting import Asked

        field, column = self._cell
        size = self._size.value().strip()
        sample = int(size) if size.isdigit() else 0
        return Asked(ReportKind(self.chosen.kind), sample, self._seed.value().strip(), column, field)

    def _ask_where(self) -> None:
        if self._desk.is_busy or self._period is None:
            return
        from desktop.office import reporting

        name = reporting.file_name(self._asked(), self._period)  # type: ignore[arg-type]
        self._chooser.choose(self, f"{name}.xlsx", self._write)

    def _write(self, target: Path) -> None:
        from desktop.office import report_papers

        self._desk.draw(report_papers.workbook, self._asked(), self._period, target, **self._whose())
        self._show_progress(0, 0)
        self._show_state()

    def _whose(self) -> dict[str, object]:
        return {"clerk": self._commands.clerk.short_name, "now": self._commands.now()}

    def _show_drawn(self, made: Paper | Path) -> None:
        if isinstance(made, Path):
            self._desk.record_saved(self.chosen)
            self._say("ok", f"Đã lưu {made.name}.", "check-circle")
        else:
            super()._show_drawn(made)
