"""What hangs on the wall: sheets put up and taken down, each act one event; what each of them said is kept.

Windows and the command line call these. Printing marks nothing as posted: only a person at the wall knows that.
What is right, old or missing is told by ``posting_checks``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from db import events, postings
from db.connection import Register
from db.events import StoredEvent
from db.records import PostedSheet
from db.vocabulary import EventKind
from desktop.changes import Changes
from desktop.documents.posting_sheet import SheetContent, frozen, thawed
from desktop.errors import UserError
from desktop.office import rights
from desktop.office.history import payload_of
from desktop.office.posting_sheets import Wall, wall
from desktop.rules import sheet_codes
from desktop.rules.lifecycle import UNDO_WITHIN
from desktop.rules.text import TextError, clean

_LONGEST_PLACE = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A sheet by its name, and where: without board and slot where it hangs, or hung last.

    ``version`` are the digits that its QR says, if it was scanned; a sheet of another version is not put up.
    """

    name: str
    board: str | None = None
    slot: str | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an act on the wall answers: the number of its event, by which it may be undone, and the sheets."""

    seq: int
    sheets: tuple[str, ...]
    changes: Changes


def post(
    book: Register,
    places: Sequence[Place],
    *,
    size: str = "A4",
    on: date | None = None,
    clerk: str | None,
    now: datetime,
    key: str | None = None,
) -> Recorded:
    """Record that sheets were put up, as they read on the day ``on`` (today unless they were printed ahead).

    A copy that hung in the same place came down. The same ``key`` records once. UserError: ``nothing_to_post``,
    ``unknown_sheet``, ``old_sheet``, ``day_over``, ``same_place``, ``key_reused``.
    """
    day = on or now.date()
    if day < now.date():
        raise UserError("day_over", f"Ngày {day:%d/%m/%Y} đã qua; chỉ dán tờ đúng của hôm nay hoặc ngày sắp tới.")
    sheets, contents = [], {}
    with book.write():
        shown, known = wall(book, day), _places(book)
        for place in places:
            _refuse_wrong(shown, place)
            content = frozen(shown.sheet(place.name)).decode()
            contents[shown.sha256(place.name)] = place.name, content
            sheets += [
                {"name": place.name, "sha256": shown.sha256(place.name), "size": size, "board": board, "slot": slot}
                for board, slot in _where(place, known)
            ]
        payload = {"on": day.isoformat(), "sheets": _once_each(sheets)}
        return _record(book, EventKind.POST_SHEETS, payload, contents, clerk=clerk, now=now, key=key)


def take_down(
    book: Register, places: Sequence[Place], *, clerk: str | None, now: datetime, key: str | None = None
) -> Recorded:
    """Record that sheets were taken down; without a place everywhere. UserError ``not_hanging``, ``key_reused``."""
    with book.write():
        if key and (earlier := events.by_key(book, key)):
            return _again(earlier, EventKind.TAKE_DOWN, [place.name for place in places])
        hanging = postings.hanging(book)
        sheets = []
        for place in places:
            found = [one for one in hanging if one.name == place.name and _is_there(one, place)]
            if not found:
                raise UserError("not_hanging", f"Tờ {place.name} không có trên tường ở chỗ đó.", sheet=place.name)
            sheets += [{"name": one.name, "board": one.board, "slot": one.slot} for one in found]
        payload = {"sheets": _once_each(sheets)}
        return _record(book, EventKind.TAKE_DOWN, payload, {}, clerk=clerk, now=now, key=key)


def undo(book: Register, seq: int, *, clerk: str | None, now: datetime) -> Recorded:
    """Take back the last posting or taking down, within a minute and by whoever recorded it (UserError otherwise)."""
    with book.write():
        last = postings.last_event(book)
        if last is None or last.seq != seq or last.kind == EventKind.UNDO_POSTING:
            raise UserError("nothing_to_undo", "Chỉ hoàn lại được lần ghi dán, gỡ cuối cùng.")
        if last.clerk != rights.acting(book, clerk, EventKind.UNDO_POSTING, now=now).short_name:
            raise UserError("not_yours", "Chỉ người vừa ghi mới hoàn lại được.")
        if now - datetime.fromisoformat(last.at) > UNDO_WITHIN:
            raise UserError("minute_over", "Đã quá một phút; hãy ghi dán hoặc gỡ lại.")
        names = [sheet["name"] for sheet in payload_of(last)["sheets"]]
        done = _record(book, EventKind.UNDO_POSTING, {"undoes": seq}, {}, clerk=clerk, now=now, key=None)
        return Recorded(done.seq, tuple(names), done.changes)


def hanging(book: Register, on: date | None = None) -> tuple[PostedSheet, ...]:
    """What hangs now, or hung at the end of a day, by board and slot."""
    sheets = postings.hanging(book) if on is None else postings.hanging_on(book, on)
    return tuple(sorted(sheets, key=lambda one: along_the_wall(one.board, one.slot)))


def posted_on(book: Register, day: date) -> tuple[tuple[PostedSheet, SheetContent], ...]:
    """What hung at the end of a day, each with what it said."""
    return tuple((one, said(book, one.sha256)) for one in hanging(book, day))


def said(book: Register, sha256: str) -> SheetContent:
    """What a version that was posted says."""
    return thawed(postings.content(book, sha256))


def along_the_wall(board: str, slot: str) -> tuple[str, bool, int, str]:
    """The order in which somebody walks along the boards, their slots as people count them: 2 before 10."""
    return board, not slot.isdecimal(), int(slot) if slot.isdecimal() else 0, slot


def _refuse_wrong(shown: Wall, place: Place) -> None:
    if place.name not in shown.names:
        raise UserError("unknown_sheet", f"Ngày {shown.on:%d/%m/%Y} không có tờ “{place.name[:40]}”.", sheet=place.name)
    if place.version and place.version != sheet_codes.version_digits(shown.sha256(place.name)):
        raise UserError("old_sheet", f"Tờ {place.name} này không phải bản đúng; hãy in lại.", sheet=place.name)


def _places(book: Register) -> dict[str, list[tuple[str, str]]]:
    """Where each sheet hangs, or hung last."""
    known = {name: [place] for name, place in postings.last_places(book).items()}
    now: dict[str, list[tuple[str, str]]] = {}
    for one in postings.hanging(book):
        now.setdefault(one.name, []).append((one.board, one.slot))
    return known | now


def _where(place: Place, known: Mapping[str, list[tuple[str, str]]]) -> Iterable[tuple[str, str]]:
    if place.board is None and place.slot is None:
        return known.get(place.name, [("", "")])
    return [(_written(place.board or ""), _written(place.slot or ""))]


def _written(words: str) -> str:
    try:
        words = clean(words)
    except TextError as error:
        raise UserError(error.code, error.message) from error
    if len(words) > _LONGEST_PLACE:
        raise UserError("too_long", f"Tên bảng và ô nhiều nhất {_LONGEST_PLACE} chữ.")
    return words


def _is_there(one: PostedSheet, place: Place) -> bool:
    return place.board in (None, one.board) and place.slot in (None, one.slot)


def _once_each(sheets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not sheets:
        raise UserError("nothing_to_post", "Chưa chọn tờ nào.")
    places = {(sheet["name"], sheet["board"], sheet["slot"]) for sheet in sheets}
    if len(places) < len(sheets):
        raise UserError("same_place", "Một tờ được ghi hai lần ở cùng một chỗ.")
    return sheets


def _record(
    book: Register,
    kind: EventKind,
    payload: dict[str, Any],
    contents: Mapping[str, tuple[str, str]],
    *,
    clerk: str | None,
    now: datetime,
    key: str | None,
) -> Recorded:
    names = tuple(sheet["name"] for sheet in payload.get("sheets", ()))
    if key and (earlier := events.by_key(book, key)):
        return _again(earlier, kind, names)
    actor = rights.acting(book, clerk, kind, now=now).short_name
    event = events.append(book, kind, payload, at=now, clerk=actor, key=key or str(uuid4()))
    for sha256, (name, content) in contents.items():
        postings.keep(book, sha256, name, content)
    postings.record(book, event, payload)
    return Recorded(event.seq, names, Changes(postings=True))


def _again(earlier: StoredEvent, kind: EventKind, names: Iterable[str]) -> Recorded:
    """The first answer for a key; another act under the same key is refused."""
    told = payload_of(earlier)
    sheets = tuple(sheet["name"] for sheet in told.get("sheets", ()))
    if earlier.kind != kind or set(sheets) != set(names):
        raise UserError("key_reused", "Khóa này đã dùng cho một việc khác; chưa ghi gì.", key=earlier.key)
    return Recorded(earlier.seq, sheets, Changes())
