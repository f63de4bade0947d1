"""Papers as files: Excel, Word, tab- or comma-separated text. PDFs are made by ``demo.pdf``."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from demo.layouts import Box, Grid, Paper
from demo.pdf import write_pdf

NUMBER = re.compile(r"(?P<minus>-?)(?P<money>£?)(?P<figure>\d[\d,]*(?:\.(?P<places>\d+))?)(?P<unit>%| days)?")


def write(paper: Paper, target: Path) -> None:
    """Write the paper in the format that the file's ending names."""
    target.parent.mkdir(parents=True, exist_ok=True)
    {
        ".xlsx": write_workbook,
        ".docx": write_word,
        ".txt": write_tabs,
        ".csv": write_commas,
        ".pdf": write_pdf,
    }[target.suffix](paper, target)


def stored(text: str) -> tuple[float, str] | None:
    """The number and the number format that a spreadsheet stores for a printed figure: '73%' is 0.73."""
    found = NUMBER.fullmatch(text)
    if not found:
        return None
    number = float(found["minus"] + found["figure"].replace(",", ""))
    shape = "#,##0" if "," in found["figure"] else "0"
    if found["places"]:
        shape += "." + "0" * len(found["places"])
    if found["unit"] == "%":
        return round(number / 100, 8), shape + "%"
    if found["money"]:
        return number, f'"£"{shape};-"£"{shape}'
    return number, shape + (f'"{found["unit"]}"' if found["unit"] else "")


def write_workbook(paper: Paper, target: Path) -> None:
    """An Excel workbook; figures are stored as numbers with a format."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(target))
    sheet = book.add_worksheet(target.stem[:31])
    bold = book.add_format({"bold": True})
    for row, texts in enumerate(paper.titles):
        for column, text in enumerate(texts):
            sheet.write_string(row, 2 * column, text, bold)
    top = len(paper.titles) + 1
    for grid in paper.grids:
        for column, width in enumerate(grid.widths):
            sheet.set_column(column, column, 1.6 * width)
        for row, boxes in enumerate(grid.rows, top):
            for column, box in enumerate(boxes):
                if box is None:
                    continue
                number = None if box.heading else stored(box.text)
                look = {"border": 1, "text_wrap": True, "valign": "top", "bold": box.heading}
                if box.fill:
                    look["bg_color"] = f"#{box.fill}"
                if number:
                    look["num_format"] = number[1]
                style = book.add_format(look)
                if box.rows > 1:
                    sheet.merge_range(row, column, row + box.rows - 1, column, "", style)
                if number:
                    sheet.write_number(row, column, number[0], style)
                else:
                    sheet.write_string(row, column, box.text, style) if box.text else sheet.write_blank(
                        row, column, None, style
                    )
        top += len(grid.rows) + 1
    book.close()


def write_word(paper: Paper, target: Path) -> None:
    """A Word document with one table a section."""
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document = Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    for texts in paper.titles:
        document.add_paragraph(" ".join(texts))
    for grid in paper.grids:
        table = document.add_table(len(grid.rows), len(grid.widths))
        table.style = "Table Grid"
        cells = [list(row.cells) for row in table.rows]
        for row, boxes in enumerate(grid.rows):
            for column, box in enumerate(boxes):
                if box is None:
                    continue
                cell = cells[row][column]
                if box.rows > 1:
                    cell = cell.merge(cells[row + box.rows - 1][column])
                cell.text = box.text
                if box.fill:
                    _shade(cell, box.fill)
        document.add_paragraph()
    document.save(str(target))


def _shade(cell: object, fill: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # type: ignore[attr-defined]


def write_tabs(paper: Paper, target: Path) -> None:
    """Text with tabs between the cells, as it is copied out of a page."""
    target.write_text("\n".join("\t".join(line) for line in lines(paper)) + "\n", encoding="utf-8")


def write_commas(paper: Paper, target: Path) -> None:
    """Comma-separated values with the byte order mark that Excel writes."""
    with target.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(lines(paper))


def lines(paper: Paper) -> list[list[str]]:
    """The paper line by line; a merged cell stands in its first line."""

    def said(box: Box | None) -> str:
        return box.text if box else ""

    def of(grid: Grid) -> list[list[str]]:
        return [[said(box) for box in row] for row in grid.rows]

    found = [*map(list, paper.titles), [""]]
    for grid in paper.grids:
        found += [*of(grid), [""]]
    return found
