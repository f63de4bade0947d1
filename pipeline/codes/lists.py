"""A list that people keep as CSV -> its lines, or one sentence that says what to do.

People edit these lists in Excel, which unless asked otherwise saves neither UTF-8 nor commas.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

SAVE = "in Excel choose the type “CSV UTF-8 (Comma delimited)”"
LONGEST = 131_072
"""Characters of a field, as Python's csv has it; Excel's cells end at 32,767."""


class ListError(ValueError):
    """A list of which no line can be read; the message says what to do."""


class CodeListError(ValueError):
    """A code list that breaks its form; the message names the file and the line."""


def records(
    path: Path, columns: Mapping[str, bool] | None = None, needed: Sequence[str] = ()
) -> list[tuple[int, Mapping[Any, Any]]]:
    """(number of the first line, fields by heading) of every filled line.

    ``columns``: name -> is it needed; an empty file has none of them and no line. ``needed``: columns beside which
    there may be others.
    Raises ListError for a file that is no UTF-8, has another separator than the comma, or a heading that lacks a
    column, has one twice or has one that is not known.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ListError(f"the file is not saved as UTF-8; {SAVE}") from None
    lines = csv.DictReader(io.StringIO(text, newline=""))
    try:
        heading = [str(name).strip() for name in lines.fieldnames or ()]
        _check(heading, columns, needed)
    except csv.Error as error:
        raise ListError(f"it cannot be read: {_said(error)}") from None
    lines.fieldnames = heading
    found: list[tuple[int, Mapping[Any, Any]]] = []
    start = lines.line_num + 1
    try:
        for record in lines:
            if any(value for value in record.values()):
                found.append((start, record))
            start = lines.line_num + 1
    except csv.Error as error:
        raise ListError(f"it cannot be read from line {start} on: {_said(error)}") from None
    return found


def _check(heading: list[str], columns: Mapping[str, bool] | None, needed: Sequence[str]) -> None:
    if any("\0" in name for name in heading):
        raise ListError(
            f"its heading holds characters without meaning (NUL): it is no CSV, or damaged; {SAVE}"
        )
    if len(heading) == 1 and re.search(r"[;\t]", heading[0]):
        raise ListError(f"its fields are not parted by commas; {SAVE}")
    said = [
        f"the column {name} stands twice"
        for name in dict.fromkeys(heading)
        if name and heading.count(name) > 1
    ]
    if columns is not None and heading:
        said += [f"the column {name} is not known" for name in sorted(set(heading) - set(columns) - {""})]
        said += [
            f"the column {name} is missing"
            for name, needed in columns.items()
            if needed and name not in heading
        ]
    said += [f"the column {name} is missing" for name in needed if name not in heading]
    if said:
        raise ListError("; ".join(said))


def _said(error: csv.Error) -> str:
    """What Python says of a field that never ends, in plain words."""
    if "field limit" in str(error):
        return f"a field is longer than {LONGEST:,} characters; a quotation mark may be open"
    return str(error)


def read_list(path: Path, *needed: str) -> list[dict[str, str]]:
    """The lines of a code list, each with as many fields as the heading, which has the columns ``needed``.

    Raises OSError when it is missing, CodeListError when it breaks its form.
    """
    try:
        found = records(path, needed=needed)
    except ListError as error:
        raise CodeListError(f"{path.name}: {error}") from None
    for number, row in found:
        if None in row or None in row.values():
            raise CodeListError(
                f"{path.name}, line {number}: the line has not as many fields as the heading."
            )
        if any("\0" in value for value in row.values()):
            raise CodeListError(f"{path.name}, line {number}: it holds a character without meaning (NUL)")
    return [dict(row) for _, row in found]
