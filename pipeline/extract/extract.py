"""What a reader hands back, and what it raises when there is nothing to hand back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.shapes import Claim, Finding, Grid


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything a reader found in one file, with no meaning yet.

    ``parts`` is the number of pages, sheets or tables. ``claims`` are cells that no grid can hold, because
    nobody sees them where they stand (a value under a merged range): each is already claimed by its
    finding, so the ledger stays complete. ``unseen`` says, per part, how many of the non-blank cells a second
    reader cannot count (errors, formulas without a result, the text of drawn shapes; of a PDF, characters that were
    typed into its form; below zero, what it prints twice).
    """

    grids: tuple[Grid, ...]
    findings: tuple[Finding, ...] = ()
    parts: int = 0
    claims: tuple[Claim, ...] = ()
    unseen: Mapping[str, int] = field(default_factory=dict)

    @property
    def filled(self) -> int:
        """How many non-blank cells came out, claimed ones included."""
        return sum(not cell.blank for grid in self.grids for cell in grid.cells()) + len(self.claims)


class Unreadable(Exception):
    """Nothing can be read from the file.

    ``rule`` is a line of ``schemas/codes/rules.csv`` (file-encrypted, file-damaged, file-empty,
    file-type-unknown); ``message`` says in plain English what to do about it.
    """

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str]]:
        """Readers work in child processes: the exception must survive the way back."""
        return type(self), (self.rule, self.message)
