"""The card of the settings that brings a backup back: choose it, see what would be lost, then let it take the place.

Shows and asks only; the desk restores beside the register, and nothing is used before F12.
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from desktop.gui.backup_desk import BackupDesk, Restored
from desktop.gui.bring_back import WANTS_SECRET
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Problem
from desktop.gui.fields import FieldRow
from desktop.gui.file_opener import FileOpener
from desktop.gui.messages import of_problem
from desktop.gui.scrolling import bring_into_sight
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import line
from desktop.gui.wrapped_acts import WrappedActs


class RestoreCard(Card):
    """``started`` carries each job, so that the section shows its progress."""

    started = Signal(object)

    def __init__(self, desk: BackupDesk, opener: FileOpener, choose: QAction, use: QAction, drop: QAction) -> None:
        super().__init__("Khôi phục")
        self._desk, self._opener = desk, opener
        self._path: Path | None = None
        self._restored: Restored | None = None
        self._secret = FieldRow("restore_secret", "Câu mật khẩu", QLineEdit(), hint="hoặc mã khôi phục trên tờ đã in")
        self._told = line("", wrap=True)
        self.strip = MessageStrip()
        self._choose, self._use, self._drop = choose, use, drop
        self._buttons = ActButton(use, "check", kind="primary"), ActButton(drop, "close")
        self._lay_out()
        self._show(None)

    def _lay_out(self) -> None:
        words = "Bản sao lưu được mở vào một thư mục mới. Sổ đang dùng chỉ nhường chỗ khi bấm F12, và được giữ lại."
        for part in (self.strip, line(words, "note", wrap=True), self._secret, self._told):
            self.body.addWidget(part)
        self.body.addLayout(WrappedActs(ActButton(self._choose, "folder-open-outline"), *self._buttons))

    def choose(self) -> None:
        """Ask for the file, or with one that needs a secret try what was typed."""
        if self._path is not None and not self._secret.isHidden() and self._secret.value():
            self._begin(self._path)
        else:
            from desktop.office import backup_sticks

            start = backup_sticks.folder_in_sight(self._desk.home)
            self._opener.ask(self, "Chọn bản sao lưu", backup_sticks.ENDINGS, self._begin, start)

    def use(self) -> None:
        """Let what was restored take the register's place; the window closes for it."""
        if self._restored is None:
            self.strip.say("soon", "Chọn bản sao lưu trước, xem mất gì, rồi mới dùng.")
        else:
            self._desk.swap_wanted.emit(self._restored.folder)

    def drop(self) -> None:
        """Keep the register in use; what was restored goes away."""
        if self._restored is not None:
            self._desk.drop(self._restored)
        self._show(None)
        self._path = None
        self._secret.hide()
        self.strip.hush()

    def _begin(self, path: Path) -> None:
        if self._restored is not None:
            self.drop()
        self._path = path
        self.strip.say("accent", f"Đang mở {path.name} vào một thư mục mới…")
        self.started.emit(self._desk.restore(path, self._secret.value(), self._ready, self._refused))

    def _ready(self, restored: Restored | None) -> None:
        self.strip.hush()
        self._secret.set_value("")
        self._secret.hide()
        self._show(restored)
        bring_into_sight(self)

    def _refused(self, problem: Problem) -> None:
        asked = problem.code == "needs_passphrase"  # nothing was typed yet that could be wrong
        self.strip.say("accent" if asked else of_problem(problem).tone, problem.message)
        if problem.code in WANTS_SECRET:
            self._secret.show()
            self._secret.focus()

    def _show(self, restored: Restored | None) -> None:
        self._restored = restored
        self._told.setText("\n".join(restored.words) if restored else "")
        self._told.setVisible(restored is not None)
        for button in self._buttons:
            button.setVisible(restored is not None)
        if restored is None and self._path is None:
            self._secret.hide()
