"""A list that people keep as CSV -> its lines, each with what is wrong with it in plain words.

People edit these lists in Excel, which writes days as 31/07/2012 and, unless asked otherwise, neither UTF-8 nor
commas: a day in the usual British form is read, the rest is named so that it can be put right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.codes.lists import records
from pipeline.declared import day, financial_year
from pipeline.validate import check_rows_of
from schemas.columns import FINANCIAL_YEAR, Table
from schemas.dictionary import kind, sql_type

Row = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A line of a list: its number in the file, its fields by column (None where empty), what is wrong with it."""

    number: int
    row: Row
    faults: tuple[str, ...]


def read_lines(path: Path, model: type[Table]) -> list[Line]:
    """The lines of a CSV, checked against its model; lines without any field are left out.

    Of two lines with the same key the first holds. Raises ListError for a file that is no UTF-8, has another
    separator than the comma, or a heading that lacks a column every line needs or has one that is not known.
    """
    schema = model.to_schema()
    numbered, faults = [], []
    for number, given in records(path, {name: not c.nullable for name, c in schema.columns.items()}):
        row, wrong = {}, ["it has more fields than the heading"] if None in given else []
        for name, column in schema.columns.items():
            text = str(given.get(name) or "").strip() or None
            if text and "\0" in text:
                wrong.append(f"{name} holds a character without meaning (NUL)")
            row[name], fault = _typed(text, kind(column), sql_type(column), _is_year(column))
            if fault:
                wrong.append(f"{name} is {text!r}, which is {fault}")
        numbered.append((number, row))
        faults.append(wrong)
    _, broken = check_rows_of(model, path.name, [row for _, row in numbered])
    more = {id(row): said for row, said in broken}
    return [
        Line(
            number,
            row,
            (
                *wrong,
                *(said for said in more.get(id(row), ()) if not any(_same_column(said, w) for w in wrong)),
            ),
        )
        for (number, row), wrong in zip(numbered, faults, strict=True)
    ]


def _typed(text: str | None, kind_of_column: str, stored: str, is_year: bool) -> tuple[Any, str | None]:
    """(the field as its column stores it, what it fails to be)."""
    if text is None:
        return None, None
    if stored == "DATE":
        read = day(text)
        return (read, None) if read else (None, "no day; write 2012-07-31")
    if is_year:
        whole = re.fullmatch(FINANCIAL_YEAR, text) and financial_year(text) == text
        return (text, None) if whole else (None, "no financial year; write 2012/13")
    if kind_of_column == "Int64" and re.fullmatch(r"-?\d{1,9}", text):
        return int(text), None
    if kind_of_column == "Float64" and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text), None
    return text, None


def _is_year(column: Any) -> bool:
    return any((check.statistics or {}).get("pattern") == FINANCIAL_YEAR for check in column.checks)


def _same_column(said: str, other: str) -> bool:
    return said.partition(" ")[0] == other.partition(" ")[0]
