"""After submit: the code in large letters, what followed from it and in what true state, one key for the next person.

Shows only what is committed. The first print begins here by itself; a failed one is said and offered again.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.records import DossierDetail
from db.vocabulary import DocumentKind
from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands
from desktop.gui.consequences import ConsequenceRow
from desktop.gui.icons import Mark
from desktop.gui.jobs import Jobs
from desktop.gui.page import Page
from desktop.gui.paper_preview import FileChooser, PaperPreview
from desktop.gui.paper_print import PaperJob, PaperPrinter, Printed
from desktop.gui.pills import Pill
from desktop.gui.printer_port import PrinterPort
from desktop.gui.scrolling import Scroller, bring_into_sight
from desktop.gui.texts import ElidedLabel, line
from desktop.gui.theme import restyle
from desktop.office import counter, filing, issuing, lookup, procedures
from desktop.rules import codes, fees

_LEFT = Qt.AlignmentFlag.AlignLeft
_WIDE = 900
_RIGHT = 370
#: Lower than this (1366×768 at 200 %, the exercise's strip above) the code is smaller, never half out of sight.
_LOW = 240


class SubmittedPage(Page):
    """``next_wanted`` asks for a new intake (``True``: with the same procedure), ``dossier_wanted`` for a dossier,
    ``printer_wanted`` for the settings of the printer. ``print_ended`` tells whether the printer took what is shown.
    """

    next_wanted = Signal(bool)
    dossier_wanted = Signal(str)
    printer_wanted = Signal()
    print_ended = Signal(bool)

    def __init__(
        self, commands: Commands, jobs: Jobs, printer: PrinterPort, chooser: FileChooser, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._printing = PaperPrinter(commands, jobs, printer, self)
        self._code = ""
        self._paper: tuple[issuing.Size, issuing.Copies] = ("A5", 2)
        self._pending: set[str] = set()
        self._wide: bool | None = None
        self.preview = PaperPreview(chooser)
        self._shown: filing.Paper | None = None
        self.preview.saved.connect(lambda _path: self._record_saved())
        self._make_acts()
        self._make_parts()
        self._lay_out()
        self._printing.rendered.connect(self._show_paper)
        self._printing.finished.connect(self._show_printed)

    def _make_acts(self) -> None:
        self._next = _shown_only("Người tiếp theo", "Return", lambda: self.next_wanted.emit(False), self)
        self._retry = _shown_only("In giấy hẹn", "Return", self._print, self)
        self._later = _shown_only("Để in sau, sang người tiếp theo", "F3", lambda: self.next_wanted.emit(False), self)
        self._same = self.act("Cùng thủ tục cho người tiếp theo", "Alt+L", lambda: self.next_wanted.emit(True))
        self._reprint = self.act("In lại giấy hẹn", "Alt+P", self._print)
        self._open = self.act("Mở hồ sơ này", "Alt+O", lambda: self.dossier_wanted.emit(self._code))
        self._choose = self.act("Chọn máy in khác", "Alt+M", self.printer_wanted.emit)
        self.act("Về trang trước", "Esc", self.left.emit)

    def _make_parts(self) -> None:
        self._kind = line("", "quiet")
        self._big = line("", "code", name="code")
        self._big.setTextInteractionFlags(self._big.textInteractionFlags().TextSelectableByMouse)
        self._facts = {caption: ElidedLabel() for caption in ("Người nộp", "Hẹn trả", "Thủ tục", "Lệ phí")}
        for name in ("Người nộp", "Hẹn trả"):
            self._facts[name].setProperty("role", "strong")
        self.stored = ConsequenceRow()
        self.printed = ConsequenceRow()
        # On a low screen the row of the printer is out of sight.
        self._print_state = Pill()
        self.next_button = ActButton(self._next, "account-plus-outline", kind="primary", tall=True)
        self.retry_button = ActButton(self._retry, "printer", kind="primary", tall=True)
        self._minor = {
            act: ActButton(act, icon, kind="quiet", align=_LEFT, parent=self)
            for act, icon in (
                (self._same, "content-duplicate"),
                (self._reprint, "printer"),
                (self._choose, "printer-settings"),
                (self._later, "account-plus-outline"),
                (self._open, "folder-open-outline"),
            )
        }

    def _lay_out(self) -> None:
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(16, 8, 16, 8)
        self._column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Pill(Mark("ok", "check-circle", "Đã tiếp nhận")))
        head.addWidget(self._kind, 1)
        head.addWidget(self._print_state)
        self._column.addLayout(head)
        self._column.addWidget(self._big)
        self._column.addLayout(self._fact_grid())
        self._column.addSpacing(10)
        for row in (self.stored, self.printed):
            self._column.addWidget(Rule())
            self._column.addWidget(row)
        self._column.addWidget(Rule())
        self._column.addStretch(1)
        self._work = Card(flush=True)
        self._work.body.addWidget(Scroller(self._content), 1)
        self._work.body.addLayout(self._act_rows())
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(16, 12, 16, 12)
        self._across.setSpacing(14)
        self._across.addWidget(self._work, 1)
        self._arrange(True)
        self._show_acts(failed=False)

    def _fact_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for number, (caption, value) in enumerate(self._facts.items()):
            grid.addWidget(line(caption, "quiet"), number // 2, number % 2 * 2)
            grid.addWidget(value, number // 2, number % 2 * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    def _act_rows(self) -> QVBoxLayout:
        acts = QVBoxLayout()
        acts.setContentsMargins(16, 8, 16, 12)
        acts.setSpacing(8)
        acts.addWidget(self.next_button)
        acts.addWidget(self.retry_button)
        self._minor_grid = QGridLayout()
        self._minor_grid.setHorizontalSpacing(32)
        self._minor_grid.setVerticalSpacing(2)
        self._minor_grid.setColumnStretch(0, 1)
        self._minor_grid.setColumnStretch(1, 1)
        acts.addLayout(self._minor_grid)
        return acts

    def focus_first(self) -> None:
        (self.retry_button if self.retry_button.isVisibleTo(self) else self.next_button).setFocus()

    def show_registered(self, done: counter.Registered, size: issuing.Size, copies: issuing.Copies) -> None:
        """Show what was just committed and print it."""
        detail = self._read(done.code)
        if detail is None:
            return
        again = "Đã ghi từ trước, không ghi thêm lần nữa. " if done.again else ""
        self._show(detail, f"{again}Số thứ tự {done.day_number} trong ngày")
        self._paper = (size, copies)
        self._begin_printing()

    def print_again(self, code: str, size: issuing.Size = "A5", copies: issuing.Copies = 2) -> None:
        """Show an earlier dossier and print its current receipt once more."""
        detail = self._read(code)
        if detail is not None:
            self._show(detail, labels.day_words(detail.row.received_at.date()))
            self._paper = (size, copies)
            self._begin_printing()

    def _read(self, code: str) -> DossierDetail | None:
        return self._commands.ask(lookup.dossier, code)

    def _show(self, detail: DossierDetail, number: str) -> None:
        row = detail.row
        self._code = row.code
        temporary = not codes.is_official_code(row.code)
        self._kind.setText("Mã tiếp nhận tạm – mã chính thức gắn sau" if temporary else "Mã hồ sơ")
        self._big.setText(row.code)
        self._facts["Người nộp"].show_text(row.applicant)
        self._facts["Hẹn trả"].show_text(labels.moment_words(row.due_at))
        self._facts["Thủ tục"].show_text(row.procedure_name)
        self._facts["Lệ phí"].show_text(self._fee_words(detail))
        self.stored.say(
            Mark("ok", "check-circle", "Xong"),
            "Đã ghi vào sổ",
            f"{number}, lúc {row.received_at:%H:%M:%S}, người nhận: {self._clerk_name(row.clerk)}.",
        )
        self.preview.show_paper(b"", "")
        bring_into_sight(self._big)  # what was said of the one before may lie further down

    def _clerk_name(self, short_name: str) -> str:
        acting = self._commands.clerk
        return acting.full_name if acting.short_name == short_name else short_name

    def _fee_words(self, detail: DossierDetail) -> str:
        amount, why = detail.form["fee_amount"], detail.form["fee_exemption"]
        if amount is None:
            row = detail.row
            on = row.received_at.date()
            procedure = self._commands.ask(procedures.get, row.procedure, on=on, refused=lambda _why: None)
            amount = fees.fee_for(procedure, on=on, channel=row.channel, exemption=why) if procedure else None
        words = "chưa ghi mức" if amount is None else labels.money(amount)
        return f"{words} ({why[0].lower()}{why[1:]})" if why else words

    def _begin_printing(self) -> None:
        """The page is seen first; then the printer gets its turn."""
        self._say_printing()
        QTimer.singleShot(0, self, self._print)

    def _print(self) -> None:
        if self._code in self._pending:
            return
        self._pending.add(self._code)
        self._say_printing()
        size, copies = self._paper
        self._printing.print_paper(PaperJob(self._code, size=size, copies=copies))

    def _say_printing(self) -> None:
        size, copies = self._paper
        sending = Mark("idle", "printer-outline", "Đang gửi")
        self._say_print(sending, "Đang gửi giấy hẹn tới máy in", f"{copies} bản, khổ {size}.")
        self._show_acts(failed=False)

    def _say_print(self, mark: Mark, title: str, fact: str) -> None:
        self.printed.say(mark, title, fact)
        self._print_state.show_mark(mark)

    def _show_paper(self, job: PaperJob, paper: filing.Paper) -> None:
        if job.code == self._code:
            note = f"Bản xem trùng từng nét với bản in, khổ {job.size}, trang 1/{paper.pages}."
            self._shown = paper
            self.preview.show_paper(paper.data, paper.path.name, note)

    def _record_saved(self) -> None:
        """A receipt left the register as a file, which is no print: nobody at the counter was given it."""
        from desktop.gui.looks import may_look
        from desktop.office import access

        if (paper := self._shown) is not None:
            what = labels.DOCUMENT_WORDS[DocumentKind.RECEIPT]
            told = (self._commands, access.exported, what)
            may_look(*told, count=paper.pages, sha256=paper.sha256, dossier=self._code)

    def _show_printed(self, printed: Printed) -> None:
        job, report = printed.job, printed.report
        self._pending.discard(job.code)
        if job.code != self._code:
            return
        if report.accepted:
            self._say_print(
                Mark("ok", "printer-check", "Đã gửi in"),
                f"Máy in đã nhận đủ {job.copies} bản",
                f"{report.printer}, khổ {job.size}, {self._commands.now():%H:%M:%S}. Nhìn tờ giấy trước khi giao.",
            )
        else:
            self._say_print(
                Mark("late", "printer-alert", "Chưa in"),
                f"Chưa in được: {report.trouble}",
                f"Hồ sơ vẫn còn nguyên trong sổ, số không đổi. {_what_to_do(report.printer)}",
            )
            bring_into_sight(self.printed)
        self._show_acts(failed=not report.accepted)
        self.print_ended.emit(report.accepted)

    def _show_acts(self, *, failed: bool) -> None:
        wanted, other = self.next_button, self.retry_button
        if failed:
            wanted, other = other, wanted
        wanted.show()
        if other.hasFocus():
            wanted.setFocus()
        other.hide()
        shown = (self._choose, self._later, self._open) if failed else (self._same, self._reprint, self._open)
        for button in self._minor.values():
            self._minor_grid.removeWidget(button)
        for number, act in enumerate(shown):
            self._minor_grid.addWidget(self._minor[act], number // 2, number % 2)
        for act in self._minor:
            act.setVisible(act in shown)

    def _arrange(self, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        self._print_state.setVisible(not wide)
        if wide:
            self.preview.setMinimumHeight(0)
            self.preview.setFixedWidth(_RIGHT)
            self._across.addWidget(self.preview)
        else:
            self.preview.setMinimumWidth(0)
            self.preview.setMaximumWidth(16_777_215)
            self.preview.setMinimumHeight(520)
            self._column.insertWidget(self._column.count() - 1, self.preview)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        low = event.size().height() < _LOW
        restyle(self._big, role="date" if low else "code")
        self._column.setContentsMargins(16, 2 if low else 8, 16, 2 if low else 8)
        self._arrange(self.width() >= _WIDE)


def _what_to_do(printer: str) -> str:
    if printer:
        return "Kiểm tra dây và giấy, rồi bấm Enter."
    return "Cài máy in rồi bấm Enter, hoặc lưu PDF (Alt+S) để in ở máy khác."


def _shown_only(words: str, keys: str, then, owner: QWidget) -> QAction:
    """An act whose key is shown but belongs to the focused button or to the window, not to a shortcut."""
    action = QAction(words, owner)
    action.setShortcut(keys)
    action.triggered.connect(lambda _checked=False: then())
    return action
