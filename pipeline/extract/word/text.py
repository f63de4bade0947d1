"""The text of Word paragraphs as a reader sees it, and what hangs in it: shapes, boxes, comments, deletions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.extract.colours import drawn_colour, hex_colour, solid_fill
from pipeline.extract.glyphs import apart, font_shape, preset_shape, shown, superscript
from pipeline.extract.office import (
    Element,
    attribute,
    child,
    children,
    descend,
    from_hex,
    local,
    real,
    truth,
    whole,
)
from pipeline.extract.word.styles import HIGHLIGHTS, Numbering, Properties, Styles, on, shading, themed, val

SILENT = frozenset(
    [
        "pPr",
        "rPr",
        "instrText",
        "delInstrText",
        "fldData",
        "proofErr",
        "sdtPr",
        "sdtEndPr",
        "rt",
        "annotationRef",
        "lastRenderedPageBreak",
        "separator",
        "continuationSeparator",
        "tcPr",
        "trPr",
        "tblPr",
        "tblGrid",
        "sectPr",
        "rubyPr",
        "ctrlPr",
    ]
)
BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": ""}
VML = {"oval": "circle", "rect": "square", "roundrect": "square"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one dress; ``ground`` is its shading or highlight, ``label`` a number set by Word."""

    text: str
    font: str
    colour: str | None
    ground: str | None
    bold: bool
    size: float | None
    label: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A drawn shape; ``box`` is the text it holds, if any."""

    kind: str
    fill: str | None
    box: Element | None


@dataclass(slots=True)
class Said:
    """Everything one cell or paragraph says."""

    pieces: list[Piece] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def labelled(self) -> bool:
        """Whether numbers set by Word are all the text there is."""
        return bool(self.text.strip()) and not any(p.text.strip() for p in self.pieces if not p.label)

    def add(self, text: str, like: Piece | None = None) -> None:
        self.pieces.append(like or Piece(text, "", None, None, False, None))


@dataclass(slots=True)
class Words:
    """What all the paragraphs of a document share. ``mark_of`` gives the number of a foot- or endnote, ``mark`` is
    that of the note being read."""

    styles: Styles
    numbering: Numbering
    theme: list[str]
    comments: dict[str, str]
    mark_of: Callable[[str, str], str]
    mark: str = ""

    def paragraph(self, element: Element, said: Said) -> None:
        """Add what a paragraph says, its bullet or number in front."""
        properties = self.styles.paragraph(child(element, "pPr"))
        before = len(said.pieces)
        field_depth = [0]
        self._walk(element, said, val(properties.get("pStyle")), field_depth)
        ground = shading(properties.get("shd"), self.theme)
        if ground:
            said.grounds.append(ground)
        place = properties.get("numPr")
        number, level = val(child(place, "numId"), "0"), val(child(place, "ilvl"), "0")
        if place is None or number == "0":
            return
        label = self.numbering.label(number, whole(level))
        filled = any(piece.text.strip() for piece in said.pieces[before:])
        if label and (filled or label != "•"):
            like = said.pieces[before] if filled else None
            bold, size = (like.bold, like.size) if like else (False, None)
            said.pieces.insert(before, Piece(f"{label} ", "", None, None, bold, size, True))

    def _walk(self, parent: Element, said: Said, style: str, depth: list[int]) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, said, style, depth)
            elif name in ("del", "moveFrom"):
                gone = "".join(e.text or "" for e in element.iter() if local(e) in ("delText", "t"))
                if gone.strip():
                    said.deleted.append(gone)
            elif name == "t":
                said.add(element.text or "")
            elif name == "AlternateContent":
                chosen = child(element, "Choice")
                chosen = child(element, "Fallback") if chosen is None else chosen
                if chosen is not None:
                    self._walk(chosen, said, style, depth)
            elif name in ("drawing", "pict", "object"):
                _drawn(element, said, self.theme)
            elif name not in SILENT:
                self._walk(element, said, style, depth)

    def _run(self, run: Element, said: Said, style: str, depth: list[int]) -> None:
        properties = self.styles.run(child(run, "rPr"), style)
        hidden = on(properties.get("vanish")) or on(properties.get("webHidden"))
        dress = self._dress(properties)
        for element in run:
            name = local(element)
            text = None
            if name == "t":
                text = (element.text or "").replace("\xad", "").replace("\r", "").replace("\n", " ")
            elif name in BREAKS:
                text = BREAKS[name]
            elif name == "sym":
                code = attribute(element, "char") or ""
                glyph = chr(from_hex(code)) if code else ""
                text = shown(glyph, attribute(element, "font") or "")
            elif name in ("footnoteReference", "endnoteReference"):
                text = self.mark_of(name[:-9], attribute(element, "id") or "")
                text = apart(said.text, text) if text else ""
            elif name in ("footnoteRef", "endnoteRef"):
                text = superscript(self.mark)
            elif name == "commentReference":
                note = self.comments.get(attribute(element, "id") or "")
                if note:
                    said.notes.append(note)
            elif name == "fldChar":
                text = _form(element)
            elif name == "AlternateContent" or name not in SILENT:
                self._walk([element], said, style, depth)
            if text is None or (hidden and not said.unseen and not text):
                continue
            if hidden:
                said.unseen.append(text)
                continue
            if on(properties.get("caps")):
                text = text.upper()
            if val(properties.get("vertAlign")) == "superscript" and name == "t":
                text = apart(said.text, text)
            said.add(text, Piece(text, *dress))

    def _dress(self, properties: Properties) -> tuple[str, str | None, str | None, bool, float | None]:
        fonts, colour, size = properties.get("rFonts"), properties.get("color"), val(properties.get("sz"))
        font = (attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "") if fonts is not None else ""
        ink = (hex_colour(val(colour)) or themed(colour, "theme", self.theme)) if colour is not None else None
        ground = shading(properties.get("shd"), self.theme)
        ground = HIGHLIGHTS.get(val(properties.get("highlight"))) or ground
        return font, ink, ground, on(properties.get("b")), real(size) / 2 or None


def printed(said: Said) -> str:
    """The text of a cell, signs of symbol fonts among words shown as signs; a sign alone stays as stored."""
    solid = [piece for piece in said.pieces if piece.text.strip()]
    if len(solid) != 1 or font_shape(solid[0].text, solid[0].font) is None:
        pieces = (shown(p.text, p.font) if len(p.text.strip()) == 1 else p.text for p in said.pieces)
        return "".join(pieces).strip("\n")
    return said.text.strip("\n")


def _form(element: Element) -> str | None:
    """What an old form field shows where its answer is no text: a ticked box, the chosen line of a list."""
    data = child(element, "ffData")
    box, choices = child(data, "checkBox"), child(data, "ddList")
    if box is not None:
        state = child(box, "checked")
        return (
            "☒"
            if (
                on(state if state is not None else child(box, "default"))
                and child(box, "default") is not None
            )
            or on(state)
            else "☐"
        )
    if choices is not None:
        lines = [val(e) for e in children(choices, "listEntry")]
        at = val(child(choices, "result")) or val(child(choices, "default")) or "0"
        return lines[whole(at)] if 0 <= whole(at) < len(lines) else None
    return None


def _drawn(element: Element, said: Said, theme: list[str]) -> None:
    """Take the shapes, text boxes and pictures of a drawing, new style or old."""
    name = local(element)
    if name == "AlternateContent":
        chosen = child(element, "Choice")
        for inner in chosen if chosen is not None else ():
            _drawn(inner, said, theme)
    elif name == "wsp":
        said.marks.append(_shape(element, theme))
    elif name in ("pic", "chart", "relIds", "OLEObject", "imagedata"):
        spoken = descend(element, "nvPicPr", "cNvPr")
        label = "" if spoken is None else spoken.get("descr") or spoken.get("name") or ""
        said.pictures.append(label or name)
    elif name in ("shape", "oval", "rect", "roundrect", "line", "polyline"):
        if child(element, "imagedata") is not None:
            said.pictures.append(attribute(element, "alt") or "picture")
            return
        box = descend(element, "textbox", "txbxContent")
        colour = hex_colour((element.get("fillcolor") or "").partition(" ")[0])
        colour = None if attribute(element, "filled") in ("f", "false") else colour
        if box is not None or (colour and name in VML):
            said.marks.append(Mark(VML.get(name, "shape"), colour, box))
    elif name == "txbxContent":
        said.marks.append(Mark("shape", None, element))
    else:
        for inner in element:
            _drawn(inner, said, theme)


def _shape(element: Element, theme: list[str]) -> Mark:
    properties = child(element, "spPr")
    preset, turn = child(properties, "prstGeom"), child(properties, "xfrm")
    turned = (0, False, False)
    if turn is not None:
        turned = (whole(turn.get("rot")), truth(turn.get("flipV")), truth(turn.get("flipH")))
    kind = preset_shape("" if preset is None else preset.get("prst") or "", *turned)
    fill = drawn_colour(solid_fill(properties), theme)
    if fill is None and child(properties, "noFill") is None:
        fill = drawn_colour(descend(element, "style", "fillRef"), theme)
    return Mark(kind or "shape", fill, descend(element, "txbx", "txbxContent"))
