"""Document -> Extract: the cells of a file with their places and no meaning.

READERS is the one registry of formats. A reader is a module with ``read(file: str) -> Extract``, imported only
when a document needs it. What a file is, its content says; its name only has a vote.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from importlib import import_module
from pathlib import Path

from pipeline.extract.extract import Extract, Unreadable
from pipeline.extract.recount import Count, recount
from pipeline.shapes import Document, Finding

READERS = {
    ".pdf": "pipeline.extract.pdf",
    ".xlsx": "pipeline.extract.excel",
    ".xlsm": "pipeline.extract.excel",
    ".xltx": "pipeline.extract.excel",
    ".xltm": "pipeline.extract.excel",
    ".xls": "pipeline.extract.workbooks",
    ".xlsb": "pipeline.extract.workbooks",
    ".ods": "pipeline.extract.workbooks",
    ".docx": "pipeline.extract.word",
    ".docm": "pipeline.extract.word",
    ".csv": "pipeline.extract.text",
    ".tsv": "pipeline.extract.text",
    ".tab": "pipeline.extract.text",
    ".txt": "pipeline.extract.text",
}
RECOUNTED = frozenset((".xlsx", ".xls", ".xlsb", ".ods", ".docx", ".docm", ".txt", ".csv", ".tsv", ".pdf"))


def extract(document: Document) -> Extract:
    """Read one document, and count it again with a second reader.

    Raises Unreadable when nothing can be read. A file whose content is not what its name says is read by
    its content (the register reports it); a count that differs is a finding.
    """
    from pipeline.extract.kinds import kind_of

    named = Path(document.file).suffix.casefold()
    kind = kind_of(document.file)
    if kind not in READERS:
        raise Unreadable(
            "file-type-unknown",
            f"No reader knows files of this kind ({named}). Save it as .xlsx, .docx, .pdf or .csv.",
        )
    # A PDF is counted first: of one that draws itself without end the counter tires, pdfium would end the process.
    counted = recount(document.file, kind, {}) if kind == ".pdf" else None
    found: Extract = import_module(READERS[kind]).read(document.file)
    findings = list(found.findings)
    findings.extend(recounted(document.file, kind, found, counted))
    return dataclasses.replace(found, findings=tuple(findings))


def recounted(file: str, kind: str, found: Extract, second: Count | None = None) -> list[Finding]:
    """A finding per part of which a second reader counts another number of non-blank cells (PDF: characters).

    ``second`` is its count where that was done before. A page that is a picture has nothing that could be counted.
    """
    from pipeline.extract.recount_pdf import printing

    what = "characters" if kind == ".pdf" else "cells"
    counted: Counter[str] = Counter()
    reach: dict[str, tuple[int, int]] = {}
    for grid in found.grids:
        cells = [cell for cell in grid.cells() if not cell.blank]
        if kind == ".pdf":
            counted[grid.part] += sum(printing(cell.text) for cell in cells)
        elif not (grid.lines and kind in (".xlsx", ".xlsm")):
            counted[grid.part] += len(cells)
        rows, columns = reach.get(grid.part, (0, 0))
        rows = max((cell.place.row for cell in cells), default=0, key=int) if cells else rows
        columns = max([columns, *(cell.place.column for cell in cells)])
        reach[grid.part] = (rows, columns)
    for claim in found.claims:
        counted[claim.cell.place.part] += printing(claim.cell.text) if kind == ".pdf" else 1
    counted.subtract(found.unseen)
    second = second or recount(file, kind, reach)
    if second is None:
        return []
    recognised = {finding.detail["part"] for finding in found.findings if finding.rule == "ocr-read"}
    findings = []
    if second.parts != found.parts:
        detail = {"what": "parts", "part": "", "first": found.parts, "second": second.parts}
        findings.append(Finding("recount-mismatch", None, "", detail))
    for part, number in second.cells.items():
        if number != counted[part] and part not in recognised:
            detail = {"what": what, "part": part, "first": counted[part], "second": number}
            findings.append(Finding("recount-mismatch", None, part, detail))
    return findings


__all__ = ["READERS", "Extract", "Unreadable", "extract"]
