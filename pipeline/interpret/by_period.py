"""Tables that list a measure once for each period ('Measure | Quarter | Value'): one line of each measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.codes.values import key
from pipeline.interpret.align import Row, positions
from pipeline.interpret.headings import OF_QUARTER, Heading, plain
from pipeline.interpret.periods import Period, period_in, year_from
from pipeline.shapes import Cell

NAMES = ("measure", "priority", "reference", "service", "theme", "directorate", "portfolio")
"""What two rows must have in common to speak of the same measure."""
MOVED = ("latest", "rag", "direction", "comments", "progress_summary", "forecast", "target")
"""Fields that a row says of its period."""


@dataclass(slots=True)
class Listed:
    """The columns and lines of such a table, written as other tables are; ``periods`` are the cells that name a
    period, ``same`` those that say again what the first row of their measure says, with their field."""

    columns: list[Heading]
    laid: list[dict[int, Cell]] = field(default_factory=list)
    periods: list[Cell] = field(default_factory=list)
    same: list[tuple[Cell, str]] = field(default_factory=list)


def lists_periods(columns: Sequence[Heading]) -> bool:
    """Whether the rows of a table name the period of their figure: it has no column for each quarter."""
    fields = {column.field for column in columns}
    return "period" in fields and "latest" in fields and "quarter" not in fields


def period_of(columns: Sequence[Heading], row: Row) -> Period | None:
    """The period that a row names in one or two cells ('2021/22 | Q1'), None when it names none."""
    texts = []
    for number, cell in sorted(row.cells.items()):
        if number < len(columns) and columns[number].field == "period" and not cell.blank:
            text = plain(cell.text)
            of_quarter = plain(columns[number].cell.text) in ("quarter", "qtr") and text in (
                "1",
                "2",
                "3",
                "4",
            )
            texts.append(f"q{text}" if of_quarter else text)
    found = period_in(" ".join(texts))
    return found if found.named and found.clear and not plain(found.rest) else None


def _placed(row: Sequence[Cell], columns: Sequence[Heading]) -> Row:
    """A row with its cells under the headings; what stands beside them says nothing of a period."""
    return Row({n: cell for n, cell in positions(row, columns).items() if 0 <= n < len(columns)})


def last_period(
    columns: Sequence[Heading], rows: Iterable[Sequence[Cell]], year: str | None
) -> tuple[str, int] | None:
    """The last quarter, with its year, that rows with a figure name; None where rows name no period."""
    if not lists_periods(columns):
        return None
    found = set()
    for row in _carried(columns, [_placed(row, columns) for row in rows if any(not c.blank for c in row)]):
        period = period_of(columns, row)
        own = _year(period, year) if period else None
        figure = any(
            not c.blank and n < len(columns) and columns[n].field == "latest" for n, c in row.cells.items()
        )
        if period and own and period.quarter and figure:
            found.add((own, period.quarter))
    return max(found, default=None)


def year_of_rows(columns: Sequence[Heading], rows: Iterable[Sequence[Cell]]) -> str | None:
    """The one financial year that a column of periods names in all its rows."""
    if not any(column.field == "period" for column in columns):
        return None
    periods = [period_of(columns, _placed(row, columns)) for row in rows if len(row) > 1]
    years = {_year(period, None) for period in periods if period}
    return years.pop() if len(years) == 1 else None


def _year(period: Period, year: str | None) -> str | None:
    if period.year or period.calendar is None:
        return period.year or year
    return year_from(period.calendar - (period.quarter == 4)) if period.quarter else None


def by_measure(columns: list[Heading], rows: Sequence[Row], year: str | None) -> Listed:
    """The rows gathered by measure, with a column of their own for the figures of each period."""
    rows = list(_carried(columns, rows))
    monthly = any(p.month is not None and p.month % 3 != 2 for row in rows if (p := period_of(columns, row)))
    listed = Listed(list(columns))
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(_names(columns, row), []).append(row)
    made: dict[tuple[str, int | None, str | None, str], int] = {}
    for group in groups.values():
        _gather(listed, columns, group, year, monthly, made)
    return listed


def _names(columns: Sequence[Heading], row: Row) -> tuple[str, ...]:
    by = {columns[number].field: key(cell.text) for number, cell in row.cells.items()}
    return tuple(by.get(name, "") for name in NAMES)


def _carried(columns: Sequence[Heading], rows: Sequence[Row]) -> Iterable[Row]:
    """Rows with what stands once for several of them: a measure, or a year, above the quarters of its rows."""
    above: dict[int, Cell] = {}
    for row in rows:
        filled = {n: cell for n, cell in row.cells.items() if not cell.blank}
        named = any(columns[n].field == "measure" for n in filled)
        if named:
            above = {n: c for n, c in above.items() if columns[n].field == "period"}
        carried = {n: c for n, c in above.items() if n not in filled}
        above |= {n: c for n, c in filled.items() if columns[n].field in (*NAMES, "period")}
        yield replace(row, cells={**row.cells, **carried}) if filled else row


def _gather(
    listed: Listed,
    columns: Sequence[Heading],
    group: Sequence[Row],
    year: str | None,
    monthly: bool,
    made: dict[tuple[str, int | None, str | None, str], int],
) -> None:
    """One line (or more, where a period comes twice) from the rows of one measure."""
    targets = {key(c.text) for row in group for n, c in row.cells.items() if columns[n].field == "target"}
    line: dict[int, Cell] = {}
    lines = [line]
    for row in group:
        period = period_of(columns, row)
        spread: dict[int, Cell] = {}
        for number, cell in row.cells.items():
            column = columns[number]
            if column.field == "period":
                listed.periods.append(cell)
            elif (
                period is None
                or column.field not in MOVED
                or (column.field == "target" and len(targets) == 1)
            ):
                if number not in line or key(line[number].text) != key(cell.text):
                    spread[number] = cell
                elif line[number] is not cell:
                    listed.same.append((cell, column.field))
            else:
                spread[_column(listed, column, period, _year(period, year), monthly, made)] = cell
        if any(number in line for number in spread):
            line = {}
            lines.append(line)
        line.update(spread)
    listed.laid += lines


def _column(
    listed: Listed,
    column: Heading,
    period: Period,
    year: str | None,
    monthly: bool,
    made: dict[tuple[str, int | None, str | None, str], int],
) -> int:
    """The number of the column for what a row says of a period."""
    if monthly and period.month is not None:
        name, quarter = (
            {"latest": "month", "target": "month_target", "rag": "month_rag"}.get(column.field, column.field),
            None,
        )
    elif period.quarter:
        name, quarter = OF_QUARTER.get(column.field, column.field), period.quarter
    else:
        name, quarter = (
            {"latest": "year_end", "target": "annual_target"}.get(column.field, column.field),
            None,
        )
    name = "quarter_comments" if name == "quarter_progress_summary" else name
    at = (name, period.month if monthly else quarter, year, column.cell.text)
    if at not in made:
        made[at] = len(listed.columns)
        listed.columns.append(replace(column, field=name, quarter=quarter, year=year, month=period.month))
    return made[at]
