"""Verbs about figures: the official table of a period, and what stands behind it."""

import argparse
from dataclasses import asdict
from typing import Any

from desktop.errors import UserError
from desktop.office import closing, counting, settings
from desktop.rules import periods, places, statistics
from desktop.rules.periods import Period, PeriodError
from desktop.rules.statistics import Line, Rate
from desktop.rules.text import sort_key
from desktop.verbs.context import Answer, Context, day


def period(args: argparse.Namespace) -> Period:
    """The days asked for with ``--from`` and ``--to``; UserError for days that cannot be."""
    try:
        return periods.named(day(args.first), day(args.last))
    except PeriodError as error:
        raise UserError(error.code, error.message) from error


def stats(context: Context, args: argparse.Namespace) -> Answer:
    asked = period(args)
    with context.book() as book:
        unit = settings.unit(book)
        table = counting.counted(book, asked.first, asked.last, now=context.now())
    lines = statistics.by_field(table.table.lines)
    fields = sorted(lines, key=sort_key)
    rate = statistics.on_time_rate(table.table.total)
    told: dict[str, Any] = {
        "unit": {"code": unit.code, "name": unit.name},
        "from": asked.first.isoformat(),
        "to": asked.last.isoformat(),
        "as_of": table.as_of.isoformat(),
        "rows": [{"field": name} | asdict(lines[name]) for name in fields],
        "total": asdict(table.table.total),
        "on_time": rate_json(rate),
    }
    rows = [*((name, lines[name]) for name in fields), ("Tổng cộng", table.table.total)]
    notes = places.merger_words(unit.name, asked.first)
    text = "\n".join([f"{unit.name}. {asked.name}", *map(_row_text, rows), _rate_text(rate), *notes])
    return Answer(told, text)


def close_day(context: Context, args: argparse.Namespace) -> Answer:
    answers = dict(_answer(text) for text in args.answer)
    with context.book() as book:
        sealed = closing.close_day(
            book, day(args.day), clerk=args.clerk, now=context.now(), answers=answers, reason=args.reason
        )
    total, rate = sealed.table.total, statistics.on_time_rate(sealed.table.total)
    told = {
        "day": sealed.day.isoformat(),
        "revision": sealed.revision,
        "code": sealed.code,
        "hash": sealed.hash,
        "at": sealed.at.isoformat(),
        "late": sealed.is_late,
        "total": asdict(total),
        "on_time": rate_json(rate),
    }
    head = f"Ngày {sealed.day:%d/%m/%Y}, bản {sealed.revision}, mã {sealed.code}"
    return Answer(told, "\n".join([head, _row_text(("Tổng cộng", total)), _rate_text(rate)]))


def _answer(text: str) -> tuple[str, str]:
    """One ``CODE=reason`` of the command line."""
    code, mark, why = text.partition("=")
    if not mark or not why.strip():
        raise UserError("bad_answer", f"“{text}” phải có dạng MÃ HỒ SƠ=LÝ DO.")
    return code.strip(), why.strip()


def rate_json(rate: Rate) -> dict[str, Any]:
    """A rate as every answer gives it."""
    return {"numerator": rate.numerator, "denominator": rate.denominator, "percent": rate.percent}


def _row_text(row: tuple[str, Line]) -> str:
    name, line = row
    return (
        f"{name}: tiếp nhận {line.received_total} (kỳ trước {line.carried_over}), giải quyết {line.resolved_total}"
        f" (trước hạn {line.early}, đúng hạn {line.on_time}, quá hạn {line.late}),"
        f" đang giải quyết {line.pending_total} (quá hạn {line.pending_overdue})"
    )


def _rate_text(rate: Rate) -> str:
    small = "; ít hồ sơ, nên xem từng hồ sơ" if rate.is_small and rate.denominator else ""
    return f"Trước và đúng hạn: {rate.words} = {rate.numerator} / {rate.denominator}{small}"
