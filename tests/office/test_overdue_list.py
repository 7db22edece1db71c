"""The overdue and apology list: just the dossiers behind the figures, as late as they were then, and who is owed."""

from datetime import date, timedelta

import pytest

from desktop.office import acts, causes, closing, counter, counting, overdue_list
from desktop.office.overdue_list import OWED
from desktop.rules import periods
from tests.office.reported import AFTERWARDS, NOVEMBER, column

WHOLE = periods.free(NOVEMBER.first, AFTERWARDS.date())


def rows_of(content, part):
    return content.sections[part].grid.rows


@pytest.mark.parametrize("period", [NOVEMBER, WHOLE, periods.free(date(2026, 11, 18), date(2026, 11, 20))])
def test_the_list_is_the_figures_dossiers(november, period):
    content = overdue_list.content(november, period, now=AFTERWARDS)
    for part, cell in enumerate(("pending_overdue", "late")):
        behind = counting.behind(november, cell, period.first, period.last, now=AFTERWARDS)
        codes = {row.official_code or row.code for row in behind}
        assert set(column(content.sections[part], "Mã hồ sơ")) == codes
        assert len(rows_of(content, part)) == len(codes)
        assert str(len(codes)) in content.sections[part].title


def test_everything_listed_was_late_then(november):
    content = overdue_list.content(november, WHOLE, now=AFTERWARDS)
    waiting, ended = rows_of(content, 0), rows_of(content, 1)
    assert waiting and ended
    assert all(row[6] >= 1 and row[4] < AFTERWARDS.date() and row[5] is None for row in waiting)
    assert all(row[6] >= 1 and row[5] is not None for row in ended)
    dues = [row[4] for row in waiting]
    assert dues == sorted(dues)


@pytest.fixture
def late(commune, correction_form, monday):
    """Received on Monday, due on Friday, still open on the Monday after."""
    taken = counter.register(commune, correction_form, clerk="truc", now=monday)
    return commune, taken.code, monday + timedelta(days=7)


def only_case(book, period, now):
    counted = counting.counted(book, period.first, period.last, now=now)
    (case,) = (*causes.overdue(book, counted, now=now), *causes.ended_late(book, counted, now=now))
    return case


def test_without_a_word_there_is_no_cause_and_no_apology(late):
    book, code, now = late
    case = only_case(book, periods.free(now.date(), now.date()), now)
    assert (case.row.code, case.due_on, case.days_late) == (code, date(2026, 11, 27), 3)
    assert (case.cause, case.apologised_on, case.holder) == (causes.NO_CAUSE, None, "Quầy")


def test_an_apology_gives_cause_and_day(late):
    book, code, now = late
    acts.perform(book, code, "apologise", {"note": "Chờ xác minh"}, clerk="truc", now=now)
    case = only_case(book, periods.free(now.date(), now.date()), now)
    assert (case.cause, case.apologised_on) == ("Chờ xác minh", now.date())
    # The day before, nobody had apologised yet.
    sunday = now.date() - timedelta(days=1)
    assert only_case(book, periods.free(sunday, sunday), now).apologised_on is None


def test_an_answer_at_closing_is_the_cause_where_nobody_apologised(late):
    book, code, now = late
    closing.close_day(book, now.date(), clerk="truc", now=now, answers={code: "mất điện hai ngày"})
    assert only_case(book, periods.free(now.date(), now.date()), now).cause == "mất điện hai ngày"


def test_what_ended_late_stays_on_the_list_of_its_period(late):
    book, code, now = late
    acts.perform(book, code, "forward", {"to": "Phòng Kinh tế"}, clerk="truc", now=now)
    assert only_case(book, periods.free(now.date(), now.date()), now).holder == "Phòng Kinh tế"
    acts.perform(book, code, "finish", {}, clerk="truc", now=now + timedelta(hours=2))
    case = only_case(book, periods.free(now.date(), now.date()), now + timedelta(hours=3))
    assert (case.ended_on, case.days_late, case.holder) == (now.date(), 3, "")
    saturday = date(2026, 11, 28)
    assert only_case(book, periods.free(saturday, saturday), now + timedelta(hours=3)).ended_on is None


def test_the_sum_says_how_many_apologies_are_owed(november):
    content = overdue_list.content(november, WHOLE, now=AFTERWARDS)
    given = [cell for part in (0, 1) for cell in column(content.sections[part], "Xin lỗi")]
    owed = given.count(OWED)
    assert 0 < owed < len(given)
    assert content.sections[0].lead == (
        f"Phải xin lỗi {len(given)} hồ sơ: đã xin lỗi {len(given) - owed}, còn thiếu {owed}.",
    )


def test_nothing_late_is_said(commune, monday):
    content = overdue_list.content(commune, periods.free(monday.date(), monday.date()), now=monday)
    assert [section.grid.empty for section in content.sections] == ["Không có hồ sơ nào."] * 2
    assert content.sections[0].lead == ("Phải xin lỗi 0 hồ sơ: đã xin lỗi 0, còn thiếu 0.",)
