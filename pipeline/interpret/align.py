"""Which column each cell of a row belongs to: headings decide, and content where the row stands aside.

A row printed one column aside of its headings, or with one column less, is told by what its cells hold: the
text of the Quarter 1 2012/13 scorecard has a heading row moved by one column above rows that are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.headings import Heading
from pipeline.interpret.ratings import read_rating
from pipeline.interpret.values import read_value
from pipeline.shapes import Cell

COLOURS = frozenset(("red", "amber", "green", "blue"))
MOVABLE = 2
"""How many columns a row may stand aside."""
SENTENCE = 40
"""Characters; no rating is as long."""
TYPED = 4
"""By how much a row of a sheet must suit the headings better elsewhere."""


UNHEADED = 100_000
"""The position of a cell under no heading, beyond all columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by the number of their column, the cells that belong to none, and how far the row was moved."""

    cells: Mapping[int, Cell]
    stray: tuple[Cell, ...] = ()
    moved: bool = False


def positions(cells: Sequence[Cell], columns: Sequence[Heading]) -> dict[int, Cell]:
    """Cells by their place counted in columns: -1 is one left of the first heading."""
    found: dict[int, Cell] = {}
    boxed = _boxed(columns)
    for cell in cells:
        if cell.place.sheet and _unheaded(cell, columns):
            found[UNHEADED + cell.place.column] = cell
            continue
        at = _by_box(cell, columns) if boxed and cell.place.box else _by_number(cell, columns)
        while at in found:
            at += 1
        found[at] = cell
    return found


def _unheaded(cell: Cell, columns: Sequence[Heading]) -> bool:
    """Whether a cell of a sheet stands between the headings, under none of them."""
    at = cell.place.column
    inside = columns[0].cell.place.column <= at <= columns[-1].cell.place.column
    under = (c.cell.place.column <= at < c.cell.place.column + c.cell.columns for c in columns)
    return inside and not any(under)


def _boxed(columns: Sequence[Heading]) -> bool:
    """Whether each heading has a box, and they run from left to right."""
    lefts = [column.cell.place.box[0] if column.cell.place.box else None for column in columns]
    # On a page whose print stands on its side the boxes do not run from left to right.
    rising = all(a is not None and b is not None and a < b for a, b in pairwise(lefts))
    return None not in lefts and rising


def _by_box(cell: Cell, columns: Sequence[Heading]) -> int:
    x0, _, x1, _ = cell.place.box or (0.0, 0.0, 0.0, 0.0)
    best, width = None, 0.0
    for number, column in enumerate(columns):
        c0, _, c1, _ = column.cell.place.box or (0.0, 0.0, 0.0, 0.0)
        shared = min(x1, c1) - max(x0, c0)
        if shared > max(width, 0.5):
            best, width = number, shared
    if best is not None:
        return best
    left = [
        number
        for number, column in enumerate(columns)
        if (column.cell.place.box or (0, 0, 0, 0))[0] <= (x0 + x1) / 2
    ]
    return left[-1] if left else -1


def _by_number(cell: Cell, columns: Sequence[Heading]) -> int:
    first = columns[0].cell.place.column
    for number, column in enumerate(columns):
        at = column.cell.place.column
        if at <= cell.place.column < at + column.cell.columns:
            return number
    last = columns[-1].cell.place.column
    if cell.place.column < first:
        return cell.place.column - first
    if cell.place.column > last:
        return len(columns) - 1 + cell.place.column - last
    return max(n for n, column in enumerate(columns) if column.cell.place.column <= cell.place.column)


def align(
    cells: Sequence[Cell], columns: Sequence[Heading], codes: Codes, reported: int | None, names: set[str]
) -> Row:
    """The row's cells by column. ``reported`` is the document's quarter, ``names`` the portfolios seen."""
    at = positions([cell for cell in cells if not cell.blank or cell.fill or cell.drawn], columns)
    filled = {position: cell for position, cell in at.items() if not cell.blank and position < UNHEADED}
    best = _score(filled, columns, codes, reported, names, 0, None)
    chosen: tuple[int, int | None] = (0, None)
    if filled and not _sure(filled, columns, codes):
        # In a sheet a cell stands where it was typed: only what is plainly under the wrong headings is moved.
        best += TYPED if any(cell.place.sheet for cell in filled.values()) else 0
        quarters = [n for n, column in enumerate(columns) if column.field == "quarter"]
        for shift in sorted(range(-MOVABLE, MOVABLE + 1), key=abs):
            for omitted in (None, *reversed(quarters)):
                score = _score(filled, columns, codes, reported, names, shift, omitted)
                score -= 0.5 * abs(shift) + (0.5 if omitted is not None else 0)
                if score > best:
                    best, chosen = score, (shift, omitted)
    kept: dict[int, Cell] = {}
    stray = []
    for position, cell in at.items():
        column = _column(position, *chosen)
        if 0 <= column < len(columns):
            kept[column] = cell
        elif not cell.blank:
            stray.append(cell)
    return Row(kept, tuple(stray), chosen != (0, None))


def _column(position: int, shift: int, omitted: int | None) -> int:
    column = position + shift
    return column + 1 if omitted is not None and column >= omitted else column


def _sure(filled: Mapping[int, Cell], columns: Sequence[Heading], codes: Codes) -> bool:
    """Whether nothing speaks against the headings as they stand."""
    return all(
        0 <= position < len(columns) and fit(columns[position].field, cell, codes, set()) >= 0
        for position, cell in filled.items()
    )


def _score(
    filled: Mapping[int, Cell],
    columns: Sequence[Heading],
    codes: Codes,
    reported: int | None,
    names: set[str],
    shift: int,
    omitted: int | None,
) -> float:
    total = 0.0
    for position, cell in filled.items():
        column = _column(position, shift, omitted)
        if not 0 <= column < len(columns):
            total -= 4
            continue
        heading = columns[column]
        total += fit(heading.field, cell, codes, names)
        if heading.field == "quarter" and reported and (heading.quarter or 0) > reported:
            total -= 1
    return total


@lru_cache(maxsize=16384)
def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def fit(field: str, cell: Cell, codes: Codes, names: set[str]) -> float:
    """How well a text suits a field; below zero speaks against it."""
    text = key(cell.text)
    rated = text in COLOURS
    letters = _letters(text)
    blank = text in codes.values.blanks
    if field in ("rag", "rag_previous", "quarter_rag"):
        rating = read_rating(cell, codes)
        return (
            2
            if rating and not rating.rule
            else (0 if blank or len(text) <= 2 else -3 if len(text) < 40 else -4)
        )
    if rated:
        return -3 if field not in ("comments", "progress_summary") else -1
    if field == "measure":
        return 0.5 if blank else (1 if letters > 8 and len(text) < 400 else -2 if letters < 4 else 0)
    if field == "priority":
        return -3 if letters < 3 else (-2 if len(text) > 300 else 1)
    if field == "progress_summary":
        return 2 if len(text) > 80 else (0 if letters > 8 or blank else -2)
    if field == "portfolio":
        return 3 if text in names else (-2 if blank or letters < 4 or len(text) > 90 else 0.5)
    if field in ("quarter", "latest", "previous", "quarter_target"):
        if blank or any(value.number is not None for value in read_value(cell.text, codes=codes.values)):
            return 1 if len(text) < 40 else -1
        return -3 if len(text) > 60 or text in names else -0.5 if letters > 12 else 0
    if field == "target":
        return 1 if len(text) < 40 else (0 if len(text) < 90 else -3)
    return 0
