"""Slips without a dossier: a paper may belong to nobody's dossier, and their rows are what the events say."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import peewee
import pytest

from db import backup, connection, days, dossiers, folder, issued, migrations, slips
from db.vocabulary import DocumentKind, EventKind
from tests import granted

PERSON = {"name": "Vàng Thị Ví Dụ", "organisation": "", "id_number": "012195000002", "phone": "0987000001"}


@pytest.fixture
def give(book, now):
    """Store a slip with its event and paper the way the office does; returns its row."""

    def given(number=1, *, procedure="1.001193", key="form-1", kind=DocumentKind.SUPPLEMENT, minutes=0, **person):
        content = {"number": number}
        at = now + timedelta(minutes=minutes)
        payload = {
            "label": f"{number:02d}/PBS-TTPVHCC",
            "procedure": procedure,
            "procedure_name": "Đăng ký khai sinh",
            "form": {"key": key, "applicant": PERSON | person},
            "items": ["Giấy chứng sinh", "Tờ khai"],
            "reason": "Hồ sơ chưa đủ.",
            "paper": {"kind": str(kind), "number": number, "version": 1, "sha256": issued.digest(content)},
        }
        with book.write():
            event = granted.append(book, EventKind.GIVE_SLIP, payload, at=at, clerk="truc", key=f"slip-{number}")
            issued.insert(book, None, kind, number=number, version=1, at=at, content=issued.frozen(content))
            slips.insert(book, event, payload, search_key=f"{number:02d} {number} pbs vang thi vi du 012195000002")
        return slips.by_id(book, event.seq)

    return given


@pytest.fixture
def happen(book, now):
    """Append an event that names slips and bring their rows up to date."""

    def happened(kind, payload, *, dossier=None, key="later"):
        with book.write():
            event = granted.append(book, kind, payload, at=now, clerk="truc", key=key, dossier=dossier)
            slips.change(book, event, payload)

    return happened


def test_a_paper_of_nobodys_dossier_is_stored_and_found_by_its_number(book, give):
    slip = give(7)
    assert (slip.kind, slip.label, slip.told) == (DocumentKind.SUPPLEMENT, "07/PBS-TTPVHCC", "Giấy chứng sinh; Tờ khai")
    assert slips.by_number(book, DocumentKind.SUPPLEMENT, 2026, 7) == slip
    assert slips.by_number(book, DocumentKind.REFUSAL, 2026, 7) is None
    paper = issued.of_slip(book, slip)
    assert (paper.dossier, paper.number, paper.content) == (None, "07", {"number": 7})
    assert issued.next_number(book, DocumentKind.SUPPLEMENT, 2026) == 8
    assert not issued.faults(book) and not list(slips.faults(book))


def test_every_word_begins_a_word_of_the_search_key(book, give):
    give(1)
    give(12, key="form-2", minutes=1)
    assert [slip.label for slip in slips.page(book, [], limit=9, offset=0)] == ["12/PBS-TTPVHCC", "01/PBS-TTPVHCC"]
    assert [slip.label for slip in slips.page(book, ["12", "pb"], limit=9, offset=0)] == ["12/PBS-TTPVHCC"]
    assert slips.count(book, ["vang", "012195"]) == 2
    assert slips.count(book, ["ang"]) == 0
    assert slips.page(book, [], limit=1, offset=1)[0].label == "01/PBS-TTPVHCC"


def test_a_slip_is_answered_by_the_same_person_for_the_same_matter_or_by_its_own_form(book, give):
    number = PERSON["id_number"]
    first, second = give(1, key="one"), give(2, key="two", minutes=1)
    nobody = give(3, key="three", minutes=2, id_number="")
    elsewhere = give(4, procedure="", key="four", minutes=3)
    assert slips.unanswered(book, number, "1.001193", "new") == [first, second]
    assert slips.unanswered(book, number, "1.000894", "two") == [second]
    assert slips.unanswered(book, "", "1.001193", "three") == [nobody]
    assert slips.unanswered(book, number, "", "new") == []
    assert slips.unanswered(book, number, "", "four") == [elsewhere]


def test_the_slips_of_a_person_are_found_by_their_indexes(book):
    asked = []
    book.database.connection().set_trace_callback(asked.append)
    slips.unanswered(book, "012195000002", "1.001193", "form-1")
    book.database.connection().set_trace_callback(None)
    plan = [row[3] for row in book.database.execute_sql(f"EXPLAIN QUERY PLAN {asked[0]}")]
    assert any("slip_form_key" in step for step in plan) and any("slip_id_number_procedure" in step for step in plan)


def test_prints_followers_and_taking_back_follow_the_events(book, now, give, happen, put_dossier):
    slip, other = give(1), give(2, key="form-2", minutes=0)
    sent = {"document": slip.document, "slip": slip.id, "printer": "Canon", "copies": 1, "outcome": "sent"}
    happen(EventKind.PRINT, sent, key="p1")
    happen(EventKind.PRINT, sent | {"outcome": "failed"}, key="p2")
    code = put_dossier(book)
    happen(EventKind.REGISTER, {"after_slips": [slip.id]}, dossier=code, key="r1")
    happen(EventKind.UNDO, {"facts": {"undoes": other.id}}, key="u1")
    slip, other = slips.by_id(book, slip.id), slips.by_id(book, other.id)
    assert (slip.printed, slip.print_failed, slip.followed_by, slip.taken_back) == (1, True, code, False)
    assert (other.followed_by, other.taken_back) == (None, True)
    assert slips.of_dossier(book, code) == [slip]
    assert slips.unanswered(book, PERSON["id_number"], "1.001193", "form-1") == []
    assert days.slips(book, now.date()) == 1
    assert days.slips(book, now.date() + timedelta(days=1)) == 0
    assert not list(slips.faults(book))


@pytest.mark.parametrize(
    "statement",
    ["UPDATE slip SET dossier = NULL", "UPDATE slip SET told = 'gì khác'", "UPDATE slip SET taken_back = 1"],
)
def test_a_row_changed_behind_the_events_is_found(book, give, happen, put_dossier, statement):
    slip = give(1)
    happen(EventKind.REGISTER, {"after_slips": [slip.id]}, dossier=put_dossier(book))
    book.database.execute_sql(statement)
    assert list(slips.faults(book)) == ["01/PBS-TTPVHCC"]


def test_a_slip_put_into_the_file_without_an_event_is_found(book, give):
    give(1)
    columns = [row[1] for row in book.database.execute_sql("PRAGMA table_info(slip)")]
    copied = ", ".join({"id": "99", "number": "9", "label": "'09/PBS'"}.get(name, name) for name in columns)
    book.database.execute_sql(f"INSERT INTO slip SELECT {copied} FROM slip")
    assert list(slips.faults(book)) == ["09/PBS"]


@pytest.mark.parametrize(
    "statement", ["DELETE FROM slip", "DELETE FROM issued_document", "UPDATE issued_document SET content = '{}'"]
)
def test_neither_a_slip_nor_its_paper_can_be_taken_out(book, give, statement):
    give(1)
    with pytest.raises(peewee.IntegrityError):
        book.database.execute_sql(statement)


def test_a_paper_changed_behind_the_slip_is_found(home, now, book, give):
    give(1)
    book.close()
    with closing(sqlite3.connect(home / folder.REGISTER_FILE)) as file:
        file.execute("DROP TRIGGER issued_document_no_update")
        file.execute("UPDATE issued_document SET content = '{}'")
        file.commit()
    with connection.open_existing(home, now=now) as again:
        assert issued.faults(again) == ["phiếu số 01"]


def test_an_older_register_keeps_its_papers_and_their_files(tmp_path, now, put_dossier, monkeypatch):
    home = tmp_path / "old"
    older = migrations.STEPS[:2]
    with monkeypatch.context() as before:
        before.setattr(migrations, "LATEST", len(older))
        before.setattr(migrations.apply, "__defaults__", (older,))
        before.setattr(migrations.pending, "__defaults__", (older,))
        with connection.create(home, practice=False, now=now) as book:
            book.database.execute_sql("INSERT INTO procedure_version VALUES (1, '1.001193', NULL, NULL, '{}')")
            codes = [put_dossier(book) for _ in range(3)]
            (paper,) = issued.of_dossier(book, codes[1])
            issued.record_file(book, paper.id, path="giay/x.pdf", sha256="ab", made_at=now)
    with connection.open_existing(home, now=now) as book:
        assert [issued.of_dossier(book, code)[0].content["code"] for code in codes] == codes
        assert issued.of_dossier(book, codes[1])[0].sha256 == "ab"
        assert book.database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(peewee.IntegrityError):
            book.database.execute_sql("DELETE FROM issued_document")
        with pytest.raises(peewee.IntegrityError):
            issued.record_file(book, 99, path="x", sha256="cd", made_at=now)
        assert dossiers.count(book, []) == 3
    (copy,) = (home / folder.BACKUP_FOLDER).glob("*before-migration*")
    backup.verify(copy)
