"""What is kept beside the chain longer than its time, and destroying it with a protocol (domain.md 12.7).

Never touches the chain, frozen papers or files that came with an act. The event is committed first, then files go, then
the protocol is drawn from the event: what a power cut leaves behind is due again, and so is the protocol
(``missing_protocols``). Called by the window's worker and by verbs.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import backup, backup_file, events, folder
from db import retention as stored
from db.connection import Register
from db.errors import RegisterProblem
from db.vocabulary import EventKind
from desktop.changes import Changes
from desktop.documents.pages import Progress
from desktop.errors import UserError
from desktop.office import filing, letters, old_book_trail, rights, settings
from desktop.office.filing import Paper
from desktop.office.reasons import written_reason
from desktop.rules.retention import FOR_EVER, RULES, Kind, last_kept, months_problem

if TYPE_CHECKING:
    from desktop.documents.destruction import Line

MONTHS_SETTING = "retention_months"
PROTOCOL = "bien-ban-huy"
_WHY = "Ghi lý do hủy, ví dụ: hết thời hạn lưu theo quy định."


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is due: a file, or a row that ``drop`` removes; ``on`` is its day, ``digest`` its SHA-256.

    ``of`` is what rows are told together by: there are thousands of an old book.
    """

    name: str
    on: date
    size: int
    digest: str
    path: Path | None = None
    drop: Callable[[], None] | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A kind with how long it is kept and what of it is over that: how many, how large, the oldest day."""

    kind: Kind
    months: int
    count: int
    size: int
    oldest: date | None

    @property
    def id(self) -> Kind:
        return self.kind


@dataclass(frozen=True, slots=True)
class Destroyed:
    """How many of each kind were destroyed, the protocol to be signed, and the number of the event."""

    counts: dict[Kind, int]
    protocol: Paper
    seq: int
    changes: Changes


def months(book: Register) -> dict[Kind, int]:
    """How many months each kind is kept here."""
    said = settings.get(book, MONTHS_SETTING, {})
    return {kind: said.get(str(kind), RULES[kind].months) for kind in Kind}


def set_months(book: Register, kind: Kind, number: int, *, clerk: str | None, now: datetime) -> Changes:
    """Keep a kind for another time; UserError ``bad_months``."""
    if problem := months_problem(kind, number):
        raise UserError(*problem)
    said = settings.get(book, MONTHS_SETTING, {}) | {str(kind): number}
    return settings.change(book, MONTHS_SETTING, said, clerk=clerk, now=now)


def due(book: Register, *, now: datetime) -> tuple[Due, ...]:
    """Every kind, with what of it has been kept longer than its time; reads sizes and no content."""
    kept = months(book)
    return tuple(_due(kind, kept[kind], list(_items(book, kind, now, digests=False))) for kind in Kind)


def _due(kind: Kind, number: int, items: list[Item]) -> Due:
    oldest = min((item.on for item in items), default=None)
    return Due(kind, number, len(items), sum(item.size for item in items), oldest)


def destroy(
    book: Register,
    kinds: Collection[Kind],
    *,
    reason: str,
    clerk: str | None,
    now: datetime,
    progress: Progress | None = None,
) -> Destroyed | None:
    """Destroy what is due of these kinds, and write the protocol; None when ``progress`` stopped it before anything.

    UserError ``needs_reason``, ``nothing_due``.
    """
    why = written_reason(reason, _WHY)
    found: dict[Kind, list[Item]] = {}
    wanted = [kind for kind in Kind if kind in kinds]
    for done, kind in enumerate(wanted):
        if progress and not progress(done, len(wanted)):
            return None
        if items := list(_items(book, kind, now, digests=True)):
            found[kind] = items
    if not found:
        raise UserError("nothing_due", "Không có gì quá thời hạn lưu để hủy.")
    kept = months(book)
    payload = {"reason": why, "kinds": {str(kind): _told(items, kept[kind]) for kind, items in found.items()}}
    with book.write():
        who = rights.acting(book, clerk, EventKind.DESTROY, now=now).short_name
        event = events.append(book, EventKind.DESTROY, payload, at=now, clerk=who, key=events.new_key())
        for drop in (item.drop for items in found.values() for item in items if item.drop is not None):
            drop()
    _remove(item.path for items in found.values() for item in items if item.path is not None)
    paper = _protocol(book, event)
    counts = {kind: len(items) for kind, items in found.items()}
    return Destroyed(counts, paper, event.seq, Changes(old_books=Kind.OLD_ENTRIES in counts))


def missing_protocols(book: Register) -> tuple[Paper, ...]:
    """Protocols whose file is not there, drawn again: a power cut came first, or the register from a backup.

    EnvironmentProblem ``paper_not_stored``.
    """
    found = events.of_kinds(book, *old_book_trail.KINDS, only=EventKind.DESTROY)
    return tuple(_protocol(book, event) for event in found if not _place(book, event).exists())


def _told(items: list[Item], number: int) -> dict[str, Any]:
    """What the event keeps of a kind: its months, numbers, days, every item, and one hash over all of them."""
    days = sorted(item.on for item in items)
    return {
        "months": number,
        "count": len(items),
        "bytes": sum(item.size for item in items),
        "from": days[0].isoformat(),
        "to": days[-1].isoformat(),
        "sha256": _digest_of(items),
        "items": _listed(items),
    }


def _listed(items: list[Item]) -> list[tuple[str, str, str]]:
    """``(name, day, SHA-256)`` of each thing, by days: what proves that just this was destroyed, and names nobody.

    Names are those of files, stations and numbers. Rows of one old book are one thing, under the hash over them.
    """
    told = [(item.name, item.on.isoformat(), item.digest) for item in items if not item.of]
    for of, rows in groupby((item for item in items if item.of), key=attrgetter("of")):
        every = list(rows)
        told.append((f"{of}: {len(every)} dòng", every[0].on.isoformat(), _digest_of(every)))
    return sorted(told, key=itemgetter(1, 0))


def _digest_of(items: list[Item]) -> str:
    return hashlib.sha256("\n".join(sorted(f"{item.digest}  {item.name}" for item in items)).encode()).hexdigest()


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):  # one that cannot be removed today is due again
            path.unlink(missing_ok=True)


def _items(book: Register, kind: Kind, now: datetime, *, digests: bool) -> Iterator[Item]:
    """Whatever of a kind is older than it is kept."""
    number = months(book)[kind]
    if number == FOR_EVER:
        return
    kept = last_kept(now.date(), number)
    for item in _SOURCES[kind](book, digests):
        if item.on < kept:
            yield item


def _drafts(book: Register, _: bool) -> Iterator[Item]:
    for station, on, state in stored.drafts(book):
        data = state.encode()
        yield Item(
            f"nháp của {station}",
            date.fromisoformat(on),
            len(data),
            hashlib.sha256(data).hexdigest(),
            drop=partial(stored.drop_draft, book, station),
        )


def _slips(book: Register, digests: bool) -> Iterator[Item]:
    return _rendered(book, digests, slips=True)


def _papers(book: Register, digests: bool) -> Iterator[Item]:
    return _rendered(book, digests, slips=False)


def _rendered(book: Register, digests: bool, *, slips: bool) -> Iterator[Item]:
    for one in stored.rendered(book):
        path = book.home / one.path
        if one.is_slip is slips and path.is_file():
            yield _file(book, path, date.fromisoformat(one.made_on), digests)


def _lists(book: Register, digests: bool) -> Iterator[Item]:
    """What was drawn from the register for a moment; of the day that ends the month of its folder."""
    known = {one.path for one in stored.rendered(book)}
    for path in sorted(book.documents.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]/*.pdf")):
        name = path.relative_to(book.home).as_posix()
        if name not in known and not path.name.startswith(PROTOCOL):
            year, month = int(path.parent.parent.name), int(path.parent.name)
            if 1 <= month <= 12:
                after = date(year + month // 12, month % 12 + 1, 1)
                yield _file(book, path, after - timedelta(days=1), digests)


def _open_backups(book: Register, digests: bool) -> Iterator[Item]:
    place = book.home / folder.BACKUP_FOLDER
    copies = backup.whole(place)
    for path in copies[:-1]:  # the newest stays, however old: it is all there is
        with suppress(RegisterProblem, OSError):
            if not backup_file.read_head(path).is_sealed:
                yield _file(book, path, backup.made_at(path).date(), digests)


def _old_entries(book: Register, _: bool) -> Iterator[Item]:
    for entry, seq, on, digest in stored.old_entries(book):
        yield Item(
            f"dòng sổ cũ {entry}",
            date.fromisoformat(on),
            0,
            digest,
            drop=partial(stored.drop_old_entry, book, entry),
            of=f"sổ cũ nhập ở sự kiện {seq}",
        )


_SOURCES: dict[Kind, Callable[[Register, bool], Iterator[Item]]] = {
    Kind.DRAFTS: _drafts,
    Kind.SLIPS: _slips,
    Kind.PAPERS: _papers,
    Kind.LISTS: _lists,
    Kind.OPEN_BACKUPS: _open_backups,
    Kind.OLD_ENTRIES: _old_entries,
}


def _file(book: Register, path: Path, on: date, digests: bool) -> Item:
    name = path.relative_to(book.home).as_posix()
    digest = ""
    if digests:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Item(name, on, path.stat().st_size, digest, path)


def _protocol(book: Register, event: events.StoredEvent) -> Paper:
    """The paper of an event, from what the event says alone."""
    from desktop.documents import destruction

    unit, told, at = settings.unit(book), json.loads(event.payload), datetime.fromisoformat(event.at)
    content = destruction.Protocol(
        superior_lines=unit.superior_lines,
        centre_lines=unit.centre_lines,
        place=unit.place,
        made_at=at,
        event=event.seq,
        person=letters.full_name(book, event.clerk),
        reason=told["reason"],
        kinds=tuple(_line(book, kind, told["kinds"][kind]) for kind in Kind if kind in told["kinds"]),
        practice=book.practice,
    )
    return filing.store(book, _place(book, event).stem, destruction.render(content), year=at.year, month=at.month)


def _line(book: Register, kind: Kind, told: dict[str, Any]) -> "Line":
    from desktop.documents.destruction import Line

    number = told.get("months", months(book)[kind])  # earlier events do not say for how long it was kept
    first, last = date.fromisoformat(told["from"]), date.fromisoformat(told["to"])
    rule = RULES[kind]
    items = tuple((name, date.fromisoformat(on), digest) for name, on, digest in told.get("items", ()))
    counted = (told["count"], told["bytes"], first, last, told["sha256"])
    return Line(rule.words, rule.basis, f"{number} tháng", *counted, items)


def _place(book: Register, event: events.StoredEvent) -> Path:
    return book.documents / f"{event.at[:4]}" / f"{event.at[5:7]}" / f"{PROTOCOL}-{event.seq}.pdf"
