"""Paper leaves through here: the pages of a stored PDF go to a printer as pictures, the same on every system.

Hides QtPdf and QPrinter. Called in a worker thread (a page takes about 0.2 s) and by the printer page.
Never says "printed": all that a program can know is that the spooler took every page, or that it did not.
"""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from db.vocabulary import PrintOutcome
from desktop.gui.printer_port import PrinterSetup, PrintReport, Progress

#: Enough for 9 pt type and a QR module of 0.45 mm (stack.md D); more only costs time.
DPI = 300
_MM = 25.4
_POINT = 72


class SystemPrinter:
    """The printers that the operating system knows."""

    def names(self) -> tuple[str, ...]:
        default = QPrinterInfo.defaultPrinterName()
        return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != default, name)))

    def send(self, data: bytes, setup: PrinterSetup, progress: Progress | None = None) -> PrintReport:
        known = self.names()
        name = setup.name or (known[0] if known else "")
        if not known:
            return _failed(name, "máy này chưa cài máy in nào")
        if name not in known:
            return _failed(name, f"không còn thấy máy in “{name}”")
        device = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
        return _print(data, device, setup, name, progress)


class FilePrinter:
    """A printer whose paper is a PDF file: for trying the printer page and for tests."""

    def __init__(self, path: Path, name: str = "Tệp PDF") -> None:
        self._path = path
        self._name = name

    def names(self) -> tuple[str, ...]:
        return (self._name,)

    def send(self, data: bytes, setup: PrinterSetup, progress: Progress | None = None) -> PrintReport:
        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        device.setOutputFileName(str(self._path))
        if not self._path.parent.is_dir():
            return _failed(self._name, "không ghi được tệp in")
        return _print(data, device, setup, self._name, progress)


@cache
def _keep_library() -> QPdfDocument:
    """An empty document that lives as long as the program.

    With the last document Qt ends PDFium, which leaves 200 KB behind each time that it begins again: as many times as
    a day has receipts.
    """
    return QPdfDocument()


class PdfPages:
    """The pages of a PDF in memory, as pictures on white. Usable in any one thread."""

    def __init__(self, data: bytes) -> None:
        _keep_library()
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument()
        self._document.load(self._buffer)

    def __len__(self) -> int:
        return self._document.pageCount()

    def page_size(self, page: int) -> QPageSize:
        """The paper that page was made for."""
        points = self._document.pagePointSize(page)
        return QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)

    def ratio(self, page: int) -> float:
        """Height by width."""
        points = self._document.pagePointSize(page)
        return points.height() / points.width()

    def picture(self, page: int, width: int) -> QImage:
        """The page ``width`` pixels wide; QtPdf paints on nothing, paper is white."""
        size = QSize(width, round(width * self.ratio(page)))
        drawn = self._document.render(page, size)
        paper = QImage(size, QImage.Format.Format_Grayscale8)
        paper.fill(255)
        painter = QPainter(paper)
        painter.drawImage(0, 0, drawn)
        painter.end()
        return paper

    def print_picture(self, page: int) -> QImage:
        """The page at the resolution of the print."""
        return self.picture(page, round(self._document.pagePointSize(page).width() / _POINT * DPI))


def _print(data: bytes, device: QPrinter, setup: PrinterSetup, name: str, progress: Progress | None) -> PrintReport:
    pages = PdfPages(data)
    if len(pages) == 0:
        return _failed(name, "không mở được tệp giấy hẹn")
    device.setResolution(DPI)
    device.setFullPage(True)
    device.setPageSize(pages.page_size(0))
    painter = QPainter()
    if not painter.begin(device):
        return _failed(name, "máy in không trả lời")
    try:
        sent = _paint_pages(painter, device, pages, setup, progress)
    finally:
        finished = painter.end()
    if sent < len(pages) or not finished or device.printerState() in _BROKEN:
        return PrintReport(PrintOutcome.FAILED, name, sent, f"máy in dừng ở trang {sent} trong {len(pages)} trang")
    return PrintReport(PrintOutcome.SENT, name, sent)


_BROKEN = (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error)


def _paint_pages(
    painter: QPainter, device: QPrinter, pages: PdfPages, setup: PrinterSetup, progress: Progress | None
) -> int:
    """Draw page after page; the number of pages that the device took."""
    dots = device.resolution() / _MM
    share = setup.percent / 100
    for page in range(len(pages)):
        if progress and not progress(page, len(pages)):
            device.abort()
            return page
        if page and not device.newPage():
            return page
        if device.printerState() in _BROKEN:
            return page
        paper = pages.page_size(page).rect(QPageSize.Unit.Millimeter)
        where = QRectF(setup.dx_mm, setup.dy_mm, paper.width() * share, paper.height() * share)
        painter.drawImage(
            QRectF(where.x() * dots, where.y() * dots, where.width() * dots, where.height() * dots),
            pages.print_picture(page),
        )
    return len(pages)


def _failed(name: str, trouble: str) -> PrintReport:
    return PrintReport(PrintOutcome.FAILED, name, 0, trouble)
