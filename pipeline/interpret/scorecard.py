"""One document's grids -> its Readings: title, tables, lines, rows, ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.codes import Codes
from pipeline.extract.extract import Extract
from pipeline.interpret.heading_rows import Cells, Table, printed
from pipeline.interpret.ledger import Ledger
from pipeline.interpret.lines import Lines
from pipeline.interpret.running import feet
from pipeline.interpret.tables import filled_cells, labelled, tables
from pipeline.interpret.titles import Title, is_title, labels, read_title, title_findings
from pipeline.shapes import Claim, Document, Grid, Reading


def readings_of(document: Document, extract: Extract, codes: Codes) -> list[Reading]:
    """The Readings of a document, one per scorecard in it; none when it is no scorecard at all.

    Sheets of a workbook that each have a title and a table of their own are scorecards of their own.
    """
    scorecards = _scorecards(extract.grids, codes)
    readings: list[Reading] = []
    for number, grids in enumerate(scorecards, 1):
        name = document.document_id if number == 1 else f"{document.document_id}-{number}"
        ledger = Ledger(document.path)
        if number == 1:
            ledger.add(extract.findings)
        rows = _read(document, name, grids, extract.parts, codes, ledger)
        if rows is None:
            continue
        hidden = [grid for grid in extract.grids if grid.hidden] if number == 1 else []
        for cell in filled_cells(hidden):
            ledger.claim(cell, "finding", "hidden-sheet")
        claims = ledger.close(filled_cells([*grids, *hidden]))
        early: tuple[Claim, ...] = extract.claims if number == 1 else ()
        kept = {table: tuple(found) for table, found in rows.items() if found}
        readings.append(Reading(document, kept, tuple(ledger.findings), early + claims))
    return readings


def _scorecards(grids: Sequence[Grid], codes: Codes) -> list[list[Grid]]:
    shown = [grid for grid in grids if not grid.hidden]
    sheets: dict[str, list[Grid]] = {}
    for grid in shown:
        first = next((cell for cell in grid.cells()), None)
        sheets.setdefault(grid.part if first and first.place.sheet else "", []).append(grid)
    own: list[list[Grid]] = []
    spare: list[Grid] = []
    for part in sheets.values():
        found = tables(part, codes)
        titled = bool(found) and any(_titled(row) for row in found[0].before)
        if titled or not own:
            own.append(spare + part if not own else part)
            spare = []
        else:
            own[-1] += part
    return own


def _titled(row: Cells) -> bool:
    cells = printed(row)
    return is_title(" ".join(cell.text for cell in cells)) or labels(cells)


def _read(
    document: Document, name: str, grids: list[Grid], parts: int, codes: Codes, ledger: Ledger
) -> dict[str, list[dict[str, Any]]] | None:
    found = tables(grids, codes)
    if not found:
        return None
    above, section = _above(found[0], codes)
    title = read_title([printed(row) for row in above], codes)
    ledger.add(title_findings(title, document, codes))
    for row in above:
        for cell in printed(row):
            ledger.claim(cell, "heading", "title")
    role = title.role or document.role or "scorecard"
    year, quarter = title.year or document.financial_year, title.quarter or document.quarter
    if not (year and quarter):
        ledger.find("period-missing", None, title.text)
    lines = Lines(name, codes, ledger, year, quarter, title, role, feet(grids))
    for number, table in enumerate(found):
        before = section if number == 0 else table.before
        lines.read_table(table, before)
    if not (lines.rows["measures"] or lines.rows["priorities"]):
        return None
    lines.rows["documents"] = [_document_row(document, name, title, role, year, quarter, parts)]
    return lines.rows


def _above(table: Table, codes: Codes) -> tuple[list[Cells], list[Cells]]:
    """Lines above the first table: the title, and what stands between it and the table (a section's name)."""
    before = table.before
    # 'Progress Summary | Void times fell for the third quarter running' tells of a priority; it is no title.
    end = next((number for number, row in enumerate(before) if labelled(row, codes)), len(before))
    last = max((number for number, row in enumerate(before[:end]) if _titled(row)), default=-1)
    if last < 0 and end == len(before):
        return before, []
    cut = last + 1 if last >= 0 else end
    return before[:cut], before[cut:]


def _document_row(
    document: Document,
    name: str,
    title: Title,
    role: str,
    year: str | None,
    quarter: int | None,
    parts: int,
) -> dict[str, Any]:
    declared = title.directorate or document.directorate
    return {
        "document_id": name,
        "document_path": document.path,
        "sha256": document.sha256,
        "bytes": document.bytes,
        "kind": document.kind,
        "document_role": role,
        "council": document.council or title.council,
        "directorate": declared,
        "directorate_text": title.directorate_text,
        "title_text": title.text or None,
        "financial_year": year,
        "reported_quarter": quarter,
        "period_text": title.period_text,
        "period_source": "title" if title.year and title.quarter else document.period_source,
        "received_on": document.received_on,
        "origin": document.origin,
        "status": "read",
        "parts": parts,
        "place": str(title.place) if title.place else None,
    }
