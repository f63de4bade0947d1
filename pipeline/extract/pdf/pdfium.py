"""The functions of pdfium that are called for every character or path, with plain addresses as arguments.

pypdfium2 wraps every pointer in an object of Python; for two thousand characters a page that costs more than the
reading. The interpreter is not let go of during a call either: each takes less than a microsecond.
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import PYFUNCTYPE, addressof, c_double, c_float, c_int, c_size_t, c_uint, c_ushort, c_void_p, cast
from typing import Any

from pypdfium2 import raw

Float, Double, Number, Letter = c_float, c_double, c_uint, c_ushort
TEXT, PATH, PICTURE, FORM = (
    raw.FPDF_PAGEOBJ_TEXT,
    raw.FPDF_PAGEOBJ_PATH,
    raw.FPDF_PAGEOBJ_IMAGE,
    raw.FPDF_PAGEOBJ_FORM,
)
MOVE, LINE = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO
UNSEEN = raw.FPDF_TEXTRENDERMODE_INVISIBLE


def _pointed(pointer: Any) -> int:
    return cast(pointer, c_void_p).value or 0


def _function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    return PYFUNCTYPE(result, *arguments)(_pointed(getattr(raw, name)))


_Place = c_void_p
load_text = _function("FPDFText_LoadPage", _Place, _Place)
close_text = _function("FPDFText_ClosePage", None, _Place)
count_chars = _function("FPDFText_CountChars", c_int, _Place)
text_between = _function("FPDFText_GetText", c_int, _Place, c_int, c_int, _Place)
char_code = _function("FPDFText_GetUnicode", c_uint, _Place, c_int)
char_unknown = _function("FPDFText_HasUnicodeMapError", c_int, _Place, c_int)
char_object = _function("FPDFText_GetTextObject", _Place, _Place, c_int)
char_box = _function("FPDFText_GetLooseCharBox", c_int, _Place, c_int, _Place)
char_origin = _function("FPDFText_GetCharOrigin", c_int, _Place, c_int, _Place, _Place)
char_matrix = _function("FPDFText_GetMatrix", c_int, _Place, c_int, _Place)
char_size = _function("FPDFText_GetFontSize", c_double, _Place, c_int)

object_font = _function("FPDFTextObj_GetFont", _Place, _Place)
object_mode = _function("FPDFTextObj_GetTextRenderMode", c_int, _Place)
font_name = _function("FPDFFont_GetBaseFontName", c_size_t, _Place, _Place, c_size_t)
font_depth = _function("FPDFFont_GetDescent", c_int, _Place, c_float, _Place)

count_objects = _function("FPDFPage_CountObjects", c_int, _Place)
page_object = _function("FPDFPage_GetObject", _Place, _Place, c_int)
count_pieces = _function("FPDFFormObj_CountObjects", c_int, _Place)
piece = _function("FPDFFormObj_GetObject", _Place, _Place, c_size_t)
object_kind = _function("FPDFPageObj_GetType", c_int, _Place)
object_matrix = _function("FPDFPageObj_GetMatrix", c_int, _Place, _Place)
object_bounds = _function("FPDFPageObj_GetBounds", c_int, _Place, _Place, _Place, _Place, _Place)
object_fill = _function("FPDFPageObj_GetFillColor", c_int, _Place, _Place, _Place, _Place, _Place)
draw_mode = _function("FPDFPath_GetDrawMode", c_int, _Place, _Place, _Place)
count_segments = _function("FPDFPath_CountSegments", c_int, _Place)
path_segment = _function("FPDFPath_GetPathSegment", _Place, _Place, c_int)
segment_point = _function("FPDFPathSegment_GetPoint", c_int, _Place, _Place, _Place)
segment_kind = _function("FPDFPathSegment_GetType", c_int, _Place)
segment_closes = _function("FPDFPathSegment_GetClose", c_int, _Place)

_inks = (c_uint * 4)()
_INKS = [addressof(_inks) + 4 * index for index in range(4)]


def address(page: Any) -> int:
    """Where pdfium keeps a page of pypdfium2."""
    return _pointed(page.raw)


def fill_of(thing: int) -> str | None:
    """The colour that an object is filled with, ``RRGGBB``; None for a pattern, no colour, or one that lets
    everything through."""
    if not object_fill(thing, *_INKS) or not _inks[3]:
        return None
    return f"{_inks[0]:02X}{_inks[1]:02X}{_inks[2]:02X}"
