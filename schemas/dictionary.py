"""Models -> CREATE TABLE with CHECKs, COMMENTs, Arrow types, and the page for the data dictionary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandera.pandas as pa

from schemas.columns import Table

SQL_TYPES = {"string": "VARCHAR", "Int64": "INTEGER", "Float64": "DOUBLE", "boolean": "BOOLEAN"}
PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "Int64": (int,),
    "Float64": (float, int),
    "boolean": (bool,),
}


def kind(column: pa.Column) -> str:
    """'string', 'Int64', 'Float64' or 'boolean': the type of a model's column without its storage."""
    return str(column.dtype).partition("[")[0]


def quoted(text: str) -> str:
    """A text as SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def sql_type(column: pa.Column) -> str:
    """The DuckDB type of a model's column."""
    return str((column.metadata or {}).get("sql") or SQL_TYPES[kind(column)])


def described(column: pa.Column) -> str:
    """What a column means, with its unit."""
    unit = (column.metadata or {}).get("unit")
    return f"{column.description} [{unit}]" if unit else str(column.description)


def ddl(name: str, model: type[Table]) -> list[str]:
    """The statements that make one table: CREATE TABLE with NOT NULL and CHECK, then every COMMENT."""
    schema = model.to_schema()
    lines = []
    for column_name, column in schema.columns.items():
        parts = [f'"{column_name}"', sql_type(column)]
        if not column.nullable:
            parts.append("NOT NULL")
        tests = " AND ".join(_condition(f'"{column_name}"', check) for check in column.checks)
        if tests and sql_type(column) not in ("DATE", "JSON"):
            parts.append(f"CHECK ({tests})")
        lines.append(" ".join(parts))
    statements = [f"CREATE TABLE {name} (\n  " + ",\n  ".join(lines) + "\n)"]
    statements.append(f"COMMENT ON TABLE {name} IS {quoted(summary(model))}")
    statements += [
        f'COMMENT ON COLUMN {name}."{column_name}" IS {quoted(described(column))}'
        for column_name, column in schema.columns.items()
    ]
    return statements


def summary(model: type[Table]) -> str:
    """First paragraph of a model's docstring, on one line."""
    return " ".join((model.__doc__ or "").strip().split("\n\n")[0].split())


def _condition(column: str, check: Any) -> str:
    """One pandera check as SQL; a check that cannot be said in SQL is an error, not an omission."""
    statistics = check.statistics or {}
    match check.name:
        case "isin":
            return f"{column} IN ({', '.join(quoted(str(value)) for value in statistics['allowed_values'])})"
        case "greater_than_or_equal_to":
            return f"{column} >= {statistics['min_value']}"
        case "less_than_or_equal_to":
            return f"{column} <= {statistics['max_value']}"
        case "str_matches":
            return f"regexp_matches({column}, {quoted(statistics['pattern'])})"
        case other:
            raise ValueError(f"no SQL for the check {other} of {column}")


def descriptions(models: dict[str, type[Table]]) -> Iterator[tuple[str, str, str]]:
    """(table, column, description) of all columns of the models."""
    for table, model in models.items():
        for name, column in model.to_schema().columns.items():
            yield table, name, described(column)
