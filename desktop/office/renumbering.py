"""A register that came from a backup gives no number that the time it lost may already have printed.

What was restored lies beside a mark; its first opening turns that into floors for every series, in an event of the
program itself. The gap is on purpose, and the event says why. A practice register does the same: its papers are
printed too. Bringing back what lost nothing jumps as well, for nobody can know what was done after the backup.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from db import events, folder, numbers
from db import settings as stored
from db.connection import Register
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
        """What the clerk is told, who sees numbers jump."""
        return (
            f"Sổ này khôi phục từ bản sao lưu, việc cuối trong bản ấy lúc {labels.moment_words(self.last_event_at)}. "
            f"Số mới bắt đầu từ {self.entry_no + 1} (Sổ theo dõi hồ sơ; số các giấy cũng nhảy theo), mã hồ sơ ngày "
            f"{self.at:%d/%m/%Y} từ {self.day_number + 1:04d}, để không trùng với giấy đã in sau bản sao lưu."
        )


def mark(home: Path) -> None:
    """Note beside a register that is being restored that it has to jump; before it can be opened. OSError."""
    folder.keep_secret(home / MARK_FILE, json.dumps({"mark": events.new_key()}).encode())


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
    name = _named(path)
    if stored.get(book, numbers.SETTING, {}).get("mark") != name:
        last = events.last_moment(book) or now
        at = now if book.practice else max(now, last)
        value = {"at": at.isoformat(), "last_event_at": last.isoformat(), "mark": name}
        settings.change_by_itself(book, numbers.SETTING, value | _floors(book, last, at), now=at)
    unmark(book.home)


def _floors(book: Register, last: datetime, at: datetime) -> dict[str, Any]:
    """The highest numbers that the days from the last event to this one can have reached."""
    day = at.date()
    lost = max((day - max(last.date(), date(day.year, 1, 1))).days, 0) + 1
    number, entry, documents = numbers.highest(book, day)
    return {
        "day": day.isoformat(),
        "year": day.year,
        "day_number": _plain(number + _A_DAY),
        "entry_no": _plain(entry + _A_DAY * lost),
        "documents": {kind: _plain(given + _A_DAY * lost) for kind, given in documents.items()},
    }


def _plain(number: int) -> int:
    """Rounded up, so that the first number after it is seen to begin anew."""
    return -(-number // _PLAIN) * _PLAIN


def _named(path: Path) -> str:
    """The name of this restore; a spoilt mark still is one."""
    try:
        return str(json.loads(path.read_bytes())["mark"])
    except (OSError, ValueError, TypeError, KeyError):
        return "spoilt"


def last_time(book: Register, *, now: datetime) -> Renumbered | None:
    """The last restore, for a week."""
    told = stored.get(book, numbers.SETTING)
    if told is None or now - datetime.fromisoformat(told["at"]) > _TOLD_FOR:
        return None
    last = datetime.fromisoformat(told["last_event_at"])
    return Renumbered(datetime.fromisoformat(told["at"]), last, told["day_number"], told["entry_no"])
