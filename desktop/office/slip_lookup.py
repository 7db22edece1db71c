"""Finding a slip again: by its number, the citizen's name or number, or the QR on it. Changes nothing."""

from dataclasses import dataclass

import msgspec

from db import events, issued, slips
from db.connection import Register
from db.reach import Reach
from db.records import IssuedDocument, SlipRow
from desktop.documents import letter
from desktop.errors import UserError
from desktop.office import lookup, rights, settings
from desktop.office.history import payload_of
from desktop.rules import slips as rules
from desktop.rules.intake import IntakeForm


@dataclass(frozen=True, slots=True)
class SlipDetail:
    """A slip with what its event keeps: the intake form it was given for, what it asked for and why."""

    row: SlipRow
    form: IntakeForm
    items: tuple[str, ...]
    reason: str


def detail(book: Register, slip: int) -> SlipDetail:
    """The slip of this event; UserError ``unknown_slip``."""
    row, stored = slips.by_id(book, slip), events.by_seq(book, slip)
    if row is None or stored is None:
        raise _unknown()
    payload = payload_of(stored)
    return SlipDetail(row, msgspec.convert(payload["form"], IntakeForm), tuple(payload["items"]), payload["reason"])


def page(
    book: Register, *, text: str = "", limit: int = 50, offset: int = 0, clerk: str | None = None
) -> tuple[SlipRow, ...]:
    """One page of all slips, newest first, or of those that ``text`` finds: number, name, id number or phone.

    Those of the fields of ``clerk``, who asks, and those that name no procedure.
    """
    return tuple(slips.page(book, lookup.words(text), limit=limit, offset=offset, reach=_reach(book, clerk)))


def find(book: Register, text: str, *, limit: int, clerk: str | None = None) -> tuple[SlipRow, ...]:
    """Slips by number, name, id number or phone, without marks, newest first."""
    return page(book, text=text, limit=limit, clerk=clerk) if lookup.words(text) else ()


def count(book: Register, text: str = "", *, clerk: str | None = None) -> int:
    """How many slips there are, or match."""
    return slips.count(book, lookup.words(text), _reach(book, clerk))


def _reach(book: Register, clerk: str | None) -> Reach:
    reach = rights.reach(book, clerk)
    return None if reach is None else {*reach, ""}


def scanned(book: Register, text: str, *, clerk: str | None = None) -> SlipRow:
    """The slip whose QR was scanned; UserError when it is another unit's or not in this register, ``other_field``."""
    code, unit = rules.read_qr(text), settings.unit(book).code.upper()
    if code is not None and code.unit != unit:
        raise UserError("foreign_slip", f"Phiếu này của đơn vị {code.unit}, không phải {unit}.", unit=code.unit)
    row = slips.by_number(book, code.kind, code.year, code.number) if code else None
    if row is None:
        raise _unknown()
    if row.procedure and (said := rights.elsewhere(book, clerk, row.procedure)):
        raise UserError("other_field", said)
    return row


def paper(book: Register, document: int | None) -> tuple[SlipRow, IssuedDocument]:
    """The slip that this issued paper is, and the paper; UserError for no slip, and for one that was taken back."""
    row = slips.by_document(book, document) if document else None
    if row is None:
        raise _unknown()
    if row.taken_back:
        raise UserError("taken_back", f"Phiếu số {row.label} đã được hoàn lại; giấy không còn hiệu lực.")
    return row, issued.of_slip(book, row)


def picture(book: Register, document: int) -> bytes:
    """The paper of a slip as PDF, only to be looked at: no file is stored and no print counted."""
    return letter.render(msgspec.convert(paper(book, document)[1].content, letter.LetterContent))


def of_dossier(book: Register, code: str) -> tuple[SlipRow, ...]:
    """The slips after which this dossier was brought, oldest first."""
    return tuple(slips.of_dossier(book, code))


def _unknown() -> UserError:
    return UserError("unknown_slip", "Phiếu này không có trong sổ của máy.")
