"""The ledger of a document: each filled cell is claimed once, and what nothing claimed becomes a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.shapes import Cell, Claim, Finding


class Ledger:
    """Claims and findings as they are made; the first claim of a cell holds."""

    def __init__(self, document_path: str) -> None:
        self._claims: dict[int, Claim] = {}
        self._path = document_path
        self.findings: list[Finding] = []

    def claim(self, cell: Cell, kind: str, meaning: str) -> None:
        """Claim a filled cell as value, heading, furniture or finding."""
        if not cell.blank and id(cell) not in self._claims:
            self._claims[id(cell)] = Claim(cell, kind, meaning)

    def claimed(self, cell: Cell) -> bool:
        return id(cell) in self._claims

    def find(self, rule: str, cell: Cell | None, quote: str | None = None, **detail: Any) -> None:
        """Report something about a cell without claiming it."""
        text = quote if quote is not None else cell.text if cell else ""
        self.findings.append(Finding(rule, cell.place if cell else None, text, self._with_path(detail)))

    def keep_out(self, rule: str, cell: Cell, **detail: Any) -> None:
        """Claim a cell by a finding: it is quoted, and nothing else becomes of it."""
        if not self.claimed(cell):
            self.claim(cell, "finding", rule)
            self.find(rule, cell, **detail)

    def add(self, findings: Iterable[Finding]) -> None:
        self.findings += [
            Finding(finding.rule, finding.place, finding.quote, self._with_path(finding.detail))
            for finding in findings
        ]

    def _with_path(self, detail: Mapping[str, Any]) -> dict[str, Any]:
        return {"document_path": self._path, **detail}

    def close(self, cells: Iterable[Cell]) -> tuple[Claim, ...]:
        """All claims in the order of the cells; a cell that nothing claimed is a finding."""
        claims = []
        for cell in cells:
            if not self.claimed(cell):
                self.keep_out("cell-unread", cell)
            claims.append(self._claims[id(cell)])
        return tuple(claims)
