"""The officials who look at a hub, their sessions in the browser, and the chain of what was done at the hub.

Rows only; passwords and tokens come here as hashes. Inside ``Hub.write`` where it changes something.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from typing import Any

from db.hub import Hub

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class StoredOfficial:
    """An official; ``unit`` is the root of what may be seen, empty for everything."""

    name: str
    full_name: str
    role: str
    unit: str
    password: str
    must_change: bool
    active: bool


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A signed-in browser: ``token`` is the hash of what its cookie holds, ``form_key`` guards its forms."""

    token: str
    official: str
    form_key: str
    began_at: str
    seen_at: str


@dataclass(frozen=True, slots=True)
class HubEvent:
    """Who did what at the hub: one link of a chain. ``facts`` is canonical JSON."""

    seq: int
    at: str
    who: str
    kind: str
    facts: str
    prev: str
    hash: str

    def computed_hash(self) -> str:
        """What ``hash`` must be."""
        content = [self.seq, self.at, self.who, self.kind, self.facts, self.prev]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


_OFFICIAL, _SESSION, _EVENT = (", ".join(kind.__slots__) for kind in (StoredOfficial, StoredSession, HubEvent))


def setting(hub: Hub, name: str, otherwise: Any = None) -> Any:
    """A stored setting."""
    row = hub.row("SELECT value FROM setting WHERE name = ?", (name,))
    return json.loads(row[0]) if row else otherwise


def set_setting(hub: Hub, name: str, value: Any) -> None:
    """Store a setting."""
    hub.run(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, json.dumps(value, ensure_ascii=False)),
    )


def record(hub: Hub, kind: str, facts: dict[str, Any], *, who: str, at: str) -> None:
    """Add to the chain what somebody did."""
    last = hub.row("SELECT seq, hash FROM hub_event ORDER BY seq DESC LIMIT 1") or (0, GENESIS)
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    event = HubEvent(last[0] + 1, at, who, kind, text, last[1], "")
    event = replace(event, hash=event.computed_hash())
    hub.run(f"INSERT INTO hub_event ({_EVENT}) VALUES (?, ?, ?, ?, ?, ?, ?)", astuple(event))


def events(hub: Hub, limit: int = 200) -> list[HubEvent]:
    """What was done last, newest first."""
    return [HubEvent(*row) for row in hub.rows(f"SELECT {_EVENT} FROM hub_event ORDER BY seq DESC LIMIT ?", (limit,))]


def event_faults(hub: Hub) -> Iterator[str]:
    """One sentence for every place where the chain of what was done does not hold."""
    prev, expected = GENESIS, 1
    for event in (HubEvent(*row) for row in hub.rows(f"SELECT {_EVENT} FROM hub_event ORDER BY seq")):
        if (event.seq, event.prev, event.hash) != (expected, prev, event.computed_hash()):
            yield f"Nhật ký của đầu mối không khớp ở dòng {event.seq}."
        prev, expected = event.hash, event.seq + 1


def officials(hub: Hub) -> list[StoredOfficial]:
    """Everybody, by name."""
    return [_official(row) for row in hub.rows(f"SELECT {_OFFICIAL} FROM official ORDER BY name")]


def official(hub: Hub, name: str) -> StoredOfficial | None:
    """The official of this name."""
    row = hub.row(f"SELECT {_OFFICIAL} FROM official WHERE name = ?", (name,))
    return _official(row) if row else None


def put_official(hub: Hub, one: StoredOfficial) -> None:
    """Add an official, or change what is said of one."""
    hub.run(
        f"INSERT INTO official ({_OFFICIAL}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
        " full_name = excluded.full_name, role = excluded.role, unit = excluded.unit, password = excluded.password,"
        " must_change = excluded.must_change, active = excluded.active",
        (one.name, one.full_name, one.role, one.unit, one.password, int(one.must_change), int(one.active)),
    )


def session(hub: Hub, token: str) -> StoredSession | None:
    """The session whose token has this hash."""
    row = hub.row(f"SELECT {_SESSION} FROM web_session WHERE token = ?", (token,))
    return StoredSession(*row) if row else None


def add_session(hub: Hub, one: StoredSession) -> None:
    """Remember a signed-in browser."""
    hub.run(f"INSERT INTO web_session ({_SESSION}) VALUES (?, ?, ?, ?, ?)", astuple(one))


def see_session(hub: Hub, token: str, at: str) -> None:
    """A session was used."""
    hub.run("UPDATE web_session SET seen_at = ? WHERE token = ?", (at, token))


def end_session(hub: Hub, token: str) -> None:
    """Forget one signed-in browser."""
    hub.run("DELETE FROM web_session WHERE token = ?", (token,))


def end_sessions(hub: Hub, official_name: str) -> None:
    """Forget every browser of an official."""
    hub.run("DELETE FROM web_session WHERE official = ?", (official_name,))


def end_sessions_before(hub: Hub, began_before: str, seen_before: str) -> None:
    """Forget browsers that are signed in for too long, or unused for too long."""
    hub.run("DELETE FROM web_session WHERE began_at < ? OR seen_at < ?", (began_before, seen_before))


def _official(row: tuple[Any, ...]) -> StoredOfficial:
    return StoredOfficial(row[0], row[1], row[2], row[3], row[4], bool(row[5]), bool(row[6]))
