"""Sheets of any kind of workbook -> grids: notes, drawn shapes, merged ranges, what is hidden, what nobody sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.excel.cells import Printer, grid_rows
from pipeline.extract.excel.conditions import apply_conditions
from pipeline.extract.excel.drawings import Shape, place_shapes
from pipeline.extract.excel.sheet import Raw, Sheet, Table
from pipeline.extract.excel.styles import Styles
from pipeline.extract.extract import Extract
from pipeline.limits import check
from pipeline.shapes import Claim, Finding, Grid, Place, cells_of


@dataclass(slots=True)
class Worksheet:
    """A sheet as its own format stores it: ``state`` visible, hidden or veryHidden, ``texts`` those that its workbook
    shares. ``table`` holds cells that are printed already (.ods); where it is None they are printed from ``stored``.
    ``shift`` is 1462 in a workbook that counts from 1904; ``unseen`` as in Extract."""

    name: str
    state: str
    stored: Sheet
    styles: Styles
    table: Table | None = None
    texts: list[str] = field(default_factory=list)
    shift: int = 0
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    shapes: list[Shape] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unseen: int = 0


def _filled(grids: Sequence[Grid]) -> int:
    return sum(not cell.blank for grid in grids for cell in grid.cells())


class Gathered:
    """What the sheets of a workbook gave, one after the other."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.findings: list[Finding] = []
        self.claims: list[Claim] = []
        self.unseen: dict[str, int] = {}
        self.cells = 0

    def add(self, sheet: Worksheet) -> None:
        """Lay out one sheet. Raises OverLimit when the workbook holds too many cells."""
        hidden = sheet.state != "visible"
        printer = Printer(sheet.name, sheet.texts, sheet.styles, sheet.shift)
        table = printer.table(sheet.stored) if sheet.table is None else sheet.table
        for at, note in sheet.notes.items():
            table.setdefault(at, Raw(*at, 0, "n", None, None)).note = note
        unclear = apply_conditions(table, sheet.stored, sheet.styles, sheet.name)
        loose, unread, given = place_shapes(table, sheet.stored, sheet.shapes, sheet.name)
        rows, more, claims = grid_rows(table, sheet.stored, printer, hidden)
        findings = [*printer.findings, *unclear, *sheet.findings, *unread, *more]
        grids = [Grid(sheet.name, rows, hidden=hidden)]
        if loose:
            lines = tuple((shape.line(sheet.name, hidden),) for shape in loose)
            grids.append(Grid(sheet.name, lines, lines=True, hidden=hidden))
        drawn = given + _filled(grids[1:])
        if hidden:
            detail = {"sheet": sheet.name, "state": sheet.state, "cells": _filled(grids) + len(claims)}
            findings = [found for found in findings if found.rule == "value-under-merge"]
            findings.append(Finding("hidden-sheet", Place(sheet.name, 1, 1, sheet=True), sheet.name, detail))
        self.grids += grids
        self.findings += findings
        self.claims += claims
        self.unseen[sheet.name] = printer.unseen + sheet.unseen + drawn
        self.cells += cells_of(grids)
        check("cells", self.cells)

    def extract(self, parts: int) -> Extract:
        """All of it; ``parts`` as in Extract."""
        if not _filled(self.grids):
            self.findings.append(Finding("nothing-read", None, "", {"parts": parts}))
        return Extract(tuple(self.grids), tuple(self.findings), parts, tuple(self.claims), self.unseen)
