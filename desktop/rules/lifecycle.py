"""The life of a dossier: one table of what may follow what, and the state that a history leads to.

Pure: events in, state out. Acts and checks fold histories here; whether an act may happen is
``rules.obstacles``. States are the ten national codes (domain.md 4.4); articles are those of
NĐ 118/2025/NĐ-CP unless another text is named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from db.vocabulary import DossierStatus, EventKind
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


@dataclass(frozen=True, slots=True)
class Transition:
    """``event`` is possible in the states ``at`` and leads to ``to`` (``None``: the state stays).

    ``needs`` names the facts that the act must bring; each is a text that may not be empty.
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
            Transition(E.FORWARD, _WORKED_ON, S.PROCESSING, ("to",)),
            Transition(E.HAND_BACK, frozenset({S.PROCESSING}), S.PROCESSING),
            Transition(E.REQUEST_SUPPLEMENT, _WORKED_ON, S.WAITING_SUPPLEMENT, ("note",)),
            Transition(E.SUPPLEMENT, frozenset({S.WAITING_SUPPLEMENT}), S.PROCESSING),
            Transition(E.REQUEST_OBLIGATION, _WORKED_ON, S.WAITING_OBLIGATION, ("note",)),
            Transition(E.FULFIL_OBLIGATION, frozenset({S.WAITING_OBLIGATION}), S.PROCESSING),
            Transition(E.REFUSE, _UNSOLVED, S.NOT_RECEIVED, ("note",)),
            Transition(E.EXTEND, _WORKED_ON, None, ("note", "to")),
            Transition(E.APOLOGISE, _ANY - {S.NOT_RECEIVED}, None, ("note",)),
            Transition(E.STOP, _UNSOLVED, S.STOPPED, ("note",)),
            Transition(E.WITHDRAW, _UNSOLVED, S.WITHDRAWN, ("note",)),
            Transition(E.FINISH, _WORKED_ON, S.FINISHED),
            Transition(E.HAND_OVER, frozenset({S.FINISHED}), S.HANDED_OVER),
            Transition(E.RATE, frozenset({S.FINISHED, S.HANDED_OVER}), None),
            Transition(E.CORRECT, _UNSOLVED | {S.FINISHED}, None, ("note",)),
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
    """Where a dossier stands after its history. Dates of the promise are the office's, not the fold's."""

    status: DossierStatus = S.RECEIVED
    holder: str = ""
    pauses: tuple[Pause, ...] = ()
    supplement_requests: int = 0
    extended_to: datetime | None = None
    apologised: bool = False
    rated: bool = False
    finished_at: datetime | None = None
    handed_over_at: datetime | None = None
    last: Happened | None = None

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands: the last pause has no end yet."""
        return bool(self.pauses) and self.pauses[-1].to_at is None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is owed but handing over."""
        return self.status in ENDED


def fold(history: Iterable[Happened]) -> State:
    """The state after a dossier's events in order; what an ``undo`` names counts as never done."""
    events = list(history)
    undone = {event.facts["undoes"] for event in events if event.event is E.UNDO}
    state = State()
    for event in events:
        if event.event is not E.UNDO and event.seq not in undone:
            state = after(state, event)
    return state


def after(state: State, event: Happened) -> State:
    """The state once ``event`` happened in ``state``; whether it may is asked of ``rules.obstacles`` before."""
    transition = TRANSITIONS.get(event.event)
    if transition is None:
        return replace(state, last=event) if event.event is E.REGISTER else state
    changes: dict[str, object] = {"last": event, "status": transition.to or state.status}
    match event.event:
        case E.FORWARD:
            changes["holder"] = event.facts["to"]
        case E.HAND_BACK:
            changes["holder"] = ""
        case E.REQUEST_SUPPLEMENT:
            changes["pauses"] = (*state.pauses, Pause(event.at, None, "chờ bổ sung"))
            changes["supplement_requests"] = state.supplement_requests + 1
        case E.REQUEST_OBLIGATION:
            changes["pauses"] = (*state.pauses, Pause(event.at, None, "chờ nghĩa vụ tài chính"))
        case E.SUPPLEMENT | E.FULFIL_OBLIGATION:
            changes["pauses"] = (*state.pauses[:-1], replace(state.pauses[-1], to_at=event.at))
        case E.EXTEND:
            changes["extended_to"] = datetime.fromisoformat(str(event.facts["to"]))
        case E.APOLOGISE:
            changes["apologised"] = True
        case E.RATE:
            changes["rated"] = True
        case E.FINISH | E.REFUSE | E.STOP | E.WITHDRAW:
            changes["finished_at"] = event.at
        case E.HAND_OVER:
            changes["handed_over_at"] = event.at
    return replace(state, **changes)  # type: ignore[arg-type]
