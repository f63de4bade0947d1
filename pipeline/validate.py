"""Rows x schemas -> rows kept, rows set aside, findings with places.

``validate`` is the last step for one document. A row that breaks its schema does not reach the warehouse:
it becomes a finding ``row-quarantined`` that quotes the row and says where it stands, and the cells it was
read from count as 'finding' in the ledger, so that nothing disappears silently. The ledger and the findings
of the Reading then become the rows of the tables ``cells`` and ``findings``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.shapes import Claim, Finding, Place, Reading

if TYPE_CHECKING:
    from schemas.columns import Table

Row = Mapping[str, Any]
DERIVED = ("cells", "findings")
RULE = "row-quarantined"


def validate(reading: Reading) -> Reading:
    """The Reading with every row fit for its table, and rows for ``cells`` and ``findings``.

    Raises ValueError for a table or a column that no schema knows: that is a mistake in the code, not in
    the document.
    """
    rows: dict[str, tuple[Row, ...]] = {}
    set_aside: list[tuple[str, Row, list[str]]] = []
    for table, given in reading.rows.items():
        if table in DERIVED:
            continue
        kept, broken = check_rows(table, given)
        rows[table] = tuple(kept)
        set_aside += [(table, row, faults) for row, faults in broken]
    places = {str(claim.cell.place): claim.cell.place for claim in reading.ledger}
    lost = {place for _, row, _ in set_aside for place in _places(row)}
    ledger = tuple(
        replace(claim, kind="finding", meaning=RULE) if str(claim.cell.place) in lost else claim
        for claim in reading.ledger
    )
    findings = reading.findings + tuple(
        _finding(table, row, faults, places) for table, row, faults in set_aside
    )
    return with_derived_rows(replace(reading, rows=rows, findings=findings, ledger=ledger))


def with_derived_rows(reading: Reading) -> Reading:
    """The Reading with rows for ``cells`` and ``findings`` made from its ledger and findings."""
    document_id = _document_id(reading)
    cells = tuple(_cell_row(document_id, number, claim) for number, claim in enumerate(reading.ledger, 1))
    findings = tuple(finding_row(document_id, finding) for finding in reading.findings)
    return replace(reading, rows={**reading.rows, "cells": cells, "findings": findings})


def check_rows(table: str, rows: Iterable[Row]) -> tuple[list[Row], list[tuple[Row, list[str]]]]:
    """Rows of a base table -> (rows that keep the schema, [(row, what is wrong with it), ...])."""
    from schemas.tables import TABLES

    if table not in TABLES:
        raise ValueError(f"no schema for the table {table!r}")
    return check_rows_of(TABLES[table], table, rows)


def check_rows_of(
    model: type[Table], name: str, rows: Iterable[Row]
) -> tuple[list[Row], list[tuple[Row, list[str]]]]:
    """Rows against any model -> (rows that keep it, [(row, what is wrong with it), ...]).

    Nothing is coerced: text where a number belongs is a fault. A column that a row does not name is empty.
    Raises ValueError for a column that the model does not know; ``name`` is what the message calls the table.
    """
    from schemas.keeping import certainly_keep

    listed = list(rows)
    if certainly_keep(model, listed):
        return listed, []
    import pandas as pd
    import pandera.pandas as pa

    from schemas.dictionary import PYTHON_TYPES, kind

    schema = model.to_schema()
    schema.report_duplicates = "exclude_first"
    unknown = sorted({column for row in listed for column in row} - set(schema.columns))
    if unknown:
        raise ValueError(f"columns that the schema of {name} does not know: {', '.join(unknown)}")
    key = schema.unique if isinstance(schema.unique, list) else []
    faults: dict[int, list[str]] = {}
    columns = {}
    for column_name, column in schema.columns.items():
        fitting = PYTHON_TYPES[kind(column)]
        values = [row.get(column_name) for row in listed]
        for index, value in enumerate(values):
            if value is not None and not _fits(value, fitting):
                faults.setdefault(index, []).append(f"{column_name} is {value!r}, not {_said(fitting)}")
                values[index] = None
        columns[column_name] = pd.Series(values, dtype=str(column.dtype))
    try:
        schema.validate(pd.DataFrame(columns), lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        for index, case, check in zip(cases["index"], cases["column"], cases["check"], strict=True):
            known = faults.setdefault(int(index), [])
            if check == "multiple_fields_uniqueness":
                said = f"the same {', '.join(key)} stands twice"
                known += [said] if said not in known else []
            elif not any(fault.startswith(f"{case} ") for fault in known):
                known.append(_fault(str(case), str(check), listed[int(index)].get(case)))
    kept = [row for index, row in enumerate(listed) if index not in faults]
    return kept, [(listed[index], faults[index]) for index in sorted(faults)]


def _fits(value: object, fitting: tuple[type, ...]) -> bool:
    if isinstance(value, bool):
        return bool in fitting
    return isinstance(value, fitting) and not (isinstance(value, float) and not math.isfinite(value))


def _said(fitting: tuple[type, ...]) -> str:
    return {str: "text", int: "a whole number", float: "a number", bool: "true or false"}[fitting[0]]


def _fault(name: str, check: str, value: object) -> str:
    if check == "not_nullable":
        return f"{name} is missing"
    if check.startswith("isin("):
        return f"{name} is {value!r}, none of {check[6:-2].replace(chr(39), '')}"
    return f"{name} is {value!r}, which breaks {check}"


def _places(row: Row) -> set[str]:
    return {
        str(value) for name, value in row.items() if value and (name == "place" or name.endswith("_place"))
    }


def _finding(table: str, row: Row, faults: list[str], places: Mapping[str, Place]) -> Finding:
    detail = {
        "table": table,
        "faults": "; ".join(faults),
        "row": {name: value for name, value in row.items() if value is not None},
        "place": row.get("place"),
        "measure": row.get("measure"),
        "quarter": row.get("quarter"),
    }
    quote = next((str(row[name]) for name in ("value_text", "measure", "priority") if row.get(name)), "")
    return Finding(RULE, places.get(str(row.get("place"))), quote, detail)


def _document_id(reading: Reading) -> str:
    documents = reading.rows.get("documents") or ()
    return str(documents[0]["document_id"]) if documents else reading.document.document_id


def _cell_row(document_id: str, number: int, claim: Claim) -> dict[str, Any]:
    cell = claim.cell
    x0, top, x1, bottom = cell.place.box or (None, None, None, None)
    return {
        "document_id": document_id,
        "cell_no": number,
        "part": cell.place.part or None,
        "row": cell.place.row,
        "column": cell.place.column,
        "rows": cell.rows,
        "columns": cell.columns,
        "place": str(cell.place),
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
        "text": cell.text,
        "claim": claim.kind,
        "meaning": claim.meaning,
        "words": cell.words,
        "hidden": cell.hidden,
    }


def finding_row(document_id: str | None, finding: Finding) -> dict[str, Any]:
    """A finding as a row of the table ``findings``."""
    detail = dict(finding.detail)
    quarter, measure = detail.get("quarter"), detail.get("measure")
    place = str(finding.place) if finding.place else detail.get("place")
    return {
        "document_id": document_id,
        "rule": finding.rule,
        "place": place,
        "quote": finding.quote,
        "quarter": quarter if isinstance(quarter, int) and 1 <= quarter <= 4 else None,
        "measure": str(measure) if measure else None,
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str),
    }
