"""What a spreadsheet prints for a stored number: the number-format codes of Excel.

``compile_format(code)`` gives a Format, whose ``number`` and ``words`` print a stored number or text. The
codes are those of ECMA-376 18.8.31; where a code leaves the choice to the computer's region, it is set
to the United Kingdom.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.extract.number_dates import print_date
from pipeline.extract.number_digits import general, print_number

BUILT_IN = {
    0: "",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"£"#,##0;-"£"#,##0',
    6: '"£"#,##0;[Red]-"£"#,##0',
    7: '"£"#,##0.00;-"£"#,##0.00',
    8: '"£"#,##0.00;[Red]-"£"#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",
    15: "dd-mmm-yy",
    16: "dd-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "hh:mm",
    21: "hh:mm:ss",
    22: "dd/mm/yyyy hh:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-',
    42: '_-"£"* #,##0_-;-"£"* #,##0_-;_-"£"* "-"_-;_-@_-',
    43: '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
    44: '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
} | dict.fromkeys((*range(27, 37), *range(50, 59)), "dd/mm/yyyy")
SYSTEM_DATES = {
    "[$-F800]": "dd mmmm yyyy",
    "[$-F400]": "hh:mm:ss",
    "[$-x-sysdate]": "dd mmmm yyyy",
    "[$-x-systime]": "hh:mm:ss",
}
TOKEN = re.compile(
    r"""(?P<text>"[^"]*"?|\\.|\\$)|(?P<pad>_.?)|(?P<fill>\*.?)|(?P<elapsed>\[(?:h+|m+|s+)\])|(?P<bracket>\[[^\]]*\]?)
    |(?P<general>General)|(?P<half>AM/PM|A/P)|(?P<exponent>E[+-])|(?P<part>y+|m+|d+|h+|s+|e+|b+|g+)
    |(?P<fraction>\.0+(?=[^0#?]*(?:$|\]|AM|A/P)))|(?P<digit>[0#?])|(?P<mark>[.,%/@])|(?P<other>.)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*([-+]?[\d.]+(?:E[-+]?\d+)?)\]", re.IGNORECASE)
COLOUR = re.compile(r"\[(black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+)\]", re.IGNORECASE)

Tokens = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One of the sections between semicolons: its tokens (kind, text), what numbers it is for,
    and its kind: number, date, elapsed, text or general."""

    tokens: Tokens
    comparison: str | None = None
    bound: float = 0.0
    kind: str = "number"

    def holds(self, value: float) -> bool:
        match self.comparison:
            case "<":
                return value < self.bound
            case "<=":
                return value <= self.bound
            case ">":
                return value > self.bound
            case ">=":
                return value >= self.bound
            case "=":
                return value == self.bound
            case "<>":
                return value != self.bound
        return True

    def literal(self) -> str:
        """The fixed text of the section, brackets and padding resolved."""
        return "".join(text for kind, text in self.tokens if kind in ("text", "pad", "other"))


@dataclass(frozen=True, slots=True)
class Format:
    """A number format, ready to print. ``kind`` is that of its first section: number, date, elapsed, text, general."""

    code: str
    sections: tuple[Section, ...]
    kind: str

    def number(self, value: float, shift: int = 0) -> str:
        """Print a stored number; ``shift`` is 1462 days in a workbook that counts from 1904."""
        section, absolute = self._choose(value)
        if section is None:
            return general(value)
        return _print(section, -value if absolute and value < 0 else value, shift).strip()

    def words(self, text: str) -> str:
        """Print a stored text: as it stands, unless the format wraps it ('"Target: "@')."""
        last = self.sections[-1]
        if ("mark", "@") not in last.tokens or (len(self.sections) < 4 and last.kind != "text"):
            return text if len(self.sections) < 4 else last.literal().strip()
        return "".join(
            text if token == ("mark", "@") else token[1]
            for token in last.tokens
            if token == ("mark", "@") or token[0] in ("text", "other")
        )

    def _choose(self, value: float) -> tuple[Section | None, bool]:
        """The section for a number, and whether it prints the number without its sign."""
        numeric = self.sections[:3] if len(self.sections) > 3 else self.sections
        if len(numeric) == len(self.sections) > 1 and numeric[-1].kind == "text":
            numeric = numeric[:-1]
        if any(section.comparison for section in numeric):
            for index, section in enumerate(numeric):
                if section.comparison is None and index < len(numeric) - 1:
                    implied = value > 0 if index == 0 else value < 0
                    if not implied:
                        continue
                if section.holds(value):
                    below = section.comparison in ("<", "<=") and section.bound <= 0
                    return section, below or (section.comparison is None and index > 0 and value < 0)
            return None, False
        if numeric[0].kind == "text":
            return None, False
        if len(numeric) == 1 or value > 0 or (value == 0 and len(numeric) < 3):
            return numeric[0], False
        return (numeric[1], True) if value < 0 else (numeric[2], False)


@lru_cache(maxsize=1024)
def compile_format(code: str) -> Format:
    """Take a format code apart. An empty code is General."""
    for system, meaning in SYSTEM_DATES.items():
        if code.casefold().startswith(system.casefold()):
            code = meaning
    sections = tuple(_section(text) for text in _split(code or "General"))
    return Format(code, sections, sections[0].kind)


def _split(code: str) -> list[str]:
    pieces = re.findall(r'"[^"]*"?|\\.|\[[^\]]*\]?|[_*].|;|.', code, re.DOTALL)
    sections = [""]
    for piece in pieces:
        if piece == ";":
            sections.append("")
        else:
            sections[-1] += piece
    return sections


def _section(code: str) -> Section:
    tokens: list[tuple[str, str]] = []
    comparison, bound = None, 0.0
    for match in TOKEN.finditer(code):
        kind, text = str(match.lastgroup), match[0]
        if kind == "text":
            text = text[1:] if text.startswith("\\") else text.strip('"')
        elif kind == "pad":
            text = " "
        elif kind == "fill":
            continue
        elif kind == "bracket":
            condition = CONDITION.fullmatch(text)
            if condition:
                comparison, bound = condition[1], float(condition[2])
                continue
            currency = re.fullmatch(r"\[\$([^\]-]*)(?:-[^\]]*)?\]", text)
            if not currency or not currency[1]:
                continue
            kind, text = "text", currency[1]
        elif kind == "fraction" and not any(name in ("part", "elapsed") for name, _ in tokens):
            tokens.append(("mark", "."))
            tokens.extend(("digit", "0") for _ in text[1:])
            continue
        tokens.append((kind, text))
    return Section(tuple(tokens), comparison, bound, _kind(tuple(tokens)))


def _kind(tokens: Tokens) -> str:
    kinds = {kind for kind, _ in tokens}
    if "elapsed" in kinds:
        return "elapsed"
    if "part" in kinds:
        return "date"
    if "general" in kinds:
        return "general"
    return "text" if ("mark", "@") in tokens and "digit" not in kinds else "number"


def _print(section: Section, value: float, shift: int) -> str:
    match section.kind:
        case "date" | "elapsed":
            return print_date(section.tokens, value, shift)
        case "general":
            return "".join(
                general(value) if kind == "general" else text
                for kind, text in section.tokens
                if kind in ("general", "text", "pad", "other")
            )
        case "text":
            return general(value)
    return print_number(section.tokens, Decimal(repr(value)))
