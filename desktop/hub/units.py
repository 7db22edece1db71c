"""Units that report to the hub: a tree with dates, and who goes on when units merge. Names of tiers are data.

Called by the verbs, the pages and everything that counts for a part of the tree.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from db import hub_people, hub_units
from db.hub import Hub
from db.hub_units import HubUnit
from desktop.errors import UserError
from desktop.hub import enrolment
from desktop.hub.founding import checked_code, cleaned_name

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "units" / "lai_chau.json"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a unit; ``enrolment_code`` only for a new one."""

    unit: HubUnit
    enrolment_code: str | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many units of a list were new, changed, and there already."""

    added: int
    changed: int
    unchanged: int


def add(
    hub: Hub,
    code: str,
    name: str,
    *,
    who: str,
    now: datetime,
    parent: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    merged_into: str | None = None,
    is_endless: bool = False,
) -> Added:
    """Add a unit and make its one-time code; for a code that is there, change what is said of the unit.

    What is not given of a unit that is there stays, but its end and heir where it ``is_endless``. UserError
    ``bad_code``, ``bad_name``, ``unknown_unit``, ``circle``, ``from_after_to``, ``merged_without_end``.
    """
    first, last = (on.isoformat() if on else None for on in (valid_from, valid_to))
    told = HubUnit(checked_code(code), cleaned_name(name), parent, first, last, merged_into)
    with hub.write():
        held = hub_units.find(hub, code)
        if held is not None:
            told = _completed(told, held)
        if is_endless:
            told = replace(told, valid_to=None, merged_into=None)
        _check(hub, told)
        if told == held:
            return Added(told, None)
        _put(hub, told, who=who, now=now, is_new=held is None)
        made = enrolment.make_code(hub, code, who=who, now=now) if held is None else None
    return Added(told, made)


def load(hub: Hub, path: Path | None, *, who: str, now: datetime) -> Loaded:
    """Take over a list of units, all or nothing: the shipped 38 of Lai Châu, or a file laid out alike.

    One-time codes are made as they are asked for. UserError ``no_file``, ``bad_list`` and those of :func:`add`.
    """
    listed = list(_listed(path or SHIPPED))
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    with hub.write():
        there = {unit.code: unit for unit in hub_units.every(hub)}
        for unit in listed:
            held = there.get(unit.code)
            told = unit if held is None else _completed(unit, held)
            if told != held:
                _put(hub, told, who=who, now=now, is_new=held is None)
            counts["unchanged" if told == held else "added" if held is None else "changed"] += 1
        for unit in listed:
            _check(hub, unit)
    return Loaded(**counts)


def every(hub: Hub) -> list[HubUnit]:
    """All units by code."""
    return hub_units.every(hub)


def find(hub: Hub, code: str) -> HubUnit:
    """The unit of a code; UserError ``unknown_unit``."""
    unit = hub_units.find(hub, code)
    if unit is None:
        raise _unknown(code)
    return unit


def within(units: Iterable[HubUnit], root: str) -> list[HubUnit]:
    """The unit ``root`` with everything below it and what was merged into that; all units for an empty ``root``.

    UserError ``unknown_unit``.
    """
    units = list(units)
    if not root:
        return units
    if all(one.code != root for one in units):
        raise _unknown(root)
    reached, grown = {root}, True
    while grown:
        more = {one.code for one in units if one.parent in reached or one.merged_into in reached} - reached
        reached |= more
        grown = bool(more)
    return [one for one in units if one.code in reached]


def groups(units: Iterable[HubUnit]) -> set[str]:
    """Codes that stand above others in the tree."""
    return {one.parent for one in units if one.parent}


def _unknown(code: str) -> UserError:
    return UserError("unknown_unit", f"Đầu mối này không có đơn vị “{code}”.", unit=code)


def _completed(told: HubUnit, held: HubUnit) -> HubUnit:
    return replace(
        told,
        parent=told.parent or held.parent,
        valid_from=told.valid_from or held.valid_from,
        valid_to=told.valid_to or held.valid_to,
        merged_into=told.merged_into or held.merged_into,
    )


def _put(hub: Hub, unit: HubUnit, *, who: str, now: datetime, is_new: bool) -> None:
    hub_units.put(hub, unit)
    facts = {name: getattr(unit, name) for name in HubUnit.__slots__}
    kind = "add_unit" if is_new else "change_unit"
    hub_people.record(hub, kind, facts, who=who, at=now.isoformat(timespec="seconds"))


def _check(hub: Hub, unit: HubUnit) -> None:
    if unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
        raise UserError("from_after_to", "Ngày bắt đầu của đơn vị muộn hơn ngày kết thúc.")
    if unit.merged_into and not unit.valid_to:
        raise UserError("merged_without_end", "Đơn vị nhập vào đơn vị khác thì phải có ngày kết thúc (--to).")
    for other in (unit.parent, unit.merged_into):
        if other and other != unit.code:
            find(hub, other)
    above, seen = unit.parent, {unit.code}
    while above:
        if above in seen:
            raise UserError("circle", f"Đơn vị “{unit.code}” không thể đứng dưới chính nó.")
        seen.add(above)
        higher = hub_units.find(hub, above)
        above = higher.parent if higher else ""
    if unit.merged_into == unit.code:
        raise UserError("circle", f"Đơn vị “{unit.code}” không thể nhập vào chính nó.")


class _Listed(msgspec.Struct, kw_only=True):
    code: str
    name: str
    kind: str = ""
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    merged_into: str | None = None


class _List(msgspec.Struct, kw_only=True):
    units: list[_Listed]
    effective_on: date | None = None


def _listed(path: Path) -> Iterable[HubUnit]:
    try:
        told = msgspec.convert(json.loads(path.read_bytes()), _List)
    except OSError as error:
        raise UserError("no_file", f"Không đọc được tệp {path}.", file=str(path)) from error
    except (ValueError, RecursionError) as error:  # msgspec's are of these
        raise UserError("bad_list", f"Tệp {path.name} không phải danh sách đơn vị: {error}.", file=str(path)) from error
    for one in told.units:
        name = cleaned_name(f"{one.kind} {one.name}")
        yield HubUnit(
            checked_code(one.code),
            name,
            one.parent,
            _iso(one.valid_from or told.effective_on),
            _iso(one.valid_to),
            one.merged_into,
        )


def _iso(on: Any) -> str | None:
    return on.isoformat() if on else None
