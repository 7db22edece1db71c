"""The page of figures joined with the register's days: missed days close themselves, reports are made by the worker.

Built by ``program`` beside the window; makes the page when it is first shown.
"""

from collections.abc import Callable

from desktop.changes import Changes
from desktop.gui.commands import Commands
from desktop.gui.jobs import Job, Jobs
from desktop.gui.page import Destination, Page


class StatisticsPages:
    """``open_dossier`` shows what stands behind a figure."""

    def __init__(self, commands: Commands, jobs: Jobs, open_dossier: Callable[[str], None]) -> None:
        self._commands, self._jobs, self._open_dossier = commands, jobs, open_dossier

    def destination(self) -> Destination:
        return Destination("statistics", "Thống kê", "chart-bar", "F7", self._make, note="Ctrl+← → đổi kỳ")

    def close_missed_days(self) -> None:
        """In the worker: whoever forgot to close a day, or whose machine died, has it closed at the next start."""
        clerk, now = self._commands.clerk.short_name, self._commands.now()

        def work(_job: Job) -> int:
            from desktop.office import closing

            with self._commands.book.session() as book:
                return len(closing.close_missed(book, clerk=clerk, now=now))

        def closed(number: int) -> None:
            if number:
                self._commands.announce(Changes(reports=True))

        self._jobs.start("Đang chốt ngày còn thiếu", work, done=closed, failed=self._commands.refused.emit)

    def _make(self) -> Page:
        from desktop.gui.pages.statistics import StatisticsPage

        page = StatisticsPage(self._commands)
        page.dossier_wanted.connect(self._open_dossier)
        return page
