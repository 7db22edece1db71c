"""What an entry of a list says otherwise than the catalogue: the fields to set, old and new side by side.

Hides which wordings say the same. A column that the list does not have, or a cell that is empty, changes nothing: an
import never takes knowledge away in silence. Called by ``change_sets``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from db.records import FeeRule, Limit, ProcedureVersion, RequiredPaper
from db.vocabulary import AfterCutoff, Channel, ProcedureStatus
from desktop.rules import fee_texts, limit_texts
from desktop.rules.change_sets import FieldChange
from desktop.rules.limit_texts import LimitReading
from desktop.rules.limits import shorter
from desktop.rules.list_entries import Entry
from desktop.rules.list_matching import name_key, said_alike
from desktop.rules.reasons import limit_words

_DOCUMENT = re.compile(r"\d+(?:\.\d+)?/\d{4}/[A-ZĐ][\w-]*")
_ENDED = {ProcedureStatus.ABOLISHED: "đã bãi bỏ", ProcedureStatus.REPLACED: "đã được thay thế"}
#: Known of every version, or told by the kind of change; never a difference by itself.
_NOT_SAID = frozenset(
    {
        "code",
        "decision",
        "decided_on",
        "valid_from",
        "valid_to",
        "source",
        "source_on",
        "version_id",
        "status",
        "replaced_by",
    }
)
_TEXTS = ("field", "place", "result", "steps", "subjects", "conditions", "link")
#: Fields that are told as one, by the name of the first.
_LIMIT = ("limit", "statutory", "cases", "limit_text", "needs_review", "review_note")
_FEE = ("fee", "fees")
_CHANNEL_WORDS = {Channel.DIRECT: "trực tiếp", Channel.ONLINE: "trực tuyến", Channel.POST: "bưu chính"}
_EMPTY = re.compile(r"[\s.–-]*")
_UNKNOWN = "chưa có"


@dataclass(frozen=True, slots=True)
class Difference:
    """The procedure as the entry wants it, the fields that change by that, and why its limit needs a person."""

    version: ProcedureVersion
    fields: tuple[FieldChange, ...]
    undecided: str = ""


def difference(entry: Entry, old: ProcedureVersion) -> Difference:
    """The entry against what the catalogue says of its procedure; a new procedure is compared with an empty one."""
    if entry.whole:
        return _whole(entry.whole, old)
    told = dict(_texts(entry, old))
    if entry.fee_text and not _EMPTY.fullmatch(entry.fee_text):
        told |= _fee(entry.fee_text, old)
    limit, undecided = _limit(entry, old)
    told |= limit
    if old.status in _ENDED:
        told |= {"status": ProcedureStatus.IN_FORCE, "replaced_by": None}
    new = replace(old, **told)
    return Difference(new, tuple(_changes(old, new)), undecided)


def blank(entry: Entry) -> ProcedureVersion:
    """What a catalogue says of a procedure that it does not know."""
    return ProcedureVersion(entry.code, "", "", None)


def _whole(whole: ProcedureVersion, old: ProcedureVersion) -> Difference:
    """Our own export says everything; what differs in the way of writing only stays as it is."""
    told: dict[str, Any] = {}
    for name in (each.name for each in fields(ProcedureVersion) if each.name not in _NOT_SAID):
        ours, theirs = getattr(old, name), getattr(whole, name)
        alike = isinstance(ours, str) and isinstance(theirs, str) and said_alike(ours) == said_alike(theirs)
        silent = name == "levels" and not theirs
        if ours != theirs and not alike and not silent:
            told[name] = theirs
    if old.status in _ENDED and whole.status not in _ENDED:
        told |= {"status": ProcedureStatus.IN_FORCE, "replaced_by": None}
    new = replace(old, **told)
    return Difference(new, tuple(_changes(old, new)))


def _texts(entry: Entry, old: ProcedureVersion) -> Iterator[tuple[str, Any]]:
    """Everything but limit and fee that the entry says otherwise."""
    if entry.name and name_key(entry.name) != name_key(old.name):
        yield "name", entry.name
    for name in _TEXTS:
        text = getattr(entry, name)
        if text and said_alike(text) != said_alike(getattr(old, name)):
            yield name, text
    if entry.authority and said_alike(entry.authority) != said_alike(old.authority):
        yield "authority", entry.authority
    if entry.legal_basis and _documents(entry.legal_basis) != _documents(old.legal_basis):
        yield "legal_basis", entry.legal_basis
    if entry.channels and set(entry.channels) != set(old.channels):
        yield "channels", entry.channels
    if entry.papers and list(map(_paper_words, entry.papers)) != list(map(_paper_words, old.papers)):
        yield "papers", entry.papers
    levels = tuple(dict.fromkeys((entry.levels or ()) + entry.titled_levels))
    # A title speaks of one level's part in a procedure that several levels handle; only a cell says that no other does.
    if set(levels) != set(old.levels) if entry.levels else not set(levels) <= set(old.levels):
        yield "levels", levels


def _documents(basis: tuple[str, ...]) -> set[str]:
    """The legal texts by their numbers, however they are named around it."""
    return {each for text in basis for each in (_DOCUMENT.findall(text) or [said_alike(text)])}


def _fee(text: str, old: ProcedureVersion) -> dict[str, Any]:
    reading = fee_texts.read(text)
    known = (old.fee.amount, old.fee.rule, old.fees)
    same = reading.certain and (reading.fee.amount, reading.fee.rule, reading.fees) == known
    if same or said_alike(reading.fee.text) == said_alike(old.fee.text):
        return {}
    return {"fee": reading.fee, "fees": reading.fees}


def _limit(entry: Entry, old: ProcedureVersion) -> tuple[dict[str, Any], str]:
    """The fields of the limit to set, and why a person must decide it; nothing where the list says the same."""
    text = entry.limit_text or (limit_words(entry.limit) if entry.limit else "")
    if _EMPTY.fullmatch(text):
        known = old.limit or old.cases or old.needs_review
        return ({}, "") if known else _open("", "danh sách không nói thời hạn", old)
    if old.limit_text and said_alike(old.limit_text) == said_alike(text):
        return {}, ""  # decided once
    reading = LimitReading(entry.limit, certain=True) if entry.limit else limit_texts.read(text)
    if entry.statutory_text and not _EMPTY.fullmatch(entry.statutory_text):
        reading = _with_statutory(reading, limit_texts.read(entry.statutory_text))
    if not reading.certain:
        return _open(text, reading.why, old)
    if old.cases:
        return _open(text, "danh mục đang chia thời hạn theo trường hợp", old)
    assert reading.limit is not None, "a certain reading has its limit"
    if _is_same(reading, old):
        return {}, ""
    set_to = {"limit": _with_hour(reading.limit, old.limit), "statutory": reading.statutory, "limit_text": text}
    return set_to | {"needs_review": False, "review_note": "" if old.needs_review else old.review_note}, ""


def _open(text: str, why: str, old: ProcedureVersion) -> tuple[dict[str, Any], str]:
    """What stands until a person decides: the clerk types the limit, or the cases that are known stay."""
    note = f"Thời hạn công bố “{text}”: {why}." if text else f"Chưa có thời hạn: {why}."
    until = {"limit_text": text, "review_note": note}
    return (until if old.cases else until | {"limit": None, "statutory": None, "needs_review": True}), why


def _with_statutory(reading: LimitReading, law: LimitReading) -> LimitReading:
    """Two columns, the commune's limit and the law's: the shorter counts (both are posted)."""
    if not reading.certain or not law.certain or reading.limit is None or law.limit is None:
        return reading if not reading.certain else LimitReading(why=f"thời hạn theo quy định: {law.why}")
    if (reading.limit.value, reading.limit.unit) == (law.limit.value, law.limit.unit):
        return reading
    counts = shorter(reading.limit, law.limit)
    if counts is None:
        return LimitReading(why="không so được thời hạn cắt giảm với thời hạn theo quy định")
    return LimitReading(counts, certain=True, statutory=law.limit if counts is reading.limit else reading.limit)


def _is_same(reading: LimitReading, old: ProcedureVersion) -> bool:
    limit, known = reading.limit, old.limit
    if limit is None or known is None or (limit.value, limit.unit) != (known.value, known.unit):
        return False
    return reading.statutory in (None, old.statutory) and limit.after_cutoff in (AfterCutoff.NONE, known.after_cutoff)


def _with_hour(limit: Limit, known: Limit | None) -> Limit:
    """A text that does not speak of 15:00 leaves what is known of it."""
    keeps = known is not None and known.unit is limit.unit and limit.after_cutoff is AfterCutoff.NONE
    return replace(limit, after_cutoff=known.after_cutoff) if keeps and known else limit


def _changes(old: ProcedureVersion, new: ProcedureVersion) -> Iterator[FieldChange]:
    """Every difference in words, fields that belong together in one line."""
    for name in (each.name for each in fields(ProcedureVersion) if each.name not in _NOT_SAID or each.name == "status"):
        together = _LIMIT if name in _LIMIT else _FEE if name in _FEE else (name,)
        if name == together[0] and any(getattr(old, each) != getattr(new, each) for each in together):
            yield FieldChange(name, _words(old, name), _words(new, name))


def _words(version: ProcedureVersion, name: str) -> str:
    value = getattr(version, name)
    if name == "limit":
        return _limit_said(version)
    if name == "fee":
        return "; ".join([version.fee.text, *map(_fee_line, version.fees)]).strip("; ") or _UNKNOWN
    if name == "status":
        return _ENDED.get(version.status, "còn hiệu lực")
    if name == "channels":
        return ", ".join(_CHANNEL_WORDS[each] for each in value) or _UNKNOWN
    if name == "levels":
        return ", ".join(value) or _UNKNOWN
    if name == "papers":
        return "\n".join(map(_paper_words, value)) or _UNKNOWN
    if isinstance(value, tuple):
        return "\n".join(map(str, value)) or _UNKNOWN
    return str(value) if value not in (None, "") else _UNKNOWN


def _limit_said(version: ProcedureVersion) -> str:
    if version.needs_review:
        return f"“{version.limit_text}” – cần người quyết định" if version.limit_text else _UNKNOWN
    if version.cases:
        return "; ".join(f"{case.label}: {limit_words(case.limit)}" for case in version.cases)
    if version.limit is None:
        return _UNKNOWN
    law = f" (quy định: {limit_words(version.statutory)})" if version.statutory else ""
    return limit_words(version.limit) + law


def _fee_line(rule: FeeRule) -> str:
    amount = f"{rule.amount:,} đồng".replace(",", ".") if rule.amount is not None else _UNKNOWN
    whom = _CHANNEL_WORDS[rule.channel] if rule.channel else rule.exemption
    return f"{whom}: {amount}" if whom else amount


def _paper_words(paper: RequiredPaper) -> str:
    return f"{paper.name} ({paper.originals} bản chính, {paper.copies} bản sao)"
