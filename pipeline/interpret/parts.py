"""The scorecards in one document: by sheet, by a title of their own, by the directorate that rows name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.declared import financial_year, quarter_of
from pipeline.interpret.table import Cells, Table, printed
from pipeline.interpret.tables import filled_cells, tables
from pipeline.interpret.title_lines import labels
from pipeline.interpret.titles import Title, is_title, read_title
from pipeline.shapes import Cell, Grid

UNNAMED = re.compile(r"(sheet|tab|table|data|tabelle|feuil)[\s_]*\d*", re.IGNORECASE)
"""Names that a program gives to sheets."""


@dataclass(slots=True)
class Part:
    """One scorecard: its tables and the filled cells it must account for. ``sheet`` is the name of its sheet where
    that says something, ``directorate`` what a column or the sheet's name says of whose it is, ``named`` the first cell of
    the column that says so, ``several`` that the column names others as well. ``follows``: the title of the part before holds for it too; ``again``: its
    headings do as well."""

    grids: list[Grid]
    tables: list[Table]
    cells: list[Cell] = field(default_factory=list)
    sheet: str = ""
    directorate: str = ""
    named: Cell | None = None
    several: bool = False
    follows: bool = False
    again: bool = False


@dataclass(slots=True)
class Parts:
    """``cover`` are lines that name what all sheets share; ``spare`` the sheets that hold no table."""

    parts: list[Part]
    cover: list[Cells]
    spare: list[Grid]


def parts_of(grids: Sequence[Grid], codes: Codes) -> Parts:
    """The scorecards of a document in order, from the grids that are not hidden."""
    sheets: dict[str, list[Grid]] = {}
    for grid in grids:
        first = next(grid.cells(), None)
        sheets.setdefault(grid.part if first and first.place.sheet else "", []).append(grid)
    read = [(name, own, tables(own, codes)) for name, own in sheets.items()]
    tabled = [(name, own, found) for name, own, found in read if found]
    plain = [(name, own) for name, own, found in read if not found]
    names = list(sheets)
    begun = names.index(tabled[0][0]) if tabled else 0
    before = [_lines(own) for name, own in plain if names.index(name) < begun]
    cover = next(filter(_titles, before), [])
    title = read_title(cover, codes) if cover else None
    owners = _sheets_are_directorates([(n, f) for n, _, f in tabled], title, codes)
    parts: list[Part] = []
    for name, own, found in tabled:
        said = "" if UNNAMED.fullmatch(name.strip()) else name.strip()
        separate = _titles(found[0].before) or quarter_of(said) or financial_year(said) or owners
        if parts and not separate:
            parts[-1].grids += own
            parts[-1].tables += found
        else:
            parts.append(Part(list(own), found, sheet=said, directorate=said if owners else ""))
        for table in found:
            table.sheet = said
    for part in parts:
        if len({table.sheet for table in part.tables}) < 2:
            for table in part.tables:
                table.sheet = ""
    parts = [
        piece
        for part in parts
        for title in _by_title(part, codes)
        for line in _by_line(title, codes)
        for piece in _by_directorate(line)
    ]
    _share(parts)
    return Parts(parts, cover, [grid for name, own in plain for grid in own if not _is(cover, own)])


def _lines(grids: Iterable[Grid]) -> list[Cells]:
    return [cells for grid in grids for row in grid.rows if (cells := printed(row))]


def _is(cover: list[Cells], grids: Iterable[Grid]) -> bool:
    lines = _lines(grids)
    return bool(cover and lines) and cover[0][0] is lines[0][0]


def names_document(row: Sequence[Cell]) -> bool:
    """Whether a line of text is part of a title, or says under a label whose document it is."""
    cells = printed(row)
    return is_title(" ".join(cell.text for cell in cells)) or labels(cells)


def _titles(lines: Iterable[Cells]) -> bool:
    return any(map(names_document, lines))


def _sheets_are_directorates(
    sheets: Sequence[tuple[str, list[Table]]], title: Title | None, codes: Codes
) -> bool:
    """Whether sheets of the same headings are named by directorates: known ones, or nothing else names any."""
    names = [name for name, _ in sheets if not UNNAMED.fullmatch(name.strip())]
    if (
        len(names) < 2
        or len(names) < len(sheets)
        or any(quarter_of(name) or financial_year(name) for name in names)
    ):
        return False
    if any(_titles(found[0].before) for _, found in sheets):
        return False
    alike = len({tuple(c.field for c in found[0].columns) for _, found in sheets}) == 1
    known = any(key(name) in codes.directorates for name in names)
    owner = title.directorate_text if title else None
    return alike and (known or not owner or codes.is_whole_council(owner))


def _by_title(part: Part, codes: Codes) -> list[Part]:
    """A part in pieces where titles with a period of their own name another directorate."""
    pieces = [replace(part, tables=part.tables[:1])]
    owner = read_title([printed(row) for row in part.tables[0].before], codes)
    for table in part.tables[1:]:
        title = read_title([printed(row) for row in table.before if _titles([row])], codes)
        other = title.directorate and owner.directorate and key(title.directorate) != key(owner.directorate)
        if other and ((title.year and title.quarter) or any(labels(printed(row)) for row in table.before)):
            pieces.append(replace(part, tables=[], cells=[], follows=True))
            owner = title
        pieces[-1].tables.append(table)
    return pieces


def _by_line(part: Part, codes: Codes) -> list[Part]:
    """A part in pieces where lines above its tables, each of one text, are names of several known directorates."""
    lines = [
        next(
            (
                cells[0]
                for row in reversed(table.before)
                if len(cells := printed(row)) == 1 and key(cells[0].text) in codes.directorates
            ),
            None,
        )
        for table in part.tables
    ]
    if len({codes.directorate(line.text, None) for line in lines if line}) < 2:
        return [part]
    pieces = [] if lines[0] else [replace(part, tables=[])]
    for table, line in zip(part.tables, lines, strict=True):
        if line:
            follows = part.follows or bool(pieces)
            name = line.text.strip()
            pieces.append(
                replace(
                    part, tables=[], cells=[], directorate=name, named=line, several=True, follows=follows
                )
            )
        pieces[-1].tables.append(table)
    return pieces


def _by_directorate(part: Part) -> list[Part]:
    """A part in pieces where its rows name several directorates in a column of their own."""
    columns = [
        (table, next(column for column in table.columns if column.field == "directorate"))
        for table in part.tables
        if table.laid is None and "directorate" in table.fields()
    ]
    names: dict[str, Cell] = {}
    rows: dict[int, str] = {}
    for table, column in columns:
        at, end, name = column.cell.place.column, column.cell.place.column + column.cell.columns, ""
        for row in table.rows:
            own = next((c for c in printed(row) if at <= c.place.column < end), None)
            if own and len(printed(row)) > 1:
                name = key(own.text.strip())
                names.setdefault(name, own)
            rows[id(row)] = name
    if len(columns) < len(part.tables) or not names:
        return [part]
    if len(names) == 1:
        (only,) = names.values()
        return [part if part.directorate else replace(part, directorate=only.text.strip(), named=only)]
    pieces = []
    for number, (name, named) in enumerate(names.items()):
        kept = [
            replace(
                table,
                columns=list(table.columns),
                rows=[
                    row for row in table.rows if rows[id(row)] == name or (not number and not rows[id(row)])
                ],
                before=table.before if not number else [],
                others=table.others if not number else [],
            )
            for table in part.tables
        ]
        pieces.append(
            replace(
                part,
                tables=[table for table in kept if table.rows],
                cells=[],
                directorate=named.text.strip(),
                named=named,
                several=True,
                follows=part.follows or number > 0,
                again=number > 0,
            )
        )
    return pieces


def _share(parts: list[Part]) -> None:
    """Give each filled cell to the part whose table holds it; what no table holds to the first of its sheet."""
    owner: dict[int, Part] = {}
    for part in parts:
        for table in part.tables:
            for cell in _cells(table):
                owner.setdefault(id(cell), part)
    seen: set[int] = set()
    for part in parts:
        for cell in filled_cells(part.grids):
            if id(cell) not in seen:
                seen.add(id(cell))
                owner.get(id(cell), part).cells.append(cell)


def _cells(table: Table) -> Iterable[Cell]:
    yield from (column.cell for column in table.columns)
    yield from table.levels
    yield from table.repeats
    for row in [*table.before, *table.rows, *table.told, *(row for other in table.others for row in other)]:
        yield from row
    for cells in table.laid or ():
        yield from cells.values()
