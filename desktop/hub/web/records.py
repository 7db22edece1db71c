"""The JSON of the API: its records, and how what an official sees becomes one. Days are ISO, a percentage is text.

A rate is always its two numbers and the text that was made of them by the rules (two decimals, rounded down; null of
nothing). Columns are those of Biểu II.06a by their names.
"""

from dataclasses import asdict
from datetime import date

from pydantic import BaseModel

from db.hub_units import HubUnit
from desktop.hub.web.figures import Seen, UnitRow
from desktop.rules import statistics
from desktop.rules.statistics import Line


class Share(BaseModel):
    numerator: int
    denominator: int
    percent: str | None


class Columns(BaseModel):
    """Columns (3) to (13) of Biểu II.06a/VPCP/KSTT."""

    received_total: int
    received_online: int
    received_direct: int
    carried_over: int
    resolved_total: int
    early: int
    on_time: int
    late: int
    pending_total: int
    pending_in_time: int
    pending_overdue: int


class Period(BaseModel):
    kind: str
    name: str
    first: date
    last: date


class Unit(BaseModel):
    """``as_of`` is the last reported day of the period, ``missing`` its working days without a report."""

    code: str
    name: str
    parent: str
    enrolled: bool
    last_day: date | None
    silent_since: date | None
    forks: int
    as_of: date | None
    missing: list[date]
    total: Columns
    on_time: Share


class Overview(BaseModel):
    period: Period
    as_of: date | None
    reported: int
    complete: int
    units: list[Unit]
    total: Columns
    on_time: Share


class Units(BaseModel):
    period: Period
    units: list[Unit]


class Field(BaseModel):
    field: str
    total: Columns
    on_time: Share


class Fields(BaseModel):
    period: Period
    rows: list[Field]


class Procedure(BaseModel):
    field: str
    procedure: str
    total: Columns
    on_time: Share


class Procedures(BaseModel):
    period: Period
    rows: list[Procedure]


class Day(BaseModel):
    on: date
    revision: int


class UnitInDetail(BaseModel):
    period: Period
    unit: Unit
    days: list[Day]
    rows: list[Procedure]


class UnitOf(BaseModel):
    code: str
    name: str
    total: Columns
    on_time: Share


class UnitsOf(BaseModel):
    period: Period
    field: str
    procedure: str
    rows: list[UnitOf]


class Step(BaseModel):
    name: str
    on_time: Share


class Trend(BaseModel):
    period: Period
    steps: list[Step]


class Place(BaseModel):
    """``place`` is null where so few dossiers were resolved that a rank would say nothing."""

    place: int | None
    code: str
    name: str
    on_time: Share


class Ranking(BaseModel):
    period: Period
    few_below: int
    rows: list[Place]


def overview(seen: Seen) -> Overview:
    table = seen.overview
    return Overview(
        period=_period(seen),
        as_of=table.as_of if seen.has_reports else None,
        reported=table.reported,
        complete=len(seen.rows) - len(seen.silent),
        units=[_unit(row) for row in seen.rows],
        total=_columns(table.total),
        on_time=_share(table.total),
    )


def units(seen: Seen) -> Units:
    return Units(period=_period(seen), units=[_unit(row) for row in seen.rows])


def unit(seen: Seen, code: str) -> UnitInDetail:
    row = seen.unit(code)
    return UnitInDetail(
        period=_period(seen),
        unit=_unit(row),
        days=[Day(on=on, revision=revision) for on, revision in seen.reported(row.code).items()],
        rows=_procedures(seen, None, row.code),
    )


def fields(seen: Seen) -> Fields:
    rows = [Field(field=name, total=_columns(line), on_time=_share(line)) for name, line in seen.fields()]
    return Fields(period=_period(seen), rows=rows)


def procedures(seen: Seen, field: str | None) -> Procedures:
    return Procedures(period=_period(seen), rows=_procedures(seen, field, seen.root))


def units_of(seen: Seen, field: str, procedure: str) -> UnitsOf:
    found = seen.units_of(field, procedure)
    return UnitsOf(period=_period(seen), field=field, procedure=procedure, rows=[_unit_of(*one) for one in found])


def trend(seen: Seen, code: str | None) -> Trend:
    _, steps = seen.trend(seen.unit(code).code if code else None)
    told = [Step(name=name, on_time=_rate(rate)) for _, name, rate in steps]
    return Trend(period=_period(seen), steps=told)


def ranking(seen: Seen) -> Ranking:
    rows = [Place(place=row.place, code=row.code, name=row.name, on_time=_rate(row.rate)) for row in seen.ranked]
    return Ranking(period=_period(seen), few_below=statistics.SMALL_NUMBER, rows=rows)


def _procedures(seen: Seen, field: str | None, root: str) -> list[Procedure]:
    return [
        Procedure(field=one.field, procedure=one.procedure, total=_columns(one.line), on_time=_share(one.line))
        for one in seen.matters(field, root)
    ]


def _unit_of(told: HubUnit, line: Line) -> UnitOf:
    return UnitOf(code=told.code, name=told.name, total=_columns(line), on_time=_share(line))


def _unit(row: UnitRow) -> Unit:
    return Unit(
        code=row.code,
        name=row.name,
        parent=row.status.unit.parent,
        enrolled=row.status.is_enrolled,
        last_day=row.status.last_day,
        silent_since=row.status.silent_since,
        forks=row.status.forks,
        as_of=row.figures.last_day,
        missing=list(row.figures.missing),
        total=_columns(row.line),
        on_time=_rate(row.rate),
    )


def _period(seen: Seen) -> Period:
    first, last = seen.days
    return Period(kind=seen.chosen.kind, name=seen.chosen.name, first=first, last=last)


def _columns(line: Line) -> Columns:
    return Columns(**asdict(line))


def _share(line: Line) -> Share:
    return _rate(statistics.on_time_rate(line))


def _rate(rate: statistics.Rate) -> Share:
    return Share(numerator=rate.numerator, denominator=rate.denominator, percent=rate.percent)
