"""The pages that show figures: everything, the units, one unit, fields and procedures; and the workbook.

Each puts what ``Seen`` knows into the words of its template; none of them computes a figure.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from fastapi.responses import Response

from desktop import labels
from desktop.hub import export
from desktop.hub.users import Role
from desktop.hub.web import charts
from desktop.hub.web.asking import Asked
from desktop.hub.web.choosing import KINDS
from desktop.hub.web.figures import Seen, UnitRow, rate_words, total_of
from desktop.hub.web.frame import framed
from desktop.hub.web.leaves import leaf
from desktop.hub.web.routing import Page
from desktop.hub.web.wording import named
from desktop.rules import calendar
from desktop.rules.statistics import Line

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: More missing days than these are told as a span.
_FEW_DAYS = 8
#: More days than these are no list of boxes any more.
_MOST_BOXES = 100


def show_overview(asked: Asked) -> Response:
    seen = _seen(asked)
    silent = seen.silent
    total = seen.overview.total
    return _page(
        asked,
        seen,
        "overview",
        rows=seen.rows,
        silent=silent,
        complete=len(seen.rows) - len(silent),
        total=total,
        rate=seen.overview.rate,
        ranked=leaf(seen.ranked, asked.query, _words, seen.chosen.asked),
        axis=charts.axis_of(row.rate for row in seen.ranked),
        forks=sum(row.status.forks for row in seen.rows),
        **_trend(seen),
    )


def show_units(asked: Asked) -> Response:
    seen = _seen(asked)
    return _page(asked, seen, "units", leaf=leaf(seen.rows, asked.query, _words, seen.chosen.asked))


def show_unit(asked: Asked) -> Response:
    seen, field = _seen(asked), asked.query.get("field", "")
    unit = seen.unit(asked.request.path_params["code"])
    here = f"/units/{unit.code}"
    if field:
        rows = [(named(one.procedure), "", one.line) for one in seen.matters(field, unit.code)]
    else:
        rows = [(name, _address(here, seen, field=name), line) for name, line in seen.fields(unit.code)]
    total = total_of(line for _, _, line in rows)
    return _page(
        asked,
        seen,
        "unit",
        {"field": field} if field else {},
        unit=unit,
        field=field,
        rows=rows,
        total=total,
        rate_words=rate_words(total),
        days=_days(asked, seen, unit),
        missing_words=_missing_words(unit),
        **_trend(seen, unit.code),
    )


def show_fields(asked: Asked) -> Response:
    seen = _seen(asked)
    field, procedure = asked.query.get("field", ""), asked.query.get("procedure", "")
    rows: list[tuple[str, str, Line]]
    if procedure and field:
        rows = [
            (unit.name, _address(f"/units/{unit.code}", seen, field=field), line)
            for unit, line in seen.units_of(field, procedure)
        ]
    elif field:
        rows = [
            (named(one.procedure), _address("/fields", seen, field=field, procedure=one.procedure), one.line)
            for one in seen.matters(field)
        ]
    else:
        rows = [(name, _address("/fields", seen, field=name), line) for name, line in seen.fields()]
    total = total_of(line for _, _, line in rows)
    return _page(
        asked,
        seen,
        "fields",
        {name: value for name, value in (("field", field), ("procedure", procedure)) if value},
        field=field,
        procedure=procedure,
        title=named(procedure) if procedure else field,
        first_head="Đơn vị" if procedure else "Thủ tục" if field else "Lĩnh vực giải quyết",
        rows=rows,
        total=total,
        rate_words=rate_words(total),
    )


def give_workbook(asked: Asked) -> Response:
    """The period of what this official sees, or of one unit of it."""
    seen, code = _seen(asked), asked.request.path_params.get("code", "")
    root = seen.unit(code).code if code else seen.root
    content = export.as_xlsx(asked.hub, *seen.days, now=asked.now, root=root)
    first, last = seen.days
    name = f"tong-hop{'_' + code if code else ''}_{first:%Y%m%d}_{last:%Y%m%d}.xlsx"
    return Response(content, media_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{quote(name)}"'})


def _words(row: UnitRow) -> str:
    return f"{row.code} {row.name}"


def _seen(asked: Asked) -> Seen:
    return Seen(asked.hub, asked.official, asked.query, asked.now)


def _page(asked: Asked, seen: Seen, template: str, more: Mapping[str, str] | None = None, **told: Any) -> Response:
    """A page with a bar of periods; ``more`` is what its address says besides the period."""
    until = seen.overview.as_of
    as_of = f"Số liệu có thể có đến {until:%d/%m/%Y}." if seen.has_reports and until > date.min else ""
    return framed(
        asked,
        template,
        chosen=seen.chosen,
        kinds=KINDS,
        more=more or {},
        more_query=f"&{urlencode(more)}" if more else "",
        as_of=as_of,
        has_reports=seen.has_reports,
        **told,
    )


def _address(path: str, seen: Seen, **more: str) -> str:
    return f"{path}?{seen.chosen.query}&{urlencode(more)}"


def _trend(seen: Seen, root: str | None = None) -> dict[str, Any]:
    title, steps = seen.trend(root)
    return {
        "trend_title": f"{title}, % trước hạn và đúng hạn",
        "line": charts.line(steps),
        "trend_rows": [(name, rate) for _, name, rate in reversed(steps) if rate.denominator],
    }


def _days(asked: Asked, seen: Seen, unit: UnitRow) -> list[dict[str, Any]]:
    """A box for every day of the period that was reported or should be."""
    reported, missing = seen.reported(unit.code), set(unit.status.missing)
    first, last = seen.days
    working = calendar.shipped().is_working_day
    on = first
    found: list[dict[str, Any]] = []
    while on <= min(last, asked.now.date()) and unit.status.first_day and len(found) < _MOST_BOXES:
        if on in reported:
            word = "đã có" if reported[on] == 1 else f"bản {reported[on]}"
            found.append({"on": on, "tone": "ok", "word": word})
        elif on in missing:
            found.append({"on": on, "tone": "late", "word": "thiếu"})
        elif not working(on):
            found.append({"on": on, "tone": "", "word": "nghỉ"})
        on += timedelta(days=1)
    return found


def _missing_words(unit: UnitRow) -> str:
    missing = unit.figures.missing
    if len(missing) > _FEW_DAYS:
        return f"từ {labels.short_day(missing[0])} đến {labels.short_day(missing[-1])}"
    return ", ".join(map(labels.short_day, missing))


PAGES = (
    Page("GET", "/", Role.VIEW, show_overview),
    Page("GET", "/units", Role.VIEW, show_units),
    Page("GET", "/units/{code}", Role.VIEW, show_unit),
    Page("GET", "/fields", Role.VIEW, show_fields),
    Page("GET", "/overview.xlsx", Role.VIEW, give_workbook),
    Page("GET", "/units/{code}/figures.xlsx", Role.VIEW, give_workbook),
)
