"""PDF: ruled tables by their boxes, other tables by the white between columns, the rest as lines.

Every word of a page is in exactly one cell.
"""

from __future__ import annotations

from pipeline.extract.extract import Extract, Unreadable
from pipeline.extract.pdf.agree import disagreements
from pipeline.extract.pdf.ink import Ink
from pipeline.extract.pdf.lines import Word
from pipeline.extract.pdf.loose import line_grids, numbered
from pipeline.extract.pdf.marks import claimed, without_marks
from pipeline.extract.pdf.notes import notes_on
from pipeline.extract.pdf.page import Page, Pages
from pipeline.extract.pdf.pictures import pictures_of
from pipeline.extract.pdf.tables import fills_of, ruled_tables, rules_across, shapes_of
from pipeline.extract.pdf.tiles import tiles_of
from pipeline.extract.pdf.turn import turned, turned_back
from pipeline.extract.pdf.words import words_of
from pipeline.limits import check
from pipeline.shapes import Claim, Finding, Grid, Place

FEW = 12
"""A scan may carry this many printed words: a stamp, the number of the page."""
LETTERS = 50
"""Shapes of a page without text that may be its letters."""


def read(file: str) -> Extract:
    """The grids of every page. Raises Unreadable for a damaged file or one that needs a password."""
    grids: list[Grid] = []
    findings: list[Finding] = []
    claims: tuple[Claim, ...] = ()
    unseen: dict[str, int] = {}
    with Pages(file) as pages:
        check("pages", len(pages))
        parts = len(pages)
        for read_page in pages:
            page, marks = without_marks(read_page(0))
            part = f"p{page.number}"
            unseen[part] = page.laid - page.doubled
            turn = turned(page)
            found, more = _page(without_marks(read_page(turn))[0] if turn else page, file)
            found = turned_back(found, turn, page.width, page.height)
            grids += found
            findings += more
            rows = max((c.place.row + c.rows - 1 for grid in found for c in grid.cells()), default=0)
            claims += claimed(marks, part, rows)
            findings += notes_on(page, part, found)
    if not parts:
        raise Unreadable("file-damaged", "The file holds no pages. Ask the sender for it again.")
    return Extract(tuple(grids), tuple(findings), parts, claims, unseen)


def _page(page: Page, file: str) -> tuple[list[Grid], list[Finding]]:
    part = f"p{page.number}"
    words = words_of(page)
    if _picture(page, words):
        from pipeline.extract.scan import scanned_page
        from pipeline.extract.scan.words import installed

        if installed():
            return scanned_page(file, page.number)
        if not words:
            return [], [Finding("ocr-missing", Place(part, 1, 1), part)]
    if not words:
        return [], []
    shapes = [*shapes_of(page), *pictures_of(page, file)]
    tables, rest = ruled_tables(page, part, words, shapes)
    ink = Ink(rules_across(page), fills_of(page), shapes)
    tiles, rest = tiles_of(page, part, rest, shapes)
    loose = line_grids(rest, [top for top, _ in (*tables, *tiles)], part, ink)
    above = sorted([*tables, *tiles, *loose], key=lambda pair: pair[0])
    grids = numbered([grid for _, grid in above])
    ruled = {id(grid) for _, grid in tables}
    findings = []
    for grid, (_, before) in zip(grids, above, strict=True):
        if id(before) in ruled:
            findings += disagreements(grid, words)
        elif not grid.lines:
            findings.append(Finding("table-without-rules", grid.rows[0][0].place, grid.rows[0][0].text))
    return grids, findings


def _picture(page: Page, words: list[Word]) -> bool:
    """Whether a page has to be looked at to be read: a scan, perhaps with a stamp or with the unseen text that a
    scanner laid over it, or letters drawn as shapes.
    """
    if not words:
        return bool(page.pictures) or len(page.curves) >= LETTERS
    shown = (
        max(0.0, min(x1, page.width) - max(x0, 0.0)) * max(0.0, min(bottom, page.height) - max(top, 0.0))
        for x0, top, x1, bottom in page.pictures
    )
    if sum(shown) < 0.5 * page.width * page.height:
        return False
    return len(words) <= FEW or page.unseen
