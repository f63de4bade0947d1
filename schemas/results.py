"""The results of the quarters, and the other numbers that a measure line prints."""

from __future__ import annotations

from typing import ClassVar

from schemas.columns import Number, Table, Text, Truth, Whole, col, quarter_column, year_column


class Results(Table):
    """One row per quarter cell that holds anything, per part; a blank cell has no row."""

    document_id: Text = col("The document", needed=True)
    measure_no: Whole = col("The measure line in its document", needed=True, ge=1)
    part: Text = col("'a', 'b', ... for a measure printed in parts, else empty")
    quarter: Whole = quarter_column("Quarter that the result speaks of, 1 is April to June", needed=True)
    financial_year: Text = year_column("Financial year that the result speaks of, '2012/13'")
    heading: Text = col("Heading of the column as printed")
    value_text: Text = col("Result as printed, the whole cell", needed=True)
    value: Number = col(
        "Result as a number to compare (73% is 73, 560 plus 120 in progress is 560); empty where there is none",
        unit="as unit",
    )
    digits: Text = col("The number's own characters as printed, '7.50', '368,500'")
    upper: Number = col("Upper end of a range, or the whole of '28 of 30'", unit="as unit")
    unit: Text = col("Unit that the cell prints: percent, GBP, days, count, ...; empty where it prints none")
    value_status: Text = col(
        "What the cell is: value, compound, text, not_available, not_applicable, not_due, awaited, suppressed, ...",
        needed=True,
    )
    comparator: Text = col("'<', '<=', '>', '>=' or 'about' printed with the number")
    marks: Text = col("Shorthand printed behind the number: p provisional, r revised, e estimated")
    place: Text = col(
        "Where the text stands: 'p2 r14 c6' (page, row, column) or 'Return!F14' (sheet and cell)", needed=True
    )
    native: Text = col("Number that a spreadsheet cell stores behind what it shows")
    hidden: Truth = col("Whether the cell stands in a hidden row, column or sheet")

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["document_id", "measure_no", "part", "quarter", "financial_year"]


class OtherValues(Table):
    """One row per kept cell of a measure line that is no quarter's result: baseline, last year, forecast, month."""

    document_id: Text = col("The document", needed=True)
    measure_no: Whole = col("The measure line in its document", needed=True, ge=1)
    part: Text = col("'a', 'b', ... for a measure printed in parts, else empty")
    field: Text = col(
        "What the column is: baseline, previous, previous_year, year_to_date, year_end, forecast, floor, month, ...",
        needed=True,
    )
    period_text: Text = col("Period that the heading names: 'Q2 2018/19', '2018/19'")
    heading: Text = col("Heading of the column as printed")
    value_text: Text = col("The cell as printed", needed=True)
    value: Number = col("The cell as a number to compare; empty where there is none", unit="as unit")
    unit: Text = col("Unit that the cell prints; empty where it prints none")
    value_status: Text = col("What the cell is: value, compound, text, not_available, ...", needed=True)
    place: Text = col(
        "Where the text stands: 'p2 r14 c6' (page, row, column) or 'Return!F14' (sheet and cell)", needed=True
    )
