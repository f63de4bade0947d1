"""From stored cells to printed ones: texts, native values, merged ranges, hidden rows and columns, symbols."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pipeline.extract.excel.sheet import Area, Raw, Sheet, Table
from pipeline.extract.excel.styles import Style, Styles
from pipeline.extract.glyphs import font_shape, sign_shape
from pipeline.extract.number_dates import iso
from pipeline.extract.number_digits import general
from pipeline.extract.office import whole
from pipeline.shapes import Cell, Claim, Finding, Place, column_letters

Printed = tuple[str, Any, bool]
"""The text of a cell, its native value, and whether its number format keeps it from being seen."""
Rows = tuple[tuple[Cell, ...], ...]
INK = ("000000", "FFFFFF")


@dataclass(slots=True)
class Printer:
    """Prints the cells of one sheet; ``unseen`` counts those without a value a second reader could count."""

    sheet: str
    texts: list[str]
    styles: Styles
    shift: int
    findings: list[Finding] = field(default_factory=list)
    unseen: int = 0
    _known: dict[tuple[int, str, str], Printed] = field(default_factory=dict)

    def table(self, stored: Sheet) -> Table:
        """Fill in text and native of every cell; cells stored twice keep their first value."""
        table: Table = {}
        known = self._known
        silent = []
        for raw in stored.cells:
            value, kind = raw.value, raw.kind
            if value is None or (value == "" and kind == "n"):
                if raw.formula is not None:
                    self._without_result(raw, stored)
            elif kind == "s" and raw.style < len(self.styles.cells) and not self.styles.cells[raw.style].code:
                raw.text = self._shared(value)
            else:
                key = (raw.style, kind, value)
                found = known.get(key)
                if found is None:
                    found = known[key] = self._print(raw.style, kind, value)
                raw.text, raw.native, raw.hidden = found
                if kind == "e":
                    self.unseen += 1
                elif raw.hidden:
                    silent.append(raw)
            table.setdefault((raw.row, raw.column), raw)
        if silent:
            place = Place(self.sheet, silent[0].row, silent[0].column, sheet=True)
            detail = {"sheet": self.sheet, "cells": len(silent), "format": self.style(silent[0]).code}
            self.findings.append(Finding("value-not-printed", place, silent[0].text, detail))
        return table

    def style(self, raw: Raw) -> Style:
        cells = self.styles.cells
        return cells[raw.style] if raw.style < len(cells) else cells[0]

    def _shared(self, value: str) -> str:
        number = whole(value, -1)
        return self.texts[number] if 0 <= number < len(self.texts) else ""

    def _print(self, style: int, kind: str, value: str) -> Printed:
        printer = self.styles.cells[style if style < len(self.styles.cells) else 0].printer
        match kind:
            case "s" | "str" | "inlineStr":
                text = self._shared(value) if kind == "s" else value
                words = printer.words(text)
                return (words, None, False) if words.strip() or not text.strip() else (text, None, True)
            case "b":
                return ("TRUE", True, False) if value.strip() in ("1", "true") else ("FALSE", False, False)
            case "e":
                return value, None, False
            case "d":
                return _iso_date(value, printer)
        try:
            number = float(value)
        except ValueError:
            return value, None, False
        native: Any = int(value) if len(value) < 20 and value.lstrip("-").isdigit() else number
        text = printer.number(number, self.shift)
        if printer.kind == "date":
            native = iso(number, self.shift) or native
        return (text, native, False) if text.strip() else (general(number), native, True)

    def _without_result(self, raw: Raw, stored: Sheet) -> None:
        raw.text = "=" + _formula_text(raw, stored)
        place = Place(self.sheet, raw.row, raw.column, sheet=True)
        self.unseen += 1
        self.findings.append(Finding("formula-without-result", place, raw.text, {"formula": raw.text}))


def _iso_date(value: str, printer: Any) -> Printed:
    try:
        found = datetime.fromisoformat(value.removesuffix("Z"))
    except ValueError:
        return value, None, False
    serial = (found - datetime(1899, 12, 30)).total_seconds() / 86400
    text = printer.number(serial) if printer.kind in ("date", "elapsed") else value
    return text, iso(serial), False


def _formula_text(raw: Raw, stored: Sheet) -> str:
    """The formula of a cell; one that shares its master's is moved to where it stands."""
    formula = raw.formula or ""
    if not formula.startswith("\0"):
        return formula
    master = stored.masters.get(formula[1:])
    if master is None:
        return ""
    from openpyxl.formula.translate import Translator, TranslatorError

    text, row, column = master
    try:
        moved = Translator("=" + text, f"{column_letters(column)}{row}")
        return str(moved.translate_formula(f"{column_letters(raw.column)}{raw.row}"))[1:]
    except TranslatorError:
        return text


def grid_rows(
    table: Table, stored: Sheet, printer: Printer, hidden: bool
) -> tuple[Rows, list[Finding], list[Claim]]:
    """The rows of a sheet's grid: every cell with text, a fill, a shape or a note, inside the filled box.

    A fill outside the box of everything that says something is decoration of the empty sheet.
    """
    spans, covered = _merged(table, stored.merges)
    said = [at for at, raw in table.items() if raw.text.strip() or raw.drawn or raw.note]
    if not said:
        return (), [], []
    bottom, right = max(row for row, _ in said), max(column for _, column in said)
    columns = {column: stored.hides(column) for column in {column for _, column in table}}
    rows: dict[int, list[Cell]] = defaultdict(list)
    claims, findings = [], []
    counts: Counter[str] = Counter()
    for (row, column), raw in table.items():
        style = printer.style(raw)
        fill = style.fill if raw.fill is None else raw.fill or None
        filled = bool(raw.text.strip())
        if not filled and not raw.drawn and not raw.note and (not fill or row > bottom or column > right):
            continue
        height, width = spans.get((row, column), (1, 1))
        row_hidden = row in stored.hidden_rows and _all_hidden(range(row, row + height), stored.hidden_rows)
        column_hidden = columns[column] and all(stored.hides(c) for c in range(column, column + width))
        drawn = raw.drawn
        if filled and len(raw.text) < 4 and drawn is None and raw.native is None:
            drawn, fill = _symbol(raw, style, fill)
        if filled and (row_hidden or column_hidden):
            counts["rows"] += row_hidden
            counts["columns"] += column_hidden
        cell = Cell(
            Place(printer.sheet, row, column, None, True),
            raw.text,
            raw.native,
            style.code,
            fill,
            drawn,
            min(height, bottom - row + 1) if height > 1 else 1,
            min(width, max(right - column + 1, 1)) if width > 1 else 1,
            style.font.bold,
            style.font.size,
            raw.note,
            hidden or raw.hidden or row_hidden or column_hidden,
        )
        if (row, column) not in covered:
            rows[row].append(cell)
        elif filled:
            claims.append(Claim(cell, "finding", "value-under-merge"))
            detail = {"merged": str(Place(printer.sheet, *covered[row, column], None, True))}
            findings.append(Finding("value-under-merge", cell.place, raw.text, detail))
    findings.extend(_hidden_findings(printer.sheet, stored, table, counts))
    ordered = (sorted(rows[row], key=lambda cell: cell.place.column) for row in sorted(rows))
    return tuple(tuple(row) for row in ordered), findings, claims


def _all_hidden(rows: Iterable[int], hidden: set[int]) -> bool:
    return all(row in hidden for row in rows)


def _merged(
    table: Table, merges: list[Area]
) -> tuple[Mapping[tuple[int, int], tuple[int, int]], Mapping[tuple[int, int], tuple[int, int]]]:
    """How far each merged cell reaches, and for each cell under one where that one stands."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in merges:
        spans[top, left] = (bottom - top + 1, right - left + 1)
        if (bottom - top + 1) * (right - left + 1) <= 1000 + len(table):
            inside = [
                (r, c) for r in range(top, bottom + 1) for c in range(left, right + 1) if (r, c) in table
            ]
        else:
            inside = [(r, c) for r, c in table if top <= r <= bottom and left <= c <= right]
        for at in inside:
            if at != (top, left):
                covered.setdefault(at, (top, left))
    return spans, covered


def _symbol(raw: Raw, style: Style, fill: str | None) -> tuple[str | None, str | None]:
    """A single symbol as a shape, in the colour of its ink when that is a colour."""
    shape = font_shape(raw.text, style.font.name) or sign_shape(raw.text)
    if shape is None:
        return None, fill
    colour = raw.colour or style.font.colour
    return shape, colour if colour and colour not in INK else fill


def _hidden_findings(sheet: str, stored: Sheet, table: Table, counts: Counter[str]) -> list[Finding]:
    findings = []
    if counts["rows"]:
        rows = sorted(
            {row for (row, _), raw in table.items() if row in stored.hidden_rows and raw.text.strip()}
        )
        place = Place(sheet, rows[0], 1, sheet=True)
        detail = {"sheet": sheet, "rows": rows, "cells": counts["rows"]}
        findings.append(Finding("hidden-rows", place, "", detail))
    if counts["columns"]:
        columns = sorted(
            {column for (_, column), raw in table.items() if stored.hides(column) and raw.text.strip()}
        )
        letters = [column_letters(column) for column in columns]
        detail = {"sheet": sheet, "columns": letters, "cells": counts["columns"]}
        findings.append(Finding("hidden-columns", Place(sheet, 1, columns[0], sheet=True), "", detail))
    return findings
