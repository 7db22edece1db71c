"""Cases read from the chain: the dossiers that a period's figures count, each as known at the end of a day.

Hides how events, courses and procedure versions are found and how little of each is decoded. Changes nothing. Called by
whatever counts more than the official table: ``indicators``, ``late_dossiers``.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any

import msgspec

from db import events, figures
from db.connection import Register
from db.figures import Figures
from db.records import Limit
from db.vocabulary import AfterCutoff, EventKind
from desktop.office import counting, procedures
from desktop.office.history import limit_of
from desktop.rules import cases as rules
from desktop.rules.cases import Case, Reception
from desktop.rules.figures import Span
from desktop.rules.lifecycle import Happened

#: Tells the law's limit of a procedure version in a case, each looked up once.
StatutoryOf = Callable[[int, str | None], Limit | None]
_NOTHING: dict[str, Any] = {}
#: No figure asks for these in the life of one dossier.
_SAY_NOTHING = frozenset({EventKind.PRINT, EventKind.RATE})


class _Form(msgspec.Struct):
    channel: str
    filed_by: str | None = None
    case: str | None = None


class _Limit(msgspec.Struct):
    value: str
    unit: str
    after_cutoff: str = AfterCutoff.NONE


class _Reception(msgspec.Struct):
    procedure_name: str
    version_id: int
    limit: _Limit
    form: _Form
    after_slips: tuple[int, ...] = ()


class _Act(msgspec.Struct):
    facts: dict[str, Any] = msgspec.field(default_factory=dict)


_reception = msgspec.json.Decoder(_Reception).decode
_act = msgspec.json.Decoder(_Act).decode


def counted(book: Register, kept: Figures, span: Span) -> tuple[Case, ...]:
    """Every case of the period: received, resolved or pending in it, or with a return or a payment in it.

    In the order of reception. ``kept`` is up to date.
    """
    first, last = span.first.isoformat(), span.last.isoformat()
    ids = set(kept.behind("received_total", first, last, field=None, procedure=None))
    later = events.dossiers_with(book, EventKind.HAND_OVER, EventKind.FEE_PAID, since=span.first, until=span.last)
    ids |= set(figures.ids(book, later).values())
    return of_ids(book, kept, sorted(ids), span.last)


def of_ids(book: Register, kept: Figures, ids: Sequence[int], until: date) -> tuple[Case, ...]:
    """These dossiers as known at the end of a day; what the table does not count is left out."""
    courses = dict(counting.opened(kept.courses_of(ids)))
    codes = figures.codes(book, list(courses))
    statutory_of = _statutory_of(book)
    found: dict[str, Case] = {}
    by_code = {code: courses[dossier] for dossier, code in codes.items()}
    for code, rows in groupby(events.of_dossiers(book, sorted(by_code)), key=lambda row: row[0]):
        reception, history = _told(rows, statutory_of)
        if reception is not None:
            found[code] = rules.case(code, by_code[code], reception, history, until)
    return tuple(found[code] for _, code in sorted(codes.items()) if code in found)


def _told(rows: Iterable[tuple], statutory_of: StatutoryOf) -> tuple[Reception | None, list[Happened]]:
    reception, history = None, []
    for _, seq, kind, at, clerk, payload in rows:
        facts = _NOTHING
        if kind == EventKind.REGISTER:
            begun = _reception(payload)
            reception = Reception(
                begun.procedure_name,
                _limit(begun.limit.value, begun.limit.unit, begun.limit.after_cutoff),
                statutory_of(begun.version_id, begun.form.case),
                begun.form.channel,
                clerk,
                begun.form.filed_by or "",
                len(begun.after_slips),
            )
        elif kind in _SAY_NOTHING:
            continue
        else:
            facts = _act(payload).facts
        history.append(Happened(seq, EventKind(kind), datetime.fromisoformat(at), clerk, facts))
    return reception, history


@cache
def _limit(value: str, unit: str, after_cutoff: str) -> Limit:
    return limit_of({"limit": {"value": value, "unit": unit, "after_cutoff": after_cutoff}})


def _statutory_of(book: Register) -> StatutoryOf:
    version = cache(lambda version_id: procedures.version(book, version_id))

    def find(version_id: int, case: str | None) -> Limit | None:
        told = version(version_id)
        return next((one.statutory for one in told.cases if one.label == case), told.statutory)

    return find
