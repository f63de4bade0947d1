"""What every model is written with: four types and one way to say a column."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa

Text = pd.StringDtype
Whole = pd.Int64Dtype
Number = pd.Float64Dtype
Truth = pd.BooleanDtype

FINANCIAL_YEAR = r"^\d{4}/\d{2}$"
DATE = r"^\d{4}-\d{2}-\d{2}$"
DIRECTIONS = ("up", "down", "same")
RATINGS = ("Red", "Amber", "Green", "Blue")
RATING_SOURCES = ("word", "letter", "symbol", "colour")
ROLES = ("scorecard", "return")
CLAIMS = ("value", "heading", "furniture", "finding")
SEVERITIES = ("error", "warning", "note")
DIMENSIONS = ("completeness", "uniqueness", "consistency", "timeliness", "validity", "accuracy")


def col(
    description: str, *, needed: bool = False, unit: str | None = None, sql: str | None = None, **checks: Any
) -> Any:
    """A column: its description, whether a row needs it, its unit, a narrower SQL type, and its checks.

    ``checks`` are those of pandera's Field (isin, ge, le, gt, str_matches); the same become CHECKs in SQL.
    """
    return pa.Field(
        description=description, nullable=not needed, metadata={"unit": unit, "sql": sql}, **checks
    )


def date_column(description: str, *, needed: bool = False) -> Any:
    """A day, given as text 2012-07-31 and stored as DATE."""
    return col(description, needed=needed, sql="DATE", str_matches=DATE)


def year_column(description: str, *, needed: bool = False) -> Any:
    """A financial year as printed in the glossary, '2012/13'."""
    return col(description, needed=needed, str_matches=FINANCIAL_YEAR)


def quarter_column(description: str, *, needed: bool = False) -> Any:
    """A quarter 1 to 4; 1 is April to June."""
    return col(description, needed=needed, ge=1, le=4)


class Table(pa.DataFrameModel):
    """A table of the warehouse: exactly the columns of its model; nothing is coerced."""

    class Config:
        strict = True
        coerce = False
