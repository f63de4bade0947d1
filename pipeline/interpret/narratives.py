"""Running text in rows of its own: a comment below a measure, a narrative below the measures of a priority."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.align import Row
from pipeline.interpret.ledger import Ledger
from pipeline.interpret.priorities import Priorities
from pipeline.interpret.rated import heads
from pipeline.interpret.table import Cells, Table
from pipeline.shapes import Cell

SENTENCE = re.compile(r"\S+\s+\S+\s+\S+\s+.*[.!?]['”’)]?\s*$", re.S)
LABEL = re.compile(r"^\s*([A-Za-z ]{4,30}?)\s*:\s*(?=\S)")
BEGINS = re.compile(r"[A-Z][A-Za-z ]{2,29}:\s+\S")
"""A label that begins a paragraph: 'Overall RAG: Amber' below a narrative."""
LINE = 0.7
"""Times the size of the print: white between two lines of one paragraph, at the most."""
LONG = 120
"""Characters; no name of a priority is as long."""
MEASURE, PRIORITY = "measure", "priority"


def told_of(table: Table, rows: Sequence[Row], codes: Codes) -> dict[int, str]:
    """The rows that are running text, by number: of the ``measure`` above each, or of the ``priority``.

    Below a name and several measures one text tells of them all; a text below each measure tells of that one.
    """
    measures = {n for n, column in enumerate(table.columns) if column.field == "measure"}
    if any(map(_ends_like_text, rows)):
        measures = set()
    texts = {n for n, row in enumerate(rows) if _runs(row, codes, measures)}
    names = [n for n, row in enumerate(rows) if n not in texts and heads(table, row)]
    groups = [sum(start < n < end for n in texts) for start, end in pairwise([*names, len(rows)])]
    whom = PRIORITY if names and max(groups) < 2 and not any(n < names[0] for n in texts) else MEASURE
    return dict.fromkeys(texts, whom)


def _ends_like_text(row: Row) -> bool:
    """Whether the first of several cells of a row ends as a sentence does: then names in this table may."""
    cells = [cell for cell in row.cells.values() if not cell.blank]
    return len(cells) > 1 and cells[0].text.rstrip().endswith((".", "!", "?"))


def _runs(row: Row, codes: Codes, measures: set[int]) -> bool:
    """Whether a row is one text that is no name, over several columns or in that of the ``measures``."""
    filled = {number: cell for number, cell in row.cells.items() if not cell.blank}
    cells = [*filled.values()]
    if len(cells) != 1 or row.stray or (cells[0].columns < 3 and not measures >= filled.keys()):
        return False
    text = cells[0].text.strip()
    wide = cells[0].columns > 2
    return (
        (wide and len(text) > LONG)
        or bool(SENTENCE.match(text))
        or labelled_text(cells[0], codes) is not None
    )


def labelled_text(cell: Cell, codes: Codes) -> str | None:
    """The text behind a label that says what it is: 'Commentary: Two vehicles were off the road.'"""
    found = LABEL.match(cell.text)
    field = codes.headings.get(key(found[1])) if found else None
    return cell.text[found.end() :].strip() if found and field in ("comments", "progress_summary") else None


def narrates(cells: Sequence[Cell]) -> bool:
    """Whether a line of loose text tells something, and does not name what follows."""
    text = " ".join(cell.text.strip() for cell in cells)
    return len(text) > 120 or (text.endswith((".", ";")) and len(text.split()) > 3)


def tells(cells: Cells, above: Sequence[Cells], codes: Codes) -> bool:
    """Whether a line below a form tells of its measure: a text, labelled or not, or what goes on with one."""
    if len(cells) != 1:
        return False
    return (
        narrates(cells)
        or labelled_text(cells[0], codes) is not None
        or goes_on(above[-1][0] if above else None, cells[0])
    )


def paragraphs(lines: Sequence[Cells]) -> list[list[Cells]]:
    """Lines of loose text in paragraphs: those of a page go on from line to line."""
    found: list[list[Cells]] = []
    for line in lines:
        last = found[-1][-1] if found else ()
        if len(line) == len(last) == 1 and goes_on(last[0], line[0]):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def goes_on(above: Cell | None, cell: Cell) -> bool:
    """Whether a loose line goes on with the paragraph of the line above it."""
    first, second = above.place.box if above else None, cell.place.box
    if above is None or first is None or second is None or above.place.part != cell.place.part:
        return False
    near = -1 < second[1] - first[3] < LINE * (cell.size or 10)
    same = abs(second[0] - first[0]) < 2 and above.size == cell.size
    return near and same and not cell.bold and not BEGINS.match(cell.text)


class Narratives:
    """Takes running text to the measure or the priority that it tells of, as its comments or progress summary."""

    def __init__(self, codes: Codes, ledger: Ledger, priorities: Priorities) -> None:
        self.codes, self.ledger, self.priorities = codes, ledger, priorities
        self.last: Cell | None = None

    def take(self, cells: Sequence[Cell], measure: int) -> bool:
        """Whether a loose line was taken: one that is labelled as a comment, or goes on with one. ``measure`` is the
        number of the last measure, 0 before the first."""
        last, self.last = self.last, None
        if not measure or len(cells) != 1:
            return False
        if labelled_text(cells[0], self.codes) or goes_on(last, cells[0]):
            self.tell(cells[0], MEASURE, measure)
            self.last = cells[0]
        return self.last is not None

    def tell(self, cell: Cell, whom: str, measure: int) -> None:
        """Take the text of a cell to the priority, or to the measure of that number."""
        text = labelled_text(cell, self.codes) or cell.text.strip()
        if whom == PRIORITY and self.priorities.current:
            self.ledger.claim(cell, "value", "progress_summary")
            self.priorities.fill({"progress_summary": replace(cell, text=text)})
            return
        for row in self.priorities.rows["measures"]:
            if row["measure_no"] == measure:
                row["comments"] = f"{row['comments']}\n{text}" if row.get("comments") else text
                self.ledger.claim(cell, "value", "comments")
