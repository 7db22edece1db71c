"""What the dossier table says, derived from events and from nothing else.

The acts write through these functions and ``faults`` rebuilds the table from the chain with the same
ones, so that status and dates can be recomputed at any time. The search key is the office's.
"""

import json
from collections.abc import Iterator

from db import events
from db.connection import Register
from db.vocabulary import DocumentKind, DossierStatus, EventKind, PrintOutcome


def received(payload: dict, clerk: str) -> dict:
    """Columns of a new dossier from its ``register`` event."""
    form = payload["form"]
    return {
        "code": payload["code"],
        "official_code": None,
        "unit_code": payload["unit_code"],
        "received_on": payload["received_at"][:10],
        "day_number": payload["day_number"],
        "book_year": payload["book_year"],
        "book_no": payload["book_no"],
        "entry_no": payload["entry_no"],
        "procedure": payload["procedure"],
        "procedure_name": payload["procedure_name"],
        "version_id": payload["version_id"],
        "channel": form["channel"],
        **person_columns(form),
        "clerk": clerk,
        "received_at": payload["received_at"],
        "due_at": payload["due_at"],
        "finished_at": None,
        "handed_over_at": None,
        "status": int(DossierStatus.RECEIVED),
        "printed": 0,
        "print_failed": False,
        "holder": "",
        "paused_since": None,
        "apologised": False,
    }


def person_columns(form: dict) -> dict:
    """The columns that a correction of the form may change."""
    person = form["applicant"]
    return {
        "result_by": form["result_by"],
        "applicant": person["name"] or person["organisation"],
        "id_number": person["id_number"],
        "phone": person["phone"],
    }


def changed(kind: str, payload: dict, row: dict) -> dict:
    """Columns that a later event changes, given the row before it.

    Acts of the life cycle carry what they led to in ``after``, sealed with the rest of the event.
    """
    if kind == EventKind.ATTACH_OFFICIAL_CODE:
        return {"official_code": payload["official_code"]}
    if kind == EventKind.PRINT:
        if payload.get("kind", DocumentKind.RECEIPT) != DocumentKind.RECEIPT:
            return {}
        sent = payload["outcome"] == PrintOutcome.SENT
        return {"printed": row["printed"] + sent, "print_failed": not sent}
    return payload.get("after", {})


def rebuilt(book: Register) -> Iterator[dict]:
    """Every dossier row as the chain alone would make it, in order of registration."""
    rows: dict[str, dict] = {}
    for event in events.walk(book):
        if event.dossier is None:
            continue
        payload = json.loads(event.payload)
        if event.kind == EventKind.REGISTER:
            rows[event.dossier] = received(payload, event.clerk) | {"request_key": event.key}
        elif event.dossier in rows:
            rows[event.dossier] |= changed(event.kind, payload, rows[event.dossier])
    yield from rows.values()


def faults(book: Register) -> Iterator[str]:
    """Codes of the dossiers whose row differs from what the events say."""
    from_events = {row["code"]: row for row in rebuilt(book)}
    columns = list(next(iter(from_events.values()), {"code": None}))
    names = ", ".join(columns)
    stored: dict[str, dict] = {}
    for values in book.database.execute_sql(f"SELECT {names} FROM dossier"):
        row = dict(zip(columns, values, strict=True))
        stored[row["code"]] = row
    for code in sorted(from_events.keys() | stored.keys()):
        if from_events.get(code) != stored.get(code):
            yield code
