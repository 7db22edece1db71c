"""Where an address on an old card lies since the communes of Lai Châu were merged, and what a unit was made of.

Hides the table of merged units (domain.md 13). Called by the intake window to offer the present unit beside a scanned
address, and by reports of a period that a merger cuts. Never matches by name alone: the old xã Mường Than went into
Than Uyên, not into today's Mường Than.
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
