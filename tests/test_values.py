"""The value grammar: the case table, the code lists, and properties that hold for any text."""

from __future__ import annotations

import csv
import datetime
import re
import time
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.codes.text import printed_figures
from pipeline.codes.values import ValueCodes, default_codes
from pipeline.interpret.values import read_value
from pipeline.interpret.values.unread import holds_figure
from pipeline.shapes import Value

CASES = Path(__file__).parent / "cases" / "values.csv"
COLUMNS = ("part", "kind", "number", "unit", "comparator", "status", "digits", "marks", "lower", "upper")


def _printed(text: str) -> str:
    """The case table writes line ends as \\n and unprintable characters as \\uXXXX."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text.replace(r"\n", "\n"))


def _native(text: str) -> Any:
    if text in ("", "TRUE"):
        return True if text else None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.date.fromisoformat(text)
    return float(text) if "." in text else int(text)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _row(value: Value) -> dict[str, str]:
    return {
        "part": value.part or "",
        "kind": value.kind,
        "number": _number(value.number),
        "unit": value.unit or "",
        "comparator": value.comparator or "",
        "status": value.status,
        "digits": value.digits,
        "marks": "|".join(value.marks),
        "lower": _number(value.lower),
        "upper": _number(value.upper),
    }


def _cases() -> dict[tuple[str, str, str], list[dict[str, str]]]:
    """Expected values by (text, native, number format); lines with equal keys are parts of one cell."""
    cases: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    with open(CASES, newline="", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            expected = cases.setdefault((line["text"], line["native"], line["number_format"]), [])
            if line["kind"]:
                expected.append({column: _printed(line[column]) for column in COLUMNS})
    return cases


@pytest.mark.parametrize(
    ("case", "expected"), [pytest.param(*item, id="|".join(item[0])) for item in _cases().items()]
)
def test_case(case: tuple[str, str, str], expected: list[dict[str, str]]) -> None:
    text, native, number_format = case
    assert [_row(value) for value in read_value(_printed(text), _native(native), number_format)] == expected


def test_case_table_is_large_enough() -> None:
    assert len(_cases()) >= 220


def test_text_is_kept_whole_for_every_part() -> None:
    assert [value.text for value in read_value("a) 6.88 b) 6.70")] == ["a) 6.88 b) 6.70"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Boys 54% / Girls 61%", True),
        ("12 345", True),
        ("l0%", True),
        ("£0.3m over", True),
        ("89% below target", True),
        ("74% +3%", True),
        ("N/A (0)", True),
        ("Good (2)", True),
        ("Key Stage 4", False),
        ("Level 3+", False),
        ("5+ A*-C", False),
        ("Rank 12 of 32", False),
        ("2nd quartile", False),
        ("5% improvement", False),
        ("5% better than 2018/19", False),
        ("Paused due to Covid-19", False),
        ("Complete by Q3 2019/20", False),
        ("Top quartile", False),
        ("24 hour service", False),
    ],
)
def test_a_figure_among_words_is_told(text: str, expected: bool) -> None:
    assert read_value(text)[0].status == "text"
    assert holds_figure(text) is expected


# The code lists: every line of them works.


@pytest.mark.parametrize("text", default_codes().units)
def test_every_unit_is_read_behind_a_number(text: str) -> None:
    unit = printed_figures(text)
    value = read_value(f"7{unit}" if len(unit) == 1 else f"7 {unit}")[0]
    assert (value.number, value.unit, value.status) == (7, default_codes().units[text][0], "value")


@pytest.mark.parametrize("text", default_codes().blanks)
def test_every_blank_has_its_status_and_no_number(text: str) -> None:
    status, match = default_codes().blanks[text]
    printed = f"{text} March 2013" if match == "date" else text
    for written in (printed, printed.upper(), printed.title(), f"  {printed}\n"):
        values = read_value(written)
        assert [(value.kind, value.number, value.status) for value in values] == [("missing", None, status)]


@pytest.mark.parametrize("text", default_codes().marks)
def test_every_mark_is_kept_and_leaves_the_number(text: str) -> None:
    mark, kind, alone = default_codes().marks[text]
    value = read_value(f"72% [{text}]" if kind == "shorthand" else f"72% {text}")[0]
    assert (value.number, value.unit, value.marks, value.status) == (72, "percent", (mark,), "value")
    if kind == "shorthand":
        assert [value.status for value in read_value(f"[{text}]")] == [alone]


def test_lists_are_checked_when_loaded(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        ValueCodes.load(tmp_path)
    with pytest.raises(ValueError, match=r"blanks\.csv: 'tbc' has match 'always'"):
        ValueCodes.of([{"text": "tbc", "status": "awaited", "match": "always"}], [], [])
    with pytest.raises(ValueError, match=r"shorthand\.csv: 'p' has kind 'letter'"):
        ValueCodes.of([], [], [{"text": "p", "mark": "p", "kind": "letter", "alone": "text"}])


def test_other_lists_can_be_given() -> None:
    codes = ValueCodes.of(
        [{"text": "nowt", "status": "none", "match": "whole"}],
        [{"text": "widgets", "unit": "widgets", "kind": "count"}],
        [],
    )
    assert read_value("nowt", codes=codes)[0].status == "none"
    assert read_value("7 widgets", codes=codes)[0].unit == "widgets"
    assert read_value("N/A", codes=codes)[0].status == "text"


# Properties for any text, and for texts made of what cells are made of.

any_text = st.text(st.characters(exclude_categories=()), max_size=60)
PIECES = """
0 1 5 12 72 368,500 1,2 12,5 7.50 .5 1.2.3 £ % - – − + ( ) [ ] / : ; , . < > ≥ ~ k m bn p r a) b) (a) i)
A: of in to or out per and plus between within at least under over up days hours staff visits £1.2m N/A
TBC nil zero annual increase reduction last year Q1 March 2012 2012/13 é ↑ ● ¹ * [p] (r) Green G ½ ٣ ７
10,000
"""
UNUSUAL_SPACES = ["\u00a0", "\u2009", "\n", "\u200b", "\ud800"]
pieces = st.sampled_from([*PIECES.split(), *UNUSUAL_SPACES])
cell_text = st.lists(st.tuples(pieces, st.sampled_from(["", "", " ", " ", "  "])), max_size=9).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)
MISSING = {status for status, _ in default_codes().blanks.values()}
STATUSES = {"value", "compound", "text"} | MISSING
KINDS = {"number", "ratio", "range", "date", "text", "missing"}


def _plain(digits: str) -> str:
    """Printed digits with plain figures and without separators."""
    figures = (str(unicodedata.decimal(letter, letter)) for letter in digits)
    return (
        "".join(figures)
        .replace("\u066b", ".")
        .replace("\u066c", "")
        .translate(dict.fromkeys(map(ord, ",\u00a0\u2009\u202f")))
    )


def _exact(digits: str) -> Decimal:
    halves = {"¼": "0.25", "½": "0.5", "¾": "0.75"}
    plain = _plain(digits)
    fraction = Decimal(halves.get(plain[-1:], "0"))
    return Decimal(plain.rstrip("¼½¾") or "0") + fraction


def _check(text: str) -> None:
    values = read_value(text)
    assert values or not any(unicodedata.category(letter)[0] in "LNPS" for letter in text)
    for value in values:
        assert value.text == text
        assert value.kind in KINDS
        assert value.status in STATUSES
        assert (value.status in MISSING) == (value.kind == "missing")
        if value.status == "value":
            assert value.kind == "number"
            assert value.number is not None
        if value.status not in ("value", "compound"):
            assert (value.number, value.lower, value.upper, value.digits) == (None, None, None, "")
        if value.kind == "range":
            assert value.number is None
            assert value.lower is not None
            assert value.upper is not None
            assert value.lower < value.upper
        if value.digits:
            _check_digits(text, value)
        if value.number == 0 and not value.digits:
            assert re.search(r"nil|zero|0", _plain(text), re.IGNORECASE)


def _check_digits(text: str, value: Value) -> None:
    """Printed as they stand, never cut out of a longer number, and the number itself but for k, m, bn."""
    bounded = False
    for found in re.finditer(re.escape(value.digits), text):
        before, after = text[: found.start()], text[found.end() :]
        bounded = bounded or not (re.search(r"\d[.,\u00a0]?$", before) or re.match(r"[.,\u00a0]?\d", after))
    assert bounded
    assert value.number is not None
    printed = _exact(value.digits)
    scales = [Decimal(scale) for scale in (1, 10**3, 10**6, 10**9)]
    assert any(abs(float(printed * scale)) == abs(value.number) for scale in scales)


@given(any_text)
@example("")
@example("\u00ad")
@example("\ud800 5")
@example("(" * 200)
def test_any_text_is_read_without_harm(text: str) -> None:
    _check(text)


@given(cell_text)
@example("368,500 or 10% increase")
@example("10% increase, 368,500")
@example("a) 1,2 b) 5")
@example("5\u200b6")
def test_no_digit_is_invented_or_glued(text: str) -> None:
    _check(text)


@given(
    any_text,
    st.none() | st.booleans() | st.floats() | st.integers() | st.datetimes() | st.timedeltas(),
    any_text,
)
def test_any_stored_value_is_read_without_harm(text: str, native: Any, number_format: str) -> None:
    for value in read_value(text, native, number_format):
        assert value.text == text


@given(
    st.sampled_from(
        ["0", "0%", "0.0%", "£0", "£0.00", "0 days", "0 staff", "(0)", "-0", "0.00", "£0k", "nil", "Zero"]
    )
)
def test_zero_is_never_missing(text: str) -> None:
    for printed in (text, f" {text} ", f"{text}*", f"a) {text}", f"{text} (p)"):
        value = read_value(printed)[0]
        assert (value.number, value.status) == (0, "value")


@given(
    st.sampled_from(sorted(default_codes().blanks)),
    st.sampled_from(["", " ", ".", "*", "¹"]),
    st.none() | st.integers(1),
)
def test_missing_is_never_a_number(text: str, behind: str, native: int | None) -> None:
    values = read_value(text + behind, native)
    assert all(value.number is None for value in values)


numbers = st.decimals(min_value=0, max_value=Decimal("99999999.99"), places=2) | st.integers(0, 10**9).map(
    Decimal
)


def _thousands(number: Decimal, separator: str) -> str:
    return f"{number:,f}".replace(",", separator)


@given(
    number=numbers,
    separator=st.sampled_from(["", ",", "\u00a0", "\u2009", "\u202f"]),
    frame=st.sampled_from(
        [
            ("{}", None, 1),
            ("{}%", "percent", 1),
            ("{} per cent", "percent", 1),
            ("£{}", "GBP", 1),
            ("£{}k", "GBP", 1000),
            ("£{} m", "GBP", 10**6),
            ("€{}bn", "EUR", 10**9),
            ("{} days", "days", 1),
            ("{} Staff", "staff", 1),
            ("{} (%)", "percent", 1),
            ("£{} per head", "GBP per head", 1),
            ("{} per 1,000", "per 1000", 1),
        ]
    ),
    sign=st.sampled_from(["{}", "-{}", "\u2212{}", "\u2013{}", "- {}", "({})", "+{}"]),
    around=st.sampled_from(
        [
            "{}",
            " {}\n",
            "{}*",
            "{} ↑",
            "{} [p]",
            "{} (r)",
            "{}¹",
            "{} G",
            "a) {}",
            "↑ {}",
            "'{}",
            "Actual: {}",
        ]
    ),
)
def test_what_is_printed_is_read_again(
    number: Decimal, separator: str, frame: tuple[str, str | None, int], sign: str, around: str
) -> None:
    pattern, unit, scale = frame
    digits = _thousands(number, separator)
    printed = sign.format(pattern.format(digits))
    if sign == "({})" and ("per" in pattern or "(" in pattern or around == "Actual: {}"):
        printed = pattern.format(digits)
        sign = "{}"
    if sign == "({})" and around == "↑ {}":
        sign, printed = "-{}", f"-{pattern.format(digits)}"
    if sign == "- {}" and around == "a) {}":
        sign, printed = "-{}", f"-{pattern.format(digits)}"
    value = read_value(around.format(printed))[0]
    negative = sign not in ("{}", "+{}")
    assert value.number == float(-number * scale if negative else number * scale)
    assert (value.unit, value.digits, value.status) == (unit, digits, "value")


@given(st.integers(-(10**7), 10**7), st.integers(0, 4), st.integers(0, 2))
def test_a_stored_share_agrees_with_its_print(units: int, more: int, places: int) -> None:
    """A fraction stored with any precision, printed as a percentage: what is stored, rounded, is what is printed."""
    exact = Decimal(units) / 10 ** (4 + more)
    printed = f"{exact * 100:.{places}f}%"
    value = read_value(printed, float(exact), "0%" if places == 0 else "0." + "0" * places + "%")[0]
    assert (value.unit, value.number) == ("percent", float(exact * 100))


@pytest.mark.parametrize(
    "piece",
    [
        "5 ",
        "5,",
        "1,234",
        "£",
        "(",
        "((5",
        "- ",
        "a) ",
        "5% (",
        "not ",
        "n/a ",
        "72% of ",
        "5:",
        "[p]",
        "5/",
        "\ud800",
        "²",
    ],
)
@pytest.mark.parametrize("length", [400, 1600, 100_000])
def test_long_texts_are_read_quickly(piece: str, length: int) -> None:
    text = (piece * length)[:length]
    start = time.perf_counter()
    values = read_value(text)
    assert time.perf_counter() - start < 0.5
    if length > 400:
        assert [value.status for value in values] == ["text"]
