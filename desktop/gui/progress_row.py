"""How far a part's work is, with the act that stops it; out of sight while nothing runs."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from desktop.gui.buttons import ActButton
from desktop.gui.jobs import Job
from desktop.gui.settings_section import Section


class ProgressRow(QWidget):
    """Follows one job of its section at a time."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self._job: Job | None = None
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Tiến độ")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._bar, 1)
        row.addWidget(ActButton(section.act("Dừng", "Alt+D", self._stop), "stop-circle-outline"))
        self.hide()

    @property
    def is_following(self) -> bool:
        """Whether something runs."""
        return self._job is not None

    def follow(self, job: Job) -> None:
        """Show how far ``job`` is until :meth:`end`."""
        self._job = job
        self._bar.setRange(0, 0)
        job.progressed.connect(self._show)
        self.show()

    def end(self) -> bool:
        """The work is over; whether it had been asked to stop."""
        was_stopped = self._job is not None and self._job.cancelled
        self._job = None
        self.hide()
        return was_stopped

    def _show(self, done: int, total: int) -> None:
        if done:  # before the first step it is busy, not empty
            self._bar.setRange(0, total)
            self._bar.setValue(done)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
