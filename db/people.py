"""The people who act at the counter, with the roles and fields of their work."""

import json
from collections.abc import Iterable
from functools import cache

from db.connection import Register
from db.records import Clerk
from db.vocabulary import Role

_SELECT = "SELECT short_name, full_name, active, roles, fields FROM person"


def everyone(book: Register) -> list[Clerk]:
    """All clerks, in the order they were added."""
    return [_clerk(*row) for row in book.database.execute_sql(f"{_SELECT} ORDER BY id")]


def find(book: Register, short_name: str) -> Clerk | None:
    """The clerk of this short name; ``Lan`` is who is known as ``lan``."""
    row = book.database.execute_sql(f"{_SELECT} WHERE short_name = ?", (short_name,)).fetchone()
    if row:
        return _clerk(*row)
    return next((one for one in everyone(book) if one.short_name.casefold() == short_name.casefold()), None)


def insert(book: Register, one: Clerk) -> None:
    """Add a clerk; inside ``Register.write``."""
    book.database.execute_sql(
        "INSERT INTO person (short_name, full_name, active, roles, fields) VALUES (?, ?, ?, ?, ?)",
        (one.short_name, one.full_name, one.active, role_words(one.roles), _text(one.fields)),
    )


def change(book: Register, one: Clerk) -> None:
    """Store what is said of the clerk of this short name; inside ``Register.write``."""
    book.database.execute_sql(
        "UPDATE person SET full_name = ?, active = ?, roles = ?, fields = ? WHERE short_name = ?",
        (one.full_name, one.active, role_words(one.roles), _text(one.fields), one.short_name),
    )


def role_words(roles: Iterable[Role]) -> str:
    """Roles as they are stored, in the order of the vocabulary."""
    held = frozenset(roles)
    return _text(str(role) for role in Role if role in held)


def _clerk(short_name: str, full_name: str, active: int, roles: str, fields: str) -> Clerk:
    return Clerk(short_name, full_name, bool(active), _roles(roles), _fields(fields))


@cache
def _roles(text: str) -> frozenset[Role]:
    return frozenset(map(Role, json.loads(text)))


@cache
def _fields(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _text(words: Iterable[str]) -> str:
    return json.dumps(list(words), ensure_ascii=False, separators=(",", ":"))
