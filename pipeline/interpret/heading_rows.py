"""The rows that head a table: one to four of them, read together column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.codes import Codes
from pipeline.interpret.by_content import (
    believed,
    named_by_content,
    names_priorities,
    priority_by_content,
    rated_by_content,
    texts_below,
)
from pipeline.interpret.by_label import label_of
from pipeline.interpret.headings import Heading, heading_of, plain
from pipeline.interpret.periods import year_of
from pipeline.interpret.table import FIGURES, Cells, Table, in_order, printed
from pipeline.shapes import Cell

ALONE = frozenset(("rag", "progress_summary", "portfolio", "direction"))
NO_LEVEL = frozenset(("measure", "priority", "portfolio", "owner", "foreign"))
"""What never stands in the second row of a heading: a row that names it begins a heading of its own."""
LABELS = (frozenset(("target", "latest")), frozenset(("numerator", "denominator")))
"""What rows that each print a figure of one measure are labelled with, both of a pair."""
DEEPEST = 4


def find_head(rows: Sequence[Sequence[Cell]], at: int, codes: Codes) -> tuple[Table, int, int] | None:
    """(table, rows above that belong to its heading, rows from ``at`` on) where a heading begins, else None.

    ``rows`` are those of one grid.
    """
    if sum(heading_of(cell, codes) is not None for cell in printed(rows[at])) < 2:
        return None
    deepest = 1
    while deepest < DEEPEST and at + deepest < len(rows) and _lower(rows[at + deepest], codes):
        deepest += 1
    for depth in range(deepest, 0, -1):
        above = _above(rows, at, codes)
        block = [printed(row) for row in rows[at - above : at + depth]]
        table = _table(block, codes, rows[at + depth :])
        if table:
            rated_by_content(table, rows[at + depth :], codes)
            return table, above, depth
    return None


def _lower(row: Sequence[Cell], codes: Codes) -> bool:
    """Whether a row can be the lower part of a heading: quarters, or target and result of each, and no figure."""
    filled = printed(row)
    known = [heading_of(cell, codes) for cell in filled]
    named = sum(heading is not None for heading in known)
    if len(filled) < 2 or any(heading and heading.field in NO_LEVEL for heading in known):
        return False
    worded = (
        heading is not None or any(map(str.isalpha, cell.text))
        for heading, cell in zip(known, filled, strict=True)
    )
    return named * 4 >= len(filled) * 3 and all(worded)


def _above(rows: Sequence[Sequence[Cell]], at: int, codes: Codes) -> int:
    """How many rows right above are levels of the heading: years, quarters or groups over its columns."""
    first = printed(rows[at])[0].place.column
    count = 0
    while count < 2 and at - count > 0:
        row, below = rows[at - count - 1], rows[at - count]
        filled = printed(row)
        adjacent = filled and below and filled[0].place.row == below[0].place.row - 1
        if not adjacent or filled[0].place.column <= first or len(filled) > len(printed(rows[at])):
            break
        if not all(_is_level(cell, codes) for cell in filled):
            break
        count += 1
    return count


def _is_level(cell: Cell, codes: Codes) -> bool:
    return len(cell.text) < 50 and (cell.columns > 1 or heading_of(cell, codes) is not None)


def _table(block: list[Cells], codes: Codes, below: Sequence[Sequence[Cell]]) -> Table | None:
    """The table that these rows head: they must name what is measured and a figure or a rating of it."""
    stacks = _stacks(block)
    columns = believed([_heading(leaf, uppers, codes) for leaf, uppers in stacks], below)
    known = [column for column in columns if column.field != "unknown"]
    levels = [cell for row in block for cell in row if not any(cell is leaf for leaf, _ in stacks)]
    table = Table(_with_labels(in_order(columns), below, codes), None, levels)
    fields = table.fields()
    if sum(column.field == "foreign" for column in columns) > 1:
        return None
    if "deadline" in fields and not fields & FIGURES and not _reported(table):
        return None
    if "actions" in fields and fields & FIGURES == {"target"} and "measure" not in fields:
        return None  # what 'Target' says of an action is a day
    if "measure" not in fields and _graded(table, below, codes):
        return None
    if not fields & {"measure", "priority"}:
        return named_by_content(table, below)
    kinds = fields & FIGURES
    if len(known) < 3 or (len(known) < len(columns) / 2 and len(kinds) < 2):
        return None
    if not kinds and any(column.field == "foreign" for column in columns):
        return None
    if not kinds and not ("rag" in fields and fields & (ALONE | {"priority"}) - {"rag"}):
        return None
    unknown = [column for column in table.columns if column.field == "unknown"]
    named = next((column for column in unknown if names_priorities(table, column)), None)
    card = fields & {"progress_summary", "portfolio"} and fields & {"rag", "measure"}
    if "priority" not in fields and named and card:
        table.section = named.cell
        table.columns[table.columns.index(named)] = replace(named, field="priority")
    elif "measure" not in fields and kinds:
        return named_by_content(table, below) or table
    elif card:
        table.section = next((column.cell for column in table.columns if _names_section(column)), None)
    if kinds and "measure" in fields:
        priority_by_content(table, below)
    return table


def _reported(table: Table) -> bool:
    """Whether lines with dates and no figures report on priorities: each with a rating and a text, and nothing beside
    that only a plan of actions has."""
    fields = table.fields()
    return fields >= {"priority", "rag", "progress_summary"} and not fields & {
        "foreign",
        "actions",
        "unknown",
    }


def _graded(table: Table, below: Sequence[Sequence[Cell]], codes: Codes) -> bool:
    """Whether the column 'Priority' says how urgent each line is, as in a plan of actions."""
    column = next((column for column in table.columns if column.field == "priority"), None)
    texts = texts_below(column.cell.place.column, below, column.cell.columns) if column else []
    return bool(texts) and all(plain(text) in codes.words["grade"] for text in texts)


def _with_labels(columns: list[Heading], below: Sequence[Sequence[Cell]], codes: Codes) -> list[Heading]:
    """The columns with that of the labels, whose rows print 'Target', 'Actual', ... each for its own line."""
    first = columns[0].cell.place
    for number, column in enumerate([*columns, None]):
        here = column.cell.place.column if column else first.column + 1
        if column is not None and column.field != "unknown":
            continue
        if column is None and any(
            c.cell.place.column <= here < c.cell.place.column + c.cell.columns for c in columns
        ):
            continue
        fields = [
            heading.field if (heading := label_of(cell, codes)) else ""
            for row in below[:12]
            for cell in row
            if cell.place.column == here and not cell.blank
        ]
        if "" not in fields and any(both <= set(fields) for both in LABELS):
            label = Heading(
                column.cell if column else Cell(replace(first, column=here, box=None), ""), "label"
            )
            return in_order([*columns[:number], label, *columns[number + 1 :]])
    return columns


def _names_section(column: Heading) -> bool:
    """'Directorate Priorities', 'Service objectives' head the column of priorities and name their section."""
    words = plain(column.cell.text)
    return column.field == "priority" and " " in words and words.endswith("s")


def _stacks(block: list[Cells]) -> list[tuple[Cell, list[Cell]]]:
    """(lowest cell, the cells above it) for each column of a heading."""
    reach = [_reach(block, number) for number in range(len(block))]
    found = []
    for number, row in enumerate(block):
        for cell, (first, last) in zip(row, reach[number], strict=True):
            lower = (c for rest in block[number + 1 :] for c in rest)
            if any(first <= c.place.column < last for c in lower):
                continue
            uppers = [
                upper
                for above in range(number)
                for upper, (start, end) in zip(block[above], reach[above], strict=True)
                if start <= cell.place.column < end
            ]
            found.append((cell, uppers))
    return found


def _reach(block: list[Cells], number: int) -> list[tuple[int, int]]:
    """The columns that each cell of a row stands over. A group that is not merged reaches to the next one, the
    last of several no further than the one before it."""
    row = block[number]
    lower = {cell.place.column for rest in block[number + 1 :] for cell in rest}
    reach: list[tuple[int, int]] = []
    width = 0
    for at, cell in enumerate(row):
        start = cell.place.column
        end = start + cell.columns
        if cell.columns == 1 and start in lower:
            most = start + width if width > 1 and at == len(row) - 1 else max(lower) + 1
            end = row[at + 1].place.column if at + 1 < len(row) else most
        width = end - start
        reach.append((start, end))
    return reach


def _heading(leaf: Cell, uppers: list[Cell], codes: Codes) -> Heading:
    """What a column means by all the cells above it: 'Target' under 'Quarter 2' under '2019/20'."""
    said = heading_of(leaf, codes)
    for above in (uppers, uppers[-1:], uppers[:1]):
        whole = heading_of(leaf, codes, " ".join(cell.text for cell in above)) if above else None
        if whole and not (whole.misspelt and said):
            return whole
    own = said or Heading(leaf, "unknown")
    year = own.year or next(filter(None, (year_of(cell.text) for cell in uppers)), None)
    return replace(own, year=year)
