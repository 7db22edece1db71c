"""Dossiers that arrive as JSON (``register``, ``replay``): exact types, unknown keys refused by name.

Hides the decoder; every refusal is one Vietnamese sentence that names the place in the request.
"""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import msgspec

from db.vocabulary import Channel, FiledBy, LimitUnit, ResultBy
from desktop.errors import UserError
from desktop.rules.calendar import VN_TZ
from desktop.rules.intake import IntakeForm, Person, Principal, SubmittedPaper, TypedLimit


class _Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A JSON object in which every key must be known."""


class _Person(_Strict, frozen=True):
    name: str | None = None
    id_number: str | None = None
    birth_date: str | None = None
    gender: str | None = None
    address: str | None = None
    residence: str | None = None
    phone: str | None = None
    email: str | None = None
    organisation: str | None = None

    def values(self) -> dict[str, str]:
        return {name: value or "" for name, value in msgspec.structs.asdict(self).items()}


class _Principal(_Person, frozen=True):
    authority_paper: str | None = None


class _Paper(_Strict, frozen=True):
    name: str
    originals: int = 0
    copies: int = 0
    shown: bool = False


class _Limit(_Strict, frozen=True):
    value: Decimal
    unit: LimitUnit


class DossierRequest(_Strict, frozen=True):
    """The object that ``register`` takes (cli.md, "What goes in")."""

    procedure: str
    channel: Channel
    applicant: _Person
    key: str | None = None
    principal: _Principal | None = None
    papers: tuple[_Paper, ...] = ()
    sets: int = 1
    receiving_unit: str | None = None
    solving_unit: str | None = None
    result_by: ResultBy = ResultBy.COUNTER
    note: str = ""
    case: str | None = None
    limit: _Limit | None = None
    filed_by: FiledBy | None = None
    clerk: str | None = None
    received_at: str | None = None

    def form(self, *, key: str | None = None) -> IntakeForm:
        """The same as the intake window's form; ``key`` stands in when the caller made none."""
        return IntakeForm(
            procedure=self.procedure,
            channel=self.channel,
            key=self.key or key or str(uuid4()),
            applicant=Person(**self.applicant.values()),
            principal=Principal(**self.principal.values()) if self.principal else None,
            papers=tuple(
                SubmittedPaper(paper.name, paper.originals, paper.copies, paper.shown) for paper in self.papers
            ),
            sets=self.sets,
            receiving_unit=self.receiving_unit,
            solving_unit=self.solving_unit,
            result_by=self.result_by,
            note=self.note,
            case=self.case,
            limit=TypedLimit(self.limit.value, self.limit.unit) if self.limit else None,
            filed_by=self.filed_by or "",
        )


def dossier(data: Any) -> DossierRequest:
    """Check decoded JSON; raises UserError ``bad_request`` naming the first place that is wrong."""
    try:
        return msgspec.convert(data, DossierRequest, strict=True)
    except msgspec.ValidationError as error:
        raise _refusal(str(error)) from error


def decode(text: bytes) -> Any:
    """JSON text as plain values; raises UserError ``bad_json``."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError("bad_json", "Tệp không phải JSON hợp lệ (UTF-8); chưa ghi gì.") from error


def moment(text: str) -> datetime:
    """ISO 8601, +07:00 when no zone is written; raises UserError ``bad_moment``."""
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=VN_TZ) if at.tzinfo is None else at.astimezone(VN_TZ)
    except (ValueError, OverflowError) as error:
        raise UserError("bad_moment", f"“{text[:40]}” không phải ngày giờ dạng 2026-11-23T09:14.") from error


_REFUSALS = (
    (r"Object contains unknown field `(?P<what>[^`]*)`", "unknown_key", "Không có mục “{what}” trong yêu cầu."),
    (r"Object missing required field `(?P<what>[^`]*)`", "missing_key", "Thiếu mục “{what}” trong yêu cầu."),
    (r"Invalid enum value (?P<what>.+?)(?: - at|$)", "bad_value", "Giá trị {what} không dùng được."),
    (r"Expected `(?P<what>[^`]*)`, got `(?P<got>[^`]*)`", "wrong_type", "Phải là {what}, không phải {got}."),
)
_TYPES = {
    "str": "chữ",
    "int": "số nguyên",
    "float": "số",
    "decimal": "số",
    "bool": "đúng/sai",
    "object": "đối tượng",
    "array": "danh sách",
    "null": "trống",
}


def _refusal(message: str) -> UserError:
    place = re.search(r" - at `\$\.?(.*)`$", message)
    where = place[1] if place else ""
    for pattern, code, sentence in _REFUSALS:
        if found := re.match(pattern, message):
            words = _word if code == "wrong_type" else _short
            told = sentence.format(**{name: words(text) for name, text in found.groupdict().items()})
            at = f" (ở {where})" if where else ""
            key = [_short(found["what"])] if code in ("unknown_key", "missing_key") else []
            field = ".".join([*([where] if where else []), *key])
            return UserError(code, f"{told.rstrip('.')}{at}; chưa ghi gì.", field=field)
    return UserError("bad_request", f"Yêu cầu không đúng mẫu ở {where or 'đầu'}; chưa ghi gì.", field=where)


def _word(types: str) -> str:
    return " hoặc ".join(_TYPES.get(part.strip(), part.strip()) for part in types.split("|"))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
