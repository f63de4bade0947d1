"""Layouts of council papers that the blocks of the zoo do not draw: text below its measures, ratings as pictures, cells
as painted areas, small tables one below the other, tiles around large figures, panels, headings that lean or are spaced
out, a watermark. Written as web pages and printed with Chromium.
"""

from __future__ import annotations

import base64
import io
import shutil
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw

from .blocks import COLOURS
from .cards import HOUSING
from .layout import FOLDER
from .model import Card, Drawn, Measure, Priority, Section, truth, write_truth
from .to_html import escape, print_html

QUARTERS = (1, 2, 3, 4)
HEADS = "".join(f"<th>Q{number}" for number in QUARTERS)
LOOK = """@page { size: A4 landscape; margin: 12mm } body { font: 8.5pt 'Liberation Sans' }
table { border-collapse: collapse; width: 100% } td, th { padding: 4pt; text-align: left }
* { -webkit-print-color-adjust: exact }"""

TILES = """.tile { display: inline-block; width: 150pt; height: 88pt; border: 1pt solid #888; margin: 5pt; padding: 5pt;
vertical-align: top; text-align: center } .figure { font-size: 26pt; margin: 4pt } p { margin: 2pt }"""
PANELS = """.panel { display: flex; gap: 16pt; border-top: 1.5pt solid #036; padding: 6pt 0; break-inside: avoid }
.left { width: 36% } h3, p { margin: 0 0 4pt } .panel table { flex: 1 } th, td { border-bottom: 0.5pt solid #999 }"""
LEANING = """table { margin-top: 60pt; width: auto } td { border: 0.5pt solid #777; width: 44pt } td:first-child { width: 260pt }
th { position: relative } span { position: absolute; left: 8pt; bottom: 4pt; transform-origin: left bottom;
transform: rotate(-48deg); white-space: nowrap }"""


def figures(measure: Measure) -> str:
    """The cells of a measure: its name, its target and its quarters."""
    amounts = [measure.target, *(measure.results.get(number) for number in QUARTERS)]
    cells = "".join(f"<td>{escape(amount.text) if amount else ''}" for amount in amounts)
    return f"<td>{escape(measure.name)}{cells}"


def classic(card: Card, rating: dict[str, str]) -> str:
    """Priority, narrative, rating and portfolio beside their measures."""
    rows = ""
    for _, priority in card.priorities():
        over = f"<td rowspan={len(priority.measures)}"
        for number, measure in enumerate(priority.measures):
            left = f"{over}>{escape(priority.name)}{over}>{escape(priority.summary)}{rating[priority.rag].replace('<td', over)}"
            last = f"{over}>{escape(priority.portfolio)}"
            rows += f"<tr>{'' if number else left}{figures(measure)}{'' if number else last}"
    return f"""<table><tr><th>Priority<th>Progress Summary<th>Overall Progress<th>Supporting Measures<th>Target{HEADS}
<th>Executive Portfolio{rows}</table>"""


def below(card: Card) -> str:
    """A bar with the priority, its measures, and its narrative over the whole breadth below them."""
    rows = "".join(
        f"<tr><td colspan=6><b>{escape(priority.name)}</b>"
        + "".join(f"<tr>{figures(measure)}" for measure in priority.measures)
        + f"<tr><td colspan=6>{escape(priority.summary)}"
        for _, priority in card.priorities()
    )
    return f"<table><tr><th>Performance measure<th>Target{HEADS}{rows}</table>"


def small(card: Card) -> str:
    """A table for each section, below its name."""
    return "".join(
        f"<p><b>{escape(section.name)}</b><table><tr><th>Measure<th>Target{HEADS}"
        + "".join(f"<tr>{figures(measure)}" for measure in section.priorities[0].measures)
        + "</table>"
        for section in card.sections
    )


def tiles(card: Card) -> str:
    """A frame for each measure with its result of the quarter in large print."""
    return "".join(
        f"<div class=tile>{escape(measure.name)}<p class=figure>{escape(result.text)}<p>Target: {escape(measure.target.text)}</div>"
        for _, _, measure in card.measures()
        if measure.target and (result := measure.results.get(card.quarter))
    )


def panels(card: Card) -> str:
    """The priority with its narrative and rating to the left of the table of its measures."""
    return "".join(
        f"<div class=panel><div class=left><h3>{escape(priority.name)}</h3><p>{escape(priority.summary)}"
        f"<p><b>Overall RAG:</b> {priority.rag}</div><table><tr><th>Measure<th>Target{HEADS}"
        + "".join(f"<tr>{figures(measure)}" for measure in priority.measures)
        + "</table></div>"
        for _, priority in card.priorities()
    )


def leaning(card: Card) -> str:
    """Headings that lean over narrow columns."""
    heads = "".join(
        f"<th><span>{name}</span>" for name in ("Annual target", *(f"Quarter {n}" for n in QUARTERS))
    )
    rows = "".join(f"<tr>{figures(measure)}" for _, _, measure in card.measures())
    return f"<table><tr><th>Measure{heads}{rows}</table>"


def picture(colour: str) -> str:
    """A coloured disc as a picture."""
    image = Image.new("RGB", (40, 40), "white")
    ImageDraw.Draw(image).ellipse((2, 2, 38, 38), fill="#" + colour)
    held = io.BytesIO()
    image.save(held, "PNG")
    return f"<td><img width=18 src='data:image/png;base64,{base64.b64encode(held.getvalue()).decode()}'>"


def draw(names: list[str]) -> list[Path]:
    """Draw the layouts of these names, or all; returns the files."""
    by_section = tuple(
        Section(p.name, (Priority("", measures=p.measures),)) for _, p in HOUSING.priorities() if p.measures
    )
    plain = Drawn(sections=False)
    words = {rag: f'<td style="background:#{colour}">{rag}' for rag, colour in COLOURS.items()}
    discs = {rag: picture(colour) for rag, colour in COLOURS.items()}
    untold = dict.fromkeys(COLOURS, "")
    ruled = "td, th { border: 0.5pt solid #444; vertical-align: top }"
    areas = "table { border-collapse: separate; border-spacing: 2pt } td { background: #ececec; vertical-align: middle }"
    made = {
        "text-below-measures": (HOUSING, replace(plain, rag="", portfolio=False), ruled + below(HOUSING)),
        "ratings-as-pictures": (
            HOUSING,
            replace(plain, rag_source="colour", rag_text=untold),
            ruled + classic(HOUSING, discs),
        ),
        "cells-as-areas": (HOUSING, plain, areas + classic(HOUSING, words)),
        "centred-painted-blocks": (
            HOUSING,
            plain,
            "td, th { padding: 8pt; vertical-align: middle }" + classic(HOUSING, words),
        ),
        "tables-below-each-other": (
            replace(HOUSING, sections=by_section),
            Drawn(priorities=False, rag="", summary=False, portfolio=False),
            "th { border-bottom: 1pt solid }" + small(replace(HOUSING, sections=by_section)),
        ),
    }
    bare = Drawn(sections=False, priorities=False, rag="", summary=False, portfolio=False)
    mark = "<div style='position: fixed; top: 70mm; left: 60mm; transform: rotate(-35deg); color: #d8d8d8; font: 110pt sans-serif'>"
    made |= {
        "tiles": (HOUSING, replace(bare, quarters=(HOUSING.quarter,)), TILES + tiles(HOUSING)),
        "panels": (HOUSING, replace(plain, portfolio=False), PANELS + panels(HOUSING)),
        "headings-that-lean": (HOUSING, bare, LEANING + leaning(HOUSING)),
        "headings-spaced-out": (
            HOUSING,
            plain,
            "th { letter-spacing: 1.5pt; text-transform: uppercase; font-size: 6pt } td { vertical-align: top }"
            + classic(HOUSING, {rag: f"<td>{rag}" for rag in COLOURS}),
        ),
        "watermark": (
            HOUSING,
            plain,
            "td, th { vertical-align: top }" + mark + "DRAFT</div>" + classic(HOUSING, words),
        ),
    }
    files = []
    for name, (card, drawn, body) in made.items():
        if names and name not in names:
            continue
        style, _, table = body.partition("<")
        title = f"<h3>{card.council}</h3><h2>{card.directorate} Scorecard: Quarter {card.quarter} {card.year}</h2>"
        target = FOLDER / f"{name}.chromium.pdf"
        print_html(
            f'<!doctype html><meta charset="utf-8"><style>{LOOK} {style}</style>{title}<{table}', target
        )
        shutil.rmtree(FOLDER / name, ignore_errors=True)
        write_truth(FOLDER / name, truth(card, drawn))
        files.append(target)
    return files
