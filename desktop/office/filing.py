"""Rendered papers on the disk: where they lie, written whole or not at all."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from db.connection import Register
from db.folder import make_own
from desktop.documents.pages import page_count
from desktop.errors import EnvironmentProblem
from desktop.whole_files import write_whole


@dataclass(frozen=True, slots=True)
class Paper:
    """A rendered document: where it is stored, its bytes, their SHA-256 and how many pages it has."""

    path: Path
    data: bytes
    sha256: str
    pages: int


def store(book: Register, name: str, data: bytes, *, year: int, month: int, dossier: str = "") -> Paper:
    """Keep a PDF among the register's papers of a month; an earlier file of that name is replaced.

    Raises EnvironmentProblem ``paper_not_stored``; the register stands either way.
    """
    path = book.documents / f"{year:04d}" / f"{month:02d}" / f"{name}.pdf"
    try:
        make_own(path.parent)
        write_whole(path, data)
    except OSError as error:
        raise not_stored(dossier) from error
    return Paper(path, data, hashlib.sha256(data).hexdigest(), page_count(data))


def not_stored(dossier: str) -> EnvironmentProblem:
    """The problem of a disk that took the act but not the file of its paper."""
    safe = f"Hồ sơ {dossier} đã ghi vào sổ nhưng chưa" if dossier else "Chưa"
    return EnvironmentProblem(
        "paper_not_stored",
        f"{safe} lưu được tệp giấy. Hãy kiểm tra ổ đĩa rồi in lại.",
        dossier=dossier,
    )
