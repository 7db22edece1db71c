"""Communes send to a hub that really listens: answered after it is written, or refused with its reason."""

import gzip
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from db import hub_reports
from desktop.errors import UserError
from desktop.hub import certificates, enrolment, founding, serving, units
from desktop.hub.serving import Listening
from desktop.rules import seal
from desktop.sync import protocol
from desktop.sync.container import wrapped
from desktop.sync.protocol import CONTENT_TYPE
from tests.hub.conftest import SUNDAY, Place
from tests.hub.served import serve

FRIDAY = date(2026, 11, 20)
REPORTS, ENROLMENTS, HOLDINGS = ("/api/v1/reports", "/api/v1/enrolments", "/api/v1/holdings")


@pytest.fixture
def place(tmp_path):
    """A hub with an embedded database."""
    made = Place(founding.init(tmp_path / "hub", now=SUNDAY), tmp_path / "hub", None)
    yield made
    made.hub.close()


def _said(answer):
    (document,) = protocol.read_packet(answer.body)
    return protocol.content_of(document)


def test_a_commune_enrols_and_reports_over_http(live_hub):
    units.add(live_hub.hub, "03618", "xã Mường Than", who="thu", now=live_hub.now)
    code = enrolment.new_code(live_hub.hub, "03618", who="thu", now=live_hub.now)
    commune = _commune("03618")
    with serve(live_hub.home) as served:
        enrolled = served.send(ENROLMENTS, _enrolment(commune, code))
        assert (enrolled.status, enrolled.headers["content-type"]) == (200, CONTENT_TYPE)
        assert _said(enrolled).unit == "03618"
        report = commune.day(FRIDAY, 12)
        taken = served.send(REPORTS, commune.packet(report))
        assert [str(item.verdict) for item in _said(taken).items] == ["accepted"]
        wanted = {"unit": "03618", "practice": False, "at": live_hub.now.isoformat()}
        asked = protocol.packet([protocol.sign("holdings_wanted 1", wanted, commune.key)])
        assert [one[2] for one in _said(served.send(HOLDINGS, asked)).holdings] == [protocol.report_sha256(report)]
        assert served.stop() == 0
    assert [row.day for row in hub_reports.standing_of(live_hub.hub, "03618")] == ["2026-11-20"]


def test_many_communes_at_once_from_one_address_and_none_is_refused(place):
    communes = [place.enrolled(f"U{number:03d}", f"xã Mẫu {number}") for number in range(150)]
    packets = [commune.packet(commune.day(FRIDAY, 8)) for commune in communes]
    with serve(place.home) as served, ThreadPoolExecutor(50) as senders:
        answers = list(senders.map(lambda packet: served.send(REPORTS, packet), packets))
    assert {answer.status for answer in answers} == {200}
    assert len(hub_reports.fronts(place.hub)) == 150


def test_what_is_refused_says_why_in_a_signed_packet(place):
    commune = place.enrolled("03618")
    packet = commune.packet(commune.day(FRIDAY, 12))
    stranger = _commune("99999")
    elsewhere = stranger.packet(stranger.day(FRIDAY, 3))
    bomb = b"motcua packet 1 " + b"0" * 64 + b"\n" + gzip.compress(b" " * 1_000_000)
    cases = [
        (REPORTS, b"noise", {}, 400, "not_a_packet"),
        (REPORTS, b"", {}, 400, "not_a_packet"),
        (REPORTS, packet[:-1], {}, 400, "damaged"),
        (REPORTS, bomb, {}, 400, "damaged"),
        (REPORTS, wrapped(b" " * 1_000_000), {}, 400, "bad_content"),
        (REPORTS, elsewhere, {}, 403, "unknown_unit"),
        (ENROLMENTS, packet, {}, 400, "wrong_place"),
        (REPORTS, b" " * (4 * 1024 * 1024 + 1), {}, 413, "too_large"),
    ]
    with serve(place.home) as served:
        for path, body, headers, status, code in cases:
            answer = served.send(path, body, **headers)
            told = _said(answer)
            assert (answer.status, told.code) == (status, code)
            assert told.message
        assert served.ask("POST", REPORTS, packet, content_type="text/plain").status == 415
        assert served.ask("GET", REPORTS).status == 405
        assert served.send(REPORTS, packet).status == 200
        assert served.stop() == 0


def test_a_long_packet_is_taken_as_a_short_one_is(place):
    commune = place.enrolled("03618")
    days = [commune.day(FRIDAY - timedelta(days=number), 12) for number in range(60, 0, -1)]
    long, short = commune.packet(*days), commune.packet(commune.day(FRIDAY, 12))
    assert len(long) > 15 * len(short)
    with serve(place.home) as served:
        for packet, count in ((long, 60), (short, 1)):
            assert len(_said(served.send(REPORTS, packet)).items) == count
    assert len(hub_reports.standing_of(place.hub, "03618")) == 61


def test_a_body_without_an_announced_length_ends_at_the_limit(place):
    def pieces():
        for _ in range(200):
            yield b" " * 65_536

    with serve(place.home) as served:
        answer = served.ask("POST", REPORTS, pieces(), content_type=CONTENT_TYPE)
        assert (answer.status, _said(answer).code) == (413, "too_large")


def test_one_who_keeps_failing_is_slowed_and_takes_nobody_at_his_address_along(place):
    commune = place.enrolled("03618")
    packet = commune.packet(commune.day(FRIDAY, 12))
    with serve(place.home) as served:
        statuses = [served.send(REPORTS, b"noise").status for _ in range(70)]
        assert statuses[:60] == [400] * 60
        assert set(statuses[60:]) == {429}
        refused = served.send(REPORTS, b"noise")
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert _said(refused).code == "too_often"
        assert served.send(REPORTS, packet).status == 200


def test_one_unit_alone_may_not_send_without_end(place):
    commune, other = place.enrolled("03618"), place.enrolled("03640")
    packet = commune.packet(commune.day(FRIDAY, 12))
    with serve(place.home) as served, ThreadPoolExecutor(8) as senders:
        statuses = list(senders.map(lambda _: served.send(REPORTS, packet).status, range(260)))
        assert (statuses.count(200), statuses.count(429)) == (240, 20)
        assert served.send(REPORTS, other.packet(other.day(FRIDAY, 12))).status == 200


def test_behind_a_proxy_each_address_counts_for_itself(place):
    with serve(place.home, "--behind-proxy") as served:
        for _ in range(61):
            last = served.send(REPORTS, b"noise", x_forwarded_for="10.0.0.9, 203.0.113.7")
        assert last.status == 429
        assert served.send(REPORTS, b"noise", x_forwarded_for="203.0.113.7, 203.0.113.8").status == 400
    with serve(place.home) as served:
        for number in range(61):
            last = served.send(REPORTS, b"noise", x_forwarded_for=f"203.0.113.{number}")
        assert last.status == 429


def test_a_connection_that_dies_in_the_middle_leaves_nothing_and_harms_nobody(place):
    commune = place.enrolled("03618")
    packet = commune.packet(commune.day(FRIDAY, 12))
    with serve(place.home) as served:
        where = urlsplit(served.url)
        for cut in (0, 1, len(packet) // 2, len(packet) - 1):
            with closing(socket.create_connection((where.hostname, where.port))) as line:
                head = f"POST {REPORTS} HTTP/1.1\r\nhost: x\r\ncontent-type: {CONTENT_TYPE}\r\n"
                line.sendall(f"{head}content-length: {len(packet)}\r\n\r\n".encode() + packet[:cut])
        assert [str(item.verdict) for item in _said(served.send(REPORTS, packet)).items] == ["accepted"]
        assert served.stop() == 0


def test_a_head_without_end_is_let_go(place):
    with serve(place.home) as served:
        where = urlsplit(served.url)
        with closing(socket.create_connection((where.hostname, where.port), timeout=20)) as line:
            line.sendall(b"GET / HTTP/1.1\r\nx-filler: " + b"a" * 40_000)
            assert line.recv(1) == b""
        assert served.get("/healthz").status == 200


def test_it_ends_when_told_and_finishes_what_it_has(place):
    commune = place.enrolled("03618")
    packets = [commune.packet(commune.day(FRIDAY - timedelta(days=number), 12)) for number in range(20, 0, -1)]
    answers = []
    with serve(place.home) as served:

        def send():
            for packet in packets:
                try:
                    answers.append((packet, served.send(REPORTS, packet)))
                except (OSError, http.client.HTTPException):
                    return

        sender = threading.Thread(target=send)
        sender.start()
        while len(answers) < 3:
            time.sleep(0.01)
        assert served.stop() == 0
        sender.join()
    held = {row.sha256 for row in hub_reports.standing_of(place.hub, "03618")}
    acknowledged = {item.sha256 for _, answer in answers for item in _said(answer).items}
    assert acknowledged <= held
    assert len(acknowledged) >= 3


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 of our own making, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    folder = tmp_path_factory.mktemp("tls")
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hub")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "cert.pem", folder / "key.pem"


def test_over_tls_the_certificate_is_ours_and_the_browser_is_told_to_keep_to_it(place, certificate):
    cert, key = certificate
    with serve(place.home, "--cert", str(cert), "--key", str(key)) as served:
        assert served.url.startswith("https://127.0.0.1:")
        port = urlsplit(served.url).port
        trusting = ssl.create_default_context(cafile=str(cert))
        with closing(http.client.HTTPSConnection("127.0.0.1", port, context=trusting, timeout=20)) as line:
            line.request("GET", "/healthz")
            answer = line.getresponse()
            assert answer.status == 200
            assert "max-age" in answer.headers["strict-transport-security"]
        with (
            closing(http.client.HTTPSConnection("127.0.0.1", port, timeout=20)) as line,
            pytest.raises(ssl.SSLCertVerificationError),
        ):
            line.request("GET", "/healthz")
        assert served.stop() == 0


@pytest.mark.parametrize(
    ("after_days", "said"),
    [(-2, "chỉ có hiệu lực từ"), (0, "sẽ hết hạn lúc"), (2, "máy các xã từ chối kết nối. Hãy thay chứng thư")],
)
def test_a_certificate_that_communes_refuse_is_said(certificate, after_days, said):
    assert said in certificates.warning(certificate[0], datetime.now(UTC) + timedelta(days=after_days))


@pytest.mark.parametrize(
    ("listening", "code"),
    [
        (Listening(host="0.0.0.0"), "plain_http"),
        (Listening(host="::"), "plain_http"),
        (Listening(host="hub.example"), "plain_http"),
        (Listening(host="0.0.0.0", behind_proxy=True), "plain_http"),
    ],
)
def test_plain_http_is_for_loopback_unless_one_says_otherwise(listening, code):
    with pytest.raises(UserError) as refused:
        serving.checked(listening)
    assert refused.value.code == code
    assert "--plain-http-off-loopback" in refused.value.message
    for host in ("127.0.0.1", "::1", "localhost"):
        serving.checked(Listening(host=host))
    serving.checked(Listening(host="0.0.0.0", plain_http_off_loopback=True))


def test_a_certificate_that_is_none_is_said_before_anything_listens(place, certificate, tmp_path):
    cert, _ = certificate
    (tmp_path / "bad.pem").write_text("none")
    for told, code, why in (
        (Listening(cert=cert), "half_certificate", ""),
        (Listening(cert=tmp_path / "bad.pem", key=tmp_path / "bad.pem"), "bad_certificate", "không phải tệp PEM"),
        (Listening(cert=tmp_path / "gone.pem", key=tmp_path / "gone.pem"), "bad_certificate", "không có tệp"),
    ):
        with pytest.raises(UserError) as refused:
            serving.checked(told)
        assert refused.value.code == code and why in refused.value.message


def test_a_port_that_is_taken_is_one_sentence(place):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UserError) as refused:
            serving.serve(place.hub, Listening(port=port), tell=print, now=lambda: place.now)
    assert refused.value.code == "cannot_listen"
    assert f"{port} tại 127.0.0.1: đang có chương trình khác dùng." in refused.value.message


def _commune(code):
    from tests.sync.invented import InventedCommune

    return InventedCommune(code, "xã Mường Than")


def _enrolment(commune, code):
    body = {
        "unit": commune.code,
        "name": commune.name,
        "practice": commune.practice,
        "at": SUNDAY.isoformat(),
        "public_key": seal.public_of(commune.key).hex(),
    }
    body["proof"] = protocol.prove(protocol.derived_key(code), body)
    return protocol.packet([protocol.sign("enrolment 1", body, commune.key)])
