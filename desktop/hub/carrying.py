"""Sticks at the hub: packets read from files, each answered by a file beside it for the way back.

The same import function as for the network takes them. An answer never replaces a file that is not an older answer to
the same packet. Called by ``hub import``.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.hub import Hub
from desktop.errors import EnvironmentProblem, UserError
from desktop.hub import keys, receiver
from desktop.sync import packet_files, protocol
from desktop.sync.packet_files import PacketFile
from desktop.sync.protocol import Acknowledgement, Kind, ProtocolError, Refusal

_FROM_HUBS = {Kind.ACKNOWLEDGEMENT, Kind.ENROLLED, Kind.REFUSAL}
_MOST_NAMES = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """One file: verdicts of its reports, where its answer lies, and what was wrong with it or with the answer."""

    path: Path
    verdicts: Counter[str]
    answer: Path | None = None
    problem: UserError | None = None
    rejected: tuple[tuple[str, str], ...] = ()


def take_files(hub: Hub, place: Path, *, now: datetime) -> Iterator[Taken]:
    """Take every packet of a folder or a file; answers of hubs on the same stick are passed over.

    UserError ``no_file``.
    """
    for found in packet_files.read_all(place):
        if found.problem is not None:
            yield Taken(found.path, Counter(), problem=found.problem)
        elif found.documents[0].kind not in _FROM_HUBS:
            yield _take(hub, found, now)


def _take(hub: Hub, found: PacketFile, now: datetime) -> Taken:
    answer = receiver.take(hub, found.data, now=now, carrier=receiver.FILE)
    (document,) = protocol.read_packet(answer)
    content = protocol.content_of(document)
    verdicts: Counter[str] = Counter()
    problem: UserError | None = None
    rejected: tuple[tuple[str, str], ...] = ()
    if isinstance(content, Acknowledgement):
        verdicts.update(str(item.verdict) for item in content.items)
        rejected = tuple((item.day.isoformat(), item.reason) for item in content.items if item.reason)
    elif isinstance(content, Refusal):
        problem = UserError(content.code, content.message)
    try:
        return Taken(found.path, verdicts, _answer_beside(hub, found.path, answer), problem, rejected)
    except EnvironmentProblem as trouble:
        return Taken(found.path, verdicts, None, problem or trouble, rejected)


def _answer_beside(hub: Hub, path: Path, answer: bytes) -> Path:
    name = Path(packet_files.file_name(answer))
    for number in range(1, _MOST_NAMES):
        place = path.with_name(name.name if number == 1 else f"{name.stem}-{number}{name.suffix}")
        if not place.exists() or _is_older_answer(hub, place, answer):
            packet_files.write(place, answer)
            return place
    raise EnvironmentProblem("no_name", f"Không còn tên tệp trống cho xác nhận của {path.name}; hãy dọn thư mục.")


def _is_older_answer(hub: Hub, place: Path, answer: bytes) -> bool:
    """Whether a file is this hub's own answer to the same packet."""
    try:
        (held,), (made,) = protocol.read_packet(place.read_bytes()), protocol.read_packet(answer)
    except (OSError, ProtocolError, ValueError):
        return False
    mine = held.key.hex() == keys.public_key(hub)
    return mine and held.kind == made.kind and held.body.get("answers") == made.body.get("answers")
