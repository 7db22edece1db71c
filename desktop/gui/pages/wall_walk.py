"""Đi soát tường: one huge answer for every sheet that is scanned, readable at two metres, with a running count.

Records nothing by itself: Space records that the scanned sheet hangs, or was taken down.
"""

from collections import Counter

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop import labels
from desktop.changes import Changes
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands, Problem
from desktop.gui.counts import CountRow
from desktop.gui.fields import FieldRow
from desktop.gui.icons import Icon
from desktop.gui.messages import of_problem
from desktop.gui.page import Page
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import ElidedLabel, line
from desktop.gui.theme import restyle
from desktop.gui.wall_words import VERDICT_MARKS, place_words
from desktop.office import posting_checks, postings
from desktop.office.posting_checks import ScanAnswer, Verdict
from desktop.office.postings import Place
from desktop.rules import sheet_codes

_WAITING = "Quét mã trên tờ"
#: Lower than this (1366×768 at 200 %) the answer keeps its words and gives up its icon.
_LOW_ANSWER = 160


class WalkAnswer(QFrame):
    """The answer, as large as the room allows; the sheet, its place and why below it."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("qrcode-scan", "idle", 96)
        self._words = line(_WAITING, "verdict", wrap=True)
        self._title = ElidedLabel("", "title")
        self._place = line("", "tell", wrap=True)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(24)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column = column = QVBoxLayout()
        column.addStretch(1)
        for part in (self._words, self._title, self._place):
            column.addWidget(part)
        column.addStretch(1)
        row.addLayout(column, 1)

    def show_answer(self, told: ScanAnswer | None) -> None:
        """An answer, or that one is waited for."""
        mark = VERDICT_MARKS[told.verdict] if told else None
        tone = mark.tone if mark else "idle"
        for part in (self, self._icon, self._words):
            restyle(part, tone=tone)
        self._icon.show_icon(mark.icon if mark else "qrcode-scan")
        self._words.setText(told.words if told else _WAITING)
        title = f"{told.mark}  {labels.procedure_words(told.title or told.name)}".strip() if told else ""
        self._title.show_text(title)
        self._place.setText(_details(told) if told else "Đi dọc tường, quét từng tờ. Esc về Niêm yết.")
        self._title.setVisible(bool(title))
        self._place.setVisible(bool(self._place.text()))
        self.setAccessibleName(f"{self._words.text()}. {title}. {self._place.text()}")

    def fit(self, room: int) -> None:
        """Smaller where the canvas is low: the whole answer stays in sight."""
        low = room < _LOW_ANSWER
        restyle(self._words, role="verdict" if room >= 300 else "figure" if low else "code")
        restyle(self._title, role="strong" if low else "title")
        restyle(self._place, role="body" if low else "tell")
        self._row.setContentsMargins(24, 4 if low else 16, 24, 4 if low else 16)
        self._column.setSpacing(0 if low else 8)
        self._icon.setHidden(low)


class WallWalkPage(Page):
    """``take_scan`` is told of every sheet that was scanned, wherever the focus was."""

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self._told: ScanAnswer | None = None
        self._version = ""
        self._walked: dict[str, Verdict] = {}
        self.counts = CountRow({str(verdict): mark for verdict, mark in VERDICT_MARKS.items()}, unit="tờ đã quét")
        self.answer = WalkAnswer()
        self._typed = FieldRow("sheet_code", "Mã tờ", hint="quét, hoặc gõ chữ dưới mã QR rồi Enter", label_width=52)
        self._left = ElidedLabel("", "quiet")
        self.strip = MessageStrip()
        self._record = self.act("Ghi là đang dán", "F12", self._settle)
        self.button = ActButton(self._record, "check")
        self.act("Về Niêm yết", "Esc", self._leave)
        self._typed.editor.installEventFilter(self)
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        head = Card("Đi soát tường", flush=True)
        head.head.addWidget(self._left, 100)
        self._left.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.body.addWidget(self.counts)
        for count in self.counts.stops:
            count.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self._typed, 1)
        foot.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(head)
        column.addWidget(self.answer, 1)
        column.addWidget(self.strip)
        column.addLayout(foot)

    def concerns(self, changes: Changes) -> bool:
        return changes.postings or changes.catalogue or changes.settings

    def refresh(self) -> None:
        self._show()

    def focus_first(self) -> None:
        self._typed.focus()

    def begin(self) -> None:
        """A new walk counts from nothing."""
        self._walked, self._told = {}, None
        self.strip.hush()
        self._show()

    def take_scan(self, text: str) -> None:
        """Answer what the scanned sheet is; a sheet scanned twice counts once."""
        told = self._commands.ask(posting_checks.answer, text, self._commands.now().date())
        if told is None:
            return
        scanned = sheet_codes.read(text)
        self._told, self._version = told, scanned.version if scanned else ""
        self._walked[text.strip().upper()] = told.verdict
        self.strip.hush()
        self._typed.set_value("")
        self._show()

    def _show(self) -> None:
        numbers = Counter(self._walked.values())
        self.counts.show_counts({str(verdict): numbers[verdict] for verdict in Verdict})
        hanging = {one.name for one in self._commands.ask(postings.hanging) or ()}
        names = {found.name for text in self._walked if (found := sheet_codes.read(text))}
        waiting = len(hanging - names)
        self._left.show_text(
            f"đã quét {labels.count_words(len(self._walked))} tờ, "
            f"còn {labels.count_words(waiting)} tờ đang dán theo sổ chưa quét"
        )
        self.answer.show_answer(self._told)
        words = self._act_words()
        self._record.setText(words or "Ghi là đang dán")
        self.button.setVisible(bool(words))

    def _act_words(self) -> str:
        """What may be recorded of the sheet in hand; empty when the register knows it as it is."""
        told = self._told
        if told is None or not told.name:
            return ""
        if told.verdict is Verdict.CURRENT:
            right = any(self._is_right(told, one.sha256) for one in told.hangs)
            return "" if right else "Ghi là đang dán"
        return "Ghi đã gỡ" if told.hangs and told.verdict in (Verdict.OLD, Verdict.ABOLISHED) else ""

    def _is_right(self, told: ScanAnswer, sha256: str) -> bool:
        return told.verdict is Verdict.CURRENT and sheet_codes.version_digits(sha256) == self._version

    def _settle(self) -> None:
        """F12: record what the button says."""
        words, told = self._act_words(), self._told
        if not words or told is None:
            return
        if told.verdict is Verdict.CURRENT:
            here = Place(told.name, version=self._version)
            done = self._commands.do(postings.post, [here], refused=self._refused)
        else:
            done = self._commands.do(postings.take_down, [Place(told.name)], refused=self._refused)
        if done is not None:
            hangs = tuple(one for one in self._commands.ask(postings.hanging) or () if one.name == told.name)
            self._told = ScanAnswer(told.verdict, told.words, told.name, told.mark, told.title, told.cause, hangs)
            self._show()
            self.strip.say("ok", "Đã ghi: đang dán." if hangs else "Đã ghi: đã gỡ.")

    def _refused(self, problem: Problem) -> None:
        self.strip.say(*of_problem(problem))

    def _leave(self) -> None:
        self._told = None
        self.left.emit()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.answer.fit(event.size().height() - 200)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if not pressed or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            return super().eventFilter(watched, event)
        if self._typed.value().strip():
            self.take_scan(self._typed.value())
        return True


def _details(told: ScanAnswer) -> str:
    """Where it hangs by the register, and what made it wrong."""
    places = "; ".join(place_words(one.board, one.slot) for one in told.hangs)
    where = f"Theo sổ dán ở: {places}." if places else "Theo sổ chưa dán." if told.name else ""
    since = f"Quyết định {told.cause.decision}." if told.cause.decision else ""
    return " ".join(filter(None, (since, where)))
