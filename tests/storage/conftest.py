"""An empty register per test, made once by the migrations and copied, and bare dossiers to put in it."""

import shutil
from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest

from db import catalogue, connection, dossiers, issued, projection
from db.vocabulary import DocumentKind, EventKind
from tests import granted

VN = timezone(timedelta(hours=7), "ICT")
NOW = datetime(2026, 11, 23, 9, 14, tzinfo=VN)


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A register with one procedure, closed."""
    home = tmp_path_factory.mktemp("template")
    book = connection.create(home, practice=False, now=NOW)
    with book.write():
        catalogue.insert(book, [("1.001193", None, None, '{"code": "1.001193"}')])
        granted.append(book, EventKind.OPEN_REGISTER, {"practice": False}, at=NOW, clerk="truc", key="open")
    book.close()
    return home


@pytest.fixture
def home(template, tmp_path):
    """A data folder with a closed register of its own."""
    target = tmp_path / "data"
    shutil.copytree(template, target)
    return target


@pytest.fixture
def book(home):
    """The register of ``home``, open."""
    opened = connection.open_existing(home, now=NOW)
    yield opened
    opened.close()


@pytest.fixture
def now():
    """Monday 23/11/2026, 09:14 in Vietnam."""
    return NOW


def _payload(number: int, entry: int, at: datetime) -> dict:
    person = {"name": "Vàng Thị Ví Dụ", "organisation": "", "id_number": "012195000002", "phone": "0987000001"}
    return {
        "code": f"TN-MT-{at:%y%m%d}-{number:04d}",
        "unit_code": "MT",
        "day_number": number,
        "book_year": at.year,
        "book_no": "01",
        "entry_no": entry,
        "procedure": "1.001193",
        "procedure_name": "Đăng ký khai sinh",
        "version_id": 1,
        "form": {"channel": "direct", "result_by": "counter", "applicant": person, "principal": None},
        "received_at": at.isoformat(timespec="seconds"),
        "due_at": (at + timedelta(days=3)).isoformat(timespec="seconds"),
        "explanation": [],
    }


@pytest.fixture
def put_dossier():
    """Store one dossier with its event and paper the way the office does; returns its code."""

    def put(book, *, at: datetime = NOW, key: str | None = None, transaction: bool = True) -> str:
        if transaction:
            with book.write():
                return put(book, at=at, key=key, transaction=False)
        number, entry = dossiers.next_numbers(book, "MT", at.date(), "01")
        payload = _payload(number, entry, at)
        content = {"code": payload["code"], "number": entry}
        payload["receipt"] = {"number": entry, "sha256": issued.digest(content)}
        key = key or str(uuid4())
        values = projection.received(payload, "truc")
        dossiers.insert(book, values, request_key=key, search_key=f"{payload['code'].lower()} vang thi vi du")
        granted.append(book, EventKind.REGISTER, payload, at=at, clerk="truc", key=key, dossier=payload["code"])
        issued.insert(
            book, payload["code"], DocumentKind.RECEIPT, number=entry, version=1, at=at, content=issued.frozen(content)
        )
        return payload["code"]

    return put
