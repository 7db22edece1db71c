"""Ten thousand random lives of a commune and its hub over a line that fails: ``python -m tests.sync.campaign``.

Each run draws what happens from its own seed, so that one that fails can be told again (``--seed S --runs 1``). After
every step nothing may be green that the hub does not hold; when the faults have ended, the hub must say what the
commune says, once, and everything must be green, unless a restored backup left two histories: then both are shown.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from db import events
from db.vocabulary import OutboxState
from desktop.errors import RegisterProblem, UserError
from desktop.hub import settling
from desktop.hub.history import Choice
from desktop.office import checking
from tests.sync.fault_proxy import FaultProxy
from tests.sync.hub_process import serving
from tests.sync.simulated_line import FAULTS, mangled
from tests.sync.socket_world import SocketWorld
from tests.sync.world import Templates, World

_BAD = [name for name in FAULTS if name != "good"]
_STEPS = 16
#: The share of communes whose whole chain is verified at the end, which takes longer than to live.
_VERIFIED = 0.2
#: Rounds after the faults; a commune whose reports were all lost needs two.
_MOST_ROUNDS = 8


#: How often it is drawn, and what it does.
Operation = tuple[float, Callable[["Run"], None]]


class Broken(AssertionError):
    """An invariant does not hold; says which, and what had happened."""


class Run:
    """One random life. ``happened`` tells it step by step."""

    def __init__(self, world: World, operations: Mapping[str, Operation]) -> None:
        self.world, self.chance, self._operations = world, world.chance, operations
        self.happened: list[str] = []
        #: What was green when a backup was put back: the commune cannot know before it hears of the hub again.
        self._excused: set[tuple[date, int, str]] = set()
        self._two_histories = self._hub_fell_back = self._settled = False
        self._backed_up: set[str] = set()
        self._stood: dict[str, str] = {}

    def live(self) -> None:
        """Random steps, then an end without faults."""
        names = list(self._operations)
        for name in self.chance.choices(names, [self._operations[one][0] for one in names], k=_STEPS):
            try:
                self._operations[name][1](self)
                self.happened.append(name)
            except (UserError, RegisterProblem) as refused:
                self.happened.append(f"{name} ({refused.code})")
            self._check_standing(may_fall_back=name == "hub restored")
            self._check_green()
        self._settle_down()
        self._check_end()

    # What may happen.

    def _day(self) -> None:
        for _ in range(self.chance.randint(0, 2)):
            self.world.work()
        self.world.close_day()
        if self.chance.random() < 0.8:
            self.world.next_day()

    def _revision(self) -> None:
        if self.world.practice and (days := list(self.world.truth())):
            on = self.chance.choice(days)
            self.world.work_on(on)
            self.world.close_day(on)
        else:
            self.world.work()
            self.world.close_day()

    def _failing_round(self) -> None:
        self.world.now += timedelta(seconds=self.chance.randint(1, 20_000))
        faults, on_the_way = self.chance.sample(_BAD, self.chance.randint(1, 3)), bool(self.world.line.late)
        told = self.world.send(*faults, *["good"] * self.chance.randint(0, 3), manual=self.chance.random() < 0.3)
        self.happened.append(f"{faults}: {told}")
        if on_the_way:
            self._excuse_old_words()

    def _good_round(self) -> None:
        self.world.now += timedelta(hours=1, seconds=self.chance.randint(1, 20_000))
        before, on_the_way = len(self.world.line.told), bool(self.world.line.late)
        told = self.world.send("good", manual=self.chance.random() < 0.5)
        if not told.reason and len(self.world.line.told) > before:
            self._excused.clear()
        if on_the_way:
            self._excuse_old_words()

    def _back_up(self, name: str) -> None:
        self.world.back_up(name)
        self._backed_up.add(name)

    def _restore(self, name: str) -> None:
        if name in self._backed_up:
            self._excused |= self.world.green()
            self.world.restore(name)
            self._excused |= self.world.green()
            self._two_histories |= name == "commune"
            self._hub_fell_back |= name == "hub"

    def _clock(self) -> None:
        skew = timedelta(minutes=self.chance.choice((0, 0, 7, -7, 60 * 30, -60 * 30, 60 * 24 * 40)))
        if self.chance.random() < 0.5:
            self.world.commune_skew = skew
        else:
            self.world.hub_skew = skew

    def _key(self) -> None:
        self.world.replace_key(*self.chance.choices(["good", *_BAD], k=1))

    def _copied(self) -> None:
        self.world.copy_to_stick()

    def _carried_up(self) -> None:
        """A packet of any day, whole or not, or the packet of another unit under a name of ours."""
        files = self.world.packet_files()
        data = self.chance.choice(files).read_bytes() if files else self.world.foreign_packet()
        match self.chance.randrange(6):
            case 0:
                data = mangled(self.chance, data)
            case 1:
                data = self.world.foreign_packet()
        self.world.carry_up(data)

    def _carried_back(self) -> None:
        """An answer of any day, whole or not, or one that the network brought before."""
        if answers := [*(file.read_bytes() for file in self.world.answer_files()), *self.world.line.answers[-2:]]:
            data = self.chance.choice(answers)
            self.world.carry_back(data if self.chance.random() < 0.8 else mangled(self.chance, data))
        self._excuse_old_words()

    def _excuse_old_words(self) -> None:
        """What was said before somebody fell back is genuine still: by the hub, and by the machine that is gone.

        An old answer in a file looks like a new one, and a late packet arrives behind the back of both. The commune
        learns of it when it hears of the hub again, and at the end nothing is excused. Over the network an old answer
        fits no packet that is sent later.
        """
        if self._hub_fell_back or self._two_histories:
            self._excused |= self.world.green()

    # What must be so.

    def _check_green(self) -> None:
        held = {(day, *report) for day, report in self.world.standing().items()}
        newest: dict[date, int] = {}
        for row in self.world.rows():
            newest[row.day] = max(row.revision, newest.get(row.day, 0))
        false = {one for one in self.world.green() - held - self._excused if one[1] == newest[one[0]]}
        self._expect(not false, f"green, and the hub does not hold them: {sorted(false)}")

    def _check_standing(self, *, may_fall_back: bool = False) -> None:
        """What counts gives way only to what a register sealed that knew it; two histories are told apart."""
        stands = self.world.standing_closings()
        for earlier, later in () if self._settled else pairwise(self._in_order(stands.values())):
            shown = earlier in self.world.known[later] or self.world.waiting_forks() or not self._proves(earlier, later)
            self._expect(bool(shown), f"{later[:8]} and {earlier[:8]} are of two histories")
        for day, before in self._stood.items() if not may_fall_back else ():
            now = stands.get(day, "")
            followed = now == before or before in self.world.known.get(now, ())
            self._expect(followed, f"{day}: {before[:8]} gave way to {now[:8] or 'nothing'}")
        self._stood = stands

    def _proves(self, one: str, other: str) -> bool:
        """Whether the hub has heard both closings with which two histories part.

        Until the line works they may not have been told.
        """
        known, told = self.world.known, self.world.told()
        parted = (self._in_order(known[a] - known[b])[0] for a, b in ((one, other), (other, one)))
        return all(first in told for first in parted)

    def _in_order(self, closings: Iterable[str]) -> list[str]:
        """As they were sealed."""
        order = {digest: number for number, digest in enumerate(self.world.sealed)}
        return sorted(closings, key=lambda digest: order[digest])

    def _settle_down(self) -> None:
        world = self.world
        world.commune_skew = world.hub_skew = timedelta()
        world.now = max(world.now, events.last_moment(world.book) or world.now) + timedelta(days=1)
        late, world.line.late = world.line.late, []
        world.line.deliver(late)
        for _ in range(_MOST_ROUNDS):
            world.now += timedelta(hours=1)
            told = world.send("good", manual=True)
            if "mã nối" in told.reason:
                world.enrol()
                continue
            self._check_standing()
            if world.waiting_forks():
                self._expect(self._two_histories, "a fork without two histories")
                settling.settle(world.hub, world.unit, Choice.TAKE, "theo xã", who="admin", now=world.hub_clock())
                self._stood, self._settled = world.standing_closings(), True
                continue
            if not told.waiting and not told.rejected:
                return
            self._close_again({day for day, _ in told.rejected})

    def _close_again(self, days: set[date]) -> None:
        """What a wrong clock or a lost history sealed stays refused; a practice register may seal the day anew."""
        for day in days if self.world.practice else ():
            self.world.work_on(day)
            self.world.close_day(day)

    def _check_end(self) -> None:
        world, truth, standing = self.world, self.world.truth(), self.world.standing()
        self._excused.clear()
        self._check_green()
        newest = {}
        for row in world.rows():
            if row.revision >= newest.get(row.day, row).revision:
                newest[row.day] = row
        self._expect(newest.keys() == truth.keys(), "a closed day has no row")
        open_days = {day for day, row in newest.items() if row.state is not OutboxState.ACKNOWLEDGED}
        lost_days = standing.keys() - truth.keys()
        if not self._two_histories:
            self._expect(not open_days, f"not green at the end: {sorted(open_days)}")
            self._expect(not lost_days, f"the hub has days of nobody: {sorted(lost_days)}")
        for day in truth.keys() - open_days:
            self._expect(standing.get(day) == [newest[day].revision, newest[day].sha256], f"{day} is not what is held")
        self._check_figures(open_days | lost_days)
        if self.chance.random() < _VERIFIED:
            proved = checking.verify_chain(world.book)
            self._expect(proved.holds, f"the commune does not verify: {proved}")

    def _check_figures(self, from_before: set[date]) -> None:
        """Cell by cell what was sealed; of days that another history speaks for, what that one had sealed."""
        world, truth = self.world, self.world.truth()
        sql = (
            "SELECT s.day, r.hash, m.field, m.procedure, f.* FROM standing s JOIN report r ON r.id = s.report"
            " LEFT JOIN figure f ON f.report = s.report LEFT JOIN matter m ON m.id = f.matter WHERE s.unit = ?"
        )
        told = world.hub.rows("SELECT hash, sha256 FROM report WHERE unit = ?", (world.unit,))
        # What a decision left behind may be told again.
        self._expect(self._settled or len(told) == len(set(told)), "a report is stored twice")
        held: dict[tuple[str, str], dict[tuple[str, str], tuple[int, ...]]] = {}
        for day, digest, field, procedure, _, _, *figures in world.hub.rows(sql, (world.unit,)):
            lines = held.setdefault((day, digest), {})
            if field is not None:
                self._expect((field, procedure) not in lines, f"{day} is counted twice")
                lines[field, procedure] = tuple(figures)
        for (day, digest), lines in held.items():
            sealed = world.sealed.get(digest)
            self._expect(sealed is not None, f"{day}: the hub holds what nobody sealed")
            assert sealed is not None
            told = {group: astuple(line) for group, line in sealed.table.lines.items() if any(astuple(line))}
            self._expect(lines == told, f"{day}: other figures than were sealed")
            on = date.fromisoformat(day)
            self._expect(on in from_before or truth[on].hash == digest, f"{day}: another closing stands")

    def _expect(self, holds: bool, why: str) -> None:
        if not holds:
            raise Broken("\n".join([why, *self.happened, *self.world.line.told[-12:]]))


OPERATIONS: dict[str, Operation] = {
    "day": (6, Run._day),
    "revision": (4, Run._revision),
    "failing round": (8, Run._failing_round),
    "good round": (2, Run._good_round),
    "clock": (0.8, Run._clock),
    "key": (0.4, Run._key),
    "hub backed up": (1, lambda run: run._back_up("hub")),
    "hub restored": (1, lambda run: run._restore("hub")),
    "packet copied": (1.5, Run._copied),
    "packet carried up": (2, Run._carried_up),
    "answer carried back": (2, Run._carried_back),
    "commune backed up": (1.5, lambda run: run._back_up("commune")),
    "commune restored": (1.5, lambda run: run._restore("commune")),
}


#: A hub that others use too is not put back, and has the clock of the machine.
SHARED_HUB = {name: one for name, one in OPERATIONS.items() if not name.startswith("hub ") and name != "clock"}


def live(seed: int, templates: Sequence[Templates], folder: Path) -> Run:
    """The run of a seed; Broken."""
    world = World(templates[seed % len(templates)], folder, Random(seed))
    return _lived(Run(world, OPERATIONS), seed)


def live_by_sockets(seed: int, hub: Path, proxy: FaultProxy, folder: Path) -> Run:
    """The run of a seed with the hub of that folder, which is served behind the proxy; Broken."""
    world = SocketWorld(hub, proxy, seed, folder, Random(seed))
    return _lived(Run(world, SHARED_HUB), seed)


def _lived(run: Run, seed: int) -> Run:
    try:
        run.live()
        return run
    except Exception as error:
        error.add_note(f"seed {seed}")
        raise
    finally:
        run.world.close()
        shutil.rmtree(run.world.folder)


def main() -> int:
    """The runs asked for; prints figures, or the life that broke an invariant."""
    parser = argparse.ArgumentParser(prog="tests.sync.campaign")
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--by-sockets", type=int, default=300, help="runs besides, with a real hub process")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun, steps = time.monotonic(), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        templates = [Templates(Path(folder, name), practice=name == "practice") for name in ("live", "practice")]
        for seed in range(asked.seed, asked.seed + asked.runs):
            _count(steps, live(seed, templates, Path(folder, "world")))
        print(f"{asked.runs} runs in {time.monotonic() - begun:.0f} s, none broken")
        begun, hub = time.monotonic(), Path(folder, "hub")
        with serving(hub, "--practice") as process, FaultProxy(process.address) as proxy:
            for seed in range(asked.seed, asked.seed + asked.by_sockets):
                _count(steps, live_by_sockets(seed, hub, proxy, Path(folder, "world")))
        print(f"{asked.by_sockets} runs by sockets in {time.monotonic() - begun:.0f} s, none broken")
    print(", ".join(f"{name} {count}" for name, count in sorted(steps.items())))
    return 0


def _count(steps: Counter[str], run: Run) -> None:
    steps.update(name for name in run.happened if name in OPERATIONS)
    steps.update(told.rpartition(": ")[2] for told in run.world.line.told)


if __name__ == "__main__":
    sys.exit(main())
