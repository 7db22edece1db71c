"""Sao lưu: what is kept where and when it was last tried, the key of the backups, the sticks, and restoring.

The recovery sheet lives here only while the part is shown: whoever leaves without having it on paper makes another.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop import labels
from desktop.gui.backup_desk import BackupDesk
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands, Problem
from desktop.gui.facts import FactList
from desktop.gui.fields import FieldRow
from desktop.gui.file_opener import FileOpener
from desktop.gui.jobs import Job, Jobs
from desktop.gui.messages import Message, of_problem
from desktop.gui.progress_row import ProgressRow
from desktop.gui.scrolling import bring_into_sight
from desktop.gui.secret_sheet import Devices, SecretSheet
from desktop.gui.settings_restore import RestoreCard
from desktop.gui.settings_section import Section, act_row
from desktop.gui.texts import line

_LABEL = 150
_OPEN = "Chưa đặt câu mật khẩu: bản trên máy này không khóa (như chính sổ), và không bản nào được chép ra USB."
_PRACTICE = "Sổ tập huấn: bản sao lưu không cần khóa; đặt thử cũng được."
_RENEW = (
    "Tờ khôi phục rách, mờ: lập tờ mới; bản sao lưu cũ vẫn mở bằng mã cũ. Tờ có thể đã vào tay người khác: đặt câu mật "
    "khẩu mới."
)
_SEALED = "Mọi bản sao lưu đều có khóa. Mở bằng câu mật khẩu, hoặc bằng mã trên tờ khôi phục đã in."


class BackupSection(Section):
    """Every act has a key; what takes long shows its progress and can be stopped."""

    def __init__(self, commands: Commands, desk: BackupDesk, jobs: Jobs, devices: Devices, opener: FileOpener) -> None:
        super().__init__(commands)
        self._desk, self._opener = desk, opener
        self._facts, self._key_words = FactList(label_width=_LABEL), line("", "note", wrap=True)
        self._passphrase = FieldRow("passphrase", "Câu mật khẩu mới", label_width=_LABEL, hint="một câu vài chữ dễ nhớ")
        self._again = FieldRow("passphrase_again", "Gõ lại lần nữa", label_width=_LABEL)
        self._stick = FieldRow("stick_name", "Tên USB", label_width=_LABEL, hint="ví dụ USB đỏ của Văn phòng")
        self._secret = FieldRow(
            "old_secret", "Câu hoặc mã cũ", label_width=_LABEL, hint="câu mật khẩu, hoặc mã trên tờ cũ"
        )
        self._sheet = SecretSheet(commands, devices, self.act, jobs)
        self._sheet.told.connect(self.strip.say)
        self._restore = RestoreCard(
            desk,
            opener,
            self.act("Chọn bản sao lưu…", "Alt+R", self._bring_back),
            self.act("Dùng sổ đã khôi phục", "F12", lambda: self._restore.use()),
            self.act("Bỏ, giữ sổ đang dùng", "Alt+X", lambda: self._restore.drop()),
        )
        self._restore.started.connect(self._follow)
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
        self._set = self.act("Đặt câu mật khẩu, lập tờ khôi phục", "Alt+K", self._set_key)
        self._renew = self.act("Lập tờ khôi phục mới", "Alt+M", self._make_sheet)
        self._renew_words = line(_RENEW, "note", wrap=True)
        for part in (self._key_words, self._passphrase, self._again):
            card.body.addWidget(part)
        card.body.addLayout(act_row(ActButton(self._set, "key-variant")))
        self._renew_button = ActButton(self._renew, "file-document-outline")
        for part in (self._renew_words, self._secret):
            card.body.addWidget(part)
        card.body.addLayout(act_row(self._renew_button))
        card.body.addWidget(self._sheet)
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
        return not self._sheet.isHidden() and not self._sheet.out

    def refresh(self) -> None:
        now, told = self.commands.now(), self._desk.standing
        self._key_words.setText(_SEALED if told.has_key else _PRACTICE if self.commands.practice else _OPEN)
        for part in (self._renew_words, self._secret, self._renew_button):
            part.setVisible(told.has_key)
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
        from desktop.office import backup_locks

        self._lock(backup_locks.set_key, self._passphrase, self._again)

    def _make_sheet(self) -> None:
        from desktop.office import backup_locks

        if not self._desk.standing.has_key:
            self.strip.say("soon", "Chưa có khóa: gõ câu mật khẩu mới hai lần, rồi Alt+K.")
            self._passphrase.focus()
        elif self._secret.value():
            self._lock(backup_locks.new_code, self._secret)
        else:
            self.strip.say("soon", "Gõ câu mật khẩu, hoặc mã trên tờ khôi phục cũ.")
            self._secret.focus()

    def _lock(self, act: Callable[..., str], *typed: FieldRow) -> None:
        """Let ``act`` make a code from what was typed first; its sheet stands ready to be printed."""

        def made(sheet: bytes) -> None:
            self._end_locking()
            for row in typed:
                row.set_value("")
            self._show_sheet(sheet)

        def refused(problem: Problem) -> None:
            self._end_locking()
            self._fail(problem)
            typed[0].focus()

        for one in (self._set, self._renew):
            one.setEnabled(False)
        self.strip.say("accent", "Đang lập mã khôi phục…")
        self._desk.lock(act, typed[0].value(), made, refused)

    def _end_locking(self) -> None:
        for one in (self._set, self._renew):
            one.setEnabled(True)

    def _show_sheet(self, sheet: bytes) -> None:
        if not self.isVisible():  # whoever was here has left, and the code goes with him
            self.strip.say("late", "Đã lập mã nhưng chưa in: lập tờ khôi phục mới (Alt+M).")
            return
        self._sheet.show_sheet(sheet, "to-khoi-phuc.pdf", "Bỏ phong bì, cất xa máy này và xa USB.")
        self._sheet.first.setFocus()  # before anything else: the code is nowhere but here
        bring_into_sight(self._sheet)
        self.strip.say("soon", "In tờ khôi phục ngay: rời phần này là mã không còn ở đâu nữa.")

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
            self._sheet.forget()


def _copied(absent: tuple[str, ...]) -> Message:
    """Which labelled sticks have no copy of this time: a backup on the machine alone goes when the machine does."""
    if not absent:
        return Message("ok", "Đã sao lưu và đọc lại.")
    sticks = ", ".join(f"USB {name}" for name in absent)
    return Message("soon", f"Đã sao lưu trên máy này và đọc lại. {sticks} chưa cắm, chưa chép.")


def _when(at: datetime | None, now: datetime, more: str) -> str:
    ahead = ", sau giờ của máy" if at and at > now else ""
    return f"{labels.when_words(at, now)}{ahead}{more}" if at else "chưa có"
