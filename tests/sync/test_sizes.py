"""How much goes over the line: a day of 130 procedures, a usual day, and a month in one packet."""

from datetime import date, timedelta

from desktop.sync import protocol
from desktop.sync.protocol import Document, Kind
from tests.sync.invented import InventedCommune

FIRST = date(2026, 11, 2)


def month(visits: int, *, every_procedure: bool) -> list[Document]:
    commune = InventedCommune("MT", "xã Mường Than", seed=3)
    days = [commune.day(FIRST + timedelta(day), visits, every_procedure=every_procedure) for day in range(30)]
    return [protocol.sign(Kind.DAY_REPORT, day, commune.key) for day in days]


def sizes(days: list[Document]) -> tuple[int, int, int]:
    """Bytes of the first day alone, of all days in packets of their own, and of all in one."""
    alone = [len(protocol.packet([day])) for day in days]
    return alone[0], sum(alone), len(protocol.packet(days))


def test_a_day_on_which_somebody_came_for_each_of_130_procedures():
    days = month(0, every_procedure=True)
    first, apart, together = sizes(days)
    assert len(days[0].body["rows"]) == 130
    assert first <= 1_945, first
    assert together <= apart * 0.5, (together, apart)


def test_a_usual_day():
    days = month(40, every_procedure=False)
    _, apart, together = sizes(days)
    assert apart <= 30 * 1_400, apart
    assert together <= apart * 0.4, (together, apart)
