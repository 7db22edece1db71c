"""Closing a day: what is sealed, what must be answered, what stays, and what nobody can change afterwards."""

import json
import sqlite3
from contextlib import closing as closed
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.errors import UserError
from desktop.office import acts, checking, closing, counter, day_sheets, opening, rights, signing_in
from desktop.rules import periods
from desktop.rules.statistics import Line

MONDAY = date(2026, 11, 23)


@pytest.fixture
def taken(commune, correction_form, monday):
    """A dossier received on Monday, due on Friday."""
    return counter.register(commune, correction_form, clerk="truc", now=monday)


def at(monday, days, hour=17):
    return (monday + timedelta(days=days)).replace(hour=hour, minute=0)


def test_a_closed_day_keeps_its_figures_and_gets_a_code(commune, taken, monday):
    sealed = closing.close_day(commune, MONDAY, clerk="truc", now=at(monday, 0))
    assert (sealed.day, sealed.revision, sealed.clerk, sealed.is_late) == (MONDAY, 1, "truc", False)
    assert sealed.table.total == Line(1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0)
    assert len(sealed.code) == 9 and sealed.code[4] == "-"
    assert closing.latest(commune, MONDAY) == sealed == closing.newest(commune)
    assert not checking.verify_chain(commune).faults


def test_closing_again_with_nothing_new_gives_what_stands(commune, taken, monday):
    sealed = closing.close_day(commune, MONDAY, clerk="truc", now=at(monday, 0))
    assert closing.close_day(commune, MONDAY, clerk="truc", now=at(monday, 0, 18)) == sealed
    assert len(closing.between(commune, MONDAY, MONDAY)) == 1


def test_a_day_that_went_on_gets_a_new_revision_with_its_reason(commune, taken, correction_form, monday):
    first = closing.close_day(commune, MONDAY, clerk="truc", now=at(monday, 0, 16))
    other = replace(correction_form, key="key-2", duplicate_reason="hai giấy khai sinh")
    counter.register(commune, other, clerk="truc", now=at(monday, 0))
    with pytest.raises(UserError) as refused:
        closing.close_day(commune, MONDAY, clerk="truc", now=at(monday, 0, 18))
    assert refused.value.code == "revision_without_reason"
    second = closing.close_day(commune, MONDAY, clerk="truc", now=at(monday, 0, 18), reason="tiếp nhận thêm sau 16 giờ")
    assert (second.revision, second.content["before"], second.table.total.received_total) == (2, first.code, 2)
    assert closing.between(commune, MONDAY, MONDAY) == (first, second)
    assert not checking.verify_chain(commune).faults


def test_an_overdue_dossier_is_answered_for_or_the_day_stays_open(commune, taken, monday):
    saturday = at(monday, 5)
    with pytest.raises(UserError) as refused:
        closing.close_day(commune, saturday.date(), clerk="truc", now=saturday)
    assert refused.value.code == "unanswered" and refused.value.facts["dossiers"] == [taken.code]
    answers = {taken.code: "chờ xác minh ở xã Mường Mít"}
    sealed = closing.close_day(commune, saturday.date(), clerk="truc", now=saturday, answers=answers)
    assert sealed.content["silent"] == answers and sealed.table.total.pending_overdue == 1
    sunday = closing.close_day(commune, saturday.date() + timedelta(days=1), clerk="truc", now=at(monday, 6))
    assert sunday.content["silent"] == answers
    acts.perform(commune, taken.code, "apologise", {"note": "xin lỗi"}, clerk="truc", now=at(monday, 7, 8))
    assert closing.close_day(commune, MONDAY + timedelta(7), clerk="truc", now=at(monday, 7)).content["silent"] == {}


def test_no_day_is_closed_in_the_name_of_who_has_not_signed_in(commune, taken, monday):
    signing_in.begin(commune, "quay1", "mưa rừng ngõ vắng", now=at(monday, 0, 10))
    signing_in.sign_out(commune, "quay1")
    (sealed,) = closing.close_missed(commune, clerk="quay1", now=at(monday, 1, 8))
    assert sealed.is_late and sealed.clerk == rights.PROGRAM
    (sheet,) = day_sheets.contents(commune, periods.free(MONDAY, MONDAY), now=at(monday, 1, 9))
    assert rights.PROGRAM not in {signer.name for signer in sheet.sections[-1].signers}, "a person signs"
    signing_in.sign_in(commune, "quay1", "mưa rừng ngõ vắng", now=at(monday, 2, 9))
    made = closing.close_missed(commune, clerk="quay1", now=at(monday, 3, 8))
    assert made[-1].clerk == "quay1"
    assert checking.verify_chain(commune).faults == ()


def test_missed_days_close_themselves_marked_late(commune, taken, monday):
    made = closing.close_missed(commune, clerk="truc", now=at(monday, 7, 8))
    days = [sealed.day for sealed in made]
    assert days == [MONDAY + timedelta(days=n) for n in (0, 2, 3, 4)]  # 24/11 is a holiday, then a weekend
    assert all(sealed.is_late and sealed.content["reason"] == closing.MISSED for sealed in made)
    assert made[-1].content["silent"] == {taken.code: closing.NOT_ANSWERED}
    assert closing.close_missed(commune, clerk="truc", now=at(monday, 7, 9)) == ()
    assert closing.to_answer(commune, at(monday, 7, 9)) == (taken.code,), "a day that closed itself answered nothing"
    with pytest.raises(UserError):
        closing.close_day(commune, MONDAY + timedelta(days=7), clerk="truc", now=at(monday, 7, 9))
    assert not checking.verify_chain(commune).faults


def test_a_day_that_went_on_is_closed_anew_at_the_next_start(commune, taken, correction_form, monday):
    closing.close_day(commune, MONDAY, clerk="truc", now=at(monday, 0, 16))
    other = replace(correction_form, key="key-2", duplicate_reason="hai giấy khai sinh")
    counter.register(commune, other, clerk="truc", now=at(monday, 0))
    (sealed,) = closing.close_missed(commune, clerk="truc", now=at(monday, 1, 8))
    assert (sealed.day, sealed.revision, sealed.content["reason"]) == (MONDAY, 2, closing.WENT_ON)


@pytest.mark.parametrize(("days", "code"), [(1, "day_in_future"), (-1, "before_register")])
def test_days_that_cannot_be_closed(commune, taken, monday, days, code):
    with pytest.raises(UserError) as refused:
        closing.close_day(commune, MONDAY + timedelta(days=days), clerk="truc", now=at(monday, 0))
    assert refused.value.code == code
    assert closing.newest(commune) is None


@pytest.mark.parametrize("part", ["lines", "list_sha256", "silent"])
def test_a_seal_that_was_rewritten_with_every_hash_is_found(live_home, commune, taken, monday, part):
    """The rest of the chain is made to fit; only the figures do not follow, or the code on the signed sheet."""
    closing.close_day(commune, MONDAY, clerk="truc", now=at(monday, 0))
    commune.close()
    with closed(sqlite3.connect(live_home / "register.sqlite3")) as file:
        file.execute("DROP TRIGGER event_no_update")
        seq, dossier, kind, moment, clerk, key, payload, prev = file.execute(
            "SELECT seq, dossier, kind, at, clerk, key, payload, prev FROM event ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        told = json.loads(payload)
        told[part] = {"lines": [], "list_sha256": "0" * 64, "silent": {"TN-MT-261123-0001": "bịa"}}[part]
        if part != "silent":
            told["code"] = closing.short_code(told)
        from db.events import StoredEvent, canonical

        event = StoredEvent(seq, dossier, kind, moment, clerk, key, canonical(told), prev, "")
        file.execute(
            "UPDATE event SET payload = ?, hash = ? WHERE seq = ?", (event.payload, event.computed_hash(), seq)
        )
        file.commit()
    with opening.open_register(live_home, now=at(monday, 0, 18)) as book:
        assert checking.verify_chain(book).faults


def test_a_practice_day_ahead_of_the_clock_is_not_closed_before_it_came(practice_home, correction_form, monday):
    with opening.open_register(practice_home, now=monday) as book:
        taken = counter.register(book, correction_form, clerk="truc", now=at(monday, 2, 9))
        sealed = closing.close_day(book, date(2026, 11, 25), clerk="truc", now=monday)
    assert sealed.at == taken.received_at == at(monday, 2, 9), "or no hub would believe it"


def test_idle_working_days_are_missed_days_too(commune, taken, monday):
    """A day on which nothing came and nothing stood open is a day of the commune all the same, and closed."""
    acts.perform(commune, taken.code, "finish", {}, clerk="truc", now=at(monday, 0))
    made = closing.close_missed(commune, clerk="truc", now=at(monday, 4, 8))
    assert [sealed.day for sealed in made] == [MONDAY + timedelta(days=n) for n in (0, 2, 3)]
    assert closing.close_missed(commune, clerk="truc", now=at(monday, 4, 9)) == ()


def test_a_clerk_who_writes_meanwhile_does_not_stop_missed_days(commune, taken, correction_form, monday):
    """The moment was taken when the work began; by the time it writes, somebody has registered something later."""
    began = at(monday, 7, 8)
    asked = []

    def step(done, of):
        other = replace(correction_form, key=f"key-{done + 2}", duplicate_reason="hai giấy khai sinh")
        counter.register(commune, other, clerk="truc", now=began + timedelta(seconds=30 + done))
        asked.append((done, of))
        return True

    made = closing.close_missed(commune, clerk="truc", now=began, step=step)
    assert asked == [(done, 4) for done in range(4)] and len(made) == 4
    assert [sealed.at for sealed in made] == [began + timedelta(seconds=30 + done) for done in range(4)]
    assert not checking.verify_chain(commune).faults


def test_missed_days_may_be_closed_in_two_sittings(commune, taken, monday):
    first = closing.close_missed(commune, clerk="truc", now=at(monday, 7, 8), step=lambda done, _of: done < 2)
    rest = closing.close_missed(commune, clerk="truc", now=at(monday, 7, 9))
    days = [sealed.day for sealed in (*first, *rest)]
    assert len(first) == 2 and days == [MONDAY + timedelta(days=n) for n in (0, 2, 3, 4)]
