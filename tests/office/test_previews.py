"""The paper of an act before it is recorded: the very paper that recording issues, and nothing left behind."""

from datetime import timedelta

import pypdfium2
import pytest

from db.vocabulary import DocumentKind, EventKind
from desktop.errors import UserError
from desktop.office import acts, counter, issuing, lookup, previews

FACTS = {
    EventKind.REQUEST_SUPPLEMENT: {"note": "Chưa đủ giấy tờ.", "items": ["Bản chính Giấy khai sinh"]},
    EventKind.REFUSE: {"note": "Không thuộc thẩm quyền."},
    EventKind.EXTEND: {"note": "Chờ xác minh.", "to": "2026-12-02"},
    EventKind.STOP: {"note": "Người nộp đề nghị."},
    EventKind.CORRECT: {"note": "Đổi số.", "set": {"applicant.phone": "0987000009"}},
}


@pytest.fixture
def code(commune, correction_form, monday):
    return counter.register(commune, correction_form, clerk="truc", now=monday).code


def words(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def events(book) -> int:
    return book.database.execute_sql("SELECT count(*) FROM event").fetchone()[0]


@pytest.mark.parametrize("event", FACTS)
def test_the_preview_says_what_the_issued_paper_says(commune, code, monday, event):
    now = monday + timedelta(minutes=5)
    before = events(commune), len(lookup.dossier(commune, code).documents)
    shown = previews.paper(commune, code, event, FACTS[event], clerk="truc", now=now)
    assert (events(commune), len(lookup.dossier(commune, code).documents)) == before
    done = acts.perform(commune, code, event, FACTS[event], clerk="truc", now=now)
    (paper,) = [one for one in lookup.dossier(commune, code).documents if one.id == done.document]
    issued = issuing.document_pdf(commune, code, paper.kind, document=paper.id, copies=1, now=now)
    assert words(shown) == words(issued.data)


def test_what_is_missing_stays_empty_and_an_act_without_paper_has_none(commune, code, monday):
    assert "YÊU CẦU BỔ SUNG" in words(
        previews.paper(commune, code, EventKind.REQUEST_SUPPLEMENT, {}, clerk="truc", now=monday)
    )
    assert previews.paper(commune, code, EventKind.FINISH, {}, clerk="truc", now=monday) is None
    assert lookup.dossier(commune, code).documents[-1].kind is DocumentKind.RECEIPT


def test_a_fact_that_cannot_be_read_is_named(commune, code, monday):
    with pytest.raises(UserError) as refused:
        previews.paper(commune, code, EventKind.EXTEND, {"to": "mai"}, clerk="truc", now=monday)
    assert refused.value.facts["field"] == "to"
