"""What would be lost: everything that the register in use has and a restored one lacks, told before they change places.

Compares the two event chains; both stay as they are. Called by ``restoring``, the verbs and the window.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from db import connection, dossiers, events
from db.connection import Register
from db.vocabulary import EventKind
from desktop import labels
from desktop.office import settings
from desktop.office.history import payload_of

#: Codes that a sentence names; the JSON answer has them all.
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Losses:
    """What a register has that a backup lacks, newest last.

    ``same`` is whether both began as the same register; ``shared`` is the number of the last event they have in common,
    ``ours`` and ``theirs`` how many events each has beyond it. ``kinds`` counts ours by kind; ``changed`` are dossiers
    that exist in both and whose later acts are lost; ``printed`` counts papers sent to a printer.
    """

    same: bool
    shared: int
    ours: int
    theirs: int
    dossiers: tuple[str, ...]
    changed: tuple[str, ...]
    kinds: dict[str, int]
    days_closed: tuple[date, ...]
    printed: int
    since: datetime | None

    @property
    def nothing(self) -> bool:
        return self.same and not self.ours


def losses(book: Register, restored: Path, *, now: datetime) -> Losses:
    """What this register has that the one in the folder ``restored`` lacks; both must be readable, neither changes."""
    with connection.open_existing(restored, now=now) as other:
        shared = _last_shared(book, other)
        theirs = events.head(other)[0] - shared
    lost = list(_after(book, shared))
    begun = [event.dossier for event in lost if event.kind == EventKind.REGISTER and event.dossier]
    touched = {event.dossier for event in lost if event.dossier}
    printed = [event for event in lost if event.kind == EventKind.PRINT and payload_of(event)["outcome"] == "sent"]
    return Losses(
        same=shared > 0,
        shared=shared,
        ours=len(lost),
        theirs=theirs,
        dossiers=tuple(begun),
        changed=tuple(sorted(touched - set(begun))),
        kinds=dict(Counter(event.kind for event in lost)),
        days_closed=_days_closed(lost),
        printed=len(printed),
        since=datetime.fromisoformat(lost[0].at) if lost else None,
    )


def loss_words(lost: Losses) -> list[str]:
    """The same in sentences, the heaviest first, for the window and the command line."""
    if lost.nothing:
        return ["Không mất gì: bản sao lưu có mọi việc của sổ đang dùng."]
    said = [] if lost.same else ["Bản sao lưu là của một sổ KHÁC, không phải của sổ đang dùng."]
    if lost.theirs:
        said.append(f"Bản sao lưu cũng có {lost.theirs} việc mà sổ đang dùng không có: hai bên đã làm tiếp riêng.")
    since = f", từ {lost.since:%H:%M %d/%m/%Y}" if lost.since else ""
    said.append(f"Mất {lost.ours} việc đã ghi sau bản sao lưu{since}.")
    if lost.dossiers:
        said.append(f"Mất {len(lost.dossiers)} hồ sơ: {_listed(lost.dossiers)}.")
    if lost.changed:
        said.append(f"Mất việc đã làm trên {len(lost.changed)} hồ sơ khác: {_listed(lost.changed)}.")
    kinds = sorted(lost.kinds.items(), key=lambda one: -one[1])
    said.append("Theo loại: " + ", ".join(f"{labels.EVENT_WORDS.get(EventKind(k), k)} {n}" for k, n in kinds) + ".")
    if lost.days_closed:
        said.append("Mất bản chốt ngày " + ", ".join(f"{day:%d/%m/%Y}" for day in lost.days_closed) + ".")
    if lost.printed:
        said.append(f"{lost.printed} giấy đã in mà bản sao lưu không biết: giữ tờ giấy để ghi lại.")
    return said


def unseen_words(restored: Path, made_at: datetime | None, *, now: datetime) -> list[str]:
    """What a backup of a register that is gone, or cannot be read, holds and lacks: all that was done after its moment.

    ``restored`` is the folder that it was brought back to, ``made_at`` its moment if the file tells one.
    """
    with connection.open_existing(restored, now=now) as book:
        unit, rows = settings.unit(book), dossiers.page(book, [], limit=1, offset=0)
        last = events.last_moment(book)
    until = made_at or last or now
    kind = " (sổ tập huấn)" if unit.practice else ""
    newest = f"Hồ sơ nhận sau cùng có trong bản này: {rows[0].code}." if rows else "Bản này chưa có hồ sơ nào."
    return [
        f"Sổ của {unit.name}{kind}, sao lưu lúc {labels.moment_words(until)}. {newest}",
        "Mọi việc làm sau lúc đó KHÔNG có trong bản này: hồ sơ đã nhận, kết quả đã trả, phiếu, bản chốt ngày.",
        "Gom các giấy hẹn, phiếu đã in sau lúc đó để ghi lại; mã và số mới sẽ nhảy lên để không trùng với các tờ ấy.",
    ]


def _listed(codes: tuple[str, ...]) -> str:
    more = f" và {len(codes) - _SHOWN} hồ sơ nữa" if len(codes) > _SHOWN else ""
    return ", ".join(codes[:_SHOWN]) + more


def _days_closed(lost: list[events.StoredEvent]) -> tuple[date, ...]:
    days = {date.fromisoformat(payload_of(event)["day"]) for event in lost if event.kind == EventKind.CLOSE_DAY}
    return tuple(sorted(days))


def _last_shared(book: Register, other: Register) -> int:
    """The number of the last event that both chains have: equal hashes there mean that all before are equal."""
    low, high = 0, min(events.head(book)[0], events.head(other)[0])
    while low < high:
        middle = (low + high + 1) // 2
        ours, theirs = events.by_seq(book, middle), events.by_seq(other, middle)
        if ours is not None and theirs is not None and ours.hash == theirs.hash:
            low = middle
        else:
            high = middle - 1
    return low


def _after(book: Register, seq: int) -> Iterator[events.StoredEvent]:
    return (event for event in events.walk(book) if event.seq > seq)
