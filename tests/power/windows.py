"""The real window is killed during its first setting up, at each step and within it, and goes on where it stood."""

import shutil
from collections import Counter
from pathlib import Path
from random import Random

from db import connection
from tests.power import finding
from tests.power.counters import Counters
from tests.power.day import Order
from tests.power.desk import told
from tests.power.said import Said

PROGRAM = "tests.power.first_day"
#: After what a death comes, within how many seconds, and how often so: at the next step, within one, while it starts.
_DEATHS = (("settled", 0.3, 6), ("reached", 2.5, 3), ("working", 1.5, 1))


class FirstDays:
    """First days lived with as many deaths as are wanted; ``fell`` counts the steps at which they fell."""

    def __init__(self, place: Path, seed: int) -> None:
        self._place, self._seed, self._chance, self._days = place, seed, Random(seed), 0
        self.fell: Counter[str] = Counter()
        self.acknowledged = 0
        self.breaches: list[str] = []

    def die(self, deaths: int, *, at_steps: bool = False) -> None:
        """So many deaths, then the day is lived to its end; ``at_steps`` each comes when a step was just settled."""
        left, kinds, plan = deaths, _DEATHS[:1] if at_steps else _DEATHS, "rests" if at_steps else ""
        with Counters(program=PROGRAM) as windows:
            while left:
                home, said = self._place / f"first-day-{self._days}" / "data", Said()
                home.parent.mkdir()
                self._days += 1
                order = Order(home, str(self._seed), 0, plan)
                after, latest = "reached", 0.3  # at the first step
                is_over = False
                while left and not is_over:
                    left -= 1
                    lines = windows.killed(order, latest * self._chance.random(), after=after)
                    self.judge(home, said, lines)
                    self.fell[said.step[0]] += 1
                    is_over = bool(told(lines, "finished"))
                    after, latest, _ = self._chance.choices(kinds, [often for *_, often in kinds])[0]
                lines = windows.finished(order._replace(plan=""))
                self.judge(home, said, lines)
                if not told(lines, "finished"):
                    self.breaches.append("stuck: the first day does not come to its end")
                shutil.rmtree(home.parent)

    def judge(self, home: Path, said: Said, lines: list[str]) -> None:
        """Hold what a window said, and what it left, against what was said before."""
        resumed = [part for (part,) in told(lines, "reached")][:1]
        if resumed and resumed[0] not in said.step:
            self.breaches.append(f"lost: {resumed[0]} is shown instead of {said.step}")
        said.hear(lines)
        spoken = sum(len(told(lines, word)) for word in ("done", "reached", "settled", "holds", "printed"))
        self.acknowledged += spoken
        if connection.exists(home) or spoken:
            self.breaches += finding.wrong(home, said)
