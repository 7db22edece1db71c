"""What must hold of a register after any death: nothing acknowledged is lost, nothing printed is unknown, all is whole.

``Said`` is what the workers acknowledged; ``wrong`` opens the folder as the program does and names every breach.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from db import backup, credentials, numbers
from db.connection import Register
from db.errors import RegisterProblem
from desktop.errors import UserError
from desktop.office import (
    backup_standing,
    backups,
    checking,
    drafts,
    opening,
    people,
    retention,
    setting_up,
    signing_in,
)
from desktop.office.setting_up import Part, State
from desktop.rules import passwords
from desktop.rules.backup_keys import read_code
from desktop.rules.retention import Kind
from tests.power.desk import ANYTHING, CODE, STATION, gave_way
from tests.power.said import Said

#: Numbers that are given once: the table, what they count within, and the number.
_SERIES = (
    ("dossier", "unit_code || received_on", "day_number"),
    ("dossier", "book_year || book_no", "entry_no"),
    ("issued_document", "kind || year", "number"),
)
#: Each number with what it was given to; a dossier is known by its first event.
_BEGUN = "(SELECT hash FROM event WHERE event.dossier = dossier.code ORDER BY seq LIMIT 1) FROM dossier"
_GIVEN = (
    f"SELECT dossier.code, {_BEGUN}",
    f"SELECT 'entry ' || book_year || book_no || '/' || entry_no, {_BEGUN}",
    "SELECT kind || year || '/' || number, content_sha256 FROM issued_document",
)
_EXPORTS = "SELECT json_extract(payload, '$.sha256') FROM event WHERE kind = 'export'"


def wrong(home: Path, said: Said) -> list[str]:
    """Every breach, in a few words that begin with its kind."""
    try:
        with opening.open_register(home, now=said.now) as book:
            found = list(_went_back(home, said))
            return found + [f"bug: {bug}" for bug in said.bugs] + list(_breaches(book, said))
    except RegisterProblem as problem:
        return [f"lost: the register does not open ({problem.code})"]


def _went_back(home: Path, said: Said) -> Iterator[str]:
    """Death fell between the swap and its acknowledgement; the register that gave way has all that it had."""
    there = gave_way(home)
    if said.restoring and len(there) > said.kept:
        stored = _read(there[-1], "SELECT seq, hash FROM event")
        gone = [seq for seq, head in said.heads.items() if stored.get(seq) != head]
        yield from (f"lost: event {seq} of what gave way" for seq in gone)
        said.go_back()


def _breaches(book: Register, said: Said) -> Iterator[str]:
    run = book.database.execute_sql
    if (answer := run("PRAGMA integrity_check").fetchone()[0]) != "ok":
        yield f"broken: {answer}"
    yield from (f"chain: {fault}" for fault in checking.verify_chain(book).faults)
    stored = dict(run("SELECT seq, hash FROM event").fetchall())
    yield from (f"lost: event {seq}" for seq, head in said.heads.items() if stored.get(seq) != head)
    codes = {row[0] for row in run("SELECT code FROM dossier")}
    yield from (f"printed and not stored: {name}" for code, name in said.papers if code not in codes)
    kept = drafts.load(book, STATION)
    if said.draft and (kept is None or kept.state["step"] < said.draft):
        yield f"lost: draft {said.draft}"
    yield from _number_breaches(book)
    yield from _given_again(book)
    yield from _backup_breaches(book, said)
    yield from _secret_breaches(book, said)
    yield from _setup_breaches(book, said)
    yield from _old_book_breaches(book)
    yield from _export_breaches(book)


def _number_breaches(book: Register) -> Iterator[str]:
    """Each once, and without a gap but where a restore made one."""
    run = book.database.execute_sql
    told = [json.loads(row[0]) for row in run("SELECT payload FROM event WHERE kind = 'change_setting'")]
    begun = {n for one in told if one["name"] == numbers.SETTING for n in one["value"]["floors"].values()}
    for table, within, number in _SERIES:
        last: dict[str, int] = {}
        for series, given in run(f"SELECT {within}, {number} FROM {table} ORDER BY 1, 2"):
            before = last.get(series, 0)
            if given != before + 1 and (given <= before or given - 1 not in begun):
                yield f"number: {table} {series} {given} after {before}"
            last[series] = given


def _given_again(book: Register) -> Iterator[str]:
    """No number that a register gave before it gave way stands for something else now."""
    for sql in _GIVEN:
        now = dict(book.database.execute_sql(sql).fetchall())
        for old in gave_way(book.home):
            for name, what in _read(old, sql).items():
                if now.get(name, what) != what:
                    yield f"number given again: {name}"


def _read(home: Path, sql: str) -> dict:
    with closing(sqlite3.connect(home / "register.sqlite3")) as file:
        return dict(file.execute(sql).fetchall())


def _backup_breaches(book: Register, said: Said) -> Iterator[str]:
    there = backup.whole(book.home / "backups")
    if said.backup and (not there or there[-1].name < said.backup):
        yield f"lost: backup {said.backup}"
    path, key = backup_standing.standing(book).path, backup_standing.file_key(book)
    if path and key and path.name >= said.backup:
        try:
            backups.read_back(path, key)
        except RegisterProblem as problem:
            yield f"broken: backup {path.name} ({problem.code})"


def _secret_breaches(book: Register, said: Said) -> Iterator[str]:
    """What was acknowledged opens, what it replaced does not; of what was being set all holds or nothing."""
    new = {name: _opens(book, name, secret) for name, secret in said.trying.items() if secret != ANYTHING}
    old = {name: _opens(book, name, said.secrets[name]) for name in said.trying if name in said.secrets}
    if len({*new.values(), *(not opens for opens in old.values())}) > 1:
        yield f"lost: of {', '.join(said.trying)} a part was changed"
    if any(new.values()) or not all(old.values()):
        for name, secret in said.trying.items():
            said.hold(name, secret)
            if secret == ANYTHING:  # it holds, and death took it before anybody heard it
                del said.secrets[name]
    said.trying = {}
    at_work = {one.short_name for one in people.clerks(book)}
    for name, secret in said.secrets.items():
        if not _opens(book, name, secret):
            yield f"lost: the secret of {name or 'the sheet'} opens nothing"
        elif name in at_work:
            try:
                signing_in.sign_in(book, name, secret, now=said.now, through=signing_in.VERB)
            except UserError as refusal:
                yield f"lost: {name} is not let in ({refusal.code})"
    for name, secret in said.gone.items():
        if _opens(book, name, secret):
            yield f"old secret: {name or 'the sheet'}"


def _opens(book: Register, name: str, secret: str) -> bool:
    kept = credentials.recovery(book) if name == CODE else credentials.of(book, name)
    return passwords.verifies(kept.hash if kept else None, (read_code(secret) or "") if name == CODE else secret)


def _setup_breaches(book: Register, said: Said) -> Iterator[str]:
    shown = setting_up.current(book)
    if shown not in said.step:
        yield f"lost: {shown} is shown, and not step {said.step}"
    said.step = (shown,)
    if said.settled:
        still_open = {step.part for step in setting_up.steps(book) if step.state is State.OPEN}
        yield from (f"lost: step {part} is open again" for part in map(Part, said.settled) if part in still_open)


def _old_book_breaches(book: Register) -> Iterator[str]:
    """Nothing in a counter's lives destroys these rows, so each event has all of its own."""
    run = book.database.execute_sql
    told = dict(run("SELECT seq, json_extract(payload, '$.rows') FROM event WHERE kind = 'import_book'").fetchall())
    there = dict(run("SELECT imported_by, count(*) FROM old_entry GROUP BY 1").fetchall())
    yield from (f"half: old book {seq}" for seq in told.keys() | there.keys() if told.get(seq) != there.get(seq))


def _export_breaches(book: Register) -> Iterator[str]:
    """Whatever file with names lies there, a chain says that it left."""
    told = {row[0] for row in book.database.execute_sql(_EXPORTS)}
    for old in gave_way(book.home):
        told |= _read(old, f"SELECT sha, 1 FROM ({_EXPORTS.replace('FROM', 'AS sha FROM', 1)})").keys()
    for path in book.home.parent.glob("nhat-ky-*.csv"):
        if hashlib.sha256(path.read_bytes()).hexdigest() not in told:
            yield f"left and not written down: {path.name}"


def files_wrong(home: Path, said: Said) -> list[str]:
    """After a kill, which loses nothing that was written: every announced file is there, and every file is whole."""
    files = {path.name: path for path in (home / "documents").rglob("*.pdf")}
    missing = [f"paper gone: {name}" for name in said.files if name not in files]
    for path in files.values():
        with suppress(FileNotFoundError):
            if "dinh-kem" not in path.parts and not path.read_bytes().rstrip().endswith(b"%%EOF"):
                missing.append(f"paper half: {path.name}")
    with opening.open_register(home, now=said.now) as book:
        return missing + list(_destroyed_wrong(book, said, files.keys()))


def _destroyed_wrong(book: Register, said: Said, files: Iterable[str]) -> Iterator[str]:
    """Nothing goes without its event; after an acknowledged one nothing stays but what is due again."""
    told = [json.loads(row[0])["kinds"] for row in book.database.execute_sql(
        "SELECT payload FROM event WHERE kind = 'destroy'")]  # fmt: skip
    counted = sum(one[kind]["count"] for one in told for kind in ("lists", "papers") if kind in one)
    left = said.planted & set(files)
    if len(said.planted) - len(left) > counted:
        yield f"destroyed without an event: {len(said.planted) - len(left)}, told {counted}"
    due = {one.kind: one.count for one in retention.due(book, now=said.now)}
    if len(left) > due[Kind.LISTS] + due[Kind.PAPERS]:
        yield f"event without destruction: {len(left)} stay"
    yield from (f"no protocol: {name}" for name in said.destroyed.values() if name not in files)
    retention.missing_protocols(book)
    events = book.database.execute_sql("SELECT seq FROM event WHERE kind = 'destroy'")
    drawn = {path.stem for path in book.documents.rglob(f"{retention.PROTOCOL}-*.pdf")}
    yield from (f"no protocol: event {seq}" for (seq,) in events if f"{retention.PROTOCOL}-{seq}" not in drawn)
