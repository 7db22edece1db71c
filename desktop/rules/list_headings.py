"""The heading of a table: where it begins, how many rows it takes, and what its columns say.

Hides merged cells and headings of two tiers. Called for each table of an imported file; the wordings are
``list_columns``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.vocabulary import Channel, LimitUnit
from desktop.rules.list_columns import Role, key, role_of
from desktop.rules.list_entries import Cell, Row
from desktop.rules.text import fold

_ABOUT = (Role.CODE, Role.NAME, Role.OLD_CODE, Role.OLD_NAME)
_CHANNELS = {Role.DIRECT: Channel.DIRECT, Role.ONLINE: Channel.ONLINE, Role.POST: Channel.POST}
_BARE_UNITS = {"ngay lam viec": LimitUnit.WORKING_DAYS, "ngay": LimitUnit.CALENDAR_DAYS}
_LONGEST = 120
_MOST_TIERS = 3
#: What a lower tier may say that is no heading by itself.
_TIER = re.compile(r"quy dinh|cat giam|toan trinh|mot phan")

#: Tables that look official and are no lists of procedures, by headings of which two are enough.
_OTHERS = (
    ("bảng thống kê tình hình giải quyết hồ sơ", r"tong so ho so.*|truoc han|dung han|qua han|linh vuc giai quyet"),
    (
        "quy trình nội bộ giải quyết thủ tục",
        r"thu tu cong viec|noi dung cong viec|trach nhiem thuc hien|cac buoc cong viec",
    ),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns of a table: ``roles`` by column from 0; ``channels`` are the columns crossed for each channel.

    ``unit`` is the unit of bare numbers in the column of limits, ``height`` the rows that the heading takes.
    """

    roles: Mapping[Role, int]
    channels: Mapping[Channel, tuple[int, ...]]
    unit: LimitUnit | None
    height: int
    unused: tuple[str, ...]


def heading(rows: Sequence[Row], at: int) -> Heading | None:
    """The heading that begins in row ``at`` of ``rows``, if one does."""
    tiers = [captions(rows[at])]
    if not any(role_of(text) in _ABOUT for text in tiers[0]):
        return None
    for below in rows[at + 1 : at + _MOST_TIERS]:
        if not _continues(tiers[-1], texts := captions(below)):
            break
        tiers.append(texts)
    width = max(map(len, tiers))
    columns = [stacked(tiers, column) for column in range(width)]
    return _heading(columns, len(tiers))


def columns(rows: Sequence[Row], at: int) -> int:
    """How many columns are known of the heading that begins in row ``at``; 0 where none does."""
    found = heading(rows, at)
    return len(found.roles) + len(found.channels) if found else 0


def other_table(rows: Sequence[Row]) -> str:
    """What kind of table this is when it is one that is no list of procedures; empty when it is none of these."""
    for row in rows:
        keys = {key(text) for text in captions(row)}
        for words, wording in _OTHERS:
            if sum(re.fullmatch(wording, key) is not None for key in keys) > 1:
                return words
    return ""


def _heading(texts: Sequence[tuple[str, ...]], height: int) -> Heading | None:
    """``texts`` are for each column the wordings to try, the whole heading first."""
    roles: dict[Role, int] = {}
    channels: dict[Channel, tuple[int, ...]] = {}
    unused: list[str] = []
    for column, wordings in enumerate(texts):
        role = next((role for text in wordings if (role := role_of(text))), None)
        if role is Role.FEE and role in roles:
            role = _newer_fee(texts, roles[role], column)
        if role in _CHANNELS:
            channels[_CHANNELS[role]] = (*channels.get(_CHANNELS[role], ()), column)
        elif role is None or role is Role.UNUSED or (role in roles and role is not Role.FEE):
            unused += filter(None, wordings[:1])
        else:
            roles[role] = column
    if Role.LIMIT not in roles and Role.STATUTORY in roles:
        roles[Role.LIMIT] = roles.pop(Role.STATUTORY)
    if not any(role in roles for role in _ABOUT) or len(roles) + len(channels) < 2:
        return None
    unit = _bare_unit(texts[roles[Role.LIMIT]][0]) if Role.LIMIT in roles else None
    return Heading(roles, channels, unit, height, tuple(unused))


def _newer_fee(texts: Sequence[tuple[str, ...]], known: int, column: int) -> Role:
    """Of two columns of fees, by two resolutions, the newer one counts."""
    years = [max(re.findall(r"20\d\d", texts[each][0]), default="") for each in (known, column)]
    return Role.FEE if years[1] > years[0] else Role.UNUSED


def stacked(tiers: Sequence[Sequence[str]], column: int) -> tuple[str, ...]:
    """The heading of a column in one piece, then its lowest tier alone, then its highest."""
    parts: list[str] = []
    for depth, tier in enumerate(tiers):
        text = tier[column] if column < len(tier) else ""
        below = any(column < len(lower) and lower[column] for lower in tiers[depth + 1 :])
        if not text and below:  # a heading merged across stands in its first column only
            text = next((left for left in reversed(tier[:column]) if left), "")
        if text and text not in parts:
            parts.append(text)
    return (" ".join(parts), parts[-1], parts[0]) if parts else ("",)


def _continues(above: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether a row is the lower tier of the heading above it: what it says anew are headings."""
    own = [text for column, text in enumerate(texts) if text and text not in above[column : column + 1]]
    short = all(len(text) < _LONGEST and not re.search(r"\d", text) for text in own)
    return short and any(role_of(text) or _TIER.search(key(text)) for text in own)


def captions(row: Row) -> list[str]:
    """The cells of a row as a heading's captions, each in one line; longer text and numbers are none."""
    return [_text(cell) for cell in row.cells]


def _text(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) and len(cell) <= 4 * _LONGEST else ""


def _bare_unit(text: str) -> LimitUnit | None:
    found = re.search(r"\((ngay lam viec|ngay)\)", fold(text))
    return _BARE_UNITS[found[1]] if found else None
