"""People found in the register by number, name or phone: each once, with their dossiers counted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.office import citizens, counter, lookup


@pytest.fixture
def take(commune, monday, correction_form):
    """Take in a dossier of a person a minute after the one before; its code."""
    minutes = iter(range(100))

    def register(name: str, id_number: str = "", phone: str = "", **changed) -> str:
        minute = next(minutes)
        person = replace(correction_form.applicant, name=name, id_number=id_number, phone=phone, gender="")
        form = replace(correction_form, key=f"key-{minute}", applicant=person, **changed)
        return counter.register(commune, form, clerk="truc", now=monday + timedelta(minutes=minute)).code

    return register


@pytest.fixture
def three(take):
    """One person twice, a namesake, somebody without a number twice by one phone; the code of the first dossier."""
    code = take("Vàng Thị Ví Dụ", "012195000002", "0987000001")
    take("Vàng Thị Ví Dụ", "012190000009", "0987000009")
    take("Lò Văn Thử", phone="0912000003")
    take("Vàng Thị Ví Dụ", "012195000002", "0987000002")
    take("Lò Văn Thử", phone="0912000003")
    return code


def told(commune, text: str, **limits) -> list[tuple[str, str, int]]:
    return [(one.name, one.id_number, one.dossiers) for one in citizens.found(commune, text, **limits)]


def test_namesakes_are_told_apart_by_their_numbers_and_who_came_last_stands_first(commune, three):
    assert told(commune, "vang thi") == [("Vàng Thị Ví Dụ", "012195000002", 2), ("Vàng Thị Ví Dụ", "012190000009", 1)]


@pytest.mark.parametrize("text", ["012195000002", "0121 9500 0002", "0002 vi du", "0987 000 002"])
def test_a_number_its_end_or_a_phone_finds_the_person(commune, monday, three, text):
    (person,) = citizens.found(commune, text)
    assert (person.id_number, person.phone, person.last_on) == ("012195000002", "0987000002", monday.date())


def test_without_a_number_name_and_phone_make_the_person(commune, three):
    assert told(commune, "thu lo") == [("Lò Văn Thử", "", 2)]


def test_a_code_and_nothing_at_all_find_nobody(commune, three):
    assert lookup.find(commune, three)
    assert told(commune, three) == told(commune, "261123") == told(commune, "  ") == told(commune, "xyz") == []


def test_only_the_last_few_are_told(commune, take):
    for nth in range(5):
        take(f"Giàng Thị Giả Định {nth}", f"01230300000{nth}")
    assert [name for name, *_ in told(commune, "giang", limit=2)] == ["Giàng Thị Giả Định 4", "Giàng Thị Giả Định 3"]
