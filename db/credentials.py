"""What people prove themselves with: a hash of each password, one of the recovery code, and how often each was missed.

Rows only; inside ``Register.write`` where it changes something. That a password was set, and by whom, is an event.
"""

from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from db.connection import Register


@dataclass(frozen=True, slots=True)
class Proof:
    """A stored hash; nobody is let in before ``wait_until``."""

    hash: str
    set_at: datetime
    must_change: bool = False
    failures: int = 0
    wait_until: datetime | None = None

    @property
    def digest(self) -> str:
        """What the event says that gave it, so that no other hash comes to stand here unseen; tells nothing of it."""
        from hashlib import sha256

        return sha256(self.hash.encode()).hexdigest()


def exist(book: Register) -> bool:
    """Whether anybody has a password."""
    return book.database.execute_sql("SELECT 1 FROM credential LIMIT 1").fetchone() is not None


def holders(book: Register) -> frozenset[str]:
    """Short names of all who have a password."""
    return frozenset(row[0] for row in book.database.execute_sql("SELECT person FROM credential"))


def of(book: Register, person: str) -> Proof | None:
    """The password of a person, by the short name as stored."""
    sql = "SELECT hash, set_at, must_change, failures, wait_until FROM credential WHERE person = ?"
    return _proof(book.database.execute_sql(sql, (person,)).fetchone())


def put(book: Register, person: str, proof: Proof) -> None:
    """Store a person's password, in place of an earlier one."""
    sql = "REPLACE INTO credential (person, hash, set_at, must_change, failures, wait_until) VALUES (?, ?, ?, ?, ?, ?)"
    book.database.execute_sql(sql, (person, *_row(proof)))


def recovery(book: Register) -> Proof | None:
    """The recovery code, once one was made."""
    sql = "SELECT hash, made_at, 0, failures, wait_until FROM recovery_code"
    return _proof(book.database.execute_sql(sql).fetchone())


def put_recovery(book: Register, proof: Proof) -> None:
    """Store the recovery code, in place of an earlier one."""
    digest, made_at, _, failures, wait_until = _row(proof)
    sql = "REPLACE INTO recovery_code (id, hash, made_at, failures, wait_until) VALUES (1, ?, ?, ?, ?)"
    book.database.execute_sql(sql, (digest, made_at, failures, wait_until))


def _proof(row: tuple[Any, ...] | None) -> Proof | None:
    if row is None:
        return None
    digest, set_at, must_change, failures, wait_until = row
    until = datetime.fromisoformat(wait_until) if wait_until else None
    return Proof(digest, datetime.fromisoformat(set_at), bool(must_change), failures, until)


def _row(proof: Proof) -> tuple[Any, ...]:
    digest, set_at, must_change, failures, wait_until = astuple(proof)
    return digest, _iso(set_at), must_change, failures, _iso(wait_until) if wait_until else None


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
