"""From a stored dossier to a file, a print and back: commit first, then paper.

Renders what acts have frozen, and what the events say now for papers that are not issued; records truthfully what
the printer did; tells whether a scanned receipt is ours. A paper that holds no more is never printed again.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import uuid4

import msgspec

from db import dossiers, events, issued, slips
from db.connection import Register
from db.records import IssuedDocument
from db.vocabulary import DocumentKind, EventKind, PrintOutcome
from desktop import labels
from desktop.changes import Changes
from desktop.documents import calibration, letter, register_book
from desktop.documents import receipt as mau01
from desktop.documents.pages import Progress
from desktop.errors import RegisterProblem, UserError
from desktop.office import books, filing, lookup, people, rights, sealing, sheets, slip_lookup
from desktop.office.filing import Paper
from desktop.office.history import history_of
from desktop.rules import lifecycle, seal
from desktop.rules.text import fold

Size = Literal["A5", "A4"]
Copies = Literal[1, 2]

#: What acts issue: frozen, numbered, sealed in its event. All other papers are drawn up from the events.
ISSUED = frozenset(
    {
        DocumentKind.RECEIPT,
        DocumentKind.SUPPLEMENT,
        DocumentKind.REFUSAL,
        DocumentKind.APOLOGY,
        DocumentKind.STOP,
    }
)
_SHEETS: dict[DocumentKind, Callable[..., letter.LetterContent]] = {
    DocumentKind.CONTROL: sheets.control,
    DocumentKind.FEE_SLIP: sheets.fee_slip,
    DocumentKind.HANDOVER_RECEIPT: sheets.handover_receipt,
}
_FILE_NAMES = {
    DocumentKind.RECEIPT: "mau-01",
    DocumentKind.SUPPLEMENT: "mau-02",
    DocumentKind.REFUSAL: "mau-03",
    DocumentKind.APOLOGY: "mau-04",
    DocumentKind.STOP: "mau-05",
    DocumentKind.CONTROL: "mau-06",
    DocumentKind.REGISTER_BOOK: "mau-07",
    DocumentKind.HANDOVER_LIST: "ban-giao",
    DocumentKind.FEE_SLIP: "bao-phi",
    DocumentKind.HANDOVER_RECEIPT: "bien-nhan",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scanned receipt is; ``successor`` is the version that replaced it.

    ``differs`` is whether the register holds another paper of the same code and version: the scanned one was given in a
    time that a restore lost. ``lost`` is whether such a time took the whole dossier.
    """

    verdict: Literal["genuine", "superseded", "forged", "unknown_key"]
    code: str | None = None
    due_at: datetime | None = None
    version: int | None = None
    successor: str | None = None
    differs: bool = False
    lost: bool = False


def current(
    book: Register, code: str, kind: DocumentKind = DocumentKind.RECEIPT, *, document: int | None = None
) -> IssuedDocument:
    """The issued paper of this kind that holds now: the latest, or the one of id ``document``.

    Raises UserError when there is none, and for one that was replaced or whose act was undone.
    """
    found = lookup.row(book, code)
    papers = [paper for paper in issued.of_dossier(book, found.code) if paper.kind == kind]
    asked = [paper for paper in papers if document in (None, paper.id)]
    if not asked:
        name = labels.DOCUMENT_WORDS[kind]
        raise UserError(f"no_{kind}", f"Hồ sơ {found.code} không có giấy: {name}.", dossier=found.code)
    paper = asked[-1]
    if kind is DocumentKind.RECEIPT and paper is not papers[-1]:
        raise UserError(
            "superseded",
            f"Giấy hẹn bản {paper.version} đã được thay bằng bản {papers[-1].version}; chỉ in được bản đang dùng.",
            successor=papers[-1].id,
        )
    if issued.digest(paper.content) in _taken_back(book, found.code):
        raise UserError("taken_back", f"Việc đã lập giấy số {paper.number} đã được hoàn lại; giấy không còn hiệu lực.")
    return paper


def current_receipt(book: Register, code: str) -> IssuedDocument:
    """The receipt of a dossier that holds now."""
    return current(book, code)


def receipt_pdf(
    book: Register,
    code: str,
    *,
    size: Size = "A5",
    copies: Copies = 2,
    reprint: int | None = None,
    now: datetime,
) -> Paper:
    """Render the current receipt from its frozen content and store the file.

    ``reprint`` n > 0 prints "Bản in lại lần n"; None takes the number of accepted prints so far.
    """
    return document_pdf(book, code, DocumentKind.RECEIPT, size=size, copies=copies, reprint=reprint, now=now)


def document_pdf(
    book: Register,
    code: str | None,
    kind: DocumentKind,
    *,
    size: Size | None = None,
    copies: Copies = 1,
    reprint: int | None = None,
    document: int | None = None,
    clerk: str | None = None,
    now: datetime,
) -> Paper:
    """Any paper of one dossier as a stored file; receipts are A5 and the others A4 unless ``size`` says otherwise.

    An issued paper is the frozen one (``document`` names which, if not the latest) and counts its reprints; any
    other says what the events say now, drawn up by ``clerk``. ``code`` is None for a slip given before any dossier,
    which ``document`` names. UserError where there is no such paper.
    """
    if kind in ISSUED:
        paper = slip_lookup.paper(book, document)[1] if code is None else current(book, code, kind, document=document)
        return _issued_pdf(book, paper, size, copies, paper.printed if reprint is None else reprint, now)
    row = lookup.row(book, code or "")
    if kind in _SHEETS:
        content = _SHEETS[kind](book, row.code, clerk=clerk or people.clerks(book)[0].short_name, now=now)
        data = letter.render(content, size=size or "A4", copies=copies)
    elif kind is DocumentKind.HANDOVER_LIST:
        lists = sheets.handover_lists(book, row.received_at.date(), now.date(), now=now, code=row.code)
        data = letter.render_all(lists, size=size or "A4")
    else:
        raise UserError("needs_period", "Sổ theo dõi hồ sơ lập theo kỳ: ghi ngày đầu và ngày cuối.")
    name = f"{row.code}-{_FILE_NAMES[kind]}"
    return filing.store(book, name, data, year=now.year, month=now.month, dossier=row.code)


def period_pdf(
    book: Register,
    kind: DocumentKind,
    first: date,
    last: date,
    *,
    book_no: str = "",
    clerk: str | None = None,
    now: datetime,
    progress: Progress | None = None,
) -> Paper | None:
    """The register book or the hand-over lists of a period, both days included, as a stored file.

    The lists have what is of the fields of ``clerk``, the book is for whoever works in all: UserError ``other_field``.

    ``book_no`` asks for one book of the register. ``progress`` hears of the rows done and of all rows, and stops the
    work by answering False: then None, and no file.
    """
    if last < first:
        raise UserError("bad_period", "Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.")
    data: bytes | None
    reach = rights.reach(book, clerk)
    if kind is DocumentKind.REGISTER_BOOK:
        if reach is not None:
            raise UserError("other_field", "Sổ theo dõi ghi mọi lĩnh vực: hãy nhờ người phụ trách mọi lĩnh vực lập.")
        around, volumes = books.content(book, first, last, on=now.date(), book_no=book_no)
        data, total = register_book.render(around, volumes, progress=progress), around.total
    elif kind is DocumentKind.HANDOVER_LIST:
        lists = sheets.handover_lists(book, first, last, reach=reach, now=now, progress=progress)
        data, total = letter.render_all(lists) if lists else None, sum(len(one.rows) for one in lists)
    else:
        raise UserError("needs_dossier", f"{labels.DOCUMENT_WORDS[kind]}: ghi mã hồ sơ.", kind=str(kind))
    # Asked once more: whoever stops while the last page is being closed gets no file either.
    if data is None or (progress and not progress(total, total)):
        return None
    of_book = "".join(f"-{part}" for part in ("quyen", *re.findall(r"[a-z0-9]+", fold(book_no)))) if book_no else ""
    name = f"{_FILE_NAMES[kind]}-{first:%Y%m%d}-{last:%Y%m%d}{of_book}"
    return filing.store(book, name, data, year=now.year, month=now.month)


def _issued_pdf(
    book: Register, document: IssuedDocument, size: Size | None, copies: Copies, reprint: int, now: datetime
) -> Paper:
    if document.kind is DocumentKind.RECEIPT:
        size = size or "A5"
        receipt = msgspec.convert(document.content, mau01.ReceiptContent)
        data = mau01.render(receipt, size=size, copies=copies, reprint=reprint)
        which = f"ban-{document.version}"
    else:
        size = size or "A4"
        said = msgspec.convert(document.content, letter.LetterContent)
        data = letter.render(said, size=size, copies=copies, reprint=reprint)
        which = f"so-{document.number}"
    mark = f"-in-lai-{reprint}" if reprint else ""
    at, dossier = document.issued_at, document.dossier or ""
    name = f"{dossier or f'phieu-{at:%Y}'}-{_FILE_NAMES[document.kind]}-{which}-{size.lower()}x{copies}{mark}"
    paper = filing.store(book, name, data, year=at.year, month=at.month, dossier=dossier)
    path = paper.path.relative_to(book.home).as_posix()
    try:
        with book.write():
            issued.record_file(book, document.id, path=path, sha256=paper.sha256, made_at=now)
    except RegisterProblem as problem:
        raise filing.not_stored(dossier) from problem
    return paper


def _taken_back(book: Register, code: str) -> set[str]:
    """SHA-256 of the contents of papers whose act was undone."""
    history = history_of(book, lookup.row(book, code))
    standing = {event.seq for event in lifecycle.standing(history.happened)}
    return {
        payload["paper"]["sha256"]
        for event, payload in zip(history.happened, history.payloads, strict=True)
        if "paper" in payload and event.seq not in standing
    }


def record_print(
    book: Register,
    code: str | None,
    *,
    kind: str = DocumentKind.RECEIPT,
    document: int | None = None,
    printer: str,
    copies: int,
    outcome: PrintOutcome,
    clerk: str,
    now: datetime,
    key: str | None = None,
) -> Changes:
    """Record what the printer said of a paper; a failure leaves the dossier as it stands.

    ``kind`` is a ``DocumentKind``, or the name of a list or a report. ``code`` is None for these, for the papers of a
    period, and for a slip that ``document`` names. A copy saved as a file is a print as well: who takes personal data
    out of the register stands in the chain (domain.md 12).
    """
    dossier = lookup.row(book, code).code if code else None
    issued_kind = kind if isinstance(kind, DocumentKind) and kind in ISSUED else None
    paper = current(book, dossier, issued_kind, document=document).id if dossier and issued_kind else None
    slip = slip_lookup.paper(book, document)[0] if document and issued_kind and not dossier else None
    payload: dict[str, Any] = {
        "document": slip.document if slip else paper,
        "printer": printer,
        "copies": copies,
        "outcome": str(outcome),
    }
    if slip:
        payload["slip"] = slip.id
    if kind is not DocumentKind.RECEIPT:
        payload["kind"] = str(kind)
    with book.write():
        actor = rights.acting(book, clerk, EventKind.PRINT, now=now).short_name
        event = events.append(
            book, EventKind.PRINT, payload, at=now, clerk=actor, key=key or str(uuid4()), dossier=dossier
        )
        if kind is DocumentKind.RECEIPT:
            dossiers.change(book, event, payload)
        if slip:
            slips.change(book, event, payload)
    return Changes(frozenset({dossier} if dossier else ()), slips=slip is not None)


def verify_receipt(book: Register, text: str) -> Verdict:
    """Whether a scanned text is a receipt that this commune sealed, and still the current one."""
    told = seal.read(text)
    answer = seal.verify(text, sealing.public_keys(book))
    if told is None or answer is None:
        return Verdict("forged")
    if answer != "genuine":
        return Verdict(answer, told.code, told.due_at, told.version)
    row = dossiers.by_code(book, told.code)
    receipts = [doc for doc in issued.of_dossier(book, row.code) if doc.kind is DocumentKind.RECEIPT] if row else []
    newest = max((doc.version for doc in receipts), default=told.version)
    held = [paper for doc in receipts if (paper := seal.read(doc.content["qr_text"])) and doc.version == newest]
    differs = newest <= told.version and bool(held) and told not in held
    if newest > told.version or differs:
        return Verdict("superseded", told.code, told.due_at, told.version, f"{told.code} bản {newest}", differs)
    return Verdict("genuine", told.code, told.due_at, told.version, lost=row is None)


def calibration_pdf(size: Size) -> bytes:
    """The page with rulers that shows how far a printer shifts and stretches; not a document of the register."""
    return calibration.render_calibration(size)
