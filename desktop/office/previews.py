"""How the paper of an act would look, before the act is recorded: nothing is numbered, stored or judged.

Read by the dossier page while a clerk types. What an act may not do is said when it is recorded.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from db.connection import Register
from db.vocabulary import DocumentKind, EventKind
from desktop.documents import letter, receipt
from desktop.errors import UserError
from desktop.office import corrections, lookup, papers, procedures, settings
from desktop.office.history import history_of
from desktop.rules import facts as facts_of_acts
from desktop.rules.lifecycle import Happened


def paper(
    book: Register, code: str, event: EventKind, facts: Mapping[str, Any], *, clerk: str, now: datetime
) -> bytes | None:
    """The PDF that ``event`` with these ``facts`` would issue, with the number that is free now; None for none.

    What is still missing stays empty on it. Raises UserError for a fact that cannot be read.
    """
    try:
        given = facts_of_acts.read(event, facts, settings.calendar(book))
    except facts_of_acts.FactError as error:
        raise UserError(error.code, error.message, field=error.field) from error
    history = history_of(book, lookup.row(book, code))
    form: Mapping[str, Any] = history.form
    if event is EventKind.CORRECT:
        procedure = procedures.version(book, history.reception["version_id"])
        form = corrections.corrected(form, given.get("set", {}), procedure, today=now.date())
    state = history.with_(Happened(history.last_seq + 1, event, now, clerk, given))
    draft = papers.draft(book, history, event, given, form=form, state=state, clerk=clerk, now=now)
    if draft is None:
        return None
    if draft.kind is DocumentKind.RECEIPT:
        return receipt.render(msgspec.convert(draft.content, receipt.ReceiptContent), size="A5", copies=1)
    return letter.render(msgspec.convert(draft.content, letter.LetterContent), size="A4", copies=1)
