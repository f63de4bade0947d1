"""Grids -> rows: what the cells of a document mean, with a claim for every one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.codes import Codes
    from pipeline.extract.extract import Extract
    from pipeline.shapes import Document, Reading


def interpret(document: Document, extract: Extract, codes: Codes) -> list[Reading]:
    """The Readings of a document, one per scorecard in it; none when it is no scorecard at all."""
    from pipeline.interpret.scorecard import readings_of

    return readings_of(document, extract, codes)
