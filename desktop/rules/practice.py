"""Invented citizens and a believable month of visits, for practice registers, demonstrations and load tests.

Hides names, numbers and weights in ``resources/practice``. Same seed, same people and same month. Nobody here exists:
given names are words such as Thử or Ví Dụ, phone numbers lie in one unused block. Never used by a live register.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from db.vocabulary import Channel, Outcome
from desktop.rules.calendar import WorkCalendar
from desktop.rules.person import Person

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "practice"
_OLDEST, _YOUNGEST = date(1940, 1, 1), date(2008, 12, 31)
_COMMUNE = "xã Mường Than, tỉnh Lai Châu"
#: Share of visits by somebody who was there before in the same month.
_RETURNING = 0.15
#: How far one day's number of dossiers lies from the average, as a share of it.
_SPREAD = 0.2


@dataclass(frozen=True, slots=True)
class LoadProfile:
    """Shares of procedures (by code), channels and outcomes at a counter. ``label`` says that they are an estimate.

    ``supplement`` and ``rejected`` are the shares of dossiers that are asked for a supplement, and refused.
    """

    label: str
    weights: Mapping[str, float]
    channels: Mapping[Channel, float]
    outcomes: Mapping[Outcome, float]
    supplement: float
    rejected: float


class Visit(NamedTuple):
    """One dossier of the invented month."""

    received_at: datetime
    procedure: str
    channel: Channel
    person: Person


@cache
def load_profile() -> LoadProfile:
    """The shipped estimate of what a commune's counter takes in."""
    figures = _read("load_profile.json")
    channels = {Channel(word): share for word, share in figures["channels"].items()}
    outcomes = {Outcome(word): share for word, share in figures["outcomes"].items()}
    shares = figures["supplement"], figures["rejected"]
    return LoadProfile(figures["kind"], figures["weights"], channels, outcomes, *shares)


def people(seed: int) -> Iterator[Person]:
    """Endless invented citizens of the commune, every one with another number (domain.md 7.3)."""
    words, rng = _read("names.json"), Random(f"people {seed}")
    provinces, shares = zip(*words["provinces"].items(), strict=True)
    number = 0
    while True:
        number += 1
        gender = rng.choice(("Nam", "Nữ"))
        born = _OLDEST + timedelta(days=rng.randrange((_YOUNGEST - _OLDEST).days + 1))
        sex_and_century = 2 * (born.year // 100 - 19) + (gender == "Nữ")
        province = rng.choices(provinces, shares)[0]
        name = (rng.choice(words["families"]), rng.choice(words["middles"][gender]), rng.choice(words["given"][gender]))
        address = f"{rng.choice(words['hamlets'])}, {_COMMUNE}"
        yield Person(
            name=" ".join(name),
            id_number=f"{province}{sex_and_century}{born:%y}{number % 1_000_000:06d}",
            birth_date=born.isoformat(),
            gender=gender,
            address=address,
            residence=address,
            phone=f"0900000{number % 1000:03d}",
        )


def month(
    seed: int,
    days: int,
    per_day: float,
    until: datetime,
    calendar: WorkCalendar,
    weights: Mapping[str, float],
    channels: Mapping[Channel, float],
) -> Iterator[Visit]:
    """The visits of the ``days`` calendar days that end with ``until``, oldest first, no two at the same second.

    About ``per_day`` on each working day and within its opening hours; none on other days, none after ``until``.
    """
    rng, newcomers = Random(f"month {seed}"), people(seed)
    codes, code_shares = list(weights), list(accumulate(weights.values()))
    ways, way_shares = list(channels), list(accumulate(channels.values()))
    seen: list[Person] = []
    for back in range(days - 1, -1, -1):
        on = until.date() - timedelta(days=back)
        if not calendar.is_working_day(on):
            continue
        wanted = max(0, round(rng.gauss(per_day, _SPREAD * per_day)))
        for received_at in _moments(rng, wanted, calendar.intervals(on)):
            if received_at > until:
                break
            if seen and rng.random() < _RETURNING:
                person = rng.choice(seen)
            else:
                seen.append(person := next(newcomers))
            code = rng.choices(codes, cum_weights=code_shares)[0]
            yield Visit(received_at, code, rng.choices(ways, cum_weights=way_shares)[0], person)


class Diary:
    """Chance moments of opening hours for what happens after a visit; never before the moment it follows."""

    def __init__(self, calendar: WorkCalendar, chance: Random) -> None:
        self.calendar = calendar
        self._chance = chance

    def after(
        self, at: datetime, *, minutes: tuple[int, int] | None = None, days: tuple[int, int] | None = None
    ) -> datetime:
        """So many minutes of the clock, or so many working days, later; from the next opening when that is closed."""
        if minutes:
            return self._opening(at + timedelta(minutes=self._chance.randint(*minutes)))
        count = self._chance.randint(*(days or (0, 0)))
        return self.days_after(at, count) if count else self.after(at, minutes=(5, 120))

    def days_after(self, at: datetime, count: int) -> datetime:
        """Some moment of the working day that comes ``count`` working days later."""
        on = at.date()
        for _ in range(count):
            on = self.calendar.next_working_day(on)
        return self.within(on)

    def within(self, on: date) -> datetime:
        """Some moment of a working day."""
        opening, closing = self._chance.choice(self.calendar.intervals(on))
        return opening + (closing - opening) * self._chance.random()

    def between(self, at: datetime, due_at: datetime, least: float, most: float) -> datetime:
        """At a chance share of the way from ``at`` to ``due_at``."""
        share = self._chance.uniform(least, most)
        return self._opening(max(at + timedelta(minutes=1), at + (due_at - at) * share))

    def _opening(self, at: datetime) -> datetime:
        on, at = at.date(), at.replace(microsecond=0)
        while True:
            for opening, closing in self.calendar.intervals(on):
                if at <= closing:
                    return max(at, opening)
            on += timedelta(days=1)


def _moments(rng: Random, wanted: int, intervals: tuple[tuple[datetime, datetime], ...]) -> list[datetime]:
    """``wanted`` different whole seconds within the opening intervals, in order; fewer when there are not so many."""
    open_seconds = [int((closing - opening).total_seconds()) for opening, closing in intervals]
    chosen = sorted(rng.sample(range(sum(open_seconds)), min(wanted, sum(open_seconds))))
    moments = []
    for second in chosen:
        for (opening, _), length in zip(intervals, open_seconds, strict=True):
            if second < length:
                moments.append(opening + timedelta(seconds=second))
                break
            second -= length
    return moments


def _read(name: str) -> dict[str, Any]:
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))
