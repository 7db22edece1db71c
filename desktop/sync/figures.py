"""Whether the figures of a day's report can be: what a careful reader would add up by hand, before it is believed.

Pure. Called through ``protocol`` by whoever receives reports; a report that fails is rejected with the sentence, and
alone.
"""

from collections.abc import Iterator

from desktop.rules.calendar import VN_TZ
from desktop.rules.statistics import COLUMNS, Line, adds_up, on_time_rate
from desktop.sync.bodies import DayReport


def problem_in(report: DayReport) -> str | None:
    """One Vietnamese sentence about the first thing that cannot be, or None.

    Rows are each there once and add up to the total; sums that are said to hold do; the on-time rate is that of the
    total; a later revision names the one before it; nothing was closed before its day.
    """
    return next(_problems(report), None)


def _problems(report: DayReport) -> Iterator[str]:
    groups = [row[:2] for row in report.rows]
    if len(set(groups)) != len(groups):
        yield "Có thủ tục đứng hai lần trong bảng."
    if groups != sorted(groups):
        yield "Các dòng của bảng không theo thứ tự lĩnh vực và thủ tục."
    sums = tuple(map(sum, list(zip(*report.rows, strict=True))[2:]))
    if (sums or (0,) * len(COLUMNS)) != report.total:
        yield "Dòng tổng không bằng tổng các thủ tục."
    broken = tuple(" ".join(row[:2]) for row in report.rows if not adds_up(row[2:]))
    if report.broken != broken or report.holds != (not broken and adds_up(report.total)):
        yield "Các cột không khớp nhau mà báo cáo ghi khác."
    rate, told = on_time_rate(Line(*report.total)), report.on_time
    if (told.numerator, told.denominator, told.percent) != (rate.numerator, rate.denominator, rate.percent):
        yield "Tỷ lệ đúng hạn không theo số liệu."
    yield from _closing_problems(report)


def _closing_problems(report: DayReport) -> Iterator[str]:
    closed_on = report.closed_at.astimezone(VN_TZ).date()
    if closed_on < report.day or (report.late and closed_on == report.day):
        yield "Thời điểm chốt không hợp với ngày báo cáo."
    if (report.revision == 1) != (report.before == ""):
        yield "Số bản chốt không hợp với mã của bản trước."
    if report.previous is not None and report.previous.hash == report.hash:
        yield "Bản chốt không thể đứng sau chính nó."
