"""Importing published lists by command line: a dry run that writes nothing, then the whole decision at once."""

import json

import pytest

from tests.cli.conftest import assert_sentence
from tests.data import golden_decision as golden
from tests.data import golden_levels
from tests.office.list_files import ROW, workbook

WRITERS = {".xlsx": golden.write_xlsx, ".csv": golden.write_csv, ".json": golden.write_json}
#: From a row of the sheet to the number of the record in .json.
RECORDS = {9: 1, 11: 2, 14: 3, 15: 4, 16: 5, 17: 6, 18: 7, 20: 8, 22: 9, 23: 10}
ORDER = ["decision", "effective_on", "new", "amended", "replaced", "abolished", "unchanged", "rejected"]


@pytest.fixture(params=WRITERS)
def golden_file(request, tmp_path):
    return WRITERS[request.param](tmp_path / f"qd{request.param}")


@pytest.fixture
def done(ask, live_home):
    def run(*words):
        told = ask("procedures", *words, data=live_home)
        assert told.exit_code == 0, told
        return told.json

    return run


def as_expected(told, rows):
    """Whether a change set is exactly the golden decision's; ``rows`` tells a row of the sheet in this file."""
    expected = golden.EXPECTED
    assert (told["decision"], told["effective_on"]) == (expected["decision"][0], expected["decision"][2])
    by_kind = {kind: [each for each in told["changes"] if each["change"] == kind] for kind in ORDER[2:6]}
    assert [told[kind] for kind in ORDER[2:7]] == [*map(len, by_kind.values()), len(expected["unchanged"])]
    assert [each["code"] for each in by_kind["new"]] == list(expected["new"])
    assert {each["code"]: [field["field"] for field in each["fields"]] for each in by_kind["amended"]} == expected[
        "amended"
    ]
    assert [each["code"] for each in by_kind["replaced"]] == list(expected["replaced"])
    assert [each["code"] for each in by_kind["abolished"]] == expected["abolished"]
    assert [each["row"] for each in told["rejected"]] == [rows[row] for row in expected["rejected"]]
    for each, reason in zip(told["rejected"], expected["rejected"].values(), strict=True):
        assert reason in each["reason"]
        assert_sentence(each["reason"])
    assert {each["code"]: each["text"] for each in told["to_decide"]} == expected["to_decide"]


def test_a_golden_decision_is_told_then_applied_exactly(ask, done, live_home, unchanged, golden_file):
    rows = RECORDS if golden_file.suffix == ".json" else {row: row for row in RECORDS}
    with unchanged(live_home):
        dry = done("import", golden_file, "--dry-run")
    assert list(dry) == [*ORDER, "changes", "to_decide", "other_levels"]
    as_expected(dry, rows)

    told = done("import", golden_file, "--clerk", "truc")
    assert told.pop("seq") > 0 and told == dry

    before, after = "2026-11-30", "2026-12-01"
    for code, field in golden.EXPECTED["new"].items():
        shown = done("show", code, "--on", after)
        assert (shown["status"], shown["field"], shown["decision"]) == ("in_force", field, "3120/QĐ-UBND")
        assert done("show", code, "--on", before)["status"] == "future"
    cut = done("show", "1.004873", "--on", after)
    assert (cut["limit"]["value"], cut["statutory"]["value"]) == (2, 3)
    assert done("show", "1.004873", "--on", before)["limit"]["value"] == 3
    assert done("show", "1.004884", "--on", after)["needs_review"] is True
    assert done("show", "1.000656", "--on", after)["status"] == "replaced"
    assert done("show", "1.000656", "--on", before)["status"] == "in_force"
    assert done("show", "1.000110", "--on", after)["status"] == "abolished"

    (row,) = done("history")["decisions"]
    assert (row["decision"], row["decided_on"], row["source"]) == ("3120/QĐ-UBND", "2026-11-20", "file")
    assert row["attachment"]["name"] == golden_file.name
    assert (live_home / row["attachment"]["path"]).read_bytes() == golden_file.read_bytes()
    assert ask("verify-chain", data=live_home).json["verdict"] == "intact"


def test_the_same_list_again_changes_nothing_and_asks_nothing(done, live_home, unchanged, golden_file):
    done("import", golden_file)
    with unchanged(live_home):
        again = done("import", golden_file)
    # What had no code to abolish is rejected still; what was decided or left open is not asked again.
    assert [again[kind] for kind in ORDER[2:6]] == [0, 0, 0, 0]
    assert again["to_decide"] == [] and "seq" not in again
    assert again["unchanged"] == 8 and len(again["rejected"]) == 2


def test_number_and_day_given_go_before_those_of_the_list(done, golden_file):
    told = done("import", golden_file, "--decision", "9/QĐ-UBND", "--effective", "2027-01-01", "--title", "Thử")
    assert (told["decision"], told["effective_on"]) == ("9/QĐ-UBND", "2027-01-01")
    (row,) = done("history")["decisions"]
    assert (row["decided_on"], row["title"]) == (None, "Thử")
    assert done("show", "1.117001", "--on", "2026-12-31")["status"] == "future"


def test_a_list_that_names_no_decision_is_known_by_its_file_and_counts_from_today(done, tmp_path):
    path = workbook(tmp_path / "danh muc.xlsx", (1, "1.117009", "Thủ tục mẫu", "Hộ tịch", "03 ngày làm việc"))
    told = done("import", path)
    assert (told["decision"], told["effective_on"], told["new"]) == ("Tệp danh muc.xlsx", "2026-11-23", 1)
    assert done("show", "1.117009")["limit"] == {"value": 3, "unit": "working_days", "after_cutoff": "none"}


def test_people_read_the_same_in_sentences(motcua, live_home, golden_file):
    told = motcua("procedures", "import", golden_file, "--dry-run", data=live_home)
    lines = told.out.splitlines()
    assert lines[0] == "Xem trước, chưa ghi gì: 2 mới, 2 sửa, 1 thay thế, 1 bãi bỏ, 2 như cũ, 2 không đọc được."
    assert any(line.strip().startswith("Thời hạn giải quyết: 03 ngày làm việc → 02 ngày làm việc") for line in lines)
    assert any("1.004884 cần người quyết định thời hạn" in line for line in lines)
    assert motcua("procedures", "import", golden_file, data=live_home).out.startswith("Đã áp dụng: 2 mới")


def _list(path, *rows):
    return workbook(path, *((number, *row) for number, row in enumerate(rows, 1)))


@pytest.mark.parametrize(
    ("rows", "words", "code", "row"),
    [
        (
            [("1.004873", "Một tên", "Hộ tịch", "3 ngày"), ("1.004873.H35", "Tên khác", "Hộ tịch", "3 ngày")],
            [],
            "same_code",
            3,
        ),
        ([ROW[1:]], ["--effective", "2026-11-01", "--decided", "2026-11-20"], "effective_before_decided", None),
        ([("1.004873", "Một tên", "Hộ tịch", "=A1")], [], "formula", 2),
        ([], [], "empty_list", None),
    ],
)
def test_a_bad_list_changes_nothing_at_all(ask, live_home, unchanged, tmp_path, rows, words, code, row):
    path = _list(tmp_path / "a.xlsx", *rows)
    for dry in ([], ["--dry-run"]):
        with unchanged(live_home):
            told = ask("procedures", "import", path, *words, *dry, data=live_home)
        assert (told.exit_code, told.error["code"]) == (2, code)
        assert told.error.get("row") == row
        assert row is None or f"òng {row}" in told.error["message"]


def test_a_code_that_replaces_itself_changes_nothing(ask, live_home, unchanged, tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", ("1.004873", "Thủ tục", "1.004873"), heading=("Mã TTHC", "Tên TTHC", "Thay thế cho")
    )
    with unchanged(live_home):
        told = ask("procedures", "import", path, data=live_home)
    assert (told.exit_code, told.error["code"], told.error["row"]) == (2, "replaced_by_itself", 2)


def test_a_list_of_which_no_row_is_usable_is_told_and_ends_as_refused(ask, live_home, unchanged, tmp_path):
    path = _list(tmp_path / "a.xlsx", ("sai", "Một tên", "Hộ tịch", "3 ngày"))
    with unchanged(live_home):
        told = ask("procedures", "import", path, data=live_home)
    assert told.exit_code == 2
    assert [each["row"] for each in told.json["rejected"]] == [2]


def test_the_program_itself_imports(run, tmp_path):
    home, path = tmp_path / "home", golden.write_xlsx(tmp_path / "quyết định.xlsx")

    def told(*words):
        answer = run(*words, "--json", data=home)
        assert answer.err == ""
        return answer.exit_code, json.loads(answer.out)

    assert told("init", "--unit-code", "MT", "--unit-name", "xã Mường Than")[0] == 0
    code, dry = told("procedures", "import", path, "--dry-run")
    assert (code, dry["new"]) == (0, 2)
    code, done = told("procedures", "import", path)
    assert code == 0 and done.pop("seq") and done == dry
    assert told("procedures", "show", "1.117001", "--on", "2026-12-01")[1]["name"] == "Đăng ký mẫu một"
    code, refused = told("procedures", "import", tmp_path)
    assert (code, refused["error"]["code"]) == (2, "no_file")


def test_a_dry_run_tells_how_many_rows_other_levels_handle(motcua, done, live_home, tmp_path):
    file = golden_levels.in_sections(tmp_path / "danh-muc.xlsx")
    words = ("import", file, "--decision", "3200/QĐ-UBND", "--effective", "2026-11-23")
    assert done(*words, "--dry-run")["other_levels"] == 2
    told = motcua("procedures", *words, data=live_home).out
    assert "2 thủ tục do cấp khác giải quyết: để tra cứu, không nhận ở quầy, không niêm yết." in told
    assert done("show", golden_levels.PROVINCIAL, "--on", "2026-11-23")["levels"] == ["Cấp tỉnh"]
    shown = motcua("procedures", "show", golden_levels.SHARED, data=live_home).out
    assert "Cấp thực hiện: Cấp tỉnh, Cấp xã" in shown
    listed = {row["code"] for row in done("list", "--on", "2026-11-23")["rows"]}
    assert listed & golden_levels.LEVELS.keys() == {golden_levels.SHARED, golden_levels.OWN}
    everything = {row["code"] for row in done("list", "--all", "--on", "2026-11-23")["rows"]}
    assert golden_levels.LEVELS.keys() <= everything
