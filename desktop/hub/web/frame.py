"""What stands round every page of somebody who is signed in: the rail with what he may open, and what waits there."""

from dataclasses import dataclass
from typing import Any

from fastapi.responses import Response

from db import hub_reports
from desktop.hub import units
from desktop.hub.users import Role
from desktop.hub.web.asking import Asked


@dataclass(frozen=True, slots=True)
class Item:
    """A page in the rail; ``count`` things wait there, ``counted`` says what they are."""

    path: str
    name: str
    icon: str
    role: Role
    count: int = 0
    counted: str = ""


_ITEMS = (
    Item("/", "Tổng quan", "home", Role.VIEW),
    Item("/units", "Đơn vị", "units", Role.VIEW),
    Item("/fields", "Lĩnh vực", "fields", Role.VIEW),
    Item("/forks", "Rẽ nhánh", "fork", Role.VIEW),
    Item("/keys", "Đơn vị và khóa", "key", Role.RUN),
    Item("/people", "Người dùng", "people", Role.ADMIN),
)


def framed(asked: Asked, template: str, *, status: int = 200, **told: Any) -> Response:
    """A page with the rail, the item of its own path marked."""
    here = "/" + asked.request.url.path.split("/")[1]
    return asked.page(template, status=status, menu=_menu(asked), here=here, **told)


def _menu(asked: Asked) -> list[Item]:
    role, found = asked.official.role, []
    for item in _ITEMS:
        if not role.may(item.role):
            continue
        if item.path == "/forks":
            waiting = _forks(asked)
            item = Item(item.path, item.name, item.icon, item.role, waiting, "đơn vị chờ xem")
        found.append(item)
    return found


def _forks(asked: Asked) -> int:
    """Units of this official's part of the tree whose history waits for a decision."""
    waiting = {code for code, front in hub_reports.fronts(asked.hub).items() if front.forks}
    if not waiting or not asked.official.unit:
        return len(waiting)
    return sum(unit.code in waiting for unit in units.within(units.every(asked.hub), asked.official.unit))
