"""Pages of a PDF as pictures, for people to look at; drawn in a process of its own, because files come from strangers.

python -m pipeline.extract.picture PARENT SECONDS FILE FOLDER NAME PAGE...
    writes FOLDER/NAME-p1-595.28x841.89.webp, ... within so many seconds of processor time; ends with the process PARENT
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.child import bound, end_with

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 1500
"""Pixels across a picture; enough to read a page of A3."""
LONGEST = 4000
COLOURS = 32
SECONDS, SLACK = 60, 4
"""Processor time for all the pages of one document that are asked for, and how many times that by the clock."""
MEMORY = 2 << 30


def page_picture(file: str, page_number: int, scale: float) -> Image:
    """A page, counted from 1, as a picture of ``scale`` pixels per point.

    A turned page is turned. The whole sheet is drawn, not only what its crop box shows: a place in points from its
    top left corner, times ``scale``, is the place in the picture.
    Raises IndexError for a page that is not there and pypdfium2.PdfiumError for a file that cannot be opened.
    """
    import pypdfium2

    pdf = pypdfium2.PdfDocument(file)
    try:
        return _draw(pdf, page_number, scale)[0]
    finally:
        pdf.close()


def _draw(pdf: Any, number: int, scale: float | None) -> tuple[Image, float, float]:
    """(picture, width, height of the page in points); without a scale the picture is WIDTH pixels wide."""
    if not 1 <= number <= len(pdf):
        raise IndexError(f"there is no page {number}")
    page = pdf[number - 1]
    # Here, for the reader of PDFs takes pictures of pages as well.
    from pipeline.extract.pdf.sheet import sheet_of

    sheet = sheet_of(page)
    page.set_mediabox(sheet.left, sheet.bottom, sheet.right, sheet.top)
    page.set_cropbox(sheet.left, sheet.bottom, sheet.right, sheet.top)
    page.close()
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        scale = scale or min(WIDTH / max(width, 1), LONGEST / max(height, 1))
        return page.render(scale=scale).to_pil().convert("RGB"), width, height
    finally:
        page.close()


def write_pictures(
    file: Path, folder: Path, name: str, pages: Iterable[int], seconds: int = SECONDS
) -> int | None:
    """Write a picture per page into ``folder``, in a process that may crash, hang or eat memory by itself.

    A picture is called ``<name>-p<page>-<width>x<height>.webp``, width and height of the page in points. A page
    that cannot be drawn has no file afterwards; nothing is raised for what the document holds. Returns how the
    process ended: 0, its exit code, minus the signal that ended it, None when it hung.
    """
    order = [sys.executable, "-m", "pipeline.extract.picture", str(os.getpid()), str(seconds)]
    order += [str(file.resolve()), str(folder.resolve()), name, *map(str, pages)]
    with contextlib.suppress(subprocess.TimeoutExpired):
        root = Path(__file__).resolve().parents[2]
        return subprocess.run(
            order, cwd=root, capture_output=True, timeout=SLACK * seconds, check=False
        ).returncode
    return None


def _main(file: str, folder: str, name: str, pages: list[int]) -> None:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(file)
    for number in pages:
        with contextlib.suppress(IndexError, pypdfium2.PdfiumError):
            picture, width, height = _draw(pdf, number, None)
            unfinished = Path(folder) / f".{name}-p{number}.new"
            picture.quantize(COLOURS).convert("RGB").save(unfinished, "WEBP", lossless=True, method=3)
            unfinished.rename(Path(folder) / f"{name}-p{number}-{width:.2f}x{height:.2f}.webp")


if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    bound(int(sys.argv[2]), MEMORY)
    _main(sys.argv[3], sys.argv[4], sys.argv[5], [int(number) for number in sys.argv[6:]])
