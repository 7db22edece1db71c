"""One paper of each kind beside the receipt, of the newest dossiers that have one: to look at what a commune prints."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from db.connection import Register
from db.vocabulary import DocumentKind
from desktop import labels
from desktop.errors import EnvironmentProblem, UserError
from desktop.office import issuing
from desktop.office.filing import Paper
from desktop.rules.text import fold


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


def _sample(
    book: Register, kind: DocumentKind, codes: Sequence[str], first: date, last: date, now: datetime
) -> Paper | None:
    if kind is DocumentKind.REGISTER_BOOK:
        return issuing.period_pdf(book, kind, first, last, now=now) if codes else None
    if kind is DocumentKind.HANDOVER_LIST:
        days = ((last - timedelta(days=back)) for back in range((last - first).days + 1))
        return next((paper for on in days if (paper := _of_day(book, kind, on, now))), None)
    return next((paper for code in reversed(codes) if (paper := _of_dossier(book, code, kind, now))), None)


def _of_day(book: Register, kind: DocumentKind, on: date, now: datetime) -> Paper | None:
    try:
        return issuing.period_pdf(book, kind, on, on, now=now)
    except EnvironmentProblem:
        raise
    except UserError:
        return None


def _of_dossier(book: Register, code: str, kind: DocumentKind, now: datetime) -> Paper | None:
    try:
        return issuing.document_pdf(book, code, kind, now=now)
    except EnvironmentProblem:
        raise
    except UserError:
        return None
