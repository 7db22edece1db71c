"""A history told line by line into a practice register; what is not allowed is rejected, the rest goes on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from db.connection import Register
from desktop.errors import UserError
from desktop.office import counter, requests


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line (from 1) that was not taken, and why."""

    line: int
    ref: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many dossiers and events were recorded, and the lines that were not."""

    dossiers: int
    events: int
    rejected: tuple[Rejected, ...]


class _Line(msgspec.Struct):
    ref: str
    event: str
    at: str
    dossier: Any = None
    clerk: str | None = None


def replay(book: Register, lines: Iterable[bytes], *, now: datetime) -> Replayed:
    """Record each line as its own act. Practice registers only; a line told twice is recorded once."""
    if not book.practice:
        raise UserError("practice_only", "Chỉ sổ tập huấn nhận việc từ tệp; sổ thật lấy giờ của máy.")
    codes: dict[str, str] = {}
    rejected: list[Rejected] = []
    events = 0
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        ref = None
        try:
            line = _decode(text)
            ref = line.ref
            codes[ref] = _perform(book, line, codes)
            events += 1
        except UserError as error:
            rejected.append(Rejected(number, ref, error.message))
    return Replayed(len(codes), events, tuple(rejected))


def _decode(text: bytes) -> _Line:
    try:
        return msgspec.json.decode(text, type=_Line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError("bad_line", "Dòng không đúng mẫu: cần ref, event và at.") from error


def _perform(book: Register, line: _Line, codes: dict[str, str]) -> str:
    at = requests.moment(line.at)
    if line.event != "register":
        raise UserError("unknown_event", f"Bản này chưa ghi được việc “{line.event}”.")
    if line.ref in codes:
        raise UserError("already_registered", f"Hồ sơ {line.ref} đã được tiếp nhận ở dòng trước.")
    request = requests.dossier(line.dossier)
    if request.received_at is not None:
        raise UserError("time_twice", "Trong tệp sự kiện, giờ nhận là “at”; bỏ mục received_at.")
    form = request.form(key=f"replay:{line.ref}:{line.at}")
    return counter.register(book, form, clerk=request.clerk or line.clerk, now=at).code
