"""Biên bản hủy: which data were destroyed because their time was over, to be signed by two people. Pure drawing."""

from dataclasses import dataclass
from datetime import date, datetime

from desktop.documents.blocks import Para, stack
from desktop.documents.layout import SIZES, Sheet
from desktop.documents.letterhead import Letterhead, Signer, letterhead, signatures
from desktop.documents.pages import to_pdf
from desktop.documents.tables import Column, table

_TITLE = "BIÊN BẢN HỦY DỮ LIỆU HẾT THỜI HẠN LƯU"
_COLUMNS = (
    Column("STT", 0.06, "center"),
    Column("Loại dữ liệu, căn cứ", 0.42),
    Column("Thời hạn", 0.11, "center"),
    Column("Số mục", 0.1, "right"),
    Column("Dung lượng", 0.13, "right"),
    Column("Của những ngày", 0.18, "center"),
)
_ITEM_COLUMNS = (
    Column("STT", 0.07, "center"),
    Column("Mục", 0.41),
    Column("Của ngày", 0.13, "center"),
    Column("Mã băm SHA-256", 0.39),
)
_HALF = 32


@dataclass(frozen=True, slots=True)
class Line:
    """One kind: its words, the basis of its time, that time in words, how many, bytes, days, hash over every item.

    ``items`` are name, day and SHA-256 of each; events from before they were kept have none.
    """

    words: str
    basis: str
    kept: str
    count: int
    size: int
    first: date
    last: date
    sha256: str
    items: tuple[tuple[str, date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Protocol:
    """What the paper says; ``event`` is the number of the event that recorded the destruction."""

    superior_lines: tuple[str, ...]
    centre_lines: tuple[str, ...]
    place: str
    made_at: datetime
    event: int
    person: str
    reason: str
    kinds: tuple[Line, ...]
    practice: bool = False


def render(content: Protocol) -> bytes:
    """The paper as PDF. Raises ``EnvironmentProblem("no_font")``."""
    paper = SIZES["A4"]
    sheet = Sheet(paper, running=_TITLE, overlay="BẢN TẬP HUẤN" if content.practice else "")
    number = f"Sự kiện số {content.event}"
    made_on = content.made_at.date()
    letterhead(sheet, Letterhead(content.superior_lines, content.centre_lines, number, content.place, made_on))
    faces = sheet.faces
    sheet.add(stack([Para(((_TITLE, faces.bold),), paper.title, "center")], 0, paper.measure, gap=3 * paper.gap))
    when = f"{content.made_at:%H giờ %M phút}, ngày {made_on:%d/%m/%Y}"
    sheet.paragraph((f"Hồi {when}, {content.person} đã cho hủy dữ liệu dưới đây.", faces.regular))
    sheet.paragraph((f"Lý do: {content.reason}", faces.regular))
    table(sheet, _COLUMNS, [_cells(place, line) for place, line in enumerate(content.kinds, start=1)])
    sheet.paragraph(
        (
            "Chuỗi sự kiện, nội dung giấy đã phát và tệp kèm theo hồ sơ không bị hủy. Mã băm của danh mục từng loại,"
            " ghi trong sự kiện trên:",
            faces.regular,
        ),
        keep=True,
    )
    sheet.items([f"{line.words}: {line.sha256}" for line in content.kinds])
    for line in content.kinds:
        if line.items:
            sheet.paragraph((f"Danh mục đã hủy – {line.words}:", faces.bold), keep=True)
            table(sheet, _ITEM_COLUMNS, [_item(place, one) for place, one in enumerate(line.items, start=1)])
    signatures(
        sheet,
        (Signer("NGƯỜI HỦY", "(Ký, ghi rõ họ tên)", content.person), Signer("NGƯỜI CHỨNG KIẾN", "(Ký, ghi rõ họ tên)")),
    )
    return to_pdf([sheet], title=f"{_TITLE} – sự kiện {content.event}", author=content.person, subject=_TITLE)


def _cells(place: int, line: Line) -> tuple[str, ...]:
    days = f"{line.first:%d/%m/%Y}\n{line.last:%d/%m/%Y}"
    return (str(place), f"{line.words}\n{line.basis}", line.kept, str(line.count), _size(line.size), days)


def _item(place: int, item: tuple[str, date, str]) -> tuple[str, ...]:
    name, on, digest = item
    return (str(place), name, f"{on:%d/%m/%Y}", f"{digest[:_HALF]}\n{digest[_HALF:]}")


def _size(size: int) -> str:
    """Bytes for people: ``1,2 MB``; a row of a table has no size of its own."""
    if not size:
        return "–"
    return (
        f"{size / 1_000_000:.1f} MB".replace(".", ",") if size >= 100_000 else f"{size / 1000:.1f} kB".replace(".", ",")
    )
