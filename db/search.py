"""Finding dossiers by folded words over SQLite's FTS5; hides its query language.

Words arrive already folded (no marks, lower case); every word must begin some word of the dossier's
search key (codes, names, numbers and their last digits). Newest first, never ranked: ranking a
million rows costs a hundred times more than it tells.
"""

from collections.abc import Sequence

from db.connection import Register

COUNT_UP_TO = 1000


def ids(book: Register, words: Sequence[str], *, limit: int, offset: int = 0) -> list[int]:
    """Ids of the matching dossiers, newest first."""
    if not words:
        return []
    rows = book.database.execute_sql(
        "SELECT rowid FROM dossier_search WHERE dossier_search MATCH ? ORDER BY rowid DESC LIMIT ? OFFSET ?",
        (match(words), limit, offset),
    )
    return [row[0] for row in rows]


def count(book: Register, words: Sequence[str]) -> int:
    """How many dossiers match, counted up to a thousand."""
    return book.database.execute_sql(
        "SELECT count(*) FROM (SELECT 1 FROM dossier_search WHERE dossier_search MATCH ? LIMIT ?)",
        (match(words), COUNT_UP_TO),
    ).fetchone()[0]


def match(words: Sequence[str]) -> str:
    """FTS5's question for rows in which every word begins some word."""
    return " ".join('"' + word.replace('"', '""') + '"*' for word in words)
