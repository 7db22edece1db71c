"""What hangs on the wall: rows follow from the events, earlier days can be asked for, whatever was changed is found."""

import hashlib
import itertools
from datetime import timedelta

import peewee
import pytest

from db import postings
from db.vocabulary import EventKind
from tests import granted

TEXTS = {"old": '{"title":"cũ"}', "new": '{"title":"mới"}'}
HASHES = {which: hashlib.sha256(text.encode()).hexdigest() for which, text in TEXTS.items()}
CODE = "1.001193"


@pytest.fixture
def happen(book, now):
    """Record an event of the wall so many days after ``now`` the way the office does; returns its number."""
    keys = map(str, itertools.count())

    def happened(kind, days=0, **payload):
        with book.write():
            for sheet in payload.get("sheets", ()):
                if "sha256" in sheet:
                    which = next(which for which, sha256 in HASHES.items() if sha256 == sheet["sha256"])
                    postings.keep(book, sheet["sha256"], sheet["name"], TEXTS[which])
            at = now + timedelta(days=days)
            event = granted.append(book, kind, payload, at=at, clerk="truc", key=f"wall-{next(keys)}")
            postings.record(book, event, payload)
        return event.seq

    return happened


def sheet(name=CODE, version="old", board="Bảng 1", slot="7"):
    return {"name": name, "sha256": HASHES[version], "size": "A4", "board": board, "slot": slot}


def place(name=CODE, board="Bảng 1", slot="7"):
    return {"name": name, "board": board, "slot": slot}


def hung(sheets):
    return [(one.name, one.sha256, one.board, one.slot) for one in sheets]


def test_a_sheet_hangs_until_another_takes_its_place_or_it_is_taken_down(book, happen):
    happen(EventKind.POST_SHEETS, sheets=[sheet(), sheet("PHAN ANH", board="Cửa", slot="1")])
    happen(EventKind.POST_SHEETS, 1, sheets=[sheet(version="new")])
    assert hung(postings.hanging(book)) == [
        (CODE, HASHES["new"], "Bảng 1", "7"),
        ("PHAN ANH", HASHES["old"], "Cửa", "1"),
    ]
    happen(EventKind.TAKE_DOWN, 2, sheets=[place()])
    assert hung(postings.hanging(book)) == [("PHAN ANH", HASHES["old"], "Cửa", "1")]
    assert postings.last_places(book)[CODE] == ("Bảng 1", "7")
    assert not list(postings.faults(book))


def test_every_earlier_day_says_what_hung_at_its_end(book, happen, now):
    happen(EventKind.POST_SHEETS, 1, sheets=[sheet()])
    happen(EventKind.POST_SHEETS, 3, sheets=[sheet(version="new")])
    happen(EventKind.TAKE_DOWN, 5, sheets=[place()])
    days = [now.date() + timedelta(days=n) for n in range(7)]
    versions = [[one.sha256 for one in postings.hanging_on(book, day)] for day in days]
    old, new = [HASHES["old"]], [HASHES["new"]]
    assert versions == [[], old, old, new, new, [], []]


def test_the_same_sheet_may_hang_in_two_places(book, happen):
    happen(EventKind.POST_SHEETS, sheets=[sheet(), sheet(board="Bảng 2")])
    happen(EventKind.TAKE_DOWN, sheets=[place()])
    assert hung(postings.hanging(book)) == [(CODE, HASHES["old"], "Bảng 2", "7")]


def test_an_undo_hangs_again_what_had_come_down_and_leaves_no_trace_on_the_days(book, happen, now):
    happen(EventKind.POST_SHEETS, sheets=[sheet()])
    slip = happen(EventKind.POST_SHEETS, 1, sheets=[sheet(version="new")])
    happen(EventKind.UNDO_POSTING, 1, undoes=slip)
    assert hung(postings.hanging(book)) == [(CODE, HASHES["old"], "Bảng 1", "7")]
    assert hung(postings.hanging_on(book, now.date() + timedelta(days=1))) == hung(postings.hanging(book))
    down = happen(EventKind.TAKE_DOWN, 2, sheets=[place()])
    happen(EventKind.UNDO_POSTING, 2, undoes=down)
    assert hung(postings.hanging(book)) == [(CODE, HASHES["old"], "Bảng 1", "7")]
    assert not list(postings.faults(book))


def test_a_changed_or_added_row_is_found(book, happen):
    happen(EventKind.POST_SHEETS, sheets=[sheet()])
    with book.write():
        book.database.execute_sql("UPDATE posted_sheet SET slot = '8'")
    assert list(postings.faults(book)) == [f"tờ {CODE}: dòng trong sổ không khớp sự kiện"]
    with book.write():
        book.database.execute_sql("UPDATE posted_sheet SET slot = '7'")
        book.database.execute_sql(
            "INSERT INTO posted_sheet SELECT 2, name, sha256, size, board, '9', posted_at, clerk, posted_by, down_at,"
            " down_by, undone FROM posted_sheet"
        )
    assert len(list(postings.faults(book))) == 1


def test_what_a_posted_sheet_said_can_be_neither_changed_nor_dropped_nor_invented(book, happen):
    happen(EventKind.POST_SHEETS, sheets=[sheet()])
    change = "UPDATE sheet_content SET content = '{}'"
    for statement in (change, "DELETE FROM sheet_content", "DELETE FROM posted_sheet"):
        with pytest.raises(peewee.IntegrityError, match="append-only"), book.write():
            book.database.execute_sql(statement)
    with book.write():
        book.database.execute_sql("DROP TRIGGER sheet_content_no_update")
        book.database.execute_sql(change)
        postings.keep(book, HASHES["new"], "BIA", TEXTS["new"])
    assert sorted(postings.faults(book)) == [
        f"tờ {CODE}: nội dung đã lưu không khớp sự kiện",
        "tờ BIA: nội dung đã lưu không khớp sự kiện",
    ]
