"""PDF: ruled tables by their boxes, other tables by the white between columns, the rest as lines.

Every word of a page is in exactly one cell.
"""

from __future__ import annotations

from typing import Any

from pipeline.extract.extract import Extract, Unreadable
from pipeline.extract.pdf_agree import disagreements
from pipeline.extract.pdf_ink import Ink
from pipeline.extract.pdf_lines import Word, words_of
from pipeline.extract.pdf_loose import line_grids, numbered
from pipeline.extract.pdf_tables import fills_of, ruled_tables, rules_across, shapes_of
from pipeline.extract.pdf_turn import turn_page, turned, turned_back
from pipeline.extract.picture import unseen_text
from pipeline.limits import check
from pipeline.shapes import Finding, Grid, Place

FEW = 12
"""A scan may carry this many printed words: a stamp, the number of the page."""
LETTERS = 50
"""Shapes of a page without text that may be its letters."""


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
                found, more = _page(turn_page(page, turn), file, number)
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


def _page(page: Any, file: str, number: int) -> tuple[list[Grid], list[Finding]]:
    part = f"p{number}"
    words = words_of(page)
    if _picture(page, words, file, number):
        from pipeline.extract.scan import scanned_page
        from pipeline.extract.scan_words import installed

        if installed():
            return scanned_page(file, number)
        if not words:
            return [], [Finding("ocr-missing", Place(part, 1, 1), part)]
    if not words:
        return [], []
    tables, rest = ruled_tables(page, part, words)
    ink = Ink(rules_across(page), fills_of(page), shapes_of(page))
    loose = line_grids(rest, [top for top, _ in tables], part, ink)
    above = sorted([*tables, *loose], key=lambda pair: pair[0])
    grids = numbered([grid for _, grid in above])
    ruled = {id(grid) for _, grid in tables}
    findings = []
    for grid, (_, before) in zip(grids, above, strict=True):
        if id(before) in ruled:
            findings += disagreements(grid, words)
        elif not grid.lines:
            findings.append(Finding("table-without-rules", grid.rows[0][0].place, grid.rows[0][0].text))
    return grids, findings


def _picture(page: Any, words: list[Word], file: str, number: int) -> bool:
    """Whether a page has to be looked at to be read: a scan, perhaps with a stamp or with the unseen text that a
    scanner laid over it, or letters drawn as shapes.
    """
    if not words:
        return bool(page.images) or len(page.curves) >= LETTERS
    shown = (
        max(0.0, min(image["x1"], page.width) - max(image["x0"], 0.0))
        * max(0.0, min(image["bottom"], page.height) - max(image["top"], 0.0))
        for image in page.images
    )
    if sum(shown) < 0.5 * float(page.width) * float(page.height):
        return False
    return len(words) <= FEW or unseen_text(file, number)
