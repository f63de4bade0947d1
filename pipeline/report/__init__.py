"""Warehouse -> data-quality report: static pages that open from the file system, without any outside link."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb

from pipeline.cache import program_version
from pipeline.query import open_warehouse
from pipeline.report.charts import charts_kept
from pipeline.report.exports import write_lists
from pipeline.report.kept import Kept
from pipeline.report.lines import Lines
from pipeline.report.pages import Pages
from pipeline.report.pictures import Pictures, raw_folder
from pipeline.report.prepared import finish, homes_of, name_findings, settled
from pipeline.report.queries import write_queries
from pipeline.report.questions import Rows, ask_all, built_with, cells_of
from pipeline.report.words import slug


def write_report(warehouse: Path, all_pages: bool = False, keep: bool = False) -> Path:
    """Write ``report/`` in the warehouse folder anew and return its index.html.

    Built beside and moved into place. ``all_pages`` draws every page of every PDF, not only those that a finding
    points at. ``keep`` takes pages and charts over from the last report that would be drawn the same. Raises FileNotFoundError,
    with what to do, when there is no warehouse or one that another version built and this one cannot ask.
    """
    fresh, final, old = (warehouse / name for name in ("report.new", "report", "report.old"))
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    with (
        open_warehouse(warehouse / "scorecards.duckdb") as connection,
        charts_kept(warehouse / "cache" / "charts.json", before=keep),
    ):
        _write(connection, warehouse, fresh, final, all_pages, keep)
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        os.replace(final, old)
    os.replace(fresh, final)
    shutil.rmtree(old, ignore_errors=True)
    return final / "index.html"


def _write(
    connection: duckdb.DuckDBPyConnection,
    warehouse: Path,
    fresh: Path,
    final: Path,
    all_pages: bool,
    keep: bool,
) -> None:
    try:
        answers = ask_all(connection)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        if built_with(connection) == program_version():
            raise  # the question is wrong, not the warehouse
        raise FileNotFoundError(
            f"the warehouse in {warehouse} was built by another version of this program; build it again with: make ingest"
        ) from error
    documents, findings = answers["documents"], answers["findings"]
    answers["settled"] = settled(answers["answers"], findings, answers["corrections"])
    homes = homes_of(documents, findings, answers["expected_returns"], answers["settled"])
    for document in documents:
        document["page"] = f"document-{slug(document['document_id'])}.html"
    name_findings(findings, documents, homes, answers["answers"])
    run = answers["run"][0] if answers["run"] else None
    pictures = Pictures(fresh, final, raw_folder(run, warehouse))
    pictures.draw(documents, findings, all_pages)
    lines = Lines(answers["lines"], answers["results"])
    pages = Pages(fresh, answers, homes, Kept(final if keep else None, fresh))
    by_document: dict[Any, Rows] = defaultdict(list)
    for finding in findings:
        by_document[finding["document_id"]].append(finding)
    for document, cells in cells_of(connection, documents):
        given = by_document[document["document_id"]]
        parts, found = finish(document, cells, given, lines, pictures)
        pages.document(document, parts, found, pictures.missing.get(str(document["document_id"])))
    pages.queries = write_queries(fresh, findings, lines)
    pages.overview(lines)
    for name in homes:
        pages.directorate(name)
    pages.findings()
    pages.compare()
    write_lists(fresh, findings)
