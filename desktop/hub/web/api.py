"""The figures of the pages as JSON, described by /api/v1/openapi.json: the same functions, the same part of the tree.

For programs of an operations centre, by HTTP Basic or the cookie of a browser. It only reads.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request
from fastapi.openapi.models import APIKey, HTTPBase
from fastapi.openapi.models import SecurityBase as SecurityScheme
from fastapi.security.base import SecurityBase
from pydantic import BaseModel

from desktop.hub.users import Role
from desktop.hub.web import asking, records
from desktop.hub.web.choosing import KINDS
from desktop.hub.web.figures import Seen
from desktop.hub.web.site import site_of

Record = TypeVar("Record", bound=BaseModel)

_PREFIX = "/api/v1"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_KIND = Literal["day", "week", "month", "quarter", "half", "nine_months", "year", "free"]
assert set(KINDS) == set(_KIND.__args__)  # type: ignore[attr-defined]


class Refusal(BaseModel):
    """Why a request was refused: a stable word and one Vietnamese sentence."""

    code: str
    message: str


class Refused(BaseModel):
    error: Refusal


_REFUSED: dict[int | str, dict[str, Any]] = {
    status: {"model": Refused, "description": words}
    for status, words in {
        400: "Kỳ hoặc giá trị không dùng được.",
        401: "Chưa đăng nhập, hoặc sai mật khẩu.",
        403: "Vai trò không được xem.",
        422: "Một giá trị không đúng dạng.",
        429: "Thử mật khẩu quá nhiều lần; xem Retry-After.",
        503: "Tạm thời không đọc được dữ liệu; xem Retry-After.",
    }.items()
}
_NOT_FOUND: dict[int | str, dict[str, Any]] = {
    404: {"model": Refused, "description": "Không có trong phạm vi được xem."}
}


class _Described(SecurityBase):
    """A way to sign in that stands in the description; who asks is found by ``asking``, which reads any letters."""

    def __init__(self, name: str, model: SecurityScheme) -> None:
        self.scheme_name, self.model = name, model

    def __call__(self) -> None:
        return None


_WAYS = [
    Depends(_Described("basic", HTTPBase(scheme="basic", description="Tên và mật khẩu, UTF-8."))),
    Depends(_Described("cookie", APIKey.model_validate({"in": "cookie", "name": asking.SESSION_COOKIE}))),
]

_Kind = Annotated[_KIND | None, Query(description="Loại kỳ; không nói gì là tháng có báo cáo mới nhất.")]
_On = Annotated[str | None, Query(pattern=_DAY, description="Một ngày trong kỳ.")]
_From = Annotated[str | None, Query(alias="from", pattern=_DAY, description="Ngày đầu của kỳ tự chọn.")]
_To = Annotated[str | None, Query(alias="to", pattern=_DAY, description="Ngày cuối của kỳ tự chọn.")]


def period_of(kind: _Kind = None, on: _On = None, first: _From = None, last: _To = None) -> dict[str, str]:
    """The period that an address names, in the words of ``choosing``."""
    told = {"kind": kind, "on": on, "from": first, "to": last}
    return {name: value for name, value in told.items() if value is not None}


_Period = Annotated[dict[str, str], Depends(period_of)]
_Code = Annotated[str, Path(max_length=60, description="Mã đơn vị.")]
_Field = Annotated[str | None, Query(max_length=200, description="Tên lĩnh vực.")]
_Procedure = Annotated[str | None, Query(max_length=200, description="Mã thủ tục.")]

_router = APIRouter(prefix=_PREFIX, tags=["figures"], responses=_REFUSED, dependencies=_WAYS)


def _told(request: Request, period: dict[str, str], tell: Callable[[Seen], Record]) -> Record:
    """What somebody who may see it is told of a period."""
    site = site_of(request)
    with site.hub.session():
        official = asking.official_of(request)
        asking.check_role(official, Role.VIEW)
        return tell(Seen(site.hub, official, period, site.now()))


@_router.get("/overview")
def overview(request: Request, period: _Period) -> records.Overview:
    """Tổng của kỳ, và mọi đơn vị trong phạm vi."""
    return _told(request, period, records.overview)


@_router.get("/units")
def units(request: Request, period: _Period) -> records.Units:
    """Các đơn vị: báo cáo đến ngày nào, thiếu ngày nào, số liệu của kỳ."""
    return _told(request, period, records.units)


@_router.get("/units/{code}", responses=_NOT_FOUND)
def unit(request: Request, code: _Code, period: _Period) -> records.UnitInDetail:
    """Một đơn vị: từng ngày, từng lĩnh vực và thủ tục."""
    return _told(request, period, lambda seen: records.unit(seen, code))


@_router.get("/fields")
def fields(request: Request, period: _Period) -> records.Fields:
    """Số liệu theo lĩnh vực."""
    return _told(request, period, records.fields)


@_router.get("/procedures")
def procedures(request: Request, period: _Period, field: _Field = None) -> records.Procedures:
    """Số liệu theo thủ tục, của một lĩnh vực hoặc tất cả."""
    return _told(request, period, lambda seen: records.procedures(seen, field))


@_router.get("/units-of")
def units_of(
    request: Request, period: _Period, field: Annotated[str, Query(max_length=200)], procedure: _Procedure = None
) -> records.UnitsOf:
    """Một lĩnh vực, hoặc một thủ tục của lĩnh vực ấy, theo đơn vị."""
    return _told(request, period, lambda seen: records.units_of(seen, field, procedure or ""))


@_router.get("/trend", responses=_NOT_FOUND)
def trend(request: Request, period: _Period, code: Annotated[str | None, Query(max_length=60)] = None) -> records.Trend:
    """Tỷ lệ đúng hạn qua các ngày, tuần hoặc tháng đến hết kỳ."""
    return _told(request, period, lambda seen: records.trend(seen, code))


@_router.get("/ranking")
def ranking(request: Request, period: _Period) -> records.Ranking:
    """Các đơn vị theo tỷ lệ đúng hạn; đơn vị ít hồ sơ không xếp hạng."""
    return _told(request, period, records.ranking)


def add_routes(application: FastAPI) -> None:
    application.include_router(_router)
