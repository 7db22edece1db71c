"""One procedure in words, part by part as the wall says them: for a screen that shows a version of any time."""

from datetime import date

from db.connection import Register
from db.records import ProcedureVersion
from desktop.office import posting_parts, settings


def told(book: Register, version: ProcedureVersion, on: date) -> tuple[tuple[str, str], ...]:
    """(caption, words) of every constituent part in the official order (NĐ 63/2010/NĐ-CP Điều 8); missing is said."""
    rows = posting_parts.full_rows(version, settings.unit(book).centre_name, on)
    return tuple(
        (row.key, "\n".join(" ".join(filter(None, (para.item, para.lead, para.strong, para.rest))) for para in cell))
        for row in rows
        for cell in row.cells[1:]
    )
