"""Reads a document the whole per-document way and compares it with a truth folder."""

from __future__ import annotations

import csv
import hashlib
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.codes import Codes, load_codes
from pipeline.documents import register_file
from pipeline.extract import extract
from pipeline.interpret import interpret
from pipeline.reading import read_document
from pipeline.shapes import Document, Reading
from pipeline.validate import validate

CODES = load_codes()


def read(file: Path, codes: Codes = CODES) -> list[Reading]:
    """The validated Readings of a file, with nothing declared about it."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    document = Document(digest[:12], file.name, str(file), digest, file.suffix[1:].casefold())
    return [validate(reading) for reading in interpret(document, extract(document), codes)]


def whole(file: Path) -> list[Reading]:
    """The Readings of a file as an ingest makes them: one that says why where nothing of it is loaded."""
    with tempfile.TemporaryDirectory() as folder:
        return read_document(register_file(file)[0], CODES, Path(folder))


def facts(reading: Reading, table: str, columns: list[str]) -> list[tuple[str, ...]]:
    """Rows of a table as the truth writes them: texts on one line, numbers without '.0'."""
    lines = {(m["measure_no"], m.get("part")): m for m in reading.rows.get("measures", ())}
    first = {m["measure_no"]: m for m in reversed(reading.rows.get("measures", ()))}
    rows = []
    for row in reading.rows.get(table, ()):
        of = lines.get((row.get("measure_no"), row.get("part"))) or first.get(row.get("measure_no")) or {}
        rows.append(tuple(one_line(row[c] if c in row else of.get(c)) for c in columns))
    return rows


LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})


def one_line(value: Any) -> str:
    """A value as one line of text; a ligature and its letters are the same, a raised mark stands apart or not."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    text = " ".join(str(value).split()).translate(LIGATURES)
    return re.sub(r"(?<=\S) (?=[⁰¹²³⁴⁵⁶⁷⁸⁹])", "", text)


def truth(folder: Path, table: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """(columns, rows) of a table of the truth."""
    with (folder / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    return lines[0], [tuple(" ".join(field.split()) for field in line) for line in lines[1:]]


def differences(readings: Sequence[Reading], folder: Path) -> list[str]:
    """What the reading of a drawn layout has otherwise than its truth; [] when it is exact.

    In the truth ``*`` is anything and ``a|b`` either; a folder with ``1/``, ``2/`` is several scorecards.
    """
    readings = [r for r in readings if r.rows["documents"][0]["status"] == "read"]
    if folder.name.startswith("not-a-scorecard"):
        return ["was read as a scorecard"] if readings else []
    truths = [folder] if (folder / "document.csv").exists() else sorted(folder.glob("[0-9]*/"))
    if len(readings) != len(truths):
        return [f"{len(readings)} scorecards instead of {len(truths)}"]
    found = []
    for reading, wanted in zip(readings, truths, strict=True):
        row = {**reading.rows["documents"][0]}
        row["quarter"] = row["reported_quarter"]
        columns, (said,) = truth(wanted, "document")
        pairs = dict(zip(columns, said, strict=True))
        found += [
            f"{name}: {one_line(row[name])}"
            for name in ("directorate", "financial_year", "quarter")
            if pairs.get(name, "*") not in ("*", one_line(row[name]))
        ]
        for table in ("priorities", "measures", "results"):
            columns, rows = truth(wanted, table)
            got = facts(reading, table, columns)
            if len(got) != len(rows) or not all(any(_is(line, fact) for fact in got) for line in rows):
                found.append(f"{table}: not as the truth has them")
        found += [f"unread: {c.cell.text}" for c in reading.ledger if c.meaning == "cell-unread"]
    return found


def _is(wanted: tuple[str, ...], fact: tuple[str, ...]) -> bool:
    return all(want == "*" or got in want.split("|") for want, got in zip(wanted, fact, strict=True))
