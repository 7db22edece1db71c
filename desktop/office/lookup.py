"""Reading the register for the screens and the command line; changes nothing.

Lists and searches have what is of the fields of ``clerk``, the person who asks (``rights.reach``).
"""

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from db import days, dossiers, events
from db.connection import Register
from db.records import DossierRow
from db.vocabulary import EventKind, ResultBy
from desktop.errors import UserError
from desktop.office import rights
from desktop.rules.text import fold

if TYPE_CHECKING:
    from db.records import DossierDetail, EventRow, KnownPerson
    from desktop.rules.deadlines import Promise

#: The date and number of a dossier code, typed without the unit in front.
_CODE_TAIL = r"\d{6}-\d{1,7}"
#: What stands in place of a name that is not for whoever looks.
OTHER_FIELD = "(lĩnh vực khác)"


class DayList(StrEnum):
    """What a day at the counter is told by."""

    RECEIVED = "received"
    HANDED_OVER = "handed_over"
    AT_ONCE = "at_once"
    NOT_PRINTED = "not_printed"


def search_key(form: dict, *codes: str | None) -> str:
    """Folded words under which a dossier is found: codes, names, numbers and their last digits."""
    person, principal = form["applicant"], form["principal"] or {}
    numbers = [person["id_number"], re.sub(r"\D", "", person["phone"]), principal.get("id_number", "")]
    tails = [number[-length:] for number in numbers if len(number) > 6 for length in (4, 6)]
    names = [person["name"], person["organisation"], principal.get("name", "")]
    return fold(" ".join(part for part in (*codes, *names, *numbers, *tails) if part))


def words(text: str) -> list[str]:
    """What was typed, as the words the index knows; digits typed in groups are one number."""
    from desktop.rules import seal

    scanned = seal.read(text)
    folded = fold(scanned.code if scanned else text)
    if not scanned and re.fullmatch(r"[\d .+-]+", folded) and not re.fullmatch(_CODE_TAIL, folded):
        joined = re.sub(r"\D", "", folded)
        return [joined] if joined else []
    return re.findall(r"[^\W_]+", folded)


def find(book: Register, text: str, *, limit: int = 20, clerk: str | None = None) -> tuple[DossierRow, ...]:
    """Dossiers by code, name, id number or phone, without marks, newest first; a scanned receipt works too."""
    return page(book, text=text, limit=limit, clerk=clerk) if words(text) else ()


def page(
    book: Register, *, text: str = "", limit: int = 50, offset: int = 0, clerk: str | None = None
) -> tuple[DossierRow, ...]:
    """One page of all dossiers, or of those that ``text`` finds."""
    return tuple(dossiers.page(book, words(text), limit=limit, offset=offset, reach=rights.reach(book, clerk)))


def count(book: Register, text: str = "", *, clerk: str | None = None) -> int:
    """How many dossiers there are, or match (counted up to a thousand)."""
    return dossiers.count(book, words(text), rights.reach(book, clerk))


def elsewhere(book: Register, text: str, *, clerk: str | None = None) -> str:
    """Why a code that was typed whole or scanned finds nothing: whose field its dossier is; else empty."""
    from desktop.rules import seal

    scanned = seal.read(text)
    code = (scanned.code if scanned else text).strip().upper()
    held = dossiers.by_code(book, code) if code.isascii() else None
    return rights.elsewhere(book, clerk, held.procedure) if held else ""


def veiled(book: Register, rows: Iterable[DossierRow], *, clerk: str | None) -> tuple[DossierRow, ...]:
    """Rows behind an official figure, which stays whole: those of other fields without who brought them."""
    reach = rights.reach(book, clerk)
    if reach is None:
        return tuple(rows)
    return tuple(
        row if row.procedure in reach else row._replace(applicant=OTHER_FIELD, id_number="", phone="") for row in rows
    )


def day_counts(book: Register, on: date, *, clerk: str | None = None) -> dict[DayList, int]:
    """How many dossiers a day is told by; at once means received and handed over that day."""
    return {DayList(name): number for name, number in days.counts(book, on, rights.reach(book, clerk)).items()}


def slips_given(book: Register, on: date) -> int:
    """How many slips a day gave that still hold."""
    return days.slips(book, on)


def day_rows(
    book: Register, name: DayList, on: date, *, limit: int | None, offset: int = 0, clerk: str | None = None
) -> tuple[DossierRow, ...]:
    """One page of what a count of the day counts, received last at the top; ``limit`` None: all."""
    most, reach = -1 if limit is None else limit, rights.reach(book, clerk)
    return tuple(days.rows(book, name, on, limit=most, offset=offset, reach=reach))


def row(book: Register, code: str) -> DossierRow:
    """One dossier by its temporary or official code; UserError ``unknown_dossier``."""
    found = dossiers.by_code(book, code.strip().upper()) if code.isascii() else None
    if found is None:
        raise UserError("unknown_dossier", f"Không có hồ sơ mã “{code[:60]}” trong sổ này.", dossier=code[:60])
    return found


def dossier(book: Register, code: str) -> "DossierDetail":
    """A dossier with its events, papers and the explanation of its promise."""
    from db import issued
    from db.records import DossierDetail

    found = row(book, code)
    chain = events.of_dossier(book, found.code)
    payloads = [json.loads(event.payload) for event in chain]
    explanations = [payload["explanation"] for payload in payloads if "explanation" in payload]
    return DossierDetail(
        row=found,
        form=next(payload["form"] for payload in reversed(payloads) if "form" in payload),
        explanation=tuple(explanations[-1]),
        result_by=ResultBy(payloads[0]["form"]["result_by"]),
        events=tuple(_event(event) for event in chain),
        documents=tuple(issued.of_dossier(book, found.code)),
    )


def known_person(book: Register, id_number: str, *, clerk: str | None = None) -> "KnownPerson | None":
    """What the latest dossier of this id number says of its person."""
    from db.records import KnownPerson

    latest = dossiers.latest_of_person(book, id_number, rights.reach(book, clerk)) if id_number else None
    if latest is None:
        return None
    person = dossier(book, latest.code).form["applicant"]
    del person["organisation"]
    return KnownPerson(**person, last_on=latest.received_at.date())


def told(promise: "Promise") -> list[dict]:
    """The explanation of a promise as events keep it and screens read it."""
    return [step.as_json() for step in promise.steps]


def is_empty(book: Register) -> bool:
    """Whether no dossier was ever registered here."""
    return not dossiers.page(book, [], limit=1, offset=0)


def _event(event: events.StoredEvent) -> "EventRow":
    from db.records import EventRow

    payload = json.loads(event.payload)
    return EventRow(
        event.seq,
        EventKind(event.kind),
        datetime.fromisoformat(event.at),
        event.clerk,
        payload.get("facts", {}).get("note") or payload.get("form", {}).get("note", ""),
        event.hash,
        payload,
    )
