"""Old addresses lead to the unit that they lie in now, by the table of mergers and never by a likeness of names."""

import json
from pathlib import Path

import pytest

from desktop.rules.places import communes, communes_like, merger_of, suggest
from desktop.rules.text import fold

TABLE = Path(__file__).resolve().parents[2] / "resources" / "units" / "lai_chau.json"


@pytest.mark.parametrize(
    ("old", "present"),
    [
        ("Bản Mẫu Một, Phúc Than, Than Uyên, Lai Châu", "Bản Mẫu Một, xã Mường Than, tỉnh Lai Châu"),
        ("Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu", "Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu"),
        ("Bản Mẫu Ba, Mường Than, Than Uyên, Lai Châu", "Bản Mẫu Ba, xã Than Uyên, tỉnh Lai Châu"),
        ("Khu 2, Than Uyên, Than Uyên, Lai Châu", "Khu 2, xã Than Uyên, tỉnh Lai Châu"),
        ("Khu 2, thị trấn Tân Uyên, huyện Tân Uyên, tỉnh Lai Châu", "Khu 2, xã Tân Uyên, tỉnh Lai Châu"),
        ("Tổ 1, Bản Mẫu, X. Phúc Than, H.Than Uyên, T. Lai Châu", "Tổ 1, Bản Mẫu, xã Mường Than, tỉnh Lai Châu"),
        ("BẢN MẪU, PHÚC THAN, THAN UYÊN, LAI CHÂU", "BẢN MẪU, xã Mường Than, tỉnh Lai Châu"),
        ("Mường Than, Than Uyên, Lai Châu", "xã Than Uyên, tỉnh Lai Châu"),
        ("Bản Mẫu, Tà Tổng, Mường Tè, Lai Châu", "Bản Mẫu, xã Tà Tổng, tỉnh Lai Châu"),
    ],
)
def test_old_addresses(old: str, present: str | None) -> None:
    assert suggest(old) == present


@pytest.mark.parametrize(
    "address",
    [
        "Bản Mẫu Bốn, xã Mường Than, Lai Châu",
        "Bản Mẫu Bốn, xã Mường Than, tỉnh Lai Châu",
        "Khu 1, phường Tân Phong, tỉnh Lai Châu",
        "Bản Mẫu, Mường Than, Lai Châu",
        "Bản Mường Than, Than Uyên, Lai Châu",
        "Bản Mẫu, Dào San, Phong Thổ, Lai Châu",
        "Phường Mẫu, Hà Nội",
        "Phúc Than, Than Uyên, Lào Cai",
        "Lai Châu",
        "",
        ", , ,",
    ],
)
def test_present_foreign_and_uncertain_addresses_stay(address: str) -> None:
    assert suggest(address) is None


def test_a_suggestion_is_never_changed_again() -> None:
    for unit in json.loads(TABLE.read_text(encoding="utf-8"))["units"]:
        for old in unit["merged_from"]:
            now = suggest(f"Bản Mẫu, {old}, Than Uyên, Lai Châu")
            assert now == f"Bản Mẫu, {unit['kind']} {unit['name']}, tỉnh Lai Châu"
            assert suggest(now) is None


def test_the_table_has_the_38_units_of_the_province() -> None:
    units = json.loads(TABLE.read_text(encoding="utf-8"))["units"]
    assert len({unit["code"] for unit in units}) == len({unit["name"] for unit in units}) == len(units) == 38
    assert sum(unit["kind"] == "phường" for unit in units) == 2
    merged = [fold(old) for unit in units for old in unit["merged_from"]]
    assert len(merged) == len(set(merged))
    muong_than = next(unit for unit in units if unit["code"] == "03618")
    assert (muong_than["name"], muong_than["merged_from"]) == ("Mường Than", ["Phúc Than", "Mường Mít"])


def test_a_unit_knows_of_what_and_when_it_was_made() -> None:
    """Xã Mường Than was made of the old Mường Mít and Phúc Than, not of the old Mường Than."""
    on, of = merger_of("xã Mường Than")
    assert str(on) == "2025-07-01" and "Phúc Than" in " ".join(of) and "Mường Than" not in of
    assert merger_of("phường Đoàn Kết") is None and merger_of("xã Không Có") is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("muong than", "xã Mường Than"),
        ("Mường Than", "xã Mường Than"),
        ("xa muong th", "xã Mường Than"),
        ("m than", "xã Mường Than"),
        ("phuc than", "xã Mường Than"),
        ("03618", "xã Mường Than"),
        ("tan ph", "phường Tân Phong"),
        ("pa u", "xã Pa Ủ"),
    ],
)
def test_a_few_letters_find_the_unit(typed, first):
    assert communes_like(typed)[0].name == first


def test_a_unit_of_that_name_stands_before_those_made_of_one():
    found = communes_like("muong than")
    assert [one.name for one in found] == ["xã Mường Than", "xã Than Uyên"]
    assert found[0].parent == "tỉnh Lai Châu" and found[0].merged_from == ("Phúc Than", "Mường Mít")


def test_nothing_typed_shows_all_and_nonsense_none():
    assert communes_like("  ") == communes() and len(communes()) == 38
    assert communes_like("zzz") == ()
