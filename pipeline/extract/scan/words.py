"""Text recognised in pictures by tesseract, which a machine may have or not."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.child import tied

if TYPE_CHECKING:
    from PIL.Image import Image

PROGRAM = "tesseract"
SECONDS = 120
"""For one picture; the limits of the document hold besides."""
BLOCK, SPARSE, SIDE = "6", "11", "0"
"""Page layouts as tesseract numbers them: one block of lines; text here and there; which side is up."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A recognised word, its box in pixels of the picture, and how sure tesseract is of it, in percent."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    sure: float
    line: tuple[int, ...]
    """Which block, paragraph and line it stands in."""


def installed() -> bool:
    """Whether text can be recognised on this machine."""
    return shutil.which(PROGRAM) is not None


def recognise(picture: Image, layout: str, dpi: int) -> list[Seen]:
    """The words of a picture. None are found where tesseract fails or needs too long."""
    return list(_words(_run(picture, ["--psm", layout, "--dpi", str(dpi), "tsv"])))


def side_up(picture: Image, dpi: int) -> int:
    """By how many degrees (0, 90, 180, 270) a picture has to be turned to the right to stand upright."""
    for line in _run(picture, ["--psm", SIDE, "--dpi", str(dpi)]).splitlines():
        name, _, value = line.partition(":")
        if name == "Rotate" and value.strip() in ("90", "180", "270"):
            return int(value)
    return 0


def _run(picture: Image, options: list[str]) -> str:
    stored = io.BytesIO()
    picture.save(stored, "PNG", compress_level=1)
    try:
        done = subprocess.run(
            tied(PROGRAM, "stdin", "stdout", *options),
            input=stored.getvalue(),
            capture_output=True,
            timeout=SECONDS,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _words(table: str) -> Iterator[Seen]:
    for line in table.splitlines()[1:]:
        fields = line.split("\t")
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
            continue
        block, paragraph, number, _, x0, top, width, height = map(int, fields[2:10])
        text = fields[11].strip()
        yield Seen(text, x0, top, x0 + width, top + height, float(fields[10]), (block, paragraph, number))
