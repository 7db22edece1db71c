"""The catalogue as a file that people open and this program reads again, in the columns of the province's own lists.

A spreadsheet or CSV says what such lists say; JSON says everything. Read back, neither changes anything.
"""

from datetime import date, datetime
from pathlib import Path

from db.connection import Register
from db.records import Limit, ProcedureVersion
from db.vocabulary import AfterCutoff, Channel, LimitUnit, ProcedureStatus
from desktop import labels
from desktop.office import procedures, proposals, settings, table_files
from desktop.office.table_files import Column, Table
from desktop.rules import limits
from desktop.rules.reasons import limit_words

#: The province's columns (QĐ 2934/QĐ-UBND), and what else a list may say of a procedure.
_COLUMNS = (
    Column("STT", 6),
    Column("Mã TTHC", 12),
    Column("Tên thủ tục hành chính", 50),
    Column("Lĩnh vực", 20),
    Column("Cấp thực hiện", 18),
    Column("Thời hạn giải quyết", 24),
    Column("Thời hạn giải quyết theo quy định", 24),
    Column("Thời gian cắt giảm", 16),
    Column("Địa điểm thực hiện", 30),
    Column("Cách thức thực hiện", 18),
    Column("Phí, lệ phí (nếu có)", 30),
    Column("Căn cứ pháp lý", 44),
    Column("Cơ quan thực hiện", 24),
    Column("Kết quả thực hiện", 28),
    Column("Trình tự thực hiện", 44),
    Column("Đối tượng thực hiện", 24),
    Column("Yêu cầu, điều kiện", 30),
    Column("Đường dẫn", 24),
)
_ENDED = (Column("Trạng thái", 14), Column("Được thay thế bởi", 14))
_STATUS_WORDS = {ProcedureStatus.REPLACED: "Bị thay thế", ProcedureStatus.ABOLISHED: "Bãi bỏ"}


def export(book: Register, path: Path, *, on: date, now: datetime, field: str | None = None, all: bool = False) -> int:
    """Write what the commune takes in on a day, or with ``all`` everything begun by then; returns how many.

    UserError ``unknown_format`` for an ending other than .xlsx, .csv and .json.
    """
    found = procedures.catalogue(book).listed(on=on, field=field, all=all)
    found = tuple(version for version in found if version.status is not ProcedureStatus.FUTURE)
    unit = settings.unit(book)
    told = [procedures.to_json(version) for version in found]
    records = {"unit": {"code": unit.code, "name": unit.name}, "on": on.isoformat(), "procedures": told}
    titles = ("DANH MỤC THỦ TỤC HÀNH CHÍNH", f"{unit.centre_name}. Tính đến ngày {on:%d/%m/%Y}.")
    rows = [_row(number, version, all) for number, version in enumerate(found, start=1)]
    table_files.write(path, Table(titles, _COLUMNS + (_ENDED if all else ()), rows, records), now=now)
    return len(found)


def export_proposals(book: Register, path: Path, *, first: date, last: date, now: datetime) -> int:
    """Write the notes of the counter from ``first`` to ``last``, for the review of a quarter; returns how many."""
    found = proposals.proposals(book, first=first, last=last)
    columns = (
        Column("STT", 6),
        Column("Mã TTHC", 12),
        Column("Tên thủ tục hành chính", 50),
        Column("Nội dung kiến nghị", 70),
        Column("Ngày ghi", 14),
        Column("Công chức", 16),
    )
    rows = [
        (number, note.procedure, note.procedure_name, note.text, f"{note.at:%d/%m/%Y}", note.clerk)
        for number, note in enumerate(found, start=1)
    ]
    title = f"KIẾN NGHỊ VỀ THỦ TỤC HÀNH CHÍNH từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"
    unit = settings.unit(book)
    told = [
        {"procedure": note.procedure, "text": note.text, "at": note.at.isoformat(), "clerk": note.clerk}
        for note in found
    ]
    table_files.write(path, Table((title, unit.centre_name), columns, rows, {"proposals": told}), now=now)
    return len(found)


def _row(number: int, version: ProcedureVersion, all: bool) -> list[str | int]:
    cut = limits.time_cut(version.limit, version.statutory)
    row: list[str | int] = [
        number,
        version.code,
        version.name,
        version.field,
        ", ".join(version.levels),
        version.limit_text or _words(version.limit),
        _words(version.statutory),
        limit_words(cut, padded=False) if cut else "",
        version.place,
        _ways(version.channels),
        version.fee.text,
        "\n".join(version.legal_basis),
        version.authority,
        version.result,
        version.steps,
        version.subjects,
        version.conditions,
        version.link,
    ]
    if all:
        row += [_STATUS_WORDS.get(version.status, "Đang áp dụng"), version.replaced_by or ""]
    return row


def _words(limit: Limit | None) -> str:
    """A limit in a sentence that means this limit and nothing else; empty where it depends on the case."""
    if limit is None:
        return ""
    words = labels.sentence_start(limit_words(limit))
    if limit.unit is LimitUnit.CLOCK_HOURS:
        words += " liên tục"
    if limit.unit is LimitUnit.SAME_DAY and limit.after_cutoff is AfterCutoff.RETURN_NEXT_DAY:
        words += ", nhận sau 15 giờ thì trả ngày làm việc tiếp theo"
    return words


def _ways(channels: tuple[Channel, ...]) -> str:
    return "; ".join(labels.CHANNEL_WORDS[channel] for channel in Channel if channel in channels)
