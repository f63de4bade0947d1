"""Tables without rules between the columns: columns by the white that runs down, rows by what stands in a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from statistics import median

from pipeline.extract.glyphs import sign_shape
from pipeline.extract.pdf.columns import AMOUNT, SPACE, Run, Span, column_at, columns_of, print_size, runs_of
from pipeline.extract.pdf.deal import Held, Ruled, cells_of
from pipeline.extract.pdf.ink import Ink, blanks, inked
from pipeline.extract.pdf.lines import Word, text_of
from pipeline.extract.pdf.rows import Piece, Row, pitch_of, rows_of
from pipeline.shapes import Cell, Grid, Place

NEAR = 3.0
"""Points; edges nearer than this are one."""
EXACTLY, BEGUN = 0.3, 6
"""Points within which texts begin at the very same place, and how many of a column must."""
HEADS = 3
"""A heading names this many columns at the least."""


def white_table(lines: Sequence[Sequence[Word]], part: str, ink: Ink) -> Grid:
    """The grid of lines that stand in columns; every word is in one cell."""
    spans = columns_of(_with_shapes(lines, ink)) or [(lines[0][0].x0, max(line[-1].x1 for line in lines))]
    columns, beside, alone = _pieces(lines, spans, ink)
    pitch = pitch_of(columns, print_size(lines))
    rules = [_edges(number, spans, columns[number], ink) for number in range(len(spans))]
    full = [h for h in rules[0] if all(any(abs(h - r) < NEAR for r in others) for others in rules)]
    head = _head(lines, columns, alone, full)
    every = [*chain.from_iterable(columns), *beside, *alone]
    cells = _heading([p for p in every if p.middle <= head])
    above = max((last + 1 for _, last, _ in cells), default=0)
    bodies = [[p for p in pieces if p.middle > head] for pieces in columns]
    across = [p for p in alone if p.middle > head]
    over = [p for p in beside if p.middle > head]
    rows = rows_of(bodies, over, across, pitch, full, rules)
    if rows:
        found = [*cells_of(bodies, rows, _ruled(rules, spans, rows, ink), pitch)]
        found += _over(over, across, rows)
        cells += [(first + above, last + above, held) for first, last, held in found]
    made = [_cell(part, spans, held) for held in cells]
    made += blanks(part, spans, rows, above, made, ink)
    made = [inked(cell, ink) for cell in made]
    numbers = sorted({cell.place.row for cell in made})
    in_row = {n: [cell for cell in made if cell.place.row == n] for n in numbers}
    return Grid(part, tuple(tuple(sorted(in_row[n], key=lambda c: c.place.column)) for n in numbers))


def _with_shapes(lines: Sequence[Sequence[Word]], ink: Ink) -> list[list[Word]]:
    """The lines with the shapes drawn in them as if they were print: a column may hold nothing else."""
    found = [list(line) for line in lines]
    top, bottom = lines[0][0].top, max(word.bottom for word in lines[-1])
    for box, _, _ in ink.shapes:
        middle = (box[1] + box[3]) / 2
        if top < middle < bottom:
            line = min(found, key=lambda line: abs(line[0].middle[1] - middle))
            line.append(line[0]._replace(text="●", x0=box[0], top=box[1], x1=box[2], bottom=box[3]))
    return [sorted(line, key=lambda word: word.x0) for line in found]


def _pieces(
    lines: Sequence[Sequence[Word]], spans: Sequence[Span], ink: Ink
) -> tuple[list[list[Piece]], list[Piece], list[Piece]]:
    """(pieces of each column, texts over several columns beside others, those with nothing beside them)."""
    columns: list[list[Piece]] = [[] for _ in spans]
    beside: list[Piece] = []
    alone: list[Piece] = []
    starts = [word.bold for line in lines for word in line if word.x0 < spans[0][1]]
    plain = len(spans) < 2 or sum(starts) > 0.5 * len(starts)
    begun = False
    kept = _begins(lines, spans)
    for number, line in enumerate(lines):
        begun = begun or not all(word.bold for word in line) or _named(lines, number, ink)
        found: dict[tuple[int, int], list[Word]] = {}
        runs = runs_of(line)
        for run in runs:
            cut = [*_cut(run, spans, kept)]
            if len(runs) == 1 and len(cut) > 1 and not all(_within(words, spans) for words in cut):
                cut = [*_cut(run, spans, frozenset())]  # a line of a text over several columns
            for words in cut:
                first, last = _reach(spans, words[0].x0 + 1, max(word.x1 for word in words) - 1)
                found.setdefault((first, last), []).extend(words)
        for (first, last), words in found.items():
            lone = len(found) == 1
            bar = begun and lone and not first and all(word.bold for word in words) and not plain
            piece = Piece.of(words, first, len(spans) - 1 if lone and (first != last or bar) else last)
            if piece.column == piece.last:
                columns[first].append(piece)
            else:
                (alone if lone else beside).append(piece)
    return columns, beside, alone


def _reach(spans: Sequence[Span], x0: float, x1: float) -> tuple[int, int]:
    """The first and the last column that a text runs over; one that stands in the white belongs to the nearest."""
    over = [n for n, span in enumerate(spans) if span[0] < x1 and span[1] > x0]
    nearest = column_at(spans, (x0 + x1) / 2)
    return (over[0], over[-1]) if over else (nearest, nearest)


def _within(words: Sequence[Word], spans: Sequence[Span]) -> bool:
    first, last = _reach(spans, words[0].x0 + 1, max(word.x1 for word in words) - 1)
    return first == last


def _begins(lines: Sequence[Sequence[Word]], spans: Sequence[Span]) -> frozenset[int]:
    """The columns at whose left edge so many texts begin that another one beginning just there is no chance."""
    firsts = [run.x0 for line in lines for run in runs_of(line)]
    return frozenset(
        n for n, (x0, _) in enumerate(spans) if sum(abs(first - x0) < EXACTLY for first in firsts) >= BEGUN
    )


def _named(lines: Sequence[Sequence[Word]], number: int, ink: Ink) -> bool:
    """Whether a line below the heading's last stands off from it, as the name of the first group of rows does: by
    white, or by the colour behind it."""
    if not number or number + 1 == len(lines) or all(word.bold for word in lines[number + 1]):
        return False
    line, above = lines[number], lines[number - 1]
    if ink.behind(line[0].middle) != ink.behind(above[0].middle):
        return True
    return min(w.top for w in line) - max(w.bottom for w in above) > 0.5 * line[0].size


def _cut(run: Run, spans: Sequence[Span], kept: frozenset[int]) -> Iterator[list[Word]]:
    """A run in parts where its words begin anew at the edge of a column, after white that is no space of theirs or
    exactly where the texts of a column that is ``kept`` begin."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(run.words)]
    held = [run.words[0]]
    for number, word in enumerate(run.words[1:]):
        here = column_at(spans, word.middle[0])
        others = [*gaps[:number], *gaps[number + 1 :]]
        space = median(others) if others else 0.27 * word.size
        other = abs(gaps[number] - space) > 0.06 * word.size
        begins = here > column_at(spans, held[-1].middle[0]) and abs(word.x0 - spans[here][0]) < 1
        tight = begins and spans[here][0] - spans[here - 1][1] < SPACE * word.size
        further = here in kept and here > column_at(spans, held[0].middle[0])
        if (begins and (other or tight)) or (further and abs(word.x0 - spans[here][0]) < EXACTLY):
            yield held
            held = []
        held.append(word)
    yield held


def _edges(number: int, spans: Sequence[Span], pieces: Sequence[Piece], ink: Ink) -> list[float]:
    """The heights of the rules, and of the edges of paint, that run through a column and through none of its texts."""
    middle = (spans[number][0] + spans[number][1]) / 2
    heights = [height for height, x0, x1 in ink.rules if x0 - 1 < middle < x1 + 1]
    least = (spans[number][1] - spans[number][0]) / 2  # a bar of a small chart parts no rows
    painted = (box for box, _ in ink.fills if box[0] - 1 < middle < box[2] + 1 and box[2] - box[0] > least)
    heights += [edge for box in painted for edge in (box[1], box[3])]
    edges: list[float] = []
    for height in sorted(heights):
        cuts = any(
            p.top + 0.3 * (p.bottom - p.top) < height < p.bottom - 0.3 * (p.bottom - p.top) for p in pieces
        )
        if not cuts and (not edges or height - edges[-1] > NEAR):
            edges.append(height)
    return edges


def _ruled(
    rules: Sequence[Sequence[float]], spans: Sequence[Span], rows: Sequence[Row], ink: Ink
) -> list[Ruled]:
    blocks: set[float] = set()
    for x0, x1 in spans:
        areas = [box for box, colour in ink.fills if colour and x0 - 12 < box[0] and box[2] < x1 + 12]
        if any(sum(box[1] < row.middle < box[3] for row in rows) > 1 for box in areas):
            blocks |= {edge for box in areas for edge in (box[1], box[3])}
    return [Ruled(tuple(own), tuple(sorted(blocks))) for own in rules]


def _head(
    lines: Sequence[Sequence[Word]],
    columns: Sequence[Sequence[Piece]],
    alone: Sequence[Piece],
    full: Sequence[float],
) -> float:
    """The height down to which the heading reaches: lines in bold, or above the first rule, or above all amounts."""
    lone = {id(word) for piece in alone for word in piece.words}
    pieces = sorted((p for held in columns for p in held), key=lambda p: p.middle)
    amounts = [p.top for p in pieces if AMOUNT.fullmatch(p.text)]
    first = min(amounts, default=float("inf"))

    def named(height: float) -> bool:
        return len({p.column for p in pieces if p.middle <= height}) >= HEADS

    end = float("-inf")
    for number, line in enumerate(lines):
        if not all(word.bold for word in line) or (named(end) and id(line[0]) in lone):
            break
        if number + 1 < len(lines):
            end = max(word.bottom for word in line)
    if named(end):
        return end
    ruled = [height for height in full if named(height)]
    if ruled and ruled[0] < first:
        return ruled[0]
    tops = [(max(w.bottom for w in above), min(w.top for w in below)) for above, below in pairwise(lines)]
    gaps = [(top - bottom, bottom) for bottom, top in tops if bottom < first + 1 and named(bottom)]
    return max(gaps, default=(0.0, float("-inf")))[1] if amounts else float("-inf")


def _heading(pieces: Sequence[Piece]) -> list[Held]:
    """One cell for each column, in two rows where some columns have a heading in common."""
    over = sorted((p for p in pieces if p.column != p.last), key=lambda p: p.middle)
    cells: list[Held] = []
    spanning: dict[tuple[int, int], list[Piece]] = {}
    for piece in over:
        spanning.setdefault((piece.column, piece.last), []).append(piece)
    cells += [(0, 0, tuple(held)) for held in spanning.values()]
    for column in sorted({p.column for p in pieces if p.column == p.last}):
        held = tuple(sorted((p for p in pieces if p.column == column == p.last), key=lambda p: p.middle))
        under = any(p.column <= column <= p.last and p.middle < held[0].middle for p in over)
        cells.append((1, 1, held) if under else (0, 1 if over else 0, held))
    return cells


def _over(beside: Sequence[Piece], alone: Sequence[Piece], rows: Sequence[Row]) -> list[Held]:
    """Texts over several columns: each in its own rows, or in the nearest."""
    cells: dict[tuple[int, int, int], list[Piece]] = {}
    for piece in sorted((*beside, *alone), key=lambda p: p.middle):
        own = [n for n, row in enumerate(rows) if row.wide and row.first <= piece.middle <= row.last]
        near = min(range(len(rows)), key=lambda n: abs(rows[n].middle - piece.middle))
        row = own[0] if own else near
        cells.setdefault((row, piece.column, 0 if own else piece.last), []).append(piece)
    return [(row, row, tuple(held)) for (row, _, _), held in cells.items()]


def _cell(part: str, spans: Sequence[Span], held: Held) -> Cell:
    first, last, pieces = held
    words = [word for piece in pieces for word in piece.words]
    column, end = pieces[0].column, max(piece.last for piece in pieces)
    cell = cell_of(part, first + 1, column + 1, words, last - first + 1, end - column + 1)
    box = cell.place.box or (0.0, 0.0, 0.0, 0.0)
    wide = (min(box[0], spans[column][0]), box[1], max(box[2], spans[end][1]), box[3])
    return replace(cell, place=replace(cell.place, box=wide))


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
    sign = sign_shape(words[0].text) if len(words) == 1 and words[0].colour else None
    return Cell(
        place,
        text_of(words),
        fill=words[0].colour if sign else None,
        drawn=sign,
        rows=rows,
        columns=columns,
        bold=bold,
        size=words[0].size,
        words=len(words),
    )
