"""Rows of a list that are no procedure: titles, sections, fields, totals, numbered columns; and what they say.

Hides how lists tell once what holds for all rows below. Called for each such row of an imported list.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.rules.levels import in_title
from desktop.rules.list_entries import Kind
from desktop.rules.text import fold

#: Behind these words a text speaks of papers that go, not of procedures.
_OF_PAPERS = r"(?! (?:cac |mot so |toan bo )?(?:quyet dinh|qd|danh muc|van ban|phu luc|thanh phan|noi dung))"
_KINDS = (
    (Kind.NEW, re.compile(r"\b(?:moi ban hanh|ban hanh moi|cong bo moi|tthc moi|thu tuc hanh chinh moi)\b|^moi$")),
    (Kind.AMENDED, re.compile(r"\bsua doi\b|^sdbs$")),
    (Kind.REPLACED, re.compile(rf"\bthay the\b{_OF_PAPERS}|^superseded$|^replaced$")),
    (
        Kind.ABOLISHED,
        re.compile(rf"\b(?:bai bo|huy bo|(?:het|khong con) hieu luc)\b{_OF_PAPERS}|^repealed$|^abolished$"),
    ),
)
_ONLY_A_KIND = re.compile(
    r"(?:tthc |thu tuc (?:hanh chinh )?)?(?:duoc |bi |da (?:bi )?)?"
    r"(?:moi|moi ban hanh|ban hanh moi|sua doi(?:,? bo sung)?|bai bo|huy bo|het hieu luc)"
)
_REMARK = re.compile(r"\s*(?:ghi chú|lưu ý|chú thích|[*\[(]\s*[*\d])", re.IGNORECASE)
_FIELD = re.compile(
    r"lĩnh vực\s*:?\s*(?P<field>.+?)(?=\s*(?:\(|:|$|thuộc thẩm quyền|thuộc phạm vi|tại (?:ủy|uỷ) ban|trên địa bàn))",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\s*(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,2})*)\s*[.):/-]\s*|\s*(?:[IVXLC]{1,6})\s+(?=\S)")
_COUNTED = re.compile(r"\s*\(?\s*\d+\s*(?:TTHC|thủ tục(?: hành chính)?)\s*\)?\s*$", re.IGNORECASE)
#: With its marks: "Cộng" is a sum, "Công nhận …" a procedure.
_TOTAL = re.compile(
    r"(?:tổng cộng|tổng số|tổng|cộng)\s*(?:[:(\d]|$|(?:tthc|thủ tục|số)\b)|tổng (?:cộng|số)\b", re.IGNORECASE
)
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?(?:\s*=.*)?|\(?[A-ZĐ]\)?")
_LONGEST_FIELD, _LONGEST_TITLE = 120, 400

_DAY = r"(?:(\d{1,2})/(\d{1,2})/(\d{4})|(\d{1,2}) tháng (\d{1,2}) năm (\d{4}))"
_DECISION = re.compile(
    r"quyết định\s+số\s*:?\s*(?P<number>\d[\w.]*\s?/(?:\d{4}/)?QĐ-[A-ZĐ]+[\w-]*)(?:\s*,?\s*(?:ngày)\s*(?P<day>"
    + _DAY
    + "))?",
    re.IGNORECASE,
)
_EFFECT = re.compile(rf"hiệu lực (?:thi hành )?(?:kể )?từ (?:ngày )?(?P<day>{_DAY})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """What a row says of those below it; ``None``, or no level, where it says nothing of the kind."""

    kind: Kind | None = None
    levels: tuple[str, ...] = ()
    field: str | None = None


def kind_in(text: str) -> Kind | None:
    """What a text says that a decision does, when it says one such thing only."""
    plain = fold(text)
    found = [kind for kind, words in _KINDS if words.search(plain)]
    if len(found) > 1:
        return Kind.LISTED
    return found[0] if found else None


def kind_of_note(text: str) -> Kind | None:
    """What a remark beside a procedure says is done to it, when it says that and nothing else."""
    return kind_in(text) if _ONLY_A_KIND.fullmatch(fold(text).strip(" .;()")) else None


def section(text: str, numbered: bool = False) -> Section:
    """What the text of a row without a procedure says; ``numbered`` tells of a Roman number or letter before it.

    Such a row names a field when it says so, or when it is numbered and speaks of nothing else.
    """
    if _REMARK.match(text) or len(text) > _LONGEST_TITLE:
        return Section()
    bare = _COUNTED.sub("", text).strip()
    body = _ORDINAL.sub("", bare, count=1) if _ORDINAL.match(bare) else bare
    kind, levels = kind_in(body), in_title(body)
    field = _FIELD.search(body)
    named = field["field"] if field else ""
    if not field and not kind and not levels and (numbered or body != bare):
        named = body
    return Section(kind, levels, _tidy(named) or None)


def ordinal_in(text: str) -> str:
    """The number that a section's text begins with, ``II`` of ``II. Lĩnh vực …``; empty where there is none."""
    found = _ORDINAL.match(text)
    return found[0].strip(" .):/-") if found else ""


def is_total(texts: Sequence[str]) -> bool:
    """Whether a row sums up: its first text says so."""
    return any(text and _TOTAL.match(text) for text in texts[:2])


def is_column_numbers(texts: Sequence[str]) -> bool:
    """Whether a row only numbers its columns: (1) (2) (3), or A B 1 2."""
    said = [text for text in texts if text]
    return len(said) > 1 and all(_COLUMN_NUMBER.fullmatch(text) for text in said)


def decision_in(text: str) -> tuple[str, date | None]:
    """Number and day of the decision that a title names first; an unsigned draft has neither."""
    found = _DECISION.search(text)
    return (found["number"].replace(" ", ""), day_in(found["day"] or "")) if found else ("", None)


def effect_in(text: str) -> date | None:
    """The day from which a title says that its list counts."""
    found = _EFFECT.search(text)
    return day_in(found["day"]) if found else None


def day_in(text: str) -> date | None:
    """The first day written in a text as 20/11/2025 or in words; ``None`` where there is none, or no such day."""
    found = re.search(_DAY, text)
    if not found:
        iso = re.search(r"\b(\d{4})-(\d{2})-(\d{2})", text)
        parts = [iso[1], iso[2], iso[3]] if iso else []
    else:
        day, month, year = found.groups()[:3] if found[1] else found.groups()[3:]
        parts = [year, month, day]
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def _tidy(field: str) -> str:
    """A field's name; what stands in capitals only is written as the catalogue does."""
    plain = " ".join(field.split()).strip(" .:;–-")
    if len(plain) > _LONGEST_FIELD:
        return ""
    return plain.capitalize() if plain.isupper() else plain[:1].upper() + plain[1:]
