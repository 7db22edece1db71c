"""``export``, ``sync``, ``outbox`` and ``enrol`` as a script meets them, against a hub on loopback."""

import json
from datetime import date
from pathlib import Path

import pytest

from desktop.sync import protocol
from tests.cli.conftest import assert_sentence, taken, told
from tests.sync import little_hub
from tests.sync.little_hub import CODE, LittleHub

DAYS = ("2026-11-02", "2026-11-03", "2026-11-04")
OVERDUE = ("--answer", "TN-MT-261102-0002=chờ xác minh", "--answer", "TN-MT-261103-0001=chờ xác minh")
SYNCED = {"sent", "acknowledged", "waiting", "rejected", "offline"}


@pytest.fixture
def hub():
    """A practice hub; ``hub.url`` is where it listens."""
    hub = LittleHub(practice=True)
    with little_hub.serving(hub.answer) as hub.url:
        yield hub


@pytest.fixture
def closed(month, ask):
    """A practice commune with three closed days."""
    for on in DAYS:
        assert ask("close-day", on, *OVERDUE, data=month).exit_code == 0
    return month


@pytest.fixture
def enrolled(closed, ask, hub):
    assert ask("enrol", "--url", hub.url, "--code", CODE, data=closed).exit_code == 0
    return closed


def test_enrol_tells_whom_the_commune_believes_now(closed, ask, hub):
    told = ask("enrol", "--url", hub.url + "/", "--code", CODE.lower().replace("-", " "), data=closed)
    assert told.exit_code == 0
    assert told.json["hub"] == {"code": "H35", "name": hub.name, "key": hub.key}
    assert (told.json["practice"], told.json["url"]) == (True, hub.url)
    assert hub.keys["MT"] == protocol.read_packet(hub.packets[0][1])[0].key.hex()
    assert ask("enrol", data=closed).json == told.json, "alone it tells how things stand"


def test_sync_sends_what_waits_and_answers_in_the_promised_words(enrolled, ask, motcua):
    assert ask("sync", "--once", data=enrolled).json == {
        "sent": 3,
        "acknowledged": 3,
        "waiting": 0,
        "rejected": [],
        "offline": False,
    }
    again = ask("sync", "--once", data=enrolled)
    assert set(again.json) == SYNCED and again.json["sent"] == 0
    assert "còn chờ 0" in motcua("sync", data=enrolled).out


def test_a_report_that_the_hub_rejects_is_named(enrolled, ask, motcua, hub):
    hub.verdicts[date(2026, 11, 3)] = protocol.Verdict.REJECTED, "Dòng tổng không bằng tổng các thủ tục."
    synced = ask("sync", "--once", data=enrolled)
    assert synced.exit_code == 0 and (synced.json["sent"], synced.json["acknowledged"]) == (3, 2)
    assert synced.json["rejected"] == [{"date": "2026-11-03", "reason": "Dòng tổng không bằng tổng các thủ tục."}]
    (row,) = [row for row in ask("outbox", data=enrolled).json["rows"] if row["state"] == "review"]
    assert (row["date"], row["reason"]) == ("2026-11-03", "Dòng tổng không bằng tổng các thủ tục.")


def test_no_network_is_no_failure(enrolled, ask, motcua):
    assert ask("enrol", "--url", "http://127.0.0.1:9", data=enrolled).exit_code == 0
    synced = ask("sync", "--once", data=enrolled)
    assert synced.exit_code == 0
    assert synced.json == {"sent": 0, "acknowledged": 0, "waiting": 3, "rejected": [], "offline": True}
    box = ask("outbox", data=enrolled).json
    assert {(row["state"], row["attempts"], row["reason"]) for row in box["rows"]} == {("waiting", 0, "chưa có mạng")}
    assert box["line"]["offline_since"] == "2026-11-23T09:14:00+07:00" < box["line"]["next_try_at"]
    assert "không nối được" in motcua("sync", data=enrolled).out


def test_with_nothing_to_send_a_dead_line_keeps_nothing_back_and_is_told(enrolled, ask, motcua, hub):
    ask("sync", "--once", data=enrolled)
    hub.keys.clear()
    told = motcua("sync", data=enrolled).out
    assert "Chưa gửi hết" not in told
    assert "Chưa hỏi được tuyến trên: khóa của máy này chưa được tuyến trên ghi nhận" in told
    assert "Chưa gửi được: khóa của máy này chưa được tuyến trên ghi nhận" in motcua("outbox", data=enrolled).out


def test_before_an_enrolment_sync_says_so(closed, ask, unchanged):
    with unchanged(closed):
        told = ask("sync", "--once", data=closed)
    assert (told.exit_code, told.error["code"]) == (2, "not_enrolled")
    assert ask("enrol", data=closed).error["code"] == "not_enrolled"


def test_the_outbox_says_what_waits_and_why(closed, ask, motcua):
    box = ask("outbox", data=closed).json
    assert [row["date"] for row in box["rows"]] == sorted(DAYS, reverse=True)
    assert box["counts"]["waiting"] == 3 and box["line"]["hub"] == ""
    row = box["rows"][0]
    assert set(row) >= {"date", "revision", "state", "reason", "since", "next_try_at", "attempts", "sha256", "tries"}
    assert (row["revision"], row["attempts"], row["next_try_at"], row["tries"]) == (1, 0, None, [])
    assert "Chờ gửi" in motcua("outbox", data=closed).out


def test_a_register_with_no_closed_day_has_an_empty_outbox(live_home, ask):
    box = ask("outbox", data=live_home).json
    assert box["rows"] == [] and set(box["counts"].values()) == {0}


def test_export_writes_a_day_or_all_that_waits(closed, ask, tmp_path):
    one = ask("export", "--date", DAYS[1], "-o", tmp_path / "ngay.motcua", data=closed)
    assert one.json["days"] == [{"date": DAYS[1], "revision": 1}] and one.json["left"] == 0
    every = ask("export", "--waiting", "-o", tmp_path, data=closed)
    assert [day["date"] for day in every.json["days"]] == list(DAYS)
    documents = protocol.read_packet(Path(every.json["file"]).read_bytes())
    assert [document.body["from"] for document in documents] == list(DAYS)
    assert ask("outbox", data=closed).json["counts"]["copied"] == 3


@pytest.mark.parametrize("words", [[], ["--date", "2026-11-02", "--waiting"]])
def test_export_wants_one_of_both(closed, ask, tmp_path, unchanged, words):
    with unchanged(closed):
        told = ask("export", *words, "-o", tmp_path / "x", data=closed)
    assert (told.exit_code, told.error["code"]) == (2, "usage") and not (tmp_path / "x").exists()


def test_export_of_a_day_that_is_open_is_refused(closed, ask, tmp_path, unchanged):
    with unchanged(closed):
        told = ask("export", "--date", "2026-11-20", "-o", tmp_path / "x", data=closed)
    assert (told.exit_code, told.error["code"]) == (2, "day_not_closed")


def test_export_to_a_place_that_is_not_there_changes_nothing(closed, ask, tmp_path, unchanged):
    with unchanged(closed):
        told = ask("export", "--waiting", "-o", tmp_path / "no" / "x", data=closed)
    assert (told.exit_code, told.error["code"]) == (2, "cannot_write")


@pytest.mark.parametrize("words", [("export", "--waiting", "-o"), ("enrol", "--code", CODE, "--request")])
def test_a_stick_that_is_gone_is_not_taken_for_the_name_of_a_file(closed, ask, tmp_path, unchanged, words):
    with unchanged(closed):
        told = ask(*words, f"{tmp_path}/usb/", data=closed)
    assert (told.exit_code, told.error["code"]) == (3, "carrier_gone")
    assert not (tmp_path / "usb").exists()


def test_by_stick_alone(closed, ask, motcua, hub, tmp_path):
    """A commune without any network: the request, its answer, the packet and its acknowledgement are four files."""
    asked = ask("enrol", "--code", CODE, "--request", tmp_path / "xin.motcua", data=closed)
    assert asked.exit_code == 0
    _, answer = hub.answer("/api/v1/enrolments", (tmp_path / "xin.motcua").read_bytes())
    (tmp_path / "tra-loi.motcua").write_bytes(answer)
    assert ask("enrol", "--answer", tmp_path / "tra-loi.motcua", data=closed).json["url"] == ""
    assert ask("sync", "--once", data=closed).error["code"] == "no_address"
    stick = tmp_path / "usb"
    stick.mkdir()
    packet = ask("export", "--waiting", "-o", stick, data=closed).json["file"]
    (stick / "xac-nhan.motcua").write_bytes(hub.take(Path(packet).read_bytes()))
    read = ask("outbox", "read", stick, data=closed)
    assert (read.exit_code, read.json["acknowledged"]) == (0, 3)
    assert ask("outbox", data=closed).json["counts"]["acknowledged"] == 3
    assert ask("outbox", "read", stick / "xac-nhan.motcua", data=closed).json["files"][0]["old"] == 3
    assert ask("verify-chain", data=closed).json["verdict"] == "intact"


def test_files_that_are_no_answers_are_refused_with_their_exit_codes(enrolled, ask, motcua, hub, tmp_path, unchanged):
    packet = ask("export", "--waiting", "-o", tmp_path / "goi.motcua", data=enrolled).json["file"]
    other = LittleHub(seed=2, practice=True, keys=hub.keys).take(Path(packet).read_bytes())
    (tmp_path / "khac.motcua").write_bytes(other)
    (tmp_path / "hong.motcua").write_bytes(other[:-3])
    with unchanged(enrolled):
        assert ask("outbox", "read", tmp_path / "khac.motcua", data=enrolled).exit_code == 4
        assert ask("outbox", "read", tmp_path / "hong.motcua", data=enrolled).exit_code == 4
        assert ask("outbox", "read", packet, data=enrolled).error["code"] == "not_an_acknowledgement"
        assert ask("outbox", "read", tmp_path / "none", data=enrolled).error["code"] == "no_file"
    both = ask("outbox", "read", tmp_path, data=enrolled)
    assert both.exit_code == 4 and {one["error"]["code"] for one in both.json["files"]} == {"other_hub", "damaged"}
    told = motcua("outbox", "read", tmp_path, data=enrolled)
    assert (told.exit_code, "khac.motcua: " in told.out, "hong.motcua: " in told.out) == (4, True, True)
    (tmp_path / "tot.motcua").write_bytes(hub.take(Path(packet).read_bytes()))
    assert ask("outbox", "read", tmp_path, data=enrolled).exit_code == 0, "one good file is enough"
    assert_sentence(both.json["files"][0]["error"]["message"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--url", "ftp://x", "--code", CODE], "bad_address"),
        (["--url", "http://hub.example", "--code", CODE], "plain_http"),
        (["--url", "https://u:p@hub.example", "--code", CODE], "bad_address"),
        (["--code", CODE], "bad_address"),
        (["--url", "http://127.0.0.1:9", "--code", "1234"], "bad_code"),
        (["--url", "http://127.0.0.1:9", "--proxy", "socks://x:1"], "bad_proxy"),
        (["--request", "x.motcua"], "usage"),
        (["--answer", "x", "--code", CODE], "usage"),
        (["--answer", "/dev/null/x"], "no_file"),
    ],
    ids=lambda given: given if isinstance(given, str) else " ".join(given),
)
def test_enrolments_that_cannot_be_are_refused_and_change_nothing(closed, ask, unchanged, words, code):
    with unchanged(closed):
        told = ask("enrol", *words, data=closed)
    assert (told.exit_code, told.error["code"]) == (2, code)


def test_an_enrolment_without_a_network_is_the_worlds_trouble(closed, ask, unchanged):
    with unchanged(closed):
        told = ask("enrol", "--url", "http://127.0.0.1:9", "--code", CODE, data=closed)
    assert (told.exit_code, told.error["code"]) == (3, "offline")


def test_a_wrong_code_is_the_hubs_to_refuse(closed, ask, hub, unchanged):
    with unchanged(closed):
        told = ask("enrol", "--url", hub.url, "--code", "AAAA-BBBB-CCCC-DDDD", data=closed)
    assert (told.exit_code, told.error["code"], told.error["reason"]) == (2, "refused", "wrong_code")


def test_a_hub_that_does_not_know_the_code_proves_nothing(closed, ask, unchanged):
    """Somebody answers in the hub's place without knowing what the code is."""

    def answer(path, packet):
        body = protocol.read_packet(packet)[0].body
        hub = LittleHub(practice=True)
        told = {"unit": body["unit"], "name": body["name"], "hub": {"code": "H35", "name": "Kẻ khác"}}
        told |= {"hub_key": hub.key, "practice": True, "at": body["at"], "proof": body["proof"]}
        return 200, protocol.packet([protocol.sign(protocol.Kind.ENROLLED, told, hub.private)])

    with little_hub.serving(answer) as url, unchanged(closed):
        told = ask("enrol", "--url", url, "--code", CODE, data=closed)
    assert (told.exit_code, told.error["code"]) == (4, "not_the_hub")


def test_practice_meets_practice_only(live_home, closed, ask, hub, unchanged):
    with unchanged(live_home):
        told = ask("enrol", "--url", hub.url, "--code", CODE, data=live_home)
    assert (told.exit_code, told.error["reason"]) == (2, "practice_here")
    with little_hub.serving(_of_another_kind) as url, unchanged(closed):
        told = ask("enrol", "--url", url, "--code", CODE, data=closed)
    assert (told.exit_code, told.error["code"]) == (2, "other_kind_of_register")


def _of_another_kind(path, packet):
    """A hub for live figures that does not look whom it enrols; it knows the code."""
    hub, asked = LittleHub(), protocol.read_packet(packet)[0].body
    body = {"unit": asked["unit"], "name": asked["name"], "hub": {"code": hub.code, "name": hub.name}}
    body |= {"hub_key": hub.key, "practice": False, "at": asked["at"]}
    proof = protocol.prove(protocol.derived_key(CODE), body)
    return 200, protocol.packet([protocol.sign(protocol.Kind.ENROLLED, body | {"proof": proof}, hub.private)])


def test_only_numbers_leave_the_commune(practice_home, ask, motcua, hub, tmp_path):
    """Names, numbers, phones, addresses, notes, clerks and reasons of a register, looked for in all that leaves it."""
    person = {
        "name": "Giàng Thị Bí Mật",
        "id_number": "012195009876",
        "birth_date": "1995-11-02",
        "address": "Bản Kín Đáo, xã Mường Than",
        "phone": "0987654321",
        "email": "kin.dao@example.vn",
    }
    dossier = {"procedure": "1.001193", "channel": "direct", "key": "khoa-bi-mat", "applicant": person}
    dossier |= {"note": "ghi chú thầm kín"}
    lines = [
        told("a", "register", "2026-11-02T08:00:00", dossier=dossier, clerk="canbobimat"),
        taken("b", "2026-11-03T09:00:00"),
        told("a", "request_supplement", "2026-11-02T10:00:00", note="thiếu bản chính của bà Bí Mật"),
    ]
    (tmp_path / "m.jsonl").write_text("\n".join(sorted(lines, key=lambda one: json.loads(one)["at"])))
    assert motcua("replay", tmp_path / "m.jsonl", "--json", data=practice_home).json["rejected"] == []
    for number, on in enumerate(DAYS):
        answers = ["--answer", "TN-MT-261103-0001=lý do riêng của ông Mẫu", "--clerk", "canbobimat"]
        assert ask("close-day", on, *answers, "--reason", "tâm sự riêng", data=practice_home).exit_code == 0, number
    assert (
        ask(
            "enrol",
            "--url",
            hub.url,
            "--code",
            CODE,
            data=practice_home,
        ).exit_code
        == 0
    )
    assert ask("export", "--waiting", "-o", tmp_path / "usb.motcua", data=practice_home).exit_code == 0
    assert ask("sync", "--once", data=practice_home).json["acknowledged"] == 3
    packets = [*(packet for _, packet in hub.packets), (tmp_path / "usb.motcua").read_bytes()]
    said = "\n".join(json.dumps(d.body, ensure_ascii=False) for p in packets for d in protocol.read_packet(p))
    assert len(packets) >= 4 and "1.001193" in said
    secrets = ["Giàng", "Bí Mật", "bimat", "0121950", "0987654321", "Kín Đáo", "kin.dao", "thầm kín", "thiếu bản chính"]
    secrets += ["lý do riêng", "tâm sự", "Lò Văn Mẫu", "TN-MT", "khoa-bi-mat", "quay1", "truc", "1995"]
    assert [word for word in secrets if word.lower() in said.lower()] == []
