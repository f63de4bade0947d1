"""Forms: one measure in a block of its own, its labels beside or above what they label ('Target | 90%').

The measure stands under a label ('Indicator | Calls answered'), in a row of its own at the top of the block ('HS01
Calls answered' over 'Target | Actual | RAG'), or in the line of text above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.headings import OF_QUARTER, Heading, heading_of
from pipeline.interpret.narratives import LINE, labelled_text, narrates, paragraphs
from pipeline.interpret.table import FIGURES, Cells, Table, printed
from pipeline.interpret.titles import is_title
from pipeline.shapes import Cell

FEWEST = 2
"""Figures, or one of them and a rating, that a block must hold to be the form of a measure."""
LONGEST = 200
"""Characters of a measure's name."""
WRAPPED = 0.6
"""Of the breadth of a block, what a line of its name fills that goes on in the next."""
PERIODS = frozenset(("quarter", "month", "year", "previous_year"))
TELLING = frozenset(("comments", "actions", "definition"))


@dataclass(slots=True)
class _Block:
    """What was gathered: ``columns`` with the cell of each, the labels of rows below periods, the rows taken."""

    columns: list[Heading] = field(default_factory=list)
    cells: dict[int, Cell] = field(default_factory=dict)
    labels: list[Cell] = field(default_factory=list)
    taken: int = 0

    def add(self, heading: Heading, cell: Cell | None) -> None:
        if heading.field == "progress_summary":
            heading = replace(heading, field="comments")
        elif heading.field == "measure" and "measure" in self.fields():
            heading = replace(heading, field="definition")
        if cell is not None:
            self.cells[len(self.columns)] = cell
        self.columns.append(heading)

    def fields(self) -> set[str]:
        return {heading.field for heading in self.columns}

    def measured(self, codes: Codes) -> bool:
        """Whether it holds figures enough; a word under 'Target' is none."""
        figures = {
            number
            for number, heading in enumerate(self.columns)
            if heading.field in FIGURES
            and (cell := self.cells.get(number))
            and (any(map(str.isdigit, cell.text)) or key(cell.text) in codes.values.blanks)
        }
        return bool(figures) and len(figures) + ("rag" in self.fields()) >= FEWEST


def form_at(
    rows: Sequence[Sequence[Cell]], at: int, codes: Codes, loose: list[Cells]
) -> tuple[Table, int] | None:
    """(table of one line, rows taken) where a form begins at ``rows[at]``. A measure that is named by a line of
    ``loose``, the text above, is taken out of it, with the text that stands between."""
    filled = printed(rows[at])
    heads = len(filled) == 1 and at + 1 < len(rows) and names_measure(filled, codes)
    block = _block(rows, at + heads, codes)
    if not block.measured(codes):
        return None
    told: list[Cells] = []
    pieces: list[tuple[Cell, str]] = []
    if "measure" in block.fields():
        if heads or block.columns[0].field not in ("measure", "reference"):
            return None
    elif heads:
        below = block.columns[0].cell.place.column
        if filled[0].columns == 1 and filled[0].place.column != below and not block.labels:
            return None
        _name(block, filled[0])
    else:
        named, told = _named_above(loose, block, codes)
        if not named:
            return None
        _name(block, joined(named) if len(named) > 1 else named[0])
        pieces = [(cell, "measure") for cell in named if len(named) > 1]
    table = Table(block.columns, None, block.labels, laid=[block.cells], told=told, form=True, pieces=pieces)
    table.rows = [tuple(row) for row in rows[at : at + heads + block.taken]]
    return table, heads + block.taken


def tell_below(form: Table, loose: list[Cells]) -> list[Cells]:
    """Take the texts right below a form out of the loose lines; returns what is left."""
    rest = list(loose)
    for lines in paragraphs(loose):
        if not narrates([cell for line in lines for cell in line]):
            break
        form.told += lines
        rest = rest[len(lines) :]
    return rest


def _name(block: _Block, cell: Cell) -> None:
    """Put the measure before the other columns; its heading is a blank one."""
    block.columns.insert(0, Heading(replace(cell, text="", fill=None), "measure"))
    block.cells = {0: cell} | {number + 1: value for number, value in block.cells.items()}


def names_measure(cells: Cells, codes: Codes) -> bool:
    """Whether a line is one text that can be the name of a measure."""
    text = cells[0].text.strip()
    return (
        len(cells) == 1
        and 4 < sum(map(str.isalpha, text)) < LONGEST
        and not (text.endswith(".") or labelled_text(cells[0], codes) or is_title(text))
        and (cells[0].bold or not narrates(cells))
        and not (heading_of(cells[0], codes) or codes.is_furniture(text))
    )


def joined(cells: Sequence[Cell]) -> Cell:
    """The lines of one text as one cell, at the place of the first; a single line is its own cell."""
    if len(cells) == 1:
        return cells[0]
    text = "\n".join(cell.text.strip() for cell in cells)
    return replace(cells[0], text=text, words=sum(cell.words for cell in cells))


def _named_above(loose: list[Cells], block: _Block, codes: Codes) -> tuple[list[Cell], list[Cells]]:
    """(lines of the name, texts below it) taken from the lines above a block; ([], []) where none names it."""
    told: list[Cells] = []
    found = paragraphs(loose)
    for at in range(len(found) - 1, -1, -1):
        lines = found[at]
        while at and _wraps(found[at - 1][-1], lines[0], block):
            at -= 1
            lines = [*found[at], *lines]
        cells = [line[0] for line in lines]
        plain = len(lines) == 1 or not narrates(cells) or all(cell.bold for cell in cells)
        if all(len(line) == 1 for line in lines) and plain and names_measure((joined(cells),), codes):
            taken = [id(line) for line in [*lines, *told]]
            loose[:] = [line for line in loose if id(line) not in taken]
            return cells, told
        if not narrates(tuple(cell for line in lines for cell in line)):
            break
        told = [*lines, *told]
    return [], []


def _wraps(above: Cells, line: Cells, block: _Block) -> bool:
    """Whether a line in bold goes on with the one above it, which fills most of the breadth of the block."""
    first, second = above[0].place.box, line[0].place.box
    ends = [box[2] for heading in block.columns if (box := heading.cell.place.box)]
    ends += [box[2] for cell in block.cells.values() if (box := cell.place.box)]
    if len(above) > 1 or len(line) > 1 or not first or not second or not ends:
        return False
    same = above[0].bold and line[0].bold and above[0].size == line[0].size
    near = -1 < second[1] - first[3] < LINE * (line[0].size or 10) and abs(second[0] - first[0]) < 2
    return same and near and first[2] - first[0] > WRAPPED * (max(ends) - first[0])


def _block(rows: Sequence[Sequence[Cell]], start: int, codes: Codes) -> _Block:
    """The labels with their values from a row on, down to the first row that is made of neither."""
    block = _Block()
    number = start
    last: Cell | None = None
    while number < len(rows):
        filled = printed(rows[number])
        if not filled or (last is not None and filled[0].place.row > last.place.row + last.rows):
            break
        taken = (
            _headed(block, rows, number, codes)
            or _paired(block, rows[number], codes)
            or _goes_on(block, filled, codes)
        )
        if not taken:
            break
        number += taken
        last = printed(rows[number - 1])[0] if printed(rows[number - 1]) else None
    block.taken = number - start
    return block


def _headed(block: _Block, rows: Sequence[Sequence[Cell]], at: int, codes: Codes) -> int:
    """Take a row of labels and the rows below it ('Period | Q1 | Q2' over 'Result | 81% | 79%'); how many rows."""
    filled = printed(rows[at])
    below = rows[at + 1] if at + 1 < len(rows) else ()
    headings = [heading_of(cell, codes) for cell in filled]
    known = [heading for heading in headings if heading]
    periods = [heading for heading in known if heading.field in PERIODS]
    if len(periods) > 1 and len(periods) >= len(filled) - 1:
        taken = _by_periods(block, rows[at + 1 :], periods, codes)
        if taken:
            block.labels += filled
            return 1 + taken
    values = [cell for cell in below if not cell.blank or cell.fill or cell.drawn]
    single = len(known) == 1 and known[0].field in ("comments", "progress_summary", "actions")
    if len(known) < len(filled) or (len(known) < 2 and not (single and narrates(printed(below)))):
        return 0
    if "measure" in {h.field for h in known} or 2 * sum(
        heading_of(c, codes) is not None for c in values
    ) > len(values):
        return 0
    cells = [(heading, _under(heading.cell, below)) for heading in known]
    if {id(c) for c in values} - {id(cell) for _, cell in cells} or not values:
        return 0
    for heading, cell in cells:
        block.add(heading, cell)
    return 2


def _by_periods(
    block: _Block, rows: Sequence[Sequence[Cell]], periods: Sequence[Heading], codes: Codes
) -> int:
    """Take the rows below periods, each with its label before the figures; how many."""
    first = periods[0].cell.place.column
    taken = 0
    for row in rows:
        filled = printed(row)
        label = heading_of(filled[0], codes) if filled else None
        if label is None or filled[0].place.column >= first or len(filled) < 2:
            break
        of_all = len(filled) == 2 and (filled[1].columns > 1 or label.field != "latest")
        if label.field == "measure" or of_all or any(heading_of(cell, codes) for cell in filled[1:]):
            break
        block.labels.append(filled[0])
        for period in periods:
            cell = _under(period.cell, row)
            if cell is not None:
                block.add(_of_period(label, period), cell)
        taken += 1
    return taken


def _of_period(label: Heading, period: Heading) -> Heading:
    """The column of a period in a row: 'Target' in that of Quarter 1 is the target of that quarter."""
    if label.field == "latest":
        return period
    return replace(period, field=OF_QUARTER.get(label.field, label.field) if period.quarter else "unknown")


def _under(heading: Cell, row: Sequence[Cell]) -> Cell | None:
    start, end = heading.place.column, heading.place.column + heading.columns
    return next((c for c in row if start <= c.place.column < end), None)


def _paired(block: _Block, row: Sequence[Cell], codes: Codes) -> int:
    """Take a row of labels, each with its value behind it: 1, or 0 when it is none or begins another form."""
    pairs = _pairs(row, codes, bool(block.columns))
    again = {key(h.cell.text) for h in block.columns if h.field == "measure"}
    if not pairs or any(key(heading.cell.text) in again for heading, _ in pairs):
        return 0
    for heading, value in pairs:
        block.add(heading, value)
    return 1


def _goes_on(block: _Block, filled: Cells, codes: Codes) -> int:
    """Take the second line of a label ('What are we doing about / it?'): 1, or 0 when it is none."""
    if not block.columns or len(filled) != 1:
        return 0
    last = block.columns[-1]
    whole = heading_of(replace(last.cell, text=f"{last.cell.text}\n{filled[0].text}"), codes)
    if filled[0].place.column != last.cell.place.column or not whole or heading_of(filled[0], codes):
        return 0
    value = block.cells.pop(len(block.columns) - 1, None)
    block.columns.pop()
    block.add(replace(whole, cell=last.cell), value)
    block.labels.append(filled[0])
    return 1


def _pairs(row: Sequence[Cell], codes: Codes, begun: bool) -> list[tuple[Heading, Cell | None]]:
    """(label, value) along a row; [] when the row is not made of them. In a form that has ``begun`` a label may
    be one that no list knows."""
    shown = [cell for cell in row if not cell.blank or cell.fill or cell.drawn]
    pairs: list[tuple[Heading, Cell | None]] = []
    at = 0
    while at < len(shown):
        label = heading_of(shown[at], codes)
        value = shown[at + 1] if at + 1 < len(shown) else None
        if label is None and begun and len(shown) == 2 and at == 0 and 1 < len(shown[0].text.strip()) < 40:
            label = Heading(shown[0], "unknown")
        if label is None or label.field == "foreign":
            return []
        if value is not None and not value.blank and heading_of(value, codes) and label.field in FIGURES:
            if value.place.column <= label.cell.place.column + label.cell.columns:
                return []
            value, at = None, at - 1  # 'Q3 actual |  | Q4 actual |': no value yet
        pairs.append((label, value))
        at += 2
    return pairs
