"""Lịch nghỉ: the days that differ from their weekday, their documents, and whether the year is confirmed."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from db.records import CalendarDay
from db.vocabulary import DayKind
from desktop import labels
from desktop.gui.buttons import ActButton, Choice
from desktop.gui.cards import Card, Rule
from desktop.gui.commands import Commands
from desktop.gui.dates import typed_date
from desktop.gui.fields import FieldRow
from desktop.gui.hints import HintBar
from desktop.gui.icons import Mark
from desktop.gui.pills import Pill
from desktop.gui.settings_section import Section
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import ElidedLabel, line
from desktop.office import settings

_KIND_LOOKS = {
    DayKind.HOLIDAY: ("soon", "calendar-star"),
    DayKind.SWAP_OFF: ("soon", "calendar-arrow-right"),
    DayKind.MAKE_UP: ("accent", "calendar-plus"),
}
_CONFIRMED = Mark("ok", "calendar-check", "đã xác nhận")
_OPEN = Mark("soon", "calendar-alert", "chưa xác nhận")
#: At least so many days are seen at once, their head among them.
_ROWS = 5


class CalendarSection(Section):
    """One year at a time; each change is an event with the document that asks for it."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands)
        self._year = commands.now().year
        self._years = Choice()
        self._state = Pill(_OPEN)
        self._source = ElidedLabel("", "note")
        self._table = RecordTable(RecordTableModel(_COLUMNS, key=lambda day: day.on), "Ngày nghỉ", two_lines=False)
        kinds = Choice()
        kinds.addItems([labels.DAY_KIND_WORDS[kind] for kind in DayKind])
        self._on = FieldRow("on", "Ngày", hint="24/11/2026", label_width=56)
        self._kind = FieldRow("kind", "Loại", kinds, label_width=56)
        self._name = FieldRow("name", "Tên ngày", hint="ví dụ: Ngày Văn hóa Việt Nam", label_width=72)
        self._document = FieldRow("source", "Văn bản", hint="số, ngày của văn bản", label_width=72)
        self._confirming = FieldRow("document", "Văn bản", hint="thông báo lịch nghỉ năm", label_width=72)
        # A part that is higher than the window scrolls; a list of one row would hide the others.
        self._table.setMinimumHeight(_ROWS * self._table.verticalHeader().defaultSectionSize())
        self.first = self._table
        self._years.activated.connect(lambda _index: self._choose(int(self._years.currentText())))
        # Only on Enter: a row merely passed over must not lend its document to another day.
        self._table.opened.connect(self._edit)
        self._lay_out()

    def _lay_out(self) -> None:
        listed = Card(flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(12, 9, 12, 9)
        head.setSpacing(12)
        self._years.setAccessibleName("Năm")
        for part in (line("Lịch nghỉ năm", "strong"), self._years, self._state):
            head.addWidget(part)
        head.addWidget(self._source, 1)
        listed.body.addLayout(head)
        listed.body.addWidget(self._table, 1)
        listed.body.addWidget(Rule())
        listed.body.addWidget(HintBar([("↑ ↓", "chọn"), ("Enter", "sửa ngày này"), ("Alt+X", "bỏ ngày này")]))
        listed.body.addLayout(self._confirmation())
        self.column.addWidget(self.strip)
        self.column.addWidget(listed, 1)
        self.column.addWidget(self._editor())

    def _confirmation(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 10)
        row.setSpacing(12)
        row.addWidget(self._confirming, 1)
        confirm = self.act("Xác nhận năm này", "Alt+N", self._confirm)
        row.addWidget(ActButton(confirm, "calendar-check"))
        return row

    def _editor(self) -> Card:
        card = Card("Thêm hoặc sửa một ngày")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._on, 0, 0)
        grid.addWidget(self._name, 0, 1)
        grid.addWidget(self._kind, 1, 0)
        grid.addWidget(self._document, 1, 1)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addStretch(1)
        self.act("Bỏ ngày đang chọn", "Alt+X", self._drop)
        acts.addWidget(ActButton(self.act("Ghi ngày này", "F12", self._store), kind="primary"))
        card.body.addLayout(acts)
        return card

    def refresh(self) -> None:
        years = self.commands.ask(settings.calendar_years) or {}
        known = sorted({*years, self.commands.now().year, self.commands.now().year + 1})
        self._years.clear()
        self._years.addItems([str(year) for year in known])
        self._choose(self._year if self._year in known else known[-1])

    def _choose(self, year: int) -> None:
        self._year = year
        self._years.setCurrentText(str(year))
        confirmed, document = (self.commands.ask(settings.calendar_years) or {}).get(year, (False, ""))
        self._state.show_mark(_CONFIRMED if confirmed else _OPEN)
        self._source.show_text(
            document if confirmed else "Ngày hẹn rơi vào năm này có thể đổi, giấy hẹn ghi rõ điều đó."
        )
        self._table.show_rows(self.commands.ask(settings.calendar_days, year) or ())

    def _edit(self, day: CalendarDay) -> None:
        self._on.set_value(f"{day.on:%d/%m/%Y}")
        self._kind.set_value(labels.DAY_KIND_WORDS[day.kind])
        self._name.set_value(day.name)
        self._document.set_value(day.source)
        self._name.focus()

    def _store(self) -> None:
        on = typed_date(self._on.value())
        if on is None:
            self._on.show_problem("Ghi ngày như 24/11/2026.")
            self._on.focus()
            return
        self._on.clear_problem()
        kind = next(kind for kind, word in labels.DAY_KIND_WORDS.items() if word == self._kind.value())
        day = CalendarDay(on, kind, self._name.value(), self._document.value())
        self._year = on.year
        if not self.change(settings.set_day, day, said=f"Đã ghi {labels.day_words(on)}. Giấy đã phát giữ ngày hẹn cũ."):
            self._name.focus()

    def _drop(self) -> None:
        day = self._table.current
        if day is not None:
            self.change(settings.drop_day, day.on, said=f"Đã bỏ {labels.day_words(day.on)} khỏi lịch nghỉ.")

    def _confirm(self) -> None:
        said = f"Lịch nghỉ {self._year} đã xác nhận."
        if self.change(settings.confirm_year, self._year, self._confirming.value(), said=said):
            self._confirming.set_value("")
        else:
            self._confirming.focus()


def _kind_mark(day: CalendarDay) -> Mark:
    return Mark(*_KIND_LOOKS[day.kind], labels.DAY_KIND_WORDS[day.kind])


_COLUMNS = (
    Column("Ngày", lambda day: labels.day_words(day.on), 176),
    Column("Loại", mark=_kind_mark, width=152),
    Column("Tên ngày", lambda day: day.name),
    Column("Văn bản", lambda day: day.source, least=640),
)
