"""A worker for what lies outside of the machine: like ``Jobs``, but closing the program never waits for it.

A dead name server, a frozen radio link or a dying stick can hold a thread for minutes, and nothing can call it back:
such a thread is left behind and ends with the process. What was on its way is found "sending" at the next start.
"""

from collections import deque
from collections.abc import Callable
from threading import Condition, Thread
from typing import Any

from PySide6.QtCore import QObject

from desktop.gui.jobs import Job, Jobs

#: Seconds given, when the program closes, to what is just being settled.
_PATIENCE = 1.0


class OutsideJobs(Jobs):
    """One thread for one way out, made with the first work and gone when none is left."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._free = Condition()
        self._queue: deque[Callable[[], None]] = deque()
        self._runs = self._is_over = False

    def finish(self) -> None:
        """Ask what runs to stop and give it a second; what does not stop is left behind and heard no more."""
        for job in self._waiting:
            job.cancel()
        with self._free:
            self._queue.clear()
            self._free.wait_for(lambda: not self._runs, timeout=_PATIENCE)
            self._is_over = True

    def _launch(self, run: Callable[[], None]) -> None:
        with self._free:
            self._queue.append(run)
            if not self._runs:
                self._runs = True
                # A thread that ends with the process: Qt's own pool would wait for it.
                Thread(target=self._serve, name="outside", daemon=True).start()

    def _serve(self) -> None:
        while True:
            with self._free:
                if not self._queue:
                    self._runs = False
                    self._free.notify_all()
                    return
                run = self._queue.popleft()
            run()

    def _tell(self, job: Job, result: Any, problem: BaseException | None) -> None:
        with self._free:
            if not self._is_over:
                super()._tell(job, result, problem)
