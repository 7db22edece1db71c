"""Which paper an act issues, and its content frozen in the same transaction (TT 03/2025/TT-VPCP, Mẫu 01–05).

``acts`` asks for a draft, seals it in the event and issues it; rendering comes after the commit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import issued
from db.connection import Register
from db.records import DossierRow
from db.vocabulary import DocumentKind, EventKind


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper about to be issued: its kind, number of the year, version and frozen content."""

    kind: DocumentKind
    number: int
    version: int
    content: dict[str, Any]

    @property
    def sealed(self) -> dict[str, Any]:
        """What the event keeps of it."""
        return {
            "kind": str(self.kind),
            "number": self.number,
            "version": self.version,
            "sha256": issued.digest(self.content),
        }


def draft(
    book: Register,
    row: DossierRow,
    form: Mapping[str, Any],
    event: EventKind,
    facts: Mapping[str, Any],
    *,
    due_at: datetime,
    now: datetime,
) -> Draft | None:
    """The paper that ``event`` issues, or None; inside ``Register.write``. ``due_at`` is the promise before the act."""
    return None


def issue(book: Register, code: str, paper: Draft, *, at: datetime) -> int:
    """Freeze the draft as issued; returns the document's id."""
    return issued.insert(
        book, code, paper.kind, number=paper.number, version=paper.version, at=at, content=paper.content
    )
