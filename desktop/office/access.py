"""Who looked at whose data and why, as events of the chain (domain.md 12): views, searches, reveals, exports.

One commit a look, and none for the same look within five minutes, or within the day for a list of the daily work. These
events belong to no dossier's story: what they are about stands in their payload, so that nothing that folds a dossier's
events meets them. Identity numbers are masked before they are written.
"""

from datetime import datetime, timedelta
from typing import Any

from db import events
from db.connection import Register
from db.vocabulary import EventKind
from desktop.changes import Changes
from desktop.errors import RegisterProblem
from desktop.office import lookup, rights
from desktop.rules.citizen_id import masked_in

#: The same person looking again at the same thing is still the same look.
_SAME_LOOK = timedelta(minutes=5)
#: Kept with the open register; where it is cleared, a look is written once more, never once too few.
_LOOKED = "looked"
_LONGEST = 200
#: What is read in a book kept elsewhere: in nobody's field, so only for whoever works in all of them.
_OF_NO_LIST = ""


def viewed(book: Register, code: str, *, why: str, clerk: str | None, now: datetime) -> Changes:
    """Somebody opened a dossier; ``why`` names the page or the verb. UserError for those who may not see it."""
    row = lookup.row(book, code)
    return _record(book, EventKind.VIEW, {"dossier": row.code, "why": why}, clerk, now, procedure=row.procedure)


def viewed_slip(book: Register, slip: int, *, why: str, clerk: str | None, now: datetime) -> Changes:
    """Somebody read a slip that was given before there was a dossier; one that names no procedure is in no field."""
    from desktop.office import slip_lookup

    row = slip_lookup.detail(book, slip).row
    return _record(book, EventKind.VIEW, {"slip": row.label, "why": why}, clerk, now, procedure=row.procedure or None)


def viewed_entry(book: Register, entry: int, *, why: str, clerk: str | None, now: datetime) -> Changes:
    """Somebody read an entry of a book that was brought in; ``entry`` is its id."""
    return _record(book, EventKind.VIEW, {"old_entry": entry, "why": why}, clerk, now, procedure=_OF_NO_LIST)


def revealed_entry(book: Register, entry: int, *, why: str, clerk: str | None, now: datetime) -> Changes:
    """Somebody had the whole identity number of an old entry's person shown."""
    return _record(book, EventKind.REVEAL, {"old_entry": entry, "why": why}, clerk, now, procedure=_OF_NO_LIST)


def listed(book: Register, name: str, *, count: int, why: str, clerk: str | None, now: datetime) -> Changes:
    """Somebody had a list with names shown outside the daily work; nothing is written for an empty one."""
    if not count:
        return Changes()
    return _record(book, EventKind.VIEW, {"list": name, "why": why}, clerk, now, count=count)


def glanced(book: Register, name: str, *, count: int, why: str, clerk: str | None, now: datetime) -> Changes:
    """A list of the daily work stood in sight with its names: one event for each person, list and day."""
    if not count:
        return Changes()
    payload = {"list": name, "why": why}
    return _record(book, EventKind.VIEW, payload, clerk, now, daily=True, count=count)


def saw_clerks(book: Register, period: str, *, why: str, clerk: str | None, now: datetime) -> Changes:
    """Somebody had the figures of each clerk shown; UserError ``not_allowed`` for who neither leads nor administers."""
    from desktop.rules.rights import Deed

    rights.demand(book, clerk, Deed.SEE_CLERKS, now=now)
    return _record(book, EventKind.VIEW, {"list": f"Số liệu theo công chức, {period}", "why": why}, clerk, now)


def searched(book: Register, text: str, *, count: int, why: str, clerk: str | None, now: datetime) -> Changes:
    """Somebody looked for a person and was shown ``count`` answers; nothing is written where nobody was found."""
    if not count:
        return Changes()
    return _record(book, EventKind.SEARCH, {"text": _loggable(text), "why": why}, clerk, now, count=count)


def revealed(book: Register, code: str, *, why: str, clerk: str | None, now: datetime) -> Changes:
    """Somebody had the whole identity number of a dossier's person shown."""
    row = lookup.row(book, code)
    return _record(book, EventKind.REVEAL, {"dossier": row.code, "why": why}, clerk, now, procedure=row.procedure)


def exported(
    book: Register,
    what: str,
    *,
    count: int,
    sha256: str = "",
    why: str = "",
    clerk: str | None,
    now: datetime,
    dossier: str | None = None,
) -> Changes:
    """A file with names left the register: what it is, how many dossiers or pages, and its SHA-256 if that is known.

    UserError ``other_field`` for the paper of a ``dossier`` that this person may not see.
    """
    told = {"sha256": sha256, "why": why}
    payload = {"what": _loggable(what), "count": count} | {name: said for name, said in told.items() if said}
    procedure = None
    if dossier:
        row = lookup.row(book, dossier)
        procedure, payload["dossier"] = row.procedure, row.code
    return _record(book, EventKind.EXPORT, payload, clerk, now, procedure=procedure)


def _loggable(text: str) -> str:
    return masked_in(text)[:_LONGEST]


def _record(
    book: Register,
    kind: EventKind,
    payload: dict[str, Any],
    clerk: str | None,
    now: datetime,
    *,
    procedure: str | None = None,
    daily: bool = False,
    **more: int,
) -> Changes:
    """Whoever may not look is refused each time; whoever may is written down once in a while."""
    try:
        with book.write():
            who = rights.acting(book, clerk, kind, procedure=procedure, now=now).short_name
            _write(book, kind, payload, more, who, now, daily)
    except RegisterProblem as problem:
        if problem.code != "read_only":
            raise
        # A copy on a medium that nobody can write to: there is no chain to write into, and it is read all the same.
        rights.refuse(book, rights.named(book, clerk, now=now), kind, procedure=procedure)
    return Changes()


def _write(
    book: Register,
    kind: EventKind,
    payload: dict[str, Any],
    more: dict[str, int],
    who: str,
    now: datetime,
    daily: bool,
) -> None:
    looked: dict[tuple[str, ...], datetime] = book.derived.setdefault(_LOOKED, {})
    look = (who, str(kind), events.canonical(payload))
    last = looked.get(look)
    if last and (last.date() == now.date() if daily else timedelta() <= now - last < _SAME_LOOK):
        return
    at = _moment(book, now)
    told = payload | more | ({"clock": now.isoformat()} if at != now else {})
    events.append(book, kind, told, at=at, clerk=who, key=events.new_key())
    looked[look] = now


def _moment(book: Register, now: datetime) -> datetime:
    """Now; where the clock of a live register stands before its last event, that event's moment.

    Such a clock stops every act, but whoever looks meanwhile is written down all the same.
    """
    last = None if book.practice else events.last_moment(book)
    return max(now, last) if last else now
