"""Tables in plain text: columns that are set apart by blanks alone, as in a letter or an e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.shapes import Cell, Claim, Grid, Place

_PIECE = re.compile(r"\S+(?: \S+)*")
"""What stands together: words with one blank between them."""
_RULE = re.compile(r"\s*[-_=+*~.─━═]{3}[\s\-_=+*~.─━═]*")
LINES, COLUMNS = 3, 3
"""A table has at least so many lines and columns."""
APART = 2
"""Blanks between two columns."""
WORDY = 12
"""Characters of a column that texts are wrapped in: figures are not."""
ACROSS = 3
"""At most one in so many lines of a table is printed across several columns, as a heading over them is."""

Piece = tuple[int, int, str]
"""Where it begins, where it ends, text."""
Span = tuple[int, int]
"""Where the texts of a column begin and end."""


def grids_of(lines: Sequence[str]) -> tuple[tuple[Grid, ...], tuple[Claim, ...]]:
    """(the loose lines and the tables of a text in order, the rules drawn between lines of tables).

    A place is the line and, in a table, the column. A text wrapped within its column is one cell over its lines.
    """
    grids: list[Grid] = []
    rules: list[Claim] = []
    loose: list[tuple[Cell, ...]] = []
    at = 0
    for begin, end, columns in _tables(lines):
        loose += [(Cell(Place("", number + 1, 1), lines[number]),) for number in range(at, begin)]
        if loose:
            grids.append(Grid("", tuple(loose), lines=True))
            loose = []
        numbered = list(enumerate(lines[begin:end], begin + 1))
        ruled = [line for line in numbered if _RULE.fullmatch(line[1])]
        rules += [Claim(Cell(Place("", number, 1), text), "furniture", "furniture") for number, text in ruled]
        grids.append(Grid("", tuple(_rows([line for line in numbered if line not in ruled], columns))))
        at = end
    loose += [(Cell(Place("", number + 1, 1), lines[number]),) for number in range(at, len(lines))]
    if loose or not grids:
        grids.append(Grid("", tuple(loose), lines=True))
    return tuple(grids), tuple(rules)


def _tables(lines: Sequence[str]) -> Iterator[tuple[int, int, list[Span]]]:
    """(first line, the one behind the last, columns) of each table."""
    blocks = [
        (found[0][0], found[-1][0] + 1)
        for filled, group in groupby(enumerate(lines), lambda line: bool(line[1].strip()))
        if filled and (found := list(group))
    ]
    for parted, group in groupby(
        blocks, lambda block: any(len(_pieces(line)) > 1 for line in lines[slice(*block)])
    ):
        if not parted:
            continue
        together = list(group)
        whole = _table(lines, together[0][0], together[-1][1])
        # Tables below each other may have columns of their own.
        yield from [whole] if whole else filter(None, (_table(lines, *block) for block in together))


def _table(lines: Sequence[str], begin: int, end: int) -> tuple[int, int, list[Span]] | None:
    """The table in these lines, less the titles right above it and the texts right below; None where there is none."""
    columns = _columns(lines[begin:end])
    if not columns:
        return None
    while begin < end and _above(lines[begin], columns):
        begin += 1
    while begin < end and _below(lines[end - 1], columns):
        end -= 1
    return begin, end, columns


def _above(line: str, columns: Sequence[Span]) -> bool:
    """Whether a line is blank, or printed from the first column on across others."""
    reached = [_reached(piece, columns) for piece in _pieces(line)]
    return not line.strip() or any(1 in numbers and len(numbers) > 1 for numbers in reached)


def _below(line: str, columns: Sequence[Span]) -> bool:
    """Whether a line is blank, one text across columns, or sentences with wide blanks between them."""
    pieces = _pieces(line)
    return (
        not line.strip()
        or _crowded(pieces, columns)
        or (len(pieces) == 1 and len(_reached(pieces[0], columns)) != 1)
    )


def _crowded(pieces: Sequence[Piece], columns: Sequence[Span]) -> bool:
    """Whether two pieces of a line stand in one column."""
    reached = [number for piece in pieces for number in _reached(piece, columns)]
    return len(set(reached)) < len(reached)


def _pieces(line: str) -> list[Piece]:
    if _RULE.fullmatch(line):
        return []
    return [(found.start(), found.end(), found[0]) for found in _PIECE.finditer(line)]


def _columns(lines: Sequence[str]) -> list[Span]:
    """The columns of a table, those of its fullest lines first; none where too few lines agree on them."""
    pieces = [found for line in lines if len(found := _pieces(line)) > 1]
    columns: list[Span] = []
    across = 0
    for line in sorted(pieces, key=len, reverse=True):
        more = _merged([*columns, *(piece[:2] for piece in line)])
        if len(more) < len(columns) or _crowded(line, more):
            across += 1
        else:
            columns = more
    agree = len(pieces) - across
    return columns if agree >= LINES and across * ACROSS <= len(pieces) and len(columns) >= COLUMNS else []


def _merged(printed: list[Span]) -> list[Span]:
    """From where to where lines print, less what is blank in all of them."""
    spans: list[Span] = []
    for begin, end in sorted(printed):
        if spans and begin < spans[-1][1] + APART:
            spans[-1] = spans[-1][0], max(spans[-1][1], end)
        else:
            spans.append((begin, end))
    return spans


def _reached(piece: Piece, columns: Sequence[Span]) -> list[int]:
    """The columns, counted from 1, that a piece stands in."""
    return [n for n, (start, end) in enumerate(columns, 1) if start < piece[1] and piece[0] < end]


def _rows(numbered: Sequence[tuple[int, str]], columns: Sequence[Span]) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table; a line that only goes on with the texts above it belongs to their row."""
    row: dict[int, Cell] = {}
    last: dict[int, str] = {}
    for number, line in numbered:
        cells = dict(_cells(number, line, columns))
        goes_on = 0 < len(cells) < len(row) and all(
            column in last and _wraps(last[column], cell.text, columns[column - 1])
            for column, cell in cells.items()
        )
        if not goes_on:
            if row:
                yield tuple(row.values())
            row = cells
        else:
            for column, cell in cells.items():
                above = row[column]
                row[column] = replace(
                    above, text=f"{above.text}\n{cell.text}", rows=number - above.place.row + 1
                )
        last = {column: cell.text for column, cell in cells.items()}
        if not cells:
            yield (Cell(Place("", number, 1), line),)
    if row:
        yield tuple(row.values())


def _cells(number: int, line: str, columns: Sequence[Span]) -> Iterator[tuple[int, Cell]]:
    """(column, cell) of a line; pieces that stand in one column are one text."""
    held: dict[int, tuple[int, str]] = {}
    for begin, end, text in _pieces(line):
        reached = _reached((begin, end, text), columns)
        nearest = min(range(len(columns)), key=lambda n: abs(columns[n][0] - begin)) + 1
        first, last = (reached[0], reached[-1]) if reached else (nearest, nearest)
        before = held.get(first)
        held[first] = (max(last, before[0]), f"{before[1]} {text}") if before else (last, text)
    for first, (last, text) in held.items():
        yield first, Cell(Place("", number, first), text, columns=last - first + 1)


def _wraps(above: str, text: str, column: Span) -> bool:
    """Whether a text is what found no room in its column behind the text above it."""
    room = column[1] - column[0]
    return room >= WORDY and len(above) + 1 + len(text.split(" ")[0]) > room
