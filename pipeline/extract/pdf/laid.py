"""What is laid over a page and seen with it: the fields of a form that was filled in, typed texts, stamps.

They are no part of the page until they are laid down on it, in memory: then they are read as what was printed.
Marks of a reader (highlights, sticky notes) are not what the page says, and stay off; what they say is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, create_string_buffer
from typing import Any

from pypdfium2 import raw

from pipeline.extract.pdf.sheet import Sheet
from pipeline.shapes import Box

SEEN = frozenset({raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP})

STRUCK = "struck out"
MARKS = {
    raw.FPDF_ANNOT_TEXT: "a note",
    raw.FPDF_ANNOT_CARET: "a note",
    raw.FPDF_ANNOT_INK: "a drawing by hand",
    raw.FPDF_ANNOT_LINE: "a drawing by hand",
    raw.FPDF_ANNOT_SQUARE: "a drawing by hand",
    raw.FPDF_ANNOT_CIRCLE: "a drawing by hand",
    raw.FPDF_ANNOT_HIGHLIGHT: "highlighted",
    raw.FPDF_ANNOT_UNDERLINE: "underlined",
    raw.FPDF_ANNOT_SQUIGGLY: "underlined",
    raw.FPDF_ANNOT_STRIKEOUT: STRUCK,
}
"""What a reader of the page put on it."""


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


def marks_on(page: Any, sheet: Sheet) -> Iterator[tuple[str, str, Box]]:
    """(what it is, what its writer says with it or '', where) of the marks that a reader put on a page of pypdfium2."""
    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, number)
        if not annotation:
            continue
        try:
            what, edges = MARKS.get(int(raw.FPDFAnnot_GetSubtype(annotation))), raw.FS_RECTF()
            if what and raw.FPDFAnnot_GetRect(annotation, byref(edges)):
                box = sheet.box(edges.left, edges.bottom, edges.right, edges.top)
                yield what, _said(annotation), box
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _said(annotation: Any) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    if length <= 2:
        return ""
    letters = create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(
        annotation, b"Contents", raw.cast(letters, raw.POINTER(raw.FPDF_WCHAR)), length
    )
    return letters.raw[: length - 2].decode("utf-16-le", "replace").replace("\r", "\n").strip()


def _kind(page: Any, number: int) -> int:
    annotation = raw.FPDFPage_GetAnnot(page.raw, number)
    if not annotation:
        return int(raw.FPDF_ANNOT_UNKNOWN)
    try:
        return int(raw.FPDFAnnot_GetSubtype(annotation))
    finally:
        raw.FPDFPage_CloseAnnot(annotation)
