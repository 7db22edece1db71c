"""``motcua access``: who looked at whose data, to read and to hand over when a breach is reported (domain.md 12)."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.labels import EVENT_WORDS
from desktop.verbs.context import Answer, Context, day, target
from desktop.verbs.parsing import argument, verb

if TYPE_CHECKING:
    from desktop.office.access_log import Look


def access(context: Context, args: argparse.Namespace) -> Answer:
    """``{"from", "to", "rows": [{"seq", "at", "clerk", "event", "about", "why", "dossier", "hash"}]}``.

    Without days, today. With ``-o`` the same as a file, ``{"file", "rows": n, "sha256"}``, which is itself an export.
    """
    from desktop.office import access_log

    now = context.now()
    first = day(args.first) if args.first else now.date()
    last = day(args.last) if args.last else max(first, now.date())
    only: dict[str, Any] = {"person": args.person or "", "dossier": args.dossier or ""}
    with context.book() as book:
        if args.output:
            made = access_log.export(book, target(args.output), first, last, **only, clerk=args.clerk, now=now)
            told: dict[str, Any] = {"file": str(args.output), "rows": made.rows, "sha256": made.sha256}
            return Answer(told, f"Đã ghi {made.rows} dòng nhật ký truy cập vào {args.output}.")
        rows = access_log.read(book, first, last, **only, clerk=args.clerk, now=now)
    lines = [f"{look.at:%d/%m/%Y %H:%M}  {look.clerk}  {EVENT_WORDS[look.kind]}  {_about(look)}" for look in rows]
    told = {"from": first.isoformat(), "to": last.isoformat(), "rows": [access_log.told(look) for look in rows]}
    return Answer(told, "\n".join(lines) or "Không có lượt truy cập nào.")


def _about(look: "Look") -> str:
    return f"{look.about} ({look.why})" if look.why else look.about


ACCESS = verb(
    "access",
    access,
    "nhật ký truy cập: ai xem, tìm, in, xuất dữ liệu của ai",
    argument("--from", dest="first", help="ngày đầu; không ghi: hôm nay"),
    argument("--to", dest="last", help="ngày cuối"),
    argument("--person", help="chỉ một công chức (tên ngắn)"),
    argument("--dossier", help="chỉ một hồ sơ (mã)"),
    argument("-o", "--output", type=Path, help="ghi ra tệp .xlsx, .csv hoặc .json"),
    argument("--clerk", help="tên ngắn của công chức"),
)
