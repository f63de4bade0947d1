"""What a printed number is made of, and how its digits become a number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

DIGITS = r"(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?:\xa0\d{3})+|\d+)(?:\.\d+)?[¼½¾]?|\.\d+|[¼½¾]"
NUMBER = rf"(?:{DIGITS})(?![.,\xa0]?\d)"
CURRENCIES = {"£": "GBP", "€": "EUR", "$": "USD", "GBP": "GBP", "EUR": "EUR", "USD": "USD"}
_FRACTIONS = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount. ``number`` has its sign and ``scale`` (1000 for k); ``step`` is one of its last
    printed digit; ``currency``, ``unit`` (days, percent, per 1000), both or neither; ``digits`` as printed;
    ``start`` and ``end`` its stretch of the plain text."""

    number: Decimal
    step: Decimal
    scale: Decimal
    currency: str | None
    unit: str | None
    unit_kind: str
    unit_text: str
    digits: str
    start: int
    end: int

    @property
    def full_unit(self) -> str | None:
        if self.currency and self.unit:
            return f"{self.currency} {self.unit}"
        return self.currency or self.unit

    @property
    def singular(self) -> bool:
        """Whether a single unit is printed behind another number than one: '5 year', '10 person'."""
        unit = (self.unit or "").lower()
        if self.number == 1 or not unit or self.unit_text == unit or self.unit_text.endswith("s"):
            return False
        return self.unit_kind == "time" or (self.unit_kind == "count" and self.unit_text[:2] == unit[:2])

    @property
    def scaled(self) -> bool:
        return self.scale != 1

    @property
    def bare(self) -> bool:
        """No currency, unit or scale: perhaps it shares those of the number behind it."""
        return self.currency is None and self.unit is None and not self.scaled


def to_decimal(digits: str) -> Decimal:
    """'368,500' -> 368500, '2½' -> 2.5; digits as ``plain`` writes them."""
    fraction = _FRACTIONS.get(digits[-1:], Decimal(0))
    whole = digits.rstrip("¼½¾").replace(",", "").replace("\xa0", "")
    return Decimal(whole or "0") + fraction
