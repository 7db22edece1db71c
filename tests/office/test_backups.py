"""Backups of a working commune: everything in them, locked, in turn, on the stick as well, tried, and brought back."""

import itertools
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from db import backup, events
from db.vocabulary import EventKind
from desktop.errors import RegisterProblem, UserError
from desktop.office import (
    acts,
    attachments,
    backup_locks,
    backup_standing,
    backup_sticks,
    backups,
    checking,
    counter,
    drill,
    issuing,
    lookup,
    losses,
    opening,
    restoring,
    settings,
)

PASSPHRASE = "Chè Shan tuyết đầu mùa"


@pytest.fixture
def take_in(commune, monday, correction_form):
    """Take in a dossier some minutes after nine; returns its code."""

    def register(key, minutes=0):
        at = monday + timedelta(minutes=minutes)
        return counter.register(commune, replace(correction_form, key=key), clerk="truc", now=at).code

    return register


@pytest.fixture
def locked(commune, monday):
    """The commune after its passphrase was set; the recovery code."""
    return backup_locks.set_key(commune, PASSPHRASE, clerk="quay1", now=monday)


@pytest.fixture
def stick(tmp_path):
    """A folder where a stick is mounted."""
    root = tmp_path / "USB"
    root.mkdir()
    return root


def attach(book, code, tmp_path, now):
    file = tmp_path / "quyết định.pdf"
    file.write_bytes(b"%PDF-1.4 vi du")
    with attachments.kept(book, file, now=now) as kept:
        facts = {"note": "thiếu bản chính", "confirmed_by": "quay1"}
        acts.perform(book, code, EventKind.REQUEST_SUPPLEMENT, facts, clerk="truc", now=now, file=kept)


def test_a_sealed_backup_brings_back_register_attachments_and_key(commune, monday, take_in, locked, tmp_path):
    code = take_in("1")
    issuing.receipt_pdf(commune, code, now=monday)
    attach(commune, code, tmp_path, monday)
    made = backups.make(commune, now=monday)
    assert made.sealed and made.path.parent == commune.home / "backups"
    assert "Vàng".encode() not in made.path.read_bytes()
    for number, secret in enumerate((PASSPHRASE, locked.lower())):
        home = tmp_path / f"restored-{number}"
        restoring.restore(made.path, home, secret=secret)
        assert (home / "receipt.key").read_bytes() == (commune.home / "receipt.key").read_bytes()
        if os.name == "posix":
            assert (home / "receipt.key").stat().st_mode & 0o077 == 0
        with opening.open_register(home, now=monday) as other:
            assert checking.verify_chain(other).holds
            assert events.by_seq(other, made.facts.events).hash == made.facts.head
            again = issuing.receipt_pdf(other, code, now=monday)  # papers are drawn from what the register froze
            assert again.path.is_file()


def test_nothing_else_opens_it_and_nothing_is_left_behind(commune, monday, take_in, locked, tmp_path):
    take_in("1")
    made = backups.make(commune, now=monday)
    for secret, code in (("", "needs_passphrase"), ("sai rồi nhé bạn ơi", "wrong_passphrase")):
        with pytest.raises(UserError) as problem:
            restoring.restore(made.path, tmp_path / "new", secret=secret)
        assert problem.value.code == code
    data = bytearray(made.path.read_bytes())
    data[-100] ^= 1
    made.path.write_bytes(data)
    with pytest.raises(RegisterProblem) as broken:
        restoring.restore(made.path, tmp_path / "new", secret=PASSPHRASE)
    assert broken.value.code == "backup_bad"
    assert not (tmp_path / "new").exists()


def test_passphrase_and_code_stand_nowhere_in_the_register(commune, locked):
    with closing(sqlite3.connect(commune.home / "register.sqlite3")) as file:
        text = "\n".join(file.iterdump())
    assert "backup_key" in text
    assert not [secret for secret in (PASSPHRASE, locked, locked.replace("-", "")) if secret in text]


def test_another_passphrase_leaves_earlier_backups_to_their_own(commune, monday, take_in, locked, tmp_path):
    take_in("1")
    first = backups.make(commune, now=monday)
    later = monday + timedelta(days=1)
    backup_locks.set_key(commune, "Ruộng bậc thang mùa lúa chín", clerk="quay1", now=later)
    second = backups.make(commune, now=later)
    restoring.restore(first.path, tmp_path / "a", secret=locked)
    with pytest.raises(UserError):
        restoring.restore(second.path, tmp_path / "b", secret=locked)


def test_without_a_passphrase_a_live_register_gives_nothing_away(commune, monday, take_in, stick, tmp_path):
    take_in("1")
    made = backups.make(commune, now=monday)
    assert not made.sealed, "on its own disk, open as the register beside it"
    for refused in (
        lambda: backups.export(commune, tmp_path / "x.mcsl", clerk="quay1", now=monday),
        lambda: backup_sticks.label(commune, stick, "USB", clerk="quay1", now=monday),
    ):
        with pytest.raises(UserError) as problem:
            refused()
        assert problem.value.code == "needs_passphrase"
    assert not (tmp_path / "x.mcsl").exists() and not list(stick.iterdir())
    restoring.restore(made.path, tmp_path / "restored")
    assert not (tmp_path / "restored" / "receipt.key").exists(), "no key lies open beside what it opens"


def test_a_backup_made_while_dossiers_come_in_is_one_moment(commune, monday, take_in):
    codes = []

    def meanwhile(done, total):
        if len(codes) < 20:
            codes.append(take_in(f"k{len(codes)}", len(codes) + 1))
        return True

    made = backups.make(commune, now=monday + timedelta(hours=2), progress=meanwhile)
    assert codes and made.facts.events < events.head(commune)[0]
    tried = drill.run(commune, now=monday + timedelta(hours=3))
    assert tried.holds and (tried.events, tried.head) == (made.facts.events, made.facts.head)


def test_a_backup_that_is_stopped_leaves_nothing(commune, monday, take_in):
    take_in("1")
    for limit in range(1, 12):
        calls = []

        def tell(done, total, calls=calls, limit=limit):
            calls.append((done, total))
            return len(calls) < limit

        if backups.make(commune, now=monday + timedelta(minutes=limit), progress=tell) is not None:
            break
        assert list((commune.home / "backups").iterdir()) == []
    assert limit > 3, "stopped in copying, packing and reading back"


def test_restoring_tells_how_far_it_is_and_stopped_anywhere_leaves_nothing(commune, live_home, monday, tmp_path):
    place = commune.home / "documents" / "2026" / "11" / attachments._FOLDER
    place.mkdir(parents=True)
    for name in ("a.pdf", "b.pdf"):
        (place / name).write_bytes(os.urandom(2_500_000))
    made, plain = backups.make(commune, now=monday).path, tmp_path / "plain.sqlite3"
    backup.copy(live_home / "register.sqlite3", plain)
    for path in (made, plain):
        for patience in range(30):
            told = []

            def tell(done, total, told=told, patience=patience):
                told.append(done / total)
                return len(told) <= patience

            if restoring.restore(path, tmp_path / f"restored{path.suffix}", progress=tell) is not None:
                break
            assert not (tmp_path / f"restored{path.suffix}").exists()
        assert told == sorted(told) and told[-1] == 1 and patience > 0


def test_what_a_power_cut_left_half_restored_is_gone_with_the_next_restore(commune, live_home, monday):
    made = backups.make(commune, now=monday).path
    half = restoring.beside(live_home, monday)
    half.mkdir()
    (half / "register.unfinished").write_bytes(b"half a register with names in it")
    at = monday + timedelta(minutes=1)
    whole, _ = restoring.bring_beside(commune, made, "", clerk="quay1", now=at)
    assert not half.exists() and whole.exists()
    assert restoring.beside(live_home, at + timedelta(minutes=1)) != whole and whole.exists(), "what is whole stays"


def test_backups_give_way_in_turn(commune, monday, take_in):
    take_in("1")
    settings.change(commune, backups.KEEP, {"daily": 3, "weekly": 2, "monthly": 2}, clerk="quay1", now=monday)
    others = commune.home / "backups" / "sao-luu_XX_20200101-000000.mcsl"
    others.parent.mkdir(exist_ok=True)
    others.write_bytes(b"of another register")
    made = [backups.make(commune, now=monday + timedelta(days=day)).path for day in range(0, 40, 4)]
    stay = [path for path in made if path.exists()]
    assert stay[-3:] == made[-3:] and 3 <= len(stay) <= 7
    assert others.exists()


def test_backups_of_a_clock_that_was_ahead_neither_shed_todays_nor_stand_for_it(commune, monday, take_in):
    take_in("1")
    settings.change(commune, backups.KEEP, {"daily": 2, "weekly": 1, "monthly": 1}, clerk="quay1", now=monday)
    for day in range(4):
        ahead = backups.make(commune, now=monday + timedelta(days=1500 + day))
    standing = backup_standing.standing(commune)
    drill.run(commune, now=monday + timedelta(days=1503))
    assert backup_standing.is_due(standing, monday)
    today = backups.make(commune, now=monday)
    assert today.path.exists() and ahead.path.exists()
    standing = backup_standing.standing(commune)
    assert (standing.made_at, standing.path) == (monday, today.path)
    assert not backup_standing.is_due(standing, monday) and drill.is_due(standing, monday)


def test_what_a_power_cut_left_is_gone_with_the_next_backup(commune, monday, take_in):
    take_in("1")
    place = commune.home / "backups"
    place.mkdir()
    for name in ("20261122-070000.copy", "20261122-070000.part", "sao-luu_MT_20261122-070000.mcsl.part"):
        (place / name).write_bytes(b"half")
    (place / "thu-abc").mkdir()
    made = backups.make(commune, now=monday)
    drill.run(commune, now=monday)
    assert [path.name for path in place.iterdir()] == [made.path.name]


def test_the_trial_needs_nobody_and_finds_what_is_wrong(commune, monday, take_in, locked):
    with pytest.raises(UserError) as problem:
        drill.run(commune, now=monday)
    assert problem.value.code == "no_backup"
    take_in("1")
    made = backups.make(commune, now=monday)
    assert drill.is_due(backup_standing.standing(commune), monday)
    tried = drill.run(commune, now=monday)
    assert tried.holds and tried.events == made.facts.events
    standing = backup_standing.standing(commune)
    assert (standing.drilled_at, standing.drilled, standing.fault) == (monday, monday, "")
    assert not drill.is_due(standing, monday + timedelta(days=1)), "the same backup is not tried twice"
    data = bytearray(made.path.read_bytes())
    data[-50] ^= 4
    made.path.write_bytes(data)
    assert not drill.run(commune, now=monday).holds
    assert backup_standing.standing(commune).fault


def test_a_trial_that_is_asked_to_stop_tells_nothing_and_leaves_nothing(commune, monday, take_in):
    for number in range(5):
        take_in(str(number), number)
    backups.make(commune, now=monday + timedelta(minutes=9))
    for patience in range(12):
        answers = itertools.chain(itertools.repeat(True, patience), itertools.repeat(False))
        tried = drill.run(commune, now=monday + timedelta(hours=1), going_on=partial(next, answers))
        assert len(list((commune.home / "backups").iterdir())) == 1
        if tried is not None:
            break
        assert backup_standing.standing(commune).drilled_at is None
    assert patience > 0


def test_a_register_that_was_bent_before_its_backup_fails_the_trial(commune, monday, take_in):
    take_in("1")
    with closing(sqlite3.connect(commune.home / "register.sqlite3")) as file:
        file.execute("UPDATE dossier SET due_at = '2027-01-01T17:00:00+07:00'")
        file.commit()
    backups.make(commune, now=monday)
    assert drill.run(commune, now=monday).faults == ("hồ sơ TN-MT-261123-0001: dòng trong sổ không khớp sự kiện",)


def test_losses_name_what_came_after_the_backup(commune, monday, take_in, tmp_path):
    old = take_in("1")
    made = backups.make(commune, now=monday)
    assert _lost(commune, made, tmp_path / "same", monday).nothing
    new = take_in("2", 5)
    later = monday + timedelta(minutes=6)
    acts.perform(commune, old, EventKind.WITHDRAW, {"note": "đổi ý"}, clerk="truc", now=later)
    issuing.record_print(commune, new, printer="HP", copies=1, outcome="sent", clerk="truc", now=later)
    lost = _lost(commune, made, tmp_path / "before", later)
    assert (lost.dossiers, lost.changed, lost.printed) == ((new,), (old,), 1)
    assert lost.kinds == {"register": 1, "withdraw": 1, "print": 1}
    assert (lost.ours, lost.theirs, lost.shared) == (3, 0, made.facts.events)
    words = " ".join(losses.loss_words(lost))
    assert new in words and old in words and "Mất 3 việc đã ghi sau bản sao lưu" in words


def test_losses_tell_a_fork_and_another_register(commune, practice_home, monday, take_in, correction_form, tmp_path):
    take_in("1")
    made = backups.make(commune, now=monday)
    restoring.restore(made.path, tmp_path / "fork")
    with opening.open_register(tmp_path / "fork", now=monday) as fork:
        counter.register(fork, replace(correction_form, key="there"), clerk="truc", now=monday)
    take_in("here", 5)
    forked = losses.losses(commune, tmp_path / "fork", now=monday)
    assert forked.shared == made.facts.events and forked.ours == 1 and forked.theirs == 3
    words = " ".join(losses.loss_words(forked))
    assert "Bản sao lưu cũng có 3 việc mà sổ đang dùng không có" in words
    assert "sự kiện" not in words and "rẽ nhánh" not in words
    assert not losses.losses(commune, practice_home, now=monday).same


def _lost(book, made, home, now):
    restoring.restore(made.path, home)
    return losses.losses(book, home, now=now)


def test_the_restored_folder_takes_the_place_and_the_old_one_is_kept(commune, monday, take_in, tmp_path):
    take_in("1")
    home = commune.home
    made = backups.make(commune, now=monday)
    lost = take_in("2", 1)
    restored = tmp_path / "restored"
    restoring.restore(made.path, restored)
    commune.close()
    kept = restoring.put_in_place(home, restored, now=monday)
    assert not restored.exists() and kept.parent == home.parent
    with opening.open_register(home, now=monday) as book:
        assert lookup.count(book) == 1
    with opening.open_register(kept, now=monday) as book:
        assert lookup.dossier(book, lost).row.code == lost


@pytest.mark.parametrize("reached", ["before", "between", "after"])
def test_a_power_cut_while_folders_change_places_leaves_a_register(live_home, practice_home, monday, reached):
    ready = live_home.with_name(f"{live_home.name}-thay-the")
    Path(practice_home).rename(ready)
    if reached == "between":
        live_home.rename(live_home.with_name("live-truoc"))
    if reached == "after":
        live_home.rename(live_home.with_name("live-truoc"))
        ready.rename(live_home)
    with opening.open_register(live_home, now=monday) as book:
        assert book.practice is (reached != "before")


def test_no_register_is_founded_where_a_restored_one_is_about_to_stand(live_home, monday):
    live_home.rename(live_home.with_name(f"{live_home.name}-thay-the"))
    with pytest.raises(RegisterProblem, match="đã có sổ"):
        opening.init(live_home, opening.unit_as_printed("TV", "xã Tả Văn", practice=False), now=monday)
    with opening.open_register(live_home, now=monday) as book:
        assert settings.unit(book).code == "MT"


def test_what_a_power_cut_left_of_a_swap_is_no_obstacle_to_the_next(commune, live_home, tmp_path, monday):
    """It fell before the register in use was moved; what was to take its place is kept and used by nobody."""
    made = backups.make(commune, now=monday)
    commune.close()
    for name in ("one", "two"):
        restoring.restore(made.path, tmp_path / name)
    (tmp_path / "one").rename(live_home.with_name(f"{live_home.name}-thay-the"))
    restoring.put_in_place(live_home, tmp_path / "two", now=monday)
    opening.open_register(live_home, now=monday).close()
    assert sorted(path.name.split("-")[1] for path in live_home.parent.glob("live-*")) == ["khoi", "truoc"]


@pytest.mark.skipif(os.name != "posix", reason="a name that leads nowhere is a link of POSIX")
def test_a_swap_that_the_disk_does_not_let_be_completed_is_refused_in_one_sentence(live_home, monday):
    ready = live_home.with_name(f"{live_home.name}-thay-the")
    live_home.rename(ready)
    live_home.symlink_to(live_home.with_name("nowhere"))
    with pytest.raises(RegisterProblem, match="Chưa thay được thư mục sổ"):
        restoring.finish_interrupted(live_home)
    live_home.unlink()
    restoring.finish_interrupted(live_home)
    opening.open_register(live_home, now=monday).close()


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_backups_and_what_is_brought_back_are_read_by_nobody_else(commune, take_in, tmp_path, monday):
    def mode(path):
        return path.stat().st_mode & 0o777

    take_in("one")
    made = backups.make(commune, now=monday)
    assert (mode(made.path), mode(made.path.parent)) == (0o600, 0o700)
    assert restoring.restore(made.path, tmp_path / "restored")
    seen = {mode(path) for path in (tmp_path / "restored").rglob("*") if path.is_file()}
    assert (seen, mode(tmp_path / "restored")) == ({0o600}, 0o700)
