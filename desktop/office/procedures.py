"""The catalogue of procedures: what the program ships, how a clerk finds a procedure, what may be taken in on a day.

Hides the search keys, the ranking and the JSON shapes. The register stores versions as ``to_json`` gives them and the
``Catalogue`` of an open register is built from what it returns, once; nothing here reads the clock.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from textwrap import shorten
from typing import Any

import msgspec

from db import catalogue as stored_versions
from db import dossiers
from db.connection import Register
from db.records import ProcedureVersion
from db.vocabulary import ProcedureStatus
from desktop.errors import UserError
from desktop.office import settings
from desktop.rules import levels
from desktop.rules.codes import procedure_code
from desktop.rules.text import fold

_SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "catalogue" / "procedures.json"
_FIELDS = tuple(field.name for field in fields(ProcedureVersion))
_BETWEEN_WORDS = re.compile(r"[^\w.]+|\.(?!\d)")


@cache
def shipped() -> tuple[ProcedureVersion, ...]:
    """The catalogue that comes with the program, sorted by code; read once, about 6 ms."""
    return msgspec.json.decode(_SHIPPED.read_bytes(), type=tuple[ProcedureVersion, ...])


def status_on(version: ProcedureVersion, on: date) -> ProcedureStatus:
    """The standing of a version on a day: the recorded one, unless its validity days say otherwise."""
    if version.valid_from is not None and on < version.valid_from:
        return ProcedureStatus.FUTURE
    if version.valid_to is not None and on <= version.valid_to:
        return ProcedureStatus.IN_FORCE
    if version.valid_to is not None and version.status is ProcedureStatus.IN_FORCE:
        return ProcedureStatus.REPLACED if version.replaced_by else ProcedureStatus.ABOLISHED
    if version.valid_from is not None and version.status is ProcedureStatus.FUTURE:
        return ProcedureStatus.IN_FORCE
    return version.status


@dataclass(frozen=True, slots=True)
class _Entry:
    """A version with the words it is found by: `` dang ky khai sinh 1.001193 1001193``, each after a space."""

    version: ProcedureVersion
    words: str


@dataclass(frozen=True, slots=True)
class _Day:
    """The entries that speak on a day, one for each code: in the order of the codes, and as a clerk is offered them."""

    on: date
    by_code: list[_Entry]
    best_first: list[_Entry]
    offered: list[_Entry]


class Catalogue:
    """The procedure versions of one register, in memory, for a day that each call names.

    Versions handed out carry their standing on that day. ``usage`` counts dossiers by procedure code: what a counter
    takes in often is offered first. ``unit_codes`` are those of the commune, ``level`` is its own: what only other
    communes handle, or other levels, is found and never offered.
    """

    def __init__(
        self,
        versions: Iterable[ProcedureVersion],
        usage: Mapping[str, int] | None = None,
        unit_codes: Collection[str] = (),
        level: str = "",
    ) -> None:
        self._usage = dict(usage or {})
        self._unit_codes = frozenset(code.upper() for code in unit_codes)
        self._level = level
        self._versions: dict[str, list[_Entry]] = {}
        for version in versions:
            self._add(version)
        for entries in self._versions.values():
            entries.sort(key=lambda entry: begun_on(entry.version))
        self._day: _Day | None = None

    def search(self, text: str, *, on: date, limit: int = 20, all: bool = False) -> tuple[ProcedureVersion, ...]:
        """The procedures of which every typed piece begins a word of the name or the code, best first.

        Exact code first, then what is used most, then names that have the pieces side by side, then short names.
        Only what the commune may take in on that day, unless ``all`` is set or the code is typed in full.
        """
        pieces, code = _words(text), code_or_none(text)
        day = self._of(on)
        found = day.best_first if all else day.offered
        apart = [f" {piece}" for piece in pieces]
        for piece in apart:
            found = [entry for entry in found if piece in entry.words]
        if len(apart) > 1:
            found = self._nearest(found, apart, limit)
        if code in self._versions:
            found = [entry for entry in day.by_code if entry.version.code == code] + [
                entry for entry in found if entry.version.code != code
            ]
        return tuple(entry.version for entry in found[:limit])

    def listed(self, *, on: date, field: str | None = None, all: bool = False) -> tuple[ProcedureVersion, ...]:
        """What the commune takes in on a day, by code; with ``all`` whatever the catalogue has.

        ``field`` needs no marks.
        """
        wanted = fold(field) if field else None
        return tuple(
            entry.version
            for entry in self._on(on)
            if (all or self._offered(entry.version)) and (wanted is None or fold(entry.version.field) == wanted)
        )

    def find(self, code: str, *, on: date | None = None) -> ProcedureVersion:
        """The version that speaks for ``code`` on a day (without one, the last), whatever its standing.

        UserError ``unknown_procedure``.
        """
        entries = self._versions.get(code_or_none(code) or "")
        if not entries:
            raise UserError("unknown_procedure", f"Danh mục không có thủ tục mã “{shorten(code, 40)}”.", procedure=code)
        entry = _current(entries, on or date.max)
        return _standing(entry, on).version if on else entry.version

    def timeline(self, code: str) -> tuple[ProcedureVersion, ...]:
        """Every version of ``code`` that speaks from some day on, in that order; none for a code that is not known."""
        return tuple(entry.version for entry in self._versions.get(code, ()))

    def last_day(self, version: ProcedureVersion) -> date | None:
        """The last day on which a version speaks: its own, or the eve of the next one; ``None`` when none is known."""
        later = (begun_on(each) for each in self.timeline(version.code) if begun_on(each) > begun_on(version))
        ends = [begins - timedelta(days=1) for begins in later] + ([version.valid_to] if version.valid_to else [])
        return min(ends, default=None)

    def begun(self, on: date) -> dict[str, ProcedureVersion]:
        """Code → the version that speaks on a day; what begins later only is not in it."""
        return {entry.version.code: entry.version for entry in self._on(on) if begun_on(entry.version) <= on}

    def get(self, code: str, *, on: date) -> ProcedureVersion:
        """The version by which a dossier may be taken in on that day.

        UserError ``unknown_procedure``, ``abolished_procedure``, ``replaced_procedure``, ``future_procedure``,
        ``other_level`` or ``other_unit``; the facts name the successor where there is one, the levels or the units.
        """
        version = self.find(code, on=on)
        status = version.status
        facts: dict[str, object] = {"procedure": version.code}
        if status is ProcedureStatus.IN_FORCE:
            self._refuse_others(version)
            return version
        if status is ProcedureStatus.FUTURE:
            since = f" trước ngày {version.valid_from:%d/%m/%Y}" if version.valid_from else ""
            raise UserError("future_procedure", f"Thủ tục {version.code} chưa có hiệu lực{since}.", **facts)
        successor = self._versions.get(version.replaced_by or "")
        if successor:
            facts["replaced_by"] = version.replaced_by
        if status is ProcedureStatus.REPLACED:
            raise UserError(
                "replaced_procedure", f"Thủ tục {version.code} đã được thay thế{_use(successor, on)}.", **facts
            )
        raise UserError("abolished_procedure", f"Thủ tục {version.code} đã bị bãi bỏ{_use(successor, on)}.", **facts)

    def of_own_level(self, version: ProcedureVersion) -> bool:
        """Whether the register's own level is one of those that handle it, as far as its source says."""
        return levels.handled_at(self._level, version.levels)

    def _refuse_others(self, version: ProcedureVersion) -> None:
        told = f"Thủ tục {version.code} do "
        if not self.of_own_level(version):
            message = f"{told}cấp khác giải quyết ({', '.join(version.levels)})."
            raise UserError("other_level", message, procedure=version.code, levels=list(version.levels))
        if not self._of_own_unit(version):
            units = shorten(", ".join(version.units), 80, placeholder="…")
            message = f"{told}đơn vị khác giải quyết ({units})."
            raise UserError("other_unit", message, procedure=version.code, units=list(version.units))

    def _add(self, version: ProcedureVersion) -> None:
        entries = self._versions.setdefault(version.code, [])
        if entries and entries[-1].version.name == version.name:
            words = entries[-1].words
        else:
            words = " ".join(["", *_words(version.name), version.code, version.code.replace(".", "")])
        entries.append(_Entry(_sharing(version, entries[-1].version) if entries else version, words))

    def _offered(self, version: ProcedureVersion) -> bool:
        in_force = version.status is ProcedureStatus.IN_FORCE
        return in_force and self._of_own_unit(version) and self.of_own_level(version)

    def _of_own_unit(self, version: ProcedureVersion) -> bool:
        return not (version.units and self._unit_codes) or any(
            unit.upper() in self._unit_codes for unit in version.units
        )

    def _on(self, on: date) -> list[_Entry]:
        return self._of(on).by_code

    def _of(self, on: date) -> "_Day":
        """What speaks on a day, with its standing; the last day is remembered."""
        if self._day is None or self._day.on != on:
            by_code = [_standing(_current(self._versions[code], on), on) for code in sorted(self._versions)]
            best_first = sorted(by_code, key=self._rank)
            self._day = _Day(on, by_code, best_first, [entry for entry in best_first if self._offered(entry.version)])
        return self._day

    def _nearest(self, found: list[_Entry], apart: list[str], limit: int) -> list[_Entry]:
        """The first ``limit`` of ``found``: among the equally used those that have the pieces side by side come first.

        Looking at a name costs more than all the rest of a search: it ends where nothing better can come.
        """
        side_by_side = re.compile(r"\w*".join(map(re.escape, apart)), re.ASCII)
        nearest: list[_Entry] = []
        for _, alike in groupby(found, key=lambda entry: self._usage.get(entry.version.code, 0)):
            by_distance: tuple[list[_Entry], ...] = ([], [], [])
            for entry in alike:
                by_distance[_distance(entry.words, apart, side_by_side)].append(entry)
                if len(nearest) + len(by_distance[0]) >= limit:
                    break
            nearest += [*by_distance[0], *by_distance[1], *by_distance[2]]
            if len(nearest) >= limit:
                break
        return nearest

    def _rank(self, entry: _Entry) -> tuple[int, int, str]:
        """What is used most first, then short names, then by code."""
        version = entry.version
        return (-self._usage.get(version.code, 0), len(version.name), version.code)


def _words(text: str) -> list[str]:
    return _BETWEEN_WORDS.sub(" ", fold(text)).split()


def code_or_none(text: str) -> str | None:
    """The code that ``text`` is; seven digits are one whose point was left out."""
    try:
        return procedure_code(re.sub(r"^\s*(\d)(\d{6})\s*$", r"\1.\2", text, flags=re.ASCII))
    except ValueError:
        return None


def begun_on(version: ProcedureVersion) -> date:
    """The day from which a version speaks for its procedure; ``date.min`` for what a register began with."""
    return version.valid_from or date.min


def _current(entries: list[_Entry], on: date) -> _Entry:
    """The last version that had begun by that day, or the first of all."""
    begun = [entry for entry in entries if begun_on(entry.version) <= on]
    return begun[-1] if begun else entries[0]


def _sharing(version: ProcedureVersion, before: ProcedureVersion) -> ProcedureVersion:
    """The same version holding one copy of what it has in common with the one before: most of it, usually."""
    same = {name: value for name in _FIELDS if (value := getattr(before, name)) == getattr(version, name)}
    return replace(version, **same)


def _standing(entry: _Entry, on: date) -> _Entry:
    """The entry with its version's standing on that day."""
    status = status_on(entry.version, on)
    return entry if status is entry.version.status else _Entry(replace(entry.version, status=status), entry.words)


def _distance(words: str, apart: list[str], side_by_side: re.Pattern[str]) -> int:
    """0 when the pieces begin neighbouring words in the order typed, 1 when the order holds, 2 otherwise."""
    if side_by_side.search(words):
        return 0
    at = 0
    for piece in apart:
        at = words.find(piece, at) + 1
        if at == 0:
            return 2
    return 1


def _use(successor: list[_Entry] | None, on: date) -> str:
    if not successor:
        return ""
    version = _current(successor, on).version
    return f"; dùng thủ tục {version.code} – {shorten(version.name, 160, placeholder='…')}"


def catalogue(book: Register) -> Catalogue:
    """The catalogue of an open register, kept until it changes; what is taken in often comes first."""
    if "catalogue" not in book.derived:
        versions = (_read(version_id, content) for version_id, content in stored_versions.speaking(book))
        unit = settings.unit(book)
        book.derived["catalogue"] = Catalogue(
            versions,
            dossiers.usage(book),
            [code for code in (unit.code, unit.agency_code) if code],
            settings.level(book),
        )
    return book.derived["catalogue"]


def search(book: Register, text: str, *, on: date, limit: int = 20, all: bool = False) -> tuple[ProcedureVersion, ...]:
    """``Catalogue.search`` in the register's own catalogue."""
    return catalogue(book).search(text, on=on, limit=limit, all=all)


def get(book: Register, code: str, *, on: date) -> ProcedureVersion:
    """``Catalogue.get`` in the register's own catalogue."""
    return catalogue(book).get(code, on=on)


def known(book: Register, code: str, *, on: date) -> ProcedureVersion | None:
    """The procedure as it stands on a day, also one that is not in force; None when there is none of that code."""
    try:
        found = catalogue(book).find(code, on=on)
    except UserError:
        return None
    return replace(found, status=status_on(found, on))


def version(book: Register, version_id: int) -> ProcedureVersion:
    """The version that a dossier was received under, whatever the catalogue says today."""
    return _read(version_id, stored_versions.content(book, version_id))


def _read(version_id: int, content: str) -> ProcedureVersion:
    return replace(msgspec.json.decode(content, type=ProcedureVersion), version_id=version_id)


def rows(versions: Iterable[ProcedureVersion]) -> list[tuple[str, str | None, str | None, str]]:
    """Versions as ``db.catalogue`` stores them."""
    return [
        (
            version.code,
            version.valid_from.isoformat() if version.valid_from else None,
            version.valid_to.isoformat() if version.valid_to else None,
            msgspec.json.encode(to_json(version)).decode(),
        )
        for version in versions
    ]


def to_json(version: ProcedureVersion) -> dict[str, Any]:
    """A version as the register stores it: plain JSON, figures whole or as text, without the row's ``version_id``."""
    stored: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(version))
    del stored["version_id"]
    for holder in (stored, *stored["cases"]):
        for limit in (holder["limit"], holder["statutory"]):
            if limit and limit["value"].isdigit():
                limit["value"] = int(limit["value"])
    return stored


def from_json(stored: Mapping[str, Any]) -> ProcedureVersion:
    """The version that ``to_json`` wrote; msgspec.ValidationError when the shape is not that."""
    return msgspec.convert(stored, ProcedureVersion)
