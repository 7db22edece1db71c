"""An edit by hand sets what differs and moves nothing else."""

from dataclasses import replace
from decimal import Decimal

import pytest

from db.records import Fee, Limit, ProcedureCase, ProcedureVersion, RequiredPaper
from db.vocabulary import LimitUnit
from desktop.rules.hand_edits import HandEdit, edited

THREE, FIVE = (Limit(Decimal(days), LimitUnit.WORKING_DAYS) for days in (3, 5))
VERSION = ProcedureVersion(
    "1.001193",
    "Đăng ký khai sinh",
    "Hộ tịch",
    FIVE,
    papers=(RequiredPaper("Tờ khai", 1, 0), RequiredPaper("Giấy chứng sinh", 1, 2)),
    fee=Fee(0, "Không"),
    limit_text="05 ngày làm việc",
    review_note="ghi chú",
)
SAME = HandEdit(VERSION.name, FIVE, None, "Không", ("Tờ khai", "Giấy chứng sinh"))


def test_nothing_typed_changes_nothing():
    assert edited(VERSION, SAME) == VERSION


def test_a_shorter_limit_keeps_the_laws_and_is_no_text_any_more():
    found = edited(VERSION, replace(SAME, limit=THREE, statutory=FIVE))
    assert (found.limit, found.statutory, found.limit_text, found.review_note) == (THREE, FIVE, "", "")
    assert replace(found, limit=FIVE, statutory=None, limit_text="05 ngày làm việc", review_note="ghi chú") == VERSION


def test_no_limit_typed_leaves_cases_as_they_are():
    cased = replace(VERSION, limit=None, cases=(ProcedureCase("Thường", FIVE),))
    assert edited(cased, replace(SAME, limit=None)) == cased


@pytest.mark.parametrize(("text", "amount"), [("8.000 đồng", 8_000), ("theo nghị quyết của tỉnh", None)])
def test_a_fee_is_an_amount_only_when_every_word_is_understood(text, amount):
    found = edited(VERSION, replace(SAME, fee_text=text))
    assert (found.fee.amount, found.fee.text) == (amount, text)


def test_a_paper_that_keeps_its_name_keeps_its_copies():
    found = edited(VERSION, replace(SAME, papers=("Giấy chứng sinh", "Giấy mới")))
    assert found.papers == (RequiredPaper("Giấy chứng sinh", 1, 2), RequiredPaper("Giấy mới", 1, 0))
