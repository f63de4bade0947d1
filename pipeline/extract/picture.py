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
from typing import TYPE_CHECKING

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

    As displayed: a turned page is turned and only what its crop box shows is drawn, so that a place in points
    from the top left, times ``scale``, is the place in the picture. Raises IndexError for a page that is not
    there and pypdfium2.PdfiumError for a file that cannot be opened.
    """
    import pypdfium2

    pdf = pypdfium2.PdfDocument(file)
    try:
        if not 1 <= page_number <= len(pdf):
            raise IndexError(f"there is no page {page_number}")
        page = pdf[page_number - 1]
        try:
            return page.render(scale=scale).to_pil().convert("RGB")
        finally:
            page.close()
    finally:
        pdf.close()


def page_sizes(file: str, pages: Iterable[int]) -> dict[int, tuple[float, float]]:
    """Page number -> width and height as displayed [points]."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(file)
    try:
        return {number: pdf.get_page_size(number - 1) for number in pages if 1 <= number <= len(pdf)}
    finally:
        pdf.close()


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
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number, (width, height) in page_sizes(file, pages).items():
        scale = min(WIDTH / max(width, 1), LONGEST / max(height, 1))
        picture = page_picture(file, number, scale).quantize(COLOURS)
        unfinished = Path(folder) / f".{name}-p{number}.new"
        picture.convert("RGB").save(unfinished, "WEBP", lossless=True, method=3)
        unfinished.rename(Path(folder) / f"{name}-p{number}-{width:.2f}x{height:.2f}.webp")


if __name__ == "__main__":
    _main(str(Path(sys.argv[1])), sys.argv[2], sys.argv[3], [int(number) for number in sys.argv[4:]])
