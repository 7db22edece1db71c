"""Printing: a page arrives where the settings say, and nothing is called printed that no spooler took."""

import threading
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinterInfo
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen import canvas

from db.vocabulary import PrintOutcome
from desktop.gui.printing import FilePrinter, PdfPages, PrinterSetup, SystemPrinter

MM = 72 / 25.4


def make_pdf(path: Path, pages: int = 2) -> bytes:
    """Pages of A5 with a black square of 20 mm whose corner is 30 mm from the left and 40 from the top."""
    sheet = canvas.Canvas(str(path), pagesize=A5)
    for _page in range(pages):
        sheet.rect(30 * MM, A5[1] - 60 * MM, 20 * MM, 20 * MM, stroke=0, fill=1)
        sheet.showPage()
    sheet.save()
    return path.read_bytes()


def ink_box(path: Path, page: int = 0) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the ink in mm."""
    document = pypdfium2.PdfDocument(path)
    picture = document[page].render(scale=200 / 72).to_pil().convert("L").point(lambda grey: 255 if grey < 128 else 0)
    document.close()
    return tuple(edge / 200 * 25.4 for edge in picture.getbbox())


def test_every_page_arrives_in_its_size(qapp, tmp_path):
    report = FilePrinter(tmp_path / "out.pdf").send(make_pdf(tmp_path / "in.pdf"), PrinterSetup())
    assert (report.outcome, report.pages, report.accepted) == (PrintOutcome.SENT, 2, True)
    printed = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert [tuple(round(side / MM) for side in page.get_size()) for page in printed] == [(148, 210), (148, 210)]
    printed.close()
    assert ink_box(tmp_path / "out.pdf", 1) == pytest.approx((30, 40, 50, 60), abs=0.3)


def test_offset_and_scale_move_the_ink_by_that_much(qapp, tmp_path):
    setup = PrinterSetup(dx_mm=3.0, dy_mm=-2.0, percent=98.0)
    FilePrinter(tmp_path / "out.pdf").send(make_pdf(tmp_path / "in.pdf"), setup)
    expected = (30 * 0.98 + 3, 40 * 0.98 - 2, 50 * 0.98 + 3, 60 * 0.98 - 2)
    assert ink_box(tmp_path / "out.pdf") == pytest.approx(expected, abs=0.3)


def test_prints_from_a_worker_thread(qapp, tmp_path):
    data = make_pdf(tmp_path / "in.pdf")
    reports = []
    worker = threading.Thread(
        target=lambda: reports.append(FilePrinter(tmp_path / "out.pdf").send(data, PrinterSetup()))
    )
    worker.start()
    worker.join()
    assert reports[0].accepted
    assert ink_box(tmp_path / "out.pdf") == pytest.approx((30, 40, 50, 60), abs=0.3)


def test_pages_are_counted_while_they_go_and_a_stop_is_no_print(qapp, tmp_path):
    told: list[tuple[int, int]] = []

    def two_pages(sent: int, pages: int) -> bool:
        told.append((sent, pages))
        return sent < 2

    printer, data = FilePrinter(tmp_path / "out.pdf"), make_pdf(tmp_path / "in.pdf", pages=4)
    report = printer.send(data, PrinterSetup(), two_pages)
    assert told == [(0, 4), (1, 4), (2, 4)]
    assert (report.outcome, report.pages) == (PrintOutcome.FAILED, 2)
    assert report.trouble == "máy in dừng ở trang 2 trong 4 trang"
    assert printer.send(data, PrinterSetup(), lambda *_told: True).accepted


def test_no_printer_is_said_and_nothing_is_sent(qapp, tmp_path):
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this computer has a printer")
    report = SystemPrinter().send(make_pdf(tmp_path / "in.pdf"), PrinterSetup())
    assert (report.outcome, report.pages, report.trouble) == (PrintOutcome.FAILED, 0, "máy này chưa cài máy in nào")


def test_a_printer_that_went_away_is_named(qapp, tmp_path):
    report = FilePrinter(tmp_path / "gone" / "out.pdf").send(make_pdf(tmp_path / "in.pdf"), PrinterSetup())
    assert not report.accepted
    assert report.trouble == "không ghi được tệp in"


def test_a_damaged_file_is_a_failure_and_not_a_blank_sheet(qapp, tmp_path):
    report = FilePrinter(tmp_path / "out.pdf").send(b"%PDF-1.4 cut off", PrinterSetup())
    assert (report.accepted, report.trouble) == (False, "không mở được tệp giấy hẹn")
    assert not (tmp_path / "out.pdf").exists()


def test_the_picture_of_a_page_is_on_white_paper(qapp, tmp_path):
    pages = PdfPages(make_pdf(tmp_path / "in.pdf"))
    picture = pages.picture(0, 148)
    assert (picture.width(), picture.height()) == (148, 210)
    assert picture.pixelColor(2, 2).name() == "#ffffff"
    assert picture.pixelColor(40, 50).name() == "#000000"
