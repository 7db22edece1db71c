"""What a look at this machine finds, for the window's worker and for ``check``: disks, their encryption, key, law data.

Slow and patient: it may ask PowerShell and reads the catalogue. The clock is looked at by the window itself
(``doubt``), before anybody acts, for what a wrong future clock has recorded can never be taken back.
"""

import shutil
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple

from db import events
from db.connection import Register
from desktop.errors import EnvironmentProblem
from desktop.office import settings
from desktop.office.disk_protection import Protection, State
from desktop.rules import cautions
from desktop.rules.cautions import Caution


class Look(NamedTuple):
    """What was found: sentences for what somebody must do something about, and what protects the disk."""

    cautions: tuple[Caution, ...]
    protection: Protection


def look(book: Register, *, now: datetime, protection: Protection | None = None) -> Look:
    """Look once, in a session of its own thread; ``protection`` is what an earlier look of this day found."""
    from desktop.office import disk_protection, keepers, renumbering, sealing

    with suppress(OSError):  # a key that cannot be wrapped today is wrapped another day
        sealing.guard_key(book, now=now)
    found = protection or disk_protection.standing(book.home)
    months = settings.get(book, cautions.LAW_MONTHS_SETTING, cautions.LAW_MONTHS)
    replaced = keepers.replaced(book, now=now)
    jumped = renumbering.last_time(book, now=now)
    said = [
        cautions.of_renumbered(jumped.words if jumped else ""),
        cautions.of_replaced(replaced.words if replaced else ""),
        cautions.of_open_copies(keepers.has_open_copies(book), keepers.OPEN_COPIES),
        *_rooms(book),
        cautions.of_next_year(now.date(), settings.calendar(book)),
        cautions.of_law(now.date(), source_day(book, now.date()), months),
        cautions.of_disk(found.state is State.OFF, book.practice),
    ]
    return Look(tuple(one for one in said if one is not None), found)


def _rooms(book: Register) -> list[Caution | None]:
    """The register's disk, and each labelled stick that is plugged in."""
    from desktop.office import backup_sticks

    places = [(book.home, "Ổ đĩa chứa sổ")]
    with suppress(OSError, EnvironmentProblem):
        places += [(stick.root, f"USB {stick.name}") for stick in backup_sticks.plugged(book)]
    said = []
    for path, name in places:
        with suppress(OSError):  # a stick that was just pulled out
            room = shutil.disk_usage(path)
            said.append(cautions.of_room(room.free, room.total, name))
    return said


def source_day(book: Register, today: date) -> date | None:
    """The newest day of a source that the procedures were taken from."""
    from db import catalogue

    newest = catalogue.newest_source(book, today.isoformat())
    return date.fromisoformat(newest) if newest else None


def clock_back(book: Register, now: datetime) -> Caution | None:
    """Why nothing more can be recorded, when the clock is before the last event of a live register."""
    last = None if book.practice else events.last_moment(book)
    return cautions.of_clock_back(now, last) if last else None


def doubt(book: Register, now: datetime) -> str:
    """What to ask before the first act when a live register was left alone for whole working days; else nothing.

    A clock that is right is confirmed by one key. One that is ahead would make every later act wait for that day.
    """
    last = None if book.practice else events.last_moment(book)
    if last is None or now <= last:
        return ""
    skipped = cautions.skipped_days(now, last, settings.calendar(book))
    if not skipped:
        return ""
    days = f"{skipped} ngày làm việc" if skipped < 60 else "hơn 60 ngày làm việc"
    return f"Việc cuối ghi trong sổ là ngày {last:%d/%m/%Y}, cách hôm nay {days} không có việc nào."
