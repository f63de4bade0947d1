"""One measure line -> its rows: the measure per part, its results per quarter, its other values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipeline.interpret.columns import AGAIN
from pipeline.interpret.headings import Heading
from pipeline.interpret.ratings import Rating, of_colour, read_direction
from pipeline.interpret.values import read_value
from pipeline.interpret.values.unread import holds_figure
from pipeline.shapes import Cell, Value

if TYPE_CHECKING:
    from pipeline.interpret.lines import Lines

TEXTS = {"owner": "owner", "comments": "comments", "reference": "reference", "polarity": "polarity_text"}
OF_THE_LINE = frozenset(
    [
        "measure",
        "priority",
        "progress_summary",
        "portfolio",
        "owner",
        "comments",
        "reference",
        "polarity",
        "direction",
        "rag",
        "rag_previous",
        "target",
        "quarter",
        "latest",
        "directorate",
        "unknown",
    ]
)
"""Fields with a place of their own in the model; every other column that is known is kept as another value."""
WORDS = frozenset(
    [
        "actions",
        "deadline",
        "definition",
        "frequency",
        "period",
        "quarter_comments",
        "service",
        "source",
        "theme",
        "updated",
    ]
)
"""Kept columns of words: a number in them is no figure."""
MARK = re.compile(r"(?<=\S) [⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᵖʳ*†‡]+$")
"""The mark of a footnote behind a name: 'Young offenders who offend again ¹' is the measure without it."""
Rows = dict[str, list[dict[str, Any]]]


def measure_rows(
    lines: Lines,
    columns: list[Heading],
    cells: Mapping[int, Cell],
    fields: Mapping[str, Cell],
    rated_above: bool,
) -> Rows:
    """The rows of a measure line. ``rated_above``: the rating column of the table rates the priority."""
    for name in ("measure", "target"):
        if name in fields:
            lines.ledger.claim(fields[name], "value", name)
    target = _values(lines, fields.get("target"))
    results: list[tuple[Heading, Cell, tuple[Value, ...]]] = []
    for number, cell in sorted(cells.items()):
        heading = columns[number]
        if heading.field in ("quarter", "latest") and not cell.blank:
            lines.ledger.claim(cell, "value", "result")
            results.append((heading, cell, _values(lines, cell)))
    parts = sorted({v.part or "" for vs in (target, *(vs for _, _, vs in results)) for v in vs if v.part})
    base = _measure(lines, fields, rated_above)
    rows: Rows = {"measures": [], "results": [], "other_values": []}
    each: list[str | None] = [*parts] if parts else [None]
    for part in each:
        rows["measures"].append(base | {"part": part} | _target(fields.get("target"), target, part))
    for printed, values in [(fields.get("target"), target), *((cell, said) for _, cell, said in results)]:
        if printed and {value.status for value in values} == {"text"} and holds_figure(printed.text):
            lines.ledger.find("value-unread", printed)
    for heading, cell, values in results:
        quarter = heading.quarter if heading.field == "quarter" else lines.quarter
        for value in values:
            if quarter is None:
                rows["other_values"].append(_other(lines, heading, cell, value, heading.field))
            else:
                rows["results"].append(_result(lines, heading, cell, value, quarter))
    for number, cell in sorted(cells.items()):
        heading = columns[number]
        if cell.blank and not (cell.drawn or (heading.field == "quarter_rag" and cell.fill)):
            continue
        if heading.field not in OF_THE_LINE:
            lines.ledger.claim(cell, "value", heading.field)
            for value in _values(lines, cell):
                rows["other_values"].append(_other(lines, heading, cell, value, _name(heading)))
            if heading.quarter == lines.quarter and heading.year in (None, lines.year):
                if heading.field == "quarter_rag":
                    _rate(lines, rows["measures"], cell)
                elif heading.field == "quarter_target" and "target" not in fields:
                    values = _values(lines, cell)
                    for row in rows["measures"]:
                        row |= _target(cell, values, row["part"])
    if lines.coloured:
        _rate_by_colour(lines, rows["measures"], results)
    return rows


def _rate_by_colour(
    lines: Lines, measures: list[dict[str, Any]], results: list[tuple[Heading, Cell, tuple[Value, ...]]]
) -> None:
    """Where results are rated by the colour of their cells, that of the reported quarter is the measure's."""
    for heading, cell, _ in results:
        now = heading.field == "latest" or heading.quarter == lines.quarter
        rating = of_colour(cell.fill) if now and cell.fill and heading.year in (None, lines.year) else None
        for row in measures:
            if rating and not row.get("rag"):
                row |= {"rag": rating, "rag_source": "colour", "rag_text": None, "rag_place": str(cell.place)}


def _name(heading: Heading) -> str:
    """'t2' for the target of quarter 2, likewise r(ag), d(irection), c(omments), f(orecast); else the field."""
    if heading.field.startswith("quarter_"):
        return f"{heading.field.removeprefix('quarter_')[0]}{heading.quarter}"
    return heading.field


def _rate(lines: Lines, measures: list[dict[str, Any]], cell: Cell) -> None:
    """Where each quarter has a rating of its own, that of the reported quarter is the measure's."""
    rating = lines.rating(cell)
    for row in measures:
        if not row.get("rag"):
            row |= _stated(rating, cell)


def _stated(rating: Rating | None, cell: Cell) -> dict[str, Any]:
    if not rating or not rating.rating:
        return {}
    return {
        "rag": rating.rating,
        "rag_source": rating.source,
        "rag_text": cell.text.strip() or None,
        "rag_place": str(cell.place),
    }


def _values(lines: Lines, cell: Cell | None) -> tuple[Value, ...]:
    if cell is None or cell.blank:
        return ()
    return read_value(cell.text, cell.native, cell.number_format, lines.codes.values)


def _measure(lines: Lines, fields: Mapping[str, Cell], rated_above: bool) -> dict[str, Any]:
    measure = fields["measure"]
    priority = lines.priority
    row: dict[str, Any] = {
        "document_id": lines.id,
        "measure_no": lines.measures,
        "priority_no": priority["priority_no"] if priority else None,
        "section": lines.section,
        "priority": priority["priority"] if priority else None,
        "measure": MARK.sub("", measure.text.strip()),
        "place": str(measure.place),
        "portfolio": None,
    }
    for field, column in TEXTS.items():
        cell = fields.get(field)
        if cell is not None and not cell.blank:
            row[column] = cell.text.strip()
            lines.ledger.claim(cell, "value", field)
    if not priority:
        for field in ("portfolio", "progress_summary"):
            cell = fields.get(field)
            if cell is not None and not cell.blank:
                column = "portfolio" if field == "portfolio" else "comments"
                row[column] = "\n".join(filter(None, [cell.text.strip(), row.get(column)]))
                lines.ledger.claim(cell, "value", field)
    direction = fields.get("direction")
    if direction is not None and (direction.drawn or not direction.blank):
        row["direction"], known = read_direction(direction, lines.codes)
        if not known:
            lines.ledger.find("direction-unknown", direction)
        row["direction_text"] = direction.text.strip() or direction.drawn
        lines.ledger.claim(direction, "value", "direction")
    rag = fields.get("rag")
    if rag is not None and not (rated_above and priority):
        rating = lines.rating(rag)
        row |= _stated(rating, rag)
    previous = fields.get("rag_previous")
    if previous is not None:
        rating = lines.rating(previous)
        row["rag_previous"] = rating.rating if rating else None
    return row


def _target(cell: Cell | None, values: tuple[Value, ...], part: str | None) -> dict[str, Any]:
    if cell is None or cell.blank:
        return {}
    value = next((v for v in values if v.part == part), values[0] if values else None)
    row: dict[str, Any] = {"target_text": cell.text.strip(), "target_place": str(cell.place)}
    if value and (value.part == part or len(values) == 1):
        row |= {
            "target_value": value.number,
            "target_unit": value.unit,
            "target_status": value.status,
            "target_comparator": value.comparator,
        }
    return row


def _result(lines: Lines, heading: Heading, cell: Cell, value: Value, quarter: int) -> dict[str, Any]:
    return {
        "document_id": lines.id,
        "measure_no": lines.measures,
        "part": value.part,
        "quarter": quarter,
        "financial_year": heading.year or lines.year,
        "heading": heading.cell.text.strip(),
        "value_text": cell.text.strip(),
        "value": value.number,
        "digits": value.digits or None,
        "upper": value.upper,
        "unit": value.unit,
        "value_status": value.status,
        "comparator": value.comparator,
        "marks": " ".join(value.marks) or None,
        "place": str(cell.place),
        "native": None if cell.native is None else str(cell.native),
        "hidden": cell.hidden,
    }


def _other(lines: Lines, heading: Heading, cell: Cell, value: Value, name: str) -> dict[str, Any]:
    if heading.field.removeprefix(AGAIN) in WORDS | OF_THE_LINE - {"target", "latest"}:
        value = Value(value.text, None, "text", None, None, None, "text")
    return {
        "document_id": lines.id,
        "measure_no": lines.measures,
        "part": value.part,
        "field": name,
        "period_text": _period_text(heading),
        "heading": heading.cell.text.strip(),
        "value_text": cell.text.strip() or (cell.drawn or ""),
        "value": value.number,
        "unit": value.unit,
        "value_status": value.status,
        "place": str(cell.place),
    }


def _period_text(heading: Heading) -> str | None:
    """'Q2 2018/19', '2018/19' or None: what the heading says of its period."""
    quarter = f"Q{heading.quarter}" if heading.quarter else None
    return " ".join(filter(None, [quarter, heading.year])) or None
