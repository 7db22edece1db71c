"""Verbs about what the hub was told: sticks taken in, who has reported, figures given away, and if it all holds."""

import argparse
from collections import Counter
from typing import Any

from desktop.errors import UserError
from desktop.verbs.context import Answer, Context, target
from desktop.verbs.figures import period, rate_json
from desktop.verbs.hub import opened

_VERDICTS = {
    "accepted": "nhận mới",
    "unchanged": "đã có",
    "superseded": "đã có bản mới hơn",
    "rejected": "không nhận",
    "forked": "khác lịch sử đang giữ",
}
FORMATS = ("json", "xlsx")


def take_files(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.hub import carrying

    with opened(context, args) as hub:
        taken = list(carrying.take_files(hub, args.place, now=context.now()))
    if not taken:
        raise UserError("no_packets", f"Không thấy gói nào trong {args.place}.", place=str(args.place))
    troubles = [one.problem for one in taken if one.problem]
    verdicts = sum((one.verdicts for one in taken), Counter[str]())
    told: dict[str, Any] = {
        "files": len(taken),
        "reports": {name: verdicts[name] for name in _VERDICTS},
        "answers": [str(one.answer) for one in taken if one.answer],
        "bad": [
            {"file": str(one.path), "code": one.problem.code, "reason": one.problem.message}
            for one in taken
            if one.problem
        ],
        "told": [{"file": str(one.path), "date": on, "reason": why} for one in taken for on, why in one.rejected],
    }
    words = [f"{len(taken)} tệp: " + ", ".join(f"{verdicts[name]} {said}" for name, said in _VERDICTS.items()) + "."]
    words += [f"{one['file']}: {one['reason']}" for one in (*told["bad"], *told["told"])]
    words += [f"Trả lời: {path}" for path in dict.fromkeys(told["answers"])]
    # All of it bad is the answer to the request; else the bad ones stand in the list.
    exit_code = max(trouble.exit_code for trouble in troubles) if len(troubles) == len(taken) else 0
    return Answer(told, "\n".join(words), exit_code)


def status(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.hub import founding
    from desktop.hub import status as reported

    with opened(context, args) as hub:
        me, found = founding.identity(hub), reported.statuses(hub, now=context.now(), root=args.unit)
    units = [
        {
            "code": one.unit.code,
            "name": one.unit.name,
            "enrolled": one.is_enrolled,
            "first_day": _iso(one.first_day),
            "last_day": _iso(one.last_day),
            "silent_since": _iso(one.silent_since),
            "missing": [on.isoformat() for on in one.missing],
            "on_time": rate_json(one.rate),
            "forks": one.forks,
        }
        for one in found
    ]
    words = [f"{me.name}: {sum(1 for one in found if one.last_day)}/{len(found)} đơn vị đã báo cáo."]
    for one in found:
        last = f"đến {one.last_day:%d/%m/%Y}" if one.last_day else "chưa báo cáo" if one.is_enrolled else "chưa nối"
        fork = f"; {one.forks} báo cáo chờ quyết định" if one.forks else ""
        rate = f"{one.rate.words} = {one.rate.numerator}/{one.rate.denominator}"
        words.append(f"{one.unit.code} {one.unit.name}: {last}, thiếu {len(one.missing)} ngày, đúng hạn {rate}{fork}")
    told = {"hub": {"code": me.code, "name": me.name}, "practice": me.practice, "units": units}
    return Answer(told, "\n".join(words))


def export(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.hub import export as exported
    from desktop.whole_files import hand_out

    asked, output = period(args), target(args.output)
    write = exported.as_xlsx if args.format == "xlsx" else exported.as_json
    with opened(context, args) as hub:
        hand_out(output, write(hub, asked.first, asked.last, now=context.now(), root=args.unit))
    return Answer({"file": str(args.output)}, f"Đã ghi {args.output}.")


def check(context: Context, args: argparse.Namespace) -> Answer:
    from desktop.hub import checking

    with opened(context, args) as hub:
        done = checking.check(hub)
    told = {
        "verdict": "intact" if done.holds else "broken",
        "reports": done.reports,
        "units": done.units,
        "faults": list(done.faults),
    }
    if done.holds:
        return Answer(told, f"Đầu mối nguyên vẹn: {done.reports} báo cáo của {done.units} đơn vị đều khớp.")
    return Answer(told, "Đầu mối KHÔNG khớp:\n" + "\n".join(done.faults), 4)


def _iso(on: Any) -> str | None:
    return on.isoformat() if on else None
