"""``python tests/power/run.py``: counters are killed and their disk fails or loses power; what must hold is counted.

Kills at random moments; power cuts that drop or tear what was not synced; a full disk, a read-only disk, a failing
fsync, a short write and a death in the middle of a write at every so-manieth call. Prints one line for each and what
was breached, if anything; the exit code is 1 then. ``--share 1`` is the whole campaign (an hour of a quiet core).
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop.office import backup_locks, opening, people
from desktop.rules.rights import WORKING
from tests.power import disk, finding
from tests.power.counters import Counters
from tests.power.day import START
from tests.power.disk import Fault
from tests.power.finding import Said

#: The whole campaign: kills, recordings and cuts of each, and how many calls apart the faults are set.
KILLS, RECORDINGS, CUTS = 1000, 20, 60
_LATEST = 0.5
_DEATHS_OF_ONE = 20
_SHORT_DAY, _LONG_DAY = 10, 120


class Told(NamedTuple):
    """One kind of blow: how many, what had been acknowledged before them, what was refused, and every breach."""

    name: str
    blows: int
    acknowledged: int
    refused: int
    breaches: list[str]

    def __str__(self) -> str:
        bad = Counter(breach.split(":")[0] for breach in self.breaches)
        said = ", ".join(f"{kind} {number}" for kind, number in bad.items()) or "none"
        counts = f"{self.blows:6}  acknowledged {self.acknowledged:7}  refused {self.refused:5}"
        return f"{self.name:34} {counts}  breaches: {said}"


def kills(place: Path, number: int, seed: int) -> Told:
    """Deaths at random moments of everything a counter does; a register lives through twenty of them."""
    chance, acknowledged, refused, breaches = Random(seed), 0, 0, list[str]()
    with Counters() as counters:
        for death in range(number):
            if death % _DEATHS_OF_ONE == 0:
                home, said = founded(place / f"killed-{death}", sealed=death % 2 == 1), Said()
            # Some while the register is being opened.
            after, latest = ("working", 0.1) if chance.random() < 0.1 else ("ready", _LATEST)
            lines = counters.killed(home, f"{seed}-{death}", chance.uniform(0, latest), after=after)
            said.hear(lines)
            acknowledged += _acknowledged(lines)
            refused += sum(line.startswith("refused") for line in lines)
            breaches += finding.wrong(home, said) + finding.papers_wrong(home, said)
            if death % _DEATHS_OF_ONE == _DEATHS_OF_ONE - 1:
                shutil.rmtree(home.parent)
    return Told("SIGKILL at random moments", number, acknowledged, refused, breaches)


def cuts(place: Path, library: Path, recordings: int, each: int, seed: int) -> Told:
    """Power cuts: each state of the disk is opened as a register of its own."""
    chance, acknowledged, refused, breaches = Random(seed), 0, 0, list[str]()
    with Counters(library) as counters:
        for number in range(recordings):
            home, log = founded(place / f"cut-{number}", sealed=number % 2 == 1), place / f"log-{number}"
            counters.finished(home, f"{seed}-{number}", chance.randint(1, _LONG_DAY))  # not always the first day
            recording = disk.Recording(home, log)
            lines = counters.finished(home, f"{seed}-{number}-cut", _LONG_DAY, log=log)
            assert not [line for line in lines if line.startswith("bug")], lines
            for crash in recording.crashes(each, chance):
                after = place / "after"
                crash.put(after)
                said = Said().hear(crash.acknowledged)
                acknowledged += _acknowledged(crash.acknowledged)
                breaches += [f"{breach} [{number}, {crash.point}]" for breach in finding.wrong(after, said)]
                shutil.rmtree(after)
            shutil.rmtree(home.parent)
            log.unlink()
    return Told("power cuts, writes dropped or torn", recordings * each, acknowledged, refused, breaches)


def faults(place: Path, library: Path, fault: Fault, name: str, apart: int, seed: int, *, count: int = -1) -> Told:
    """The same short day again and again, each time with the fault at a later call."""
    acknowledged, refused, blows, breaches = 0, 0, 0, list[str]()
    template = founded(place / f"template-{fault.name}-{count}", sealed=False)
    home = place / f"struck-{fault.name}-{count}" / "data"
    with Counters(library) as counters:
        for first in _calls(counters, template, home, apart, seed):
            shutil.copytree(template, home)
            lines = counters.finished(home, f"{seed}-f", _SHORT_DAY, fault=fault, first=first, count=count)
            said = Said().hear(lines)
            blows, acknowledged, refused = blows + 1, acknowledged + _acknowledged(lines), refused + len(said.refused)
            breaches += [f"{breach} [call {first}]" for breach in finding.wrong(home, said)]
            shutil.rmtree(home.parent)
    return Told(name, blows, acknowledged, refused, breaches)


def _calls(counters: Counters, template: Path, home: Path, apart: int, seed: int) -> Iterator[int]:
    """Every so-manieth call of the day when nothing fails, beginning anywhere."""
    shutil.copytree(template, home)
    finished = [line for line in counters.finished(home, f"{seed}-f", _SHORT_DAY) if line.startswith("finished\t")]
    shutil.rmtree(home.parent)
    yield from range(1 + Random(seed).randrange(apart), int(finished[0].split("\t")[1]) + 1, apart)


def founded(place: Path, *, sealed: bool) -> Path:
    """A live register with two clerks, whose backups are sealed or not."""
    home = place / "data"
    place.mkdir(parents=True)
    unit = opening.unit_as_printed("MT", "xã Mường Than", practice=False)
    with opening.init(home, unit, now=START - timedelta(hours=2)) as book:
        people.add(book, "truc", "Lò Thị Trực", roles=WORKING, clerk="quay1", now=START - timedelta(hours=1))
        if sealed:
            backup_locks.set_key(book, "Chè Shan tuyết đầu mùa", clerk="quay1", now=START - timedelta(hours=1))
    return home


def _acknowledged(lines: Iterable[str]) -> int:
    return sum(line.split("\t")[0] in ("done", "draft", "printed", "backup") for line in lines)


def campaign(place: Path, share: float, seed: int) -> Iterator[Told]:
    """Everything, a share of the whole campaign."""
    yield kills(place, max(1, round(KILLS * share)), seed)
    if not disk.is_possible():
        return
    library = disk.library(place)
    yield cuts(place, library, max(1, round(RECORDINGS * share)), CUTS if share >= 0.05 else 12, seed)
    apart = max(1, round(1 / share))
    every: list[tuple[Fault, str, int, int]] = [
        (Fault.FULL, "disk full from a call on", -1, 2),
        (Fault.FULL, "disk full at one call", 1, 2),
        (Fault.READ_ONLY, "disk read-only for thirty calls", 30, 4),
        (Fault.SYNC_FAILS, "fsync fails for twenty calls", 20, 4),
        (Fault.SHORT, "a write takes only half", 1, 4),
        (Fault.DIES, "death in the middle of a write", 1, 2),
    ]
    for fault, name, count, rarer in every:
        yield faults(place, library, fault, name, apart * rarer, seed, count=count)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    breached = False
    with tempfile.TemporaryDirectory(prefix="motcua-power-") as folder:
        for told in campaign(Path(folder), asked.share, asked.seed):
            print(told, flush=True)
            for breach in told.breaches[:20]:
                print("   ", breach, flush=True)
            breached |= bool(told.breaches)
    return int(breached)


if __name__ == "__main__":
    sys.exit(main())
