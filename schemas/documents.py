"""The documents as registered and titled."""

from __future__ import annotations

from typing import ClassVar

from schemas.columns import ROLES, Table, Text, Whole, col, date_column, quarter_column, year_column


class Documents(Table):
    """One row per scorecard or return; a workbook with several scorecards gives several rows."""

    document_id: Text = col(
        "First 12 characters of the file's SHA-256; '-2', '-3' for further scorecards in one file",
        needed=True,
    )
    document_path: Text = col("Path of the file below raw/, with forward slashes", needed=True)
    sha256: Text = col("SHA-256 of the file's bytes", needed=True)
    bytes: Whole = col("Size of the file", unit="bytes", ge=0)
    kind: Text = col("Kind of file by its content: pdf, xlsx, docx, txt, ...", needed=True)
    document_role: Text = col("What the document is: a published scorecard or a return sent in", isin=ROLES)
    council: Text = col("Council, where the document or the manifest names it")
    directorate: Text = col(
        "Directorate by its code in the directorates list; as printed when the list does not know it"
    )
    directorate_text: Text = col("Directorate as printed in the title")
    title_text: Text = col("Title of the document as printed")
    financial_year: Text = year_column(
        "Financial year that the document reports on, April to March, '2012/13'"
    )
    reported_quarter: Whole = quarter_column("Quarter that the document reports on, 1 is April to June")
    period_text: Text = col("Reporting period as printed")
    period_source: Text = col(
        "Where the period was found: title, sheet (its name), rows (the last they report), folder, file name, manifest"
    )
    received_on: Text = date_column("Day the document was received, from the manifest; empty when not known")
    origin: Text = col("Where the file comes from, in the manifest's words")
    status: Text = col(
        "Outcome of the reading: read, empty, unreadable, quarantined (a second count found more), not_a_scorecard, ...",
        needed=True,
    )
    parts: Whole = col("Pages of a PDF, sheets of a workbook, tables of a Word document", unit="parts", ge=0)
    place: Text = col("Where the title stands")
    directorate_place: Text = col("Where the directorate is named: in the title, or in a column of its own")
    period_place: Text = col("Where the title names the reporting period")

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["document_id"]
