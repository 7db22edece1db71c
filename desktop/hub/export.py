"""The hub's figures of a period for an operations centre: signed JSON that adds up again, and a workbook for people.

Figures and names of units only, no person. Called by ``hub export`` and the pages. The layout of the JSON is published
in ``resources/protocol``, made from the structs below.
"""

from dataclasses import astuple
from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from db import hub_figures, hub_reports
from db.hub import Hub
from desktop.hub import keys, overview
from desktop.hub.founding import identity
from desktop.hub.overview import UnitFigures
from desktop.rules import packets
from desktop.rules.statistics import COLUMNS, Line, Rate
from desktop.sync.bodies import Body, Columns, Count, Figure, Moment, Name, Sha256, Share, ShortCode, Total, UnitCode

#: What the signed file calls itself, with the version of its layout.
KIND = "hub_figures 1"
#: A line of a unit that lacks days need not add up, so that what is pending may exceed what came.
_Row = tuple[Name, Name, Figure, Figure, Figure, Figure, Figure, Figure, Figure, Figure, Figure, Figure, Figure]


class Exporter(Body, frozen=True, kw_only=True):
    """The hub whose figures these are."""

    code: UnitCode
    name: Name


class ExportedUnit(Body, frozen=True, kw_only=True):
    """One unit's figures from its first to its last reported day of the period.

    ``rows`` are field, procedure and columns (3) to (13) of Biểu II.06a, and add up to ``total``; with ``missing``
    working days the columns need not agree with each other. ``reports`` are day, revision, code and SHA-256 of each
    day's report that was counted.
    """

    code: UnitCode
    name: Name
    parent: str
    valid_from: date | None
    valid_to: date | None
    merged_into: UnitCode | None
    first_day: date | None
    last_day: date | None
    missing: tuple[date, ...]
    total: Total
    on_time: Share
    rows: tuple[_Row, ...]
    reports: tuple[tuple[date, Annotated[int, Meta(ge=1)], ShortCode, Sha256], ...]


class HubFigures(Body, frozen=True, kw_only=True):
    """The figures of a period of every unit that reports to a hub.

    ``as_of`` is the last day that can be expected, None where nobody has reported yet.
    """

    hub: Exporter
    practice: bool
    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")
    as_of: date | None
    made_at: Moment
    columns: Columns
    reported: Count
    units: tuple[ExportedUnit, ...]
    total: Total
    on_time: Share


def content(hub: Hub, first: date, last: date, *, now: datetime, root: str = "") -> HubFigures:
    """The figures of a period as they are given away."""
    table, me = overview.of_period(hub, first, last, now=now, root=root), identity(hub)
    return HubFigures(
        hub=Exporter(code=me.code, name=me.name),
        practice=me.practice,
        first=first,
        last=last,
        as_of=table.as_of if table.as_of > date.min else None,
        made_at=now,
        columns=("field", "procedure", *COLUMNS),
        reported=table.reported,
        units=tuple(_unit(hub, one, first, last) for one in table.units),
        total=_total(table.total),
        on_time=_share(table.rate),
    )


def as_json(hub: Hub, first: date, last: date, *, now: datetime, root: str = "") -> bytes:
    """The same as a file under the hub's signature (``desktop/rules/packets.py``)."""
    body = msgspec.to_builtins(content(hub, first, last, now=now, root=root))
    return packets.sealed(KIND, body, keys.private_key(hub))


def as_xlsx(hub: Hub, first: date, last: date, *, now: datetime, root: str = "") -> bytes:
    """The same as a workbook: units, fields, procedures, ranking, missing days."""
    from desktop.documents import report_xlsx
    from desktop.hub import export_sheets

    made = report_xlsx.render([export_sheets.compose(hub, first, last, now=now, root=root)])
    assert made is not None  # nobody was asked to stop
    return made


def _unit(hub: Hub, one: UnitFigures, first: date, last: date) -> ExportedUnit:
    unit, days = one.unit, (first.isoformat(), last.isoformat())
    rows = hub_figures.by_matter(hub, [unit.code], *days, handed=overview.handed(hub, first, last))
    reports = [row for row in hub_reports.standing_of(hub, unit.code) if days[0] <= row.day <= days[1]]
    return ExportedUnit(
        code=unit.code,
        name=unit.name,
        parent=unit.parent,
        valid_from=_day(unit.valid_from),
        valid_to=_day(unit.valid_to),
        merged_into=unit.merged_into,
        first_day=one.first_day,
        last_day=one.last_day,
        missing=one.missing,
        total=_total(one.line),
        on_time=_share(one.rate),
        rows=tuple((*group, *_total(Line(*sums.columns))) for group, sums in sorted(rows.items())),
        reports=tuple((date.fromisoformat(row.day), row.revision, row.code, row.sha256) for row in reports),
    )


def _total(line: Line) -> Any:
    return astuple(line)


def _share(rate: Rate) -> Share:
    return Share(numerator=rate.numerator, denominator=rate.denominator, percent=rate.percent)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
