"""Which column of a table is the result, the target, the measure: told by all its headings together and by
the period that the document reports on.

A heading alone does not say it: 'Annual target' is the target of a table that has no other, '2018/19 actual'
the result of a scorecard of that year and last year's in the next, 'YTD' the result where nothing else is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.codes.values import key
from pipeline.interpret.headings import Heading
from pipeline.interpret.periods import year_from
from pipeline.shapes import Cell

Columns = list[Heading]
AGAIN = "other_"
ONCE = frozenset(
    [
        "measure",
        "priority",
        "target",
        "rag",
        "rag_previous",
        "direction",
        "owner",
        "comments",
        "reference",
        "polarity",
        "portfolio",
        "progress_summary",
        "latest",
        "directorate",
    ]
)
"""Fields that a line has once; a second column of the same meaning is kept as another value."""


def settle(
    columns: Sequence[Heading], year: str | None, quarter: int | None, rows: Sequence[Sequence[Cell]]
) -> Columns:
    """The columns with their part in this document; one that repeats another's meaning has ``AGAIN`` before
    its field."""
    settled = [_of_year(_with_year(column, year), year) for column in columns]
    settled = _months(settled)
    settled = _result(settled, year, quarter)
    settled = _target(settled, quarter)
    settled = _of_the_quarter(settled, quarter)
    settled = _names(settled, rows)
    return _once(settled)


def _has(columns: Columns, *fields: str) -> bool:
    return any(column.field in fields for column in columns)


def _renamed(columns: Columns, old: str, new: str, where: Callable[[Heading], bool]) -> Columns:
    return [
        replace(column, field=new) if column.field == old and where(column) else column for column in columns
    ]


def _with_year(column: Heading, year: str | None) -> Heading:
    """'Q2 2018' speaks of 2018/19; 'Q4 2020' of the document's year where that is 2019/20."""
    if column.year or not column.calendar:
        return column
    start = column.calendar
    if column.quarter == 4 and year in (year_from(start), year_from(start - 1)):
        return replace(column, year=year)
    if column.quarter == 4 or (column.quarter is None and column.field != "baseline"):
        return column
    return replace(column, year=year_from(start))


def _of_year(column: Heading, year: str | None) -> Heading:
    """A column of another year is no result, target or rating of this one; a quarter's result keeps its year."""
    if not (column.year and year) or column.year == year:
        return column
    earlier = column.year < year
    fields = {
        "latest": "previous_year" if earlier else f"{AGAIN}latest",
        "year_end": "previous_year" if earlier else "forecast",
        "year": "previous_year" if earlier else "year",
        "target": "previous_target" if earlier else "next_target",
        "annual_target": "previous_target" if earlier else "next_target",
        "quarter_target": "previous_target" if earlier else "next_target",
        "rag": "rag_previous" if earlier else "forecast_rag",
        "quarter_rag": "previous_year_rag",
        "year_to_date": "previous_year" if earlier else "forecast",
        "direction": f"{AGAIN}direction",
        "quarter_direction": f"{AGAIN}direction",
    }
    return replace(column, field=fields.get(column.field, column.field))


def _months(columns: Columns) -> Columns:
    """A month that ends a quarter is that quarter's column, unless the months between have columns as well:
    the figure of a month is none of the quarter."""
    if _has(columns, "quarter") or any(c.field == "month" and (c.month or 0) % 3 != 2 for c in columns):
        return columns
    return _renamed(columns, "month", "quarter", lambda column: True)


def _result(columns: Columns, year: str | None, quarter: int | None) -> Columns:
    """Where no column is the result, the one of this year is; else the year to date; else, at the year's end,
    the outturn."""
    if _has(columns, "quarter", "latest"):
        return _renamed(columns, "year", "year_end", lambda column: column.year == year is not None)
    for field in ("year", "year_to_date", "year_end"):
        found = [column for column in columns if column.field == field]
        own = [column for column in found if column.year == year] or [c for c in found if not c.year]
        if field == "year" and not year:
            continue
        if len(own) == 1 and (field != "year_end" or quarter in (4, None)):
            return [replace(c, field="latest") if c is own[0] else c for c in columns]
    return columns


def _target(columns: Columns, quarter: int | None) -> Columns:
    """The target of the reported quarter, of the year to date where that is the result, of the year."""
    if _has(columns, "target") or any(c.field == "quarter_target" and c.quarter == quarter for c in columns):
        return columns
    for field in ("ytd_target", "month_target", "annual_target"):
        found = [column for column in columns if column.field == field]
        if len(found) == 1:
            return [replace(c, field="target") if c is found[0] else c for c in columns]
    return columns


def _of_the_quarter(columns: Columns, quarter: int | None) -> Columns:
    """'Q2 progress' in the scorecard of quarter 2 is its progress summary; of another quarter, a comment."""
    if not _has(columns, "progress_summary", "comments"):
        columns = _renamed(
            columns, "quarter_progress_summary", "progress_summary", lambda c: c.quarter == quarter
        )
    return _renamed(columns, "quarter_progress_summary", "quarter_comments", lambda column: True)


def _names(columns: Columns, rows: Sequence[Sequence[Cell]]) -> Columns:
    """Of two columns that name the measure ('KPI', 'Description') the longer texts are its name; of two that
    name the priority the one that says 'priority', or the last, and the others are themes above it."""
    measures = [column for column in columns if column.field == "measure"]
    if len(measures) > 1:
        lengths = [_length(column, rows) for column in measures]
        chosen = measures[lengths.index(max(lengths))]
        longest = max(lengths)

        def beside(column: Heading, length: float) -> Heading:
            return replace(
                column, field="reference" if length < longest / 3 and length < 12 else "definition"
            )

        other = {
            id(c): beside(c, length) for c, length in zip(measures, lengths, strict=True) if c is not chosen
        }
        columns = [other.get(id(column), column) for column in columns]
    priorities = [column for column in columns if column.field == "priority"]
    if len(priorities) > 1:
        said = [column for column in priorities if "priorit" in key(column.cell.text)]
        chosen = said[0] if len(said) == 1 else priorities[-1]
        columns = _renamed(columns, "priority", "theme", lambda column: column is not chosen)
    return columns


def _length(column: Heading, rows: Sequence[Sequence[Cell]]) -> float:
    """Letters of the texts below a heading, on average."""
    at, end = column.cell.place.column, column.cell.place.column + column.cell.columns
    texts = [
        cell.text.strip() for row in rows for cell in row if at <= cell.place.column < end and not cell.blank
    ]
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def _once(columns: Columns) -> Columns:
    """Each field that a line has once, once; a further column is kept under its heading."""
    kept: Columns = []
    for column in columns:
        again = column.field in ONCE and _has(kept, column.field)
        kept.append(replace(column, field=f"{AGAIN}{column.field}") if again else column)
    return kept
