"""From a stored receipt to a file, a print and back: commit first, then paper.

Renders only what the register has frozen; records truthfully what the printer did; tells whether a
scanned receipt is ours.
"""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4

import msgspec

from db import dossiers, events, issued
from db.connection import Register
from db.records import IssuedDocument
from db.vocabulary import DocumentKind, EventKind, PrintOutcome
from desktop.changes import Changes
from desktop.documents import calibration
from desktop.documents import receipt as mau01
from desktop.errors import EnvironmentProblem, RegisterProblem, UserError
from desktop.office import lookup, sealing
from desktop.rules import seal

Size = Literal["A5", "A4"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A rendered document: where it is stored, its bytes, their SHA-256 and how many pages it has."""

    path: Path
    data: bytes
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scanned receipt is; ``successor`` is the version that replaced it."""

    verdict: Literal["genuine", "superseded", "forged", "unknown_key"]
    code: str | None = None
    due_at: datetime | None = None
    version: int | None = None
    successor: str | None = None


def current_receipt(book: Register, code: str) -> IssuedDocument:
    """The receipt of a dossier that holds now."""
    found = lookup.row(book, code)
    receipts = [doc for doc in issued.of_dossier(book, found.code) if doc.kind == DocumentKind.RECEIPT]
    if not receipts:
        raise UserError("no_receipt", f"Hồ sơ {found.code} không có giấy hẹn.", dossier=found.code)
    return receipts[-1]


def receipt_pdf(
    book: Register,
    code: str,
    *,
    size: Size = "A5",
    copies: Literal[1, 2] = 2,
    reprint: int | None = None,
    now: datetime,
) -> Paper:
    """Render the current receipt from its frozen content and store the file.

    ``reprint`` n > 0 prints "Bản in lại lần n"; None takes the number of accepted prints so far.
    """
    document = current_receipt(book, code)
    again = document.printed if reprint is None else reprint
    content = msgspec.convert(document.content, mau01.ReceiptContent)
    data = mau01.render(content, size=size, copies=copies, reprint=again)
    digest = hashlib.sha256(data).hexdigest()
    mark = f"-in-lai-{again}" if again else ""
    folder = book.documents / f"{document.issued_at:%Y}" / f"{document.issued_at:%m}"
    path = folder / f"{document.dossier}-mau-01-ban-{document.version}-{size.lower()}x{copies}{mark}.pdf"
    _store(path, data, document.dossier)
    try:
        with book.write():
            issued.record_file(
                book, document.id, path=path.relative_to(book.home).as_posix(), sha256=digest, made_at=now
            )
    except RegisterProblem as problem:
        raise _not_stored(document.dossier) from problem
    return Paper(path, data, digest, mau01.page_count(data))


def record_print(
    book: Register,
    code: str,
    *,
    printer: str,
    copies: int,
    outcome: PrintOutcome,
    clerk: str,
    now: datetime,
    key: str | None = None,
) -> Changes:
    """Record what the printer said of the current receipt; a failure leaves the dossier as it stands."""
    document = current_receipt(book, code)
    with book.write():
        payload = {"document": document.id, "printer": printer, "copies": copies, "outcome": str(outcome)}
        event = events.append(
            book,
            EventKind.PRINT,
            payload,
            at=now,
            clerk=clerk,
            key=key or str(uuid4()),
            dossier=document.dossier,
        )
        dossiers.change(book, event, payload)
    return Changes(frozenset({document.dossier}))


def verify_receipt(book: Register, text: str) -> Verdict:
    """Whether a scanned text is a receipt that this commune sealed, and still the current one."""
    told = seal.read(text)
    answer = seal.verify(text, sealing.public_keys(book))
    if told is None or answer is None:
        return Verdict("forged")
    if answer != "genuine":
        return Verdict(answer, told.code, told.due_at, told.version)
    row = dossiers.by_code(book, told.code)
    newest = max((doc.version for doc in issued.of_dossier(book, row.code)), default=told.version) if row else 0
    if newest > told.version:
        return Verdict("superseded", told.code, told.due_at, told.version, f"{told.code} bản {newest}")
    return Verdict("genuine", told.code, told.due_at, told.version)


def calibration_pdf(size: Size) -> bytes:
    """The page with rulers that shows how far a printer shifts and stretches; not a document of the register."""
    return calibration.render_calibration(size)


def _store(path: Path, data: bytes, code: str) -> None:
    """Write the file whole or not at all; the dossier stands either way."""
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise _not_stored(code) from error


def _not_stored(code: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        "paper_not_stored",
        f"Hồ sơ {code} đã ghi vào sổ nhưng chưa lưu được tệp giấy hẹn. Hãy kiểm tra ổ đĩa rồi in lại.",
        dossier=code,
    )
