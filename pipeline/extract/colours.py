"""Colours of office files as RRGGBB: themes with tint, the indexed palette, named ones."""

from __future__ import annotations

import colorsys
import re

from pipeline.extract.office import Element, Package, child, children, local, whole

WHITE = "FFFFFF"
_FIRST = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
INDEXED = (
    f"{_FIRST} {_FIRST} 800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 "
    "FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 "
    "99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 "
    "333300 993300 993366 333399 333333"
).split()
THEME = [
    "FFFFFF",
    "000000",
    "EEECE1",
    "1F497D",
    "4F81BD",
    "C0504D",
    "9BBB59",
    "8064A2",
    "4BACC6",
    "F79646",
    "0000FF",
    "800080",
]
"""The theme of Excel 2007-2010 in the order of the theme numbers; used when a file has none."""
SCHEME = [
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
]
ALIASES = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
PRESETS = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF", "yellow": "FFFF00",
    "orange": "FFA500", "lime": "00FF00", "gray": "808080", "grey": "808080", "cyan": "00FFFF", "magenta": "FF00FF",
    "darkGreen": "006400", "darkRed": "8B0000", "darkBlue": "00008B", "darkYellow": "808000", "darkMagenta": "800080",
    "darkCyan": "008B8B", "lightGray": "D3D3D3", "darkGray": "A9A9A9", "gold": "FFD700", "maroon": "800000",
    "navy": "000080", "purple": "800080", "silver": "C0C0C0", "teal": "008080", "olive": "808000",
}  # fmt: skip


def hex_colour(text: str | None) -> str | None:
    """'FF00B050' or '#00b050' as '00B050'; None when it is no colour."""
    match = re.fullmatch("#?(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})", (text or "").strip())
    return match[1].upper() if match else None


def tinted(colour: str, tint: float) -> str:
    """Lighten (tint above 0) or darken (below) a colour as spreadsheets do, by its lightness."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    tint = min(max(tint, -1), 1)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(
        f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, min(max(light, 0), 1), full)
    )


def theme_colours(package: Package, part: str | None) -> list[str]:
    """The twelve colours of a theme part, in the order of their numbers."""
    if part is None or part not in package:
        return THEME
    scheme = next((e for e in package.root(part).iter() if local(e) == "clrScheme"), None)
    named = {}
    for entry in [] if scheme is None else scheme:
        for value in entry:
            named[local(entry)] = hex_colour(value.get("lastClr") or value.get("val"))
    return [named.get(name) or usual for name, usual in zip(SCHEME, THEME, strict=True)]


def drawn_colour(fill: Element | None, theme: list[str]) -> str | None:
    """The colour of a drawing's solidFill (or of a style's fillRef): its first colour with its changes."""
    for colour in [] if fill is None else fill:
        match local(colour):
            case "srgbClr":
                base = hex_colour(colour.get("val"))
            case "schemeClr":
                name = ALIASES.get(colour.get("val"), colour.get("val"))
                base = theme[SCHEME.index(name)] if name in SCHEME else None
            case "sysClr":
                base = hex_colour(colour.get("lastClr"))
            case "prstClr":
                base = PRESETS.get(colour.get("val"))
            case "scrgbClr":
                base = "".join(
                    f"{round(min(max(whole(colour.get(k)), 0), 100000) * 255 / 100000):02X}" for k in "rgb"
                )
            case _:
                base = None
        return None if base is None else _changed(base, colour)
    return None


def _changed(base: str, colour: Element) -> str:
    share = {
        local(change): min(max(whole(change.get("val")), 0), 1000000) / 100000
        for change in colour
        if change.get("val")
    }
    red, green, blue = (int(base[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = light * share.get("lumMod", 1) + share.get("lumOff", 0)
    if "shade" in share:
        light *= share["shade"]
    if "tint" in share:
        light = light * share["tint"] + 1 - share["tint"]
    full = min(full * share.get("satMod", 1), 1)
    return "".join(
        f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, min(max(light, 0), 1), full)
    )


def solid_fill(properties: Element | None) -> Element | None:
    """The solid (or first gradient) colour holder among a drawing's properties."""
    found = child(properties, "solidFill")
    if found is not None:
        return found
    stops = children(child(child(properties, "gradFill"), "gsLst"), "gs")
    return stops[0] if stops else None
