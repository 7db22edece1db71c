"""How a unit and the hub come to know each other's keys: by a code that is good once and never travels.

Called by the receiver (over the network or from a file) and by whoever hands out codes. Only what is derived from a
code is kept. All of it inside ``Hub.write``, but for the acts of an administrator, which write by themselves.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import SystemRandom
from typing import Any

from db import hub_people, hub_units
from db.hub import Hub
from db.hub_units import OneTimeCode
from desktop.errors import UserError
from desktop.hub import keys
from desktop.hub.founding import identity
from desktop.hub.refusals import refused
from desktop.sync import protocol
from desktop.sync.protocol import Document, Enrolment

_DAYS_SETTING, _DAYS = "code_days", 14


def new_code(hub: Hub, unit: str, *, who: str, now: datetime) -> str:
    """A new one-time code of a unit; one before it that was not used ends.

    UserError ``unknown_unit``, ``unit_ended``.
    """
    with hub.write():
        held = hub_units.find(hub, unit)
        if held is None:
            raise UserError("unknown_unit", f"Đầu mối này không có đơn vị “{unit}”.", unit=unit)
        if held.has_ended(now.date().isoformat()):
            raise UserError("unit_ended", f"Đơn vị “{unit}” đã kết thúc, không cấp mã nối được nữa.", unit=unit)
        return make_code(hub, unit, who=who, now=now)


def make_code(hub: Hub, unit: str, *, who: str, now: datetime) -> str:
    """The same within a transaction, for a unit that is there."""
    code = protocol.new_code(SystemRandom())
    ends = now + timedelta(days=good_days(hub))
    hub_units.add_code(hub, unit, protocol.derived_key(code), _iso(now), _iso(ends))
    hub_people.record(hub, "new_code", {"unit": unit, "expires_at": _iso(ends)}, who=who, at=_iso(now))
    return code


def good_days(hub: Hub) -> int:
    """How many days a new code is good for."""
    return int(hub_people.setting(hub, _DAYS_SETTING, _DAYS))


def set_days(hub: Hub, days: int, *, who: str, now: datetime) -> None:
    """How many days codes made from now on are good for."""
    with hub.write():
        hub_people.set_setting(hub, _DAYS_SETTING, days)
        hub_people.record(hub, "setting", {_DAYS_SETTING: days}, who=who, at=_iso(now))


def revoke(hub: Hub, unit: str, *, who: str, now: datetime) -> None:
    """Believe a unit's key no more, and end its codes; UserError ``unknown_unit``, ``no_key``."""
    with hub.write():
        if hub_units.find(hub, unit) is None:
            raise UserError("unknown_unit", f"Đầu mối này không có đơn vị “{unit}”.", unit=unit)
        if not hub_units.revoke_keys(hub, unit, _iso(now)):
            raise UserError("no_key", f"Đơn vị “{unit}” không có khóa nào đang dùng.", unit=unit)
        hub_units.end_codes(hub, unit, _iso(now))
        hub_people.record(hub, "revoke_key", {"unit": unit}, who=who, at=_iso(now))


def enrol(hub: Hub, document: Document, *, now: datetime) -> dict[str, Any]:
    """The body of the answer to a unit that knows its code; the same again when the answer was lost on the way.

    Refused ``unknown_unit``, ``unit_ended``, ``practice_here``, ``practice_there``, ``wrong_code``, ``code_expired``,
    ``code_used``, ``key_of_another``.
    """
    told = protocol.content_as(Enrolment, document)
    unit = hub_units.find(hub, told.unit)
    if unit is None:
        raise refused("unknown_unit", told.unit)
    if told.practice != identity(hub).practice:
        raise refused("practice_here" if identity(hub).practice else "practice_there")
    code = _proved(hub_units.codes_of(hub, told.unit), document)
    if code is None:
        raise refused("wrong_code", told.unit)
    if code.used_by != told.public_key:
        _check_unused(hub, code, told.public_key, now)
        if unit.has_ended(now.date().isoformat()):
            raise refused("unit_ended", told.unit)
        hub_units.replace_key(hub, told.unit, told.public_key, _iso(now))
        hub_units.use_code(hub, code.id, told.public_key, _iso(now))
        facts = {"unit": told.unit, "public_key": told.public_key}
        hub_people.record(hub, "enrol", facts, who="", at=_iso(now))
        ended_at = _iso(now)
    elif hub_units.keys_now(hub, [told.unit]).get(told.unit) != told.public_key:
        raise refused("code_used", told.unit)
    else:
        ended_at = str(code.ended_at)
    return _answer(hub, told.unit, unit.name, code.derived, ended_at)


def _proved(codes: Sequence[OneTimeCode], document: Document) -> OneTimeCode | None:
    return next((code for code in codes if protocol.proves(code.derived, document.body)), None)


def _check_unused(hub: Hub, code: OneTimeCode, public_key: str, now: datetime) -> None:
    if code.used_by is not None:
        raise refused("code_used", code.unit)
    if code.ended_at is not None or code.expires_at < _iso(now):
        raise refused("code_expired", code.unit)
    if any(key == public_key and unit != code.unit for unit, key in hub_units.keys_now(hub).items()):
        raise refused("key_of_another")


def _answer(hub: Hub, unit: str, name: str, derived: bytes, at: str) -> dict[str, Any]:
    me = identity(hub)
    body = {
        "unit": unit,
        "name": name,
        "hub": {"code": me.code, "name": me.name},
        "hub_key": keys.public_key(hub),
        "practice": me.practice,
        "at": at,
    }
    return body | {"proof": protocol.prove(derived, body)}


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
