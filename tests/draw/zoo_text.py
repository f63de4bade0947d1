"""Layouts that differ in their text and shape: notes, hyphens, bullets, section rows, cards, transposed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from . import blocks as b
from .cards import CULTURE, HOUSING
from .layout import Layout
from .model import Card, Drawn, Measure, Priority, Rows, Section, line, num, pct
from .zoo_rules import classic


def layouts() -> Iterator[Layout]:
    plain = Drawn(sections=False)
    yield footnotes()
    yield from hyphens()
    formats = "xlsx docx libreoffice-word reportlab chromium"
    page = b.Page(classic(BULLETS))
    yield Layout("paragraphs-and-bullets", page, [(BULLETS, plain)], formats)
    rows = Drawn(sections=False, summary=False, portfolio=False)
    every = "xlsx docx libreoffice reportlab chromium"
    page = b.Page(section_rows(HOUSING))
    yield Layout("priority-as-section-row", page, [(numbered(HOUSING), rows)], every)
    bare = b.Page(section_rows(HOUSING, rules="none", pad=4))
    yield Layout(
        "priority-as-section-row-no-rules", bare, [(numbered(HOUSING), rows)], "libreoffice-word reportlab"
    )
    page = b.Page(cards(HOUSING))
    yield Layout("card-per-priority", page, [(HOUSING, plain)], every)
    drawn = Drawn(priorities=False, rag="")
    page = b.Page(transposed(SMALL))
    yield Layout("transposed", page, [(SMALL, drawn)], "xlsx docx reportlab chromium")


def footnotes() -> Layout:
    """Raised marks behind numbers and behind a measure's name; the notes stand below."""
    card = Card(
        "London Borough of Eastmarsh",
        "Community Safety",
        "2014/15",
        2,
        (
            Section(
                "",
                (
                    Priority(
                        "Reduce crime and disorder",
                        "Burglary fell for the sixth quarter running.",
                        "Green",
                        "Community Safety",
                        (
                            line("Burglaries per 1,000 households", num(3.2, 1), num(2.9, 1), num(2.7, 1)),
                            line("Incidents of noise and nuisance", num(1200), num(381), num(298)),
                            line("Residents who feel safe after dark", pct(70), pct(66), pct(68)),
                        ),
                    ),
                    Priority(
                        "Bring offenders to justice",
                        "The court closure has lengthened waits.",
                        "Amber",
                        "Community Safety",
                        (
                            line(
                                "First-time entrants to the youth justice system", num(90), num(21), num(38)
                            ),
                            line("Young offenders who offend again", pct(35), pct(36.2, 1), pct(37.0, 1)),
                            line("Restorative meetings held", num(60), num(12), num(31)),
                        ),
                    ),
                ),
            ),
        ),
    )
    blocks = classic(card)
    marks = {"38": "1", "66%": "2", "12": "1", "Young offenders who offend again": "3"}
    table = next(block for block in blocks if isinstance(block, b.T))

    def marked(cell: b.C | None) -> b.C | None:
        if cell is None or cell.text not in marks:
            return cell
        return replace(cell, sup=marks[cell.text], native=None)

    new = replace(table, rows=[[marked(cell) for cell in row] for row in table.rows])
    notes = (
        "1 Provisional figure.",
        "2 Survey of 1,104 residents in May 2014.",
        "3 Twelve months to the quarter's end.",
    )
    page = b.Page([*(new if block is table else block for block in blocks), *map(b.P, notes)])

    def change(tables: dict[str, Rows]) -> None:
        for row in tables["results"]:
            mark = marks.get(row["value_text"])
            if mark:
                plain = row["value_text"]
                row["value_text"] = "|".join(
                    (plain, f"{plain}{mark}", f"{plain} {mark}", plain + "¹²³"[int(mark) - 1])
                )

    formats = "xlsx docx libreoffice-word reportlab chromium"
    return Layout("footnote-marks", page, [(card, Drawn(sections=False))], formats, change=change)


HYPHENS = {
    "performance": "perfor-\nmance",
    "temporary": "tempo-\nrary",
    "self-service": "self-\nservice",
    "accommodation": "accommo-\ndation",
}


def hyphens() -> Iterator[Layout]:
    """Words broken at a line's end by the author's program; 'self-service' is spelled with its hyphen."""
    summary = (
        "Better performance of the self-service desk freed two officers. Families in temporary accommodation are seen "
        "within a week."
    )
    first = HOUSING.sections[0].priorities[2]
    priorities = (replace(first, summary=summary), *HOUSING.sections[0].priorities[:2])
    card = replace(HOUSING, sections=(Section("", priorities),))
    blocks = classic(card)
    table = next(block for block in blocks if isinstance(block, b.T))
    broken = summary
    for whole, parted in HYPHENS.items():
        broken = broken.replace(whole, parted, 1)
    rows = [
        [replace(cell, text=broken) if cell and cell.text == summary else cell for cell in row]
        for row in table.rows
    ]
    page = b.Page([replace(table, rows=rows) if block is table else block for block in blocks])
    yield Layout(
        "hyphenated-line-ends",
        page,
        [(card, Drawn(sections=False))],
        "libreoffice-word reportlab chromium",
    )
    ligatures = {"fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ"}

    def joined(text: str) -> str:
        for plain, sign in ligatures.items():
            text = text.replace(plain, sign)
        return text.replace("'", "’")

    cells = [
        [cell and replace(cell, text=joined(cell.text), native=None) for cell in row]
        for row in table.rows[1:]
    ]
    page = b.Page(
        [replace(table, rows=[table.rows[0], *cells]) if block is table else block for block in blocks]
    )
    yield Layout(
        "ligatures-and-smart-quotes", page, [(card, Drawn(sections=False))], "docx reportlab chromium"
    )


BULLETS = replace(
    CULTURE,
    sections=(
        Section(
            "",
            (
                replace(
                    CULTURE.sections[0].priorities[0],
                    summary="The quarter went well:\n• The new pool opened in May and drew 21,400 swims.\n• 14 clubs took up the "
                    "small grants, worth £9,800 together.\n• Coaches' training moved to the autumn.\n\nThe next report will show the "
                    "effect of the price freeze.",
                ),
                replace(
                    CULTURE.sections[0].priorities[1],
                    summary="Issues fall as elsewhere.\n\n1. E-books have doubled.\n2. Two branches open on Sundays from July.\n3. "
                    "Volunteers run the home service.",
                ),
            ),
        ),
    ),
)


def numbered(card: Card) -> Card:
    """The card with its priorities named as the section rows print them."""
    priorities = [
        replace(priority, name=f"Priority {number}: {priority.name}")
        for number, priority in enumerate(card.sections[0].priorities, 1)
    ]
    return replace(card, sections=(Section("", tuple(priorities)),))


def section_rows(card: Card, rules: str = "full", pad: float = 3) -> list[b.Block]:
    """'Priority 1: ...' over the table's width with its rating at the end, its measures below."""
    columns = b.pick(b.CLASSIC, "measure target q1 q2 q3 q4 rag")
    widths = [230.0, 70.0, 60.0, 60.0, 60.0, 60.0, 60.0]
    rows: list[b.Row] = [b.head(columns)]
    for priority in numbered(card).sections[0].priorities:
        title = b.C(priority.name, columns=6, bold=True, fill="EDEDED" if rules == "full" else None)
        rows.append([title, *[None] * 5, b.WORDS.rating(priority.rag)])
        rows += [[b.measure_cell(k, m, b.WORDS) for k, _, _ in columns] for m in priority.measures]
    return [*b.title(card), b.T(widths, rows, rules=rules, pad=pad)]


def cards(card: Card) -> list[b.Block]:
    """A small table of labels for each priority, then one of its measures."""
    blocks = b.title(card)
    columns = b.pick(b.CLASSIC, "measure target q1 q2 q3 q4")
    widths = [300.0, 94.0, 94.0, 94.0, 94.0, 94.0]
    for _, priority in card.priorities():
        labels: list[b.Row] = [
            [b.C("Priority", bold=True, fill="D9E1F2"), b.C(priority.name, bold=True)],
            [b.C("Progress Summary", bold=True, fill="D9E1F2"), b.C(priority.summary)],
            [
                b.C("Overall Progress", bold=True, fill="D9E1F2"),
                replace(b.WORDS.rating(priority.rag), align="left"),
            ],
            [b.C("Executive Portfolio", bold=True, fill="D9E1F2"), b.C(priority.portfolio)],
        ]
        rows: list[b.Row] = [b.head(columns)]
        rows += [[b.measure_cell(k, m, b.WORDS) for k, _, _ in columns] for m in priority.measures]
        blocks += [b.T([120.0, 650.0], labels, head=0), b.P("", size=2, gap=1), b.T(widths, rows), b.P("")]
    return blocks


SMALL = Card(
    "Wexbourne Borough Council",
    "Human Resources",
    "2016/17",
    3,
    (
        Section(
            "Sickness",
            (
                Priority(
                    "",
                    measures=(
                        line("Days lost per employee", num(8.0, 1), num(2.2, 1), num(2.4, 1), num(2.9, 1)),
                        line("Long-term cases", num(40), num(51), num(47), num(44)),
                        line("Return interviews held", pct(95), pct(88), pct(91), pct(93)),
                    ),
                ),
            ),
        ),
        Section(
            "Turnover",
            (
                Priority(
                    "",
                    measures=(
                        line("Leavers", num(120), num(31), num(28), num(35)),
                        line("Posts vacant", pct(6), pct(7.1, 1), pct(6.8, 1), pct(6.2, 1)),
                        line("Exit interviews held", pct(80), pct(64), pct(71), pct(75)),
                    ),
                ),
            ),
        ),
    ),
)


def transposed(card: Card) -> list[b.Block]:
    """Measures across, target and quarters down, under the section's name."""
    blocks = b.title(card, "Workforce Scorecard")
    for section in card.sections:
        measures: tuple[Measure, ...] = section.priorities[0].measures
        rows: list[b.Row] = [[b.C(section.name, bold=True), *(b.C(m.name, bold=True) for m in measures)]]
        rows.append([b.C("Target", bold=True), *(b.amount(m.target) for m in measures)])
        for quarter in range(1, 5):
            cells = [b.amount(m.results.get(quarter)) for m in measures]
            rows.append([b.C(f"Quarter {quarter}", bold=True), *cells])
        blocks += [b.T([110.0, *[120.0] * len(measures)], rows), b.P("")]
    return blocks
