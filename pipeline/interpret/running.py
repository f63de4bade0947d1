"""What says nothing of its own: the line that runs along the foot of the pages, and rules drawn with signs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.codes.values import key
from pipeline.shapes import Cell, Grid


def running(cells: Iterable[Cell]) -> str:
    """A line without its numbers, to know it again on the next page: 'housing services | #'."""
    return re.sub(r"\d+", "#", key(" ".join(cell.text for cell in cells)))


def feet(grids: Sequence[Grid]) -> frozenset[str]:
    """The last line of pages, below every table of theirs, where at least two pages end with it."""
    last: dict[str, tuple[Cell, ...]] = {}
    for grid in grids:
        printed = [tuple(cell for cell in row if not cell.blank) for row in grid.rows]
        for row in filter(None, printed):
            if not row[0].place.sheet:
                last[grid.part] = row if grid.lines else ()
    counts = Counter(running(row) for row in last.values() if row)
    return frozenset(text for text, count in counts.items() if count > 1)


def rules(cells: Sequence[Cell]) -> bool:
    """Whether a line is a rule drawn with signs, as below the headings of plain text: '--- | :---: | ---'."""
    return all(re.fullmatch(r"\s*:?[-=_]{3,}:?\s*", cell.text) for cell in cells)
