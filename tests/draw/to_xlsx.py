"""Draw a Page as an Excel workbook: blocks below each other, numbers stored as numbers."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break as SheetBreak
from openpyxl.worksheet.worksheet import Worksheet

from . import blocks as b
from .fixed import settle

THIN = Side(style="thin", color="808080")
BORDERS = {
    "full": Border(left=THIN, right=THIN, top=THIN, bottom=THIN),
    "horizontal": Border(top=THIN, bottom=THIN),
    "outer": Border(),
    "none": Border(),
}
SIGNS = {
    "circle": "●",
    "triangle": "▲",
    "square": "■",
    "arrow-up": "▲",
    "arrow-down": "▼",
    "arrow-right": "►",
}


def draw(page: b.Page, target: Path) -> None:
    book = Workbook()
    book.remove(book.active)
    for sheet_page in page.sheets or [page]:
        sheet = book.create_sheet(sheet_page.sheet)
        if sheet_page.hidden:
            sheet.sheet_state = "hidden"
        fill_sheet(sheet, sheet_page)
    book.properties.creator = "drawn for trial"
    book.save(target)
    settle(target)


def fill_sheet(sheet: Worksheet, page: b.Page) -> None:
    width, height = page.size
    sheet.page_setup.orientation = "landscape" if width > height else "portrait"
    sheet.page_setup.paperSize = "8" if max(width, height) > 900 else "9"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddHeader.left.text = page.header
    sheet.oddFooter.center.text = page.footer
    row = 1 + page.skip
    for block in page.blocks:
        if isinstance(block, b.P):
            row = paragraph(sheet, block, row, 1 + page.indent)
        elif isinstance(block, b.T):
            row = table(sheet, block, row, 1 + page.indent + block.indent)
        elif isinstance(block, b.Side):
            column, last = 1 + page.indent, row
            for one in block.tables:
                last = max(last, table(sheet, one, row, column))
                column += len(one.widths) + 1
            row = last
        else:
            sheet.row_breaks.append(SheetBreak(id=row - 1))


def paragraph(sheet: Worksheet, block: b.P, row: int, column: int) -> int:
    for offset, text in enumerate(block.cells or [block.text]):
        if text:
            cell = sheet.cell(row, column + offset, text)
            cell.font = Font(name="Arial", bold=block.bold, size=block.size + 1)
    return row + 1


def table(sheet: Worksheet, block: b.T, row: int, column: int) -> int:
    for offset, width in enumerate(block.widths):
        letter = get_column_letter(column + offset)
        held = sheet.column_dimensions[letter].width if letter in sheet.column_dimensions else 0
        sheet.column_dimensions[letter].width = max(held, width / 5.2)
    for number, cells in enumerate(block.rows):
        heading = number < block.head
        tallest = 1.0
        for offset, content in enumerate(cells):
            cell = sheet.cell(row + number, column + offset)
            cell.border = BORDERS[block.rules]
            if content is None:
                continue
            put(cell, content, block, heading, number)
            width = sum(block.widths[offset : offset + content.columns])
            tallest = max(tallest, lines(content, width) / content.rows)
            if content.rows > 1 or content.columns > 1:
                sheet.merge_cells(
                    start_row=row + number,
                    start_column=column + offset,
                    end_row=row + number + content.rows - 1,
                    end_column=column + offset + content.columns - 1,
                )
        sheet.row_dimensions[row + number].height = min(400, 4 + 12.5 * tallest)
    if block.head and block.repeat and sheet.print_title_rows is None:
        sheet.print_title_rows = f"{row}:{row + block.head - 1}"
    return row + len(block.rows)


def lines(content: b.C, width: float) -> float:
    """How many lines a text of 9 points takes in a column of this width, roughly."""
    if content.rotate:
        return max(1.0, len(content.text) * 5 / 12.5 + 0.5)
    per_line = max(4.0, width / 4.6)
    return sum(max(1, -(-len(part) // int(per_line))) for part in content.text.split("\n"))


def put(cell: Cell, content: b.C, block: b.T, heading: bool, number: int) -> None:
    value: object = content.text if content.native is None else content.native
    if content.shape:
        value = SIGNS[content.shape]
    if content.sup:
        raised = TextBlock(InlineFont(vertAlign="superscript"), content.sup)
        value = CellRichText(content.text, raised)
    if value != "":
        cell.value = value
    cell.number_format = content.number_format
    colour = content.colour or "000000"
    cell.font = Font(name=content.face or "Arial", size=9, bold=content.bold or heading, color=colour)
    cell.alignment = Alignment(
        wrap_text=True,
        horizontal=content.align,
        vertical="center" if block.middle else "top",
        text_rotation=content.rotate,
    )
    fill = content.fill or (block.head_fill if heading else None)
    if block.zebra and not heading and number % 2 == 0:
        fill = content.fill or "EDEDED"
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
