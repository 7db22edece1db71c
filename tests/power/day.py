"""A counter at work until something stops it: invented dossiers live their lives, and everything else is done between.

Started by ``counters`` as a program of its own that forks a worker for each line on its standard input (``Order``).
What a worker says (one line, one write) was durable before: exactly that must be found again afterwards. Every refusal
must be one of ours; anything else is a bug and is said as one.
"""

import gc
import heapq
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from random import Random
from typing import NamedTuple

from db import events
from db.connection import Register
from desktop.errors import RegisterProblem, UserError
from desktop.office import drafts, issuing, opening, people
from desktop.office import settings as office_settings
from desktop.office.practice_life import Life
from desktop.rules import practice
from tests.power import disk, dossier_acts, keeping_acts, people_acts, restores
from tests.power.desk import FIRST, SECOND, STATION, Desk, Known, WentBack, codes, gave_way, say, since

Act = Callable[[Desk], None]
ACTS: dict[Act, int] = {**dossier_acts.ACTS, **people_acts.ACTS, **keeping_acts.ACTS, **restores.ACTS}
#: Days that play each of some acts once, for faults at their every call; without one acts are drawn.
PLANS: dict[str, list[Act]] = {
    "papers": [dossier_acts.receipt, dossier_acts.draft, dossier_acts.file_of_an_act, dossier_acts.setting],
    "wall": [dossier_acts.wall, dossier_acts.close_yesterday, dossier_acts.report, dossier_acts.backup],
    "people": [people_acts.begin, *(act for act in people_acts.ACTS if act is not people_acts.begin)],
    "keeping": list(keeping_acts.ACTS),
    "restore": [dossier_acts.backup, *[dossier_acts.receipt, restores.bring_back] * 2, dossier_acts.receipt],
}
#: A plan without end: each of all acts as often as any other, three for a step of a dossier's life.
ANY = "any"
#: Otherwise so many steps of dossiers' lives for one of the other things that a counter does.
_EVERY = 3
_DAYS, _PER_DAY = 4, 60


class Order(NamedTuple):
    """One worker's day; ``known`` is what its people know, ``plan`` a key of ``PLANS`` or nothing."""

    home: Path
    seed: str
    steps: int
    plan: str = ""
    known: str = ""
    log: str = ""
    fault: disk.Fault = disk.Fault.NONE
    first: int = 0
    calls: int = -1

    def __str__(self) -> str:
        return "\t".join(str(int(part)) if isinstance(part, disk.Fault) else str(part) for part in self)

    @classmethod
    def read(cls, line: str) -> "Order":
        home, seed, steps, plan, known, log, fault, first, calls = line.rstrip("\n").split("\t")
        return cls(Path(home), seed, int(steps), plan, known, log, disk.Fault(int(fault)), int(first), int(calls))


def work(order: Order) -> None:
    """A day, opened anew after each time that the counter went back to a backup."""
    known, acts, round_, name = Known.read(order.known), iter(PLANS.get(order.plan, [])), 0, ""
    gone = len(gave_way(order.home))
    while True:
        chance = Random(f"{order.seed}-{round_}")
        book = opening.open_register(order.home, now=known.moment)
        if name and len(gave_way(order.home)) > gone:
            # Also where it was told that the swap failed: opening has completed it.
            gone, known.secrets = gone + 1, dict(known.at[name])
            say("restored")
        try:
            _live(order, book, chance, known, acts if order.plan in PLANS else _drawn(chance, even=order.plan == ANY))
            break
        except WentBack as went:
            name, round_ = str(went), round_ + 1
    say("finished", str(disk.calls()) if os.environ.get("LD_PRELOAD") else "")


def _drawn(chance: Random, *, even: bool) -> Iterator[Act]:
    while True:
        yield chance.choice(list(ACTS)) if even else chance.choices(list(ACTS), list(ACTS.values()))[0]


def _live(order: Order, book: Register, chance: Random, known: Known, acts: Iterator[Act]) -> None:
    """Live dossiers' lives step by step, and every third step something else; so many steps, or until killed."""
    desk = Desk(book, chance, since(book) + timedelta(minutes=1), codes(book), known)
    kept = drafts.load(book, STATION)
    desk.kept = kept.state["step"] if kept else 0
    guarded(book, partial(people_acts.let_in, desk))
    lives = list(_lives(book, desk.now, order.seed, chance))
    going = [life.run() for life in lives]
    queue = [(life.at, number) for number, life in enumerate(lives)]
    heapq.heapify(queue)
    say("ready")
    for step in range(order.steps):
        if not queue:
            break
        if desk.codes and (order.plan or step % _EVERY == 0):
            act = next(acts, None)
            if act is None:
                break
            say("begins", act.__name__)
            guarded(book, partial(act, desk))
        if order.plan == ANY and desk.codes and step % _EVERY:
            continue
        at, number = heapq.heappop(queue)
        desk.now = lives[number].at = at
        known.now = at.isoformat()
        following = guarded(book, partial(next, going[number], None))
        if isinstance(following, datetime):
            heapq.heappush(queue, (following, number))
        if lives[number].code and lives[number].code not in desk.codes:
            desk.codes.append(lives[number].code)


def _lives(book: Register, begin: datetime, seed: str, chance: Random) -> Iterator[Life]:
    plan, calendar = practice.load_profile(), office_settings.calendar(book)
    until = begin + timedelta(days=_DAYS)
    visits = practice.month(hash_of(seed), _DAYS, _PER_DAY, until, calendar, plan.weights, plan.channels)
    clerks = [one for one in people.clerks(book) if one.short_name in (FIRST, SECOND)]
    for visit in visits:
        if visit.received_at >= begin:
            yield Life(book, visit, clerks, seed=chance.randrange(10**6))


def hash_of(seed: str) -> int:
    """A number for a text, the same in every process."""
    return int.from_bytes(seed.encode()[-6:], "big")


def guarded(book: Register, step: Callable[[], object]) -> object:
    """Do a step and acknowledge the newest event; a refusal in our words is an answer, everything else a bug."""
    try:
        answer = step()
        seq, head = events.head(book)
        say("done", str(seq), head, since(book).isoformat())
        return answer
    except WentBack:
        raise
    except (UserError, RegisterProblem) as problem:
        say("refused", problem.code)
    except OSError as error:
        # Above the office the command line and the window turn it into their sentence.
        say("refused", f"errno {error.errno}")
    except Exception as error:
        say("bug", repr(error), traceback.format_exc().replace("\n", " | ")[-600:])
    return None


def serve() -> None:
    """A worker for each line; the libraries and fonts are loaded once, before anybody dies."""
    issuing.calibration_pdf("A5")
    for name in ("qr_modules", "recovery_sheet", "destruction", "report_pdf"):
        import_module(f"desktop.documents.{name}")
    gc.freeze()
    for line in sys.stdin:
        order = Order.read(line)
        worker = os.fork()
        if worker == 0:
            say("working", str(os.getpid()))
            if os.environ.get("LD_PRELOAD"):
                log = Path(order.log) if order.log else None
                disk.begin(order.home.parent, log, order.fault, order.first, order.calls)
            try:
                work(order)
            except (UserError, RegisterProblem) as problem:
                say("refused", problem.code)
            except Exception as error:
                say("bug", repr(error), traceback.format_exc().replace("\n", " | ")[-600:])
            os._exit(0)
        _, status = os.waitpid(worker, 0)
        say("dead", str(status))


if __name__ == "__main__":
    serve()
