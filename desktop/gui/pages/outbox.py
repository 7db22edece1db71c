"""Hộp gửi (F8): every closed day on its way up, why each is where it is, and how the line out stands.

Sends nothing by itself and believes nothing: the office settles every row, a desk does the work in threads of its own.
Nothing here is modal and nothing turns green but what the tier above has signed.
"""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.records import OutboxRow
from db.vocabulary import OutboxState
from desktop import labels
from desktop.changes import Changes
from desktop.gui import layouts, outbox_words
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands
from desktop.gui.empty import EmptyState
from desktop.gui.file_opener import FileOpener
from desktop.gui.hints import HintBar
from desktop.gui.outbox_cards import WayCard, WhyCard
from desktop.gui.outbox_desk import OutboxDesk
from desktop.gui.page import Page
from desktop.gui.pills import Pill
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.two_columns import TwoColumns
from desktop.office import outbox
from desktop.office.outbox import Way

#: The list's rows that are seen where the cards stand below it.
_LEAST_ROWS = 4
_RIGHT = 324
#: Narrower than this the acts need all of the width.
_WITH_HINT = 800
_NOT_ENROLLED = "Chưa nối tuyến trên: ngày đã chốt nằm trong sổ này, nối rồi thì tự gửi. Cần mã nối của tuyến trên."


class OutboxPage(Page):
    """``figures_wanted`` and ``comparison_wanted`` carry a row; ``enrolment_wanted`` and ``closing_wanted`` lead to
    where the commune meets the tier above, and to where a day is closed.
    """

    figures_wanted = Signal(object)
    comparison_wanted = Signal(object)
    enrolment_wanted = Signal()
    closing_wanted = Signal()

    def __init__(self, commands: Commands, desk: OutboxDesk, opener: FileOpener) -> None:
        super().__init__()
        self._commands, self._desk, self._opener = commands, desk, opener
        self._way = Way("", False, None, "", None, None, False)
        self._counts: dict[OutboxState, int] = {}
        self.strip = MessageStrip()
        self.table = RecordTable(self._model(), "Báo cáo từng ngày", two_lines=False)
        self._close_day = self.act("Mở Thống kê", "Alt+T", self.closing_wanted.emit)
        self._empty = EmptyState(
            "inbox-arrow-up-outline",
            "Chưa chốt ngày nào.",
            "Báo cáo đầu tiên lập khi chốt ngày: F7, Alt+1, rồi F12.",
            self._close_day,
            tone="text2",
        )
        self._make_acts()
        self.why, self.way = WhyCard(self._compare), WayCard(self._read_one)
        self._lay_out()
        self._connect()

    def _make_acts(self) -> None:
        self._send = self.act("Gửi ngay", "Alt+G", self._send_now)
        self._copy = self.act("Chép ra USB", "Alt+U", self._ask_stick)
        self._read = self.act("Đọc tệp xác nhận", "Alt+X", self._ask_answers)
        self._read_one = self.act("Đọc một tệp xác nhận", "Alt+M", self._ask_answer)
        self._compare = self.act("So hai bản", "Alt+S", self._ask_comparison)
        self._enrol = self.act("Nối tuyến trên", "Alt+N", self.enrolment_wanted.emit)
        self._stop = self.act("Thôi", "Alt+H", self._desk.stop)
        self.act("Về trang trước", "Esc", self.left.emit)

    def _lay_out(self) -> None:
        self._pills = QHBoxLayout()
        self._pills.setSpacing(6)
        self._list = Card("Báo cáo từng ngày", flush=True)
        self._list.head.addLayout(self._pills)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._list.body.addWidget(self._stack, 1)
        self._foot = self._make_foot()
        self._columns = TwoColumns([self._list], [self.why, self.way], right_fills=True, right_width=_RIGHT)
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(16, 12, 16, 12)
        self._page.setSpacing(8)
        self._page.addWidget(self.strip)
        self._page.addWidget(self._columns, 1)
        self._columns.widened.connect(self._place_foot)
        self._place_foot(True)

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 0, 8)
        row.setSpacing(6)
        row.addWidget(ActButton(self._send, "send", kind="primary"))
        row.addWidget(ActButton(self._copy, "usb-flash-drive-outline"))
        row.addWidget(ActButton(self._read, "file-check-outline"))
        row.addStretch(1)
        self._hint = HintBar([("Enter", "xem từng số")])
        row.addWidget(self._hint)
        column.addLayout(row)
        return foot

    def _place_foot(self, wide: bool) -> None:
        """The acts stand below the list; on a narrow canvas below the page, always in sight."""
        (self._list.body if wide else self._page).addWidget(self._foot)
        head, row = 28, self.table.verticalHeader().defaultSectionSize()
        for card in (self.why, self.way):  # out of sight below the list: Tab leads there and the page follows
            card.setFocusPolicy(Qt.FocusPolicy.NoFocus if wide else Qt.FocusPolicy.TabFocus)
        self._list.setMinimumHeight(0 if wide else 44 + head + _LEAST_ROWS * row)

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_row)
        self.table.opened.connect(self.figures_wanted)
        self._desk.busy.connect(self._show_busy)
        self._desk.told.connect(self.strip.say)

    def concerns(self, changes: Changes) -> bool:
        return changes.outbox or changes.reports or changes.settings

    def refresh(self) -> None:
        """Read rows, counts and the way anew; the chosen row stays chosen."""
        self._show_way(self._commands.now())
        counts = self._commands.ask(outbox.counts) or {}
        total = sum(counts.values())
        self.table.show_pages(self._fetch, total)
        self._stack.setCurrentWidget(self.table if total else self._empty)
        self.why.setVisible(total > 0)
        self._close_day.setEnabled(not total)
        self._show_counts(counts)
        if counts != self._counts and not self._desk.is_busy:
            self.strip.hush()  # what was said of a round is no news once the rows say otherwise
        self._counts = counts
        self._offer_enrolment()
        if self.table.current is not None:
            self._show_row(self.table.current)

    def show_moment(self, now: datetime) -> None:
        """Times and the way move with the clock."""
        self._show_way(now)
        if self.table.current is not None:
            self._show_row(self.table.current)

    def focus_first(self) -> None:
        """The first report that a person must look at, else the newest."""
        first: int | None = self._commands.ask(outbox.first_to_review)
        self.table.select_row(first or 0)
        self.table.setFocus()

    def _fetch(self, offset: int, limit: int) -> tuple[OutboxRow, ...]:
        return self._commands.ask(outbox.page, offset, limit) or ()

    def _show_way(self, now: datetime) -> None:
        self._way = self._commands.ask(outbox.line, now) or self._way
        self.way.show_way(self._way, now)

    def _show_counts(self, counts: dict[OutboxState, int]) -> None:
        layouts.empty(self._pills)
        for mark in outbox_words.count_marks(counts):
            pill = Pill(mark)
            self._pills.addWidget(pill)
            pill.show()  # Qt would do so a turn of the event loop later

    def _offer_enrolment(self) -> None:
        """Calm: days wait in the register for as long as it takes."""
        self._enrol.setEnabled(not self._way.hub)
        if not self._way.hub and not self.strip.text:
            self.strip.say("idle", _NOT_ENROLLED, action=self._enrol, icon="lan-pending")
        elif self._way.hub and self.strip.text == _NOT_ENROLLED:
            self.strip.hush()

    def _show_row(self, row: OutboxRow) -> None:
        self.why.show_row(row, self._way, self._commands.now())

    def _show_busy(self, words: str) -> None:
        if words:
            self.strip.say("accent", f"{words}…", action=self._stop, icon="progress-clock")
        elif self.strip.tone == "accent":
            self.strip.hush()

    def _note(self, row: OutboxRow) -> str:
        return outbox_words.note(row, self._way)

    def _send_now(self) -> None:
        if not self._way.hub:
            self.enrolment_wanted.emit()
        else:
            self._desk.send()

    def _ask_stick(self) -> None:
        self._opener.ask_folder(self, "Chép báo cáo ra USB", self._desk.stick, self._desk.write_packet)

    def _ask_answers(self) -> None:
        self._opener.ask_folder(self, "Đọc tệp xác nhận từ USB", self._desk.stick, self._desk.read_answers)

    def _ask_answer(self) -> None:
        """One file alone, whatever it is called: a dialog that asks for a folder takes none."""
        self._opener.ask(self, "Đọc một tệp xác nhận", (), self._desk.read_answer, self._desk.stick)

    def _ask_comparison(self) -> None:
        row: OutboxRow | None = self.table.current
        if row is None or row.standing is None:
            self.strip.say("soon", "Chỉ so được ngày mà tuyến trên đang giữ một bản khác.")
        else:
            self.comparison_wanted.emit(row)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._hint.setVisible(event.size().width() >= _WITH_HINT)

    def _model(self) -> RecordTableModel:
        columns = (
            Column("Ngày", lambda row: f"{labels.short_day(row.day)}/{row.day.year}", 118, strong=True),
            Column("Bản", lambda row: str(row.revision), 48, right=True),
            Column("Nhận", lambda row: str(row.received), 58, right=True),
            Column("Trả", lambda row: str(row.resolved), 48, right=True),
            Column(
                "Quá hạn", lambda row: str(row.overdue), 76, right=True, tone=lambda row: "late" if row.overdue else ""
            ),
            Column("Trạng thái", mark=lambda row: outbox_words.mark(row.state), width=204),
            Column("Từ lúc", lambda row: f"{row.since:%d/%m %H:%M}", 98, quiet=True, least=600),
            Column("Ghi chú", self._note, quiet=True, least=640, tone=outbox_words.note_tone),
        )
        return RecordTableModel(columns, key=lambda row: row.seq)
