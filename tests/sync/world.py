"""A commune with its real register, a hub with its real database, both able to fall back to an earlier backup.

Made from templates, so that ten thousand of them are quick. What a commune ever sealed is remembered here beside both:
that is the truth which the hub must end up with. Clocks may be wrong: ``now`` is the true time.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from db.connection import Register
from db.hub import Hub
from db.outbox_records import OutboxRow
from db.vocabulary import OutboxState
from desktop.hub import enrolment, founding, receiver, units
from desktop.office import carrying, closing, counter, enrolling, opening, outbox, procedures, sealing, sending
from desktop.office.closing import Closing
from desktop.rules.calendar import VN_TZ
from tests.bench import registers
from tests.sync.invented import InventedCommune
from tests.sync.simulated_line import SimulatedLine

UNIT, NAME = "03388", "phường Đoàn Kết"
OTHER, OTHER_NAME = "03390", "xã Bình Lư"
MONDAY = datetime(2026, 11, 23, 8, tzinfo=VN_TZ)
_A_DAY = timedelta(days=1)
#: Day → revision and content.
Standing = dict[date, list[int | str]]


@dataclass
class Templates:
    """A commune that has just been enrolled with a hub of two units, closed and ready to be copied."""

    folder: Path
    practice: bool = False

    def __post_init__(self) -> None:
        hub = founding.init(self.hub, now=MONDAY, practice=self.practice, code="H35", name="Đầu mối tỉnh Lai Châu")
        for code, name in ((UNIT, NAME), (OTHER, OTHER_NAME)):
            units.add(hub, code, name, who="admin", now=MONDAY)
        unit = opening.unit_as_printed(UNIT, NAME, practice=self.practice)
        book = opening.init(self.commune, unit, now=MONDAY)
        line = SimulatedLine(lambda packet: receiver.take(hub, packet, now=MONDAY, carrier="network"), Random(0))
        with line.in_place_of_the_network():
            code = enrolment.new_code(hub, UNIT, who="admin", now=MONDAY)
            enrolling.enrol(book, code, url=World.url, clerk=None, now=MONDAY)
        counter.register(book, next(registers.forms(0)), clerk=None, now=MONDAY, checklist=True)
        #: Never changed in any world; reading it takes longer than a day of one.
        self.catalogue = procedures.catalogue(book)
        book.close()
        hub.close()

    @property
    def commune(self) -> Path:
        return self.folder / "commune"

    @property
    def hub(self) -> Path:
        return self.folder / "hub"


class World:
    """One commune and one hub in a folder of their own. Everything that happens is a method; refused acts raise."""

    url = "http://127.0.0.1:1"
    _catalogue: procedures.Catalogue | None = None

    def __init__(self, made: Templates, folder: Path, chance: Random) -> None:
        self.unit, self._made, self._catalogue = UNIT, made, made.catalogue
        self.line = SimulatedLine(self._heard, chance)
        self.begin(folder, chance, practice=made.practice)

    def begin(self, folder: Path, chance: Random, *, practice: bool) -> None:
        """Open both; nothing has happened yet."""
        self.chance, self.folder, self.now = chance, folder, MONDAY
        self.practice = practice
        self.commune_skew = self.hub_skew = timedelta()
        #: Every closing that the commune ever sealed, by its hash, also those that a restored backup does not know.
        self.sealed: dict[str, Closing] = {}
        #: The closings that the register knew when one was sealed: what it may take the place of.
        self.known: dict[str, set[str]] = {}
        self._make()
        self._forms = registers.forms(chance.randrange(10**6))
        self._open_commune()
        self._open_hub()

    def close(self) -> None:
        self.book.close()
        self.hub.close()

    # What people do at the commune.

    def clock(self) -> datetime:
        """What the commune's machine says."""
        return self.now + self.commune_skew

    def work(self) -> None:
        """Somebody comes."""
        self.now += timedelta(minutes=self.chance.randint(1, 90))
        counter.register(self.book, next(self._forms), clerk=None, now=self.clock(), checklist=True)

    def close_day(self, on: date | None = None) -> Closing:
        """The day of the commune's clock is closed, or another one again."""
        now = self.clock()
        answers = dict.fromkeys(closing.to_answer(self.book, now), "chờ cấp trên")
        day = on or now.date()
        sealed = closing.close_day(self.book, day, clerk=None, now=now, answers=answers, reason="bổ sung")
        self.sealed[sealed.hash] = sealed
        self.known[sealed.hash] = {one.hash for one in self._closings()}
        return sealed

    def next_day(self) -> None:
        self.now = (self.now + _A_DAY).replace(hour=8, minute=0)

    def work_on(self, on: date) -> None:
        """Somebody came on an earlier day, told only now: a practice register alone takes that."""
        at = self.now.replace(year=on.year, month=on.month, day=on.day, hour=self.chance.randint(8, 16))
        counter.register(self.book, next(self._forms), clerk=None, now=at, checklist=True)

    def send(self, *drawn: str, manual: bool = False) -> sending.Round:
        """One round of the real sending, each exchange with one of these faults."""
        self.line.drawn = list(drawn) or ["good"]
        with self.line.in_place_of_the_network():
            return sending.send(self.book, clock=self.clock, manual=manual, chance=self.chance.random)

    def back_up(self, name: str) -> Path:
        """Copy ``commune`` or ``hub`` away."""
        kept = self.folder / f"{name}-backup"
        self._closed(name, lambda: shutil.copytree(self.folder / name, kept, dirs_exist_ok=True))
        return kept

    def restore(self, name: str) -> None:
        """Put the copy in the place of ``commune`` or ``hub``."""

        def replace() -> None:
            shutil.rmtree(self.folder / name)
            shutil.copytree(self.folder / f"{name}-backup", self.folder / name)

        self._closed(name, replace)

    def replace_key(self, *drawn: str) -> None:
        """The machine gets a new key and is enrolled anew with a new code."""
        sealing.make_key(self.book, now=self.clock())
        self.book.derived.pop("private_key", None)
        self.enrol(*drawn)

    def enrol(self, *drawn: str) -> None:
        """Meet the hub with a new code; UserError or EnvironmentProblem when the line does not carry it."""
        code = enrolment.new_code(self.hub, self.unit, who="admin", now=self.hub_clock())
        self.line.drawn = list(drawn) or ["good"]
        with self.line.in_place_of_the_network():
            enrolling.enrol(self.book, code, url=self.url, clerk=None, now=self.clock())

    # What travels on a stick; it is never wiped, so that anything may be carried again.

    def copy_to_stick(self) -> Path:
        """All that waits, as a packet in a file."""
        return carrying.write_waiting(self.book, self._stick(), clerk=None, now=self.clock()).path

    def carry_up(self, packet: bytes) -> Path:
        """The hub reads a file; its answer lies on the stick under a name that says nothing."""
        answer = receiver.take(self.hub, packet, now=self.hub_clock(), carrier=receiver.FILE)
        path = self._stick() / f"{len(self.answer_files())}.answer"
        path.write_bytes(answer)
        return path

    def carry_back(self, answer: bytes) -> None:
        """The commune reads an answer's file."""
        path = self._stick() / "answer.bin"
        path.write_bytes(answer)
        carrying.read_answers(self.book, path, now=self.clock())

    def foreign_packet(self) -> bytes:
        """What another unit would send, under a key that is not its own."""
        stranger = InventedCommune(
            self.chance.choice((self.unit, OTHER)), NAME, self.practice, seed=self.chance.randrange(9)
        )
        return stranger.packet(stranger.day(self.now.date(), 3))

    def packet_files(self) -> list[Path]:
        return sorted(self._stick().glob("*.motcua"))

    def answer_files(self) -> list[Path]:
        return sorted(self._stick().glob("*.answer"))

    def _stick(self) -> Path:
        stick = self.folder / "stick"
        stick.mkdir(exist_ok=True)
        return stick

    # What the hub says and holds.

    def hub_clock(self) -> datetime:
        """What the hub's machine says."""
        return self.now + self.hub_skew

    def standing(self) -> Standing:
        """Day → revision and content of what counts at the hub."""
        sql = "SELECT day, revision, sha256 FROM standing WHERE unit = ?"
        return {date.fromisoformat(day): told for day, *told in self.hub.rows(sql, (self.unit,))}

    def standing_closings(self) -> dict[str, str]:
        """Day → hash of the closing that counts at the hub."""
        sql = "SELECT s.day, r.hash FROM standing s JOIN report r ON r.id = s.report WHERE s.unit = ?"
        return dict(self.hub.rows(sql, (self.unit,)))

    def told(self) -> set[str]:
        """Hashes of the closings that the hub has heard of."""
        return {digest for (digest,) in self.hub.rows("SELECT hash FROM report WHERE unit = ?", (self.unit,))}

    def waiting_forks(self) -> int:
        row = self.hub.row("SELECT forks FROM front WHERE unit = ?", (self.unit,))
        return row[0] if row else 0

    def rows(self) -> tuple[OutboxRow, ...]:
        outbox.gather(self.book, now=self.clock())
        return outbox.rows(self.book)

    def green(self) -> set[tuple[date, int, str]]:
        """What the commune shows as acknowledged."""
        return {(row.day, row.revision, row.sha256) for row in self.rows() if row.state is OutboxState.ACKNOWLEDGED}

    def truth(self) -> dict[date, Closing]:
        """The newest revision of every day that the commune's register knows."""
        return {one.day: one for one in self._closings()}

    def _closings(self) -> tuple[Closing, ...]:
        return closing.between(self.book, date(2026, 1, 1), date(2027, 12, 31))

    def _make(self) -> None:
        shutil.copytree(self._made.commune, self.folder / "commune")
        shutil.copytree(self._made.hub, self.folder / "hub")

    def _heard(self, packet: bytes) -> bytes:
        return receiver.take(self.hub, packet, now=self.hub_clock(), carrier=receiver.NETWORK)

    def _open_commune(self) -> None:
        self.book: Register = opening.open_register(self.folder / "commune", now=self.now + _A_DAY * 400, check=False)
        self.book.database.execute_sql("PRAGMA synchronous = OFF")
        if self._catalogue:
            self.book.derived["catalogue"] = self._catalogue

    def _open_hub(self) -> None:
        self.hub: Hub = founding.open_founded(self.folder / "hub")
        self.hub.run("PRAGMA synchronous = OFF")

    def _closed(self, name: str, work: Callable[[], object]) -> None:
        held = self.book if name == "commune" else self.hub
        held.close()
        work()
        self._open_commune() if name == "commune" else self._open_hub()
