"""The evidence of a period, checked as somebody without this program would: hashes, signatures, lists and figures."""

import csv
import hashlib
import io
import zipfile
from collections import Counter

import openpyxl
import pytest
from cryptography.exceptions import InvalidSignature

from desktop.office import closing, evidence
from desktop.rules import periods
from tests.office.deciding import refused
from tests.office.reported import AFTERWARDS, NOVEMBER, persons_in, verified


@pytest.fixture(scope="module")
def files(november):
    answers = dict.fromkeys(closing.to_answer(november, AFTERWARDS), "mất điện")
    for on in (NOVEMBER.first.replace(day=12), NOVEMBER.last):
        closing.close_day(november, on, clerk=None, now=AFTERWARDS, answers=answers)
    return unzipped(evidence.bundle(november, NOVEMBER, now=AFTERWARDS))


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def listed(files) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["danh-sach-ho-so.csv"].decode("utf-8-sig"), newline="")))


def test_every_file_is_in_the_list_of_hashes(files):
    sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS.txt"].decode().splitlines())
    assert set(sums) == set(files) - {"SHA256SUMS.txt"}
    assert {name: hashlib.sha256(files[name]).hexdigest() for name in sums} == sums


def test_the_signed_list_says_the_same(files):
    body = verified(files["danh-muc-da-ky.json"])
    assert body["sha256"] == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in files.items()
        if name not in ("SHA256SUMS.txt", "danh-muc-da-ky.json")
    }
    assert (body["from"], body["to"], body["practice"]) == ("2026-11-01", "2026-11-30", True)


def test_a_changed_file_or_list_is_found(files):
    changed = files["danh-muc-da-ky.json"].replace(b"2026-11-30", b"2026-11-29")
    with pytest.raises(InvalidSignature):
        verified(changed)


def test_the_list_of_dossiers_adds_up_to_the_signed_figures_and_to_the_form(files):
    body = verified(files["so-lieu-ky.json"])
    total = dict(zip(body["columns"][2:], body["total"], strict=True))
    rows = listed(files)
    counts = Counter(row[part].split(" ")[1] for row in rows for part in ("vao_ky", "cuoi_ky"))
    assert len(rows) == len({row["ma_ho_so"] for row in rows}) == total["received_total"]
    sums = {"received_total", "resolved_total", "pending_total"}
    assert {name: counts[name] for name in total if name not in sums} == {
        name: figure for name, figure in total.items() if name not in sums
    }
    sheet = openpyxl.load_workbook(io.BytesIO(files["bieu-ii-06a.xlsx"])).active
    last = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "Tổng cộng")
    assert list(last[2:]) == body["total"]


def test_each_procedure_of_the_list_adds_up_too(files):
    body = verified(files["so-lieu-ky.json"])
    told = Counter()
    for row in body["rows"]:
        told[row[1]] += row[2]
    assert Counter(row["ma_thu_tuc"] for row in listed(files)) == told


def test_every_seal_of_the_period_is_there_with_its_code(files, november):
    sealed = closing.between(november, NOVEMBER.first, NOVEMBER.last)
    assert len(sealed) == 2
    for one in sealed:
        body = verified(files[f"ngay/{one.day}-ban-{one.revision}.json"])
        assert (body["code"], body["list_sha256"]) == (one.code, one.content["list_sha256"])


def test_a_note_says_how_to_check_it(files):
    note = files["CACH-KIEM-TRA.txt"].decode()
    assert "sha256sum -c SHA256SUMS.txt" in note and "certutil" in note and note.startswith("BẢN TẬP HUẤN")


def test_nobody_is_named(files, november):
    plain = b"".join(data for name, data in files.items() if not name.endswith((".pdf", ".xlsx"))).decode()
    assert persons_in(november, plain) == []


def test_the_same_moment_gives_the_same_bytes_and_work_can_be_stopped(november):
    assert evidence.bundle(november, NOVEMBER, now=AFTERWARDS) == evidence.bundle(november, NOVEMBER, now=AFTERWARDS)
    told = []
    assert evidence.bundle(november, NOVEMBER, now=AFTERWARDS, progress=lambda *now: told.append(now) or False) is None
    assert len(told) == 1


def test_a_period_to_come_has_no_evidence(november):
    to_come = periods.free(AFTERWARDS.date().replace(month=3), AFTERWARDS.date().replace(month=4))
    assert refused(lambda: evidence.bundle(november, to_come, now=AFTERWARDS)).code == "period_in_future"
