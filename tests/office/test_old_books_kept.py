"""What was brought in from old books stays as it was: held to the chain, destroyed by rule, taken back, corrected."""

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import openpyxl
import pytest

from db import events
from db import old_books as stored
from db.vocabulary import EventKind, Role
from desktop.errors import UserError
from desktop.office import (
    checking,
    old_book_lookup,
    old_books,
    people,
    retention,
)
from desktop.rules.retention import Kind
from tests.granted import append
from tests.office import old_book_files as files
from tests.office.old_book_files import bring, everything, look


@pytest.mark.parametrize(
    "harm",
    [
        "DROP TRIGGER old_entry_no_update; UPDATE old_entry SET due_on = '2025-02-09' WHERE id = 1",
        "DROP TRIGGER old_entry_no_update; UPDATE old_entry SET search = 'x' WHERE id = 1",
        "DELETE FROM old_entry WHERE id = 1",
        "DELETE FROM old_entry",
    ],
)
def test_rows_changed_behind_the_chains_back_are_found(commune, monday, tmp_path, harm):
    bring(commune, files.plain_book(tmp_path / "so.xlsx", files.plain_row(), files.plain_row(2, "Lò A")), monday)
    assert checking.verify_chain(commune).holds
    for statement in harm.split("; "):
        commune.database.execute_sql(statement)
    assert checking.verify_chain(commune).faults


def test_rows_destroyed_by_rule_are_no_fault_of_the_chain(commune, monday, tmp_path):
    bring(commune, files.plain_book(tmp_path / "so.xlsx", files.plain_row(), files.plain_row(2, "Lò A")), monday)
    with commune.write():
        append(commune, EventKind.DESTROY, {}, at=monday, clerk="truc", key="destroyed")
        commune.database.execute_sql("DELETE FROM old_entry")
    assert checking.verify_chain(commune).holds
    assert not old_book_lookup.find(commune, "vang", limit=5)


def test_an_id_that_the_log_of_looks_may_name_is_never_given_to_another_row(commune, monday, tmp_path):
    bring(commune, files.plain_book(tmp_path / "so.xlsx", files.plain_row(), files.plain_row(2, "Lò A")), monday)
    retention.set_months(commune, Kind.OLD_ENTRIES, 1, clerk="quay1", now=monday)
    later = monday + timedelta(days=70)
    retention.destroy(commune, [Kind.OLD_ENTRIES], reason="Nhập nhầm sổ", clerk="quay1", now=later)
    bring(commune, files.plain_book(tmp_path / "khac.xlsx", files.plain_row(3, "Lò B")), later)
    assert [entry.id for entry in everything(commune)] == [3]
    assert checking.verify_chain(commune).holds


def test_a_row_may_not_be_changed(commune, monday, tmp_path):
    bring(commune, files.plain_book(tmp_path / "so.xlsx", files.plain_row()), monday)
    with pytest.raises(Exception, match="append-only"):
        commune.database.execute_sql("UPDATE old_entry SET note = 'x'")


def test_twenty_thousand_rows_come_in_and_go_round_whole(commune, monday, tmp_path):
    path = tmp_path / "so-2025.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("2025")
    sheet.append(files.PLAIN)
    for number in range(1, 20_001):
        row = files.plain_row(number, f"Lò Văn Số {number}", id=f"0110{number:08d}")
        sheet.append(row)
    book.save(path)
    looked = look(commune, path, monday)
    assert (len(looked.new), looked.left, looked.reading.warned) == (20_000, (), ())
    old_books.bring_in(commune, looked, clerk="truc", now=monday)
    assert old_book_lookup.count(commune) == 20_000
    (entry,) = old_book_lookup.find(commune, "lo so 12345", limit=5)
    assert (entry.entry_no, entry.row) == ("12345", 12_346)
    assert replace(looked, new=()).left == ()
    assert checking.verify_chain(commune).holds


def test_a_wrong_book_is_taken_back_whole_with_a_reason_and_may_come_in_again(commune, monday, tmp_path):
    path = files.plain_book(tmp_path / "so.xlsx", files.plain_row(), files.plain_row(2, "Lò A"))
    other = bring(commune, files.plain_book(tmp_path / "khac.xlsx", files.plain_row(9, "Lò Khác")), monday)
    done = bring(commune, path, monday)
    with pytest.raises(UserError) as without:
        old_books.take_back(commune, done.seq, reason=" ", clerk="truc", now=monday)
    assert without.value.code == "needs_reason" and len(everything(commune)) == 3
    changes = old_books.take_back(commune, done.seq, reason="Nhập nhầm sổ xã bên", clerk="truc", now=monday)
    assert changes.old_books
    assert [entry.applicant for entry in everything(commune)] == ["Lò Khác"]
    assert (old_book_lookup.count(commune), old_book_lookup.count(commune, "lo a")) == (1, 0)
    assert not old_book_lookup.find(commune, "vang", limit=5)
    assert [source.seq for source in old_book_lookup.sources(commune)] == [other.seq]
    *_, undone = events.walk(commune)
    assert (undone.kind, undone.clerk) == (EventKind.UNDO_IMPORT, "truc")
    assert json.loads(undone.payload) == {"import": done.seq, "rows": 2, "reason": "Nhập nhầm sổ xã bên"}
    assert checking.verify_chain(commune).holds
    for seq, code in ((done.seq, "taken_back"), (undone.seq, "unknown_import"), (10**6, "unknown_import")):
        with pytest.raises(UserError) as refused:
            old_books.take_back(commune, seq, reason="x", clerk="truc", now=monday)
        assert refused.value.code == code
    again = bring(commune, path, monday)
    assert again.count == 2 and len(everything(commune)) == 3
    assert {entry.id for entry in everything(commune)} == {1, 4, 5}, "an id is never given twice"
    assert checking.verify_chain(commune).holds


@pytest.mark.parametrize("roles", [{Role.RECEPTION, Role.PROCESSING}, {Role.INSPECT}])
def test_whoever_may_not_takes_nothing_back(commune, monday, tmp_path, roles):
    done = bring(commune, files.plain_book(tmp_path / "so.xlsx", files.plain_row()), monday)
    people.add(commune, "sa", "Lý A Sa", roles=roles, clerk="quay1", now=monday)
    with pytest.raises(UserError) as refused:
        old_books.take_back(commune, done.seq, reason="Nhầm", clerk="sa", now=monday)
    assert refused.value.code == "not_allowed" and len(everything(commune)) == 1


def coded(path, *rows):
    return files.plain_book(path, *rows, heading=("Mã hồ sơ", *files.PLAIN))


@pytest.mark.parametrize(
    ("first", "mended", "alike"),
    [
        (("H35-1", *files.plain_row()), ("H35-1", *files.plain_row(7, "Vàng Thị Dín", due="09/02/2025")), True),
        (("", *files.plain_row()), ("", *files.plain_row(phone="0987654321", name="VÀNG THỊ DÍ")), True),
        (("", *files.plain_row()), ("", *files.plain_row(name="Lò A Khác")), False),
        (("", *files.plain_row()), ("", *files.plain_row(2, note="khác")), False),
        (("", *files.plain_row(None)), ("", *files.plain_row(None, note="khác")), False),
        (("H35-1", *files.plain_row()), ("H35-2", *files.plain_row()), False),
    ],
)
def test_a_corrected_row_takes_the_place_of_the_first(commune, monday, tmp_path, first, mended, alike):
    bring(commune, coded(tmp_path / "so.xlsx", first), monday)
    (before,) = everything(commune)
    looked = look(commune, coded(tmp_path / "sua.xlsx", mended), monday)
    assert looked.replaced == ((before.id,) if alike else ())
    done = old_books.bring_in(commune, looked, clerk="truc", now=monday)
    assert (before in everything(commune)) != alike and old_book_lookup.count(commune) == (1 if alike else 2)
    assert checking.verify_chain(commune).holds
    old_books.take_back(commune, done.seq, reason="Nhầm", clerk="truc", now=monday)
    assert everything(commune) == (before,), "what was corrected stands again"
    assert checking.verify_chain(commune).holds


def test_what_is_not_one_row_on_either_side_stands_side_by_side(commune, monday, tmp_path):
    twice = (("H35-1", *files.plain_row()), ("H35-1", *files.plain_row(note="lần hai")))
    bring(commune, coded(tmp_path / "so.xlsx", *twice), monday)
    assert look(commune, coded(tmp_path / "sua.xlsx", ("H35-1", *files.plain_row(note="ba"))), monday).replaced == ()
    bring(commune, coded(tmp_path / "mot.xlsx", ("H35-3", *files.plain_row(3))), monday)
    both = (("H35-3", *files.plain_row(3, note="a")), ("H35-3", *files.plain_row(3, note="b")))
    assert look(commune, coded(tmp_path / "hai.xlsx", *both), monday).replaced == ()


def test_a_row_corrected_twice_does_not_come_back_when_the_first_correction_is_taken_back(commune, monday, tmp_path):
    rows = [("H35-1", *files.plain_row(note=note)) for note in ("một", "hai", "ba")]
    more = ("H35-2", *files.plain_row(2, "Lò A"))
    done = [bring(commune, coded(tmp_path / f"so{nth}.xlsx", row, more), monday) for nth, row in enumerate(rows)]
    old_books.take_back(commune, done[0].seq, reason="Nhầm", clerk="truc", now=monday)
    assert [entry.note for entry in everything(commune)] == ["ba"], "the other row went with the first file"
    done[1] = bring(commune, coded(tmp_path / "so4.xlsx", ("H35-1", *files.plain_row(note="bốn")), more), monday)
    done[2] = bring(commune, coded(tmp_path / "so5.xlsx", ("H35-1", *files.plain_row(note="ba"))), monday)
    old_books.take_back(commune, done[1].seq, reason="Nhầm", clerk="truc", now=monday)
    assert [entry.note for entry in everything(commune)] == ["ba"]
    assert checking.verify_chain(commune).holds


@pytest.mark.parametrize("harm", ["DELETE FROM old_entry_void", "INSERT INTO old_entry_void VALUES (2, 1)"])
def test_rows_hidden_or_shown_behind_the_chains_back_are_found(commune, monday, tmp_path, harm):
    bring(commune, coded(tmp_path / "so.xlsx", ("H35-1", *files.plain_row())), monday)
    bring(commune, coded(tmp_path / "sua.xlsx", ("H35-1", *files.plain_row(note="sửa"))), monday)
    assert checking.verify_chain(commune).holds
    commune.database.execute_sql(harm)
    assert checking.verify_chain(commune).faults


def test_rows_that_were_destroyed_are_told_as_one_thing_with_the_hash_over_them(commune, monday, tmp_path):
    rows = (files.plain_row(), files.plain_row(2, "Lò A"))
    done = bring(commune, files.plain_book(tmp_path / "so.xlsx", *rows), monday)
    lines = [f"{content}  dòng sổ cũ {entry.id}" for entry, content, _ in stored.contents(commune)]
    retention.set_months(commune, Kind.OLD_ENTRIES, 1, clerk="quay1", now=monday)
    later = monday + timedelta(days=70)
    retention.destroy(commune, [Kind.OLD_ENTRIES], reason="Hết hạn", clerk="quay1", now=later)
    *_, event = events.walk(commune)
    told = json.loads(event.payload)["kinds"]["old_entries"]["items"]
    digest = sha256("\n".join(sorted(lines)).encode()).hexdigest()
    assert told == [[f"sổ cũ nhập ở sự kiện {done.seq}: 2 dòng", "2026-11-23", digest]]
