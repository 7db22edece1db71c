"""Nhật ký truy cập: who looked at whose data in some days, of one person or one dossier, to read and to take along.

Read when it is asked for, since it may be long; only those who answer for the data may (``office.access_log``).
"""

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from desktop import labels
from desktop.gui.buttons import ActButton, Choice
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands, Problem
from desktop.gui.dates import typed_date
from desktop.gui.fields import FieldRow
from desktop.gui.jobs import Job, Jobs
from desktop.gui.messages import of_problem
from desktop.gui.paper_preview import FileChooser
from desktop.gui.settings_section import Section, act_row
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.office import access_log, people
from desktop.office.access_log import Exported, Look

_DAYS = timedelta(days=6)
#: What an eye can go through; all of it is in the file.
_SHOWN = 2000
_EVERYBODY = "Mọi người"


class AccessSection(Section):
    """Fields above, the lines below, newest first; the file that is written is itself a line of the log."""

    def __init__(self, commands: Commands, jobs: Jobs, chooser: FileChooser) -> None:
        super().__init__(commands)
        self._jobs, self._chooser = jobs, chooser
        self._names: dict[str, str] = {}
        self._from = FieldRow("access_from", "Từ ngày", hint="23/11/2026", label_width=70)
        self._to = FieldRow("access_to", "Đến ngày", hint="23/11/2026", label_width=70)
        self._person = FieldRow("access_person", "Người", Choice(), label_width=70)
        self._dossier = FieldRow("access_dossier", "Hồ sơ", hint="mọi hồ sơ", label_width=70)
        self.table = RecordTable(RecordTableModel(self._columns()), "Nhật ký truy cập")
        self.table.setMinimumHeight(260)
        self._count = line("", "note", wrap=True)
        self.first = self._from.editor
        self._lay_out()

    def _columns(self) -> list[Column]:
        return [
            Column("Lúc", lambda look: f"{look.at:%d/%m/%Y}", 104, note=lambda look: f"{look.at:%H:%M:%S}"),
            Column("Ai", lambda look: self._names.get(look.clerk, look.clerk), 150, note=lambda look: look.clerk),
            Column("Việc", _about, note=_why, strong=True),
        ]

    def _lay_out(self) -> None:
        asked = Card("Xem của những ngày nào, của ai")
        for pair in ((self._from, self._to), (self._person, self._dossier)):
            row = QHBoxLayout()
            row.setSpacing(12)
            for field in pair:
                row.addWidget(field, 1)
            asked.body.addLayout(row)
        read = ActButton(self.act("Xem", "F12", self._read), "magnify", kind="primary")
        save = ActButton(self.act("Xuất ra tệp", "Alt+E", self._ask_where), "microsoft-excel")
        asked.body.addLayout(act_row(read, save))
        lines = Card("Ai xem, tìm, in, xuất dữ liệu", flush=True)
        lines.body.addWidget(self.table, 1)
        lines.body.addWidget(Rule())
        self._count.setContentsMargins(12, 8, 12, 8)
        lines.body.addWidget(self._count)
        self.column.addWidget(self.strip)
        self.column.addWidget(asked)
        self.column.addWidget(lines, 1)

    def refresh(self) -> None:
        """The people as they are now, and the week up to today where nothing was typed yet."""
        known = self.commands.ask(people.everyone) or ()
        self._names = {one.short_name: one.full_name for one in known}
        choice = self._person.editor
        assert isinstance(choice, Choice)
        before = choice.currentData()
        choice.clear()
        choice.addItem(_EVERYBODY, "")
        for one in known:
            choice.addItem(one.full_name, one.short_name)
        choice.setCurrentIndex(max(choice.findData(before), 0))
        today = self.commands.now().date()
        if not self._from.value():
            self._from.set_value(f"{today - _DAYS:%d/%m/%Y}", filled=True)
            self._to.set_value(f"{today:%d/%m/%Y}", filled=True)
        self._read()

    def _asked(self) -> tuple[date, date] | None:
        days = [typed_date(row.value()) for row in (self._from, self._to)]
        for row, on in zip((self._from, self._to), days, strict=True):
            row.show_problem("" if on else "Ghi ngày như 24/11/2026.")
        first, last = days
        if first and last and last < first:
            self._to.show_problem("Ngày cuối phải từ ngày đầu trở đi.")
            return None
        return (first, last) if first and last else None

    def _only(self) -> dict[str, str]:
        choice = self._person.editor
        assert isinstance(choice, Choice)
        return {"person": choice.currentData() or "", "dossier": self._dossier.value().strip()}

    def _read(self) -> None:
        days = self._asked()
        if days is None:
            return
        self.strip.hush()
        who, now = self.commands.clerk.short_name, self.commands.now()
        facts: dict[str, Any] = {**self._only(), "clerk": who, "now": now}
        found = self.commands.ask(access_log.read, *days, refused=self._refuse, limit=_SHOWN, **facts) or ()
        total = (self.commands.ask(access_log.count, *days, refused=self._refuse, **facts) or 0) if found else 0
        self._show(found, total)

    def _show(self, found: tuple[Look, ...], total: int) -> None:
        self.table.show_rows(found)
        words = f"{labels.count_words(total)} dòng, mới nhất trước."
        if total > len(found):
            words = f"{words} Đang hiện {labels.count_words(_SHOWN)} dòng đầu; xuất ra tệp để đọc hết."
        empty = "Không có lượt nào. Mỗi lần mở hồ sơ, tìm người, hiện số định danh, in, xuất đều ghi ở đây."
        self._count.setText(words if found else empty)

    def _ask_where(self) -> None:
        days = self._asked()
        if days is not None:
            self._chooser.choose(self, f"nhat-ky-truy-cap-{days[0]:%Y%m%d}-{days[1]:%Y%m%d}.xlsx", self._write)

    def _write(self, path: Path) -> None:
        days = self._asked()
        if days is None:
            return
        from desktop.office import opening

        book, facts = self.commands.book, self._only()
        facts |= {"clerk": self.commands.clerk.short_name}
        now = self.commands.now()

        def work(_job: Job) -> Exported:
            return opening.in_session(book, access_log.export, path, *days, now=now, **facts)

        self.strip.say("idle", "Đang ghi nhật ký ra tệp.")
        self._jobs.start("Đang ghi nhật ký ra tệp", work, done=partial(self._written, path), failed=self._refuse)

    def _written(self, path: Path, made: Exported) -> None:
        self._read()
        self.strip.say("ok", f"Đã ghi {labels.count_words(made.rows)} dòng vào {path.name}. Việc xuất cũng đã ghi.")

    def _refuse(self, problem: Problem) -> None:
        self.strip.say(*of_problem(problem))


def _about(look: Look) -> str:
    words = labels.EVENT_WORDS[look.kind]
    return f"{words}: {look.about}" if look.about else words


def _why(look: Look) -> str:
    return look.why
