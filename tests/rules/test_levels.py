"""Levels of administration in cells, titles and names of units; for which rows of a list they hold."""

import pytest

from desktop.rules import levels, published_lists
from tests.rules.listing import one, read, sheet

MINISTRY, PROVINCE, DISTRICT, COMMUNE = "Cấp bộ", "Cấp tỉnh", "Cấp huyện", "Cấp xã"
HEADING = "STT | Mã TTHC | Tên TTHC"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Cấp xã", (COMMUNE,)),
        ("Cấp Bộ, Cấp Tỉnh, Cấp Xã", (MINISTRY, PROVINCE, COMMUNE)),
        ("Cấp xã, Cơ quan khác", (COMMUNE, "Cơ quan khác")),
        ("tỉnh và xã", (PROVINCE, COMMUNE)),
        ("UBND cấp xã\nUBND cấp huyện", (COMMUNE, DISTRICT)),
        ("Phường", (COMMUNE,)),
        ("cap tinh/xa", (PROVINCE, COMMUNE)),
        ("Cấp tỉnh, cấp thôn", ()),
        ("4", ()),
        ("", ()),
    ],
)
def test_a_cell_is_understood_as_a_whole_or_says_nothing(cell, said):
    assert levels.in_cell(cell) == said


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("A. THỦ TỤC HÀNH CHÍNH CẤP TỈNH", (PROVINCE,)),
        ("Thủ tục dùng chung ba cấp tỉnh, huyện và xã", (PROVINCE, DISTRICT, COMMUNE)),
        ("Thủ tục cấp thị trấn", (COMMUNE,)),
        ("Cấp giấy phép cấp xả thải, cấp bổ sung, cấp phương tiện", ()),
        ("Thủ tục của Ủy ban nhân dân tỉnh", ()),
    ],
)
def test_a_title_names_a_level_only_by_its_own_word(title, said):
    assert levels.in_title(title) == said


@pytest.mark.parametrize(
    ("unit", "level"),
    [("xã Mường Than", COMMUNE), ("Phường Tân Phong", COMMUNE), ("tỉnh Lai Châu", PROVINCE), ("Mường Than", COMMUNE)],
)
def test_a_unit_is_of_the_level_of_its_kind(unit, level):
    assert levels.of_unit(unit) == level


def test_what_no_source_says_is_handled_everywhere():
    assert levels.handled_at(COMMUNE, ())
    assert levels.handled_at(COMMUNE, (PROVINCE, "cấp Xã"))
    assert not levels.handled_at(COMMUNE, (PROVINCE,))


def outlined(*lines, name=""):
    """The levels said above each numbered line of a list; other lines are its titles and sections."""
    rows = (f"1 | 1.00{at:04} | Thủ tục {at}" if line == "*" else line for at, line in enumerate(lines))
    return [entry.titled_levels for entry in read(*rows, name=name).entries]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((HEADING, "A. TTHC CẤP TỈNH", "I. Lĩnh vực Đất đai", "*", "B. TTHC CẤP XÃ", "*"), [PROVINCE, COMMUNE]),
        ((HEADING, "A. TTHC CẤP TỈNH", "*", "B. TTHC CỦA UBND XÃ", "*"), [PROVINCE, ""]),
        ((HEADING, "I | TTHC CẤP TỈNH", "1. Lĩnh vực Đất đai", "*", "2. Lĩnh vực Hộ tịch", "*"), [PROVINCE] * 2),
        ((HEADING, "I. TTHC CẤP TỈNH", "I. Lĩnh vực Đất đai", "*", "II. Lĩnh vực Hộ tịch", "*"), [PROVINCE, ""]),
        ((HEADING, "I. TTHC CẤP TỈNH", "A. Lĩnh vực Đất đai", "*", "B. Lĩnh vực Hộ tịch", "*"), [PROVINCE] * 2),
        ((HEADING, "TTHC CẤP TỈNH", "I. Lĩnh vực Đất đai", "*", "II. Lĩnh vực Hộ tịch", "*"), [PROVINCE] * 2),
        ((HEADING, "I. Lĩnh vực Đất đai (cấp tỉnh)", "*", "II. Lĩnh vực Hộ tịch", "*"), [PROVINCE, ""]),
        (
            (HEADING, "A. TTHC MỚI", "I. Cấp tỉnh", "*", "II. Cấp xã", "*", "B. TTHC SỬA ĐỔI", "*"),
            [PROVINCE, COMMUNE, ""],
        ),
        (("DANH MỤC TTHC CẤP XÃ", HEADING, "I. Lĩnh vực Đất đai", "*"), [COMMUNE]),
        (("DANH MỤC TTHC CẤP XÃ", "VÀ CẤP TỈNH", HEADING, "I. Lĩnh vực Đất đai", "*"), [""]),
    ],
)
def test_a_level_holds_until_a_section_beside_or_above_the_one_that_named_it(lines, said):
    assert [", ".join(each) for each in outlined(*lines)] == said


def test_a_section_may_name_several_levels_and_a_sheet_s_name_one():
    assert outlined(HEADING, "A. TTHC CẤP TỈNH, CẤP XÃ", "*") == [(PROVINCE, COMMUNE)]
    assert outlined(HEADING, "*", name="Cấp tỉnh") == [(PROVINCE,)]
    assert outlined(HEADING, "*", name="Cấp tỉnh, cấp xã") == [()]
    pages = [sheet(HEADING, f"1 | 1.00000{at} | Tên {at}", name=name) for at, name in enumerate(("Cấp tỉnh", "Cấp xã"))]
    assert [entry.titled_levels for entry in published_lists.read(pages).entries] == [(PROVINCE,), (COMMUNE,)]


def test_a_row_s_own_cell_counts_before_the_section_s_title():
    lines = ("Mã TTHC | Tên TTHC | Cấp thực hiện", "A. TTHC CẤP TỈNH | |")
    told = one(*lines, "1.001193 | Khai sinh | Cấp xã")
    assert (told.levels, told.titled_levels) == ((COMMUNE,), ())
    vague = one(*lines, "1.001193 | Khai sinh | Tổ dân phố")
    assert (vague.levels, vague.level_text, vague.titled_levels) == (None, "Tổ dân phố", ())
    assert one(*lines, "1.001193 | Khai sinh |").titled_levels == (PROVINCE,)
