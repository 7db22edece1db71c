"""How the benchmarks measure: ours and the yardstick in turns within one run, medians of both, one row per claim.

Absolute times differ by machine and by minute; the ratio of two things measured in turns does not. Every bench
module has ``measure(quick) -> list[Row]``, where ``quick`` means sizes that only show that it runs.
"""

import gc
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Row:
    """One claim: ``ours`` against ``peer`` (both in ``unit``) with the largest ratio allowed, if one was promised.

    Without a ``peer`` the yardstick says why it was not measured.
    """

    claim: str
    ours: float
    peer: float | None
    limit: float | None
    yardstick: str
    unit: str = "ms"

    @property
    def ratio(self) -> float | None:
        return None if self.peer is None else self.ours / self.peer

    @property
    def holds(self) -> bool | None:
        """Whether the promise is kept; None where that was not measured or nothing was promised."""
        return None if self.limit is None or self.ratio is None else self.ratio <= self.limit


def in_turns(
    ours: Callable[[], object], peer: Callable[[], object], *, rounds: int, warm: int = 3
) -> tuple[float, float]:
    """Medians in milliseconds of two calls made in turns, each first every other time."""
    taken: tuple[list[float], list[float]] = ([], [])
    for round_ in range(-warm, rounds):
        order = (0, 1) if round_ % 2 else (1, 0)
        for which in order:
            elapsed = milliseconds((ours, peer)[which])
            if round_ >= 0:
                taken[which].append(elapsed)
    return median(taken[0]), median(taken[1])


def milliseconds(call: Callable[..., object], *arguments: object) -> float:
    """How long one call takes; the collector of garbage waits, for it would hit one side at random."""
    gc.collect(0)
    gc.disable()
    start = time.perf_counter()
    call(*arguments)
    elapsed = time.perf_counter() - start
    gc.enable()
    return elapsed * 1000


def percentile_95(values: Iterable[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]
