"""The ledger of every cell, and what was found."""

from __future__ import annotations

from typing import ClassVar

from schemas.columns import CLAIMS, Number, Table, Text, Truth, Whole, col, quarter_column


class Cells(Table):
    """The ledger: each non-blank cell of a document once, with what became of it."""

    document_id: Text = col("The document", needed=True)
    cell_no: Whole = col("Number of the cell in its document, counting from 1", needed=True, ge=1)
    part: Text = col("Page, sheet or table that the cell stands on; empty for a text file")
    row: Whole = col("Row on that page or sheet, counting from 1", ge=0)
    column: Whole = col("Column on that page or sheet, counting from 1", ge=0)
    rows: Whole = col("Rows that a merged cell covers", unit="rows", ge=1)
    columns: Whole = col("Columns that a merged cell covers", unit="columns", ge=1)
    place: Text = col(
        "Where the text stands: 'p2 r14 c6' (page, row, column) or 'Return!F14' (sheet and cell)", needed=True
    )
    x0: Number = col("Left edge on the page", unit="points")
    top: Number = col("Upper edge, from the top of the page", unit="points")
    x1: Number = col("Right edge on the page", unit="points")
    bottom: Number = col("Lower edge, from the top of the page", unit="points")
    text: Text = col("Text of the cell as found", needed=True)
    claim: Text = col(
        "What became of the cell: value, heading, furniture or finding", needed=True, isin=CLAIMS
    )
    meaning: Text = col("The field that the cell fills, or the rule of the finding")
    words: Whole = col("Words of the page that the cell is made of", unit="words", ge=0)
    hidden: Truth = col("Whether the cell stands in a hidden row, column or sheet")

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["document_id", "cell_no"]


class Findings(Table):
    """One row per thing that a person should know, as found while reading or by a check of the warehouse."""

    document_id: Text = col("The document; empty when the finding is about none")
    rule: Text = col("The rule, a line of schemas/codes/rules.csv", needed=True)
    place: Text = col(
        "Where the text stands: 'p2 r14 c6' (page, row, column) or 'Return!F14' (sheet and cell)"
    )
    quote: Text = col("The text in question as printed")
    quarter: Whole = quarter_column("Quarter that the finding speaks of")
    measure: Text = col("Measure that the finding speaks of, as printed")
    detail: Text = col("The values that the rule's message names, as JSON", sql="JSON")
