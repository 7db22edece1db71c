"""Who may do what: one table from each kind of event to the roles whose work it is, with no default (domain.md 12).

Data and two questions, asked by ``office.rights`` before anything is recorded. A kind without roles is nobody's act:
the machine records it by itself, or for somebody who is not at work here.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from db.vocabulary import EventKind, Role

E, R = EventKind, Role


class Deed(StrEnum):
    """What needs a right and has no kind of event of its own."""

    #: Another register takes the place of this one.
    RESTORE = "restore"
    #: A copy of the whole register is written to a place that somebody names; the event says that it was taken out.
    TAKE_AWAY = "take_away"
    #: The log of who looked at whose data is read.
    READ_LOG = "read_log"
    #: A second request for supplements is confirmed in one's name (domain.md 1.2: by who leads).
    CONFIRM = "confirm"
    #: Figures of each clerk are seen: numbers of people are no ranking, and for the head alone.
    SEE_CLERKS = "see_clerks"


#: The roles of whoever does everything at a small counter, and of everybody from before there were roles.
WORKING = frozenset({R.RECEPTION, R.PROCESSING, R.LEAD, R.ADMINISTER})
EVERYBODY = frozenset(R)

_NOBODY: frozenset[Role] = frozenset()
_COUNTER = frozenset({R.RECEPTION})
_HANDLING = frozenset({R.RECEPTION, R.PROCESSING})
_DESK = frozenset({R.RECEPTION, R.PROCESSING, R.LEAD})
_LEADING = frozenset({R.LEAD})
_RUNNING = frozenset({R.ADMINISTER})
_DIRECTING = frozenset({R.LEAD, R.ADMINISTER})
#: Those who answer for the data, and those who inspect how it is kept.
_OVERSEEING = frozenset({R.LEAD, R.ADMINISTER, R.INSPECT})

#: Every kind of event stands here once.
MAY: Mapping[EventKind, frozenset[Role]] = MappingProxyType(
    {
        E.OPEN_REGISTER: _NOBODY,
        # The counter (domain.md 1.2, 1.3): taking in, handing out, what is paid and corrected there.
        E.GIVE_SLIP: _COUNTER,
        E.REGISTER: _COUNTER,
        E.SUPPLEMENT: _COUNTER,
        E.WITHDRAW: _COUNTER,
        E.HAND_OVER: _COUNTER,
        E.FEE_PAID: _COUNTER,
        E.CORRECT: _COUNTER,
        # Handling: asked for and answered by either side of the counter.
        E.FORWARD: _HANDLING,
        E.HAND_BACK: _HANDLING,
        E.REQUEST_SUPPLEMENT: _HANDLING,
        E.REQUEST_OBLIGATION: _HANDLING,
        E.FULFIL_OBLIGATION: _HANDLING,
        E.FINISH: _HANDLING,
        E.ATTACH_OFFICIAL_CODE: _HANDLING,
        # What the citizen is refused or kept waiting by is said by whoever handles or leads.
        E.REFUSE: _DESK,
        E.STOP: frozenset({R.PROCESSING, R.LEAD}),
        E.APOLOGISE: _DESK,
        E.EXTEND: _LEADING,
        # Each takes back only his own, within a minute.
        E.UNDO: _DESK,
        # The citizen's own answer, on whichever station's screen; ballots are counted with it, or with a closing.
        E.RATE: WORKING,
        E.COUNT_BALLOTS: _NOBODY,
        # A print that has happened is recorded whoever made it.
        E.PRINT: EVERYBODY,
        E.CLOSE_DAY: _LEADING,
        E.WRITE_PACKET: _DIRECTING,
        # The catalogue and the wall.
        E.DECIDE_CATALOGUE: _LEADING,
        E.UNDO_DECISION: _LEADING,
        E.PROPOSE: _DESK,
        E.POST_SHEETS: WORKING,
        E.TAKE_DOWN: WORKING,
        E.UNDO_POSTING: WORKING,
        E.ILLUSTRATE: WORKING,
        # The register itself.
        E.SET_CALENDAR_DAY: _DIRECTING,
        E.CONFIRM_YEAR: _DIRECTING,
        E.CHANGE_SETTING: _RUNNING,
        E.ENROL: _RUNNING,
        E.IMPORT_BOOK: _DIRECTING,
        E.UNDO_IMPORT: _DIRECTING,
        E.DESTROY: _DIRECTING,
        # People. Each sets his own password; the recovery code is used by whoever holds the sheet.
        E.ADD_PERSON: _RUNNING,
        E.CHANGE_PERSON: _RUNNING,
        E.SET_PASSWORD: EVERYBODY,
        E.RESET_PASSWORD: _RUNNING,
        E.MAKE_RECOVERY_CODE: _RUNNING,
        E.USE_RECOVERY_CODE: _NOBODY,
        E.SIGN_IN: EVERYBODY,
        E.FAIL_SIGN_IN: _NOBODY,
        # Looking: who looked is in the chain, so that looking needs no more than work here (domain.md 12).
        E.VIEW: EVERYBODY,
        E.SEARCH: EVERYBODY,
        E.REVEAL: WORKING,
        E.EXPORT: EVERYBODY,
    }
)

#: Settings that are not the administrator's alone.
SETTINGS: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        # How this machine looks and prints.
        "look": EVERYBODY,
        "printers": EVERYBODY,
        # What a meeting decided, what the wall and the forms say, what citizens are asked, what is aimed at.
        "meeting_actions": _DESK,
        "posting": _DIRECTING,
        "form_texts": _DIRECTING,
        "rating_scale": _DIRECTING,
        "rating_screen": _DIRECTING,
        "rating_keypad": _DIRECTING,
        "on_time_target": _DIRECTING,
        "contact_phone": _DIRECTING,
    }
)

#: After how many minutes without a key a window locks itself (0 for never), and how many when nobody chose.
LOCK_SETTING, LOCK_MINUTES = "lock_minutes", 10

BESIDE: Mapping[Deed, frozenset[Role]] = MappingProxyType(
    {
        Deed.RESTORE: _RUNNING,
        Deed.TAKE_AWAY: _DIRECTING,
        Deed.READ_LOG: _OVERSEEING,
        Deed.CONFIRM: _LEADING,
        Deed.SEE_CLERKS: _DIRECTING,
    }
)

#: What the machine records without asking for anybody's right: its own acts, and those of somebody not at work here.
BY_ITSELF = frozenset(
    {
        E.OPEN_REGISTER,
        E.CHANGE_SETTING,  # the seal's key of a new disk
        E.COUNT_BALLOTS,
        E.CLOSE_DAY,  # a day that nobody closed
        E.ADD_PERSON,  # who is not known on a practice register
        E.SIGN_IN,  # the password itself is the right
        E.FAIL_SIGN_IN,
        E.USE_RECOVERY_CODE,
    }
)


def allowed(kind: EventKind | Deed, setting: str | None = None) -> frozenset[Role]:
    """The roles whose work it is; of a changed setting those of that setting."""
    if isinstance(kind, Deed):
        return BESIDE[kind]
    if kind is E.CHANGE_SETTING and setting is not None:
        return SETTINGS.get(setting, MAY[kind])
    return MAY[kind]


def may(roles: Iterable[Role], kind: EventKind | Deed, setting: str | None = None) -> bool:
    """Whether one of these roles is enough."""
    return not allowed(kind, setting).isdisjoint(roles)


def in_field(fields: Iterable[str], field: str) -> bool:
    """Whether somebody who works in ``fields``, in all where they are empty, works in this one."""
    known = frozenset(fields)
    return not known or field in known
