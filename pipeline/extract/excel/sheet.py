"""One sheet's XML as it is stored, in one pass: raw cells and everything said about rows, columns and ranges.

The declared dimension is never read: only cells that exist are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.extract.extract import Unreadable
from pipeline.extract.glyphs import apart
from pipeline.extract.office import (
    DAMAGED,
    Element,
    Package,
    attribute,
    child,
    children,
    local,
    real,
    truth,
    unescape,
    whole,
)
from pipeline.limits import check

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)")

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 1."""


@dataclass(slots=True)
class Raw:
    """A cell as stored: ``kind`` n, s (shared), str, b, e, d or inline; ``formula`` None where there is none.

    The rest is worked out later: what it prints and stores, and what a conditional format makes of it
    (``fill`` and ``colour`` of the text as RRGGBB, '' for none; None where the style decides).
    """

    row: int
    column: int
    style: int
    kind: str
    value: str | None
    formula: str | None
    text: str = ""
    native: Any = None
    fill: str | None = None
    colour: str | None = None
    drawn: str | None = None
    note: str = ""
    hidden: bool = False


Table = dict[tuple[int, int], Raw]
"""Cells by row and column."""


@dataclass(slots=True)
class Sheet:
    """A sheet as stored."""

    cells: list[Raw] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    widths: list[tuple[int, int, float]] = field(default_factory=list)
    height: float = 15.0
    width: float = 9.140625
    merges: list[Area] = field(default_factory=list)
    conditions: list[Element] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)
    masters: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    header_footer: list[str] = field(default_factory=list)

    def hides(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)


def column_number(letters: str) -> int:
    """'A' -> 1, 'AA' -> 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def area(text: str) -> Area | None:
    """'B2:D5' as its corners, 'B:D' and '2:5' as whole columns and rows; None when it is no range."""
    first, _, last = text.replace("$", "").partition(":")
    last = last or first
    corners = []
    for corner, usual in ((first, (1, 1)), (last, (LAST_ROW, LAST_COLUMN))):
        match = re.fullmatch(r"([A-Za-z]{0,3})(\d{0,7})", corner)
        if not match or not corner:
            return None
        corners.append((int(match[2] or usual[0]), column_number(match[1]) or usual[1]))
    (top, left), (bottom, right) = corners
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def plain_text(element: Element | None) -> str:
    """The text of a shared or inline string: its runs, raised figures kept raised, phonetic hints left out."""
    if element is None:
        return ""
    parts = []
    for piece in element:
        name = local(piece)
        if name == "t":
            parts.append(piece.text or "")
        elif name == "r":
            text = "".join(t.text or "" for t in children(piece, "t"))
            raised = child(child(piece, "rPr"), "vertAlign")
            if raised is not None and raised.get("val") == "superscript":
                text = apart("".join(parts), text)
            parts.append(text)
    return unescape("".join(parts))


def shared_strings(package: Package, part: str | None) -> list[str]:
    """The table of texts that cells of kind s point into."""
    if part is None or part not in package:
        return []
    texts = []
    for item in package.elements(part, "si"):
        only = item[0] if len(item) == 1 else None
        texts.append(
            unescape(only.text or "") if only is not None and local(only) == "t" else plain_text(item)
        )
        item.clear()
    return texts


TAGS = (
    "row",
    "col",
    "sheetFormatPr",
    "mergeCell",
    "conditionalFormatting",
    "drawing",
    "legacyDrawing",
    "headerFooter",
)


def read_sheet(package: Package, part: str) -> Sheet:
    """Read the XML of one worksheet. Raises Unreadable when it is damaged."""
    sheet = Sheet()
    row = 0
    for element in package.elements(part, *TAGS):
        match local(element):
            case "row":
                row = _read_row(sheet, element, row)
                check("cells", len(sheet.cells))
                element.clear()
            case "col":
                _read_column(sheet, element)
            case "sheetFormatPr":
                sheet.height = real(element.get("defaultRowHeight"), sheet.height)
                sheet.width = real(element.get("defaultColWidth"), sheet.width)
            case "mergeCell":
                corners = area(element.get("ref") or "")
                if corners:
                    sheet.merges.append(corners)
            case "conditionalFormatting":
                sheet.conditions.append(element)
            case "drawing":
                sheet.drawings.append(attribute(element, "id") or "")
            case "headerFooter":
                sheet.header_footer.extend(e.text for e in element if e.text)
    return sheet


def _read_column(sheet: Sheet, element: Element) -> None:
    first, last = whole(element.get("min"), 1), whole(element.get("max"), 1)
    width = real(element.get("width"), sheet.width)
    if truth(element.get("hidden")) or width == 0:
        sheet.hidden_columns.append((first, last))
    sheet.widths.append((first, last, width))


def _read_row(sheet: Sheet, element: Element, before: int) -> int:
    """Take the cells of a row; a row or cell without a number stands behind the one before it."""
    attributes = element.attrib
    number = attributes.get("r", "")
    row = whole(number) if number.isdecimal() else before + 1
    height = attributes.get("ht")
    if height is not None:
        sheet.heights[row] = real(height)
    if truth(attributes.get("hidden")) or height == "0":
        sheet.hidden_rows.add(row)
    column = 0
    cells = sheet.cells
    namespace = element.tag[: element.tag.rindex("}") + 1] if element.tag[0] == "{" else ""
    value_tag, formula_tag = namespace + "v", namespace + "f"
    for cell in element:
        attributes = cell.attrib
        reference = attributes.get("r")
        if reference:
            column = _column(reference)
        else:
            column += 1
        value = formula = None
        kind = attributes.get("t") or "n"
        for part in cell:
            tag = part.tag
            if tag == value_tag:
                value = part.text or ""
            elif tag == formula_tag:
                formula = _formula(sheet, part, row, column)
            elif kind == "inlineStr":
                value = plain_text(part)
        if value is None and kind == "inlineStr":
            kind = "n"
        cells.append(Raw(row, column, whole(attributes.get("s")), kind, value, formula))
    return row


_columns: dict[str, int] = {}


def _column(reference: str) -> int:
    letters = reference.rstrip("0123456789")
    number = _columns.get(letters)
    if number is None:
        plain = letters.replace("$", "")
        number = column_number(plain) if plain.isascii() and plain.isalpha() else 0
        if not 0 < number <= LAST_COLUMN:
            raise Unreadable("file-damaged", DAMAGED)
        _columns[letters] = number
    return number


def _formula(sheet: Sheet, element: Element, row: int, column: int) -> str:
    """The text of a formula; of a shared one without text '' (its master tells, see ``shared_formula``)."""
    text = element.text or ""
    if element.get("t") == "shared":
        number = element.get("si") or ""
        if text:
            sheet.masters[number] = (text, row, column)
        else:
            return f"\0{number}"
    return text
