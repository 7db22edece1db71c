"""RatingWindow: what the citizen sees. It rests on the unit's name and hours, and asks one question after a return.

Hides its pages, its patience and who may have pressed. Never shows a name, a number or anything of the clerk's
screen; records nothing itself: it answers with what was pressed, or that nothing was.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.gui import layouts
from desktop.gui.icons import Icon
from desktop.gui.rating_cards import ConsentTick, Room, ScoreCard, TouchButton
from desktop.gui.texts import line
from desktop.gui.theme import restyle
from desktop.rules import ratings

PATIENCE_MS = 60_000
#: A key that went down before the question could have been seen is no answer.
_UNSEEN_MS = 400
_THANKS_MS = 5_000
_MARGIN, _TIGHT_MARGIN = 40, 16
#: A window on the clerk's own screen at 150 % is 911×448 and at 200 % 683×348: below these heights faces and words
#: shrink, and none is left out.
_LOW, _TIGHT = 660, 400
#: What 200 % of 1366×768 leaves below the window's own title bar.
_LEAST = QSize(600, 300)
_WIDE_TARGET = 96


@dataclass(frozen=True, slots=True)
class Answer:
    """What the citizen chose. ``by_key`` tells a key from a finger; ``anonymous`` is False only when agreed to."""

    score: int
    scale: int
    reason: str
    anonymous: bool
    by_key: bool


class RatingWindow(QWidget):
    """``answered`` carries an :class:`Answer`, ``declined`` that nothing was chosen; one of them ends each question."""

    answered = Signal(object)
    declined = Signal()

    def __init__(
        self, unit: str, hours: Sequence[str], *, patience_ms: int = PATIENCE_MS, unseen_ms: int = _UNSEEN_MS
    ) -> None:
        super().__init__()
        self._unseen_ms = unseen_ms
        self._scale = ratings.DEFAULT_SCALE
        self._chosen: tuple[int, bool] | None = None
        self._shown_for = QElapsedTimer()
        self._patience = _timer(self, patience_ms, self._end)
        self._thanks_timer = _timer(self, _THANKS_MS, self.rest)
        self.setWindowTitle("Ý kiến của người dân")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(_LEAST)
        self._stack = QStackedWidget()
        self._idle = _centred([("Giờ tiếp nhận và trả kết quả", "tell", "text2")], hours)
        self._question = _QuestionPage()
        self._why = _ReasonPage()
        self._thanks = _centred([], ["Cảm ơn Ông/Bà."])
        for page in (self._idle, self._question, self._why, self._thanks):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._header = _Header(unit)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        self._question.chosen.connect(lambda score: self._choose(score, by_key=False))
        self._question.declined.connect(self._decline)
        self._question.touched.connect(self._patience.start)
        self._why.chosen.connect(self._answer)

    @property
    def is_asking(self) -> bool:
        """Whether a citizen may still answer."""
        return self._patience.isActive()

    def ask(self, scale: int) -> None:
        """Put the question on ``scale``; one that still stood is ended first."""
        self.end()
        self._scale, self._chosen = scale, None
        self._thanks_timer.stop()
        self._question.show_scale(scale)
        self._stack.setCurrentWidget(self._question)
        self._shown_for.start()
        self._patience.start()
        self.setFocus()

    def rest(self) -> None:
        """Only the unit's name and hours."""
        self._patience.stop()
        self._thanks_timer.stop()
        self._stack.setCurrentWidget(self._idle)

    def _choose(self, score: int, *, by_key: bool) -> None:
        self._chosen = (score, by_key)
        if ratings.is_dissatisfied(score, self._scale):
            self._stack.setCurrentWidget(self._why)
            self._shown_for.start()
            self._patience.start()
        else:
            self._answer("")

    def _answer(self, reason: str) -> None:
        assert self._chosen is not None, "a reason is asked for a score"
        score, by_key = self._chosen
        answer = Answer(score, self._scale, reason, not self._question.consents, by_key)
        self._patience.stop()
        self._stack.setCurrentWidget(self._thanks)
        self._thanks_timer.start()
        self.answered.emit(answer)

    def _decline(self) -> None:
        self.rest()
        self.declined.emit()

    def end(self) -> None:
        """Wait no longer: a score that was pressed counts without its reason, nothing else does."""
        if self.is_asking:
            self._end()

    def _end(self) -> None:
        if self._chosen is None:
            self._decline()
        else:
            self._answer("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if not self.is_asking or event.isAutoRepeat() or self._shown_for.elapsed() < self._unseen_ms:
            return
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        elif len(digit) != 1 or digit not in "123456":
            return
        elif self._chosen is None and int(digit) <= self._scale:
            self._choose(int(digit), by_key=True)
        elif self._chosen is not None:
            self._answer(ratings.REASONS[int(digit) - 1])

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        high = event.size().height()
        room = Room.TIGHT if high < _TIGHT else Room.LOW if high < _LOW else Room.ENOUGH
        for part in (self._header, self._question, self._why):
            part.fold(room)

    def closeEvent(self, event) -> None:
        self.end()
        super().closeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(1024, 768)


class _Header(QFrame):
    """The unit's name on the colour of the rail."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._name = line(unit, "date", "rail", wrap=True)
        self._row.addWidget(self._name, 1)
        self.fold(Room.ENOUGH)

    def fold(self, room: Room) -> None:
        """Half as high where there is little room."""
        space, margin = 20 if room is Room.ENOUGH else 6, _margin(room)
        restyle(self._name, role="act" if room is Room.TIGHT else "date")
        self._row.setContentsMargins(margin, space, margin, space)


class _QuestionPage(QWidget):
    """Faces in one row, alike; below them what happens with the answer and the way to give none."""

    chosen = Signal(int)
    declined = Signal()
    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._scale, self._room = 0, Room.ENOUGH
        self._cards = QWidget()
        self._consent = ConsentTick("Tôi đồng ý ghi ý kiến này cùng hồ sơ của tôi")
        self._consent.toggled.connect(lambda _on: self.touched.emit())
        self._no_answer = TouchButton("Không trả lời", "Esc")
        self._no_answer.clicked.connect(lambda _checked=False: self.declined.emit())
        self._lead = line("Ông/Bà vừa nhận kết quả tại quầy này.", "tell", "text2", wrap=True)
        self._closes = line("Tự đóng sau 60 giây. Không chọn thì không ghi gì.", "tell", "text2", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._lead)
        self._asked = line("Hôm nay chúng tôi phục vụ thế nào?", "ask", wrap=True)
        self._promise = line("Ý kiến không ghi tên. Chạm vào một khuôn mặt hoặc bấm số.", "tell", wrap=True)
        self._column.addWidget(self._asked)
        self._column.addWidget(self._cards, 1)
        self._column.addLayout(_with_mask(self._promise))
        foot = QGridLayout()
        foot.setHorizontalSpacing(16)
        foot.addWidget(self._no_answer, 0, 0)
        foot.addWidget(self._consent, 0, 1)
        foot.addWidget(self._closes, 1, 0, 1, 2)
        foot.setColumnStretch(1, 1)
        self._column.addLayout(foot)
        self.fold(Room.ENOUGH)

    @property
    def consents(self) -> bool:
        """Whether the citizen let the rating stand with the dossier."""
        return self._consent.isChecked()

    def show_scale(self, scale: int) -> None:
        """Fresh cards for a scale, nothing ticked."""
        self._scale = scale
        self._consent.setChecked(False)
        self._show_cards()

    def fold(self, room: Room) -> None:
        """Less around the faces, and smaller ones, where there is little height."""
        _fold(self._column, self._asked, room)
        restyle(self._promise, role="act" if room is Room.TIGHT else "tell")
        self._lead.setHidden(room is not Room.ENOUGH)
        self._closes.setHidden(room is not Room.ENOUGH)
        self._no_answer.fold(room)
        self._consent.fold(room)
        if self._room is not room:
            self._room = room
            self._show_cards()

    def _show_cards(self) -> None:
        if not self._scale:
            return
        fresh = QWidget()
        row = QHBoxLayout(fresh)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8 if self._room is Room.TIGHT else 16)
        for score, words in enumerate(ratings.SCALES[self._scale], start=1):
            card = ScoreCard(score, self._scale, words, room=self._room)
            card.clicked.connect(lambda _checked=False, score=score: self.chosen.emit(score))
            row.addWidget(card, 1)
        fresh.setMaximumHeight(420)
        self._cards.hide()
        layouts.put_instead(self._column, self._cards, fresh)
        self._cards = fresh


class _ReasonPage(QWidget):
    """Why somebody was not content; may be skipped."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = self._column = QVBoxLayout(self)
        self._lead = line("Cảm ơn Ông/Bà đã nói thật.", "tell", "text2", wrap=True)
        column.addWidget(self._lead)
        self._asked = line("Điều gì làm Ông/Bà chưa hài lòng?", "ask", wrap=True)
        column.addWidget(self._asked)
        grid = self._grid = QGridLayout()
        self._buttons: list[TouchButton] = []
        for number, reason in enumerate(ratings.REASONS):
            button = TouchButton(reason, str(number + 1), role="date")
            self._buttons.append(button)
            button.clicked.connect(lambda _checked=False, reason=reason: self.chosen.emit(reason))
            grid.addWidget(button, number // 2, number % 2)
        for place in range(2):
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        column.addStretch(1)
        self._skip = TouchButton("Không nói lý do", "Esc")
        self._skip.clicked.connect(lambda _checked=False: self.chosen.emit(""))
        column.addWidget(self._skip, 0, Qt.AlignmentFlag.AlignLeft)
        self.fold(Room.ENOUGH)

    def fold(self, room: Room) -> None:
        """Lower buttons, never lower than a finger needs."""
        _fold(self._column, self._asked, room)
        self._grid.setSpacing(8 if room is Room.TIGHT else 12)
        self._lead.setHidden(room is not Room.ENOUGH)
        for button in (*self._buttons, self._skip):
            button.fold(room)
        if room is Room.ENOUGH:
            for button in self._buttons:
                button.setMinimumHeight(_WIDE_TARGET)


def _fold(column: QVBoxLayout, asked: QLabel, room: Room) -> None:
    space, margin = {Room.ENOUGH: 28, Room.LOW: 12, Room.TIGHT: 8}[room], _margin(room)
    column.setContentsMargins(margin, space, margin, space)
    column.setSpacing(16 if room is Room.ENOUGH else 8)
    restyle(asked, role="date" if room is Room.TIGHT else "ask")


def _margin(room: Room) -> int:
    return _TIGHT_MARGIN if room is Room.TIGHT else _MARGIN


def _with_mask(promise: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Icon("incognito", "accent", 32))
    row.addWidget(promise, 1)
    return row


def _centred(heads: Sequence[tuple[str, str, str]], lines: Sequence[str]) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    column.setSpacing(16)
    column.addStretch(2)
    for words, role, tone in (*heads, *((words, "ask", "text") for words in lines)):
        label = line(words, role, tone, wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(label)
    column.addStretch(3)
    return page


def _timer(owner: QWidget, after_ms: int, then) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(after_ms)
    timer.timeout.connect(then)
    return timer
