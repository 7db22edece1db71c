"""Where an address on an old card lies since the communes of Lai Châu were merged, and what a unit was made of.

Hides the table of merged units (domain.md 13). Called by the intake window to offer the present unit beside a scanned
address, by reports of a period that a merger cuts, and where a new register chooses its unit. An address is never
matched by name alone: the old xã Mường Than went into Than Uyên, not into today's Mường Than.
"""

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from desktop.rules.text import fold, nfc

_TABLE = Path(__file__).resolve().parents[2] / "resources" / "units" / "lai_chau.json"
_LEVEL = re.compile(r"(?:tinh|huyen|thanh pho|thi tran|xa|phuong|tp|tt)[. ]\s*|[thxp]\.\s*")
_PRESENT_LEVEL = re.compile(r"(?:xa|phuong) |[xp]\.")


class _Merger(NamedTuple):
    """The old communes and districts by their folded names; ``present`` leads to ``xã Mường Than``."""

    province: str
    districts: frozenset[str]
    present: dict[str, str]


@cache
def _merger() -> _Merger:
    table = json.loads(_TABLE.read_text(encoding="utf-8"))
    present = {fold(old): f"{unit['kind']} {unit['name']}" for unit in table["units"] for old in unit["merged_from"]}
    return _Merger(table["province"], frozenset(map(fold, table["former_districts"])), present)


def suggest(address: str) -> str | None:
    """The address with its present unit: ``Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu``.

    Only for a complete old address that ends in commune, district, province of Lai Châu and whose commune is in the
    table of mergers. ``None`` when it is already written with a present unit, lies elsewhere or is uncertain.
    """
    parts = [part for piece in nfc(address).split(",") if (part := piece.strip(" .;"))]
    if len(parts) < 3:
        return None
    merger = _merger()
    *village, commune, district, province = parts
    if _PRESENT_LEVEL.match(fold(district)):
        return None
    if _bare(province) != fold(merger.province) or _bare(district) not in merger.districts:
        return None
    unit = merger.present.get(_bare(commune))
    return ", ".join([*village, unit, f"tỉnh {merger.province}"]) if unit else None


class Commune(NamedTuple):
    """A unit of the list: ``03618``, ``xã Mường Than``, ``tỉnh Lai Châu``, and the communes it was made of."""

    code: str
    name: str
    parent: str
    merged_from: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.code


@cache
def communes() -> tuple[Commune, ...]:
    """Every unit of the list, in its order (that of the national codes)."""
    table = json.loads(_TABLE.read_text(encoding="utf-8"))
    parent = f"tỉnh {table['province']}"
    return tuple(
        Commune(one["code"], f"{one['kind']} {one['name']}", parent, tuple(one["merged_from"]))
        for one in table["units"]
    )


def communes_like(typed: str) -> tuple[Commune, ...]:
    """The units that ``typed`` may mean: its words begin words of the name, marks or none, or it begins the code.

    Units whose own name is meant stand before those that were made of a commune so called. All of them for nothing.
    """
    words = fold(typed).split()
    if not words:
        return communes()
    own = [one for one in communes() if _begins(words, one.name) or one.code.startswith(typed.strip())]
    made = [one for one in communes() if one not in own and any(_begins(words, old) for old in one.merged_from)]
    return (*own, *made)


def _begins(words: list[str], name: str) -> bool:
    """Whether each word begins a word of ``name``, in the same order."""
    left = iter(fold(name).split())
    return all(any(word.startswith(typed) for word in left) for typed in words)


class Merger(NamedTuple):
    """When a unit was made, and of which."""

    on: date
    of: tuple[str, ...]


def merger_of(unit: str) -> Merger | None:
    """How ``xã Mường Than`` came to be; None for a unit that no merger made, or that the table does not know."""
    table = json.loads(_TABLE.read_text(encoding="utf-8"))
    for one in table["units"]:
        if fold(f"{one['kind']} {one['name']}") == fold(unit) and one["merged_from"]:
            return Merger(date.fromisoformat(table["effective_on"]), tuple(one["merged_from"]))
    return None


def merger_words(unit: str, first: date) -> tuple[str, ...]:
    """What a reader must know of a period that begins before the unit was made of others (domain.md 13)."""
    merger = merger_of(unit)
    if merger is None or first >= merger.on:
        return ()
    made_of = ", ".join(merger.of)
    return (
        f"Trước ngày {merger.on:%d/%m/%Y} chưa có {unit}; số liệu của các đơn vị cũ ({made_of}) không có trong sổ này.",
    )


def _bare(part: str) -> str:
    """The folded name of a unit without its level: ``xã Phúc Than`` and ``X. Phúc Than`` are ``phuc than``."""
    folded = fold(part)
    level = _LEVEL.match(folded)
    return folded[level.end() :] if level else folded
