"""Finding dossiers by folded words over SQLite's FTS5; hides its query language.

Words arrive already folded (no marks, lower case); every word must begin some word of the dossier's
search key (codes, names, numbers and their last digits). Newest first, never ranked: ranking a
million rows costs a hundred times more than it tells.
"""

from collections.abc import Sequence

from db import reach as reaching
from db.connection import Register
from db.reach import Reach

COUNT_UP_TO = 1000


def ids(book: Register, words: Sequence[str], *, limit: int, offset: int = 0, reach: Reach = None) -> list[int]:
    """Ids of the matching dossiers within ``reach``, newest first."""
    if not words:
        return []
    sql = f"SELECT s.rowid {_matching(reach)} ORDER BY s.rowid DESC LIMIT :limit OFFSET :offset"
    told = {"words": match(words), "limit": limit, "offset": offset} | reaching.facts(reach)
    return [row[0] for row in book.database.execute_sql(sql, told)]


def count(book: Register, words: Sequence[str], reach: Reach = None) -> int:
    """How many dossiers match, counted up to a thousand."""
    told = {"words": match(words), "limit": COUNT_UP_TO} | reaching.facts(reach)
    sql = f"SELECT count(*) FROM (SELECT 1 {_matching(reach)} LIMIT :limit)"
    return book.database.execute_sql(sql, told).fetchone()[0]


def _matching(reach: Reach) -> str:
    # CROSS keeps the order of the words' index: SQLite would ask it anew for each dossier of a field.
    rows = "" if reach is None else " CROSS JOIN dossier d ON d.id = s.rowid"
    return f"FROM dossier_search s{rows} WHERE dossier_search MATCH :words{reaching.narrowed(reach, 'd.procedure')}"


def match(words: Sequence[str]) -> str:
    """FTS5's question for rows in which every word begins some word."""
    return " ".join('"' + word.replace('"', '""') + '"*' for word in words)
