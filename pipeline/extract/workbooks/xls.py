"""Excel 97-2003 workbooks (.xls), by xlrd: cells with styles, merged ranges, notes, hidden rows and sheets."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from typing import Any

import xlrd

from pipeline.extract.colours import THEME, WHITE
from pipeline.extract.excel.sheet import Raw, Sheet
from pipeline.extract.excel.styles import Font, Palette, Style, Styles
from pipeline.extract.excel.worksheet import Worksheet
from pipeline.extract.extract import Unreadable
from pipeline.extract.glyphs import apart
from pipeline.extract.number_dates import SHIFT_1904
from pipeline.extract.number_format import BUILT_IN, compile_format
from pipeline.extract.office import DAMAGED, ENCRYPTED
from pipeline.shapes import Finding, Place

STATES = {0: "visible", 1: "hidden", 2: "veryHidden"}
SUPERSCRIPT = 1
OTHERS = re.compile(r"Ignoring non-worksheet data named (['\"])(.*)\1 \(type 0x\w+ = (.*)\)")
FAULTS = (
    *(struct.error, AssertionError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError),
    EOFError,
)
"""What xlrd runs into in damaged files, besides its own error."""


def worksheets(file: str) -> Iterator[Worksheet]:
    """The sheets of a workbook. Raises Unreadable when it is damaged or encrypted."""
    book, log = _open(file)
    try:
        styles = _styles(book)
        sheets = [_worksheet(book, sheet, styles) for sheet in book.sheets()]
    except FAULTS as error:
        raise Unreadable("file-damaged", DAMAGED) from error
    yield from sheets
    for _, name, kind in OTHERS.findall(log):
        found = Finding(
            "sheet-without-cells", Place(name, 1, 1, sheet=True), name, {"sheet": name, "kind": kind}
        )
        yield Worksheet(name, "visible", Sheet(), styles, findings=[found])


def _worksheet(book: Any, sheet: Any, styles: Styles) -> Worksheet:
    stored = _stored(book, sheet)
    notes = {(r + 1, c + 1): note.text.strip() for (r, c), note in sheet.cell_note_map.items()}
    shift = SHIFT_1904 if book.datemode == 1 else 0
    state = STATES.get(sheet.visibility, "hidden")
    return Worksheet(sheet.name, state, stored, styles, shift=shift, notes=notes)


def _open(file: str) -> tuple[Any, str]:
    """The workbook and what xlrd says about sheets that it leaves out."""
    for formatting in (True, False):
        log = io.StringIO()
        try:
            book = xlrd.open_workbook(file, formatting_info=formatting, logfile=log, verbosity=1)
            return book, log.getvalue()
        except xlrd.XLRDError as error:
            if "encrypted" in str(error).casefold():
                raise Unreadable("file-encrypted", ENCRYPTED) from error
            failure: Exception = error
        except (*FAULTS, NotImplementedError, xlrd.compdoc.CompDocError) as error:
            failure = error
    raise Unreadable("file-damaged", DAMAGED) from failure


def _styles(book: Any) -> Styles:
    colours = {
        number: "".join(f"{part:02X}" for part in rgb) if rgb else None
        for number, rgb in book.colour_map.items()
    }
    cells = []
    for entry in book.xf_list:
        code = _code(book, entry.format_key)
        ground = entry.background
        index = ground.pattern_colour_index if ground.fill_pattern == 1 else ground.background_colour_index
        fill = colours.get(index) if ground.fill_pattern else None
        font = book.font_list[min(entry.font_index, len(book.font_list) - 1)]
        ink = colours.get(font.colour_index)
        cells.append(
            Style(
                code,
                compile_format(code),
                None if fill == WHITE else fill,
                Font(
                    bool(font.bold) or font.weight >= 600,
                    font.height / 20 or None,
                    font.name,
                    ink,
                    bool(font.struck_out),
                ),
            )
        )
    return Styles(cells or [Style()], [], Palette(THEME, []))


def _code(book: Any, key: int) -> str:
    """The number format of a cell; those that the program leaves to the region are British here."""
    usual = xlrd.formatting.std_format_strings.get(key)
    code = str(book.format_map[key].format_str) if key in book.format_map else ""
    if code == usual and key in BUILT_IN:
        code = BUILT_IN[key]
    return "" if code.casefold() == "general" else code


def _stored(book: Any, sheet: Any) -> Sheet:
    stored = Sheet()
    stored.merges = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    stored.hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
    stored.hidden_columns = [(c + 1, c + 1) for c, info in sheet.colinfo_map.items() if info.hidden]
    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind == xlrd.XL_CELL_EMPTY:
                continue
            style = sheet.cell_xf_index(row, column) if sheet.formatting_info else 0
            stored.cells.append(_raw(book, sheet, row, column, style, kind, value))
    return stored


def _raw(book: Any, sheet: Any, row: int, column: int, style: int, kind: int, value: Any) -> Raw:
    text: str | None
    match kind:
        case xlrd.XL_CELL_TEXT:
            letter, text = "str", _rich(book, sheet, row, column, str(value))
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            letter, text = (
                "n",
                repr(int(value) if float(value).is_integer() and abs(value) < 1e15 else float(value)),
            )
        case xlrd.XL_CELL_BOOLEAN:
            letter, text = "b", str(int(value))
        case xlrd.XL_CELL_ERROR:
            letter, text = "e", xlrd.error_text_from_code.get(value, "#ERROR!")
        case _:
            letter, text = "n", None
    return Raw(row + 1, column + 1, style, letter, text, None)


def _rich(book: Any, sheet: Any, row: int, column: int, text: str) -> str:
    """A text with raised figures kept raised; line ends as \\n."""
    runs = sheet.rich_text_runlist_map.get((row, column)) or []
    if any(book.font_list[font].escapement == SUPERSCRIPT for _, font in runs):
        ends = [start for start, _ in runs[1:]] + [len(text)]
        whole = text[: runs[0][0]]
        for (start, font), end in zip(runs, ends, strict=True):
            piece = text[start:end]
            whole += apart(whole, piece) if book.font_list[font].escapement == SUPERSCRIPT else piece
        text = whole
    return text.replace("\r\n", "\n").replace("\r", "\n")
