"""Which sheets there are on a day, by name, and what each of them says.

Hides the catalogue of the day and the plan of numbers. Changes nothing, draws nothing; a sheet is made when it is
asked for.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import msgspec

from db import catalogue
from db.connection import Register
from db.records import ProcedureVersion
from desktop import labels
from desktop.documents.posting_sheet import SheetContent, SheetKind, frozen, sha256_of
from desktop.office import illustrations, posting_facts, procedures, settings
from desktop.office.posting_boards import Boards, Placed
from desktop.office.posting_plan import PostingPlan, costs, planned
from desktop.rules import sheet_codes
from desktop.rules.text import fold

#: What must hang: lists, procedures, fees, where to send feedback (NĐ 63/2010 Đ17, NĐ 61/2018).
_REQUIRED = (SheetKind.NOTICE, SheetKind.LIST, SheetKind.PROCEDURE, SheetKind.FEES)
#: Days whose sheets are remembered: today, the day of the last question, the days between.
_REMEMBERED = 16

_Maker = Callable[[], SheetContent]


class Wall:
    """The sheets of one day. ``names`` are in the order of printing."""

    def __init__(self, book: Register, on: date) -> None:
        self.on = on
        self._plan = _remembered(book).plan
        hours = "; ".join(labels.hours_words(settings.calendar(book).hours))
        self._boards = Boards(
            settings.unit(book),
            posting_facts.read(book),
            f"{hours}, trừ ngày lễ, ngày tết, ngày nghỉ.",
            on,
            illustrations.everything(book),
        )
        listed = procedures.catalogue(book).listed(on=on)
        self._placed = sorted((Placed(v, self._plan.slots[v.field, v.code]) for v in listed), key=lambda one: one.slot)
        self._by_field = _grouped(self._placed, lambda one: one.slot.field)
        self._makers: dict[str, _Maker] = dict(self._all())
        # One sheet is asked for twice, for its words and for its hash; all of them would take a dozen megabytes a day.
        self._last: SheetContent | None = None
        self._hashes: dict[str, str] = {}

    @property
    def names(self) -> Collection[str]:
        return self._makers.keys()

    def sheet(self, name: str) -> SheetContent:
        """What the sheet of this name says; KeyError when there is none on this day."""
        if self._last is None or self._last.name != name:
            self._last = self._makers[name]()
        return self._last

    def sha256(self, name: str) -> str:
        """The hash of what it says; KeyError when there is none on this day."""
        if name not in self._hashes:
            self._hashes[name] = sha256_of(frozen(self.sheet(name)))
        return self._hashes[name]

    def of_field(self, field: str) -> tuple[str, ...]:
        """The names of a field's list and of its procedures' sheets; the field may be written without marks."""
        for number, placed in self._by_field.items():
            if fold(placed[0].version.field) == fold(field):
                return (*(name for name, _ in self._lists(number, placed)), *(one.version.code for one in placed))
        return ()

    def codes_of(self, name: str) -> tuple[str, ...]:
        """The procedures that a sheet may list, those included that are in force no more; none for other sheets."""
        listed = {code: sheet_codes.list_name(slot.field, slot.sheet) for (_, code), slot in self._plan.slots.items()}
        costly = {code: sheet_codes.fee_name(number) for code, number in self._plan.fee_sheets.items()}
        return tuple(code for sheets in (listed, costly) for code, sheet in sheets.items() if sheet == name)

    def must_hang(self, name: str) -> bool:
        """Whether the sheet is one that has to be posted; signs, cover, contents and QR index may be."""
        return self.sheet(name).kind in _REQUIRED

    def _all(self) -> Iterator[tuple[str, _Maker]]:
        boards = self._boards
        fees, links = list(self._fees()), list(self._links())
        yield sheet_codes.COVER, boards.cover
        yield sheet_codes.CONTENTS, self._contents
        yield sheet_codes.NOTICE, boards.notice
        yield from fees
        yield from links
        for number, placed in self._by_field.items():
            yield from self._lists(number, placed)
            yield from ((one.version.code, partial(boards.full_sheet, one)) for one in placed)
        yield sheet_codes.DOOR, boards.door
        for number, words in enumerate(boards.facts.desks, start=1):
            yield sheet_codes.desk_name(number), partial(boards.desk, number, words)

    def _lists(self, field: int, placed: Iterable[Placed]) -> Iterator[tuple[str, _Maker]]:
        for number, group in _grouped(placed, lambda one: one.slot.sheet).items():
            yield sheet_codes.list_name(field, number), partial(self._boards.field_list, number, group)

    def _fees(self) -> Iterator[tuple[str, _Maker]]:
        sheets = self._plan.fee_sheets
        for number, group in _in_order(self._placed, sheets, lambda one: costs(one.version)):
            yield sheet_codes.fee_name(number), partial(self._boards.fee_table, number, group)

    def _links(self) -> Iterator[tuple[str, _Maker]]:
        sheets = self._plan.link_sheets
        groups = list(_in_order(self._placed, sheets, lambda one: bool(one.version.link))) or [(1, [])]
        for number, group in groups:
            yield sheet_codes.link_name(number), partial(self._boards.qr_index, number, group)

    def _contents(self) -> SheetContent:
        fees, links = [name for name, _ in self._fees()], [name for name, _ in self._links()]
        return self._boards.contents(self._by_field.values(), len(fees), len(links))


def wall(book: Register, on: date) -> Wall:
    """The sheets of a day in the open register, remembered until catalogue or settings change."""
    known = _remembered(book)
    if on not in known.walls:
        if len(known.walls) == _REMEMBERED:
            del known.walls[next(iter(known.walls))]
        known.walls[on] = Wall(book, on)
    return known.walls[on]


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What follows from one state of the catalogue."""

    catalogue: procedures.Catalogue
    plan: PostingPlan
    walls: dict[date, Wall]


def _remembered(book: Register) -> _Remembered:
    now = procedures.catalogue(book)
    known: _Remembered | None = book.derived.get("walls")
    if known is None or known.catalogue is not now:
        stored: dict[bool, list[ProcedureVersion]] = {True: [], False: []}
        for row in catalogue.everything(book):
            version = procedures.from_json(msgspec.json.decode(row.content))
            if now.of_own_level(version):  # what other levels handle never takes a place
                stored[row.decision is None].append(version)
        known = book.derived["walls"] = _Remembered(now, planned(stored[True], stored[False]), {})
    return known


def _grouped(placed: Iterable[Placed], key: Callable[[Placed], int]) -> dict[int, list[Placed]]:
    groups: dict[int, list[Placed]] = {}
    for one in placed:
        groups.setdefault(key(one), []).append(one)
    return groups


def _in_order(
    placed: Iterable[Placed], sheets: Mapping[str, int], wanted: Callable[[Placed], bool]
) -> Iterator[tuple[int, list[Placed]]]:
    """The wanted procedures, sheet by sheet, in the order in which the plan has them."""
    by_code = {one.version.code: one for one in placed if wanted(one)}
    ordered = [by_code[code] for code in sheets if code in by_code]
    yield from _grouped(ordered, lambda one: sheets[one.version.code]).items()
