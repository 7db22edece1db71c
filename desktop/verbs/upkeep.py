"""Verbs about the register as a whole: make one, verify it, and check what it printed."""

import argparse
import sys
from dataclasses import replace
from typing import Any

from db.connection import Register
from db.records import Clerk
from desktop.labels import LOST_DOSSIER
from desktop.office import opening
from desktop.verbs.context import Answer, Context


def init(context: Context, args: argparse.Namespace) -> Answer:
    unit = opening.unit_as_printed(
        args.unit_code,
        args.unit_name,
        practice=args.practice,
        parent_code=args.parent_code,
        parent_name=args.parent_name,
        agency_code=args.agency_code,
    )
    clerk = Clerk(args.clerk, args.clerk) if args.clerk else opening.FIRST_CLERK
    opening.init(context.data, unit, now=context.now(), clerk=clerk).close()
    kind = "sổ tập huấn" if unit.practice else "sổ"
    return Answer(
        {
            "data": str(context.data),
            "unit": {"code": unit.code, "name": unit.name},
            "practice": unit.practice,
        },
        f"Đã lập {kind} của {unit.name} ở {context.data}.",
    )


def demo(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office.demo import make

    made = make(args.out, days=args.days, per_day=args.per_day, seed=args.seed, now=context.now(), tell=context.tell)
    files = [str(path) for path in made.files]
    return Answer(
        {"data": str(made.data), "dossiers": made.dossiers, "files": files},
        f"Đã lập xã tập huấn ở {made.data}: {made.dossiers} hồ sơ, {len(files)} tệp.\n" + "\n".join(files),
    )


_VERDICTS = {
    "genuine": "Giấy thật, bản đang dùng.",
    "superseded": "Giấy thật nhưng đã bị thay bằng bản mới.",
    "forged": "Không phải giấy của xã hoặc đã bị sửa.",
    "unknown_key": "Chữ ký bằng khóa chưa có trên máy này.",
}


def verify_receipt(context: Context, _: argparse.Namespace) -> Answer:
    from desktop.office import issuing

    text = context.typed().decode("utf-8", errors="replace")
    with context.open_to_all() as book:
        answer = issuing.verify_receipt(book, text)
    told: dict[str, Any] = {
        "verdict": answer.verdict,
        "code": answer.code,
        "due_at": answer.due_at.isoformat() if answer.due_at else None,
    }
    if answer.successor:
        told["successor"] = answer.successor
    words = _VERDICTS[answer.verdict]
    if answer.differs:
        told["differs"] = True
        words = "Chữ ký thật nhưng sổ giữ một giấy khác dưới mã này: đối chiếu họ tên trên giấy với hồ sơ."
    if answer.lost:
        told["lost"] = True
        words = LOST_DOSSIER
    good = answer.verdict in ("genuine", "superseded")
    return Answer(told, f"{words} {answer.code or ''}".strip(), 0 if good else 4)


def verify_chain(context: Context, _: argparse.Namespace) -> Answer:
    with context.open_to_all() as book:
        return _chain(book)


def _chain(book: Register) -> Answer:
    from desktop.office import checking

    report = checking.verify_chain(book)
    told = {
        "verdict": "intact" if report.holds else "broken",
        "events": report.events,
        "head": report.head,
        "faults": list(report.faults),
    }
    if report.holds:
        return Answer(told, f"Chuỗi sự kiện khớp: {report.events} sự kiện, đầu chuỗi {report.head[:16]}.")
    return Answer(told, "Chuỗi sự kiện KHÔNG khớp:\n" + "\n".join(report.faults), 4)


def check(context: Context, _: argparse.Namespace) -> Answer:
    from desktop.office import disk_protection, people, sealing

    with context.open_to_all() as book:
        answer, guard, advice = _chain(book), sealing.key_guard(book), people.advice(book)
        disk = disk_protection.standing(book.home)
    machine = {"disk_encryption": str(disk.state), "receipt_key": str(guard), "one_administrator": bool(advice)}
    key = _GUARDS[guard] if guard is sealing.KeyGuard.KEYRING or sys.platform == "win32" else ""
    text = " ".join(part for part in ("Tệp của sổ nguyên vẹn.", answer.text, disk.words, key, advice) if part)
    return replace(answer, json={"register": "ok"} | answer.json | machine, text=text)


_GUARDS = {
    "keyring": "Khóa ký giấy hẹn chỉ máy này mở được.",
    "file": "Khóa ký giấy hẹn chưa được Windows khóa giữ: ai chép được thư mục sổ là có khóa.",
}
