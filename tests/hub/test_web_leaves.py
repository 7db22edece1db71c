"""A hub of more units than a page holds: pages, and finding by name or code."""

import re
from urllib.parse import parse_qsl

import pytest

from db import hub_units
from db.hub_units import HubUnit
from desktop.hub import founding
from desktop.hub.web.leaves import leaf
from tests.hub.province import PASSWORD, make
from tests.hub.served import serve

NAMES = [f"{number:05} xã Thử số {number}" for number in range(400)]


def _leaf(**query):
    return leaf(NAMES, query, str, {"kind": "month"})


def test_every_row_is_on_one_page_and_the_pages_lead_to_each_other():
    first = _leaf()
    seen, here = list(first.rows), first
    while address := here.beside(1):
        there = _leaf(**dict(parse_qsl(address)))
        assert there.beside(-1).endswith(f"page={here.number}")
        seen, here = [*seen, *there.rows], there
    assert seen == NAMES
    assert (first.beside(-1), here.number, here.last, here.beside(1)) == ("", 3, 3, "")


@pytest.mark.parametrize(("asked", "number"), [("", 1), ("0", 1), ("2", 2), ("99", 3), ("-1", 1), ("x", 1), ("٣", 1)])
def test_a_page_that_there_is_not_is_the_nearest(asked, number):
    assert _leaf(page=asked).number == number


@pytest.mark.parametrize("sought", ["so 397", "XÃ THỬ SỐ 397", "00397", " 00397 "])
def test_a_unit_is_found_by_its_code_or_by_its_name_without_marks(sought):
    found = _leaf(find=sought, page="2")
    assert (list(found.rows), found.number, found.is_long) == ([NAMES[397]], 1, True)


def test_a_short_list_is_shown_as_it_is():
    found = leaf(NAMES[:38], {}, str)
    assert (found.rows, found.is_long, found.last) == (NAMES[:38], False, 1)


def test_the_pages_of_a_large_hub_stay_small(tmp_path):
    make(tmp_path / "hub", days=3).close()
    with founding.open_founded(tmp_path / "hub") as hub, hub.write():
        for name in NAMES:
            hub_units.put(hub, HubUnit(name[:5], name[6:], "", None, None, None))
    with serve(tmp_path / "hub") as served:
        served.sign_in("quantri", PASSWORD)
        for path in ("/units", "/keys"):
            rows = re.findall('role="rowheader"', served.get(path).text)
            last = served.get(f"{path}?page=9").text
            assert (len(rows), "Trang 3 / 3" in last) == (150, True)
            assert re.findall(r'data-head="Mã">(\w+)<', served.get(f"{path}?find=s%E1%BB%91+397").text) == ["00397"]
            assert (
                "Không có đơn vị nào mà tên hoặc mã có “không có”" in served.get(f"{path}?find=kh%C3%B4ng+c%C3%B3").text
            )
            assert "&lt;i&gt;" in served.get(f"{path}?find=%3Ci%3E").text
