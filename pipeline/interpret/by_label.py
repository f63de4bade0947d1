"""Tables whose lines say themselves what they hold: 'Target' in one row and 'Actual' in the next, for one measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.align import Row
from pipeline.interpret.headings import OF_QUARTER, Heading, heading_of
from pipeline.shapes import Cell

LABELLED = frozenset(("quarter", "latest", "month", "year"))
"""Columns whose meaning the label of the row completes."""


def label_of(cell: Cell, codes: Codes) -> Heading | None:
    """What the label of a row says of its figures: 'Actual', 'Numerator', and '%' for the result of the two."""
    unit = codes.values.units.get(key(cell.text))
    return heading_of(cell, codes) or (Heading(cell, "latest") if unit and unit[0] == "percent" else None)


def by_label(
    columns: list[Heading], rows: Sequence[Row], codes: Codes
) -> tuple[list[Heading], list[dict[int, Cell]]]:
    """(columns, lines): the rows of each measure as one line, with a column for each label and period."""
    at = next(number for number, column in enumerate(columns) if column.field == "label")
    whole = list(columns)
    made: dict[tuple[int, str], int] = {}
    lines: list[dict[int, Cell]] = []
    name = ""
    for row in rows:
        label = label_of(row.cells[at], codes) if at in row.cells else None
        own = next(
            (key(c.text) for n, c in row.cells.items() if columns[n].field == "measure" and not c.blank), ""
        )
        if not lines or (own and own != name) or label is None:
            lines.append({})
        name = own or name
        line = lines[-1]
        for number, cell in row.cells.items():
            if number == at:
                continue
            column = columns[number]
            place = number
            if label and column.field in LABELLED and label.field != "latest":
                known = (number, label.field)
                if known not in made:
                    made[known] = len(whole)
                    whole.append(replace(column, field=_of(label.field, column)))
                place = made[known]
            line.setdefault(place, cell)
    return whole, lines


def _of(field: str, column: Heading) -> str:
    """The field of a cell whose row says ``field``: the target of a quarter, of a month, of the line."""
    if column.quarter:
        return OF_QUARTER.get(field, field)
    return (
        {"target": "month_target", "rag": "month_rag"}.get(field, field)
        if column.month is not None
        else field
    )
