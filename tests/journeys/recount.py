"""The month counted again from its lines alone: what was allowed, where every dossier stands, when it is due.

Written from the law and the published rules without the program's own: it knows nothing of ``desktop`` and ``db``,
and its days and minutes are those of the naive reading.
"""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime

from tests.rules.naive_deadlines import A_DAY, AFTERNOON, CLOSE, DAY_ZERO, NOON, OPEN, NaiveLaw

DAYS_OFF = {date(2026, 11, 24), date(2027, 1, 1), *(date(2027, 2, day) for day in range(4, 11))}
#: Procedure → limit in fourths of its unit, and its rule for receipts after 15:00, copied from the catalogue by eye.
LIMITS = {
    "2.000815": (0, "same_day", "return_next_day"),
    "2.000884": (0, "same_day", "return_next_day"),
    "1.004859": (12, "working_days", "none"),
    "1.014027": (40, "working_days", "none"),
    "1.001662": (28, "working_days", "none"),
    "1.003622": (60, "calendar_days", "none"),
    "1.001695": (40, "calendar_days", "none"),
    "1.004946": (48, "clock_hours", "none"),
    "1.013133": (8, "working_hours", "none"),
}
UNSOLVED = ("received", "processing", "waiting_supplement", "waiting_obligation")
WORKED_ON = ("received", "processing")
UNDOABLE = {
    *("forward", "hand_back", "request_supplement", "supplement", "request_obligation", "fulfil_obligation"),
    *("stop", "withdraw", "refuse", "finish", "hand_over", "fee_paid"),
}
PAPERS = {
    "request_supplement": "supplement",
    "refuse": "refusal",
    "extend": "apology",
    "apologise": "apology",
    "stop": "stop",
    "correct": "receipt",
}
NEEDS_NOTE = {"request_supplement", "request_obligation", "refuse", "extend", "apologise", "correct"}


@dataclass
class Life:
    """One dossier; minutes are those since DAY_ZERO."""

    code: str
    limit: tuple
    received: int
    first_due: int
    due: int
    status: str = "received"
    holder: bool = False
    legs: int = 0
    stops: list = field(default_factory=list)
    stopped: int | None = None
    requests: int = 0
    extended: int | None = None
    later_stops: list = field(default_factory=list)
    apologised: bool = False
    score: int | None = None
    finished: int | None = None
    handed_over: int | None = None


class Recount:
    """Reads lines one by one; ``rejected`` are the numbers of those that must not be taken."""

    def __init__(self) -> None:
        self.law = NaiveLaw(DAYS_OFF, set())
        self.lives: dict[str, Life] = {}
        self.before: dict[str, list] = {}
        self.papers: Counter = Counter()
        self.of_day: Counter = Counter()
        self.rejected: list[int] = []
        self.events = 0

    def read(self, number: int, line: dict) -> None:
        taken = self._register(line) if line["event"] == "register" else self._act(line)
        self.events += taken
        if not taken:
            self.rejected.append(number)

    def _register(self, line: dict) -> bool:
        procedure, at = line["dossier"]["procedure"], minute(line["at"])
        if line["ref"] in self.lives or procedure not in LIMITS:
            return False
        due = self.law.due(at, *LIMITS[procedure], [])
        day = line["at"][2:10].replace("-", "")
        self.of_day[day] += 1
        life = Life(f"TN-MT-{day}-{self.of_day[day]:04d}", LIMITS[procedure], at, due, due)
        self.lives[line["ref"]] = life
        self.before[line["ref"]] = [("register", line["clerk"], line["at"], None)]
        self.papers[life.code, "receipt"] += 1
        return True

    def _act(self, line: dict) -> bool:
        life = self.lives.get(line["ref"])
        if life is None:
            return False
        event, done = line["event"], self.before[line["ref"]]
        if line["at"] < done[-1][2]:
            return False
        if event == "undo":
            return self._undo(line, done)
        if event in NEEDS_NOTE and "note" not in line:
            return False
        was = deepcopy(life)
        if not getattr(self, f"_{event}")(life, line, minute(line["at"])):
            self.lives[line["ref"]] = was
            return False
        done.append((event, line["clerk"], line["at"], was))
        if event in PAPERS:
            self.papers[life.code, PAPERS[event]] += 1
        return True

    def _undo(self, line: dict, done: list) -> bool:
        event, clerk, at, was = done[-1]
        seconds = (datetime.fromisoformat(line["at"]) - datetime.fromisoformat(at)).total_seconds()
        if event not in UNDOABLE or clerk != line["clerk"] or seconds > 60:
            return False
        self.lives[line["ref"]] = was
        done.pop()
        return True

    def _forward(self, life: Life, line: dict, now: int) -> bool:
        legs = life.legs + line.get("inner_days", 0)
        if "inner_days" in line:
            total = self.law.due(life.received, legs * 4, "working_days", "none", [])
            if total > max(life.first_due, life.extended or 0):
                return False
        if life.status not in WORKED_ON:
            return False
        life.status, life.holder, life.legs = "processing", True, legs
        return True

    def _hand_back(self, life: Life, line: dict, now: int) -> bool:
        possible, life.holder = life.status == "processing" and life.holder, False
        return possible

    def _request_supplement(self, life: Life, line: dict, now: int) -> bool:
        if life.requests == 2 or (life.requests and line.get("confirmed_by", line["clerk"]) == line["clerk"]):
            return False
        life.requests += 1
        return self._stop_clock(life, "waiting_supplement", now)

    def _request_obligation(self, life: Life, line: dict, now: int) -> bool:
        return self._stop_clock(life, "waiting_obligation", now)

    def _stop_clock(self, life: Life, status: str, now: int) -> bool:
        possible, life.status, life.stopped = life.status in WORKED_ON, status, now
        return possible

    def _supplement(self, life: Life, line: dict, now: int) -> bool:
        return self._run_again(life, "waiting_supplement", now)

    def _fulfil_obligation(self, life: Life, line: dict, now: int) -> bool:
        return self._run_again(life, "waiting_obligation", now)

    def _run_again(self, life: Life, status: str, now: int) -> bool:
        if life.status != status:
            return False
        life.stops.append((life.stopped, now))
        if life.extended is not None:
            life.later_stops.append((life.stopped, now))
        life.status, life.stopped = "processing", None
        self._count_anew(life)
        return True

    def _count_anew(self, life: Life) -> None:
        life.due = self.law.due(life.received, *life.limit, life.stops)
        if life.extended is not None:
            appointment = life.extended
            for begin, end in life.later_stops:
                if begin <= appointment:
                    appointment = max(appointment, self._moved(appointment, begin, end))
            if appointment // A_DAY > life.due // A_DAY:
                life.due = appointment

    def _moved(self, appointment: int, begin: int, end: int) -> int:
        """The working days left on the day of the request, counted again from the day after the answer."""
        left = sum(self.law.works[begin // A_DAY + 1 : appointment // A_DAY + 1])
        day = end // A_DAY
        while left:
            day += 1
            left -= self.law.works[day]
        while not self.law.works[day] or day * A_DAY + appointment % A_DAY < end:
            day += 1
        return day * A_DAY + appointment % A_DAY

    def _extend(self, life: Life, line: dict, now: int) -> bool:
        to, due_day = minute(line["to"]), life.due // A_DAY
        last = due_day - 1
        while not self.law.works[last]:
            last -= 1
        is_open = OPEN <= to % A_DAY <= NOON or AFTERNOON <= to % A_DAY <= CLOSE
        if life.status not in WORKED_ON or life.extended is not None or now // A_DAY > last:
            return False
        if to // A_DAY <= due_day or not self.law.works[to // A_DAY] or not is_open:
            return False
        life.extended = to
        self._count_anew(life)
        return True

    def _apologise(self, life: Life, line: dict, now: int) -> bool:
        possible, life.apologised = is_late(life, now) and not life.apologised, True
        return possible

    def _refuse(self, life: Life, line: dict, now: int) -> bool:
        return self._end(life, "not_received", now, UNSOLVED)

    def _stop(self, life: Life, line: dict, now: int) -> bool:
        return self._end(life, "stopped", now, UNSOLVED)

    def _withdraw(self, life: Life, line: dict, now: int) -> bool:
        return self._end(life, "withdrawn", now, UNSOLVED)

    def _finish(self, life: Life, line: dict, now: int) -> bool:
        return self._end(life, "finished", now, WORKED_ON)

    def _end(self, life: Life, status: str, now: int, states: tuple) -> bool:
        possible, life.status, life.finished, life.holder = life.status in states, status, now, False
        return possible

    def _hand_over(self, life: Life, line: dict, now: int) -> bool:
        possible, life.status, life.handed_over = life.status == "finished", "handed_over", now
        return possible

    def _rate(self, life: Life, line: dict, now: int) -> bool:
        has_result = life.status in ("finished", "handed_over")
        possible, life.score = has_result and life.score is None and 1 <= line["score"] <= 5, line["score"]
        return possible

    def _correct(self, life: Life, line: dict, now: int) -> bool:
        return life.status in (*UNSOLVED, "finished")

    def _attach_official_code(self, life: Life, line: dict, now: int) -> bool:
        return True

    def _fee_paid(self, life: Life, line: dict, now: int) -> bool:
        return life.status != "not_received"


def minute(text: str) -> int:
    """Whole minutes since DAY_ZERO."""
    at = datetime.fromisoformat(text)
    return (at.date() - DAY_ZERO).days * A_DAY + at.hour * 60 + at.minute


def is_late(life: Life, now: int) -> bool:
    """By dates: when its clock was stopped for good, when it ended, or now."""
    moments = [moment for moment in (life.stopped, life.finished, now) if moment is not None]
    return moments[0] // A_DAY > life.due // A_DAY


def outcome(life: Life) -> str | None:
    """early, on_time or late; None while it is open. Without a result nothing is early."""
    if life.finished is None:
        return None
    if is_late(life, life.finished):
        return "late"
    if life.status not in ("finished", "handed_over"):
        return "on_time"
    ended = life.finished if life.stopped is None else life.stopped
    return "on_time" if ended // A_DAY == life.due // A_DAY else "early"


def lists(lives: list[Life], now: int, works: list[bool]) -> dict[str, set[str]]:
    """Every working list at a minute, as codes."""
    today, soon, left = now // A_DAY, now // A_DAY, 2
    while left:
        soon += 1
        left -= works[soon]
    running = {life.code: life.due // A_DAY for life in lives if life.status in WORKED_ON}
    return {
        "due_today": {code for code, day in running.items() if day == today},
        "due_soon": {code for code, day in running.items() if today < day <= soon},
        "overdue": {code for code, day in running.items() if day < today},
        "waiting_supplement": {life.code for life in lives if life.status == "waiting_supplement"},
        "paused": {life.code for life in lives if life.status == "waiting_obligation"},
        "ready": {life.code for life in lives if life.status == "finished"},
        "to_apologise": {life.code for life in lives if is_late(life, now) and not life.apologised},
    }
