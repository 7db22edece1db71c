"""The QR text of a sheet on the wall: which sheet it is and which version of its text, readable by any phone.

``NIEM YET 1.001193 BAN 048210937551``: the sheet's name and twelve digits of the SHA-256 over what it says. It names
no person and proves nothing; the register knows which version is right. The words hold no letters or digits that a
Vietnamese keyboard program (Unikey, Telex or VNI) composes, so that a scanner may type it anywhere.
"""

import re
from dataclasses import dataclass

#: Names of the sheets that are not those of one procedure, whose name is its code.
COVER, CONTENTS, NOTICE, DOOR = "BIA", "MUC LUC", "PHAN ANH", "BIEN CUA"

_DIGITS = 12
_SHEET = re.compile(
    rf"NIEM YET (?P<name>[0-9]\.[0-9]{{6}}|[A-Z]{{2,}}(?: [A-Z0-9]+){{0,6}}) BAN (?P<version>[0-9]{{{_DIGITS}}})"
    r"(?P<practice> TAP HUAN)?"
)


@dataclass(frozen=True, slots=True)
class ScannedSheet:
    """What the QR of a sheet says; ``version`` is the twelve digits."""

    name: str
    version: str
    practice: bool


def list_name(field: int, number: int) -> str:
    """The name of a sheet of a field's list: field and sheet by their numbers."""
    return f"DANH MUC {field} TO {number}"


def fee_name(number: int) -> str:
    """The name of a sheet of the fee table."""
    return f"BANG PHI TO {number}"


def link_name(number: int) -> str:
    """The name of a sheet of the QR index."""
    return f"BANG MA TO {number}"


def desk_name(number: int) -> str:
    """The name of the sign of a desk."""
    return f"BIEN QUAY {number}"


def version_digits(sha256: str) -> str:
    """The digits that stand for a text of this SHA-256 (hexadecimal)."""
    return f"{int(sha256, 16) % 10**_DIGITS:0{_DIGITS}d}"


def sheet_text(name: str, version: str, *, practice: bool) -> str:
    """The text of the QR. Raises ValueError for a name or version that could not be read back."""
    text = f"NIEM YET {name} BAN {version}" + (" TAP HUAN" if practice else "")
    if read(text) != ScannedSheet(name, version, practice):
        raise ValueError(f"not a sheet: {text!r}")
    return text


def read(text: str) -> ScannedSheet | None:
    """What a scanned text says, ``None`` when it is not the QR of a sheet; a scanner's Caps Lock is forgiven."""
    found = _SHEET.fullmatch(text.strip().upper()) if text.isascii() else None
    return ScannedSheet(found["name"], found["version"], found["practice"] is not None) if found else None
