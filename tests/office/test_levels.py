"""A province's whole list in a commune's register: everything can be looked up, only its own is offered and posted."""

import json
from dataclasses import replace
from datetime import date

import pytest

from desktop.office import (
    catalogue_export,
    checking,
    counter,
    decisions,
    posting_checks,
    postings,
    procedures,
    published_files,
    settings,
)
from desktop.office.posting_sheets import wall
from desktop.office.postings import Place
from desktop.rules.change_sets import Decision
from tests.data import golden_levels as golden
from tests.data.golden_levels import FORMER, OWN, PROVINCIAL, SHARED
from tests.office.deciding import CODE, DAY, DECISION, refused, speaking
from tests.office.list_files import workbook

LISTED = Decision("3200/QĐ-UBND", date(2026, 11, 20), DAY)
NEXT = Decision("3300/QĐ-UBND", None, DAY)


@pytest.fixture(params=[golden.in_sections, golden.in_a_column], ids=["sections", "column"])
def listed(request, commune, monday, tmp_path):
    """The register after the golden list."""
    reading = published_files.read(request.param(tmp_path / "danh-muc.xlsx"))
    found = decisions.prepare(commune, reading, LISTED, now=monday)
    assert (len(found.new), found.rejected, set(found.other_levels)) == (4, (), {PROVINCIAL, FORMER})
    decisions.accept(commune, found, clerk="truc", now=monday)
    return commune


def offered(book):
    return {version.code for version in procedures.catalogue(book).listed(on=DAY)}


def test_each_procedure_keeps_the_levels_that_the_list_says(listed):
    assert {code: speaking(listed, code, DAY).levels for code in golden.LEVELS} == golden.LEVELS
    assert checking.verify_chain(listed).faults == ()


def test_what_other_levels_handle_is_looked_up_and_never_offered(listed, monday, correction_form):
    catalogue = procedures.catalogue(listed)
    assert offered(listed) & golden.LEVELS.keys() == {SHARED, OWN}
    assert golden.LEVELS.keys() <= {version.code for version in catalogue.listed(on=DAY, all=True)}
    assert [each.code for each in catalogue.search("cap phep mau cua tinh", on=DAY)] == []
    assert [each.code for each in catalogue.search("cap phep mau cua tinh", on=DAY, all=True)] == [PROVINCIAL]
    assert [each.code for each in catalogue.search(PROVINCIAL, on=DAY)] == [PROVINCIAL]

    now = monday.replace(month=12, day=1)
    form = replace(correction_form, procedure=PROVINCIAL, case="", papers=())
    told = refused(lambda: counter.register(listed, form, clerk="truc", now=now))
    assert (told.code, told.facts["levels"]) == ("other_level", ["Cấp tỉnh"])
    assert told.message == f"Thủ tục {PROVINCIAL} do cấp khác giải quyết (Cấp tỉnh)."


def test_the_wall_leaves_them_out_and_gives_them_no_place(listed):
    shown = wall(listed, DAY)
    assert {SHARED, OWN} <= set(shown.names) and not {PROVINCIAL, FORMER} & set(shown.names)
    rows = {row.key for name in shown.names for row in shown.sheet(name).rows}
    assert {SHARED, OWN} <= rows and not {PROVINCIAL, FORMER} & rows
    assert shown.of_field("Khoáng sản mẫu") == ()
    own, shared = (int(shown.sheet(code).mark.split(".")[1]) for code in (OWN, SHARED))
    assert own == shared + 1
    tasks = posting_checks.stale(listed, DAY).tasks
    assert not {PROVINCIAL, FORMER} & {task.name for task in tasks}


def test_a_register_of_another_level_offers_its_own(listed, monday):
    settings.change(listed, "level", "Cấp tỉnh", clerk="truc", now=monday)
    assert offered(listed) & golden.LEVELS.keys() == {PROVINCIAL, SHARED}
    unit = replace(settings.unit(listed), name="tỉnh Mẫu")
    settings.change(listed, "level", "", clerk="truc", now=monday)
    settings.change_unit(listed, unit, clerk="truc", now=monday)
    assert settings.level(listed) == "Cấp tỉnh"


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".json"])
def test_levels_survive_an_export_and_change_nothing_when_read_back(listed, monday, tmp_path, ending):
    path = tmp_path / f"xuat{ending}"
    catalogue_export.export(listed, path, on=DAY, now=monday, all=True)
    reading = published_files.read(path)
    told = {entry.code: entry.whole.levels if entry.whole else entry.levels for entry in reading.entries}
    assert {code: told[code] for code in golden.LEVELS} == golden.LEVELS
    found = decisions.prepare(listed, reading, NEXT, now=monday)
    assert (found.changes, found.rejected) == ((), ())
    assert set(found.other_levels) == {PROVINCIAL, FORMER}


def test_a_procedure_that_goes_to_another_level_leaves_the_counter_and_the_wall_on_its_day(
    commune, monday, correction_form
):
    postings.post(commune, [Place(CODE)], clerk="truc", now=monday)
    moved = replace(speaking(commune, CODE, DAY), levels=("Cấp tỉnh",))
    decisions.edit(commune, moved, DECISION, clerk="truc", now=monday)
    counter.register(commune, correction_form, clerk="truc", now=monday)
    (task,) = [each for each in posting_checks.stale(commune, DAY).tasks if each.name == CODE]
    assert (str(task.do), task.why) == (
        "take_down",
        "do cấp khác giải quyết từ 01/12/2026 (2934/QĐ-UBND ngày 20/11/2026)",
    )
    again = replace(correction_form, key="2")
    now = monday.replace(month=12, day=1)
    assert refused(lambda: counter.register(commune, again, clerk="truc", now=now)).code == "other_level"
    assert checking.verify_chain(commune).faults == ()


def test_a_difference_in_levels_is_told_side_by_side(commune, monday, tmp_path):
    heading = ("Mã TTHC", "Tên thủ tục hành chính", "Cấp thực hiện")
    name = speaking(commune, CODE, DAY).name
    path = workbook(tmp_path / "a.xlsx", (CODE, name, "Cấp tỉnh"), heading=heading)
    found = decisions.prepare(commune, published_files.read(path), NEXT, now=monday)
    ((told,),) = (change.fields for change in found.amended)
    assert (told.name, told.old, told.new) == ("levels", ", ".join(speaking(commune, CODE, DAY).levels), "Cấp tỉnh")
    assert found.other_levels == (CODE,)


def test_a_section_of_one_level_takes_no_other_level_away(commune, monday, tmp_path):
    shared = next(v for v in procedures.catalogue(commune).listed(on=DAY) if v.levels == ("Cấp tỉnh", "Cấp xã"))
    row = (1, shared.code, shared.name)
    heading = ("STT", "Mã TTHC", "Tên thủ tục hành chính")
    path = workbook(tmp_path / "a.xlsx", ("A. THỦ TỤC CẤP TỈNH",), row, heading=heading)
    found = decisions.prepare(commune, published_files.read(path), NEXT, now=monday)
    assert (found.changes, found.unchanged, found.other_levels) == ((), (shared.code,), ())


def test_a_cell_that_is_not_understood_hides_nothing_and_is_told(commune, monday, tmp_path):
    heading = ("Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Cấp thực hiện")
    path = workbook(tmp_path / "a.xlsx", (OWN, "Đăng ký mẫu", "03 ngày làm việc", "Tổ dân phố"), heading=heading)
    found = decisions.prepare(commune, published_files.read(path), NEXT, now=monday)
    (change,) = found.new
    assert (change.version.levels, found.other_levels) == ((), ())
    assert change.warnings == ("Không hiểu cấp thực hiện “Tổ dân phố”; để như chưa ghi.",)


def test_an_export_of_a_register_that_knows_no_levels_takes_none_away(commune, monday, tmp_path):
    path = tmp_path / "cu.json"
    catalogue_export.export(commune, path, on=DAY, now=monday)
    told = json.loads(path.read_text(encoding="utf-8"))
    for each in told["procedures"]:
        del each["levels"]
    path.write_text(json.dumps(told), encoding="utf-8")
    found = decisions.prepare(commune, published_files.read(path), NEXT, now=monday)
    assert found.changes == () and len(found.unchanged) == len(told["procedures"]) > 400
