"""Files that bring tables (.xlsx, .csv, .json): told by their content, never by their name.

Hides signatures, packages and what other programs call their files; one that cannot be taken is refused in one
sentence, having cost little. What the rows mean is the caller's. Writes nothing.
"""

import codecs
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import UserError
from desktop.office import delimited, spreadsheets
from desktop.office.bounded_rows import Bounds, Tell
from desktop.rules.list_entries import ListError, Row, Sheet

LARGEST = 30_000_000
SPREADSHEET, DELIMITED, JSON = "bảng tính Excel", "văn bản CSV", "dữ liệu JSON"
_ENDINGS = {".xlsx": SPREADSHEET, ".xlsm": SPREADSHEET, ".csv": DELIMITED, ".tsv": DELIMITED, ".json": JSON}
_OF_KIND = {SPREADSHEET: ".xlsx", DELIMITED: ".csv", JSON: ".json"}
#: Other names say what the file is as well; one that fits nothing here says nothing.
_OTHER_ENDINGS = (".xls", ".ods", ".doc", ".docx", ".pdf", ".zip", ".png", ".jpg", ".jpeg", ".html", ".xml")
#: First bytes → what such a file is.
_SIGNATURES = (
    (b"%PDF", "tệp PDF"),
    (b"\x89PNG", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"BM", "ảnh BMP"),
    (b"II*\0", "ảnh TIFF"),
    (b"MM\0*", "ảnh TIFF"),
    (b"RIFF", "ảnh hoặc âm thanh"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"Rar!", "tệp nén RAR"),
    (b"\x1f\x8b", "tệp nén GZIP"),
    (b"MZ", "chương trình Windows"),
    (b"\x7fELF", "chương trình Linux"),
    (b"{\\rtf", "tệp Word RTF"),
    (b"SQLite format 3", "cơ sở dữ liệu"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file is read for: ``noun`` names it in sentences, ``kinds`` are those it may have.

    ``columns`` tells how many columns a heading has that begins in a row, which tells the delimiter of a text.
    """

    noun: str
    kinds: tuple[str, ...]
    bounds: Bounds
    columns: Callable[[Sequence[Row], int], int]

    @property
    def endings(self) -> str:
        """The endings of such files, as a sentence lists them."""
        *first, last = dict.fromkeys(_OF_KIND[kind] for kind in self.kinds)
        return f"{', '.join(first)} hoặc {last}"


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Whatever cannot be taken inside becomes UserError with one sentence, and the row where one is to blame."""
    try:
        yield
    except ListError as error:
        facts = {} if error.row is None else {"row": error.row}
        raise UserError(error.code, error.message, **facts) from error
    except OSError as error:
        raise UserError("no_file", f"Không đọc được tệp {path}.", file=str(path)) from error


def kind_of(path: Path, wanted: Wanted) -> str:
    """Which of the kinds that are wanted a file is; ListError, or UserError ``no_file``, for any other."""
    if not path.is_file():
        raise UserError("no_file", f"Không đọc được tệp {path}.", file=str(path))
    size = path.stat().st_size
    if size == 0:
        raise ListError("empty_file", f"Tệp {path.name} trống; chưa ghi gì.")
    with path.open("rb") as file:
        start = file.read(4096)
    kind = _signed(start) or ("" if size > LARGEST else _kind(path, start))
    _refuse(path, kind, wanted)
    if not kind:
        raise ListError(
            "too_large", f"Tệp {path.name} lớn hơn {LARGEST // 1_000_000} MB, không phải {wanted.noun}; chưa ghi gì."
        )
    return kind


def tables(path: Path, kind: str, wanted: Wanted, *, tell: Tell | None = None) -> tuple[Sheet, ...]:
    """The tables of a spreadsheet or of a delimited text; ListError as their readers say."""
    if kind == SPREADSHEET:
        return spreadsheets.sheets(path, wanted.bounds, tell=tell)
    return (delimited.sheet(path.read_bytes(), wanted.columns),)


def _signed(start: bytes) -> str:
    """What a file is by its first bytes alone; empty where they leave it open."""
    for signature, words in _SIGNATURES:
        if start.startswith(signature):
            return words
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if text.startswith(b"<"):
        return "trang web hoặc XML"
    controls = sum(byte < 9 for byte in start)
    # UTF-16 is text with a zero beside every ASCII letter; anything between is neither.
    utf_16 = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or controls > len(start) // 4
    if controls and not utf_16 and not start.startswith((b"PK", _OLE)):
        return "dữ liệu không rõ loại"
    return ""


def _kind(path: Path, start: bytes) -> str:
    """What a file is by more than its first bytes."""
    if start.startswith(b"PK"):
        return _packed(path)
    if start.startswith(_OLE):
        return _compound(path)
    return JSON if start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[") else DELIMITED


def _packed(path: Path) -> str:
    names = spreadsheets.names(path)
    if any(name.startswith("xl/") for name in names):
        return SPREADSHEET
    if "mimetype" in names and "content.xml" in names:
        return "tệp LibreOffice (.ods, .odt)"
    return "tệp Word" if any(name.startswith("word/") for name in names) else "tệp nén ZIP"


def _compound(path: Path) -> str:
    """A file of the older Office, or one of today's with a password, which is wrapped in the same way."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ListError(
            "password_protected",
            f"Tệp {path.name} đặt mật khẩu; hãy bỏ mật khẩu trong Excel rồi nhập lại. Chưa ghi gì.",
        )
    return "tệp Word kiểu cũ" if "WordDocument".encode("utf-16-le") in data else "bảng tính Excel kiểu cũ (.xls)"


def _refuse(path: Path, kind: str, wanted: Wanted) -> None:
    """A file of another kind, or one whose name promises another."""
    ending = path.suffix.lower()
    if kind and kind not in wanted.kinds:
        raise ListError(
            "not_a_list", f"Tệp {path.name} là {kind}; chỉ nhập được {wanted.noun} {wanted.endings}. Chưa ghi gì."
        )
    if kind and (ending in _OTHER_ENDINGS or _ENDINGS.get(ending, kind) != kind):
        raise ListError(
            "wrong_name",
            f"Tệp {path.name} thật ra là {kind}; hãy xem lại có đúng tệp không, đổi đuôi thành {_OF_KIND[kind]} rồi"
            " nhập lại. Chưa ghi gì.",
        )
