"""What is laid over a page and seen with it: the fields of a form that was filled in, typed texts, stamps.

They are no part of the page until they are laid down on it, in memory: then they are read as what was printed.
Marks of a reader (highlights, sticky notes) are not what the page says, and stay off.
"""

from __future__ import annotations

from typing import Any

from pypdfium2 import raw

SEEN = frozenset({raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP})


def draw_fields(pdf: Any) -> None:
    """Have the fields of a document of pypdfium2 drawn that only say what was typed into them."""
    if pdf.get_formtype() != raw.FORMTYPE_NONE:
        pdf.init_forms()


def laid_over(page: Any) -> bool:
    """Whether something is laid over a page of pypdfium2 that is seen with it."""
    return any(_kind(page, number) in SEEN for number in range(raw.FPDFPage_GetAnnotCount(page.raw)))


def lay_down(page: Any) -> None:
    """Make what is laid over a page a part of it, without the marks of readers. The page is to be opened again."""
    for number in reversed(range(raw.FPDFPage_GetAnnotCount(page.raw))):
        if _kind(page, number) not in SEEN:
            raw.FPDFPage_RemoveAnnot(page.raw, number)
    raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)


def _kind(page: Any, number: int) -> int:
    annotation = raw.FPDFPage_GetAnnot(page.raw, number)
    if not annotation:
        return int(raw.FPDF_ANNOT_UNKNOWN)
    try:
        return int(raw.FPDFAnnot_GetSubtype(annotation))
    finally:
        raw.FPDFPage_CloseAnnot(annotation)
