"""Charts on paper: every figure said in words, patterns instead of colours, axes that tell where they begin."""

from dataclasses import replace

import pytest

from desktop.documents.charts import axis_of_rates, chart_block
from desktop.documents.layout import Sheet
from desktop.documents.pages import to_pdf
from desktop.documents.report import Chart, Grid, Paper, Target
from desktop.documents.report_pdf import PAPERS
from desktop.rules.statistics import Rate
from tests.paper import report_samples as samples
from tests.paper.looking import in_order

LINE = Chart("line", "Tỷ lệ đúng hạn", 0, (3,), samples.TARGET)
BARS = Chart("bars", "Tiếp nhận và giải quyết", 0, (1, 2))
SHARES = Chart("shares", "Theo lĩnh vực", 0, (1, 2, 3))
TREND = Grid(samples.TREND, samples.TREND_ROWS)
FIELDS = Grid(samples.FIELDS, samples.FIELD_ROWS, totals=1)
BLACK = (0, 0, 0, 255)


def drawn(chart, grid, paper=Paper.PORTRAIT) -> bytes:
    sheet = Sheet(PAPERS[paper])
    sheet.add(chart_block(sheet, chart, grid))
    return to_pdf([sheet], title="Biểu đồ", author="", subject="")


def rates(*pairs) -> Grid:
    return Grid(samples.TREND, [(f"{n}/2026", 0, 0, Rate(*pair)) for n, pair in enumerate(pairs, start=1)])


def test_every_rate_is_said_with_its_number_of_dossiers(pages_text):
    (text,) = pages_text(drawn(LINE, TREND))
    for name, _, _, rate in samples.TREND_ROWS:
        assert name in text
        assert str(rate.denominator) in text
        if rate.denominator:
            assert rate.words.removesuffix(" %") in text
    assert "mục tiêu" in text and "99,5 %" in text.replace("99,50", "99,5")


def test_an_axis_that_does_not_begin_at_nought_says_so(pages_text):
    (text,) = pages_text(drawn(replace(LINE, target=None), rates((97, 100), (995, 1000))))
    assert text.startswith("Tỷ lệ đúng hạn (%; trục đứng bắt đầu từ 97 %)")
    (text,) = pages_text(drawn(replace(LINE, target=None), rates((0, 100), (100, 100))))
    assert text.startswith("Tỷ lệ đúng hạn (%)")


@pytest.mark.parametrize(
    ("lowest", "axis"),
    [
        (9950, (50, 9950)),
        (9912, (50, 9900)),
        (9760, (50, 9750)),
        (9749, (100, 9700)),
        (6667, (1000, 6000)),
        (0, (2000, 0)),
    ],
)
def test_an_axis_has_round_steps_and_holds_every_rate(lowest, axis):
    grid = rates((lowest, 10_000), (1, 1))
    assert axis_of_rates(replace(LINE, target=None), grid) == axis


def test_the_target_belongs_to_the_axis():
    assert axis_of_rates(replace(LINE, target=Target(9000, "mục tiêu")), rates((1, 1)))[1] <= 9000


def test_points_of_few_dossiers_are_told(pages_text):
    (few,) = pages_text(drawn(LINE, rates((9, 10), (99, 100))))
    (many,) = pages_text(drawn(LINE, rates((90, 100), (99, 100))))
    assert "dưới 50 hồ sơ" in few and "dưới 50 hồ sơ" not in many


@pytest.mark.parametrize("grid", [rates((0, 0), (0, 0)), Grid(samples.TREND, [])])
def test_nothing_resolved_is_said_instead_of_drawn(grid, pages_text):
    (text,) = pages_text(drawn(LINE, grid))
    assert text == "Tỷ lệ đúng hạn Chưa có hồ sơ đã giải quyết nên chưa có tỷ lệ."


def test_one_point_alone_is_drawn(pages_text):
    (text,) = pages_text(drawn(LINE, rates((342, 345))))
    assert "99,13" in text and "345" in text


def test_bars_are_named_and_numbered(pages_text):
    (text,) = pages_text(drawn(BARS, Grid(samples.TREND, samples.TREND_ROWS[:4])))
    in_order(text, ("Tiếp nhận và giải quyết", "Tiếp nhận", "Đã giải quyết"))
    assert all(str(count) in text for row in samples.TREND_ROWS[:4] for count in row[1:3])


def test_shares_say_the_sum_and_what_is_late(pages_text):
    (text,) = pages_text(drawn(SHARES, FIELDS))
    in_order(text, ("Trước hạn", "Đúng hạn", "Quá hạn", "Hộ tịch", "89 (quá hạn 1)", "Chứng thực", "184 (quá hạn 0)"))
    assert "Đất đai" not in text and "Tổng cộng" not in text, "nothing to draw, and no sum beside its parts"


@pytest.mark.parametrize("chart", [LINE, BARS, SHARES], ids=lambda chart: chart.kind)
def test_black_and_white_is_all_the_ink(chart, inks, rasters):
    pdf = drawn(chart, FIELDS if chart is SHARES else TREND)
    (page,) = inks(pdf)
    assert {colour for ink in page for colour in ink.colours} <= {BLACK, (255, 255, 255, 255)}
    (picture,) = rasters(pdf, 100)
    assert picture.convert("1").getextrema() == (0, 255)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("chart", [LINE, BARS, SHARES], ids=lambda chart: chart.kind)
def test_no_words_leave_the_page_or_lie_on_each_other(chart, paper, inks):
    grid = FIELDS if chart is SHARES else TREND
    (page,) = inks(drawn(chart, grid, paper))
    size = PAPERS[paper]
    words = [ink for ink in page if ink.kind == "text" and ink.words.strip()]
    for ink in words:
        assert ink.size >= 9
        assert size.left - 1 <= ink.left and ink.right <= size.width - size.right + 1, ink.words
    for number, one in enumerate(words):
        for other in words[number + 1 :]:
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.top, other.top) - max(one.bottom, other.bottom)
            assert across < 0.6 or down < 1.2, (one.words, other.words)


def test_a_long_name_is_shortened_and_a_year_of_noughts_has_an_axis(pages_text):
    grid = Grid(samples.FIELDS, [("Tiếp công dân, xử lý đơn thư, khiếu nại, tố cáo " * 3, 1, 0, 0)])
    (text,) = pages_text(drawn(SHARES, grid))
    assert "…" in text and "1 (quá hạn 0)" in text
    (text,) = pages_text(drawn(BARS, Grid(samples.TREND, [("1/2026", 0, 0, Rate(0, 0))])))
    assert "0" in text and "1/2026" in text
