"""The one door from the windows to the office: every act and every question passes here.

Adds who acts and the present moment, announces what changed once, and turns a refusal into one
signal with its sentence. Pages hold a ``Commands`` and never the register itself.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from db.records import Clerk
from desktop.changes import Changes
from desktop.errors import RegisterProblem, UserError

_IN_DOUBT = "Ngày giờ của máy vừa nhảy: hãy trả lời câu hỏi “Hôm nay là …?” rồi làm lại việc này; chưa có gì được ghi."

T = TypeVar("T")
Problem = UserError | RegisterProblem


class Book(Protocol):
    """An open register, opaque to the windows."""

    @property
    def practice(self) -> bool: ...


class Commands(QObject):
    """Calls office functions on the GUI thread with the open register as their first argument."""

    #: One ``Changes`` after each act that changed something.
    changed = Signal(object)
    #: The ``UserError`` or ``RegisterProblem`` of something that could not be done.
    refused = Signal(object)
    #: Something was done: earlier refusals are no longer news.
    succeeded = Signal()
    #: The ``Clerk`` who acts from now on.
    clerk_changed = Signal(object)
    #: The ``Clerk`` in whose name somebody wants to go on, on a register that first asks for a password.
    person_wanted = Signal(object)

    def __init__(self, book: Book, clerk: Clerk, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._clerk = clerk
        self._clock = clock
        #: Whether a moment's day is sure; whoever knows that it is not, also asks. What is recorded at a moment to
        #: come can never be taken back.
        self.is_sure_of: Callable[[datetime], bool] = lambda _moment: True

    @property
    def book(self) -> Any:
        """The open register, only to hand to an office function in a worker thread."""
        return self._book

    @property
    def clerk(self) -> Clerk:
        return self._clerk

    @property
    def practice(self) -> bool:
        """Whether this is a practice register (bản tập huấn)."""
        return self._book.practice

    def now(self) -> datetime:
        """The present moment, aware, in Việt Nam."""
        return self._clock()

    def act_as(self, clerk: Clerk) -> None:
        """From now on acts carry this clerk; whether he may, the office asks at each."""
        self._clerk = clerk
        self.clerk_changed.emit(clerk)

    def do(
        self,
        act: Callable[..., T],
        *arguments: Any,
        refused: Callable[[Problem], None] | None = None,
        **facts: Any,
    ) -> T | None:
        """``act(book, *arguments, clerk=…, now=…, **facts)``; its changes are announced.

        ``None`` when it was refused: the sentence went to ``refused`` when given, else to the signal.
        """
        now = self.now()
        if not self.is_sure_of(now):
            self._refuse(UserError("clock_in_doubt", _IN_DOUBT), refused)
            return None
        facts = {"clerk": self._clerk.short_name, "now": now, **facts}
        done = self._call(act, arguments, facts, refused)
        if done is not None:
            changes = done if isinstance(done, Changes) else getattr(done, "changes", Changes())
            self.succeeded.emit()
            self.announce(changes)
        return done

    def ask(
        self,
        question: Callable[..., T],
        *arguments: Any,
        refused: Callable[[Problem], None] | None = None,
        **facts: Any,
    ) -> T | None:
        """``question(book, *arguments, **facts)``, which changes nothing; ``None`` when it was refused."""
        return self._call(question, arguments, facts, refused)

    def see(
        self,
        question: Callable[..., T],
        *arguments: Any,
        refused: Callable[[Problem], None] | None = None,
        **facts: Any,
    ) -> T | None:
        """``question(book, *arguments, clerk=…, **facts)``: as :meth:`ask`, of what not everybody is shown."""
        return self._call(question, arguments, {"clerk": self._clerk.short_name, **facts}, refused)

    def announce(self, changes: Changes) -> None:
        """Tell every page what changed; for work that a worker thread finished."""
        if changes:
            self.changed.emit(changes)

    def _call(
        self,
        function: Callable[..., T],
        arguments: tuple[Any, ...],
        facts: dict[str, Any],
        refused: Callable[[Problem], None] | None,
    ) -> T | None:
        try:
            return function(self._book, *arguments, **facts)
        except (UserError, RegisterProblem) as problem:
            self._refuse(problem, refused)
            return None

    def _refuse(self, problem: Problem, refused: Callable[[Problem], None] | None) -> None:
        if refused is not None:
            refused(problem)
        else:
            self.refused.emit(problem)
