"""Tables on their side: what other tables head in a row stands in a column here, one measure beside the other.

A card of one measure ('Measure | Calls answered', 'Target | 90%', 'Q3 | 88%') is such a table with one measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.codes import Codes
from pipeline.interpret.heading_rows import FIGURES, Cells, Table, printed
from pipeline.interpret.headings import Heading, heading_of
from pipeline.shapes import Cell

FEWEST = 2
"""Labels of figures (target, a quarter, ...) that a column must hold to be one of headings."""


def turned_table(rows: Sequence[Sequence[Cell]], at: int, codes: Codes) -> tuple[Table, int] | None:
    """(table, rows taken) where a table on its side begins at ``rows[at]``, else None."""
    first = printed(rows[at])
    if not first:
        return None
    return _card(rows, at, codes) or _across(rows, at, codes)


def _across(rows: Sequence[Sequence[Cell]], at: int, codes: Codes) -> tuple[Table, int] | None:
    """Measures named in the first row, a label at the beginning of each row below it."""
    names = printed(rows[at])
    labels: list[tuple[Heading, Cells]] = []
    for row in rows[at + 1 :]:
        filled = printed(row)
        above = labels[-1][1] if labels else names
        if not filled or filled[0].place.row > above[0].place.row + 1:
            break
        if labels and filled[0].place.column != labels[0][0].cell.place.column:
            break
        heading = heading_of(filled[0], codes)
        if heading is None and (not labels or len(filled) == 1 or len(filled) > len(names) + 1):
            break
        labels.append((heading or Heading(filled[0], "unknown"), filled))
    column = labels[0][0].cell.place.column if labels else 0
    corner = names[0] if names[0].place.column <= column else None
    over = names[1:] if corner else names
    named = heading_of(corner, codes) if corner else None
    if (
        len(_figures(labels)) < FEWEST
        or not over
        or (len(over) == 1 and (named is None or named.field != "measure"))
    ):
        return None
    if any(heading_of(cell, codes) for cell in over) or not all(_is_name(cell) for cell in over):
        return None
    told = [(h.field, h.quarter, h.year) for h, _ in labels if h.field != "unknown"]
    if len(told) != len(set(told)):
        return None
    place = replace(names[0].place, column=column, box=None)
    columns = [Heading(corner if corner and named else Cell(place, ""), "measure")]
    columns += [heading for heading, _ in labels]
    laid = []
    for name in over:
        cells = {0: name}
        for number, (_, filled) in enumerate(labels, 1):
            row = rows[at + number]
            cell = next((c for c in row if c is not filled[0] and _covers(name, c)), None)
            if cell:
                cells[number] = cell
        laid.append(cells)
    table = Table(columns, None if named else corner, laid=laid)
    table.rows = [tuple(row) for row in rows[at + 1 : at + 1 + len(labels)]]
    return table, 1 + len(labels)


def _covers(name: Cell, cell: Cell) -> bool:
    return name.place.column <= cell.place.column < name.place.column + name.columns


def _is_name(cell: Cell) -> bool:
    return sum(map(str.isalpha, cell.text)) > 4


def _figures(labels: Sequence[tuple[Heading, object]]) -> list[Heading]:
    return [heading for heading, _ in labels if heading.field in FIGURES]


def _card(rows: Sequence[Sequence[Cell]], at: int, codes: Codes) -> tuple[Table, int] | None:
    """One measure, label beside value, one or more pairs in a row."""
    columns: list[Heading] = []
    cells: dict[int, Cell] = {}
    taken = 0
    for row in rows[at:]:
        pairs = _pairs(row, codes, bool(columns))
        again = (
            pairs
            and any(heading.field == "measure" for heading, _ in pairs)
            and "measure" in _fields(columns)
        )
        if not pairs or again:
            break
        for heading, value in pairs:
            if value is not None:
                cells[len(columns)] = value
            columns.append(heading)
        taken += 1
    figures = [heading for heading in columns if heading.field in FIGURES]
    if (columns and columns[0].field != "measure") or "measure" not in _fields(columns) or not figures:
        return None
    if taken < 2 or len(figures) + ("rag" in _fields(columns)) < FEWEST:
        return None
    table = Table(columns, laid=[cells])
    table.rows = [tuple(row) for row in rows[at : at + taken]]
    return table, taken


def _fields(columns: Sequence[Heading]) -> set[str]:
    return {heading.field for heading in columns}


def _pairs(row: Sequence[Cell], codes: Codes, begun: bool) -> list[tuple[Heading, Cell | None]]:
    """(label, value) along a row; [] when the row is not made of them. In a card that has ``begun`` a label may
    be one that no list knows."""
    shown = [cell for cell in row if not cell.blank or cell.fill or cell.drawn]
    pairs: list[tuple[Heading, Cell | None]] = []
    at = 0
    while at < len(shown):
        label = heading_of(shown[at], codes)
        value = shown[at + 1] if at + 1 < len(shown) else None
        if label is None and begun and len(shown) == 2 and at == 0 and 1 < len(shown[0].text.strip()) < 40:
            label = Heading(shown[0], "unknown")
        if label is None or label.field == "foreign":
            return []
        if value is not None and not value.blank and heading_of(value, codes):
            return []
        pairs.append((label, value))
        at += 2
    return pairs
