"""Layouts that differ in columns: their words, order, number, levels; several tables, sheets and keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from . import blocks as b
from .cards import ADULT, CULTURE, CUSTOMER, HEALTH, HIGHWAYS, HOUSING
from .layout import Layout
from .model import Amount, Card, Drawn, Measure, Rows, Section, gbp, line, number
from .zoo_rules import classic

EVERY = "xlsx docx libreoffice reportlab chromium"
ARROWS = {"up": b.C("↑", align="center"), "down": b.C("↓", align="center"), "same": b.C("→", align="center")}
KPI: b.Columns = (
    ("reference", "Ref", 40),
    ("measure", "Measure", 250),
    ("latest", "Latest", 70),
    ("previous", "Previous", 70),
    ("target", "Target", 70),
    ("floor", "Floor", 70),
    ("rag", "RAG", 50),
    ("way", "DoT", 40),
)
WIDER: b.Columns = (
    ("priority", "Priority", 110),
    ("measure", "Performance measure", 180),
    ("baseline", "Baseline (2011/12)", 60),
    ("previous_year", "2012/13 result", 60),
    ("target", "2013/14 target", 60),
    ("floor", "Floor", 50),
    ("q1", "Q1", 48),
    ("q2", "Q2", 48),
    ("q3", "Q3", 48),
    ("q4", "Q4", 48),
    ("way", "Direction of travel", 60),
    ("rag", "RAG", 50),
    ("owner", "Lead officer", 70),
    ("comments", "Comments", 190),
)


def layouts() -> Iterator[Layout]:
    plain = Drawn(sections=False)
    housing = [(HOUSING, plain)]
    below = b.Page(classic(HOUSING, ink=replace(b.WORDS, merge=False)))
    yield Layout("blanks-below", below, housing, EVERY + " txt csv")
    later = replace(b.WORDS, merge=False, portfolio_row=1)
    yield Layout(
        "portfolio-on-a-later-row", b.Page(classic(HOUSING, ink=later)), housing, "xlsx chromium txt"
    )
    yield Layout("two-level-headings", b.Page(two_levels(HOUSING)), housing, EVERY + " txt")
    yield from words()
    yield from extra()
    yield from quarters()
    yield Layout(
        "quarter-pairs", b.Page(pairs(HEALTH)), [(HEALTH, PAIRS)], EVERY, change=target_of_the_quarter
    )
    blank = b.Page(classic(HOUSING), indent=2, skip=4)
    yield Layout("leading-blanks", blank, housing, "xlsx libreoffice")
    yield Layout("several-tables", b.Page(headed(ADULT)), [(ADULT, Drawn())], EVERY)
    yield several_scorecards()
    yield Layout("notes-and-key", b.Page([*classic(HOUSING), *key_below()]), housing, EVERY)
    total = b.Page(totals())
    yield Layout("totals-row", total, [(SAVINGS, Drawn(sections=False, priorities=False, rag=""))], EVERY)
    yield from kpis()


def two_levels(card: Card) -> list[b.Block]:
    columns = b.CLASSIC
    first: b.Row = []
    for key, text, _ in columns:
        if key == "q1":
            first.append(b.C(f"{card.year} results", columns=4, bold=True, align="center"))
        elif key in ("q2", "q3", "q4"):
            first.append(None)
        else:
            first.append(b.C(text, rows=2, bold=True))
    second: b.Row = [
        b.C(text, bold=True, align="center") if key[0] == "q" else None for key, text, _ in columns
    ]
    rows = [first, second, *b.section_rows(columns, card.sections[0])]
    return [*b.title(card), b.T([w for _, _, w in columns], rows, head=2)]


def words() -> Iterator[Layout]:
    said = {
        "priority": "Objective",
        "summary": "Commentary",
        "rag": "Status",
        "measure": "Performance Indicator",
        "target": "Annual target",
        "portfolio": "Cabinet Member",
    } | {f"q{n}": f"Qtr {n}" for n in range(1, 5)}
    plain = Drawn(sections=False)
    renamed = [(key, said[key], width) for key, _, width in b.CLASSIC]
    yield Layout("headings-in-other-words", b.Page(classic(HOUSING, renamed)), [(HOUSING, plain)], EVERY)
    order = b.pick(b.CLASSIC, "measure target q1 q2 q3 q4 rag priority portfolio summary")
    yield Layout("columns-in-other-order", b.Page(classic(HOUSING, order)), [(HOUSING, plain)], EVERY)
    bare = b.Page(classic(HOUSING, order, rules="none", head_fill=None, pad=7))
    yield Layout("other-order-no-rules", bare, [(HOUSING, plain)], "libreoffice-word reportlab chromium")


def extra() -> Iterator[Layout]:
    ways = {"up": "Improving", "down": "Worsening", "same": "No change"}
    ink = replace(b.WORDS, way={way: b.C(text) for way, text in ways.items()})
    drawn = Drawn(
        sections=False,
        summary=False,
        portfolio=False,
        others=("baseline", "previous_year", "floor"),
        ways=ways,
        owner=True,
        comments=True,
    )
    page = b.Page(classic(HIGHWAYS, WIDER, ink), size=b.A3_WIDE)
    yield Layout("extra-columns", page, [(HIGHWAYS, drawn)], EVERY, change=any_direction)


def any_direction(tables: dict[str, Rows]) -> None:
    """'Improving' says nothing of up or down: only the word is held."""
    for row in tables["measures"]:
        row["direction"] = "*"


def quarters() -> Iterator[Layout]:
    names = {
        "qtr": ("xlsx chromium", ("Qtr 1", "Qtr 2", "Qtr 3", "Qtr 4")),
        "spelled": ("docx reportlab", tuple(f"Quarter {n} 2013/14" for n in range(1, 5))),
        "month-ranges": ("xlsx reportlab", ("Apr-Jun", "Jul-Sep", "Oct-Dec", "Jan-Mar")),
        "month-ends": ("xlsx chromium", ("June 2013", "Sept 2013", "Dec 2013", "March 2014")),
        "first-second": ("docx chromium", ("1st Qtr", "2nd Qtr", "3rd Qtr", "4th Qtr")),
    }
    for name, (formats, texts) in names.items():
        columns = [
            (key, texts[int(key[1]) - 1] if key[0] == "q" else text, width) for key, text, width in b.CLASSIC
        ]
        yield Layout(
            f"quarters-{name}",
            b.Page(classic(HIGHWAYS, columns)),
            [(HIGHWAYS, Drawn(sections=False))],
            formats,
        )


PAIRS = Drawn(
    sections=False,
    priorities=False,
    targets=False,
    rag="measure",
    others=("t1", "t2", "t3", "r1", "r2", "r3"),
)


def pairs(card: Card) -> list[b.Block]:
    """Each quarter has its own target, result and rating under one heading."""
    first: b.Row = [b.C("Indicator", rows=2, bold=True)]
    second: b.Row = [None]
    for quarter in range(1, 5):
        first += [b.C(f"Quarter {quarter}", columns=3, bold=True, align="center"), None, None]
        second += [b.C(text, bold=True, align="center") for text in ("Target", "Actual", "RAG")]
    rows = [first, second]
    for _, _, measure in card.measures():
        row: b.Row = [b.C(measure.name)]
        for quarter in range(1, 5):
            target, rating = measure.extra.get(f"t{quarter}"), measure.extra.get(f"r{quarter}")
            row.append(b.C() if target is None or isinstance(target, str) else b.amount(target))
            row.append(b.amount(measure.results.get(quarter)))
            row.append(b.WORDS.rating(rating if isinstance(rating, str) else ""))
        rows.append(row)
    return [*b.title(card, "Performance Report"), b.T([170.0, *[50.0] * 12], rows, head=2)]


def target_of_the_quarter(tables: dict[str, Rows]) -> None:
    """Where each quarter has a target of its own, that of the reported quarter is the measure's."""
    targets = {m.name: m.extra[f"t{HEALTH.quarter}"] for _, _, m in HEALTH.measures()}
    for row in tables["measures"]:
        target = targets[row["measure"]]
        assert isinstance(target, Amount)
        part = target.parts[0]
        row |= {"target_text": target.text, "target_value": number(part.value)}
        row |= {"target_unit": part.unit, "target_status": part.status}


def headed(card: Card) -> list[b.Block]:
    """The section's name stands above its table; the first heading is just 'Priority'."""
    blocks = b.title(card)
    for section in card.sections:
        rows = [b.head(b.CLASSIC), *b.section_rows(b.CLASSIC, section)]
        blocks += [b.P(section.name, bold=True, size=11), b.T([w for _, _, w in b.CLASSIC], rows), b.P("")]
    return blocks


def several_scorecards() -> Layout:
    cards = (CULTURE, HOUSING, HIGHWAYS)
    sheets = [b.Page(classic(card), sheet=card.directorate) for card in cards]
    old = replace(CULTURE, year="2012/13")
    hidden = b.Page(classic(old), sheet="Last year", hidden=True)
    page = b.Page([], sheets=[*sheets[:1], hidden, *sheets[1:]])
    facts = [(card, Drawn(sections=False)) for card in cards]
    return Layout("several-scorecards", page, facts, "xlsx ods")


def key_below() -> list[b.Block]:
    rows: list[b.Row] = [[b.C("Key to overall progress", bold=True, columns=2), None]]
    for colour, text in (
        ("Green", "At or above target"),
        ("Amber", "Within 10% of target"),
        ("Red", "More than 10% below target"),
    ):
        rows.append([b.C(colour, fill=b.COLOURS[colour], align="center"), b.C(text)])
    return [
        b.P("Notes", bold=True),
        b.P("1. Results are for the year to date unless the measure says otherwise."),
        b.P("2. Figures for Quarter 3 are provisional until the accounts close on 31 March 2016."),
        b.T([60.0, 180.0], rows),
        b.P("Contact: Performance Team, 01632 960123, performance@ashcombe.example"),
    ]


def saving(name: str, target: int, *results: int) -> Measure:
    return line(name, gbp(target * 1000), *(gbp(result * 1000) for result in results))


SAVINGS = Card(
    "Northmere County Council",
    "Corporate Resources",
    "2014/15",
    3,
    (
        Section(
            "",
            (
                replace(
                    CUSTOMER.sections[0].priorities[0],
                    measures=(
                        saving("Savings from shared buildings", 420, 80, 195, 301),
                        saving("Savings from procurement", 600, 155, 290, 466),
                        saving("Savings from staffing reviews", 750, 120, 340, 512),
                        saving("Additional income", 230, 61, 118, 170),
                        saving("Savings from print and post", 90, 30, 52, 70),
                        saving("Savings from fleet", 110, 14, 41, 66),
                    ),
                ),
            ),
        ),
    ),
)


def totals() -> list[b.Block]:
    columns = [
        ("measure", "Measure", 260.0),
        ("target", "Target", 70.0),
        *((f"q{n}", f"Q{n}", 60.0) for n in range(1, 5)),
    ]
    measures = [measure for _, _, measure in SAVINGS.measures()]
    rows: list[b.Row] = [b.head(columns)]
    rows += [[b.measure_cell(key, measure, b.WORDS) for key, _, _ in columns] for measure in measures]
    sums = [
        sum(m.target.native or 0 for m in measures if m.target),
        *(sum(m.results[q].native or 0 for m in measures) for q in (1, 2, 3)),
    ]
    last: b.Row = [b.C("Total", bold=True)]
    last += [replace(b.amount(gbp(total)), bold=True) for total in sums]
    rows.append([*last, b.C()])
    return [*b.title(SAVINGS, "Savings Scorecard"), b.T([w for _, _, w in columns], rows)]


def kpi_tables(card: Card, columns: b.Columns, ink: b.Ink, **look: object) -> list[b.Block]:
    """One table per section of a card without priorities; ``latest`` is the reported quarter's result."""
    blocks = b.title(card, "Key Performance Indicators", f"Quarter {card.quarter} (April to June 2016)")
    for section in card.sections:
        rows: list[b.Row] = [b.head(columns)]
        measures = [measure for priority in section.priorities for measure in priority.measures]
        rows += [kpi_row(columns, measure, card.quarter, ink) for measure in measures]
        blocks += [
            b.P(section.name, bold=True, size=11),
            b.T([w for _, _, w in columns], rows, **look),  # type: ignore[arg-type]
            b.P(""),
        ]
    return blocks


def kpi_row(columns: b.Columns, measure: Measure, quarter: int, ink: b.Ink) -> b.Row:
    return [
        b.amount(measure.results.get(quarter)) if key == "latest" else b.measure_cell(key, measure, ink)
        for key, _, _ in columns
    ]


SIGNS = {"up": "↑", "down": "↓", "same": "→"}
KPI_DRAWN = Drawn(priorities=False, rag="measure", others=("previous", "floor"), ways=SIGNS)


def kpis() -> Iterator[Layout]:
    ink = replace(b.WORDS, way=ARROWS, rag_level="measure")
    facts = [(CUSTOMER, KPI_DRAWN)]
    yield Layout("kpi-table", b.Page(kpi_tables(CUSTOMER, KPI, ink)), facts, EVERY)
    bare = b.Page(kpi_tables(CUSTOMER, KPI, ink, rules="none", head_fill=None, pad=4))
    yield Layout("kpi-table-no-rules", bare, facts, "libreoffice-word reportlab chromium")
    two = [*KPI[:6], ("rag", "RAG latest", 60.0), ("rag_previous", "RAG previous", 60.0), KPI[7]]
    drawn = replace(KPI_DRAWN, others=("previous", "floor", "rag_previous"))
    yield Layout("kpi-two-ratings", b.Page(kpi_tables(CUSTOMER, two, ink)), [(CUSTOMER, drawn)], EVERY)
    portrait = [(key, text, width * 0.78) for key, text, width in KPI]
    page = b.Page(kpi_tables(CUSTOMER, portrait, ink, rules="horizontal", middle=True), size=b.A4)
    yield Layout("kpi-portrait-horizontal-rules", page, facts, "docx libreoffice-word reportlab chromium")
