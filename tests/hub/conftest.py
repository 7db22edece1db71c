"""Hubs for tests, each on SQLite and on PostgreSQL, and communes that report to them."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from desktop.hub import enrolment, founding, receiver, units
from desktop.rules import seal
from desktop.rules.calendar import VN_TZ
from desktop.sync import protocol
from tests.hub import postgres
from tests.sync.invented import InventedCommune

SUNDAY = datetime(2026, 11, 22, 10, 36, tzinfo=VN_TZ)
_NUMBERS = count()


@pytest.fixture(scope="session")
def postgres_server():
    """Addresses of databases on a server of the tests' own, with a place for the name."""
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed here; tests/run.py installs it where it may")
    with postgres.server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def hub_database(request):
    """The address of an empty database; None for the embedded one."""
    if request.param == "sqlite":
        return None
    import psycopg

    address, name = request.getfixturevalue("postgres_server"), f"hub{next(_NUMBERS)}"
    with psycopg.connect(address.format("postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return address.format(name)


@dataclass
class Place:
    """An open hub with the time of its clock."""

    hub: object
    home: Path
    database: str | None
    now: datetime = SUNDAY
    communes: dict = field(default_factory=dict)

    def enrolled(self, code: str, name: str = "xã Mường Than", *, seed: int = 0) -> InventedCommune:
        """A commune that the hub knows."""
        is_practice = founding.identity(self.hub).practice
        units.add(self.hub, code, name, who="thu", now=self.now)
        commune = InventedCommune(code, name, practice=is_practice, seed=seed)
        answer = self.enrol(commune, enrolment.new_code(self.hub, code, who="thu", now=self.now))
        assert answer.kind == "enrolled 1", answer
        return commune

    def enrol(self, commune, code: str, **changed):
        """The answer to an enrolment with this code."""
        body = {
            "unit": commune.code,
            "name": commune.name,
            "practice": commune.practice,
            "at": self.now.isoformat(),
            "public_key": seal.public_of(commune.key).hex(),
        } | changed
        body["proof"] = protocol.prove(protocol.derived_key(code), body)
        return self.sent(protocol.packet([protocol.sign("enrolment 1", body, commune.key)]))

    def sent(self, packet: bytes, carrier: str = receiver.NETWORK):
        """The document that answers a packet."""
        (document,) = protocol.read_packet(receiver.take(self.hub, packet, now=self.now, carrier=carrier))
        return document

    def acknowledged(self, commune, *reports, carrier: str = receiver.NETWORK):
        """The acknowledgement of reports sent together."""
        return protocol.content_as(protocol.Acknowledgement, self.sent(commune.packet(*reports), carrier))

    def verdicts(self, commune, *reports) -> list[str]:
        """The verdicts on reports sent together, in the order of the commune's chain."""
        return [str(item.verdict) for item in self.acknowledged(commune, *reports).items]


def _place(home, database, **options):
    hub = founding.init(home, now=SUNDAY, database_url=database, **options)
    return Place(hub, home, database)


@pytest.fixture
def live_hub(tmp_path, hub_database):
    """A hub for live figures."""
    place = _place(tmp_path / "hub", hub_database, code="LC", name="Đầu mối Lai Châu")
    yield place
    place.hub.close()


@pytest.fixture
def practice_hub(tmp_path, hub_database):
    """A hub for practice figures."""
    place = _place(tmp_path / "hub", hub_database, practice=True)
    yield place
    place.hub.close()
