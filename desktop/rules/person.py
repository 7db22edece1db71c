"""A citizen or organisation as named in a dossier: one written shape, and what is wrong with it.

Hides number, phone and date formats. Called by ``rules.intake`` only, which the windows and the office use.
Never looks anything up: whether the person is known is the register's business.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal, TypeVar

from desktop.rules.citizen_id import check_number
from desktop.rules.text import TextError, clean, fold, nfc

_FIRST_YEAR = 1900

#: What a field is called in sentences, and how many characters it may have.
_FIELDS = {
    "name": ("Họ tên", 200),
    "id_number": ("Số định danh", 40),
    "birth_date": ("Ngày sinh", 40),
    "gender": ("Giới tính", 40),
    "address": ("Nơi thường trú", 500),
    "residence": ("Nơi ở hiện nay", 500),
    "phone": ("Số điện thoại", 40),
    "email": ("Thư điện tử", 254),
    "organisation": ("Tên tổ chức", 300),
    "authority_paper": ("Giấy tờ ủy quyền", 500),
}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_WRITTEN_DATE = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_GENDERS = {"nam": "Nam", "nu": "Nữ"}


#: Code and sentence of a problem, or nothing wrong.
_Found = tuple[str, str] | None | Literal[False]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a form. ``field`` is its path (``applicant.phone``), ``message`` one Vietnamese sentence.

    A ``soft`` problem is shown and does not stop reception; ``code`` is a stable English word.
    """

    field: str
    code: str
    message: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Who files (người nộp hồ sơ). ``birth_date`` is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; all text may be empty."""

    name: str = ""
    id_number: str = ""
    birth_date: str = ""
    gender: str = ""
    address: str = ""
    residence: str = ""
    phone: str = ""
    email: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Principal(Person):
    """On whose behalf somebody files, with the paper that says so (TT 03/2025/TT-VPCP, Mẫu 01)."""

    authority_paper: str = ""


P = TypeVar("P", bound=Person)


def tidy(text: str) -> str:
    """``clean`` text, or composed text as typed when it holds what cannot be kept."""
    try:
        return clean(text)
    except TextError:
        return nfc(text)


def text_problem(field: str, label: str, text: str, longest: int) -> Problem | None:
    """Why ``text`` cannot be kept in ``field``: forbidden characters or too many."""
    try:
        length = len(clean(text))
    except TextError as error:
        return Problem(field, error.code, f"{label}: {error.message[0].lower()}{error.message[1:]}")
    if length > longest:
        counted = f"{length:,}".replace(",", ".")
        return Problem(field, "too_long", f"{label} dài {counted} ký tự, chỉ nhận đến {longest}.")
    return None


def normalised(person: P) -> P:
    """The person in the shape that is stored: NFC text, bare numbers, ISO birth date where one can be read.

    What cannot be read stays as typed; ``problems`` then says what is wrong with it.
    """
    texts = {field.name: tidy(getattr(person, field.name)) for field in fields(person)}
    texts["id_number"] = texts["id_number"].replace(" ", "").replace(".", "")
    texts["birth_date"] = _iso_birth_date(texts["birth_date"])
    texts["gender"] = _GENDERS.get(fold(texts["gender"]), texts["gender"])
    texts["phone"] = bare_phone(texts["phone"])
    return type(person)(**texts)


def bare_phone(text: str) -> str:
    """A phone number as it is stored: without what groups its digits, in the form of the country."""
    return re.sub(r"^(?:\+|00)84", "0", re.sub(r"[ .()-]", "", text))


def problems(person: Person, at: str, who: str, *, today: date) -> Iterator[Problem]:
    """What is wrong with a normalised person; ``at`` is the path in front of field names, ``who`` is "người nộp"."""
    if not person.name and not person.organisation:
        yield Problem(f"{at}.name", "missing", f"Còn thiếu họ tên {who} hoặc tên tổ chức.")
    damaged = set()
    for field in fields(person):
        label, longest = _FIELDS[field.name]
        if problem := text_problem(f"{at}.{field.name}", label, getattr(person, field.name), longest):
            damaged.add(field.name)
            yield problem
    checks = {
        "name": _name_problem(person.name),
        "id_number": _number_problem(person),
        "birth_date": _birth_date_problem(person.birth_date, today),
        "gender": person.gender not in ("", "Nam", "Nữ") and ("unknown", "Giới tính là Nam hoặc Nữ."),
        "phone": phone_problem(person.phone),
        "email": _email_problem(person.email),
    }
    for name, found in checks.items():
        if found and name not in damaged:
            yield Problem(f"{at}.{name}", *found)
            damaged.add(name)
    if not damaged:
        yield from _soft_problems(person, at)


def _soft_problems(person: Person, at: str) -> Iterator[Problem]:
    """What looks odd and may be right all the same."""
    for warning in check_number(person.id_number, person.birth_date, person.gender):
        yield Problem(f"{at}.id_number", "number_mismatch", warning, soft=True)
    if person.name and not person.residence:
        yield Problem(f"{at}.residence", "missing", "Chưa có nơi ở hiện nay.", soft=True)


def _name_problem(name: str) -> _Found:
    if name and not any(char.isalpha() for char in name):
        return "no_letters", "Họ tên phải có chữ."
    return None


def _number_problem(person: Person) -> _Found:
    """A person's number has 12 digits, an organisation's 10 to 13 (tax codes of branches are written 10-3)."""
    number = person.id_number
    if not number or (not person.name and re.fullmatch(r"[0-9]{10}-[0-9]{3}", number)):
        return None
    if found := _not_a_digit(number, "Số định danh"):
        return found
    if not person.name and person.organisation:
        if 10 <= len(number) <= 13:
            return None
        return "wrong_length", f"Mã số tổ chức có từ 10 đến 13 chữ số, đã gõ {len(number)}."
    if len(number) == 12:
        return None
    return "wrong_length", f"Số định danh phải đủ 12 chữ số, đã gõ {len(number)}."


def phone_problem(phone: str) -> _Found:
    """Why a bare phone number is none, as a word and a sentence; None when it is one, or empty."""
    digits = phone.removeprefix("+")
    if not phone:
        return None
    if found := _not_a_digit(digits, "Số điện thoại"):
        return found
    if 8 <= len(digits) <= 15:
        return None
    return "wrong_length", f"Số điện thoại có từ 8 đến 15 chữ số, đã gõ {len(digits)}."


def _not_a_digit(text: str, label: str) -> _Found:
    for char in text:
        if not "0" <= char <= "9":
            kind = "chữ" if char.isalpha() else "ký tự"
            return "not_digits", f"Có {kind} “{char}”. {label} chỉ gồm chữ số."
    return None


def _email_problem(email: str) -> _Found:
    return None if not email or _EMAIL.fullmatch(email) else ("bad_email", "Thư điện tử phải có dạng ten@noi.vn.")


def _iso_birth_date(text: str) -> str:
    """``15/03/1987``, ``3/1987`` and ``15031987`` as ISO; anything else as it is."""
    found = _WRITTEN_DATE.fullmatch(text)
    if not found:
        return text
    day, month, year = found[1] or found[4], found[2] or found[5], found[3] or found[6]
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def _birth_date_problem(text: str, today: date) -> _Found:
    if not text:
        return None
    found = _DATE.fullmatch(text)
    try:
        born = date(*(int(part or 1) for part in found.groups())) if found else None
    except ValueError:
        born = None
    if born is None or born.year < _FIRST_YEAR:
        return "not_a_date", f"Ngày sinh “{text}” không có thật."
    if text > today.isoformat()[: len(text)]:
        return "in_future", "Ngày sinh ở tương lai."
    return None
