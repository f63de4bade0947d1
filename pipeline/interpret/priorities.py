"""The priorities of a document: begun by a line, filled by the lines below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.ledger import Ledger
from pipeline.interpret.ratings import Rating, read_rating
from pipeline.shapes import Cell

Rows = dict[str, list[dict[str, Any]]]


def claimed_rating(cell: Cell, codes: Codes, ledger: Ledger) -> Rating | None:
    """The rating of a cell, claimed; a rating that nobody knows is a finding."""
    rating = read_rating(cell, codes)
    if rating and rating.rule:
        if cell.blank:
            ledger.find(rating.rule, cell, f"#{cell.fill}")
        else:
            ledger.keep_out(rating.rule, cell)
    ledger.claim(cell, "value", "rag")
    return rating


class Priorities:
    """``current`` is the priority that lines belong to, a row of ``rows["priorities"]``; ``broken`` whether a page
    ended just before the line that is read; ``names`` the portfolios seen."""

    def __init__(self, document_id: str, codes: Codes, ledger: Ledger, rows: Rows) -> None:
        self.id, self.codes, self.ledger, self.rows = document_id, codes, ledger, rows
        self.current: dict[str, Any] | None = None
        self.names: set[str] = set()
        self.broken = False

    def begin(self, fields: Mapping[str, Cell], section: str | None) -> None:
        """Begin the priority that a line names, or go on with it when it is named again."""
        cell = fields["priority"]
        text = cell.text.strip()
        self.ledger.claim(cell, "value", "priority")
        current = self.current
        if current and current["priority"] == text and current["section"] == section:
            self.fill(fields)
            return
        if current and self.broken and text[:1].islower():
            self._rename(current, f"{current['priority']}\n{text}")
            self.fill(fields)
            return
        self.current = {
            "document_id": self.id,
            "priority_no": len(self.rows["priorities"]) + 1,
            "section": section,
            "priority": text,
            "progress_summary": None,
            "rag": None,
            "rag_text": None,
            "rag_source": None,
            "rag_place": None,
            "portfolio": None,
            "portfolio_place": None,
            "place": str(cell.place),
            "progress_summary_place": None,
        }
        self.rows["priorities"].append(self.current)
        self.fill(fields)

    def _rename(self, priority: dict[str, Any], whole: str) -> None:
        for table in ("measures", "results", "other_values"):
            for row in self.rows[table]:
                if row.get("priority_no") == priority["priority_no"] and "priority" in row:
                    row["priority"] = whole
        priority["priority"] = whole

    def fill(self, fields: Mapping[str, Cell]) -> None:
        """Fill the priority that the line belongs to: each of its fields is printed once, on any line."""
        priority = self.current
        if priority is None:
            return
        for name in ("progress_summary", "portfolio"):
            cell = fields.get(name)
            if cell is None or cell.blank:
                continue
            text = cell.text.strip()
            if priority[name] is None:
                priority[name], priority[f"{name}_place"] = text, str(cell.place)
            elif priority[name] != text:
                whole = f"{priority[name]}\n{text}"
                known = {key(other[name] or "") for other in self.rows["priorities"] if other is not priority}
                if name == "portfolio" and self.broken and key(whole) in known | self.names:
                    priority[name] = whole
                elif name == "portfolio":
                    self.ledger.find("portfolio-conflict", cell, f"{priority[name]} / {text}")
                else:
                    priority[name] = whole
            self.ledger.claim(cell, "value", name)
        cell = fields.get("rag")
        if cell is not None and priority["rag"] is None:
            rating = claimed_rating(cell, self.codes, self.ledger)
            if rating and rating.rating:
                priority |= {"rag": rating.rating, "rag_source": rating.source, "rag_place": str(cell.place)}
                priority["rag_text"] = cell.text.strip() or None
