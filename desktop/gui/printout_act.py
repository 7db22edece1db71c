"""The act of the printing page: one button that says what F12 does now, and the progress of what runs.

Says and shows only; the page decides.
"""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.paper_preview import PaperPreview
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import line


class PrintoutAct(Card):
    """Strip, progress with the way to stop it, the button; the preview's acts where the preview has no place."""

    def __init__(self, go: QAction, stop: QAction, preview: PaperPreview) -> None:
        super().__init__()
        self._go = go
        self.strip = MessageStrip()
        self._words = line("", "note")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Tiến độ")
        self.button = ActButton(go, "file-eye-outline", kind="primary", tall=True)
        self._progress = QWidget()
        self._paper_acts = QWidget()
        self._lay_out(stop, preview)
        self.show_work(False)

    def _lay_out(self, stop: QAction, preview: PaperPreview) -> None:
        running = QHBoxLayout(self._progress)
        told = QVBoxLayout()
        told.setSpacing(3)
        told.addWidget(self._words)
        told.addWidget(self._bar)
        running.addLayout(told, 1)
        running.addWidget(ActButton(stop, "stop-circle-outline"))
        paper_acts = QHBoxLayout(self._paper_acts)
        paper_acts.addWidget(ActButton(preview.enlarge, "magnify-plus-outline"))
        paper_acts.addWidget(ActButton(preview.save, "file-pdf-box"))
        for row in (running, paper_acts):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
        for part in (self.strip, self._progress, self.button, self._paper_acts):
            self.body.addWidget(part)

    def offer(self, words: str, icon: str) -> None:
        """What F12 does next."""
        self._go.setText(words)
        self.button.show_icon(icon)

    def show_work(self, running: bool) -> None:
        """Something runs, or nothing does."""
        self._progress.setVisible(running)
        self.button.set_ready(not running)

    def show_progress(self, doing: str, done: int, total: int, unit: str) -> None:
        """``done`` of ``total``; a total of 0 says that the register is still being read."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        told = f"{labels.count_words(done)}/{labels.count_words(total)} {unit}" if total else "đang đọc sổ"
        self._words.setText(f"{doing}: {told}")

    def say_stopping(self) -> None:
        """The work was asked to stop and has not yet."""
        self._words.setText("Đang dừng…")

    def show_paper_acts(self, shown: bool) -> None:
        """The preview's own acts stand here while it is not seen."""
        self._paper_acts.setVisible(shown)
