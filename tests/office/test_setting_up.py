"""The steps of a new register: read from the register, put off, gone on with; and its hours, which promises follow."""

from dataclasses import replace

import pytest

from desktop.errors import UserError
from desktop.office import (
    backup_locks,
    checking,
    counter,
    lookup,
    opening,
    people,
    setting_up,
    settings,
)
from desktop.office.setting_up import Part, State
from desktop.rules.rights import WORKING

WHO = {"clerk": "quay1"}
OPEN, SKIPPED, DONE = State.OPEN, State.SKIPPED, State.DONE
LATE_HOURS = [("08:00", "12:00"), ("13:00", "16:30")]


@pytest.fixture
def home(tmp_path, monday):
    """The folder of a live register that was just founded in the window."""
    unit = opening.unit_as_printed("03618", "xã Mường Than", practice=False, parent_name="tỉnh Lai Châu")
    opening.init(tmp_path / "new", unit, now=monday, guided=True).close()
    return tmp_path / "new"


@pytest.fixture
def book(home, monday):
    with opening.open_register(home, now=monday) as opened:
        yield opened


def states(book):
    return {step.part: step.state for step in setting_up.steps(book)}


def test_a_new_register_is_at_its_first_step(book):
    assert setting_up.goes_on(book) and setting_up.current(book) is Part.UNIT
    told = states(book)
    assert told.pop(Part.UNIT) is DONE
    assert set(told.values()) == {OPEN}
    assert setting_up.left_over(book) == 7


def test_a_register_that_was_not_founded_in_the_window_reminds_of_nothing(commune, monday):
    assert not setting_up.goes_on(commune)
    assert setting_up.left_over(commune) == 0
    setting_up.put_off(commune, Part.HUB, **WHO, now=monday)
    assert (states(commune)[Part.HUB], setting_up.left_over(commune)) == (SKIPPED, 0)


def test_what_the_register_says_makes_a_step_done(book, monday):
    unit = settings.unit(book)
    done = replace(unit, agency_code="H35.17.28", symbol="-TTHCC")
    settings.change_unit(book, done, **WHO, now=monday)
    settings.change_hours(book, LATE_HOURS, **WHO, now=monday)
    people.add(book, "truc", "Lò Thị Trực", roles=WORKING, **WHO, now=monday)
    settings.change(book, "printers", {"chosen": "Canon", "setups": {}}, **WHO, now=monday)
    backup_locks.set_key(book, "mùa lúa chín vàng bản", **WHO, now=monday)
    told = states(book)
    assert [part for part, state in told.items() if state is not DONE] == [Part.HUB, Part.FIRST]
    assert setting_up.left_over(book) == 1
    words = {step.part: step.words for step in setting_up.steps(book)}
    assert words[Part.CODE] == "H35.17.28" and words[Part.PRINTER] == "Canon" and words[Part.PEOPLE] == "2 người"
    assert words[Part.HOURS] == "Thứ Hai – Thứ Sáu: 08:00–12:00, 13:00–16:30"


@pytest.mark.parametrize("part", Part)
def test_a_cut_at_any_step_is_gone_on_with_there(book, home, monday, part):
    setting_up.put_off(book, Part.HUB, **WHO, now=monday)
    setting_up.agree(book, Part.LINES, **WHO, now=monday)
    setting_up.reach(book, part, **WHO, now=monday)
    book.close()
    with opening.open_register(home, now=monday) as again:
        assert setting_up.goes_on(again) and setting_up.current(again) is part
        told = states(again)
        assert (told[Part.HUB], told[Part.LINES], told[Part.PRINTER]) == (SKIPPED, DONE, OPEN)
        assert checking.verify_chain(again).holds


def test_a_step_put_off_is_settled_later_and_the_other_way_round(book, monday):
    setting_up.put_off(book, Part.HOURS, **WHO, now=monday)
    assert states(book)[Part.HOURS] is SKIPPED
    assert setting_up.agree(book, Part.HOURS, **WHO, now=monday).settings
    setting_up.put_off(book, Part.HOURS, **WHO, now=monday)
    assert states(book)[Part.HOURS] is DONE


def test_who_leaves_the_steps_is_not_led_back_and_who_ends_them_not_reminded(book, monday):
    setting_up.rest(book, **WHO, now=monday)
    assert not setting_up.goes_on(book) and setting_up.left_over(book) == 7
    setting_up.reach(book, Part.CODE, **WHO, now=monday)
    assert setting_up.goes_on(book)
    setting_up.end(book, **WHO, now=monday)
    assert not setting_up.goes_on(book) and setting_up.left_over(book) == 0


def test_the_first_dossier_ends_the_leading(book, monday, correction_form):
    counter.register(book, correction_form, **WHO, now=monday)
    assert not setting_up.goes_on(book)
    assert states(book)[Part.FIRST] is DONE


def test_a_promise_follows_the_hours_of_its_day_and_the_chain_knows_both(book, monday, correction_form):
    before = counter.register(book, correction_form, **WHO, now=monday).code
    settings.change_hours(book, LATE_HOURS, **WHO, now=monday)
    after = counter.register(book, replace(correction_form, key="key-2"), **WHO, now=monday).code
    assert f"{lookup.dossier(book, before).row.due_at:%H:%M}" == "17:00"
    assert f"{lookup.dossier(book, after).row.due_at:%H:%M}" == "16:30"
    assert checking.verify_chain(book).holds


def test_hours_that_are_none_change_nothing(book, monday):
    before = settings.calendar(book).hours
    for wrong in ([], [("12:00", "08:00")], [("08:00", "12:00"), ("11:00", "17:00")], [("sáng", "trưa")]):
        with pytest.raises(UserError) as refused:
            settings.change_hours(book, wrong, **WHO, now=monday)
        assert refused.value.code == "bad_hours"
    assert settings.calendar(book).hours == before
    assert not settings.change_hours(book, [("07:30", "11:30"), ("13:30", "17:00")], **WHO, now=monday)


def test_hours_put_into_the_file_behind_the_program_are_found(book, monday, correction_form):
    settings.change_hours(book, LATE_HOURS, **WHO, now=monday)
    book.database.execute_sql("UPDATE setting SET value = '[[\"07:00\", \"11:00\"]]' WHERE name = 'opening_hours'")
    assert not checking.verify_chain(book).holds
