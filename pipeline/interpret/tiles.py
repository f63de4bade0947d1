"""Tiles: what stands around a large figure -> a table of one line. The figure is the latest result of the measure that
the tile names; what has a label ('Target: 85%', 'Last year' over '72%') is what its label says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.forms import joined
from pipeline.interpret.headings import Heading, heading_of
from pipeline.interpret.ratings import of_colour, read_direction, read_rating
from pipeline.interpret.table import FIGURES, Table, printed
from pipeline.interpret.values import read_value
from pipeline.shapes import Cell, Grid

NEAR = 2
"""Lines that a label stands above or below its figure."""
LABELLED = FIGURES | {"rag", "direction", "previous", "previous_year", "variance", "owner", "baseline"}
"""What a label in a tile may say."""


def rate(tiles: Sequence[Grid]) -> bool:
    """Whether the colours of tiles are ratings: at least two of those of ratings, and no others."""
    colours = [cell.fill for tile in tiles for cell in tile.rows[0] if cell.blank and not cell.drawn]
    found = {of_colour(colour) if colour else None for colour in colours}
    return len(found) > 1 and None not in found and len(found - {"Blue"}) > 1


def tile_table(tile: Grid, codes: Codes, rated: bool) -> Table | None:
    """The table of a tile; None where it names no measure, or says of no figure what it is to be judged by: a target,
    another period, a rating. ``rated``: its colour is a rating."""
    blank = [cell for row in tile.rows for cell in row if cell.blank]
    cells = [cell for row in tile.rows for cell in printed(row)]
    if not cells:
        return None
    said = _Said(codes, cells)
    for cell in cells:
        said.label(cell)
    for cell in cells:
        if not said.read(cell):
            said.texts.append(cell)
    for cell in blank:
        if cell.drawn or rated:
            said.rate(cell)
    names = said.paragraphs()
    labelled = any(heading.field in ("latest", "quarter") for heading, _ in said.pairs)
    if not names or len(said.figures) != (0 if labelled else 1) or not said.pairs:
        return None
    name = names[0]
    nothing = replace(cells[0], text="", fill=None)
    pairs = [(Heading(nothing, "measure"), joined(name)), *said.pairs]
    if not labelled:
        pairs.insert(1, (Heading(nothing, "latest"), said.figures[0]))
    table = Table([heading for heading, _ in pairs], laid=[{n: cell for n, (_, cell) in enumerate(pairs)}])
    table.rows = [*tile.rows]
    table.pieces = said.pieces + [(cell, "measure") for cell in name if len(name) > 1]
    table.tile = True
    return table


class _Said:
    """Gathers what the cells of a tile say."""

    def __init__(self, codes: Codes, cells: Sequence[Cell]) -> None:
        self.codes, self.cells = codes, cells
        self.largest = max(cell.size or 0 for cell in cells)
        self.pairs: list[tuple[Heading, Cell]] = []
        self.pieces: list[tuple[Cell, str]] = []
        self.figures: list[Cell] = []
        self.texts: list[Cell] = []
        self.taken: set[int] = set()

    def label(self, cell: Cell) -> None:
        """Take a cell that is a label, with the value beside, below or above it."""
        label = heading_of(cell, self.codes)
        if label is None or label.field not in LABELLED or self._labelled(cell):
            return
        near = [other for other in self.cells if id(other) not in self.taken and self._is_value(other)]
        value = next(
            (other for away in (_right, _below, _above) for other in near if away(cell, other)), None
        )
        if value is not None:
            self.taken |= {id(cell), id(value)}
            self.pairs.append((label, value))

    def read(self, cell: Cell) -> bool:
        """Whether a cell is a figure, a rating or an arrow, has its label before it, or was taken with its label."""
        if id(cell) in self.taken:
            return True
        rating = read_rating(replace(cell, fill=None), self.codes)
        if rating and rating.rating:
            self.rate(cell)
        elif found := self._labelled(cell):
            heading, said = found
            said, rated = self._parted(said) if heading.field != "rag" else (said, None)
            self.pairs.append((heading, said))
            self.pieces.append((cell, heading.field))
            if rated:
                self.rate(rated)
        elif (cell.size or 0) == self.largest and self._is_value(cell):
            self.figures.append(cell)
        elif read_direction(cell, self.codes)[0]:
            self.pairs.append((_unsaid(cell, "direction"), cell))
        else:
            return False
        return True

    def rate(self, cell: Cell) -> None:
        """Take a cell for the rating, where there is none yet."""
        if not any(heading.field == "rag" for heading, _ in self.pairs):
            self.pairs.append((_unsaid(cell, "rag"), cell))

    def paragraphs(self) -> list[list[Cell]]:
        """The texts, lines of the same print one below the other together."""
        found: list[list[Cell]] = []
        for cell in self.texts:
            last = found[-1][-1] if found else None
            same = last and (last.size, last.bold) == (cell.size, cell.bold)
            if last and same and cell.place.row == last.place.row + 1:
                found[-1].append(cell)
            elif sum(map(str.isalpha, cell.text)) > 4 or not found:
                found.append([cell])
        return found

    def _labelled(self, cell: Cell) -> tuple[Heading, Cell] | None:
        """'Target: 85%', 'Status: Green' in one cell."""
        words = cell.text.split()
        for end in range(len(words) - 1, 0, -1):
            label = heading_of(replace(cell, text=" ".join(words[:end])), self.codes)
            value = replace(cell, text=" ".join(words[end:]))
            if label and label.field in LABELLED and not label.misspelt:
                rating = read_rating(replace(value, fill=None), self.codes) if label.field == "rag" else None
                if (rating and rating.rating) or (label.field != "rag" and self._is_value(value)):
                    return label, value
        return None

    def _parted(self, value: Cell) -> tuple[Cell, Cell | None]:
        """(value, rating) of 'Target 300 Green'; the rating is None where the last word is none."""
        figure, _, last = value.text.rpartition(" ")
        rating = read_rating(replace(value, text=last, fill=None), self.codes) if figure else None
        if rating and rating.rating and rating.source == "word":
            return replace(value, text=figure), replace(value, text=last)
        return value, None

    def _is_value(self, cell: Cell) -> bool:
        text = cell.text.strip()
        values = read_value(text, codes=self.codes.values)
        figure = any(value.number is not None for value in values) and not text[:1].isalpha()
        return figure or (key(text) in self.codes.values.blanks and bool(text))


def _right(label: Cell, value: Cell) -> bool:
    return value.place.row == label.place.row and value.place.column == label.place.column + 1


def _below(label: Cell, value: Cell) -> bool:
    return 0 < value.place.row - label.place.row <= NEAR and _over(label, value)


def _above(label: Cell, value: Cell) -> bool:
    return 0 < label.place.row - value.place.row <= NEAR and _over(label, value)


def _over(one: Cell, other: Cell) -> bool:
    """Whether two cells stand one over the other."""
    first, second = one.place.box, other.place.box
    if not first or not second:
        return False
    return min(first[2], second[2]) > max(first[0], second[0])


def _unsaid(cell: Cell, field: str) -> Heading:
    return Heading(replace(cell, text="", fill=None, drawn=None), field)
