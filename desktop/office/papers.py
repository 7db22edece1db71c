"""Which paper an act issues, and its content frozen in the same transaction (TT 03/2025/TT-VPCP, Mẫu 01–05).

``acts`` asks for a draft, seals it in the event and issues it; rendering comes after the commit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec

from db import issued
from db.connection import Register
from db.vocabulary import DocumentKind, EventKind
from desktop import labels
from desktop.office import forms, letters, receipts, settings
from desktop.office.history import History
from desktop.rules.lifecycle import State

#: Mẫu 04 asks for an extension in time, and apologises when it is too late for one.
_LETTERS = {
    EventKind.REQUEST_SUPPLEMENT: DocumentKind.SUPPLEMENT,
    EventKind.REFUSE: DocumentKind.REFUSAL,
    EventKind.EXTEND: DocumentKind.APOLOGY,
    EventKind.APOLOGISE: DocumentKind.APOLOGY,
    EventKind.STOP: DocumentKind.STOP,
}


@dataclass(frozen=True)
class Draft:
    """A paper about to be issued: its kind, number of the year, version and frozen content."""

    kind: DocumentKind
    number: int
    version: int
    content: dict[str, Any]

    @cached_property
    def frozen(self) -> issued.Frozen:
        """The content as the register keeps it."""
        return issued.frozen(self.content)

    @property
    def sealed(self) -> dict[str, Any]:
        """What the event keeps of it."""
        return {
            "kind": str(self.kind),
            "number": self.number,
            "version": self.version,
            "sha256": self.frozen.sha256,
        }


def draft(
    book: Register,
    history: History,
    event: EventKind,
    facts: Mapping[str, Any],
    *,
    form: Mapping[str, Any],
    state: State,
    clerk: str,
    now: datetime,
) -> Draft | None:
    """The paper that ``event`` issues, or None; inside ``Register.write``.

    ``history`` is that before the act, ``form`` and ``state`` are as the act leaves them.
    """
    if event is EventKind.CORRECT:
        return _receipt_again(book, history, form, state, clerk, now)
    if event not in _LETTERS:
        return None
    kind = _LETTERS[event]
    number = issued.next_number(book, kind, now.year)
    values = letters.values(book, history.row, form, clerk=clerk, now=now)
    values |= _told(book, event, facts, history, now)
    nth = state.supplement_requests if event is EventKind.REQUEST_SUPPLEMENT else 1
    content = forms.letter_content(
        forms.template(book, kind, now.date()),
        settings.unit(book),
        values,
        number=number,
        on=now.date(),
        remark=f"Yêu cầu lần {nth}" if nth > 1 else "",
    )
    return Draft(kind, number, 1, msgspec.to_builtins(content))


def issue(book: Register, code: str | None, paper: Draft, *, at: datetime) -> int:
    """Freeze the draft as issued, of a dossier or of nobody's yet; returns the document's id."""
    return issued.insert(
        book, code, paper.kind, number=paper.number, version=paper.version, at=at, content=paper.frozen
    )


def _told(
    book: Register, event: EventKind, facts: Mapping[str, Any], history: History, now: datetime
) -> dict[str, Any]:
    """What the clerk gave for this act, in the words of its form."""
    note = facts.get("note", "")
    match event:
        case EventKind.REQUEST_SUPPLEMENT:
            items = facts.get("items")
            return {
                "lý do": note if items else "Hồ sơ chưa có đủ nội dung nêu trên.",
                "nội dung bổ sung": items or [note],
                "điện thoại hướng dẫn": labels.grouped_phone(settings.contact_phone(book)),
            }
        case EventKind.EXTEND | EventKind.APOLOGISE:
            to = datetime.fromisoformat(facts["to"]) if "to" in facts else None
            # A result that is late but there can be had from the day of the letter on.
            day = to or (now if history.state.finished_at else None)
            return {
                "lý do": note,
                "ngày trả mới": letters.day(day) if day else "",
                "người ký": facts.get("signer", ""),
            }
        case EventKind.STOP:
            status = labels.STATUS_WORDS[history.row.status]
            return {"lý do": note, "tình trạng": status, "người ký": facts.get("signer", "")}
    return {"lý do": note}


def _receipt_again(
    book: Register, history: History, form: Mapping[str, Any], state: State, clerk: str, now: datetime
) -> Draft | None:
    """The receipt that takes the place of the one that a correction spoils; None where there never was one.

    It has a number of its own in the year's series and names the one it replaces.
    """
    kind = DocumentKind.RECEIPT
    given = [paper for paper in issued.of_dossier(book, history.row.code) if paper.kind == kind]
    if not given:
        return None
    number = issued.next_number(book, kind, now.year)
    content = receipts.replacement(
        book,
        given[-1].content,
        history.row,
        form,
        history.promise(book, state),
        number=number,
        clerk=letters.full_name(book, clerk),
        on=now.date(),
    )
    return Draft(kind, number, given[-1].version + 1, content)
