"""Diễn biến: what happened to a dossier, newest in sight; one key away, what was handed in."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.records import DossierDetail
from desktop.gui import dossier_facts
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card, Rule
from desktop.gui.dossier_events import happenings
from desktop.gui.facts import FactList
from desktop.gui.keys import KeyBadge
from desktop.gui.scrolling import Scroller, bring_rows_into_sight
from desktop.gui.texts import ElidedLabel, line
from desktop.gui.timeline import Timeline
from desktop.office.standing import Standing
from desktop.rules.periods import PeriodKind

#: A low window leaves the story this much; it scrolls.
_LEAST = 40
_EVENTS, _CONTENT = "Diễn biến", "Hồ sơ nộp"
_WORDS = {_EVENTS: "diễn biến", _CONTENT: "hồ sơ nộp"}


class StoryCard(Card):
    """``other`` is the act that turns from the events to what was handed in, and back; ``figures`` leads to the figures
    in which the dossier stands.
    """

    def __init__(self, other: QAction, figures: QAction) -> None:
        super().__init__(_EVENTS, flush=True)
        self._other = other
        self._count = line("", "note")
        self._timeline = Timeline()
        self._facts, self._papers = FactList(), FactList(label_width=200)
        self._foot = line("Không sửa, không xóa được sự kiện. Nhầm thì đính chính.", "note", wrap=True)
        self._foot.setContentsMargins(12, 8, 12, 4)
        self._figures, self._figures_act = ElidedLabel("", "note"), figures
        self._figures.setObjectName("standing")
        self._counted = QWidget()
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(_LEAST)
        self._turned = line("", "note")
        for part in (self._count, KeyBadge(other), self._turned):
            self.head.addWidget(part)
        self._turned.setText(_WORDS[_CONTENT])
        for name, content in ((_EVENTS, self._padded(self._timeline)), (_CONTENT, self._content())):
            self._stack.addWidget(_readable(content, name))
        newest = self._scroller(0).verticalScrollBar()
        newest.rangeChanged.connect(lambda _least, most: newest.setValue(most))
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(Rule())
        self._below = QHBoxLayout()
        self._below.setContentsMargins(0, 0, 12, 0)
        self._below.addWidget(self._foot, 1)
        self.body.addLayout(self._below)
        below = QHBoxLayout(self._counted)
        below.setContentsMargins(12, 0, 12, 8)
        below.addWidget(self._figures, 1)
        below.addWidget(KeyBadge(figures))
        self.body.addWidget(self._counted)

    def offer_log(self, log: QAction) -> None:
        """``log`` tells who has looked at the dossier."""
        self._below.addWidget(ActButton(log, "eye-outline", kind="quiet"))

    def _scroller(self, number: int) -> Scroller:
        scroller = self._stack.widget(number)
        assert isinstance(scroller, Scroller)
        return scroller

    def _padded(self, *parts: QWidget) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(12, 4, 12, 8)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return holder

    def _content(self) -> QWidget:
        return self._padded(self._facts, Rule(), line("Thành phần hồ sơ", "caption"), self._papers)

    def show_dossier(self, detail: DossierDetail, clerks: Mapping[str, str]) -> None:
        """Tell everything again."""
        self._timeline.show_happenings(happenings(detail.events, clerks))
        self._count.setText(f"{len(detail.events)} sự kiện")
        self._facts.show_facts(dossier_facts.person_facts(detail))
        self._papers.show_facts(dossier_facts.papers_handed_in(detail.form))

    def show_figures(self, standing: Sequence[Standing]) -> None:
        """In which months' tables it is counted, the newest first; every other period in the tooltip."""
        months = [one for one in standing if one.period.kind is PeriodKind.MONTH]
        told = (f"{one.period.number}/{one.period.year} cột {_numbers(one)}" for one in reversed(months))
        self._figures.show_text("Số liệu: " + "; ".join(told))
        self._figures.setToolTip("\n".join(f"{one.period.name}: cột {_numbers(one)}" for one in standing))
        self._figures_act.setEnabled(bool(months))
        self._counted.setVisible(bool(months))

    def turn(self) -> None:
        """Show the other side."""
        events = self._stack.currentIndex() == 1
        self._stack.setCurrentIndex(0 if events else 1)
        self.set_title(_EVENTS if events else _CONTENT)
        self._other.setText(_CONTENT if events else _EVENTS)
        self._turned.setText(_WORDS[self._other.text()])
        self._count.setVisible(events)
        self._foot.setVisible(events)
        bring_rows_into_sight(self, self.rect())  # narrow windows have it below what explains the date


def _numbers(one: Standing) -> str:
    return ", ".join(map(str, one.columns))


def _readable(content: QWidget, name: str) -> Scroller:
    """A column that the keyboard can scroll."""
    scroller = Scroller(content)
    scroller.take_focus(name, Qt.FocusPolicy.TabFocus)
    return scroller
