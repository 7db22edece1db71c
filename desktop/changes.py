"""What an act changed, as one value: use cases return it, only ``gui.commands`` announces it."""

from typing import NamedTuple


class Changes(NamedTuple):
    """Which dossiers (by code) and which kinds of thing a screen may have to read again."""

    dossiers: frozenset[str] = frozenset()
    slips: bool = False
    catalogue: bool = False
    postings: bool = False
    reports: bool = False
    outbox: bool = False
    settings: bool = False
    old_books: bool = False

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.dossiers | other.dossiers,
            self.slips or other.slips,
            self.catalogue or other.catalogue,
            self.postings or other.postings,
            self.reports or other.reports,
            self.outbox or other.outbox,
            self.settings or other.settings,
            self.old_books or other.old_books,
        )

    def __bool__(self) -> bool:
        return self != Changes()
