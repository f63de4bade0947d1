"""What folder, file name and manifest declare about a document, before it is opened.

Folders: ``[council/]2012-13/Q1/[directorate or role/]file``; also '2012-2013', '2012_13', 'Quarter 1',
'Q1 2012-13' in one folder, or all of it in the file name. The manifest wins over folders, folders over the
name. The page's own title wins over all of them later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline.codes.lists import ListError, records
from pipeline.shapes import Finding

START, END = r"(?<![^\W_])", r"(?![^\W_])"
YEAR = re.compile(
    r"(?<!\d)(?:FY[ _-]?)?((?:19|20)\d\d)\s*[-_/ \u2010-\u2015]\s*(?:19|20)?(\d\d)(?!\d)(?![-_.]\d\d(?!\d))",
    re.I,
)
YEAR_SHUT = re.compile(r"(?<!\d)(20\d\d)(\d\d)(?!\d)")
QUARTER = re.compile(
    r"(?<![^\W\d_])(?:q|qtr|quarter)[ _.-]*(?:(?P<figure>[1-4])|(?P<word>one|two|three|four))"
    + END
    + "|"
    + START
    + r"(?:(?P<th>[1-4])(?:st|nd|rd|th)|(?P<ordinal>first|second|third|fourth))[ _-]*(?:quarter|qtr)"
    + END,
    re.I,
)
NUMBERS = {
    name: n
    for n, pair in enumerate(["one first", "two second", "three third", "four fourth"], 1)
    for name in pair.split()
}
ROLES = {
    "return": re.compile(START + r"returns?" + END, re.I),
    "scorecard": re.compile(START + r"score[ _-]?cards?" + END, re.I),
}
COLUMNS = (
    "path",
    "origin",
    "received_on",
    "role",
    "directorate",
    "note",
    "council",
    "financial_year",
    "quarter",
)
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one source declares of a document; None where it says nothing."""

    role: str | None = None
    directorate: str | None = None
    financial_year: str | None = None
    quarter: int | None = None
    received_on: str | None = None
    council: str | None = None
    origin: str | None = None
    period_source: str | None = None


def declared(path: str, entry: Declaration | None = None) -> tuple[Declaration, list[Finding]]:
    """What is declared of the file at ``path`` (below raw/), and where folder and file name contradict."""
    *folders, name = path.split("/")
    stem = name.rsplit(".", 1)[0] if "." in name.lstrip(".") else name
    entry = entry or Declaration()
    findings: list[Finding] = []
    in_folders, in_name = _period("/".join(folders)), _period(stem)
    if any(a and b and a != b for a, b in zip(in_folders, in_name, strict=True)):
        findings.append(Finding("folder-and-name-disagree", None, path, {"document_path": path}))
    by_source = {
        "manifest": (entry.financial_year, entry.quarter),
        "folder": in_folders,
        "file name": in_name,
    }
    year = next((y for y, _ in by_source.values() if y), None)
    quarter = next((q for _, q in by_source.values() if q), None)
    source = next((s for s, (y, q) in by_source.items() if y or q), None)
    council, directorate = _owners(folders)
    return Declaration(
        role=entry.role or _role(stem) or next(filter(None, map(_role, reversed(folders))), None),
        directorate=entry.directorate or directorate,
        financial_year=year,
        quarter=quarter,
        received_on=entry.received_on,
        council=entry.council or council,
        origin=entry.origin,
        period_source=source,
    ), findings


def financial_year(text: str) -> str | None:
    """'2012-13', '2012/2013', 'FY2012_13' or '201213' anywhere in a text -> '2012/13'; None for anything else."""
    for pattern in (YEAR, YEAR_SHUT):
        for found in pattern.finditer(text):
            if (int(found[1]) + 1) % 100 == int(found[2]):
                return f"{found[1]}/{found[2]}"
    return None


def quarter_of(text: str) -> int | None:
    """'Q1', 'Qtr 1', 'Quarter one', '1st quarter' in a text -> 1; None for none, and for more than one."""
    found = {
        int(match["figure"] or match["th"] or 0) or NUMBERS[(match["word"] or match["ordinal"]).lower()]
        for match in QUARTER.finditer(text)
    }
    return found.pop() if len(found) == 1 else None


def _period(text: str) -> tuple[str | None, int | None]:
    return financial_year(text), quarter_of(text)


def _role(text: str) -> str | None:
    said = [role for role, pattern in ROLES.items() if pattern.search(text)]
    return said[0] if len(said) == 1 else None


def _owners(folders: list[str]) -> tuple[str | None, str | None]:
    """(council, directorate): the folder above the period, and the one below it that names no role."""
    dated = [n for n, folder in enumerate(folders) if any(_period(folder))]
    if not dated:
        return None, None
    above = [folder for folder in folders[: dated[0]] if not _role(folder)]
    below = [folder for folder in folders[dated[-1] + 1 :] if not _role(folder)]
    return (above[0] if above else None), (below[0] if below else None)


def read_manifest(file: Path) -> tuple[dict[str, Declaration], list[tuple[str, Finding]]]:
    """manifest.csv -> what it declares by path, and findings for lines that could not be understood."""
    if not file.is_file():
        return {}, []
    entries: dict[str, Declaration] = {}
    findings: list[tuple[str, Finding]] = []
    try:
        lines = records(file, needed=("path",)) if file.read_bytes().strip() else []
    except (OSError, ListError) as error:
        return {}, [("", _unread(file, 1, str(error)))]
    for number, line in lines:
        row = {str(name).strip(): str(value or "").strip() for name, value in line.items() if name}
        entry, faults = _entry(row)
        path = row.get("path", "").replace("\\", "/").removeprefix("raw/")
        if any(mark in str(value) for value in line.values() for mark in "\n\0"):
            faults.append(
                "a field of it goes on over several lines or holds a NUL; is a quotation mark open?"
            )
        if None in line:
            faults.append("it has more fields than the heading")
        if path in entries:
            faults.append(f"{path} stands twice; the first line holds")
        if path:
            entries.setdefault(path, entry)
        findings += [("", _unread(file, number, fault)) for fault in faults]
    return entries, findings


def _entry(row: dict[str, str]) -> tuple[Declaration, list[str]]:
    faults = [] if row.get("path") else ["it names no path"]
    unknown = sorted(set(row) - set(COLUMNS))
    if unknown:
        faults.append(f"the column {', '.join(unknown)} is not known")
    role = row.get("role", "").casefold() or None
    if role and role not in ROLES:
        faults.append(f"the role {role!r} is neither scorecard nor return")
        role = None
    received = day(row.get("received_on", ""))
    if row.get("received_on") and not received:
        faults.append(f"{row['received_on']!r} is no day; write 2012-07-31")
    year, quarter = row.get("financial_year", ""), row.get("quarter", "")
    if year and not financial_year(year):
        faults.append(f"{year!r} is no financial year; write 2012/13")
    if quarter and not quarter_of(f"Q{quarter.lstrip('Qq')}"):
        faults.append(f"{quarter!r} is no quarter; write 1, 2, 3 or 4")
    return Declaration(
        role=role,
        directorate=row.get("directorate") or None,
        financial_year=financial_year(year),
        quarter=quarter_of(f"Q{quarter.lstrip('Qq')}"),
        received_on=received,
        council=row.get("council") or None,
        origin=row.get("origin") or None,
    ), faults


def day(text: str) -> str | None:
    """'31/07/2012', '31.07.2012', '31 July 2012' or '2012-07-31' -> '2012-07-31'; None for what is no day."""
    for form in DAYS:
        try:
            read: date = datetime.strptime(text, form).date()
        except ValueError:
            continue
        return read.isoformat()
    return None


def _unread(file: Path, line: int, fault: str) -> Finding:
    said = f"line {line}: {fault}"
    return Finding("decision-unread", None, said, {"file": file.name, "faults": said})
