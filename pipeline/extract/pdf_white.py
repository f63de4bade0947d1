"""Tables without rules between the columns: columns by the white that runs down, rows by what stands in a line.

A column whose texts are short (figures, dates, ratings) has one text a line: a line that has such a text is an
anchor, and each anchor is a row. Wrapped text joins the anchor above it, or the nearest where cells are centred.
A column whose text runs on past the anchors (the narrative beside several measures) is one cell down to its end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.extract.pdf_lines import Word, text_of
from pipeline.shapes import Box, Cell, Grid, Place

SAME = 3
"""So many lines must go on beyond the same small white."""
GUTTER = 5.0
"""White between two columns, in points, at the least."""
FIGURE = re.compile(r"\d|^(n/?a|tbc|tba|not|annual|-|–|yes|no)\b|^[-–]$", re.I)


@dataclass
class _Piece:
    """The words of one column in one printed line."""

    line: int
    words: list[Word] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)


def columns_of(lines: Sequence[Sequence[Word]], gutter: float = GUTTER) -> list[tuple[float, float]]:
    """(x0, x1) of the columns: the parts of the page between white that no line of several texts crosses."""
    spans: list[tuple[float, float]] = []
    pieces = [
        (part[0].x0, part[-1].x1)
        for line in lines
        if len(parts := parts_of(line, gutter)) > 1
        for part in parts
    ]
    for x0, x1 in sorted(pieces):
        if spans and x0 < spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    return [part for span in spans for part in _split(span, lines)]


def _split(span: tuple[float, float], lines: Sequence[Sequence[Word]]) -> list[tuple[float, float]]:
    """A column as two where its lines begin anew at the same place, each time after white and with no word across:
    text that fills its column leaves no more white beside the next one than between words.
    """
    rows = [[w for w in line if span[0] - 1 < w.middle[0] < span[1] + 1] for line in lines]
    starts = sorted({round(w.x0, 1) for row in rows for w in row if w.x0 > span[0] + 12})
    best: tuple[int, float] | None = None
    for at in starts:
        both = right = 0
        for row in rows:
            left, after = [w for w in row if w.x0 < at - 1], [w for w in row if w.x0 >= at - 1]
            if left and max(w.x1 for w in left) > at - 1:
                break
            begins = bool(after) and after[0].x0 < at + 1
            both += bool(left) and begins
            right += begins
            if after and not begins:
                break
        else:
            if both >= SAME and right >= 2 * SAME and (best is None or right > best[0]):
                best = right, at
    if not best:
        return [span]
    ends = [w.x1 for row in rows for w in row if w.x0 < best[1] - 1]
    return [(span[0], max(ends)), *_split((best[1], span[1]), lines)]


def parts_of(line: Sequence[Word], gutter: float = GUTTER) -> list[list[Word]]:
    """A line cut where the white is wider than between words."""
    cut: list[list[Word]] = []
    for word in line:
        wide = max(gutter, 0.9 * word.size) if gutter >= GUTTER else max(gutter, 0.42 * word.size)
        if cut and word.x0 - cut[-1][-1].x1 < wide:
            cut[-1].append(word)
        else:
            cut.append([word])
    return cut


def white_table(
    lines: Sequence[Sequence[Word]], part: str, rules: Sequence[float] = (), gutter: float = GUTTER
) -> Grid:
    """The grid of lines that stand in columns; every word is in one cell.

    ``rules`` are the heights of lines drawn across the whole table: no cell goes on below one.
    """
    spans = columns_of(lines, gutter) or [(0.0, 1.0)]
    columns: list[list[_Piece]] = [[] for _ in spans]
    alone: set[int] = set()
    for number, line in enumerate(lines):
        across = line[0].x0 < spans[0][1] and line[-1].x1 > spans[0][1] + GUTTER
        if across and len(spans) > 1 and len(parts_of(line, gutter)) == 1:
            alone.add(number)
            columns[0].append(_Piece(number, list(line)))
            continue
        for word in line:
            column = columns[_column(spans, word)]
            if not column or column[-1].line != number:
                column.append(_Piece(number))
            column[-1].words.append(word)
    bands = [sum(rule < line[0].middle[1] for rule in rules) for line in lines]
    starts = _rows(lines, columns, alone, bands)
    heads = _heads(columns[0], starts, alone)
    cells: dict[int, list[Cell]] = {}
    for index, pieces in enumerate(columns, 1):
        for row, last, held in _cells(pieces, starts, alone, bands, heads):
            words = [word for piece in held for word in piece.words]
            wide = len(spans) if held[0].line in alone else 1
            cells.setdefault(row, []).append(cell_of(part, row, index, words, last - row + 1, wide))
    rows = tuple(tuple(sorted(cells[row], key=lambda c: c.place.column)) for row in sorted(cells))
    return Grid(part, rows)


def _column(spans: Sequence[tuple[float, float]], word: Word) -> int:
    middle = word.middle[0]
    return min(range(len(spans)), key=lambda n: max(spans[n][0] - middle, middle - spans[n][1], 0.0))


def _heads(pieces: Sequence[_Piece], rows: Sequence[int], alone: set[int]) -> set[int]:
    """The lines where the first column begins something new, after white."""
    found = set()
    for before, piece in pairwise(pieces):
        apart = piece.top - before.bottom > 0.9 * piece.words[0].size
        if apart and rows[before.line] != rows[piece.line] and piece.line not in alone:
            found.add(piece.line)
    return found


def _rows(
    lines: Sequence[Sequence[Word]], columns: Sequence[list[_Piece]], alone: set[int], bands: Sequence[int]
) -> list[int]:
    """The row of each line, counted from 1; the lines of a heading are one row."""
    bold = [all(word.bold for word in line) for line in lines]
    figures = [0] * len(lines)
    for pieces in columns:
        if _short(pieces, alone):
            for piece in pieces:
                figures[piece.line] += bool(FIGURE.search(piece.text))
        else:
            for piece in _words(pieces, alone):
                figures[piece.line] += 1
    body = next((n for n in range(len(lines)) if not bold[n]), 0) or next(
        (n for n in range(1, len(lines)) if figures[n]), len(lines)
    )
    anchors = []
    for n in range(len(lines)):
        heads = (n < body or bold[n]) and not (n and (n < body or bold[n - 1]) and n - 1 not in alone)
        if n in alone or heads or (n >= body and figures[n] and not bold[n]):
            anchors.append(n)
    rows = []
    for n in range(len(lines)):
        at = max((a for a in anchors if a <= n), default=0)
        below = min((a for a in anchors if a > n), default=None)
        wrapped = n not in anchors and n >= body and not bold[n]
        near = below is not None and (bold[at] or _gap(lines, n, below) < 0.75 * _gap(lines, at, n))
        if below is not None and len({bands[at], bands[n], bands[below]}) > 1:
            near = bands[n] == bands[below]
        if wrapped and below is not None and near and not bold[below]:
            at = below
        rows.append(1 + sum(a < at for a in anchors))
    return rows


def _gap(lines: Sequence[Sequence[Word]], above: int, below: int) -> float:
    return abs(lines[below][0].middle[1] - lines[above][0].middle[1])


def _short(pieces: Sequence[_Piece], alone: set[int]) -> bool:
    texts = [piece.text for piece in pieces if piece.line not in alone]
    if not texts:
        return False
    return sum(bool(FIGURE.search(text)) and len(text) < 18 for text in texts) >= 0.55 * len(texts)


def _words(pieces: Sequence[_Piece], alone: set[int]) -> list[_Piece]:
    """The pieces of a column of single words that never wrap, as a column of ratings has them; else none."""
    body = [p for p in pieces if p.line not in alone and not all(word.bold for word in p.words)]
    single = all(len(p.words) == 1 and len(p.text) < 10 for p in body)
    wraps = any(after.line - before.line == 1 for before, after in pairwise(body))
    return body if single and not wraps else []


def _cells(
    pieces: Sequence[_Piece], rows: Sequence[int], alone: set[int], bands: Sequence[int], heads: set[int]
) -> list[tuple[int, int, list[_Piece]]]:
    """(first row, last row, pieces) of the cells of a column."""
    body = [p for p in pieces if rows[p.line] > 1 and p.line not in alone]
    pairs = zip([None, *body], body, strict=False)
    firsts = [p for before, p in pairs if not before or rows[before.line] != rows[p.line]]
    cut = sum(p.text[:1].islower() for p in firsts) <= 0.1 * len(firsts)
    found: list[tuple[int, int, list[_Piece]]] = []
    for piece in pieces:
        row = rows[piece.line]
        if found:
            start, last, held = found[-1]
            same = row in range(start, last + 1)
            lone = piece.line in alone or held[-1].line in alone
            near = piece.top - held[-1].bottom < 0.45 * piece.words[0].size
            ended = piece.line in heads and held[-1].text[-1] in ".!?)" and not piece.text[0].islower()
            heading = start == 1 and held[0].words[0].bold
            within = bands[piece.line] == bands[held[-1].line]
            runs_on = not cut and not heading and near and not ended and within
            if ended and start < row <= last:
                found[-1], same = (start, row - 1, held), False
            if (same and not lone) or (runs_on and not lone):
                found[-1] = (start, max(last, row), [*held, piece])
                continue
        found.append((row, row, [piece]))
    return found


def cell_of(part: str, row: int, column: int, words: Sequence[Word], rows: int = 1, columns: int = 1) -> Cell:
    """The cell that holds the words, its box around them."""
    box = (
        min(w.x0 for w in words),
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
    )
    bold = all(word.bold for word in words)
    place = Place(part, row, column, box)
    return Cell(
        place, text_of(words), rows=rows, columns=columns, bold=bold, size=words[0].size, words=len(words)
    )


def painted(grid: Grid, fills: Sequence[tuple[Box, str | None]]) -> Grid:
    """The grid with the paint behind its cells: an area that lies behind one column is a cell of the rows beside it,
    also where nothing is printed on it (a rating may be colour alone).
    """
    rows = [list(row) for row in grid.rows]
    heads = [cell for cell in rows[0] if cell.place.box]
    for area, colour in fills:
        over = [head for head in heads if head.place.box and area[0] < _middle(head.place.box) < area[2]]
        if not colour or len(over) != 1:
            continue
        column = over[0].place.column
        beside = [n for n, row in enumerate(rows) if any(_within(cell, area) for cell in row)]
        if not beside:
            continue
        printed = [
            (n, at)
            for n in beside
            for at, cell in enumerate(rows[n])
            if cell.place.column == column and _within(cell, area)
        ]
        for n, at in printed:
            rows[n][at] = replace(rows[n][at], fill=colour)
        if printed:
            continue
        row = rows[beside[0]]
        place = Place(grid.part, row[0].place.row, column, area)
        row.append(Cell(place, "", fill=colour, rows=len(beside)))
        row.sort(key=lambda cell: cell.place.column)
    return replace(grid, rows=tuple(tuple(row) for row in rows))


def _middle(box: Box) -> float:
    return (box[0] + box[2]) / 2


def _within(cell: Cell, area: Box) -> bool:
    """Whether a cell begins at the height of an area."""
    box = cell.place.box
    return bool(box) and area[1] - 1 < box[1] + 2 < area[3]  # type: ignore[index]
