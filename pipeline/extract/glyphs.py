"""Symbols that stand for a shape: characters of symbol fonts, preset shapes, superscript figures."""

from __future__ import annotations

import re

UP, DOWN, RIGHT, LEFT = "arrow-up", "arrow-down", "arrow-right", "arrow-left"
NORTH_WEST, NORTH_EAST, SOUTH_WEST, SOUTH_EAST = (
    "arrow-up-left",
    "arrow-up-right",
    "arrow-down-left",
    "arrow-down-right",
)
COMPASS = (UP, NORTH_EAST, RIGHT, SOUTH_EAST, DOWN, SOUTH_WEST, LEFT, NORTH_WEST)
CIRCLE, SQUARE, DIAMOND, STAR, TICK, CROSS, FLAG = (
    "circle",
    "square",
    "diamond",
    "star",
    "tick",
    "cross",
    "flag",
)


def _run(start: int, *shapes: str) -> dict[str, str]:
    return {chr(start + index): shape for index, shape in enumerate(shapes)}


_EIGHT = (LEFT, RIGHT, UP, DOWN, NORTH_WEST, NORTH_EAST, SOUTH_WEST, SOUTH_EAST)
FONTS = {
    "wingdings": _run(0xDF, *_EIGHT)
    | _run(0xE7, *_EIGHT)
    | _run(0xEF, LEFT, RIGHT, UP, DOWN)
    | {"l": CIRCLE, "n": SQUARE, "u": DIAMOND, "«": STAR, "ü": TICK, "û": CROSS, "O": FLAG, "P": FLAG}
    | {"þ": TICK, "ý": CROSS, "¡": CIRCLE, "\x9f": CIRCLE, "Ÿ": CIRCLE, "§": SQUARE, "¤": CIRCLE},
    "wingdings 2": {
        "P": TICK,
        "O": CROSS,
        "R": TICK,
        "T": CROSS,
        "\x97": CIRCLE,
        "—": CIRCLE,
        "\x98": CIRCLE,
    },
    "wingdings 3": _run(0x66, LEFT, RIGHT, UP, DOWN, NORTH_WEST, NORTH_EAST, SOUTH_WEST, SOUTH_EAST)
    | {
        "p": UP,
        "q": DOWN,
        "t": LEFT,
        "u": RIGHT,
        "\x7b": UP,
        "\x7c": DOWN,
        "Ç": UP,
        "È": DOWN,
        "Æ": RIGHT,
        "Å": LEFT,
    },
    "webdings": {
        "3": LEFT,
        "4": RIGHT,
        "5": UP,
        "6": DOWN,
        "n": CIRCLE,
        "g": SQUARE,
        "a": TICK,
        "r": CROSS,
        "=": CIRCLE,
    },
    "symbol": {"¬": LEFT, "\xad": UP, "®": RIGHT, "¯": DOWN, "\xb7": CIRCLE},
}
SIGNS = (
    dict.fromkeys("●⬤•⚫⬛", CIRCLE)
    | dict.fromkeys("■▪◼", SQUARE)
    | dict.fromkeys("◆♦", DIAMOND)
    | {"★": STAR}
)
SIGNS |= {"⬛": SQUARE, "▲": UP, "▼": DOWN, "►": RIGHT, "▶": RIGHT, "◄": LEFT, "◀": LEFT}
SIGNS |= dict.fromkeys("↑⬆🡅🡹⇧", UP) | dict.fromkeys("↓⬇🡇🡻⇩", DOWN) | dict.fromkeys("→➔➡🡆⇨", RIGHT)
SIGNS |= {
    "←": LEFT,
    "↖": NORTH_WEST,
    "↙": SOUTH_WEST,
    "↗": NORTH_EAST,
    "↘": SOUTH_EAST,
    "⚑": FLAG,
    "✔": TICK,
    "✓": TICK,
    "✘": CROSS,
    "✗": CROSS,
}
"""Characters that look like a shape in any font: with a coloured font they are a coloured shape."""

PRESETS = {
    "ellipse": CIRCLE,
    "flowChartConnector": CIRCLE,
    "donut": CIRCLE,
    "upArrow": UP,
    "downArrow": DOWN,
    "rightArrow": RIGHT,
    "leftArrow": LEFT,
    "upArrowCallout": UP,
    "downArrowCallout": DOWN,
    "stripedRightArrow": RIGHT,
    "notchedRightArrow": RIGHT,
    "bentUpArrow": NORTH_EAST,
    "leftRightArrow": "arrow-left-right",
    "upDownArrow": "arrow-up-down",
    "triangle": UP,
    "flowChartExtract": UP,
    "flowChartMerge": DOWN,
    "rect": SQUARE,
    "roundRect": SQUARE,
    "flowChartProcess": SQUARE,
    "diamond": DIAMOND,
    "flowChartDecision": DIAMOND,
    "star5": STAR,
    "smileyFace": "face",
}
SHOWN = {
    UP: "↑",
    DOWN: "↓",
    LEFT: "←",
    RIGHT: "→",
    NORTH_WEST: "↖",
    NORTH_EAST: "↗",
    SOUTH_WEST: "↙",
    SOUTH_EAST: "↘",
    CIRCLE: "●",
    SQUARE: "■",
    DIAMOND: "◆",
    STAR: "★",
    TICK: "✓",
    CROSS: "✗",
    FLAG: "⚑",
}
"""The sign in any font for the shapes of the symbol fonts."""
UNITS = frozenset(("m", "km", "cm", "mm", "ft"))
ROUND_FLAGS = 45 * 60000
FIGURES = dict(zip("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", strict=True))
RAISED_FIGURES = str.maketrans(FIGURES)
SUPERSCRIPT = str.maketrans(FIGURES | dict(zip("abcdepr", "ᵃᵇᶜᵈᵉᵖʳ", strict=True)))
RAISED = frozenset(SUPERSCRIPT.values())


def font_shape(text: str, font: str) -> str | None:
    """The shape that a character of a symbol font shows: Wingdings 'é' is an arrow up. None for other text."""
    table = FONTS.get(font.casefold())
    glyph = text.strip()
    if table is None or len(glyph) != 1:
        return None
    return table.get(chr(ord(glyph) - 0xF000) if 0xF000 <= ord(glyph) <= 0xF0FF else glyph)


def sign_shape(text: str) -> str | None:
    """The shape that a single character is in any font, '●' a circle. None for other text."""
    return SIGNS.get(text.strip().rstrip("\ufe0e\ufe0f"))


def preset_shape(name: str, turned: int = 0, flipped: bool = False, mirrored: bool = False) -> str:
    """The shape of a drawing: ``turned`` clockwise in 60000ths of a degree, flipped top to bottom or mirrored."""
    shape = PRESETS.get(name, name)
    if shape not in COMPASS:
        return shape
    at = COMPASS.index(shape)
    if flipped:
        at = (4 - at) % 8
    if mirrored:
        at = -at % 8
    return COMPASS[(at + round(turned / ROUND_FLAGS)) % 8]


def shown(text: str, font: str) -> str:
    """A character of a symbol font as the sign it looks like; other text as it is."""
    shape = font_shape(text, font)
    return text if shape is None else SHOWN.get(shape, text)


def superscript(text: str) -> str:
    """Raised figures, and raised letters that stand alone, as they look; other letters as they are."""
    return text.translate(SUPERSCRIPT if len(text.strip()) == 1 else RAISED_FIGURES)


def apart(before: str, text: str) -> str:
    """A raised text as it goes on behind ``before``: the 1 of a footnote behind 38 is a word of its own, '38 ¹',
    never 381. The raised part of m², 1st and TM stays with its word."""
    raised = superscript(text)
    mark = raised != text or text.strip(" *†‡§#") == ""
    if not mark or not before or before[-1].isspace() or raised[:1].isspace():
        return raised
    word = re.split(r"[^a-z]", before[-4:].casefold())[-1]
    if (word in UNITS and text in ("2", "3")) or before[-1] in RAISED:
        return raised
    return " " + raised
