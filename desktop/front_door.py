"""The door of a register whose people have passwords: who may come in, who sits here now, and when it is shut.

Made by ``program`` only where the register asks who acts; a window without passwords loads nothing of it. Joins the
cover of the window with the forms that stand on it and with the office that believes them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.records import Clerk
from desktop import labels
from desktop.changes import Changes
from desktop.gui.commands import Commands, Problem
from desktop.gui.jobs import Jobs
from desktop.gui.lock import Cover, Lock
from desktop.gui.main_window import MainWindow
from desktop.gui.recover_card import NextSheetCard, RecoverCard
from desktop.gui.scanner import monotonic_ms
from desktop.gui.secret_sheet import Devices
from desktop.gui.sign_in import OwnPasswordCard, SignInCard
from desktop.gui.strips import MessageStrip
from desktop.office import keepers, people, rights, settings, signing_in
from desktop.office.signing_in import SignedIn
from desktop.rules.rights import LOCK_MINUTES, LOCK_SETTING

if TYPE_CHECKING:
    from desktop.gui.rating_desk import RatingDesk


class FrontDoor(QObject):
    """``entered``: the first person since the window was opened has come in.

    ``rating`` answers what asks the citizen, if anything does yet.
    """

    entered = Signal()

    def __init__(
        self,
        commands: Commands,
        jobs: Jobs,
        window: MainWindow,
        devices: Devices,
        rating: "Callable[[], RatingDesk | None]",
        *,
        ticks: Callable[[], int] = monotonic_ms,
    ) -> None:
        super().__init__(window)
        self._commands, self._jobs, self._window, self._rating = commands, jobs, window, rating
        #: Short name of who came in last; nobody at first.
        self._inside = ""
        self._next: Clerk | None = None
        self._leaving: set[str] = set()
        unit = commands.ask(settings.unit)
        self._cover = Cover(labels.sentence_start(unit.name) if unit else "")
        self._sign_in, self._own = SignInCard(commands), OwnPasswordCard(commands)
        self._recover, self._next_sheet = RecoverCard(commands), NextSheetCard(commands, devices, jobs)
        self._notice = MessageStrip()
        self._read = self._act("Đã đọc", "Ctrl+D", self._notice.hush)
        self._act("Khóa màn hình, đổi người", "Ctrl+L", self.shut)
        window.put_above(_indented(self._notice))
        self._lock = Lock(window, self._cover, self._minutes, commands.now, ticks)
        self._connect()

    def _connect(self) -> None:
        self._lock.due.connect(self._shut_by_itself)
        self._sign_in.entered.connect(self._enter)
        self._sign_in.forgotten.connect(self._ask_for_sheet)
        self._sign_in.closing.connect(self._window.close)
        self._own.chosen.connect(self._come_in_anew)
        self._own.given_up.connect(self._ask_who)
        self._recover.given_up.connect(self._ask_who)
        self._recover.recovered.connect(self._show_next_sheet)
        self._next_sheet.gone_on.connect(self._come_in_anew)
        self._commands.changed.connect(self._take)
        self._commands.person_wanted.connect(lambda one: self.shut(one))

    def let_in(self, clerk: Clerk) -> None:
        """Whoever began the passwords of this register sits here already."""
        self._inside = clerk.short_name

    def shut(self, chosen: Clerk | None = None, why: str = "") -> None:
        """Cover everything until somebody signs in; ``chosen`` stands ready to be typed for."""
        if self._lock.is_shut:
            return
        if (asking := self._rating()) is not None:
            asking.withdraw()
        self._lock.shut()
        locked = f"Khóa lúc {self._commands.now():%H:%M}. {self._kept()}"
        self._cover.say_why(why or (locked if self._inside else "Mỗi người vào bằng tên của mình."))
        self._next = chosen or (self._commands.clerk if self._inside else None)
        self._ask_who()

    def close(self) -> None:
        """The window is about to close."""
        self._lock.close()

    def look(self) -> None:
        """Who has left is signed out once nothing runs in his name any more."""
        if self._leaving and self._jobs.is_idle:
            for name in self._leaving - {self._inside}:
                self._commands.ask(signing_in.sign_out, name)
            self._leaving.clear()

    def _minutes(self) -> int:
        self.look()
        return int(self._commands.ask(settings.get, LOCK_SETTING, LOCK_MINUTES, refused=_nobody) or 0)

    def _kept(self) -> str:
        return f"{self._commands.clerk.full_name} đang làm việc ở quầy này; phần đang làm còn nguyên."

    def _shut_by_itself(self) -> None:
        self.shut(why=f"Tự khóa sau {self._minutes()} phút không dùng. {self._kept()}")

    def _ask_who(self) -> None:
        self._sign_in.show_people(self._next)
        self._cover.put(self._sign_in)

    def _ask_for_sheet(self) -> None:
        self._recover.show_people(self._sign_in.names.current)
        self._cover.put(self._recover)

    def _enter(self, done: SignedIn) -> None:
        self._next = done.clerk
        if done.must_change:
            self._own.show_person(done.clerk)
            self._cover.put(self._own)
        else:
            self._come_in(done.clerk, done.misses)

    def _show_next_sheet(self, person: Clerk, code: str) -> None:
        self._next = person
        self._next_sheet.show_code(code)
        self._cover.put(self._next_sheet)

    def _come_in_anew(self) -> None:
        assert self._next is not None, "somebody chose a password"
        self._come_in(self._next, 0)

    def _come_in(self, person: Clerk, misses: int) -> None:
        first, same = not self._inside, self._inside == person.short_name
        before, self._inside = self._inside, person.short_name
        if not same:
            self._change_hands(before)
            self._commands.act_as(self._commands.ask(people.found, person.short_name) or person)
        if first:
            self.entered.emit()
        elif not same:
            self._window.search.field.clear()
            self._window.begin_anew()
        self._lock.open(as_it_was=same)
        self._tell(misses)

    def _change_hands(self, before: str) -> None:
        """What was begun waits under its own name; who began it acts no more once what runs for him has ended."""
        if before:
            self._leaving.add(before)
        intake = self._window.made("intake")
        if intake is not None and before:
            intake.hand_on()  # type: ignore[attr-defined]
        self.look()

    def _tell(self, misses: int) -> None:
        """What everybody who comes in must know."""
        told = [
            f"Tờ khôi phục đã được dùng lúc {labels.when_words(use.at, self._commands.now())} cho tên {use.full_name}; "
            "nếu không ai ở đơn vị biết việc này, báo lãnh đạo ngay."
            for use in self._commands.ask(signing_in.recovery_uses, now=self._commands.now()) or ()
        ]
        replaced = self._commands.ask(keepers.replaced, now=self._commands.now())
        if replaced:
            told.append(replaced.words)
        if misses:
            told.append(f"Từ lần trước đã có {misses} lần gõ sai mật khẩu dưới tên của bạn.")
        if told:
            self._notice.say("soon", " ".join(told), action=self._read, icon="key-alert")
        else:
            self._notice.hush()

    def _take(self, changes: Changes) -> None:
        """Something was changed about people: perhaps about who sits here."""
        if not changes.settings or not self._inside or self._lock.is_shut:
            return
        refused: list[Problem] = []
        now = self._commands.now()
        found = self._commands.ask(rights.named, self._inside, now=now, refused=refused.append)
        if refused:
            self._inside = ""
            self.shut(why=refused[0].message)
        elif found is not None and found != self._commands.clerk:
            self._commands.act_as(found)

    def _act(self, words: str, keys: str, then: Callable[[], object]) -> QAction:
        action = QAction(words, self._window)
        action.setShortcut(keys)
        action.triggered.connect(lambda _checked=False: then())
        self._window.addAction(action)
        return action


def _indented(strip: MessageStrip) -> QWidget:
    """As wide as the page below it; without a sentence it takes no room."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(16, 0, 16, 0)
    strip.setProperty("above", "true")
    row.addWidget(strip)
    return holder


def _nobody(_problem: Problem) -> None:
    """A register that cannot be read says so where somebody works with it."""
