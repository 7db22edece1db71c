"""The catalogue as a file: everything that is listed stands in it, and read back it changes nothing."""

import json
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from db.records import Fee, FeeRule, Limit
from db.vocabulary import Channel, LimitUnit, ProcedureStatus
from desktop.office import catalogue_export, decisions, procedures, proposals, published_files
from desktop.rules.change_sets import Decision
from tests.office.deciding import CODE, DECISION, OTHER, days, refused, speaking

ENDINGS = ("xlsx", "csv", "json")
NEXT = Decision("3100/QĐ-UBND", date(2026, 11, 21), date(2026, 12, 1))


@pytest.fixture
def rich(commune, monday):
    """The shipped catalogue after edits that use what the shipped one does not have."""
    today = replace(DECISION, effective_on=monday.date())
    told = {
        "limit": days(2),
        "statutory": days(3),
        "place": "Trực tiếp tại Trung tâm\nTrực tuyến tại dichvucong.gov.vn",
        "fee": Fee(8000, "8.000 đồng/trường hợp"),
        "fees": (FeeRule(4000, "4.000 đồng", Channel.ONLINE),),
        "steps": "- Bước 1: nộp hồ sơ\n- Bước 2: nhận kết quả",
        "subjects": "Cá nhân",
        "conditions": "=không có",
        "link": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/x",
    }
    decisions.edit(commune, replace(speaking(commune, OTHER, monday.date()), **told), today, clerk="truc", now=monday)
    for code, limit in (
        ("1.005461", Limit(days(0).value, LimitUnit.SAME_DAY)),
        ("1.000656", Limit(days(12).value, LimitUnit.CLOCK_HOURS)),
        ("1.004837", Limit(days(1).value, LimitUnit.MONTHS)),
        ("1.004845", Limit(days(0).value, LimitUnit.IMMEDIATE)),
    ):
        version = replace(speaking(commune, code, monday.date()), limit=limit, cases=())
        decisions.edit(commune, version, today, clerk="truc", now=monday)
    return commune


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("ending", ENDINGS)
def test_read_back_it_changes_nothing(rich, monday, tmp_path, ending, everything):
    path = tmp_path / f"danh-muc.{ending}"
    written = catalogue_export.export(rich, path, on=monday.date(), now=monday, all=everything)
    listed = procedures.catalogue(rich).listed(on=monday.date(), all=everything)
    reading = published_files.read(path)
    found = decisions.prepare(rich, reading, NEXT, now=monday)
    assert written == len(listed) == len(found.unchanged)
    assert (found.changes, found.rejected, found.to_decide) == ((), (), ())
    assert set(found.unchanged) == {version.code for version in listed}


def test_into_an_empty_register_the_json_brings_everything(rich, monday, tmp_path):
    path = tmp_path / "danh-muc.json"
    catalogue_export.export(rich, path, on=monday.date(), now=monday)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert (told["unit"]["code"], told["on"]) == ("MT", "2026-11-23")
    versions = {each["code"]: procedures.from_json(each) for each in told["procedures"]}
    for version in procedures.catalogue(rich).listed(on=monday.date()):
        assert versions[version.code] == replace(version, version_id=0)


def test_a_spreadsheet_says_what_the_provinces_lists_say(rich, monday, tmp_path):
    path = tmp_path / "danh-muc.xlsx"
    catalogue_export.export(rich, path, on=monday.date(), now=monday, field="ho tich")
    title, unit, heading, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    assert title[0] == "DANH MỤC THỦ TỤC HÀNH CHÍNH"
    assert unit[0] == "Trung tâm Phục vụ hành chính công xã Mường Than. Tính đến ngày 23/11/2026."
    row = dict(zip(heading, next(row for row in rows if row[1] == OTHER), strict=True))
    assert row["Thời hạn giải quyết"] == "02 ngày làm việc"
    assert row["Thời hạn giải quyết theo quy định"] == "03 ngày làm việc"
    assert row["Thời gian cắt giảm"] == "1 ngày làm việc"
    assert row["Yêu cầu, điều kiện"] == "=không có"
    assert {row[3] for row in rows} == {"Hộ tịch"}


def test_what_has_ended_is_told_only_when_asked_for(rich, monday, tmp_path):
    gone = replace(speaking(rich, CODE, monday.date()), status=ProcedureStatus.ABOLISHED)
    today = Decision("1/QĐ", None, monday.date())
    decisions.edit(rich, gone, today, clerk="truc", now=monday)
    for everything in (False, True):
        path = tmp_path / f"{everything}.xlsx"
        catalogue_export.export(rich, path, on=monday.date(), now=monday, all=everything)
        rows = {row[1]: row for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)}
        assert (CODE in rows) is everything
        assert not everything or rows[CODE][-2:] == ("Bãi bỏ", None)


def test_the_notes_of_a_quarter_are_exported(rich, monday, tmp_path):
    proposals.propose(rich, OTHER, "Bỏ bản sao sổ hộ khẩu", clerk="truc", now=monday)
    path = tmp_path / "kien-nghi.xlsx"
    quarter = {"first": date(2026, 10, 1), "last": date(2026, 12, 31)}
    assert catalogue_export.export_proposals(rich, path, **quarter, now=monday) == 1
    *_, row = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    assert row[1:] == (OTHER, speaking(rich, OTHER, monday.date()).name, "Bỏ bản sao sổ hộ khẩu", "23/11/2026", "truc")


def test_an_unknown_ending_is_refused(rich, monday, tmp_path):
    call = lambda: catalogue_export.export(rich, tmp_path / "a.docx", on=monday.date(), now=monday)  # noqa: E731
    assert refused(call).code == "unknown_format"
