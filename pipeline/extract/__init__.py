"""Document -> Extract: the cells of a file with their places and no meaning.

READERS is the one registry of formats. A reader is a module with ``read(file: str) -> Extract``, imported only
when a document needs it. What a file is, its content says; its name only has a vote.
"""

from __future__ import annotations

import dataclasses
from importlib import import_module
from pathlib import Path

from pipeline.extract.extract import Extract, Unreadable
from pipeline.extract.office import DAMAGED
from pipeline.extract.recount import compared, recount
from pipeline.shapes import Document

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
FARTHEST = 2**31 - 1
"""Row, column or span that the warehouse has room for; Excel ends at row 1,048,576, Word nowhere."""


def extract(document: Document) -> Extract:
    """Read one document, and count it again with a second reader.

    Raises Unreadable when nothing can be read. A file whose content is not what its name says is read by
    its content (the register reports it); a count that differs, or cannot be had, is a finding.
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
    if any(
        max(c.place.row, c.place.column, c.rows, c.columns) > FARTHEST for g in found.grids for c in g.cells()
    ):
        raise Unreadable(
            "file-damaged", f"A cell stands or reaches beyond row or column {FARTHEST:,}. {DAMAGED}"
        )
    findings = list(found.findings)
    findings.extend(compared(document.file, kind, found, counted))
    return dataclasses.replace(found, findings=tuple(findings))


__all__ = ["READERS", "Extract", "Unreadable", "extract"]
