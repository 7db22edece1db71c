"""The hub's one writer: a thread that takes what has queued and writes it in one transaction.

Hides the queue and the group commit. Requests hand in work and are answered after the commit, all of a group in one
turn; the queue is bounded, and what it accepted is finished even when the hub stops. It knows nothing of HTTP.
"""

import queue
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

Work = TypeVar("Work")
Done = TypeVar("Done")

#: All communes of the country may send in the same second.
_LONGEST_QUEUE = 8192
_LARGEST_GROUP = 256


class QueueFull(Exception):
    """As much waits as may wait; nothing was queued."""


class Promise(Protocol):
    """An answer to come, as those of ``concurrent.futures`` and of ``asyncio`` both are."""

    def cancelled(self) -> bool: ...

    def done(self) -> bool: ...

    def set_result(self, result: Any, /) -> None: ...

    def set_exception(self, exception: BaseException, /) -> None: ...


Promised = TypeVar("Promised", bound=Promise)


def _at_once(call: Callable[[], None]) -> None:
    call()


class Writer(Generic[Work, Done, Promised]):
    """``write`` is given works in the order they came and returns as many answers, all in one transaction of its own.

    When a group fails each of its works is tried alone, so that one that cannot be written takes no other with it.
    ``promise`` makes the answer to come of one work; ``turn`` calls, in the thread where those who wait are, what keeps
    all promises of a group: waking that thread for each would cost more than the writing.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Work]], Sequence[Done]],
        promise: Callable[[], Promised],
        turn: Callable[[Callable[[], None]], object] = _at_once,
    ) -> None:
        self._write, self._promise, self._turn = write, promise, turn
        self._queue: queue.Queue[tuple[Work, Promised] | None] = queue.Queue(_LONGEST_QUEUE)
        self._thread = threading.Thread(target=self._run, name="hub-writer")
        self._door = threading.Lock()
        self._stopping = False

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finish what was accepted, then end; returns when it has."""
        with self._door:
            self._stopping = True
        self._queue.put(None)
        self._thread.join()

    def submit(self, work: Work) -> Promised:
        """The answer to come, known after the commit; QueueFull."""
        promised = self._promise()
        with self._door:
            if self._stopping:
                raise QueueFull
            try:
                self._queue.put_nowait((work, promised))
            except queue.Full:
                raise QueueFull from None
        return promised

    def _run(self) -> None:
        going = True
        while going:
            group = [self._queue.get()]
            while len(group) < _LARGEST_GROUP and not self._queue.empty():
                group.append(self._queue.get_nowait())
            # The last of all: nothing is queued behind it.
            going = None not in group
            # Whoever has left before his turn is not written.
            self._settle([one for one in group if one is not None and not one[1].cancelled()])

    def _settle(self, group: list[tuple[Work, Promised]]) -> None:
        if not group:
            return
        promised = [one for _, one in group]
        try:
            answers = self._write([work for work, _ in group])
        except Exception as error:
            if len(group) == 1:
                self._turn(partial(_break, promised[0], error))
                return
            for one in group:
                self._settle([one])
            return
        self._turn(partial(_keep, promised, answers))


def _keep(promised: Sequence[Promise], answers: Sequence[Any]) -> None:
    for one, answer in zip(promised, answers, strict=True):
        if not one.done():  # who left meanwhile is not told
            one.set_result(answer)


def _break(promised: Promise, error: Exception) -> None:
    if not promised.done():
        promised.set_exception(error)
