"""Lists in CSV and other delimited text: encodings and delimiters told by what makes sense, never by a setting.

Hides byte order marks, UTF-16, the Vietnamese code page of Windows, ``, ; | Tab``, Excel's ``sep=`` line and quoted
line breaks. Text that cannot be read with certainty is refused: a name with wrong letters must not enter the catalogue.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence

from desktop.office.bounded_rows import MOST_COLUMNS, bounded
from desktop.rules.list_entries import Cell, ListError, Row, Sheet
from desktop.rules.syllables import is_syllable
from desktop.rules.text import nfc

_DELIMITERS = (",", ";", "\t", "|")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEP = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
#: A heading is looked for in as many letters and records to tell the delimiter.
_TRIED, _TRIED_RECORDS = 60_000, 32
#: Of the words with marks, this share must be possible Vietnamese for a code page to be believed.
_BELIEVED = 0.95
_FORMULA = re.compile(r"[=@](?!\s*\"[^\"]*\"\s*$)")


#: How many columns a heading has that begins in this row; 0 where none does.
Columns = Callable[[Sequence[Row], int], int]


def sheet(data: bytes, columns: Columns) -> Sheet:
    """The one table of a delimited text; ListError for bytes that are no text, an open quote or a formula."""
    text = _decoded(data)
    if not text.strip():
        raise ListError("empty_file", "Tệp không có dòng nào; chưa ghi gì.")
    told = _SEP.match(text)
    if told:
        text = "\n" + text[told.end() :]  # its row counts, as it does in a spreadsheet
    return Sheet("", bounded(_records(text, told[1] if told else _delimiter(text, columns))))


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as_text(data[len(mark) :], encoding)
    start = data[:2000]
    if start.count(0) > len(start) // 4:
        # Headings are mostly ASCII letters, of which every other byte is then a zero.
        return _as_text(data, "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be")
    try:
        return _plain(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    text = nfc(_as_text(data, "cp1258"))
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    if not words or sum(map(_is_vietnamese, words)) < _BELIEVED * len(words):
        raise _unreadable()
    return text


def _as_text(data: bytes, encoding: str) -> str:
    try:
        return _plain(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise _unreadable() from error


def _plain(text: str) -> str:
    if "\0" in text:
        raise ListError("not_a_list", "Tệp không phải văn bản; chỉ nhập được .xlsx, .csv, .json. Chưa ghi gì.")
    return text


def _is_vietnamese(word: str) -> bool:
    return is_syllable(word, strict=False)


def _unreadable() -> ListError:
    return ListError(
        "unknown_encoding", "Không rõ bảng mã chữ Việt của tệp; hãy lưu lại thành CSV UTF-8 rồi nhập lại. Chưa ghi gì."
    )


def _delimiter(text: str, columns: Columns) -> str:
    """The delimiter by which a heading is found with most columns; without a heading, the one that cuts most."""
    best, most = _DELIMITERS[0], (0, 0)
    for delimiter in _DELIMITERS:
        rows = _tried(text, delimiter)
        told = max((columns(rows, at) for at in range(len(rows))), default=0)
        worth = (told, max((len(row.cells) for row in rows), default=0))
        if worth > most:
            best, most = delimiter, worth
    return best


def _tried(text: str, delimiter: str) -> list[Row]:
    """The first records, whatever is wrong with them: that is judged once the delimiter is known."""
    rows = []
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text[:_TRIED], newline=""), delimiter=delimiter), 1):
            rows.append(Row(number, tuple(record[:MOST_COLUMNS])))
    except csv.Error:
        pass
    return rows[:_TRIED_RECORDS]


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[Cell]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            cells: list[Cell] = [*record[: MOST_COLUMNS + 1]]
            _refuse_formula(number, record)
            yield number, cells
    except csv.Error as error:
        raise ListError(
            "bad_quotes", f"Dòng {number + 1} có dấu ngoặc kép không đóng hoặc ô quá dài; chưa ghi gì.", number + 1
        ) from error


def _refuse_formula(number: int, record: list[str]) -> None:
    """A cell that a spreadsheet would compute; ``="1.001190"`` is how a text is kept from being one."""
    for cell in record:
        if cell[:1] in "=@" and _FORMULA.match(cell):
            raise ListError(
                "formula", f"Dòng {number} có công thức; hãy ghi thành giá trị rồi nhập lại. Chưa ghi gì.", number
            )
