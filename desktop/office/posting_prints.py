"""Sheets of the wall as stored PDF files: all of them or a choice, only what must be replaced, what hung on a day.

Changes nothing in the register and marks nothing as posted. Long work tells its progress and can be stopped.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from db.connection import Register
from db.records import PostedSheet
from desktop.documents import posting_pages
from desktop.documents.posting_pages import Printing, Progress, QrSheet, Size
from desktop.documents.posting_sheet import Para, Row, SheetContent, SheetKind
from desktop.errors import UserError
from desktop.office import filing, illustrations, postings, procedures, settings
from desktop.office.filing import Paper
from desktop.office.posting_checks import Do, stale, titled
from desktop.office.posting_sheets import Wall, wall
from desktop.rules import sheet_codes

_TITLE = "Niêm yết công khai thủ tục hành chính"
_INVENTORY_COLUMNS = ("Số tờ", "Tờ", "Nơi dán", "Dán lúc, người dán", "Bản")


def wall_pdf(
    book: Register,
    *,
    on: date | None = None,
    field: str | None = None,
    code: str | None = None,
    size: Size = "A4",
    now: datetime,
    progress: Progress | None = None,
) -> Paper | None:
    """The sheets of a day, today if none is named: all, those of a field, or the full sheet of one procedure.

    ``progress`` hears of sheets done and of all, and stops the work by answering False: then None and no file.
    UserError ``unknown_field``, or why the procedure of that ``code`` is not offered.
    """
    shown = wall(book, on or now.date())
    names = chosen(book, shown.on, field, code)
    what = names[0] if code else "linh-vuc" if field else "tat-ca"
    return _printed(book, shown, names, f"niem-yet-{what}", size, now, progress)


def chosen(book: Register, on: date, field: str | None, code: str | None) -> Sequence[str]:
    """The sheets of a procedure, of a field, or all of a day. UserError as ``wall_pdf``."""
    shown = wall(book, on)
    if code is not None:
        return (procedures.get(book, code, on=on).code,)
    if field is None:
        return tuple(shown.names)
    names = shown.of_field(field)
    if not names:
        raise UserError("unknown_field", f"Ngày {on:%d/%m/%Y} không có lĩnh vực “{field[:60]}”.", field=field)
    return names


def sheets_pdf(
    book: Register,
    names: Sequence[str],
    *,
    on: date | None = None,
    size: Size = "A4",
    now: datetime,
    progress: Progress | None = None,
) -> Paper | None:
    """Sheets by their names, each once, in the order given. UserError ``unknown_sheet``, ``nothing_to_print``."""
    shown = wall(book, on or now.date())
    wanted = tuple(dict.fromkeys(names))
    if unknown := [name for name in wanted if name not in shown.names]:
        raise UserError("unknown_sheet", f"Ngày {shown.on:%d/%m/%Y} không có tờ “{unknown[0][:40]}”.", sheet=unknown[0])
    if not wanted:
        raise UserError("nothing_to_print", "Không có tờ nào phải in.")
    return _printed(book, shown, wanted, "niem-yet-chon", size, now, progress)


def reprint_pdf(
    book: Register,
    *,
    on: date | None = None,
    new: bool = True,
    size: Size = "A4",
    now: datetime,
    progress: Progress | None = None,
) -> Paper | None:
    """Only the sheets that must be replaced, and with ``new`` those that must be put up, by board and slot.

    UserError ``nothing_to_print`` when the wall is right.
    """
    state = stale(book, on or now.date())
    kinds = (Do.REPLACE, Do.PUT_UP) if new else (Do.REPLACE,)
    names = [task.name for task in state.tasks if task.do in kinds]
    return sheets_pdf(book, names, on=state.on, size=size, now=now, progress=progress)


def posted_pdf(
    book: Register,
    day: date,
    *,
    full: bool = False,
    size: Size = "A4",
    now: datetime,
    progress: Progress | None = None,
) -> Paper | None:
    """What hung at the end of a day, as a list; with ``full`` each sheet follows as it read then.

    UserError ``nothing_posted``.
    """
    posted = postings.posted_on(book, day)
    if not posted:
        raise UserError("nothing_posted", f"Cuối ngày {day:%d/%m/%Y} không có tờ nào được ghi là đang dán.")
    sheets = [QrSheet(_inventory(book, day, posted), "")]
    if full:
        sheets += [QrSheet(said, _qr_text(book, one.name, one.sha256)) for one, said in posted]
    printing = Printing(now.date(), f"Nội dung đã dán cuối ngày {day:%d/%m/%Y}.", book.practice)
    return _stored(book, sheets, len(sheets), printing, f"da-dan-{day:%Y%m%d}", size, now, progress)


def _printed(
    book: Register, shown: Wall, names: Sequence[str], what: str, size: Size, now: datetime, progress: Progress | None
) -> Paper | None:
    sheets = (QrSheet(shown.sheet(name), _qr_text(book, name, shown.sha256(name))) for name in names)
    printing = Printing(now.date(), _remark(shown.on, now.date()), book.practice)
    return _stored(book, sheets, len(names), printing, f"{what}-{shown.on:%Y%m%d}-{size.lower()}", size, now, progress)


def _remark(on: date, today: date) -> str:
    """What must stand on a sheet that does not read as today's do."""
    if on > today:
        return f"Áp dụng từ ngày {on:%d/%m/%Y}; không dán trước ngày này."
    return f"Theo danh mục ngày {on:%d/%m/%Y}." if on < today else ""


def _stored(
    book: Register,
    sheets: Iterable[QrSheet],
    count: int,
    printing: Printing,
    name: str,
    size: Size,
    now: datetime,
    progress: Progress | None,
) -> Paper | None:
    data = posting_pages.render(
        sheets,
        count,
        printing,
        size=size,
        title=_TITLE,
        author=settings.unit(book).centre_name,
        picture=lambda sha256: illustrations.picture(book, sha256),
        progress=progress,
    )
    return filing.store(book, name, data, year=now.year, month=now.month) if data is not None else None


def _qr_text(book: Register, name: str, sha256: str) -> str:
    return sheet_codes.sheet_text(name, sheet_codes.version_digits(sha256), practice=book.practice)


def _inventory(book: Register, day: date, posted: Iterable[tuple[PostedSheet, SheetContent]]) -> SheetContent:
    unit = settings.unit(book)
    return SheetContent(
        "",
        SheetKind.INVENTORY,
        "",
        unit.centre_name,
        f"NIÊM YẾT CUỐI NGÀY {day:%d/%m/%Y}",
        place="Những tờ đang dán",
        kicker="NIÊM YẾT CÔNG KHAI THỦ TỤC HÀNH CHÍNH",
        superior_lines=unit.superior_lines,
        centre_lines=unit.centre_lines,
        columns=_INVENTORY_COLUMNS,
        rows=tuple(_inventory_rows(posted)),
    )


def _inventory_rows(posted: Iterable[tuple[PostedSheet, SheetContent]]) -> Iterator[Row]:
    for number, (one, said) in enumerate(posted):
        place = " – ".join(part for part in (one.board, one.slot and f"ô {one.slot}") if part)
        cells = (
            said.mark,
            titled(said),
            place,
            f"{one.posted_at:%H:%M %d/%m/%Y}, {one.clerk}",
            sheet_codes.version_digits(one.sha256),
        )
        yield Row(str(number), tuple((Para(rest=words, small=at == 4),) for at, words in enumerate(cells)))
