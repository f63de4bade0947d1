"""The models are the definition: every column is described, and DuckDB enforces the same checks."""

from __future__ import annotations

import ast
import csv
import re

import duckdb
import pytest

from schemas.codelists import CODE_LISTS, DECISIONS
from schemas.columns import Table
from schemas.dictionary import ddl, summary
from schemas.tables import TABLES
from tests.readings import CODES

ALL = {**TABLES, **{f"codes_{name}": model for name, model in {**CODE_LISTS, **DECISIONS}.items()}}


@pytest.fixture(scope="module")
def made() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name, model in ALL.items():
        for statement in ddl(name, model):
            connection.execute(statement)
    return connection


@pytest.mark.parametrize("name", ALL)
def test_every_table_and_column_is_described(name: str) -> None:
    assert summary(ALL[name])
    for column in ALL[name].to_schema().columns.values():
        assert column.description, column.name


@pytest.mark.parametrize("name", ALL)
def test_the_table_has_the_columns_of_its_model_in_order(name: str, made: duckdb.DuckDBPyConnection) -> None:
    columns = made.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [name]
    )
    assert [row[0] for row in columns.fetchall()] == list(ALL[name].to_schema().columns)


def test_comments_hold_the_description_and_the_unit(made: duckdb.DuckDBPyConnection) -> None:
    rows = made.execute(
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'cells' AND column_name = 'x0'"
    )
    assert rows.fetchall() == [("Left edge on the page [points]",)]


@pytest.mark.parametrize(
    "row",
    [
        "'d', 1, null, 5, '2012/13', '72%'",
        "'d', 0, null, 1, '2012/13', '72%'",
        "'d', 1, null, 1, '2012-13', '72%'",
        "'d', 1, null, 1, '2012/13', null",
    ],
)
def test_the_database_refuses_what_the_model_refuses(row: str, made: duckdb.DuckDBPyConnection) -> None:
    columns = "document_id, measure_no, part, quarter, financial_year, value_text, value_status, place"
    with pytest.raises(duckdb.ConstraintException):
        made.execute(f"INSERT INTO results ({columns}) VALUES ({row}, 'value', 'r1 c1')")
    made.execute(
        f"INSERT INTO results ({columns}) VALUES ('d', 1, null, 1, '2012/13', '72%', 'value', 'r1 c1')"
    )


@pytest.mark.parametrize("name", CODE_LISTS)
def test_the_code_list_has_the_columns_of_its_model(name: str) -> None:
    model: type[Table] = CODE_LISTS[name]
    with (CODES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(model.to_schema().columns)


def test_rules_are_listed_once() -> None:
    with (CODES / "rules.csv").open(encoding="utf-8", newline="") as file:
        rules = [row["rule"] for row in csv.DictReader(file)]
    assert sorted(set(rules)) == sorted(rules)


def test_every_rule_that_the_code_names_is_described() -> None:
    """The rules given to Finding(...), about(...), Unreadable(...) and failed(...) as plain text."""
    with (CODES / "rules.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["rule"] for row in csv.DictReader(file)}
    named: dict[str, str] = {}
    for path in sorted((CODES.parents[1] / "pipeline").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in ("Finding", "about", "Unreadable", "failed"):
                for given in node.args[:2]:
                    if isinstance(given, ast.Constant) and re.fullmatch(
                        r"[a-z]+(-[a-z]+)+", str(given.value)
                    ):
                        named[str(given.value)] = path.name
    assert named
    assert {rule: path for rule, path in named.items() if rule not in listed} == {}
