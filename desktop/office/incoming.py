"""A file that somebody brings to be taken into the catalogue: a published list, or a signed packet of the tier above.

Decides which of both it is and says what decision it speaks of. Stores nothing; ``decisions`` prepares and accepts.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from db.connection import Register
from desktop.errors import UserError
from desktop.office import decisions, packets, published_files
from desktop.rules.change_sets import ChangeSet, Decision
from desktop.rules.list_entries import Reading


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file says. ``source`` is that of a decision; ``issuer`` who signed a packet, empty for a list."""

    path: Path
    reading: Reading
    number: str
    decided_on: date | None
    effective_on: date | None
    title: str = ""
    source: str = "file"
    issuer: str = ""

    @property
    def decision(self) -> Decision | None:
        """The decision as far as the file names it; None while the day from which it counts is not known."""
        if self.effective_on is None:
            return None
        return Decision(self.number, self.decided_on, self.effective_on, self.title)


def read(book: Register, path: Path) -> Incoming:
    """What the file says; UserError or VerificationFailed as ``published_files.read`` and ``packets.read``."""
    if path.suffix.lower() == ".json":
        try:
            opened = packets.read(book, path)
        except UserError as error:
            if error.code != "not_a_packet":
                raise
        else:
            told = opened.decision
            facts = (told.number, told.decided_on, told.effective_on, told.title)
            return Incoming(path, opened.reading, *facts, source="packet", issuer=opened.issuer)
    reading = published_files.read(path)
    return Incoming(path, reading, reading.decision, reading.decided_on, reading.effective_on)


def looked_at(book: Register, path: Path, *, now: datetime) -> tuple[Incoming, ChangeSet | None]:
    """The file, and what it would change if it says from which day it counts."""
    found = read(book, path)
    decision = found.decision
    return found, decisions.prepare(book, found.reading, decision, now=now) if decision else None
