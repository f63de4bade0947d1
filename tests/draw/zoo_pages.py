"""Layouts in which the page ends: headings repeated or not, rows and merged blocks broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from . import blocks as b
from .cards import CHILDREN, HOUSING
from .layout import Layout
from .model import Card, Drawn, Priority
from .zoo_rules import classic

MORE = (
    " Heads of Service went through the figures with their teams on 4 and 11 October; the actions agreed are in the "
    "improvement plan, which the scrutiny panel reads every second month. Staff are asked to send further ideas to the "
    "programme office before the end of November, so that those which need money can go into the budget round."
)


def longer(card: Card, times: int) -> Card:
    """The same card with longer summaries, so that its rows do not fit on a page."""

    def grow(priority: Priority) -> Priority:
        return replace(priority, summary=priority.summary + MORE * times)

    sections = [replace(s, priorities=tuple(map(grow, s.priorities))) for s in card.sections]
    return replace(card, sections=tuple(sections))


def layouts() -> Iterator[Layout]:
    full, plain = Drawn(), Drawn(sections=False)

    def page_of(blocks: list[b.Block]) -> b.Page:
        return b.Page(blocks, header="Children and Families scorecard", footer="Page &P")

    blanks = replace(b.WORDS, merge=False)
    children = [(CHILDREN, full)]
    formats = "docx libreoffice-word reportlab chromium"
    tall = page_of(classic(CHILDREN, ink=blanks, keep_rows=True, pad=9))
    yield Layout("multi-page-heading-repeated", tall, children, "xlsx libreoffice " + formats)
    once = page_of(classic(CHILDREN, ink=blanks, keep_rows=True, pad=9, repeat=False))
    yield Layout("multi-page-heading-once", once, children, "libreoffice " + formats)
    long = longer(CHILDREN, 2)
    split = page_of(classic(long, ink=blanks, pad=4))
    yield Layout("row-broken-by-page", split, [(long, full)], formats)
    merged = page_of(classic(long, repeat=False, pad=9))
    yield Layout("block-broken-by-page", merged, [(long, full)], "libreoffice " + formats)
    repeated = page_of(classic(longer(CHILDREN, 1), pad=9))
    facts = [(longer(CHILDREN, 1), full)]
    yield Layout("block-broken-heading-repeated", repeated, facts, formats)
    homes = longer(HOUSING, 3)
    page = b.Page(classic(homes, rules="none", head_fill=None, pad=7, repeat=False), footer="&P")
    yield Layout("no-rules-over-pages", page, [(homes, plain)], "libreoffice-word reportlab chromium")
    page = b.Page(classic(homes, rules="horizontal", pad=5), footer="Housing Services  |  &P")
    yield Layout("horizontal-rules-over-pages", page, [(homes, plain)], "libreoffice-word reportlab chromium")
    titled = [*page_by_page(CHILDREN)]
    yield Layout("title-on-every-page", b.Page(titled), children, "xlsx libreoffice reportlab chromium txt")


def page_by_page(card: Card) -> Iterator[b.Block]:
    """Each priority's page begins with the title again; only a section's first page has its headings."""
    for section in card.sections:
        columns = b.section_columns(b.CLASSIC, section)
        for number, start in enumerate(range(0, len(section.priorities), 2)):
            yield b.P(
                cells=[
                    f"{card.council} {card.directorate} Scorecard {card.year}",
                    "",
                    f"Quarter {card.quarter} {card.year}",
                ],
                bold=True,
            )
            rows = [row for p in section.priorities[start : start + 2] for row in b.priority_rows(columns, p)]
            heading = [b.head(columns)] if number == 0 else []
            yield b.T([w for _, _, w in columns], [*heading, *rows], head=len(heading), repeat=False)
            yield b.Break()
