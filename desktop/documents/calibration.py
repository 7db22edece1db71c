"""The page that tells how far a printer shifts and stretches: rulers in millimetres and what to do with them.

Printed through the same path as every paper; the corrections belong to the printer and are applied when printing,
never in a PDF.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.documents.blocks import Block, Para, Stamp, stack
from desktop.documents.layout import SIZES, PaperSize, Sheet, paper_faces
from desktop.documents.lines import NBSP
from desktop.documents.pages import to_pdf
from desktop.documents.units import mm

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

#: Where both rulers begin, from the left and from the upper edge.
ZERO_MM = 20
#: Length of the ruler across, which the scale is measured on: 1 mm is 1 %.
ACROSS_MM = 100
_DOWN_MM = {"A4": 200, "A5": 150}
#: The frame stands where the narrowest margin of a receipt is.
_FRAME_MM = 8
_BLANK = f"………{NBSP}mm"
_FIGURES = 9


def render_calibration(size: str) -> bytes:
    """The page for paper ``A4`` or ``A5``. Raises ``EnvironmentProblem("no_font")``."""
    paper = replace(SIZES[size], left=28 * mm, top=30 * mm)
    sheet = Sheet(paper)
    rulers = Stamp(-paper.left, paper.height - paper.top, mm, lambda canvas: _draw_rulers(canvas, paper))
    sheet.add(Block(0, (rulers,)))
    _instructions(sheet)
    return to_pdf([sheet], title=f"Trang căn chỉnh máy in {size}", author="Một Cửa", subject="Căn chỉnh máy in")


def _instructions(sheet: Sheet) -> None:
    paper, faces = sheet.paper, sheet.faces
    title = Para(((f"TRANG CĂN CHỈNH MÁY IN – KHỔ {paper.name}", faces.bold),), paper.title, "center")
    sheet.add(stack([title], 0, paper.measure))
    sheet.paragraph(
        ("In với tỉ lệ 100 % (kích thước thật), không chọn “vừa trang giấy”. Đo bằng thước:", faces.regular)
    )
    sheet.items(
        (
            f"Tỉ lệ: từ vạch 0 đến vạch {ACROSS_MM} của thước ngang. Đúng là {ACROSS_MM} mm, đo được {_BLANK}",
            f"Lệch ngang: từ mép trái tờ giấy đến vạch 0 của thước ngang. Đúng là {ZERO_MM} mm, đo được {_BLANK}",
            f"Lệch dọc: từ mép trên tờ giấy đến vạch 0 của thước dọc. Đúng là {ZERO_MM} mm, đo được {_BLANK}",
        )
    )
    sheet.paragraph(
        (
            "Lấy số đúng trừ số đo được rồi cộng vào ô cùng tên của máy in này trong Cài đặt. "
            "Ví dụ đo lệch ngang được 21,5 mm: 20 − 21,5 = −1,5, cộng −1,5 vào ô Lệch ngang.",
            faces.regular,
        )
    )
    sheet.paragraph(("Sửa Tỉ lệ trước, in lại trang này, rồi mới sửa hai ô Lệch.", faces.bold))
    sheet.paragraph(
        (
            f"Khung quanh trang cách mép giấy {_FRAME_MM} mm và phải hiện đủ bốn cạnh. "
            "Thiếu cạnh nào là máy không in tới đó: chọn lề nhỏ nhất khi cài máy in.",
            faces.regular,
        )
    )


def _draw_rulers(canvas: "Canvas", paper: PaperSize) -> None:
    """In millimetres from the lower left corner of the page."""
    width, height = paper.width / mm, paper.height / mm
    face = paper_faces().regular
    canvas.setLineWidth(0.2)
    canvas.rect(_FRAME_MM, _FRAME_MM, width - 2 * _FRAME_MM, height - 2 * _FRAME_MM)
    _cross(canvas, width - ZERO_MM, ZERO_MM)
    top = height - ZERO_MM
    canvas.setFont(face, _FIGURES / mm)
    canvas.line(ZERO_MM, top, ZERO_MM + ACROSS_MM, top)
    for at in range(ACROSS_MM + 1):
        canvas.line(ZERO_MM + at, top, ZERO_MM + at, top + _tick(at))
        if at % 10 == 0:
            canvas.drawCentredString(ZERO_MM + at, top + 5.5, str(at))
    canvas.line(ZERO_MM, top, ZERO_MM, top - _DOWN_MM[paper.name])
    for at in range(_DOWN_MM[paper.name] + 1):
        canvas.line(ZERO_MM, top - at, ZERO_MM - _tick(at), top - at)
        if at % 10 == 0:
            canvas.drawRightString(ZERO_MM - 5.5, top - at - 1, str(at))


def _tick(at: int) -> float:
    return 5 if at % 10 == 0 else 3.5 if at % 5 == 0 else 2


def _cross(canvas: "Canvas", x: float, y: float) -> None:
    canvas.line(x - 5, y, x + 5, y)
    canvas.line(x, y - 5, x, y + 5)
    canvas.circle(x, y, 2.5)
