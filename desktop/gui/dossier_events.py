"""How events and papers of a dossier are told on the screen; pure functions of records."""

from collections.abc import Mapping
from datetime import datetime

from db.records import DossierDetail, EventRow, IssuedDocument
from db.vocabulary import Channel, DocumentKind, EventKind, PrintOutcome, ResultBy
from desktop import labels
from desktop.gui.timeline import Happening

_LOOKS = {
    EventKind.REGISTER: ("check-circle", "ok"),
    EventKind.FORWARD: ("arrow-right-circle", "accent"),
    EventKind.HAND_BACK: ("arrow-left-circle", "accent"),
    EventKind.REQUEST_SUPPLEMENT: ("pause-circle", "wait"),
    EventKind.SUPPLEMENT: ("play-circle", "ok"),
    EventKind.REQUEST_OBLIGATION: ("pause-circle", "wait"),
    EventKind.FULFIL_OBLIGATION: ("play-circle", "ok"),
    EventKind.REFUSE: ("close-circle", "late"),
    EventKind.EXTEND: ("calendar-clock", "soon"),
    EventKind.APOLOGISE: ("email-alert-outline", "soon"),
    EventKind.STOP: ("stop-circle", "idle"),
    EventKind.WITHDRAW: ("undo-variant", "idle"),
    EventKind.FINISH: ("tray-arrow-up", "accent"),
    EventKind.HAND_OVER: ("check-circle", "ok"),
    EventKind.ATTACH_OFFICIAL_CODE: ("tag-outline", "accent"),
    EventKind.PRINT: ("printer-check", "ok"),
}
_PAPER_WORDS = {DocumentKind.RECEIPT: "Mẫu 01 – giấy hẹn"}


def happening(event: EventRow, clerks: Mapping[str, str]) -> Happening:
    """One event as a line of the timeline; ``clerks`` maps short names to full ones."""
    icon, tone = _LOOKS.get(event.event, ("circle-edit-outline", "text2"))
    title, fact = labels.EVENT_WORDS[event.event], clerks.get(event.clerk, event.clerk)
    if event.event is EventKind.REGISTER:
        due_at = datetime.fromisoformat(event.payload["due_at"])
        fact = f"{fact}. Hẹn {labels.moment_words(due_at)}."
    elif event.event is EventKind.ATTACH_OFFICIAL_CODE:
        fact = f"{event.payload['official_code']}. {fact}."
    elif event.event is EventKind.PRINT:
        icon, tone, title, fact = _printed(event, fact)
    if event.note:
        fact = f"{fact} {event.note}"
    return Happening(event.at, icon, tone, title, fact)


def _printed(event: EventRow, clerk: str) -> tuple[str, str, str, str]:
    printer = event.payload["printer"] or "máy in mặc định"
    if event.payload["outcome"] == PrintOutcome.FAILED:
        return ("printer-alert", "late", "Chưa in được giấy hẹn", f"{printer}. {clerk}.")
    copies = event.payload["copies"]
    return ("printer-check", "ok", f"Máy in đã nhận đủ {copies} bản giấy hẹn", f"{printer}. {clerk}.")


def paper_words(document: IssuedDocument) -> tuple[str, str]:
    """A paper's name, and how often the spooler took it."""
    name = f"{_PAPER_WORDS[document.kind]}, bản {document.version}"
    return name, f"đã gửi in {document.printed} lần" if document.printed else "chưa in"


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
        ("Cách nộp", labels.CHANNEL_WORDS[Channel(form["channel"])]),
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


def _birth(text: str) -> str:
    return "/".join(reversed(text.split("-")))


def _fee(form: Mapping) -> str:
    if form["fee_amount"] is None:
        return ""
    reason = f" ({form['fee_exemption']})" if form["fee_exemption"] else ""
    return labels.money(form["fee_amount"]) + reason
