"""The shipped catalogue against the data it was built from, and against what the law says of the commonest matters."""

import json
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from db.records import Limit, ProcedureVersion
from db.vocabulary import AfterCutoff, LimitUnit, ProcedureStatus
from desktop.office.procedures import shipped
from desktop.rules import levels
from desktop.rules.codes import procedure_code
from desktop.rules.intake import papers_for
from desktop.rules.practice import load_profile

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "catalogue"
SOURCE = ROOT.parent / "shared" / "data" / "procedures.json"
#: Rows of the source that are remarks, not papers; and the one paper that belongs to two cases.
REMARKS, SHARED_BY_TWO_CASES = 11, 1

with_source = pytest.mark.skipif(not SOURCE.exists(), reason="the collected data are not part of the repository")


@pytest.fixture(scope="module")
def by_code() -> dict[str, ProcedureVersion]:
    return {version.code: version for version in shipped()}


@pytest.fixture(scope="module")
def source() -> dict[str, dict]:
    return {entry["code"]: entry for entry in json.loads(SOURCE.read_text(encoding="utf-8"))}


@with_source
def test_the_shipped_file_is_what_the_script_builds(tmp_path: Path) -> None:
    built = tmp_path / "procedures.json"
    command = [sys.executable, str(FOLDER / "build.py"), str(SOURCE), str(built)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    assert built.read_bytes() == (FOLDER / "procedures.json").read_bytes()
    assert "438 codes" in told


def test_the_counts_are_those_of_the_data(by_code: dict[str, ProcedureVersion]) -> None:
    assert len(shipped()) == len(by_code) == 438
    assert Counter(version.status for version in shipped()) == {
        ProcedureStatus.IN_FORCE: 424,
        ProcedureStatus.REPLACED: 9,
        ProcedureStatus.ABOLISHED: 5,
    }
    assert sum(bool(version.cases) for version in shipped()) == 45
    assert sum(version.needs_review for version in shipped()) == 154
    assert len({version.field for version in shipped()}) == 55


@with_source
def test_a_limit_that_was_cut_keeps_the_statutory_one_beside_it(source: dict[str, dict], tmp_path: Path) -> None:
    entry = source["1.001653"]
    entry = entry | {"time_limit": entry["time_limit"] | {"reduced": {"value": 3, "unit": "working_days"}}}
    given, built = tmp_path / "given.json", tmp_path / "built.json"
    given.write_text(json.dumps([*(each for code, each in source.items() if code != entry["code"]), entry]))
    subprocess.run([sys.executable, str(FOLDER / "build.py"), str(given), str(built)], check=True, capture_output=True)
    (line,) = (each for each in json.loads(built.read_text(encoding="utf-8")) if each["code"] == entry["code"])
    assert line["limit"] == {"value": 3, "unit": "working_days"}
    assert line["statutory"] == {"value": 5, "unit": "working_days"}


@with_source
def test_no_paper_is_lost(source: dict[str, dict]) -> None:
    rows = sum(len(entry["documents"]) for entry in source.values())
    assert rows == 1365
    assert sum(len(version.papers) for version in shipped()) == rows - REMARKS + SHARED_BY_TWO_CASES


@with_source
def test_limits_are_the_figures_of_the_source(by_code: dict[str, ProcedureVersion], source: dict[str, dict]) -> None:
    for code, entry in source.items():
        term, version = entry["time_limit"], by_code[code]
        told = sorted((int(case.limit.value), case.limit.unit.value) for case in version.cases)
        assert told == sorted((v["value"], v["unit"]) for v in term.get("variants") or []), code
        if version.limit:
            unit = "clock_hours" if term.get("clock_hours") else term["unit"]
            assert (int(version.limit.value), version.limit.unit.value) == (term["value"], unit), code
        elif not version.cases:
            assert term["unit"] is None or code == "1.012796"


def test_text_is_composed_and_codes_have_one_shape() -> None:
    text = (FOLDER / "procedures.json").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "http" not in text and "github" not in text.lower() and "\u00a0" not in text
    lines = text.splitlines()
    assert len(lines) == 440
    assert [json.loads(line.rstrip(","))["code"] for line in lines[1:-1]] == [version.code for version in shipped()]
    for version in shipped():
        assert procedure_code(version.code) == version.code
        assert version.name == " ".join(version.name.split()) and version.name
        assert version.source


def test_successors_exist_and_are_in_force(by_code: dict[str, ProcedureVersion]) -> None:
    replaced = [version for version in shipped() if version.replaced_by]
    assert len(replaced) == 13
    for version in replaced:
        assert by_code[version.replaced_by or ""].status is ProcedureStatus.IN_FORCE
        assert version.status is not ProcedureStatus.IN_FORCE


def test_every_level_is_one_that_the_program_knows_and_the_commune_s_own_is_among_them(
    by_code: dict[str, ProcedureVersion],
) -> None:
    for version in shipped():
        assert levels.in_cell(", ".join(version.levels)) == version.levels, version.code
        assert levels.handled_at(levels.of_unit("phường Mẫu"), version.levels), version.code
    assert by_code["1.013140"].levels == ("Cấp bộ", "Cấp tỉnh", "Cấp xã", "Cơ quan khác")
    assert by_code["1.001193"].levels


def test_every_procedure_has_a_limit_a_case_or_asks_for_it() -> None:
    for version in shipped():
        assert (version.limit is None) == bool(version.cases or version.needs_review), version.code
        assert bool(version.needs_review) <= bool(version.review_note), version.code


def test_cases_and_papers_can_be_told_apart() -> None:
    for version in shipped():
        labels = [case.label for case in version.cases]
        assert len(set(labels)) == len(labels) != 1, version.code
        assert {paper.case for paper in version.papers} <= {None, *labels}, version.code
        papers = [(paper.name, paper.case) for paper in version.papers]
        assert len(set(papers)) == len(papers), version.code


def test_papers_are_counted_as_a_clerk_counts() -> None:
    for version in shipped():
        for paper in version.papers:
            assert 0 <= paper.originals <= 4 and 0 <= paper.copies <= 2, (version.code, paper)
            assert paper.originals + paper.copies > 0, (version.code, paper)
            assert paper.copies == 0 or not paper.name.startswith(("Đơn", "Tờ khai")), (version.code, paper)


@pytest.mark.parametrize(
    ("code", "value", "unit", "after_cutoff"),
    [
        ("2.000815", 0, LimitUnit.SAME_DAY, AfterCutoff.RETURN_NEXT_DAY),
        ("2.000884", 0, LimitUnit.SAME_DAY, AfterCutoff.RETURN_NEXT_DAY),
        ("2.000908", 0, LimitUnit.SAME_DAY, AfterCutoff.RETURN_NEXT_DAY),
        ("2.001008", 0, LimitUnit.SAME_DAY, AfterCutoff.RETURN_NEXT_DAY),
        ("2.001035", 2, LimitUnit.WORKING_DAYS, AfterCutoff.NONE),
        ("1.001193", 0, LimitUnit.SAME_DAY, AfterCutoff.RETURN_NEXT_DAY),
        ("1.000656", 0, LimitUnit.SAME_DAY, AfterCutoff.RETURN_NEXT_DAY),
        ("2.000635", 0, LimitUnit.SAME_DAY, AfterCutoff.RETURN_NEXT_DAY),
        ("1.004837", 3, LimitUnit.WORKING_DAYS, AfterCutoff.NONE),
        ("1.004845", 2, LimitUnit.WORKING_DAYS, AfterCutoff.NONE),
        ("1.001022", 3, LimitUnit.WORKING_DAYS, AfterCutoff.NONE),
        ("1.012084", 12, LimitUnit.CLOCK_HOURS, AfterCutoff.NONE),
        ("1.004946", 12, LimitUnit.CLOCK_HOURS, AfterCutoff.NONE),
    ],
)
def test_common_matters_have_their_statutory_limit(
    by_code: dict[str, ProcedureVersion], code: str, value: int, unit: LimitUnit, after_cutoff: AfterCutoff
) -> None:
    limit = by_code[code].limit
    assert limit is not None
    assert (limit.value, limit.unit, limit.after_cutoff) == (value, unit, after_cutoff)


def test_civil_status_cases_are_those_of_the_law(by_code: dict[str, ProcedureVersion]) -> None:
    def cases(code: str) -> dict[str, Limit]:
        return {case.label: case.limit for case in by_code[code].cases}

    changes = cases("1.004859")
    assert changes["Thay đổi, cải chính, xác định lại dân tộc"].value == 3
    assert changes["Cần xác minh"].value == 6
    assert changes["Bổ sung thông tin hộ tịch"].unit is LimitUnit.SAME_DAY
    marriage = cases("1.000894")
    assert marriage["Đủ điều kiện"] == Limit(0, LimitUnit.SAME_DAY, AfterCutoff.RETURN_NEXT_DAY)
    assert marriage["Cần xác minh"] == Limit(5, LimitUnit.WORKING_DAYS)


@pytest.mark.parametrize(
    ("code", "unit", "values"),
    [
        ("1.115585", LimitUnit.WORKING_DAYS, (18, 8)),
        ("1.115578", LimitUnit.CALENDAR_DAYS, (25, 15)),
        ("1.115583", LimitUnit.WORKING_DAYS, (27, 30, 17, 20)),
        ("1.012812", LimitUnit.CALENDAR_DAYS, (40, 30)),
    ],
)
def test_mountainous_communes_have_longer_land_limits_and_see_them_first(
    by_code: dict[str, ProcedureVersion], code: str, unit: LimitUnit, values: tuple[int, ...]
) -> None:
    cases = by_code[code].cases
    assert tuple(case.limit.value for case in cases) == values
    assert {case.limit.unit for case in cases} == {unit}
    assert "miền núi" in cases[0].label


def test_the_checklist_of_a_case_is_its_own(by_code: dict[str, ProcedureVersion]) -> None:
    def names(code: str, case: str) -> list[str]:
        return [paper.name for paper in papers_for(by_code[code], case)]

    certificate = "Giấy xác nhận người HĐKC có vợ hoặc chồng nhưng không có con đẻ của UBND cấp xã"
    illness = "Một trong các giấy tờ ghi nhận mắc bệnh (tóm tắt hồ sơ bệnh án)"
    childless = names("1.010816", "Có vợ/chồng nhưng không có con đẻ")
    assert certificate in childless and illness not in childless
    usual = names("1.010816", "Người HĐKC bị nhiễm chất độc hóa học")
    assert illness in usual and certificate not in usual
    assert names("1.013225", "Công trình cấp III, IV khác") == []
    assert len(names("1.013225", "Nhà ở riêng lẻ")) == 5


def test_a_condition_that_is_no_case_stays_in_the_name(by_code: dict[str, ProcedureVersion]) -> None:
    applications = {paper.name: paper.required for paper in by_code["1.115578"].papers}
    assert applications["Đơn đề nghị gia hạn sử dụng đất (Mẫu số 05) (trường hợp gia hạn sử dụng đất)"] is False
    household = [paper for paper in by_code["1.115583"].papers if "hộ gia đình đang sử dụng đất" in paper.name]
    assert len(household) == 1 and not household[0].required and household[0].case is None
    adoption = [paper for paper in by_code["1.003005"].papers if paper.name.startswith("Đơn xin nhận con nuôi")]
    assert adoption[0].required, "the two parts of one dossier are not two cases"


def test_glued_digits_went_back_to_the_name(by_code: dict[str, ProcedureVersion]) -> None:
    form = by_code["1.012796"].papers[0]
    assert form.name.endswith("theo Mẫu số 18") and form.originals == 1
    rules = next(paper for paper in by_code["1.003956"].papers if paper.name.startswith("Quy chế"))
    assert rules.name.endswith("ngày 31/12/2025") and (rules.originals, rules.copies) == (1, 0)


def test_of_several_deeds_one_is_enough(by_code: dict[str, ProcedureVersion]) -> None:
    deeds = [paper for paper in by_code["1.013232"].papers if paper.name.startswith("Giấy chứng nhận")]
    assert len(deeds) == 3
    for deed in deeds:
        assert (deed.originals, deed.copies, deed.required) == (1, 1, False)
        assert deed.name.endswith(" – một trong các giấy tờ về đất là đủ")


def test_doubtful_codes_stay_offered_and_marked(by_code: dict[str, ProcedureVersion]) -> None:
    doubtful = by_code["1.012817"]
    assert doubtful.status is ProcedureStatus.IN_FORCE and not doubtful.needs_review
    assert "Chưa xác minh mã quốc gia còn dùng ở Lai Châu" in doubtful.review_note
    linked = by_code["3.000722"]
    assert linked.needs_review and "3 ngày làm việc" in linked.review_note


def test_every_procedure_of_the_invented_month_can_be_taken_in(by_code: dict[str, ProcedureVersion]) -> None:
    for code in load_profile().weights:
        assert by_code[code].status is ProcedureStatus.IN_FORCE, code
