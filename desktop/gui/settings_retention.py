"""Thời hạn lưu: what is kept beside the register, for how long and why; destroying what is over its time.

F12 is pressed twice: the first time it says what would go. The work runs in the worker, for files are read for their
hashes first.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands, Problem
from desktop.gui.fields import FieldRow
from desktop.gui.jobs import Job, Jobs
from desktop.gui.messages import of_problem
from desktop.gui.progress_row import ProgressRow
from desktop.gui.settings_section import Section, act_row
from desktop.gui.short_table import ShortTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.office import retention
from desktop.office.filing import Paper
from desktop.office.retention import Destroyed, Due
from desktop.rules.retention import RULES, Kind

_ROWS = len(Kind)


class RetentionSection(Section):
    """The kinds in a list; months, reason and act below it are those of the selected one."""

    def __init__(self, commands: Commands, jobs: Jobs) -> None:
        super().__init__(commands)
        self._jobs = jobs
        self._asked: Kind | None = None
        self.table = ShortTable(RecordTableModel(_COLUMNS), "Các loại và thời hạn lưu")
        self._months = FieldRow("months", "Giữ (tháng)", label_width=100)
        self._reason = FieldRow("reason", "Lý do hủy", label_width=100, hint="hết thời hạn lưu theo quy định")
        self._basis = line("", "note", wrap=True)
        self.first = self.table
        self.table.chosen.connect(self._choose)
        self._reason.edited.connect(lambda _text: self._calm())
        self._lay_out()

    def _lay_out(self) -> None:
        kept = Card("Mỗi loại giữ bao lâu", flush=True)
        kept.body.addWidget(self.table)
        one = Card("Loại đang chọn")
        keep = ActButton(self.act("Đặt số tháng", "Alt+L", self._keep), "calendar-clock")
        go = self.act("Hủy những gì đã quá hạn", "F12", self._destroy)
        self._go = ActButton(go, "delete-outline", kind="primary")
        one.body.addWidget(self._basis)
        one.body.addWidget(self._months)
        one.body.addLayout(act_row(keep))
        one.body.addWidget(self._reason)
        one.body.addLayout(act_row(self._go))
        self._progress = ProgressRow(self)
        one.body.addWidget(self._progress)
        words = (
            "Chuỗi sự kiện, nội dung giấy đã phát và tệp kèm hồ sơ là tài liệu lưu trữ: không có ở đây, không bị hủy."
        )
        one.body.addWidget(line(words, "note", wrap=True))
        for part in (self.strip, kept, one):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Look again, in the worker, at what is over its time: years of papers are many files, and a long protocol."""
        counting = partial(retention.due, now=self.commands.now())
        self._ask("Đang đếm những gì quá thời hạn lưu", counting, self._show_due)
        self._ask("Đang xem biên bản hủy", retention.missing_protocols, self._tell_drawn)

    def _ask(self, words: str, question: Callable[..., Any], tell: Callable[[Any], None]) -> None:
        from desktop.office import opening

        book = self.commands.book
        self._jobs.start(words, lambda _job: opening.in_session(book, question), done=tell, failed=self._say)

    def _show_due(self, found: tuple[Due, ...]) -> None:
        """The selected kind stays selected, and what is asked about it."""
        asked = self._asked
        self.table.show_rows(found)
        self.table.fit(_ROWS)
        if self.table.current is None:
            self.table.select_row(0)
        if asked is None:
            self._choose(self.table.current)

    def _say(self, problem: Problem) -> None:
        self.strip.say(*of_problem(problem))

    def _tell_drawn(self, papers: tuple[Paper, ...]) -> None:
        """A protocol that a power cut prevented is told once it is there."""
        if papers:
            names = ", ".join(paper.path.name for paper in papers)
            self.strip.say("soon", f"Đã lập lại biên bản chưa có tệp: {names} trong thư mục giấy tờ. In, hai người ký.")

    def _choose(self, one: Due | None) -> None:
        self._calm()
        self._go.set_ready(one is not None and bool(one.count))
        if one is not None:
            self._months.set_value(str(one.months))
            self._basis.setText(f"{RULES[one.kind].words}. Căn cứ: {RULES[one.kind].basis}.")

    def _calm(self) -> None:
        """What was about to be destroyed is no longer asked for."""
        if self._asked is not None:
            self._asked = None
            self.strip.hush()

    def _keep(self) -> None:
        one: Due | None = self.table.current
        typed = self._months.value().strip()
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else -1
        if one is not None and self.change(retention.set_months, one.kind, number, said=_kept_words(one, number)):
            self.refresh()

    def _destroy(self) -> None:
        one: Due | None = self.table.current
        if one is None or self._progress.is_following:
            return
        if not one.count:
            self.strip.say("idle", f"{RULES[one.kind].words}: không có gì quá thời hạn lưu.")
        elif not self._reason.value().strip():
            self.strip.say("soon", "Ghi lý do hủy trước; lý do in trên biên bản.")
            self._reason.focus()
        elif self._asked is not one.kind:
            self._asked = one.kind
            many = labels.count_words(one.count)
            self.strip.say(
                "soon", f"Sẽ hủy {many} mục của “{RULES[one.kind].words}”, không lấy lại được. Bấm F12 lần nữa."
            )
        else:
            self._begin(one.kind)

    def _begin(self, kind: Kind) -> None:
        from desktop.office import opening

        book, who, now = self.commands.book, self.commands.clerk.short_name, self.commands.now()
        reason = self._reason.value()

        def work(job: Job) -> Destroyed | None:
            facts = {"reason": reason, "clerk": who, "now": now, "progress": job.goes_on}
            return opening.in_session(book, retention.destroy, [kind], **facts)

        self._calm()
        self._progress.follow(self._jobs.start("Đang hủy dữ liệu hết hạn", work, done=self._done, failed=self._fail))

    def _done(self, done: Destroyed | None) -> None:
        self._progress.end()
        if done is None:
            self.strip.say("idle", "Đã dừng; chưa hủy gì.")
            return
        self.commands.announce(done.changes)
        self._reason.set_value("")
        self.refresh()
        many = labels.count_words(sum(done.counts.values()))
        self.strip.say(
            "ok", f"Đã hủy {many} mục. In biên bản {done.protocol.path.name} trong thư mục giấy tờ, hai người ký."
        )

    def _fail(self, problem: Problem) -> None:
        self._progress.end()
        self._say(problem)


def _kept_words(one: Due, number: int) -> str:
    return f"{RULES[one.kind].words}: giữ {f'{number} tháng' if number else 'mãi'}."


def _over(one: Due) -> str:
    return labels.count_words(one.count) if one.count else "không có"


def _oldest(one: Due) -> str:
    return f"cũ nhất {one.oldest:%d/%m/%Y}" if one.oldest else "còn trong thời hạn"


_COLUMNS = (
    Column("Loại", lambda one: RULES[one.kind].words, note=lambda one: RULES[one.kind].basis, strong=True),
    Column("Giữ", lambda one: f"{one.months} tháng" if one.months else "mãi", 96),
    Column("Đã quá hạn", _over, 150, note=_oldest),
)
