"""``motcua retention``: what is kept beside the register longer than its time, how long, and destroying it."""

import argparse

from desktop.rules.retention import RULES, Kind
from desktop.verbs.context import Answer, Context
from desktop.verbs.parsing import argument, group, verb, whole

_CLERK = argument("--clerk", help="tên ngắn của công chức")


def due(context: Context, _: argparse.Namespace) -> Answer:
    """``{"rows": [{"kind", "months", "due", "bytes", "oldest"}], "protocols": [file]}``; ``months`` 0 is for ever.

    The protocols are those whose file was not there and is drawn again.
    """
    from desktop.office import retention

    with context.book() as book:
        found = retention.due(book, now=context.now())
        again = [str(paper.path) for paper in retention.missing_protocols(book)]
    told = [
        {
            "kind": str(one.kind),
            "months": one.months,
            "due": one.count,
            "bytes": one.size,
            "oldest": one.oldest.isoformat() if one.oldest else None,
        }
        for one in found
    ]
    lines = [f"{RULES[one.kind].words}: giữ {_kept(one.months)}, quá hạn {one.count} mục" for one in found]
    lines += [f"Đã lập lại biên bản: {path}" for path in again]
    return Answer({"rows": told, "protocols": again}, "\n".join(lines))


def keep(context: Context, args: argparse.Namespace) -> Answer:
    """``{"kind", "months"}``."""
    from desktop.office import retention

    kind = Kind(args.kind)
    with context.book() as book:
        retention.set_months(book, kind, args.months, clerk=args.clerk, now=context.now())
    return Answer({"kind": args.kind, "months": args.months}, f"{RULES[kind].words}: giữ {_kept(args.months)}.")


def destroy(context: Context, args: argparse.Namespace) -> Answer:
    """``{"destroyed": {kind: n}, "event", "protocol"}``."""
    from desktop.office import retention

    kinds = [Kind(kind) for kind in args.kind] or list(Kind)
    with context.book() as book:
        done = retention.destroy(book, kinds, reason=args.reason, clerk=args.clerk, now=context.now())
    assert done is not None, "nobody stops this work"
    counts = {str(kind): count for kind, count in done.counts.items()}
    told = {"destroyed": counts, "event": done.seq, "protocol": str(done.protocol.path)}
    return Answer(told, f"Đã hủy {sum(counts.values())} mục. Biên bản: {done.protocol.path}")


def _kept(months: int) -> str:
    return f"{months} tháng" if months else "mãi"


_KINDS = tuple(map(str, Kind))
RETENTION = group(
    "retention",
    "thời hạn lưu những gì ngoài sổ, và hủy có biên bản",
    verb("list", due, "mỗi loại giữ bao lâu, cái gì đã quá", _CLERK),
    verb(
        "keep",
        keep,
        "đổi số tháng giữ một loại",
        argument("kind", choices=_KINDS, metavar="LOẠI"),
        argument("months", type=whole(0, 600), metavar="THÁNG"),
        _CLERK,
    ),
    verb(
        "destroy",
        destroy,
        "hủy những gì đã quá thời hạn, lập biên bản",
        argument("--kind", action="append", default=[], choices=_KINDS, help="chỉ loại này; ghi được nhiều lần"),
        argument("--reason", required=True, help="lý do"),
        _CLERK,
    ),
)
