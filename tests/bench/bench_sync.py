"""What the way up costs a commune: a month's backlog over a line of 9.6 kbit/s, and the counter while it is dead.

The backlog goes from a real register by the real client through a proxy as slow as the line to a real hub process. The
counter takes dossiers in while another thread tries to send again and again, and while it does not, in turns.
"""

import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime, timedelta
from itertools import count, cycle, islice, takewhile
from pathlib import Path
from random import Random
from statistics import median

from db.connection import Register
from desktop.hub import founding, units
from desktop.office import closing, counter, enrolling, opening, procedures, sending, settings
from desktop.rules import practice
from desktop.rules.intake import IntakeForm
from desktop.sync.client import Line
from tests.bench import registers
from tests.bench.measuring import Row, milliseconds, percentile_95
from tests.sync.fault_proxy import MODEM, FaultProxy
from tests.sync.fault_proxy import Line as Speed
from tests.sync.hub_process import serving

_SECONDS = 60.0
_DAYS, _VISITS, _PROCEDURES = 31, 30, 130
#: How long a dead network keeps who tries to send waiting; the program itself rests half a minute and more between.
_DEAD_SECONDS = 2.0
#: Each round is long enough for a whole try; of all rounds the median counts, for other work comes and goes.
_ROUNDS, _ROUND_SECONDS = 9, 3.0


def measure(quick: bool) -> list[Row]:
    """Two backlogs over the slow line, and an intake's 95th percentile with and without a dead network."""
    days, line = (2, Speed(bits_per_second=1_000_000)) if quick else (_DAYS, MODEM)
    procedures_a_day, visits = (5, 5) if quick else (_PROCEDURES, _VISITS)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "hub")
        with serving(home, "--practice") as process, FaultProxy(process.address, line) as proxy:
            rows = [
                _backlog(f"{days} days of {claim}", Path(folder, name), home, proxy, codes, days)
                for name, claim, codes in (
                    ("MT1", f"{visits} visits", _usual(visits)),
                    ("MT2", f"{procedures_a_day} procedures", _listed()[:procedures_a_day]),
                )
            ]
        return [*rows, _at_the_counter(Path(folder, "counter"), quick)]


def _usual(visits: int) -> list[str]:
    """What people of a usual day come for, by the load profile."""
    weights = practice.load_profile().weights
    listed = [code for code in _listed() if code in weights]
    return Random(1).choices(listed, [weights[code] for code in listed], k=visits)


def _listed() -> list[str]:
    """Procedures that a dossier can be taken in for with what every form has."""
    shown = procedures.Catalogue(procedures.shipped())
    return [one.code for one in shown.listed(on=registers.NOW.date())]


def _backlog(claim: str, home: Path, hub_home: Path, proxy: FaultProxy, codes: Sequence[str], days: int) -> Row:
    last = registers.NOW + timedelta(days=days)
    unit = opening.unit_as_printed(home.name, "xã Mường Than", practice=True)
    with opening.init(home, unit, now=registers.NOW) as book:
        book.database.execute_sql("PRAGMA synchronous = OFF")
        _live(book, registers.forms(1, codes), len(codes), days)
        _enrol(book, hub_home, proxy, last)
        before = len(proxy.exchanges)
        taken = milliseconds(_send_all, book, last) / 1000
        carried = sum(len(one.request) + len(one.answer) for one in proxy.exchanges[before:])
    return Row(f"{claim} over 9.6 kbit/s, {carried // 1024} KB", taken, _SECONDS, 1.0, "promised 60 s", "s")


def _live(book: Register, forms: Iterator[IntakeForm], visits: int, days: int) -> None:
    for day in range(days):
        at = registers.NOW + timedelta(days=day)
        for form in islice(forms, visits):
            counter.register(book, form, clerk=None, now=at, receipt=False)
        evening = at.replace(hour=17)
        answers = dict.fromkeys(closing.to_answer(book, evening), "chờ kết quả")
        closing.close_day(book, at.date(), clerk=None, now=evening, answers=answers)


def _enrol(book: Register, hub_home: Path, proxy: FaultProxy, now: datetime) -> None:
    """Met over a good line: only the backlog is measured."""
    slow, proxy.line = proxy.line, Speed()
    unit = settings.unit(book)
    with founding.open_founded(hub_home) as hub:
        code = units.add(hub, unit.code, unit.name, who="quantri", now=now).enrolment_code
    assert code
    enrolling.enrol(book, code, url=proxy.url, clerk=None, now=now)
    proxy.line = slow


def _send_all(book: Register, now: datetime) -> None:
    told = sending.send(book, clock=lambda: now)
    assert told.acknowledged and not told.waiting, told


def _at_the_counter(home: Path, quick: bool) -> Row:
    rounds, seconds = (1, 0.3) if quick else (_ROUNDS, _ROUND_SECONDS)
    hub_home = home.with_name("counters-hub")
    with opening.init(home, registers.UNIT, now=registers.NOW) as book, _dead_network() as address:
        founding.init(hub_home, now=registers.NOW, practice=True).close()
        with serving(hub_home) as process, FaultProxy(process.address) as proxy:
            _enrol(book, hub_home, proxy, registers.NOW)
        enrolling.change_line(book, Line(address), clerk=None, now=registers.NOW)
        forms = registers.forms(1)
        _live(book, forms, 3, days=2)
        taken: dict[bool, list[float]] = {False: [], True: []}
        for dead, _ in zip(cycle((False, True)), range(2 * rounds), strict=False):
            with _sending(book) if dead else nullcontext():
                end = time.perf_counter() + seconds
                times = [milliseconds(_take_in, book, next(forms)) for _ in takewhile(_before(end), count())]
                taken[dead].append(percentile_95(times))
    peer, ours = (median(taken[dead]) for dead in (False, True))
    return Row(
        "Take in a dossier while a dead network is being retried, p95", ours, peer, 1.1, "without a network, p95"
    )


@contextmanager
def _sending(book: Register) -> Iterator[None]:
    """Another thread tries to send, again and again."""
    going_on = True

    def send() -> None:
        with book.session() as own:
            while going_on:
                told = sending.send(own, clock=lambda: registers.NOW, manual=True, going_on=lambda: going_on)
                assert not told.acknowledged

    thread = threading.Thread(target=send)
    thread.start()
    yield
    going_on = False
    thread.join()


@contextmanager
def _dead_network() -> Iterator[str]:
    """An address where everybody is let in and nobody is ever answered."""
    listener, held = socket.create_server(("127.0.0.1", 0)), list[socket.socket]()

    def listen() -> None:
        with suppress(OSError):
            while True:
                held.append(listener.accept()[0])
                threading.Timer(_DEAD_SECONDS, held.pop(0).close).start()

    thread = threading.Thread(target=listen)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


def _before(end: float) -> Callable[[int], bool]:
    return lambda _: time.perf_counter() < end


def _take_in(book: Register, form: IntakeForm) -> None:
    counter.register(book, form, clerk=None, now=registers.NOW + timedelta(days=2), checklist=True)
