"""Names, periods, places and long texts as the pages print them."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Any

Row = dict[str, Any]

SEVERITIES = {"error": ("✖", "Error"), "warning": ("▲", "Warning"), "note": ("●", "Note")}
RATINGS = {"Red": ("✖", "red"), "Amber": ("▲", "amber"), "Green": ("●", "green"), "Blue": ("◆", "blue")}
TRAVEL = {
    "Improving": ("▲", "better"),
    "Worsening": ("▼", "worse"),
    "Increasing": ("↗", ""),
    "Decreasing": ("↘", ""),
    "No change": ("→", ""),
}
CLAIMS = {"value": "Value", "heading": "Heading", "furniture": "Page furniture", "finding": "Finding"}
FIELDS = {"rag": "RAG rating", "result": "result of a quarter", "quarter": "heading of a quarter"}
OUTCOMES = {"unit": "another unit", "text only": "other words"}
NOBODY = "Not tied to a directorate"
PAGE = re.compile(r"p(\d+) r(\d+) c(\d+)")
TABLE = re.compile(r"(?:t(\d+) )?r(\d+) c(\d+)")


def slug(text: object) -> str:
    """A name fit for a file and a link; different names get different ones."""
    name = str(text)
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60]
    if re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*|[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= 60:
        return plain
    return f"{plain}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:6]}".strip("-")


def period(row: Row, quarter: str = "quarter") -> str:
    """'Q1 2012/13', or what is known of it; '' when nothing is."""
    year, number = row.get("financial_year"), row.get(quarter)
    return " ".join([f"Q{number}"] * bool(number) + [str(year)] * bool(year))


def place_in_words(place: str | None) -> str:
    """'p2 r14 c6' -> 'page 2, row 14, column 6'; 'Return!F14' -> 'sheet Return, cell F14'; '' for none."""
    if not place:
        return ""
    if found := PAGE.fullmatch(place):
        return "page {}, row {}, column {}".format(*found.groups())
    if found := TABLE.fullmatch(place):
        table = f"table {found[1]}, " if found[1] else ""
        return f"{table}row {found[2]}, column {found[3]}"
    sheet, mark, cell = place.rpartition("!")
    return f"sheet {sheet}, cell {cell}" if mark else place


def field(meaning: str | None) -> str:
    """'progress_summary' -> 'progress summary'."""
    plain = str(meaning or "").replace("_", " ").replace("-", " ")
    return FIELDS.get(str(meaning), re.sub(r"\brag\b", "RAG", plain))


def sentence(text: str) -> str:
    """With a capital letter in front, the others as they are."""
    return text[:1].upper() + text[1:]


def letters(column: int) -> str:
    """1 -> 'A', 27 -> 'AA'."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cut(text: object, longest: int) -> tuple[str, str]:
    """(what to show, the rest): a long text is cut at a space."""
    whole = "" if text is None else str(text)
    if len(whole) <= longest * 1.2:
        return whole, ""
    at = whole.rfind(" ", longest // 2, longest)
    at = at if at > 0 else longest
    return whole[:at], whole[at:]


def figure(value: Any) -> str:
    """A number for people: '1,260', '7.5'; '' for none."""
    if value is None:
        return ""
    rounded = round(float(value), 2)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.2f}".rstrip("0")


def score(value: float) -> str:
    """A score out of 100 with one decimal, cut and not rounded: '99.9' is never told as '100'."""
    return f"{int(value * 10 + 1e-6) / 10:.1f}"


def day(value: Any) -> str:
    """A date, or a text that begins with one as 2014-07-10, as '10 July 2014'; another text as it is."""
    try:
        known = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    except ValueError:
        return str(value)
    return f"{known.day} {known:%B %Y}"


def read_as(value: float | None, unit: str | None, status: str | None) -> str:
    """What a figure was read as, with all its decimals: '73 percent', '-1,200 GBP'; its status where it is none."""
    if value is None:
        return field(status)
    number = f"{value:,.6f}".rstrip("0").rstrip(".")
    return f"{number} {unit}" if unit else number


def counted(number: int, thing: str, things: str = "") -> str:
    """'1 finding', '2,000 findings', 'no findings'."""
    return (
        f"{number:,} {thing}"
        if number == 1
        else f"{number or 'no':{',' if number else ''}} {things or thing + 's'}"
    )
