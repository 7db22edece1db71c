"""Trợ giúp (F1): opens at the part of the page one comes from; Esc leads back to that page as it was."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import labels
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.help_topic import TopicView
from desktop.gui.keys import key_words
from desktop.gui.page import Destination, Page
from desktop.gui.scrolling import TextScroller
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.office import help_texts
from desktop.office.help_texts import Topic

_WIDE = 760
_LIST_WIDTH, _NARROW_LIST = 240, 150
_GENERAL = "start"


class HelpPage(Page):
    """``made(key)`` is the page of a destination as it stands, ``None`` for one that was never shown.

    ``card_save_wanted`` and ``card_print_wanted`` ask for the one-page card as a file and on paper, ``exercise_wanted``
    (of a ``practice`` register only) for the first receipt step by step.
    """

    card_save_wanted = Signal()
    card_print_wanted = Signal()
    exercise_wanted = Signal()

    def __init__(
        self, destinations: Sequence[Destination], made: Callable[[str], Page | None], *, practice: bool
    ) -> None:
        super().__init__()
        self._shortcuts = {place.key: place.shortcut for place in destinations}
        self._made = made
        columns = (
            Column("", lambda topic: topic.title),
            Column("", lambda topic: self._shortcuts.get(topic.key, ""), 48, quiet=True, right=True, least=200),
        )
        self._list = RecordTable(RecordTableModel(columns), "Các phần của trợ giúp", two_lines=False, heads=False)
        self._list_card = Card(flush=True)
        self._text = TextScroller(QWidget(), "Lời chỉ dẫn")
        self._topics = help_texts.topics()
        self.strip = MessageStrip()
        self._save = self.act("Lưu tờ phím một trang", "Alt+S", self.card_save_wanted.emit)
        self._print = self.act("In tờ phím một trang", "Alt+P", self.card_print_wanted.emit)
        self._exercise = self.act(labels.FIRST_RECEIPT, "Alt+B", self.exercise_wanted.emit) if practice else None
        self._lay_out()
        self._list.show_rows(self._topics)
        self._list.chosen.connect(self._show)
        self._list.opened.connect(lambda _topic: self._text.setFocus())
        self.act("Quay lại", "Esc", self.left.emit)
        self._list.select_row(0)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.strip)
        row = QHBoxLayout()
        row.setSpacing(14)
        column.addLayout(row, 1)
        self._list_card.body.setContentsMargins(0, 8, 0, 8)
        self._list_card.body.addWidget(self._list)
        self._list_card.setFixedWidth(_LIST_WIDTH)
        row.addWidget(self._list_card)
        row.addWidget(self._text, 1)

    @property
    def topic(self) -> Topic:
        """The part that is shown."""
        shown = self._list.current
        assert isinstance(shown, Topic), "a row is always selected"
        return shown

    def come_from(self, key: str) -> None:
        """Open at the part of the page that was shown; its keys are read anew."""
        places = {topic.key: place for place, topic in enumerate(self._topics)}
        before = self.topic
        self._list.select_row(places.get(key, places[_GENERAL]))
        if self.topic is before:
            self._show(before)

    def focus_first(self) -> None:
        self._text.setFocus()

    def _show(self, topic: Topic) -> None:
        page = self._made(topic.key)
        keys = self._everywhere() if topic.key == _GENERAL else page.acts_shown() if page else ()
        part = page.part() if page else ""
        named = [(key_words(key), words) for key, words in keys]
        view = TopicView(topic, named, part=part, more=self._cards())
        self._text.show_content(view)
        self._text.verticalScrollBar().setValue(0)
        # Anew for each topic: its buttons come after the list.
        stops = (self._text, self._list, *view.findChildren(ActButton))
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _everywhere(self) -> list[tuple[str, str]]:
        """The acts that the window has on every page now."""
        acts = [act for act in self.window().actions() if act.isEnabled()]
        return [(act.shortcut().toString(), act.text()) for act in acts if not act.shortcut().isEmpty()]

    def _cards(self) -> list[Card]:
        cards = [_acts_card("Để cạnh máy", ((self._save, "file-pdf-box"), (self._print, "printer-outline")))]
        if self._exercise is not None:
            cards.insert(0, _acts_card("Tập làm", ((self._exercise, "school-outline"),)))
        return cards

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._list_card.setFixedWidth(_LIST_WIDTH if event.size().width() >= _WIDE else _NARROW_LIST)


def _acts_card(title: str, acts: Sequence[tuple[QAction, str]]) -> Card:
    card = Card(title)
    for action, icon in acts:
        card.body.addWidget(ActButton(action, icon))
    return card
