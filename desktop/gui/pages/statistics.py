"""Thống kê (F7): the official table of a period, what it comes to, its year, and the dossiers behind every cell.

Counts nothing itself: each figure is asked from the office, each cell opens its list, a day is closed here.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from db.records import DossierRow
from desktop import labels
from desktop.changes import Changes
from desktop.errors import RegisterProblem, UserError
from desktop.gui import behind_columns
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.closing_panel import ClosingPanel
from desktop.gui.commands import Commands
from desktop.gui.figure_table import FigureTable, cell_number, cell_words
from desktop.gui.indicators_card import IndicatorsCard
from desktop.gui.looks import glance, may_look
from desktop.gui.page import Page
from desktop.gui.period_bar import PeriodBar, segment
from desktop.gui.rate_card import RateCard
from desktop.gui.rate_chart import Chart
from desktop.gui.scrolling import application, scrolled_column
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.texts import ElidedLabel, line
from desktop.gui.theme import restyle
from desktop.office import access, counting, settings
from desktop.rules import periods, statistics
from desktop.rules.figures import Figure
from desktop.rules.periods import Period, PeriodKind
from desktop.rules.statistics import Line
from desktop.rules.text import sort_key

if TYPE_CHECKING:
    from desktop.office.indicators import Indicators

_VIEWS = (("months", "Tháng", "Alt+T"), ("fields", "Lĩnh vực", "Alt+L"), ("procedures", "Thủ tục", "Alt+U"))
_WHY = "thống kê"
_WIDE = 1060
_TABLE_HEIGHT, _CARD_HEAD = 350, 38
_ANY_WIDTH = 16_777_215
#: Width of the cards at the right on a wide canvas.
_RIGHT = 352
_MONTHS = 12


class StatisticsPage(Page):
    """``dossier_wanted`` carries a code; ``report_wanted`` the period, the cell in focus and whether as a workbook;
    ``indicators_wanted`` the period whose other figures shall be shown with :meth:`show_indicators`.
    """

    dossier_wanted = Signal(str)
    report_wanted = Signal(object, object, bool)
    indicators_wanted = Signal(object)

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._counted: counting.Counted | None = None
        self._bar = PeriodBar(self, commands.now().date())
        self._table = FigureTable()
        self._identities = line("", "note", "ok")
        self._rules = line("\n".join(f"• {rule}" for rule in statistics.COUNTING_RULES), "note", wrap=True)
        self._broken = MessageStrip()
        self._closing = ClosingPanel(self, commands)
        self._rate = RateCard()
        self._chart = Chart()
        self._chart_title, self._view = line("", "note"), "months"
        self._views: dict[str, QPushButton] = {}
        self._behind_title = ElidedLabel("", "strong")
        self._behind = RecordTable(behind_columns.model(commands), "Hồ sơ sau ô đang chọn", two_lines=False)
        self._indicators = IndicatorsCard(self, self._may_see_people)
        self._wide: bool | None = None
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self._bar.chosen.connect(lambda _period: self.refresh())
        application().focusChanged.connect(self._follow_focus)
        self._table.cell_chosen.connect(self._show_behind)
        self._table.cell_chosen.connect(lambda *_: self._keep_cell_visible())
        self._table.opened.connect(lambda *_: self._behind.setFocus())
        self._behind.opened.connect(lambda row: self.dossier_wanted.emit(row.code))
        self._closing.done.connect(self.refresh)
        self._indicators.wanted.connect(lambda: self.indicators_wanted.emit(self._bar.period))
        self._indicators.opened.connect(self._show_figure)
        self._commands.clerk_changed.connect(lambda _clerk: self._indicators.hide_people())
        self._print = self.act("In, báo cáo", "Ctrl+P", partial(self._want_report, False))
        self._export = self.act("xlsx", "Ctrl+E", partial(self._want_report, True))
        self.act("Sang bảng", "Esc", self._go_back)
        self._came_from: QWidget = self._table

    def _lay_out(self) -> None:
        self._scroll, self._column = scrolled_column(10)
        outer = QGridLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.setVerticalSpacing(10)
        outer.setColumnStretch(0, 1)
        self._outer = outer
        outer.addWidget(self._scroll, 2, 0, 1, 2)
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda *_: self._show_unfolded())
        self._papers = QWidget()
        papers = QHBoxLayout(self._papers)
        papers.setContentsMargins(0, 0, 0, 0)
        papers.setSpacing(8)
        papers.addStretch(1)
        papers.addWidget(ActButton(self._print, "printer-outline"))
        papers.addWidget(ActButton(self._export, "microsoft-excel"))
        self._cards = QWidget()
        self._grid = QGridLayout(self._cards)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._table_card = self._make_table_card()
        self._chart_card = self._make_chart_card()
        self._behind_card = self._make_behind_card()
        self._rules_card = self._make_rules_card()
        self._column.insertWidget(0, self._cards, 1)
        self._arrange(True)

    def _make_table_card(self) -> Card:
        card = Card("Tình hình, kết quả giải quyết TTHC", flush=True)
        card.head.addWidget(line("Enter: danh sách sau mỗi ô", "note"))
        card.body.addWidget(self._table, 1)
        told = QHBoxLayout()
        told.setContentsMargins(12, 8, 12, 11)
        told.addWidget(self._broken)
        card.body.addLayout(told)
        return card

    def _make_chart_card(self) -> Card:
        card = Card()
        ways = QHBoxLayout()
        ways.setSpacing(2)
        for name, words, keys in _VIEWS:
            button = self._views[name] = segment(self.act(words, keys, self._viewer(name)), words)
            ways.addWidget(button)
        ways.addStretch(1)
        card.body.addLayout(ways)
        card.body.addWidget(self._chart_title)
        card.body.addWidget(self._chart, 1)
        return card

    def _make_behind_card(self) -> Card:
        card = Card(flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(16)
        head.addWidget(self._behind_title, 1)
        head.addWidget(self._identities)
        head.addWidget(self._closing.state)
        card.body.addLayout(head)
        card.body.addWidget(Rule())
        card.body.addWidget(self._behind, 1)
        return card

    def _make_rules_card(self) -> Card:
        card = Card("Cách đếm")
        card.body.addWidget(self._rules)
        return card

    def _arrange(self, wide: bool) -> None:
        """Beside each other on a wide canvas, below each other on a narrow one."""
        if wide == self._wide:
            return
        self._wide = wide
        for part in (self._bar, self._papers):
            self._outer.removeWidget(part)
        self._outer.addWidget(self._bar, 0, 0, 1, 1 if wide else 2)
        self._outer.addWidget(self._papers, 0 if wide else 1, 1)
        for card in (self._table_card, self._rate, self._chart_card):
            self._grid.removeWidget(card)
        self._grid.addWidget(self._closing, 0, 0, 1, 2)
        self._grid.addWidget(self._table_card, 1, 0, 2 if wide else 1, 1 if wide else 2)
        self._grid.addWidget(self._rate, 1 if wide else 2, 1 if wide else 0)
        self._grid.addWidget(self._chart_card, 2, 1)
        for row, card in enumerate((self._behind_card, self._indicators, self._rules_card), start=3):
            self._grid.addWidget(card, row, 0, 1, 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0 if wide else 1)
        for card in (self._rate, self._chart_card):
            card.setMinimumWidth(_RIGHT if wide else 200)
            card.setMaximumWidth(_RIGHT if wide else _ANY_WIDTH)
        self._fit()
        self._behind_card.setMinimumHeight(184)
        self._indicators.fold(not wide)

    def _fit(self) -> None:
        """On a narrow canvas the whole table stands in the page that scrolls, else it scrolls by itself."""
        whole = self._table.whole_height + _CARD_HEAD
        self._table_card.setMinimumHeight(min(whole, _TABLE_HEIGHT) if self._wide else whole)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width() >= _WIDE)
        QTimer.singleShot(0, self, self._keep_cell_visible)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is self._table.grid and not self._wide:
            # Its place is known when the page has been laid out.
            QTimer.singleShot(0, self, self._keep_cell_visible)
        elif new is not None and self._scroll.isAncestorOf(new):
            self._scroll.ensureWidgetVisible(new, 0, 40)

    def _keep_cell_visible(self) -> None:
        """On a narrow canvas the table is higher than the page: the cell, not the table, must be seen."""
        inside = self._scroll.widget()
        if inside is not None and self._table.grid.hasFocus() and not self._wide:
            cell = self._table.cell_rect
            at = self._table.mapTo(inside, cell.center())
            self._scroll.ensureVisible(at.x(), at.y(), 0, cell.height())

    def _go_back(self) -> None:
        """From the list to the figure or cell that it is behind, from there to the table."""
        (self._table if self._came_from.hasFocus() else self._came_from).setFocus()

    def _show_unfolded(self) -> None:
        """A card that was just unfolded had no height yet when the focus came."""
        if self._indicators.table.hasFocus():
            self._scroll.ensureWidgetVisible(self._indicators.table, 0, 40)

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.dossiers) or changes.reports or changes.settings

    def show_indicators(self, found: "Indicators") -> None:
        """The figures beside the table, unless other days are shown by now."""
        if (found.first, found.last) == (self._bar.period.first, self._bar.period.last):
            self._indicators.show_groups(found.groups)

    def focus_first(self) -> None:
        self._table.setFocus()

    def show_period(self, period: Period) -> None:
        """Open the page on a period."""
        self._bar.take(period)

    def refresh(self) -> None:
        """Count the period anew; the cell in focus stays."""
        period, now = self._bar.period, self._commands.now()
        self._bar.show_today(now.date())
        counted = self._commands.ask(counting.counted, period.first, period.last, now=now, refused=self._show_uncounted)
        if counted is None:
            return
        self._counted = counted
        lines = statistics.by_field(counted.table.lines)
        self._table.show_lines([(name, lines[name]) for name in sorted(lines, key=sort_key)], counted.table.total)
        self._fit()
        before = periods.neighbour(period, -1)
        past = self._commands.ask(counting.totals, [before], now=now) or (None,)
        self._rate.show_line(counted.table.total, past[0], before.name)
        self._show_identities(counted)
        self._closing.show_day(period.first if period.kind is PeriodKind.DAY else None)
        self._show_chart()
        self._indicators.forget()

    def _show_uncounted(self, problem: UserError | RegisterProblem) -> None:
        """Nothing of another period may stand under the days that were asked for."""
        self._counted = None
        self._table.show_lines([], Line())
        self._fit()
        self._rate.show_line(Line(), None, "")
        self._chart.show_entries((), target=None)
        for words in (self._chart_title, self._identities):
            words.clear()
        self._behind_title.show_text("")
        self._behind.show_rows(())
        self._closing.show_day(None)
        self._broken.say("soon", problem.message)

    def _show_identities(self, counted: counting.Counted) -> None:
        total = counted.table.total
        as_of = f"tính đến {counted.as_of:%d/%m}. " if counted.as_of < counted.last else ""
        words = f"{as_of}(3)=(7)+(11): {total.received_total}={total.resolved_total}+{total.pending_total}"
        self._identities.setText(words)
        restyle(self._identities, tone="late" if counted.table.broken else "ok")
        if counted.table.broken:
            self._broken.say("late", "Số liệu không khớp ở: " + "; ".join(counted.table.broken))
        elif not counted.table.lines:
            begun = f" Sổ bắt đầu từ {counted.begun_on:%d/%m/%Y}." if counted.begun_on else ""
            self._broken.say("idle", f"Kỳ này chưa có hồ sơ nào.{begun}")
        else:
            self._broken.hush()

    def _want_report(self, as_workbook: bool) -> None:
        self.report_wanted.emit(self._bar.period, self._table.cell, as_workbook)

    def _viewer(self, name: str) -> Callable[[], None]:
        def view() -> None:
            self._view = name
            self._show_chart()
            self._chart.setFocus()

        return view

    def _show_chart(self) -> None:
        target = self._target()
        for name, button in self._views.items():
            restyle(button, chosen="true" if name == self._view else "false")
        if self._counted is None:
            return
        if self._view == "months":
            months = self._months()
            totals = self._commands.ask(counting.totals, months, now=self._commands.now()) or ()
            entries = tuple(
                (str(month.number), month.name, total or Line()) for month, total in zip(months, totals, strict=True)
            )
            self._chart_title.setText("12 tháng, tỷ lệ % không quá hạn")
            self._chart.show_entries(entries, target=target)
            return
        by = self._counted.table.lines
        named = statistics.by_field(by) if self._view == "fields" else {code: total for (_, code), total in by.items()}
        resolved = sorted(
            ((name, total) for name, total in named.items() if total.resolved_total),
            key=lambda pair: (-pair[1].late, -pair[1].resolved_total, sort_key(pair[0])),
        )
        self._chart_title.setText("Theo lĩnh vực" if self._view == "fields" else "Theo thủ tục")
        self._chart.show_entries(tuple((name, name, total) for name, total in resolved), target=target, as_bars=True)

    def _months(self) -> list[Period]:
        month = periods.containing(PeriodKind.MONTH, min(self._bar.period.last, self._commands.now().date()))
        found = [month]
        while len(found) < _MONTHS:
            found.insert(0, periods.neighbour(found[0], -1))
        return found

    def _target(self) -> float | None:
        told = self._commands.ask(settings.get, settings.ON_TIME_TARGET, "")
        try:
            return float(str(told).replace(",", ".")) if told else None
        except ValueError:
            return None

    def _show_behind(self, field: str | None, column: str) -> None:
        if self._counted is None:
            return
        rows = self._commands.see(
            counting.seen_behind,
            column,
            self._counted.first,
            self._counted.last,
            now=self._commands.now(),
            field=field,
        )
        found = rows or ()
        whose = field or "Tổng cộng"
        words = f"Ô ({cell_number(column)}) {whose}: {labels.count_words(len(found))} hồ sơ {cell_words(column)}"
        self._came_from = self._table
        self._behind_title.show_text(words)
        self._show_rows(found)

    def _show_rows(self, found: Sequence[DossierRow]) -> None:
        self._behind.show_rows(found)
        glance(self, self._commands, "Hồ sơ sau số liệu", len(found), why=_WHY)

    def _may_see_people(self) -> bool:
        return may_look(self._commands, access.saw_clerks, self._bar.period.name, why=_WHY)

    def _show_figure(self, figure: Figure) -> None:
        """The dossiers that a figure beside the table counts, in the same list; Esc leads back to the figure."""
        from desktop.office import indicators

        found = self._commands.see(indicators.behind, figure) or ()
        share = f" = {figure.fraction}" if figure.fraction else ""
        listed = f"{labels.count_words(len(found))} hồ sơ" if found else "không có danh sách hồ sơ"
        self._behind_title.show_text(f"{figure.name.lstrip('– ')}: {figure.words}{share}, {listed}")
        self._show_rows(found)
        self._came_from = self._indicators.table
        if found:
            self._behind.setFocus()
