"""What a file holds and where, found without the readers of the project: by openpyxl, python-docx, calamine, csv
and pdfplumber. The project reads workbooks and Word in their XML, .xls with xlrd and PDFs with pdfium: nothing is
shared.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pdfplumber
from docx.table import Table
from docx.text.paragraph import Paragraph
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

Held = Iterator[tuple[str, Any]]
"""(place, what is stored there)."""


def held_in(file: Path) -> dict[str, Any]:
    """Place -> what is stored there (a text, a number, a date), for every place that holds anything. Not for PDFs."""
    found = OPENERS[file.suffix](file)
    return {place: held for place, held in found if held is not None and str(held).strip()}


def _openpyxl(file: Path) -> Held:
    for sheet in openpyxl.load_workbook(file, data_only=True).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                yield _address(sheet.title, cell.row, cell.column), cell.value


def _calamine(file: Path) -> Held:
    book = CalamineWorkbook.from_path(file)
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for number, row in enumerate(rows, 1):
            for column, held in enumerate(row, 1):
                yield _address(name, number, column), held


def _address(sheet: str, row: int, column: int) -> str:
    name = sheet if sheet.isidentifier() else "'" + sheet.replace("'", "''") + "'"
    return f"{name}!{get_column_letter(column)}{row}"


def _docx(file: Path) -> Held:
    """Tables t1, t2, ... in the order in which they begin, one in a cell after the one around it; a cell that is
    merged over several has the place of its first."""
    book = docx.Document(str(file))
    tables, lines = count(1), count(1)
    for block in book.iter_inner_content():
        if isinstance(block, Table):
            yield from _table(block, tables)
        else:
            yield from _line("body", next(lines), block.text)
    for kind in ("header", "footer"):
        stories = [getattr(section, kind) for section in book.sections]
        for number, story in enumerate((s for s in stories if not s.is_linked_to_previous), 1):
            for row, paragraph in enumerate(story.paragraphs, 1):
                yield from _line(f"{kind}{number}", row, paragraph.text)


def _table(table: Table, tables: Iterator[int]) -> Held:
    part = f"t{next(tables)}"
    inner: list[Table] = []
    for row, line in enumerate(table._tbl.tr_lst, 1):
        for cell in line.tc_lst:
            if cell.vMerge != "continue":
                texts = [Paragraph(paragraph, table).text for paragraph in cell.p_lst]
                yield f"{part} r{row} c{cell.grid_offset + 1}", "\n".join(texts)
            inner += [Table(found, table) for found in cell.tbl_lst]
    for found in inner:
        yield from _table(found, tables)


def _line(part: str, row: int, text: str) -> Held:
    for column, field in enumerate(text.split("\t"), 1):
        yield f"{part} r{row} c{column}", field


def _csv(file: Path) -> Held:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        yield from _rows(csv.reader(opened))


def _tabbed(file: Path) -> Held:
    yield from _rows(line.split("\t") for line in file.read_text(encoding="utf-8-sig").splitlines())


def _rows(rows: Iterator[list[str]]) -> Held:
    for row, fields in enumerate(rows, 1):
        for column, field in enumerate(fields, 1):
            yield f"r{row} c{column}", field


OPENERS = {
    ".xlsx": _openpyxl,
    ".xlsm": _openpyxl,
    ".xls": _calamine,
    ".xlsb": _calamine,
    ".ods": _calamine,
    ".docx": _docx,
    ".csv": _csv,
    ".txt": _tabbed,
}


@dataclass(frozen=True)
class Word:
    """A word on a page as pdfplumber sees it, and its middle in points from the top left corner."""

    text: str
    across: float
    down: float


def words_on(file: Path) -> dict[str, tuple[list[Word], str]]:
    """(words in the order in which they are drawn, letters of leaning print) of each page (p1, p2, ...) of a PDF."""
    with pdfplumber.open(file) as pdf:
        return {f"p{number}": _words(page) for number, page in enumerate(pdf.pages, 1)}


def _words(page: Any) -> tuple[list[Word], str]:
    straight = page.filter(lambda thing: not _leans(thing))
    words = [
        Word(word["text"], (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2)
        for word in straight.extract_words(x_tolerance=1.5, use_text_flow=True)
    ]
    return words, "".join(char["text"] for char in page.chars if _leans(char))


def _leans(thing: dict[str, Any]) -> bool:
    """Whether a character leans: its box holds much that is not its own, and says nothing of where it stands."""
    return thing["object_type"] == "char" and min(map(abs, thing["matrix"][:2])) > 0.02


NAMELESS = {"(cid:127)": "•", "\uf001": "fi"}
"""What pdfplumber gives for signs to which a font gives no letter."""


def letters(text: str) -> str:
    """A text without white and without what does not print, joined letters taken apart."""
    for code, sign in NAMELESS.items():
        text = text.replace(code, sign)
    apart = unicodedata.normalize("NFKC", text)
    return "".join(c for c in apart if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf"))
