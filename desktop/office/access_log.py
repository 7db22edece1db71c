"""Reading back who looked at whose data, for the lead, the administrator, an inspection, and a report of a breach.

Domain.md 12: a breach is reported within 72 hours, with what was looked at and by whom. Reading changes nothing; what
is taken out as a file is recorded by ``access.exported``.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from db import looks
from db.connection import Register
from db.events import StoredEvent
from db.vocabulary import DocumentKind, EventKind
from desktop import labels
from desktop.errors import UserError
from desktop.office import access, letters, lookup, people, rights, settings, table_files
from desktop.office.table_files import Column, Table
from desktop.rules.rights import Deed
from desktop.whole_files import hand_out


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the log. ``about`` is what was looked at, ``dossier`` its code where it is one dossier."""

    seq: int
    at: datetime
    clerk: str
    kind: EventKind
    about: str
    why: str
    dossier: str
    hash: str

    @property
    def id(self) -> int:
        return self.seq


def read(
    book: Register,
    first: date,
    last: date,
    *,
    person: str = "",
    dossier: str = "",
    limit: int | None = None,
    clerk: str | None,
    now: datetime,
) -> tuple[Look, ...]:
    """The looks, exports, prints and sign-ins of these days, both included, newest first, as ``clerk`` may read them.

    ``person`` keeps one short name only, ``dossier`` one code. UserError ``unknown_clerk``, ``unknown_dossier``,
    ``from_after_to``: what nobody can have done must not read as if nobody had. ``limit`` is how many are wanted, all
    of them without it.
    """
    rights.demand(book, clerk, Deed.READ_LOG, now=now)
    return tuple(map(_look, looks.newest(book, _asked(book, first, last, person, dossier), limit)))


def count(
    book: Register,
    first: date,
    last: date,
    *,
    person: str = "",
    dossier: str = "",
    clerk: str | None,
    now: datetime,
) -> int:
    """How many lines ``read`` has without a limit."""
    rights.demand(book, clerk, Deed.READ_LOG, now=now)
    return looks.count(book, _asked(book, first, last, person, dossier))


def _asked(book: Register, first: date, last: date, person: str, dossier: str) -> looks.Asked:
    if last < first:
        raise UserError("from_after_to", "Ngày cuối phải từ ngày đầu trở đi.")
    if person and person != rights.PROGRAM:
        person = people.found(book, person).short_name
    return looks.Asked(first, last, person, lookup.row(book, dossier).code if dossier else "")


def of_dossier(book: Register, code: str, *, clerk: str | None, now: datetime) -> tuple[Look, ...]:
    """Who looked at one dossier, newest first; its prints stand in its own story."""
    rights.demand(book, clerk, Deed.READ_LOG, now=now)
    row = lookup.row(book, code)
    return tuple(map(_look, looks.at_dossier(book, row.code, row.received_at.date())))


@dataclass(frozen=True, slots=True)
class Exported:
    """The log as it was written out: how many lines, and the SHA-256 of the file."""

    rows: int
    sha256: str


def export(
    book: Register,
    path: Path,
    first: date,
    last: date,
    *,
    person: str = "",
    dossier: str = "",
    clerk: str | None,
    now: datetime,
) -> Exported:
    """The lines of ``read`` as .xlsx, .csv or .json by the name of the file; that they leave is written down before.

    UserError ``unknown_format``; EnvironmentProblem where the disk does not take it.
    """
    found = read(book, first, last, person=person, dossier=dossier, clerk=clerk, now=now)
    who = rights.named(book, clerk, now=now).short_name
    data = table_files.made(path, _table(book, found, first, last, clerk=who, now=now), now=now)
    made = Exported(len(found), hashlib.sha256(data).hexdigest())
    days = f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"
    access.exported(book, f"Nhật ký truy cập {days}", count=made.rows, sha256=made.sha256, clerk=who, now=now)
    hand_out(path, data)
    return made


def _table(book: Register, rows: Sequence[Look], first: date, last: date, *, clerk: str, now: datetime) -> Table:
    """Each line with the number and hash of its event, to hold it to the chain."""
    unit = settings.unit(book)
    return Table(
        titles=(
            f"NHẬT KÝ TRUY CẬP DỮ LIỆU CÁ NHÂN – {unit.name}",
            f"Từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}, lập lúc {labels.moment_words(now)}, người lập:"
            f" {letters.full_name(book, clerk)}",
        ),
        columns=_COLUMNS,
        rows=[_row(look) for look in rows],
        records={
            "unit": unit.code,
            "from": first.isoformat(),
            "to": last.isoformat(),
            "made_at": now.isoformat(),
            "rows": [told(look) for look in rows],
        },
    )


def told(look: Look) -> dict[str, Any]:
    """One line as JSON."""
    return {
        "seq": look.seq,
        "at": look.at.isoformat(),
        "clerk": look.clerk,
        "event": str(look.kind),
        "about": look.about,
        "why": look.why,
        "dossier": look.dossier or None,
        "hash": look.hash,
    }


_COLUMNS = (
    Column("Sự kiện", 9),
    Column("Lúc", 20),
    Column("Người làm việc", 16),
    Column("Việc", 28),
    Column("Nội dung", 48),
    Column("Ở đâu, vì sao", 28),
    Column("Mã băm", 66),
)


def _row(look: Look) -> tuple[str | int, ...]:
    words = labels.EVENT_WORDS[look.kind]
    return (look.seq, f"{look.at:%d/%m/%Y %H:%M:%S}", look.clerk, words, look.about, look.why, look.hash)


def _look(event: StoredEvent) -> Look:
    payload = json.loads(event.payload)
    kind = EventKind(event.kind)
    dossier = event.dossier or payload.get("dossier") or ""
    at = datetime.fromisoformat(event.at)
    return Look(event.seq, at, event.clerk, kind, _about(kind, payload, dossier), _why(payload), dossier, event.hash)


def _why(payload: Mapping[str, Any]) -> str:
    clock = payload.get("clock")
    late = f"đồng hồ máy lúc đó chỉ {datetime.fromisoformat(clock):%H:%M %d/%m/%Y}" if clock else ""
    return "; ".join(part for part in (payload.get("why", "") or payload.get("through", ""), late) if part)


def _about(kind: EventKind, payload: Mapping[str, Any], dossier: str) -> str:
    count = f", {labels.count_words(payload['count'])} dòng" if "count" in payload else ""
    match kind:
        case EventKind.PRINT:
            paper = payload.get("kind", str(DocumentKind.RECEIPT))
            known = labels.DOCUMENT_WORDS.get(DocumentKind(paper)) if paper in set(DocumentKind) else ""
            return " – ".join(part for part in (known or paper, dossier, payload["printer"]) if part)
        case EventKind.SEARCH:
            return f"“{payload['text']}”{count}"
        case EventKind.EXPORT:
            seal = f"SHA-256 {payload['sha256'][:16]}…" if "sha256" in payload else ""
            return " – ".join(part for part in (f"{payload['what']} ({payload['count']})", dossier, seal) if part)
        case EventKind.VIEW if "list" in payload:
            return f"{payload['list']}{count}"
        case EventKind.VIEW | EventKind.REVEAL if "old_entry" in payload:
            return f"sổ cũ nhập từ tệp, mục {payload['old_entry']}"
        case EventKind.VIEW if "slip" in payload:
            return f"phiếu {payload['slip']}"
    return dossier
