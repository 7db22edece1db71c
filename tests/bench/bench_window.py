"""The window on a register of 100,000 dossiers, 3,000 of them open: from the start of its process to usable; memory.

Ours and an empty window of PySide6 are started in turns as processes of their own, both with warm bytecode and on a
screen of 1366×768. Usable means exposed, painted, first page filled and focus set, with the event loop idle; the
scanner and the look through the whole file follow a blink later.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from statistics import median

from desktop.office import backups
from desktop.rules.calendar import VN_TZ
from tests.bench import registers
from tests.bench.measuring import Row

#: What Qt's platform without a screen believes to have; by itself it has 800×800, which no counter has.
SCREEN = {"name": "", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
#: Those of every day, and the way home.
PAGES = ("intake", "dossiers", "handover", "settings", "help", "home")
#: The pages that a clerk opens some days only.
_MORE_PAGES = ("posting", "statistics", *PAGES)


def measure(quick: bool) -> list[Row]:
    """The time to usable against an empty window, and the memory at the start and after every page was shown."""
    dossiers, rounds = (100, 1) if quick else (100_000, 15)
    now = datetime.now(VN_TZ).replace(microsecond=0)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "data")
        book = registers.filled(home, dossiers, last=now)
        registers.put_under_way(book, now)
        # Or the first window would be measured while it makes the day's copy.
        backups.make(book, now=now)
        book.close()
        child = _Child(Path(folder))
        child.run("empty"), child.run(str(home), *PAGES)
        pairs = [(child.run(str(home)), child.run("empty")) for _ in range(rounds)]
        counter, everything = (
            median(child.run(str(home), *pages)[1] for _ in range(min(rounds, 5))) for pages in (PAGES, _MORE_PAGES)
        )
    ours, empty = ([run[side] for run in pairs] for side in (0, 1))
    start = median(ms for ms, _ in ours), median(ms for ms, _ in empty)
    memory = median(mb for _, mb in ours)
    claim = f"Window with {dossiers:,} dossiers"
    return [
        Row(f"{claim}, start to usable", *start, 2.0, "an empty PySide6 window"),
        Row(f"{claim}, memory at the start", memory, 130.0, 1.0, "promised 130 MB", "MB"),
        Row(f"{claim}, memory after every page of the counter", counter, 130.0, 1.0, "promised 130 MB", "MB"),
        Row(f"{claim}, memory with wall and figures as well", everything, 130.0, None, "the same", "MB"),
    ]


class _Child:
    """Starts ``window_child`` with bytecode cached in a folder of its own, whatever the caller's settings."""

    def __init__(self, folder: Path) -> None:
        screen = folder / "screen.json"
        screen.write_text(json.dumps({"screens": [SCREEN]}))
        platform = f"offscreen:configfile={screen}"
        self._settings = {**os.environ, "QT_QPA_PLATFORM": platform, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
        self._settings.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(self, *arguments: str) -> tuple[float, float]:
        """Milliseconds from before the start until usable, and resident MB."""
        command = [sys.executable, "-m", "tests.bench.window_child", str(time.monotonic()), *arguments]
        done = subprocess.run(command, env=self._settings, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        usable, memory = done.stdout.split()
        return float(usable), float(memory)
