"""Reports on a stick and answers brought back: nothing green but by a genuine answer, and no file read twice."""

from datetime import timedelta

import pytest

from db.vocabulary import EventKind, OutboxState
from desktop.errors import EnvironmentProblem
from desktop.office import acknowledging, carrying, checking, closing, enrolling, outbox
from desktop.sync import packet_files, protocol
from desktop.sync.protocol import Verdict
from tests.office import upward
from tests.office.deciding import refused
from tests.office.reported import AFTERWARDS, persons_in
from tests.office.upward import DAYS, MONDAY
from tests.sync import little_hub
from tests.sync.little_hub import LittleHub

S = OutboxState


@pytest.fixture
def stick(tmp_path):
    place = tmp_path / "usb"
    place.mkdir()
    return place


@pytest.fixture
def carry(wire, stick):
    """Write what waits to the stick; ``answered`` also brings the hub's answer back as a file, unread."""

    def carry(*, answered=True):
        copied = carrying.write_waiting(wire.book, stick, clerk="truc", now=wire.now)
        if answered:
            packet_files.write(stick, wire.hub.take(copied.path.read_bytes()))
        return copied

    return carry


def read(wire, place):
    return carrying.read_answers(wire.book, place, now=wire.now)


def test_a_packet_on_a_stick_is_copied_and_not_sent(wire, days, carry):
    copied = carry(answered=False)
    assert copied.path.name.startswith("bao-cao_MT_20261123_20261127_") and copied.left == 0
    assert [row.day for row in copied.rows] == list(days)
    assert set(wire.states().values()) == {S.COPIED}
    way = outbox.line(wire.book, wire.now)
    assert {outbox.note(row, way) for row in outbox.rows(wire.book)} == {"chờ tệp xác nhận mang về"}


def test_an_answer_on_a_stick_says_nothing_of_the_network_and_is_as_old_as_it_is(wire, days, carry, stick):
    carry()
    said = wire.hub.clock
    for _ in range(2):
        wire.now += timedelta(days=3)
        read(wire, stick)
    way = outbox.line(wire.book, wire.now)
    assert (way.works, way.acknowledged_at) == (False, said)


def test_the_act_is_an_event_with_figures_only(wire, days, carry):
    copied = carry(answered=False)
    kind, clerk, payload = wire.book.database.execute_sql(
        "SELECT kind, clerk, payload FROM event ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    assert (kind, clerk) == (EventKind.WRITE_PACKET, "truc")
    assert copied.sha256 in payload and "usb" not in payload


def test_the_answer_turns_copied_rows_green_once(wire, days, carry, stick):
    carry()
    (told,) = read(wire, stick)
    assert (told.problem, told.green, told.rejected, told.old) == (None, 5, (), 0)
    before = outbox.rows(wire.book)
    assert set(wire.states().values()) == {S.ACKNOWLEDGED}
    wire.now = wire.now.replace(hour=20)
    (again,) = read(wire, stick)
    assert (again.green, again.old) == (0, 5) and outbox.rows(wire.book) == before


def test_what_else_lies_on_the_stick_is_passed_over(wire, days, carry, stick):
    carry()
    asked = enrolling.request_file(wire.book, little_hub.CODE, clerk="truc", now=wire.now)
    packet_files.write(stick, asked)
    packet_files.write(stick, wire.hub.answer("/api/v1/enrolments", asked)[1])
    (stick / "ghi chu.txt").write_text("mang về xã")
    assert [told.green for told in read(wire, stick)] == [5] and len(list(stick.iterdir())) == 5


def test_the_hubs_refusal_of_a_packet_is_told(wire, days, carry, stick):
    packet = carry(answered=False).path.read_bytes()
    wire.hub.keys.clear()
    (stick / "tra loi").write_bytes(wire.hub.answer("/api/v1/reports", packet)[1])
    (told,) = read(wire, stick)
    assert (told.problem.code, told.problem.message) == ("declined", "Khóa của đơn vị chưa được ghi nhận.")
    assert set(wire.states().values()) == {S.COPIED}


def test_a_refusal_is_told_until_its_packet_is_settled_and_the_hub_has_spoken_since(wire, days, carry, stick):
    packet = carry(answered=False).path.read_bytes()
    keys = dict(wire.hub.keys)
    wire.hub.keys.clear()
    packet_files.write(stick, wire.hub.answer("/api/v1/reports", packet)[1])
    for _ in range(2):
        assert [told.problem.code for told in read(wire, stick)] == ["declined"]
    wire.hub.keys |= keys
    wire.hub.verdicts = dict.fromkeys(days[1:], (Verdict.REJECTED, "Ngày chưa đến."))
    wire.send()
    with wire.book.write():
        wire.book.database.execute_sql("UPDATE outbox SET state = 'copied' WHERE day = ?", (days[1],))
    assert read(wire, stick)[0].problem is not None, "a report lies on the stick still"
    wire.hub.verdicts.clear()
    wire.send(manual=True)
    assert read(wire, stick) == (carrying.AnswerRead(next(stick.glob("tu-choi*"))),)


def test_the_name_of_a_file_says_nothing(wire, days, carry, stick):
    carry()
    (answer,) = stick.glob("xac-nhan*")
    answer.rename(stick / "anh cuoi.jpg")
    assert [told.green for told in read(wire, stick)] == [5]


def test_the_network_may_still_take_what_lies_on_a_stick(wire, days, carry, stick):
    carry(answered=False)
    assert wire.send().acknowledged == 5
    carrying.write_day(wire.book, stick, MONDAY, clerk="truc", now=wire.now)
    assert set(wire.states().values()) == {S.ACKNOWLEDGED}, "a copy of what is green stays a copy"


def test_what_lies_on_a_stick_stays_copied_when_the_network_fails(wire, days, carry):
    carry(answered=False)
    wire.between = [lambda *_: b""] * 3
    wire.send()
    assert set(wire.states().values()) == {S.COPIED}


def test_copied_while_on_its_way_comes_back_as_copied(wire, correction_form, stick):
    upward.live_through(wire.book, correction_form, 1)

    def meanwhile(path, packet):
        with wire.book.session() as own:
            carrying.write_waiting(own, stick, clerk="truc", now=wire.now)
        return b""

    wire.between = [meanwhile]
    wire.send()
    assert wire.states() == {(MONDAY, 1): S.COPIED}


def test_a_register_without_a_hub_writes_packets_and_believes_no_answer(commune, correction_form, stick):
    upward.live_through(commune, correction_form, 2)
    copied = carrying.write_waiting(commune, stick, clerk="truc", now=upward.LONG_AFTER)
    assert [one.kind for one in protocol.read_packet(copied.path.read_bytes())] == [protocol.Kind.DAY_REPORT] * 2
    assert refused(lambda: carrying.read_answers(commune, stick, now=upward.LONG_AFTER)).code == "not_enrolled"


def test_nothing_to_write_is_said(wire, days, stick):
    wire.send()
    told = refused(lambda: carrying.write_waiting(wire.book, stick, clerk="truc", now=wire.now))
    assert told.code == "nothing_waits" and list(stick.iterdir()) == []


def test_one_day_by_its_date_and_a_name_of_ones_own(wire, days, stick):
    copied = carrying.write_day(wire.book, stick / "ngay.motcua", days[2], clerk="truc", now=wire.now)
    (document,) = protocol.read_packet((stick / "ngay.motcua").read_bytes())
    assert document.body["from"] == days[2].isoformat() and copied.rows[0].day == days[2]
    assert [state for (on, _), state in wire.states().items() if state is S.COPIED and on == days[2]] == [S.COPIED]
    assert refused(lambda: carrying.write_day(wire.book, stick, DAYS[9], clerk="truc", now=wire.now)).code == (
        "day_not_closed"
    )


def test_a_stick_that_takes_nothing_marks_nothing(wire, days, tmp_path):
    with pytest.raises(EnvironmentProblem):
        carrying.write_waiting(wire.book, tmp_path / "rut ra" / "goi.motcua", clerk="truc", now=wire.now)
    assert set(wire.states().values()) == {S.WAITING}


def test_a_rejected_report_in_a_file_is_shown_with_its_reason(wire, days, carry, stick):
    wire.hub.verdicts[days[1]] = Verdict.REJECTED, "Ngày chưa đến."
    carry()
    (told,) = read(wire, stick)
    assert (told.green, told.rejected) == (4, ((days[1], "Ngày chưa đến."),))
    assert outbox.row(wire.book, days[1]).state is S.REVIEW


def test_an_old_answer_changes_nothing_about_which_more_is_known(wire, days, carry, stick):
    """Accepted at first, then the hub was restored and holds another history: the first file must not turn it green."""
    carry()
    wire.hub.verdicts[days[0]] = Verdict.FORKED, "khác lịch sử"
    wire.send()
    assert outbox.row(wire.book, days[0]).state is S.REVIEW
    (told,) = read(wire, stick)
    assert (told.green, told.old, outbox.row(wire.book, days[0]).state) == (0, 5, S.REVIEW)


def test_a_file_tells_of_days_that_the_hub_lost(wire, days, carry, stick, correction_form):
    wire.send()
    del wire.hub.reports["MT", days[3]]
    upward.work(wire.book, correction_form, DAYS[5])
    upward.close(wire.book, DAYS[5])
    carry()
    (told,) = read(wire, stick)
    assert (told.green, told.lost) == (1, 1)
    row = outbox.row(wire.book, days[3])
    assert row.state is S.WAITING and "không còn giữ" in row.reason


def test_a_file_from_before_says_nothing_of_days_sent_since(wire, days, carry, stick, correction_form):
    carry()
    upward.work(wire.book, correction_form, DAYS[5])
    upward.close(wire.book, DAYS[5])
    wire.send()
    (told,) = read(wire, stick)
    assert told.lost == 0 and set(wire.states().values()) == {S.ACKNOWLEDGED}


def test_answers_of_one_second_take_nothing_from_each_other(wire, days, stick):
    """A hub takes many sticks a second; each answer tells what was held when it was written."""
    for day in days:
        copied = carrying.write_day(wire.book, stick, day, clerk="truc", now=wire.now)
        wire.hub.clock -= timedelta(seconds=1)
        packet_files.write(stick, wire.hub.take(copied.path.read_bytes()))
    read(wire, stick)
    assert set(wire.states().values()) == {S.ACKNOWLEDGED}
    assert checking.verify_chain(wire.book).holds


def test_an_answer_read_again_is_older_than_what_was_read_since(wire, days, carry, stick):
    """Two answers of one second to a packet, read in turns: rows and their proof agree on the last new one."""
    packet = carry(answered=False).path.read_bytes()
    first = wire.hub.take(packet)
    wire.hub.clock -= timedelta(seconds=1)
    second = wire.hub.take(packet)
    for data in (first, second, first):
        answer = stick / "tra loi"
        answer.write_bytes(data)
        read(wire, answer)
    assert set(wire.states().values()) == {S.ACKNOWLEDGED}
    assert checking.verify_chain(wire.book).holds


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ("another hub", "other_hub"),
        ("another unit", "other_unit"),
        ("live", "other_kind_of_register"),
        ("cut", "damaged"),
        ("empty", "not_a_packet"),
        ("one byte", "damaged"),
    ],
)
def test_what_is_no_answer_to_us_is_refused_with_its_reason(wire, days, carry, stick, changed, code):
    packet = carry(answered=False).path.read_bytes()
    data = wire.hub.take(packet)
    body = protocol.read_packet(data)[0].body
    made = {
        "another hub": lambda: LittleHub(seed=2, practice=True, keys=wire.hub.keys).take(packet),
        "another unit": lambda: signed(wire.hub, body | {"unit": "MX"}),
        "live": lambda: signed(wire.hub, body | {"practice": False}),
        "cut": lambda: data[:-20],
        "empty": lambda: b"",
        "one byte": lambda: data[:200] + bytes([data[200] ^ 4]) + data[201:],
    }[changed]()
    (stick / "xac-nhan.motcua").write_bytes(made)
    (told,) = read(wire, stick)
    assert told.problem.code == code and told.problem.message.endswith(".")
    assert set(wire.states().values()) == {S.COPIED}


def signed(hub, body):
    return protocol.packet([protocol.sign(protocol.Kind.ACKNOWLEDGEMENT, body, hub.private)])


def test_a_bad_file_keeps_no_other_from_being_read(wire, days, carry, stick):
    carry()
    (stick / "a.motcua").write_bytes(b"motcua packet 1 hong")
    assert [bool(told.problem) for told in read(wire, stick)] == [True, False]
    assert set(wire.states().values()) == {S.ACKNOWLEDGED}


def test_an_answer_of_the_hub_before_is_none_of_the_hub_now(wire, days, carry, stick):
    carry()
    other = LittleHub(seed=2, practice=True, name="Đầu mối mới")
    with little_hub.serving(other.answer) as url:
        enrolling.enrol(wire.book, little_hub.CODE, url=url, clerk="truc", now=wire.now)
    (told,) = read(wire, stick)
    assert told.problem.code == "other_hub" and set(wire.states().values()) == {S.WAITING}


def test_nobody_of_a_busy_month_is_in_its_packet(november_of_mine, stick):
    """Names, numbers and phones of every citizen, codes of every dossier, clerks and what they typed."""
    book = november_of_mine
    closing.close_missed(book, clerk="truc", now=AFTERWARDS)
    copied = carrying.write_waiting(book, stick, clerk="truc", now=AFTERWARDS)
    said = "".join(str(one.body) for one in protocol.read_packet(copied.path.read_bytes()))
    assert len(copied.rows) > 40 and persons_in(book, said) == []
    clerks = [name for row in book.database.execute_sql("SELECT short_name, full_name FROM person") for name in row]
    assert [word for word in (*clerks, closing.MISSED, "TN-MT") if word in said] == []


def test_what_was_said_is_kept_byte_for_byte(wire, days, carry, stick):
    carry()
    read(wire, stick)
    (answer,) = stick.glob("xac-nhan*")
    ((carrier, content),) = wire.book.database.execute_sql("SELECT carrier, content FROM acknowledgement").fetchall()
    assert (carrier, content) == (acknowledging.FILE, answer.read_bytes())
