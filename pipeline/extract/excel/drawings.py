"""What is drawn over a sheet: coloured ovals and arrows, text boxes, pictures; and the comments on its cells."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from pipeline.extract.colours import drawn_colour, solid_fill
from pipeline.extract.excel.sheet import LAST_COLUMN, Raw, Sheet, Table, area, plain_text
from pipeline.extract.glyphs import DOWN, LEFT, RIGHT, UP, preset_shape
from pipeline.extract.office import Element, Package, child, children, descend, local, truth, whole
from pipeline.shapes import Cell, Finding, Place

EMU = 12700
"""English metric units in a point."""
SHORT = 12
"""Letters that a shape may hold and still be the mark of its cell: 'G', 'Amber', 'On target'."""

Relations = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawing over the cell that its middle lies in. ``kind`` is 'picture' for what cannot be read."""

    row: int
    column: int
    kind: str
    fill: str | None
    text: str

    @property
    def mark(self) -> bool:
        """Whether it is a sign on its cell, not a text box or a picture."""
        return self.kind != "picture" and len(self.text.strip()) <= SHORT and "\n" not in self.text.strip()

    def line(self, sheet: str, hidden: bool) -> Cell:
        """The text of a box as a cell of its own, placed where the box is."""
        return Cell(Place(sheet, self.row, self.column, None, True), self.text, fill=self.fill, hidden=hidden)


def read_notes(package: Package, relations: Relations) -> dict[tuple[int, int], str]:
    """The comments of a sheet by row and column; a threaded one replaces the copy kept for older programs."""
    notes: dict[tuple[int, int], str] = {}
    threads: dict[tuple[int, int], list[str]] = {}
    for kind, part in relations.values():
        if kind not in ("comments", "threadedComment") or part not in package:
            continue
        for entry in package.elements(part, "comment", "threadedComment"):
            corners = area(entry.get("ref") or "")
            if corners is None:
                continue
            text = plain_text(child(entry, "text"))
            if local(entry) == "comment":
                notes[corners[:2]] = text.strip()
            else:
                words = child(entry, "text")
                threads.setdefault(corners[:2], []).append(
                    (words.text or "").strip() if words is not None else ""
                )
    return notes | {at: "\n".join(texts) for at, texts in threads.items()}


def read_drawings(package: Package, relations: Relations, stored: Sheet, theme: list[str]) -> list[Shape]:
    """The shapes of a sheet that say something: filled shapes, arrows, text boxes, pictures."""
    shapes: list[Shape] = []
    for name in stored.drawings:
        kind, part = relations.get(name, ("", ""))
        if kind != "drawing" or part not in package:
            continue
        ruler = Ruler(stored)
        for anchor in package.root(part):
            at = ruler.middle(anchor)
            if at is not None:
                shapes.extend(_shapes(anchor, at, theme))
    return shapes


def place_shapes(
    table: Table, stored: Sheet, shapes: list[Shape], sheet: str
) -> tuple[list[Shape], list[Finding], int]:
    """Put the marks on their cells. Gives the shapes that are loose text, the findings for what cannot be
    read, and how many cells got their text from a shape."""
    loose: list[Shape] = []
    findings: list[Finding] = []
    given = 0
    marked: set[tuple[int, int]] = set()
    for shape in shapes:
        at = next(
            ((t, le) for t, le, b, r in stored.merges if t <= shape.row <= b and le <= shape.column <= r),
            (shape.row, shape.column),
        )
        place = Place(sheet, *at, None, True)
        if shape.kind == "picture":
            findings.append(Finding("picture-unread", place, shape.text, {"sheet": sheet}))
        elif not shape.mark:
            loose.append(shape)
        elif at in marked:
            findings.append(
                Finding("shape-unread", place, shape.text or shape.kind, {"sheet": sheet, "fill": shape.fill})
            )
        else:
            raw = table.setdefault(at, Raw(*at, 0, "n", None, None))
            if shape.text.strip() and raw.text.strip():
                loose.append(shape)
                continue
            marked.add(at)
            raw.drawn, raw.fill = shape.kind, shape.fill or ""
            if shape.text.strip():
                raw.text = shape.text.strip()
                given += 1
    return loose, findings, given


class Ruler:
    """Where the rows and columns of a sheet lie, in points, to find the cell under the middle of a shape."""

    def __init__(self, stored: Sheet) -> None:
        self._stored = stored
        self._rights: list[float] = []
        right = 0.0
        last = max([c for _, c, _ in stored.widths if c < 1000] + [256])
        widths = {c: w for first, end, w in stored.widths for c in range(first, min(end, last) + 1)}
        for column in range(1, last + 1):
            right += 0 if stored.hides(column) else (widths.get(column, stored.width) * 7 + 5) * 0.75
            self._rights.append(right)
        self._tops = [0.0]

    def middle(self, anchor: Element) -> tuple[int, int] | None:
        """The row and column of the cell under the middle of an anchor."""
        start, end, size = child(anchor, "from"), child(anchor, "to"), child(anchor, "ext")
        if start is None:
            return None
        left, top = self._point(start)
        if end is not None:
            right, bottom = self._point(end)
        elif size is not None:
            right, bottom = left + whole(size.get("cx")) / EMU, top + whole(size.get("cy")) / EMU
        else:
            right, bottom = left, top
        column = bisect_right(self._rights, (left + right) / 2) + 1
        self._reach((top + bottom) / 2)
        return bisect_right(self._tops, (top + bottom) / 2), min(column, LAST_COLUMN)

    def _point(self, marker: Element) -> tuple[float, float]:
        numbers = {local(e): whole((e.text or "").strip()) for e in marker}
        column, row = numbers.get("col", 0), numbers.get("row", 0)
        left = self._rights[min(column, len(self._rights)) - 1] if column else 0.0
        while len(self._tops) <= min(row, 100_000):
            self._grow()
        return left + numbers.get("colOff", 0) / EMU, self._tops[min(row, 100_000)] + numbers.get(
            "rowOff", 0
        ) / EMU

    def _reach(self, height: float) -> None:
        while self._tops[-1] <= height and len(self._tops) < 100_000:
            self._grow()

    def _grow(self) -> None:
        row = len(self._tops)
        height = (
            0.0 if row in self._stored.hidden_rows else self._stored.heights.get(row, self._stored.height)
        )
        self._tops.append(self._tops[-1] + height)


def _shapes(parent: Element, at: tuple[int, int], theme: list[str]) -> list[Shape]:
    shapes: list[Shape] = []
    for element in parent:
        match local(element):
            case "sp":
                shape = _shape(element, at, theme)
                if shape is not None:
                    shapes.append(shape)
            case "cxnSp":
                shape = _connector(element, at, theme)
                if shape is not None:
                    shapes.append(shape)
            case "pic":
                name = descend(element, "nvPicPr", "cNvPr")
                said = "" if name is None else name.get("descr") or name.get("name") or ""
                shapes.append(Shape(*at, "picture", None, said))
            case "grpSp" | "AlternateContent" | "Choice":
                shapes.extend(_shapes(element, at, theme))
    return shapes


def _shape(element: Element, at: tuple[int, int], theme: list[str]) -> Shape | None:
    properties = child(element, "spPr")
    preset = child(properties, "prstGeom")
    turn = child(properties, "xfrm")
    name = "" if preset is None else preset.get("prst") or ""
    kind = preset_shape(name, *_turned(turn))
    fill = drawn_colour(solid_fill(properties), theme)
    if fill is None and child(properties, "noFill") is None:
        fill = drawn_colour(descend(element, "style", "fillRef"), theme)
    text = drawn_text(child(element, "txBody"))
    if not text.strip() and (fill is None or not name):
        return None
    return Shape(*at, kind or "shape", fill, text)


def _turned(turn: Element | None) -> tuple[int, bool, bool]:
    if turn is None:
        return 0, False, False
    return whole(turn.get("rot")), truth(turn.get("flipV")), truth(turn.get("flipH"))


def _connector(element: Element, at: tuple[int, int], theme: list[str]) -> Shape | None:
    """A line with an arrow head, by the way it points; a plain line says nothing."""
    properties = child(element, "spPr")
    line, turn = child(properties, "ln"), child(properties, "xfrm")
    head, tail = child(line, "headEnd"), child(line, "tailEnd")
    ends = [end is not None and end.get("type") not in (None, "none") for end in (head, tail)]
    if ends[0] == ends[1] or turn is None:
        return None
    size = child(turn, "ext")
    wide, high = (whole(size.get(k)) for k in ("cx", "cy")) if size is not None else (1, 0)
    turned, flipped, mirrored = _turned(turn)
    right, down = (not mirrored) == ends[1], (not flipped) == ends[1]
    kind = (DOWN if down else UP) if high > 2 * wide else (RIGHT if right else LEFT)
    if wide / 2 <= high <= 2 * wide:
        kind = f"arrow-{'down' if down else 'up'}-{'right' if right else 'left'}"
    colour = drawn_colour(solid_fill(line), theme) or drawn_colour(descend(element, "style", "lnRef"), theme)
    return Shape(*at, preset_shape(kind, turned), colour, "")


def drawn_text(body: Element | None) -> str:
    """The text of a shape, a line per paragraph."""
    lines = []
    for paragraph in children(body, "p"):
        pieces: list[str] = []
        for run in paragraph:
            if local(run) in ("r", "fld"):
                pieces.extend(t.text or "" for t in children(run, "t"))
            elif local(run) == "br":
                pieces.append("\n")
        lines.append("".join(pieces))
    return "\n".join(lines).strip("\n")
