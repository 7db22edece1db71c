"""Who acts at the counter: the sign-in seam that passwords and roles will later fill."""

from datetime import datetime

from db import events, people
from db.connection import Register
from db.records import Clerk
from db.vocabulary import EventKind
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.rules.text import TextError, clean


def clerks(book: Register) -> tuple[Clerk, ...]:
    """The people who may act, in the order they were added."""
    return tuple(clerk for clerk in people.everyone(book) if clerk.active)


def named(short_name: str, full_name: str) -> Clerk:
    """A clerk's names as they are stored; UserError when they cannot be."""
    short_name, full_name = _written(short_name), _written(full_name)
    if not short_name or not full_name or len(short_name) > 40 or len(full_name) > 200:
        raise UserError("bad_clerk", "Ghi tên ngắn (nhiều nhất 40 chữ) và họ tên đầy đủ của công chức.")
    return Clerk(short_name, full_name)


def add(book: Register, short_name: str, full_name: str, *, clerk: str, now: datetime) -> Changes:
    """Add a clerk; the short name is what every act carries, so it never changes and is unique."""
    new = named(short_name, full_name)
    if people.find(book, new.short_name):
        raise UserError("clerk_exists", f"Tên ngắn “{new.short_name}” đã có người dùng.", clerk=new.short_name)
    with book.write():
        payload = {"short_name": new.short_name, "full_name": new.full_name}
        events.append(book, EventKind.ADD_PERSON, payload, at=now, clerk=clerk, key=events.new_key())
        people.insert(book, new.short_name, new.full_name)
    return Changes(settings=True)


def acting(book: Register, short_name: str | None, *, now: datetime) -> Clerk:
    """The clerk who acts: the named one, or the first of the register when nobody is named.

    A name that is not known is refused on a live register and added on a practice one: ask inside the
    transaction of the act, so that nobody is added for an act that is refused.
    """
    if not short_name:
        return clerks(book)[0]
    name = _written(short_name)
    found = people.find(book, name)
    if found:
        return found
    if not book.practice:
        raise UserError("unknown_clerk", f"Không có công chức tên “{name[:40]}” trong sổ này.", clerk=name[:40])
    add(book, name, name, clerk=clerks(book)[0].short_name, now=now)
    return Clerk(name, name)


def _written(name: str) -> str:
    try:
        return clean(name)
    except TextError as error:
        raise UserError(error.code, error.message) from error
