"""The officials who look at a hub: who they are, what they may do, and their sessions in the browser.

Hides what is kept of tokens and passwords: hashes only. A first password is good for choosing one's own.
Called by the verbs and by the pages; how often somebody may try is theirs to limit.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from db import hub_people
from db.hub import Hub
from db.hub_people import StoredOfficial, StoredSession
from desktop.errors import UserError
from desktop.hub import units
from desktop.hub.founding import cleaned_name
from desktop.rules import passwords

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_SHORTEST = 10
_TOKEN_BYTES = 32
#: A session ends after so long without use, and after so long in any case.
_IDLE, _WHOLE = timedelta(hours=1), timedelta(hours=12)
#: A session's last use is written down at most so often.
_SEEN_EVERY = timedelta(minutes=1)


class Role(StrEnum):
    """What somebody may do; each may what those before it may."""

    VIEW = "view"
    RUN = "run"
    ADMIN = "admin"

    def may(self, needed: "Role") -> bool:
        """Whether this role includes another."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


ROLE_WORDS = {Role.VIEW: "xem", Role.RUN: "điều hành", Role.ADMIN: "quản trị"}


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody who may sign in; ``unit`` is the root of what he sees, empty for everything."""

    name: str
    full_name: str
    role: Role
    unit: str
    must_change: bool
    active: bool


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser: ``token`` belongs into its cookie, ``form_key`` into each of its forms."""

    token: str
    form_key: str
    official: Official


def add(hub: Hub, name: str, role: Role, *, who: str, now: datetime, full_name: str = "", unit: str = "") -> str:
    """Add an official; returns the first password, which is told once.

    UserError ``bad_name``, ``user_exists``, ``unknown_unit``.
    """
    if not _NAME.fullmatch(name):
        raise UserError("bad_name", "Tên đăng nhập gồm chữ thường không dấu, số, dấu chấm, gạch; nhiều nhất 40.")
    password = passwords.one_time()
    with hub.write():
        if hub_people.official(hub, name):
            raise UserError("user_exists", f"Đã có người dùng “{name}”.", name=name)
        if unit:
            units.find(hub, unit)
        shown = cleaned_name(full_name or name)
        hub_people.put_official(hub, StoredOfficial(name, shown, role, unit, passwords.hashed(password), True, True))
        _record(hub, "add_user", {"name": name, "role": role, "unit": unit}, who, now)
    return password


def change(
    hub: Hub,
    name: str,
    *,
    who: str,
    now: datetime,
    role: Role | None = None,
    unit: str | None = None,
    active: bool | None = None,
) -> None:
    """Give an official another role or part of the tree, or let him in no more; his sessions end.

    Nothing is done and nothing recorded where that is how it was. UserError ``unknown_user``, ``unknown_unit``,
    ``last_admin``.
    """
    with hub.write():
        held = _find(hub, name)
        told = replace(
            held,
            role=held.role if role is None else role,
            unit=held.unit if unit is None else unit,
            active=held.active if active is None else active,
        )
        if told == held:
            return
        if told.unit:
            units.find(hub, told.unit)
        others = (one for one in hub_people.officials(hub) if one.name != name)
        if _is_admin(held) and not _is_admin(told) and not any(map(_is_admin, others)):
            raise UserError("last_admin", "Phải còn ít nhất một người quản trị của cả đầu mối.")
        hub_people.put_official(hub, told)
        hub_people.end_sessions(hub, name)
        facts = {"name": name, "role": told.role, "unit": told.unit, "active": told.active}
        _record(hub, "change_user", facts, who, now)


def reset_password(hub: Hub, name: str, *, who: str, now: datetime) -> str:
    """A new first password for somebody who forgot his; his sessions end. UserError ``unknown_user``."""
    password = passwords.one_time()
    with hub.write():
        held = _find(hub, name)
        hub_people.put_official(hub, replace(held, password=passwords.hashed(password), must_change=True))
        hub_people.end_sessions(hub, name)
        _record(hub, "reset_password", {"name": name}, who, now)
    return password


def everyone(hub: Hub) -> list[Official]:
    """All officials by name, those that are let in no more included."""
    return [_shown(one) for one in hub_people.officials(hub)]


def proved(hub: Hub, name: str, password: str) -> Official | None:
    """Who knows the password; None for anybody else, after the same work."""
    held = hub_people.official(hub, name.strip().lower())
    if not passwords.verifies(held.password if held else None, password) or held is None or not held.active:
        return None
    return _shown(held)


def sign_in(hub: Hub, name: str, password: str, *, now: datetime) -> Session | None:
    """A session for whoever knows the password; None for anybody else, after the same work."""
    official = proved(hub, name, password)
    if official is None:
        return None
    token, form_key, at = secrets.token_urlsafe(_TOKEN_BYTES), secrets.token_urlsafe(_TOKEN_BYTES), _iso(now)
    with hub.write():
        hub_people.end_sessions_before(hub, _iso(now - _WHOLE), _iso(now - _IDLE))
        hub_people.add_session(hub, StoredSession(_digest(token), official.name, form_key, at, at))
    return Session(token, form_key, official)


def session(hub: Hub, token: str, *, now: datetime) -> Session | None:
    """The session of a browser's token, if it goes on; using it keeps it alive."""
    held = hub_people.session(hub, _digest(token))
    if held is None or held.began_at < _iso(now - _WHOLE) or held.seen_at < _iso(now - _IDLE):
        return None
    official = hub_people.official(hub, held.official)
    if official is None or not official.active:
        return None
    if held.seen_at < _iso(now - _SEEN_EVERY):
        with hub.write():
            hub_people.see_session(hub, held.token, _iso(now))
    return Session(token, held.form_key, _shown(official))


def sign_out(hub: Hub, token: str) -> None:
    """End a session."""
    with hub.write():
        hub_people.end_session(hub, _digest(token))


def change_password(hub: Hub, name: str, old: str, new: str, *, now: datetime) -> None:
    """Choose one's own password; all sessions end. UserError ``wrong_password``, ``weak_password``."""
    held = _find(hub, name)
    if not passwords.verifies(held.password, old):
        raise UserError("wrong_password", "Mật khẩu hiện tại không đúng.")
    if not _SHORTEST <= len(new) <= passwords.LONGEST or new == old or name in new.lower():
        raise UserError(
            "weak_password", f"Mật khẩu mới phải khác mật khẩu cũ, có từ {_SHORTEST} chữ và không chứa tên đăng nhập."
        )
    with hub.write():
        hub_people.put_official(hub, replace(held, password=passwords.hashed(new), must_change=False))
        hub_people.end_sessions(hub, name)
        _record(hub, "change_password", {"name": name}, name, now)


def _find(hub: Hub, name: str) -> StoredOfficial:
    held = hub_people.official(hub, name)
    if held is None:
        raise UserError("unknown_user", f"Không có người dùng “{name}”.", name=name)
    return held


def _is_admin(one: StoredOfficial) -> bool:
    return one.active and one.role == Role.ADMIN and not one.unit


def _shown(one: StoredOfficial) -> Official:
    return Official(one.name, one.full_name, Role(one.role), one.unit, one.must_change, one.active)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _record(hub: Hub, kind: str, facts: dict[str, Any], who: str, now: datetime) -> None:
    hub_people.record(hub, kind, facts, who=who, at=_iso(now))


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
