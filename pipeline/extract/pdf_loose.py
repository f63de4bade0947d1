"""What stands outside ruled tables: titles and notes line by line, and tables that only white holds together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.pdf_lines import Word, lines_of
from pipeline.extract.pdf_white import cell_of, parts_of, white_table
from pipeline.shapes import Grid


def line_grids(words: list[Word], tables: Sequence[float], part: str) -> list[tuple[float, Grid]]:
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
            found.append((lines[start][0].top, white_table(lines[start:], part)))
    return found


def _plain(lines: Sequence[Sequence[Word]], part: str) -> Grid:
    rows = tuple(
        tuple(cell_of(part, row, column, words) for column, words in enumerate(parts_of(line), 1))
        for row, line in enumerate(lines, 1)
    )
    return Grid(part, rows, lines=True)


def _table_start(lines: Sequence[Sequence[Word]]) -> int:
    """The first line of a table without rules: at least four columns of white run down from there."""
    for number, line in enumerate(lines):
        if len(parts_of(line)) >= 4 and len(lines) - number >= 3:
            start = number
            while start and len(parts_of(lines[start - 1])) >= 2 and _close(lines[start - 1], lines[start]):
                start -= 1
            return start
    return len(lines)


def _close(above: Sequence[Word], below: Sequence[Word]) -> bool:
    return below[0].top - above[0].bottom < 0.8 * below[0].size


def numbered(grids: list[Grid]) -> list[Grid]:
    """Rows counted on over the page, so that no two cells of a page have the same place."""
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
