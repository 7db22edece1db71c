"""A statistical document on paper: its head, its tables and charts, its notes and signatures, as PDF.

Hides the page sizes and how heads are set. The same content gives the same bytes; reads no database and no clock.
"""

from collections.abc import Sequence
from dataclasses import replace

from desktop.documents.blocks import Para, beside, framed, stack
from desktop.documents.charts import chart_block
from desktop.documents.layout import PaperSize, Sheet
from desktop.documents.letterhead import letterhead, signatures
from desktop.documents.lines import Align
from desktop.documents.listing import PAPER
from desktop.documents.pages import Progress, to_pdf
from desktop.documents.passing import Passing, Stopped
from desktop.documents.report import FormHead, Grid, Paper, ReportContent, Row, Section, TitleHead, words
from desktop.documents.tables import table
from desktop.documents.units import mm

PAPERS = {
    Paper.PORTRAIT: PaperSize("A4", 210 * mm, 297 * mm, 18 * mm, 14 * mm, 24 * mm, 14 * mm, 12, 12, 14, 10, 3.4),
    Paper.LANDSCAPE: PAPER,
    Paper.WALL: PaperSize("A4", 297 * mm, 210 * mm, 10 * mm, 8 * mm, 16 * mm, 16 * mm, 14, 12, 22, 13.5, 3.2),
}
#: How the measure is parted among the three blocks of a form's head.
_CODE, _TITLE = 0.27, 0.46
#: Size of notes in parts of the table's type.
_NOTE = 0.9


def render(contents: Sequence[ReportContent], *, progress: Progress | None = None) -> bytes | None:
    """Documents of one paper as one PDF, each on pages of its own; None when ``progress`` said to stop.

    ``progress`` hears of the table rows laid out, and of all of them. Raises ``EnvironmentProblem("no_font")``.
    """
    passing = Passing(contents, progress)
    try:
        sheets = [_sheet(content, passing) for content in contents]
        passing.end()
    except Stopped:
        return None
    first = contents[0]
    return to_pdf(sheets, title=first.name, author=first.centre_name, subject=first.form_ref)


def _sheet(content: ReportContent, passing: Passing) -> Sheet:
    sheet = Sheet(PAPERS[content.paper], running=content.name, overlay=content.overlay)
    match content.head:
        case FormHead():
            _form_head(sheet, content.head)
        case TitleHead():
            _title_head(sheet, content.head)
    for section in content.sections:
        _section(sheet, section, passing)
    return sheet


def _form_head(sheet: Sheet, head: FormHead) -> None:
    paper, faces = sheet.paper, sheet.faces
    code_width, title_width = _CODE * paper.measure, _TITLE * paper.measure

    def paras(lines: Sequence[str], face: str, size: float, align: Align = "left") -> list[Para]:
        return [Para(((line, face),), size, align) for line in lines]

    code = paras(head.code_lines[:1], faces.bold, paper.small) + paras(head.code_lines[1:], faces.regular, paper.small)
    titled = paras(head.title_lines, faces.bold, paper.body + 1, "center")
    titled += paras(head.period_lines, faces.italic, paper.body, "center")
    party = paras(head.party_lines, faces.regular, paper.small)
    party_width = paper.measure - code_width - title_width
    sheet.add(
        beside(
            stack(code, 0, code_width - paper.body),
            stack(titled, code_width, title_width),
            stack(party, code_width + title_width + paper.body, party_width - paper.body),
            keep=True,
        )
    )
    counted = [Para(((head.counted_in, faces.italic),), paper.small, "right")]
    sheet.add(stack(counted, 0, paper.measure, gap=paper.gap, keep=True))


def _title_head(sheet: Sheet, head: TitleHead) -> None:
    paper, faces = sheet.paper, sheet.faces
    if head.letterhead:
        letterhead(sheet, head.letterhead)
    if head.centre_name:
        sheet.add(stack([Para(((head.centre_name, faces.bold),), paper.caps)], 0, paper.measure, keep=True))
    lines = [Para(((line, faces.bold),), paper.title, "center") for line in head.title_lines]
    lines += [Para(((line, faces.italic),), paper.body, "center") for line in head.period_lines]
    sheet.add(stack(lines, 0, paper.measure, gap=2.5 * paper.gap, keep=True))


def _section(sheet: Sheet, section: Section, passing: Passing) -> None:
    paper, faces = sheet.paper, sheet.faces
    if section.title:
        title = Para(((section.title, faces.bold),), paper.body)
        sheet.add(stack([title], 0, paper.measure, gap=4 * paper.gap, keep=True))
    for strip in section.strips:
        sheet.add(framed([Para(((strip, faces.bold),), paper.small)], 0, paper.measure, paper.gap, gap=2 * paper.gap))
    for words_ in section.lead:
        sheet.paragraph((words_, faces.regular), keep=bool(section.grid))
    for chart in section.charts if section.grid and section.grid.rows else ():
        assert section.grid is not None
        sheet.add(replace(chart_block(sheet, chart, section.grid), gap=2.5 * paper.gap))
    if section.grid:
        _grid(sheet, section.grid, passing, tied=bool(section.signers) and not section.notes)
    for number, note in enumerate(section.notes, start=1):
        gap, keep = (2 * paper.gap if number == 1 else 0.0), bool(section.signers) and number == len(section.notes)
        sheet.add(stack([Para(((note, faces.italic),), _NOTE * paper.small)], 0, paper.measure, gap=gap, keep=keep))
    if section.dated:
        half = paper.measure / 2
        sheet.add(
            stack(
                [Para(((section.dated, faces.italic),), paper.body, "center")], half, half, gap=2 * paper.gap, keep=True
            )
        )
    if section.signers:
        signatures(sheet, section.signers)


def _grid(sheet: Sheet, grid: Grid, passing: Passing, *, tied: bool) -> None:
    if not grid.rows:
        sheet.paragraph((grid.empty, sheet.faces.regular), keep=tied)
        return
    sums = len(grid.rows) - grid.totals
    rows = map(_cells, passing.through(grid.rows[:sums]))
    table(sheet, grid.columns, rows, totals=[_cells(row) for row in grid.rows[sums:]], tied=tied)


def _cells(row: Row) -> list[str]:
    return [words(cell) for cell in row]
