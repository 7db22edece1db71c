"""Papers of a period and of a list: what they hold, and that work which was stopped leaves no file."""

import json
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest

from db import events
from db.vocabulary import DocumentKind, EventKind, PrintOutcome, WorkingList
from desktop.errors import UserError
from desktop.office import acts, books, checking, counter, issuing, listings, settings
from desktop.office.lookup import DayList

BOOK, HANDOVER = DocumentKind.REGISTER_BOOK, DocumentKind.HANDOVER_LIST
WORDS = {"title": "Sắp đến hạn", "order": "ngày giờ hẹn", "clerk": "truc"}


@pytest.fixture
def take(commune, monday, correction_form):
    """Take in a dossier so many minutes after 09:14; its code."""

    def register(minutes: int = 0, name: str = "Vàng Thị Ví Dụ") -> str:
        person = replace(correction_form.applicant, name=name)
        form = replace(correction_form, key=f"key-{minutes}", applicant=person)
        return counter.register(commune, form, clerk="truc", now=monday + timedelta(minutes=minutes)).code

    return register


@pytest.fixture
def two_books(commune, monday, take):
    """Two dossiers in book 01 and one in book 02/B, all received on Monday."""
    take(0, "Quyen Mot A"), take(1, "Quyen Mot B")
    unit = settings.unit(commune)
    settings.change_unit(commune, replace(unit, book_no="02/B"), clerk="truc", now=monday + timedelta(minutes=2))
    take(3, "Quyen Hai")
    return monday.date()


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def files(book) -> list[str]:
    return sorted(path.name for path in book.documents.rglob("*") if path.is_file())


def test_one_book_of_a_period_is_printed_alone(commune, monday, two_books):
    assert books.volumes(commune, two_books, two_books) == ("01", "02/B")
    assert books.volumes(commune, two_books.replace(year=2025), two_books.replace(year=2025)) == ()
    whole = text_of(issuing.period_pdf(commune, BOOK, two_books, two_books, now=monday).data)
    assert "Quyen Mot A" in whole and "Quyen Hai" in whole
    paper = issuing.period_pdf(commune, BOOK, two_books, two_books, book_no="02/B", now=monday)
    assert paper.path.name == "mau-07-20261123-20261123-quyen-02-b.pdf"
    alone = text_of(paper.data)
    assert "Quyen Hai" in alone and "Quyen Mot" not in alone and "Cộng trang: 1 hồ sơ" in alone


def test_a_book_without_entries_in_the_period_is_named(commune, monday, two_books):
    with pytest.raises(UserError) as refusal:
        issuing.period_pdf(commune, BOOK, two_books, two_books, book_no="07", now=monday)
    assert refusal.value.code == "empty_period" and "ở quyển số 07" in refusal.value.message


def until(asked: int):
    """Work that is stopped when it asks for the ``asked``-th time; what it told is kept."""
    told: list[tuple[int, int]] = []

    def listen(done: int, total: int) -> bool:
        told.append((done, total))
        return len(told) < asked

    return told, listen


def forward(commune, monday, code, minutes):
    acts.perform(
        commune, code, EventKind.FORWARD, {"to": "Phòng Kinh tế"}, clerk="truc", now=monday + timedelta(minutes=minutes)
    )


def test_a_stopped_hand_over_list_leaves_no_file(commune, monday, take):
    for nth in range(3):
        forward(commune, monday, take(2 * nth), 2 * nth + 1)
    on = monday.date()
    told, listen = until(2)
    assert issuing.period_pdf(commune, HANDOVER, on, on, now=monday, progress=listen) is None
    assert told == [(0, 3), (1, 3)]
    assert files(commune) == []
    paper = issuing.period_pdf(commune, HANDOVER, on, on, now=monday, progress=until(99)[1])
    assert files(commune) == [paper.path.name]


@pytest.mark.parametrize("kind", [BOOK, HANDOVER])
def test_work_stopped_at_its_very_end_leaves_no_file_either(commune, monday, take, kind):
    forward(commune, monday, take(), 10)
    on = monday.date()
    told, listen = until(99)
    assert issuing.period_pdf(commune, kind, on, on, now=monday, progress=listen)
    asked, listen = until(len(told))
    before = files(commune)
    assert issuing.period_pdf(commune, kind, on, on, now=monday + timedelta(days=30), progress=listen) is None
    assert asked[-1] == (1, 1)
    assert files(commune) == before


def test_a_working_list_on_paper_says_what_the_screen_says(commune, monday, take):
    code = take(0, "Lo Van Thu")
    forward(commune, monday, take(1, "Giang Thi Gia Dinh"), 5)
    now = monday + timedelta(days=3)
    paper = listings.list_pdf(commune, WorkingList.DUE_SOON, **WORDS, now=now)
    assert paper.path.name == "danh-sach-due_soon-20261126-0914.pdf"
    text = text_of(paper.data)
    assert "09:14 Thứ Năm 26/11/2026 – 2 hồ sơ – xếp theo ngày giờ hẹn – người lập: Lò Thị Trực" in text
    assert "1 Còn 1 ngày làm việc Lo Van Thu" in text
    assert f"{code} 09:14 23/11/2026 17:00 27/11/2026 Quầy Đã tiếp nhận" in text
    assert "Phòng Kinh tế Đang xử lý" in text
    assert "012195000002" not in text.replace(" ", "")


def test_who_is_owed_an_apology_is_told_how_late_the_dossier_was(commune, monday, take):
    late = monday + timedelta(days=8)
    acts.perform(commune, take(), EventKind.FINISH, {}, clerk="truc", now=late)
    paper = listings.list_pdf(commune, WorkingList.TO_APOLOGISE, **WORDS, now=late + timedelta(days=3))
    assert "1 Quá hạn, trễ 2 ngày" in text_of(paper.data)


def test_a_list_of_the_day_is_whole_however_long(commune, monday, take):
    for nth in range(120):
        take(nth, f"Nguoi {nth}")
    told, listen = until(99)
    paper = listings.list_pdf(commune, DayList.RECEIVED, **WORDS, now=monday + timedelta(hours=3), progress=listen)
    assert "– 120 hồ sơ –" in text_of(paper.data)
    assert told == [(0, 120), (100, 120), (120, 120)]


@pytest.mark.parametrize("asked", [1, 2])
def test_a_stopped_list_leaves_no_file(commune, monday, take, asked):
    take()
    _told, listen = until(asked)
    assert listings.list_pdf(commune, DayList.RECEIVED, **WORDS, now=monday, progress=listen) is None
    assert files(commune) == []


def test_an_empty_list_is_no_paper(commune, monday):
    with pytest.raises(UserError) as refusal:
        listings.list_pdf(commune, WorkingList.OVERDUE, **WORDS | {"title": "Quá hạn"}, now=monday)
    assert refusal.value.code == "empty_list"
    assert refusal.value.message == "Danh sách “Quá hạn” lúc này không có hồ sơ nào."


def test_a_list_that_left_the_register_stands_in_the_chain(commune, monday, take):
    take()
    report = {"printer": "Canon", "copies": 1, "outcome": PrintOutcome.SENT, "clerk": "truc", "now": monday}
    for kind in (BOOK, WorkingList.OVERDUE, DayList.RECEIVED):
        issuing.record_print(commune, None, kind=kind, **report)
    told = [json.loads(event.payload) for event in events.walk(commune) if event.kind == EventKind.PRINT]
    assert [payload["kind"] for payload in told] == ["register_book", "overdue", "received"]
    assert checking.verify_chain(commune).holds
