"""The lists of the day on paper: the rows of the screen at one moment, read again when they are drawn.

Called by the window's worker; changes nothing but the file among the register's papers.
"""

from datetime import datetime

from db.connection import Register
from db.records import DossierRow
from db.vocabulary import WorkingList
from desktop import labels
from desktop.documents import listing
from desktop.documents.letter import PRACTICE_MARK
from desktop.documents.pages import Progress
from desktop.errors import UserError
from desktop.office import filing, letters, lists, lookup, settings
from desktop.office.filing import Paper
from desktop.office.lookup import DayList

_TOLD_EACH = 100


def list_pdf(
    book: Register,
    name: WorkingList | DayList,
    *,
    title: str,
    order: str,
    clerk: str,
    now: datetime,
    progress: Progress | None = None,
) -> Paper | None:
    """A list as it is at ``now`` as a stored file; ``title`` and ``order`` are the screen's words for it.

    ``progress`` hears of the rows done and of all rows, and stops the work by answering False: then None, and no
    file. Raises UserError ``empty_list``.
    """
    found = _rows(book, name, clerk, now)
    if not found:
        raise UserError("empty_list", f"Danh sách “{title}” lúc này không có hồ sơ nào.")
    calendar, unit = settings.calendar(book), settings.unit(book)
    rows: list[tuple[str, ...]] = []
    for row in found:
        if progress and len(rows) % _TOLD_EACH == 0 and not progress(len(rows), len(found)):
            return None
        rows.append(_row(row, name, now, calendar))
    told = f"{labels.moment_words(now)} – {labels.count_words(len(rows))} hồ sơ – xếp theo {order}"
    data = listing.render(
        listing.ListingContent(
            title=title,
            centre_name=unit.centre_name,
            told=f"{told} – người lập: {letters.full_name(book, clerk)}",
            rows=rows,
            overlay=PRACTICE_MARK if unit.practice else "",
        )
    )
    if progress and not progress(len(rows), len(rows)):
        return None
    return filing.store(book, f"danh-sach-{name}-{now:%Y%m%d-%H%M}", data, year=now.year, month=now.month)


def _rows(book: Register, name: WorkingList | DayList, clerk: str, now: datetime) -> tuple[DossierRow, ...]:
    if isinstance(name, WorkingList):
        return lists.rows(book, name, now=now, limit=None, clerk=clerk)
    return lookup.day_rows(book, name, now.date(), limit=None, clerk=clerk)


def _row(row: DossierRow, name: WorkingList | DayList, now: datetime, calendar: labels.WorkingDays) -> tuple[str, ...]:
    judge = labels.owed_apology if name is WorkingList.TO_APOLOGISE else labels.standing
    return (
        judge(row, now, calendar).words,
        row.applicant,
        labels.procedure_words(row.procedure_name),
        row.official_code or row.code,
        f"{row.received_at:%H:%M}\n{row.received_at:%d/%m/%Y}",
        f"{row.due_at:%H:%M}\n{row.due_at:%d/%m/%Y}",
        f"{row.holder or 'Quầy'}\n{labels.STATUS_WORDS[row.status]}",
    )
