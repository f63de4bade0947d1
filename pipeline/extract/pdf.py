"""PDF: ruled tables by their boxes, other tables by the white between columns, the rest as lines.

Every word of a page is in exactly one cell.
"""

from __future__ import annotations

from typing import Any

from pipeline.extract.extract import Extract, Unreadable
from pipeline.extract.pdf_lines import words_of
from pipeline.extract.pdf_loose import line_grids
from pipeline.extract.pdf_tables import ruled_tables
from pipeline.extract.pdf_turn import turn_page, turned, turned_back
from pipeline.limits import check
from pipeline.shapes import Finding, Grid, Place


def read(file: str) -> Extract:
    """The grids of every page. Raises Unreadable for a damaged file or one that needs a password."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    grids: list[Grid] = []
    findings: list[Finding] = []
    try:
        with pdfplumber.open(file) as pdf:
            check("pages", len(pdf.pages))
            parts = len(pdf.pages)
            for number, page in enumerate(pdf.pages, 1):
                turn = turned(page)
                found, more = _page(turn_page(page, turn), f"p{number}")
                found = turned_back(found, turn, float(page.width), float(page.height))
                grids += found
                findings += more
                page.close()
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise Unreadable("file-encrypted", "Ask the sender for a copy without a password.") from error
        raise Unreadable("file-damaged", "Ask the sender for the file again.") from error
    except MalformedPDFException as error:
        raise Unreadable("file-damaged", "Ask the sender for the file again.") from error
    if not parts:
        raise Unreadable("file-damaged", "The file holds no pages. Ask the sender for it again.")
    return Extract(tuple(grids), tuple(findings), parts)


def _page(page: Any, part: str) -> tuple[list[Grid], list[Finding]]:
    words = words_of(page)
    if not words:
        findings = [Finding("ocr-missing", Place(part, 1, 1), "")] if page.images else []
        return [], findings
    tables, rest = ruled_tables(page, part, words)
    above: list[tuple[float, Grid]] = tables + line_grids(rest, [top for top, _ in tables], part)
    above.sort(key=lambda pair: pair[0])
    grids = _numbered([grid for _, grid in above])
    ruled = {id(grid) for _, grid in tables}
    unruled = [not grid.lines and id(grid) not in ruled for _, grid in above]
    guessed = [grid for grid, guess in zip(grids, unruled, strict=True) if guess]
    return grids, [
        Finding("table-without-rules", grid.rows[0][0].place, grid.rows[0][0].text) for grid in guessed
    ]


def _numbered(grids: list[Grid]) -> list[Grid]:
    """Rows counted on over the page, so that no two cells of a page have the same place."""
    from dataclasses import replace

    numbered = []
    start = 0
    for grid in grids:
        rows = tuple(
            tuple(replace(cell, place=replace(cell.place, row=cell.place.row + start)) for cell in row)
            for row in grid.rows
        )
        numbered.append(replace(grid, rows=rows))
        start += max((cell.place.row + cell.rows - 1 for cell in grid.cells()), default=0)
    return numbered
