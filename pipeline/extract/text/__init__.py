"""Text files (.csv, .tsv, .txt): one grid with every field, blank ones too, because position matters here.
Without a separator, the loose lines and the tables whose columns stand apart.

A tab-separated scorecard is never quoted CSV: a quotation mark in it is a quotation mark. Only files that
are comma- or semicolon-separated are read by the rules of CSV, and those rules are dropped, with a finding,
as soon as the quotation marks do not pair up.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.extract.extract import Extract, Unreadable
from pipeline.extract.text.columns import grids_of
from pipeline.limits import check
from pipeline.shapes import Cell, Finding, Grid, Place

Row = tuple[int, list[str]]
"""The line a record starts in, counted from 1, and its fields."""

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SEPARATORS = "\t,;|"
CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\v\f\x1a\x1b")
TABLE_SHARE = 0.8
"""Of the filled lines of a .txt file, how many must have the same number of a separator to call it a table."""


def read(file: str) -> Extract:
    """Read a text file into one grid. Raises Unreadable for an empty or a binary file."""
    text, findings = decode(Path(file).read_bytes())
    lines = re.split("\r\n|\n|\r", text)
    if lines and not lines[-1]:
        lines.pop()
    check("rows", sum(not line.isspace() for line in lines if line))
    separator, quoted = layout(lines, Path(file).suffix.casefold())
    check("cells", len(lines) + text.count(separator or "\t"))
    if separator is None:
        grids, rules = grids_of(lines)
        return Extract(grids, tuple(findings), 1, rules)
    if quoted:
        rows, broken = quoted_rows(lines, separator)
        findings.extend(broken)
    else:
        rows = [(number, line.split(separator)) for number, line in enumerate(lines, 1)]
    cells = tuple(
        tuple(Cell(Place("", number, column), field) for column, field in enumerate(fields, 1))
        for number, fields in rows
    )
    return Extract((Grid("", cells),), tuple(findings), 1)


def decode(data: bytes) -> tuple[str, list[Finding]]:
    """The text of a file in whatever encoding it was saved, with a finding for what had to be dropped."""
    if not data.strip(b"\x00\t\n\v\f\r \xef\xbb\xbf\xff\xfe"):
        raise Unreadable("file-empty", "The file holds no text. Ask the sender for it again.")
    text = data.decode(_encoding(data), errors="replace")
    text = text.removeprefix("\ufeff")
    strange = sum(character in CONTROLS for character in text)
    nuls = text.count("\0")
    if strange - nuls > max(8, len(text) // 100) or nuls > len(text) // 3:
        message = "This is not a text file, whatever its name says. Open it in the program that made it and save it as .xlsx or .csv."
        raise Unreadable("file-type-unknown", message)
    findings = []
    if nuls:
        line = text[: text.index("\0")].count("\n") + 1
        findings.append(Finding("nul-bytes", Place("", line, 1), "", {"count": nuls}))
        text = text.replace("\0", "")
    return text, findings


def _encoding(data: bytes) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    start = data[:4096]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = start[offset::2]
        if (
            len(half) > 1
            and half.count(0) > 0.6 * len(half)
            and start[1 - offset :: 2].count(0) < len(half) / 10
        ):
            return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # cp1252 leaves five bytes undefined; with them the file is Latin-1
        return "latin-1" if any(byte in data for byte in b"\x81\x8d\x8f\x90\x9d") else "cp1252"
    return "utf-8"


def layout(lines: list[str], suffix: str) -> tuple[str | None, bool]:
    """The separator of a file (None when it is loose lines) and whether the rules of CSV apply."""
    hint = re.fullmatch(r'"?sep=(.)"?', lines[0], re.IGNORECASE) if lines else None
    if hint:
        return hint[1], hint[1] != "\t"
    filled = [line for line in lines if line.strip()]
    if suffix == ".tsv" or (suffix != ".csv" and any("\t" in line for line in filled)):
        # A spreadsheet that saves text with tabs puts what has several lines between quotation marks.
        broken = any(re.search(r'(?:^|\t)"[^"\t]*$', line) for line in filled)
        return "\t", broken and sum(line.count('"') for line in lines) % 2 == 0
    table = {mark: _agreement(filled, mark) for mark in SEPARATORS}
    best = max(SEPARATORS, key=lambda mark: table[mark])
    share, count = table[best]
    if suffix == ".csv":
        return (best, best != "\t") if count else (",", True)
    if count >= (2 if best == "," else 1) and share >= TABLE_SHARE:
        return best, best in ",;"
    return None, False


def _agreement(lines: list[str], mark: str) -> tuple[float, int]:
    """The share of lines with the commonest number of ``mark`` outside quotation marks, and that number."""
    counts = Counter(re.sub('"[^"]*"', "", line).count(mark) for line in lines)
    counts.pop(0, None)
    if not counts:
        return 0.0, 0
    number, lines_with = counts.most_common(1)[0]
    return lines_with / len(lines), number


def quoted_rows(lines: list[str], separator: str) -> tuple[list[Row], list[Finding]]:
    """Read CSV; when its quotation marks do not pair up, read line by line and report each such line."""
    try:
        rows = list(_records(lines, separator))
    except csv.Error:
        rows = []
    usual = Counter(len(fields) for _, fields in rows).most_common(1)
    if rows and not any(_swallows(fields, separator, usual[0][0]) for _, fields in rows):
        return rows, []
    rows, findings = [], []
    for number, line in enumerate(lines, 1):
        try:
            fields = next(_records([line], separator))[1]
        except csv.Error:
            fields = line.split(separator)
            findings.append(Finding("unbalanced-quotes", Place("", number, 1), line, {"line": number}))
        rows.append((number, fields))
    return rows, findings


def _records(lines: list[str], separator: str) -> Iterator[Row]:
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator, strict=True)
    start = 1
    for fields in reader:
        yield start, [field.removesuffix("\n") for field in fields] or [""]
        start = reader.line_num + 1


def _swallows(fields: list[str], separator: str, usual: int) -> bool:
    """Whether a field of several lines holds whole records: two stray quotation marks that met.

    A comma with a space behind it is prose, not a separator.
    """
    tight = re.compile(re.escape(separator) + r"(?=\S|$)")
    for field in fields:
        inner = field.split("\n")[1:]
        if any(usual > 1 and len(tight.findall(line)) >= usual - 1 for line in inner):
            return True
    return False
