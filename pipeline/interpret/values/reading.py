"""What one part of a cell says, while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(slots=True)
class Reading:
    """As ``Value``, with exact numbers; kind number, ratio or range; status value or compound."""

    kind: str
    number: Decimal | None
    unit: str | None = None
    comparator: str | None = None
    status: str = "value"
    digits: str = ""
    marks: list[str] = field(default_factory=list)
    lower: Decimal | None = None
    upper: Decimal | None = None
