"""Findings and cells made ready for the pages: names to link to, the whole row, the picture of the source."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pipeline.report.lines import Lines, row_of_cells
from pipeline.report.pictures import Pictures
from pipeline.report.sources import around, box_on, crop, has_box, page_of, sheet
from pipeline.report.words import NOBODY, SEVERITIES, slug

Row = dict[str, Any]
Rows = list[Row]
BESIDE = (("return_path", "return_place"), ("old_document_path", "old_place"))
"""Names in a finding's detail of the other document that it is about, and the place there."""
SHOWN = ("rule", "severity", "message", "place", "href")
"""What the page of a document tells of a finding. Not whether it is new: a page without a change stays as it was."""


def settled(answers: Rows, findings: Rows, corrections: Rows) -> Rows:
    """Answers to questions that do not arise any more, but for those that a correction in force tells already."""
    asked = {row["finding"] for row in findings}
    told = {(row["document_path"], row["place"]) for row in corrections}
    return [
        row
        for row in answers
        if row["finding"] not in asked and (row["document_path"], row["place"]) not in told
    ]


def homes_of(*tables: Rows) -> dict[str, str]:
    """Directorate -> its page; NOBODY is the page of what belongs to none."""
    names = {str(row["directorate"] or NOBODY) for rows in tables for row in rows}
    return {
        name: f"directorate-{slug(name)}.html"
        for name in sorted(names, key=lambda name: (name == NOBODY, name))
    }


def name_findings(findings: Rows, documents: Rows, homes: Mapping[str, str], answers: Rows) -> None:
    """Give each finding the name that links lead to, its page, its period, people's newest answer to it, and
    ``beside``, the (path, place) of the other document that it compares with.

    A finding that names no quarter is of its document's; it is asked about in the document's quarter.
    """
    seen: dict[str, int] = defaultdict(int)
    periods = {row["document_id"]: (row["financial_year"], row["reported_quarter"]) for row in documents}
    newest = {answer["finding"]: answer for answer in answers}
    for finding in findings:
        own = (finding["financial_year"], finding["quarter"])
        finding["asked_in"] = periods.get(finding["document_id"], own)
        if finding["quarter"] is None:
            finding["financial_year"], finding["quarter"] = finding["asked_in"]
        key = str(finding["finding"])
        seen[key] += 1
        finding["id"] = f"f-{key}" + (f"-{seen[key]}" if seen[key] > 1 else "")
        finding["home"] = str(finding["directorate"] or NOBODY)
        finding["href"] = f"{homes[finding['home']]}#{finding['id']}"
        finding["answer"] = newest.get(key)
        finding["about"] = None
        told = json.loads(finding["detail"] or "{}")
        finding["beside"] = next(
            ((told[path], told.get(place)) for path, place in BESIDE if told.get(path)), None
        )


def finish(document: Row, cells: Rows, findings: Rows, lines: Lines, pictures: Pictures) -> tuple[Rows, Rows]:
    """The parts of a document's page, and its findings as they stand there; the findings themselves get their row,
    last quarter's row, and their source.
    """
    shown: Rows = []
    at: dict[str, Row] = {}
    for cell in cells:
        cell["findings"] = []
        cell["read"] = lines.read_at(document["document_id"], cell["place"])
        at.setdefault(str(cell["place"]), cell)
    page = document["page"]
    for finding in findings:
        held = at.get(str(finding["place"]))
        line = lines.of(finding)
        before = lines.before(line) if line else None
        finding["about"] = {
            "line": lines.printed(line) if line else None,
            "before": lines.printed(before) if before else None,
            "cells": row_of_cells(held, cells) if held and not line else None,
            "source": f"{page}#c{held['cell_no']}" if held else page,
            **_source(document, finding, held, cells, pictures),
        }
        shown.append({name: finding[name] for name in SHOWN} | {"source": finding["about"]["source"]})
        if held:
            held["findings"].append(shown[-1])
    for cell in cells:
        cell["severity"] = next(
            (name for name in SEVERITIES if any(f["severity"] == name for f in cell["findings"])), None
        )
    return _parts(document, cells, pictures), shown


def _source(document: Row, finding: Row, cell: Row | None, cells: Rows, pictures: Pictures) -> Row:
    page = page_of(finding["place"])
    picture = pictures.of(document, page) if page else None
    if cell is None:
        return {"crop": None, "around": None}
    if picture and has_box(cell):
        return {"crop": crop(cell, picture), "around": None}
    return {"crop": None, "around": around(cell, cells, document["kind"])}


def _parts(document: Row, cells: Rows, pictures: Pictures) -> list[Row]:
    by_part: dict[str, Rows] = defaultdict(list)
    for cell in cells:
        by_part[str(cell["part"] or "")].append(cell)
    parts = []
    for name, held in by_part.items():
        number = page_of(name)
        picture = pictures.of(document, number) if number else None
        boxed = bool(number) and all(has_box(cell) for cell in held)
        part: Row = {
            "name": name,
            "number": number,
            "cells": held,
            "picture": None,
            "grid": None,
            "boxed": boxed,
        }
        if boxed:
            width = picture.width if picture else max(cell["x1"] for cell in held) + 30
            height = picture.height if picture else max(cell["bottom"] for cell in held) + 30
            part |= {"picture": picture, "width": width, "height": height}
            for cell in held:
                cell["style"] = box_on(cell, width, height)
        else:
            part["grid"] = sheet(held, document["kind"])
        parts.append(part)
    return parts
