"""``stats``: the official table on the command line, as cli.md gives it."""

import pytest

from tests.cli.conftest import assert_sentence

ROW = (
    *("received_total", "received_online", "received_direct", "carried_over", "resolved_total", "early", "on_time"),
    *("late", "pending_total", "pending_in_time", "pending_overdue"),
)


def test_the_table_and_its_rate(motcua, month):
    answer = motcua("stats", "--from", "2026-11-01", "--to", "2026-11-05", "--json", data=month).json
    assert answer["unit"] == {"code": "MT", "name": "xã Mường Than"}
    assert (answer["from"], answer["to"]) == ("2026-11-01", "2026-11-05")
    (row,) = answer["rows"]
    assert row.pop("field") == "Hộ tịch"
    assert row == answer["total"] == dict(zip(ROW, (3, 1, 2, 0, 2, 0, 1, 1, 1, 0, 1), strict=True))
    assert answer["on_time"] == {"numerator": 1, "denominator": 2, "percent": "50.00"}


def test_what_was_left_open_is_carried_over(motcua, month):
    total = motcua("stats", "--from", "2026-11-05", "--to", "2026-11-30", "--json", data=month).json["total"]
    assert (total["carried_over"], total["received_total"], total["pending_overdue"]) == (1, 1, 1)


def test_nothing_resolved_is_no_rate(motcua, month):
    answer = motcua("stats", "--from", "2026-10-01", "--to", "2026-10-31", "--json", data=month).json
    assert answer["rows"] == [] and answer["on_time"] == {"numerator": 0, "denominator": 0, "percent": None}
    text = motcua("stats", "--from", "2026-10-01", "--to", "2026-10-31", data=month)
    assert text.exit_code == 0 and "— = 0 / 0" in text.out


def test_a_period_that_a_merger_of_units_cuts_says_so(motcua, month):
    cut = motcua("stats", "--from", "2025-06-15", "--to", "2025-09-14", data=month)
    assert "Trước ngày 01/07/2025 chưa có xã Mường Than" in cut.out and "Phúc Than" in cut.out
    whole = motcua("stats", "--from", "2025-07-01", "--to", "2025-09-14", data=month)
    assert "chưa có xã" not in whole.out


def test_an_empty_register_has_an_empty_table(motcua, practice_home):
    answer = motcua("stats", "--from", "2026-11-01", "--to", "2026-11-05", "--json", data=practice_home).json
    assert answer["rows"] == [] and set(answer["total"].values()) == {0}


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2026-11-05", "2026-11-01", "from_after_to"),
        ("2027-11-05", "2027-11-06", "period_in_future"),
        ("hôm qua", "2026-11-06", "bad_date"),
        ("2026-02-30", "2026-11-06", "bad_date"),
    ],
)
def test_days_that_cannot_be_are_refused(motcua, month, first, last, code):
    refused = motcua("stats", "--from", first, "--to", last, "--json", data=month)
    assert refused.exit_code == 2 and refused.error["code"] == code
    assert_sentence(refused.error["message"])


def test_a_day_is_closed_once_and_named_by_its_code(motcua, month):
    refused = motcua("close-day", "2026-11-02", "--json", data=month)
    assert refused.exit_code == 2 and refused.error["code"] == "unanswered"
    assert len(refused.error["dossiers"]) == 2
    answers = [word for code in refused.error["dossiers"] for word in ("--answer", f"{code}=mất điện hai ngày")]
    sealed = motcua("close-day", "2026-11-02", *answers, "--json", data=month).json
    assert (sealed["day"], sealed["revision"], sealed["late"]) == ("2026-11-02", 1, False)
    assert (sealed["total"]["received_total"], sealed["total"]["on_time"]) == (2, 1)
    assert sealed["on_time"] == {"numerator": 1, "denominator": 1, "percent": "100.00"}
    assert motcua("close-day", "2026-11-02", "--json", data=month).json == sealed
    assert motcua("verify-chain", data=month).exit_code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("2026-12-24",), "day_in_future"),
        (("2026-10-24",), "before_register"),
        (("24/11/2026",), "bad_date"),
        (("2026-11-02", "--answer", "vì mưa"), "bad_answer"),
    ],
)
def test_a_day_that_cannot_be_closed_is_refused(motcua, month, words, code):
    refused = motcua("close-day", *words, "--json", data=month)
    assert refused.exit_code == 2 and refused.error["code"] == code
    assert_sentence(refused.error["message"])
