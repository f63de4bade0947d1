"""Answered workbooks of questions (raw/answers/) -> ``built.answers``, and corrections where a value was corrected."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import duckdb

from pipeline.documents import printable
from pipeline.extract.answers import day_of, read_answers
from pipeline.extract.extract import Unreadable
from pipeline.limits import MB, OverLimit
from pipeline.load.rows import insert
from pipeline.preflight import preflight
from schemas.codelists import DECISIONS
from schemas.tables import TABLES

Row = dict[str, Any]
FOLDER = "answers"
LARGEST = 20 * MB
"""Unpacked bytes of a workbook of answers; it is read in the process that builds the warehouse."""
COLUMNS = {
    "finding": "The finding's name, the same in every run",
    "document_path": "Path of the document below raw/",
    "place": "Where the text stands, as the warehouse gives it",
    "quote": "The text printed there when the question was asked",
    "question": "What was asked",
    "answer": "What the directorate said",
    "corrected_value": "What should be read instead, written as it would be printed",
    "answered_by": "Who answered",
    "answered_on": "Day of the answer",
    "file": "The workbook, below raw/",
    "line": "The line of the sheet",
}


def load_answers(connection: duckdb.DuckDBPyConnection, raw: Path | None) -> None:
    """Read every workbook; a line or a file that cannot be used becomes the finding ``decision-unread``.

    A corrected value becomes a correction, with the answer as its reason. The newest answer to a text
    at a place counts, and a line of raw/corrections.csv about the same text before any answer.
    """
    connection.execute(f"CREATE TABLE built.answers ({', '.join(f'{name} VARCHAR' for name in COLUMNS)})")
    connection.execute(
        "COMMENT ON TABLE built.answers IS 'Answers to findings, from the workbooks in raw/answers/'"
    )
    for name, said in COLUMNS.items():
        connection.execute(
            f"COMMENT ON COLUMN built.answers.{name} IS '{said.replace(chr(39), chr(39) * 2)}'"
        )
    answers: list[Row] = []
    faults: list[Row] = []
    folder = raw / FOLDER if raw else None
    for file in sorted(folder.rglob("*")) if folder and folder.is_dir() else ():
        if file.is_file() and not file.name.startswith((".", "~$")) and not file.name.startswith("README"):
            name = printable(file.relative_to(raw or file).as_posix())
            read, wrong = _read(file, name)
            answers += read
            faults += wrong
    if answers:
        marks = ", ".join("?" * len(COLUMNS))
        connection.executemany(
            f"INSERT INTO built.answers VALUES ({marks})",
            [[answer[name] or None for name in COLUMNS] for answer in answers],
        )
    faults += _correct(connection, answers)
    insert(connection, "readings.findings", TABLES["findings"], faults)


def _read(file: Path, name: str) -> tuple[list[Row], list[Row]]:
    if file.is_symlink():
        return [], [_fault(name, "it is a link to another place")]
    try:
        zipped = zipfile.is_zipfile(file)
        preflight(file, "zip" if zipped else "xls")
        size = file.stat().st_size
        if zipped:
            with zipfile.ZipFile(file) as archive:
                size = sum(member.file_size for member in archive.infolist())
        if size > LARGEST:
            return [], [
                _fault(name, f"it unpacks to {size // MB} MB; questions and answers need less than one")
            ]
        found = read_answers(file)
    except (Unreadable, OverLimit, OSError) as error:
        return [], [_fault(name, str(error))]
    answers, faults = [], []
    for row in found:
        day = day_of(row["answered_on"])
        if row["answered_on"] and not day:
            faults.append(_fault(name, f"line {row['line']}: {row['answered_on']} is no day"))
        answers.append({**row, "answered_on": day or "", "file": name})
    return answers, faults


def _correct(connection: duckdb.DuckDBPyConnection, answers: list[Row]) -> list[Row]:
    """Put corrected values into codes.corrections; returns findings about those that cannot be used."""
    asked = "SELECT document_path, place, expected_text, meaning FROM codes.corrections"
    decided = {
        (path, place, text): meaning for path, place, text, meaning in connection.execute(asked).fetchall()
    }
    held = set(decided)
    faults, kept = [], []
    for answer in sorted(answers, key=lambda row: (row["answered_on"], row["file"]), reverse=True):
        if not answer["corrected_value"]:
            continue
        wanted = {
            "answered_by": "the name of who answered",
            "answered_on": "the day",
            "document_path": "the document",
            "place": "the place",
            "quote": "the quote",
        }
        lacking = [said for name, said in wanted.items() if not answer[name]]
        if lacking:
            said = f"line {answer['line']}: a corrected value needs {' and '.join(lacking)}"
            faults.append(_fault(answer["file"], said))
        elif (about := (answer["document_path"], answer["place"], answer["quote"])) not in held:
            held.add(about)
            kept.append(
                {
                    "document_path": answer["document_path"],
                    "place": answer["place"],
                    "expected_text": answer["quote"],
                    "meaning": answer["corrected_value"],
                    "why": answer["answer"] or f"answered in {answer['file']}",
                    "decided_by": answer["answered_by"],
                    "decided_on": answer["answered_on"],
                }
            )
        elif decided.get(about, answer["corrected_value"]) != answer["corrected_value"]:
            said = f"line {answer['line']}: raw/corrections.csv reads the text as {decided[about]}, and that counts"
            faults.append(_fault(answer["file"], said))
    insert(connection, "codes.corrections", DECISIONS["corrections"], kept)
    return faults


def _fault(file: str, said: str) -> Row:
    return {
        "rule": "decision-unread",
        "quote": said,
        "detail": json.dumps({"file": file, "faults": said}, ensure_ascii=False),
    }
