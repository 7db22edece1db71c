"""The life of a dossier: one table of what may follow what, and the state that a history leads to.

Pure: events in, state out. Acts and checks fold histories here; whether an act may happen is
``rules.obstacles``. States are the ten national codes (domain.md 4.4); articles are those of
NĐ 118/2025/NĐ-CP unless another text is named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from db.vocabulary import DossierStatus, EventKind, Outcome
from desktop.rules.trail import Pause

S, E = DossierStatus, EventKind

_WORKED_ON = frozenset({S.RECEIVED, S.PROCESSING})
_WAITING = frozenset({S.WAITING_SUPPLEMENT, S.WAITING_OBLIGATION})
_UNSOLVED = _WORKED_ON | _WAITING
ENDED = frozenset({S.NOT_RECEIVED, S.WITHDRAWN, S.STOPPED, S.FINISHED, S.HANDED_OVER})
_ANY = _UNSOLVED | ENDED

#: A slip may be undone by its own clerk within this time, by an event of its own.
UNDO_WITHIN = timedelta(seconds=60)
MOST_SUPPLEMENT_REQUESTS = 2
#: Who has a dossier that was forwarded without saying where.
UNNAMED_HOLDER = "Bộ phận chuyên môn"


@dataclass(frozen=True, slots=True)
class Transition:
    """``event`` is possible in the states ``at`` and leads to ``to`` (``None``: the state stays).

    ``needs`` names the facts that the act must bring.
    """

    event: EventKind
    at: frozenset[DossierStatus]
    to: DossierStatus | None = None
    needs: tuple[str, ...] = ()


#: The one table. Stopping and withdrawing only before a result exists (Đ21); a supplement request stops the
#: clock (Đ19, QĐ 766/QĐ-TTg), a refusal is written (NĐ 63/2010 Đ18 k5); an extension keeps the state (Đ19).
TRANSITIONS: Mapping[EventKind, Transition] = MappingProxyType(
    {
        transition.event: transition
        for transition in (
            Transition(E.FORWARD, _WORKED_ON, S.PROCESSING),
            Transition(E.HAND_BACK, frozenset({S.PROCESSING}), S.PROCESSING),
            Transition(E.REQUEST_SUPPLEMENT, _WORKED_ON, S.WAITING_SUPPLEMENT, ("note",)),
            Transition(E.SUPPLEMENT, frozenset({S.WAITING_SUPPLEMENT}), S.PROCESSING),
            Transition(E.REQUEST_OBLIGATION, _WORKED_ON, S.WAITING_OBLIGATION, ("note",)),
            Transition(E.FULFIL_OBLIGATION, frozenset({S.WAITING_OBLIGATION}), S.PROCESSING),
            Transition(E.REFUSE, _UNSOLVED, S.NOT_RECEIVED, ("note",)),
            Transition(E.EXTEND, _WORKED_ON, None, ("note", "to")),
            Transition(E.APOLOGISE, _ANY, None, ("note",)),
            Transition(E.STOP, _UNSOLVED, S.STOPPED),
            Transition(E.WITHDRAW, _UNSOLVED, S.WITHDRAWN),
            Transition(E.FINISH, _WORKED_ON, S.FINISHED),
            Transition(E.HAND_OVER, frozenset({S.FINISHED}), S.HANDED_OVER),
            Transition(E.RATE, frozenset({S.FINISHED, S.HANDED_OVER}), None, ("score",)),
            Transition(E.CORRECT, _UNSOLVED | {S.FINISHED}, None, ("note", "set")),
            Transition(E.ATTACH_OFFICIAL_CODE, _ANY, None, ("official_code",)),
            Transition(E.FEE_PAID, _ANY - {S.NOT_RECEIVED}, None, ("receipt_number",)),
        )
    }
)

#: What may be undone within the minute: acts that changed nothing outside the register yet.
UNDOABLE = frozenset(
    {
        E.FORWARD,
        E.HAND_BACK,
        E.REQUEST_SUPPLEMENT,
        E.SUPPLEMENT,
        E.REQUEST_OBLIGATION,
        E.FULFIL_OBLIGATION,
        E.STOP,
        E.WITHDRAW,
        E.REFUSE,
        E.FINISH,
        E.HAND_OVER,
        E.FEE_PAID,
    }
)


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a dossier: what the fold needs of it. ``facts`` are what the clerk gave."""

    seq: int
    event: EventKind
    at: datetime
    clerk: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """Where a dossier stands after its history. Dates of the promise are the office's, not the fold's.

    ``legs`` are the working days given to each place it was forwarded to with a share of the time,
    ``inner_due`` the date by which the present holder gives it back.
    """

    status: DossierStatus = S.RECEIVED
    holder: str = ""
    inner_due: datetime | None = None
    legs: tuple[Decimal, ...] = ()
    pauses: tuple[Pause, ...] = ()
    supplement_requests: int = 0
    extended_to: datetime | None = None
    extended_at: datetime | None = None
    apologised: bool = False
    rated: bool = False
    finished_at: datetime | None = None
    handed_over_at: datetime | None = None
    last: Happened | None = None

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands: the last pause has no end yet."""
        return self.status in _WAITING

    @property
    def paused_since(self) -> datetime | None:
        """When the clock was stopped, if it has not run since; a dossier may also end like that."""
        return self.pauses[-1].from_at if self.pauses and self.pauses[-1].to_at is None else None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is owed but handing over."""
        return self.status in ENDED

    def is_late(self, due_at: datetime, now: datetime) -> bool:
        """Whether the promise was missed, by dates (domain.md 4.1): when the clock stopped, at the end, or now."""
        return (self.paused_since or self.finished_at or now).date() > due_at.date()


def standing(history: Iterable[Happened]) -> list[Happened]:
    """A dossier's events in order without undos and without what they took back."""
    events = list(history)
    undone = {event.facts["undoes"] for event in events if event.event is E.UNDO}
    return [event for event in events if event.event is not E.UNDO and event.seq not in undone]


def fold(history: Iterable[Happened]) -> State:
    """The state after a dossier's events in order; what an ``undo`` names counts as never done."""
    state = State()
    for event in standing(history):
        state = after(state, event)
    return state


def after(state: State, event: Happened) -> State:
    """The state once ``event`` happened in ``state``; whether it may is asked of ``rules.obstacles`` before."""
    transition = TRANSITIONS.get(event.event)
    if transition is None:
        return replace(state, last=event) if event.event is E.REGISTER else state
    state = replace(state, last=event, status=transition.to or state.status)
    facts, at = event.facts, event.at
    match event.event:
        case E.FORWARD:
            days = (Decimal(str(facts["inner_days"])),) if "inner_days" in facts else ()
            holder = str(facts.get("to", UNNAMED_HOLDER))
            return replace(state, holder=holder, inner_due=_moment(facts, "inner_due"), legs=state.legs + days)
        case E.HAND_BACK:
            return replace(state, holder="", inner_due=None)
        case E.REQUEST_SUPPLEMENT:
            asked = state.supplement_requests + 1
            return replace(state, pauses=(*state.pauses, Pause(at, None)), supplement_requests=asked)
        case E.REQUEST_OBLIGATION:
            return replace(state, pauses=(*state.pauses, Pause(at, None, "chờ nghĩa vụ tài chính")))
        case E.SUPPLEMENT | E.FULFIL_OBLIGATION:
            return replace(state, pauses=(*state.pauses[:-1], replace(state.pauses[-1], to_at=at)))
        case E.EXTEND:
            return replace(state, extended_to=_moment(facts, "to"), extended_at=at)
        case E.APOLOGISE:
            return replace(state, apologised=True)
        case E.RATE:
            return replace(state, rated=True)
        case E.FINISH | E.REFUSE | E.STOP | E.WITHDRAW:
            return replace(state, holder="", inner_due=None, finished_at=at)
        case E.HAND_OVER:
            return replace(state, handed_over_at=at)
    return state


def outcome(
    status: DossierStatus, due_at: datetime, finished_at: datetime | None, paused_since: datetime | None = None
) -> Outcome | None:
    """How a dossier ended; None while it is open. See ``outcome_by_dates``."""
    if finished_at is None:
        return None
    paused_on = paused_since.date() if paused_since else None
    return outcome_by_dates(status, due_at.date(), finished_at.date(), paused_on)


def outcome_by_dates(
    status: DossierStatus, due_on: date | None, ended_on: date, paused_on: date | None = None
) -> Outcome:
    """How a dossier ended, by dates (domain.md 4.1); without an appointment it is on time.

    One that ended while the clock stood is judged by the day it was stopped. What ended without a result (withdrawn,
    stopped, refused) counts and is on time at best: ending it makes no late dossier disappear and no early one.
    """
    judged_on = paused_on or ended_on
    if due_on is None or judged_on == due_on:
        return Outcome.ON_TIME
    if judged_on > due_on:
        return Outcome.LATE
    return Outcome.EARLY if status in (S.FINISHED, S.HANDED_OVER) else Outcome.ON_TIME


def _moment(facts: Mapping[str, object], name: str) -> datetime | None:
    return datetime.fromisoformat(str(facts[name])) if name in facts else None
