"""What a day or a period says to the tier above: figures and no person, in one form that is signed and can be checked.

A day's report is what its seal holds; a period's is counted, and names the seals of its days. Hides how the content is
laid out for a small file. Written for whoever has no hub; a day's is also what ``outbox`` sends to one.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.metadata import version
from operator import attrgetter
from typing import Any

from db.connection import Register
from desktop.errors import UserError
from desktop.office import closing, counting, sealing, settings
from desktop.office.closing import Closing
from desktop.rules import packets, statistics
from desktop.rules.periods import Period
from desktop.rules.statistics import COLUMNS, Table

#: What the signed file calls itself, with the version of its layout.
KIND = "figures 1"
#: ``dataclasses.astuple`` copies what it finds and takes twenty times as long.
_figures_of = attrgetter(*COLUMNS)


def of_day(book: Register, on: date) -> dict[str, Any]:
    """The report of a closed day, in the revision that stands; UserError ``day_not_closed``."""
    sealed = closing.latest(book, on)
    if sealed is None:
        raise UserError("day_not_closed", f"Ngày {on:%d/%m/%Y} chưa chốt; chốt ngày rồi mới lập báo cáo ngày.")
    return of_closing(book, sealed)


def of_closing(book: Register, sealed: Closing) -> dict[str, Any]:
    """The report of one revision of a closed day: a body of ``day_report 1``.

    What clerks typed stays here: of a reason it says only whether one was given.
    """
    told, before = sealed.content, closing.directly_before(book, sealed)
    return _figures(book, sealed.day, sealed.day, sealed.table) | {
        "revision": sealed.revision,
        "code": sealed.code,
        "closed_at": sealed.at.isoformat(),
        "late": sealed.is_late,
        "reason_given": bool(told["reason"]),
        "before": told["before"],
        "unanswered": len(told["silent"]),
        "list_sha256": told["list_sha256"],
        "chain": dict(told["chain"]),
        "hash": sealed.hash,
        "previous": {"day": before.day.isoformat(), "revision": before.revision, "hash": before.hash}
        if before
        else None,
    }


def of_period(book: Register, period: Period, *, now: datetime) -> dict[str, Any]:
    """The report of a period as counted now, with the seals of its days; UserError ``period_in_future``."""
    counted = counting.counted(book, period.first, period.last, now=now)
    standing = {one.day: one for one in closing.between(book, period.first, counted.as_of)}
    days = [[on.isoformat(), one.revision, one.code, one.hash] for on, one in sorted(standing.items())]
    eve = period.first - timedelta(days=1)
    before = counting.counted(book, eve, eve, now=now).table.total.pending_total
    return _figures(book, period.first, period.last, counted.table) | {
        "as_of": counted.as_of.isoformat(),
        "made_at": now.isoformat(timespec="seconds"),
        "pending_before": before,
        "days": days,
    }


def signed(book: Register, report: Mapping[str, Any]) -> bytes:
    """The file for the tier above: a report under the commune's signature, the same bytes for the same report."""
    return packets.sealed(KIND, report, sealing.private_key(book))


def _figures(book: Register, first: date, last: date, table: Table) -> dict[str, Any]:
    unit = settings.unit(book)
    rate = statistics.on_time_rate(table.total)
    return {
        "unit": {"code": unit.code, "name": unit.name, "parent": unit.parent_code, "agency": unit.agency_code},
        "practice": unit.practice,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "columns": ["field", "procedure", *COLUMNS],
        "rows": [[*group, *_figures_of(line)] for group, line in sorted(table.lines.items())],
        "total": list(_figures_of(table.total)),
        "on_time": {"numerator": rate.numerator, "denominator": rate.denominator, "percent": rate.percent},
        "holds": not table.broken and statistics.holds(table.total),
        "broken": list(table.broken),
        "program": _program(),
    }


@cache
def _program() -> str:
    return f"motcua {version('motcua')}"
