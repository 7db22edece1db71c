"""Files in which lists of procedures arrive (.xlsx, .csv, .json): told by their content, never by their name.

Hides formats. What the catalogue makes of a list is ``rules.change_sets``; a file that cannot be taken is refused in
one Vietnamese sentence with its row, having cost little. Writes nothing.
"""

import codecs
from pathlib import Path

from desktop.errors import UserError
from desktop.office import delimited, json_lists, spreadsheets
from desktop.rules import published_lists
from desktop.rules.list_entries import ListError, Reading

_LARGEST = 30_000_000
_SPREADSHEET, _DELIMITED, _JSON = "bảng tính Excel", "văn bản CSV", "dữ liệu JSON"
_ENDINGS = {".xlsx": _SPREADSHEET, ".xlsm": _SPREADSHEET, ".csv": _DELIMITED, ".tsv": _DELIMITED, ".json": _JSON}
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


def read(path: Path) -> Reading:
    """What the list in ``path`` says; UserError with one sentence, and the row where one is to blame."""
    try:
        return _read(path)
    except ListError as error:
        facts = {} if error.row is None else {"row": error.row}
        raise UserError(error.code, error.message, **facts) from error
    except OSError as error:
        raise UserError("no_file", f"Không đọc được tệp {path}.", file=str(path)) from error


def _read(path: Path) -> Reading:
    if not path.is_file():
        raise UserError("no_file", f"Không đọc được tệp {path}.", file=str(path))
    size = path.stat().st_size
    if size == 0:
        raise ListError("empty_file", f"Tệp {path.name} trống; chưa ghi gì.")
    with path.open("rb") as file:
        start = file.read(4096)
    kind = _signed(start) or ("" if size > _LARGEST else _kind(path, start))
    _refuse(path, kind)
    if not kind:
        raise ListError(
            "too_large", f"Tệp {path.name} lớn hơn {_LARGEST // 1_000_000} MB, không phải danh mục; chưa ghi gì."
        )
    if kind == _SPREADSHEET:
        return published_lists.read(spreadsheets.sheets(path))
    data = path.read_bytes()
    return json_lists.read(data) if kind == _JSON else published_lists.read([delimited.sheet(data)])


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
    return _JSON if start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[") else _DELIMITED


def _packed(path: Path) -> str:
    names = spreadsheets.names(path)
    if any(name.startswith("xl/") for name in names):
        return _SPREADSHEET
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


def _refuse(path: Path, kind: str) -> None:
    """A file of another kind, or one whose name promises another."""
    ending = path.suffix.lower()
    if kind not in (_SPREADSHEET, _DELIMITED, _JSON, ""):
        raise ListError(
            "not_a_list", f"Tệp {path.name} là {kind}; chỉ nhập được danh mục .xlsx, .csv hoặc .json. Chưa ghi gì."
        )
    if kind and (ending in _OTHER_ENDINGS or _ENDINGS.get(ending, kind) != kind):
        right = next(known for known, words in _ENDINGS.items() if words == kind)
        raise ListError(
            "wrong_name",
            f"Tệp {path.name} thật ra là {kind}; hãy xem lại có đúng tệp không, đổi đuôi thành {right} rồi nhập lại."
            " Chưa ghi gì.",
        )
