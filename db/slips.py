"""Slips given at the counter before any dossier existed: one row each, derived from events and from nothing else.

The paper itself is frozen in ``issued_document``. A row changes only by a later event: a print, a dossier that
followed, the act taken back; ``faults`` rebuilds the table from the chain. The search key is the office's.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from db import events, statements
from db import reach as reaching
from db.connection import Register
from db.reach import Reach
from db.records import SlipRow
from db.vocabulary import DocumentKind, EventKind, PrintOutcome

_NAMES = [field.name for field in fields(SlipRow)]
#: In the order of the record.
_SELECT = """
SELECT s.id, d.id, s.kind, s.label, s.given_at, s.clerk, s.procedure, s.procedure_name, s.applicant, s.id_number,
       s.phone, s.told, s.form_key, s.printed, s.print_failed, s.dossier, s.taken_back
FROM slip s JOIN issued_document d ON d.kind = s.kind AND d.year = s.year AND d.number = s.number
"""


def given(event: events.StoredEvent, payload: dict) -> dict[str, Any]:
    """Columns of a new slip from its ``give_slip`` event."""
    paper, form = payload["paper"], payload["form"]
    person = form["applicant"]
    return {
        "id": event.seq,
        "kind": paper["kind"],
        "year": int(event.at[:4]),
        "number": paper["number"],
        "label": payload["label"],
        "given_at": event.at,
        "clerk": event.clerk,
        "procedure": payload["procedure"],
        "procedure_name": payload["procedure_name"],
        "applicant": person["name"] or person["organisation"],
        "id_number": person["id_number"],
        "phone": person["phone"],
        "told": "; ".join(payload["items"]) or payload["reason"],
        "form_key": form["key"],
        "printed": 0,
        "print_failed": False,
        "dossier": None,
        "taken_back": False,
    }


def insert(book: Register, event: events.StoredEvent, payload: dict, *, search_key: str) -> None:
    """Store the slip of a ``give_slip`` event; inside ``Register.write``."""
    statements.insert(book, "slip", given(event, payload) | {"search": search_key})


def change(book: Register, event: events.StoredEvent, payload: dict) -> None:
    """Bring up to date the rows of the slips that a later event names."""
    for slip in _named(event, payload):
        found = book.database.execute_sql("SELECT printed FROM slip WHERE id = ?", (slip,)).fetchone()
        statements.update(book, "slip", _changed(event, payload, {"printed": found[0]}), id=slip)


def _named(event: events.StoredEvent, payload: dict) -> Sequence[int]:
    """The slips that an event is about."""
    match event.kind:
        case EventKind.PRINT if "slip" in payload:
            return (payload["slip"],)
        case EventKind.REGISTER:
            return payload.get("after_slips", ())
        case EventKind.UNDO if event.dossier is None:
            return (payload["facts"]["undoes"],)
    return ()


def _changed(event: events.StoredEvent, payload: dict, row: dict) -> dict[str, Any]:
    if event.kind == EventKind.PRINT:
        sent = payload["outcome"] == PrintOutcome.SENT
        return {"printed": row["printed"] + sent, "print_failed": not sent}
    return {"dossier": event.dossier} if event.kind == EventKind.REGISTER else {"taken_back": True}


def by_id(book: Register, slip: int) -> SlipRow | None:
    """The slip of this event."""
    return next(_rows(book, "WHERE s.id = ?", slip), None)


def by_number(book: Register, kind: DocumentKind, year: int, number: int) -> SlipRow | None:
    """The slip with this number of its form's series; None also where a dossier has that number."""
    return next(_rows(book, "WHERE s.kind = ? AND s.year = ? AND s.number = ?", str(kind), year, number), None)


def by_document(book: Register, document: int) -> SlipRow | None:
    """The slip whose issued paper this is."""
    return next(_rows(book, "WHERE d.id = ?", document), None)


def page(book: Register, words: Sequence[str], *, limit: int, offset: int, reach: Reach = None) -> list[SlipRow]:
    """One page of all slips within ``reach``, or of those that match the folded words, newest first."""
    where, facts = _matching(words, reach)
    which = f"{where} ORDER BY s.id DESC LIMIT :limit OFFSET :offset"
    return list(_rows(book, which, **facts, limit=limit, offset=offset))


def count(book: Register, words: Sequence[str], reach: Reach = None) -> int:
    """How many slips there are within ``reach``, or match."""
    where, facts = _matching(words, reach)
    return book.database.execute_sql(f"SELECT count(*) FROM slip s {where}", facts).fetchone()[0]


def given_between(book: Register, first: date, last: date) -> list[tuple[str | None, str, str]]:
    """``(dossier that followed, kind, payload of its event)`` of the slips of these days not taken back, in order."""
    return list(
        book.database.execute_sql(
            "SELECT s.dossier, s.kind, event.payload FROM slip s JOIN event ON event.seq = s.id"
            " WHERE s.given_at >= ? AND s.given_at < ? AND s.taken_back = 0 ORDER BY s.id",
            (first.isoformat(), f"{last.isoformat()}~"),
        )
    )


def unanswered(book: Register, id_number: str, procedure: str, form_key: str) -> list[SlipRow]:
    """Slips that no dossier has followed yet: of this very form, or of this person for this procedure; oldest first."""
    return list(
        _rows(
            book,
            # The plus keeps SQLite from reading every slip that nobody came back with.
            "WHERE +s.dossier IS NULL AND s.taken_back = 0 AND (s.form_key = ?"
            " OR (s.id_number = ? AND s.procedure = ? AND s.id_number <> '' AND s.procedure <> '')) ORDER BY s.id",
            form_key,
            id_number,
            procedure,
        )
    )


def of_dossier(book: Register, code: str) -> list[SlipRow]:
    """The slips that this dossier followed, oldest first."""
    return list(_rows(book, "WHERE s.dossier = ? ORDER BY s.id", code))


def faults(book: Register) -> Iterator[str]:
    """The numbers of the slips whose row differs from what the events say."""
    said = _rebuilt(book)
    columns = list(next(iter(said.values()), {"id": None, "label": None}))
    names = ", ".join(columns)
    stored: dict[int, dict] = {}
    for values in book.database.execute_sql(f"SELECT {names} FROM slip"):
        row = dict(zip(columns, values, strict=True))
        stored[row["id"]] = row
    for slip in sorted(said.keys() | stored.keys()):
        if said.get(slip) != stored.get(slip):
            yield (said.get(slip) or stored[slip])["label"]


def _rebuilt(book: Register) -> dict[int, dict]:
    """Every row as the chain alone would make it."""
    rows: dict[int, dict] = {}
    for event in events.walk(book):
        payload = json.loads(event.payload)
        if event.kind == EventKind.GIVE_SLIP:
            rows[event.seq] = given(event, payload)
        for slip in _named(event, payload):
            if slip in rows:
                rows[slip] |= _changed(event, payload, rows[slip])
    return rows


def _matching(words: Sequence[str], reach: Reach) -> tuple[str, dict[str, str]]:
    """Every word must begin a word of the search key. Words are letters and digits only (``lookup.words``)."""
    tests = "".join(f" AND ' ' || s.search LIKE :word{nth}" for nth in range(len(words)))
    sought = {f"word{nth}": f"% {word}%" for nth, word in enumerate(words)}
    return f"WHERE 1{tests}{reaching.narrowed(reach, 's.procedure')}", sought | reaching.facts(reach)


def _rows(book: Register, where: str, *facts: Any, **named: Any) -> Iterator[SlipRow]:
    for row in book.database.execute_sql(f"{_SELECT} {where}", named or facts):
        values = dict(zip(_NAMES, row, strict=True))
        values["kind"] = DocumentKind(values["kind"])
        values["given_at"] = datetime.fromisoformat(values["given_at"])
        values["print_failed"], values["taken_back"] = bool(values["print_failed"]), bool(values["taken_back"])
        yield SlipRow(**values)
