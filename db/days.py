"""One day at the counter as SQL: what was received, handed over, solved at once, and what no printer took.

Called by ``office.lookup`` alone. Whatever was handed over that day is found from the newest events backward,
so that no index has to be kept for it.
"""

from datetime import date, timedelta

from db import dossiers
from db import reach as reaching
from db.connection import Register
from db.reach import Reach
from db.records import DossierRow
from db.vocabulary import EventKind

_HANDED_OVER = (
    "code IN (SELECT dossier FROM event"
    " WHERE seq > coalesce((SELECT seq FROM event WHERE at < :day ORDER BY seq DESC LIMIT 1), 0)"
    f" AND kind = '{EventKind.HAND_OVER}') AND handed_over_at >= :day AND handed_over_at < :next"
)
#: Moments are ISO text, so a bare date is before every moment of its day.
_WHERE = {
    "received": "received_on = :day",
    "handed_over": _HANDED_OVER,
    "at_once": f"{_HANDED_OVER} AND received_on = :day",
    "not_printed": "received_on = :day AND print_failed = 1",
}


def counts(book: Register, on: date, reach: Reach = None) -> dict[str, int]:
    """How many dossiers within ``reach`` are in each group of the day, in one statement."""
    only = reaching.narrowed(reach)
    each = (f"(SELECT count(*) FROM dossier WHERE {where}{only})" for where in _WHERE.values())
    row = book.database.execute_sql(f"SELECT {', '.join(each)}", _span(on) | reaching.facts(reach)).fetchone()
    return dict(zip(_WHERE, row, strict=True))


def rows(book: Register, name: str, on: date, *, limit: int, offset: int, reach: Reach = None) -> list[DossierRow]:
    """One page of a group of the day within ``reach``, received last at the top; ``limit`` -1 asks for all."""
    where = _WHERE[name] + reaching.narrowed(reach)
    found = f"SELECT id FROM dossier WHERE {where} ORDER BY id DESC LIMIT :limit OFFSET :offset"
    facts = _span(on) | {"limit": limit, "offset": offset} | reaching.facts(reach)
    return dossiers.by_ids(book, [row[0] for row in book.database.execute_sql(found, facts)])


def slips(book: Register, on: date) -> int:
    """How many slips were given on a day and not taken back."""
    return book.database.execute_sql(
        "SELECT count(*) FROM slip WHERE given_at >= :day AND given_at < :next AND taken_back = 0", _span(on)
    ).fetchone()[0]


def _span(on: date) -> dict[str, object]:
    return {"day": on.isoformat(), "next": (on + timedelta(days=1)).isoformat()}
