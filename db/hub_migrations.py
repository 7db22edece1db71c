"""Ordered, frozen steps from an empty database to the hub's tables of today, one text for SQLite and PostgreSQL.

Called by ``db.hub`` alone. A step is a list of statements of this module; each runs in one transaction with the record
that it ran. Days and moments are ISO text (moments +07:00 to the second), so that text order is time order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import RegisterProblem

if TYPE_CHECKING:
    from db.hub import Hub

_COLUMNS = (
    "received_total", "received_online", "received_direct", "carried_over", "resolved_total", "early", "on_time",
    "late", "pending_total", "pending_in_time", "pending_overdue",
)  # fmt: skip
_FIGURES = ", ".join(f"{name} INTEGER NOT NULL" for name in _COLUMNS)

_FIRST = (
    "CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
    # ``valid_to`` is the last day; then ``merged_into`` may name who goes on.
    """CREATE TABLE unit (
         code TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, parent TEXT NOT NULL, valid_from TEXT, valid_to TEXT,
         merged_into TEXT)""",
    """CREATE TABLE one_time_code (
         id {serial}, unit TEXT NOT NULL REFERENCES unit (code), derived {blob} NOT NULL, made_at TEXT NOT NULL,
         expires_at TEXT NOT NULL, ended_at TEXT, used_by TEXT)""",
    "CREATE INDEX one_time_code_unit ON one_time_code (unit)",
    """CREATE TABLE unit_key (
         id {serial}, unit TEXT NOT NULL REFERENCES unit (code), public_key TEXT NOT NULL, since TEXT NOT NULL,
         revoked_at TEXT)""",
    "CREATE INDEX unit_key_unit ON unit_key (unit)",
    # ``seq`` is where the closing stands in the commune's chain, ``document`` the signed document, compressed.
    """CREATE TABLE report (
         id BIGINT NOT NULL PRIMARY KEY, unit TEXT NOT NULL REFERENCES unit (code), day TEXT NOT NULL,
         revision INTEGER NOT NULL, sha256 TEXT NOT NULL, hash TEXT NOT NULL, seq BIGINT NOT NULL,
         previous_day TEXT, previous_revision INTEGER, previous_hash TEXT, code TEXT NOT NULL, before TEXT NOT NULL,
         verdict TEXT NOT NULL, why TEXT NOT NULL, received_at TEXT NOT NULL, carrier TEXT NOT NULL,
         document {blob} NOT NULL)""",
    "CREATE INDEX report_unit_hash ON report (unit, hash)",
    "CREATE TABLE matter (id INTEGER NOT NULL PRIMARY KEY, field TEXT NOT NULL, procedure TEXT NOT NULL)",
    "CREATE UNIQUE INDEX matter_field_procedure ON matter (field, procedure)",
    f"""CREATE TABLE figure (
         report BIGINT NOT NULL, matter INTEGER NOT NULL, {_FIGURES}, PRIMARY KEY (report, matter)) {{clustered}}""",
    # Which report of a day counts, and where a unit's history is: both follow from the reports and settlements.
    f"""CREATE TABLE standing (
         unit TEXT NOT NULL, day TEXT NOT NULL, report BIGINT NOT NULL, line INTEGER NOT NULL,
         revision INTEGER NOT NULL, sha256 TEXT NOT NULL, code TEXT NOT NULL, {_FIGURES},
         PRIMARY KEY (unit, day)) {{clustered}}""",
    """CREATE TABLE front (
         unit TEXT NOT NULL PRIMARY KEY, line INTEGER NOT NULL, last_seq BIGINT NOT NULL, last_hash TEXT NOT NULL,
         first_day TEXT NOT NULL, last_day TEXT NOT NULL, reach TEXT NOT NULL, forks INTEGER NOT NULL)""",
    """CREATE TABLE refused (
         unit TEXT NOT NULL, day TEXT NOT NULL, carrier TEXT NOT NULL, reason TEXT NOT NULL, times INTEGER NOT NULL,
         last_at TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (unit, day, carrier, reason))""",
    """CREATE TABLE settlement (
         id {serial}, unit TEXT NOT NULL REFERENCES unit (code), at TEXT NOT NULL, who TEXT NOT NULL,
         choice TEXT NOT NULL CHECK (choice IN ('keep', 'take')), reason TEXT NOT NULL CHECK (reason <> ''),
         after_report BIGINT NOT NULL)""",
    "CREATE INDEX settlement_unit ON settlement (unit)",
    """CREATE TABLE official (
         name TEXT NOT NULL PRIMARY KEY, full_name TEXT NOT NULL, role TEXT NOT NULL, unit TEXT NOT NULL,
         password TEXT NOT NULL, must_change INTEGER NOT NULL, active INTEGER NOT NULL)""",
    """CREATE TABLE web_session (
         token TEXT NOT NULL PRIMARY KEY, official TEXT NOT NULL REFERENCES official (name), form_key TEXT NOT NULL,
         began_at TEXT NOT NULL, seen_at TEXT NOT NULL)""",
    """CREATE TABLE hub_event (
         seq BIGINT NOT NULL PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL, facts TEXT NOT NULL,
         prev TEXT NOT NULL, hash TEXT NOT NULL)""",
)
#: Nothing that came in or was decided is rewritten, whoever asks.
_APPEND_ONLY = ("report", "figure", "settlement", "hub_event")
_NEVER_LOST = ("unit", "unit_key", "one_time_code", "official")

STEPS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    ("0001_hub", _FIRST, _APPEND_ONLY, _NEVER_LOST),
)

_WORDS = {
    False: {"serial": "INTEGER PRIMARY KEY AUTOINCREMENT", "blob": "BLOB", "clustered": "WITHOUT ROWID"},
    True: {"serial": "BIGSERIAL PRIMARY KEY", "blob": "BYTEA", "clustered": ""},
}
_REFUSE = """CREATE FUNCTION refuse_change() RETURNS trigger AS
  'BEGIN RAISE EXCEPTION ''append-only''; END' LANGUAGE plpgsql"""


def apply(hub: Hub) -> None:
    """Run every step that this database has not seen. RegisterProblem ``hub_newer``."""
    done = _done(hub)
    if len(done) > len(STEPS):
        raise RegisterProblem(
            "hub_newer", "Dữ liệu của đầu mối do bản chương trình mới hơn ghi. Hãy cài bản mới; chưa đụng đến gì."
        )
    if len(done) == len(STEPS):
        return
    with hub.write():
        done = _done(hub)  # another process may have been first
        for name, statements, append_only, never_lost in STEPS[len(done) :]:
            if name == STEPS[0][0]:
                hub.run("CREATE TABLE schema_step (name TEXT NOT NULL PRIMARY KEY)")
                if hub.is_postgres:
                    hub.run(_REFUSE)
            for statement in statements:
                hub.run(statement.format(**_WORDS[hub.is_postgres]))
            for table in append_only:
                _guard(hub, table, "UPDATE", "DELETE")
            for table in never_lost:
                _guard(hub, table, "DELETE")
            hub.run("INSERT INTO schema_step (name) VALUES (?)", (name,))


def _done(hub: Hub) -> list[str]:
    if not hub.has_table("schema_step"):
        return []
    return [name for (name,) in hub.rows("SELECT name FROM schema_step ORDER BY name")]


def _guard(hub: Hub, table: str, *acts: str) -> None:
    for act in acts:
        name = f"{table}_no_{act.lower()}"
        if hub.is_postgres:
            hub.run(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
        else:
            hub.run(f"CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, 'append-only'); END")
    if hub.is_postgres:
        hub.run(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
