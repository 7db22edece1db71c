"""A register that came from a backup gives no number that the time it lost may already have printed.

What was restored lies beside a mark; its first opening turns that into floors for every series, in an event of the
program itself. The gap is on purpose, and the event says why. A practice register does the same: its papers are
printed too. Bringing back what lost nothing jumps as well, for nobody can know what was done after the backup. A
register that gives way to a backup hands on the numbers that it gave, as far as it can be read.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from db import connection, events, folder, numbers
from db import settings as stored
from db.connection import Register
from db.errors import RegisterProblem
from db.vocabulary import DocumentKind
from desktop import labels
from desktop.office import settings

MARK_FILE = "register.restored"
#: More than any counter gives of one series in a day.
_A_DAY = 500
_PLAIN = 100
_TOLD_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Renumbered:
    """The last restore; numbers go on above ``day_number`` (of that day alone) and ``entry_no``."""

    at: datetime
    last_event_at: datetime
    day_number: int
    entry_no: int

    @property
    def words(self) -> str:
        """What the clerk is told, who sees numbers jump and has papers that the register does not know."""
        return (
            f"Sổ này khôi phục từ bản sao lưu: việc sau {labels.moment_words(self.last_event_at)} không có trong sổ, "
            f"ghi lại từ giấy đã in. Để không trùng với giấy ấy, sổ theo dõi hồ sơ ghi tiếp từ số {self.entry_no + 1}, "
            f"các giấy nhảy số theo, mã hồ sơ ngày {self.at:%d/%m/%Y} từ {self.day_number + 1:04d}."
        )


def mark(home: Path, given: dict[str, int] | None = None) -> None:
    """Note beside a register that is being restored that it has to jump; before it can be opened. OSError.

    ``given`` are the numbers of a register that it replaces.
    """
    told = {"mark": events.new_key(), "given": given or {}}
    folder.keep_secret(home / MARK_FILE, json.dumps(told).encode())


def hand_on(home: Path, restored: Path, *, now: datetime) -> None:
    """Before ``restored`` takes the place of ``home``: it gives no number that this register knows of. OSError.

    Both are closed. Of a register that cannot be read any more nothing is handed on.
    """
    with (
        suppress(RegisterProblem),
        connection.open_existing(home, now=now, check=False) as replaced,
        connection.translated(home),
    ):
        mark(restored, numbers.given(replaced, now.date()))


def unmark(home: Path) -> None:
    """What was not restored after all, or has jumped, has nothing to tell; a disk that refuses is asked again."""
    with suppress(OSError):
        (home / MARK_FILE).unlink(missing_ok=True)


def look_after(book: Register, *, now: datetime) -> None:
    """At opening, before anything else is recorded: numbers go on above what may have been given.

    The mark goes after the commit; one that stayed behind is known by its name and does nothing more.
    """
    path = book.home / MARK_FILE
    if not path.exists():
        return
    name, given = _told(path)
    if stored.get(book, numbers.SETTING, {}).get("mark") != name:
        last = events.last_moment(book) or now
        at = now if book.practice else max(now, last)
        floors = numbers.highest(given, _floors(book, last, at.date()))
        floors = {series: _plain(number) for series, number in floors.items()}
        value = {"at": at.isoformat(), "last_event_at": last.isoformat(), "mark": name, "floors": floors}
        settings.change_by_itself(book, numbers.SETTING, value, now=at)
    unmark(book.home)


def _floors(book: Register, last: datetime, day: date) -> dict[str, int]:
    """The highest numbers that the days from the last event to this one can have reached."""
    lost = max((day - max(last.date(), date(day.year, 1, 1))).days, 0) + 1
    papers = (numbers.paper_series(kind, day.year) for kind in DocumentKind)
    jumps = {numbers.day_series(day): _A_DAY, **dict.fromkeys((numbers.book_series(day.year), *papers), _A_DAY * lost)}
    given = numbers.given(book, day)
    return given | {series: given.get(series, 0) + jump for series, jump in jumps.items()}


def _plain(number: int) -> int:
    """Rounded up, so that the first number after it is seen to begin anew."""
    return -(-number // _PLAIN) * _PLAIN


def _told(path: Path) -> tuple[str, dict[str, int]]:
    """The name of this restore, and what was handed on; a spoilt mark still is one."""
    try:
        told = json.loads(path.read_bytes())
        return str(told["mark"]), {str(series): int(number) for series, number in told["given"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return "spoilt", {}


def last_time(book: Register, *, now: datetime) -> Renumbered | None:
    """The last restore, for a week."""
    told = stored.get(book, numbers.SETTING)
    if told is None or now - datetime.fromisoformat(told["at"]) > _TOLD_FOR:
        return None
    at, last = (datetime.fromisoformat(told[name]) for name in ("at", "last_event_at"))
    of_day, of_book = numbers.day_series(at.date()), numbers.book_series(at.year)
    return Renumbered(at, last, told["floors"][of_day], told["floors"][of_book])
