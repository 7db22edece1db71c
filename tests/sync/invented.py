"""Communes that nobody lives in: each closes day after day, and its figures add up as a real register's do.

For hubs that must hear thousands of communes or ten years; what a real register says is proved elsewhere. The same seed
tells the same story. A report is a body of ``day_report 1``; every closing names the one before it.
"""

from collections import Counter
from dataclasses import astuple, dataclass, field
from datetime import date, datetime, time
from functools import cache
from random import Random
from typing import Any

from desktop.office import procedures
from desktop.rules import practice, statistics
from desktop.rules.calendar import VN_TZ
from desktop.rules.codes import CLEAR_LETTERS
from desktop.rules.statistics import COLUMNS, Flow, Group, Table
from desktop.sync import protocol

#: A day on which all of the shipped catalogue is in force.
_LISTED = date(2026, 11, 23)
#: How often somebody comes for a procedure of which the load profile says nothing.
_SELDOM = 0.0005
_OUTCOMES = ("early", "on_time", "late")


@dataclass
class InventedCommune:
    """One commune: ``day`` tells its next day, ``visits`` people coming on it; ``key`` signs what it says."""

    code: str
    name: str
    practice: bool = False
    parent: str = "H35"
    seed: int = 0
    _pending: Counter[Group] = field(default_factory=Counter)
    _previous: dict[str, Any] | None = None
    _seq: int = 0

    def __post_init__(self) -> None:
        self._chance = Random(f"{self.code} {self.seed}")
        self.key = self._chance.randbytes(32)

    def packet(self, *reports: dict[str, Any]) -> bytes:
        """What the commune sends for these reports."""
        return protocol.packet(protocol.sign(protocol.Kind.DAY_REPORT, one, self.key) for one in reports)

    def day(self, on: date, visits: int, *, every_procedure: bool = False) -> dict[str, Any]:
        """The report of the next day; ``every_procedure``: somebody comes for each of 130 besides."""
        groups, weights = _groups()
        came = Counter(self._chance.choices(groups, weights, k=visits))
        came.update(groups[:130] if every_procedure else ())
        carried, flows = dict(self._pending), {}
        self._pending += came
        for group in sorted(self._pending):
            flows[group] = self._flow(came[group], self._chance.randint(0, self._pending[group]))
            self._pending[group] -= flows[group].early + flows[group].on_time + flows[group].late
        self._pending = +self._pending
        left = {group: (count, self._chance.randint(0, count) // 4) for group, count in self._pending.items()}
        return self._closed(on, statistics.table(flows, carried, left))

    def _flow(self, came: int, done: int) -> Flow:
        online = sum(self._chance.random() < 0.7 for _ in range(came))
        ended = Counter(self._chance.choices(_OUTCOMES, (62, 34, 4), k=done))
        return Flow(online, came - online, ended["early"], ended["on_time"], ended["late"])

    def _closed(self, on: date, table: Table) -> dict[str, Any]:
        rate = statistics.on_time_rate(table.total)
        self._seq += self._chance.randint(2, 200)
        told = {
            "unit": {"code": self.code, "name": self.name, "parent": self.parent, "agency": ""},
            "practice": self.practice,
            "from": on.isoformat(),
            "to": on.isoformat(),
            "columns": ["field", "procedure", *COLUMNS],
            "rows": [[*group, *astuple(line)] for group, line in sorted(table.lines.items())],
            "total": list(astuple(table.total)),
            "on_time": {"numerator": rate.numerator, "denominator": rate.denominator, "percent": rate.percent},
            "holds": True,
            "broken": [],
            "program": "motcua 0.1.0",
            "revision": 1,
            "code": "-".join("".join(self._chance.choices(CLEAR_LETTERS, k=4)) for _ in range(2)),
            "closed_at": datetime.combine(on, time(17, 5), VN_TZ).isoformat(),
            "late": False,
            "reason_given": False,
            "before": "",
            "unanswered": 0,
            "list_sha256": self._chance.randbytes(32).hex(),
            "chain": {"seq": self._seq, "hash": self._chance.randbytes(32).hex()},
            "hash": self._chance.randbytes(32).hex(),
            "previous": self._previous,
        }
        self._previous = {"day": told["from"], "revision": told["revision"], "hash": told["hash"]}
        return told


@cache
def _groups() -> tuple[list[Group], list[float]]:
    """Field and procedure of what people come for, with how often they do, the most wanted first."""
    wanted = practice.load_profile().weights
    shown = procedures.Catalogue(procedures.shipped()).listed(on=_LISTED)
    often = sorted((-wanted.get(one.code, _SELDOM), one.code, one.field) for one in shown)
    return [(field, code) for _, code, field in often], [-weight for weight, _, _ in often]
