"""Papers drawn up from the events whenever somebody asks: control sheet, hand-over lists, fee slip, acknowledgement.

They say what the register says now and are not issued: the control sheet bears the dossier's number in the book,
the other three are papers of the counter without a number. Called by ``issuing``; changes nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from db import journal
from db.connection import Register
from db.reach import Reach
from db.records import DossierRow, Forwarded
from db.vocabulary import DocumentKind, DossierStatus, EventKind, ResultBy
from desktop import labels
from desktop.documents.letter import LetterContent
from desktop.documents.pages import Progress
from desktop.documents.wording import count_words, moment_words
from desktop.errors import UserError
from desktop.office import forms, letters, lookup, procedures, settings
from desktop.office.history import History, history_of
from desktop.rules import fees, lifecycle
from desktop.rules.lifecycle import UNNAMED_HOLDER, Happened, State

E = EventKind
_BLANK = "……………"
_CITIZEN = "Người nộp hồ sơ"
#: Acts that give the dossier back to the citizen.
_RETURNS = (E.REFUSE, E.STOP, E.WITHDRAW, E.HAND_OVER)


def control(book: Register, code: str, *, clerk: str, now: datetime) -> LetterContent:
    """Mẫu 06: one row for each hand-over of the dossier, from its events."""
    history = history_of(book, lookup.row(book, code))
    form = history.form
    places = list(dict.fromkeys(str(event.facts.get("to", UNNAMED_HOLDER)) for event in _of_kind(history, E.FORWARD)))
    solving = form["solving_unit"] or (places[0] if places else "")
    values = letters.values(book, history.row, form, clerk=clerk, now=now) | {
        "cơ quan giải quyết": solving,
        "cơ quan phối hợp": ", ".join(place for place in places if place != solving),
    }
    number = history.reception["entry_no"]
    return _content(book, DocumentKind.CONTROL, values, now=now, number=number, rows=list(_legs(book, history)))


def _legs(book: Register, history: History) -> Iterator[tuple[str, ...]]:
    counter = settings.unit(book).centre_name
    before = State()
    for event in lifecycle.standing(history.happened):
        holder = before.holder or counter
        leg = _leg(event, holder, counter, letters.full_name(book, event.clerk), letters.party(history.form))
        if leg:
            places, people, note = leg
            at = f"{event.at:%H} giờ {event.at:%M} phút, ngày {event.at:%d/%m/%Y}"
            yield (
                f"1. Giao: {places[0]}\n2. Nhận: {places[1]}",
                f"{at}\nNgười giao: {people[0]}\nNgười nhận: {people[1]}",
                _result(event, before, history.row),
                note,
            )
        before = lifecycle.after(before, event)


def _leg(
    event: Happened, holder: str, counter: str, clerk: str, citizen: str
) -> tuple[tuple[str, str], tuple[str, str], str] | None:
    """From where to where, from whom to whom, and what there is to note; None when nothing changed hands."""
    note = str(event.facts.get("note", ""))
    match event.event:
        case E.REGISTER:
            return (_CITIZEN, counter), (citizen, clerk), "Tiếp nhận hồ sơ"
        case E.SUPPLEMENT:
            return (_CITIZEN, counter), (citizen, clerk), note or "Nộp bổ sung"
        case E.FORWARD:
            due = event.facts.get("inner_due")
            told = [note, f"Hạn của chặng: {datetime.fromisoformat(str(due)):%d/%m/%Y}" if due else ""]
            to = str(event.facts.get("to", UNNAMED_HOLDER))
            return (holder, to), (clerk, _BLANK), "\n".join(filter(None, told))
        case E.HAND_BACK:
            return (holder, counter), (_BLANK, clerk), note
        case E.FINISH if holder != counter:
            return (holder, counter), (_BLANK, clerk), note or "Đã có kết quả"
    if event.event in _RETURNS:
        receiver = str(event.facts.get("to", "")) or citizen
        return (holder, _CITIZEN), (clerk, receiver), note or labels.EVENT_WORDS[event.event]
    return None


def _result(event: Happened, before: State, row: DossierRow) -> str:
    """In time or not: a desk against the date it was given, the dossier against its promise."""
    if event.event in (E.FINISH, *_RETURNS):
        outcome = lifecycle.outcome(row.status, row.due_at, row.finished_at, row.paused_since)
    elif event.event in (E.FORWARD, E.HAND_BACK) and before.inner_due:
        outcome = lifecycle.outcome(DossierStatus.FINISHED, before.inner_due, event.at)
    else:
        outcome = None
    return labels.OUTCOME_WORDS[outcome] if outcome else ""


def handover_lists(
    book: Register,
    first: date,
    last: date,
    *,
    now: datetime,
    code: str | None = None,
    reach: Reach = None,
    progress: Progress | None = None,
) -> list[LetterContent]:
    """One list for each desk that was given dossiers from ``first`` to ``last``; ``code`` asks for one dossier's,
    ``reach`` for those of some procedures.

    No list when ``progress`` said to stop. Raises UserError when nothing was forwarded.
    """
    own = lookup.row(book, code).code if code else None
    events = [event for event in journal.forwarded(book, first, last, reach) if own in (None, event.dossier)]
    if not events:
        raise UserError("nothing_forwarded", f"Từ {first:%d/%m/%Y} đến {last:%d/%m/%Y} không có hồ sơ nào chuyển đi.")
    found: list[dict[str, Any]] = []
    for event in events:
        if progress and not progress(len(found), len(events)):
            return []
        found.append(_passed(book, event))
    days = f"ngày {first:%d/%m/%Y}" if first == last else f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"
    desks = itemgetter("bên giao", "bên nhận")
    lists = []
    for _, group in groupby(sorted(found, key=desks), key=desks):
        passed = list(group)
        clerks = {one["công chức"] for one in passed}
        values = {name: passed[0][name] for name in ("bên giao", "bên nhận")} | {
            "thời gian": days,
            "số hồ sơ": count_words(len(passed)),
            "công chức": clerks.pop() if len(clerks) == 1 else "",
        }
        rows = [(str(nth), *one["cells"]) for nth, one in enumerate(passed, start=1)]
        lists.append(_content(book, DocumentKind.HANDOVER_LIST, values, now=now, rows=rows))
    return lists


def _passed(book: Register, event: Forwarded) -> dict[str, Any]:
    history = history_of(book, lookup.row(book, event.dossier))
    row, form = history.row, history.form
    before = lifecycle.fold(happened for happened in history.happened if happened.seq < event.seq)
    papers = sum(paper["originals"] + paper["copies"] for paper in form["papers"])
    return {
        "bên giao": before.holder or settings.unit(book).centre_name,
        "bên nhận": str(event.facts.get("to", UNNAMED_HOLDER)),
        "công chức": letters.full_name(book, event.clerk),
        "cells": (
            labels.code_in_two_lines(row.official_code or row.code),
            row.procedure_name,
            letters.party(form),
            str(papers),
            f"{row.due_at:%H:%M}\n{row.due_at:%d/%m/%Y}",
            str(event.facts.get("note", "")),
        ),
    }


def fee_slip(book: Register, code: str, *, clerk: str, now: datetime) -> LetterContent:
    """What is to be paid: a notice, never a biên lai (domain.md 10.3). UserError when no amount is known."""
    history = history_of(book, lookup.row(book, code))
    row, form = history.row, history.form
    procedure = procedures.version(book, history.reception["version_id"])
    told = {"on": row.received_at.date(), "channel": row.channel, "exemption": form["fee_exemption"]}
    amount = form["fee_amount"] if form["fee_amount"] is not None else fees.fee_for(procedure, **told)
    if amount is None:
        raise UserError("no_fee", f"Hồ sơ {history.row.code} chưa có số phí, lệ phí nên chưa lập được phiếu.")
    if not amount and not form["fee_exemption"]:
        raise UserError("nothing_to_pay", f"Hồ sơ {history.row.code} không phải nộp phí, lệ phí nên không cần phiếu.")
    paid = _of_kind(history, E.FEE_PAID)
    values = letters.values(book, history.row, form, clerk=clerk, now=now) | {
        "số tiền": labels.money(amount),
        "căn cứ thu": fees.counting(procedure, **told).text or procedure.fee.text,
        "miễn giảm": form["fee_exemption"],
        "biên lai": ", ".join(str(event.facts["receipt_number"]) for event in paid),
    }
    return _content(book, DocumentKind.FEE_SLIP, values, now=now)


def handover_receipt(book: Register, code: str, *, clerk: str, now: datetime) -> LetterContent:
    """Giấy biên nhận trả kết quả; UserError when the result was not handed over yet."""
    history = history_of(book, lookup.row(book, code))
    handed = _of_kind(history, E.HAND_OVER)
    if not handed:
        message = f"Hồ sơ {history.row.code} chưa trả kết quả nên chưa có giấy biên nhận."
        raise UserError("not_handed_over", message, dossier=history.row.code)
    given, form = handed[-1], history.form
    receiver = str(given.facts.get("to", ""))
    own = not receiver or receiver == form["applicant"]["name"]
    results = [str(event.facts["note"]) for event in _of_kind(history, E.FINISH) if event.facts.get("note")]
    procedure = procedures.version(book, history.reception["version_id"])
    values = letters.values(book, history.row, form, clerk=given.clerk, now=now) | {
        "kết quả": results[-1] if results else procedure.result,
        "người nhận": receiver or letters.party(form),
        "số định danh người nhận": given.facts.get("id_number", form["applicant"]["id_number"] if own else ""),
        "quan hệ": given.facts.get("relation", "Chủ hồ sơ" if own else ""),
        "hình thức trả": labels.RESULT_BY_WORDS[ResultBy(str(given.facts.get("by", form["result_by"])))],
        "lúc trả": moment_words(given.at),
    }
    return _content(book, DocumentKind.HANDOVER_RECEIPT, values, now=now)


def _of_kind(history: History, kind: EventKind) -> list[Happened]:
    return [event for event in lifecycle.standing(history.happened) if event.event is kind]


def _content(
    book: Register,
    kind: DocumentKind,
    values: dict[str, Any],
    *,
    now: datetime,
    number: int = 0,
    rows: Sequence[tuple[str, ...]] = (),
) -> LetterContent:
    form = forms.template(book, kind, now.date())
    return forms.letter_content(form, settings.unit(book), values, number=number, on=now.date(), rows=rows)
