"""What the hub answers to packets: every report once, whatever comes twice, late, in disorder or from somebody else."""

from datetime import date, timedelta
from random import Random

import pytest

from db import hub_reports, hub_units
from desktop.hub import enrolment, receiver, units
from desktop.sync import protocol
from desktop.sync.protocol import Kind

MONDAY = date(2026, 10, 5)


def _month(commune, days=20):
    return [commune.day(MONDAY + timedelta(days=number), 12) for number in range(days)]


def _standing(place, code):
    return [(row.day, row.revision, row.sha256, row.total) for row in hub_reports.standing_of(place.hub, code)]


def _truth(reports):
    """What must stand: the highest revision of each day."""
    best = {}
    for report in reports:
        if report["revision"] >= best.get(report["from"], report)["revision"]:
            best[report["from"]] = report
    return [
        (day, report["revision"], protocol.report_sha256(report), tuple(report["total"]))
        for day, report in sorted(best.items())
    ]


def test_a_report_is_accepted_once_and_then_known(live_hub):
    commune = live_hub.enrolled("03618")
    first, second = _month(commune, 2)
    assert live_hub.verdicts(commune, first) == ["accepted"]
    assert live_hub.verdicts(commune, first, second) == ["unchanged", "accepted"]
    assert _standing(live_hub, "03618") == _truth([first, second])


@pytest.mark.parametrize("seed", range(4))
def test_any_order_and_repetition_leaves_the_same(practice_hub, seed):
    commune, random = practice_hub.enrolled("03618"), Random(seed)
    told = _month(commune)
    sent = [*told, *random.choices(told, k=15)]
    random.shuffle(sent)
    while sent:
        some = {report["from"]: report for report in (sent.pop() for _ in range(min(len(sent), random.randint(1, 5))))}
        assert set(practice_hub.verdicts(commune, *some.values())) <= {"accepted", "unchanged"}
    assert _standing(practice_hub, "03618") == _truth(told)
    answer = practice_hub.acknowledged(commune, told[0])
    assert answer.held == protocol.held_digest(row[:3] for row in _standing(practice_hub, "03618"))


def test_every_line_of_many_reports_is_kept_as_it_was_told(live_hub):
    commune = live_hub.enrolled("03618")
    reports = [commune.day(MONDAY + timedelta(days=n), 12, every_procedure=n % 2 == 1) for n in range(5)]
    assert live_hub.verdicts(commune, *reports[:2]) == ["accepted"] * 2
    assert live_hub.verdicts(commune, *reports[2:]) == ["accepted"] * 3
    named = {number: list(group) for group, number in hub_reports.matters(live_hub.hub).items()}
    for number, report in enumerate(reports, start=1):
        kept = [named[matter] + counts for matter, *counts in hub_reports.figures_of(live_hub.hub, number)]
        assert sorted(kept) == [list(row) for row in report["rows"] if any(row[2:])]
    assert len(reports[1]["rows"]) >= 130


def test_many_packets_in_one_transaction_answer_each(live_hub):
    communes = [live_hub.enrolled(code) for code in ("03618", "03640")]
    packets = [commune.packet(*_month(commune, 3)) for commune in communes]
    asked = [packets[0], b"noise", packets[1], packets[0]]
    answers = receiver.take_many(live_hub.hub, asked, now=live_hub.now, carrier=receiver.NETWORK)
    told = [protocol.content_of(protocol.read_packet(answer)[0]) for answer in answers]
    assert [one.answers for one in told] == [protocol.packet_sha256(packet) for packet in asked]
    assert [getattr(one, "unit", one) if hasattr(one, "items") else one.code for one in told] == [
        "03618", "not_a_packet", "03640", "03618",
    ]  # fmt: skip
    assert {str(item.verdict) for item in told[3].items} == {"unchanged"}


def test_a_nonce_is_not_asked_for_and_makes_each_answer_one_of_its_own(live_hub):
    """Older programs send none, and no stick has one."""
    commune = live_hub.enrolled("03618")
    documents = protocol.read_packet(commune.packet(*_month(commune, 1)))
    packets = [protocol.packet(documents, nonce=nonce) for nonce in ("", "0a" * 16, "0b" * 16)]
    answers = [protocol.content_as(protocol.Acknowledgement, live_hub.sent(packet)) for packet in packets]
    assert [one.answers for one in answers] == [protocol.packet_sha256(packet) for packet in packets]
    assert [str(one.items[0].verdict) for one in answers] == ["accepted", "unchanged", "unchanged"]


def test_a_file_is_answered_with_everything_that_is_held(live_hub):
    commune = live_hub.enrolled("03618")
    first, second = _month(commune, 2)
    assert live_hub.acknowledged(commune, first).holdings is None
    answer = live_hub.acknowledged(commune, second, carrier=receiver.FILE)
    held = [(one.isoformat(), revision, sha256) for one, revision, sha256 in answer.holdings]
    assert held == [row[:3] for row in _truth([first, second])]


def test_whoever_asks_learns_what_is_held(live_hub):
    commune = live_hub.enrolled("03618")
    live_hub.verdicts(commune, *_month(commune, 3))
    body = {"unit": "03618", "practice": False, "at": live_hub.now.isoformat()}
    asked = protocol.packet([protocol.sign(Kind.HOLDINGS_WANTED, body, commune.key)])
    answer = protocol.content_as(protocol.Acknowledgement, live_hub.sent(asked))
    assert (answer.items, len(answer.holdings), answer.held.count) == ((), 3, 3)


def test_missing_days_are_the_working_days_since_the_first_report(live_hub):
    commune = live_hub.enrolled("03618")
    told = {report["from"]: report for report in _month(commune, 40)}
    live_hub.verdicts(commune, told["2026-10-05"])
    missing = live_hub.acknowledged(commune, told["2026-10-07"]).missing
    assert [f"{on:%d/%m}" for on in missing[:5]] == ["06/10", "08/10", "09/10", "12/10", "13/10"]
    assert missing[-1] == date(2026, 11, 20)


def test_figures_that_cannot_be_are_rejected_alone(live_hub):
    commune = live_hub.enrolled("03618")
    first, second, third = _month(commune, 3)
    second["total"][0] += 1
    answer = live_hub.acknowledged(commune, first, second, third)
    assert [(str(item.verdict), item.reason) for item in answer.items] == [
        ("accepted", ""),
        ("rejected", "Dòng tổng không bằng tổng các thủ tục."),
        ("accepted", ""),
    ]


def test_a_day_that_has_not_come_is_rejected_by_a_live_hub_only(live_hub):
    commune = live_hub.enrolled("03618")
    (item,) = live_hub.acknowledged(commune, commune.day(date(2026, 11, 24), 3)).items
    assert (str(item.verdict), "đồng hồ" in item.reason) == ("rejected", True)


def _refusal(place, packet):
    answer = place.sent(packet)
    assert answer.kind == Kind.REFUSAL
    return answer.body["code"]


def test_nobody_reports_for_another_unit(live_hub):
    commune, other = live_hub.enrolled("03618"), live_hub.enrolled("03640")
    report = commune.day(MONDAY, 5)
    forged = protocol.packet([protocol.sign(Kind.DAY_REPORT, report, other.key)])
    assert _refusal(live_hub, forged) == "not_enrolled"
    both = protocol.packet([protocol.sign(Kind.DAY_REPORT, one.day(MONDAY, 5), one.key) for one in (commune, other)])
    assert _refusal(live_hub, both) == "mixed"
    assert _standing(live_hub, "03618") == []


def test_a_revoked_key_is_believed_no_more(live_hub):
    commune = live_hub.enrolled("03618")
    first, second = _month(commune, 2)
    live_hub.verdicts(commune, first)
    enrolment.revoke(live_hub.hub, "03618", who="thu", now=live_hub.now)
    assert _refusal(live_hub, commune.packet(second)) == "not_enrolled"
    assert len(_standing(live_hub, "03618")) == 1


def test_practice_and_live_never_mix(live_hub):
    commune = live_hub.enrolled("03618")
    commune.practice = True
    assert _refusal(live_hub, commune.packet(commune.day(MONDAY, 5))) == "practice_there"
    code = enrolment.new_code(live_hub.hub, "03618", who="thu", now=live_hub.now)
    assert live_hub.enrol(commune, code).body["code"] == "practice_there"


def test_answers_of_a_hub_are_no_reports(live_hub):
    commune = live_hub.enrolled("03618")
    answer = receiver.take(live_hub.hub, commune.packet(commune.day(MONDAY, 5)), now=live_hub.now, carrier="network")
    assert _refusal(live_hub, answer) == "not_for_hub"


def test_noise_is_counted_and_fills_no_disk(live_hub):
    for number in range(5):
        assert _refusal(live_hub, b"noise %d" % number) == "not_a_packet"
    ((unit, _, _, reason, times, *_),) = hub_reports.refusals(live_hub.hub, "2026-11-01")
    assert (unit, reason, times) == ("", "not_a_packet", 5)


def test_a_day_outside_the_life_of_a_unit_is_rejected(live_hub):
    commune = live_hub.enrolled("03618")
    units.add(live_hub.hub, "03618", "xã Mường Than", valid_to=MONDAY, who="thu", now=live_hub.now)
    assert live_hub.verdicts(commune, *_month(commune, 2)) == ["accepted", "rejected"]


def test_what_was_taken_cannot_be_changed(live_hub):
    commune = live_hub.enrolled("03618")
    live_hub.verdicts(commune, commune.day(MONDAY, 5))
    for statement in ("DELETE FROM report", "UPDATE report SET day = '2026-01-01'", "DELETE FROM figure",
                      "UPDATE hub_event SET who = 'x'", "DELETE FROM unit_key"):  # fmt: skip
        with pytest.raises(Exception, match="append-only"), live_hub.hub.write():
            live_hub.hub.run(statement)
    assert hub_units.keys_now(live_hub.hub) != {}
