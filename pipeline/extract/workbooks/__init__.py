"""Workbooks of other kinds than .xlsx: .xls, .xlsb and .ods, through the same cells and the same printer.

Each kind has a module that gives its sheets as Raw cells with styles; what follows (merged ranges, hidden rows,
symbols, findings) is the code that the .xlsx reader uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipeline.extract.excel.cells import Printer, grid_rows
from pipeline.extract.excel.drawings import Shape, place_shapes
from pipeline.extract.excel.sheet import Raw, Sheet, Table
from pipeline.extract.excel.styles import Styles
from pipeline.extract.extract import Extract
from pipeline.extract.kinds import kind_of
from pipeline.limits import check
from pipeline.shapes import Claim, Finding, Grid, Place, cells_of


@dataclass(slots=True)
class Worksheet:
    """A sheet as its own format stores it. ``table`` holds cells that are printed already (.ods); where it is
    None they are printed from ``stored``. ``shift`` is 1462 in a workbook that counts from 1904."""

    name: str
    state: str
    stored: Sheet
    styles: Styles
    table: Table | None = None
    shift: int = 0
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    shapes: list[Shape] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unseen: int = 0


def read(file: str) -> Extract:
    """Read a workbook. Raises Unreadable when it is empty, damaged or encrypted."""
    grids: list[Grid] = []
    findings: list[Finding] = []
    claims: list[Claim] = []
    unseen: dict[str, int] = {}
    cells = 0
    for sheet in _reader(kind_of(file))(file):
        known = len(grids)
        unseen[sheet.name] = _add(sheet, grids, findings, claims)
        cells += cells_of(grids[known:])
        check("cells", cells)
    if not any(not cell.blank for grid in grids for cell in grid.cells()):
        findings.append(Finding("nothing-read", None, "", {"parts": len(unseen)}))
    return Extract(tuple(grids), tuple(findings), len(unseen), tuple(claims), unseen)


def _reader(kind: str) -> Callable[[str], Iterator[Worksheet]]:
    if kind == ".ods":
        from pipeline.extract.workbooks.ods import worksheets as of_ods

        return of_ods
    if kind == ".xlsb":
        from pipeline.extract.workbooks.xlsb import worksheets as of_xlsb

        return of_xlsb
    from pipeline.extract.workbooks.xls import worksheets as of_xls

    return of_xls


def _add(sheet: Worksheet, grids: list[Grid], findings: list[Finding], claims: list[Claim]) -> int:
    """Lay out one sheet; gives how many of its cells a second reader cannot count."""
    hidden = sheet.state != "visible"
    printer = Printer(sheet.name, [], sheet.styles, sheet.shift)
    table = printer.table(sheet.stored) if sheet.table is None else sheet.table
    for at, note in sheet.notes.items():
        table.setdefault(at, Raw(*at, 0, "n", None, None)).note = note
    loose, unread, given = place_shapes(table, sheet.stored, sheet.shapes, sheet.name)
    rows, more, under = grid_rows(table, sheet.stored, printer, hidden)
    found = [*printer.findings, *sheet.findings, *unread, *more]
    own = [Grid(sheet.name, rows, hidden=hidden)]
    if loose:
        lines = tuple((shape.line(sheet.name, hidden),) for shape in loose)
        own.append(Grid(sheet.name, lines, lines=True, hidden=hidden))
    if hidden:
        count = sum(not cell.blank for grid in own for cell in grid.cells()) + len(under)
        detail = {"sheet": sheet.name, "state": sheet.state, "cells": count}
        found = [finding for finding in found if finding.rule == "value-under-merge"]
        found.append(Finding("hidden-sheet", Place(sheet.name, 1, 1, sheet=True), sheet.name, detail))
    grids.extend(own)
    findings.extend(found)
    claims.extend(under)
    return (
        printer.unseen
        + sheet.unseen
        + given
        + sum(not cell.blank for grid in own[1:] for cell in grid.cells())
    )
