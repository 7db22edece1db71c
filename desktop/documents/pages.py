"""Breaks sheets into pages and writes the PDF: running heads, foot, overlay, page numbers.

Hides reportlab's canvas. Called with the finished sheets of a document; the same sheets give the same bytes in
every process, so a paper can be known by its SHA-256. Black on bare paper only.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import IO, TYPE_CHECKING

from desktop.documents.blocks import Block, Para, Rule, Stamp, stack
from desktop.documents.layout import PaperSize, Sheet
from desktop.documents.lines import Text, text_width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

#: Thickness of every line, in points.
_LINE = 0.7
_OVERLAY_LINE = 0.4
#: Shares of the gaps that are tried, widest first, when that saves a page.
_SHARES = (1.0, 0.6, 0.25)

_Page = list[tuple[float, Block]]
#: Told how much of long work is done and how much there is; answers whether to go on.
Progress = Callable[[int, int], bool]


def to_pdf(sheets: Sequence[Sheet], *, title: str, author: str, subject: str) -> bytes:
    """The sheets, all of one paper size, as one PDF; each starts on a new page.

    The metadata must not hold personal data: every viewer and printer queue shows them.
    """
    buffer = BytesIO()
    canvas = new_canvas(buffer, sheets[0].paper, title=title, author=author, subject=subject)
    for sheet in sheets:
        pages = _paginate(sheet)
        for number, page in enumerate(pages, start=1):
            _draw_page(canvas, sheet, page, number, len(pages))
            canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def new_canvas(target: IO[bytes], paper: PaperSize, *, title: str, author: str, subject: str) -> "Canvas":
    """A canvas whose file is the same for the same drawing, in every process and on every day."""
    from reportlab.pdfgen.canvas import Canvas  # with the first paper: a third of the memory that a window needs

    canvas = Canvas(target, pagesize=(paper.width, paper.height), pageCompression=1, invariant=1, lang="vi-VN")
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(subject)
    canvas.setCreator("Một Cửa")
    return canvas


def page_count(pdf: bytes) -> int:
    """Pages of a PDF drawn on :func:`new_canvas`."""
    return len(re.findall(rb"/Type /Page\b", pdf))


def _paginate(sheet: Sheet) -> list[_Page]:
    """As few pages as some share of the gaps allows, with the widest gaps that reach it."""
    alone = _room(sheet, number=1, pages=1)
    for share in _SHARES:
        pages = _flow(sheet.blocks, share, alone, alone)
        if len(pages) == 1:
            return pages
    # The longest page numbers there can be: the real ones need no more room.
    first, later = _room(sheet, number=1, pages=99), _room(sheet, number=98, pages=99)
    return min((_flow(sheet.blocks, share, first, later) for share in _SHARES), key=len)


def _flow(blocks: Sequence[Block], share: float, first_room: float, later_room: float) -> list[_Page]:
    pages: list[_Page] = [[]]
    room, y = first_room, 0.0
    for group in _groups(blocks):
        needed = sum(block.gap * share + block.height for block in group)
        if pages[-1] and y + needed > room:
            room, y = later_room, _turn(pages, group[0])
        for block in group:
            top = y + block.gap * share if pages[-1] else 0.0
            if pages[-1] and top + block.height > room:
                room, top = later_room, _turn(pages, block)
            pages[-1].append((top, block))
            y = top + block.height
    return pages


def _turn(pages: list[_Page], block: Block) -> float:
    """Begin a page for ``block``, with its table's head where it has one; returns where the block begins."""
    pages.append([(0.0, block.head)] if block.head else [])
    return block.head.height if block.head else 0.0


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.keep:
            yield group
            group = []
    if group:
        yield group


def _room(sheet: Sheet, number: int, pages: int) -> float:
    """Height for blocks on page ``number``."""
    paper = sheet.paper
    free = paper.height - paper.top - paper.bottom - _foot(sheet, number, pages).height
    return free - (_head(sheet, number, pages).height if number > 1 else 0.0)


def _head(sheet: Sheet, number: int, pages: int) -> Block:
    paper = sheet.paper
    words = f"{sheet.running} – Trang {number}/{pages}"
    line = stack([Para(((words, sheet.faces.regular),), paper.small, "center")], 0, paper.measure)
    rule = Rule(0, line.height + 2, paper.measure, line.height + 2)
    return Block(line.height + 2 + 3 * paper.gap, (*line.pieces, rule))


def _foot(sheet: Sheet, number: int, pages: int) -> Block:
    paper, italic = sheet.paper, sheet.faces.italic
    words = [sheet.foot] if sheet.foot else []
    if text_width(sheet.foot, italic, paper.small) > paper.measure:
        words = re.split(r"(?<=\.) ", sheet.foot)
    if number < pages:
        words.append(f"Trang {number}/{pages} – xem tiếp trang sau")
    if not words:
        return Block(0.0, ())
    above = 2 * paper.gap
    paras = [Para(((line, italic),), paper.small, "center") for line in words]
    lines = stack(paras, 0, paper.measure, top=above + 2)
    return Block(lines.height, (Rule(0, above, paper.measure, above), *lines.pieces))


def _draw_page(canvas: "Canvas", sheet: Sheet, page: _Page, number: int, pages: int) -> None:
    paper = sheet.paper
    if sheet.overlay:
        draw_overlay(canvas, paper, sheet.overlay, sheet.faces.bold)
    placed = []
    top = paper.top
    if number > 1:
        head = _head(sheet, number, pages)
        placed.append((top, head))
        top += head.height
    placed += [(top + y, block) for y, block in page]
    foot = _foot(sheet, number, pages)
    placed.append((paper.height - paper.bottom - foot.height, foot))
    draw_blocks(canvas, paper, placed)


def draw_blocks(canvas: "Canvas", paper: PaperSize, placed: Sequence[tuple[float, Block]]) -> None:
    """Draw blocks by their distance from the upper edge; afterwards the canvas has its origin at its left margin."""
    canvas.translate(paper.left, paper.height)
    _draw_texts(canvas, placed)
    canvas.setLineWidth(_LINE)
    for y, block in placed:
        for piece in block.pieces:
            if isinstance(piece, Rule):
                canvas.line(piece.x1, -y - piece.y1, piece.x2, -y - piece.y2)
            elif isinstance(piece, Stamp):
                canvas.saveState()
                canvas.transform(piece.unit, 0, 0, piece.unit, piece.x, -y - piece.y)
                piece.draw(canvas)
                canvas.restoreState()


def _draw_texts(canvas: "Canvas", placed: Sequence[tuple[float, Block]]) -> None:
    drawn = canvas.beginText()
    set_as: tuple[str, float] | None = None
    stretch = 0.0
    for y, block in placed:
        for text in block.pieces:
            if not isinstance(text, Text):
                continue
            if (text.face, text.size) != set_as:
                set_as = (text.face, text.size)
                drawn.setFont(*set_as)
            if text.stretch != stretch:
                stretch = text.stretch
                drawn.setWordSpace(stretch)
            drawn.setTextOrigin(text.x, -y - text.y)
            drawn.textLine(text.words)
    canvas.drawText(drawn)


def draw_overlay(canvas: "Canvas", paper: PaperSize, words: str, face: str) -> None:
    """Outlined, so that what lies beneath stays readable and a black-only printer needs no grey."""
    size = 0.95 * min(paper.width, paper.height) / text_width(words, face, 1)
    canvas.saveState()
    canvas.translate(paper.width / 2, 0.36 * paper.height)
    canvas.rotate(38)
    canvas.setLineWidth(_OVERLAY_LINE)
    outline = canvas.beginText(-text_width(words, face, size) / 2, -size / 3)
    outline.setTextRenderMode(1)
    outline.setFont(face, size)
    outline.textOut(words)
    canvas.drawText(outline)
    canvas.restoreState()
