"""Workbooks of other kinds than .xlsx: .xls, .xlsb and .ods, through the same cells and the same printer.

Each kind has a module that gives its sheets as Raw cells with styles; what follows (merged ranges, hidden rows,
symbols, findings) is the code that the .xlsx reader uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.extract.excel.worksheet import Gathered, Worksheet
from pipeline.extract.extract import Extract
from pipeline.extract.kinds import kind_of


def read(file: str) -> Extract:
    """Read a workbook. Raises Unreadable when it is empty, damaged or encrypted."""
    gathered = Gathered()
    for sheet in _reader(kind_of(file))(file):
        gathered.add(sheet)
    return gathered.extract(len(gathered.unseen))


def _reader(kind: str) -> Callable[[str], Iterator[Worksheet]]:
    if kind == ".ods":
        from pipeline.extract.workbooks.ods import worksheets as of_ods

        return of_ods
    if kind == ".xlsb":
        from pipeline.extract.workbooks.xlsb import worksheets as of_xlsb

        return of_xlsb
    from pipeline.extract.workbooks.xls import worksheets as of_xls

    return of_xls
