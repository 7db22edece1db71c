"""What stands in a dossier beside its events: who handed in what, and its papers; pure functions of records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from db.records import DossierDetail, IssuedDocument
from db.vocabulary import Channel, DocumentKind, DossierStatus, EventKind, FiledBy, ResultBy
from desktop import labels
from desktop.gui.dossier_events import undone
from desktop.gui.icons import Mark
from desktop.rules import lifecycle
from desktop.rules.lifecycle import Happened, State

_IN_USE = Mark("ok", "file-check-outline", "đang dùng")
_REPLACED = Mark("idle", "file-replace-outline", "đã thay thế")
_TAKEN_BACK = Mark("idle", "file-cancel-outline", "đã hoàn lại")
_SENT = Mark("accent", "printer-check", "đã gửi in")
_NOT_YET = Mark("soon", "printer-outline", "chưa in")
_ON_DEMAND = Mark("accent", "file-document-outline", "in khi cần")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper that was issued, or one that can be drawn up now; ``document`` is the issued one's id."""

    kind: DocumentKind
    name: str
    note: str
    mark: Mark
    document: int | None = None

    @property
    def id(self) -> tuple[DocumentKind, int | None]:
        return (self.kind, self.document)

    @property
    def holds(self) -> bool:
        """Whether it may be printed: a paper that was replaced or taken back may not."""
        return self.mark not in (_REPLACED, _TAKEN_BACK)


def state_of(detail: DossierDetail) -> State:
    """Where the dossier stands after its events."""
    return lifecycle.fold(
        Happened(event.seq, event.event, event.at, event.clerk, event.payload.get("facts", {}))
        for event in detail.events
    )


def last_seq(detail: DossierDetail) -> int:
    """The number of the last event that is in sight."""
    return detail.events[-1].seq


def papers(detail: DossierDetail) -> list[PaperLine]:
    """Papers issued, the newest of each form first, then those that are drawn up whenever somebody asks."""
    issued = sorted(detail.documents, key=lambda document: (list(DocumentKind).index(document.kind), -document.id))
    return [*(_line(document, detail) for document in issued), *_on_demand(detail)]


def _line(document: IssuedDocument, detail: DossierDetail) -> PaperLine:
    name = labels.DOCUMENT_WORDS[document.kind]
    if document.kind is DocumentKind.RECEIPT:
        name = f"{name}, bản {document.version}"
    note = f"số {document.number} – {document.issued_at:%d/%m/%Y}"
    if document.printed:
        note = f"{note} – đã gửi in {document.printed} lần"
    return PaperLine(document.kind, name, note, _state(document, detail), document.id)


def _state(document: IssuedDocument, detail: DossierDetail) -> Mark:
    taken_back = undone(detail.events)
    papers_of_acts = {event.seq: event.payload["paper"] for event in detail.events if "paper" in event.payload}
    for seq, paper in papers_of_acts.items():
        if seq in taken_back and (paper["kind"], paper["number"]) == (document.kind, int(document.number)):
            return _TAKEN_BACK
    if document.kind is DocumentKind.RECEIPT:
        newest = max(other.id for other in detail.documents if other.kind is DocumentKind.RECEIPT)
        return _IN_USE if document.id == newest else _REPLACED
    return _SENT if document.printed else _NOT_YET


def _on_demand(detail: DossierDetail) -> Iterator[PaperLine]:
    kinds = [DocumentKind.CONTROL]
    if any(event.event is EventKind.FORWARD for event in detail.events):
        kinds.append(DocumentKind.HANDOVER_LIST)
    if detail.form["fee_amount"]:
        kinds.append(DocumentKind.FEE_SLIP)
    if detail.row.status is DossierStatus.HANDED_OVER:
        kinds.append(DocumentKind.HANDOVER_RECEIPT)
    for kind in kinds:
        yield PaperLine(kind, labels.DOCUMENT_WORDS[kind], "theo sổ lúc in", _ON_DEMAND)


def person_facts(detail: DossierDetail) -> list[tuple[str, str]]:
    """Who handed in, for whom, and how the result goes back; the id number is not among these."""
    form = detail.form
    person, principal = form["applicant"], form["principal"] or {}
    born = " – ".join(part for part in (_birth(person["birth_date"]), person["gender"]) if part)
    return [
        ("Tổ chức", person["organisation"]),
        ("Ngày sinh", born),
        ("Nơi ở", person["residence"] or person["address"]),
        ("Điện thoại", person["phone"]),
        ("Email", person["email"]),
        ("Nộp thay cho", principal.get("name", "")),
        ("Giấy ủy quyền", principal.get("authority_paper", "")),
        ("Cách nộp", _channel(form)),
        ("Nhận kết quả", labels.RESULT_BY_WORDS[ResultBy(form["result_by"])]),
        ("Lệ phí", _fee(form)),
        ("Ghi chú", form["note"]),
    ]


def papers_handed_in(form: Mapping) -> list[tuple[str, str]]:
    """The constituent papers as received: name and how many."""
    return [(paper["name"], _quantity(paper)) for paper in form["papers"]]


def _quantity(paper: Mapping) -> str:
    if paper["shown"]:
        return "xuất trình"
    parts = ((paper["originals"], "bản chính"), (paper["copies"], "bản sao"))
    return ", ".join(f"{number} {words}" for number, words in parts if number)


def _channel(form: Mapping) -> str:
    """How it came; of an online one also who typed it, where that was asked."""
    words, filed_by = labels.CHANNEL_WORDS[Channel(form["channel"])], form.get("filed_by")
    return f"{words}, {labels.FILED_BY_WORDS[FiledBy(filed_by)].lower()}" if filed_by else words


def _birth(text: str) -> str:
    return "/".join(reversed(text.split("-")))


def _fee(form: Mapping) -> str:
    if form["fee_amount"] is None:
        return ""
    reason = f" ({form['fee_exemption']})" if form["fee_exemption"] else ""
    return labels.money(form["fee_amount"]) + reason
