"""The styles of an OpenDocument file: fills, fonts and number formats of cells, display of sheets."""

from __future__ import annotations

import re
from typing import Any

from pipeline.extract.colours import WHITE, hex_colour
from pipeline.extract.excel.styles import Font, Style
from pipeline.extract.number_format import compile_format
from pipeline.extract.office import Element, attribute, child, children, local, whole

PARTS = {"day": "d", "month": "m", "year": "y", "hours": "h", "minutes": "m", "seconds": "s"}
PLAIN = ("", "%", "/", "-", ":", " ", ".")
"""Texts that stand for themselves in a format code."""


class OdsStyles:
    """All styles by name; ``cells`` grows as cells ask for theirs."""

    def __init__(self, roots: list[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._formats: dict[str, Element] = {}
        self._faces: dict[str, str] = {}
        for root in roots:
            for holder in children(root, "font-face-decls", "styles", "automatic-styles"):
                for element in holder:
                    self._keep(element)
        self.cells: list[Style] = [Style()]
        self._numbers: dict[tuple[str, bool], int] = {}

    def _keep(self, element: Element) -> None:
        name = attribute(element, "name") or ""
        kind = local(element)
        if kind == "style":
            self._styles.setdefault((attribute(element, "family") or "", name), element)
        elif kind == "default-style":
            self._styles.setdefault((attribute(element, "family") or "", ""), element)
        elif kind == "font-face":
            self._faces[name] = (attribute(element, "font-family") or name).strip("'")
        elif kind.endswith("-style"):
            self._formats.setdefault(name, element)

    def _find(self, family: str, name: str, holder: str, key: str) -> str | None:
        """A property of a style or of the nearest of its parents that sets it."""
        seen: set[str] = set()
        while name not in seen:
            seen.add(name)
            element = self._styles.get((family, name))
            if element is None:
                if not name:
                    return None
                name = ""
                continue
            place = element if not holder else child(element, holder)
            found = None if place is None else attribute(place, key)
            if found is not None:
                return found
            name = attribute(element, "parent-style-name") or ""
        return None

    def number(self, name: str, native: Any) -> int:
        """The number of a cell style in ``cells``; a text has no number format."""
        key = (name, native is not None)
        if key not in self._numbers:
            self._numbers[key] = len(self.cells)
            self.cells.append(self._style(name, native is not None))
        return self._numbers[key]

    def _style(self, name: str, counts: bool) -> Style:
        def find(holder: str, key: str) -> str:
            return self._find("table-cell", name, holder, key) or ""

        fill = hex_colour(find("table-cell-properties", "background-color"))
        size = find("text-properties", "font-size").removesuffix("pt")
        face = find("text-properties", "font-name")
        ink = hex_colour(find("text-properties", "color"))
        if find("text-properties", "use-window-font-color") == "true":
            ink = None
        font = Font(
            find("text-properties", "font-weight") == "bold",
            float(size) if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", size) else None,
            self._faces.get(face, face) or find("text-properties", "font-family").strip("'"),
            ink,
        )
        code = format_code(self._formats.get(find("", "data-style-name"))) if counts else ""
        return Style(code, compile_format(code), None if fill == WHITE else fill, font)

    def truths(self, name: str) -> bool:
        """Whether a cell style prints numbers as TRUE and FALSE."""
        found = self._formats.get(self._find("table-cell", name, "", "data-style-name") or "")
        return found is not None and local(found) == "boolean-style"

    def raised(self, name: str) -> bool:
        """Whether a text style sets its text as superscript."""
        place = (self._find("text", name, "text-properties", "text-position") or "") if name else ""
        return place.startswith("super") or (place[:1].isdigit() and not place.startswith("0%"))

    def ground(self, name: str) -> str | None:
        """The fill of a drawn shape."""
        kind = self._find("graphic", name, "graphic-properties", "fill")
        return (
            None
            if kind == "none"
            else hex_colour(self._find("graphic", name, "graphic-properties", "fill-color"))
        )

    def displayed(self, name: str) -> bool:
        """Whether a sheet of this style is shown."""
        return self._find("table", name, "table-properties", "display") != "false"


def format_code(element: Element | None) -> str:
    """A number format in the codes of Excel, near enough to say what kind of number it is."""
    code = ""
    for part in element if element is not None else ():
        name = local(part)
        if name == "number":
            places = attribute(part, "decimal-places") or "0"
            code += "#,##0" if attribute(part, "grouping") == "true" else "0"
            code += "." + "0" * min(whole(places), 30) if whole(places) > 0 else ""
        elif name == "text":
            text = part.text or ""
            code += text if text in PLAIN else f'"{text}"'
        elif name == "currency-symbol":
            code += f'"{part.text or "£"}"'
        elif name in PARTS:
            long = attribute(part, "style") == "long"
            letters = PARTS[name] * (4 if name == "year" and long else 2)
            code += "mmm" if name == "month" and attribute(part, "textual") == "true" else letters
    return code
