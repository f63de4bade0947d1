"""Conditional formats: the fill and ink that a viewer sees, where the rule can be worked out from stored values.

A rule that cannot be (a colour scale, an average, a formula of another kind) is a finding per range.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.extract.excel.formula import Failed, Fault, Unknown, compare, evaluate, tokens
from pipeline.extract.excel.sheet import Area, Raw, Sheet, Table, area
from pipeline.extract.excel.styles import Dressing, Styles, read_dressing
from pipeline.extract.office import Element, child, children, truth, whole
from pipeline.shapes import Finding, Place

SIGNS = {"lessThan": "<", "lessThanOrEqual": "<=", "equal": "=", "notEqual": "<>", "greaterThan": ">"}
SIGNS |= {"greaterThanOrEqual": ">="}
MADE = 20_000
"""How many cells without anything stored a rule may dress."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with the ranges it holds for; formulas are written for the corner of the first."""

    element: Element
    areas: tuple[Area, ...]
    dressing: Dressing
    priority: int
    formulas: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.element.get("type") or ""


def apply_conditions(table: Table, stored: Sheet, styles: Styles, sheet: str) -> list[Finding]:
    """Give cells the fills of the rules that hold for them; a finding for each rule that cannot be worked out."""
    findings = []
    done: set[tuple[int, int]] = set()
    for rule in sorted(_rules(stored, styles), key=lambda rule: rule.priority):
        try:
            _apply(rule, table, done)
        except Unknown:
            top, left, _, _ = rule.areas[0]
            quote = " ".join(rule.formulas) or rule.kind
            detail = {"sheet": sheet, "kind": rule.kind, "formula": " ".join(rule.formulas)}
            findings.append(
                Finding("conditional-format-unread", Place(sheet, top, left, None, True), quote, detail)
            )
    return findings


def _rules(stored: Sheet, styles: Styles) -> Iterator[Rule]:
    for block in stored.conditions:
        inner = child(block, "sqref")
        text = block.get("sqref") or (inner.text if inner is not None else "") or ""
        areas = tuple(corners for corners in map(area, text.split()) if corners)
        for element in children(block, "cfRule") if areas else ():
            number = element.get("dxfId") or ""
            if number and 0 <= whole(number) < len(styles.dressings):
                dressing = styles.dressings[whole(number)]
            else:
                dressing = read_dressing(child(element, "dxf"), styles.palette)
            formulas = tuple((e.text or "").strip() for e in children(element, "formula", "f"))
            priority = element.get("priority") or ""
            place = whole(priority, 1_000_000)
            yield Rule(element, areas, dressing, place, formulas)


def _apply(rule: Rule, table: Table, done: set[tuple[int, int]]) -> None:
    """Dress the cells that the rule holds for. Raises Unknown when that cannot be told of all of them; of those
    that stay unsure no later rule decides."""
    dressing = rule.dressing
    visible = dressing.fill is not None or dressing.colour is not None
    stops = truth(rule.element.get("stopIfTrue"))
    if rule.kind in ("colorScale", "dataBar", "iconSet"):
        raise Unknown
    if not visible and not stops:
        return
    test = _test(rule)
    held, unsure = [], []
    for at in _cells(rule, table):
        try:
            if at not in done and test(at, table):
                held.append(at)
        except Failed:
            continue
        except Unknown:
            unsure.append(at)
    for at in held:
        raw = table.get(at)
        if raw is None:
            raw = table[at] = Raw(*at, 0, "n", None, None)
        if raw.fill is None:
            raw.fill = dressing.fill
        if raw.colour is None:
            raw.colour = dressing.colour
    if stops:
        done.update(held)
    if unsure:
        done.update(unsure)
        raise Unknown


def _cells(rule: Rule, table: Table) -> list[tuple[int, int]]:
    """The cells of the ranges: those stored, and for a formula the empty ones of the filled box too."""
    inside = [
        (row, column)
        for row, column in table
        if any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in rule.areas)
    ]
    if rule.kind != "expression" or not table:
        return inside
    last_row, last_column = max(row for row, _ in table), max(column for _, column in table)
    known = set(inside)
    for top, left, bottom, right in rule.areas:
        bottom, right = min(bottom, last_row), min(right, last_column)
        if (bottom - top + 1) * (right - left + 1) <= MADE:
            known.update((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
    return sorted(known)


def value_at(table: Table, at: tuple[int, int]) -> Any:
    """The stored value of a cell; None for blank. Raises Unknown for formulas without a result."""
    raw = table.get(at)
    if raw is None or (raw.formula is None and not raw.text and raw.native is None):
        return None
    if raw.formula is not None and raw.value is None:
        raise Unknown
    if raw.kind == "e":
        return Fault()
    if raw.kind == "b":
        return raw.native
    if raw.kind == "n" and raw.value:
        try:
            return float(raw.value)
        except ValueError:
            return raw.text
    return raw.text


def _test(rule: Rule) -> Any:
    """A function (cell, table) -> whether the rule holds. Raises Unknown for kinds that are not worked out."""
    corner = min((top, left) for top, left, _, _ in rule.areas)
    formulas = [tokens(formula) for formula in rule.formulas] if rule.kind in ("cellIs", "expression") else []
    said = (rule.element.get("text") or "").casefold()

    def worked(number: int, at: tuple[int, int], table: Table) -> Any:
        moved = at[0] - corner[0], at[1] - corner[1]
        return evaluate(formulas[number], *moved, lambda row, column: value_at(table, (row, column)))

    def words(at: tuple[int, int], table: Table) -> str:
        raw = table.get(at)
        return raw.text.casefold() if raw is not None else ""

    operator = rule.element.get("operator") or ""
    if rule.kind == "expression" and formulas:

        def holds(at: tuple[int, int], table: Table) -> bool:
            value = worked(0, at, table)
            if isinstance(value, str):
                raise Unknown
            if isinstance(value, Fault):
                raise Failed
            return bool(value)

        return holds
    if rule.kind == "cellIs" and operator in SIGNS and formulas:
        return lambda at, table: compare(value_at(table, at), SIGNS[operator], worked(0, at, table))
    if rule.kind == "cellIs" and operator in ("between", "notBetween") and len(formulas) > 1:

        def within(at: tuple[int, int], table: Table) -> bool:
            value, ends = value_at(table, at), [worked(number, at, table) for number in (0, 1)]
            low, high = ends if compare(ends[0], "<=", ends[1]) else ends[::-1]
            inside = compare(value, ">=", low) and compare(value, "<=", high)
            return inside == (operator == "between")

        return within
    kinds = {
        "containsText": lambda at, table: said in words(at, table),
        "notContainsText": lambda at, table: said not in words(at, table),
        "beginsWith": lambda at, table: words(at, table).startswith(said),
        "endsWith": lambda at, table: words(at, table).endswith(said),
        "containsBlanks": lambda at, table: not words(at, table).strip(),
        "notContainsBlanks": lambda at, table: bool(words(at, table).strip()),
        "containsErrors": lambda at, table: at in table and table[at].kind == "e",
        "notContainsErrors": lambda at, table: at not in table or table[at].kind != "e",
    }
    if rule.kind not in kinds or (not said and "ith" in rule.kind) or (not said and "Text" in rule.kind):
        raise Unknown
    return kinds[rule.kind]
