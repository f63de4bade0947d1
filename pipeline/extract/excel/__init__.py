"""Excel workbooks (.xlsx, .xlsm): one grid per sheet, each cell with what Excel prints and what it stores.

The XML is read directly and once: values, formulas and styles together, values under merges and cells outside
the declared dimension included, in the strict form of the format too.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass

from pipeline.extract.excel.drawings import read_drawings, read_notes
from pipeline.extract.excel.sheet import read_sheet, shared_strings
from pipeline.extract.excel.styles import Styles, read_styles
from pipeline.extract.excel.worksheet import Gathered, Worksheet
from pipeline.extract.extract import Extract, Unreadable
from pipeline.extract.number_dates import SHIFT_1904
from pipeline.extract.office import Package, attribute, child, children, relation_id, truth
from pipeline.shapes import Finding, Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet as the workbook lists it: ``state`` visible, hidden or veryHidden."""

    name: str
    state: str
    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share."""

    package: Package
    entries: tuple[Entry, ...]
    texts: list[str]
    styles: Styles
    shift: int


def read(file: str) -> Extract:
    """Read a workbook. Raises Unreadable when it is empty, damaged or encrypted.

    A sheet is hundreds of thousands of small objects and no cycles: the collector of cycles rests meanwhile.
    """
    resting = gc.isenabled()
    gc.disable()
    try:
        return _read(file)
    finally:
        if resting:
            gc.enable()


def _read(file: str) -> Extract:
    gathered = Gathered()
    with Package(file) as package:
        book = open_book(package)
        for entry in book.entries:
            if entry.kind == "worksheet":
                gathered.add(_worksheet(book, entry))
            else:
                gathered.findings.append(_unread(entry))
    return gathered.extract(len(book.entries))


def open_book(package: Package) -> Book:
    """The workbook part: its sheets in order, its texts and its styles."""
    main = package.main_part("xl/workbook.xml")
    root = package.root(main)
    relations = package.relations(main)
    single = dict(relations.values())
    entries = []
    for sheet in children(child(root, "sheets"), "sheet"):
        kind, part = relations.get(relation_id(sheet) or attribute(sheet, "id") or "", ("", ""))
        if part and part in package:
            entries.append(Entry(sheet.get("name") or "", sheet.get("state") or "visible", kind, part))
    if not entries:
        message = "The workbook holds no sheet that can be read. Open it in Excel and save it again as .xlsx."
        raise Unreadable("file-damaged", message)
    properties = child(root, "workbookPr")
    from_1904 = properties is not None and truth(properties.get("date1904"))
    return Book(
        package,
        tuple(entries),
        shared_strings(package, single.get("sharedStrings")),
        read_styles(package, single.get("styles"), single.get("theme")),
        SHIFT_1904 if from_1904 else 0,
    )


def _worksheet(book: Book, entry: Entry) -> Worksheet:
    stored = read_sheet(book.package, entry.part)
    relations = book.package.relations(entry.part)
    return Worksheet(
        entry.name,
        entry.state,
        stored,
        book.styles,
        texts=book.texts,
        shift=book.shift,
        notes=read_notes(book.package, relations),
        shapes=read_drawings(book.package, relations, stored, book.styles.palette.theme),
    )


def _unread(entry: Entry) -> Finding:
    """A chart or dialogue sheet: it has no cells, but a person should know that it is there."""
    detail = {"sheet": entry.name, "kind": entry.kind or "unknown"}
    return Finding("sheet-without-cells", Place(entry.name, 1, 1, sheet=True), entry.name, detail)
