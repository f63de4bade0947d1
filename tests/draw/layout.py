"""A layout of the zoo: one page drawn in several formats, with its truth beside it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import blocks as b
from . import to_docx, to_html, to_reportlab, to_text, to_xlsx
from .model import Card, Drawn, Rows, truth, write_truth
from .office import convert

FOLDER = Path(__file__).resolve().parents[1] / "layouts"


@dataclass(frozen=True)
class Layout:
    """``formats`` name files: xlsx docx txt csv ods xls, and the PDFs libreoffice (from the workbook),
    libreoffice-word (from the Word document), reportlab and chromium. ``pages`` overrides the page of a
    format. Several ``facts`` mean several scorecards in one file."""

    name: str
    page: b.Page
    facts: Sequence[tuple[Card, Drawn]]
    formats: str
    pages: Mapping[str, b.Page] = field(default_factory=dict)
    change: Callable[[dict[str, Rows]], None] | None = None


def draw(layout: Layout, folder: Path = FOLDER) -> list[Path]:
    """Write the files of a layout and its truth; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind in layout.formats.split():
        page = layout.pages.get(kind, layout.page)
        suffix = kind if kind in ("xlsx", "docx", "txt", "csv", "ods", "xls") else f"{kind}.pdf"
        target = folder / f"{layout.name}.{suffix}"
        draw_one(kind, page, target)
        written.append(target)
    place = folder / layout.name
    if place.exists():
        shutil.rmtree(place)
    for number, (card, drawn) in enumerate(layout.facts, 1):
        tables = truth(card, drawn)
        if layout.change:
            layout.change(tables)
        write_truth(place if len(layout.facts) == 1 else place / str(number), tables)
    return written


def draw_one(kind: str, page: b.Page, target: Path) -> None:
    direct = {"xlsx": to_xlsx.draw, "docx": to_docx.draw, "txt": to_text.draw, "csv": to_text.draw_csv}
    direct |= {"reportlab": to_reportlab.draw, "chromium": to_html.draw}
    if kind in direct:
        direct[kind](page, target)
        return
    with tempfile.TemporaryDirectory() as scratch:
        word = kind == "libreoffice-word"
        source = Path(scratch) / ("page.docx" if word else "page.xlsx")
        (to_docx if word else to_xlsx).draw(page, source)
        convert(source, target)
