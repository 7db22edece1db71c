"""Verbs of books kept elsewhere: bring one in as closed history, and find what stands in it."""

import argparse
from typing import TYPE_CHECKING, Any

from desktop.errors import UserError
from desktop.verbs.context import Answer, Context

if TYPE_CHECKING:
    from db.records import OldEntry
    from desktop.office.old_books import Looked
    from desktop.rules.old_books import Remark

_NOTHING_USABLE = 2
_SHOWN = 20


def bring_in(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import old_books

    with context.book() as book:
        now = context.now()
        context.tell(f"Đang đọc {args.file.name}…")
        looked = old_books.look(book, args.file, now=now)
        assert looked is not None, "nobody stops it"
        told = _told(looked)
        if looked.new and not args.dry_run:
            context.tell(f"Đang nhập {len(looked.new)} dòng…")
            done = old_books.bring_in(book, looked, clerk=args.clerk, now=now)
            assert done is not None, "nobody stops it"
            told["seq"] = done.seq
    usable = looked.new or looked.known
    return Answer(told, _text(looked, brought="seq" in told), 0 if usable else _NOTHING_USABLE)


def find(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import access, old_book_lookup

    with context.book() as book:
        rows = old_book_lookup.find(book, args.text, limit=args.limit, clerk=args.clerk)
        if theirs := old_book_lookup.elsewhere(book, clerk=args.clerk):
            raise UserError("other_field", theirs)
        access.searched(book, args.text, count=len(rows), why="book find", clerk=args.clerk, now=context.now())
        files = {row.imported_by: old_book_lookup.source(book, row.imported_by).file for row in rows}
    told = [_entry_json(row, files[row.imported_by]) for row in rows]
    text = "\n".join(_entry_text(row, files[row.imported_by]) for row in rows)
    return Answer({"rows": told}, text or "Không thấy trong sổ cũ.")


def undo(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import old_books

    with context.book() as book:
        old_books.take_back(book, args.seq, reason=args.reason, clerk=args.clerk, now=context.now())
    return Answer({"seq": args.seq}, f"Đã rút lại sổ nhập ở sự kiện {args.seq}; các dòng của nó không tìm thấy nữa.")


def listed(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import old_book_lookup, rights

    with context.book() as book:
        rights.named(book, args.clerk, now=context.now())
        sources = old_book_lookup.sources(book)
    days = [(one.first.isoformat(), one.last.isoformat()) for one in sources]
    told = [
        {"seq": one.seq, "file": one.file, "at": one.at.isoformat(), "clerk": one.clerk, "rows": one.rows}
        | {"from": first, "to": last}
        for one, (first, last) in zip(sources, days, strict=True)
    ]
    lines = [f"{one.seq}  {one.file}  {one.rows} dòng  nhập {one.at:%d/%m/%Y}  {one.person}" for one in sources]
    return Answer({"rows": told}, "\n".join(lines) or "Chưa nhập sổ nào.")


def _told(looked: "Looked") -> dict[str, Any]:
    reading = looked.reading
    return {
        "file": str(looked.path),
        "sha256": looked.sha256,
        "new": len(looked.new),
        "replaced": len(looked.replaced),
        "known": [_remark(each) for each in looked.known],
        "rejected": [_remark(each) for each in reading.rejected],
        "warnings": [_remark(each) for each in reading.warned],
        "passed": [_remark(each) for each in reading.passed],
        "columns": {str(role): caption for role, caption in reading.columns},
        "unknown": list(reading.unknown),
        "notes": list(reading.notes),
    }


def _remark(each: "Remark") -> dict[str, Any]:
    return {"row": each.row, "reason": each.words} | ({"sheet": each.sheet} if each.sheet else {})


def _text(looked: "Looked", *, brought: bool) -> str:
    reading = looked.reading
    done = "Đã nhập" if brought else "Nhập được"
    counts = {"đã có": looked.known, "không đọc được": reading.rejected, "cần xem lại": reading.warned}
    lines = [", ".join([f"{done} {len(looked.new)} dòng", *(f"{len(rows)} {word}" for word, rows in counts.items())])]
    if looked.replaced:
        lines.append(f"Thay {len(looked.replaced)} dòng đã nhập từ trước bằng dòng đã sửa.")
    for rows in (reading.rejected, reading.warned):
        lines += [f"Dòng {each.row}: {each.words}" for each in rows[:_SHOWN]]
        if len(rows) > _SHOWN:
            lines.append(f"… và {len(rows) - _SHOWN} dòng nữa như thế (--json cho đủ).")
    if reading.unknown:
        lines.append(f"Giữ trong ghi chú: {', '.join(reading.unknown)}.")
    return "\n".join([*lines, *reading.notes])


def _entry_json(entry: "OldEntry", file: str) -> dict[str, Any]:
    told: dict[str, Any] = {"imported": True, "id": entry.id, "file": file, "row": entry.row}
    told |= {name: getattr(entry, name) for name in ("year", "entry_no", "code", "applicant")}
    told |= {"procedure": entry.procedure_name, "result": entry.result}
    days = ("received_on", "due_on", "finished_on", "handed_over_on")
    return told | {name: on.isoformat() if (on := getattr(entry, name)) else None for name in days}


def _entry_text(entry: "OldEntry", file: str) -> str:
    code = entry.code or f"số {entry.entry_no}"
    where = f"{file}, dòng {entry.row}"
    return f"{entry.received_on:%d/%m/%Y}  {code}  {entry.applicant}  {entry.procedure_name}  (nhập từ {where})"
