"""Verbs that write the documents of the statistics, and note what a meeting decided."""

import argparse
import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.errors import UserError
from desktop.verbs.context import Answer, Context, day, target
from desktop.verbs.figures import period

if TYPE_CHECKING:
    from db.connection import Register
    from desktop.office.actions import Action
    from desktop.rules.periods import Period

#: ``--format`` → what it is; the last two only for the figures themselves.
FORMATS = ("pdf", "xlsx", "json", "zip")
_OF_PEOPLE = frozenset({"overdue", "inspection"})
KINDS = ("day", "month", "quarter", "review", "progress", "overdue", "inspection")


def report(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.whole_files import write_whole

    output, asked = target(args.output), period(args)
    with context.book() as book:
        data = _MAKERS[args.format](context, book, args, asked)
        _log(context, book, args, asked, data)
    write_whole(output, data)
    return Answer({"file": str(args.output)}, f"Đã lập {args.output}.")


def _log(context: Context, book: "Register", args: argparse.Namespace, asked: "Period", data: bytes) -> None:
    """What tells of people is written into the access log; figures and their evidence name nobody."""
    from desktop.office import access

    kind = f"list {args.behind}" if args.behind else args.kind
    if args.behind or kind in _OF_PEOPLE:
        what, digest = f"report {kind}, {asked.name}", hashlib.sha256(data).hexdigest()
        access.exported(book, what, count=1, sha256=digest, clerk=args.clerk, now=context.now())


def _document(context: Context, book: "Register", args: argparse.Namespace, asked: "Period") -> bytes:
    from desktop.office import reporting
    from desktop.office.report_forms import ReportKind

    kind = ReportKind.LIST if args.behind else ReportKind(args.kind or ReportKind.TABLE)
    what = reporting.Asked(kind, args.sample, args.seed, args.behind or "", args.field)
    as_ = reporting.Format(args.format)
    data = reporting.make(book, what, asked, as_, clerk=args.clerk, now=context.now(), progress=_told(context))
    assert data is not None, "nobody stops this work"
    return data


def _signed(context: Context, book: "Register", args: argparse.Namespace, asked: "Period") -> bytes:
    from desktop.office import day_reports

    _only_figures(args, ("day", None))
    if args.kind == "day":
        if asked.first != asked.last:
            raise UserError(
                "one_day_at_a_time", "Báo cáo ngày đã ký lập cho từng ngày: ghi --from và --to cùng một ngày."
            )
        return day_reports.signed(book, day_reports.of_day(book, asked.first))
    return day_reports.signed(book, day_reports.of_period(book, asked, now=context.now()))


def _evidence(context: Context, book: "Register", args: argparse.Namespace, asked: "Period") -> bytes:
    from desktop.office import evidence

    _only_figures(args, (None,))
    data = evidence.bundle(book, asked, now=context.now())
    assert data is not None, "nobody stops this work"
    return data


_MAKERS: dict[str, Callable[..., bytes]] = {
    "pdf": _document,
    "xlsx": _document,
    "json": _signed,
    "zip": _evidence,
}


def _only_figures(args: argparse.Namespace, kinds: tuple[str | None, ...]) -> None:
    if args.behind or args.kind not in kinds:
        raise UserError("no_such_format", f"Loại này không có dạng {args.format}; chọn pdf hoặc xlsx.")


def _told(context: Context) -> Callable[[int, int], bool]:
    """Progress for people: a line for each thousand rows."""
    told = 0

    def tell(done: int, total: int) -> bool:
        nonlocal told
        if done // 1000 > told:
            context.tell(f"Đã lập {done}/{total} dòng.")
        told = done // 1000
        return True

    return tell


def decide(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import actions

    due_on = day(args.due) if args.due else None
    with context.book() as book:
        one = actions.decide(book, args.what, who=args.who, due_on=due_on, clerk=args.clerk, now=context.now())
    return Answer(_action_json(one), _action_text(one))


def done(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.office import actions

    with context.book() as book:
        one = actions.settle(book, args.number, args.result, clerk=args.clerk, now=context.now())
    return Answer(_action_json(one), _action_text(one))


def decided(context: Context, _: argparse.Namespace) -> Answer:
    from desktop.office import actions

    with context.book() as book:
        known = actions.every(book)
    told = {"actions": [_action_json(one) for one in known]}
    return Answer(told, "\n".join(map(_action_text, known)) or "Chưa ghi việc nào.")


def _action_json(one: "Action") -> dict[str, Any]:
    days = {"decided_on": one.decided_on, "due_on": one.due_on, "done_on": one.done_on}
    told: dict[str, Any] = {name: on.isoformat() if on else None for name, on in days.items()}
    return {"number": one.number, "what": one.what, "who": one.who, "result": one.result} | told


def _action_text(one: "Action") -> str:
    due = f", hạn {one.due_on:%d/%m/%Y}" if one.due_on else ""
    done = f" – xong {one.done_on:%d/%m/%Y}: {one.result}" if one.done_on else ""
    return f"{one.number}. {one.what} ({one.who or 'chưa giao'}{due}){done}"
