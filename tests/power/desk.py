"""What a counter's acts need, and what it says: one line for each thing that was durable before it was said.

A line that begins with ``tries`` or ``restoring`` goes before its act: a death in it may leave either side, and nothing
between them. ``finding.Said`` hears both.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random

from db import events
from db.connection import Register
from desktop.rules.calendar import VN_TZ

START = datetime(2026, 11, 23, 9, 14, tzinfo=VN_TZ)
STATION = "quay1"
#: Whoever administers, and his colleague: both do everything, and no others live dossiers.
FIRST, SECOND = "quay1", "truc"
PASSPHRASE = "Chè Shan tuyết đầu mùa"
#: The recovery code among the secrets, and a secret that nobody knows before it is there.
CODE, ANYTHING = "", "*"


class WentBack(Exception):
    """The register was closed and perhaps another put in its place: it has to be opened anew."""


@dataclass
class Known:
    """What the people of a counter carry from one life to the next in their heads and on paper.

    ``secrets`` has each password by its person and the recovery code by nobody; ``at`` has those of the moment of each
    backup by its file's name. ``now`` is what the clock on the wall shows.
    """

    secrets: dict[str, str] = field(default_factory=dict)
    at: dict[str, dict[str, str]] = field(default_factory=dict)
    now: str = START.isoformat()

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.now)

    @classmethod
    def read(cls, text: str) -> "Known":
        return cls(**json.loads(text)) if text else cls()

    def __str__(self) -> str:
        return json.dumps(self.__dict__)


@dataclass
class Desk:
    """What the acts beside the dossiers' lives need; ``codes`` are dossiers to do something with."""

    book: Register
    chance: Random
    now: datetime
    codes: list[str]
    known: Known
    kept: int = 0

    @property
    def code(self) -> str:
        return self.chance.choice(self.codes)

    @property
    def outside(self) -> Path:
        """A folder on another disk, which does not fail."""
        place = self.book.home.parent
        made = place.with_name(f"{place.name}-ngoai")
        made.mkdir(exist_ok=True)
        return made


def gave_way(home: Path) -> list[Path]:
    """The folders of registers that gave way to a backup, oldest first."""
    return sorted(home.parent.glob(f"{home.name}-truoc-*"))


def codes(book: Register) -> list[str]:
    """The newest dossiers."""
    return [row[0] for row in book.database.execute_sql("SELECT code FROM dossier ORDER BY id DESC LIMIT 50")]


def since(book: Register) -> datetime:
    """The moment of the last event."""
    return events.last_moment(book) or START


def say(*words: str) -> None:
    """One line in one write: whole or not at all, whatever happens next."""
    os.write(1, ("\t".join(words) + "\n").encode())


def words_of(line: str) -> tuple[str, list[str]]:
    """The first word of a line, and the others."""
    word, *rest = line.split("\t")
    return word, rest


def told(lines: Iterable[str], word: str) -> list[list[str]]:
    """What was said with a word."""
    return [rest for first, rest in map(words_of, lines) if first == word]
