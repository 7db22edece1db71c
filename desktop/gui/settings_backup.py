"""Sao lưu: what is kept where and when it was last tried, the key of the backups, the sticks, and restoring.

The recovery sheet lives here only while the part is shown: whoever leaves without having it on paper makes another.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop import labels
from desktop.errors import EnvironmentProblem
from desktop.gui import printer_choice
from desktop.gui.backup_desk import BackupDesk
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands, Problem
from desktop.gui.facts import FactList
from desktop.gui.fields import FieldRow
from desktop.gui.file_opener import FileOpener
from desktop.gui.jobs import Job
from desktop.gui.messages import Message, of_problem
from desktop.gui.paper_preview import FileChooser
from desktop.gui.printer_port import PrinterPort
from desktop.gui.progress_row import ProgressRow
from desktop.gui.scrolling import bring_into_sight
from desktop.gui.settings_restore import RestoreCard
from desktop.gui.settings_section import Section, act_row
from desktop.gui.texts import line

_LABEL = 150
_OPEN = "Chưa đặt câu mật khẩu: bản trên máy này không khóa (như chính sổ), và không bản nào được chép ra USB."
_PRACTICE = "Sổ tập huấn: bản sao lưu không cần khóa; đặt thử cũng được."
_SEALED = "Mọi bản sao lưu đều có khóa. Mở bằng câu mật khẩu, hoặc bằng mã trên tờ khôi phục đã in."


class BackupSection(Section):
    """Every act has a key; what takes long shows its progress and can be stopped."""

    def __init__(
        self, commands: Commands, desk: BackupDesk, printer: PrinterPort, chooser: FileChooser, opener: FileOpener
    ) -> None:
        super().__init__(commands)
        self._desk, self._printer, self._chooser, self._opener = desk, printer, chooser, opener
        self._sheet = b""
        self._is_on_paper = False
        self._facts, self._key_words = FactList(label_width=_LABEL), line("", "note", wrap=True)
        self._passphrase = FieldRow("passphrase", "Câu mật khẩu mới", label_width=_LABEL, hint="một câu vài chữ dễ nhớ")
        self._again = FieldRow("passphrase_again", "Gõ lại lần nữa", label_width=_LABEL)
        self._stick = FieldRow("stick_name", "Tên USB", label_width=_LABEL, hint="ví dụ USB đỏ của Văn phòng")
        self._sheet_acts = QWidget()
        self._restore = RestoreCard(
            desk,
            opener,
            self.act("Chọn bản sao lưu…", "Alt+R", self._bring_back),
            self.act("Dùng sổ đã khôi phục", "F12", lambda: self._restore.use()),
            self.act("Bỏ, giữ sổ đang dùng", "Alt+X", lambda: self._restore.drop()),
        )
        self._lay_out()
        desk.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        kept = Card("Các bản sao lưu")
        now = ActButton(self.act("Sao lưu ngay", "Alt+L", self._back_up), "content-save-all-outline")
        tried = ActButton(self.act("Thử mở lại", "Alt+T", self._try), "backup-restore")
        self.first = now
        kept.body.addWidget(self._facts)
        kept.body.addLayout(act_row(now, tried))
        self._progress = ProgressRow(self)
        kept.body.addWidget(self._progress)
        self.column.addWidget(self.strip)
        for card in (kept, self._key_card(), self._stick_card(), self._restore):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def _key_card(self) -> Card:
        card = Card("Khóa của bản sao lưu")
        set_key = ActButton(self.act("Đặt câu mật khẩu, lập tờ khôi phục", "Alt+K", self._set_key), "key-variant")
        for part in (self._key_words, self._passphrase, self._again):
            card.body.addWidget(part)
        card.body.addLayout(act_row(set_key))
        in_print = self.act("In tờ khôi phục", "Alt+I", self._print_sheet)
        self._print = ActButton(in_print, "printer-outline", kind="primary")
        row = act_row(
            self._print,
            ActButton(self.act("Lưu tờ khôi phục", "Alt+S", self._save_sheet), "file-pdf-box"),
        )
        row.setContentsMargins(0, 0, 0, 0)
        self._sheet_acts.setLayout(row)
        card.body.addWidget(self._sheet_acts)
        self._sheet_acts.hide()
        return card

    def _stick_card(self) -> Card:
        card = Card("USB sao lưu")
        words = "USB được đánh dấu một lần; từ đó cắm vào là tự nhận bản mới nhất. Mỗi tuần cắm ít nhất một lần."
        card.body.addWidget(line(words, "note", wrap=True))
        card.body.addWidget(self._stick)
        card.body.addLayout(act_row(ActButton(self.act("Chọn USB…", "Alt+U", self._label_stick), "usb-flash-drive")))
        return card

    def begin_with_key(self) -> None:
        """The work begins where the passphrase is set: a new register has no other before it."""
        self.first = self._passphrase.editor

    @property
    def has_unprinted_sheet(self) -> bool:
        """Whether leaving now would lose the recovery code."""
        return bool(self._sheet) and not self._is_on_paper

    def refresh(self) -> None:
        now, told = self.commands.now(), self._desk.standing
        self._key_words.setText(_SEALED if told.has_key else _PRACTICE if self.commands.practice else _OPEN)
        self._facts.show_facts(
            [
                ("Trên máy này", _when(told.made_at, now, ", có khóa" if told.sealed else ", không khóa")),
                ("Thử mở lại", told.fault or _when(told.drilled_at, now, ", mở được và đủ")),
                *((f"USB {stick.name}", _when(stick.made_at, now, "")) for stick in told.sticks),
            ]
        )

    def _back_up(self) -> None:
        self._follow(self._desk.back_up(self._fail), _copied)

    def _try(self) -> None:
        self._follow(self._desk.try_now(self._fail))

    def _bring_back(self) -> None:
        self.strip.hush()  # what an act before this one came to
        self._restore.choose()
        if self._restore.job is not None:
            self._follow(self._restore.job)

    def _follow(self, job: Job, said: Callable[[Any], Message] | None = None) -> None:
        """Show how far it is; ``said`` makes a sentence of what the job answers."""
        self._progress.follow(job)
        job.done.connect(lambda answer: self._end(said, answer))
        job.failed.connect(lambda _: self._end())

    def _end(self, said: Callable[[Any], Message] | None = None, answer: Any = None) -> None:
        if self._progress.end():
            self.strip.say("idle", "Đã dừng; không có gì dở dang.")
        elif said is not None:
            self.strip.say(*said(answer))

    def _fail(self, problem: Problem) -> None:
        self.strip.say(*of_problem(problem))

    def _set_key(self) -> None:
        if self._passphrase.value() != self._again.value():
            self.strip.say("late", "Hai lần gõ khác nhau; hãy gõ lại cả hai.")
            self._again.focus()
            return
        from desktop.office import backup_locks, recovery

        code = self.commands.do(backup_locks.set_key, self._passphrase.value(), refused=self._fail)
        if code is None:
            return
        self._is_on_paper = False
        self._sheet = self.commands.ask(recovery.sheet, code, now=self.commands.now(), refused=self._fail) or b""
        for row in (self._passphrase, self._again):
            row.set_value("")
        self._sheet_acts.setVisible(bool(self._sheet))
        self._desk.read_again()
        if self._sheet:
            self._print.setFocus()  # before anything else: the code is nowhere but here
            bring_into_sight(self._print)
            self.strip.say("soon", "Đã đặt. In tờ khôi phục ngay: rời phần này là mã không còn ở đâu nữa.")

    def _print_sheet(self) -> None:
        if self._sheet:
            report = self._printer.send(self._sheet, printer_choice.chosen(self.commands))
            self._is_on_paper = self._is_on_paper or not report.trouble
            words = report.trouble or "Đã in tờ khôi phục. Bỏ phong bì, cất xa máy này."
            self.strip.say("late" if report.trouble else "ok", words)

    def _save_sheet(self) -> None:
        if self._sheet:
            self._chooser.choose(self, "to-khoi-phuc.pdf", self._write_sheet)

    def _write_sheet(self, path: Path) -> None:
        from desktop.whole_files import hand_out

        try:
            hand_out(path, self._sheet)
        except EnvironmentProblem as problem:
            self._fail(problem)
            return
        self._is_on_paper = True
        self.strip.say("ok", f"Đã lưu {path.name}. In rồi xóa tệp: ai có tệp này mở được mọi bản sao lưu.")

    def _label_stick(self) -> None:
        self._opener.ask_folder(self, "Chọn USB", None, self._label)

    def _label(self, root: Path) -> None:
        from desktop.office import backup_sticks

        said = "Đã đánh dấu USB. Bấm Sao lưu ngay để chép bản mới nhất sang."
        if self.change(backup_sticks.label, root, self._stick.value(), said=said):
            self._stick.set_value("")
            self._desk.read_again()

    def hideEvent(self, event) -> None:
        """The code leaves with the eye."""
        super().hideEvent(event)
        if not self.window().isMinimized():
            self._sheet = b""
            self._sheet_acts.hide()


def _copied(absent: tuple[str, ...]) -> Message:
    """Which labelled sticks have no copy of this time: a backup on the machine alone goes when the machine does."""
    if not absent:
        return Message("ok", "Đã sao lưu và đọc lại.")
    sticks = ", ".join(f"USB {name}" for name in absent)
    return Message("soon", f"Đã sao lưu trên máy này và đọc lại. {sticks} chưa cắm, chưa chép.")


def _when(at: datetime | None, now: datetime, more: str) -> str:
    ahead = ", sau giờ của máy" if at and at > now else ""
    return f"{labels.when_words(at, now)}{ahead}{more}" if at else "chưa có"
