"""A month at a busy counter as the lines of a ``replay`` file: invented citizens, every act, and plenty of mistakes.

Knows which words the program takes and nothing of its rules: what of this is allowed, ``recount`` says.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random

from desktop.rules.practice import people

MONTH = datetime(2026, 11, 2)  # noqa: DTZ001 - lines without a zone mean +07:00
UNTIL = datetime(2026, 11, 30, 16)  # noqa: DTZ001
CLERKS = ("truc", "minh", "lan")
#: Code, case and how often; the limits stand in ``recount``.
PROCEDURES = (
    ("2.000815", None, 10),
    ("2.000884", None, 5),
    ("1.004859", "Thay đổi, cải chính, xác định lại dân tộc", 10),
    ("1.014027", None, 10),
    ("1.001662", None, 6),
    ("1.003622", None, 6),
    ("1.001695", None, 6),
    ("1.004946", None, 3),
    ("1.013133", "Nộp trực tuyến", 3),
    ("9.999999", None, 0.3),
)
#: Lives, with how often each is lived. "!" asks for confirmation by somebody, "~" lets many days pass before.
LIVES = (
    (20, "finish hand_over rate"),
    (14, "forward finish hand_over"),
    (6, "forward hand_back forward finish hand_over rate"),
    (9, "request_supplement supplement finish hand_over"),
    (4, "forward request_supplement supplement request_supplement! supplement finish hand_over rate rate"),
    (2, "request_supplement supplement request_supplement! supplement request_supplement! supplement finish"),
    (3, "request_supplement ~supplement finish"),
    (4, "request_obligation fulfil_obligation finish hand_over"),
    (3, "extend request_supplement ~supplement finish"),
    (3, "request_supplement supplement extend finish hand_over"),
    (3, "extend extend finish"),
    (3, "refuse"),
    (3, "~refuse"),
    (2, "stop"),
    (3, "withdraw"),
    (2, "request_supplement ~withdraw"),
    (2, "~request_supplement stop"),
    (3, "correct attach_official_code fee_paid finish hand_over"),
    (3, "finish correct hand_over correct"),
    (4, "forward undo finish undo finish hand_over undo hand_over"),
    (3, "request_supplement undo finish hand_over"),
    (3, "~apologise finish hand_over"),
    (2, "~finish apologise apologise hand_over rate"),
    (3, "~extend"),
    (4, "forward"),
    (4, "request_supplement"),
    (3, "request_obligation"),
    (4, "finish"),
    (6, ""),
)
WILD = sorted({word.strip("!~") for _, life in LIVES for word in life.split()})


@dataclass
class Teller:
    """Makes the lines; the same seed makes the same ones."""

    seed: int
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.citizens = people(self.seed)

    def lines(self, dossiers: int) -> list[dict]:
        """The history of so many dossiers, in order of ``at`` but for a few lines that come late."""
        told = sorted((line for number in range(dossiers) for line in self._life(f"r{number}")), key=lambda x: x["at"])
        for line in told:
            if self.chance.random() < 0.004:
                line["at"] = _iso(datetime.fromisoformat(line["at"]) - timedelta(days=3))
        return told

    def _life(self, ref: str) -> Iterator[dict]:
        at = self._reception()
        yield {"ref": ref, "event": "register", "at": _iso(at), "clerk": self._clerk(), "dossier": self._dossier(at)}
        if self.chance.random() < 0.01:
            yield {"ref": ref, "event": "register", "at": _iso(at + timedelta(1)), "dossier": self._dossier(at)}
        weights, lives = zip(*LIVES, strict=True)
        acts = self.chance.choices(lives, weights)[0].split()
        while self.chance.random() < 0.15:
            acts.insert(self.chance.randrange(len(acts) + 1), self.chance.choice(WILD))
        clerk = self._clerk()
        for word in acts:
            event = word.strip("!~")
            at += self._gap(event, long=word.startswith("~"))
            if at > UNTIL:
                return
            clerk = clerk if event == "undo" and self.chance.random() < 0.9 else self._clerk()
            line = {"ref": ref, "event": event, "at": _iso(at), "clerk": clerk, "dossier": None}
            yield line | self._facts(event, at, confirmed=word.endswith("!"))

    def _reception(self) -> datetime:
        """Mostly within opening hours; whoever files online does so at any time."""
        day = MONTH + timedelta(days=self.chance.randrange(26))
        if day.weekday() >= 5 and self.chance.random() < 0.9:
            day -= timedelta(days=2)
        minute = self.chance.choice((self.chance.randrange(450, 690), self.chance.randrange(810, 1020)))
        return day + timedelta(minutes=self.chance.randrange(24 * 60) if self.chance.random() < 0.08 else minute)

    def _gap(self, event: str, *, long: bool) -> timedelta:
        if event == "undo":
            return timedelta(seconds=self.chance.randrange(5, 75))
        if long:
            return timedelta(days=self.chance.randrange(5, 20), minutes=self.chance.randrange(600))
        span = self.chance.choices((240, 2 * 24 * 60, 8 * 24 * 60), (5, 4, 2))[0]
        return timedelta(minutes=self.chance.randrange(1, span))

    def _dossier(self, at: datetime) -> dict:
        codes, cases, weights = zip(*PROCEDURES, strict=True)
        chosen = self.chance.choices(range(len(codes)), weights)[0]
        person = next(self.citizens)
        told = {
            "procedure": codes[chosen],
            "channel": self.chance.choice(("direct", "online", "post")),
            "applicant": {"name": person.name, "id_number": person.id_number, "phone": person.phone},
        }
        return told | ({"case": cases[chosen]} if cases[chosen] else {})

    def _facts(self, event: str, at: datetime, *, confirmed: bool) -> dict:
        chance, number = self.chance, next(self.numbers)
        note = {} if chance.random() < 0.02 else {"note": f"lý do {number}"}
        match event:
            case "forward":
                days = {"inner_days": chance.choice((1, 2, 3))} if chance.random() < 0.3 else {}
                return days | {"to": chance.choice(("Phòng Kinh tế", "Chi cục Thuế"))}
            case "request_supplement":
                second = confirmed or chance.random() < 0.1
                return note | ({"confirmed_by": chance.choice(CLERKS)} if second else {})
            case "extend":
                day = datetime(at.year, at.month, at.day) + timedelta(days=chance.randrange(-1, 25))  # noqa: DTZ001
                hours = chance.choice(((17, 0), (17, 0), (9, 30), (12, 0)))
                return note | {"to": _iso(day.replace(hour=hours[0], minute=hours[1]))}
            case "refuse" | "apologise" | "stop" | "withdraw" | "request_obligation":
                return note
            case "rate":
                return {"score": chance.choice((0, 1, 2, 3, 4, 4, 5, 5, 5, 5, 5, 6))}
            case "correct":
                return note | {"set": {"phone": f"09{number:08d}"}}
            case "attach_official_code":
                return {"official_code": f"H35.17.28-{at:%y%m%d}-{number:05d}"}
            case "fee_paid":
                return {"receipt_number": f"AA/26P-{number:07d}", "amount": 8000}
            case "hand_over":
                return {"note": "đúng người", "by": chance.choice(("counter", "post", "online"))}
        return {}

    def _clerk(self) -> str:
        return self.chance.choice(CLERKS)


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
