"""Layouts that differ in how a rating and a direction are shown: word, letter, sign, colour, shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from . import blocks as b
from .cards import CUSTOMER, HIGHWAYS, HOUSING
from .layout import Layout
from .model import Card, Drawn, Rows
from .zoo_columns import ARROWS, KPI, KPI_DRAWN, kpi_tables
from .zoo_rules import classic

NAMES = ("Red", "Amber", "Green")


def signed(signs: Mapping[str, str]) -> b.Ink:
    """Coloured signs in an uncoloured cell."""
    cells = {
        name: b.C(sign, align="center", colour=b.COLOURS[name], face="DejaVu Sans")
        for name, sign in signs.items()
    }
    return replace(b.WORDS, rag=cells)


def key(cells: Mapping[str, b.C]) -> list[b.Block]:
    """What the signs mean, under the table."""
    meanings = {
        "Green": "Green: on or above target",
        "Amber": "Amber: close to target",
        "Red": "Red: below target",
    }
    rows: list[b.Row] = [[cells[name], b.C(text)] for name, text in meanings.items() if name in cells]
    return [b.P("Key", bold=True), b.T([40.0, 160.0], rows, head=0)]


def layouts() -> Iterator[Layout]:
    plain = Drawn(sections=False)
    letters = {name: name[0] for name in NAMES}
    ink = replace(b.WORDS, rag={name: b.C(letter, align="center") for name, letter in letters.items()})
    drawn = replace(plain, rag_text=letters, rag_source="letter")
    facts = [(HOUSING, drawn)]
    yield Layout("rag-letter", b.Page(classic(HOUSING, ink=ink)), facts, "xlsx docx reportlab chromium")
    signs = {"Red": "■", "Amber": "▲", "Green": "●"}
    ink = signed(signs)
    drawn = replace(plain, rag_text=signs, rag_source="symbol")
    page = b.Page([*classic(HOUSING, ink=ink), *key(ink.rag)])
    yield Layout("rag-symbol", page, [(HOUSING, drawn)], "xlsx docx libreoffice-word reportlab chromium")
    dots = dict.fromkeys(NAMES, "●")
    drawn = replace(plain, rag_text=dots, rag_source="symbol|colour")
    page = b.Page(classic(HOUSING, ink=signed(dots)))
    yield Layout("rag-one-symbol-in-colours", page, [(HOUSING, drawn)], "xlsx docx reportlab chromium")
    emoji = {"Red": "🔴", "Amber": "🟠", "Green": "🟢"}
    ink = replace(b.WORDS, rag={name: b.C(sign, align="center") for name, sign in emoji.items()})
    drawn = replace(plain, rag_text=emoji, rag_source="symbol")
    yield Layout("rag-emoji", b.Page(classic(HOUSING, ink=ink)), [(HOUSING, drawn)], "xlsx docx txt")
    yield from colours()
    yield from shapes()
    yield from directions()


def colours() -> Iterator[Layout]:
    nothing = dict.fromkeys(NAMES, "")
    drawn = Drawn(sections=False, rag_text=nothing, rag_source="colour")
    formats = "xlsx docx libreoffice reportlab chromium"
    ink = replace(b.WORDS, rag={name: b.C(fill=b.COLOURS[name]) for name in NAMES})
    yield Layout("rag-colour-only", b.Page(classic(HOUSING, ink=ink)), [(HOUSING, drawn)], formats)
    other = {"Red": "C00000", "Amber": "FFBF00", "Green": "92D050"}
    ink = replace(b.WORDS, rag={name: b.C(fill=fill) for name, fill in other.items()})
    yield Layout(
        "rag-other-shades", b.Page(classic(HIGHWAYS, ink=ink)), [(HIGHWAYS, drawn)], "xlsx docx reportlab"
    )
    ink = replace(
        b.WORDS, rag={"Red": b.C(fill="7030A0"), "Amber": b.C(fill="FFC000"), "Green": b.C(fill="00B050")}
    )
    purple = b.Page(classic(HIGHWAYS, ink=ink))
    yield Layout("rag-unknown-colour", purple, [(HIGHWAYS, drawn)], "xlsx docx chromium", change=forget_red)
    kpi = replace(ink, way=ARROWS, rag_level="measure", rag={n: b.C(fill=b.COLOURS[n]) for n in NAMES})
    drawn = replace(KPI_DRAWN, rag_text=nothing, rag_source="colour")
    yield Layout("kpi-colour-only", b.Page(kpi_tables(CUSTOMER, KPI, kpi)), [(CUSTOMER, drawn)], formats)


def forget_red(tables: dict[str, Rows]) -> None:
    """Purple stands for no rating that anybody could know."""
    for row in tables["priorities"]:
        if row["rag"] == "Red":
            row.update(rag="", rag_text="", rag_source="|colour")


def shapes() -> Iterator[Layout]:
    nothing = dict.fromkeys(NAMES, "")
    drawn = Drawn(sections=False, rag_text=nothing, rag_source="colour|symbol|shape")
    ink = replace(b.WORDS, rag={n: b.C(shape="circle", colour=b.COLOURS[n], align="center") for n in NAMES})
    page = b.Page([*classic(HOUSING, ink=ink), *key(ink.rag)])
    yield Layout("rag-drawn-circle", page, [(HOUSING, drawn)], "reportlab chromium")
    kinds = {"Red": "square", "Amber": "triangle", "Green": "circle"}
    rag = {n: b.C(shape=kinds[n], colour=b.COLOURS[n], align="center") for n in NAMES}
    arrows = {way: b.C(shape=f"arrow-{kind}", align="center") for way, kind in DRAWN.items()}
    ink = replace(b.WORDS, rag=rag, way=arrows, rag_level="measure")
    drawn = replace(
        KPI_DRAWN, rag_text=nothing, rag_source="colour|symbol|shape", ways={"up": "", "down": "", "same": ""}
    )
    page = b.Page(kpi_tables(CUSTOMER, KPI, ink))
    yield Layout(
        "kpi-drawn-shapes-and-arrows", page, [(CUSTOMER, drawn)], "reportlab chromium", change=any_text
    )


DRAWN = {"up": "up", "down": "down", "same": "right"}


def any_text(tables: dict[str, Rows]) -> None:
    """What is 'printed' where an arrow is drawn is for the reader to say."""
    for row in tables["measures"]:
        row["direction_text"] = "*"


def directions() -> Iterator[Layout]:
    wingdings = {"up": "é", "down": "ê", "same": "è"}
    ink = replace(b.WORDS, rag_level="measure")
    face = {way: b.C(sign, face="Wingdings", align="center") for way, sign in wingdings.items()}
    page = b.Page(kpi_tables(CUSTOMER, KPI, replace(ink, way=face)))
    facts: list[tuple[Card, Drawn]] = [(CUSTOMER, KPI_DRAWN)]
    formats = "xlsx docx libreoffice libreoffice-word"
    yield Layout("direction-wingdings", page, facts, formats, change=any_text)
    solid = {"up": "▲", "down": "▼", "same": "►"}
    cells = {way: b.C(sign, align="center") for way, sign in solid.items()}
    page = b.Page(kpi_tables(CUSTOMER, KPI, replace(ink, way=cells)))
    yield Layout("direction-triangles", page, [(CUSTOMER, replace(KPI_DRAWN, ways=solid))], "xlsx chromium")
    words = {"up": "Up", "down": "Down", "same": "No change"}
    cells = {way: b.C(text) for way, text in words.items()}
    page = b.Page(kpi_tables(CUSTOMER, KPI, replace(ink, way=cells)))
    yield Layout("direction-words", page, [(CUSTOMER, replace(KPI_DRAWN, ways=words))], "docx reportlab")
