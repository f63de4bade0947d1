"""What stands outside ruled tables: titles and notes line by line, and tables that only white holds together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extract.pdf.columns import AMOUNT, Span, columns_of, parts_of
from pipeline.extract.pdf.ink import Ink
from pipeline.extract.pdf.lines import Word, lines_of
from pipeline.extract.pdf.white import cell_of, white_table
from pipeline.shapes import Grid

NOTHING = Ink()
NUMBER = re.compile(r"(page )?\d+(( of | / |/)\d+)?", re.I)
YEAR = re.compile(r"(?:19|20)\d\d")
FOOT = 4.0
"""Times the size of the print: white between a table and the foot of its page."""


def line_grids(
    words: list[Word], tables: Sequence[float], part: str, ink: Ink = NOTHING
) -> list[tuple[float, Grid]]:
    """Grids of the words outside ruled tables: blocks between the tables, each a table by its white or lines."""
    blocks: dict[int, list[Word]] = {}
    for word in words:
        blocks.setdefault(sum(top <= word.middle[1] for top in tables), []).append(word)
    found = []
    for block in blocks.values():
        lines = lines_of(block)
        start = _table_start(lines)
        if start:
            found.append((lines[0][0].top, _plain(lines[:start], part)))
        if start < len(lines):
            end = _table_end(lines, start, _through(lines[start:], ink.rules))
            for first, last, table in _tables(lines, start, end):
                made = white_table(lines[first:last], part, ink) if table else _plain(lines[first:last], part)
                found.append((lines[first][0].top, made))
            if end < len(lines):
                found.append((lines[end][0].top, _plain(lines[end:], part)))
    return found


def _through(lines: Sequence[Sequence[Word]], rules: Sequence[tuple[float, float, float]]) -> list[float]:
    """The heights of the rules that run through all columns of a table."""
    width = max(line[-1].x1 for line in lines) - min(line[0].x0 for line in lines)
    lengths: dict[float, float] = {}
    for height, x0, x1 in rules:
        lengths[height] = lengths.get(height, 0.0) + x1 - x0
    return [height for height, length in lengths.items() if length > 0.9 * width]


def _plain(lines: Sequence[Sequence[Word]], part: str) -> Grid:
    rows = tuple(
        tuple(cell_of(part, row, column, words) for column, words in enumerate(parts_of(line), 1))
        for row, line in enumerate(lines, 1)
    )
    return Grid(part, rows, lines=True)


def _table_start(lines: Sequence[Sequence[Word]]) -> int:
    """The first line of a table without rules: at least four columns of white run down from there. Lines right above
    belong to it where they keep within its columns, as the first line of a heading of several does."""
    for number, line in enumerate(lines):
        if len(parts_of(line)) >= 4 and len(lines) - number >= 3:
            spans = columns_of(lines[number:])
            return _heading_start(lines, number, spans)
    return len(lines)


def _tables(lines: Sequence[Sequence[Word]], start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """(first line, line after the last, whether it is a table) of tables one below the other, each with its heading,
    and of what stands between them."""
    first = start
    for number in range(start + 1, end):
        if number - first < 2 or not _heads(lines, start, number):
            continue
        above = max(first + 1, _heading_start(lines, number, columns_of(lines[number:end])))
        between = above
        while between - 1 > first and len(parts_of(lines[between - 1])) < 3:
            between -= 1
        while between < above and _wraps(lines[between - 1], lines[between]):
            between += 1
        yield first, between, True
        if between < above:
            yield between, above, False
        first = above
    yield first, end, True


def _heads(lines: Sequence[Sequence[Word]], start: int, number: int) -> bool:
    """Whether a line is the heading again, or another one in bold below lines that are not."""
    line = lines[number]
    if len(parts_of(line)) < 3:
        return False
    again = any(
        [w.text for w in line] == [w.text for w in other] for other in lines[start : min(start + 3, number)]
    )
    bold = all(word.bold for word in line) and not all(word.bold for word in lines[number - 1])
    return again or (bold and all(word.bold for word in lines[start]) and _letters(line))


def _letters(line: Sequence[Word]) -> bool:
    return not any(AMOUNT.fullmatch(word.text) for word in line)


def _wraps(above: Sequence[Word], below: Sequence[Word]) -> bool:
    """Whether a line goes on with the text of the one above it: close, and neither in bold."""
    gap = min(w.top for w in below) - max(w.bottom for w in above)
    return gap < 0.5 * below[0].size and not below[0].bold and len(parts_of(below)) == 1


def _heading_start(lines: Sequence[Sequence[Word]], start: int, spans: Sequence[Span]) -> int:
    """Where the lines begin that stand close above each other and keep within several of the columns below."""
    first, named = start, set[int]()
    for number in range(start - 1, -1, -1):
        line, below = lines[number], lines[number + 1]
        held = [[n for n, (x0, x1) in enumerate(spans) if w.x0 < x1 and w.x1 > x0] for w in line]
        gap = min(w.top for w in below) - max(w.bottom for w in line)
        figured = any(AMOUNT.fullmatch(w.text) and not YEAR.fullmatch(w.text) for w in line)
        if (
            figured
            or any(len(columns) > 1 for columns in held)
            or gap > (2.5 if len(named) < 2 else 0.8) * line[0].size
        ):
            break
        named |= {n for columns in held for n in columns}
        same = line[0].size == lines[start][0].size
        beside = (
            gap < -1 and number == start - 1
        )  # the first of two lines, set around the middle of the others
        if same and (beside or len(named) > 2 or (len(named) > 1 and gap < 0.8 * line[0].size)):
            first = number
    return first


def _table_end(lines: Sequence[Sequence[Word]], start: int, rules: Sequence[float]) -> int:
    """Where the foot of the page begins: lines of a few texts, below the last rule or far below the table."""
    end = len(lines)
    for number in range(len(lines) - 1, start + 1, -1):
        if len(parts_of(lines[number])) > 3:
            break
        gap = lines[number][0].top - lines[number - 1][0].bottom
        counted = NUMBER.fullmatch(" ".join(word.text for word in lines[number])) is not None
        below = bool(rules) and lines[number - 1][0].middle[1] < max(rules) < lines[number][0].middle[1]
        if below or gap > (1.0 if counted else FOOT) * lines[number][0].size:
            end = number
    return end


def numbered(grids: list[Grid]) -> list[Grid]:
    """Rows counted on over the page, so that no two cells of a page have the same place."""
    numbered = []
    start = 0
    for grid in grids:
        moved = start and replace(
            grid, rows=tuple(tuple([cell.lower(start) for cell in row]) for row in grid.rows)
        )
        numbered.append(moved or grid)
        start += max((cell.place.row + cell.rows - 1 for cell in grid.cells()), default=0)
    return numbered
