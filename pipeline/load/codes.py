"""Code lists and people's decisions (CSV) -> tables of the schema ``codes``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from pipeline.codes.lists import CodeListError, ListError, read_list
from pipeline.identity import normalise
from pipeline.interpret.values import read_value
from pipeline.load.answers import load_answers
from pipeline.load.lines import Line, read_lines
from pipeline.load.rows import create_tables, insert
from schemas.codelists import CODE_LISTS, DECISIONS
from schemas.columns import Table
from schemas.dictionary import quoted
from schemas.tables import TABLES

Row = dict[str, Any]


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


def _trusted(path: Path, model: type[Table]) -> list[Row]:
    try:
        lines = read_lines(path, model)
    except ListError as error:
        raise CodeListError(f"{path.name}: {error}") from None
    for line in lines:
        if line.faults:
            raise CodeListError(f"{path.name}, line {line.number}: {'; '.join(line.faults)}")
    if model is CODE_LISTS["wordings"]:
        _one_measure_each(path.name, lines)
    return [line.row for line in lines]


def _one_measure_each(name: str, lines: list[Line]) -> None:
    """A wording that two lines give to two measures, because only its case or punctuation differs, is a fault."""
    first: dict[tuple[str, ...], Line] = {}
    for line in lines:
        key = (
            normalise(line.row["wording"]),
            line.row["council"] or "",
            line.row["directorate"] or "",
            normalise(line.row["section"] or ""),
        )
        known = first.setdefault(key, line)
        if known.row["measure_id"] != line.row["measure_id"]:
            said = f"stands also in line {known.number}, for {known.row['measure_id']}"
            raise CodeListError(f"{name}, line {line.number}: {said}")


def _load_decisions(connection: duckdb.DuckDBPyConnection, path: Path, name: str, model: type[Table]) -> None:
    if not path.is_file():
        return
    try:
        lines = read_lines(path, model)
    except (ListError, OSError) as error:
        lines, faults = [], [_unread(path.name, str(error))]
    else:
        faults = [
            _unread(path.name, f"line {line.number}: {'; '.join(line.faults)}", line.row)
            for line in lines
            if line.faults
        ]
    kept = [{**line.row, **_below_raw(line.row)} for line in lines if not line.faults]
    insert(connection, f"codes.{name}", model, kept)
    insert(connection, "readings.findings", TABLES["findings"], faults)


def _below_raw(row: Row) -> Row:
    """The path as the warehouse gives it, where a line writes it with raw/ or with backslashes."""
    path = row.get("document_path")
    return {"document_path": path.replace("\\", "/").removeprefix("raw/")} if path else {}


def _unread(file: str, fault: str, row: Row | None = None) -> Row:
    detail = {"file": file, "faults": fault, "row": row or {}}
    return {
        "rule": "decision-unread",
        "quote": ", ".join(str(value) for value in (row or {}).values() if value is not None),
        "detail": json.dumps(detail, ensure_ascii=False),
    }


def _load_meanings(connection: duckdb.DuckDBPyConnection) -> None:
    """``built.meanings``: what each correction's text means, read by the same grammar as the documents."""
    connection.execute(
        "CREATE TABLE built.meanings (document_path VARCHAR, place VARCHAR, expected_text VARCHAR, meaning VARCHAR, "
        "decided_on DATE, part VARCHAR, value DOUBLE, unit VARCHAR, value_status VARCHAR, digits VARCHAR)"
    )
    connection.execute(
        "COMMENT ON TABLE built.meanings IS 'What each correction of raw/corrections.csv means'"
    )
    found = connection.execute(
        "SELECT document_path, place, expected_text, meaning, decided_on FROM codes.corrections"
    ).fetchall()
    rows = [
        [*correction, value.part, value.number, value.unit, value.status, value.digits]
        for correction in found
        for value in read_value(correction[3])
    ]
    if rows:
        connection.executemany("INSERT INTO built.meanings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _as_text(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """A list without a model here: every column text."""
    lines = read_list(path)
    if not lines:
        return
    names = list(lines[0])
    table = f'codes."{path.stem}"'
    connection.execute(f"CREATE TABLE {table} ({', '.join(f'{_name(name)} VARCHAR' for name in names)})")
    connection.execute(f"COMMENT ON TABLE {table} IS {quoted(f'The code list schemas/codes/{path.name}')}")
    for name in names:
        said = f"As in schemas/codes/{path.name}"
        connection.execute(f"COMMENT ON COLUMN {table}.{_name(name)} IS {quoted(said)}")
    import pyarrow as pa

    texts = [pa.array([line[name] or None for line in lines], pa.string()) for name in names]
    connection.register("batch", pa.table(texts, names=names))
    connection.execute(f"INSERT INTO {table} SELECT * FROM batch")
    connection.unregister("batch")


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
