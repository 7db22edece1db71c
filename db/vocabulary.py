"""Words that the schema, the rules and the screens share. Standard library only.

Stored values never change their meaning: a status is the national code itself, the other
vocabularies are stored as the words that the command line prints.
"""

from enum import IntEnum, StrEnum


class DossierStatus(IntEnum):
    """The ten national dossier states (DVCQG synchronisation codes, domain.md 4.4) and the local draft."""

    DRAFT = 0
    NEW = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    PROCESSING = 4
    WAITING_SUPPLEMENT = 5
    WAITING_OBLIGATION = 6
    WITHDRAWN = 7
    STOPPED = 8
    FINISHED = 9
    HANDED_OVER = 10

    @property
    def word(self) -> str:
        """The state as the command line writes it: ``waiting_supplement``."""
        return self.name.lower()


#: States in which somebody still owes the citizen something.
OPEN_STATUSES = frozenset(
    {
        DossierStatus.RECEIVED,
        DossierStatus.PROCESSING,
        DossierStatus.WAITING_SUPPLEMENT,
        DossierStatus.WAITING_OBLIGATION,
    }
)


class EventKind(StrEnum):
    """What may stand in the event chain. The words are those of ``act`` and ``replay``."""

    OPEN_REGISTER = "open_register"
    GIVE_SLIP = "give_slip"
    REGISTER = "register"
    FORWARD = "forward"
    HAND_BACK = "hand_back"
    REQUEST_SUPPLEMENT = "request_supplement"
    SUPPLEMENT = "supplement"
    REQUEST_OBLIGATION = "request_obligation"
    FULFIL_OBLIGATION = "fulfil_obligation"
    REFUSE = "refuse"
    EXTEND = "extend"
    APOLOGISE = "apologise"
    STOP = "stop"
    WITHDRAW = "withdraw"
    FINISH = "finish"
    HAND_OVER = "hand_over"
    RATE = "rate"
    COUNT_BALLOTS = "count_ballots"
    CLOSE_DAY = "close_day"
    CORRECT = "correct"
    UNDO = "undo"
    FEE_PAID = "fee_paid"
    ATTACH_OFFICIAL_CODE = "attach_official_code"
    PRINT = "print"
    SET_CALENDAR_DAY = "set_calendar_day"
    CONFIRM_YEAR = "confirm_year"
    CHANGE_SETTING = "change_setting"
    ADD_PERSON = "add_person"
    DECIDE_CATALOGUE = "decide_catalogue"
    UNDO_DECISION = "undo_decision"
    PROPOSE = "propose"
    POST_SHEETS = "post_sheets"
    TAKE_DOWN = "take_down"
    UNDO_POSTING = "undo_posting"
    ILLUSTRATE = "illustrate"
    ENROL = "enrol"
    WRITE_PACKET = "write_packet"
    CHANGE_PERSON = "change_person"
    SET_PASSWORD = "set_password"
    RESET_PASSWORD = "reset_password"
    MAKE_RECOVERY_CODE = "make_recovery_code"
    USE_RECOVERY_CODE = "use_recovery_code"
    SIGN_IN = "sign_in"
    FAIL_SIGN_IN = "fail_sign_in"
    VIEW = "view"
    SEARCH = "search"
    REVEAL = "reveal"
    EXPORT = "export"
    IMPORT_BOOK = "import_book"
    UNDO_IMPORT = "undo_import"
    DESTROY = "destroy"


class Role(StrEnum):
    """What a person's work at the counter is; one person may have several (domain.md 12)."""

    RECEPTION = "reception"
    PROCESSING = "processing"
    LEAD = "lead"
    ADMINISTER = "administer"
    INSPECT = "inspect"


class OutboxState(StrEnum):
    """How far the report of a closed day has come. Only the hub's signed acknowledgement makes one ``acknowledged``."""

    WAITING = "waiting"
    SENDING = "sending"
    COPIED = "copied"
    ACKNOWLEDGED = "acknowledged"
    REVIEW = "review"
    SUPERSEDED = "superseded"


class Outcome(StrEnum):
    """How a dossier ended against its promise, by dates (domain.md 4.1)."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class WorkingList(StrEnum):
    """The lists of the day's work, as home shows them and ``list`` prints them."""

    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    WAITING_SUPPLEMENT = "waiting_supplement"
    READY = "ready"
    TO_APOLOGISE = "to_apologise"
    PAUSED = "paused"


class Channel(StrEnum):
    """How the dossier reached the counter (kênh nộp, domain.md 14)."""

    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"


class ResultBy(StrEnum):
    """Where the citizen chose to receive the result (hình thức trả)."""

    COUNTER = "counter"
    POST = "post"
    ONLINE = "online"


class FiledBy(StrEnum):
    """Who typed an online dossier: the citizen alone, with help at the counter, or somebody in their place."""

    SELF = "self"
    HELPED = "helped"
    ON_BEHALF = "on_behalf"


class PaidBy(StrEnum):
    """How a fee was paid; ``online`` on a public service portal, ``transfer`` to the account at the counter."""

    CASH = "cash"
    TRANSFER = "transfer"
    ONLINE = "online"


class LimitUnit(StrEnum):
    """Units of a time limit (đơn vị thời hạn, domain.md 6 and 14)."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    WORKING_HOURS = "working_hours"
    CLOCK_HOURS = "clock_hours"
    MONTHS = "months"
    SAME_DAY = "same_day"
    IMMEDIATE = "immediate"


class AfterCutoff(StrEnum):
    """What receipt after 15:00 changes for a procedure (``sau_15h``, domain.md 6.1)."""

    NONE = "none"
    RETURN_NEXT_DAY = "return_next_day"
    COUNT_FROM_NEXT_DAY = "count_from_next_day"


class DayKind(StrEnum):
    """Why a day differs from its weekday (domain.md 6.2)."""

    HOLIDAY = "holiday"
    SWAP_OFF = "day_off_by_swap"
    MAKE_UP = "make_up_working_day"


class ProcedureStatus(StrEnum):
    """A procedure version as seen from one day."""

    IN_FORCE = "in_force"
    FUTURE = "future"
    REPLACED = "replaced"
    ABOLISHED = "abolished"


class DocumentKind(StrEnum):
    """Papers of the counter: forms 01 to 07 of TT 03/2025/TT-VPCP, Phụ lục I, and three more that no form rules."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"
    CONTROL = "control"
    REGISTER_BOOK = "register_book"
    HANDOVER_LIST = "handover_list"
    FEE_SLIP = "fee_slip"
    HANDOVER_RECEIPT = "handover_receipt"


class PrintOutcome(StrEnum):
    """What is known about a print: the spooler took every page, or it did not."""

    SENT = "sent"
    FAILED = "failed"
