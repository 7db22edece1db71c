"""The working lists as SQL on indexes: which dossiers are on a list at a date, and how many on each.

Days are compared as dates, never as moments: a promise runs to the end of its day. Called by
``office.lists`` alone, which knows the calendar.
"""

from datetime import date, timedelta
from typing import NamedTuple

from db import dossiers
from db import reach as reaching
from db.connection import Register
from db.reach import Reach
from db.records import DossierRow
from db.vocabulary import DossierStatus, WorkingList

_WORKED_ON = f"status IN ({DossierStatus.RECEIVED:d}, {DossierStatus.PROCESSING:d})"

#: Moments are ISO text, so a bare date is before every moment of its day. A paused dossier is not overdue;
#: one that was late before it was paused still owes its letter.
_WHERE = {
    WorkingList.DUE_TODAY: f"{_WORKED_ON} AND due_at >= :today AND due_at < :tomorrow",
    WorkingList.DUE_SOON: f"{_WORKED_ON} AND due_at >= :tomorrow AND due_at < :later",
    WorkingList.OVERDUE: f"{_WORKED_ON} AND due_at < :today",
    WorkingList.WAITING_SUPPLEMENT: f"status = {DossierStatus.WAITING_SUPPLEMENT:d}",
    WorkingList.READY: f"status = {DossierStatus.FINISHED:d}",
    WorkingList.TO_APOLOGISE: (
        "apologised = 0 AND (finished_at IS NULL OR substr(finished_at, 1, 10) > substr(due_at, 1, 10))"
        " AND due_at < :today AND (paused_since IS NULL OR substr(paused_since, 1, 10) > substr(due_at, 1, 10))"
    ),
    WorkingList.PAUSED: f"status = {DossierStatus.WAITING_OBLIGATION:d}",
}
#: What was promised first stands first; results that nobody fetched, by how long they lie there.
_ORDER = dict.fromkeys(WorkingList, "due_at, id") | {WorkingList.READY: "finished_at, id"}


class Horizon(NamedTuple):
    """The day for which lists are made and the last day that is still "soon"."""

    today: date
    soon_until: date

    @property
    def facts(self) -> dict[str, str]:
        tomorrow, later = self.today + timedelta(days=1), self.soon_until + timedelta(days=1)
        return {"today": self.today.isoformat(), "tomorrow": tomorrow.isoformat(), "later": later.isoformat()}


def counts(book: Register, horizon: Horizon, reach: Reach = None) -> dict[WorkingList, int]:
    """How many dossiers within ``reach`` are on each list, in one statement."""
    row = book.database.execute_sql(counts_sql(reach), horizon.facts | reaching.facts(reach)).fetchone()
    return dict(zip(_WHERE, row, strict=True))


def counts_sql(reach: Reach = None) -> str:
    """All counts in one statement, in the order of ``WorkingList``."""
    only = reaching.narrowed(reach)
    return "SELECT " + ", ".join(f"(SELECT count(*) FROM dossier WHERE {where}{only})" for where in _WHERE.values())


def rows(
    book: Register, name: WorkingList, horizon: Horizon, *, limit: int, offset: int, reach: Reach = None
) -> list[DossierRow]:
    """One page of a list within ``reach``, what waits longest at the top; ``limit`` -1 asks for all."""
    facts = horizon.facts | {"limit": limit, "offset": offset} | reaching.facts(reach)
    return dossiers.by_ids(book, [row[0] for row in book.database.execute_sql(page_sql(name, reach), facts)])


def page_sql(name: WorkingList, reach: Reach = None) -> str:
    """The ids of one page; where all are listed only indexes are read, the rows themselves come after."""
    where = _WHERE[name] + reaching.narrowed(reach)
    return f"SELECT id FROM dossier WHERE {where} ORDER BY {_ORDER[name]} LIMIT :limit OFFSET :offset"


def holders(book: Register) -> list[str]:
    """The places that have dossiers now, the one with the most of them first."""
    found = (
        f"SELECT holder FROM dossier WHERE status = {DossierStatus.PROCESSING:d} AND holder <> ''"
        " GROUP BY holder ORDER BY count(*) DESC, holder"
    )
    return [row[0] for row in book.database.execute_sql(found)]
