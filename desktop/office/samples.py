"""One paper of each kind beside the receipt, of the newest dossiers that have one: to look at what a commune prints."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec

from db.connection import Register
from db.vocabulary import DocumentKind, EventKind
from desktop import labels
from desktop.errors import EnvironmentProblem, UserError
from desktop.office import acts, issuing, lookup, people, settings, slip_lookup, slips
from desktop.office.filing import Paper
from desktop.rules import slips as rules
from desktop.rules.intake import IntakeForm
from desktop.rules.slips import SlipForm
from desktop.rules.text import fold

T = TypeVar("T")
#: So many of the newest slips are looked through.
_LOOKED_AT = 200

#: Acts whose paper a short month may happen to lack.
_ACTS = {
    DocumentKind.SUPPLEMENT: (EventKind.REQUEST_SUPPLEMENT, "Thiếu bản chính để đối chiếu"),
    DocumentKind.REFUSAL: (EventKind.REFUSE, "Việc này thuộc thẩm quyền của cơ quan khác"),
    DocumentKind.APOLOGY: (EventKind.EXTEND, "Cần xác minh tại nơi đã đăng ký trước đây"),
    DocumentKind.STOP: (EventKind.STOP, "Người nộp thay đổi ý định"),
}


def complete(book: Register, codes: Sequence[str], *, clerk: str, now: datetime) -> None:
    """Record what a paper of each kind still needs, on the newest dossiers that allow it; practice registers only."""
    assert book.practice
    _give_slips(book, codes[-1:], clerk, now)
    for kind, (event, note) in _ACTS.items():
        if not _newest(book, codes, kind, now):
            for code in reversed(codes):
                facts = {"note": note} | (_later(book, code) if event is EventKind.EXTEND else {})
                with suppress(UserError):
                    acts.perform(book, code, event, facts, clerk=clerk, now=now)
                    break


def _give_slips(book: Register, codes: Sequence[str], clerk: str, now: datetime) -> None:
    """Slips of both forms where the month gave none, to whoever brought the newest dossier, about the same matter."""
    given = {row.kind for row in slip_lookup.page(book, limit=_LOOKED_AT)}
    for code in codes:
        form = msgspec.convert(lookup.dossier(book, code).form, IntakeForm)
        for kind in rules.FORMS.keys() - given:
            items = ("Bản chính để đối chiếu",) if kind is DocumentKind.SUPPLEMENT else ()
            note = _ACTS[kind][1]
            slip = SlipForm(kind, form, f"demo-slip-{kind}", items, note, confirmed_by=_colleague(book, clerk))
            slips.give(book, slip, clerk=clerk, now=now)


def _colleague(book: Register, clerk: str) -> str:
    return next((other.short_name for other in people.clerks(book) if other.short_name != clerk), "")


def _later(book: Register, code: str) -> dict[str, str]:
    """An appointment on the working day after the promise."""
    due_on = lookup.row(book, code).due_at.date()
    return {"to": settings.calendar(book).next_working_day(due_on).isoformat()}


def one_of_each(
    book: Register, codes: Sequence[str], out: Path, *, first: date, last: date, now: datetime
) -> Iterator[Path]:
    """Write a PDF of each kind but the receipt into ``out``, as far as the dossiers ``codes`` (oldest first) have it.

    The register book is that of ``first`` to ``last``, the hand-over list that of the last day with one.
    """
    for kind in DocumentKind:
        if kind is DocumentKind.RECEIPT:
            continue
        if paper := _sample(book, kind, codes, first, last, now):
            words = fold(labels.DOCUMENT_WORDS[kind])
            target = out / f"{'-'.join(re.findall(r'[a-z0-9]+', words))}.pdf"
            target.write_bytes(paper.data)
            yield target
    for slip in {row.kind: row for row in slip_lookup.page(book, limit=_LOOKED_AT)}.values():
        target = out / f"phieu-tai-quay-mau-{rules.FORMS[slip.kind]}.pdf"
        paper = issuing.document_pdf(book, None, slip.kind, document=slip.document, now=now)
        target.write_bytes(paper.data)
        yield target


def _sample(
    book: Register, kind: DocumentKind, codes: Sequence[str], first: date, last: date, now: datetime
) -> Paper | None:
    if kind is DocumentKind.REGISTER_BOOK:
        return issuing.period_pdf(book, kind, first, last, now=now) if codes else None
    if kind is DocumentKind.HANDOVER_LIST:
        days = (last - timedelta(days=back) for back in range((last - first).days + 1))
        return _first_that_is(lambda on: issuing.period_pdf(book, kind, on, on, now=now), days)
    return _newest(book, codes, kind, now)


def _newest(book: Register, codes: Sequence[str], kind: DocumentKind, now: datetime) -> Paper | None:
    return _first_that_is(lambda code: issuing.document_pdf(book, code, kind, now=now), reversed(codes))


def _first_that_is(draw: Callable[[T], Paper | None], candidates: Iterable[T]) -> Paper | None:
    """The paper of the first candidate that has one; a broken disk is no reason to go on."""
    for candidate in candidates:
        try:
            return draw(candidate)
        except EnvironmentProblem:
            raise
        except UserError:
            continue
    return None
