"""The file for whoever helps from afar says how the register is, and names nobody in it."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from db.vocabulary import EventKind
from desktop.office import acts, counter, crashes, demo, diagnostics, lookup, opening, people, settings
from desktop.rules.text import fold

TOLD = {"READ-ME.txt", "machine.json", "program.json", "register.json", "timings.json", "last-crash.json"}
#: Fields of a form that somebody wrote about a person.
PERSONAL = ("name", "id_number", "phone", "address", "residence", "email", "organisation", "birth_date")


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def said_of_people(book):
    """Everything that the register knows of citizens and of those who work here, as it is stored and without marks."""
    said = {clerk.full_name for clerk in people.everyone(book)}
    for row in lookup.page(book, limit=1000):
        detail = lookup.dossier(book, row.code)
        said |= {row.code, row.official_code or ""}
        for event in detail.events:
            form = event.payload.get("form", {})
            for person in (form.get("applicant"), form.get("principal")):
                said |= {person.get(field, "") for field in PERSONAL} if person else set()
            said |= {form.get("note", ""), event.note, *map(str, event.payload.get("facts", {}).values())}
    said |= {fold(text) for text in said} | {part for text in said for part in text.split(", ")}
    return {text for text in said if (len(text) >= 6 and not text.isascii()) or len(text) >= 9}


@pytest.fixture
def populated(tmp_path, monday):
    """A practice register with three days of invented people, one of whom brought mistakes and a mishap."""
    made = demo.make(tmp_path / "demo", days=3, per_day=8, seed=3, now=monday, tell=lambda _line: None)
    with opening.open_register(made.data, now=monday) as book:
        yield book


def test_no_byte_of_it_names_anybody(populated, monday):
    try:
        raise ValueError(f"không đọc được hồ sơ của {lookup.page(populated, limit=1)[0].applicant}")
    except ValueError as error:
        crashes.keep(populated.home, error, now=monday)
    people_known = said_of_people(populated)
    assert len(people_known) > 40

    data = diagnostics.bundle(populated, now=monday)

    texts = members(data)
    assert set(texts) == TOLD
    for name, text in texts.items():
        plain = json.dumps(json.loads(text), ensure_ascii=False) if name.endswith(".json") else text
        found = {said for said in people_known if said in text or said in plain or said in fold(plain)}
        assert not found, name
    assert str(populated.home) not in "".join(texts.values())
    assert not {said for said in people_known if said.encode() in data}


def test_the_scan_would_find_a_name(populated):
    known = said_of_people(populated)
    row = lookup.page(populated, limit=1)[0]
    assert {row.applicant, fold(row.applicant), row.id_number} <= known


def test_it_says_how_the_register_is(commune, correction_form, monday):
    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    acts.perform(commune, code, EventKind.FINISH, {}, clerk="truc", now=monday + timedelta(minutes=1))
    settings.change(commune, "look", "dark", clerk="quay1", now=monday + timedelta(minutes=2))

    told = json.loads(members(diagnostics.bundle(commune, now=monday))["register.json"])

    assert told["pragmas"]["quick_check"] == "ok" and told["pragmas"]["journal_mode"] == "wal"
    assert told["tables"]["dossier"] == 1 and told["events"]["finish"] == 1
    assert told["settings"]["look"] == "dark" and told["setting_sizes"]["unit"] > 0
    assert told["chain"]["faults"] == 0 and told["folder"]["register"]["bytes"] > 0


def test_a_mistake_is_kept_by_its_places_and_the_newest_only(tmp_path, monday):
    def fails(name):
        raise KeyError(name)

    for name in ("Vàng Thị Ví Dụ", "012195000002"):
        try:
            try:
                fails(name)
            except KeyError as error:
                raise RuntimeError(f"hỏng khi đọc {name}") from error
        except RuntimeError as error:
            crashes.keep(tmp_path, error, now=monday)

    kept = crashes.last(tmp_path)
    text = json.dumps(kept, ensure_ascii=False)
    assert [error["type"] for error in kept["errors"]] == ["RuntimeError", "KeyError"]
    assert kept["errors"][1]["frames"][-1]["function"] == "fails"
    assert "Vàng" not in text and "012195000002" not in text and str(tmp_path.parent) not in text


def test_a_register_that_does_not_open_is_told_by_its_code(tmp_path, monday):
    texts = members(diagnostics.without_register(tmp_path, "register_corrupt", now=monday))

    assert json.loads(texts["register.json"]) == {"trouble": "register_corrupt"}
    assert json.loads(texts["machine.json"])["processors"]


def test_it_can_be_stopped(commune, monday):
    assert diagnostics.bundle(commune, now=monday, progress=lambda done, _all: done < 2) is None
