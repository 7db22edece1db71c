"""The levels of administration that handle a procedure (cấp thực hiện), as lists and the portal write them.

Hides their names, which live in ``resources/units/levels.json`` alone, and their spellings. Called by the readers of
lists and by the catalogue, which asks whether a procedure is one of its own level. Never guesses: what is not
understood as a whole says nothing.
"""

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from desktop.rules.text import fold, nfc

_TABLE = Path(__file__).resolve().parents[2] / "resources" / "units" / "levels.json"


class _Levels(NamedTuple):
    """``by_word``: what a cell may say, folded → level; ``marked``: the same with marks, which a title is read with."""

    by_word: Mapping[str, str]
    marked: Mapping[str, str]
    flags: Mapping[str, str]
    own: Mapping[str, str]
    otherwise: str


@cache
def _levels() -> _Levels:
    table = json.loads(_TABLE.read_text(encoding="utf-8"))
    marked = {word: level["name"] for level in table["levels"] for word in level["said"]}
    return _Levels(
        {fold(word): name for word, name in marked.items()},
        marked,
        {level["portal"]: level["name"] for level in table["levels"] if level["portal"]},
        {fold(kind): name for kind, name in table["own"].items()},
        table["otherwise"],
    )


@lru_cache(maxsize=200)
def in_cell(text: str) -> tuple[str, ...]:
    """The levels that a cell names and nothing else, ``Cấp Tỉnh, Cấp Xã``; none where any piece is not understood."""
    pieces = [_bare(piece) for piece in re.split(r"[;,/\n+&–-]|\b(?:và|hoặc)\b", nfc(text).lower())]
    found = [_levels().by_word.get(piece) for piece in pieces if piece]
    return () if None in found else tuple(dict.fromkeys(filter(None, found)))


def in_title(text: str) -> tuple[str, ...]:
    """The levels that a title or the name of a sheet names: ``DANH MỤC THỦ TỤC CẤP TỈNH, XÃ``.

    Read with its marks: without them "cấp xả thải" and "cấp bổ sung" would name levels too.
    """
    marked = _levels().marked
    found = (word for named in _named().finditer(nfc(text).lower()) for word in _word().findall(named[0]))
    return tuple(dict.fromkeys(marked[word] for word in found))


def of_flags(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The levels that a record of the national portal sets its flags for."""
    return tuple(name for flag, name in _levels().flags.items() if record.get(flag))


def of_unit(name: str) -> str:
    """The level of a unit by the kind with which its name begins: ``xã Mường Than``."""
    words = f"{fold(name)} "
    return next((level for kind, level in _levels().own.items() if words.startswith(f"{kind} ")), _levels().otherwise)


@lru_cache(maxsize=200)
def handled_at(level: str, levels: tuple[str, ...]) -> bool:
    """Whether a procedure of these levels is handled at ``level``: also where its source names none."""
    return not levels or not level or fold(level) in map(fold, levels)


def _bare(piece: str) -> str:
    return re.sub(r"^(?:ubnd|uy ban nhan dan)? ?(?:cap )?", "", fold(piece).strip(" .():*"))


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_levels().marked, key=len, reverse=True))})\b")


@cache
def _named() -> re.Pattern[str]:
    """``cấp`` with all the levels that one such word introduces."""
    word = _word().pattern
    return re.compile(rf"\bcấp\s+{word}(?:\s*(?:[,;/+&–-]|và|hoặc)\s*(?:cấp\s+)?{word})*")
