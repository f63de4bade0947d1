"""A file as extracted, for the eye: every cell that holds something, with its place, before any meaning."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.documents import register_file
from pipeline.shapes import Cell

if TYPE_CHECKING:
    from pipeline.extract.extract import Extract


PICTURES = Path("build/show")
"""Where the pictures of pages go, below the folder of the call."""
SCALE = 2.0
"""Pixels to a point."""
COLOURS = {"table": "#1d4ed8", "loose": "#b45309", "finding": "#b91c1c"}


def show(file: Path, pictures: Path = PICTURES) -> Iterator[str]:
    """Lines to print; of a PDF also a picture of each page, with the cells that were found drawn over it.

    Raises Unreadable or OverLimit as the ingest would find it.
    """
    from pipeline.extract import extract
    from pipeline.preflight import preflight

    document, registered = register_file(file)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"document.{document.kind}"
        copy.write_bytes(file.read_bytes())
        noted = preflight(copy, document.kind)
        extracted = extract(replace(document, file=str(copy)))
        drawn = list(_pictures(copy, file.stem, extracted, pictures)) if document.kind == "pdf" else []
    filled = sum(not cell.blank for grid in extracted.grids for cell in grid.cells())
    yield f"{file}: {document.kind}, {_many(extracted.parts, 'part')}, {_many(len(extracted.grids), 'grid')}, {_many(filled, 'filled cell')}"
    for grid in extracted.grids:
        yield ""
        yield f"== {grid.part or document.kind} {'loose lines' if grid.lines else 'table'} of {len(grid.rows)} rows"
        for row in grid.rows:
            for cell in row:
                if not cell.blank or cell.drawn or cell.fill:
                    yield f"{cell.place!s:<16} {_said(cell)}"
    for finding in (*registered, *noted, *extracted.findings):
        yield f"finding {finding.rule} {finding.place or ''} {finding.quote}".rstrip()
    for picture in drawn:
        yield f"picture {picture}"


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'s' * (number != 1)}"


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


def _pictures(copy: Path, name: str, extracted: Extract, folder: Path) -> Iterator[Path]:
    """Write a picture for each page: cells of tables, loose lines, and what has a finding, each in its colour."""
    from PIL import ImageDraw

    from pipeline.extract.picture import page_picture

    doubted = {str(finding.place) for finding in extracted.findings if finding.place}
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, extracted.parts + 1):
        picture = page_picture(str(copy), number, SCALE)
        pen = ImageDraw.Draw(picture)
        for grid in extracted.grids:
            for cell in grid.cells() if grid.part == f"p{number}" else ():
                if cell.place.box:
                    kind = "loose" if grid.lines else "table"
                    colour = COLOURS["finding" if str(cell.place) in doubted else kind]
                    box = [SCALE * edge for edge in cell.place.box]
                    pen.rectangle(
                        (min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])),
                        outline=colour,
                        width=2,
                    )
                    pen.text(
                        (box[2] - 3, box[3] - 2),
                        f"r{cell.place.row} c{cell.place.column}",
                        fill=colour,
                        anchor="rs",
                    )
        target = folder / f"{name}-p{number}.png"
        picture.save(target)
        yield target
