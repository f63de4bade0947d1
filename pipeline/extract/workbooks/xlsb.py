"""Binary workbooks (.xlsb): the records of MS-XLSB that hold cells, texts, styles and ranges.

Values alone would not do: 0.72 that prints 72% is told by its style only. Drawings, themes and relations are the
XML of the usual .xlsx and read by the same code.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.extract.colours import INDEXED, WHITE, theme_colours, tinted
from pipeline.extract.excel.drawings import read_drawings
from pipeline.extract.excel.sheet import Raw, Sheet
from pipeline.extract.excel.styles import Font, Palette, Style, Styles
from pipeline.extract.excel.worksheet import Worksheet
from pipeline.extract.extract import Unreadable
from pipeline.extract.glyphs import apart
from pipeline.extract.number_dates import SHIFT_1904
from pipeline.extract.number_format import BUILT_IN, compile_format
from pipeline.extract.office import DAMAGED, Package
from pipeline.limits import check
from pipeline.shapes import Finding, Place, column_letters

ROW, BLANK, RK, ERROR, BOOL, REAL, TEXT, SHARED, F_TEXT, F_REAL, F_BOOL, F_ERROR, RICH = (*range(12), 62)
ITEM, FONT, FORMAT, FILL, XF, COLUMN, SHEET, BOOK, MERGE, DRAWING = 19, 43, 44, 45, 47, 60, 156, 153, 176, 550
XFS, XFS_END, CONDITION, COMMENT, COMMENT_TEXT = 617, 618, 461, 635, 637
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
STATES = {0: "visible", 1: "hidden", 2: "veryHidden"}
SUPERSCRIPT = 1


@dataclass(slots=True)
class Looks:
    """Styles, and which fonts raise their text."""

    styles: Styles
    raised: set[int] = field(default_factory=set)


def worksheets(file: str) -> Iterator[Worksheet]:
    """The sheets of a workbook. Raises Unreadable when it is damaged or encrypted."""
    try:
        with Package(file) as package:
            yield from _worksheets(package)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Unreadable("file-damaged", DAMAGED) from error


def _worksheets(package: Package) -> Iterator[Worksheet]:
    main = package.main_part("xl/workbook.bin")
    relations = package.relations(main)
    single = dict(relations.values())
    looks = _looks(package, single.get("styles"), theme_colours(package, single.get("theme")))
    texts: list[str] = []
    if single.get("sharedStrings", "") in package:
        texts = [_rich(d, 0, looks) for k, d in records(package.bytes(single["sharedStrings"])) if k == ITEM]
    shift = 0
    for kind, data in records(package.bytes(main)):
        if kind == BOOK and data[0] & 1:
            shift = SHIFT_1904
        elif kind == SHEET:
            relation, at = wide(data, 8)
            name, _ = wide(data, at)
            sort, part = relations.get(relation, ("", ""))
            state = STATES.get(struct.unpack_from("<I", data)[0] & 3, "hidden")
            if sort != "worksheet" or part not in package:
                place = Place(name, 1, 1, sheet=True)
                found = Finding("sheet-without-cells", place, name, {"sheet": name, "kind": sort})
                yield Worksheet(name, state, Sheet(), looks.styles, findings=[found])
                continue
            stored, findings = _sheet(package.bytes(part), name, texts, looks)
            own = package.relations(part)
            shapes = read_drawings(package, own, stored, looks.styles.palette.theme)
            notes = _notes(package, own, looks)
            yield Worksheet(
                name, state, stored, looks.styles, shift=shift, notes=notes, shapes=shapes, findings=findings
            )


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a binary part: (type, content)."""
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = 0
        for place in range(4):
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << 7 * place
            if not byte & 0x80:
                break
        yield kind, data[at : at + size]
        at += size


def wide(data: bytes, at: int) -> tuple[str, int]:
    """A counted UTF-16 text and where it ends; '' for the null text."""
    (count,) = struct.unpack_from("<I", data, at)
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    if end > len(data):
        raise struct.error("text reaches beyond its record")
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _rich(data: bytes, at: int, looks: Looks) -> str:
    """A text with runs, raised figures kept raised."""
    text, end = wide(data, at + 1)
    if data[at] & 1 and looks.raised:
        (count,) = struct.unpack_from("<I", data, end)
        runs = [struct.unpack_from("<HH", data, end + 4 + 4 * number) for number in range(count)]
        ends = [start for start, _ in runs[1:]] + [len(text)]
        whole = text[: runs[0][0]] if runs else text
        for (start, font), stop in zip(runs, ends, strict=True):
            whole += apart(whole, text[start:stop]) if font in looks.raised else text[start:stop]
        text = whole
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _looks(package: Package, part: str | None, theme: list[str]) -> Looks:
    palette = Palette(theme, list(INDEXED))
    found = Looks(Styles([], [], palette))
    codes: dict[int, str] = {}
    fonts: list[Font] = []
    fills: list[str | None] = []
    inside = False
    for kind, data in records(package.bytes(part)) if part and part in package else ():
        if kind == FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = wide(data, 2)[0]
        elif kind == FONT:
            height, bits, weight, raised = struct.unpack_from("<HHHH", data)
            if raised == SUPERSCRIPT:
                found.raised.add(len(fonts))
            ink = _colour(data, 12, palette)
            fonts.append(Font(weight >= 600, height / 20, wide(data, 21)[0], ink, bool(bits & 8)))
        elif kind == FILL:
            (pattern,) = struct.unpack_from("<I", data)
            front, back = _colour(data, 4, palette), _colour(data, 12, palette)
            colour = None if pattern == 0 else front if pattern == 1 else back or front
            fills.append(None if colour == WHITE else colour)
        elif kind in (XFS, XFS_END):
            inside = kind == XFS
        elif kind == XF and inside:
            _, number, font, fill = struct.unpack_from("<HHHH", data)
            code = codes.get(number) or str(BUILT_IN.get(number, ""))
            code = "" if code.casefold() == "general" else code
            ground = fills[fill] if fill < len(fills) else None
            dress = fonts[font] if font < len(fonts) else Font()
            found.styles.cells.append(Style(code, compile_format(code), ground, dress))
    if not found.styles.cells:
        found.styles.cells.append(Style())
    return found


def _colour(data: bytes, at: int, palette: Palette) -> str | None:
    kind, number, tint = data[at] >> 1, data[at + 1], struct.unpack_from("<h", data, at + 2)[0] / 32767
    match kind:
        case 1:
            base = palette.indexed[number] if number < len(palette.indexed) else None
        case 2:
            base = data[at + 4 : at + 7].hex().upper()
        case 3:
            base = palette.theme[number] if number < len(palette.theme) else None
        case _:
            return None
    return tinted(base, tint) if base and tint else base


def _sheet(data: bytes, name: str, texts: list[str], looks: Looks) -> tuple[Sheet, list[Finding]]:
    stored = Sheet()
    findings: list[Finding] = []
    row = 0
    for kind, body in records(data):
        if kind == ROW:
            check("cells", len(stored.cells))
            row = struct.unpack_from("<I", body)[0] + 1
            stored.heights[row] = struct.unpack_from("<H", body, 8)[0] / 20
            if body[11] & 0x10:
                stored.hidden_rows.add(row)
        elif kind <= F_ERROR or kind == RICH:
            column, style = struct.unpack_from("<II", body)
            letter, value = _value(kind, body, texts, looks)
            stored.cells.append(Raw(row, column + 1, style & 0xFFFFFF, letter, value, None))
        elif kind == COLUMN:
            first, last, width, _, bits = struct.unpack_from("<IIIIH", body)
            stored.widths.append((first + 1, last + 1, width / 256))
            if bits & 1 or not width:
                stored.hidden_columns.append((first + 1, last + 1))
        elif kind == MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            stored.merges.append((top + 1, left + 1, bottom + 1, right + 1))
        elif kind == DRAWING:
            stored.drawings.append(wide(body, 0)[0])
        elif kind == CONDITION and struct.unpack_from("<I", body, 8)[0]:
            top, bottom, left, right = struct.unpack_from("<IIII", body, 12)
            area = f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}"
            place = Place(name, top + 1, left + 1, sheet=True)
            findings.append(Finding("conditional-format-unread", place, area, {"sheet": name, "range": area}))
    return stored, findings


def _value(kind: int, body: bytes, texts: list[str], looks: Looks) -> tuple[str, str | None]:
    """The kind and value of a cell record as Raw has them."""
    match kind:
        case 2:
            (packed,) = struct.unpack_from("<i", body, 8)
            if packed & 2:
                number: float = packed >> 2
            else:
                number = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", packed & ~3))[0]
            return "n", _printed(number / 100 if packed & 1 else number)
        case 5 | 9:
            return "n", _printed(struct.unpack_from("<d", body, 8)[0])
        case 3 | 11:
            return "e", ERRORS.get(body[8], "#ERROR!")
        case 4 | 10:
            return "b", str(body[8])
        case 6 | 8:
            return "str", wide(body, 8)[0]
        case 7:
            (index,) = struct.unpack_from("<I", body, 8)
            return "str", texts[index] if index < len(texts) else ""
        case 62:
            return "str", _rich(body, 8, looks)
    return "n", None


def _printed(number: float) -> str:
    return repr(int(number) if float(number).is_integer() and abs(number) < 1e15 else float(number))


def _notes(
    package: Package, relations: dict[str, tuple[str, str]], looks: Looks
) -> dict[tuple[int, int], str]:
    notes: dict[tuple[int, int], str] = {}
    at = (0, 0)
    for sort, part in relations.values():
        if sort != "comments" or part not in package:
            continue
        for kind, data in records(package.bytes(part)):
            if kind == COMMENT:
                top, _, left, _ = struct.unpack_from("<IIII", data, 4)
                at = (top + 1, left + 1)
            elif kind == COMMENT_TEXT:
                notes[at] = _rich(data, 0, looks).strip()
    return notes
