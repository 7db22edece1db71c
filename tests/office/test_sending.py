"""What a commune sends, believes and shows, against a hub on loopback that answers as it is told to."""

import threading
from datetime import timedelta

import pytest

from db.vocabulary import OutboxState
from desktop.office import enrolling, outbox, outbox_trail, sealing, sending
from desktop.sync import client, protocol
from desktop.sync.protocol import Verdict
from tests.office import upward
from tests.office.deciding import refused
from tests.office.upward import DAYS, MONDAY, evening
from tests.sync.little_hub import LittleHub

S = OutboxState


def test_an_acknowledged_day_is_green_and_not_sent_again(wire, days):
    told = wire.send()
    assert (told.sent, told.acknowledged, told.waiting, told.rejected, told.offline) == (5, 5, 0, (), False)
    assert set(wire.states().values()) == {S.ACKNOWLEDGED} and len(wire.hub.reports) == 5
    assert not sending.due(wire.book, wire.now)
    assert (wire.send().sent, wire.sent()) == (0, [1, 2, 2])
    assert outbox.line(wire.book, wire.now).acknowledged_at == wire.now


def test_the_hub_has_what_the_commune_sealed(wire, days):
    wire.send()
    for row in outbox.rows(wire.book):
        assert protocol.report_sha256(wire.hub.reports["MT", row.day]) == row.sha256


def test_nothing_is_sent_before_an_enrolment(commune, correction_form):
    upward.live_through(commune, correction_form, 1)
    assert not sending.due(commune, evening(MONDAY))
    assert refused(lambda: sending.send(commune, clock=lambda: evening(MONDAY))).code == "not_enrolled"


def test_a_report_that_is_refused_stops_no_other(wire, days):
    wire.hub.verdicts[days[1]] = Verdict.REJECTED, "Dòng tổng không bằng tổng các thủ tục."
    told = wire.send()
    assert (told.sent, told.acknowledged, told.waiting) == (5, 4, 0)
    assert told.rejected == ((days[1], "Dòng tổng không bằng tổng các thủ tục."),)
    row = outbox.row(wire.book, days[1])
    assert (row.state, row.reason) == (S.REVIEW, "Dòng tổng không bằng tổng các thủ tục.")
    assert not sending.due(wire.book, wire.now), "it is tried again by itself, hours later"
    wire.hub.verdicts.clear()
    wire.now += timedelta(hours=6)
    assert sending.due(wire.book, wire.now) and wire.send().acknowledged == 1
    assert set(wire.states().values()) == {S.ACKNOWLEDGED}


def test_a_packet_that_kills_the_hub_stops_no_other(wire, days):
    bad = outbox.row(wire.book, days[2])

    def answer(path, packet):
        bodies = [document.body for document in protocol.read_packet(packet)]
        if any(body.get("hash") and protocol.report_sha256(body) == bad.sha256 for body in bodies):
            return 500, b"<html>"
        return wire.hub.answer(path, packet)

    wire.between = [answer] * 20
    sent = wire.send()
    assert (sent.acknowledged, sent.reason) == (4, "trên đường có máy trả lời mã 500")
    row = outbox.row(wire.book, days[2])
    assert (row.state, row.attempts, row.reason) == (S.WAITING, 1, "trên đường có máy trả lời mã 500")
    assert row.next_try_at == wire.now + timedelta(seconds=30)
    rests = []
    for _ in range(9):
        wire.now = outbox.row(wire.book, days[2]).next_try_at
        wire.send()
        rests.append((outbox.row(wire.book, days[2]).next_try_at - wire.now).total_seconds())
    assert rests == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_a_cut_answer_is_no_acknowledgement_and_sending_again_is_safe(wire, days):
    def cut(path, packet):
        _, data = wire.hub.answer(path, packet)
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(data) + data[: len(data) // 2]

    wire.between = [cut]
    told = wire.send()
    assert told.acknowledged == 4 and wire.states()[days[0], 1] is S.WAITING
    assert outbox.row(wire.book, days[0]).attempts == 1 and ("MT", days[0]) in wire.hub.reports
    wire.now += timedelta(seconds=31)
    assert (wire.send().acknowledged, len(wire.hub.reports)) == (1, 5)
    assert set(wire.states().values()) == {S.ACKNOWLEDGED}


def test_after_a_cut_reports_go_one_by_one_again(wire, correction_form):
    upward.live_through(wire.book, correction_form, 10)
    wire.between = [wire.hub.answer, wire.hub.answer, lambda *_: b""]
    assert wire.send().acknowledged == 10
    assert wire.sent() == [1, 2, 1, 2, 4]


@pytest.mark.parametrize(
    "forged",
    ["another hub", "another unit", "another packet", "practice", "changed", "html", "nothing", "another kind"],
)
def test_no_answer_but_the_hubs_own_turns_a_row_green(wire, days, forged):
    def answer(path, packet):
        if forged == "another hub":
            other = LittleHub(seed=2, practice=True, keys=wire.hub.keys)
            return other.answer(path, packet)
        if forged == "html":
            return 200, b"<html>Xin dang nhap mang</html>"
        if forged == "nothing":
            return 200, b""
        if forged == "another kind":
            return 200, packet
        data = wire.hub.answer(path, packet)[1]
        if forged == "changed":
            return 200, data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]
        body = protocol.read_packet(data)[0].body
        changes = {
            "another unit": {"unit": "MX"},
            "practice": {"practice": False},
            "another packet": {"answers": "0" * 64},
        }
        return 200, protocol.packet(
            [protocol.sign(protocol.Kind.ACKNOWLEDGEMENT, body | changes[forged], wire.hub.private)]
        )

    wire.between = [answer] * 3
    told = wire.send()
    assert (told.acknowledged, told.waiting, told.rejected) == (0, 5, ()) and told.reason
    assert set(wire.states().values()) == {S.WAITING}
    assert wire.book.database.execute_sql("SELECT count(*) FROM acknowledgement").fetchone()[0] == 0


def test_an_answer_that_was_genuine_once_does_not_fit_the_same_report_sent_again(wire, correction_form):
    """Somebody on the way hears an answer and gives it again, after the hub lost what it speaks of."""
    upward.live_through(wire.book, correction_form, 1)
    heard = []

    def listen(path, packet):
        status, data = wire.hub.answer(path, packet)
        heard.append(data)
        return status, data

    def lose(path, packet):
        wire.hub.reports.clear()
        return listen(path, packet)

    wire.between = [listen, lose, lambda *_: (200, heard[0]), lambda *_: (200, heard[0])]
    assert wire.send().acknowledged == 1
    told = wire.send(manual=True)
    assert (told.acknowledged, told.waiting) == (0, 1)
    assert told.reason == "Xác nhận trả lời một gói khác với gói vừa gửi."
    assert set(wire.states().values()) == {S.WAITING}
    wire.between.clear()
    assert wire.send(manual=True).acknowledged == 1 and wire.hub.reports


def test_an_acknowledgement_of_other_content_is_none_of_ours(wire, days):
    def other(path, packet):
        body = protocol.read_packet(wire.hub.answer(path, packet)[1])[0].body
        items = [item | {"sha256": "0" * 64} for item in body["items"]]
        return 200, protocol.packet(
            [protocol.sign(protocol.Kind.ACKNOWLEDGEMENT, body | {"items": items}, wire.hub.private)]
        )

    wire.between = [other] * 5
    assert wire.send().acknowledged == 0 and set(wire.states().values()) == {S.WAITING}


def test_a_hub_that_lost_days_gets_them_again(wire, days, correction_form):
    wire.send()
    for on in days[3:]:
        del wire.hub.reports["MT", on]
    upward.work(wire.book, correction_form, DAYS[5])
    upward.close(wire.book, DAYS[5])
    wire.hub.packets.clear()
    told = wire.send()
    assert (told.sent, told.acknowledged, told.waiting) == (3, 3, 0) and len(wire.hub.reports) == 6
    assert set(wire.states().values()) == {S.ACKNOWLEDGED}


def test_a_row_that_the_hub_lost_is_not_green_while_it_waits_again(wire, days):
    wire.send()
    del wire.hub.reports["MT", days[3]]
    wire.between = [wire.hub.answer, lambda *_: b"", lambda *_: b""]
    told = wire.send(manual=True)
    row = outbox.row(wire.book, days[3])
    assert (told.waiting, row.state) == (1, S.WAITING) and "gửi lại" not in outbox.note(
        row, outbox.line(wire.book, wire.now)
    )


def test_a_hub_restored_twice_to_the_same_state_is_found_twice(wire, days, correction_form):
    wire.send()
    for number in (5, 6):
        del wire.hub.reports["MT", days[3]]
        upward.work(wire.book, correction_form, DAYS[number])
        upward.close(wire.book, DAYS[number])
        wire.send()
        assert ("MT", days[3]) in wire.hub.reports
        del wire.hub.reports["MT", DAYS[number]]
        assert wire.send(manual=True).acknowledged == 1


def test_the_days_that_the_hub_misses_are_sent_again(wire, days, correction_form):
    wire.send()
    del wire.hub.reports["MT", days[2]]
    wire.hub.missing = (days[2],)
    upward.work(wire.book, correction_form, DAYS[5])
    upward.close(wire.book, DAYS[5])
    assert wire.send().acknowledged == 2 and ("MT", days[2]) in wire.hub.reports


def test_a_hub_that_always_misses_a_day_is_not_sent_it_for_ever(wire, days):
    wire.hub.missing = days[:1]
    assert wire.send().sent < 20


def test_a_hub_that_does_not_say_what_it_holds_is_told_of(wire, days):
    wire.send()
    wire.between = [lambda *_: (500, b"")]
    told = wire.send(manual=True)
    assert (told.sent, told.offline, told.reason) == (0, False, "trên đường có máy trả lời mã 500")


def test_a_fork_is_shown_beside_ours_and_stops_nothing(wire, days):
    theirs = protocol.content_as(
        protocol.DayReport,
        protocol.sign(
            protocol.Kind.DAY_REPORT,
            outbox.body(wire.book, outbox.row(wire.book, days[2])) | {"code": "K2MW-4XAP"},
            bytes(32),
        ),
    )
    wire.hub.reports["MT", days[2]] = theirs
    told = wire.send()
    assert told.acknowledged == 4 and [on for on, _ in told.rejected] == [days[2]]
    row = outbox.row(wire.book, days[2])
    assert (row.state, row.standing.code, row.standing.revision) == (S.REVIEW, "K2MW-4XAP", 1)
    both = outbox.compare(wire.book, row)
    assert (both.ours.code, both.theirs.code) == (row.code, "K2MW-4XAP") and both.our_total == both.their_total


def test_what_an_official_decided_needs_nobody_any_more(wire, days):
    body = outbox.body(wire.book, outbox.row(wire.book, days[2])) | {"code": "K2MW-4XAP"}
    theirs = protocol.content_as(protocol.DayReport, protocol.sign(protocol.Kind.DAY_REPORT, body, bytes(32)))
    wire.hub.reports["MT", days[2]] = theirs
    wire.send()
    wire.hub.verdicts[days[2]], wire.hub.settled = (Verdict.SUPERSEDED, "Đã quyết định ở đầu mối."), {days[2]}
    assert wire.send(manual=True).rejected == ()
    row = outbox.row(wire.book, days[2])
    assert (row.state, row.reason, row.standing.code) == (S.SUPERSEDED, "Đã quyết định ở đầu mối.", "K2MW-4XAP")
    assert not sending.due(wire.book, wire.now + timedelta(days=9)) and wire.send(manual=True).sent == 0
    assert tuple(outbox_trail.faults(wire.book)) == ()
    ours = protocol.sign(protocol.Kind.DAY_REPORT, outbox.body(wire.book, row), bytes(32))
    wire.hub.reports["MT", days[2]] = protocol.content_as(protocol.DayReport, ours)
    wire.hub.verdicts.clear()
    assert wire.send(manual=True).acknowledged == 1, "decided again, the other way"
    assert set(wire.states().values()) == {S.ACKNOWLEDGED}


def test_a_report_that_was_decided_against_asks_once_a_week_and_stays_in_sight(wire, days):
    """The hub holds nothing of this day: somebody should know, and nobody needs to ask every six hours."""
    wire.hub.verdicts[days[2]], wire.hub.settled = (Verdict.REJECTED, "Đã quyết định ở đầu mối."), {days[2]}
    assert wire.send().rejected == ((days[2], "Đã quyết định ở đầu mối."),)
    row = outbox.row(wire.book, days[2])
    assert (row.state, row.next_try_at) == (S.REVIEW, wire.now + timedelta(days=7))
    assert not sending.due(wire.book, wire.now + timedelta(days=6))
    wire.hub.verdicts.clear()
    wire.now += timedelta(days=7)
    assert sending.due(wire.book, wire.now) and wire.send().acknowledged == 1, "decided again, the other way"


def test_a_hub_that_says_nothing_is_asked_once_in_a_round(wire, days, monkeypatch):
    monkeypatch.setattr(client, "_SILENT_SECONDS", 0.2)
    done = threading.Event()

    def silent(path, packet):
        done.wait(10)
        return b""

    wire.between = [silent] * 5
    told = wire.send(manual=True)
    done.set()
    assert (told.sent, told.waiting, told.reason) == (0, 5, "nơi nhận không trả lời")
    assert len(wire.between) == 4, "one request"


def test_a_hub_that_holds_a_newer_revision_than_this_machine_is_looked_into(wire, days):
    body = outbox.body(wire.book, outbox.row(wire.book, days[0]))
    newer = protocol.sign(protocol.Kind.DAY_REPORT, body | {"revision": 2, "before": body["code"]}, bytes(32))
    wire.hub.reports["MT", days[0]] = protocol.content_as(protocol.DayReport, newer)
    wire.send()
    row = outbox.row(wire.book, days[0])
    assert (row.state, row.standing.revision) == (S.REVIEW, 2) and "bản mới hơn" in row.reason


def test_of_a_day_closed_anew_the_hub_hears_of_both_and_the_newest_counts(wire, correction_form):
    upward.live_through(wire.book, correction_form, 1)
    upward.close_anew(wire.book, correction_form, MONDAY)
    told = wire.send()
    assert (told.sent, wire.sent()) == (2, [1, 1])
    assert wire.hub.reports["MT", MONDAY].revision == 2
    assert wire.send(manual=True).sent == 0, "each is told once"
    assert wire.states() == {(MONDAY, 1): S.SUPERSEDED, (MONDAY, 2): S.ACKNOWLEDGED}


def test_the_acknowledgement_of_a_revision_does_not_speak_for_the_next(wire, correction_form):
    """The day is closed anew while its first revision is on its way."""
    upward.live_through(wire.book, correction_form, 1)

    def meanwhile(path, packet):
        with wire.book.session() as own:
            upward.close_anew(own, correction_form, MONDAY)
        return wire.hub.answer(path, packet)

    wire.between = [meanwhile, lambda *_: b"", lambda *_: b"", lambda *_: b""]
    wire.send()
    assert wire.states() == {(MONDAY, 1): S.SUPERSEDED, (MONDAY, 2): S.WAITING}
    wire.between.clear()
    wire.now += timedelta(hours=1)
    assert wire.send().acknowledged == 1
    assert wire.states() == {(MONDAY, 1): S.SUPERSEDED, (MONDAY, 2): S.ACKNOWLEDGED}


def test_a_green_day_that_is_closed_anew_waits_with_its_new_revision(wire, correction_form):
    upward.live_through(wire.book, correction_form, 1)
    wire.send()
    upward.close_anew(wire.book, correction_form, MONDAY)
    assert wire.states() == {(MONDAY, 1): S.SUPERSEDED, (MONDAY, 2): S.WAITING}
    assert wire.send().acknowledged == 1


def test_a_program_that_died_while_sending_sends_again(wire, days):
    with wire.book.write():
        wire.book.database.execute_sql("UPDATE outbox SET state = 'sending'")
    sending.recover(wire.book)
    assert set(wire.states().values()) == {S.WAITING}
    with wire.book.write():
        wire.book.database.execute_sql("UPDATE outbox SET state = 'sending'")
    assert wire.send().acknowledged == 5


def test_a_restored_register_has_a_new_key_and_asks_for_a_new_code(wire, days):
    sealing.discard_key(wire.book.home)
    wire.book.derived.clear()
    sealing.ensure_key(wire.book, now=wire.now)
    told = wire.send()
    assert (told.sent, told.waiting, told.reason) == (0, 5, sending.UNKNOWN_KEY)
    way = outbox.line(wire.book, wire.now)
    assert {outbox.note(row, way) for row in outbox.rows(wire.book)} == {sending.UNKNOWN_KEY}
    assert {row.attempts for row in outbox.rows(wire.book)} == {0}
    wire.enrol()
    assert wire.send().acknowledged == 5 and outbox.line(wire.book, wire.now).reason == ""


def test_a_clock_that_was_wrong_does_not_stop_sending(wire, days):
    right = wire.now
    wire.now = right + timedelta(days=3000)
    wire.between = [lambda *_: b""] * 3
    wire.send()
    enrolling.change_line(wire.book, enrolling.Line("http://127.0.0.1:9"), clerk="truc", now=wire.now)
    wire.send()
    with wire.book.write():
        wire.book.database.execute_sql(
            "UPDATE setting SET value = json_set(value, '$.url', ?) WHERE name = 'hub_line'", (wire.url,)
        )
    wire.now = right
    assert sending.due(wire.book, right) and wire.send().acknowledged == 5


def test_a_round_can_be_ended(wire, days):
    ends = iter([True, True, False, False, False, False])
    told = wire.send(going_on=lambda: next(ends, False))
    assert told.acknowledged < 5 and S.SENDING not in wire.states().values()
    assert wire.send(manual=True).waiting == 0


def test_it_runs_beside_the_counter_in_a_session_of_its_own(wire, days):
    from concurrent.futures import ThreadPoolExecutor

    def work():
        with wire.book.session() as own:
            return sending.send(own, clock=lambda: wire.now)

    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(work).result()
    assert told.acknowledged == 5 and set(wire.states().values()) == {S.ACKNOWLEDGED}


def test_no_transaction_is_open_while_something_is_sent(wire, days, correction_form):
    def meanwhile(path, packet):
        with wire.book.session() as own:
            upward.work(own, correction_form, DAYS[6])
        return wire.hub.answer(path, packet)

    wire.between = [meanwhile]
    assert wire.send().acknowledged == 5
