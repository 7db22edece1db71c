"""The locked boxes of ratings without a name, one row for each question.

Hides the table; what is in a box only ``office.ballots`` can read. A row is never deleted: a count empties its box
after the sums went into the chain.
"""

from dataclasses import asdict, dataclass

from db import statements
from db.connection import Register


@dataclass(frozen=True, slots=True)
class StoredBox:
    """A box as stored: how many ``ballots``, the event (``seq``) of the last one, the name of the key that locks it."""

    question: str
    ballots: int
    seq: int
    key_id: str
    locked: bytes


def boxes(book: Register) -> dict[str, StoredBox]:
    """Question → its box; those that were counted since their last ballot are empty."""
    rows = book.database.execute_sql("SELECT question, ballots, seq, key_id, locked FROM ballot_box ORDER BY question")
    return {row[0]: StoredBox(*row) for row in rows}


def put(book: Register, box: StoredBox) -> None:
    """Store a box in place of what it was; inside ``Register.write``."""
    values = asdict(box)
    known = book.database.execute_sql("SELECT 1 FROM ballot_box WHERE question = ?", (box.question,)).fetchone()
    if known:
        statements.update(book, "ballot_box", values, question=box.question)
    else:
        statements.insert(book, "ballot_box", values)
