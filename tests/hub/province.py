"""A practice hub of the 38 shipped units with sixty days of invented reports, as an official would meet it.

Some units are late, one never came, one has few dossiers, one was restored from an old backup. Used by the browser's
tests and by ``resources/pictures``; ``python -m tests.hub.province FOLDER`` leaves one to look at.
"""

import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from db import hub_units
from db.hub import Hub
from desktop.hub import founding, receiver, units, users
from desktop.hub.users import Role
from desktop.rules import calendar, seal
from desktop.rules.calendar import VN_TZ
from tests.sync.invented import InventedCommune

NOW = datetime(2026, 11, 23, 9, 14, tzinfo=VN_TZ)
LAST = date(2026, 11, 20)
PASSWORD = "mùa lúa chín vàng 2026"
#: Unit → the last day that it reported.
STOPPED = {"03433": date(2026, 11, 12), "03466": date(2026, 11, 18)}
SILENT, FEW, FORKED, GAPPED = "03439", "03442", "03424", "03408"


@dataclass(frozen=True)
class Official:
    name: str
    full_name: str
    role: Role
    unit: str = ""


OFFICIALS = (
    Official("xem", "Nguyễn Thị Ví Dụ", Role.VIEW),
    Official("dieuhanh", "Lò Văn Thử", Role.RUN),
    Official("quantri", "Giàng Thị Giả Định", Role.ADMIN),
    Official("motxa", "Vàng Văn Mẫu", Role.ADMIN, FORKED),
)


def make(home: Path, *, days: int = 60, practice: bool = True, database: str | None = None) -> Hub:
    """The hub, open. Every official of ``OFFICIALS`` has ``PASSWORD``."""
    name = "Trung tâm PVHCC tỉnh Lai Châu"
    hub = founding.init(home, now=NOW, code="LC", name=name, practice=practice, database_url=database)
    units.load(hub, None, who="quantri", now=NOW)
    packets = []
    for unit in units.every(hub):
        if unit.code != SILENT:
            packets += _history(hub, unit, days, practice)
    receiver.take_many(hub, packets, now=NOW, carrier=receiver.NETWORK)
    for one in OFFICIALS:
        first = users.add(hub, one.name, one.role, who="", now=NOW, full_name=one.full_name, unit=one.unit)
        users.change_password(hub, one.name, first, PASSWORD, now=NOW)
    return hub


def _history(hub: Hub, unit: hub_units.HubUnit, days: int, practice: bool) -> list[bytes]:
    commune = InventedCommune(unit.code, unit.name, practice=practice)
    with hub.write():
        hub_units.replace_key(hub, unit.code, seal.public_of(commune.key).hex(), NOW.isoformat())
    chance = Random(unit.code)
    busy = 1 if unit.code == FEW else chance.randint(4, 30)
    on = min(STOPPED.get(unit.code, LAST), LAST) - timedelta(days=days - 1)
    found = []
    while on <= STOPPED.get(unit.code, LAST):
        if calendar.shipped().is_working_day(on):
            visits = chance.randint(busy // 2, busy * 2)
            found.append(commune.day(on, 0 if unit.code == FEW and chance.random() < 0.7 else visits))
        on += timedelta(days=1)
    if unit.code == GAPPED:
        del found[-9:-6]
    packets = [commune.packet(*found)]
    if unit.code == FORKED:
        figures = {name: found[-2][name] for name in ("rows", "total", "on_time")}
        packets.append(commune.packet(found[-1] | figures | {"hash": "ab" * 32, "code": "7F3K-92QD"}))
    return packets


if __name__ == "__main__":
    make(Path(sys.argv[1])).close()
