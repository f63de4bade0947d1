"""Warehouse -> files for other programs and other people: Parquet in folders, CSV, or one Excel workbook.

Every public view as a table of its own, under ``exports/<form>/`` of the warehouse folder, built beside and moved into
place. ``columns.csv`` beside them says what each column means.
"""

from __future__ import annotations

import contextlib
import csv
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.export.suppressed import TEXTS, suppressed
from pipeline.export.workbook import CannotExport, write_workbook
from pipeline.query import VIEWS
from pipeline.safe_text import harmless
from schemas.dictionary import quoted

FORMS = ("parquet", "csv", "xlsx")
FOLDER = "exports"
BATCH = 10_000
FOLDERS = {
    "council": "coalesce(nullif(trim(council), ''), 'not named') AS of_council",
    "financial_year": "coalesce(replace(financial_year, '/', '-'), 'not named') AS of_year",
}
"""Column -> what names the folder that a row of a Parquet table lies in. The column itself stays in the file."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the folder, the views, and how many texts in it hold an address or a telephone number."""

    folder: Path
    views: tuple[str, ...]
    personal: int

    def told(self, suppress: int) -> list[str]:
        """What the command line says of it."""
        lines = [f"Exported:          {len(self.views)} views to {self.folder}"]
        if suppress:
            lines.append(
                "Suppressed:        small counts are [c]; findings, progress summaries and comments are left out"
            )
            lines.append(
                "Before you publish: where a total is shown of counts of which one alone is [c], it can be worked out; "
                "nothing here looks for such totals"
            )
        if self.personal:
            ask = "make query SQL=\"select * from findings where rule = 'personal-details'\""
            lines.append(
                f"Before you publish: {self.personal} texts hold an e-mail address or a telephone number: {ask}"
            )
        return lines


def export(warehouse: Path, form: str = "parquet", only: Sequence[str] = (), suppress: int = 0) -> Exported:
    """Write the views of the warehouse in the folder ``warehouse`` as ``form``.

    ``only`` names views; none means all. ``suppress``: counts from 1 up to this number are [c]; views and columns of
    running text, which may repeat them, are then left out. Raises FileNotFoundError without a warehouse, CannotExport.
    """
    database = warehouse / "scorecards.duckdb"
    if not database.is_file():
        raise FileNotFoundError(f"there is no warehouse at {database}; build it with: make ingest")
    final = warehouse / FOLDER / form
    fresh, old = (final.with_name(f".{form}.{state}") for state in ("new", "old"))
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        with _opened(database, suppress, fresh) as connection:
            views = _views(connection, only, suppress)
            _write_columns(connection, views, fresh)
            personal = 0 if suppress else _personal(connection)
            if form == "xlsx":
                write_workbook(connection, views, fresh / "scorecards.xlsx")
            for view in views if form != "xlsx" else ():
                (_write_parquet if form == "parquet" else _write_csv)(connection, view, views[view], fresh)
        shutil.rmtree(old, ignore_errors=True)
        if final.exists():
            os.replace(final, old)
        os.replace(fresh, final)
    finally:
        for folder in (fresh, old):
            shutil.rmtree(folder, ignore_errors=True)
    return Exported(final, tuple(views), personal)


@contextlib.contextmanager
def _opened(database: Path, suppress: int, beside: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose own tables and views are the warehouse's, with small counts suppressed or not."""
    with contextlib.closing(duckdb.connect()) as connection:
        connection.execute(f"ATTACH {quoted(str(database))} AS warehouse (READ_ONLY)")
        if suppress:
            work = beside / ".suppressed.duckdb"
            suppressed(connection, work, suppress)
            yield connection
            connection.execute("USE memory")
            connection.execute("DETACH suppressed")
            work.unlink()
        else:
            connection.execute("USE warehouse")
            yield connection


def _views(
    connection: duckdb.DuckDBPyConnection, only: Sequence[str], suppress: int
) -> dict[str, tuple[str, ...]]:
    """View -> its columns, those asked for, without what may repeat a suppressed count."""
    names = [
        row[0]
        for row in connection.execute(
            VIEWS.replace("WHERE", "WHERE database_name = current_database() AND")
        ).fetchall()
    ]
    unknown = sorted(set(only) - set(names))
    if unknown:
        raise CannotExport(f"there is no view {', '.join(unknown)}; there are {', '.join(names)}")
    kept = {}
    for name in only or names:
        columns = [row[0] for row in connection.execute(f'DESCRIBE "{name}"').fetchall()]
        if not suppress or name not in TEXTS["views"]:
            kept[name] = tuple(c for c in columns if not suppress or c not in TEXTS["columns"])
    return kept


def _personal(connection: duckdb.DuckDBPyConnection) -> int:
    answer = connection.execute(
        "SELECT count(*) FROM findings WHERE rule = 'personal-details' AND NOT waived"
    )
    return int(answer.fetchall()[0][0])


def _select(view: str, columns: Sequence[str], more: Sequence[str] = ()) -> str:
    return f"SELECT {', '.join([*(_name(column) for column in columns), *more])} FROM {_name(view)}"


def _write_parquet(
    connection: duckdb.DuckDBPyConnection, view: str, columns: Sequence[str], folder: Path
) -> None:
    """``<view>/of_council=.../of_year=2012-13/``, as far as the view has these columns; one file when it is empty."""
    keys = [FOLDERS[column] for column in FOLDERS if column in columns]
    names = [key.rpartition(" AS ")[2] for key in keys]
    empty = not connection.execute(f"SELECT 1 FROM {_name(view)} LIMIT 1").fetchall()
    target = folder / view
    how = "FORMAT parquet, COMPRESSION zstd"
    if names and not empty:
        how += f", PARTITION_BY ({', '.join(names)})"
    else:
        target.mkdir()
        target /= "data_0.parquet"
    connection.execute(f"COPY ({_select(view, columns, keys)}) TO {quoted(str(target))} ({how})")


def _write_csv(
    connection: duckdb.DuckDBPyConnection, view: str, columns: Sequence[str], folder: Path
) -> None:
    """One file, UTF-8 that Excel recognises; a text that a spreadsheet would run gets a quotation mark in front."""
    answer = connection.execute(_select(view, columns))
    with (folder / f"{view}.csv").open("w", newline="", encoding="utf-8-sig") as file:
        out = csv.writer(file)
        out.writerow(columns)
        while rows := answer.fetchmany(BATCH):
            out.writerows([harmless(value) for value in row] for row in rows)


def _write_columns(
    connection: duckdb.DuckDBPyConnection, views: dict[str, tuple[str, ...]], folder: Path
) -> None:
    described = connection.execute(
        "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() "
        "WHERE database_name = current_database() AND schema_name = 'main' ORDER BY table_name, column_index"
    ).fetchall()
    with (folder / "columns.csv").open("w", newline="", encoding="utf-8-sig") as file:
        out = csv.writer(file)
        out.writerow(("view", "column", "type", "description"))
        out.writerows(row for row in described if row[1] in views.get(row[0], ()))


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
