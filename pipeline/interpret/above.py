"""The lines above a table: the section and the priority that they name, what they tell, and nothing left over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.interpret.introductions import introduction, labelled
from pipeline.interpret.narratives import PRIORITY, narrates, paragraphs
from pipeline.interpret.table import Cells, Table, printed
from pipeline.shapes import Cell

if TYPE_CHECKING:
    from pipeline.interpret.lines import Lines


def take_above(lines: Lines, table: Table, before: Sequence[Cells]) -> None:
    """Set the section and the priority that the lines of ``table`` begin in, by the lines above it; claim those."""
    above = lines.section, lines.priority
    lines.section = table.section.text.strip() if table.section else table.sheet or None
    lines.priorities.current = None
    named = None if "priority" in table.fields() else introduction(before, lines.codes, lines.spaced)
    if named and not named.rating and (table.form or not lines.introduced):
        named = None
    own = named.cells() if named else []
    late = _late_rating(lines, above[1], before, named.cell) if named else []
    rest = [row for row in before if not any(cell is other for cell in row for other in [*own, *late])]
    labels, texts = _sort(lines, table, rest)
    told = texts
    if named:
        lines.ledger.claim(named.cell, "value", "priority")
        labels |= {"priority": named.name} | ({"rag": named.rating} if named.rating else {})
        told, texts = named.texts, named.texts + texts
    if "priority" in labels:
        lines.section = lines.section or above[0]
        lines.priorities.begin(labels, lines.section)
        for cells in told:
            lines.narratives.tell(cells[0], PRIORITY, lines.measures)
    elif table.form and lines.section is None:
        lines.section, lines.priorities.current = above
    elif table.fields() == lines.fields and lines.section in (None, above[0]):
        # The heading again on the next page: the lines below go on with the priority above the break.
        lines.section, lines.priorities.current = above
    for cells in texts:
        lines.ledger.keep_out("text-beside-table", cells[0])
        for cell in cells[1:]:
            lines.ledger.claim(cell, "finding", "text-beside-table")


def _late_rating(
    lines: Lines, priority: dict[str, Any] | None, before: Sequence[Cells], name: Cell
) -> list[Cell]:
    """Give a rating that stands above the name of the next priority to the one before it, where that has none: it may
    reach below the table of its measures. Returns the cell of its label."""
    at = next((number for number, row in enumerate(before) if any(cell is name for cell in row)), 0)
    for row in before[:at]:
        found = labelled(row, lines.codes)
        if found and found[1] == "rag" and priority is not None and priority["rag"] is None:
            lines.ledger.claim(found[0], "heading", "rag")
            lines.priorities.current = priority
            lines.priorities.fill({"rag": found[2]})
            lines.priorities.current = None
            return [found[0]]
    return []


def _sort(lines: Lines, table: Table, rows: Sequence[Cells]) -> tuple[dict[str, Cell], list[Cells]]:
    """(what stands under a label by its field, lines of running text); the rest names the section."""
    labels: dict[str, Cell] = {}
    texts: list[Cells] = []
    for paragraph in paragraphs(rows):
        told = narrates([cell for row in paragraph for cell in printed(row)])
        for row in paragraph:
            found = labelled(row, lines.codes)
            cells = printed(row)
            if found:
                lines.ledger.claim(found[0], "heading", found[1])
                labels[found[1]] = found[2]
            elif lines.narratives.take(cells, lines.measures):
                continue
            elif told and cells:
                texts.append(cells)
            elif cells and not lines.furniture(cells):
                if not table.section:
                    lines.section = " ".join(cell.text.strip() for cell in cells)
                for cell in cells:
                    lines.ledger.claim(cell, "heading", "section")
    return labels, texts
