"""Chẩn đoán: one file for whoever helps from afar, with nothing about people in it; made by the worker."""

from functools import partial
from pathlib import Path

from desktop.errors import EnvironmentProblem
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands, Problem
from desktop.gui.facts import FactList
from desktop.gui.jobs import Job, Jobs
from desktop.gui.messages import of_problem
from desktop.gui.paper_preview import FileChooser
from desktop.gui.progress_row import ProgressRow
from desktop.gui.settings_section import Section, act_row
from desktop.gui.texts import line

_WHAT = (
    ("Có", "phiên bản của chương trình và hệ điều hành, cỡ tệp, số dòng, thời gian chạy, nơi lỗi gần nhất"),
    ("Không có", "tên, số định danh, địa chỉ, điện thoại, mã hồ sơ, tên máy, đường dẫn, chữ do ai gõ"),
)


class DiagnosisSection(Section):
    """What is in the file and what is not, and the act that makes it."""

    def __init__(self, commands: Commands, jobs: Jobs, chooser: FileChooser) -> None:
        super().__init__(commands)
        self._jobs, self._chooser = jobs, chooser
        card = Card("Tệp chẩn đoán")
        words = "Khi chương trình trục trặc, lập tệp này rồi gửi cho người hỗ trợ; không cần gửi sổ hay bản sao lưu."
        facts = FactList(label_width=80)
        facts.show_facts(_WHAT)
        make = ActButton(self.act("Lưu tệp chẩn đoán", "Alt+E", self._ask_where), "stethoscope", kind="primary")
        self.first = make
        card.body.addWidget(line(words, "note", wrap=True))
        card.body.addWidget(facts)
        card.body.addLayout(act_row(make))
        self._progress = ProgressRow(self)
        card.body.addWidget(self._progress)
        for part in (self.strip, card):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def _ask_where(self) -> None:
        if not self._progress.is_following:
            name = f"chan-doan-{self.commands.now():%Y%m%d-%H%M}.zip"
            self._chooser.choose(self, name, self._make)

    def _make(self, path: Path) -> None:
        from desktop.office import diagnostics, opening

        book, now = self.commands.book, self.commands.now()

        def work(job: Job) -> bytes | None:
            return opening.in_session(book, diagnostics.bundle, now=now, progress=job.goes_on)

        self.strip.hush()
        then = partial(self._write, path)
        self._progress.follow(self._jobs.start("Đang lập tệp chẩn đoán", work, done=then, failed=self._fail))

    def _write(self, path: Path, data: bytes | None) -> None:
        from desktop.whole_files import hand_out

        self._progress.end()
        if data is None:
            self.strip.say("idle", "Đã dừng; chưa ghi tệp nào.")
            return
        try:
            hand_out(path, data)
        except EnvironmentProblem as problem:
            self._fail(problem)
        else:
            self.strip.say("ok", f"Đã ghi {path.name}. Gửi tệp này cho người hỗ trợ.")

    def _fail(self, problem: Problem) -> None:
        self._progress.end()
        self.strip.say(*of_problem(problem))
