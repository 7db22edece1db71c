"""A procedure as ``procedures list`` and ``procedures show`` print it; keys and shapes are a promise (cli.md)."""

from datetime import date
from typing import Any

from db.records import Limit, ProcedureVersion
from desktop.office.procedures import status_on, to_json
from desktop.rules import limits


def row_json(version: ProcedureVersion, on: date, until: date | None = None) -> dict[str, Any]:
    """A row of ``procedures list --json`` (cli.md). ``fee`` is whole đồng, null when the commune must type it.

    ``until`` is the last day on which the version speaks, where the catalogue knows an earlier one than its own.
    """
    last_day = until or version.valid_to
    return {
        "code": version.code,
        "name": version.name,
        "field": version.field,
        "limit": _limit_json(version.limit) if version.limit else None,
        "cases": [{"label": case.label, **_limit_json(case.limit)} for case in version.cases],
        "needs_review": version.needs_review,
        "fee": version.fee.amount,
        "valid_from": version.valid_from.isoformat() if version.valid_from else None,
        "valid_to": last_day.isoformat() if last_day else None,
        "status": status_on(version, on).value,
    }


def show_json(version: ProcedureVersion, on: date, until: date | None = None) -> dict[str, Any]:
    """What ``procedures show --json`` prints: the row of the list, then everything else that is known.

    Every limit also says what receipt after 15:00 changes (``after_cutoff``), and ``time_cut`` by how much it is
    shorter than the law's (thời gian cắt giảm), where it is.
    """
    shown = {**row_json(version, on, until), "fee_text": version.fee.text, "fee_rule": version.fee.rule}
    if version.limit:
        shown["limit"]["after_cutoff"] = version.limit.after_cutoff.value
    shown["time_cut"] = _cut_json(version.limit, version.statutory)
    for told, case in zip(shown["cases"], version.cases, strict=True):
        told["after_cutoff"] = case.limit.after_cutoff.value
        if case.statutory:
            told |= {"statutory": _limit_json(case.statutory), "time_cut": _cut_json(case.limit, case.statutory)}
    return shown | {name: value for name, value in to_json(version).items() if name not in shown}


def _cut_json(limit: Limit | None, statutory: Limit | None) -> dict[str, Any] | None:
    cut = limits.time_cut(limit, statutory)
    return _limit_json(cut) if cut else None


def _limit_json(limit: Limit) -> dict[str, Any]:
    value = limit.value
    return {"value": int(value) if value == value.to_integral_value() else float(value), "unit": limit.unit.value}
