"""Many units' reports taken in one transaction: a verdict for each, and rows that go into the database together.

The next closing of a unit needs nothing but where the unit's history is; anything else (a repetition, a late revision,
a gap, a fork) asks the whole history. Used by the receiver, inside ``Hub.write``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from db import hub_reports
from db.hub import Hub
from db.hub_reports import Front, StandingRow, StoredReport
from db.hub_units import HubUnit
from desktop.hub import standings
from desktop.hub.founding import identity
from desktop.hub.history import History, Judgement
from desktop.hub.lines import FORK_WORDS, Link
from desktop.sync import protocol
from desktop.sync.protocol import AckItem, DayReport, Proved, Standing, Verdict

#: A hub's clock and a commune's may differ by the date line of a badly set one, not by more.
_AHEAD = timedelta(days=1)
_SETTLED = "Việc này đã được quyết định ở đầu mối: số liệu của lịch sử khác được giữ."


@dataclass(frozen=True, slots=True)
class Told:
    """A genuine report as it came; ``stored`` is how it is kept, ``problem`` why its figures cannot be."""

    content: DayReport
    sha256: str
    stored: bytes
    problem: str | None

    @classmethod
    def of(cls, content: DayReport, document: Proved) -> "Told":
        """All that can be known of a report without asking the database."""
        return cls(content, document.sha256, standings.packed(document), protocol.problem_in(content))


class Batch:
    """Reports of these units that are taken together; nothing is written before :meth:`flush`."""

    def __init__(self, hub: Hub, units: Sequence[str], *, now: datetime, carrier: str) -> None:
        self._hub, self._now, self._carrier = hub, now, carrier
        self._at = now.isoformat(timespec="seconds")
        self._is_practice = identity(hub).practice
        self._fronts = hub_reports.fronts(hub, units)
        self._next = hub_reports.last_id(hub) + 1
        self._histories: dict[str, History] = {}
        self._reports: list[tuple[StoredReport, bytes]] = []
        self._figures: list[tuple[int, ...]] = []
        self._standing: list[StandingRow] = []
        self._moved: set[str] = set()
        self._has_read_matters = False

    def take(self, unit: HubUnit, reports: Sequence[Told]) -> list[AckItem]:
        """The verdicts on a unit's reports, in the order of its own chain."""
        in_order = sorted(reports, key=lambda one: (one.content.chain.seq, one.content.hash))
        return [self._take(unit, one) for one in in_order]

    def flush(self) -> None:
        """Write what was taken."""
        hub_reports.add(self._hub, self._reports)
        hub_reports.add_figures(self._hub, self._figures)
        hub_reports.set_standing(self._hub, self._standing)
        hub_reports.set_fronts(self._hub, [self._fronts[unit] for unit in sorted(self._moved)])
        self._reports, self._figures, self._standing, self._moved = [], [], [], set()

    def _take(self, unit: HubUnit, told: Told) -> AckItem:
        if problem := self._problem(unit, told):
            day = told.content.day.isoformat()
            hub_reports.count_refusal(self._hub, unit.code, day, self._carrier, "rejected", problem, self._at)
            return _item(told, Verdict.REJECTED, problem)
        link, front = _link(self._next, told), self._fronts.get(unit.code)
        if unit.code not in self._histories and (front is None or _is_next(front, link)):
            return self._take_next(unit.code, front, link, told)
        return self._take_by_history(unit.code, link, told)

    def _problem(self, unit: HubUnit, told: Told) -> str | None:
        on = told.content.day
        if not unit.is_valid_on(on.isoformat()):
            return f"Ngày {on:%d/%m/%Y} nằm ngoài thời gian đơn vị “{unit.name}” tồn tại."
        if not self._is_practice and on > self._now.date() + _AHEAD:
            return f"Ngày {on:%d/%m/%Y} chưa đến theo đồng hồ của đầu mối; hãy xem lại đồng hồ của xã."
        return told.problem

    def _take_next(self, unit: str, front: Front | None, link: Link, told: Told) -> AckItem:
        line = front.line if front else 1
        named = link.previous[0] if link.previous else ""
        self._store(unit, link, told, Judgement(Verdict.ACCEPTED))
        total = tuple(told.content.total)
        row = StandingRow(unit, link.day, link.report, line, link.revision, link.sha256, link.code, total)
        self._standing.append(row)
        self._fronts[unit] = Front(
            unit,
            line,
            link.seq,
            link.hash,
            front.first_day if front else link.day,
            link.day,
            max(link.day, named),
            front.forks if front else 0,
        )
        self._moved.add(unit)
        return _item(told, Verdict.ACCEPTED)

    def _take_by_history(self, unit: str, link: Link, told: Told) -> AckItem:
        if unit not in self._histories:
            self.flush()
            self._histories[unit] = standings.history_of(self._hub, unit)
        history = self._histories[unit]
        judged = history.judge(link, lambda held, _: self._said_alike(held, told))
        if judged.is_new:
            self._store(unit, link, told, judged)
            history.take_in(link, judged.verdict)
            self.flush()
            standings.write(self._hub, unit, history)
            self._fronts |= hub_reports.fronts(self._hub, [unit])
        settled = judged.why == "settled"
        reason = _SETTLED if settled else FORK_WORDS.get(judged.why, "")
        held = None
        if judged.verdict in (Verdict.SUPERSEDED, Verdict.FORKED):
            held = hub_reports.standing_of_day(self._hub, unit, link.day)
        return _item(told, judged.verdict, reason, held, settled=settled)

    def _said_alike(self, held: Link, told: Told) -> bool:
        kept = standings.unpacked(hub_reports.document(self._hub, held.report))
        return standings.said_alike(protocol.content_as(DayReport, kept), told.content)

    def _store(self, unit: str, link: Link, told: Told, judged: Judgement) -> None:
        day, revision, digest = link.previous or (None, None, None)
        report = StoredReport(
            link.report,
            unit,
            link.day,
            link.revision,
            link.sha256,
            link.hash,
            link.seq,
            day,
            revision,
            digest,
            link.code,
            link.before,
            judged.verdict,
            judged.why,
            self._at,
            self._carrier,
        )
        self._reports.append((report, told.stored))
        self._next += 1
        matters = self._matters(told.content)
        self._figures += [(link.report, matters[row[:2]], *row[2:]) for row in told.content.rows if any(row[2:])]

    def _matters(self, report: DayReport) -> dict[tuple[str, str], int]:
        """The numbers of fields and procedures; those that nobody named before get theirs."""
        known: dict[tuple[str, str], int] = self._hub.derived.setdefault("matters", {})
        wanted = {row[:2] for row in report.rows}
        if wanted <= known.keys():
            return known
        if not self._has_read_matters:  # what another process wrote before this transaction
            known.update(hub_reports.matters(self._hub))
            self._has_read_matters = True
        fresh = sorted(wanted - known.keys())
        first = max(known.values(), default=0) + 1
        rows = [(number, field, procedure) for number, (field, procedure) in enumerate(fresh, start=first)]
        hub_reports.add_matters(self._hub, rows)
        known.update({(field, procedure): number for number, field, procedure in rows})
        return known


def _is_next(front: Front, link: Link) -> bool:
    """Whether it is the closing after the last one that is held, of a day that nobody has spoken of."""
    return (
        link.previous is not None
        and link.previous[2] == front.last_hash
        and link.seq > front.last_seq
        and link.day > front.reach
        and link.revision == 1
    )


def _link(number: int, told: Told) -> Link:
    report = told.content
    before = report.previous
    previous = (before.day.isoformat(), before.revision, before.hash) if before else None
    day = _iso(report.day)
    return Link(
        number, day, report.revision, told.sha256, report.hash, report.chain.seq, previous, report.code, report.before
    )


def _item(
    told: Told, verdict: Verdict, reason: str = "", held: StandingRow | None = None, *, settled: bool = False
) -> AckItem:
    standing = None
    if held is not None:
        total: Any = held.total
        standing = Standing(revision=held.revision, code=held.code, sha256=held.sha256, total=total)
    return AckItem(
        day=told.content.day,
        revision=told.content.revision,
        sha256=told.sha256,
        verdict=verdict,
        reason=reason,
        standing=standing,
        settled=settled and (standing is not None or verdict is Verdict.REJECTED),
    )


def _iso(on: date) -> str:
    return on.isoformat()
