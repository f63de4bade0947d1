"""Columns whose meaning no heading says and their texts tell: the measures, the priorities, their narrative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.headings import VALUES, Heading
from pipeline.interpret.table import FIGURES, Table, in_order
from pipeline.shapes import Cell

RATED = frozenset(("rag", "quarter_rag", "month_rag"))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def texts_below(column: int, below: Sequence[Sequence[Cell]], reach: int = 1) -> list[str]:
    """What the rows below print in a column."""
    return [
        cell.text.strip()
        for row in below[:200]
        for cell in row
        if column <= cell.place.column < column + reach and not cell.blank
    ]


def _wordy(texts: list[str]) -> bool:
    """Whether a column of texts can name measures: words, not figures, codes or the same word again."""
    wordy = [text for text in texts if _letters(text) > 7]
    return bool(texts) and len(wordy) * 10 >= len(texts) * 7 and len(set(wordy)) * 2 > len(wordy)


def named_by_content(table: Table, below: Sequence[Sequence[Cell]]) -> Table | None:
    """Where no heading says 'measure': the one column of words beside target and results holds them."""
    figures = [column for column in table.columns if column.field in FIGURES]
    known = [column for column in table.columns if column.field not in ("unknown", "foreign")]
    judged = table.fields() & {"target", "quarter_target", "rag", "quarter_rag"}
    if len(figures) < 2 or not judged or len(known) < 3:
        return None
    shown = [text for column in figures for text in texts_below(column.cell.place.column, below)]
    if sum(any(map(str.isdigit, text)) for text in shown) * 2 < len(shown):
        return None
    edge = figures[0].cell.place.column
    rows = below[:200]
    candidates: list[Heading] = [
        column
        for column in table.columns
        if column.field in ("unknown", "priority", "section")
        and column.cell.place.column < edge
        and _wordy(texts_below(column.cell.place.column, rows, column.cell.columns))
    ]
    blank = [c for c in _without_heading(table, rows, edge) if _wordy(_held(c, rows))]
    chosen = next((c for c in reversed(candidates) if c.field == "unknown"), None)
    if blank and not chosen:
        table.columns = in_order([*table.columns, replace(blank[-1], field="measure")])
        return table
    chosen = chosen or (candidates[-1] if candidates else None)
    if chosen is None:
        return None
    table.guessed.append(chosen.cell)
    table.columns[table.columns.index(chosen)] = replace(chosen, field="measure")
    return table


def _without_heading(table: Table, rows: Sequence[Sequence[Cell]], edge: int) -> list[Heading]:
    """The columns of texts left of column ``edge`` that have no heading, under blank cells in its row."""
    headed = {
        at
        for column in table.columns
        for at in range(column.cell.place.column, column.cell.place.column + column.cell.columns)
    }
    lowest = table.columns[0].cell.place
    return [
        Heading(Cell(replace(lowest, column=column, box=None), ""), "unknown")
        for column in range(1, edge)
        if column not in headed and texts_below(column, rows)
    ]


def priority_by_content(table: Table, below: Sequence[Sequence[Cell]]) -> None:
    """Where no heading says 'priority': a column of names before the measures, over several of them or with a
    narrative beside it, holds them; a column of long texts before the measures, the narrative."""
    measure = next((column for column in table.columns if column.field == "measure"), None)
    if measure is None:
        return
    edge = measure.cell.place.column
    before = [column for column in table.columns if column.cell.place.column < edge]
    before = in_order([*before, *_without_heading(table, below, edge)])
    held = {id(column): _held(column, below) for column in before}
    unknown = [column for column in before if column.field == "unknown"]
    told = next((c for c in unknown if _long(held[id(c)])), None)
    narrated = told or next((c for c in before if c.field == "progress_summary"), None)
    if "priority" in table.fields():
        if told and "progress_summary" not in table.fields():
            _guess(table, told, "progress_summary")
        return
    lines = len(_held(measure, below))
    rated = next((c for c in before if c.field == "rag" and 0 < len(held[id(c)]) < lines), None)
    named = next(
        (c for c in unknown if c is not told and _wordy(held[id(c)]) and not _long(held[id(c)])), None
    )
    if named is None or not (narrated or rated) or len(held[id(named)]) > lines:
        return
    alone = not narrated or len(held[id(narrated)]) > len(held[id(named)])
    if alone and not (rated and len(held[id(named)]) == len(held[id(rated)])):
        return
    _guess(table, named, "priority")
    if told and "progress_summary" not in table.fields():
        _guess(table, told, "progress_summary")


def names_priorities(table: Table, column: Heading) -> bool:
    """Whether a column of unknown heading stands where priorities do: left of what is told of them. Not what its
    cells print: those of a moved block stand below other headings."""
    told = [c.cell.place.column for c in table.columns if c.field in ("measure", "progress_summary", "rag")]
    return column.cell.place.column < min(told, default=0)


def believed(columns: list[Heading], below: Sequence[Sequence[Cell]]) -> list[Heading]:
    """The columns without what only the likeness of a heading says against the rest of the table: another column
    has exactly that meaning, or it would be one of figures and prints none.

    A heading cut off by its cell, 'performanc' of 'Good performance is', is no result of the quarter.
    """
    once = VALUES | {"measure", "priority", "rag"}
    exact = {(c.field, c.quarter, c.year) for c in columns if not c.misspelt and c.field in once}

    def unlikely(column: Heading) -> bool:
        if (column.field, column.quarter, column.year) in exact or (
            column.field == "latest" and any(field == "quarter" for field, *_ in exact)
        ):
            return True
        held = _held(column, below)
        return column.field in VALUES and bool(held) and not any(map(str.isdigit, "".join(held)))

    return [
        Heading(c.cell, "unknown") if c.misspelt and c.field != "unknown" and unlikely(c) else c
        for c in columns
    ]


def rated_by_content(table: Table, below: Sequence[Sequence[Cell]], codes: Codes) -> None:
    """Where no heading says 'RAG' and one unknown column prints nothing but ratings, that column rates the lines."""
    if table.fields() & RATED:
        return
    rated = [
        column
        for column in table.columns
        if column.field == "unknown" and _rates(_held(column, below), codes)
    ]
    if len(rated) == 1:
        _guess(table, rated[0], "rag")


def _rates(texts: list[str], codes: Codes) -> bool:
    known = [codes.ratings.get(key(text)) for text in texts]
    return bool(known) and all(rating and rating[0] for rating in known)


def _held(column: Heading, below: Sequence[Sequence[Cell]]) -> list[str]:
    return texts_below(column.cell.place.column, below, column.cell.columns)


def _long(texts: list[str]) -> bool:
    """Whether texts are sentences, not names."""
    return (
        bool(texts)
        and sum(map(len, texts)) > 60 * len(texts)
        and sum("." in t for t in texts) * 2 > len(texts)
    )


def _guess(table: Table, column: Heading, meaning: str) -> None:
    table.guessed.append(column.cell)
    rest = [other for other in table.columns if other is not column]
    table.columns = in_order([*rest, replace(column, field=meaning)])
