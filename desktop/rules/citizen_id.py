"""The QR text of a Căn cước or chip CCCD, and the 12-digit number on it (domain.md 7).

Hides field order, missing parts and what only looks odd. Called by the scanner, the intake rules and ``parse-id``.
The payload itself is never kept: what is not a field of CitizenCard is gone when ``parse`` returns.
"""

import re
from dataclasses import dataclass
from datetime import date

from desktop.rules.text import TextError, clean

_FIELDS = 7
_LONGEST_PAYLOAD = 2000
_LONGEST_NAME = 200
_FIRST_YEAR = 1900
_FIRST_CHIP_CARD = "2021-01-01"

#: Provinces of birth registration as numbered before 2025; from 100 on the number names another country.
# fmt: off
_PROVINCES = frozenset((
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44,
    45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89,
    91, 92, 93, 94, 95, 96,
))
# fmt: on


class CardError(ValueError):
    """A scanned text that gives no card. ``code`` is a stable English word, ``message`` one Vietnamese sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class CitizenCard:
    """What a card says. Dates are ISO; ``birth_date`` is ``YYYY`` or ``YYYY-MM`` where the card leaves parts out.

    ``gender`` is "Nam", "Nữ" or empty, ``address`` may be empty, ``issued_on`` is empty when it is no real date.
    ``warnings`` are Vietnamese sentences about what looks odd and yet occurs on genuine cards.
    """

    id_number: str
    old_id: str
    name: str
    birth_date: str
    gender: str
    address: str
    issued_on: str
    warnings: tuple[str, ...] = ()


def parse(payload: str, *, today: date | None = None) -> CitizenCard:
    """The card in a QR payload of 7 fields (CCCD) or 11 (thẻ Căn cước); further fields are ignored.

    Raises CardError, and nothing else, when the text is no card, was cut, or holds what no card can hold.
    A birth date after ``today`` is refused where ``today`` is given.
    """
    fields = _fields(payload)
    number, old_id, name, born, sex, address, issued = fields[:_FIELDS]
    if not _is_digits(number) or len(number) != 12:
        raise CardError("id_number", f"Số định danh trên thẻ phải gồm 12 chữ số, mã này có {len(number)}. Quét lại.")
    if not name:
        raise CardError("name", "Thẻ không có họ tên. Quét lại.")
    if len(name) > _LONGEST_NAME or any(char.isdigit() for char in name) or "?" in name + address:
        raise CardError("damaged", "Chữ trên thẻ bị hỏng khi quét. Quét lại.")
    if len(fields) == _FIELDS and len(issued) < 8:
        raise CardError("cut", "Mã QR bị cắt giữa chừng. Quét lại.")
    birth_date = _birth_date(born, today)
    gender = sex.capitalize() if sex.capitalize() in ("Nam", "Nữ") else ""
    issued_on = _iso(issued)
    warnings = [
        *([] if gender else ["Thẻ không ghi giới tính Nam hay Nữ."]),
        *([] if old_id == "" or _is_digits(old_id, 9) or _is_digits(old_id, 12) else ["Số CMND cũ bất thường."]),
        *_issue_warnings(issued_on, birth_date, today),
        *check_number(number, birth_date, gender),
    ]
    return CitizenCard(number, old_id, name, birth_date, gender, address, issued_on, tuple(warnings))


def check_number(id_number: str, birth_date: str, gender: str) -> tuple[str, ...]:
    """Sentences about a 12-digit number that does not fit its province list, birth year or gender.

    Warnings only: the number has no check digit and genuine cards that mismatch exist (domain.md 7.3).
    ``birth_date`` may be empty or partial, ``gender`` empty; a number of another length gives no warning here.
    """
    if not _is_digits(id_number) or len(id_number) != 12:
        return ()
    warnings = []
    province = id_number[:3]
    if int(province) < 100 and int(province) not in _PROVINCES:
        warnings.append(f"Ba số đầu “{province}” của số định danh không phải mã tỉnh nào.")
    century, is_female = divmod(int(id_number[3]), 2)
    year = 1900 + 100 * century + int(id_number[4:6])
    if _is_digits(birth_date[:4]) and int(birth_date[:4]) != year:
        warnings.append(f"Số định danh ứng với năm sinh {year}, nhưng năm sinh ghi {birth_date[:4]}.")
    sex = "Nữ" if is_female else "Nam"
    if gender in ("Nam", "Nữ") and gender != sex:
        warnings.append(f"Số định danh ứng với giới tính {sex}, nhưng giới tính ghi {gender}.")
    return tuple(warnings)


def mask(id_number: str) -> str:
    """The number as shown where others can see it: ``0120****0001``; shorter ones keep only their last 3 digits."""
    if len(id_number) >= 12:
        return f"{id_number[:4]}****{id_number[-4:]}"
    return "****" + id_number[-3:] if len(id_number) > 6 else "*" * len(id_number)


#: Nine digits or more, also typed in groups; a hyphen joins nothing, so that the code of a dossier is none.
_NUMBER = re.compile(r"(?<![\d-])\d(?:[ .]?\d){8,}(?!\d)", re.ASCII)


def masked_in(text: str) -> str:
    """``text`` for a log: every number in it that may be one of identity or of a telephone, as ``mask`` shows it."""
    return _NUMBER.sub(lambda found: mask(re.sub(r"\D", "", found[0])), text)


def identities_masked(text: str) -> str:
    """``text`` with every 12-digit number of identity in it masked, and nothing else: paths and moments stay whole."""
    return _NUMBER.sub(_identity_masked, text)


def _identity_masked(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    return mask(digits) if len(digits) == 12 and int(digits[:3]) in _PROVINCES else found[0]


def _fields(payload: str) -> list[str]:
    """The cleaned fields, at least seven; CardError for what is no card, is cut or holds forbidden characters."""
    raw = payload.strip(" \t\r\n\ufeff").split("|")
    number = raw[0].strip()
    if len(payload) > _LONGEST_PAYLOAD or (len(raw) < _FIELDS and not (len(raw) > 1 and _is_digits(number, 12))):
        raise CardError("not_a_card", "Đây không phải mã QR thẻ CCCD/Căn cước.")
    if len(raw) < _FIELDS:
        raise CardError("cut", "Mã QR bị cắt giữa chừng. Quét lại.")
    if not _is_digits(number):
        raise CardError("not_a_card", "Đây không phải mã QR thẻ CCCD/Căn cước.")
    try:
        return [clean(field) for field in raw]
    except TextError as damage:
        raise CardError(damage.code, "Mã QR có ký tự không thể có trên thẻ. Quét lại.") from damage


def _is_digits(text: str, length: int | None = None) -> bool:
    """Whether ``text`` is ASCII digits only, of that length where one is given. ``str.isdigit`` takes other scripts."""
    return text.isascii() and text.isdigit() and length in (None, len(text))


def _birth_date(born: str, today: date | None) -> str:
    """ISO date, ``YYYY-MM`` or ``YYYY`` from ``ddmmyyyy`` with zeros or nothing for the parts that are not known."""
    digits = born.zfill(8)
    if not _is_digits(born) or len(born) not in (4, 6, 8) or int(digits[4:]) < _FIRST_YEAR:
        raise CardError("birth_date", "Ngày sinh trên thẻ không đọc được. Quét lại.")
    day, month, year = digits[:2], digits[2:4], digits[4:]
    if month == "00":
        known = year
    elif day == "00" and month <= "12":
        known = f"{year}-{month}"
    else:
        known = _iso(digits)
    if not known or (month == "00" and day != "00"):
        raise CardError("birth_date", f"Ngày sinh trên thẻ không có thật: {day}/{month}/{year}.")
    if today and known > today.isoformat()[: len(known)]:
        raise CardError("birth_in_future", f"Ngày sinh trên thẻ ở tương lai: {known}.")
    return known


def _iso(ddmmyyyy: str) -> str:
    """The ISO date of eight digits, empty when they are none."""
    if not _is_digits(ddmmyyyy, 8):
        return ""
    try:
        return date(int(ddmmyyyy[4:]), int(ddmmyyyy[2:4]), int(ddmmyyyy[:2])).isoformat()
    except ValueError:
        return ""


def _issue_warnings(issued_on: str, birth_date: str, today: date | None) -> list[str]:
    """What is odd about the day of issue; cards with a QR code exist since 2021."""
    if not issued_on:
        return ["Ngày cấp trên thẻ không đọc được."]
    if issued_on < _FIRST_CHIP_CARD or issued_on < birth_date or (today and issued_on > today.isoformat()):
        return [f"Ngày cấp trên thẻ bất thường: {date.fromisoformat(issued_on):%d/%m/%Y}."]
    return []
