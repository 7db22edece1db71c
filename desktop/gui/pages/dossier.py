"""One dossier, read only: its promise and why, what happened, what was handed in and issued."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.records import DossierDetail
from db.vocabulary import OPEN_STATUSES
from desktop import labels
from desktop.changes import Changes
from desktop.gui import dossier_events as telling
from desktop.gui import icons
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands
from desktop.gui.explain import ExplainPanel, recorded_steps
from desktop.gui.facts import FactList
from desktop.gui.keys import KeyBadge
from desktop.gui.messages import TextWindow
from desktop.gui.page import Page
from desktop.gui.pills import Pill
from desktop.gui.scrolling import Scroller
from desktop.gui.texts import ElidedLabel, line
from desktop.gui.theme import restyle
from desktop.gui.timeline import Timeline
from desktop.office import lookup, people, settings
from desktop.rules.citizen_id import mask

_URGENCY_TONES = {
    labels.Urgency.LATE: "late",
    labels.Urgency.TODAY: "soon",
    labels.Urgency.SOON: "soon",
    labels.Urgency.CALM: "text",
}
_THREE_COLUMNS, _ONE_LINE_HEAD = 1000, 800


class DossierPage(Page):
    """``reprint_requested`` carries the code of the dossier whose receipt shall be printed again."""

    reprint_requested = Signal(str)

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._code = ""
        self._detail: DossierDetail | None = None
        self._number_shown = False
        self.act("Về danh sách", "Esc", self.left.emit)
        self._reveal = self.act("Hiện số định danh", "Alt+M", self._toggle_number)
        self._reprint = self.act("In lại giấy hẹn", "Alt+P", lambda: self.reprint_requested.emit(self._code))
        self._why = self.act("Vì sao ngày này?", "Alt+V", self._explain)
        self._make_parts()
        self._lay_out()

    def _make_parts(self) -> None:
        self._head_code = line("", "title", name="code")
        self._head_code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._pill = Pill()
        self._person = line("", "strong", name="applicant")
        self._number = line("", "quiet", name="id_number")
        self._procedure = ElidedLabel("", "quiet")
        self._due_day = line("", "date", name="due_at")
        self._due_note = line("", "note")
        self._left_words = line("", "date", name="time_left")
        self._left_note = line("", "note")
        self._timeline = Timeline()
        self._event_count = line("", "note")
        self._facts = FactList()
        self._papers = FactList(label_width=220)
        self._issued = QVBoxLayout()
        self._why_title = line("", "strong")
        self._panel = ExplainPanel()

    def show_dossier(self, code: str) -> None:
        """Read and show the dossier; called before the page is shown or while it is."""
        if code != self._code:
            self._number_shown = False
        self._code = code
        self.refresh()

    def refresh(self) -> None:
        """Read the dossier again."""
        if not self._code:
            return
        detail = self._commands.ask(lookup.dossier, self._code)
        if detail is None:
            return
        self._detail = detail
        self._show_head(detail)
        clerks = {clerk.short_name: clerk.full_name for clerk in self._commands.ask(people.clerks) or ()}
        self._timeline.show_happenings(telling.happening(event, clerks) for event in detail.events)
        self._event_count.setText(f"{len(detail.events)} sự kiện")
        self._facts.show_facts(telling.person_facts(detail))
        self._papers.show_facts(telling.papers_handed_in(detail.form))
        self._show_issued(detail)
        self._why_title.setText(f"Vì sao ngày {detail.row.due_at:%d/%m}?")
        self._panel.show_steps(recorded_steps(detail.explanation))

    def _show_head(self, detail: DossierDetail) -> None:
        row, now = detail.row, self._commands.now()
        official = f" – mã chính thức {row.official_code}" if row.official_code else ""
        self._head_code.setText(row.code + official)
        self._pill.show_mark(icons.status_mark(row.status))
        self._person.setText(row.applicant)
        self._show_number()
        self._procedure.show_text(f"{row.procedure} – {row.procedure_name}")
        self._due_day.setText(labels.day_words(row.due_at.date()))
        self._due_note.setText(f"trước {row.due_at:%H:%M} – nhận {labels.when_words(row.received_at, now)}")
        calendar = self._commands.ask(settings.calendar)
        if row.status in OPEN_STATUSES and calendar is not None:
            left = labels.time_left(row.due_at, now, calendar)
            self._left_words.setText(left.words)
            restyle(self._left_words, tone=_URGENCY_TONES[left.urgency])
        else:
            self._left_words.setText(labels.STATUS_WORDS[row.status])
            restyle(self._left_words, tone="text")
        self._left_note.setText("" if row.printed else "chưa có bản giấy hẹn nào được máy in nhận")

    def _show_number(self) -> None:
        number = self._detail.row.id_number if self._detail else ""
        shown = labels.grouped_id(number if self._number_shown else mask(number))
        self._number.setText(shown or "không có số định danh")
        self._reveal.setText("Ẩn số định danh" if self._number_shown else "Hiện số định danh")

    def _toggle_number(self) -> None:
        self._number_shown = not self._number_shown
        self._show_number()

    def _show_issued(self, detail: DossierDetail) -> None:
        while (item := self._issued.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for document in detail.documents:
            self._issued.addWidget(_paper_row(*telling.paper_words(document)))
        if not detail.documents:
            self._issued.addWidget(line("Chưa phát giấy tờ nào.", "quiet", wrap=True))
        self._reprint.setEnabled(bool(detail.documents))

    def _explain(self) -> None:
        if self._detail is not None:
            row = self._detail.row
            lead = f"{row.code}: nhận {labels.moment_words(row.received_at)}, hẹn {labels.moment_words(row.due_at)}."
            TextWindow(self._why_title.text(), lead, self._panel.text, self.window()).open()

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.setSpacing(12)
        page.addWidget(self._header())
        body = QWidget()
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)
        self._cards = (self._events_card(), self._content_card(), self._issued_card(), self._why_card())
        page.addWidget(Scroller(body), 1)
        self._arrange(wide=True)

    def _arrange(self, *, wide: bool) -> None:
        events, content, issued, why = self._cards
        for card in self._cards:
            self._grid.removeWidget(card)
        if wide:
            self._grid.addWidget(events, 0, 0, 2, 1)
            self._grid.addWidget(content, 0, 1, 2, 1)
            self._grid.addWidget(issued, 0, 2)
            self._grid.addWidget(why, 1, 2)
        else:
            self._grid.addWidget(why, 0, 0)
            self._grid.addWidget(issued, 0, 1)
            self._grid.addWidget(events, 1, 0)
            self._grid.addWidget(content, 1, 1)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if wide or column < 2 else 0)
        self._grid.setRowStretch(1, 1)

    def _header(self) -> Card:
        card = Card()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(20)
        self._head.addLayout(self._identity(), 1)
        promise = QHBoxLayout()
        promise.setSpacing(20)
        for title, words, note in (
            ("Hẹn trả kết quả", self._due_day, self._due_note),
            ("Còn lại", self._left_words, self._left_note),
        ):
            promise.addWidget(Rule(vertical=True))
            block = QVBoxLayout()
            block.setSpacing(0)
            for part in (line(title, "note"), words, note):
                block.addWidget(part)
            promise.addLayout(block)
        self._head.addLayout(promise)
        card.body.addLayout(self._head)
        return card

    def _identity(self) -> QVBoxLayout:
        block = QVBoxLayout()
        block.setSpacing(2)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._head_code)
        first.addWidget(self._pill)
        first.addStretch(1)
        second.setSpacing(8)
        for part in (self._person, self._number, KeyBadge(self._reveal)):
            second.addWidget(part)
        second.addStretch(1)
        block.addLayout(first)
        block.addLayout(second)
        block.addWidget(self._procedure)
        return block

    def _events_card(self) -> Card:
        card = Card("Diễn biến")
        card.head.addWidget(self._event_count)
        card.body.addWidget(self._timeline, 1)
        card.body.addWidget(Rule())
        card.body.addWidget(line("Không sửa, không xóa được sự kiện đã ghi.", "note", wrap=True))
        return card

    def _content_card(self) -> Card:
        card = Card("Hồ sơ nộp")
        card.body.addWidget(self._facts)
        card.body.addWidget(Rule())
        card.body.addWidget(line("Thành phần hồ sơ", "caption"))
        card.body.addWidget(self._papers)
        card.body.addStretch(1)
        return card

    def _issued_card(self) -> Card:
        card = Card("Giấy tờ đã phát")
        card.body.addLayout(self._issued)
        self._reprint_button = ActButton(self._reprint, "printer-outline")
        card.body.addWidget(self._reprint_button)
        card.body.addStretch(1)
        return card

    def _why_card(self) -> Card:
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self._why_title)
        head.addStretch(1)
        head.addWidget(KeyBadge(self._why))
        card.body.addLayout(head)
        card.body.addWidget(self._panel)
        card.body.addStretch(1)
        return card

    def concerns(self, changes: Changes) -> bool:
        return self._code in changes.dossiers or changes.settings

    def focus_first(self) -> None:
        self._reprint_button.setFocus()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        self._arrange(wide=width >= _THREE_COLUMNS)
        flow = QBoxLayout.Direction
        self._head.setDirection(flow.LeftToRight if width >= _ONE_LINE_HEAD else flow.TopToBottom)
        self._head.setSpacing(20 if width >= _ONE_LINE_HEAD else 6)


def _paper_row(name: str, state: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(8)
    row.addWidget(icons.Icon("file-document-outline", "accent"))
    row.addWidget(ElidedLabel(name), 1)
    row.addWidget(line(state, "note"))
    return holder
