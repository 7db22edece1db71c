"""Fees in words: an amount only where every word is understood, and then the one that people read from it too."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Fee, FeeRule
from db.vocabulary import Channel
from desktop.rules import fee_texts
from desktop.rules.fees import CERTIFIED_COPY

COLLECTED = json.loads((Path(__file__).parents[1] / "data" / "fee_texts.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "text", ["Không", "Không thu", "Không thu lệ phí", "Miễn phí", "Miễn lệ phí.", "Phí, lệ phí: không", "0 đồng", "0"]
)
def test_what_costs_nothing(text):
    assert fee_texts.read(text) == fee_texts.FeeReading(Fee(0, text), certain=True)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("8.000 đồng/bản", 8_000),
        ("8000đ/bản", 8_000),
        ("Lệ phí: 20,000 VNĐ", 20_000),
        ("10.000 đồng / trường hợp.", 10_000),
        ("8.000 đồng/bản sao trích lục (TT 281/2016/TT-BTC)", 8_000),
        ("4.500.000 đồng", 4_500_000),
    ],
)
def test_one_amount_is_taken(text, amount):
    assert fee_texts.read(text) == fee_texts.FeeReading(Fee(amount, text), certain=True)


def test_an_exemption_becomes_a_line_of_the_fee_table():
    reading = fee_texts.read("8.000 đồng/bản; miễn: hộ nghèo, người khuyết tật")
    assert reading.certain and reading.fee.amount == 8_000
    assert reading.fees == (FeeRule(0, "Miễn", exemption="hộ nghèo, người khuyết tật"),)
    assert fee_texts.read("50.000 đồng/giao dịch (miễn: hộ nghèo)").fees == (FeeRule(0, "Miễn", exemption="hộ nghèo"),)


@pytest.mark.parametrize(
    "text",
    [
        "10.000 đồng trực tiếp; 5.000 đồng trực tuyến",
        "10.000 đồng/lần nộp trực tiếp; 5.000 đồng/lần nộp trực tuyến (TT 75/2022/TT-BTC, sửa đổi TT 71/2025/TT-BTC)",
        "Trực tiếp: 10.000 đồng, trực tuyến: 5.000 đồng",
        "Nộp trực tiếp: 10.000 đồng\nNộp trực tuyến: 5.000 đồng",
    ],
)
def test_each_channel_that_is_named_has_its_line_and_no_other_is_guessed(text):
    reading = fee_texts.read(text)
    assert reading.certain and reading.fee.amount is None
    assert reading.fees == (FeeRule(10_000, channel=Channel.DIRECT), FeeRule(5_000, channel=Channel.ONLINE))


def test_the_certified_copy_keeps_its_formula():
    text = "2.000 đồng/trang; từ trang thứ 3: 1.000 đồng/trang; tối đa 200.000 đồng/bản"
    assert fee_texts.read(text) == fee_texts.FeeReading(Fee(2_000, text, CERTIFIED_COPY), certain=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Có thu phí",
        "Không quy định",
        "8.000",
        "700 VNĐ",
        "5.000 – 10.000 đồng",
        "5.000 đồng/trang đối với bản đầu",
        "10.000 đồng trực tiếp; miễn phí nếu có thẻ",
        "Trực tiếp: 10.000 đồng; trực tiếp: 5.000 đồng",
        "Theo Nghị quyết của HĐND tỉnh",
        "Miễn lệ phí đăng ký đúng hạn; quá hạn: 8.000 đồng",
        "10.000 đồng trực tiếp\ufffd",
        "8.000 đồng/bản " * 100,
    ],
)
def test_anything_else_is_typed_at_the_counter(text):
    reading = fee_texts.read(text)
    assert not reading.certain and reading.fee.amount is None and reading.fees == ()


@pytest.mark.parametrize("entry", COLLECTED, ids=lambda entry: entry["text"][:60])
def test_no_certain_amount_contradicts_the_collected_one(entry):
    reading = fee_texts.read(entry["text"])
    if reading.certain:
        direct = [line.amount for line in reading.fees if line.channel is Channel.DIRECT]
        assert entry["amount"] in (reading.fee.amount, *direct)


@given(st.text(max_size=80))
def test_no_text_breaks_it(text):
    reading = fee_texts.read(text)
    assert reading.certain or (reading.fee.amount is None and not reading.fees)
