"""A real hub: the process that ``motcua hub serve`` starts, on a free port of loopback, stopped as a service is."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

CHECKOUT = Path(__file__).resolve().parents[2]
_ADDRESS = re.compile(r"http://(127\.0\.0\.1):(\d+)")
_START_SECONDS = _STOP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class HubProcess:
    """Where it listens, its process, and what it said while it started."""

    address: tuple[str, int]
    pid: int
    said: str

    @property
    def url(self) -> str:
        return f"http://{self.address[0]}:{self.address[1]}"

    @property
    def peak_megabytes(self) -> float:
        """The most memory that it ever had in use, as Linux counts it."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


@contextmanager
def serving(home: Path, *words: str) -> Iterator[HubProcess]:
    """A hub that serves this folder, begun there if need be; ``words`` go behind ``hub serve``."""
    command = [sys.executable, "-m", "desktop", "hub", "serve", "--data", str(home), "--port", "0", *words]
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, cwd=CHECKOUT, stderr=told, stdout=subprocess.DEVNULL)
        try:
            said, address = _started(process, told)
            yield HubProcess(address, process.pid, said)
        finally:
            process.send_signal(signal.SIGTERM)
            exit_code = process.wait(_STOP_SECONDS)
        assert exit_code == 0
        assert b"Traceback" not in os.pread(told.fileno(), 1_000_000, 0), "the hub had troubles of its own"


def _started(process: "subprocess.Popen[bytes]", told: IO[bytes]) -> tuple[str, tuple[str, int]]:
    """What the hub has said, and its address, once it listens."""
    deadline = time.monotonic() + _START_SECONDS
    while True:
        said = os.pread(told.fileno(), 100_000, 0).decode()
        if found := _ADDRESS.search(said):
            return said, (found[1], int(found[2]))
        assert process.poll() is None and time.monotonic() < deadline, f"the hub did not start: {said}"
        time.sleep(0.05)
