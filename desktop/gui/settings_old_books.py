"""Sổ năm trước: the books that were brought in, and the way to bring one in: a file read, looked at, then written.

Nothing is written before F12. What takes long shows its progress and can be stopped (``OldBooksDesk``).
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from desktop import labels
from desktop.errors import EnvironmentProblem, UserError
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands, Problem
from desktop.gui.facts import FactList
from desktop.gui.file_opener import FileOpener
from desktop.gui.messages import of_problem
from desktop.gui.old_books_desk import OldBooksDesk
from desktop.gui.old_books_preview import OldBooksPreview
from desktop.gui.old_books_undo import TakeBackCard
from desktop.gui.paper_preview import FileChooser
from desktop.gui.settings_section import Section, act_row
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import line
from desktop.office import old_book_lookup, old_books
from desktop.office.old_book_lookup import Source
from desktop.office.old_books import BroughtIn, Looked

ENDINGS = ("xlsx", "csv")
_LABEL, _BESIDE = 150, 560
_NONE = "Chưa nhập sổ nào. Hồ sơ của các năm trước, ghi trong Excel, nhập vào đây thì tìm được ngay ở ô Tìm."
_HOW = (
    "Sổ nhập từ tệp chỉ để tra cứu: không tính vào số liệu, danh sách việc hay báo cáo ngày. Tệp cần một dòng tiêu đề"
    " có cột họ tên người nộp và cột ngày nhận; mẫu Sổ theo dõi hồ sơ (Mẫu 07) đọc được nguyên."
)


class OldBooksSection(Section):
    """``books_wanted`` leads to what was brought in."""

    books_wanted = Signal()

    def __init__(self, commands: Commands, desk: OldBooksDesk, opener: FileOpener, chooser: FileChooser) -> None:
        super().__init__(commands)
        self._desk, self._opener, self._chooser = desk, opener, chooser
        self._looked: Looked | None = None
        self._here, self._bring, self._rest = Card("Sổ đã nhập"), Card("Nhập sổ từ tệp", flush=True), QWidget()
        self._how = line(_HOW, "note", wrap=True)
        self._state, self._sources = line(_NONE, "note", wrap=True), FactList(label_width=_LABEL)
        self._facts, self._notes = FactList(label_width=_LABEL), MessageStrip()
        self.preview = OldBooksPreview()
        self._bar, self._running, self._doing = QProgressBar(), QWidget(), line("", "note")
        self._file = QWidget()
        self._make_acts()
        self.undo = TakeBackCard(self)
        self._lay_out()
        self._connect()
        self._show_state()

    def _make_acts(self) -> None:
        browse = self.act("Mở sổ đã nhập", "Alt+B", self.books_wanted.emit)
        ask = self.act("Chọn tệp…", "Alt+O", self._ask_file)
        self.browse_button = ActButton(browse, "book-open-page-variant-outline")
        self.open_button = self.first = ActButton(ask, "folder-open-outline")
        self.stop_button = ActButton(self.act("Dừng", "Alt+D", self._desk.stop), "stop-circle-outline")
        self._write = self.act("Nhập vào sổ", "F12", self._bring_in)
        save = self.act("Lưu các dòng không nhập", "Alt+S", self._ask_place)
        drop = self.act("Bỏ tệp này", "Alt+X", self._put_away)
        self.write_button = ActButton(self._write, "content-save-check-outline", kind="primary")
        self.save_button = ActButton(save, "file-export-outline")
        self.drop_button = ActButton(drop, "close")

    def _lay_out(self) -> None:
        known: tuple[QWidget, ...] = (self._state, self._sources)
        for part in known:
            self._here.body.addWidget(part)
        self._here.body.addLayout(act_row(self.browse_button))
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 12)
        top.setSpacing(8)
        top.addWidget(self._how)
        top.addLayout(act_row(self.open_button, self.drop_button))
        self._lay_out_progress()
        top.addWidget(self._running)
        self._bring.body.addLayout(top)
        self._lay_out_file()
        self._bring.body.addWidget(self._file, 1)
        for part in (self.strip, self._here, self._bring, self.undo, self._rest):
            self.column.addWidget(part)
        self._rest.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def _lay_out_progress(self) -> None:
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Tiến độ")
        row = QHBoxLayout(self._running)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._doing)
        row.addWidget(self._bar, 1)
        row.addWidget(self.stop_button)

    def _lay_out_file(self) -> None:
        column = QVBoxLayout(self._file)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        facts = QVBoxLayout()
        facts.setContentsMargins(12, 0, 12, 10)
        facts.setSpacing(8)
        facts.addWidget(self._facts)
        facts.addWidget(self._notes)
        column.addLayout(facts)
        column.addWidget(self.preview, 1)
        foot = self._foot = act_row(self.save_button)
        foot.setContentsMargins(12, 10, 12, 10)
        foot.addWidget(self.write_button)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.undo.taken.connect(self.refresh)
        self._desk.looked.connect(self._show_looked)
        self._desk.brought.connect(self._settle)
        self._desk.refused.connect(self._fail)
        self._desk.stopped.connect(lambda: self.strip.say("idle", "Đã dừng; chưa ghi gì vào sổ."))
        self._desk.busy.connect(self._show_busy)
        self._desk.progressed.connect(self._show_progress)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Its two buttons stand below each other where they have no room beside."""
        super().resizeEvent(event)
        beside = event.size().width() >= _BESIDE
        self._foot.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def refresh(self) -> None:
        sources = self.commands.ask(old_book_lookup.sources) or ()
        self._state.setVisible(not sources)
        self._sources.setVisible(bool(sources))
        self._sources.show_facts([(source.file, _source_words(source)) for source in sources])
        self.browse_button.set_ready(bool(sources))
        self.undo.show_sources(sources)
        self._show_state()

    def _ask_file(self) -> None:
        if not self._desk.is_busy:
            self._opener.ask(self, "Chọn sổ năm trước", ENDINGS, self.open_file)

    def open_file(self, path: Path) -> None:
        """Read a file; one that was looked at before is put away."""
        self._put_away()
        self._desk.open(path)

    def _put_away(self) -> None:
        self._looked = None
        self.strip.hush()
        self._show_state()

    def _show_looked(self, looked: Looked) -> None:
        self._looked = looked
        self._facts.show_facts(_facts(looked))
        if notes := _notes(looked):
            self._notes.say("soon", notes)
        else:
            self._notes.hush()
        self.preview.show_looked(looked)
        self._show_state()
        (self.write_button if looked.new else self.preview.table).setFocus()

    def _bring_in(self) -> None:
        if self._desk.is_busy:
            return
        if self._looked is None:
            self.strip.say("soon", "Chưa chọn tệp nào; bấm Alt+O.")
        elif not self._looked.new:
            self.strip.say("soon", "Tệp này không có dòng nào mới để nhập.")
        else:
            self._desk.bring_in(self._looked)

    def _settle(self, done: BroughtIn) -> None:
        left = len(self._looked.reading.rejected) if self._looked else 0
        self._put_away()
        more = (
            f" Còn {labels.count_words(left)} dòng không đọc được: sửa trong tệp rồi nhập lại tệp ấy." if left else ""
        )
        self.strip.say("ok", f"Đã nhập {labels.count_words(done.count)} hồ sơ cũ.{more}")
        self.refresh()
        self.browse_button.setFocus()

    def _ask_place(self) -> None:
        if self._looked is None or not self._looked.left:
            self.strip.say("soon", "Không có dòng nào bị bỏ lại.")
        else:
            self._chooser.choose(self, f"{self._looked.path.stem}-khong-nhap.xlsx", self._save)

    def _save(self, path: Path) -> None:
        if self._looked is None:
            return
        try:
            old_books.save_left(self._looked, path, now=self.commands.now())
        except (UserError, EnvironmentProblem) as problem:
            self._fail(problem)
        else:
            self.strip.say("ok", f"Đã lưu {path.name}: từng dòng không nhập và lý do.")

    def _fail(self, problem: Problem) -> None:
        self.strip.say(*of_problem(problem))

    def _show_busy(self, words: str) -> None:
        self._doing.setText(words)
        self._bar.setRange(0, 0)
        if words:
            self.strip.hush()
        self._show_state()

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _show_state(self) -> None:
        busy, looked = self._desk.is_busy, self._looked
        self._running.setVisible(busy)
        self._file.setVisible(looked is not None)
        self.drop_button.setVisible(looked is not None)
        # A file needs the room: what was brought in before it, and how, is told again afterwards.
        for part in (self._here, self._how, self._rest):
            part.setVisible(looked is None)
        self.undo.setVisible(looked is None and not busy and self.undo.has_any)
        self.column.setStretchFactor(self._bring, 0 if looked is None else 1)
        self.column.setStretchFactor(self._rest, 1 if looked is None else 0)
        self.open_button.set_ready(not busy)
        self.write_button.set_ready(bool(looked and looked.new) and not busy)
        self.save_button.set_ready(bool(looked and looked.left))
        if looked is not None:
            self._write.setText(f"Nhập {labels.count_words(len(looked.new))} hồ sơ")


def _source_words(source: Source) -> str:
    rows = labels.count_words(source.rows)
    return (
        f"{rows} hồ sơ nhận từ {source.first:%d/%m/%Y} đến {source.last:%d/%m/%Y};"
        f" nhập {labels.moment_words(source.at)}, người nhập: {source.person}"
    )


def _facts(looked: Looked) -> list[tuple[str, str]]:
    span, count = looked.span, labels.count_words
    told = [("Tệp", looked.path.name)]
    if span is not None:
        told.append(("Sẽ nhập", f"{count(len(looked.new))} hồ sơ nhận từ {span[0]:%d/%m/%Y} đến {span[1]:%d/%m/%Y}"))
    if looked.replaced:
        told.append(("Thay dòng cũ", f"{count(len(looked.replaced))} dòng nhập từ trước được thay bằng dòng đã sửa"))
    if looked.unreturned:
        words = f"{count(looked.unreturned)} hồ sơ; sổ cũ không nhắc hạn, việc nào chưa xong thì tiếp nhận lại ở F3"
        told.append(("Chưa thấy ngày trả", words))
    told.append(("Cột đọc được", ", ".join(caption for _, caption in looked.reading.columns)))
    told.append(("Giữ trong ghi chú", ", ".join(looked.reading.unknown)))
    return told


def _notes(looked: Looked) -> str:
    return " ".join(f"{labels.sentence_start(note.rstrip('.'))}." for note in looked.reading.notes)
