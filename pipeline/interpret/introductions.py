"""What stands between two tables and introduces the second: the name of a priority, its rating, its narrative.

A name alone is that of a section. With a rating beside it ('A safe home for everyone | Amber'), or with a text below
it where other tables of the document have one as well, it names the priority of the measures that follow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.align import COLOURS
from pipeline.interpret.headings import heading_of
from pipeline.interpret.narratives import labelled_text, narrates, paragraphs
from pipeline.interpret.ratings import read_rating
from pipeline.interpret.table import Cells, printed
from pipeline.interpret.titles import is_title
from pipeline.shapes import Cell

RATED = re.compile(r"(.{5,}?)\s*(?:[\u2013\u2014-]\s+|[(\[])(?:rag[:\s]+)?([a-z]{3,})[)\]]?", re.I | re.S)
"""A name with its rating behind it: 'A safe home for everyone (Amber)', 'A safe home for everyone - Amber'."""
SPACED = re.compile(r"(.{5,}?)\s+([a-z]{3,})", re.I | re.S)
"""The same with nothing but a space between them: 'A safe home for everyone Amber', and 'Clean and green'."""
NUMBERED = re.compile(r"(\D+) \d{1,2}[.:]?")
"""A label that counts: 'Priority 1'."""
LABELS = ("priority", "progress_summary", "rag", "portfolio")


@dataclass(slots=True)
class Introduction:
    """``cell`` and ``name`` of a priority (the same, but where the cell ends with the rating), its rating, the lines
    of its narrative."""

    cell: Cell
    name: Cell
    rating: Cell | None
    texts: list[Cells] = field(default_factory=list)

    def cells(self) -> list[Cell]:
        """The cells that it is made of, beside that of the rating."""
        return [self.cell, *(cell for line in self.texts for cell in line)]


def introduction(before: Sequence[Sequence[Cell]], codes: Codes, spaced: bool = False) -> Introduction | None:
    """The priority that the lines right above a table name; None where they hold no name, or nothing but a name.
    ``spaced``: a rating may stand behind a name without a dash."""
    texts: list[Cells] = []
    said: Cell | None = None
    for lines in reversed(paragraphs([shown for row in before if (shown := _shown(row))])):
        joined = tuple(cell for line in lines for cell in line)
        if len(lines[0]) == 1 and (narrates(joined) or labelled_text(joined[0], codes)):
            texts = [*lines, *texts]
            continue
        label = labelled(lines[0], codes)
        if label and label[1] == "priority":
            return None
        if label:
            said = label[2] if label[1] == "rag" else said
            continue
        rated = rated_name(lines[0], codes, spaced)
        name = rated[0] if rated else lines[0][0]
        plain = (
            len(lines) == len(lines[0]) == 1 and not is_title(name.text) and not codes.is_furniture(name.text)
        )
        if not (rated or (plain and (texts or said))):
            return None
        return Introduction(lines[0][0], name, rated[1] if rated else said, texts)
    return None


def rated_behind_spaces(above: Sequence[Sequence[Sequence[Cell]]], codes: Codes) -> bool:
    """Whether the lines above the tables of a document end with ratings behind a space: every line that names what
    follows does, and there are two of them. 'Clean and green' above one table, or beside another name, is a name."""
    lines = [
        [printed(row) for row in reversed(rows) if not (narrates(printed(row)) or labelled(row, codes))]
        for rows in above
    ]
    names = [line for line in (next(filter(None, rows), ()) for rows in lines) if len(line) == 1]
    rated = [rated_name(line, codes, spaced=True) for line in names]
    ratings = {key(found[1].text) for found in rated if found}
    return len({key(line[0].text) for line in names}) > 1 and all(rated) and ratings <= COLOURS


def rated_name(row: Sequence[Cell], codes: Codes, spaced: bool = False) -> tuple[Cell, Cell] | None:
    """(name, rating) of a line that is made of these two, or of one cell that ends with the rating."""
    shown = _shown(row)
    text = shown[0].text.strip() if len(shown) == 1 else ""
    if found := RATED.fullmatch(text) or (SPACED.fullmatch(text) if spaced else None):
        shown = (replace(shown[0], text=found[1]), replace(shown[0], text=found[2], fill=None))
    if len(shown) != 2 or shown[0].blank or sum(map(str.isalpha, shown[0].text)) < 5:
        return None
    rating = read_rating(shown[1], codes)
    labelled = _labelled_in_one(shown[0], codes)
    name = labelled[2] if labelled and labelled[1] == "priority" else shown[0]
    return (name, shown[1]) if rating and rating.rating else None


def introduces_below(rows: Sequence[Sequence[Cell]], codes: Codes) -> int:
    """How many rows at the end of a table introduce the table that follows: a name, with a rating beside it or below a
    blank row of a sheet, and labels and texts under it."""
    found = 0
    for at in range(len(rows) - 1, -1, -1):
        filled = printed(rows[at])
        rated = rated_name(rows[at], codes)
        if rated or not filled:
            found = len(rows) - at if rated else found
            continue
        if not (len(filled) == 1 or labelled(rows[at], codes)):
            break
        label = labelled(rows[at], codes)
        if label and label[1] == "priority":
            found = len(rows) - at
        above = printed(rows[at - 1]) if at else ()
        gap = filled[0].place.sheet and (
            not above or above[0].place.row + above[0].rows < filled[0].place.row
        )
        if gap and not narrates(filled):
            found = len(rows) - at
    return found


def labelled(row: Sequence[Cell], codes: Codes) -> tuple[Cell, str, Cell] | None:
    """(label, field, cell) of a row that prints a label and what it stands for: 'Overall Progress | Green', 'Priority:
    A safe home'."""
    filled = printed(row)
    coloured = [cell for cell in row if cell.blank and (cell.fill or cell.drawn)]
    if len(filled) == 1 and not coloured:
        return _labelled_in_one(filled[0], codes)
    if len(filled) == 1 and len(coloured) == 1 and filled[0].place.column < coloured[0].place.column:
        filled += (coloured[0],)
    counted = NUMBERED.fullmatch(filled[0].text.strip()) if len(filled) == 2 else None
    if counted and key(counted[1]) in codes.words["numbered"]:
        return filled[0], "priority", filled[1]
    heading = heading_of(filled[0], codes) if len(filled) == 2 else None
    return (filled[0], heading.field, filled[1]) if heading and heading.field in LABELS else None


def _labelled_in_one(cell: Cell, codes: Codes) -> tuple[Cell, str, Cell] | None:
    """'Priority: A safe home', 'RAG: Amber' in a cell of its own."""
    label, colon, text = cell.text.partition(":")
    heading = heading_of(replace(cell, text=label), codes) if colon and text.strip() else None
    said = replace(cell, text=text.strip())
    if heading is None or heading.field not in ("priority", "rag") or narrates((cell,)):
        return None
    rating = read_rating(replace(said, fill=None), codes) if heading.field == "rag" else None
    return (cell, heading.field, said) if heading.field == "priority" or (rating and rating.rating) else None


def _shown(row: Sequence[Cell]) -> Cells:
    return tuple(cell for cell in row if not cell.blank or cell.drawn or (cell.fill and len(row) == 2))
