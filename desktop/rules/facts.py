"""What a clerk gives with an act: which facts each event knows, read from text or JSON into plain values.

Hides names, kinds and bounds; the command line's words, a ``replay`` line and a window's fields come out the same.
Asked by the office before it judges an act. Whether a fact fits the dossier is ``rules.obstacles``.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from db.vocabulary import EventKind, PaidBy, ResultBy
from desktop.rules import ratings
from desktop.rules.calendar import VN_TZ, WorkCalendar
from desktop.rules.text import TextError, clean

E = EventKind

_LONGEST_NOTE = 2000
_LONGEST_NAME = 200
_MOST_ITEMS = 30
_MOST_MONEY = 1_000_000_000


class FactError(ValueError):
    """A fact that cannot be recorded: stable ``code``, one Vietnamese sentence, the ``field`` it is about."""

    def __init__(self, code: str, message: str, field: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


class _Wrong(ValueError):
    """What is wrong with a value, without the name of its field."""


def _text(longest: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise _Wrong("phải là chữ")
        text = clean(value)
        if len(text) > longest:
            raise _Wrong(f"dài quá {longest} chữ")
        return text

    return read


def _moment(value: Any) -> str:
    """ISO text at +07:00; a bare date stays one until the calendar tells when it closes."""
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
        if isinstance(value, str) and len(value.strip()) <= len("2026-11-27"):
            return at.date().isoformat()
        at = at.replace(tzinfo=VN_TZ) if at.tzinfo is None else at.astimezone(VN_TZ)
    except (ValueError, OverflowError) as error:
        raise _Wrong("không phải ngày giờ dạng 2026-11-27T17:00") from error
    return at.isoformat(timespec="seconds")


def _whole(highest: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= highest:
            raise _Wrong(f"phải là số nguyên từ 0 đến {highest}")
        return value

    return read


def _days(value: Any) -> str:
    try:
        days = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation as error:
        raise _Wrong("không phải số ngày") from error
    if not days.is_finite() or not 0 < days <= 3650 or days % Decimal("0.25"):
        raise _Wrong("phải là số ngày lớn hơn 0, chia đến phần tư ngày")
    return format(days.normalize(), "f")


def _flag(value: Any) -> bool:
    words = {"true": True, "1": True, "false": False, "0": False}
    if isinstance(value, str):
        value = words.get(value.strip().lower())
    if not isinstance(value, bool):
        raise _Wrong("phải là true hoặc false")
    return value


def _way(value: Any) -> str:
    try:
        return str(ResultBy(value))
    except ValueError as error:
        raise _Wrong(f"chỉ nhận {', '.join(ResultBy)}") from error


def _one_of(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in words:
            raise _Wrong(f"chỉ nhận {', '.join(words)}")
        return value

    return read


def _scale(value: Any) -> int:
    scale = _whole(max(ratings.SCALES))(value)
    if scale not in ratings.SCALES:
        raise _Wrong(f"chỉ nhận {', '.join(map(str, ratings.SCALES))}")
    return scale


def _official(value: Any) -> str:
    """Whether it has the shape of a code is ``rules.codes``'."""
    return clean(str(value)).upper()


def _items(value: Any) -> list[str]:
    lines = value.splitlines() if isinstance(value, str) else value
    if not isinstance(lines, list | tuple) or len(lines) > _MOST_ITEMS:
        raise _Wrong(f"phải là danh sách, nhiều nhất {_MOST_ITEMS} mục")
    return [item for item in map(_text(_LONGEST_NAME * 2), lines) if item]


def _changes(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise _Wrong("phải là các cặp trường và giá trị")
    return {str(name): _text(_LONGEST_NOTE)(str(new)) for name, new in value.items()}


def _counts(value: Any) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise _Wrong("phải là các cặp tên và số")
    return {str(name): _whole(_MOST_MONEY)(number) for name, number in value.items()}


_NOTE, _NAME, _MONEY = _text(_LONGEST_NOTE), _text(_LONGEST_NAME), _whole(_MOST_MONEY)

#: Event → fact → how it is read. Every event also takes a ``note``.
_FACTS: Mapping[EventKind, Mapping[str, Callable[[Any], Any]]] = MappingProxyType(
    {
        E.FORWARD: {"to": _NAME, "inner_due": _moment, "inner_days": _days},
        E.HAND_BACK: {},
        E.REQUEST_SUPPLEMENT: {"items": _items, "confirmed_by": _NAME},
        E.SUPPLEMENT: {},
        E.REQUEST_OBLIGATION: {"amount": _MONEY},
        E.FULFIL_OBLIGATION: {},
        E.REFUSE: {},
        E.EXTEND: {"to": _moment, "signer": _NAME},
        E.APOLOGISE: {"to": _moment, "signer": _NAME},
        E.STOP: {"signer": _NAME},
        E.WITHDRAW: {},
        E.FINISH: {"certified": _counts},
        E.HAND_OVER: {
            "to": _NAME,
            "by": _way,
            "id_number": _NAME,
            "relation": _NAME,
            "checked": _one_of("card", "paper"),
            "receipt": _one_of("scanned", "superseded", "seen", "missing"),
            "items": _items,
            "tracking": _NAME,
        },
        E.RATE: {
            "score": _whole(99),
            "scale": _scale,
            "reason": _NOTE,
            "anonymous": _flag,
            "source": _one_of(ratings.CITIZENS_SCREEN, ratings.CLERKS_KEYBOARD),
        },
        E.CORRECT: {"set": _changes},
        E.ATTACH_OFFICIAL_CODE: {"official_code": _official},
        E.FEE_PAID: {"receipt_number": _NAME, "amount": _MONEY, "by": _one_of(*PaidBy)},
        E.UNDO: {},
    }
)
_SAID = {
    "note": "Lý do, nội dung (note)",
    "to": "Nơi nhận hoặc ngày hẹn (to)",
    "score": "Điểm đánh giá (score)",
    "set": "Mục đính chính (set)",
    "by": "Cách trả kết quả, cách nộp tiền (by)",
    "confirmed_by": "Người xác nhận (confirmed_by)",
    "inner_due": "Hạn của chặng (inner_due)",
    "inner_days": "Số ngày của chặng (inner_days)",
    "amount": "Số tiền (amount)",
    "receipt_number": "Số biên lai (receipt_number)",
    "official_code": "Mã hồ sơ chính thức (official_code)",
}


def read(event: EventKind, given: Mapping[str, Any], calendar: WorkCalendar) -> dict[str, Any]:
    """The facts of ``event`` as they are recorded; what is empty is left out. Raises ``FactError``."""
    known = {"note": _NOTE, **_FACTS[event]}
    facts: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            raise FactError("unknown_fact", f"Việc này không có mục “{name[:40]}”; chưa ghi gì.", name)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        try:
            told = known[name](value)
        except (_Wrong, TextError) as error:
            raise FactError("bad_fact", f"{said(name)}: {_why(error)}; chưa ghi gì.", name) from error
        if told not in ("", [], {}):
            facts[name] = _at_closing(told, calendar) if known[name] is _moment else told
    return facts


def said(name: str) -> str:
    """What sentences call a fact."""
    return _SAID.get(name, f"Mục “{name}”")


def _why(error: ValueError) -> str:
    return error.message.rstrip(".") if isinstance(error, TextError) else str(error)


def _at_closing(told: str, calendar: WorkCalendar) -> str:
    """A bare date means the close of that day; a day off stays midnight for the obstacles to name."""
    if "T" in told:
        return told
    on = date.fromisoformat(told)
    if calendar.is_working_day(on):
        return calendar.closing(on).isoformat(timespec="seconds")
    return datetime(on.year, on.month, on.day, tzinfo=VN_TZ).isoformat(timespec="seconds")
