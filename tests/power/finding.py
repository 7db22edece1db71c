"""What must hold of a register after any death: nothing acknowledged is lost, nothing printed is unknown, all is whole.

``Said`` is what the workers acknowledged; ``wrong`` opens the folder as the program does and names every breach.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from db import backup
from db.connection import Register
from db.errors import RegisterProblem
from desktop.office import backup_standing, backups, checking, drafts, opening
from tests.power.day import START, STATION

#: Numbers that are given once and without a gap: the table, what they count within, and the number.
_SERIES = (
    ("dossier", "unit_code || received_on", "day_number"),
    ("dossier", "book_year || book_no", "entry_no"),
    ("issued_document", "kind || year", "number"),
)


@dataclass
class Said:
    """Acknowledgements so far: heads of the chain, papers, the draft's step, the newest backup, and what went wrong."""

    heads: dict[int, str] = field(default_factory=dict)
    papers: list[tuple[str, str]] = field(default_factory=list)
    draft: int = 0
    backup: str = ""
    bugs: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def hear(self, lines: Iterable[str]) -> "Said":
        for line in lines:
            word, *rest = line.split("\t")
            if word == "done":
                self.heads[int(rest[0])] = rest[1]
            elif word == "printed":
                self.papers.append((rest[0], rest[1]))
            elif word == "draft":
                self.draft = int(rest[0])
            elif word == "backup":
                self.backup = rest[0]
            elif word == "bug":
                self.bugs.append(" ".join(rest))
            elif word == "refused":
                self.refused.append(rest[0])
        return self


def wrong(home: Path, said: Said) -> list[str]:
    """Every breach, in a few words that begin with its kind."""
    try:
        with opening.open_register(home, now=START) as book:
            return [f"bug: {bug}" for bug in said.bugs] + list(_breaches(book, said))
    except RegisterProblem as problem:
        return [f"lost: the register does not open ({problem.code})"]


def _breaches(book: Register, said: Said) -> Iterator[str]:
    run = book.database.execute_sql
    if (answer := run("PRAGMA integrity_check").fetchone()[0]) != "ok":
        yield f"broken: {answer}"
    yield from (f"chain: {fault}" for fault in checking.verify_chain(book).faults)
    stored = dict(run("SELECT seq, hash FROM event").fetchall())
    yield from (f"lost: event {seq}" for seq, head in said.heads.items() if stored.get(seq) != head)
    codes = {row[0] for row in run("SELECT code FROM dossier")}
    yield from (f"printed and not stored: {name}" for code, name in said.papers if code not in codes)
    kept = drafts.load(book, STATION)
    if said.draft and (kept is None or kept.state["step"] < said.draft):
        yield f"lost: draft {said.draft}"
    for table, within, number in _SERIES:
        for row in run(f"SELECT {within}, count(*), count(DISTINCT {number}), max({number}) FROM {table} GROUP BY 1"):
            if not row[1] == row[2] == row[3]:
                yield f"number: {table} {row}"
    yield from _backup_breaches(book, said)


def _backup_breaches(book: Register, said: Said) -> Iterator[str]:
    there = backup.whole(book.home / "backups")
    if said.backup and (not there or there[-1].name < said.backup):
        yield f"lost: backup {said.backup}"
    path, key = backup_standing.standing(book).path, backup_standing.file_key(book)
    if path and key and path.name >= said.backup:
        try:
            backups.read_back(path, key)
        except RegisterProblem as problem:
            yield f"broken: backup {path.name} ({problem.code})"


def papers_wrong(home: Path, said: Said) -> list[str]:
    """After a kill, which loses nothing that was written: every announced paper is there, and every file is whole."""
    files = {path.name: path for path in (home / "documents").rglob("*.pdf")}
    missing = [f"paper gone: {name}" for _, name in said.papers if name not in files]
    for path in files.values():
        with suppress(FileNotFoundError):
            if "dinh-kem" not in path.parts and not path.read_bytes().rstrip().endswith(b"%%EOF"):
                missing.append(f"paper half: {path.name}")
    return missing
