"""Word tables as grids: spans, fills, shapes and notes of cells; paragraphs outside of tables as lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.extract.excel.cells import INK
from pipeline.extract.excel.drawings import SHORT
from pipeline.extract.glyphs import font_shape, sign_shape
from pipeline.extract.office import Element, child, children, descend, local, whole
from pipeline.extract.word.styles import shading, val
from pipeline.extract.word.text import Mark, Piece, Said, Words, printed
from pipeline.shapes import Cell, Claim, Finding, Place

OPENED = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


@dataclass(slots=True)
class Tabled:
    """What a table gave. ``said`` holds for each cell its place, what it says, and how many of its texts a
    second reader cannot count (numbers set by Word, texts of shapes)."""

    rows: tuple[tuple[Cell, ...], ...] = ()
    said: list[tuple[Place, Said, int]] = field(default_factory=list)
    inner: list[Element] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def opened(holder: Element, *names: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, content controls and insertions opened."""
    for element in holder:
        if local(element) in names:
            yield element
        elif local(element) in OPENED:
            yield from opened(element, *names)


def table_grid(table: Element, part: str, words: Words) -> Tabled:
    """Read a table: its own cells; tables inside of them are handed back."""
    found = Tabled()
    grid: list[list[Cell]] = []
    above: dict[int, tuple[int, int, int]] = {}
    number = 0
    for row in opened(table, "tr"):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            text = "".join(e.text or "" for e in row.iter() if local(e) in ("delText", "t"))
            if text.strip():
                place = Place(part, max(number, 1), 1)
                found.findings.append(Finding("tracked-deletion", place, text, {"count": 1}))
            continue
        number += 1
        column = 1 + _count(child(properties, "gridBefore"), 0)
        cells: list[Cell] = []
        reached: dict[int, tuple[int, int, int]] = {}
        for element in opened(row, "tc"):
            own = child(element, "tcPr")
            width = _count(child(own, "gridSpan"), 1)
            merge, across = child(own, "vMerge"), child(own, "hMerge")
            cell = _cell(element, Place(part, number, column), width, words, found)
            top = above.get(column)
            if merge is not None and val(merge, "continue") == "continue" and top and top[2] == width:
                _covered(cell, grid[top[0]][top[1]], found)
                master = grid[top[0]][top[1]]
                grid[top[0]][top[1]] = replace(master, rows=number - master.place.row + 1)
                reached[column] = top
            elif across is not None and val(across, "continue") == "continue" and cells:
                _covered(cell, cells[-1], found)
                cells[-1] = replace(cells[-1], columns=cells[-1].columns + width)
            else:
                if merge is not None:
                    reached[column] = (len(grid), len(cells), width)
                cells.append(cell)
            column += width
        above = reached
        grid.append(cells)
    found.rows = tuple(tuple(cells) for cells in grid)
    return found


def _count(element: Element | None, usual: int) -> int:
    text = val(element, str(usual))
    return whole(text, usual)


def _covered(cell: Cell, master: Cell, found: Tabled) -> None:
    if not cell.blank:
        found.claims.append(Claim(cell, "finding", "value-under-merge"))
        detail = {"merged": str(master.place)}
        found.findings.append(Finding("value-under-merge", cell.place, cell.text, detail))


def _single(table: Element) -> Element | None:
    """The cell of a table that has one only: a frame around a text, not a table."""
    rows = list(opened(table, "tr"))
    cells = list(opened(rows[0], "tc")) if len(rows) == 1 else []
    return cells[0] if len(cells) == 1 else None


def _gather(cell: Element, said: Said, words: Words, inner: list[Element], first: bool = True) -> str | None:
    """Add the paragraphs of a cell; gives the fill of a one-cell table that frames them."""
    fill = None
    for element in opened(cell, "p", "tbl"):
        if local(element) == "p":
            if not first:
                said.add("\n")
            words.paragraph(element, said)
            first = False
            continue
        single = _single(element)
        if single is None:
            inner.append(element)
        else:
            fill = shading(descend(single, "tcPr", "shd"), words.theme) or fill
            fill = _gather(single, said, words, inner, first) or fill
            first = False
    return fill


def _cell(element: Element, place: Place, width: int, words: Words, found: Tabled) -> Cell:
    said = Said()
    framed = _gather(element, said, words, found.inner)
    text = printed(said)
    fill = shading(descend(element, "tcPr", "shd"), words.theme) or framed
    cell, own = dressed(said, text, place, fill, words)
    found.said.append((place, said, own))
    return replace(cell, columns=width)


def dressed(said: Said, text: str, place: Place, fill: str | None, words: Words) -> tuple[Cell, int]:
    """A cell with its fill, shape and note, and how many of its texts a second reader cannot count."""
    solid = [piece for piece in said.pieces if piece.text.strip() and not piece.label]
    grounds = {piece.ground for piece in solid} if solid else set()
    if fill is None and len(grounds) == 1:
        fill = next(iter(grounds))
    if fill is None and said.grounds:
        fill = said.grounds[0]
    drawn: str | None = None
    given = int(said.labelled)
    sign = _sign(solid) if len(text.strip()) < 4 else None
    if sign is not None:
        drawn = sign
        ink = solid[0].colour
        fill = ink if ink and ink not in INK else fill
    for mark in list(said.marks):
        inside = _inside(mark, words)
        if (
            drawn is not None
            or inside is None
            or (inside and text.strip())
            or (mark.fill is None and not inside)
        ):
            continue
        drawn, fill = mark.kind, mark.fill or fill
        if inside:
            text, given = inside, 1
        said.marks.remove(mark)
    sized = [piece.size for piece in solid if piece.size]
    bold = bool(solid) and all(piece.bold for piece in solid)
    note = "\n".join(said.notes)
    size = max(sized) if sized else None
    return Cell(place, text, fill=fill, drawn=drawn, bold=bold, size=size, note=note), given


def _sign(solid: list[Piece]) -> str | None:
    if len(solid) != 1:
        return None
    return font_shape(solid[0].text, solid[0].font) or sign_shape(solid[0].text)


def _inside(mark: Mark, words: Words) -> str | None:
    """The short text of a shape that marks its cell, '' for none; None for a text box."""
    if mark.box is None:
        return ""
    text = "".join(e.text or "" for e in mark.box.iter() if local(e) == "t").strip()
    return text if len(text) <= SHORT and len(children(mark.box, "tbl")) == 0 else None


def line_cells(said: Said, place: Place) -> tuple[list[tuple[Cell, ...]], int]:
    """A paragraph outside of tables as rows of cells, a cell per tab stop; and how many rows it takes."""
    text = printed(said)
    rows = [line.split("\t") for line in text.split("\n")] if "\t" in text else [[text]]
    solid = [piece for piece in said.pieces if piece.text.strip()]
    bold = bool(solid) and all(piece.bold for piece in solid)
    size = max((piece.size for piece in solid if piece.size), default=None)
    note = "\n".join(said.notes)
    found = []
    for number, fields in enumerate(rows):
        cells = tuple(
            Cell(Place(place.part, place.row + number, column), entry, bold=bold, size=size, note=note)
            for column, entry in enumerate(fields, 1)
            if entry.strip()
        )
        if cells:
            found.append(cells)
    return found, len(rows)
