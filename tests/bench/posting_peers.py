"""The same sheets of the wall by other means: Platypus, an HTML document for LibreOffice, a typst document.

Each gets the words, columns and type sizes of ours and lays them out itself; none of them draws version QRs.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from io import BytesIO

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import LongTable, PageBreak, Paragraph, SimpleDocTemplate, Spacer

from desktop.documents import layout
from desktop.documents.posting_layout import A4, SHARES
from desktop.documents.posting_sheet import Para, SheetContent

_GRID = [("GRID", (0, 0), (-1, -1), 0.7, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def platypus(sheets: Iterable[SheetContent]) -> bytes:
    """Sheets as flowables: paragraphs and long tables with repeated captions."""
    faces = layout.paper_faces()
    styles = {
        small: ParagraphStyle(str(small), fontName=faces.regular, fontSize=size, leading=1.25 * size)
        for small, size in ((False, A4.body), (True, A4.small))
    }
    title = ParagraphStyle("title", fontName=faces.bold, fontSize=A4.title, leading=1.25 * A4.title)

    def cell(paras: Iterable[Para]) -> list[Paragraph]:
        return [
            Paragraph(_marked(para, f'<font name="{faces.bold}">', "</font>"), styles[para.small]) for para in paras
        ]

    story: list[object] = []
    for sheet in sheets:
        story += [*cell((Para(rest=sheet.kicker), *sheet.lead)), Paragraph(escape(sheet.title), title), Spacer(0, 6)]
        rows = list(_rows(sheet))
        if rows:
            count = max(len(cells) for cells in rows)
            widths = [share * A4.measure for share in SHARES.get(sheet.kind, (1.0,))]
            spans = [("SPAN", (0, at), (-1, at)) for at, cells in enumerate(rows) if len(cells) < count]
            data = [[cell(paras) for paras in (*cells, *[()] * (count - len(cells)))] for cells in rows]
            style = [*_GRID, *spans]
            story.append(LongTable(data, widths, repeatRows=min(1, len(sheet.columns)), style=style, splitInRow=1))
        story += [*cell(sheet.box), PageBreak()]
    buffer = BytesIO()
    margins = {"leftMargin": A4.left - 6, "rightMargin": A4.right - 6, "topMargin": 30, "bottomMargin": 50}
    SimpleDocTemplate(buffer, pagesize=(A4.width, A4.height), invariant=1, **margins).build(story)
    return buffer.getvalue()


def html(sheets: Iterable[SheetContent]) -> str:
    """Sheets as tables of a document that LibreOffice converts, one after the other.

    With each on a page of its own LibreOffice 7.4 never ends for some of them.
    """

    def cell(paras: Iterable[Para]) -> str:
        return "".join(f'<p style="font-size:{_size(para)}pt">{_marked(para, "<b>", "</b>")}</p>' for para in paras)

    parts = ['<html><meta charset="utf-8"><body style="font-family:Liberation Serif">']
    for sheet in sheets:
        parts.append(f'<h1 style="font-size:{A4.title}pt">{escape(sheet.title)}</h1>')
        parts.append(cell((Para(rest=sheet.kicker), *sheet.lead)))
        rows = list(_rows(sheet))
        count = max((len(cells) for cells in rows), default=0)
        parts.append('<table border="1" cellspacing="0" width="100%">')
        for cells in rows:
            span = f' colspan="{count}"' if len(cells) < count else ""
            parts.append("<tr>" + "".join(f"<td{span}>{cell(paras)}</td>" for paras in cells) + "</tr>")
        parts.append("</table>" + cell(sheet.box))
    return "".join(parts)


def typst(sheets: Iterable[SheetContent]) -> str:
    """Sheets as the markup of typst."""

    def cell(paras: Iterable[Para]) -> str:
        runs = []
        for para in paras:
            before, strong, after = map(_quoted, (f"{para.item} {para.lead} ", para.strong, f" {para.rest}"))
            runs.append(f"#text({_size(para)}pt)[#{before}*#{strong}*#{after}]")
        return "[" + " \\\n ".join(runs) + "]"

    parts = ['#set page("a4", margin: 15mm)\n#set text(font: "Liberation Serif", size: 13pt)\n']
    for sheet in sheets:
        parts.append(f"#pagebreak(weak: true)\n#text({A4.title}pt)[*#{_quoted(sheet.title)}*]\n\n")
        rows = list(_rows(sheet))
        if rows:
            shares = SHARES.get(sheet.kind, (1.0,))
            columns = ", ".join(f"{share}fr" for share in shares)
            cells = ", ".join(
                f"table.cell(colspan: {len(shares)}){cell(row[0])}"
                if len(row) < len(shares)
                else ", ".join(map(cell, row))
                for row in rows
            )
            parts.append(f"#table(columns: ({columns},), {cells})\n")
        parts.append(f"#{cell(sheet.box)}\n" if sheet.box else "")
    return "".join(parts)


def _rows(sheet: SheetContent) -> Iterator[Sequence[tuple[Para, ...]]]:
    """The captions, then each row and what runs below it as a row of one cell."""
    count = len(SHARES.get(sheet.kind, ()))
    if sheet.columns:
        yield [(Para(strong=caption),) for caption in sheet.columns[:count]]
    for row in sheet.rows:
        yield row.cells
        if row.below:
            yield [row.below]


def _marked(para: Para, on: str, off: str) -> str:
    strong = f"{on}{escape(para.strong)}{off}" if para.strong else ""
    return " ".join(part for part in (escape(para.item), escape(para.lead), strong, escape(para.rest)) if part)


def _size(para: Para) -> float:
    return A4.small if para.small else A4.body


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
