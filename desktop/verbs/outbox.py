"""Verbs of the way up: write a packet, send what is due, see what waits, meet the hub."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop import labels
from desktop.errors import EnvironmentProblem, UserError
from desktop.verbs.context import Answer, Context, day, read, target

if TYPE_CHECKING:
    from db.connection import Register
    from db.records import OutboxRow
    from desktop.office.carrying import AnswerRead
    from desktop.office.enrolling import Hub
    from desktop.office.outbox import Way


def export(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import carrying

    if bool(args.date) == args.waiting:
        raise UserError("usage", "Câu lệnh chưa đúng: ghi --date NGÀY, hoặc --waiting cho mọi ngày đang chờ.")
    place = _place(args.output)
    with context.book() as book:
        facts: dict[str, Any] = {"clerk": args.clerk, "now": context.now()}
        if args.waiting:
            copied = carrying.write_waiting(book, place, **facts)
        else:
            copied = carrying.write_day(book, place, day(args.date), **facts)
    days = [{"date": row.day.isoformat(), "revision": row.revision} for row in copied.rows]
    told = {"file": str(copied.path), "sha256": copied.sha256, "days": days, "left": copied.left}
    left = f" Còn {copied.left} báo cáo cho gói sau." if copied.left else ""
    return Answer(told, f"Đã chép {len(days)} báo cáo ra {copied.path}.{left}")


def sync(context: Context, _: argparse.Namespace) -> Answer:
    from desktop.office import sending

    with context.open_to_all() as book:
        told = sending.send(book, clock=context.now, manual=True)
    rejected = [{"date": on.isoformat(), "reason": why} for on, why in told.rejected]
    counted = {"sent": told.sent, "acknowledged": told.acknowledged, "waiting": told.waiting}
    said = f"Đã gửi {told.sent}, tuyến trên xác nhận {told.acknowledged}, còn chờ {told.waiting}."
    trouble = "Chưa gửi hết" if told.waiting or told.rejected else "Chưa hỏi được tuyến trên"
    lines = [said, *([f"{trouble}: {told.reason}."] if told.reason else []), *_rejected_text(told.rejected)]
    return Answer(counted | {"rejected": rejected, "offline": told.offline}, "\n".join(lines))


def outbox(context: Context, args: argparse.Namespace) -> Answer:
    if args.act is not None:
        return _read(context, args.place)
    from desktop.office import outbox as box

    now = context.now()
    with context.open_to_all() as book:
        box.gather(book, now=now)
        rows, counts, way = box.rows(book), box.counts(book), box.line(book, now)
        notes = [box.note(row, way) for row in rows]
    told = {
        "rows": [_row_json(row, note) for row, note in zip(rows, notes, strict=True)],
        "counts": {str(state): number for state, number in counts.items()},
        "line": _way_json(way),
    }
    lines = [_row_text(row, note) for row, note in zip(rows, notes, strict=True)]
    return Answer(told, "\n".join([*lines, _way_text(way)]))


def enrol(context: Context, args: argparse.Namespace) -> Answer:
    """Four ways: by network with a code, a request's file, its answer's file, or only another way to the same hub."""
    if (args.answer is not None and (args.code or args.request)) or (args.request is not None and not args.code):
        raise UserError(
            "usage", "Câu lệnh chưa đúng: --url với --code, hoặc --code với --request TỆP, hoặc --answer TỆP."
        )
    with context.book() as book:
        from desktop.office import enrolling

        who: dict[str, Any] = {"clerk": args.clerk, "now": context.now()}
        before = enrolling.line(book)
        way = replace(before, **_line_said(context, args)).checked()
        if args.request is not None:
            return _request(book, args, who)
        if args.answer is not None:
            enrolling.take_answer(book, read(context, args.answer), **who)
        elif args.code is not None:
            enrolling.enrol(book, args.code, url=way.url, way=way, **who)
        if way != enrolling.line(book):
            enrolling.change_line(book, way, **who)
        return _met(enrolling.believed(book), way.url)


def _place(words: str) -> Path:
    """A folder, or a file's name in one that is there. What is written as a folder is one, or a stick that is gone."""
    path = Path(words)
    if path.is_dir():
        return path
    if words.endswith(("/", "\\")):
        raise EnvironmentProblem("carrier_gone", f"Không thấy thư mục {path}; nếu là USB, hãy cắm lại rồi chép lại.")
    return target(path)


def _line_said(context: Context, args: argparse.Namespace) -> dict[str, Any]:
    """What the words say of the way to the hub; an empty word takes away what was set."""
    said: dict[str, Any] = {name: getattr(args, name) for name in ("url", "proxy") if getattr(args, name) is not None}
    if args.ca is not None:
        said["ca"] = read(context, args.ca).decode("utf-8", errors="replace") if args.ca else ""
    return said | ({"allow_plain": True} if args.allow_plain else {})


def _request(book: "Register", args: argparse.Namespace, who: dict[str, Any]) -> Answer:
    from desktop.office import enrolling
    from desktop.sync import packet_files

    output = packet_files.write(_place(args.request), enrolling.request_file(book, args.code, **who))
    said = f"Đã ghi {output}; mang lên tuyến trên, rồi đọc tệp trả lời mang về bằng enrol --answer."
    return Answer({"file": str(output)}, said)


def _met(hub: "Hub", url: str) -> Answer:
    told = {"hub": {"code": hub.code, "name": hub.name, "key": hub.key}, "practice": hub.practice, "url": url}
    way = f"qua {url}" if url else "chỉ bằng USB, vì chưa ghi địa chỉ"
    said = f"Đã nối với {hub.name} ({hub.code}), {way}. Khóa được tin: {hub.key[:16]}…"
    return Answer(told | {"enrolled_at": hub.enrolled_at.isoformat()}, said)


def _read(context: Context, place: Path) -> Answer:
    """One file that was named must be good; in a folder a bad one is passed over with its reason.

    Where none was good the exit code is that of the worst, as if it had been named.
    """
    from desktop.office import carrying

    with context.open_to_all() as book:
        files = carrying.read_answers(book, place, now=context.now())
    if not files:
        raise UserError("no_answer", f"Không thấy tệp xác nhận nào trong {place}.", folder=str(place))
    if place.is_file() and files[0].problem is not None:
        raise files[0].problem
    told = {"files": [_file_json(one) for one in files], "acknowledged": sum(one.green for one in files)}
    problems = [one.problem.exit_code for one in files if one.problem is not None]
    exit_code = max(problems) if len(problems) == len(files) else 0
    return Answer(told, "\n".join(map(_file_text, files)), exit_code)


def _file_json(one: "AnswerRead") -> dict[str, Any]:
    problem = {"code": one.problem.code, "message": one.problem.message} if one.problem else None
    rejected = [{"date": on.isoformat(), "reason": why} for on, why in one.rejected]
    counts = {"acknowledged": one.green, "lost": one.lost, "old": one.old}
    return {"file": str(one.path), "error": problem, "rejected": rejected} | counts


def _file_text(one: "AnswerRead") -> str:
    if one.problem is not None:
        return f"{one.path.name}: {one.problem.message}"
    if not (one.green or one.old or one.lost or one.rejected):
        return f"{one.path.name}: không có gì mới."
    old = f", {one.old} đã biết từ trước" if one.old else ""
    said = f"{one.path.name}: tuyến trên xác nhận {one.green} báo cáo{old}."
    return "\n".join([said, *_rejected_text(one.rejected)])


def _rejected_text(rejected: Sequence[tuple[date, str]]) -> list[str]:
    return [f"Cần xem lại ngày {on:%d/%m/%Y}: {why}" for on, why in rejected]


def _row_json(row: "OutboxRow", note: str) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in ("revision", "code", "sha256", "received", "resolved", "overdue")}
    standing = row.standing
    return {
        "date": row.day.isoformat(),
        **told,
        "state": str(row.state),
        "reason": note,
        "since": row.since.isoformat(),
        "attempts": row.attempts,
        "next_try_at": _moment(row.next_try_at),
        "tries": [tried.isoformat() for tried in row.tries],
        "standing": {"revision": standing.revision, "code": standing.code, "sha256": standing.sha256}
        if standing
        else None,
    }


def _row_text(row: "OutboxRow", note: str) -> str:
    said = f" – {note}" if note else ""
    return f"{row.day:%d/%m/%Y} bản {row.revision} ({row.code}): {labels.OUTBOX_WORDS[row.state]}{said}"


def _way_json(way: "Way") -> dict[str, Any]:
    moments = {name: _moment(getattr(way, name)) for name in ("offline_since", "next_try_at", "acknowledged_at")}
    return {"hub": way.hub, "reachable": way.reachable, "reason": way.reason} | moments


def _way_text(way: "Way") -> str:
    if not way.hub:
        return "Chưa nối với nơi nhận báo cáo."
    since = f", mất mạng từ {way.offline_since:%H:%M %d/%m/%Y}" if way.offline_since else ""
    trouble = f" Chưa gửi được: {way.reason}." if way.reason else ""
    heard = f"{way.acknowledged_at:%H:%M %d/%m/%Y}" if way.acknowledged_at else "chưa có"
    return f"Nơi nhận: {way.hub}{since}.{trouble} Xác nhận gần nhất: {heard}."


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
