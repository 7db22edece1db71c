"""The page of figures joined with the register's days: missed days close themselves, reports are made by the worker.

Built by ``program`` beside the window; makes the page when it is first shown.
"""

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from desktop.changes import Changes
from desktop.gui.commands import Commands
from desktop.gui.jobs import Job, Jobs
from desktop.gui.page import Destination, Page

if TYPE_CHECKING:
    from desktop.gui.paper_preview import FileChooser
    from desktop.gui.printer_port import PrinterPort
    from desktop.office.indicators import Indicators
    from desktop.rules.periods import Period

#: Between two days that are closed; whoever waits to write needs a moment to get in.
_BREATH_SECONDS = 0.05


class StatisticsPages:
    """``open_page`` shows a destination, ``open_dossier`` a dossier; ``devices`` are asked for when first needed."""

    def __init__(
        self,
        commands: Commands,
        jobs: Jobs,
        open_page: Callable[[str], Page],
        open_dossier: Callable[[str], None],
        devices: "Callable[[], tuple[PrinterPort, FileChooser]]",
    ) -> None:
        self._commands, self._jobs = commands, jobs
        self._open, self._open_dossier, self._devices = open_page, open_dossier, devices

    def destinations(self) -> list[Destination]:
        """The figures, and the documents made of them."""
        home = "statistics"
        return [
            Destination(home, "Thống kê", "chart-bar", "F7", self._make, note="Ctrl+← → đổi kỳ"),
            Destination("reports", "Báo cáo", "", "", self._make_reports, belongs_to=home, note="Esc về Thống kê"),
        ]

    def close_missed_days(self) -> None:
        """In the worker: whoever forgot to close a day, or whose machine died, has it closed at the next start.

        After a long absence there are hundreds: the clerk writes between two of them, and what is to be printed goes
        first. Those that are left when the program ends are closed at the start after it.
        """
        clerk, now = self._commands.clerk.short_name, self._commands.now()
        gave_way = Event()

        def step(job: Job) -> bool:
            if self._jobs.others_wait:
                gave_way.set()
            return not (gave_way.is_set() or job.pause(_BREATH_SECONDS))

        def work(job: Job) -> None:
            from desktop.office import closing

            with self._commands.book.session() as book:
                closing.close_missed(book, clerk=clerk, now=now, step=lambda _done, _all: step(job))

        def closed(_nothing: None) -> None:
            self._commands.announce(Changes(reports=True))
            if gave_way.is_set():
                self.close_missed_days()

        self._jobs.start("Đang chốt ngày còn thiếu", work, done=closed, failed=self._commands.refused.emit)

    def _make(self) -> Page:
        from desktop.gui.pages.statistics import StatisticsPage

        page = StatisticsPage(self._commands)
        page.dossier_wanted.connect(self._open_dossier)
        page.report_wanted.connect(self._report)
        page.indicators_wanted.connect(lambda period: self._count(period, page.show_indicators))
        return page

    def _count(self, period: "Period", show: "Callable[[Indicators], None]") -> None:
        """In the worker: kept files are read to see whether they still are what they were."""
        clerk, now = self._commands.clerk.short_name, self._commands.now()

        def work(_job: Job) -> "Indicators":
            from desktop.office import indicators

            with self._commands.book.session() as book:
                return indicators.seen(book, period.first, period.last, clerk=clerk, now=now)

        self._jobs.start("Đang tính chỉ tiêu khác", work, done=show, failed=self._commands.refused.emit)

    def _make_reports(self) -> Page:
        from desktop.gui.pages.reports import ReportsPage

        return ReportsPage(self._commands, self._jobs, *self._devices())

    def _report(self, period: "Period", cell: tuple[str | None, str], as_workbook: bool) -> None:
        page = self._open("reports")
        page.show_period(period, cell)  # type: ignore[attr-defined]
        if as_workbook:
            page.write_workbook()  # type: ignore[attr-defined]
