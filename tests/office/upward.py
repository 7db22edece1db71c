"""A counter whose days are closed one after another, for the tests of the outbox: a dossier or more on each day."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from db.connection import Register
from db.vocabulary import OutboxState
from desktop.office import acts, closing, counter, enrolling, outbox, sending
from desktop.rules.calendar import VN_TZ
from desktop.rules.intake import IntakeForm
from desktop.sync import protocol
from tests.sync.little_hub import CODE, LittleHub, Reply

MONDAY = date(2026, 11, 23)
DAYS = tuple(MONDAY + timedelta(days=number) for number in range(14))


def evening(on: date, hour: int = 17) -> datetime:
    return datetime(on.year, on.month, on.day, hour, tzinfo=VN_TZ)


def work(book: Register, form: IntakeForm, on: date, hour: int = 9) -> None:
    """A dossier comes and ends on the day it came."""
    at = evening(on, hour)
    key = f"{on} {hour}"
    taken = counter.register(book, replace(form, key=key, duplicate_reason="giấy thứ hai"), clerk="truc", now=at)
    acts.perform(book, taken.code, "finish", {}, clerk="truc", now=at + timedelta(minutes=5))


def close(book: Register, on: date, hour: int = 17, *, reason: str = "") -> None:
    """Close a day and give it its row."""
    closing.close_day(book, on, clerk="truc", now=evening(on, hour), reason=reason)
    outbox.gather(book, now=evening(on, hour))


def live_through(book: Register, form: IntakeForm, days: int) -> tuple[date, ...]:
    """So many days with a dossier each, closed in the evening; returns them."""
    for on in DAYS[:days]:
        work(book, form, on)
        close(book, on)
    return DAYS[:days]


def close_anew(book: Register, form: IntakeForm, on: date) -> None:
    """The day goes on after it was closed, and is closed in a new revision. On a practice register of any day."""
    work(book, form, on, hour=18)
    close(book, on, 19, reason="tiếp nhận thêm")


LONG_AFTER = evening(DAYS[12])


@dataclass
class Wire:
    """A commune and its hub with ``url`` between them; each of ``between`` answers one packet in the hub's place."""

    book: Register
    hub: LittleHub
    url: str = ""
    now: datetime = LONG_AFTER
    between: list[Callable[[str, bytes], Reply]] = field(default_factory=list)

    def answer(self, path: str, packet: bytes) -> Reply:
        return (self.between.pop(0) if self.between else self.hub.answer)(path, packet)

    def enrol(self) -> enrolling.Hub:
        return enrolling.enrol(self.book, CODE, url=self.url, clerk="truc", now=self.now)

    def send(self, **facts: object) -> sending.Round:
        return sending.send(self.book, clock=lambda: self.now, chance=lambda: 0.5, **facts)

    def states(self) -> dict[tuple[date, int], OutboxState]:
        return {(row.day, row.revision): row.state for row in outbox.rows(self.book)}

    def sent(self) -> list[int]:
        """How many reports each packet held."""
        told = [protocol.read_packet(packet) for _, packet in self.hub.packets]
        return [len(one) for one in told if one[0].kind == protocol.Kind.DAY_REPORT]
