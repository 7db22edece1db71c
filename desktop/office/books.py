"""The register book of a period (Mẫu 07), its rows read from the register while they are drawn."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter

from db import journal
from db.connection import Register
from db.records import BookEntry, Unit
from db.vocabulary import DocumentKind, DossierStatus
from desktop import labels
from desktop.documents.letter import PRACTICE_MARK
from desktop.documents.register_book import BookContent, Row, Volume
from desktop.errors import UserError
from desktop.office import forms, settings

#: How a dossier left the book without a result.
_ENDED = {
    DossierStatus.NOT_RECEIVED: "Từ chối",
    DossierStatus.WITHDRAWN: "Rút hồ sơ",
    DossierStatus.STOPPED: "Dừng",
}


def volumes(book: Register, first: date, last: date) -> tuple[str, ...]:
    """Numbers of the books that a period may be printed from."""
    return tuple(journal.volumes(book, first, last))


def content(
    book: Register, first: date, last: date, *, on: date, book_no: str = ""
) -> tuple[BookContent, Iterator[Volume]]:
    """What stands around the rows, and the volumes: one for each book of each year, numbered as the book is.

    ``book_no`` asks for one book only. Raises UserError when nothing was received in the period.
    """
    total = journal.count(book, first, last, book_no)
    if not total:
        where = f" ở quyển số {book_no}" if book_no else ""
        raise UserError("empty_period", f"Từ {first:%d/%m/%Y} đến {last:%d/%m/%Y} không tiếp nhận hồ sơ nào{where}.")
    unit = settings.unit(book)
    form = forms.template(book, DocumentKind.REGISTER_BOOK, on)
    around = _around(unit, form, first, last, on=on, total=total)
    return around, _volumes(unit, form, journal.entries(book, first, last, book_no))


def specimen(
    unit: Unit, form: forms.Template, entries: Iterable[BookEntry], *, on: date
) -> tuple[BookContent, Iterator[Volume]]:
    """The same with ``entries`` that are in no register: how the book looks in a wording."""
    listed = list(entries)
    return _around(unit, form, on, on, on=on, total=len(listed)), _volumes(unit, form, iter(listed))


def _around(unit: Unit, form: forms.Template, first: date, last: date, *, on: date, total: int) -> BookContent:
    return BookContent(
        form_ref=form.form_ref,
        title_lines=form.title_lines,
        superior_lines=unit.superior_lines,
        centre_lines=unit.centre_lines,
        place=unit.place,
        made_on=on,
        centre_name=unit.centre_name,
        columns=form.columns,
        period=f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}",
        total=total,
        overlay=PRACTICE_MARK if unit.practice else "",
    )


def _volumes(unit: Unit, form: forms.Template, entries: Iterator[BookEntry]) -> Iterator[Volume]:
    for (year, book_no), rows in groupby(entries, key=attrgetter("book_year", "book_no")):
        number = form.number.replace("{số}", book_no).replace("{ký hiệu}", unit.symbol)
        yield Volume(number, f"Quyển số {book_no} – Năm {year}", (_row(entry, unit) for entry in rows))


def _row(entry: BookEntry, unit: Unit) -> Row:
    returned = entry.handed_over_at or (entry.finished_at if entry.status in _ENDED else None)
    return Row(
        (
            str(entry.entry_no),
            labels.code_in_two_lines(entry.code),
            entry.procedure_name,
            entry.applicant,
            "\n".join(filter(None, (entry.address, labels.grouped_phone(entry.phone)))),
            entry.solving_unit or f"UBND {unit.name}",
            f"{entry.received_at:%H:%M}\n{entry.received_at:%d/%m/%Y}",
            f"{entry.due_at:%H:%M}\n{entry.due_at:%d/%m/%Y}",
            f"{_ENDED.get(entry.status, f'{returned:%H:%M}')}\n{returned:%d/%m/%Y}" if returned else "",
            labels.RESULT_BY_WORDS[entry.result_by],
            "",
        ),
        entry.handed_over_at is not None,
    )
