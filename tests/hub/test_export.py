"""What a hub gives away: figures that keep to the published schema, add up, name nobody; the same in a workbook."""

import io
import json
from datetime import date, timedelta

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from desktop.hub import export, overview
from desktop.rules import packets
from resources.protocol import make

MONDAY = date(2026, 10, 5)
LAST = MONDAY + timedelta(days=25)


@pytest.fixture
def heard(live_hub):
    """Two communes that reported, one of them with days missing, and one that never did."""
    for code, skipped in (("03618", ()), ("03640", (3, 4))):
        commune = live_hub.enrolled(code, f"xã {code}")
        reports = [commune.day(MONDAY + timedelta(days=number), 20) for number in range(20)]
        live_hub.verdicts(commune, *[one for number, one in enumerate(reports) if number not in skipped])
    live_hub.enrolled("03598", "xã Tân Uyên")
    return live_hub


def test_the_file_keeps_to_the_published_schema_and_adds_up(heard):
    data = export.as_json(heard.hub, MONDAY, LAST, now=heard.now)
    told = json.loads(data)
    schema = json.loads((make.HERE / "hub_figures_1.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(told)
    assert packets.is_genuine(packets.read(data))
    units = told["body"]["units"]
    for unit in units:
        assert [sum(row[2 + column] for row in unit["rows"]) for column in range(11)] == unit["total"]
    assert [sum(unit["total"][column] for unit in units) for column in range(11)] == told["body"]["total"]
    days = {unit["code"]: (len(unit["reports"]), unit["missing"][:2]) for unit in units}
    assert days["03640"] == (18, ["2026-10-08", "2026-10-09"])
    assert days["03598"] == (0, [])
    assert told["body"]["reported"] == 2
    assert export.as_json(heard.hub, MONDAY, LAST, now=heard.now) == data


def test_the_workbook_says_the_same(heard):
    book = openpyxl.load_workbook(io.BytesIO(export.as_xlsx(heard.hub, MONDAY, LAST, now=heard.now)))
    assert book.sheetnames == ["Theo đơn vị", "Theo lĩnh vực", "Theo thủ tục", "Xếp hạng", "Ngày thiếu"]
    table = overview.of_period(heard.hub, MONDAY, LAST, now=heard.now)
    rows = {row[0]: row for row in book["Theo đơn vị"].iter_rows(values_only=True)}
    for one in table.units:
        assert rows[one.unit.code][2] == one.line.received_total
        assert rows[one.unit.code][6] == one.line.resolved_total
    assert book["Ngày thiếu"].max_row >= 2


def test_a_practice_hub_says_so_on_every_sheet(practice_hub):
    book = openpyxl.load_workbook(io.BytesIO(export.as_xlsx(practice_hub.hub, MONDAY, LAST, now=practice_hub.now)))
    for sheet in book:
        assert "TẬP HUẤN" in str(sheet["A1"].value)
    data = json.loads(export.as_json(practice_hub.hub, MONDAY, LAST, now=practice_hub.now))
    assert (data["body"]["practice"], data["body"]["as_of"]) == (True, None)
