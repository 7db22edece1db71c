"""A clerk's long day in the real window: citizens come one after another, by scanner and keys, papers go to a file.

The clock is given: an intake of 29 seconds makes a thousand of them eight hours. Every so-manieth citizen brings the
rest of a counter's work with them: a search, an act, a return with its question, every page looked at, another theme.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.connection import Register
from db.vocabulary import DossierStatus
from desktop.gui import theme
from desktop.gui.rating_window import RatingWindow
from desktop.gui.scanner import monotonic_ms
from desktop.office import lookup
from desktop.rules import practice, text
from desktop.rules.person import Person
from tests.journeys.counter_window import READING_MS, Counter

KEY = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
#: One citizen at the counter; a thousand of them are eight hours.
EACH = timedelta(seconds=29)
_PAGES = (KEY.Key_F2, KEY.Key_F3, KEY.Key_F4, KEY.Key_F5, KEY.Key_F6, KEY.Key_F7, KEY.Key_F8, KEY.Key_F9, KEY.Key_F1)
#: Seconds that the window may take for one thing; a list of the whole day is long in the evening.
_PATIENCE = 120.0


class Waiting:
    """Waits for the window as pytest-qt does; a program has no fixture."""

    def waitUntil(self, ready: Callable[[], bool], timeout: int = 0) -> None:
        """Let the window go on until ``ready``; RuntimeError when it never is."""
        until = time.monotonic() + (timeout / 1000 or _PATIENCE)
        while not ready():
            if time.monotonic() > until:
                raise RuntimeError("the window never came so far")
            QTest.qWait(2)

    @contextmanager
    def waitExposed(self, shown: QWidget) -> Iterator[None]:
        yield
        QTest.qWaitForWindowExposed(shown)


class Pace:
    """The clock of the keys: the machine's own, but a scanner's letters come as fast as it sends them.

    A machine that is busy with other work would else cut a scan in two, as no scanner does.
    """

    def __init__(self) -> None:
        self._held: int | None = None

    def __call__(self) -> int:
        return monotonic_ms() if self._held is None else self._held

    @contextmanager
    def of_a_scanner(self) -> Iterator[None]:
        self._held = monotonic_ms()
        yield
        self._held = None

    def step(self) -> None:
        """One letter of a scanner."""
        if self._held is not None:
            self._held += 1


class Shift(Counter):
    """One day at one counter. ``acts`` counts everything that a citizen or the clerk had done."""

    def __init__(self, book: Register, tray: Path, begin: datetime) -> None:
        self._pace = Pace()
        super().__init__(book, tray, begin, Waiting())
        scanner = self.program._scanning._scanner
        scanner._clock = scanner._guard._clock = self._pace
        self.acts = 0
        # Nobody of those who were here before: a number says how many citizens were invented until this one.
        self._people = islice(practice.people(seed=7), 5000, None)
        self._looks = cycle(("dark", "contrast", "light"))

    def press(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier, *, pause: int = 0) -> None:
        """One key as soon as the window has taken the one before."""
        QTest.qWait(pause)
        QTest.keyClick(self.window.windowHandle(), key, modifiers)

    def scan(self, text: str, *, end: bool = True) -> None:
        with self._pace.of_a_scanner():
            super().scan(text, end=end)

    def _strike(self, code: Qt.Key, text: str) -> None:
        self._pace.step()
        super()._strike(code, text)

    def until_said(self, words: str) -> None:
        try:
            super().until_said(words)
        except RuntimeError as never:
            raise RuntimeError(f"never said “{words}”, but: {self.said()}") from never

    def serve(self, number: int) -> None:
        """The ``number``-th citizen, and whatever of the day's other work falls on them."""
        person = next(self._people)
        code = self.take_in(person)
        for every, work in (
            (4, lambda: self.search(person)),
            (5, lambda: self.finish_and_hand_over(code, person)),
            (7, self.look_at_every_page),
            (11, lambda: self.ask_for_papers(code)),
            (25, self.change_the_look),
            (30, self.print_lists),
            (40, self.look_at_every_setting),
        ):
            if number % every == 0:
                work()
                self.acts += 1
        self.now += EACH
        if number % 2 == 0:
            self.program.heartbeat.tick()
        self.rest()

    def rest(self) -> None:
        """Until the worker has nothing left to do."""
        self.qtbot.waitUntil(lambda: self.program.jobs.is_idle)

    def take_in(self, person: Person) -> str:
        """From the scanned card to the printed receipt; the dossier's code."""
        before = lookup.count(self.book)
        self.press(KEY.Key_F3)
        self.scan(card_of(person))
        self.choose_correction()
        self.press(KEY.Key_F12)
        self.qtbot.waitUntil(lambda: lookup.count(self.book) == before + 1)
        self.until_said("Máy in đã nhận đủ 2 bản")
        self.acts += 1
        return lookup.page(self.book, limit=1)[0].code

    def search(self, person: Person) -> None:
        """Ctrl+F, a name without marks, the first answer; back."""
        self.press(KEY.Key_F, CONTROL)
        self.type(text.fold(person.name))
        self.press(KEY.Key_Return, pause=READING_MS)
        self.until_said("Diễn biến")
        self.press(KEY.Key_Escape)

    def finish_and_hand_over(self, code: str, person: Person) -> None:
        """Forwarded, finished, the receipt scanned, handed over with its paper, and the citizen's opinion."""
        self.program.open_dossier(code)
        self.press(KEY.Key_Return, pause=READING_MS)
        self.press(KEY.Key_Down)
        self.press(KEY.Key_F12)
        self.alt("K")
        self.press(KEY.Key_F12)
        self.qtbot.waitUntil(lambda: lookup.row(self.book, code).status is DossierStatus.FINISHED)
        self.press(KEY.Key_F5)
        self.scan(lookup.dossier(self.book, code).documents[-1].content["qr_text"])
        self.scan(card_of(person))
        self.press(KEY.Key_Space)
        self.press(KEY.Key_F12)
        self.until_said("Máy in đã nhận giấy biên nhận")
        self.alt("Y")
        asked = [one for one in QApplication.topLevelWidgets() if isinstance(one, RatingWindow) and one.isVisible()]
        self.qtbot.waitUntil(lambda: asked[0]._shown_for.hasExpired(asked[0]._unseen_ms))
        QTest.keyClick(asked[0], "4")
        self.window.activateWindow()
        self.until_said("Người dân đã cho ý kiến.")
        self.press(KEY.Key_Return, pause=READING_MS)

    def ask_for_papers(self, code: str) -> None:
        """A supplement is asked for, its form printed; the citizen is back at once."""
        if lookup.row(self.book, code).status is DossierStatus.HANDED_OVER:
            return
        self.program.open_dossier(code)
        self.alt("B")
        self.type("ban sao giay khai sinh")
        self.press(KEY.Key_Tab)
        self.type("chua du giay to")
        self.press(KEY.Key_F12)
        self.until_said("Đồng hồ dừng")
        self.alt("Y")
        self.until_said("Máy in đã nhận 1 bản Mẫu 02")

    def look_at_every_page(self) -> None:
        """Every page of the rail."""
        for key in _PAGES:
            self.press(key)
            QApplication.processEvents()
        self.rest()

    def look_at_every_setting(self) -> None:
        """Every part of the settings."""
        self.press(KEY.Key_F9)
        for digit in "1234567890":
            self.press(getattr(KEY, f"Key_{digit}"), ALT)
            QApplication.processEvents()
        self.rest()

    def change_the_look(self) -> None:
        """Another theme, as the settings change it."""
        theme.apply(self.program._app, next(self._looks))
        QApplication.processEvents()

    def print_lists(self) -> None:
        """The day's list drawn and sent to the printer, then the table of the month."""
        self.press(KEY.Key_F2)
        self.press(KEY.Key_P, CONTROL)
        self.until_said("Bấm F12 để in.")
        self.press(KEY.Key_F12)
        self.until_said("đã nhận đủ")
        self.press(KEY.Key_F7)
        self.rest()
        self.press(KEY.Key_P, CONTROL)
        self.rest()
        self.press(KEY.Key_F12)
        self.rest()


def card_of(person: Person) -> str:
    """What a scanner reads from the card of an invented citizen."""
    year, month, day = person.birth_date.split("-")
    return f"{person.id_number}||{person.name}|{day}{month}{year}|{person.gender}|{person.address}|05062022"
