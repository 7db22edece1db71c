"""Registers of communes as far as a hub sees them: closings in a chain, backups, and restores that tell otherwise."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from desktop.hub.history import History
from desktop.hub.lines import Link
from desktop.rules.codes import CLEAR_LETTERS
from tests.sync import told

FIRST = date(2026, 1, 5)


@dataclass
class Register:
    """What one disk holds: the number of the last event, and its closings in order."""

    random: Random
    seq: int = 5
    links: list[Link] = field(default_factory=list)
    day: date = FIRST

    def live(self, steps: int) -> None:
        """Close days, skip some, and close some again."""
        for _ in range(steps):
            act = self.random.random()
            if act < 0.65 or not self.links:
                self.day += timedelta(days=self.random.choice((1, 1, 1, 2, 3)))
                self._close(self.day.isoformat())
            elif act < 0.9:
                self._close(self.random.choice(self.links).day)
            else:
                self.seq += self.random.randint(1, 50)

    def copy(self) -> "Register":
        """A backup, or what comes out of one."""
        return Register(self.random, self.seq, list(self.links), self.day)

    def truth(self) -> dict[str, str]:
        """Day → hash of the closing that stands."""
        best: dict[str, Link] = {}
        for link in self.links:
            best[link.day] = link
        return {day: link.hash for day, link in best.items()}

    def _close(self, day: str) -> None:
        self.seq += self.random.choice((0, 0, 1, 4, 30))
        before = [link for link in self.links if link.day == day]
        last = self.links[-1] if self.links else None
        word = f"{self.random.getrandbits(256):064x}"
        self.links.append(
            Link(
                0,
                day,
                len(before) + 1,
                word[::-1],
                word,
                self.seq,
                (last.day, last.revision, last.hash) if last else None,
                _code(self.random),
                before[-1].code if before else "",
            )
        )
        self.seq += 1


def report_of(link: Link, unit: str) -> dict[str, Any]:
    """The report of a closing, of a day on which nothing happened."""
    previous = dict(zip(("day", "revision", "hash"), link.previous, strict=True)) if link.previous else None
    return told.day_report(
        link.day,
        link.revision,
        unit={"code": unit, "name": "xã", "parent": "", "agency": ""},
        practice=False,
        rows=[],
        total=[0] * 11,
        on_time={"numerator": 0, "denominator": 0, "percent": None},
        code=link.code,
        before=link.before,
        chain={"seq": link.seq, "hash": "cd" * 32},
        hash=link.hash,
        previous=previous,
    )


def _code(random: Random) -> str:
    letters = "".join(random.choices(CLEAR_LETTERS, k=8))
    return f"{letters[:4]}-{letters[4:]}"


def tell(history: History, link: Link) -> str:
    """The verdict on a closing, which is remembered."""
    link = replace(link, report=len(history.known) + 1)
    judged = history.judge(link, lambda held, other: held.sha256 == other.sha256)
    if judged.is_new:
        history.take_in(link, judged.verdict)
    return str(judged.verdict)


def settle(history: History, choice: str) -> None:
    """An official's decision."""
    history.settle(choice, after=len(history.known))


def shown(history: History) -> dict[str, str]:
    """Day → hash of what counts."""
    return {day: link.hash for day, (_, link) in history.standing().items()}
