"""Pages of a PDF as pictures, for people to look at; drawn in a process of its own, because files come from strangers.

python -m pipeline.extract.picture FILE FOLDER NAME PAGE...   writes FOLDER/NAME-p1-595.28x841.89.webp, ...
"""

from __future__ import annotations

import contextlib
import resource
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.extract.pdf_sheet import sheet_of

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 1500
"""Pixels across a picture; enough to read a page of A3."""
LONGEST = 4000
COLOURS = 32
SECONDS = 60
"""For all the pages of one document that are asked for."""
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


def write_pictures(file: Path, folder: Path, name: str, pages: Iterable[int]) -> None:
    """Write a picture per page into ``folder``, in a process that may crash, hang or eat memory by itself.

    A picture is called ``<name>-p<page>-<width>x<height>.webp``, width and height of the page in points. A page
    that cannot be drawn has no file afterwards; nothing is raised for what the document holds.
    """
    command = [
        sys.executable,
        "-m",
        "pipeline.extract.picture",
        str(file.resolve()),
        str(folder.resolve()),
        name,
    ]
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(
            [*command, *map(str, pages)],
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )


def _main(file: str, folder: str, name: str, pages: list[int]) -> None:
    import pypdfium2

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pdf = pypdfium2.PdfDocument(file)
    for number in pages:
        with contextlib.suppress(IndexError, pypdfium2.PdfiumError):
            picture, width, height = _draw(pdf, number, None)
            unfinished = Path(folder) / f".{name}-p{number}.new"
            picture.quantize(COLOURS).convert("RGB").save(unfinished, "WEBP", lossless=True, method=3)
            unfinished.rename(Path(folder) / f"{name}-p{number}-{width:.2f}x{height:.2f}.webp")


if __name__ == "__main__":
    _main(str(Path(sys.argv[1])), sys.argv[2], sys.argv[3], [int(number) for number in sys.argv[4:]])
