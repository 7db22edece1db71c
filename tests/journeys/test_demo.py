"""A practice commune made by one command: believable, the same for the same seed, its paper readable and genuine."""

import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import astuple
from datetime import timedelta
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
import zxingcpp

from desktop.errors import UserError
from desktop.office import (
    checking,
    closing,
    counting,
    demo,
    issuing,
    lookup,
    opening,
    posting_checks,
    sealing,
    settings,
)
from desktop.office.posting_checks import Do
from desktop.rules import packets
from desktop.sync import protocol
from tests.conftest import MONDAY

CHECKOUT = Path(__file__).resolve().parents[2]
DAYS, PER_DAY = 10, 5


def make(out, seed=1):
    heard = []
    made = demo.make(out, days=DAYS, per_day=PER_DAY, seed=seed, now=MONDAY, tell=heard.append)
    assert heard and all(line.startswith("Đã tiếp nhận") for line in heard)
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The commune of seed 1, ten days that end on Monday 23/11/2026."""
    return make(tmp_path_factory.mktemp("demo") / "out")


@pytest.fixture(scope="module")
def book(made):
    with opening.open_register(made.data, now=MONDAY) as book:
        yield book


def dossiers(data):
    """What a clerk would see of every dossier, oldest first."""
    with opening.open_register(data, now=MONDAY) as book:
        rows = reversed(lookup.page(book, limit=1000))
        return [
            (row.code, row.procedure, row.applicant, row.id_number, row.received_at, row.due_at, row.channel, row.clerk)
            for row in rows
        ]


def test_the_same_seed_makes_the_same_dossiers(made, tmp_path):
    first = dossiers(made.data)
    assert dossiers(make(tmp_path / "again").data) == first
    assert dossiers(make(tmp_path / "other", seed=2).data) != first


def test_the_days_are_those_of_a_counter(made, book):
    rows = lookup.page(book, limit=1000)
    assert len(rows) == made.dossiers > DAYS * PER_DAY // 3
    calendar = settings.calendar(book)
    for row in rows:
        intervals = calendar.intervals(row.received_at.date())
        assert any(opens <= row.received_at <= closes for opens, closes in intervals)
        assert row.received_at <= MONDAY and row.due_at > row.received_at
    assert len({row.received_at.date() for row in rows}) >= 5
    assert len({row.procedure for row in rows}) >= 5
    assert {row.clerk for row in rows} == {"truc", "minh"}
    assert checking.verify_chain(book).holds


@pytest.fixture(scope="module")
def receipts(made):
    """The files that are receipts."""
    return [file for file in made.files if file.name.startswith("giay-hen")]


def test_every_page_is_marked_as_practice_and_can_be_read(receipts, book):
    assert len(receipts) >= 4
    for file in receipts:
        with pypdfium2.PdfDocument(file) as document:
            texts = [page.get_textpage().get_text_bounded() for page in document]
        assert texts
        for text in texts:
            code = re.search(r"TN-MT-\d{6}-\d{4}", text)[0]
            dossier = lookup.dossier(book, code)
            words = " ".join(text.split())
            assert "BẢN TẬP HUẤN" in words
            assert "GIẤY TIẾP NHẬN HỒ SƠ" in words and dossier.row.applicant in words
            assert f"{dossier.row.due_at:%d/%m/%Y}" in words or f"ngày {dossier.row.due_at:%d}" in words
            assert unicodedata.is_normalized("NFC", text)
            assert not set(text) & set("\ufffd\u25a1\x00")


def test_the_wall_of_a_field_is_made_and_hangs_right_on_its_board(made, book):
    walls = {file.stem for file in made.files if file.stem.startswith("niem-yet")}
    assert walls == {"niem-yet-ho-tich-a4", "niem-yet-khai-sinh-a3", "niem-yet-bia-bien-a4"}
    state = posting_checks.stale(book, MONDAY.date())
    assert len(state.right) > 41 and {one.board for one in state.right} == {"Bảng 1"}
    assert not state.of(Do.REPLACE) and not state.of(Do.TAKE_DOWN)


def test_every_other_paper_that_a_dossier_has_is_made_too(made, receipts):
    others = {file.stem: file for file in made.files if file not in receipts}
    assert {f"mau-{number:02d}" for number in range(2, 8)} == {name[:6] for name in others if name.startswith("mau-")}
    assert {"phieu-tai-quay-mau-02", "phieu-tai-quay-mau-03"} <= set(others)
    assert {"phieu-ban-giao-ho-so", "phieu-thong-bao-phi", "giay-bien-nhan-tra-ket-qua"} <= set(others)
    for file in others.values():
        if file.suffix != ".pdf":
            continue
        with pypdfium2.PdfDocument(file) as document:
            texts = [page.get_textpage().get_text_bounded() for page in document]
        assert texts and all("BẢN TẬP HUẤN" in text and unicodedata.is_normalized("NFC", text) for text in texts)


def test_the_months_reports_are_made_and_say_what_the_register_says(made, book):
    first = MONDAY.date() - timedelta(days=DAYS)
    days = f"{first:%Y%m%d}-{MONDAY:%Y%m%d}"
    names = {file.name for file in made.files}
    papers = ("bieu-ii-06a", "rut-kinh-nghiem-thang", "cong-khai-tien-do", "qua-han-va-xin-loi", "rut-mau-kiem-tra")
    assert {f"{paper}-{days}.pdf" for paper in papers} <= names
    assert {f"phieu-ngay-{MONDAY:%Y%m%d}.pdf", f"bieu-ii-06a-{days}.xlsx", "chung-cu.zip"} <= names
    total = counting.counted(book, first, MONDAY.date(), now=MONDAY).table.total
    out = made.data.parent
    sheet = openpyxl.load_workbook(out / f"bieu-ii-06a-{days}.xlsx").active
    last = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "Tổng cộng")
    assert last[2:] == astuple(total) and total.resolved_total > 0
    signed = packets.read((out / "bao-cao-ngay-da-ky.json").read_bytes())
    assert packets.is_genuine(signed) and signed.key in sealing.public_keys(book).values()
    sealed = closing.latest(book, MONDAY.date())
    with pypdfium2.PdfDocument(out / f"phieu-ngay-{MONDAY:%Y%m%d}.pdf") as document:
        assert sealed.code in document[0].get_textpage().get_text_bounded()
    assert signed.body["code"] == sealed.code


def test_the_packet_for_the_tier_above_holds_every_closed_day(made, book):
    (file,) = [file for file in made.files if file.suffix == protocol.SUFFIX]
    documents = protocol.read_packet(file.read_bytes())
    closed = closing.between(book, MONDAY.date() - timedelta(days=DAYS), MONDAY.date())
    standing = {one.day.isoformat(): one.hash for one in closed}
    assert {one.body["from"]: one.body["hash"] for one in documents} == standing
    assert all(one.key in sealing.public_keys(book).values() and one.body["practice"] for one in documents)


def test_the_qr_of_every_receipt_is_read_from_the_page_and_genuine(receipts, book):
    for file in receipts:
        with pypdfium2.PdfDocument(file) as document:
            pictures = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in document]
        for picture in pictures:
            (qr,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
            verdict = issuing.verify_receipt(book, qr.text)
            assert verdict.verdict == "genuine"
            assert verdict.due_at == lookup.row(book, verdict.code).due_at
            assert " TAP HUAN " in qr.text


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "file").write_text("x")
    for out in (tmp_path, tmp_path / "file"):
        with pytest.raises(UserError) as refusal:
            demo.make(out, days=1, per_day=1, seed=1, now=MONDAY, tell=print)
        assert refusal.value.code == "folder_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_on_a_sunday_it_reaches_back_to_the_last_open_day(tmp_path):
    sunday = MONDAY - timedelta(days=1)
    made = demo.make(tmp_path / "out", days=1, per_day=6, seed=1, now=sunday, tell=str)
    received = {f"{told[4]:%Y-%m-%d}" for told in dossiers(made.data)}
    assert made.dossiers > 0 and received == {"2026-11-20"}
    assert any(path.name.startswith("giay-hen") for path in made.files)


@pytest.mark.parametrize("as_json", [True, False])
def test_one_command_makes_it_without_a_screen(tmp_path, as_json):
    words = ["demo", "--days", "4", "--per-day", "3", "--out", str(tmp_path / "d"), *(["--json"] if as_json else [])]
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *words], cwd=CHECKOUT, env=environment, capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    if as_json:
        assert done.stderr == b""
        told = json.load(io.BytesIO(done.stdout))
        assert list(told) == ["data", "dossiers", "files"]
        assert len(dossiers(Path(told["data"]))) == told["dossiers"]
        assert all(Path(file).is_file() for file in told["files"])
    else:
        assert done.stdout.decode().startswith("Đã lập xã tập huấn ở ")
        assert "Đã tiếp nhận" in done.stderr.decode()
