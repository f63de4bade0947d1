"""Whether rows certainly keep their schema, seen without pandera: its checks are made for tables of many rows, and
most documents fill their tables with a few good ones.

The checks are read off the model. What is not certainly good is for pandera to judge: nothing is refused here.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from schemas.columns import Table
from schemas.dictionary import kind

Test = Callable[[Any], bool]
LARGEST = 2**63 - 1


def certainly_keep(model: type[Table], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all rows keep the model beyond doubt."""
    tests, key = _tests(model)
    if any(row.keys() - tests.keys() for row in rows):
        return False
    if not all(test(row.get(name)) for name, test in tests.items() for row in rows):
        return False
    return not key or len({tuple(map(row.get, key)) for row in rows}) == len(rows)


@cache
def _tests(model: type[Table]) -> tuple[dict[str, Test], tuple[str, ...]]:
    """(the test of each column, the columns of the key)."""
    schema = model.to_schema()
    tests = {name: _test(column) for name, column in schema.columns.items()}
    return tests, tuple(schema.unique or ())


def _test(column: Any) -> Test:
    fits = FITS[kind(column)]
    checks = [_check(check) for check in column.checks]
    nullable = bool(column.nullable)

    def test(value: Any) -> bool:
        if value is None:
            return nullable
        return fits(value) and all(check(value) for check in checks)

    return test


def _is_text(value: Any) -> bool:
    """Half of a character of two halves is no text that can be kept."""
    return type(value) is str and (value.isascii() or not any("\ud800" <= one <= "\udfff" for one in value))


FITS: dict[str, Test] = {
    "string": _is_text,
    "Int64": lambda value: type(value) is int and abs(value) <= LARGEST,
    "Float64": lambda value: type(value) in (int, float) and math.isfinite(value) and abs(value) <= LARGEST,
    "boolean": lambda value: type(value) is bool,
}


def _check(check: Any) -> Test:
    """A check of pandera for one value; of one that is not known here nothing is certain."""
    known = check.statistics or {}
    match check.name:
        case "isin":
            return frozenset(known["allowed_values"]).__contains__
        case "greater_than_or_equal_to":
            return partial(operator.le, known["min_value"])
        case "less_than_or_equal_to":
            return partial(operator.ge, known["max_value"])
        case "str_matches":
            pattern = re.compile(known["pattern"])
            return lambda value: bool(pattern.fullmatch(value))
        case _:
            return lambda value: False
