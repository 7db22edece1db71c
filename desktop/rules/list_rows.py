"""One row of a published list as an entry: its cells by what their columns say.

Hides where a code stands, what a row says of replacing, and which channels are crossed. Called by ``published_lists``
for every row that carries a procedure. What a cell does not say stays ``None``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from db.vocabulary import Channel
from desktop.rules import levels, listed_codes
from desktop.rules.list_cells import BULLET, RowError, day, fee, items, limit, line
from desktop.rules.list_columns import Role
from desktop.rules.list_entries import Cell, Entry, Kind, Row
from desktop.rules.list_headings import Heading
from desktop.rules.list_sections import Section, kind_in, kind_of_note
from desktop.rules.listed_codes import ListedCode
from desktop.rules.text import fold

_ORDINAL = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,3})*[.)]?")
_TITLE = re.compile(
    r"(?:[IVXLC]{1,6}|[A-ZĐ])\s*[.)/:-]"
    r"|(?i:lĩnh vực|danh mục|nhóm |phụ lục|(?:tthc|thủ tục hành chính) (?:cấp|được|bị|mới))"
)
_REPLACED_BY = re.compile(r"(?:được|bị) thay thế|thay thế (?:bởi|bằng)", re.IGNORECASE)
_REPLACES = re.compile(r"thay thế", re.IGNORECASE)
_CHANNEL_WORDS = {
    "truc tiep": Channel.DIRECT,
    "truc tuyen": Channel.ONLINE,
    "buu chinh": Channel.POST,
    "dich vu buu chinh": Channel.POST,
    "buu chinh cong ich": Channel.POST,
    "dich vu buu chinh cong ich": Channel.POST,
    "bcci": Channel.POST,
    "dich vu bcci": Channel.POST,
    "direct": Channel.DIRECT,
    "online": Channel.ONLINE,
    "post": Channel.POST,
}
#: An internal procedure between offices (thủ tục nội bộ) has a code of this series and nobody hands in a dossier.
_INTERNAL = "6."
_LONGEST_NAME = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its sheet, its table's heading, what the sections above it said, and of which levels."""

    sheet: str
    heading: Heading
    section: Section
    levels: tuple[str, ...] = ()


def is_procedure(said: Sequence[str], heading: Heading) -> bool:
    """Whether a row carries a procedure: it has a code, or it is numbered, or it names one and says more of it."""
    own = dict(_by_role(said, heading))
    name = own.get(Role.NAME) or own.get(Role.OLD_NAME) or ""
    if re.search(r"\d", own.get(Role.CODE) or own.get(Role.OLD_CODE) or "") or listed_codes.all_in(name):
        return True
    number = own.get(Role.NUMBER, "")
    if len(set(filter(None, said))) < 2 or _TITLE.match(name) or (number and not _ORDINAL.fullmatch(number)):
        return False
    return bool(number or name)


def is_title(said: Sequence[str]) -> bool:
    """Whether a row without a procedure is meant for all below it, and not the rest of a row that a page cut in two."""
    first = next((text for text in said if text), "")
    return bool(said and (said[0] or _TITLE.match(first) or first.isupper()))


def entry(row: Row, said: Sequence[str], place: Place) -> Entry:
    """What the row says of its procedure; RowError with the reason when it cannot be used."""
    own = dict(_by_role(said, place.heading))
    code, name = _identity(row, own, place.heading)
    kind, replaces, replaced_by, successor = _change(own, place.section.kind or Kind.LISTED, code)
    place_said, channels = _place(own, said, place.heading)
    level_cell = own.get(Role.LEVEL, "")
    own_levels = levels.in_cell(level_cell)
    return Entry(
        row=row.number,
        sheet=place.sheet,
        code=code.code,
        doubt=code.doubt,
        name=name,
        kind=kind,
        field=line(own.get(Role.FIELD)) or place.section.field,
        levels=own_levels or None,
        level_text=None if own_levels else line(level_cell),
        titled_levels=() if level_cell else place.levels,
        authority=line(own.get(Role.AUTHORITY) or own.get(Role.UNIT), "; "),
        limit_text=limit(own.get(Role.LIMIT), place.heading.unit),
        statutory_text=limit(own.get(Role.STATUTORY), place.heading.unit),
        fee_text=fee(_cell(row, place.heading, Role.FEE), own.get(Role.FEE)),
        legal_basis=items(own.get(Role.BASIS)),
        place=place_said,
        channels=channels,
        result=line(own.get(Role.RESULT), "; "),
        steps=own.get(Role.STEPS),
        subjects=line(own.get(Role.SUBJECTS), "; "),
        conditions=own.get(Role.CONDITIONS),
        link=own.get(Role.LINK),
        decision=line(own.get(Role.DECISION), "; "),
        valid_from=day(own.get(Role.BEGINS), "Ngày hiệu lực"),
        valid_to=day(own.get(Role.ENDS), "Ngày hết hiệu lực"),
        replaces=replaces,
        replaced_by=replaced_by,
        successor_name=successor,
    )


def _by_role(said: Sequence[str], heading: Heading) -> list[tuple[Role, str]]:
    """What the row says by role, without what is empty."""
    return [(role, said[column]) for role, column in heading.roles.items() if column < len(said) and said[column]]


def _cell(row: Row, heading: Heading, role: Role) -> Cell:
    column = heading.roles.get(role)
    return row.cells[column] if column is not None and column < len(row.cells) else None


def _identity(row: Row, own: dict[Role, str], heading: Heading) -> tuple[ListedCode, str]:
    """The row's code, from its own column or out of the name, and the name."""
    cell = _cell(row, heading, Role.CODE if Role.CODE in heading.roles else Role.OLD_CODE)
    name = own.get(Role.NAME) or own.get(Role.OLD_NAME) or ""
    try:
        code = listed_codes.in_cell(cell)
        inside = listed_codes.in_text(name)
    except ValueError as error:
        raise RowError(str(error)) from error
    if code.code and inside.code and code.code != inside.code:
        raise RowError(f"Cột mã ghi {code.code} mà ô tên ghi {inside.code}.")
    code = code if code.code else inside
    if code.case:
        raise RowError(f"{code.code}.{code.case} là một trường hợp của thủ tục {code.code}: ghi ở trang sửa thủ tục.")
    if code.code.startswith(_INTERNAL):
        raise RowError(f"{code.code} là thủ tục nội bộ của cơ quan, không niêm yết.")
    name = line(BULLET.sub("", inside.rest)) or ""
    if len(name) > _LONGEST_NAME:
        raise RowError(f"Tên thủ tục dài quá {_LONGEST_NAME} chữ.")
    if not (code.code or name):
        raise RowError("Dòng không có mã, không có tên thủ tục.")
    return code, name.rstrip(" .;,:")


def _change(own: dict[Role, str], kind: Kind, code: ListedCode) -> tuple[Kind, tuple[str, ...], str | None, str]:
    """What happens to the row's procedure: its kind, what it replaces, what replaces it and how that is called."""
    note = own.get(Role.NOTE, "")
    told = kind_in(own.get(Role.STATUS, "")) or kind_of_note(note) or kind
    try:
        successor = listed_codes.in_cell(own.get(Role.NEW_CODE))
        named = listed_codes.in_text(own.get(Role.NEW_NAME, ""))
    except ValueError as error:
        raise RowError(f"Thủ tục thay thế: {error}") from error
    others = tuple(each for each in listed_codes.all_in(note) if each != code.code)
    replaced_by = successor.code or named.code
    if not replaced_by and len(others) == 1 and _REPLACED_BY.search(note):
        replaced_by = others[0]
    replaces = listed_codes.all_in(own.get(Role.OLD_CODE, "")) if Role.CODE in own else ()
    if not replaces and not _REPLACED_BY.search(note) and _REPLACES.search(note):
        replaces = others
    if replaced_by or named.rest:
        return Kind.REPLACED, replaces, replaced_by or None, line(named.rest) or ""
    if replaces and told is Kind.REPLACED:  # the section speaks of the old ones, the row is the new one
        told = Kind.LISTED
    return told, replaces, None, ""


def _place(
    own: dict[Role, str], said: Sequence[str], heading: Heading
) -> tuple[str | None, tuple[Channel, ...] | None]:
    """Where and how: channels only where a cell names nothing else, or where all three have crosses."""
    place, ways = own.get(Role.PLACE), own.get(Role.CHANNELS)
    if len(heading.channels) == len(Channel):
        crossed = (c for c in Channel if any(column < len(said) and said[column] for column in heading.channels[c]))
        return place, tuple(crossed) or None
    if not ways:
        return place, None
    named = [
        _CHANNEL_WORDS.get(" ".join(fold(part).split()))
        for part in re.split(r"[;,\n/]| hoặc | và ", ways)
        if part.strip(" -+")
    ]
    if named and None not in named:
        return place, tuple(channel for channel in Channel if channel in named)
    return "\n".join(filter(None, (place, ways))), None
