"""Tables of other things behind those of a scorecard: a budget, a register of risks, the key of the colours. Their rows
are no lines of the scorecard, whatever columns they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import takewhile

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.align import COLOURS, fit, positions
from pipeline.interpret.headings import heading_of
from pipeline.interpret.ratings import read_rating
from pipeline.interpret.table import Cells, Table, printed
from pipeline.shapes import Cell

LONG = 60
"""Characters; no heading of such a table is longer."""
YEAR = re.compile(r"(?:19|20)\d\d")
LOOKED_AT = 6
"""Rows below a heading that show what it heads."""
FIGURES = frozenset(("target", "quarter", "latest", "previous", "year_to_date", "month", "quarter_target"))


def heads_other(rows: Sequence[Cells], at: int, last: Table, codes: Codes) -> bool:
    """Whether a row begins a table of its own that is none of measures: behind white, a title, or on a grid of its own
    stand words, and below them what is neither in the columns of the table above nor under its headings.
    """
    head = printed(rows[at])
    if len(head) < 3 or not _apart(rows, at) or not all(_worded(cell, codes) for cell in head):
        return False
    below = _below(rows, at)
    if not below:
        return False
    own = last.fields()
    known = [heading for cell in head if (heading := heading_of(cell, codes)) and not heading.misspelt]
    if sum(heading.field == "foreign" for heading in known) > 1:
        return True
    others = [heading for heading in known if heading.field not in own]
    if len(others) > 1 and 2 * len(known) >= len(head):
        return True
    if len(below) > 1 and 2 * sum(_misfits(row, last, codes) for row in below) > len(below):
        return True
    return _styled(head, below) and _over_figures(head, below, last) > 1


def _misfits(row: Cells, last: Table, codes: Codes) -> bool:
    """Whether a row names no measure, and something in it cannot stand under the heading above: 'Quay | 1 | 4 | 3' under
    priority, summary, rating and measure. 'Adopt the plan | Agreed | Drafted' is a line, whatever else stands in it."""
    fields = last.fields()
    name = "measure" if "measure" in fields else "priority"
    under = [
        (last.columns[number].field, cell)
        for number, cell in positions(printed(row), last.columns).items()
        if 0 <= number < len(last.columns)
    ]
    if any(field in ("priority", "measure") and key(cell.text) in COLOURS for field, cell in under):
        return True
    named = any(field == name and any(map(str.isalpha, cell.text)) for field, cell in under)
    return not named and any(fit(field, cell, codes, set()) < 0 for field, cell in under)


def _styled(head: Cells, below: Sequence[Cells]) -> bool:
    """Whether a row is set off as headings are, and those below it are not."""
    return all(c.bold or c.fill for c in head) and not any(c.bold or c.fill for row in below for c in row)


def adjoins(rows: Sequence[Cells], at: int) -> bool:
    """Whether a filled row stands right below a filled one of its grid."""
    above, cells = printed(rows[at - 1]) if at else (), printed(rows[at])
    if not above or not cells:
        return False
    return cells[0].place.row - above[0].place.row <= max(cell.rows for cell in above)


def _apart(rows: Sequence[Cells], at: int) -> bool:
    """Whether a row does not go on with the one above it: it is the first of its grid, or white parts them; a title of
    one text may stand between."""
    if not adjoins(rows, at):
        return True
    return len(printed(rows[at - 1])) == 1 and not adjoins(rows, at - 1)


def _worded(cell: Cell, codes: Codes) -> bool:
    """Whether a cell may be a heading: it has letters or is a year, and is no rating and nothing that stands for a
    figure."""
    text = cell.text.strip()
    heads = any(map(str.isalpha, text)) or YEAR.fullmatch(text)
    if not heads or len(text) > LONG or key(text) in codes.values.blanks:
        return False
    rating = read_rating(cell, codes)
    return rating is None or rating.rating is None


def _below(rows: Sequence[Cells], at: int) -> list[Cells]:
    """The rows that follow without white between, as many as are looked at."""
    following = range(at + 1, min(at + 1 + LOOKED_AT, len(rows)))
    return [rows[number] for number in takewhile(partial(adjoins, rows), following)]


def _over_figures(head: Cells, below: Sequence[Cells], last: Table) -> int:
    """How many words stand where the table above has figures, and over figures of their own in at least two rows."""
    count = 0
    for number, cell in positions(head, last.columns).items():
        under = [c for row in below for c in printed(row) if c.place.column == cell.place.column]
        figures = len(under) > 1 and all(any(map(str.isdigit, c.text)) for c in under)
        inside = 0 <= number < len(last.columns) and last.columns[number].field in FIGURES
        count += inside and figures
    return count
