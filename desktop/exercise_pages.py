"""The exercise "giấy hẹn đầu tiên": says the next step above the real pages and follows them by their signals.

On practice registers only. Nothing is acted for the clerk but the scan of a card of nobody, and while the exercise
goes on paper goes into a file, so that a counter without printer or scanner comes to a first receipt all the same.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from desktop import labels
from desktop.gui.coach_strip import CoachStrip
from desktop.gui.commands import Commands
from desktop.gui.main_window import MainWindow
from desktop.gui.printer_port import PrinterPort, PrinterSetup, PrintReport, Progress
from desktop.office import exercise as office
from desktop.office import help_texts
from desktop.rules import exercise
from desktop.rules.exercise import Step

if TYPE_CHECKING:
    from desktop.rules.citizen_id import CitizenCard

FOLDER, FILE = "bai-tap", "giay-hen.pdf"


class FirstReceipt(QObject):
    """``begin`` also goes on with an exercise that was left; ``take_card`` is the door by which scans come."""

    def __init__(self, commands: Commands, window: MainWindow, take_card: "Callable[[CitizenCard], None]") -> None:
        super().__init__(window)
        self._commands, self._window, self._take_card = commands, window, take_card
        self.active = False
        self._after: Step | None = None
        self._spent, self._since = timedelta(), commands.now()
        self._done = False
        self._scan = self._act("Quét thẻ mẫu", "Alt+Q", self._scan_sample)
        self._leave = self._act("Thôi bài tập", "Shift+Esc", self.leave)
        self.strip = CoachStrip(self._leave)
        window.put_above(self.strip)
        window.shown.connect(self._page_shown)

    def _act(self, words: str, keys: str, then: Callable[[], None]) -> QAction:
        action = QAction(words, self._window)
        action.setShortcut(keys)
        action.setEnabled(False)
        action.triggered.connect(lambda _checked=False: then())
        self._window.addAction(action)
        return action

    def begin(self) -> None:
        """Say the next step from now on; a live register refuses in one sentence."""
        refused: list[object] = []
        self._commands.ask(office.check, refused=refused.append)
        if refused:
            self._commands.refused.emit(refused[0])
            return
        if self._done:
            self._done, self._spent, self._after = False, timedelta(), None
        self.active, self._since = True, self._commands.now()
        self._leave.setEnabled(True)
        self._window.open("intake")

    def leave(self) -> None:
        """The way out at any step; what was typed stays, and so does the time that was spent."""
        if self.active and not self._done:
            self._spent += self._commands.now() - self._since
        self.active = False
        for act in (self._scan, self._leave):
            act.setEnabled(False)
        self.strip.hush()

    def follow_intake(self, page: Any) -> None:
        """Hear of the intake page's form and of what it registers."""
        page.looked.connect(self._look)
        page.registered.connect(lambda *_done: self._registered())

    def follow_submitted(self, page: Any) -> None:
        """Hear of the receipt's print, and of the file that stands in for one."""
        page.print_ended.connect(self._printed)
        page.preview.saved.connect(lambda _path: self._saved())

    def paper_of(self, printer: PrinterPort) -> PrinterPort:
        """``printer``, or a file while the exercise goes on."""
        return _ExercisePrinter(printer, self._commands.book.home / FOLDER, lambda: self.active)

    def _page_shown(self, key: str) -> None:
        if self._done and key != "submitted":
            self.leave()
        self._look()

    def _registered(self) -> None:
        if self.active and not self._done:
            self._after = Step.PRINT
            self._look()

    def _printed(self, accepted: bool) -> None:
        if self._after is Step.PRINT:
            if accepted:
                self._finish()
            else:
                self._after = Step.SAVE
                self._look()

    def _saved(self) -> None:
        if self._after is Step.SAVE:
            self._finish()

    def _finish(self) -> None:
        self._done = True
        if self.active:
            self._spent += self._commands.now() - self._since
            told = help_texts.exercise()["done"].format(time=_time_words(self._spent))
            self.strip.say(help_texts.plain(told), done=True)

    def _look(self) -> None:
        if not self.active or self._done:
            return
        step = self._step()
        self._scan.setEnabled(step is Step.SCAN)
        words = help_texts.plain(help_texts.exercise()["steps"][step])
        sentence = f"Bước {exercise.place(step)}/{exercise.LAST}. {words}"
        self.strip.say(sentence, act=self._scan if step is Step.SCAN else None)

    def _step(self) -> Step:
        if self._after is not None:
            return self._after
        if self._window.current_key != "intake":
            return Step.OPEN
        sheet = self._window.made("intake").sheet  # type: ignore[union-attr]
        return exercise.next_step(sheet.form(), sheet.procedure.procedure, sheet.marks.left)

    def _scan_sample(self) -> None:
        card = self._commands.ask(office.sample_card, today=self._commands.now().date())
        if card is not None:
            self._take_card(card)


class _ExercisePrinter:
    """Paper goes into a file in ``folder`` while ``instead()``; else to the real printer."""

    def __init__(self, printer: PrinterPort, folder: Path, instead: Callable[[], bool]) -> None:
        self._printer, self._folder, self._instead = printer, folder, instead

    def names(self) -> tuple[str, ...]:
        return self._printer.names()

    def send(self, data: bytes, setup: PrinterSetup, progress: Progress | None = None) -> PrintReport:
        if not self._instead():
            return self._printer.send(data, setup, progress)
        from desktop.gui.printing import FilePrinter

        with suppress(OSError):  # no place for the folder: the file's printer says so in its words
            self._folder.mkdir(exist_ok=True)
        return FilePrinter(self._folder / FILE, f"Tệp {FOLDER}/{FILE}").send(data, setup, progress)


def _time_words(spent: timedelta) -> str:
    minutes, seconds = divmod(int(spent.total_seconds()), 60)
    return f"{labels.count_words(minutes)} phút {seconds} giây" if minutes else f"{seconds} giây"
