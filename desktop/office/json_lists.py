"""Lists of procedures as JSON: our own export, detail records of the national portal, and plain rows.

Hides which of these a file is and where in it the list stands. A plain row is read as a row of a table whose headings
are its keys. Rows are numbered from 1 in the order of the file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from db.records import Limit, ProcedureVersion
from db.vocabulary import LimitUnit
from desktop.office import procedures
from desktop.office.bounded_rows import MOST_ROWS
from desktop.rules import portal_records, published_lists
from desktop.rules.limits import why_not
from desktop.rules.list_cells import RowError
from desktop.rules.list_entries import Cell, Entry, ListError, Reading, Rejected, Row, Sheet
from desktop.rules.list_sections import day_in

#: More brackets than this never are a list; each costs memory before anything can be judged.
_MOST_BRACKETS = 400_000
#: Where in an object the list stands.
_LISTS = ("procedures", "rows", "data", "items", "content")
#: What an object says that is a procedure as we export it, and not a row with a few facts.
_WHOLE = frozenset({"code", "name", "field", "limit", "papers", "fee", "legal_basis", "channels", "status"})
_FIELDS = frozenset(ProcedureVersion.__dataclass_fields__) - {"version_id"}
_LIMITS = ("limit", "time_limit")

Record = Mapping[str, Any]


def read(data: bytes) -> Reading:
    """Everything that the list says; ListError for JSON that holds no list of procedures."""
    if data.count(b"{") + data.count(b"[") > _MOST_BRACKETS:
        raise ListError("too_many_rows", "Tệp JSON có quá nhiều mục, không phải danh mục thủ tục; chưa ghi gì.")
    try:
        told = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ListError("bad_json", "Tệp không phải JSON hợp lệ (UTF-8); chưa ghi gì.") from error
    records = _records(told)
    if len(records) > MOST_ROWS:
        raise ListError("too_many_rows", f"Tệp có hơn {MOST_ROWS} mục; chưa ghi gì.", MOST_ROWS + 1)
    reading = _reading(records)
    return replace(reading, **_decision(told)) if isinstance(told, dict) else reading


def _reading(records: Sequence[Record]) -> Reading:
    if portal_records.is_detail(records[0]):
        return _each(records, portal_records.entry)
    if records[0].keys() >= _WHOLE and isinstance(records[0]["fee"], dict):
        return _each(records, _whole)
    return _plain(records)


def _decision(told: Record) -> dict[str, Any]:
    """What the object around the list says of its decision: number, day and the day from which it counts."""
    said = told.get("decision")
    said = said if isinstance(said, dict) else {"number": said}
    days = {name: day_in(str(said.get(name) or "")) for name in ("decided_on", "effective_on")}
    number = said.get("number")
    return {name: day for name, day in days.items() if day} | ({"decision": number} if isinstance(number, str) else {})


def _records(told: Any) -> Sequence[Record]:
    if isinstance(told, dict):
        told = next((told[name] for name in _LISTS if isinstance(told.get(name), list)), [told])
    if not isinstance(told, list) or not told:
        raise ListError("empty_list", "Tệp JSON không có thủ tục nào; chưa ghi gì.")
    for row, record in enumerate(told, 1):
        if not isinstance(record, dict):
            raise ListError("bad_json", f"Mục {row} trong tệp JSON không phải một thủ tục; chưa ghi gì.", row)
    return told


def _each(records: Sequence[Record], entry: Any) -> Reading:
    entries, rejected = [], []
    for row, record in enumerate(records, 1):
        try:
            entries.append(entry(record, row))
        except RowError as error:
            rejected.append(Rejected(row, str(error)))
    return Reading(tuple(entries), tuple(rejected))


def _whole(record: Record, row: int) -> Entry:
    try:
        version = procedures.from_json({name: value for name, value in record.items() if name in _FIELDS})
    except (msgspec.ValidationError, InvalidOperation) as error:
        raise RowError(f"Bản ghi không đúng mẫu xuất của chương trình ({error}).") from error
    return Entry(row=row, code=version.code, name=version.name, whole=version)


def _plain(records: Sequence[Record]) -> Reading:
    """Rows of facts as a table whose headings are the keys; a limit given as figure and unit needs no reading."""
    keys = tuple(dict.fromkeys(key for record in records for key in record))
    rows = [Row(row, tuple(_cell(record.get(key)) for key in keys)) for row, record in enumerate(records, 1)]
    reading = published_lists.read([Sheet("", (Row(0, keys), *rows))])
    limits = {row: limit for row, record in enumerate(records, 1) if (limit := _limit(record))}
    entries = (replace(each, limit=limits.get(each.row)) for each in reading.entries)
    return replace(reading, entries=tuple(entries))


def _cell(value: Any) -> Cell:
    if isinstance(value, list):
        return "\n".join(str(each) for each in value if isinstance(each, str | int | float))
    if isinstance(value, dict):  # a fee or a limit with its words; cases are more than one sentence can say
        words = value.get("text") or (None if value.get("variants") else value.get("raw"))
        return words if isinstance(words, str) else None
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _limit(record: Record) -> Limit | None:
    """The one limit of a record that gives it as figure and unit; what depends on cases is left to its words."""
    told: Record = next((record[name] for name in _LIMITS if isinstance(record.get(name), dict)), {})
    if told.get("variants") or told.get("clock_hours") or record.get("cases"):
        return None
    try:
        value, unit = Decimal(str(told["value"])), LimitUnit(told["unit"])
    except (KeyError, ValueError, InvalidOperation):
        return None
    return None if why_not(value, unit) else Limit(value, unit)
