"""The figures beside the official table for any period, each with its numbers and the dossiers behind it.

Reads the chain, the figures that are derived from it, the boxes of the ratings and the kept files; changes nothing.
What is counted as what is ``rules.indicators``. Each thread calls with its own session.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import msgspec

from db import dossiers, events, figures, slips
from db.connection import Register
from db.records import DossierRow
from db.vocabulary import DocumentKind, EventKind
from desktop.errors import UserError
from desktop.office import attachments, ballots, cases, counting, lookup, rights, settings
from desktop.rules import durations, index_766
from desktop.rules import indicators as rules
from desktop.rules.cases import Case, Ruler
from desktop.rules.durations import Cut, Duration
from desktop.rules.figures import Figure, Group, Span
from desktop.rules.indicators import Answers, Asked, Files
from desktop.rules.rights import Deed

E = EventKind

#: A file that comes with one of these is of the dossier's papers, with one of those its result.
_PAPERS = (E.SUPPLEMENT, E.FORWARD, E.FULFIL_OBLIGATION)
_RESULTS = (E.FINISH, E.HAND_OVER)


@dataclass(frozen=True, slots=True)
class Indicators:
    """Everything beside the official table of the days ``first`` to ``as_of``.

    ``groups`` hold the figures as they are shown; ``durations`` and ``cuts`` the numbers behind two of them.
    """

    first: date
    last: date
    as_of: date
    groups: tuple[Group, ...]
    durations: tuple[Duration, ...]
    cuts: tuple[Cut, ...]

    def figure(self, key: str) -> Figure:
        """One figure by its key; KeyError for what this period does not have."""
        found = {figure.key: figure for group in self.groups for figure in group.figures}
        return found[key]

    def group(self, key: str) -> Group:
        """One group by its key."""
        return next(group for group in self.groups if group.key == key)


def of_period(book: Register, first: date, last: date, *, now: datetime) -> Indicators:
    """The figures of a period; one that has not ended is counted up to now. UserError ``period_in_future``."""
    with counting.up_to_date(book, now=now) as (kept, today):
        if first > today:
            raise UserError("period_in_future", f"Kỳ từ {first:%d/%m/%Y} chưa đến; hôm nay là {today:%d/%m/%Y}.")
        span = Span(first, min(last, today))
        found = cases.counted(book, kept, span)
    begun = min((one.course.received_on for one in found), default=first)
    ruler = Ruler(settings.calendar(book), begun, span.last)
    files = _files(book, found)
    taken = durations.by_procedure(found, ruler, span)
    groups = (
        rules.satisfaction(_answers(book, span), found, span),
        rules.channels(found, span),
        rules.payments(found, span),
        rules.digitised(found, files, span),
        durations.cut_group(found, ruler, span),
        rules.visits(found, span),
        rules.causes(found, _slips(book, span), span),
        rules.letters(found, span),
        index_766.estimate(found, files, ruler, span),
        durations.group(taken),
        rules.clerks(found, span),
    )
    return Indicators(first, last, span.last, groups, taken, durations.cuts(found, ruler, span))


def seen(book: Register, first: date, last: date, *, clerk: str | None, now: datetime) -> Indicators:
    """As :func:`of_period`, as ``clerk`` may see it: what is for the head alone only where he leads or administers."""
    found = of_period(book, first, last, now=now)
    if rights.why_not(book, rights.reader(book, clerk), Deed.SEE_CLERKS) is None:
        return found
    return replace(found, groups=tuple(group for group in found.groups if not group.head_only))


def behind(book: Register, figure: Figure, *, clerk: str | None = None) -> tuple[DossierRow, ...]:
    """The dossiers that a figure opens, in its order; those of other fields than ``clerk``'s without names."""
    ids = figures.ids(book, figure.counted)
    rows = {row.code: row for row in dossiers.by_ids(book, list(ids.values()))}
    return lookup.veiled(book, (rows[code] for code in figure.counted if code in rows), clerk=clerk)


def _files(book: Register, found: Iterable[Case]) -> Files:
    papers, results, broken = set[str](), set[str](), set[str]()
    for one in found:
        for kinds, holders in ((_PAPERS, papers), (_RESULTS, results)):
            for act in (act for kind in kinds for act in one.acts(kind)):
                file = act.facts.get("file")
                if isinstance(file, Mapping):
                    (holders if attachments.holds(book, file) else broken).add(one.code)
    return Files(frozenset(papers), frozenset(results), frozenset(broken))


def _answers(book: Register, span: Span) -> Answers:
    told = ballots.tally(book, span.first, span.last)
    codes = tuple(events.dossiers_with(book, E.RATE, E.COUNT_BALLOTS, since=span.first, until=span.last))
    scores = {(question.scale, question.source): counts for question, counts in told.scores.items()}
    return Answers(told.answered, told.lost, scores, codes)


def _slips(book: Register, span: Span) -> tuple[Asked, ...]:
    """What slips before any dossier asked for; what was refused there is no supplement."""
    told = (
        (dossier, msgspec.json.decode(payload))
        for dossier, kind, payload in slips.given_between(book, span.first, span.last)
        if kind == DocumentKind.SUPPLEMENT
    )
    return tuple(Asked(tuple(slip["items"]) or (slip["reason"],), dossier) for dossier, slip in told)
