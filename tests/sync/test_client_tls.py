"""The commune's end of the wire over TLS: which certificates are believed, and who speaks something else."""

import ssl
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from desktop.rules.calendar import VN_TZ
from desktop.sync import client
from desktop.sync.client import Cut, Line, Offline
from tests.sync.listening import exchange, heard, listening


@pytest.fixture(scope="module")
def authority():
    """A certificate authority of one's own."""
    return _certificate("Cơ quan cấp chứng chỉ ví dụ", None)


def _certificate(name, issuer, *, host=None):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(VN_TZ)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if host:
        built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    return built.sign(issuer[1] if issuer else key, hashes.SHA256()), key


def _pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


@pytest.fixture
def tls(authority, tmp_path):
    """Serve over TLS with a certificate of the authority for ``host``."""

    @contextmanager
    def serve(host):
        certificate, key = _certificate(host, authority, host=host)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file = tmp_path / "server.pem"
        file.write_bytes(private + _pem(certificate).encode())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)

        def talk(connection):
            heard(connection)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

        with listening(talk, context) as (place, _):
            yield f"https://localhost:{place.rpartition(':')[2]}"

    return serve


def test_a_certificate_of_ones_own_authority_is_believed(tls, authority):
    with tls("localhost") as url:
        assert exchange(url, ca=_pem(authority[0])) == b"ok"


@pytest.mark.parametrize("host", ["localhost", "other.example"])
def test_a_certificate_of_nobody_known_or_for_another_host_is_not(tls, authority, host):
    ca = "" if host == "localhost" else _pem(authority[0])
    with tls(host) as url, pytest.raises(Offline) as trouble:
        exchange(url, ca=ca)
    assert trouble.value.reason == "chứng chỉ của nơi nhận không được tin"


def test_https_to_a_hub_that_speaks_plain_http_says_so():
    def talk(connection):
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    with listening(talk) as (place, _), pytest.raises(Offline) as trouble:
        exchange(f"https://{place}")
    assert "không dùng https, chỉ http" in trouble.value.reason


def test_http_to_a_hub_that_speaks_tls_says_so(tls):
    with tls("localhost") as url:
        line = Line(url.replace("https:", "http:"))
        with pytest.raises(Cut) as trouble:
            exchange(line.url)
        assert "chỉ nhận https" in client.explained(line, trouble.value)


def test_a_cut_that_has_nothing_to_do_with_tls_stays_one():
    with listening(lambda connection: None) as (place, _), pytest.raises(Cut) as trouble:
        exchange(f"http://{place}")
    # Closed by now: nobody listens there any more.
    assert client.explained(Line(f"http://{place}"), trouble.value) == trouble.value.reason
    with listening(lambda connection: None) as (place, _):
        assert client.explained(Line(f"http://{place}"), trouble.value) == trouble.value.reason


def test_what_proves_certificates_is_read_once_and_again_when_the_systems_have_changed(
    tls, authority, monkeypatch, tmp_path
):
    system = tmp_path / "system.pem"
    system.touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(system))
    kept = client._context("")
    with tls("localhost") as url:
        with pytest.raises(Offline):
            exchange(url)
        assert client._context("") is kept
        assert client._context(_pem(authority[0])) is not kept
        system.write_text(_pem(authority[0]))
        assert exchange(url) == b"ok"
        assert client._context("") is not kept
