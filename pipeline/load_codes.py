"""Code lists and people's decisions (CSV) -> tables of the schema ``codes``."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from pipeline.interpret.values import read_value
from pipeline.load_answers import load_answers
from pipeline.load_rows import create_tables, insert
from pipeline.validate import check_rows_of
from schemas.codelists import CODE_LISTS, DECISIONS
from schemas.columns import Table
from schemas.dictionary import kind, quoted
from schemas.tables import TABLES

Row = dict[str, Any]


class CodeListError(ValueError):
    """A code list that breaks its form; the message names the file and the line."""


def load_codes(connection: duckdb.DuckDBPyConnection, folder: Path, raw: Path | None) -> None:
    """Every CSV of ``folder`` as a table of ``codes``; corrections, waivers and expected.csv from ``raw``.

    Raises CodeListError when a code list of the project is wrong. A wrong line of a file in raw/ becomes the
    finding ``decision-unread`` and the other lines hold.
    """
    create_tables(connection, "codes", {**CODE_LISTS, **DECISIONS})
    for path in sorted(folder.glob("*.csv")):
        if path.stem in CODE_LISTS:
            insert(
                connection, f"codes.{path.stem}", CODE_LISTS[path.stem], _trusted(path, CODE_LISTS[path.stem])
            )
        else:
            _as_text(connection, path)
    if raw:
        for name, model in {**DECISIONS, "expected": CODE_LISTS["expected"]}.items():
            _load_decisions(connection, raw / f"{name}.csv", name, model)
    load_answers(connection, raw)
    _load_meanings(connection)


def read_rows(path: Path, model: type[Table]) -> list[tuple[int, Row]]:
    """(line number, row) of a CSV, numbers read as the model says; an empty field is None."""
    columns = model.to_schema().columns
    read = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.DictReader(file)
        for row in lines:
            given = {str(name).strip(): (value or "").strip() or None for name, value in row.items() if name}
            read.append(
                (
                    lines.line_num,
                    {n: _typed(v, kind(columns[n]) if n in columns else "") for n, v in given.items()},
                )
            )
    return read


def _typed(text: str | None, kind_of_column: str) -> Any:
    if text is None:
        return None
    if kind_of_column == "Int64" and re.fullmatch(r"-?\d+", text):
        return int(text)
    if kind_of_column == "Float64" and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text)
    return text


def _trusted(path: Path, model: type[Table]) -> list[Row]:
    numbered = read_rows(path, model)
    _, broken = check_rows_of(model, path.name, [row for _, row in numbered])
    if broken:
        row, faults = broken[0]
        line = next(number for number, given in numbered if given is row)
        raise CodeListError(f"{path.name}, line {line}: {'; '.join(faults)}")
    return [row for _, row in numbered]


def _load_decisions(connection: duckdb.DuckDBPyConnection, path: Path, name: str, model: type[Table]) -> None:
    if not path.is_file():
        return
    faults: list[tuple[str, Row, list[str]]] = []
    kept: Iterable[Mapping[str, Any]] = ()
    try:
        kept, broken = check_rows_of(model, path.name, [row for _, row in read_rows(path, model)])
        faults = [(path.name, dict(row), said) for row, said in broken]
    except (ValueError, csv.Error) as error:
        faults = [(path.name, {}, [str(error)])]
    insert(connection, f"codes.{name}", model, kept)
    insert(
        connection,
        "readings.findings",
        TABLES["findings"],
        [
            {
                "rule": "decision-unread",
                "quote": ", ".join(str(value) for value in row.values() if value is not None),
                "detail": json.dumps(
                    {"file": file, "faults": "; ".join(said), "row": row}, ensure_ascii=False
                ),
            }
            for file, row, said in faults
        ],
    )


def _load_meanings(connection: duckdb.DuckDBPyConnection) -> None:
    """``built.meanings``: what each correction's text means, read by the same grammar as the documents."""
    connection.execute(
        "CREATE TABLE built.meanings (document_path VARCHAR, place VARCHAR, expected_text VARCHAR, meaning VARCHAR, "
        "part VARCHAR, value DOUBLE, unit VARCHAR, value_status VARCHAR, digits VARCHAR)"
    )
    connection.execute(
        "COMMENT ON TABLE built.meanings IS 'What each correction of raw/corrections.csv means'"
    )
    found = connection.execute(
        "SELECT document_path, place, expected_text, meaning FROM codes.corrections"
    ).fetchall()
    for path, place, expected, meaning in found:
        for value in read_value(meaning):
            connection.execute(
                "INSERT INTO built.meanings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    path,
                    place,
                    expected,
                    meaning,
                    value.part,
                    value.number,
                    value.unit,
                    value.status,
                    value.digits,
                ],
            )


def _as_text(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """A list without a model here: every column text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        names = next(lines, [])
        rows = [(row + [""] * len(names))[: len(names)] for row in lines]
    if not names:
        return
    table = f'codes."{path.stem}"'
    connection.execute(f"CREATE TABLE {table} ({', '.join(f'{_name(name)} VARCHAR' for name in names)})")
    connection.execute(f"COMMENT ON TABLE {table} IS {quoted(f'The code list schemas/codes/{path.name}')}")
    for name in names:
        said = f"As in schemas/codes/{path.name}"
        connection.execute(f"COMMENT ON COLUMN {table}.{_name(name)} IS {quoted(said)}")
    if rows:
        import pyarrow as pa

        given = pa.table(
            [pa.array([row[i] or None for row in rows], pa.string()) for i in range(len(names))], names=names
        )
        connection.register("batch", given)
        connection.execute(f"INSERT INTO {table} SELECT * FROM batch")
        connection.unregister("batch")


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
