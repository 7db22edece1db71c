"""SecretSheet: a paper with a code or a first password that exists for this one moment, to be printed or saved now.

Keeps the page only while it is shown: whoever leaves without it makes another. A printer that does not answer keeps
nobody waiting.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import EnvironmentProblem
from desktop.gui import printer_choice
from desktop.gui.buttons import ActButton
from desktop.gui.commands import Commands
from desktop.gui.jobs import Jobs
from desktop.gui.messages import of_problem
from desktop.gui.paper_preview import FileChooser
from desktop.gui.printer_port import PrinterPort, PrintReport
from desktop.gui.settings_section import act_row
from desktop.gui.texts import line

Devices = Callable[[], tuple[PrinterPort, FileChooser]]
MakeAct = Callable[[str, str, Callable[[], object]], QAction]


class SecretSheet(QWidget):
    """``told`` carries tone and sentence of what became of the paper; ``out`` is whether it left the program."""

    told = Signal(str, str)

    def __init__(self, commands: Commands, devices: Devices, act: MakeAct, jobs: Jobs) -> None:
        super().__init__()
        self._commands, self._devices, self._jobs = commands, devices, jobs
        self._data, self._name = b"", ""
        self.out = self._sending = False
        self._words, self._secret = line("", wrap=True), line("", "date", name="secret")
        self._print_act = act("In tờ này", "Alt+I", self._print)
        self._save_act = act("Lưu tờ này", "Alt+S", self._save)
        self.first = ActButton(self._print_act, "printer-outline", kind="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addWidget(self._secret)
        column.addLayout(act_row(self.first, ActButton(self._save_act, "file-pdf-box")))
        self.forget()

    def show_sheet(self, data: bytes, name: str, words: str, secret: str = "") -> None:
        """Offer the page (PDF) as a file called ``name``; ``secret`` is shown beside it to be read out."""
        self._data, self._name, self.out = data, name, False
        self._words.setText(words)
        self._secret.setText(secret)
        self._secret.setVisible(bool(secret))
        for act in (self._print_act, self._save_act):
            act.setEnabled(bool(data))
        self.setVisible(True)

    def forget(self) -> None:
        """The page is nowhere any more."""
        self._data = b""
        self._words.clear()
        self._secret.clear()
        for act in (self._print_act, self._save_act):
            act.setEnabled(False)
        self.setVisible(False)

    def _print(self) -> None:
        printer, data, setup = self._devices()[0], self._data, printer_choice.chosen(self._commands)
        if self._sending:
            return
        self._sending = True
        self.told.emit("accent", "Đang gửi tới máy in…")
        self._jobs.start(
            "Đang gửi giấy tới máy in",
            lambda _job: printer.send(data, setup),
            done=lambda report: self._printed(data, report),
        )

    def _printed(self, data: bytes, report: PrintReport) -> None:
        self._sending = False
        if data is self._data:
            self.out = self.out or report.accepted
        if report.trouble:
            self.told.emit("late", f"Chưa in được: {report.trouble}. Thử lại, hoặc lưu tệp rồi in ở máy khác.")
        else:
            self.told.emit("ok", "Đã gửi in. Lấy tờ giấy ra khỏi máy in ngay.")

    def _save(self) -> None:
        self._devices()[1].choose(self, self._name, self._write)

    def _write(self, path: Path) -> None:
        from desktop.whole_files import hand_out

        try:
            hand_out(path, self._data)
        except EnvironmentProblem as problem:
            self.told.emit(*of_problem(problem))
            return
        self.out = True
        self.told.emit("ok", f"Đã lưu {path.name}. In rồi xóa tệp: ai có tệp này dùng được mã trong đó.")
