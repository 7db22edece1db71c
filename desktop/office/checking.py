"""Is the register what its events say? The answers of ``check`` and ``verify-chain``."""

from dataclasses import dataclass

from db import events, issued, postings, projection, slips
from db.connection import Register
from desktop.office import (
    attachments,
    ballots,
    closing,
    decision_trail,
    grounds,
    old_book_trail,
    outbox_trail,
    people_trail,
    posting_trail,
    retelling,
)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """The chain's length and head, and every fault found; ``holds`` when there is none."""

    events: int
    head: str
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def verify_chain(book: Register) -> ChainReport:
    """Walk every event; compare with what the events sealed: dossiers, papers, files, ballots, calendar, catalogue,
    books brought in, people and their passwords.

    Finds any edit, deletion and reordering of events, rows or papers changed behind their back, and an event
    that says what the rules would not have allowed.
    """
    faults = [f"sự kiện {fault.seq}: {_WORDS[fault.fault]}" for fault in events.faults(book)]
    if not faults:
        faults += [f"hồ sơ {code}: dòng trong sổ không khớp sự kiện" for code in projection.faults(book)]
        faults += [f"phiếu {label}: dòng trong sổ không khớp sự kiện" for label in slips.faults(book)]
        faults += [f"{whose}: giấy đã phát không khớp sự kiện" for whose in issued.faults(book)]
        faults += [f"{whose}: tệp kèm theo bị mất hoặc bị sửa" for whose in attachments.faults(book)]
        faults += [f"niêm yết {fault}" for fault in postings.faults(book)]
        faults += posting_trail.faults(book)
        faults += decision_trail.faults(book)
        faults += outbox_trail.faults(book)
        faults += old_book_trail.faults(book)
        faults += people_trail.faults(book)
        faults += [*grounds.faults(book), *retelling.faults(book), *ballots.faults(book), *closing.faults(book)]
    length, head = events.head(book)
    return ChainReport(length, head, tuple(faults))


_WORDS = {
    "missing": "bị mất",
    "wrong predecessor": "không nối với sự kiện trước",
    "content changed": "nội dung đã bị sửa",
}
