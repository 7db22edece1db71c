"""The hub's one writer: a thread that takes what has queued and writes it in one transaction.

Hides the queue and the group commit. Requests hand in work and are answered after the commit; the queue is bounded, and
what it accepted is finished even when the hub stops. It knows nothing of HTTP.
"""

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

Work = TypeVar("Work")
Done = TypeVar("Done")

#: All communes of the country may send in the same second.
_LONGEST_QUEUE = 8192
_LARGEST_GROUP = 256


class QueueFull(Exception):
    """As much waits as may wait; nothing was queued."""


class Writer(Generic[Work, Done]):
    """``write`` is given works in the order they came and returns as many answers, all in one transaction of its own.

    When a group fails each of its works is tried alone, so that one that cannot be written takes no other with it.
    """

    def __init__(self, write: Callable[[Sequence[Work]], Sequence[Done]]) -> None:
        self._write = write
        self._queue: queue.Queue[tuple[Work, Future[Done]] | None] = queue.Queue(_LONGEST_QUEUE)
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

    def submit(self, work: Work) -> "Future[Done]":
        """The answer to come, known after the commit; QueueFull."""
        future: Future[Done] = Future()
        with self._door:
            if self._stopping:
                raise QueueFull
            try:
                self._queue.put_nowait((work, future))
            except queue.Full:
                raise QueueFull from None
        return future

    def _run(self) -> None:
        going = True
        while going:
            group = [self._queue.get()]
            while len(group) < _LARGEST_GROUP and not self._queue.empty():
                group.append(self._queue.get_nowait())
            # The last of all: nothing is queued behind it.
            going = None not in group
            # Whoever has left before his turn is not written; from here on nobody can leave any more.
            self._settle([one for one in group if one is not None and one[1].set_running_or_notify_cancel()])

    def _settle(self, group: list[tuple[Work, "Future[Done]"]]) -> None:
        if not group:
            return
        try:
            answers = self._write([work for work, _ in group])
        except Exception as error:
            if len(group) == 1:
                group[0][1].set_exception(error)
                return
            for one in group:
                self._settle([one])
            return
        for (_, future), answer in zip(group, answers, strict=True):
            future.set_result(answer)
