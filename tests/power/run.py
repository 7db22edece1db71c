"""``python tests/power/run.py``: counters are killed and their disk fails or loses power; what must hold is counted.

Kills at random moments, also of the window that is being set up; power cuts that drop or tear what was not synced; a
full disk, a read-only disk, a failing fsync, a short write and a death in the middle of a write at every so-manieth
call. Prints one line for each and what was breached, if anything; the exit code is 1 then. ``--share 1`` is the whole
campaign (an hour of a quiet core).
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from copy import deepcopy
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
from tests.power.day import ACTS, ANY, PLANS, Order
from tests.power.desk import FIRST, PASSPHRASE, SECOND, START, told, words_of
from tests.power.disk import Fault
from tests.power.said import Said
from tests.power.windows import FirstDays

#: The whole campaign: kills, those of the window, recordings and cuts of each.
KILLS, WINDOWS, RECORDINGS, CUTS = 1000, 100, 20, 60
#: After what a death comes, how often so, within how many seconds (most come early), and what is done until then.
_DEATHS = (("working", 0.1, 0.3, ""), ("begins", 0.6, 0.3, ANY), ("ready", 0.3, 0.6, ""))
_DEATHS_OF_ONE = 20
LAYERS = ("kills", "windows", "cuts", "faults")
_LONG_DAY, _PLANNED = 120, 1000
_SPOKEN = {"done", "draft", "printed", "backup", "holds", "reached", "settled", "destroyed", "book", "exported"}


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
    chance, acknowledged, refused, breaches, fell = Random(seed), 0, 0, list[str](), Counter[str]()
    with Counters() as counters:
        for death in range(number):
            if death % _DEATHS_OF_ONE == 0:
                register = death // _DEATHS_OF_ONE
                home, said = founded(place / f"killed-{death}", sealed=register % 2 == 1), Said()
                if register % 4 > 1:  # people have passwords from the first death on
                    said.hear(counters.finished(Order(home, f"{seed}-{register}", _PLANNED, "people")))
            after, _, latest, plan = chance.choices(_DEATHS, [one[1] for one in _DEATHS])[0]
            order = Order(home, f"{seed}-{death}", 0, plan, str(said.known))
            lines = counters.killed(order, latest * chance.random() ** 2, after=after)
            said.hear(lines)
            fell[_act_of_death(lines)] += 1
            acknowledged += _acknowledged(lines)
            refused += len(told(lines, "refused"))
            breaches += [f"{found} [death {death}]" for found in finding.wrong(home, said)]
            breaches += [f"{found} [death {death}]" for found in finding.files_wrong(home, said)]
            if death % _DEATHS_OF_ONE == _DEATHS_OF_ONE - 1:
                shutil.rmtree(home.parent)
    never = [act.__name__ for act in ACTS if act.__name__ not in fell]
    print("    fell in:", ", ".join(f"{act} {n}" for act, n in fell.most_common()), "| never:", *never, flush=True)
    return Told("SIGKILL at random moments", number, acknowledged, refused, breaches)


def _act_of_death(lines: list[str]) -> str:
    """In which act it fell, if in one."""
    begun = ""
    for word, rest in map(words_of, lines):
        if word in ("begins", "done", "refused"):
            begun = rest[0] if word == "begins" else ""
    return begun or "a dossier's life"


def windows(place: Path, number: int, seed: int) -> Told:
    """Deaths of the real window during its first setting up."""
    days = FirstDays(place, seed)
    days.die(number)
    print("    fell at:", ", ".join(f"{part} {n}" for part, n in days.fell.most_common()), flush=True)
    return Told("SIGKILL of the window's first setup", number, days.acknowledged, 0, days.breaches)


def cuts(place: Path, library: Path, recordings: int, each: int, seed: int) -> Told:
    """Power cuts: each state of the disk is opened as a register of its own."""
    chance, acknowledged, refused, breaches = Random(seed), 0, 0, list[str]()
    with Counters(library) as counters:
        for number in range(recordings):
            home, log = founded(place / f"cut-{number}", sealed=number % 2 == 1), place / f"log-{number}"
            begun = Said()
            # Not always the first day.
            begun.hear(counters.finished(Order(home, f"{seed}-{number}", chance.randint(1, _LONG_DAY))))
            recording = disk.Recording(home.parent, log)
            order = Order(home, f"{seed}-{number}-cut", _LONG_DAY, known=str(begun.known), log=str(log))
            lines = counters.finished(order)
            assert not told(lines, "bug"), lines
            for crash in recording.crashes(each, chance):
                after = place / "after"
                crash.put(after)
                said = deepcopy(begun).hear(crash.acknowledged)
                acknowledged += _acknowledged(crash.acknowledged)
                found = finding.wrong(after / home.name, said)
                breaches += [f"{breach} [{number}, {crash.point}]" for breach in found]
                shutil.rmtree(after)
            shutil.rmtree(home.parent)
            log.unlink()
    return Told("power cuts, writes dropped or torn", recordings * each, acknowledged, refused, breaches)


def faults(place: Path, library: Path, fault: Fault, name: str, apart: int, seed: int, *, count: int = -1) -> Told:
    """The same planned days again and again, each time with the fault at a later call."""
    acknowledged, refused, blows, breaches = 0, 0, 0, list[str]()
    template = founded(place / f"template-{fault.name}-{count}", sealed=False)
    home = place / f"struck-{fault.name}-{count}" / "data"
    with Counters(library) as counters:
        for order in _struck(counters, template, Order(home, f"{seed}-f", _PLANNED, fault=fault, calls=count), apart):
            shutil.copytree(template, home)
            lines = counters.finished(order)
            said = Said().hear(lines)
            blows, acknowledged, refused = blows + 1, acknowledged + _acknowledged(lines), refused + len(said.refused)
            found = finding.wrong(home, said) + finding.files_wrong(home, said)
            breaches += [f"{breach} [{order.plan}, call {order.first}]" for breach in found]
            shutil.rmtree(home.parent)
    return Told(name, blows, acknowledged, refused, breaches)


def _struck(counters: Counters, template: Path, order: Order, apart: int) -> Iterator[Order]:
    """Every so-manieth call of each day when nothing fails, beginning anywhere."""
    for plan in PLANS:
        shutil.copytree(template, order.home)
        lines = counters.finished(order._replace(plan=plan, fault=Fault.NONE))
        shutil.rmtree(order.home.parent)
        ((calls,),) = told(lines, "finished")
        begins = 1 + Random(f"{order.seed}{plan}").randrange(apart)
        for first in range(begins, int(calls) + 1, apart):
            yield order._replace(plan=plan, first=first)


def founded(place: Path, *, sealed: bool) -> Path:
    """A live register with two clerks, whose backups are sealed or not."""
    home = place / "data"
    place.mkdir(parents=True)
    unit = opening.unit_as_printed("MT", "xã Mường Than", practice=False)
    with opening.init(home, unit, now=START - timedelta(hours=2), guided=True) as book:
        people.add(book, SECOND, "Lò Thị Trực", roles=WORKING, clerk=FIRST, now=START - timedelta(hours=1))
        if sealed:
            backup_locks.set_key(book, PASSPHRASE, clerk=FIRST, now=START - timedelta(hours=1))
    return home


def _acknowledged(lines: Iterable[str]) -> int:
    return sum(word in _SPOKEN for word, _ in map(words_of, lines))


def campaign(place: Path, share: float, seed: int, layers: Collection[str]) -> Iterator[Told]:
    """Everything, a share of the whole campaign."""
    if "kills" in layers:
        yield kills(place, max(1, round(KILLS * share)), seed)
    if "windows" in layers:
        yield windows(place, max(1, round(WINDOWS * share)), seed)
    if not disk.is_possible():
        return
    library = disk.library(place)
    if "cuts" in layers:
        yield cuts(place, library, max(1, round(RECORDINGS * share)), CUTS if share >= 0.05 else 12, seed)
    every: list[tuple[Fault, str, int, int]] = [
        (Fault.FULL, "disk full from a call on", -1, 3),
        (Fault.FULL, "disk full at one call", 1, 4),
        (Fault.READ_ONLY, "disk read-only for thirty calls", 30, 10),
        (Fault.SYNC_FAILS, "fsync fails for twenty calls", 20, 10),
        (Fault.SHORT, "a write takes only half", 1, 10),
        (Fault.DIES, "death in the middle of a write", 1, 4),
    ]
    for fault, name, count, rarer in every if "faults" in layers else ():
        yield faults(place, library, fault, name, max(1, round(1 / share)) * rarer, seed, count=count)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", choices=LAYERS, help="this layer; may be given more than once")
    asked = parser.parse_args()
    breached = False
    with tempfile.TemporaryDirectory(prefix="motcua-power-") as folder:
        for blow in campaign(Path(folder), asked.share, asked.seed, asked.only or LAYERS):
            print(blow, flush=True)
            for breach in blow.breaches[:20]:
                print("   ", breach, flush=True)
            breached |= bool(blow.breaches)
    return int(breached)


if __name__ == "__main__":
    sys.exit(main())
