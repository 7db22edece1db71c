"""The day's work: which dossiers wait for what, and how many; read by home, the list pages and ``list``.

Hides what "soon" means on the commune's calendar. Each has what is of the fields of ``clerk``, the person who asks
(``rights.reach``). Changes nothing.
"""

from datetime import datetime

from db import lists
from db.connection import Register
from db.lists import Horizon
from db.records import DossierRow
from db.vocabulary import WorkingList
from desktop.errors import UserError
from desktop.office import rights, settings

#: Desks of a commune (NĐ 150/2025/NĐ-CP); those that were given dossiers are offered before them.
_PLACES = (
    "Tư pháp – hộ tịch",
    "Phòng Văn hóa – Xã hội",
    "Phòng Kinh tế",
    "Văn phòng HĐND và UBND",
    "Lãnh đạo UBND ký",
)
#: A dossier is due soon within so many working days after today (T-1, T-2).
SOON_WORKING_DAYS = 2


def counts(book: Register, now: datetime, *, clerk: str | None = None) -> dict[WorkingList, int]:
    """How many dossiers are on every working list."""
    return lists.counts(book, _horizon(book, now), rights.reach(book, clerk))


def rows(
    book: Register,
    name: WorkingList | str,
    *,
    now: datetime,
    limit: int | None = 50,
    offset: int = 0,
    clerk: str | None = None,
) -> tuple[DossierRow, ...]:
    """One page of a working list, what waits longest at the top (promised first; ready first); ``limit`` None: all.

    Raises UserError ``unknown_list``.
    """
    try:
        name = WorkingList(name)
    except ValueError as error:
        raise UserError("unknown_list", f"Không có danh sách “{name}”; có: {', '.join(WorkingList)}.") from error
    most, reach = -1 if limit is None else limit, rights.reach(book, clerk)
    return tuple(lists.rows(book, name, _horizon(book, now), limit=most, offset=offset, reach=reach))


def owing_letters(book: Register, now: datetime) -> list[str]:
    """The codes of every dossier that owes an apology, whoever closes the day."""
    return [row.code for row in lists.rows(book, WorkingList.TO_APOLOGISE, _horizon(book, now), limit=-1, offset=0)]


def places(book: Register) -> tuple[str, ...]:
    """Where a dossier may be forwarded to, as far as this commune is known: a help for typing, not a limit."""
    return tuple(dict.fromkeys((*lists.holders(book), *_PLACES)))


def _horizon(book: Register, now: datetime) -> Horizon:
    calendar, soon = settings.calendar(book), now.date()
    for _ in range(SOON_WORKING_DAYS):
        soon = calendar.next_working_day(soon)
    return Horizon(now.date(), soon)
