"""Figures beside the official table, from a few dossiers that anybody can count on fingers."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from db.records import Limit
from db.vocabulary import Channel, EventKind, LimitUnit, Outcome
from desktop.rules import cases, durations, index_766, indicators
from desktop.rules.calendar import VN_TZ, shipped
from desktop.rules.cases import Reception, Ruler
from desktop.rules.figures import NO_DATA, Span
from desktop.rules.indicators import Answers, Asked, Files
from desktop.rules.lifecycle import Happened
from desktop.rules.statistics import Course
from desktop.rules.statistics import Span as Promise

E = EventKind
NOVEMBER = Span(date(2026, 11, 1), date(2026, 11, 30))
RULER = Ruler(shipped(), date(2026, 9, 1), date(2026, 12, 31))
FIVE_DAYS = Limit(Decimal(5), LimitUnit.WORKING_DAYS)


def day(number):
    return date(2026, 11, number)


def case(code, came, due, ended=None, *acts, late=False, procedure="P", until=NOVEMBER.last, **reception):
    """A dossier received, due and ended on days of November; ``acts`` are (event, day, facts)."""
    received_on, ended_on = day(came), day(ended) if ended else None
    outcome = None if ended is None else Outcome.LATE if late else Outcome.ON_TIME
    course = Course(
        ("Hộ tịch", procedure),
        reception.get("channel") == Channel.ONLINE,
        received_on,
        (Promise(received_on, day(due)),),
        ended_on,
        outcome,
    )
    told = [(E.REGISTER, came, {}), *acts, *([(E.FINISH, ended, {})] if ended else [])]
    told.sort(key=lambda one: one[1])
    history = [
        Happened(seq, event, datetime.combine(day(on), time(9), VN_TZ), "truc", facts)
        for seq, (event, on, facts) in enumerate(told, start=1)
    ]
    begun = {"limit": FIVE_DAYS, "statutory": None, "channel": "direct", "clerk": "truc"} | reception
    return cases.case(code, course, Reception(f"Thủ tục {procedure}", **begun), history, until)


def shown(group):
    return {figure.key.partition(".")[2]: (figure.words, figure.fraction, figure.counted) for figure in group.figures}


def test_who_typed_online_dossiers_adds_up_to_them():
    some = [
        case("A", 2, 9, channel="online", filed_by="self"),
        case("B", 2, 9, channel="online", filed_by="helped"),
        case("C", 3, 9, channel="online"),
        case("D", 3, 9),
        case("E", 3, 9, channel="post"),
    ]
    group = indicators.channels(some, NOVEMBER)
    told = {figure.key: figure for figure in group.figures}
    assert told["channel.online"].fraction == "3 / 5" and told["channel.online"].words == "60,00 %"
    parts = [figure for figure in group.figures if figure.key.startswith("online.")]
    assert [figure.numerator for figure in parts] == [1, 1, 0, 1]
    assert told["online.helped"].counted == ("B",)
    assert sum(figure.numerator for key, figure in told.items() if key.startswith("channel.")) == 5


def test_a_channel_that_nobody_was_asked_about_has_no_data():
    group = indicators.channels([case("A", 2, 9, channel="online")], NOVEMBER)
    words = {figure.key: figure.words for figure in group.figures}
    assert words["online.self"] == words["online.helped"] == words["online.on_behalf"] == NO_DATA
    assert words["online.unknown"] == "100,00 %"


def test_an_empty_period_shows_dashes():
    for group in (
        indicators.channels([], NOVEMBER),
        indicators.payments([], NOVEMBER),
        indicators.digitised([], Files(), NOVEMBER),
        indicators.visits([], NOVEMBER),
    ):
        assert {figure.words for figure in group.figures} == {"—"}


def test_the_way_of_the_last_payment_counts():
    some = [
        case("A", 2, 9, None, (E.FEE_PAID, 3, {"by": "cash"}), (E.FEE_PAID, 4, {"by": "online"})),
        case("B", 2, 9, None, (E.FEE_PAID, 3, {"by": "cash"})),
        case("C", 2, 9, None, (E.FEE_PAID, 3, {})),
        case("D", 2, 9),
    ]
    assert shown(indicators.payments(some, NOVEMBER)) == {
        "online": ("33,33 %", "1 / 3", ("A",)),
        "transfer": ("0,00 %", "0 / 3", ()),
        "cash": ("33,33 %", "1 / 3", ("B",)),
        "unknown": ("33,33 %", "1 / 3", ("C",)),
    }


def test_what_was_undone_never_was():
    some = [case("A", 2, 9, None, (E.FEE_PAID, 3, {"by": "cash"}), (E.UNDO, 4, {"undoes": 2}))]
    assert shown(indicators.payments(some, NOVEMBER))["cash"][1] == "0 / 0"


def test_a_day_knows_nothing_of_what_came_after():
    request = (E.REQUEST_SUPPLEMENT, 20, {"note": "thiếu"})
    before, after = (case("A", 2, 9, None, request, until=day(until)) for until in (19, 20))
    assert not before.acts(E.REQUEST_SUPPLEMENT) and after.acts(E.REQUEST_SUPPLEMENT)


def test_files_that_are_gone_do_not_count():
    some = [case("A", 2, 9, 4), case("B", 2, 9, 4), case("C", 2, 9, 4), case("D", 2, 9)]
    files = Files(papers=frozenset("AB"), results=frozenset("A"), broken=frozenset("C"))
    assert shown(indicators.digitised(some, files, NOVEMBER)) == {
        "papers": ("66,66 %", "2 / 3", ("A", "B")),
        "results": ("33,33 %", "1 / 3", ("A",)),
        "both": ("33,33 %", "1 / 3", ("A",)),
        "broken": ("33,33 %", "1 / 3", ("C",)),
    }


def test_visits_are_slips_before_and_requests_after():
    request = {"note": "thiếu"}
    some = [
        case("A", 2, 9, 4),
        case("B", 2, 9, 6, slips=1),
        case("C", 2, 9, 6, (E.REQUEST_SUPPLEMENT, 3, request), (E.SUPPLEMENT, 4, {}), slips=1),
        case(
            "D",
            2,
            9,
            None,
            (E.REQUEST_SUPPLEMENT, 3, request),
            (E.SUPPLEMENT, 4, {}),
            (E.REQUEST_SUPPLEMENT, 5, request),
        ),
    ]
    told = shown(indicators.visits(some, NOVEMBER))
    assert [told[key][2] for key in ("once", "again", "more")] == [("A",), ("B",), ("C",)]
    assert told["asked_twice"] == ("25,00 %", "1 / 4", ("D",))


def test_causes_are_ranked_whoever_wrote_them():
    some = [
        case("A", 2, 9, None, (E.REQUEST_SUPPLEMENT, 3, {"note": "x", "items": ["Tờ khai", "Giấy chứng sinh"]})),
        case("B", 2, 9, None, (E.REQUEST_SUPPLEMENT, 3, {"note": "tờ  KHAI"})),
        case("C", 2, 9, None, (E.REQUEST_SUPPLEMENT, 3, {"note": "Ảnh thẻ"})),
    ]
    slips = [Asked(("Giấy chứng sinh",), "A"), Asked(("Tờ khai",))]
    group = indicators.causes(some, slips, NOVEMBER)
    assert [(figure.name, figure.fraction, figure.counted) for figure in group.figures] == [
        ("Tờ khai", "3 / 5", ("A", "B")),
        ("Giấy chứng sinh", "2 / 5", ("A",)),
        ("Ảnh thẻ", "1 / 5", ("C",)),
    ]


def test_every_letter_that_was_due_stands_in_one_line():
    some = [
        case("IN TIME", 2, 9, 9),
        case("SILENT", 2, 9, 11, late=True),
        case("LATE LETTER", 2, 9, 13, (E.APOLOGISE, 12, {"note": "x"}), late=True),
        case("MOVED", 2, 19, 18, (E.EXTEND, 5, {"note": "x", "to": "2026-11-19T17:00:00+07:00"})),
        case("OPEN", 2, 25),
        case("OPEN AND OVER", 2, 27),
        case("LATER", 2, 30),
    ]
    told = shown(indicators.letters(some, NOVEMBER))
    assert told["due"][2] == ("SILENT", "LATE LETTER", "MOVED", "OPEN", "OPEN AND OVER")
    assert told["in_time"][2] == ("MOVED",)
    assert told["late"][2] == ("LATE LETTER",)
    assert told["none"] == ("60,00 %", "3 / 5", ("SILENT", "OPEN", "OPEN AND OVER"))


@pytest.mark.parametrize(
    ("came", "ended", "acts", "days"),
    [
        (2, 2, (), 0),
        (2, 4, (), 2),
        (6, 9, (), 1),
        (20, 25, (), 2),  # 24/11 is a day off
        (2, 13, ((E.REQUEST_SUPPLEMENT, 4, {"note": "x"}), (E.SUPPLEMENT, 10, {})), 5),
    ],
)
def test_days_are_counted_as_a_limit_is(came, ended, acts, days):
    assert RULER.taken(case("A", came, 30, ended, *acts)) == days


def test_average_median_and_longest_by_procedure():
    some = [case("A", 2, 9, 2), case("B", 2, 9, 3), case("C", 2, 30, 6), case("D", 2, 9, 4, procedure="Q")]
    slow, quick = durations.by_procedure(some, RULER, NOVEMBER)
    assert (slow.procedure, slow.average, slow.median, slow.longest) == ("Q", Decimal("2.0"), Decimal("2.0"), 2)
    assert (quick.days, quick.average, quick.median, quick.dossiers) == (
        (0, 1, 4),
        Decimal("1.7"),
        Decimal("1.0"),
        ("C", "B", "A"),
    )


def test_what_was_cut_off_the_law_is_summed():
    law = Limit(Decimal(10), LimitUnit.WORKING_DAYS)
    some = [
        case("A", 2, 9, 4, statutory=law),
        case("B", 2, 9, 9, statutory=law),
        case("C", 2, 9, 9),
        case("D", 2, 9, 9, statutory=Limit(Decimal(10), LimitUnit.CALENDAR_DAYS)),
    ]
    (cut,) = durations.cuts(some, RULER, NOVEMBER)
    assert (cut.statutory, cut.promised, cut.taken, cut.dossiers) == (20, 10, 7, ("A", "B"))
    told = {figure.key: figure.words for figure in durations.cut_group(some, RULER, NOVEMBER).figures}
    assert told == {
        "cut.dossiers": "50,00 %",
        "cut.promised.working_days": "10 / 20 ngày làm việc",
        "cut.taken.working_days": "13 / 20 ngày làm việc",
    }


def test_satisfaction_is_never_a_bare_share():
    some = [
        case(str(number), 2, 9, 4, (E.HAND_OVER, 5, {})) if number < 8 else case(str(number), 2, 9, 4)
        for number in range(10)
    ]
    answers = Answers(5, 1, {(5, "second_screen"): (0, 1, 0, 1, 2)}, ("1", "2"))
    group = indicators.satisfaction(answers, some, NOVEMBER)
    response, satisfied = group.figures
    assert (response.words, response.fraction) == ("62,50 %", "5 / 8")
    assert (satisfied.words, satisfied.fraction, satisfied.counted) == ("75,00 %", "3 / 4", ())
    assert "5 phiếu / 8 hồ sơ trả trong kỳ" in group.notes[0] and "1 phiếu mất" in group.notes[-1]


def test_the_estimate_counts_a_second_request_as_overdue_and_guesses_nothing():
    request = {"note": "x"}
    some = [
        case("A", 2, 9, 4),
        case("B", 2, 9, 12, late=True),
        case(
            "C", 2, 9, 9, (E.REQUEST_SUPPLEMENT, 3, request), (E.SUPPLEMENT, 4, {}), (E.REQUEST_SUPPLEMENT, 5, request)
        ),
        case("D", 2, 25),
        case("E", 2, 30),
    ]
    group = index_766.estimate(some, Files(results=frozenset("A")), RULER, NOVEMBER)
    told = {figure.key: figure for figure in group.figures}
    assert told["index.2.1"].counted == ("A", "E")
    assert (told["index.4.1"].words, told["index.4.2"].words) == ("33,33 %", "0,00 %")
    assert told["index.4.2"].note == "chưa đạt mức đủ điểm 80 %"
    assert {told[f"index.{part}"].words for part in ("1.2", "4.3", "5.2", "5.4")} == {NO_DATA}
    assert "ước tính nội bộ" in group.title


def test_figures_of_people_are_for_the_head_alone():
    groups = indicators.clerks([case("A", 2, 9, 4), case("B", 2, 9, 12, late=True)], NOVEMBER)
    assert groups.head_only
    assert shown(groups)["truc.late"] == ("50,00 %", "1 / 2", ("B",))
