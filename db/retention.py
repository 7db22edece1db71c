"""What is kept beside the chain, with its age: drafts, rendered files, rows of old books. SQL only.

Called by ``office.retention`` alone; whatever removes rows is inside ``Register.write``.
"""

from typing import NamedTuple

from db.connection import Register


class Rendered(NamedTuple):
    """A file made from a frozen paper: its path below the register, the last day it was made, whose paper it is."""

    path: str
    made_on: str
    is_slip: bool


def drafts(book: Register) -> list[tuple[str, str, str]]:
    """``(station, day of the last edit, state)`` of every draft."""
    rows = book.database.execute_sql("SELECT station, substr(saved_at, 1, 10), state FROM draft ORDER BY station")
    return [(station, on, state) for station, on, state in rows]


def drop_draft(book: Register, station: str) -> None:
    """Remove a draft."""
    book.database.execute_sql("DELETE FROM draft WHERE station = ?", (station,))


def rendered(book: Register) -> list[Rendered]:
    """Every file that was made from a frozen paper, whether or not it is still there."""
    rows = book.database.execute_sql(
        "SELECT path, substr(max(made_at), 1, 10), issued_document.dossier IS NULL FROM rendered_file"
        " JOIN issued_document ON issued_document.id = document_id GROUP BY path ORDER BY path"
    )
    return [Rendered(path, on, bool(slip)) for path, on, slip in rows]


def old_entries(book: Register) -> list[tuple[int, int, str, str]]:
    """``(id, event of import, its day, content's SHA-256)`` of every row of an old book, import by import."""
    rows = book.database.execute_sql(
        "SELECT old_entry.id, imported_by, substr(event.at, 1, 10), old_entry.sha256 FROM old_entry"
        " JOIN event ON event.seq = imported_by ORDER BY imported_by, old_entry.id"
    )
    return [(entry, seq, on, digest) for entry, seq, on, digest in rows]


def drop_old_entry(book: Register, entry: int) -> None:
    """Remove a row of an old book; the event that brought it in stays."""
    book.database.execute_sql("DELETE FROM old_entry_void WHERE entry = ?", (entry,))
    book.database.execute_sql("DELETE FROM old_entry WHERE id = ?", (entry,))
