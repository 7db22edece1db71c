"""The people of a register: who works here, in which roles and fields, and what becomes of it when somebody leaves.

Whether somebody may act is ``rights``, how he proves who he is ``signing_in``. A short name never changes, and nobody
is ever removed: what he did stays his.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from db import credentials, events, people
from db.connection import Register
from db.records import Clerk
from db.vocabulary import EventKind, Role
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.office import rights
from desktop.office.rights import written

_LONGEST_SHORT, _LONGEST_FULL = 40, 200
#: What is done to people: the kinds of a partial index.
PEOPLE_KINDS = (
    EventKind.ADD_PERSON,
    EventKind.CHANGE_PERSON,
    EventKind.SET_PASSWORD,
    EventKind.RESET_PASSWORD,
    EventKind.MAKE_RECOVERY_CODE,
    EventKind.USE_RECOVERY_CODE,
)


def clerks(book: Register) -> tuple[Clerk, ...]:
    """The people who may act, in the order they were added."""
    return tuple(clerk for clerk in people.everyone(book) if clerk.active)


def everyone(book: Register) -> tuple[Clerk, ...]:
    """All people, those who work here no more included."""
    return tuple(people.everyone(book))


def named(short_name: str, full_name: str) -> Clerk:
    """A clerk's names as they are stored; UserError when they cannot be."""
    short_name, full_name = written(short_name), written(full_name)
    if not short_name or not full_name or len(short_name) > _LONGEST_SHORT or len(full_name) > _LONGEST_FULL:
        raise UserError("bad_clerk", "Ghi tên ngắn (nhiều nhất 40 chữ) và họ tên đầy đủ của công chức.")
    if short_name.casefold() == rights.PROGRAM:
        raise UserError("bad_clerk", f"Tên ngắn “{rights.PROGRAM}” để dành cho việc máy tự làm; hãy chọn tên khác.")
    return Clerk(short_name, full_name)


def add(
    book: Register,
    short_name: str,
    full_name: str,
    *,
    roles: Iterable[Role],
    fields: Iterable[str] = (),
    clerk: str | None,
    now: datetime,
) -> Changes:
    """Add somebody; the short name is what every act carries, so it never changes and is unique.

    UserError ``bad_clerk``, ``clerk_exists``, ``no_roles``, ``unknown_field``.
    """
    new = named(short_name, full_name)._replace(roles=_roles(roles), fields=_fields(book, fields))
    if people.find(book, new.short_name):
        raise UserError("clerk_exists", f"Tên ngắn “{new.short_name}” đã có người dùng.", clerk=new.short_name)
    with book.write():
        actor = rights.acting(book, clerk, EventKind.ADD_PERSON, now=now).short_name
        add_unasked(book, new, clerk=actor, now=now)
    return Changes(settings=True)


def add_unasked(book: Register, new: Clerk, *, clerk: str, now: datetime) -> Clerk:
    """Add somebody in the name of ``clerk``, whose right was asked for in this transaction."""
    payload = {"short_name": new.short_name, "full_name": new.full_name} | _work(new)
    events.append(book, EventKind.ADD_PERSON, payload, at=now, clerk=clerk, key=events.new_key())
    people.insert(book, new)
    return new


def change(
    book: Register,
    short_name: str,
    *,
    full_name: str | None = None,
    roles: Iterable[Role] | None = None,
    fields: Iterable[str] | None = None,
    active: bool | None = None,
    clerk: str | None,
    now: datetime,
) -> Changes:
    """Change what is said of somebody, or let him act no more (``active``); what he did stays his.

    UserError ``unknown_clerk``, ``bad_clerk``, ``no_roles``, ``unknown_field``, ``last_administrator``.
    """
    with book.write():
        actor = rights.acting(book, clerk, EventKind.CHANGE_PERSON, now=now).short_name
        held = found(book, short_name)
        changed = Clerk(
            held.short_name,
            held.full_name if full_name is None else named(held.short_name, full_name).full_name,
            held.active if active is None else active,
            held.roles if roles is None else _roles(roles),
            held.fields if fields is None else _fields(book, fields, held.fields),
        )
        if changed == held:
            return Changes()
        if runs(book, held) and not runs(book, changed) and not any(runs(book, one) for one in _others(book, held)):
            raise UserError("last_administrator", "Phải còn ít nhất một người quản trị đang làm việc; chưa đổi gì.")
        payload = {"person": held.short_name, "before": told(held), "after": told(changed)}
        events.append(book, EventKind.CHANGE_PERSON, payload, at=now, clerk=actor, key=events.new_key())
        people.change(book, changed)
    if not changed.active:
        book.proved.pop(changed.short_name, None)
    return Changes(settings=True)


def found(book: Register, short_name: str) -> Clerk:
    """The person of this short name, also one who works here no more; UserError ``unknown_clerk``."""
    name = written(short_name)
    one = people.find(book, name)
    if one is None:
        raise UserError("unknown_clerk", f"Không có công chức tên “{name[:40]}” trong sổ này.", clerk=name[:40])
    return one


def runs(book: Register, one: Clerk) -> bool:
    """Whether this person can administer: on a register with passwords only somebody who has one."""
    if not one.active or Role.ADMINISTER not in one.roles:
        return False
    return not rights.asks_who(book) or credentials.of(book, one.short_name) is not None


def advice(book: Register) -> str:
    """What who administers should know: wrong passwords typed in his name can keep the only one waiting. Else empty."""
    if not rights.asks_who(book) or sum(runs(book, one) for one in people.everyone(book)) > 1:
        return ""
    return (
        "Sổ chỉ có một người quản trị: nên giao vai trò Quản trị cho thêm một người, vì ai gõ sai mật khẩu nhiều lần"
        " cũng có thể khiến người duy nhất ấy phải chờ."
    )


def known_fields(book: Register) -> tuple[str, ...]:
    """The fields (lĩnh vực) of the catalogue that somebody's work may be limited to, in the order of their names."""
    from desktop.office import procedures
    from desktop.rules.text import sort_key

    known = procedures.catalogue(book).begun(date.max).values()
    return tuple(sorted({version.field for version in known}, key=sort_key))


def _others(book: Register, one: Clerk) -> Iterable[Clerk]:
    return (other for other in people.everyone(book) if other.short_name != one.short_name)


def told(one: Clerk) -> dict[str, Any]:
    """What an event says of a person."""
    return {"full_name": one.full_name, "active": one.active} | _work(one)


def _work(one: Clerk) -> dict[str, Any]:
    return {"roles": [str(role) for role in Role if role in one.roles], "fields": list(one.fields)}


def _roles(roles: Iterable[Role]) -> frozenset[Role]:
    held = frozenset(roles)
    if not held:
        raise UserError("no_roles", "Chọn ít nhất một vai trò.")
    return held


def _fields(book: Register, fields: Iterable[str], held: Iterable[str] = ()) -> tuple[str, ...]:
    """Each once; one that the catalogue no longer has may stay with who had it."""
    chosen = tuple(dict.fromkeys(map(written, fields)))
    if chosen and (unknown := [field for field in chosen if field not in {*known_fields(book), *held}]):
        raise UserError("unknown_field", f"Danh mục không có lĩnh vực “{unknown[0][:80]}”.", field=unknown[0][:80])
    return chosen
