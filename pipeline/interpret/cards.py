"""Cards without a frame or a table: the name of a measure, and under it lines that each hold a label and its value
('Target: 85%'); several may stand beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.codes import Codes
from pipeline.interpret.forms import TELLING, names_measure
from pipeline.interpret.headings import Heading, heading_of
from pipeline.interpret.table import FIGURES, Cells, Table, printed
from pipeline.shapes import Cell, Grid

SIDES = 3
"""Points that the sides of texts in one column may differ by."""


def label_of(cell: Cell, codes: Codes) -> Heading | None:
    """What the label before the colon of a text says; None where there is none that is known, or nothing behind it."""
    label, colon, value = cell.text.partition(":")
    heading = heading_of(replace(cell, text=label), codes) if colon and value.strip() else None
    return heading if heading and not heading.misspelt else None


def with_cards(grid: Grid, codes: Codes) -> Iterator[Grid | Table]:
    """The loose lines of a grid, and each card in them as a table of one line."""
    rows = grid.rows
    kept: list[Cells] = []
    at = 0
    while at < len(rows):
        end = _end(rows, at, codes)
        if end == at:
            kept.append(rows[at])
            at += 1
            continue
        if kept:
            yield replace(grid, rows=tuple(kept))
            kept = []
        for name in printed(rows[at]):
            held = [tuple(cell for cell in printed(row) if _below(name, cell)) for row in rows[at + 1 : end]]
            yield _card(name, [cell for cells in held for cell in cells], codes)
        at = end
    if kept or not rows:
        yield replace(grid, rows=tuple(kept))


def _card(name: Cell, lines: Sequence[Cell], codes: Codes) -> Table:
    """The table of a card: its name, and what each label says; a line without a label goes on with the one above."""
    columns = [Heading(replace(name, text="", fill=None), "measure")]
    cells = {0: name}
    pieces = []
    for line in lines:
        label = label_of(line, codes)
        if label:
            cells[len(columns)] = replace(line, text=line.text.partition(":")[2].strip())
            columns.append(replace(label, cell=replace(line, text=line.text.partition(":")[0])))
        else:
            above = cells[len(columns) - 1]
            cells[len(columns) - 1] = replace(above, text=f"{above.text}\n{line.text.strip()}")
        pieces.append((line, columns[-1].field))
    table = Table(columns, laid=[cells], pieces=pieces, form=True)
    table.rows = [(name,), *((line,) for line in lines)]
    return table


def _end(rows: Sequence[Cells], at: int, codes: Codes) -> int:
    """Behind the last line of the cards whose names stand in this one; the line itself where it names none."""
    names = printed(rows[at])
    if not names or not all(names_measure((cell,), codes) and ":" not in cell.text for cell in names):
        return at
    said: list[set[str]] = [set() for _ in names]
    end = at + 1
    while end < len(rows):
        cells = printed(rows[end])
        labels = [label_of(cell, codes) for cell in cells]
        held = [[n for n, name in enumerate(names) if _below(name, cell)] for cell in cells]
        if not cells or None in labels or any(len(numbers) != 1 for numbers in held):
            break
        for label, (number,) in zip(labels, held, strict=True):
            said[number].add(label.field if label else "")
        end += 1
    measured = all(
        fields & {"latest", "quarter"} and len(fields & (FIGURES | {"rag"})) > 1 and "foreign" not in fields
        for fields in said
    )
    if not measured:
        return at
    last = {label.field for cell in printed(rows[end - 1]) if (label := label_of(cell, codes))}
    while last & TELLING and end < len(rows) and _tells_on(rows, end, names, codes):
        end += 1
    return end


def _tells_on(rows: Sequence[Cells], at: int, names: Cells, codes: Codes) -> bool:
    """Whether a line goes on with the texts at the end of cards, and names no card itself."""
    cells = printed(rows[at])
    if not cells or any(sum(_below(name, cell) for name in names) != 1 for cell in cells):
        return False
    following = printed(rows[at + 1]) if at + 1 < len(rows) else ()
    return not any(label_of(cell, codes) for cell in following) and not any(cell.bold for cell in cells)


def _below(name: Cell, cell: Cell) -> bool:
    """Whether a text stands in the column of a name."""
    one, other = name.place.box, cell.place.box
    if one and other:
        return abs(one[0] - other[0]) < SIDES
    return name.place.column == cell.place.column
