"""What Word works out before it shows a text: styles and their parents, automatic numbers, shading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.extract.colours import SCHEME, WHITE, hex_colour, tinted
from pipeline.extract.office import (
    Element,
    Package,
    attribute,
    child,
    children,
    descend,
    from_hex,
    local,
    whole,
)

Properties = Mapping[str, Element]
"""Property elements by local name, the nearest to the text winning."""

HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF",
    "red": "FF0000", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "black": "000000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080",
    "lightGray": "C0C0C0",
}  # fmt: skip
THEME_NAMES = {
    "background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2", "light1": "lt1", "dark1": "dk1",
    "light2": "lt2", "dark2": "dk2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
BULLET = "•"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def val(element: Element | None, default: str = "") -> str:
    """The value attribute of a property element."""
    return default if element is None else attribute(element, "val") or default


def on(element: Element | None) -> bool:
    """Whether a toggle property (bold, hidden, capitals) is switched on."""
    return element is not None and val(element, "1").casefold() not in ("0", "false", "off", "none")


def children_of(element: Element | None) -> list[Element]:
    """All child elements; none of nothing."""
    return [] if element is None else list(element)


class Styles:
    """The styles of a document by id, each with what it inherits."""

    def __init__(self, package: Package, part: str | None) -> None:
        root = package.root(part) if part and part in package else None
        self._styles = {attribute(e, "styleId") or "": e for e in children(root, "style")}
        defaults = descend(root, "docDefaults", "rPrDefault", "rPr")
        self._defaults = {local(e): e for e in ([] if defaults is None else defaults)}
        self._usual = {
            attribute(e, "type"): name
            for name, e in self._styles.items()
            if attribute(e, "default") in ("1", "true")
        }
        self._known: dict[tuple[str, str], Properties] = {}

    def inherited(self, style: str, holder: str) -> Properties:
        """The properties ('rPr' or 'pPr') of a style and its parents."""
        known = self._known.get((style, holder))
        if known is not None:
            return known
        found: dict[str, Element] = {}
        seen: set[str] = set()
        name = style
        while name in self._styles and name not in seen:
            seen.add(name)
            element = self._styles[name]
            for entry in children_of(child(element, holder)):
                found.setdefault(local(entry), entry)
            name = val(child(element, "basedOn"))
        self._known[style, holder] = found
        return found

    def paragraph(self, element: Element | None) -> Properties:
        """The properties of a paragraph, from its pPr."""
        own = {local(e): e for e in ([] if element is None else element)}
        style = val(own.get("pStyle")) or self._usual.get("paragraph", "")
        return {**self.inherited(style, "pPr"), **own}

    def run(self, element: Element | None, paragraph_style: str) -> Properties:
        """The properties of a run, from its rPr and the style of its paragraph."""
        own = {local(e): e for e in ([] if element is None else element)}
        above = self.inherited(paragraph_style or self._usual.get("paragraph", ""), "rPr")
        return {**self._defaults, **above, **self.inherited(val(own.get("rStyle")), "rPr"), **own}


def themed(element: Element, prefix: str, theme: list[str]) -> str | None:
    """A theme colour with its tint or shade: ``prefix`` 'themeFill' of a shading, 'theme' of a colour."""
    name = attribute(element, prefix if prefix != "theme" else "themeColor")
    name = THEME_NAMES.get(name or "", name or "")
    if name not in SCHEME:
        return None
    base = theme[SCHEME.index(name)]
    for change, sign in (("Tint", 1), ("Shade", -1)):
        share = attribute(element, prefix + change)
        if share:
            base = tinted(base, sign * (1 - from_hex(share) / 255))
    return base


def shading(element: Element | None, theme: list[str]) -> str | None:
    """The colour of a shd element as RRGGBB; None for none, automatic and white."""
    kind = val(element, "nil" if element is None else "clear")
    if element is None or kind == "nil":
        return None
    ground = hex_colour(attribute(element, "fill")) or themed(element, "themeFill", theme)
    ink = hex_colour(attribute(element, "color")) or themed(element, "theme", theme)
    if kind == "solid":
        ground = ink or "000000"
    elif kind.startswith("pct"):
        share = min(max(whole(kind[3:]), 0), 100) / 100
        pairs = [((ink or "000000")[at : at + 2], (ground or WHITE)[at : at + 2]) for at in (0, 2, 4)]
        ground = "".join(f"{round(int(i, 16) * share + int(g, 16) * (1 - share)):02X}" for i, g in pairs)
    return None if ground == WHITE else ground


@dataclass(slots=True)
class Level:
    """One level of a list."""

    start: int = 1
    kind: str = "decimal"
    pattern: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of a document; ``label`` counts on as the paragraphs are read in order."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """The bullet or number in front of the next paragraph of a list; '' for none."""
        if number not in self.lists:
            return ""
        abstract, levels = self.lists[number]
        counts = self.counts.setdefault(abstract, {})
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        for at in range(level + 1):
            counts.setdefault(at, levels.get(at, Level()).start - (at == level))
        counts[level] += 1
        found = levels.get(level, Level())
        if found.kind == "bullet":
            return BULLET
        label = found.pattern
        for at in range(level + 1):
            kind = levels.get(at, Level()).kind
            label = label.replace(f"%{at + 1}", counted(counts[at], kind))
        return label.strip()


def counted(number: int, kind: str) -> str:
    """A list number as its level prints it."""
    match kind:
        case "none":
            return ""
        case "lowerLetter" | "upperLetter":
            text = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""
        case "lowerRoman" | "upperRoman":
            text, rest = "", number
            for size, letters in ROMAN:
                while rest >= size:
                    text, rest = text + letters, rest - size
        case "decimalZero":
            return f"{number:02d}"
        case "ordinal":
            ending = {1: "st", 2: "nd", 3: "rd"}.get(
                number % 10 if number % 100 not in (11, 12, 13) else 0, "th"
            )
            return f"{number}{ending}"
        case _:
            return str(number)
    return text.upper() if kind.startswith("upper") else text


def read_numbering(package: Package, part: str | None) -> Numbering:
    """The lists of the numbering part."""
    found = Numbering()
    if part is None or part not in package:
        return found
    root = package.root(part)
    abstracts = {attribute(e, "abstractNumId"): e for e in children(root, "abstractNum")}
    by_style = {
        val(child(e, "styleLink")): e for e in abstracts.values() if child(e, "styleLink") is not None
    }
    for entry in children(root, "num"):
        abstract = val(child(entry, "abstractNumId"))
        element = abstracts.get(abstract)
        if not children(element, "lvl"):
            element = by_style.get(val(child(element, "numStyleLink")), element)
        levels = {whole(attribute(e, "ilvl")): _level(e) for e in children(element, "lvl")}
        number = attribute(entry, "numId") or ""
        key = abstract
        for override in children(entry, "lvlOverride"):
            at = whole(attribute(override, "ilvl"))
            own, start = child(override, "lvl"), child(override, "startOverride")
            level = _level(own) if own is not None else levels.get(at, Level())
            levels[at] = (
                Level(whole(val(start), 1), level.kind, level.pattern) if start is not None else level
            )
            key = f"{abstract} {number}"
        found.lists[number] = (key, levels)
    return found


def _level(element: Element) -> Level:
    start = val(child(element, "start"), "1")
    kind, pattern = val(child(element, "numFmt"), "decimal"), val(child(element, "lvlText"))
    return Level(whole(start, 1), kind, pattern)
