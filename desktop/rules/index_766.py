"""What a commune can guess of its index under QĐ 766/QĐ-TTg: shares of the parts it can influence (domain.md 5).

Pure but for its own data file. An internal estimate and labelled so; a part that the register knows nothing of says
"không có dữ liệu" and is never 0 or full. Which share gets full marks is data, for it changes by decision.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import msgspec

from db.vocabulary import Channel, EventKind, Outcome
from desktop.rules import durations, indicators
from desktop.rules.cases import Case, Ruler
from desktop.rules.figures import Figure, Group, Span, resolved, share
from desktop.rules.indicators import Files

_FILE = Path(__file__).resolve().parents[2] / "resources" / "indicators" / "index_766.json"


class IndexGroup(msgspec.Struct, frozen=True):
    """A group of the index and the most that it gives."""

    number: str
    name: str
    most: int


class Part(msgspec.Struct, frozen=True):
    """A part: ``measure`` names what is counted for it ("" where nothing here is), ``full_from`` the share in percent
    that gets full marks, where that is known.
    """

    number: str
    name: str
    measure: str
    full_from: int | None
    note: str = ""


class Index(msgspec.Struct, frozen=True):
    """The index as the data file has it."""

    label: str
    source: str
    note: str
    groups: tuple[IndexGroup, ...]
    parts: tuple[Part, ...]


@cache
def shipped() -> Index:
    """The index as shipped."""
    return msgspec.json.decode(_FILE.read_bytes(), type=Index)


def estimate(cases: Sequence[Case], files: Files, ruler: Ruler, span: Span) -> Group:
    """The parts of the index, each with its share and whether that reaches full marks."""
    measures: Mapping[str, Callable[[str, str], Figure]] = {
        "on_time": lambda key, name: _on_time(key, name, cases, span),
        "duration": lambda key, name: _duration(key, name, cases, ruler, span),
        "online": lambda key, name: _with_results(key, name, cases, files, span, Channel.ONLINE),
        "paid_online": lambda key, name: _renamed(key, name, indicators.payments(cases, span), "paid.online"),
        "results": lambda key, name: _renamed(key, name, indicators.digitised(cases, files, span), "files.results"),
        "digitised": lambda key, name: _renamed(key, name, indicators.digitised(cases, files, span), "files.both"),
    }
    index = shipped()
    figures = []
    for part in index.parts:
        key, name = f"index.{part.number}", f"{part.number} {part.name}"
        figure = measures[part.measure](key, name) if part.measure else Figure(key, name)
        figures.append(replace(figure, note="; ".join(_notes(part, figure))))
    return Group("index", f"Chỉ số 766 ({index.label})", tuple(figures), (index.note, index.source))


def _notes(part: Part, figure: Figure) -> list[str]:
    told = [part.note] if part.note else []
    if part.full_from is not None and figure.rate is not None and figure.rate.denominator:
        reached = figure.rate.numerator * 100 >= part.full_from * figure.rate.denominator
        told.insert(0, f"{'đạt' if reached else 'chưa đạt'} mức đủ điểm {part.full_from} %")
    elif part.full_from is not None:
        told.insert(0, f"mức đủ điểm {part.full_from} %")
    return told


def _on_time(key: str, name: str, cases: Sequence[Case], span: Span) -> Figure:
    """Everything handled in the period; what is open is judged on its last day."""
    handled = [one for one in cases if one.is_handled(span.first, span.last)]
    return share(key, name, [one for one in handled if _in_time(one, span)], handled)


def _in_time(one: Case, span: Span) -> bool:
    if len(one.acts(EventKind.REQUEST_SUPPLEMENT)) > 1:
        return False
    if one.ended_within(span.first, span.last):
        return one.course.outcome is not Outcome.LATE
    return not one.is_overdue(span.last)


def _duration(key: str, name: str, cases: Sequence[Case], ruler: Ruler, span: Span) -> Figure:
    rate, codes = durations.against_limits(cases, ruler, span)
    return Figure(key, name, None, None, codes, value=rate.words if rate.denominator else "")


def _with_results(key: str, name: str, cases: Sequence[Case], files: Files, span: Span, channel: Channel) -> Figure:
    solved = [one for one in resolved(cases, span) if one.has_result]
    if not any(one.code in files.results for one in solved):
        return Figure(key, name)
    return share(
        key, name, [one for one in solved if one.reception.channel == channel and one.code in files.results], solved
    )


def _renamed(key: str, name: str, group: Group, of: str) -> Figure:
    found = next(figure for figure in group.figures if figure.key == of)
    return Figure(key, name, found.numerator, found.denominator, found.counted)
