"""The styles of a workbook: for each style number the number format, fill, bold, size and font of a cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.colours import INDEXED, WHITE, hex_colour, theme_colours, tinted
from pipeline.extract.number_format import BUILT_IN, Format, compile_format
from pipeline.extract.office import Element, Package, child, children, descend, real, truth, whole


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the workbook; ``colour`` is None where it is automatic."""

    bold: bool = False
    size: float | None = None
    name: str = ""
    colour: str | None = None
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """What a style number means for a cell."""

    code: str = ""
    printer: Format = field(default_factory=lambda: compile_format(""))
    fill: str | None = None
    font: Font = Font()


@dataclass(frozen=True, slots=True)
class Dressing:
    """What a conditional format changes: None leaves it as it is, ``fill`` '' takes a fill away."""

    fill: str | None = None
    colour: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours that styles refer to by number."""

    theme: list[str]
    indexed: list[str]

    def colour(self, element: Element | None) -> str | None:
        """The colour of a colour element as RRGGBB; None for automatic."""
        if element is None:
            return None
        base = hex_colour(element.get("rgb"))
        if base is None and element.get("theme"):
            number = whole(element.get("theme"))
            base = self.theme[number] if 0 <= number < len(self.theme) else None
        if base is None and element.get("indexed"):
            number = whole(element.get("indexed"))
            base = self.indexed[number] if 0 <= number < len(self.indexed) else None
        tint = real(element.get("tint"))
        return tinted(base, tint) if base and tint else base

    def fill(self, element: Element | None, dressing: bool = False) -> str | None:
        """The background of a fill element; None for none and white.

        A conditional format keeps its colour in bgColor, a cell's solid fill in fgColor; other patterns
        give the colour of their ground.
        """
        pattern = child(element, "patternFill")
        if pattern is None:
            stops = children(child(element, "gradientFill"), "stop")
            return self.colour(child(stops[0], "color")) if stops else None
        kind = pattern.get("patternType") or ("solid" if dressing else "none")
        if kind == "none":
            return None
        front, back = child(pattern, "fgColor"), child(pattern, "bgColor")
        if dressing and kind == "solid":
            found = self.colour(back) or self.colour(front)
        elif kind == "solid":
            found = self.colour(front) or (self.colour(back) if front is None else None)
        else:
            found = self.colour(back) or self.colour(front)
        return None if found == WHITE else found

    def font(self, element: Element) -> Font:
        """A font element as a Font."""
        size = child(element, "sz")
        name = child(element, "name")
        name = child(element, "rFont") if name is None else name
        bold, struck = child(element, "b"), child(element, "strike")
        return Font(
            bold is not None and truth(bold.get("val"), True),
            real(size.get("val")) or None if size is not None else None,
            (name.get("val") or "") if name is not None else "",
            self.colour(child(element, "color")),
            struck is not None and truth(struck.get("val"), True),
        )


@dataclass(frozen=True, slots=True)
class Styles:
    """All the styles of a workbook by their numbers, its conditional dressings, and its palette."""

    cells: list[Style]
    dressings: list[Dressing]
    palette: Palette


def read_styles(package: Package, part: str | None, theme_part: str | None) -> Styles:
    """Read the styles part of a workbook; without one every cell is General and plain."""
    theme = theme_colours(package, theme_part)
    if part is None or part not in package:
        return Styles([Style()], [], Palette(theme, list(INDEXED)))
    root = package.root(part)
    own = [hex_colour(e.get("rgb")) for e in children(descend(root, "colors", "indexedColors"), "rgbColor")]
    indexed = [colour or usual for colour, usual in zip(own, INDEXED, strict=False)] + INDEXED[len(own) :]
    palette = Palette(theme, indexed)
    codes = {e.get("numFmtId"): e.get("formatCode") or "" for e in children(child(root, "numFmts"), "numFmt")}
    fonts = [palette.font(e) for e in children(child(root, "fonts"), "font")] or [Font()]
    fills = [palette.fill(e) for e in children(child(root, "fills"), "fill")]
    cells = []
    for entry in children(child(root, "cellXfs"), "xf"):
        number = entry.get("numFmtId") or "0"
        code = codes.get(number)
        if code is None:
            code = BUILT_IN.get(whole(number), "")
        code = "" if code.casefold() == "general" else code
        font, fill = _number(entry, "fontId"), _number(entry, "fillId")
        cells.append(
            Style(
                code,
                compile_format(code),
                fills[fill] if fill < len(fills) else None,
                fonts[font] if font < len(fonts) else fonts[0],
            )
        )
    dressings = [_dressing(e, palette) for e in children(child(root, "dxfs"), "dxf")]
    return Styles(cells or [Style()], dressings, palette)


def _number(element: Element, name: str) -> int:
    return max(whole(element.get(name)), 0)


def _dressing(element: Element, palette: Palette) -> Dressing:
    """What a dxf element changes."""
    fill = child(element, "fill")
    ground = None if fill is None else palette.fill(fill, dressing=True) or ""
    font, code = child(element, "font"), child(element, "numFmt")
    return Dressing(
        ground,
        None if font is None else palette.colour(child(font, "color")),
        None if code is None else code.get("formatCode"),
    )


def read_dressing(element: Element | None, palette: Palette) -> Dressing:
    """The dressing written inside a newer conditional rule."""
    return Dressing() if element is None else _dressing(element, palette)
