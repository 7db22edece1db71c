"""One topic of the help on the screen: what the page does, step by step, its keys as they are now, when it goes wrong.

The words are ours and hold no citizen's; the keys beside them are those of the page's own acts.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QVBoxLayout, QWidget

from db.vocabulary import DossierStatus, OutboxState
from desktop.gui import icons, outbox_words
from desktop.gui.cards import Card
from desktop.gui.keys import KeyBadge
from desktop.gui.pills import Pill
from desktop.gui.texts import line
from desktop.office import help_texts
from desktop.office.help_texts import Topic

#: Wider than this the keys stand beside the words.
_BESIDE = 720
_KEYS_WIDTH = 300
_SHOWN_STATES = (
    DossierStatus.RECEIVED,
    DossierStatus.PROCESSING,
    DossierStatus.WAITING_SUPPLEMENT,
    DossierStatus.FINISHED,
    DossierStatus.HANDED_OVER,
)
#: The topic that shows every mark of a state.
_MARKS = "marks"


def keyed(text: str, role: str = "body") -> QLabel:
    """A wrapped label whose keys are bold and never broken over two lines."""
    spans, plain = help_texts.spans(text), help_texts.plain(text)
    label = line(plain, role, wrap=True)
    if any(span.is_key for span in spans):
        # Only these: a label that is marked up holds a whole document, and a page of help has a hundred labels.
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setText("".join(map(_marked_up, spans)))
    label.setAccessibleName(plain)
    return label


def _marked_up(span: help_texts.Span) -> str:
    # ``html.escape`` would bring a table of two thousand names along.
    words = span.words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<b style="white-space: nowrap">{words}</b>' if span.is_key else words


class TopicView(QWidget):
    """``keys`` are pairs of key and words, ``more`` what follows the keys: a way to paper, an exercise.

    ``part`` is the title of the part that comes first.
    """

    def __init__(
        self, topic: Topic, keys: Sequence[tuple[str, str]], *, part: str = "", more: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(8, 4, 8, 4)
        self._across.setSpacing(14)
        words = QVBoxLayout()
        words.setSpacing(12)
        words.addWidget(line(topic.title, "title"))
        words.addWidget(keyed(topic.what))
        for card in self._cards(topic, part):
            words.addWidget(card)
        words.addStretch(1)
        self._aside = QWidget()
        aside = QVBoxLayout(self._aside)
        aside.setContentsMargins(0, 0, 0, 0)
        aside.setSpacing(12)
        beside: list[QWidget] = [_keys_card(keys), *more] if keys else [*more]
        for each in beside:
            aside.addWidget(each)
        aside.addStretch(1)
        self._across.addLayout(words, 1)
        self._across.addWidget(self._aside)
        self._aside.setVisible(bool(keys or more))

    def _cards(self, topic: Topic, first: str) -> Iterable[Card]:
        parts = sorted(topic.parts, key=lambda part: part.title != first)
        if first and parts:
            yield _steps_card(parts[0].title, parts[0].what, parts.pop(0).steps)
        if topic.steps:
            yield _steps_card("Làm từng bước", "", topic.steps)
        for part in parts:
            yield _steps_card(part.title, part.what, part.steps)
        if topic.troubles:
            yield _troubles_card(topic.troubles)
        if topic.key == _MARKS:
            yield _states_card("Hồ sơ", map(icons.status_mark, _SHOWN_STATES))
            yield _states_card("Báo cáo ở Hộp gửi", map(outbox_words.mark, OutboxState))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= _BESIDE
        directions = QBoxLayout.Direction
        self._across.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._aside.setMinimumWidth(_KEYS_WIDTH if beside else 0)
        self._aside.setMaximumWidth(_KEYS_WIDTH if beside else 16_777_215)


def _steps_card(title: str, what: str, steps: Sequence[str]) -> Card:
    card = Card(title)
    if what:
        card.body.addWidget(keyed(what, "quiet"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for number, step in enumerate(steps, start=1):
        mark = line(f"{number}." if len(steps) > 1 else "–", "quiet")
        grid.addWidget(mark, number, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        grid.addWidget(keyed(step), number, 1)
    card.body.addLayout(grid)
    return card


def _troubles_card(troubles: Sequence[tuple[str, str]]) -> Card:
    card = Card("Khi có trục trặc")
    for what, then in troubles:
        card.body.addWidget(line(what, "strong", wrap=True))
        card.body.addWidget(keyed(then))
        card.body.addSpacing(6)
    return card


def _keys_card(keys: Sequence[tuple[str, str]]) -> Card:
    card = Card("Phím ở trang này")
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, 64)
    for row, (key, words) in enumerate(keys):
        grid.addWidget(KeyBadge(key), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(line(words, wrap=True), row, 1)
    card.body.addLayout(grid)
    return card


def _states_card(title: str, marks: Iterable[icons.Mark]) -> Card:
    card = Card(title)
    for mark in marks:
        card.body.addWidget(Pill(mark))
    return card
