"""What a drawn scorecard says: the one structure from which both the drawing and its truth are made.

An ``Amount`` carries its printed text and, beside it, the reading a person would give it. No text is
ever parsed here, so the truth does not depend on any reader.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """One number (or none) of a printed cell: ``value`` as a person would chart it, 73% is 73."""

    value: float | None = None
    unit: str = ""
    status: str = "value"
    digits: str = ""
    part: str = ""


@dataclass(frozen=True)
class Amount:
    """A printed cell; ``native`` and ``number_format`` are what a spreadsheet stores for it."""

    text: str
    parts: tuple[Part, ...]
    native: float | None = None
    number_format: str = "General"


def pct(number: float, places: int = 0) -> Amount:
    digits = f"{number:.{places}f}"
    format_ = "0%" if not places else "0." + "0" * places + "%"
    return Amount(f"{digits}%", (Part(number, "percent", digits=digits),), round(number / 100, 6), format_)


def gbp(number: float, places: int = 0) -> Amount:
    digits = f"{number:,.{places}f}"
    format_ = '"£"#,##0' + ("." + "0" * places if places else "")
    return Amount(f"£{digits}", (Part(number, "GBP", digits=digits),), number, format_)


def million(number: float, places: int = 1) -> Amount:
    digits = f"{number:.{places}f}"
    return Amount(f"£{digits}m", (Part(round(number * 1_000_000, 2), "GBP", digits=digits),))


def num(number: float, places: int = 0) -> Amount:
    digits = f"{number:,.{places}f}"
    format_ = "#,##0" + ("." + "0" * places if places else "")
    return Amount(digits, (Part(number, digits=digits),), number, format_)


def days(number: float, places: int = 0) -> Amount:
    digits = f"{number:.{places}f}"
    format_ = "0" + ("." + "0" * places if places else "") + '" days"'
    return Amount(f"{digits} days", (Part(number, "days", digits=digits),), number, format_)


def say(text: str, status: str = "text") -> Amount:
    """Words without a number: ``not_available``, ``awaited``, ``annual``, ``not_due``, ``text``, ..."""
    return Amount(text, (Part(None, "", status),))


def compound(text: str, value: float, unit: str = "", digits: str = "") -> Amount:
    return Amount(text, (Part(value, unit, "compound", digits or f"{value:g}"),))


def lettered(*amounts: Amount) -> Amount:
    """'a) 7.50 b) 7.50' from two amounts."""
    letters = "abcdef"
    text = " ".join(f"{letter}) {amount.text}" for letter, amount in zip(letters, amounts, strict=False))
    parts = [replace(amount.parts[0], part=letter) for letter, amount in zip(letters, amounts, strict=False)]
    return Amount(text, tuple(parts))


NA = say("N/A", "not_available")


@dataclass(frozen=True)
class Measure:
    """``results`` by quarter; ``extra`` the other columns by field; ``way`` up, down, same or ''."""

    name: str
    target: Amount | None = None
    results: Mapping[int, Amount] = field(default_factory=dict)
    extra: Mapping[str, Amount | str] = field(default_factory=dict)
    rag: str = ""
    rag_previous: str = ""
    way: str = ""
    owner: str = ""
    comments: str = ""
    reference: str = ""
    footnote: str = ""


@dataclass(frozen=True)
class Priority:
    name: str
    summary: str = ""
    rag: str = ""
    portfolio: str = ""
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class Section:
    name: str
    priorities: tuple[Priority, ...]


@dataclass(frozen=True)
class Card:
    council: str
    directorate: str
    year: str
    quarter: int
    sections: tuple[Section, ...]

    def priorities(self) -> Iterable[tuple[Section, Priority]]:
        for section in self.sections:
            for priority in section.priorities:
                yield section, priority

    def measures(self) -> Iterable[tuple[Section, Priority, Measure]]:
        for section, priority in self.priorities():
            for measure in priority.measures:
                yield section, priority, measure


def line(
    name: str,
    target: Amount | None,
    *results: Amount | None,
    rag: str = "",
    way: str = "",
    owner: str = "",
    comments: str = "",
    reference: str = "",
    **extra: Amount | str,
) -> Measure:
    """A measure with its quarters in order; None leaves a quarter blank."""
    quarters = {number: amount for number, amount in enumerate(results, 1) if amount is not None}
    return Measure(
        name,
        target,
        quarters,
        extra,
        rag=rag,
        way=way,
        owner=owner,
        comments=comments,
        reference=reference,
        rag_previous=str(extra.get("rag_previous", "")),
    )


@dataclass(frozen=True)
class Drawn:
    """Which of a card's facts a layout prints, and how: the truth holds those and no others."""

    sections: bool = True
    priorities: bool = True
    summary: bool = True
    portfolio: bool = True
    targets: bool = True
    quarters: tuple[int, ...] = (1, 2, 3, 4)
    others: tuple[str, ...] = ()
    rag: str = "priority"
    rag_source: str = "word"
    rag_text: Mapping[str, str] = field(default_factory=dict)
    ways: Mapping[str, str] = field(default_factory=dict)
    owner: bool = False
    comments: bool = False
    title: bool = True
    status: str = "read"
    role: str = "scorecard"

    def printed(self, rag: str) -> str:
        """How a RAG is printed: 'Amber' by itself unless the layout has another word, letter or sign."""
        return self.rag_text.get(rag, rag)


def number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(float(value))


PRIORITIES = ("section", "priority", "progress_summary", "rag", "rag_text", "portfolio", "rag_source")
MEASURES = (
    "section",
    "priority",
    "measure",
    "part",
    "target_text",
    "target_value",
    "target_unit",
    "target_status",
)
MEASURES_MORE = (
    "rag",
    "rag_text",
    "rag_source",
    "direction",
    "direction_text",
    "owner",
    "comments",
    "reference",
)
RESULTS = (
    "section",
    "priority",
    "measure",
    "part",
    "quarter",
    "value_text",
    "value",
    "unit",
    "value_status",
    "digits",
)
OTHERS = ("measure", "field", "value_text")
DOCUMENT = ("council", "directorate", "financial_year", "quarter", "role", "status")
Rows = list[dict[str, str]]


def rating(rag: str, drawn: Drawn) -> dict[str, str]:
    """The RAG columns of one line; nothing stands there where nothing was printed or coloured."""
    return {"rag": rag, "rag_text": drawn.printed(rag), "rag_source": drawn.rag_source if rag else ""}


def truth(card: Card, drawn: Drawn) -> dict[str, Rows]:
    """The rows a perfect reader finds in a drawing of ``card``, by table name."""
    tables: dict[str, Rows] = {
        "document": [],
        "priorities": [],
        "measures": [],
        "results": [],
        "other_values": [],
    }
    shown = drawn.title
    tables["document"].append(
        {
            "council": card.council if shown else "",
            "directorate": card.directorate if shown else "",
            "financial_year": card.year if shown else "",
            "quarter": str(card.quarter) if shown else "",
            "role": drawn.role,
            "status": drawn.status,
        }
    )
    if drawn.priorities:
        for section, priority in card.priorities():
            row = {
                "section": section.name if drawn.sections else "",
                "priority": priority.name,
                "progress_summary": priority.summary if drawn.summary else "",
                "portfolio": priority.portfolio if drawn.portfolio else "",
            }
            blank = {"rag": "", "rag_text": "", "rag_source": ""}
            tables["priorities"].append(
                row | (rating(priority.rag, drawn) if drawn.rag == "priority" else blank)
            )
    for section, priority, measure in card.measures():
        key = {
            "section": section.name if drawn.sections else "",
            "priority": priority.name if drawn.priorities else "",
            "measure": measure.name,
        }
        tables["measures"].extend(measure_rows(key, measure, drawn))
        for quarter, amount in sorted(measure.results.items()):
            if quarter in drawn.quarters:
                tables["results"].extend(result_row(key, quarter, amount, part) for part in amount.parts)
        for name in drawn.others:
            other = measure.extra.get(name)
            if other:
                text = other if isinstance(other, str) else other.text
                tables["other_values"].append({"measure": measure.name, "field": name, "value_text": text})
    return tables


def measure_rows(key: dict[str, str], measure: Measure, drawn: Drawn) -> Rows:
    """One row per part of the target (or of the results, where the target has no parts)."""
    rag = measure.rag if drawn.rag == "measure" else ""
    more = rating(rag, drawn) | {
        "direction": measure.way if drawn.ways else "",
        "direction_text": drawn.ways.get(measure.way, ""),
        "owner": measure.owner if drawn.owner else "",
        "comments": measure.comments if drawn.comments else "",
        "reference": measure.reference,
    }
    target = measure.target if drawn.targets else None
    labels = {part.part: part for amount in measure.results.values() for part in amount.parts}
    parts: Sequence[Part] = (
        target.parts if target else [Part(status="", part=label) for label in labels or [""]]
    )
    if target and len(parts) == 1 and len(labels) > 1:
        parts = [replace(parts[0], part=label) for label in labels]
    return [
        key
        | {
            "part": part.part,
            "target_text": target.text if target else "",
            "target_value": number(part.value),
            "target_unit": part.unit,
            "target_status": part.status,
        }
        | more
        for part in parts
    ]


def result_row(key: dict[str, str], quarter: int, amount: Amount, part: Part) -> dict[str, str]:
    return key | {
        "part": part.part,
        "quarter": str(quarter),
        "value_text": amount.text,
        "value": number(part.value),
        "unit": part.unit,
        "value_status": part.status,
        "digits": part.digits,
    }


def write_truth(folder: Path, tables: Mapping[str, Rows], more: bool = True) -> None:
    """Write the truth CSVs; ``more`` adds the columns that only some layouts print."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = {
        "document": DOCUMENT,
        "priorities": PRIORITIES,
        "measures": MEASURES + (MEASURES_MORE if more else ()),
        "results": RESULTS,
        "other_values": OTHERS,
    }
    for name, rows in tables.items():
        if name == "other_values" and not rows:
            continue
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns[name], lineterminator="\n", extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
