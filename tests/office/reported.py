"""A practice register with a month behind it, and what its reports say: for the tests of every report."""

import json
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from db.connection import Register
from desktop.documents.report import Cell, ReportContent, Section, words
from desktop.office import replaying
from desktop.rules import periods
from desktop.rules.calendar import VN_TZ
from tests.journeys.telling import Teller

#: A Monday two months later: everything that the month left open has been promised long ago.
AFTERWARDS = datetime(2027, 1, 18, 8, tzinfo=VN_TZ)
NOVEMBER = periods.free(date(2026, 11, 1), date(2026, 11, 30))


def live_through_november(book: Register, citizens: int = 260) -> None:
    """A month at a busy counter, told line by line."""
    replaying.replay(book, [json.dumps(line).encode() for line in Teller(11).lines(citizens)])


def section(content: ReportContent, name: str) -> Section:
    return next(one for one in content.sections if one.name == name)


def column(section: Section, caption: str) -> list[Cell]:
    """The cells below a caption."""
    assert section.grid is not None
    at = [one.caption for one in section.grid.columns].index(caption)
    return [row[at] for row in section.grid.rows]


def everything_said(content: ReportContent) -> str:
    """All text of a document."""
    parts = [content.name, *content.head.title_lines, *content.head.period_lines]
    for one in content.sections:
        parts += [one.title, *one.strips, *one.lead, *one.notes]
        if one.grid:
            parts += [words(cell) for row in one.grid.rows for cell in row]
    return "\n".join(parts)


def persons_in(book: Register, said: str) -> list[str]:
    """Names, numbers and phones of citizens that stand in a text."""
    rows = book.database.execute_sql("SELECT applicant, id_number, phone FROM dossier").fetchall()
    assert len(rows) > 100, "somebody there to be named"
    return [part for row in rows for part in row if part and part in said]


def verified(data: bytes) -> dict:
    """The body of a signed file, checked as somebody without this program would; raises InvalidSignature."""
    told = json.loads(data)
    text = json.dumps(told["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    signed = f"motcua packet 1\n{told['packet']}\n{text}".encode()
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(told["key"])).verify(bytes.fromhex(told["signature"]), signed)
    return told["body"]
