"""What is known of the backups: the newest on the disk, what each stick has, and when one was last opened for trial.

The machine's own observations, kept in the register beside its settings and in no event. Light to load: the window
asks at its start. Written by ``backups``, ``backup_sticks`` and ``drill``.
"""

from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from db import folder
from db import settings as stored
from db.connection import Register

KEY = "backup_key"
STICKS = "backup_sticks"
_SEEN = "backups_seen"


class StickStanding(NamedTuple):
    """A labelled stick: its name, and of when the newest backup on it is (None: none yet)."""

    id: str
    name: str
    made_at: datetime | None


class Standing(NamedTuple):
    """``made_at`` is the newest whole backup on this disk that is still there; ``sealed`` whether it needs a secret.

    ``drilled_at`` is when one was last restored on trial, ``drilled`` that backup's own moment, ``fault`` why the trial
    failed (empty: it held).
    """

    made_at: datetime | None = None
    path: Path | None = None
    sealed: bool = False
    has_key: bool = False
    sticks: tuple[StickStanding, ...] = ()
    drilled_at: datetime | None = None
    drilled: datetime | None = None
    fault: str = ""


def standing(book: Register) -> Standing:
    """What the screens say of the backups."""
    seen = stored.get(book, _SEEN, {})
    disk, drill = seen.get("disk", {}), seen.get("drill", {})
    path = book.home / folder.BACKUP_FOLDER / disk["file"] if disk else None
    if path is not None and not path.is_file():
        path = None
    on_sticks = seen.get("sticks", {})
    return Standing(
        made_at=_moment(disk.get("made_at")) if path else None,
        path=path,
        sealed=bool(disk.get("sealed")),
        has_key=stored.get(book, KEY) is not None,
        sticks=tuple(
            StickStanding(id, told["name"], _moment(on_sticks.get(id)))
            for id, told in sorted(stored.get(book, STICKS, {}).items())
        ),
        drilled_at=_moment(drill.get("at")),
        drilled=_moment(drill.get("made_at")),
        fault=drill.get("fault", ""),
    )


def is_due(standing: Standing, now: datetime) -> bool:
    """Whether this day has no backup yet; one that a clock which was ahead has dated later is none."""
    at = standing.made_at
    return at is None or at > now or at.date() < now.date()


def file_key(book: Register) -> bytes | None:
    """What opens the newest backup on this disk, for the trial: kept where the data itself lies, and nowhere else."""
    kept = stored.get(book, _SEEN, {}).get("disk", {}).get("file_key")
    return bytes.fromhex(kept) if kept else None


def saw(book: Register, **facts: Any) -> None:
    """Remember ``disk``, ``drill`` or one of the ``sticks`` (id → moment); JSON values."""
    with book.write():
        seen = stored.get(book, _SEEN, {})
        if "sticks" in facts:
            facts["sticks"] = seen.get("sticks", {}) | facts["sticks"]
        stored.put(book, _SEEN, seen | facts)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
