"""What a receiver believes of a report's figures: whatever cannot be is found, and said in one sentence."""

import pytest

from desktop.sync import protocol
from desktop.sync.protocol import DayReport, Kind
from tests.sync import told
from tests.sync.invented import InventedCommune

GOOD = told.day_report()
CIVIL = GOOD["rows"][1]


def problem(**changed: object) -> str | None:
    document = protocol.sign(Kind.DAY_REPORT, told.day_report(**changed), told.COMMUNE)
    return protocol.problem_in(protocol.content_as(DayReport, document))


def nothing(total: int = 0) -> dict:
    return {"rows": [], "total": [total] * 11, "on_time": {"numerator": 0, "denominator": 0, "percent": None}}


def test_a_report_that_adds_up_has_no_problem():
    assert problem() is None and problem(**nothing()) is None
    assert problem(revision=2, reason_given=True, before="7F3K-92QC") is None


def test_invented_communes_have_none_either(monday):
    commune = InventedCommune("MT", "xã Mường Than")
    for visits in (0, 40, 300):
        document = protocol.sign(Kind.DAY_REPORT, commune.day(monday.date(), visits), commune.key)
        assert protocol.problem_in(protocol.content_as(DayReport, document)) is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"total": [17, 4, 9, 4, 12, 5, 6, 1, 5, 4, 1]}, "tổng các thủ tục"),
        (nothing(1), "tổng các thủ tục"),
        ({"rows": [CIVIL, CIVIL]}, "hai lần"),
        ({"rows": GOOD["rows"][::-1]}, "thứ tự"),
        ({"holds": False}, "không khớp"),
        ({"broken": ["Hộ tịch 1.001193"]}, "không khớp"),
        ({"on_time": {"numerator": 12, "denominator": 12, "percent": "100.00"}}, "Tỷ lệ"),
        ({"on_time": {"numerator": 11, "denominator": 12, "percent": "91.67"}}, "Tỷ lệ"),
        ({"on_time": {"numerator": 11, "denominator": 12, "percent": None}}, "Tỷ lệ"),
        ({"closed_at": "2026-11-11T23:59:59+07:00"}, "Thời điểm chốt"),
        ({"closed_at": "2026-11-11T16:59:59Z"}, "Thời điểm chốt"),
        ({"late": True}, "Thời điểm chốt"),
        ({"before": "7F3K-92QC"}, "bản trước"),
        ({"revision": 2, "before": ""}, "bản trước"),
        ({"previous": {"day": "2026-11-12", "revision": 1, "hash": "ef" * 32}}, "chính nó"),
    ],
)
def test_what_cannot_be_is_found(changed, said):
    found = problem(**changed)
    assert found is not None and said in found and found.endswith(".")


@pytest.mark.parametrize("column", range(11))
def test_a_row_in_which_one_figure_is_another_is_found(column):
    row = list(CIVIL)
    row[2 + column] += 1
    total = [figure + (at == column) for at, figure in enumerate(GOOD["total"])]
    assert "không khớp" in (problem(rows=[GOOD["rows"][0], row], total=total) or "")


def test_figures_below_zero_are_said_not_to_hold():
    row = ["Hộ tịch", "1.001193", 0, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0]
    told_so = nothing() | {"rows": [row], "total": row[2:]}
    assert "không khớp" in (problem(**told_so) or "")
    assert problem(**told_so, holds=False, broken=["Hộ tịch 1.001193"]) is None
