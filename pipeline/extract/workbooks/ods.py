"""OpenDocument spreadsheets (.ods): the texts that were shown when the file was saved, with styles and ranges."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pipeline.extract.colours import THEME
from pipeline.extract.excel.drawings import Shape
from pipeline.extract.excel.sheet import LAST_COLUMN, LAST_ROW, Raw, Sheet, Table
from pipeline.extract.excel.styles import Palette, Styles
from pipeline.extract.excel.worksheet import Worksheet
from pipeline.extract.extract import Unreadable
from pipeline.extract.glyphs import apart, preset_shape
from pipeline.extract.number_digits import general
from pipeline.extract.office import (
    DAMAGED,
    ENCRYPTED,
    Element,
    Package,
    attribute,
    child,
    children,
    descend,
    local,
    whole,
)
from pipeline.extract.workbooks.ods_styles import OdsStyles
from pipeline.shapes import Finding, Place

ROWS = ("table-row", "table-header-rows", "table-row-group", "table-rows")
COLUMNS = ("table-column", "table-header-columns", "table-column-group", "table-columns")
WIDEST, LONGEST = 256, 1000
"""How often an empty cell or row with a fill is repeated at most: beyond it is the ground of the sheet."""
REPEATED = 200_000
"""How many cells repetition may make of a workbook: a small file that unfolds to more is made to do harm."""
SPACES = 1000
"""How many blanks in a row are kept: beyond it a text would be nothing but white."""
UNSAFE = "A text in it is repeated over hundreds of thousands of cells, which no scorecard does. Clear the rows and columns beside and below the table and save it again."
OVALS = {"ellipse": "ellipse", "up-arrow": "upArrow", "down-arrow": "downArrow", "right-arrow": "rightArrow"}
OVALS |= {"left-arrow": "leftArrow", "isosceles-triangle": "triangle", "flowchart-connector": "ellipse"}
OVALS |= {"rectangle": "rect", "round-rectangle": "roundRect", "diamond": "diamond", "star5": "star5"}


def worksheets(file: str) -> Iterator[Worksheet]:
    """The sheets of a workbook. Raises Unreadable when it is damaged or encrypted."""
    with Package(file) as package:
        manifest = "META-INF/manifest.xml"
        if manifest in package and b"encryption-data" in package.bytes(manifest):
            raise Unreadable("file-encrypted", ENCRYPTED)
        content = package.root("content.xml")
        styles = OdsStyles([content, *([package.root("styles.xml")] if "styles.xml" in package else [])])
        book = descend(content, "body", "spreadsheet")
        if book is None:
            raise Unreadable("file-damaged", DAMAGED)
        room = REPEATED
        for table in children(book, "table"):
            reader = _Reader(table, styles, room)
            yield reader.worksheet()
            room = reader.room


def _repeat(element: Element, name: str) -> int:
    return max(1, whole(attribute(element, name), 1))


def _leaves(holder: Element, names: tuple[str, ...]) -> Iterator[Element]:
    """The rows or columns of a table, groups and headings opened."""
    for element in children(holder, *names):
        if local(element) == names[0]:
            yield element
        else:
            yield from _leaves(element, names)


class _Reader:
    """Reads one table element."""

    def __init__(self, table: Element, styles: OdsStyles, room: int) -> None:
        self._element = table
        self._styles = styles
        self._name = attribute(table, "name") or ""
        self._stored = Sheet()
        self._table: Table = {}
        self._notes: dict[tuple[int, int], str] = {}
        self._shapes: list[Shape] = []
        self._findings: list[Finding] = []
        self._unseen = 0
        self.room = room
        self._usual: list[tuple[int, int, str]] = []

    def worksheet(self) -> Worksheet:
        column = 1
        for element in _leaves(self._element, COLUMNS):
            last = min(column + _repeat(element, "number-columns-repeated") - 1, LAST_COLUMN)
            if attribute(element, "visibility") in ("collapse", "filter"):
                self._stored.hidden_columns.append((column, last))
            self._usual.append((column, last, attribute(element, "default-cell-style-name") or ""))
            column = last + 1
        row = 1
        for element in _leaves(self._element, ROWS):
            row = self._row(element, row)
        drawn = child(self._element, "shapes")
        for shape in drawn if drawn is not None else ():
            place = Place(self._name, 1, 1, sheet=True)
            label = attribute(shape, "name") or local(shape)
            self._findings.append(Finding("picture-unread", place, label, {"sheet": self._name}))
        for entry in self._element.iter():
            if local(entry) == "conditional-format":
                target = (attribute(entry, "target-range-address") or "").rpartition(".")[2]
                place = Place(self._name, 1, 1, sheet=True)
                detail = {"sheet": self._name, "range": target}
                self._findings.append(Finding("conditional-format-unread", place, target, detail))
        shown = self._styles.displayed(attribute(self._element, "style-name") or "")
        styles = Styles(self._styles.cells, [], Palette(THEME, []))
        return Worksheet(
            self._name,
            "visible" if shown else "hidden",
            self._stored,
            styles,
            self._table,
            notes=self._notes,
            shapes=self._shapes,
            findings=self._findings,
            unseen=self._unseen,
        )

    def _row(self, element: Element, row: int) -> int:
        """Take the cells of a row element; gives the number of the row behind it."""
        times = _repeat(element, "number-rows-repeated")
        after = min(row + times, LAST_ROW + 1)
        if attribute(element, "visibility") in ("collapse", "filter"):
            self._stored.hidden_rows.update(range(row, min(after, row + 100_000)))
        usual = attribute(element, "default-cell-style-name")
        cells = children(element, "table-cell", "covered-table-cell")
        filled = any(len(cell) for cell in cells)
        wide = sum(_repeat(cell, "number-columns-repeated") for cell in cells if len(cell))
        self.room -= wide * times if max(wide, times) > 1 else 0
        if self.room < 0:
            raise Unreadable("file-unsafe", UNSAFE)
        for number in range(row, after if filled else min(after, row + LONGEST)):
            column = 1
            for cell in cells:
                wide = _repeat(cell, "number-columns-repeated")
                style = attribute(cell, "style-name") or usual
                self._cell(cell, number, column, wide, style)
                column += wide
            if not filled and not any((number, c) in self._table for c in range(1, min(column, WIDEST))):
                break
        return after

    def _cell(self, cell: Element, row: int, column: int, wide: int, style: str | None) -> None:
        text = cell_text(cell, self._styles)
        formula = attribute(cell, "formula")
        kind = attribute(cell, "value-type")
        native = _native(cell, kind)
        if kind == "float" and self._styles.truths(style or self._default(column)):
            native = bool(native)
        high, across = _repeat(cell, "number-rows-spanned"), _repeat(cell, "number-columns-spanned")
        if high * across > 1:
            self._stored.merges.append((row, column, row + high - 1, column + across - 1))
        self._hanging(cell, row, column)
        if not text and native is not None:
            text = str(native) if isinstance(native, str) else general(float(native))
        if not text and formula is not None and kind is None:
            text = "=" + formula.partition(":=")[2] if ":=" in formula else formula
            place = Place(self._name, row, column, sheet=True)
            self._findings.append(Finding("formula-without-result", place, text, {"formula": text}))
            self._unseen += 1
        elif text.startswith("#") and formula is not None and text.strip("#") and native is None:
            self._unseen += 1
        for at in range(column, column + (wide if text else min(wide, WIDEST))):
            name = style if style is not None else self._default(at)
            number = self._styles.number(name, native)
            if text or self._styles.cells[number].fill:
                self._table[row, at] = Raw(row, at, number, "str", None, None, text, native)

    def _default(self, column: int) -> str:
        return next((name for first, last, name in self._usual if first <= column <= last), "")

    def _hanging(self, cell: Element, row: int, column: int) -> None:
        """The note on a cell and the drawings in it."""
        for element in cell:
            match local(element):
                case "annotation":
                    self._notes[row, column] = paragraphs(element, self._styles).strip()
                case "custom-shape" | "ellipse" | "rect" | "g" | "frame" | "text-box":
                    self._shapes.append(self._shape(element, row, column))

    def _shape(self, element: Element, row: int, column: int) -> Shape:
        kind = local(element)
        if kind in ("frame", "g") and descend(element, "text-box") is None:
            return Shape(row, column, "picture", None, attribute(element, "name") or "picture")
        geometry = attribute(child(element, "enhanced-geometry"), "type") if kind == "custom-shape" else kind
        name = OVALS.get(geometry or "", geometry or "shape")
        fill = self._styles.ground(attribute(element, "style-name") or "")
        holder = descend(element, "text-box") if kind == "frame" else element
        return Shape(row, column, preset_shape(name), fill, paragraphs(holder, self._styles))


def _native(cell: Element, kind: str | None) -> Any:
    match kind:
        case "float" | "percentage" | "currency":
            return _number(attribute(cell, "value") or "0")
        case "date":
            return attribute(cell, "date-value")
        case "time":
            return attribute(cell, "time-value")
        case "boolean":
            return attribute(cell, "boolean-value") == "true"
    return None


def _number(text: str) -> float | int | str:
    """A stored number; what is none stays the text that it is."""
    try:
        number = float(text)
    except ValueError:
        return text
    if not math.isfinite(number):
        return text
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def cell_text(cell: Element, styles: OdsStyles) -> str:
    """The text of a cell as shown, its paragraphs a line each."""
    if not len(cell):
        return ""
    return paragraphs(cell, styles)


def paragraphs(holder: Element | None, styles: OdsStyles) -> str:
    """The paragraphs directly in an element."""
    return "\n".join(_words(paragraph, styles, "", False) for paragraph in children(holder, "p", "h"))


def _words(element: Element, styles: OdsStyles, before: str, raised: bool) -> str:
    """The text of a paragraph or span: ``before`` is what stands in front of it."""

    said = _taken(element.text, before, raised)
    for piece in element:
        match local(piece):
            case "s":
                said += " " * min(_repeat(piece, "c"), SPACES)
            case "tab":
                said += "\t"
            case "line-break":
                said += "\n"
            case "annotation" | "ruby-text" | "note":
                pass
            case _:
                own = raised or styles.raised(attribute(piece, "style-name") or "")
                said += _words(piece, styles, before + said, own)
        said += _taken(piece.tail, before + said, raised)
    return said


def _taken(text: str | None, before: str, raised: bool) -> str:
    return (apart(before, text) if raised else text) if text else ""
