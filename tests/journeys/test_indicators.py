"""A thousand dossiers whose every figure was worked out by hand, and a wild month whose figures must add up."""

import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from db.vocabulary import EventKind
from desktop.errors import UserError
from desktop.office import acts, attachments, counter, counting, indicators, opening, replaying
from desktop.rules.calendar import VN_TZ, shipped
from desktop.rules.figures import NO_DATA
from tests.conftest import MONDAY
from tests.journeys.telling import Teller

AFTERWARDS = datetime(2026, 12, 31, 8, tzinfo=VN_TZ)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
#: The working days from 2/11/2026; the twentieth is 30/11, for 24/11 is a holiday.
DAYS = [
    on for on in (date(2026, 11, 2) + timedelta(days=number) for number in range(60)) if shipped().is_working_day(on)
]
FILED_BY = {0: "self", 1: "helped", 2: "on_behalf"}
PAID_BY = {5: {"by": "cash"}, 6: {"by": "transfer"}, 8: {"by": "online"}, 9: {}}


def _dossier(number: int) -> dict:
    channel = "online" if number % 10 < 4 else "post" if number % 10 == 4 else "direct"
    told = {"procedure": "1.004859", "channel": channel, "case": "Thay đổi, cải chính, xác định lại dân tộc"}
    told |= {"applicant": {"name": f"Vàng Thị Ví Dụ {'ABCDEFGHIJ'[number % 10]}"}, "clerk": "truc"}
    return told | ({"filed_by": FILED_BY[number % 10]} if number % 10 in FILED_BY else {})


def _life(number: int) -> Iterator[tuple[int, str, dict]]:
    """What happens to the dossier of this number: (working day, act, facts). Fifty come on each of twenty days."""
    day, nth = divmod(number, 50)
    yield day, "register", {"dossier": _dossier(number)}
    if nth == 17:
        if day < 5:
            yield day + 4, "apologise", {"note": "thiếu người"}
        return
    if nth == 7:
        told = {"items": ["Giấy chứng sinh"]} if day % 2 == 0 else {}
        yield day + 1, "request_supplement", {"note": "Tờ khai chưa ký"} | told
        yield day + 2, "supplement", {}
        yield day + 3, "finish", {}
        yield day + 3, "hand_over", {}
        return
    if nth == 27:
        yield day + 1, "extend", {"note": "chờ xác minh", "to": f"{DAYS[day + 6]}T16:00:00"}
    if number % 10 in PAID_BY:
        yield day + 1, "fee_paid", {"receipt_number": f"A{number}"} | PAID_BY[number % 10]
    yield day + 1, "finish", {}
    if number % 10 != 4:
        yield day + 1, "hand_over", {}
    if nth in (0, 10):
        yield day + 1, "rate", {"score": 5 if nth else 2, "anonymous": False}


def _lines() -> list[bytes]:
    told = []
    for number in range(1000):
        for step, (day, event, facts) in enumerate(_life(number)):
            at = datetime.combine(DAYS[day], datetime.min.time()) + timedelta(
                hours=8, minutes=number % 50, seconds=step
            )
            told.append((at, {"ref": f"r{number}", "event": event, "at": at.isoformat(), "clerk": "truc"} | facts))
    return [json.dumps(line).encode() for _, line in sorted(told, key=lambda pair: pair[0])]


@pytest.fixture(scope="module")
def thousand(practice_template, tmp_path_factory):
    home = shutil.copytree(practice_template, tmp_path_factory.mktemp("thousand") / "data")
    with opening.open_register(home, now=MONDAY) as book:
        replayed = replaying.replay(book, _lines())
        assert not replayed.rejected
        yield book


@pytest.fixture(scope="module")
def november(thousand):
    return indicators.of_period(thousand, *NOVEMBER, now=AFTERWARDS)


@pytest.mark.parametrize(
    ("key", "words", "fraction"),
    [
        # Ten kinds of dossiers, a hundred of each.
        ("channel.online", "40,00 %", "400 / 1000"),
        ("online.self", "25,00 %", "100 / 400"),
        ("online.helped", "25,00 %", "100 / 400"),
        ("online.on_behalf", "25,00 %", "100 / 400"),
        ("online.unknown", "25,00 %", "100 / 400"),
        ("channel.direct", "50,00 %", "500 / 1000"),
        ("channel.post", "10,00 %", "100 / 1000"),
        # Five a day of each way, on nineteen days: what came on 30/11 was paid in December.
        ("paid.online", "25,00 %", "95 / 380"),
        ("paid.transfer", "25,00 %", "95 / 380"),
        ("paid.cash", "25,00 %", "95 / 380"),
        ("paid.unknown", "25,00 %", "95 / 380"),
        # 48 a day on nineteen days, and of those asked for a supplement the ones of the first seventeen days.
        ("visits.once", "98,17 %", "912 / 929"),
        ("visits.again", "1,82 %", "17 / 929"),
        ("visits.more", "0,00 %", "0 / 929"),
        ("visits.asked_twice", "0,00 %", "0 / 1000"),
        # Sixteen never finished had passed their promise by 30/11, five of them with a letter; nineteen were moved.
        ("letters.due", "35", ""),
        ("letters.in_time", "54,28 %", "19 / 35"),
        ("letters.late", "14,28 %", "5 / 35"),
        ("letters.none", "31,42 %", "11 / 35"),
        # 929 ended, of which 95 had come by post and wait for their postman.
        ("answers.response", "4,55 %", "38 / 834"),
        ("answers.5.clerk_keyboard", "50,00 %", "19 / 38"),
        ("duration.1.004859", "1 ngày", ""),
        ("index.2.1", "98,40 %", "984 / 1000"),
        # 912 days and 17 times two, of three days each.
        ("index.2.2", "33,94 %", ""),
        ("files.results", NO_DATA, ""),
        ("clerk.truc.received", "100,00 %", "1000 / 1000"),
        ("clerk.truc.asked", "19", ""),
    ],
)
def test_every_figure_is_the_one_worked_out_by_hand(november, key, words, fraction):
    figure = november.figure(key)
    assert (figure.words, figure.fraction) == (words, fraction)


def test_supplement_causes_are_ranked_by_hand(november):
    told = [(figure.name, figure.fraction) for figure in november.group("causes").figures]
    assert told == [("Giấy chứng sinh", "10 / 19"), ("Tờ khai chưa ký", "9 / 19")]


def test_the_only_procedure_took_what_was_worked_out(november):
    (duration,) = november.durations
    assert (len(duration.days), sum(duration.days), duration.median, duration.longest) == (929, 946, 1, 2)


def test_a_period_of_the_past_stays_what_it_was(thousand, november):
    for now in (datetime(2026, 11, 30, 23, tzinfo=VN_TZ), AFTERWARDS + timedelta(days=400)):
        assert indicators.of_period(thousand, *NOVEMBER, now=now) == november


def test_a_period_ahead_is_refused_and_one_before_the_register_is_empty(thousand):
    with pytest.raises(UserError) as refused:
        indicators.of_period(thousand, date(2030, 1, 1), date(2030, 1, 31), now=AFTERWARDS)
    assert refused.value.code == "period_in_future"
    empty = indicators.of_period(thousand, date(2020, 1, 1), date(2020, 1, 31), now=AFTERWARDS)
    assert {figure.words for figure in empty.group("channels").figures} == {"—"}
    assert empty.figure("index.2.1").words == "—"


@pytest.fixture(scope="module")
def wild(practice_template, tmp_path_factory):
    home = shutil.copytree(practice_template, tmp_path_factory.mktemp("wild") / "data")
    with opening.open_register(home, now=MONDAY) as book:
        replaying.replay(book, [json.dumps(line).encode() for line in Teller(11).lines(500)])
        yield book


@pytest.mark.parametrize("days", [(1, 30), (2, 2), (9, 20), (24, 24), (15, 30)])
def test_the_parts_add_up_to_the_official_table(wild, days):
    first, last = (date(2026, 11, day) for day in days)
    total = counting.counted(wild, first, last, now=AFTERWARDS).table.total
    told = indicators.of_period(wild, first, last, now=AFTERWARDS)

    def parts(group, *prefixes):
        return sum(f.numerator or 0 for f in told.group(group).figures if f.key.startswith(prefixes))

    assert parts("channels", "channel.") == total.received_online + total.received_direct
    assert told.figure("channel.online").numerator == total.received_online == parts("channels", "online.")
    assert parts("visits", "visits.once", "visits.again", "visits.more") == total.resolved_total
    assert told.figure("index.2.1").denominator == total.received_total
    assert parts("letters", "letters.in_time", "letters.late", "letters.none") == told.figure("letters.due").numerator
    assert parts("clerks", *(f.key for f in told.group("clerks").figures if f.key.endswith("received"))) == (
        total.received_online + total.received_direct
    )
    payments = told.group("payments").figures
    assert parts("payments", "paid.") == payments[-1].denominator


def test_every_share_opens_just_the_dossiers_it_counts(wild):
    told = indicators.of_period(wild, *NOVEMBER, now=AFTERWARDS)
    for group in told.groups:
        for figure in group.figures:
            opened = [row.code for row in indicators.behind(wild, figure)]
            assert opened == list(figure.counted)
            if group.key in ("channels", "payments", "files", "visits", "letters", "index") and figure.rate:
                assert len(opened) == figure.numerator, figure


def test_a_kept_file_counts_while_it_is_what_it_was(commune, monday, correction_form, tmp_path):
    scan = tmp_path / "ket-qua.pdf"
    scan.write_bytes(b"%PDF-1.7 ket qua")
    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    with attachments.kept(commune, scan, now=monday) as file:
        acts.perform(commune, code, EventKind.FINISH, {}, clerk="truc", now=monday, file=file)
    today = (monday.date(), monday.date())
    there = indicators.of_period(commune, *today, now=monday)
    assert (there.figure("files.results").fraction, there.figure("files.papers").fraction) == ("1 / 1", "0 / 1")
    (commune.home / file["path"]).write_bytes(b"%PDF-1.7 another")
    changed = indicators.of_period(commune, *today, now=monday)
    assert changed.figure("files.results").fraction == "0 / 1"
    assert changed.figure("files.broken").counted == (code,)
