"""The simple formulas of conditional formats: comparisons, AND, OR, NOT, text and blank tests, arithmetic.

Anything else is Unknown: better no colour than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+\.?\d*(?:E[-+]?\d+)?|\.\d+)|(?P<text>"(?:[^"]|"")*")
    |(?P<name>[A-Z][A-Z.]*)(?=\()|(?P<truth>TRUE|FALSE)(?![\w(])|(?P<ref>\$?[A-Z]{1,3}\$?\d{1,7})(?![\w(!:])
    |(?P<sign><=|>=|<>|[-+*/&<>=(),%]))""",
    re.VERBOSE | re.IGNORECASE,
)
REFERENCE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)", re.IGNORECASE)
Look = Callable[[int, int], Any]
"""The stored value at a row and column: number, text, bool, None for blank; raises Unknown."""


class Unknown(Exception):
    """The formula, or a value it needs, cannot be worked out safely."""


class Failed(Exception):
    """The formula gives an error value, as Excel would show it: no condition holds."""


class Fault:
    """An error value: of a cell, or of a search that found nothing."""


def tokens(formula: str) -> list[tuple[str, str]]:
    """The words of a formula. Raises Unknown for what is not understood."""
    found, at = [], 0
    formula = formula.strip()
    while at < len(formula):
        match = TOKEN.match(formula, at)
        if match is None:
            raise Unknown
        found.append((str(match.lastgroup), match[0].strip()))
        at = match.end()
    return found


def evaluate(words: list[tuple[str, str]], down: int, right: int, look: Look) -> Any:
    """The value of a formula moved by ``down`` rows and ``right`` columns. Raises Unknown."""
    parser = _Parser(words, down, right, look)
    value = parser.comparison()
    if parser.at != len(words):
        raise Unknown
    return value


def compare(left: Any, sign: str, right: Any) -> bool:
    """Compare as spreadsheets do: text without case, blank as 0 or '', numbers before texts before truths."""
    if isinstance(left, Fault) or isinstance(right, Fault):
        raise Failed
    if left is None:
        left = "" if isinstance(right, str) else False if isinstance(right, bool) else 0
    if right is None:
        right = "" if isinstance(left, str) else False if isinstance(left, bool) else 0
    pair = [(_rank(v), v.casefold() if isinstance(v, str) else v) for v in (left, right)]
    match sign:
        case "=":
            return pair[0] == pair[1]
        case "<>":
            return pair[0] != pair[1]
        case "<":
            return pair[0] < pair[1]
        case "<=":
            return pair[0] <= pair[1]
        case ">":
            return pair[0] > pair[1]
    return pair[0] >= pair[1]


def _rank(value: Any) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def _number(value: Any) -> float:
    """A value in arithmetic; text that is no number gives an error, as in Excel."""
    if isinstance(value, Fault):
        raise Failed
    if value is None:
        return 0.0
    if isinstance(value, str) and not re.fullmatch(r"\s*[-+]?\d+(\.\d+)?\s*", value):
        raise Failed
    return float(value)


def _words(value: Any) -> str:
    from pipeline.extract.number_digits import general

    if isinstance(value, Fault):
        raise Failed
    if isinstance(value, bool):
        return str(value).upper()
    return "" if value is None else value if isinstance(value, str) else general(value)


class _Parser:
    def __init__(self, words: list[tuple[str, str]], down: int, right: int, look: Look) -> None:
        self._words, self._down, self._right, self._look = words, down, right, look
        self.at = 0

    def _take(self, *signs: str) -> str | None:
        if self.at < len(self._words) and self._words[self.at] in [("sign", sign) for sign in signs]:
            self.at += 1
            return self._words[self.at - 1][1]
        return None

    def comparison(self) -> Any:
        value = self._joined()
        while sign := self._take("<=", ">=", "<>", "<", ">", "="):
            value = compare(value, sign, self._joined())
        return value

    def _joined(self) -> Any:
        value = self._sum()
        while self._take("&"):
            value = _words(value) + _words(self._sum())
        return value

    def _sum(self) -> Any:
        value = self._product()
        while sign := self._take("+", "-"):
            other = _number(self._product())
            value = _number(value) + (other if sign == "+" else -other)
        return value

    def _product(self) -> Any:
        value = self._unary()
        while sign := self._take("*", "/"):
            other = _number(self._unary())
            if sign == "/" and other == 0:
                raise Unknown
            value = _number(value) * other if sign == "*" else _number(value) / other
        return value

    def _unary(self) -> Any:
        if sign := self._take("-", "+"):
            value = _number(self._unary())
            return -value if sign == "-" else value
        value = self._one()
        while self._take("%"):
            value = _number(value) / 100
        return value

    def _one(self) -> Any:
        if self._take("("):
            value = self.comparison()
            self._close()
            return value
        if self.at >= len(self._words):
            raise Unknown
        kind, text = self._words[self.at]
        self.at += 1
        match kind:
            case "number":
                return float(text)
            case "text":
                return text[1:-1].replace('""', '"')
            case "truth":
                return text.upper() == "TRUE"
            case "ref":
                return self._at(text)
            case "name":
                return self._call(text.upper())
        raise Unknown

    def _at(self, text: str) -> Any:
        from pipeline.extract.excel.sheet import column_number

        match = REFERENCE.fullmatch(text)
        if match is None:
            raise Unknown
        row, column = int(match[4]), column_number(match[2])
        return self._look(row if match[3] else row + self._down, column if match[1] else column + self._right)

    def _close(self) -> None:
        if not self._take(")"):
            raise Unknown

    def _call(self, name: str) -> Any:
        if not self._take("("):
            raise Unknown
        values = []
        if not self._take(")"):
            values.append(self.comparison())
            while self._take(","):
                values.append(self.comparison())
            self._close()
        try:
            return _FUNCTIONS[name](*values)
        except (KeyError, TypeError, ValueError) as error:
            raise Unknown from error


def _search(what: Any, text: Any, start: Any = 1) -> Any:
    """The place of a text in another, False where it is not: enough for ISNUMBER and ISERROR."""
    found = _words(text).casefold().find(_words(what).casefold(), int(start) - 1)
    return Fault() if found < 0 else found + 1


def _truth(value: Any) -> bool:
    if isinstance(value, Fault):
        raise Failed
    if isinstance(value, str):
        raise Unknown
    return bool(value)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "AND": lambda *values: all(list(map(_truth, values))),
    "OR": lambda *values: any(list(map(_truth, values))),
    "NOT": lambda value: not _truth(value),
    "IF": lambda test, yes, no=False: yes if _truth(test) else no,
    "ISBLANK": lambda value: value is None,
    "ISNUMBER": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "ISTEXT": lambda value: isinstance(value, str),
    "ISERROR": lambda value: isinstance(value, Fault),
    "SEARCH": _search,
    "LEN": lambda value: len(_words(value)),
    "TRIM": lambda value: " ".join(_words(value).split(" ")).strip(),
    "LEFT": lambda value, count=1: _words(value)[: int(count)],
    "RIGHT": lambda value, count=1: _words(value)[-int(count) :] if count else "",
    "UPPER": lambda value: _words(value).upper(),
    "LOWER": lambda value: _words(value).lower(),
    "ABS": lambda value: abs(_number(value)),
}
