"""Counters (``day``, or windows of ``first_day``) that are started, listened to, and killed or left to their faults."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.power.day import Order

CHECKOUT = Path(__file__).resolve().parents[2]
#: More steps than anybody lives to do.
ENDLESS = 10**9


class Counters:
    """One program that forks a worker for each order; with ``library`` its disk can be logged and made to fail."""

    def __init__(self, library: Path | None = None, program: str = "tests.power.day") -> None:
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"} | ({"LD_PRELOAD": str(library)} if library else {})
        self._program = subprocess.Popen(
            [sys.executable, "-m", program],
            cwd=CHECKOUT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def killed(self, order: Order, delay: float, *, after: str) -> list[str]:
        """All that a worker said until it was killed, ``delay`` seconds after it said ``after``."""
        self._give(order._replace(steps=ENDLESS))
        lines = self._until(after, [])
        time.sleep(delay)
        with suppress(ProcessLookupError):  # it came to its end by itself
            os.kill(next(int(line.split("\t")[1]) for line in lines if line.startswith("working\t")), signal.SIGKILL)
        return self._until("dead", lines)

    def finished(self, order: Order) -> list[str]:
        """All that a worker said that was left to its work, and perhaps to its fault."""
        self._give(order)
        return self._until("dead", [])

    def close(self) -> None:
        assert self._program.stdin is not None and self._program.stdout is not None
        self._program.stdin.close()
        self._program.wait(timeout=60)
        self._program.stdout.close()

    def __enter__(self) -> "Counters":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _give(self, order: Order) -> None:
        assert self._program.stdin is not None
        self._program.stdin.write(f"{order}\n")
        self._program.stdin.flush()

    def _until(self, word: str, lines: list[str]) -> list[str]:
        assert self._program.stdout is not None
        while not any(line.split("\t")[0] in (word, "dead") for line in lines):
            line = self._program.stdout.readline()
            if not line:
                raise RuntimeError("the counters' program is gone")
            lines.append(line.rstrip("\n"))
        return lines
