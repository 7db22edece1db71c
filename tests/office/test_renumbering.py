"""After a restore no number comes twice that the lost time may have printed, and everybody is told why numbers jump."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from db import issued, numbers
from db.vocabulary import DocumentKind
from desktop.gui import handover_case
from desktop.office import (
    backups,
    checking,
    counter,
    drill,
    issuing,
    lookup,
    machine_care,
    opening,
    renumbering,
    restoring,
    rights,
)
from desktop.office.disk_protection import Protection, State


@pytest.fixture
def take_in(correction_form):
    """Take in a dossier at a register; its code, entry in the book and receipt."""

    def register(book, key, at):
        code = counter.register(book, replace(correction_form, key=key), clerk="truc", now=at).code
        detail = lookup.dossier(book, code)
        entry = book.database.execute_sql("SELECT entry_no FROM dossier WHERE code = ?", (code,)).fetchone()[0]
        return code, entry, detail.documents[0]

    return register


def _jumps(book):
    return [
        json.loads(payload)["value"]
        for (payload,) in book.database.execute_sql("SELECT payload FROM event WHERE kind = 'change_setting'")
        if json.loads(payload)["name"] == numbers.SETTING
    ]


def test_nothing_that_the_lost_day_printed_is_given_again(commune, live_home, monday, take_in, tmp_path):
    take_in(commune, "kept", monday)
    made = backups.make(commune, now=monday)
    tuesday = monday + timedelta(days=1)
    lost = [take_in(commune, f"lost {n}", tuesday + timedelta(minutes=n)) for n in range(3)]
    restoring.restore(made.path, tmp_path / "restored")
    commune.close()
    now = tuesday + timedelta(hours=1)
    restoring.put_in_place(live_home, tmp_path / "restored", now=now)
    with opening.open_register(live_home, now=now) as book:
        code, entry, paper = take_in(book, "after", now)
        assert (lost[0][0], lost[0][1], lost[0][2].number) == ("TN-MT-261124-0001", 2, "02")
        assert (code, entry, paper.number) == ("TN-MT-261124-0501", 1101, "1101")
        again = take_in(book, "next", now)
        assert (again[0], again[1], again[2].number) == ("TN-MT-261124-0502", 1102, "1102")
        assert issued.next_number(book, DocumentKind.SUPPLEMENT, 2026) == 1001
        wednesday = now + timedelta(days=1)
        assert take_in(book, "wednesday", wednesday)[:2] == ("TN-MT-261125-0001", 1103)
        assert checking.verify_chain(book).holds


def test_it_jumps_once_in_an_event_of_the_program_however_often_it_is_opened(commune, monday, take_in, tmp_path):
    take_in(commune, "kept", monday)
    home, now = tmp_path / "restored", monday + timedelta(minutes=5)
    restoring.restore(backups.make(commune, now=monday).path, home)
    before = (home / renumbering.MARK_FILE).read_bytes()
    for _ in range(2):
        with opening.open_register(home, now=now) as book:
            (told,) = _jumps(book)
            assert (told["at"], told["last_event_at"]) == (now.isoformat(), monday.isoformat())
            floors = told["floors"]
            assert (floors["2026-11-23"], floors["2026"], floors["2026 refusal"]) == (600, 600, 500)
            rows = book.database.execute_sql("SELECT clerk FROM event WHERE payload LIKE '%numbers_after%'").fetchall()
            assert rows == [(rights.PROGRAM,)]
        assert not (home / renumbering.MARK_FILE).exists()
        (home / renumbering.MARK_FILE).write_bytes(before)  # the power failed after the commit


def test_a_second_restore_goes_on_above_the_first(commune, monday, tmp_path):
    restoring.restore(backups.make(commune, now=monday).path, tmp_path / "one")
    with opening.open_register(tmp_path / "one", now=monday) as one:
        made = backups.make(one, now=monday)
    restoring.restore(made.path, tmp_path / "two")
    with opening.open_register(tmp_path / "two", now=monday) as two:
        assert [told["floors"]["2026"] for told in _jumps(two)] == [500, 1000]


def test_a_new_year_counts_its_own_days_alone(commune, monday, take_in, tmp_path):
    take_in(commune, "kept", monday)
    restoring.restore(backups.make(commune, now=monday).path, tmp_path / "one")
    second = monday.replace(year=2027, month=1, day=4)
    with opening.open_register(tmp_path / "one", now=second) as book:
        assert (numbers.of_book(book, 2027), numbers.of_book(book, 2026)) == (2000, 0)


@pytest.fixture
def old_backup(commune, monday, tmp_path):
    """On a stick, of a register that is closed since."""
    path = backups.make(commune, now=monday).path
    commune.close()
    return path.rename(tmp_path / path.name)


@pytest.fixture
def put_back(live_home, tmp_path):
    """Let a backup take the live register's place, which is closed; the register then."""

    def bring(path, at):
        restored = tmp_path / f"restored-{at:%d-%H%M%S}"
        restoring.restore(path, restored)
        restoring.put_in_place(live_home, restored, now=at)
        return opening.open_register(live_home, now=at)

    return bring


def _numbers(taken):
    code, entry, paper = taken
    return code, entry, paper.number


def test_the_same_old_backup_brought_back_again_gives_no_number_again(old_backup, monday, take_in, put_back):
    given, at = [], monday
    for span in (timedelta(minutes=1), timedelta(minutes=2), timedelta(days=1)):
        at += span
        with put_back(old_backup, at) as book:
            given += [_numbers(take_in(book, f"{at} {n}", at)) for n in range(2)]
            supplement = issued.next_number(book, DocumentKind.SUPPLEMENT, 2026)
            assert checking.verify_chain(book).holds
    assert [len(set(series)) for series in zip(*given, strict=True)] == [6, 6, 6]
    assert [entry for _, entry, _ in given] == [501, 502, 601, 602, 1001, 1002]
    assert supplement == 1001


def test_a_register_that_gave_nothing_hands_on_what_it_was_told(old_backup, monday, take_in, put_back):
    with put_back(old_backup, monday + timedelta(minutes=1)) as book:
        assert _numbers(take_in(book, "own", monday + timedelta(minutes=1)))[1] == 501
    for minutes in (2, 3):
        with put_back(old_backup, monday + timedelta(minutes=minutes)) as book:
            assert numbers.of_book(book, 2026) == 600


def test_days_that_a_wrong_clock_gave_numbers_of_are_not_begun_anew(commune, monday, take_in, put_back):
    path = backups.make(commune, now=monday).path
    ahead = monday.replace(year=2027, month=1, day=5)
    lost = [_numbers(take_in(commune, at.isoformat(), at)) for at in (monday + timedelta(days=30), ahead)]
    commune.close()
    with put_back(path, monday) as book:
        assert _numbers(take_in(book, "own", monday))[1] == 501
        again = [_numbers(take_in(book, f"again {at}", at)) for at in (monday + timedelta(days=30), ahead)]
    assert again[1][1] == 101
    assert not {code for code, _, _ in lost} & {code for code, _, _ in again}


def test_a_register_that_cannot_be_read_keeps_no_backup_from_taking_its_place(old_backup, live_home, monday, put_back):
    (live_home / "register.sqlite3").write_bytes(b"torn")
    with put_back(old_backup, monday) as book:
        assert numbers.of_book(book, 2026) == 500


def test_a_plain_copy_and_a_spoilt_mark_jump_too(commune, live_home, monday, tmp_path):
    from db import backup

    backup.copy(live_home / "register.sqlite3", tmp_path / "copy.sqlite3")
    restoring.restore(tmp_path / "copy.sqlite3", tmp_path / "one")
    (tmp_path / "one" / renumbering.MARK_FILE).write_bytes(b"\0")
    for _ in range(2):
        with opening.open_register(tmp_path / "one", now=monday) as book:
            assert len(_jumps(book)) == 1


def test_neither_a_drill_nor_a_refused_restore_makes_a_register_jump(commune, live_home, monday, tmp_path):
    made = backups.make(commune, now=monday)
    assert drill.run(commune, now=monday).holds
    with pytest.raises(Exception, match="đã có sổ"):
        restoring.restore(made.path, live_home)
    assert not (live_home / renumbering.MARK_FILE).exists()
    spoilt = tmp_path / "spoilt.mcsl"
    spoilt.write_bytes(made.path.read_bytes()[:-200])
    (tmp_path / "new").mkdir()
    with pytest.raises(Exception, match="sao lưu"):
        restoring.restore(spoilt, tmp_path / "new")
    assert not (tmp_path / "new" / renumbering.MARK_FILE).exists() and _jumps(commune) == []


def test_the_clerk_is_told_for_a_week(commune, monday, tmp_path):
    restoring.restore(backups.make(commune, now=monday).path, tmp_path / "one")
    off = Protection(State.ON, "")
    with opening.open_register(tmp_path / "one", now=monday) as book:
        said = machine_care.look(book, now=monday, protection=off).cautions[0]
        assert said.on_home and "ghi tiếp từ số 501" in said.words and "ngày 23/11/2026 từ 0501" in said.words
        assert "việc sau 07:01 Thứ Hai 23/11/2026 không có trong sổ, ghi lại từ giấy đã in" in said.words
        assert renumbering.last_time(book, now=monday + timedelta(days=8)) is None


def test_a_sealed_paper_of_the_lost_time_is_not_the_registers_own(commune, monday, take_in, tmp_path):
    """As registers did that were restored before numbers jumped: one code, two citizens, both sealed."""
    made = backups.make(commune, now=monday)
    lost = take_in(commune, "lost", monday)
    restoring.restore(made.path, tmp_path / "one")
    (tmp_path / "one" / renumbering.MARK_FILE).unlink()
    with opening.open_register(tmp_path / "one", now=monday) as book:
        unknown = issuing.verify_receipt(book, lost[2].content["qr_text"])
        assert (unknown.verdict, unknown.lost) == ("genuine", True)
        assert "mất khi sổ khôi phục" in handover_case.verdict_said(unknown).text
        own = take_in(book, "own", monday + timedelta(hours=8))
        assert own[0] == lost[0]
        texts = [paper.content["qr_text"] for _, _, paper in (lost, own)]
        found = [issuing.verify_receipt(book, text) for text in texts]
        assert [(one.verdict, one.differs) for one in found] == [("superseded", True), ("genuine", False)]
        assert "sổ giữ một giấy khác" in handover_case.verdict_said(found[0]).text
