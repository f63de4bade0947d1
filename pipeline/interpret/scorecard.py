"""One document's grids -> its Readings: title, tables, lines, rows, ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pipeline.codes import Codes
from pipeline.declared import financial_year, quarter_of
from pipeline.extract.extract import Extract
from pipeline.interpret.by_period import last_period, year_of_rows
from pipeline.interpret.hyphens import Hyphens
from pipeline.interpret.introductions import introduction, labelled, rated_behind_spaces, rated_name
from pipeline.interpret.ledger import Ledger
from pipeline.interpret.lines import Lines
from pipeline.interpret.parts import Part, Parts, names_document, parts_of
from pipeline.interpret.period_lines import last_said
from pipeline.interpret.running import feet
from pipeline.interpret.table import Cells, Table, printed
from pipeline.interpret.tables import filled_cells
from pipeline.interpret.titles import Title, read_title, title_findings
from pipeline.shapes import Cell, Claim, Document, Grid, Reading

TITLE = (
    "text",
    "place",
    "directorate_text",
    "directorate_place",
    "directorate",
    "council",
    "year",
    "quarter",
    "period_text",
    "period_place",
    "role",
)
"""What a title that is silent on it takes from the cover of its workbook."""

WORDED = ("section", "priority", "progress_summary", "portfolio", "measure", "comments", "owner")
"""What may hold a word that is broken at the end of a line."""


def readings_of(document: Document, extract: Extract, codes: Codes) -> list[Reading]:
    """The Readings of a document, one per scorecard in it; none when it is no scorecard at all."""
    grids, withheld = _computed(extract)
    found = parts_of([grid for grid in grids if not grid.hidden], codes)
    hidden = list(filled_cells([grid for grid in grids if grid.hidden]))
    cover = title = read_title(found.cover, codes, document.council)
    readings: list[Reading] = []
    unread: list[Cell] = []
    for part in found.parts:
        name = document.document_id if not readings else f"{document.document_id}-{len(readings) + 1}"
        ledger = Ledger(document.path)
        cells = list(part.cells)
        if not readings:
            ledger.add(extract.findings)
            for cell in hidden:
                ledger.claim(cell, "finding", "hidden-sheet")
            cells += [*_beside(found, ledger), *hidden]
        title = _title(part, title if part.follows else cover, codes, ledger, document.council)
        rows = _read(document, name, part, title, extract.parts, codes, ledger)
        if rows is None:
            unread += part.cells
            continue
        claims = ledger.close(cells)
        findings = ledger.findings
        if part.again:
            own = {str(cell.place) for cell in cells}
            findings = [f for f in findings if f.place is None or str(f.place) in own]
        early: tuple[Claim, ...] = extract.claims + withheld if not readings else ()
        kept = {table: tuple(lines) for table, lines in rows.items() if lines}
        readings.append(Reading(document, kept, tuple(findings), early + claims))
    return [_with_unread(readings[0], readings, unread), *readings[1:]] if readings and unread else readings


def _with_unread(first: Reading, readings: Sequence[Reading], unread: Sequence[Cell]) -> Reading:
    """The first Reading with the cells of the parts that hold headings and nothing below them."""
    claimed = {id(claim.cell) for reading in readings for claim in reading.ledger}
    left = [cell for cell in unread if id(cell) not in claimed]
    ledger = Ledger(first.document.path)
    for cell in left[:1]:
        ledger.keep_out("part-unread", cell, part=cell.place.part)
    for cell in left[1:]:
        ledger.claim(cell, "finding", "part-unread")
    findings = (*first.findings, *ledger.findings)
    return replace(first, findings=findings, ledger=first.ledger + ledger.close(left))


def _computed(extract: Extract) -> tuple[list[Grid], tuple[Claim, ...]]:
    """The grids without formulas that have no stored result, which the reader reported, and claims for those."""
    rule = "formula-without-result"
    places = {finding.place for finding in extract.findings if finding.rule == rule}
    if not places:
        return list(extract.grids), ()
    claims = []
    grids = []
    for grid in extract.grids:
        claims += [Claim(cell, "finding", rule) for cell in filled_cells([grid]) if cell.place in places]
        rows = tuple(
            tuple(replace(cell, text="") if cell.place in places else cell for cell in row)
            for row in grid.rows
        )
        grids.append(replace(grid, rows=rows))
    return grids, tuple(claims)


def _beside(found: Parts, ledger: Ledger) -> Iterator[Cell]:
    """Claim what stands on sheets without a table: the cover's title, and guidance, lists or figures unread."""
    for row in found.cover:
        for cell in row:
            ledger.claim(cell, "heading", "title")
            yield cell
    for grid in found.spare:
        cells = list(filled_cells([grid]))
        figures = [row for row in grid.rows if sum(cell.native is not None for cell in printed(row)) > 1]
        rule = "sheet-unread" if len(figures) > 2 else "sheet-without-table"
        for number, cell in enumerate(cells):
            if not number:
                ledger.find(rule, cell, cell.place.part, cells=len(cells))
            ledger.claim(cell, "finding", rule)
            yield cell


def _read(
    document: Document, name: str, part: Part, title: Title, parts: int, codes: Codes, ledger: Ledger
) -> dict[str, list[dict[str, Any]]] | None:
    ledger.add(title_findings(title, document, codes))
    role = title.role or document.role or "scorecard"
    year, quarter, source = _period(document, title, part, codes)
    if not (year and quarter):
        ledger.find("period-missing", None, title.text)
    hyphens = Hyphens([cell for grid in part.grids for cell in grid.cells()])
    lines = Lines(name, codes, ledger, year, quarter, title, role, hyphens, feet(part.grids))
    above = [
        _above(table, codes)[1] if number == 0 else table.before for number, table in enumerate(part.tables)
    ]
    lines.spaced = rated_behind_spaces(above, codes)
    lines.introduced = sum(introduction(rows, codes) is not None for rows in above) > 1
    for table, before in zip(part.tables, above, strict=True):
        lines.read_table(table, before)
    if not (lines.rows["measures"] or lines.rows["priorities"]):
        return None
    _mend(lines.rows, hyphens)
    lines.rows["documents"] = [_document_row(document, name, title, role, year, quarter, source, parts)]
    return lines.rows


def _mend(rows: dict[str, list[dict[str, Any]]], hyphens: Hyphens) -> None:
    """Make words whole in names and narratives; the cells in the ledger stay as printed."""
    for row in (row for lines in rows.values() for row in lines):
        row.update({name: hyphens.mended(row[name]) for name in WORDED if isinstance(row.get(name), str)})


def _title(part: Part, cover: Title, codes: Codes, ledger: Ledger, declared: str | None) -> Title:
    """The title above the first table, with what rows, sheet and cover say where it is silent."""
    above = _above(part.tables[0], codes)[0]
    for row in above:
        for cell in printed(row):
            ledger.claim(cell, "heading", "title")
    title = read_title([printed(row) for row in above], codes, declared)
    silent_on = not title.directorate_text or codes.is_whole_council(title.directorate_text)
    if part.directorate and (part.several or silent_on):
        known = codes.directorate(part.directorate, declared or title.council)
        council = (known[1] if known else None) or title.council
        name = known[0] if known else part.directorate
        place = part.named.place if part.named else None
        title = replace(title, directorate_text=part.directorate, directorate=name, council=council)
        title = replace(title, directorate_place=place)
    said = {"directorate_text", "directorate_place"} if title.directorate else set()
    said |= {"period_place"} if title.period_text else set()
    silent = {name: getattr(cover, name) for name in TITLE if not getattr(title, name)}
    return replace(title, **{name: value for name, value in silent.items() if name not in said})


def _period(
    document: Document, title: Title, part: Part, codes: Codes
) -> tuple[str | None, int | None, str | None]:
    """(financial year, quarter, where they were found): title, sheet's name, folder, name or manifest, rows."""
    of_sheet = quarter_of(part.sheet), financial_year(part.sheet)
    year = title.year or of_sheet[1] or document.financial_year
    quarter = (
        of_sheet[0] or last_said(part.tables, title.period_place, codes) or title.quarter or document.quarter
    )
    if year and quarter:
        by_title = title.year and title.quarter and not of_sheet[0]
        return year, quarter, "title" if by_title else "sheet" if any(of_sheet) else document.period_source
    last = max(
        filter(
            None,
            (last_period(table.columns, table.rows, year) for table in part.tables if table.laid is None),
        ),
        default=None,
    )
    if last and not quarter:
        return year or last[0], last[1], "rows"
    if not year:
        named = {year_of_rows(table.columns, table.rows) for table in part.tables if table.laid is None}
        year = named.pop() if len(named) == 1 else None
        return year, quarter, "rows" if year else document.period_source
    return year, quarter, document.period_source


def _above(table: Table, codes: Codes) -> tuple[list[Cells], list[Cells]]:
    """Lines above the first table: the title, and what stands between it and the table (a section's name)."""
    before = table.before
    # 'Progress Summary | Void times fell for the third quarter running' tells of a priority; it is no title.
    end = next(
        (number for number, row in enumerate(before) if labelled(row, codes) or rated_name(row, codes)),
        len(before),
    )
    named = (n for n, row in enumerate(before[:end]) if names_document(row) and not _told(row))
    last = max(named, default=-1)
    if last < 0 and end == len(before):
        return before, []
    cut = last + 1 if last >= 0 else end
    return before[:cut], before[cut:]


def _told(row: Cells) -> bool:
    """Whether a line is a sentence that only speaks of a quarter: 'Void times fell for the third quarter running.'"""
    text = " ".join(cell.text.strip() for cell in printed(row))
    return text.endswith(".") and len(text.split()) > 8


def _document_row(
    document: Document,
    name: str,
    title: Title,
    role: str,
    year: str | None,
    quarter: int | None,
    source: str | None,
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
        "period_source": source,
        "received_on": document.received_on,
        "origin": document.origin,
        "status": "read",
        "parts": parts,
        "place": str(title.place) if title.place else None,
        "directorate_place": str(title.directorate_place) if title.directorate_place else None,
        "period_place": str(title.period_place) if title.period_place else None,
    }
