"""Ordered, frozen steps from an empty file to today's schema. Called by ``db.connection`` alone.

A step is a function of this module, never a file found in a folder, and never uses live models.
Each runs in one transaction together with the record that it ran; a failure rolls back both.
``PRAGMA user_version`` is the number of steps applied.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playhouse.migrate import SqliteMigrator

    from db.orm import peewee

Step = Callable[["peewee.SqliteDatabase", "SqliteMigrator"], None]

_FIRST = """
CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE person (
  id INTEGER NOT NULL PRIMARY KEY, short_name TEXT NOT NULL, full_name TEXT NOT NULL, active INTEGER NOT NULL);
CREATE UNIQUE INDEX person_short_name ON person (short_name);
CREATE TABLE calendar_day (
  day TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE calendar_year (year INTEGER NOT NULL PRIMARY KEY, confirmed INTEGER NOT NULL, document TEXT NOT NULL);
CREATE TABLE procedure_version (
  id INTEGER NOT NULL PRIMARY KEY, code TEXT NOT NULL, valid_from TEXT, valid_to TEXT, content TEXT NOT NULL);
CREATE INDEX procedure_version_code ON procedure_version (code);
CREATE TABLE dossier (
  id INTEGER NOT NULL PRIMARY KEY, code TEXT NOT NULL, official_code TEXT, request_key TEXT NOT NULL,
  unit_code TEXT NOT NULL, received_on TEXT NOT NULL, day_number INTEGER NOT NULL CHECK (day_number > 0),
  book_year INTEGER NOT NULL, book_no TEXT NOT NULL, entry_no INTEGER NOT NULL CHECK (entry_no > 0),
  procedure TEXT NOT NULL, procedure_name TEXT NOT NULL,
  version_id INTEGER NOT NULL REFERENCES procedure_version (id),
  channel TEXT NOT NULL, result_by TEXT NOT NULL, applicant TEXT NOT NULL CHECK (applicant <> ''),
  id_number TEXT NOT NULL, phone TEXT NOT NULL, clerk TEXT NOT NULL CHECK (clerk <> ''),
  received_at TEXT NOT NULL, due_at TEXT NOT NULL, finished_at TEXT, handed_over_at TEXT,
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 10),
  printed INTEGER NOT NULL, print_failed INTEGER NOT NULL, search TEXT NOT NULL);
CREATE UNIQUE INDEX dossier_code ON dossier (code);
CREATE UNIQUE INDEX dossier_official_code ON dossier (official_code);
CREATE UNIQUE INDEX dossier_request_key ON dossier (request_key);
CREATE UNIQUE INDEX dossier_unit_code_received_on_day_number ON dossier (unit_code, received_on, day_number);
CREATE UNIQUE INDEX dossier_book_year_book_no_entry_no ON dossier (book_year, book_no, entry_no);
CREATE INDEX dossier_id_number_procedure ON dossier (id_number, procedure);
CREATE INDEX dossier_status_due_at ON dossier (status, due_at);
CREATE INDEX dossier_received_on ON dossier (received_on);
CREATE TABLE event (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, dossier TEXT REFERENCES dossier (code),
  kind TEXT NOT NULL, at TEXT NOT NULL, clerk TEXT NOT NULL CHECK (clerk <> ''), key TEXT NOT NULL,
  payload TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX event_dossier ON event (dossier);
CREATE UNIQUE INDEX event_key ON event (key);
CREATE TABLE issued_document (
  id INTEGER NOT NULL PRIMARY KEY, dossier TEXT NOT NULL REFERENCES dossier (code), kind TEXT NOT NULL,
  year INTEGER NOT NULL, number INTEGER NOT NULL, version INTEGER NOT NULL, issued_at TEXT NOT NULL,
  content TEXT NOT NULL, content_sha256 TEXT NOT NULL);
CREATE INDEX issued_document_dossier ON issued_document (dossier);
CREATE UNIQUE INDEX issued_document_kind_year_number ON issued_document (kind, year, number);
CREATE TABLE rendered_file (
  id INTEGER NOT NULL PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES issued_document (id),
  path TEXT NOT NULL, sha256 TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE INDEX rendered_file_document_id ON rendered_file (document_id);
CREATE TABLE draft (station TEXT NOT NULL PRIMARY KEY, saved_at TEXT NOT NULL, state TEXT NOT NULL);
CREATE VIRTUAL TABLE dossier_search USING fts5 (
  search, content='dossier', content_rowid='id', prefix='1 2 3', detail='full',
  tokenize="unicode61 remove_diacritics 0");
"""

_SEARCH_TRIGGERS = (
    """CREATE TRIGGER dossier_search_insert AFTER INSERT ON dossier BEGIN
         INSERT INTO dossier_search (rowid, search) VALUES (new.id, new.search); END""",
    """CREATE TRIGGER dossier_search_update AFTER UPDATE OF search ON dossier BEGIN
         INSERT INTO dossier_search (dossier_search, rowid, search) VALUES ('delete', old.id, old.search);
         INSERT INTO dossier_search (rowid, search) VALUES (new.id, new.search); END""",
)

#: Nothing a clerk did is rewritten: these tables take new rows only, whoever asks.
_APPEND_ONLY = ("event", "issued_document", "rendered_file")


def _first(database: peewee.SqliteDatabase, _: SqliteMigrator) -> None:
    for statement in _FIRST.split(";\n"):
        if statement.strip():
            database.execute_sql(statement)
    for trigger in _SEARCH_TRIGGERS:
        database.execute_sql(trigger)
    for table in _APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            database.execute_sql(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
            )
    database.execute_sql(
        "CREATE TRIGGER dossier_no_delete BEFORE DELETE ON dossier BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    )


def _working_lists(database: peewee.SqliteDatabase, _: SqliteMigrator) -> None:
    for statement in (
        "ALTER TABLE dossier ADD COLUMN holder TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE dossier ADD COLUMN paused_since TEXT",
        "ALTER TABLE dossier ADD COLUMN apologised INTEGER NOT NULL DEFAULT 0",
        # Dates only: a promise runs to the end of its day (BLDS 2015 Đ148 k1, domain.md 4.1).
        "CREATE INDEX dossier_without_letter ON dossier (due_at, paused_since) WHERE apologised = 0"
        " AND (finished_at IS NULL OR substr(finished_at, 1, 10) > substr(due_at, 1, 10))",
    ):
        database.execute_sql(statement)


_SLIPS = (
    # A paper may be issued to somebody who has no dossier yet. Only a table made anew loses its NOT NULL; its own
    # ids stay, so that the files made of the papers still belong to them.
    """CREATE TABLE issued_document_anew (
         id INTEGER NOT NULL PRIMARY KEY, dossier TEXT REFERENCES dossier (code), kind TEXT NOT NULL,
         year INTEGER NOT NULL, number INTEGER NOT NULL, version INTEGER NOT NULL, issued_at TEXT NOT NULL,
         content TEXT NOT NULL, content_sha256 TEXT NOT NULL)""",
    """INSERT INTO issued_document_anew
         SELECT id, dossier, kind, year, number, version, issued_at, content, content_sha256 FROM issued_document""",
    "DROP TABLE issued_document",
    "ALTER TABLE issued_document_anew RENAME TO issued_document",
    "CREATE INDEX issued_document_dossier ON issued_document (dossier)",
    "CREATE UNIQUE INDEX issued_document_kind_year_number ON issued_document (kind, year, number)",
    """CREATE TRIGGER issued_document_no_update BEFORE UPDATE ON issued_document
         BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    """CREATE TRIGGER issued_document_no_delete BEFORE DELETE ON issued_document
         BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    # The id of a slip is the number of its event.
    """CREATE TABLE slip (
         id INTEGER NOT NULL PRIMARY KEY, kind TEXT NOT NULL, year INTEGER NOT NULL, number INTEGER NOT NULL,
         label TEXT NOT NULL, given_at TEXT NOT NULL, clerk TEXT NOT NULL CHECK (clerk <> ''),
         procedure TEXT NOT NULL, procedure_name TEXT NOT NULL, applicant TEXT NOT NULL CHECK (applicant <> ''),
         id_number TEXT NOT NULL, phone TEXT NOT NULL, told TEXT NOT NULL, form_key TEXT NOT NULL,
         printed INTEGER NOT NULL, print_failed INTEGER NOT NULL, dossier TEXT REFERENCES dossier (code),
         taken_back INTEGER NOT NULL, search TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX slip_kind_year_number ON slip (kind, year, number)",
    "CREATE INDEX slip_given_at ON slip (given_at)",
    "CREATE INDEX slip_id_number_procedure ON slip (id_number, procedure)",
    "CREATE INDEX slip_form_key ON slip (form_key)",
    "CREATE INDEX slip_dossier ON slip (dossier)",
    "CREATE TRIGGER slip_no_delete BEFORE DELETE ON slip BEGIN SELECT RAISE(ABORT, 'append-only'); END",
)


def _slips(database: peewee.SqliteDatabase, _: SqliteMigrator) -> None:
    for statement in _SLIPS:
        database.execute_sql(statement)


_BALLOTS = (
    """CREATE TABLE ballot_box (
         question TEXT NOT NULL PRIMARY KEY, ballots INTEGER NOT NULL CHECK (ballots >= 0), seq INTEGER NOT NULL,
         key_id TEXT NOT NULL, locked BLOB NOT NULL)""",
    "CREATE TRIGGER ballot_box_no_delete BEFORE DELETE ON ballot_box BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE INDEX event_rating ON event (at) WHERE kind IN ('rate', 'count_ballots')",
)


def _ballots(database: peewee.SqliteDatabase, _: SqliteMigrator) -> None:
    for statement in _BALLOTS:
        database.execute_sql(statement)


_DECISIONS = (
    # ``fields`` is a JSON list of what the decision set; empty where it said everything of the procedure.
    "ALTER TABLE procedure_version ADD COLUMN decision INTEGER REFERENCES event (seq)",
    "ALTER TABLE procedure_version ADD COLUMN fields TEXT",
    "CREATE INDEX procedure_version_decision ON procedure_version (decision)",
    """CREATE TABLE decision (
         seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq), number TEXT NOT NULL, decided_on TEXT,
         effective_on TEXT NOT NULL, undone_by INTEGER REFERENCES event (seq))""",
    """CREATE TRIGGER procedure_version_no_update BEFORE UPDATE ON procedure_version
         BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    """CREATE TRIGGER procedure_version_no_delete BEFORE DELETE ON procedure_version
         BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    "CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'append-only'); END",
)


def _decisions(database: peewee.SqliteDatabase, _: SqliteMigrator) -> None:
    for statement in _DECISIONS:
        database.execute_sql(statement)


def _proposals(database: peewee.SqliteDatabase, _: SqliteMigrator) -> None:
    database.execute_sql("CREATE INDEX event_propose ON event (at) WHERE kind IN ('propose')")


_POSTINGS = (
    # What a version of a sheet says, kept once when it is first posted.
    "CREATE TABLE sheet_content (sha256 TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, content TEXT NOT NULL)",
    "CREATE INDEX sheet_content_name ON sheet_content (name)",
    """CREATE TABLE posted_sheet (
         id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL,
         sha256 TEXT NOT NULL REFERENCES sheet_content (sha256), size TEXT NOT NULL, board TEXT NOT NULL,
         slot TEXT NOT NULL, posted_at TEXT NOT NULL, clerk TEXT NOT NULL CHECK (clerk <> ''),
         posted_by INTEGER NOT NULL REFERENCES event (seq), down_at TEXT,
         down_by INTEGER REFERENCES event (seq), undone INTEGER NOT NULL)""",
    "CREATE INDEX posted_sheet_posted_by ON posted_sheet (posted_by)",
    "CREATE INDEX posted_sheet_down_by ON posted_sheet (down_by)",
    """CREATE TRIGGER sheet_content_no_update BEFORE UPDATE ON sheet_content
         BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    """CREATE TRIGGER sheet_content_no_delete BEFORE DELETE ON sheet_content
         BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    """CREATE TRIGGER posted_sheet_no_delete BEFORE DELETE ON posted_sheet
         BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    "CREATE INDEX event_posting ON event (at) WHERE kind IN ('post_sheets', 'take_down', 'undo_posting')",
    "CREATE INDEX event_illustrate ON event (at) WHERE kind IN ('illustrate')",
)


def _postings(database: peewee.SqliteDatabase, _: SqliteMigrator) -> None:
    for statement in _POSTINGS:
        database.execute_sql(statement)


def _returns(database: peewee.SqliteDatabase, _: SqliteMigrator) -> None:
    # What may happen to a dossier long after it has ended.
    database.execute_sql("CREATE INDEX event_return ON event (at) WHERE kind IN ('hand_over', 'fee_paid')")


_OUTBOX = (
    # The report of a closed day as it goes up, made once: neither a new name of the unit nor a new program changes it.
    "CREATE TABLE day_report (seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq), content BLOB NOT NULL)",
    # What the hub said and signed, byte for byte; ``said_at`` by its clock, ``read_at`` by ours.
    """CREATE TABLE acknowledgement (
         id INTEGER NOT NULL PRIMARY KEY, said_at TEXT NOT NULL, read_at TEXT NOT NULL, carrier TEXT NOT NULL,
         sha256 TEXT NOT NULL, content BLOB NOT NULL)""",
    "CREATE UNIQUE INDEX acknowledgement_sha256 ON acknowledgement (sha256)",
    # ``rest`` is the state to which a row goes back when nothing came of sending it.
    """CREATE TABLE outbox (
         seq INTEGER NOT NULL PRIMARY KEY REFERENCES day_report (seq), day TEXT NOT NULL, revision INTEGER NOT NULL,
         code TEXT NOT NULL, sha256 TEXT NOT NULL, received INTEGER NOT NULL, resolved INTEGER NOT NULL,
         overdue INTEGER NOT NULL, state TEXT NOT NULL, rest TEXT NOT NULL, reason TEXT NOT NULL,
         changed_at TEXT NOT NULL, attempts INTEGER NOT NULL, tries TEXT NOT NULL, next_try_at TEXT,
         acknowledgement INTEGER REFERENCES acknowledgement (id), standing TEXT)""",
    "CREATE UNIQUE INDEX outbox_day_revision ON outbox (day, revision)",
    """CREATE TRIGGER outbox_no_other_report BEFORE UPDATE OF
         seq, day, revision, code, sha256, received, resolved, overdue ON outbox
         BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    "CREATE TRIGGER outbox_no_delete BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    # What is known of the way to the hub; the machine's own observations, in one row.
    """CREATE TABLE line (
         id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), offline_since TEXT, reason TEXT NOT NULL,
         failures INTEGER NOT NULL, tried_at TEXT, next_try_at TEXT, batch INTEGER NOT NULL, heard_at TEXT,
         asked TEXT NOT NULL, enrolling TEXT NOT NULL)""",
    "INSERT INTO line (id, reason, failures, batch, asked, enrolling) VALUES (1, '', 0, 1, '', '')",
    *(
        f"""CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}
         BEGIN SELECT RAISE(ABORT, 'append-only'); END"""
        for table in ("day_report", "acknowledgement")
        for act in ("UPDATE", "DELETE")
    ),
)


def _outbox(database: peewee.SqliteDatabase, _: SqliteMigrator) -> None:
    for statement in _OUTBOX:
        database.execute_sql(statement)


#: What everybody could do before there were roles, written out for those who were there then.
_EVERY_WORK = '["reception","processing","lead","administer"]'

_PEOPLE = (
    "ALTER TABLE person ADD COLUMN roles TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE person ADD COLUMN fields TEXT NOT NULL DEFAULT '[]'",
    f"UPDATE person SET roles = '{_EVERY_WORK}'",
    # Where the machine keeps what a person proves himself with; that it was changed, and by whom, is an event.
    """CREATE TABLE credential (
         person TEXT NOT NULL PRIMARY KEY REFERENCES person (short_name), hash TEXT NOT NULL, set_at TEXT NOT NULL,
         must_change INTEGER NOT NULL, failures INTEGER NOT NULL, wait_until TEXT)""",
    """CREATE TABLE recovery_code (
         id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), hash TEXT NOT NULL, made_at TEXT NOT NULL,
         failures INTEGER NOT NULL, wait_until TEXT)""",
    "CREATE INDEX event_people ON event (at) WHERE kind IN"
    " ('add_person', 'change_person', 'set_password', 'reset_password', 'make_recovery_code', 'use_recovery_code')",
)


def _people(database: peewee.SqliteDatabase, _: SqliteMigrator) -> None:
    for statement in _PEOPLE:
        database.execute_sql(statement)


def _access(database: peewee.SqliteDatabase, _: SqliteMigrator) -> None:
    database.execute_sql(
        "CREATE INDEX event_access ON event (at) WHERE kind IN"
        " ('view', 'search', 'reveal', 'export', 'sign_in', 'fail_sign_in')"
    )


_OLD_BOOKS = (
    # Last year's book as it was written elsewhere: no dossier of this register, in no figure of it.
    """CREATE TABLE old_entry (
         id INTEGER NOT NULL PRIMARY KEY, imported_by INTEGER NOT NULL REFERENCES event (seq),
         row INTEGER NOT NULL CHECK (row > 0), year INTEGER NOT NULL, entry_no TEXT NOT NULL, code TEXT NOT NULL,
         applicant TEXT NOT NULL CHECK (applicant <> ''), id_number TEXT NOT NULL, address TEXT NOT NULL,
         phone TEXT NOT NULL, procedure_name TEXT NOT NULL, received_on TEXT NOT NULL, due_on TEXT, finished_on TEXT,
         handed_over_on TEXT, result TEXT NOT NULL, note TEXT NOT NULL, sha256 TEXT NOT NULL, search TEXT NOT NULL)""",
    "CREATE INDEX old_entry_imported_by ON old_entry (imported_by)",
    "CREATE INDEX old_entry_year ON old_entry (year)",
    "CREATE UNIQUE INDEX old_entry_sha256 ON old_entry (sha256)",
    """CREATE VIRTUAL TABLE old_entry_search USING fts5 (
         search, content='old_entry', content_rowid='id', prefix='1 2 3', detail='full',
         tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER old_entry_search_insert AFTER INSERT ON old_entry BEGIN
         INSERT INTO old_entry_search (rowid, search) VALUES (new.id, new.search); END""",
    """CREATE TRIGGER old_entry_search_delete AFTER DELETE ON old_entry BEGIN
         INSERT INTO old_entry_search (old_entry_search, rowid, search) VALUES ('delete', old.id, old.search); END""",
    """CREATE TRIGGER old_entry_no_update BEFORE UPDATE ON old_entry
         BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
)


def _old_books(database: peewee.SqliteDatabase, _: SqliteMigrator) -> None:
    for statement in _OLD_BOOKS:
        database.execute_sql(statement)


_OLD_BOOKS_TAKEN_BACK = (
    # A row is void while an event says so: its import was taken back, or a later import has it corrected.
    """CREATE TABLE old_entry_void (
         entry INTEGER NOT NULL REFERENCES old_entry (id), by INTEGER NOT NULL REFERENCES event (seq),
         PRIMARY KEY (entry, by)) WITHOUT ROWID""",
    "CREATE INDEX old_entry_void_by ON old_entry_void (by)",
    # What was taken back may be brought in again.
    "DROP INDEX old_entry_sha256",
    "CREATE INDEX old_entry_sha256 ON old_entry (sha256)",
    "CREATE INDEX old_entry_code ON old_entry (code) WHERE code <> ''",
    "CREATE INDEX old_entry_place ON old_entry (entry_no, received_on) WHERE code = ''",
    "CREATE INDEX event_book ON event (at) WHERE kind IN ('import_book', 'undo_import', 'destroy')",
)


def _old_books_taken_back(database: peewee.SqliteDatabase, _: SqliteMigrator) -> None:
    for statement in _OLD_BOOKS_TAKEN_BACK:
        database.execute_sql(statement)


STEPS: tuple[tuple[str, Step], ...] = (
    ("0001_register", _first),
    ("0002_working_lists", _working_lists),
    ("0003_slips", _slips),
    ("0004_ballots", _ballots),
    ("0005_decisions", _decisions),
    ("0006_proposals", _proposals),
    ("0007_postings", _postings),
    ("0008_returns", _returns),
    ("0009_outbox", _outbox),
    ("0010_people", _people),
    ("0011_access", _access),
    ("0012_old_books", _old_books),
    ("0013_old_books_taken_back", _old_books_taken_back),
)
LATEST = len(STEPS)


def pending(database: peewee.SqliteDatabase, steps: tuple[tuple[str, Step], ...] = STEPS) -> list[str]:
    """Names of the steps that this file has not seen."""
    done = database.execute_sql("PRAGMA user_version").fetchone()[0]
    return [name for name, _ in steps[done:]]


def apply(database: peewee.SqliteDatabase, now: datetime, steps: tuple[tuple[str, Step], ...] = STEPS) -> None:
    """Run every pending step in order; each is atomic with the record that it ran.

    Inside ``migration_context`` foreign keys are off: a table rebuilt in a plain transaction
    silently loses its children (experiment 1).
    """
    from playhouse.migrate import SqliteMigrator  # its drivers for other databases cost start-up; migrating is rare

    migrator = SqliteMigrator(database)
    done = database.execute_sql("PRAGMA user_version").fetchone()[0]
    for number, (name, step) in enumerate(steps[done:], start=done + 1):
        with migrator.migration_context():
            database.execute_sql(
                "CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY, applied_at TEXT NOT NULL)"
            )
            step(database, migrator)
            database.execute_sql("INSERT INTO migration (name, applied_at) VALUES (?, ?)", (name, now.isoformat()))
            database.execute_sql(f"PRAGMA user_version = {number}")
