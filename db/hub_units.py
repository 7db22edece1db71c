"""Who may report to the hub: units with their days, their one-time codes and their keys.

Rows only; what may be done when is for ``desktop.hub``. Inside ``Hub.write`` where it changes something.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from db.hub import Hub

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class HubUnit:
    """A unit: ``valid_to`` is its last day, after which ``merged_into`` may go on. Empty or None where not said."""

    code: str
    name: str
    parent: str
    valid_from: str | None
    valid_to: str | None
    merged_into: str | None

    def is_valid_on(self, day: str) -> bool:
        """Whether it exists on an ISO day."""
        return (self.valid_from or "") <= day <= (self.valid_to or "~")

    def has_ended(self, day: str) -> bool:
        """Whether an ISO day is after its last one."""
        return (self.valid_to or "~") < day


@dataclass(frozen=True, slots=True)
class UnitKey:
    """A public key (hexadecimal) by which a unit's documents are known, from one moment to another."""

    id: int
    unit: str
    public_key: str
    since: str
    revoked_at: str | None


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """What is kept of a one-time code; ``used_by`` is the public key that it let in."""

    id: int
    unit: str
    derived: bytes
    made_at: str
    expires_at: str
    ended_at: str | None
    used_by: str | None


_UNIT, _KEY, _CODE = (", ".join(kind.__slots__) for kind in (HubUnit, UnitKey, OneTimeCode))


def every(hub: Hub) -> list[HubUnit]:
    """All units by code, those that ended included."""
    return [HubUnit(*row) for row in hub.rows(f"SELECT {_UNIT} FROM unit ORDER BY code")]


def find(hub: Hub, code: str) -> HubUnit | None:
    """The unit of this code."""
    row = hub.row(f"SELECT {_UNIT} FROM unit WHERE code = ?", (code,))
    return HubUnit(*row) if row else None


def of_codes(hub: Hub, codes: Sequence[str]) -> dict[str, HubUnit]:
    """The units of these codes, by code."""
    found: dict[str, HubUnit] = {}
    for start in range(0, len(codes), _AT_ONCE):
        some = codes[start : start + _AT_ONCE]
        for row in hub.rows(f"SELECT {_UNIT} FROM unit WHERE code IN ({', '.join('?' * len(some))})", some):
            found[row[0]] = HubUnit(*row)
    return found


def put(hub: Hub, unit: HubUnit) -> None:
    """Add a unit, or change what is said of it."""
    hub.run(
        f"INSERT INTO unit ({_UNIT}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name,"
        " parent = excluded.parent, valid_from = excluded.valid_from, valid_to = excluded.valid_to,"
        " merged_into = excluded.merged_into",
        (unit.code, unit.name, unit.parent, unit.valid_from, unit.valid_to, unit.merged_into),
    )


def keys_now(hub: Hub, units: Sequence[str] | None = None) -> dict[str, str]:
    """Unit → the public key that is believed now, of these units or all."""
    if units is None:
        return dict(hub.rows("SELECT unit, public_key FROM unit_key WHERE revoked_at IS NULL"))
    found: dict[str, str] = {}
    for start in range(0, len(units), _AT_ONCE):
        some = units[start : start + _AT_ONCE]
        sql = (
            f"SELECT unit, public_key FROM unit_key WHERE revoked_at IS NULL AND unit IN ({', '.join('?' * len(some))})"
        )
        found.update(hub.rows(sql, some))
    return found


def keys_of(hub: Hub, unit: str) -> list[UnitKey]:
    """Every key that a unit ever had, oldest first."""
    return [UnitKey(*row) for row in hub.rows(f"SELECT {_KEY} FROM unit_key WHERE unit = ? ORDER BY id", (unit,))]


def replace_key(hub: Hub, unit: str, public_key: str, at: str) -> None:
    """From this moment on a unit is known by this key and no other."""
    revoke_keys(hub, unit, at)
    hub.run("INSERT INTO unit_key (unit, public_key, since) VALUES (?, ?, ?)", (unit, public_key, at))


def revoke_keys(hub: Hub, unit: str, at: str) -> int:
    """Believe a unit's key no more; returns how many there were."""
    return hub.run("UPDATE unit_key SET revoked_at = ? WHERE unit = ? AND revoked_at IS NULL", (at, unit))


def codes_of(hub: Hub, unit: str) -> list[OneTimeCode]:
    """Every one-time code that was made for a unit, the newest first."""
    rows = hub.rows(f"SELECT {_CODE} FROM one_time_code WHERE unit = ? ORDER BY id DESC", (unit,))
    return [OneTimeCode(row[0], row[1], bytes(row[2]), *row[3:]) for row in rows]


def add_code(hub: Hub, unit: str, derived: bytes, made_at: str, expires_at: str) -> None:
    """Keep a new code for a unit; those before it that nobody used end."""
    end_codes(hub, unit, made_at)
    hub.run(
        "INSERT INTO one_time_code (unit, derived, made_at, expires_at) VALUES (?, ?, ?, ?)",
        (unit, derived, made_at, expires_at),
    )


def end_codes(hub: Hub, unit: str, at: str) -> None:
    """Codes of a unit that nobody used let nobody in any more."""
    hub.run("UPDATE one_time_code SET ended_at = ? WHERE unit = ? AND ended_at IS NULL", (at, unit))


def use_code(hub: Hub, code: int, public_key: str, at: str) -> None:
    """A code has let this key in."""
    hub.run("UPDATE one_time_code SET ended_at = ?, used_by = ? WHERE id = ?", (at, public_key, code))
