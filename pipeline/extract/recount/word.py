"""The second opinion on Word documents: tables and paragraphs of the body, counted in the plain XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from pipeline.extract.recount import Count

Element = Any
"""An element of plain XML."""
UNREAD = {"del", "moveFrom", "Fallback", "txbxContent", "rPr", "pPr", "instrText", "drawing", "pict", "sdtPr"}
WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}


def count_document(file: str) -> Count | None:
    """How many tables the body has, and how many non-blank cells or lines each part. None when it cannot be done."""
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        with zipfile.ZipFile(file) as package:
            root = fromstring(package.read("word/document.xml"))
    except (KeyError, OSError, ParseError, zipfile.BadZipFile):
        return None
    body = next((e for e in root if _name(e) == "body"), None)
    if body is None:
        return None
    counter = _Tables()
    lines = sum(counter.block(element) for element in body)
    return Count(len(counter.cells), {"body": lines} | {f"t{n}": c for n, c in enumerate(counter.cells, 1)})


class _Tables:
    """Counts the non-blank cells per table, in the order in which the tables begin."""

    def __init__(self) -> None:
        self.cells: list[int] = []

    def block(self, element: Element) -> int:
        """How many loose texts an element of the body holds; tables are counted on the way."""
        name = _name(element)
        if name == "p":
            text = "".join(_texts(element))
            fields = re.split("[\t\n]", text) if "\t" in text else [text]
            return sum(bool(field.strip()) for field in fields)
        if name == "tbl":
            self.table(element)
        elif name in WRAPPERS or name in ("AlternateContent", "Choice"):
            return sum(self.block(inner) for inner in element)
        return 0

    def table(self, table: Element) -> None:
        at = len(self.cells)
        self.cells.append(0)
        for row in _below(table, "tr"):
            if any(_name(e) == "del" for part in row if _name(part) == "trPr" for e in part):
                continue
            for cell in _below(row, "tc"):
                own, inner = _own(cell)
                self.cells[at] += bool(own.strip())
                for nested in inner:
                    self.table(nested)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _below(element: Element, name: str) -> Iterator[Element]:
    for inner in element:
        if _name(inner) == name:
            yield inner
        elif _name(inner) in WRAPPERS:
            yield from _below(inner, name)


def _own(cell: Element) -> tuple[str, list[Element]]:
    """The text of a cell itself, and the tables in it that have more than one cell."""
    text, inner = "", []
    for table in _below(cell, "tbl"):
        rows = list(_below(table, "tr"))
        cells = [tc for row in rows for tc in _below(row, "tc")]
        if len(rows) == len(cells) == 1:
            own, more = _own(cells[0])
            text += own
            inner.extend(more)
        else:
            inner.append(table)
    return text + "".join(part for p in _below(cell, "p") for part in _texts(p)), inner


def _texts(element: Element) -> Iterator[str]:
    """The visible pieces of a paragraph; anything that prints counts, whatever it prints."""
    for inner in element:
        name = _name(inner)
        if name == "r" and any(_name(e) == "vanish" for part in inner if _name(part) == "rPr" for e in part):
            continue
        if name == "t":
            yield (inner.text or "").replace("\xad", "").replace("\n", " ")
        elif name in ("sym", "noBreakHyphen", "checkBox", "ddList", "footnoteReference", "endnoteReference"):
            yield "-"
        elif name in ("tab", "ptab"):
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name not in UNREAD:
            yield from _texts(inner)
