"""What is kept too long is found by kind and destroyed with a reason, an event and a protocol; nothing else goes."""

import hashlib
import json
from datetime import date, timedelta

import pypdfium2
import pytest

from db import events
from db.vocabulary import DocumentKind, EventKind, Role
from desktop.errors import UserError
from desktop.office import acts, attachments, backups, checking, counter, drafts, issuing, people, retention
from desktop.rules.retention import RULES, Kind, last_kept, months_problem

#: Two years and a month after the first dossier.
LATER = timedelta(days=762)


def counts(book, now):
    return {one.kind: one.count for one in retention.due(book, now=now) if one.count}


@pytest.fixture
def aged(commune, correction_form, monday):
    """A register with one of everything that may be due, and the moment at which it is."""
    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    issuing.receipt_pdf(commune, code, now=monday)
    issuing.document_pdf(commune, code, DocumentKind.CONTROL, clerk="truc", now=monday)
    drafts.save(commune, "quay1", {"current": None}, now=monday)
    for days in (0, 1):
        backups.make(commune, now=monday + timedelta(days=days))
    return commune, code, monday + LATER


def test_nothing_is_due_while_its_time_runs(aged, monday):
    assert counts(aged[0], monday + timedelta(days=28)) == {}


def test_each_kind_is_due_after_its_own_months(aged, monday):
    book = aged[0]
    assert counts(book, monday + timedelta(days=40)) == {Kind.DRAFTS: 1}
    assert counts(book, monday + timedelta(days=120)) == {Kind.DRAFTS: 1, Kind.OPEN_BACKUPS: 1}
    assert counts(book, aged[2]) == {Kind.DRAFTS: 1, Kind.PAPERS: 1, Kind.LISTS: 1, Kind.OPEN_BACKUPS: 1}


def test_destroying_leaves_an_event_and_a_protocol_and_the_paper_can_be_made_again(aged):
    book, code, now = aged
    papers = {path.name for path in book.documents.rglob("*.pdf")}
    before = {
        kind: [
            (path.relative_to(book.home).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
            for path in book.home.glob(where)
        ]
        for kind, where in (("papers", "documents/2026/11/*a5x*.pdf"), ("lists", "documents/2026/11/*mau-06*.pdf"))
    }
    assert all(map(len, before.values()))
    done = retention.destroy(book, list(Kind), reason="Hết thời hạn lưu", clerk="quay1", now=now)

    assert done.counts == {Kind.DRAFTS: 1, Kind.PAPERS: 1, Kind.LISTS: 1, Kind.OPEN_BACKUPS: 1}
    assert counts(book, now) == {}
    (event,) = [json.loads(one.payload) for one in events.walk(book) if one.kind == EventKind.DESTROY]
    assert event["reason"] == "Hết thời hạn lưu" and event["kinds"]["papers"]["count"] == 1
    with pypdfium2.PdfDocument(done.protocol.path) as paper:
        text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in paper).split())
    assert "BIÊN BẢN HỦY DỮ LIỆU" in text and "Hết thời hạn lưu" in text
    assert event["kinds"]["papers"]["sha256"][:20] in text.replace(" ", "")
    for kind, there in before.items():
        told = event["kinds"][kind]["items"]
        assert [(name, digest) for name, _, digest in told] == there
        assert all(digest in text.replace(" ", "") and name in text.replace(" ", "") for name, digest in there), kind
    (draft,) = event["kinds"]["drafts"]["items"]
    assert draft[0] == "nháp của quay1" and draft[1] == "2026-11-23"
    assert "Vàng" not in text and "012195000002" not in text, "nobody is named"
    assert drafts.load(book, "quay1") is None
    assert {path.name for path in book.documents.rglob("*.pdf")} == {done.protocol.path.name}
    assert issuing.receipt_pdf(book, code, now=now).path.name in papers
    assert checking.verify_chain(book).holds


def test_the_newest_backup_stays_however_old(aged):
    book, _, now = aged
    retention.destroy(book, [Kind.OPEN_BACKUPS], reason="Hết hạn", clerk="quay1", now=now)

    assert len(list((book.home / "backups").iterdir())) == 1


def test_a_file_that_came_with_an_act_is_never_due(aged, tmp_path, monday):
    book, code, now = aged
    letter = tmp_path / "don.pdf"
    letter.write_bytes(b"%PDF-1.4 an application")
    at = monday + timedelta(days=1, hours=1)
    with attachments.kept(book, letter, now=at) as file:
        acts.perform(book, code, EventKind.FINISH, {}, file=file, clerk="truc", now=at)
    retention.destroy(book, list(Kind), reason="Hết hạn", clerk="quay1", now=now)

    assert checking.verify_chain(book).holds
    assert list(book.documents.glob("*/*/dinh-kem/*"))


def test_what_is_missing_is_said_and_nothing_is_destroyed(aged, monday):
    book, _, now = aged
    for reason, when, code in (("  ", now, "needs_reason"), ("Hết hạn", monday, "nothing_due")):
        with pytest.raises(UserError) as refused:
            retention.destroy(book, list(Kind), reason=reason, clerk="quay1", now=when)
        assert refused.value.code == code
    assert retention.destroy(book, list(Kind), reason="x", clerk="quay1", now=now, progress=lambda *_: False) is None
    assert counts(book, now)[Kind.PAPERS] == 1


def test_only_the_lead_or_an_administrator_destroys(aged):
    book, _, now = aged
    people.add(book, "nhan", "Giàng A Nhận", roles=[Role.RECEPTION], clerk="quay1", now=now)
    with pytest.raises(UserError) as refused:
        retention.destroy(book, list(Kind), reason="Hết hạn", clerk="nhan", now=now)
    assert refused.value.code == "not_allowed"
    assert counts(book, now)[Kind.PAPERS] == 1


def test_a_commune_may_keep_longer_and_what_the_archive_law_asks_stays_for_ever(aged):
    book, _, now = aged
    retention.set_months(book, Kind.PAPERS, 60, clerk="quay1", now=now)

    assert Kind.PAPERS not in counts(book, now)
    assert retention.months(book)[Kind.OLD_ENTRIES] == 0
    with pytest.raises(UserError):
        retention.set_months(book, Kind.PAPERS, 0, clerk="quay1", now=now)
    assert months_problem(Kind.OLD_ENTRIES, 0) is None


@pytest.mark.parametrize(
    ("today", "months", "kept"),
    [
        (date(2026, 11, 23), 1, date(2026, 10, 23)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 15), 24, date(2024, 1, 15)),
        (date(2026, 5, 31), 12, date(2025, 5, 31)),
    ],
)
def test_months_are_counted_back_to_the_same_day(today, months, kept):
    assert last_kept(today, months) == kept


def test_every_kind_names_its_basis():
    assert set(RULES) == set(Kind)
    assert all(rule.words and rule.basis for rule in RULES.values())


def test_a_protocol_that_a_power_cut_prevented_is_drawn_again_from_its_event(aged):
    """Also after its time was changed, and on a register that came from a backup, which holds no papers."""
    book, _, now = aged
    done = retention.destroy(book, list(Kind), reason="Hết thời hạn lưu", clerk="quay1", now=now)
    before = done.protocol.path.read_bytes()
    assert retention.missing_protocols(book) == ()
    done.protocol.path.unlink()
    retention.set_months(book, Kind.PAPERS, 30, clerk="quay1", now=now)
    (again,) = retention.missing_protocols(book)
    assert again.path == done.protocol.path and again.path.read_bytes() == before
    assert retention.missing_protocols(book) == ()
