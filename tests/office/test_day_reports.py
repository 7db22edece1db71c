"""What goes to the tier above without a hub: signed figures that add up again, small, and nobody in them."""

import gzip
import json
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from desktop.office import closing, counter, counting, day_reports, outbox, sealing
from desktop.rules import packets, periods
from desktop.rules.statistics import COLUMNS, Line, Table, on_time_rate
from desktop.sync import protocol
from desktop.sync.protocol import DayReport
from tests.office.deciding import refused
from tests.office.reported import AFTERWARDS, NOVEMBER, persons_in, verified

DAY = date(2026, 11, 12)


def closed(book, on=DAY):
    answers = dict.fromkeys(closing.to_answer(book, AFTERWARDS), "mất điện")
    return closing.close_day(book, on, clerk=None, now=AFTERWARDS, answers=answers)


def table_of(report) -> Table:
    lines = {(row[0], row[1]): Line(*row[2:]) for row in report["rows"]}
    return Table(lines, Line(*report["total"]), tuple(report["broken"]))


def test_a_days_report_is_its_seal(november_of_mine):
    sealed = closed(november_of_mine)
    report = day_reports.of_day(november_of_mine, DAY)
    assert table_of(report) == sealed.table and report["columns"] == ["field", "procedure", *COLUMNS]
    assert (report["code"], report["revision"], report["late"]) == (sealed.code, 1, False)
    assert (report["from"], report["to"]) == ("2026-11-12", "2026-11-12")
    assert report["list_sha256"] == sealed.content["list_sha256"] and report["chain"] == sealed.content["chain"]
    assert report["unanswered"] == len(sealed.content["silent"]) > 0
    rate = on_time_rate(sealed.table.total)
    assert report["on_time"] == {"numerator": rate.numerator, "denominator": rate.denominator, "percent": rate.percent}
    assert report["holds"] and report["practice"] and report["program"].startswith("motcua ")


def test_a_day_that_is_not_closed_has_no_report(november):
    assert refused(lambda: day_reports.of_day(november, DAY)).code == "day_not_closed"


def test_a_periods_report_names_the_seals_of_its_days(november_of_mine):
    sealed = closed(november_of_mine)
    report = day_reports.of_period(november_of_mine, NOVEMBER, now=AFTERWARDS)
    counted = counting.counted(november_of_mine, NOVEMBER.first, NOVEMBER.last, now=AFTERWARDS)
    assert table_of(report) == counted.table
    assert report["days"] == [["2026-11-12", 1, sealed.code, sealed.hash]]
    assert (report["as_of"], report["pending_before"]) == ("2026-11-30", 0)
    december = periods.free(date(2026, 12, 1), date(2026, 12, 31))
    following = day_reports.of_period(november_of_mine, december, now=AFTERWARDS)
    assert following["pending_before"] == table_of(report).total.pending_total == table_of(following).total.carried_over


def test_the_file_is_checked_with_the_key_alone(november_of_mine):
    closed(november_of_mine)
    data = day_reports.signed(november_of_mine, day_reports.of_day(november_of_mine, DAY))
    told = json.loads(data)
    assert verified(data) == told["body"] and told["packet"] == day_reports.KIND
    assert bytes.fromhex(told["key"]) in sealing.public_keys(november_of_mine).values()


@pytest.mark.parametrize("part", ["total", "rows", "on_time", "practice", "code"])
def test_a_changed_figure_is_seen(november_of_mine, part):
    closed(november_of_mine)
    told = json.loads(day_reports.signed(november_of_mine, day_reports.of_day(november_of_mine, DAY)))
    told["body"][part] = [] if part != "code" else "7F3K-92QD"
    assert not packets.is_genuine(packets.read(json.dumps(told).encode()))


def test_the_same_report_is_the_same_file(november):
    report = day_reports.of_period(november, NOVEMBER, now=AFTERWARDS)
    assert day_reports.signed(november, report) == day_reports.signed(november, report)


def test_no_person_is_in_it(november_of_mine):
    closed(november_of_mine)
    reports = (
        day_reports.of_day(november_of_mine, DAY),
        day_reports.of_period(november_of_mine, NOVEMBER, now=AFTERWARDS),
    )
    said = "".join(day_reports.signed(november_of_mine, report).decode() for report in reports)
    assert persons_in(november_of_mine, said) == [] and "TN-MT" not in said


def test_it_is_small(november):
    """A stick or a slow line takes a day of a large commune: 130 procedures in a dozen fields."""
    report = day_reports.of_period(november, NOVEMBER, now=AFTERWARDS)
    chance = Random(3)
    rows = []
    for number in range(130):
        online, direct, carried, early, on_time, late, left = (chance.choice((0, 0, 0, 1, 1, 2, 5)) for _ in range(7))
        came, done = online + direct + carried, early + on_time + late
        figures = [came, online, direct, carried, done, early, on_time, late, left, left, 0]
        rows.append([f"Lĩnh vực {number // 11}", f"{1 + number % 3}.{1_000_000 + number * 7919 % 99_991}", *figures])
    data = day_reports.signed(november, report | {"rows": rows, "days": []})
    size = len(gzip.compress(data, mtime=0))
    assert size < 2500, size


def test_closings_name_the_one_before_them(november_of_mine):
    first = closed(november_of_mine)
    second = closed(november_of_mine, date(2026, 11, 10))
    told = day_reports.of_closing(november_of_mine, second)
    assert (told["hash"], told["reason_given"]) == (second.hash, False)
    assert told["previous"] == {"day": "2026-11-12", "revision": 1, "hash": first.hash}
    assert day_reports.of_closing(november_of_mine, first)["previous"] is None


def test_what_is_sent_is_the_report_signed_and_no_word_that_was_typed(commune, correction_form, monday):
    on = monday.date()
    counter.register(commune, correction_form, clerk="truc", now=monday)
    closing.close_day(commune, on, clerk="truc", now=monday.replace(hour=16))
    other = replace(correction_form, key="key-2", duplicate_reason="hai giấy khai sinh")
    counter.register(commune, other, clerk="truc", now=monday.replace(hour=17))
    again = closing.close_day(commune, on, clerk="truc", now=monday.replace(hour=18), reason="chị Vàng Thị Ví Dụ đến")
    outbox.gather(commune, now=monday.replace(hour=18))
    (read,) = protocol.read_packet(protocol.packet([outbox.signed(commune, outbox.row(commune, on))]))
    report = protocol.content_as(DayReport, read)
    assert read.key in sealing.public_keys(commune).values()
    assert (report.day, report.revision, report.hash, report.reason_given) == (on, 2, again.hash, True)
    assert report.previous is not None and (report.previous.day, report.previous.revision) == (on, 1)
    assert protocol.problem_in(report) is None
    assert "Ví Dụ" not in protocol.document_text(read).decode()
