"""A file as extracted, for the eye: every cell that holds something, with its place, before any meaning."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.documents import register_file
from pipeline.shapes import Cell


def show(file: Path) -> Iterator[str]:
    """Lines to print. Raises Unreadable or OverLimit as the ingest would find it."""
    from pipeline.extract import extract
    from pipeline.preflight import preflight

    document, registered = register_file(file)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"document.{document.kind}"
        copy.write_bytes(file.read_bytes())
        noted = preflight(copy, document.kind)
        extracted = extract(replace(document, file=str(copy)))
    filled = sum(not cell.blank for grid in extracted.grids for cell in grid.cells())
    yield f"{file}: {document.kind}, {extracted.parts} parts, {len(extracted.grids)} grids, {filled} filled cells"
    for grid in extracted.grids:
        yield ""
        yield f"== {grid.part or document.kind} {'loose lines' if grid.lines else 'table'} of {len(grid.rows)} rows"
        for row in grid.rows:
            for cell in row:
                if not cell.blank or cell.drawn:
                    yield f"{cell.place!s:<16} {_said(cell)}"
    for finding in (*registered, *noted, *extracted.findings):
        yield f"finding {finding.rule} {finding.place or ''} {finding.quote}".rstrip()


def _said(cell: Cell) -> str:
    marks = [
        f"spans {cell.rows}x{cell.columns}" if (cell.rows, cell.columns) != (1, 1) else "",
        f"stored {cell.native!r}" if cell.native is not None and str(cell.native) != cell.text else "",
        f"format {cell.number_format}" if cell.number_format not in ("", "General") else "",
        f"fill {cell.fill}" if cell.fill else "",
        f"drawn {cell.drawn}" if cell.drawn else "",
        "bold" if cell.bold else "",
        "hidden" if cell.hidden else "",
    ]
    extra = ", ".join(mark for mark in marks if mark)
    return cell.text.replace("\n", " ⏎ ") + (f"   [{extra}]" if extra else "")
