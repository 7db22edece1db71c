"""A working list on paper: what the screen shows at one moment, for a desk, a meeting or a round of calls.

Internal, so it bears no Quốc hiệu and no number. The same content gives the same bytes. Reads no database; cells
come as words, and never with an identity number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.documents.blocks import Para, stack
from desktop.documents.layout import PaperSize, Sheet
from desktop.documents.pages import to_pdf
from desktop.documents.tables import Column, table
from desktop.documents.units import mm

#: Landscape, so that most names of procedures take two lines; 10 pt in narrow margins.
PAPER = PaperSize("A4", 297 * mm, 210 * mm, 14 * mm, 10 * mm, 18 * mm, 12 * mm, 11, 11, 14, 10, 3.0)

_HEADING = "DANH SÁCH HỒ SƠ"
_COLUMNS = (
    Column("STT", 0.043, "center"),
    Column("Còn lại", 0.115),
    Column("Người nộp", 0.155),
    Column("Thủ tục", 0.262),
    Column("Mã hồ sơ", 0.16),
    Column("Nhận", 0.082, "center"),
    Column("Hẹn trả", 0.082, "center"),
    Column("Đang ở", 0.101),
)


@dataclass(frozen=True, slots=True)
class ListingContent:
    """A list and what is said of it: ``title`` as on the screen, ``told`` its moment, count and order.

    A row has a cell for each column after the number; a line end in it begins a new line.
    """

    title: str
    centre_name: str
    told: str
    rows: Sequence[tuple[str, ...]]
    overlay: str = ""


def render(content: ListingContent) -> bytes:
    """The list as PDF; every page after the first repeats its title and the captions. ``no_font`` may be raised."""
    sheet = Sheet(PAPER, running=f"{_HEADING} – {content.title}", overlay=content.overlay)
    faces = sheet.faces
    sheet.add(stack([Para(((content.centre_name, faces.bold),), PAPER.caps)], 0, PAPER.measure))
    lines = [Para(((words, faces.bold),), PAPER.title, "center") for words in (_HEADING, content.title)]
    lines.append(Para(((content.told, faces.italic),), PAPER.small, "center", gap=PAPER.gap))
    sheet.add(stack(lines, 0, PAPER.measure, gap=2 * PAPER.gap, keep=True))
    table(sheet, _COLUMNS, [(str(number), *row) for number, row in enumerate(content.rows, start=1)])
    return to_pdf([sheet], title=f"{_HEADING} – {content.title}", author=content.centre_name, subject="")
