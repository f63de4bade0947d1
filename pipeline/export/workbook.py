"""Every exported view as a sheet of one Excel workbook, with a first sheet that says what each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from pipeline.safe_text import harmless

ROWS = 1_048_576
"""Rows of a sheet."""
LONGEST = 32_767
"""Characters of a cell."""
BATCH = 10_000
MADE = datetime(2000, 1, 1)
"""Day written into the workbook, so that equal warehouses give equal files."""
WIDTH = 18


class CannotExport(Exception):
    """What was asked for cannot be written; one line says why."""


def write_workbook(
    connection: duckdb.DuckDBPyConnection, views: Mapping[str, Sequence[str]], file: Path
) -> None:
    """Only values are written, never a formula; a text that would become one when edited is marked as a text.

    Raises CannotExport; nothing is cut off.
    """
    about = dict(
        connection.execute(
            "SELECT view_name, comment FROM duckdb_views() "
            "WHERE database_name = current_database() AND NOT internal"
        ).fetchall()
    )
    calm = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, calm) as workbook:
        workbook.set_properties({"title": "Performance scorecards", "created": MADE})
        bold = workbook.add_format({"bold": True, "bottom": 2})
        looks = {
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "quoted": workbook.add_format({"quote_prefix": True}),
        }
        first = workbook.add_worksheet("Contents")
        first.set_column(0, 0, 26)
        first.set_column(1, 1, 110)
        first.write_row(0, 0, ("Sheet", "What it holds"), bold)
        for number, view in enumerate(views, 1):
            first.write_url(number, 0, f"internal:'{view[:31]}'!A1", string=view)
            first.write_string(number, 1, about.get(view) or "")
        for view, columns in views.items():
            sheet = workbook.add_worksheet(view[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(columns) - 1, WIDTH)
            sheet.write_row(0, 0, columns, bold)
            names = ", ".join(f'"{column}"' for column in columns)
            answer = connection.execute(f'SELECT {names} FROM "{view}"')
            written = 0
            while rows := answer.fetchmany(BATCH):
                if written + len(rows) >= ROWS:
                    raise CannotExport(
                        f"{view} has more rows than a sheet holds; export it as csv or parquet"
                    )
                for number, row in enumerate(rows, written + 1):
                    _write_row(sheet, number, row, looks, view)
                written += len(rows)
            sheet.autofilter(0, 0, written, len(columns) - 1)


def _write_row(sheet: Any, number: int, row: Sequence[Any], looks: Mapping[str, Any], view: str) -> None:
    for column, value in enumerate(row):
        if value is None:
            continue
        if isinstance(value, bool):
            sheet.write_boolean(number, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(number, column, value)
        elif isinstance(value, datetime | date):
            sheet.write_datetime(number, column, value, looks["day"])
        else:
            text = str(value)
            if len(text) > LONGEST:
                raise CannotExport(f"{view} holds a text longer than a cell; export it as csv or parquet")
            sheet.write_string(number, column, text, looks["quoted"] if harmless(text) != text else None)
