"""What the rows of a table show about the table: whom its ratings rate, and the portfolios it names."""

from __future__ import annotations

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.align import Row
from pipeline.interpret.ratings import of_colour, read_rating
from pipeline.interpret.table import Cells, Table, printed
from pipeline.shapes import Cell

RESULTS = ("quarter", "latest")


def rates_priorities(table: Table, rows: list[Row], codes: Codes) -> bool:
    """Whether the rating column rates priorities: no line below a priority has a rating of its own."""
    numbers = {column.field: number for number, column in enumerate(table.columns)}
    if "rag" not in numbers or "priority" not in numbers:
        named = [row for row in rows if heads(table, row)]
        return (
            "rag" in numbers
            and bool(named)
            and not any(
                _rated(row.cells.get(numbers["rag"]), codes)
                for row in rows
                if row not in named and _measured(table, row)
            )
        )
    seen: set[str] = set()
    part = None
    for row in rows:
        priority, rag = row.cells.get(numbers["priority"]), row.cells.get(numbers["rag"])
        again = priority is None or priority.blank or priority.text in seen
        begins, part = part != _part(row), _part(row)
        if begins and rag is not None and rag.blank and (priority is None or priority.blank):
            continue  # the paint of a rating that goes on from the page before
        rating = read_rating(rag, codes) if rag is not None else None
        if again and rating and rating.rating and _measured(table, row):
            return False
        if priority is not None and not priority.blank:
            seen.add(priority.text)
    return True


def _rated(cell: Cell | None, codes: Codes) -> bool:
    """Whether a cell of one row has a rating."""
    rating = read_rating(cell, codes) if cell is not None and cell.rows == 1 else None
    return bool(rating and rating.rating)


def _part(row: Row) -> str:
    return next((cell.place.part for cell in row.cells.values()), "")


def _measured(table: Table, row: Row) -> bool:
    return any(
        table.columns[number].field == "measure" and not cell.blank for number, cell in row.cells.items()
    )


def heads(table: Table, row: Row) -> bool:
    """Whether a row without figures names the priority of the rows below it."""
    if "priority" in table.fields():
        return False
    fields = {table.columns[number].field: cell for number, cell in row.cells.items() if not cell.blank}
    cell = fields.get("measure")
    if cell is None or set(fields) - {"measure", "rag", "portfolio", "progress_summary"}:
        return False
    return cell.columns > 2 or bool(set(fields) - {"measure"})


def coloured_results(table: Table, rows: list[Row]) -> bool:
    """Whether results are rated by the colour of their cells: no column holds ratings, and the colours differ."""
    if table.fields() & {"rag", "quarter_rag", "month_rag"}:
        return False
    fills = [
        of_colour(cell.fill)
        for row in rows
        for number, cell in row.cells.items()
        if table.columns[number].field in RESULTS and cell.fill and not cell.blank
    ]
    return len(set(fills) - {None}) > 1


def portfolios(table: Table, rows: list[Cells], codes: Codes) -> set[str]:
    """Texts that stand twice at the side of the portfolio column: they tell a row that was moved aside."""
    found: set[str] = set()
    for end in (0, -1):
        if table.columns[end].field != "portfolio":
            continue
        texts = [key(cells[end].text) for row in rows if (cells := printed(row))]
        found |= {
            text
            for text in texts
            if texts.count(text) > 1 and text not in codes.values.blanks and any(map(str.isalpha, text))
        }
    return found
