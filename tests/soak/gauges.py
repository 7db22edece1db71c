"""What a window that runs all day must not let grow, read from the process itself, and the judgement over a day.

Bytes of memory and of the write-ahead log are judged by their slope after the warm-up, the rest by the least that is
ever seen again: something that leaks never goes back to it.
"""

import gc
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import psutil
from PySide6.QtCore import QObject

#: Acts until every page, cache and font has been used: what is allocated until then stays and is no leak.
WARM_UP = 200
#: Megabytes that a thousand acts may add to resident memory.
MOST_GROWTH = 2.0
#: How much the write-ahead log may hold at any sample; SQLite folds it in at 4 MB.
MOST_LOG = 16.0
_MB = 1_000_000


class Sample(NamedTuple):
    """The process after so many ``acts``: resident and log in MB; handles, threads and Python's Qt objects counted."""

    acts: int
    resident: float
    handles: int
    threads: int
    objects: int
    log: float

    def __str__(self) -> str:
        return (
            f"{self.acts:6} acts  {self.resident:7.2f} MB  handles {self.handles:4}  threads {self.threads:3}"
            f"  objects {self.objects:6}  log {self.log:5.2f} MB"
        )


def take(acts: int, register: Path) -> Sample:
    """The process now; what is only waiting to be collected has been collected."""
    gc.collect()
    process = psutil.Process()
    handles = process.num_handles() if os.name == "nt" else process.num_fds()
    log = register.with_name(f"{register.name}-wal")
    return Sample(
        acts,
        process.memory_info().rss / _MB,
        handles,
        process.num_threads(),
        # Not asked of Qt: each of its own objects that it names would get a shell in Python that stays for ever.
        sum(isinstance(one, QObject) for one in gc.get_objects()),
        log.stat().st_size / _MB if log.exists() else 0.0,
    )


def slope(samples: Sequence[Sample], name: str) -> float:
    """How much a gauge grows in a thousand acts, by the straight line that lies closest to the samples."""
    acts = [float(sample.acts) for sample in samples]
    values = [float(getattr(sample, name)) for sample in samples]
    middle, mean = sum(acts) / len(acts), sum(values) / len(values)
    spread = sum((act - middle) ** 2 for act in acts)
    together = sum((act - middle) * (value - mean) for act, value in zip(acts, values, strict=True))
    return together / spread * 1000 if spread else 0.0


def after_warm_up(samples: Sequence[Sample], warm_up: int = WARM_UP) -> list[Sample]:
    """The samples that are judged."""
    return [sample for sample in samples if sample.acts >= warm_up]


def faults(samples: Sequence[Sample], warm_up: int = WARM_UP) -> list[str]:
    """What grew that must not; empty when the day was flat. Needs two samples after the warm-up."""
    judged = after_warm_up(samples, warm_up)
    assert len(judged) > 1, "nothing to compare"
    found = []
    if (growth := slope(judged, "resident")) >= MOST_GROWTH:
        found.append(f"resident memory grows by {growth:.2f} MB in 1,000 acts, allowed {MOST_GROWTH}")
    half = len(judged) // 2
    for name in ("handles", "threads", "objects"):
        before, after = (min(getattr(sample, name) for sample in part) for part in (judged[:half], judged[half:]))
        if after > before:
            found.append(f"{name} never come back to {before}: {after} at the least")
    if (log := max(sample.log for sample in judged)) > MOST_LOG:
        found.append(f"the write-ahead log holds {log:.1f} MB, allowed {MOST_LOG}")
    return found
