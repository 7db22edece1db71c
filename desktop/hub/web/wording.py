"""The templates and the words they ask for: days, counts, roles, heads of the official table.

Hides Jinja2. Everything is escaped; a template never computes a rate or rounds a figure, it writes what it is given.
"""

import hashlib
import json
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from desktop import labels
from desktop.hub.web import charts

_LISTED = Path(__file__).resolve().parents[3] / "resources" / "catalogue" / "procedures.json"
#: Column, head below its group, head that stands alone, whether a figure there is a bad one.
FORM_HEADS = (
    ("received_total", "Tổng số", "Tiếp nhận (3)", False),
    ("received_online", "Trực tuyến", "– trực tuyến (4)", False),
    ("received_direct", "Trực tiếp, bưu chính", "– trực tiếp, bưu chính (5)", False),
    ("carried_over", "Từ kỳ trước", "– từ kỳ trước (6)", False),
    ("resolved_total", "Tổng số", "Đã giải quyết (7)", False),
    ("early", "Trước hạn", "– trước hạn (8)", False),
    ("on_time", "Đúng hạn", "– đúng hạn (9)", False),
    ("late", "Quá hạn", "– quá hạn (10)", True),
    ("pending_total", "Tổng số", "Đang giải quyết (11)", False),
    ("pending_in_time", "Trong hạn", "– trong hạn (12)", False),
    ("pending_overdue", "Quá hạn", "– quá hạn (13)", True),
)


@cache
def templates() -> Environment:
    """The environment of all pages."""
    found = Environment(
        loader=PackageLoader("desktop.hub.web", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "count": labels.count_words,
        "day": _day,
        "iso_day": lambda text: _day(date.fromisoformat(text)),
        "long_day": labels.day_words,
        "short_day": labels.short_day,
        "moment": _moment,
        "band": charts.band,
    }
    found.globals["form_heads"] = FORM_HEADS
    found.globals["style"] = hashlib.sha256(static("hub.css")).hexdigest()[:8]
    return found


@cache
def static(name: str) -> bytes:
    """A file that is served as it is."""
    return files("desktop.hub.web").joinpath("static", name).read_bytes()


def _day(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def _moment(at: datetime) -> str:
    return f"{at:%H:%M %d/%m/%Y}"


def named(procedure: str) -> str:
    """A procedure's code with the name that it has on the shipped list, if it is on it."""
    return f"{procedure} {_procedures().get(procedure, '')}".strip()


@cache
def _procedures() -> dict[str, str]:
    return {row["code"]: row["name"] for row in json.loads(_LISTED.read_bytes())}
