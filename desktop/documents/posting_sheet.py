"""What one sheet of the wall says: its words and nothing of how or when it is printed.

Made by the office, drawn by posting_pages.py, frozen in the register when the sheet is posted. The date of printing
is no part of it, so that a sheet printed again has the version it had. Loads nothing that draws.
"""

import hashlib
from enum import StrEnum

import msgspec


class SheetKind(StrEnum):
    """Kinds of sheets, in the order in which they are printed."""

    COVER = "cover"
    CONTENTS = "contents"
    NOTICE = "notice"
    LIST = "list"
    PROCEDURE = "procedure"
    FEES = "fees"
    LINKS = "links"
    SIGN = "sign"
    INVENTORY = "inventory"


class Para(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A paragraph: words before, strong words, words after. ``item`` is what hangs before it, such as ``1.``.

    ``small`` is set in the lesser type of codes and legal bases. ``qr`` makes it a symbol of that text instead.
    """

    lead: str = ""
    strong: str = ""
    rest: str = ""
    item: str = ""
    small: bool = False
    qr: str = ""


class Row(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A row of a sheet's table, known by ``key``; ``below`` runs the full width under its cells.

    A row of one cell spans all columns: the head of a group.
    """

    key: str
    cells: tuple[tuple[Para, ...], ...]
    below: tuple[Para, ...] = ()


class SheetContent(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """All that a sheet says. ``name`` is the one in its QR, ``mark`` its number as printed, such as ``12.07``.

    ``unit`` is the centre's name, ``superior_lines`` and ``centre_lines`` the letterhead of the sheets that have one;
    ``place`` what the running head names, ``decisions`` what the sheet rests on. ``columns`` are the captions of the
    table, empty where it needs none. ``box`` stands framed below it, the image ``picture`` (a SHA-256) beside the QR.
    """

    name: str
    kind: SheetKind
    mark: str
    unit: str
    title: str
    place: str = ""
    kicker: str = ""
    lead: tuple[Para, ...] = ()
    superior_lines: tuple[str, ...] = ()
    centre_lines: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    box: tuple[Para, ...] = ()
    picture: str = ""


def frozen(sheet: SheetContent) -> bytes:
    """The sheet as it is kept: the same bytes for the same words, also after new parts were thought of."""
    return _encode(sheet)


def thawed(stored: bytes | str) -> SheetContent:
    """The sheet that was kept so."""
    return _decode(stored)


def sha256_of(kept: bytes) -> str:
    """The hash of a kept sheet, hexadecimal."""
    return hashlib.sha256(kept).hexdigest()


_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(SheetContent).decode
