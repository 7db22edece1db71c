"""Codes of dossiers and of procedures: how they are made, recognised and brought to one shape.

A code that looks official is made only when the commune has its agency code; without one the code is visibly
temporary (domain.md 3, TT 03/2025/TT-VPCP). Codes of either kind that come from elsewhere are never re-ordered.
"""

import re
from datetime import date

from db.records import Unit
from desktop.rules.text import fold

#: Letters and digits that nobody mixes up, on paper or over the telephone.
CLEAR_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

_AGENCY = r"(?:[A-Z]\d{2}(?:\.\d{2,3}){0,4}|\d{3}(?:\.\d{2,3}){2,3}\.[A-Z]\d{2})"
_OFFICIAL = re.compile(rf"{_AGENCY}-\d{{6}}-\d{{4,7}}", re.ASCII)
_TEMPORARY = re.compile(r"TN-[A-Z0-9]{1,24}-\d{6}-\d{4,7}", re.ASCII)

#: Base code, an optional number of a case, and the place of a province in either of the two ways it is written.
#: Some lists write a point too many inside the base code.
_PROCEDURE = re.compile(r"(\d)\.(\d{3})\.?(\d{3})(?:\.\d{2})?(?:(?:\.\d{3}\.\d{2}\.\d{2})?\.[A-Z]\d{2})?", re.ASCII)
_WRAPPING = str.maketrans("", "", "'’‘`´\"“”()[]\ufeff\u200b")


def dossier_code(unit: Unit, on: date, number: int) -> str:
    """The code of the ``number``-th dossier (from 1) that ``unit`` received on that day.

    ``H35.17.28-261123-0001`` with the unit's agency code, ``TN-MT-261123-0001`` without one. Always upper case
    and within the QR alphanumeric set. Raises ValueError when the unit's code has no letter or digit.
    """
    if number < 1:
        raise ValueError(f"dossier numbers of a day start at 1, got {number}")
    agency = unit.agency_code.strip().upper()
    if agency:
        if not re.fullmatch(_AGENCY, agency, re.ASCII):
            raise ValueError(f"not an agency code: {unit.agency_code!r}")
        return f"{agency}-{on:%y%m%d}-{number:04d}"
    short = re.sub(r"[^A-Z0-9]", "", fold(unit.code).upper())[:24]
    if not short:
        raise ValueError(f"not a unit code: {unit.code!r}")
    return f"TN-{short}-{on:%y%m%d}-{number:04d}"


def is_unit_code(code: str) -> bool:
    """Whether ``code`` can name a unit: letters without marks, digits, points and hyphens, at most 24."""
    return re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,22}[A-Za-z0-9])?", code, re.ASCII) is not None


def is_agency_code(code: str) -> bool:
    """Whether ``code`` has the shape of an agency's identification code (QĐ 20/2020/QĐ-TTg), old or new order."""
    return re.fullmatch(_AGENCY, code, re.ASCII) is not None


def is_official_code(code: str) -> bool:
    """Whether ``code`` has the shape of a code issued by the provincial or national system, old or new order."""
    return _OFFICIAL.fullmatch(code) is not None


def is_temporary_code(code: str) -> bool:
    """Whether ``code`` has the shape of our own temporary code (mã tiếp nhận tạm)."""
    return _TEMPORARY.fullmatch(code) is not None


def procedure_code(text: str) -> str:
    """A procedure's code as the catalogue keeps it: ``1.001193``.

    Takes what lists and people write: a province's suffix, the older long suffix, a case number, a point too many,
    brackets, quotes, spaces. Raises ValueError with one Vietnamese sentence for anything else; a code that lost its
    last digits in a spreadsheet is not guessed at.
    """
    bare = "".join(text.translate(_WRAPPING).split()).upper()
    found = _PROCEDURE.fullmatch(bare)
    if found:
        return f"{found[1]}.{found[2]}{found[3]}"
    if re.fullmatch(r"\d\.\d{1,5}", bare, re.ASCII):
        raise ValueError(f"Mã thủ tục “{bare}” thiếu chữ số: sau dấu chấm phải có 6 chữ số.")
    raise ValueError("Mã thủ tục phải có dạng 1.001193: một chữ số, dấu chấm, 6 chữ số.")
