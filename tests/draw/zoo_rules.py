"""Layouts that differ in rules, fills, spacing, paper and rotation; the same columns throughout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from . import blocks as b
from .cards import ADULT, CHILDREN, CULTURE, HOUSING
from .layout import Layout
from .model import Card, Drawn

ALL = "xlsx docx libreoffice libreoffice-word reportlab chromium"
PAPER = "libreoffice-word reportlab chromium"


def classic(
    card: Card, columns: b.Columns = b.CLASSIC, ink: b.Ink = b.WORDS, **look: object
) -> list[b.Block]:
    """Title and one table per section; an unnamed section's first heading is 'Priority'."""
    blocks = b.title(card)
    for section in card.sections:
        own = b.section_columns(columns, section) if section.name else columns
        rows = [b.head(own), *b.section_rows(own, section, ink)]
        blocks += [b.T([w for _, _, w in own], rows, **look), b.P("", size=4)]  # type: ignore[arg-type]
    return blocks


def layouts() -> Iterator[Layout]:
    full, plain = Drawn(), Drawn(sections=False)
    adult, housing = [(ADULT, full)], [(HOUSING, plain)]
    yield Layout("full-rules", b.Page(classic(ADULT)), adult, ALL + " txt ods xls")
    yield Layout("horizontal-rules", b.Page(classic(HOUSING, rules="horizontal")), housing, "docx " + PAPER)
    yield Layout(
        "outer-rule-only", b.Page(classic(HOUSING, rules="outer", pad=5)), housing, "reportlab chromium"
    )
    bare: dict[str, Any] = {"rules": "none", "head_fill": None}
    generous = b.Page(classic(HOUSING, pad=8, **bare))
    yield Layout("no-rules-generous", generous, housing, "xlsx docx " + PAPER)
    tight = b.Page(classic(HOUSING, pad=0.5, **bare))
    yield Layout("no-rules-tight", tight, housing, "libreoffice-word reportlab chromium")
    centred = b.Page(classic(HOUSING, pad=6, middle=True, **bare))
    yield Layout("no-rules-centred", centred, housing, PAPER)
    tight_centred = b.Page(classic(CULTURE, pad=2, middle=True, **bare))
    yield Layout("no-rules-tight-centred", tight_centred, [(CULTURE, plain)], "reportlab chromium")
    zebra = replace(b.WORDS, merge=False)
    yield Layout(
        "zebra-fills",
        b.Page(classic(HOUSING, ink=zebra, zebra=True, rules="none")),
        housing,
        "xlsx docx libreoffice reportlab chromium",
    )
    slim = {"summary": 118.0, "measure": 80.0, "priority": 62.0, "portfolio": 46.0, "rag": 36.0}
    narrow = [(key, text, slim.get(key, 41.0)) for key, text, _ in b.CLASSIC]
    portrait = b.Page(classic(ADULT, narrow, size=6.5), size=b.A4, margin=24)
    yield Layout("portrait-wrapped", portrait, adult, "docx libreoffice-word reportlab chromium")
    yield Layout(
        "centred-cells", b.Page(classic(ADULT, middle=True)), adult, "docx libreoffice reportlab chromium"
    )
    yield Layout(
        "rotated-headings", b.Page(rotated(HOUSING)), housing, "xlsx docx libreoffice reportlab chromium"
    )
    wide = [(key, text, width * 1.4) for key, text, width in b.CLASSIC]
    a3 = b.Page(classic(CHILDREN, wide, size=9), size=b.A3_WIDE)
    yield Layout("a3-landscape", a3, [(CHILDREN, full)], "xlsx docx libreoffice reportlab chromium")
    turned = b.Page(classic(HOUSING), rotate=90)
    yield Layout("rotated-page-90", turned, housing, "reportlab")
    yield Layout("rotated-page-270", replace(turned, rotate=270), housing, "reportlab")
    yield Layout("rotated-page-no-rules", replace(generous, rotate=90), housing, "reportlab")


def rotated(card: Card) -> list[b.Block]:
    turned = ("rag", "target", "q1", "q2", "q3", "q4", "portfolio")
    columns = [
        (key, text, {"rag": 40.0, "portfolio": 66.0}.get(key, width)) for key, text, width in b.CLASSIC
    ]
    rows = [b.head(columns, turned), *b.section_rows(columns, card.sections[0])]
    return [*b.title(card), b.T([w for _, _, w in columns], rows)]
